//! `dispatch-ls annotate`: actors, dates and claims of every dispatch, in the formats that others read.

mod brat;
mod conll;
mod csv;
mod human;
mod jsonl;
mod offsets;
mod order;
mod records;
mod source;
mod timeml;
mod to_folder;

use std::ops::Range;
use std::process::ExitCode;

use super::COULD_NOT_RUN;
use super::actors::gazetteer;
use super::args::{self, AnnotationFormat};
use super::inputs;
use super::output::{Output, complain};
use crate::annotate::{Annotations, annotate};
use crate::corpus::PartialDate;
use crate::gazetteer::Gazetteer;
use offsets::{Offset, Offsets};
use source::Batch;
use to_folder::{Document, Folder};

/// What holds for every dispatch of a run.
pub struct Plan {
    format: AnnotationFormat,
    explain: bool,
    gazetteer: Gazetteer,
    /// The date of a dispatch that has none.
    otherwise: Option<PartialDate>,
    painter: human::Painter,
}

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

/// The dispatches of a batch as they are written.
#[derive(Debug, Default)]
pub struct Rendered {
    /// For standard output.
    pub text: Vec<u8>,
    /// For a folder.
    pub documents: Vec<Document>,
    /// For standard error.
    pub messages: Vec<String>,
    /// Whether a message tells of something that is missing.
    pub is_incomplete: bool,
    /// Bytes of the input that are done with it.
    pub bytes: u64,
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
    let mut folder = match (&args.out, args.format.needs_folder()) {
        (Some(out), true) => Some(Folder::new(out, args.force)?),
        (None, true) => return Err(format!("--format {}: needs --out DIR for its files", args.format.name())),
        (Some(_), false) => return Err(format!("--out: --format {} goes to standard output", args.format.name())),
        (None, false) => None,
    };
    let inputs = inputs::expand(&args.paths, &args.config)?;
    let plan = Plan {
        format: args.format,
        explain: args.explain,
        gazetteer: gazetteer(&args.actors, &inputs)?,
        otherwise: args.date.map(PartialDate::from),
        painter: human::Painter::new(),
    };
    let mut out = if plan.format == AnnotationFormat::Human { Output::stdout() } else { Output::bytes() };
    if plan.format == AnnotationFormat::Csv {
        out.write_bytes(&csv::header(plan.explain));
    }
    let mut failed = inputs.missing > 0;
    order::each(
        &inputs.files,
        |batch| render(&plan, batch),
        |rendered| {
            for message in &rendered.messages {
                complain(message);
            }
            failed |= rendered.is_incomplete;
            out.write_bytes(&rendered.text);
            // Who reads a pipe waits for the answer to what was written to it.
            if rendered.bytes == 0 {
                out.flush();
            }
            let written = folder.as_mut().map_or(Ok(()), |folder| folder.write(rendered.documents));
            if let Err(message) = &written {
                complain(&format!("error: {message}"));
                failed = true;
            }
            !out.is_closed() && written.is_ok()
        },
    );
    if let Some(folder) = folder {
        complain(&format!("note: {}", folder.summary()));
    }
    Ok(out.finish().unwrap_or(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }))
}

fn render(plan: &Plan, batch: &Batch) -> Rendered {
    let mut rendered = Rendered {
        messages: batch.messages.clone(),
        is_incomplete: batch.is_incomplete,
        bytes: batch.bytes,
        ..Rendered::default()
    };
    let mut offsets = Offsets::new(&batch.text, batch.start.bytes, batch.first);
    let base = batch.start.bytes;
    for item in &batch.items {
        let date = item.date.or(plan.otherwise);
        let text = batch.text.get(item.body.clone()).unwrap_or_default();
        let annotated = Annotated {
            path: &batch.path,
            file: &item.name,
            date,
            range: base + item.range.start..base + item.range.end,
            text,
            start: base + item.body.start,
            annotations: annotate(text, date, &plan.gazetteer),
        };
        if item.is_record {
            offsets = Offsets::new(text, base + item.body.start, Offset { bytes: base + item.body.start, points: 0 });
        }
        match plan.format {
            AnnotationFormat::Human => human::write(plan, &annotated, &mut rendered.text),
            AnnotationFormat::Jsonl => jsonl::write(plan, &annotated, &mut offsets, &mut rendered.text),
            AnnotationFormat::Conll => conll::write(&annotated, &mut rendered.text),
            AnnotationFormat::Csv => csv::write(plan, &annotated, &mut offsets, &mut rendered.text),
            AnnotationFormat::Brat => rendered.documents.push(brat::document(&annotated)),
            AnnotationFormat::Timeml => rendered.documents.push(timeml::document(&annotated)),
        }
    }
    rendered
}
