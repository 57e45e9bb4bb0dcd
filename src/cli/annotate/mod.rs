//! `dispatch-ls annotate`: actors, dates and claims of every dispatch.

mod jsonl;
mod offsets;

use std::ops::Range;
use std::process::ExitCode;

use super::COULD_NOT_RUN;
use super::inputs::{self, Input};
use super::output::{Output, complain};
use super::{args, read};
use crate::annotate::{Annotations, annotate};
use crate::corpus::{Corpus, Dispatch, PartialDate};
use crate::gazetteer::Gazetteer;

/// One dispatch, and what was found in it.
pub struct Annotated<'a> {
    /// The path as it was given; `-` for standard input.
    pub path: &'a str,
    /// The dispatch's name; empty where it has none.
    pub file: &'a str,
    pub date: Option<PartialDate>,
    /// The dispatch in the file, in bytes.
    pub range: Range<usize>,
    /// The text that was read: what spans are relative to.
    pub text: &'a str,
    /// Where it starts in the file, in bytes.
    pub start: usize,
    pub annotations: Annotations,
}

/// Annotates what `args` name; the exit code.
pub fn run(args: &args::Annotate) -> ExitCode {
    match annotate_all(args) {
        Ok(code) => code,
        Err(message) => {
            complain(&format!("error: {message}"));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn annotate_all(args: &args::Annotate) -> Result<ExitCode, String> {
    let inputs = inputs::expand(&args.paths, &args.config)?;
    let gazetteer = Gazetteer::built_in();
    let mut out = Output::bytes();
    let mut failed = inputs.missing > 0;
    for input in &inputs.files {
        if let Err(message) = file(input, &gazetteer, args, &mut out) {
            complain(&format!("error: {}: {message}", input.shown));
            failed = true;
        }
    }
    Ok(out.finish().unwrap_or(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }))
}

fn file(input: &Input, gazetteer: &Gazetteer, args: &args::Annotate, out: &mut Output) -> Result<(), String> {
    let mut bytes = Vec::new();
    read::fill(input, &mut bytes)?;
    let content = read::decode(&bytes, &input.shown)?;
    let text = content.text.as_ref();
    let view = Corpus::read(text, &input.settings.options(std::path::Path::new(&input.shown))).view();
    let mut offsets = offsets::Offsets::new(text);
    for dispatch in view.dispatches(0..view.len()) {
        let annotated = one(text, &input.shown, &dispatch, gazetteer, args.date);
        jsonl::write(&annotated, &mut offsets, gazetteer, out);
    }
    Ok(())
}

fn one<'a>(
    text: &'a str,
    path: &'a str,
    dispatch: &Dispatch,
    gazetteer: &Gazetteer,
    otherwise: Option<jiff::civil::Date>,
) -> Annotated<'a> {
    let name = dispatch.opener.as_ref().and_then(|opener| opener.name.clone());
    let date = dispatch.date.as_ref().map(|date| date.date).or(otherwise.map(PartialDate::from));
    // What the prologue says is known, and no part of what somebody wrote.
    let start =
        dispatch.prologue.as_ref().map_or(dispatch.body.start, |prologue| prologue.end.max(dispatch.body.start));
    let body = text.get(start..dispatch.body.end).unwrap_or_default();
    Annotated {
        path,
        file: name.and_then(|name| text.get(name)).unwrap_or_default(),
        date,
        range: dispatch.range.clone(),
        text: body,
        start,
        annotations: annotate(body, date, gazetteer),
    }
}
