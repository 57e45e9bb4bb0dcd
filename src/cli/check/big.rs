//! Files of many GB: read part by part, in the memory of a few parts.

use std::path::Path;

use super::Plan;
use super::examine;
use super::file::{Known, options, tell};
use super::report::FileReport;
use crate::cli::inputs::Input;
use crate::cli::parts::{LIMIT, NotText, each_part};
use crate::corpus::parts::{Parts, Survey};
use crate::text::LineIndex;

/// How many of the bytes of a file are in memory at a time.
pub fn in_memory(bytes: u64) -> u64 {
    bytes.min(LIMIT)
}

/// Checks the file at `path`; `buffer` is used for its parts.
pub fn check(plan: &Plan, input: &Input, path: &Path, buffer: &mut Vec<u8>) -> Result<FileReport, NotText> {
    by_survey(path, buffer, |survey, buffer| judge(plan, input, path, buffer, survey))
}

/// What `pass` makes of the file at `path`, going over its parts.
pub fn by_survey<T, E: From<NotText>>(
    path: &Path,
    buffer: &mut Vec<u8>,
    mut pass: impl FnMut(Survey, &mut Vec<u8>) -> Result<(T, Parts), E>,
) -> Result<T, E> {
    // Nearly every corpus goes on as it begins: it is judged by its first part, and once more if the rest is different.
    let mut first = Survey::default();
    each_part(path, buffer, |part| {
        first.add(part.text, part.from, part.to);
        None
    })?;
    let (made, parts) = pass(first, buffer)?;
    match parts.confirm() {
        Ok(()) => Ok(made),
        Err(survey) => pass(*survey, buffer).map(|(made, _)| made),
    }
}

fn judge(
    plan: &Plan,
    input: &Input,
    path: &Path,
    buffer: &mut Vec<u8>,
    survey: Survey,
) -> Result<(FileReport, Parts), NotText> {
    let mut report = FileReport::default();
    let mut parts = Parts::new(survey, &options(input));
    let mut known = Known::of(plan, input);
    let mut lines = 0;
    let mut has_nul = false;
    each_part(path, buffer, |part| {
        let judged = parts.next(part.text, part.from, part.to, part.is_last);
        // It is found as one, or as a flaw of the delimiter that it is in.
        let is_clean = judged.view.finding_counts().next().is_none();
        has_nul |= !is_clean && memchr::memchr(0, part.text.as_bytes()).is_some();
        let own = part.text.get(part.from..).unwrap_or_default();
        let found = examine::wanted(&judged.view, own.len(), plan, &input.settings);
        let found: Vec<_> = found.take_while(|(finding, _)| part.is_last || finding.range.start < judged.end).collect();
        if !found.is_empty() {
            let index = LineIndex::new(own);
            let found = examine::report(own, &judged.view, &index, lines, found, None);
            tell(plan, input, own, found, &index, &mut known, &mut report);
        }
        lines += judged.lines;
        Some(part.from + judged.end)
    })?;
    if has_nul {
        report.messages.push(format!("warning: {}: NUL in the file; it may be no text, or damaged", input.shown));
    }
    Ok((report, parts))
}
