//! Finds the delimiter that a line begins, in any dialect. Decided by the line and its neighbours alone:
//! one line back, and at most [`REACH`] lines on.

use super::Code::{F001, F005, F025};
use super::lines::Line;
use super::mark::{Flaw, Mark};
use super::one_line::{bare, behind_marker, head, heading, is_dash, txtar};
use super::ruled::{gitingest, lexis, proquest};
use super::span::Span;
use super::{Dialect, fenced, tag};

/// How many lines behind its first one a delimiter can depend on (a rule, a blank line, FILE, a blank line, a rule).
pub const REACH: usize = 4;

/// Bytes: longer lines are no delimiters with something invisible in them.
const SEEN: usize = 1000;

/// Whether a line can begin a delimiter, by its first bytes: what keeps prose cheap.
pub fn may_begin(bytes: &[u8]) -> bool {
    let text = match bytes.iter().position(|byte| !matches!(byte, b' ' | b'\t')) {
        Some(at) => bytes.get(at..).unwrap_or_default(),
        None => return false,
    };
    match text {
        [b'=' | b'<' | b'[' | b'#' | b'_' | b'*' | b'~' | b'+' | b'%' | b'@' | b'&', ..] => true,
        [0..=0x1F | 0x7F, ..] => true,
        [b'-', b' ', b'F' | b'f' | b'E' | b'e' | b'-' | b'=' | b'<' | b'[', ..] => true,
        [b'-', second, ..] => !matches!(second, b' ' | b'\t' | b'a'..=b'z' | b'A'..=b'Z'),
        [b'/', b'/' | 0x80.., ..] => true,
        [b'F' | b'f', second, ..] => {
            !second.is_ascii_alphabetic() || matches!(second | 0x20, b'i' | b'l' | b'f' | b'e')
        }
        [b'E' | b'e', b'N' | b'n', b'D' | b'd', ..] => true,
        [b'B' | b'b', b'E' | b'e', b'G' | b'g', ..] => true,
        [b'S' | b'D', b'Y' | b'I' | b'o' | b'O', ..] => true,
        [b'I' | b'i', b'F' | b'f' | b'L' | b'l', ..] => true,
        [b'0'..=b'9', ..] => true,
        // Special spaces and dashes, fences from auto-correction, full-width forms, BOM, Cyrillic and Greek capitals.
        [0xC2, 0xA0 | 0xAD | 0xAB, ..] | [0xD8, 0x9C, ..] | [0xE1, 0xA0, 0x8E, ..] | [0xF3, 0xA0, ..] => true,
        [0xE2, 0x80, third, ..] => !matches!(third, 0x98..=0x9E | 0xA6 | 0xA2),
        [0xE2, 0x81 | 0x88 | 0x94 | 0x95, ..] | [0xE3, 0x80, 0x80, ..] | [0xEF, ..] => true,
        _ => false,
    }
}

/// The delimiter that begins on the line at `line`; spans are relative to the line's start.
pub fn recognise(text: &str, line: Line) -> Option<Mark> {
    let content = line.text(text);
    // The first letter tells most readers apart: few patterns are ever compiled.
    let first = match fenced::entity(content) {
        Some((written, _)) => written,
        None => content.chars().filter_map(fenced::visible).find(|c| !matches!(c, ' ' | '\t'))?,
    };
    let seen = |is_its: bool, read: fn(&str) -> Option<Mark>| if is_its { seen(content, read) } else { None };
    let in_tag = |content: &str| tag::read(content, text.get(line.next..).unwrap_or_default(), line.next - line.start);
    let mut mark = gitingest(text, line)
        .or_else(|| proquest(text, line))
        .or_else(|| seen(matches!(first, '=' | '═' | '＝'), head))
        .or_else(|| fenced::read(content))
        .or_else(|| seen(first == '#', heading))
        .or_else(|| seen(is_dash(first), txtar))
        .or_else(|| if first == '<' { self::seen(content, in_tag) } else { None })
        .or_else(|| if matches!(first, '-' | '*' | '0'..='9') { behind_marker(content, in_tag) } else { None })
        .or_else(|| seen(first == 'D' || first.is_numeric(), lexis))
        .or_else(|| seen(matches!(first, 'F' | 'f'), bare))?;
    // Where nothing has set it: behind the line's end.
    let end = Span::empty(line.next - line.start).end;
    mark.end = mark.end.max(end);
    let before = Line::before(text, line.start);
    mark.blank_before = before.map(|before| before.is_blank(text));
    Some(mark)
}

/// Reads a line as a reader sees it: what shows nothing is a flaw of its own.
pub fn seen(line: &str, read: impl Fn(&str) -> Option<Mark>) -> Option<Mark> {
    let is_plain = |c: char| c == '\t' || fenced::visible(c) == Some(c);
    // In a line that begins as HTML writes it, the delimiter is written so. Others can have entities in their values.
    let is_html = line.starts_with('&') || line.starts_with("==&");
    if !is_html && line.is_ascii() || line.len() > SEEN || !is_html && line.chars().all(is_plain) {
        return read(line);
    }
    // Of each byte that is seen, its place in the line; the place behind the last one.
    let (mut clean, mut places, mut flaws) = (String::new(), Vec::new(), Vec::new());
    let mut end = 0;
    for (at, c) in line.char_indices() {
        if at < end {
            continue;
        }
        if is_html && let Some((written, length)) = fenced::entity(line.get(at..).unwrap_or_default()) {
            end = at + length;
            clean.push(written);
            places.resize(clean.len(), (at, end));
            flaws.push(Flaw::new(F001, Span::new(at, end), written.to_string()));
            continue;
        }
        let shown = if c == '\t' { Some(c) } else { fenced::visible(c) };
        if shown != Some(c) {
            let put = if shown.is_some() { " " } else { "" };
            flaws.push(Flaw::new(F005, Span::new(at, at + c.len_utf8()), put));
        }
        if let Some(shown) = shown {
            clean.push(shown);
            places.resize(clean.len(), (at, at + c.len_utf8()));
        }
    }
    let mut mark = read(&clean)?;
    mark.replace_spans(|span| {
        // What stands below the line is at its place already.
        let is_below = |at: u32| at as usize > clean.len();
        let start = match places.get(span.start as usize) {
            Some((start, _)) => *start,
            None if is_below(span.start) => span.start as usize,
            None => line.len(),
        };
        let last = (span.end as usize).checked_sub(1).and_then(|last| places.get(last));
        let end = if is_below(span.end) { span.end as usize } else { last.map_or(start, |(_, end)| *end) };
        Span::new(start, if span.is_empty() { start } else { end.max(start) })
    });
    let rewritten = |flaw: &Flaw| {
        mark.flaws().iter().any(|other| other.span.start <= flaw.span.start && flaw.span.end <= other.span.end)
    };
    flaws.retain(|flaw| !rewritten(flaw));
    if mark.dialect() == Dialect::Tag {
        flaws.iter_mut().filter(|flaw| flaw.code == F001).for_each(|flaw| flaw.code = F025);
    }
    flaws.extend(mark.flaws().iter().cloned());
    flaws.sort_by_key(|flaw| flaw.span);
    Some(mark.with_flaws(flaws))
}

/// A delimiter that stands behind text on its line: `… said. === FILE: b.txt ===`. `hits` are the byte offsets of
/// the words `FILE` and `END FILE` in the line.
pub fn recognise_behind_text(text: &str, line: Line, hit: usize) -> Option<Mark> {
    let content = line.text(text);
    let mut at = hit.checked_sub(line.start)?;
    let head = content.get(..at)?;
    for lead in ["END ", "END_", "BEGIN "] {
        if head.ends_with(lead) {
            at -= lead.len();
        }
    }
    let mut mark = fenced::read_behind_text(content, at)?;
    mark.end = Span::empty(line.next - line.start).end;
    mark.blank_before = None;
    Some(mark)
}
