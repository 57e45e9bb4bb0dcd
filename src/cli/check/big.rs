//! Files of many GB: read part by part, in the memory of a few parts.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::Plan;
use super::examine;
use super::file::{Known, options, tell};
use super::report::FileReport;
use crate::cli::encoding;
use crate::cli::inputs::Input;
use crate::corpus::parts::{CONTEXT, Parts, Survey};
use crate::text::LineIndex;

/// Bytes; a larger file is read part by part.
const LIMIT: u64 = 24 << 20;
/// Bytes of a part: few enough to stay near the processor. A line that is longer makes a longer part.
const PART: usize = 1 << 20;

/// The file is no UTF-8 text, or can't be read.
#[derive(Debug)]
pub struct NotText;

/// Whether a file is read part by part. Others are what they are: a folder, a pipe, nothing at all.
pub fn is_large(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() > LIMIT)
}

/// How many of the bytes of a file are in memory at a time when it is only looked at.
pub fn in_memory(bytes: u64) -> u64 {
    if bytes > LIMIT { LIMIT } else { bytes }
}

/// Checks the file at `path`; `buffer` is used for its parts.
pub fn check(plan: &Plan, input: &Input, path: &Path, buffer: &mut Vec<u8>) -> Result<FileReport, NotText> {
    // Nearly every corpus goes on as it begins: it is judged by its first part, and once more if the rest is different.
    let mut first = Survey::default();
    each_part(path, buffer, |part| {
        first.add(part.text, part.from, part.to);
        None
    })?;
    let (report, parts) = judge(plan, input, path, buffer, first)?;
    match parts.confirm() {
        Ok(()) => Ok(report),
        Err(survey) => judge(plan, input, path, buffer, *survey).map(|(report, _)| report),
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
        has_nul |= memchr::memchr(0, part.text.as_bytes()).is_some();
        let judged = parts.next(part.text, part.from, part.to, part.is_last);
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

/// A part of a file with the lines around it.
struct Part<'a> {
    text: &'a str,
    /// Where the part starts and ends in `text`, both at line starts.
    from: usize,
    to: usize,
    is_last: bool,
}

/// Reads a file in parts; `take` says where in the text of each the next one starts, or that no other is wanted.
fn each_part(
    path: &Path,
    buffer: &mut Vec<u8>,
    mut take: impl FnMut(Part<'_>) -> Option<usize>,
) -> Result<(), NotText> {
    let mut file = File::open(path).map_err(|_| NotText)?;
    buffer.clear();
    let mut from = 0;
    let mut is_start = true;
    let mut wanted = PART;
    loop {
        let missing = (from + wanted).saturating_sub(buffer.len());
        let read = file.by_ref().take(missing as u64).read_to_end(buffer).map_err(|_| NotText)?;
        let is_end = read < missing;
        if is_start && encoding::utf_16_or_32(buffer).is_some() {
            return Err(NotText);
        }
        let text = whole_characters(buffer, is_end)?;
        let to = if is_end { text.len() } else { lines_back(text, text.len()) };
        if to <= from && !is_end {
            wanted *= 2;
            continue;
        }
        let Some(next) = take(Part { text, from, to, is_last: is_end }) else { return Ok(()) };
        if is_end && next >= text.len() {
            return Ok(());
        }
        let keep = lines_back(text, next.min(text.len()));
        // The text in front of a part is context, however little: the start of the file is the start of one part only.
        let keep = if keep >= next { next.saturating_sub(1) } else { keep };
        let keep = text.floor_char_boundary(keep);
        buffer.drain(..keep);
        from = next - keep;
        is_start = false;
        wanted = PART;
    }
}

/// The text in a buffer, without a character that is cut at its end.
fn whole_characters(buffer: &[u8], is_end: bool) -> Result<&str, NotText> {
    let cut = if is_end { 0 } else { encoding::cut_character(buffer) };
    let whole = buffer.get(..buffer.len() - cut).unwrap_or_default();
    encoding::utf_8(whole).map_err(|_| NotText)
}

/// The start of the line [`CONTEXT`] lines in front of the one that ends at or behind `at`; 0 where there are less.
fn lines_back(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes().get(..at).unwrap_or_default();
    let ends = memchr::memrchr2_iter(b'\n', b'\r', bytes);
    // The LF of a CR LF ends the line, the CR does not.
    let ends =
        ends.filter(|end| bytes.get(*end) == Some(&b'\n') || bytes.get(end + 1).is_some_and(|next| *next != b'\n'));
    ends.take(CONTEXT + 1).nth(CONTEXT).map_or(0, |end| end + 1)
}
