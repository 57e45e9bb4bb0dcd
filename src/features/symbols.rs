//! Symbols: the dispatches of a file, for outlines and for going to one by its name; in them their actors and claims.

use std::collections::HashSet;
use std::ops::Range;

use crate::annotate::{ActorKind, Claim};
use crate::corpus::Dispatch;
use crate::text::{Span, counted};
use crate::workspace::Snapshot;

use super::Watch;
use super::annotated::Annotated;
use super::markup::one_line;
use super::people::{dispatch_name, role_and_state};

/// A dispatch, or an actor or a claim in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    pub kind: Kind,
    pub name: String,
    /// Date and title, as far as there are any; role, state and mentions; kind of claim.
    pub detail: String,
    /// The dispatch, the first mention with its title, the whole claim.
    pub range: Range<usize>,
    /// The name of a dispatch; where there is none the opener, or the start of the file. The name in a mention, and the
    /// cue of a claim. It lies in `range`.
    pub name_range: Range<usize>,
    /// Actors in the order of their first mention, then claims in the order of their cues.
    pub children: Vec<Symbol>,
}

/// What a symbol stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Dispatch,
    Actor(ActorKind),
    Claim,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    Dispatches,
    /// Actors and claims as well, in files of at most [`LARGEST`] bytes.
    Everything,
}

/// Bytes; in a larger file there are no actors and claims among the symbols. Editors ask for all symbols after each
/// change, and those of this much text are half a megabyte.
pub const LARGEST: usize = 256 << 10;

/// A list of this many takes some 10 MB: no outline is of use beyond.
const MOST: usize = 50_000;
/// Longest title, in characters.
const LONGEST: usize = 120;
/// Longest name of an actor or a claim.
const LONGEST_INSIDE: usize = 80;

/// The dispatches of a file, the first 50,000; `None` where nobody waits for them any more. Not for the owner.
pub fn find_all(snapshot: &Snapshot, depth: Depth, watch: &dyn Watch) -> Option<Vec<Symbol>> {
    let length = snapshot.text.len();
    let is_deep = depth == Depth::Everything && length <= LARGEST;
    let mut symbols = Vec::new();
    for dispatch in snapshot.view.dispatches(0..length.saturating_add(1)).take(MOST) {
        if !watch.goes_on(dispatch.range.start, length) {
            return None;
        }
        let children = if is_deep { inside(snapshot, &dispatch) } else { Vec::new() };
        symbols.push(symbol(snapshot, dispatch, children));
    }
    Some(symbols)
}

fn symbol(snapshot: &Snapshot, dispatch: Dispatch, children: Vec<Symbol>) -> Symbol {
    let name_range = match &dispatch.opener {
        Some(opener) => opener.name.clone().unwrap_or(opener.range.clone()),
        None => dispatch.range.start..dispatch.range.start,
    };
    let fields = dispatch.header.iter().flat_map(|header| &header.fields);
    let title = fields.into_iter().find(|field| field.key == Some("title"));
    let date = dispatch.date.as_ref().map(|date| date.date.to_string());
    let title = title.map(|title| one_line(&snapshot.text.slice(title.value.clone()), LONGEST));
    let detail: Vec<String> = [date, title].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    Symbol {
        kind: Kind::Dispatch,
        name: dispatch_name(snapshot, &dispatch),
        detail: detail.join(" · "),
        range: dispatch.range,
        name_range,
        children,
    }
}

/// The actors of a dispatch, then its claims.
fn inside(snapshot: &Snapshot, dispatch: &Dispatch) -> Vec<Symbol> {
    let Some((start, note)) = snapshot.notes.of(snapshot, dispatch) else { return Vec::new() };
    let annotated = Annotated { dispatch: dispatch.clone(), start, note };
    let mut symbols = actors(&annotated);
    let mut claims: Vec<Symbol> = annotated.found().claims.iter().filter_map(|claim| said(&annotated, claim)).collect();
    claims.sort_by_key(|claim| claim.name_range.start);
    symbols.extend(claims);
    symbols
}

fn actors(annotated: &Annotated) -> Vec<Symbol> {
    let found = annotated.found();
    let mut counts = vec![0; found.actors.len()];
    for mention in &found.mentions {
        if let Some(count) = counts.get_mut(mention.actor) {
            *count += 1;
        }
    }
    let mut seen = HashSet::new();
    let first = found.mentions.iter().filter(|mention| seen.insert(mention.actor));
    let symbols = first.filter_map(|mention| {
        let actor = found.actors.get(mention.actor)?;
        let known = role_and_state(actor.role.as_deref(), actor.country.as_deref());
        let count = counted(counts.get(mention.actor).copied().unwrap_or_default(), "mention", "mentions");
        Some(Symbol {
            kind: Kind::Actor(actor.kind),
            name: shown(&actor.name)?,
            detail: if known.is_empty() { count } else { format!("{known} · {count}") },
            range: annotated.range(mention.full),
            name_range: annotated.range(mention.span),
            children: Vec::new(),
        })
    });
    symbols.collect()
}

fn said(annotated: &Annotated, claim: &Claim) -> Option<Symbol> {
    let all = || claim.source.iter().chain(&claim.cue).chain(&claim.content);
    let whole = Span { start: all().map(|span| span.start).min()?, end: all().map(|span| span.end).max()? };
    Some(Symbol {
        kind: Kind::Claim,
        name: shown(&in_words(annotated, claim))?,
        detail: format!("{} · {}", claim.class.name(), claim.factuality.name()),
        range: annotated.range(whole),
        name_range: annotated.range(*claim.cue.first()?),
        children: Vec::new(),
    })
}

/// Who, how and what, in the order of the text; who by name.
fn in_words(annotated: &Annotated, claim: &Claim) -> String {
    let actor = claim.actor.and_then(|actor| annotated.found().actors.get(actor));
    let text = |span: &Span| (span.start, annotated.text(*span));
    let mut parts: Vec<(u32, &str)> = claim.cue.iter().chain(&claim.content).map(text).collect();
    match actor {
        Some(actor) => parts.push((claim.source.first().map_or(0, |source| source.start), &actor.name)),
        None => parts.extend(claim.source.iter().map(text)),
    }
    parts.sort_by_key(|(start, _)| *start);
    parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

/// The protocol wants no name to be empty.
fn shown(name: &str) -> Option<String> {
    Some(one_line(name, LONGEST_INSIDE)).filter(|name| !name.is_empty())
}
