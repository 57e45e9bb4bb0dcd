//! Tokens of delimiters, headers, prologues, and of delimiters that are quoted.

use std::ops::Range;

use super::{Kind, Token, lines};
use crate::corpus::{Delimiter, Dispatch};
use crate::text::Text;
use crate::workspace::Snapshot;

/// The tokens of a dispatch's markup; of its body, only what touches `range`.
pub fn of_dispatch(snapshot: &Snapshot, dispatch: &Dispatch, range: &Range<usize>, tokens: &mut Vec<Token>) {
    let text = &snapshot.text;
    if let Some(opener) = &dispatch.opener {
        of_delimiter(text, opener, tokens);
    }
    for field in dispatch.header.iter().flat_map(|header| &header.fields) {
        tokens.push(Token::new(field.key_range.clone(), Kind::Key));
        if !field.value.is_empty() {
            tokens.push(Token::new(field.value.clone(), Kind::Value));
        }
    }
    if let Some(prologue) = &dispatch.prologue {
        tokens.push(Token::new(prologue.clone(), Kind::Aside));
    }
    let body = dispatch.body.start.max(range.start)..dispatch.body.end.min(range.end);
    if body.start < body.end {
        quoted(snapshot, body, tokens);
    }
    if let Some(closer) = &dispatch.closer {
        of_delimiter(text, closer, tokens);
    }
}

/// Keyword and name, and the fence as what is left, line by line.
fn of_delimiter(text: &Text, delimiter: &Delimiter, tokens: &mut Vec<Token>) {
    let name = delimiter.name.clone().unwrap_or(delimiter.range.end..delimiter.range.end);
    // Where a name is all there is, that is the keyword, too; where there is neither, the words count dispatches.
    let mut words = [(name, Kind::Name), (delimiter.keyword.clone(), Kind::Keyword)];
    if words.iter().all(|(range, _)| range.is_empty()) {
        return by_line(text, delimiter.range.clone(), Kind::Keyword, tokens);
    }
    words.sort_by_key(|(range, _)| range.start);
    let mut at = delimiter.range.start;
    for (range, kind) in words {
        if range.is_empty() || range.start < at {
            continue;
        }
        by_line(text, at..range.start.min(delimiter.range.end), Kind::Fence, tokens);
        at = range.end;
        tokens.push(Token::new(range, kind));
    }
    by_line(text, at..delimiter.range.end, Kind::Fence, tokens);
}

fn by_line(text: &Text, range: Range<usize>, kind: Kind, tokens: &mut Vec<Token>) {
    if range.start < range.end {
        let start = range.start;
        tokens.extend(lines(&text.slice(range), start).map(|range| Token::new(range, kind)));
    }
}

/// Delimiters that a `>` keeps from being any.
fn quoted(snapshot: &Snapshot, range: Range<usize>, tokens: &mut Vec<Token>) {
    let text = &snapshot.text;
    let from = text.line_start(text.line_of(range.start));
    let part = text.slice(from..text.line_range(text.line_of(range.end.saturating_sub(1))).end);
    let bytes = part.as_bytes();
    for at in memchr::memchr_iter(b'>', bytes) {
        let is_first = at == 0 || matches!(bytes.get(at - 1), Some(b'\n' | b'\r'));
        if !is_first {
            continue;
        }
        let end = memchr::memchr2(b'\n', b'\r', bytes.get(at..).unwrap_or_default()).map_or(part.len(), |end| at + end);
        let line = part.get(at..end).unwrap_or_default();
        if line.len() < 1000 && snapshot.view.is_delimiter(line.trim_start_matches('>')) {
            tokens.push(Token::new(from + at..from + end, Kind::Aside));
        }
    }
}
