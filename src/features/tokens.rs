//! Semantic tokens: the markup of a corpus, and nothing of its text.

use std::ops::Range;

use crate::corpus::{Delimiter, Dispatch};
use crate::text::{Encoding, Text};
use crate::workspace::Snapshot;

use super::Watch;

macro_rules! kinds {
    ($($kind:ident $name:literal $what:literal)*) => {
        /// What a token is; the standard token type stands for its colour.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $(#[doc = $what] $kind),* }

        /// The standard token types, in the order of [`Kind`].
        pub const LEGEND: &[&str] = &[$($name),*];
    };
}

kinds! {
    Fence "operator" "what stands around the words of a delimiter"
    Keyword "keyword" "the word FILE"
    Name "namespace" "the name of a dispatch"
    Key "property" "a header key"
    Value "string" "a header value"
    Aside "comment" "the prologue, and a quoted delimiter"
}

/// A token on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub range: Range<usize>,
    pub kind: Kind,
}

/// A token as the protocol counts it: line and column from 0, column and length in the client's encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub line: u32,
    pub column: u32,
    pub length: u32,
    pub kind: Kind,
}

/// Files over this size in bytes get tokens by range only.
pub const FULL_LIMIT: usize = 8 << 20;

/// The tokens that touch `range`, in order, none over two lines, none over another; `None` where nobody waits for
/// them any more.
pub fn find(snapshot: &Snapshot, range: Range<usize>, watch: &dyn Watch) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    for dispatch in snapshot.view.dispatches(range.clone()) {
        if !watch.goes_on(dispatch.range.start.saturating_sub(range.start), range.len()) {
            return None;
        }
        of_dispatch(snapshot, &dispatch, &range, &mut tokens);
    }
    tokens.retain(|token| token.range.start < range.end && token.range.end > range.start);
    tokens.sort_by_key(|token| token.range.start);
    let mut end = 0;
    tokens.retain(|token| {
        let is_free = token.range.start >= end;
        end = end.max(token.range.end);
        is_free
    });
    Some(tokens)
}

/// The tokens with their places.
pub fn placed(text: &Text, tokens: &[Token], encoding: Encoding) -> Vec<Placed> {
    tokens
        .iter()
        .map(|token| {
            let (start, end) = (text.position(token.range.start, encoding), text.position(token.range.end, encoding));
            Placed {
                line: start.line,
                column: start.column,
                length: end.column.saturating_sub(start.column),
                kind: token.kind,
            }
        })
        .filter(|token| token.length > 0)
        .collect()
}

fn of_dispatch(snapshot: &Snapshot, dispatch: &Dispatch, range: &Range<usize>, tokens: &mut Vec<Token>) {
    let text = &snapshot.text;
    if let Some(opener) = &dispatch.opener {
        of_delimiter(text, opener, tokens);
    }
    for field in dispatch.header.iter().flat_map(|header| &header.fields) {
        tokens.push(Token { range: field.key_range.clone(), kind: Kind::Key });
        if !field.value.is_empty() {
            tokens.push(Token { range: field.value.clone(), kind: Kind::Value });
        }
    }
    if let Some(prologue) = &dispatch.prologue {
        tokens.push(Token { range: prologue.clone(), kind: Kind::Aside });
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
        tokens.push(Token { range, kind });
    }
    by_line(text, at..delimiter.range.end, Kind::Fence, tokens);
}

fn by_line(text: &Text, range: Range<usize>, kind: Kind, tokens: &mut Vec<Token>) {
    if range.start >= range.end {
        return;
    }
    let mut at = range.start;
    for line in text.slice(range).split_inclusive(['\n', '\r']) {
        let content = line.trim();
        if !content.is_empty() {
            let start = at + line.len() - line.trim_start().len();
            tokens.push(Token { range: start..start + content.len(), kind });
        }
        at += line.len();
    }
}

/// Delimiters that a `>` keeps from being any.
fn quoted(snapshot: &Snapshot, range: Range<usize>, tokens: &mut Vec<Token>) {
    let text = &snapshot.text;
    let from = text.line_start(text.line_of(range.start));
    let part = text.slice(from..range.end);
    let bytes = part.as_bytes();
    for at in memchr::memchr_iter(b'>', bytes) {
        let is_first = at == 0 || matches!(bytes.get(at - 1), Some(b'\n' | b'\r'));
        if !is_first {
            continue;
        }
        let end = memchr::memchr2(b'\n', b'\r', bytes.get(at..).unwrap_or_default()).map_or(part.len(), |end| at + end);
        let line = part.get(at..end).unwrap_or_default();
        if line.len() < 1000 && snapshot.view.is_delimiter(line.trim_start_matches('>')) {
            tokens.push(Token { range: from + at..from + end, kind: Kind::Aside });
        }
    }
}
