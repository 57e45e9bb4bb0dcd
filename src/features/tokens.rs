//! Semantic tokens: the markup of a corpus, and what is found in its prose.

mod markup;
mod prose;

use std::ops::Range;

use crate::text::{Encoding, Text};
use crate::workspace::Snapshot;

use super::Watch;

macro_rules! kinds {
    ($($kind:ident $name:literal $what:literal)*) => {
        /// What a token is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $(#[doc = $what] $kind),* }

        /// The names of token types, in the order of [`Kind`]: standard ones for the markup, whose colours stand for it, and
        /// own ones for the prose, since no standard type means a person.
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
    Person "person" "the name of a person, or what stands for it"
    Organization "organization" "the name of an organisation"
    Place "place" "the name of a place"
    Government "government" "the name of a state, or of its government"
    Date "date" "a date, a time, a duration, or a set of them"
    Cue "cue" "the words that attribute a claim"
    Quotation "quotation" "a quotation, where it is nothing else"
    Hedge "hedge" "a word by which the text is less than sure"
}

/// What else is known of an actor or a date, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Modifiers(pub u32);

impl Modifiers {
    /// The actor is in an actors file, or one of the states of the world …
    pub const LISTED: Modifiers = Modifiers(1);
    /// … or in none.
    pub const UNLISTED: Modifiers = Modifiers(2);
    /// The rest of the text says who, or which day, it is.
    pub const RESOLVED: Modifiers = Modifiers(4);
    /// Two readings are as good.
    pub const AMBIGUOUS: Modifiers = Modifiers(8);
    /// The names of the bits, from the lowest on.
    pub const LEGEND: &[&str] = &["listed", "unlisted", "resolved", "ambiguous"];

    fn and(self, other: Modifiers) -> Modifiers {
        Modifiers(self.0 | other.0)
    }

    /// The names of those that are set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::LEGEND.iter().enumerate().filter(move |(bit, _)| self.0 >> bit & 1 == 1).map(|(_, name)| *name)
    }
}

/// A token on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub range: Range<usize>,
    pub kind: Kind,
    pub modifiers: Modifiers,
}

impl Token {
    fn new(range: Range<usize>, kind: Kind) -> Token {
        Token { range, kind, modifiers: Modifiers::default() }
    }
}

/// A token as the protocol counts it: line and column from 0, column and length in the client's encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub line: u32,
    pub column: u32,
    pub length: u32,
    pub kind: Kind,
    pub modifiers: Modifiers,
}

/// Whether tokens may lie over each other: a name in a quotation is then two tokens, else it parts the quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overlap {
    Allowed,
    #[default]
    Never,
}

/// Files over this size in bytes get tokens by range only.
pub const FULL_LIMIT: usize = 8 << 20;

/// Bytes in which the prose has tokens, from the start of the range that is asked for: markup has them everywhere.
pub const WIDEST: usize = super::hints::WIDEST;

/// The tokens that touch `range`, in order, each on one line; `None` where nobody waits for them any more. Dispatches too
/// long to be annotated while they are edited have those of their markup. Not for the owner.
pub fn find(snapshot: &Snapshot, range: Range<usize>, overlap: Overlap, watch: &dyn Watch) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let annotated = range.start..range.end.min(range.start.saturating_add(WIDEST));
    for dispatch in snapshot.view.dispatches(range.clone()) {
        if !watch.goes_on(dispatch.range.start.saturating_sub(range.start), range.len()) {
            return None;
        }
        let first = tokens.len();
        markup::of_dispatch(snapshot, &dispatch, &range, &mut tokens);
        // In the prose, markup is rare: a quoted delimiter, which is nothing else then.
        let markup = tokens.get(first..).unwrap_or_default().to_vec();
        prose::of_dispatch(snapshot, &dispatch, &annotated, &markup, overlap, &mut tokens);
    }
    tokens.retain(|token| token.range.start < range.end && token.range.end > range.start);
    tokens.sort_by_key(|token| (token.range.start, std::cmp::Reverse(token.range.end)));
    if overlap == Overlap::Never {
        let mut end = 0;
        tokens.retain(|token| {
            let is_free = token.range.start >= end;
            end = end.max(token.range.end);
            is_free
        });
    }
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
                modifiers: token.modifiers,
            }
        })
        .filter(|token| token.length > 0)
        .collect()
}

/// The lines of `part`, which begins at byte `start`, without the white space around them.
fn lines(part: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = start;
    part.split_inclusive(['\n', '\r']).filter_map(move |line| {
        let content = line.trim();
        let from = at + line.len() - line.trim_start().len();
        at += line.len();
        (!content.is_empty()).then(|| from..from + content.len())
    })
}
