//! Claims: who says what.
//!
//! A sentence is looked at where it has a word that may attribute, or a quotation. What is a cue there is judged by its
//! verb and its construction ([`judge`]); the source is the verb's subject ([`subject`]), the content what the construction
//! makes it ([`content`]).

mod content;
mod cue;
mod draft;
mod judge;
mod lexicon;
mod quotes;
mod subject;
mod unit;

use super::{Actor, Claim, ClaimKind, Factuality, Mention, Reading};
use crate::text::Span;

/// The claims of a text, in the order of their first span. A pronoun that is a source becomes a mention, and a source
/// that is nobody yet an actor.
pub fn find(reading: &Reading, _mentions: &mut Vec<Mention>, _actors: &mut Vec<Actor>) -> Vec<Claim> {
    let quotations = quotes::Quotations::find(reading);
    let drafts = draft::find(reading, &quotations);
    let mut claims: Vec<Claim> = drafts
        .iter()
        .map(|draft| Claim {
            source: draft.source.iter().map(|words| reading.span(words.clone())).collect(),
            cue: vec![reading.span(draft.cue.clone())],
            content: draft.content.iter().map(|words| reading.span(words.clone())).collect(),
            kind: kind(&quotations, draft),
            class: draft.class,
            factuality: Factuality::Certain,
            actor: None,
            inside: None,
            rule: draft.rule,
        })
        .collect();
    claims.sort_by_key(first);
    claims
}

fn first(claim: &Claim) -> (u32, u32) {
    let spans = || claim.source.iter().chain(&claim.cue).chain(&claim.content);
    let start = spans().map(|span| span.start).min().unwrap_or(0);
    (start, claim.cue.first().map_or(0, |span: &Span| span.start))
}

fn kind(quotations: &quotes::Quotations, draft: &draft::Draft) -> ClaimKind {
    let (mut quoted, mut plain) = (false, false);
    for word in draft.content.iter().flat_map(Clone::clone) {
        if quotations.around(word).is_some() { quoted = true } else { plain = true }
    }
    match (quoted, plain) {
        (true, false) => ClaimKind::Direct,
        (true, true) => ClaimKind::Mixed,
        _ => ClaimKind::Indirect,
    }
}

/// The likelihoods of all cues that were considered, for counting: word, verb, construction, likelihood.
pub fn considered(reading: &Reading) -> Vec<(Span, &'static str, String, f32)> {
    draft::considered(reading)
}
