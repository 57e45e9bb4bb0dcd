//! Repairs of files of many GB: read part by part, each part written with the fixes of what was found in it, and again
//! until there is nothing left to repair.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::file::{Known, options, unsettled, unwritten};
use super::report::{FileReport, Rendered};
use super::{Mode, Plan, Reach, big, diff, examine, fix};
use crate::cli::atomic::{Target, Unfinished};
use crate::cli::inputs::Input;
use crate::cli::parts::{NotText, each_part};
use crate::corpus::parts::{Parts, Survey};
use crate::features::fix_all::{ROUNDS, at_once};
use crate::text::{Edit, apply};
use crate::workspace::reading::stamp;

/// Why a repair came to nothing.
#[derive(Debug)]
enum Stopped {
    NotText,
    Failed(io::Error),
}

impl From<NotText> for Stopped {
    fn from(_: NotText) -> Self {
        Stopped::NotText
    }
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Stopped::Failed(error)
    }
}

/// Repairs the file at `path`, or shows the repair, as the plan has it; `buffer` is used for its parts.
pub fn repair(
    plan: &Plan,
    input: &Input,
    path: &Path,
    reach: Reach,
    buffer: &mut Vec<u8>,
) -> Result<FileReport, NotText> {
    let done = match write_out(plan, input, path, reach, buffer) {
        Err(Stopped::NotText) => return Err(NotText),
        Err(Stopped::Failed(error)) => Err(error),
        Ok(done) => Ok(done),
    };
    let mut report = big::check(plan, input, path, buffer)?;
    match done {
        Ok(done) => {
            report.fixes = done.fixes;
            report.messages.extend(done.is_unsettled.then(|| unsettled(input)));
            if let Some(diff) = done.diff {
                report.rendered = Rendered::Text(diff);
            }
        }
        Err(error) => {
            report.messages.push(unwritten(input, &error));
            report.unwritten = true;
        }
    }
    Ok(report)
}

#[derive(Default)]
struct Done {
    fixes: usize,
    is_unsettled: bool,
    diff: Option<String>,
}

/// Writes the file anew, or what is to be shown of it elsewhere.
fn write_out(plan: &Plan, input: &Input, path: &Path, reach: Reach, buffer: &mut Vec<u8>) -> Result<Done, Stopped> {
    let target = if let Mode::Diff(_) = plan.mode { None } else { Some(Target::of(path)?) };
    let temporary = std::env::temp_dir();
    let folder = target.as_ref().map_or(temporary.as_path(), Target::folder);
    let before = stamp(&fs::metadata(path)?);
    let mut done = Done { is_unsettled: true, ..Done::default() };
    let (mut seen, mut repaired) = (HashSet::new(), None::<Unfinished>);
    for _ in 0..ROUNDS {
        let from = repaired.as_ref().map_or(path, Unfinished::path);
        let round = big::by_survey(from, buffer, |survey, buffer| {
            one_round(plan, input, Copy::new(from, folder), reach, buffer, survey)
        })?;
        let [was, is] = round.copy.hashes.each_ref().map(Xxh3::digest);
        seen.insert(was);
        let Some(next) = round.copy.written.filter(|_| is != was) else {
            done.is_unsettled = false;
            break;
        };
        if !seen.insert(is) {
            break;
        }
        done.fixes += round.fixes;
        repaired = Some(next);
    }
    match (repaired, target) {
        (Some(new), Some(target)) => target.replace(new, |path| Ok(stamp(&fs::metadata(path)?) == before))?,
        (Some(new), None) => done.diff = Some(diff::unified(&input.shown, lines(path)?, lines(new.path())?)?),
        (None, _) => {}
    }
    Ok(done)
}

fn lines(path: &Path) -> io::Result<impl Iterator<Item = io::Result<String>>> {
    let mut reader = BufReader::new(File::open(path)?);
    Ok(std::iter::from_fn(move || {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(0) => None,
            read => Some(read.map(|_| line)),
        }
    }))
}

struct Round<'a> {
    copy: Copy<'a>,
    fixes: usize,
}

/// The first fix of each wanted finding, made.
fn one_round<'a>(
    plan: &Plan,
    input: &Input,
    copy: Copy<'a>,
    reach: Reach,
    buffer: &mut Vec<u8>,
    survey: Survey,
) -> Result<(Round<'a>, Parts), Stopped> {
    let mut parts = Parts::for_repair(survey, &options(input));
    let mut known = Known::of(plan, input);
    let mut failed = None;
    let source = copy.source;
    let mut round = Round { copy, fixes: 0 };
    each_part(source, buffer, |part| {
        let judged = parts.next(part.text, part.from, part.to, part.is_last);
        let own = part.text.get(part.from..).unwrap_or_default();
        let found = examine::wanted(&judged.view, own.len(), plan, &input.settings);
        let found = found.take_while(|(finding, _)| part.is_last || finding.range.start < judged.end).collect();
        let fixes = fix::fixes(&judged.view, own, judged.end, found, &mut known, reach);
        let (edits, count) = at_once(own, fixes);
        round.fixes += count;
        let own = own.get(..judged.end).unwrap_or_default();
        match round.copy.add(own, &edits) {
            Ok(()) => Some(part.from + judged.end),
            Err(error) => {
                failed = Some(error);
                None
            }
        }
    })?;
    failed.map_or(Ok((round, parts)), |error| Err(Stopped::Failed(error)))
}

/// A text that is written anew from its first change on.
struct Copy<'a> {
    source: &'a Path,
    folder: &'a Path,
    /// Bytes of the source.
    done: u64,
    /// Of the text as it was, and as it is now.
    hashes: [Xxh3; 2],
    written: Option<Unfinished>,
}

impl<'a> Copy<'a> {
    fn new(source: &'a Path, folder: &'a Path) -> Copy<'a> {
        Copy { source, folder, done: 0, hashes: [Xxh3::new(), Xxh3::new()], written: None }
    }

    /// Adds the next part of the source, with the edits made.
    fn add(&mut self, text: &str, edits: &[Edit]) -> io::Result<()> {
        let changed = (!edits.is_empty()).then(|| apply(text, edits));
        let now = changed.as_deref().unwrap_or(text);
        for (hash, text) in self.hashes.iter_mut().zip([text, now]) {
            hash.update(text.as_bytes());
        }
        if changed.is_some() && self.written.is_none() {
            let mut new = Unfinished::in_folder(self.folder, true)?;
            io::copy(&mut File::open(self.source)?.take(self.done), &mut new)?;
            self.written = Some(new);
        }
        if let Some(new) = &mut self.written {
            new.write_all(now.as_bytes())?;
        }
        self.done += text.len() as u64;
        Ok(())
    }
}
