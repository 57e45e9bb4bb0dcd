//! One file from its bytes to what is told about it.

use std::cell::RefCell;
use std::path::Path;

use super::examine::{Reported, examine};
use super::report::{FileReport, Rendered};
use super::{Mode, Plan, Reach, baseline, big, big_fix, diff, fix, github, human, json, sarif};
use crate::cli::args::Format;
use crate::cli::atomic;
use crate::cli::inputs::Input;
use crate::cli::output::Output;
use crate::cli::parts;
use crate::cli::read::{self, Content};
use crate::corpus::Options;
use crate::text::LineIndex;
use crate::workspace::encoding;

/// Bytes of a thread's buffer that are kept for its next file.
const KEPT: usize = 64 << 20;

thread_local! {
    // Files of a folder are read into one buffer a thread: fresh memory costs as much as the reading.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Checks, and repairs if that is wanted, one file.
pub fn check(plan: &Plan, input: &Input) -> FileReport {
    BUFFER.with_borrow_mut(|buffer| {
        let in_parts = input.path.as_deref().filter(|path| plan.looks_in_parts() && parts::is_large(path));
        let of_parts = in_parts.map(|path| match plan.mode.reach() {
            Some(reach) => big_fix::repair(plan, input, path, reach, buffer),
            None => big::check(plan, input, path, buffer),
        });
        let report = match of_parts {
            Some(Ok(report)) => report,
            // Something in it is no text: that is told with the whole of it at hand.
            Some(Err(parts::NotText)) | None => match read::fill(input, buffer) {
                Ok(()) => check_bytes(plan, input, buffer),
                Err(message) => FileReport::refused(input, &message),
            },
        };
        buffer.clear();
        if buffer.capacity() > KEPT {
            buffer.shrink_to(KEPT);
        }
        report
    })
}

fn check_bytes(plan: &Plan, input: &Input, bytes: &[u8]) -> FileReport {
    let content = match read::decode(bytes, &input.shown) {
        Ok(content) => content,
        Err(message) => {
            let mut report = FileReport::refused(input, &message);
            pass_on(plan, input, bytes, &mut report);
            return report;
        }
    };
    let mut report = FileReport::default();
    notes(input, bytes, &content, &mut report);
    let options = options(input);
    match plan.mode.reach() {
        Some(reach) if content.damage.is_none() => repair(plan, input, &options, &content.text, reach, &mut report),
        _ => {
            look(plan, input, &options, &content, &mut report);
            pass_on(plan, input, bytes, &mut report);
        }
    }
    report
}

/// What is worth a word although the file can be checked.
fn notes(input: &Input, bytes: &[u8], content: &Content, report: &mut FileReport) {
    let shown = &input.shown;
    if bytes.is_empty() {
        report.messages.push(format!("note: {shown}: is empty"));
    }
    if input.path.as_deref().is_some_and(|path| path.to_str().is_none()) {
        report.messages.push(format!("note: {shown}: the file's name is not UTF-8 and is shown with replacements"));
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        let place = encoding::place_behind(bytes.get(..at).unwrap_or_default());
        let place = format!("{shown}:{}:{}", place.line, place.column);
        report.messages.push(format!("warning: {place}: NUL in the file; it may be no text, or damaged"));
    }
    if let Some(damage) = &content.damage {
        let (line, column) = (damage.place.line, damage.place.column);
        let message = &damage.message;
        report.messages.push(format!("warning: {shown}:{line}:{column}: {message}; checked, but never written"));
    }
}

pub fn options(input: &Input) -> Options {
    // Standard input has no name that could hold a date.
    let path = input.path.as_deref().unwrap_or(Path::new(""));
    input.settings.options(path)
}

fn look(plan: &Plan, input: &Input, options: &Options, content: &Content, report: &mut FileReport) {
    let (found, index) = examine(&content.text, options, plan, &input.settings, content.damage.as_ref());
    if let Some(index) = index {
        tell(plan, input, &content.text, found, &index, &mut Known::of(plan, input), report);
    }
}

/// What the baseline knows of a file, less what was taken from it already.
pub struct Known {
    key: baseline::Key,
    pub left: baseline::Known,
}

impl Known {
    pub fn of(plan: &Plan, input: &Input) -> Known {
        let Some(baseline) = &plan.baseline else { return Known { key: String::new(), left: Default::default() } };
        let key = baseline.key(input.path.as_deref());
        Known { left: baseline.of(&key), key }
    }
}

/// Takes what is known away from the findings, and renders the rest. `index` is of `text`, in which the findings are.
pub fn tell(
    plan: &Plan,
    input: &Input,
    text: &str,
    mut found: Vec<Reported>,
    index: &LineIndex,
    known: &mut Known,
    report: &mut FileReport,
) {
    if plan.baseline.is_some() {
        let line = |finding: &Reported| baseline::line_hash(text, index, &finding.range);
        if plan.records {
            report.recorded.extend(found.iter().map(|finding| (known.key.clone(), finding.code, line(finding))));
        } else {
            found.retain(|finding| !known.left.takes(finding.code, line(finding)));
        }
    }
    report.count(&found);
    if plan.records || matches!(plan.mode, Mode::Diff(_)) {
        return;
    }
    report.rendered.append(match plan.format {
        Format::Human => Rendered::Text(human::file(&plan.renderer, input, text, index, &found)),
        Format::Json | Format::Jsonl => Rendered::Items(json::file(input, &found)),
        Format::Github => Rendered::Text(github::file(input, &found)),
        Format::Sarif => Rendered::Results(sarif::file(input, &found)),
    });
}

fn repair(plan: &Plan, input: &Input, options: &Options, text: &str, reach: Reach, report: &mut FileReport) {
    let repaired = fix::repair(text, plan, input, reach);
    if repaired.unsettled {
        report.messages.push(unsettled(input));
    }
    let changed = repaired.text != text;
    let mut after = Content { text: repaired.text.as_str().into(), damage: None };
    match (plan.mode, &input.path) {
        (Mode::Diff(_), _) => {
            if changed {
                let lines = |text| str::split_inclusive(text, '\n').map(Ok);
                let diff = diff::unified(&input.shown, lines(text), lines(&repaired.text));
                report.rendered = diff.map(Rendered::Text).unwrap_or_default();
            }
            report.fixes = repaired.fixes;
            after.text = text.into();
        }
        (_, None) => {
            report.fixes = repaired.fixes;
            put_out(repaired.text.as_bytes(), report);
        }
        (_, Some(path)) if changed => match atomic::replace(path, text.as_bytes(), repaired.text.as_bytes()) {
            Ok(()) => report.fixes = repaired.fixes,
            Err(error) => {
                report.messages.push(unwritten(input, &error));
                report.unwritten = true;
                after.text = text.into();
            }
        },
        _ => {}
    }
    look(plan, input, options, &after, report);
}

pub fn unsettled(input: &Input) -> String {
    format!("warning: {}: some fixes undo one another; look at them one by one", input.shown)
}

pub fn unwritten(input: &Input, error: &std::io::Error) -> String {
    format!("error: {}: could not be written: {error}", input.shown)
}

/// `--fix -` loses nothing: what can't be repaired comes out as it went in.
fn pass_on(plan: &Plan, input: &Input, bytes: &[u8], report: &mut FileReport) {
    if input.is_stdin() && matches!(plan.mode, Mode::Fix(_)) {
        put_out(bytes, report);
    }
}

fn put_out(bytes: &[u8], report: &mut FileReport) {
    let mut out = Output::bytes();
    out.write_bytes(bytes);
    report.unwritten |= out.finish().is_some();
}
