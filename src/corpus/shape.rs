//! What a pattern's groups say of a delimiter: its parts, and what is wrong with each.

use regex::Captures;

use super::Code::{F004, F007};
use super::mark::{Flaw, Mark};
use super::name;
use super::span::Span;

pub fn group(found: &Captures<'_>, name: &str) -> Span {
    found.name(name).map(|group| Span::from(group.range())).unwrap_or_default()
}

pub fn named(mut mark: Mark, line: &str, span: Span) -> Mark {
    mark.name = span;
    let name = span.of(line);
    if name.is_empty() {
        return mark;
    }
    mark.key = name::key(name);
    mark.unsafe_name = name::unsafety(name);
    mark
}

/// White space at the edges of a delimiter.
pub fn edge_flaws(found: &Captures<'_>) -> Vec<Flaw> {
    ["indent", "edge"]
        .into_iter()
        .map(|name| group(found, name))
        .filter(|span| !span.is_empty())
        .map(|span| Flaw::new(F007, span, ""))
        .collect()
}

pub fn expect(flaws: &mut Vec<Flaw>, code: super::Code, line: &str, span: Span, wanted: &str) {
    if span.of(line) != wanted {
        flaws.push(if code == F004 {
            Flaw::difference(code, line, span, wanted)
        } else {
            Flaw::new(code, span, wanted)
        });
    }
}
