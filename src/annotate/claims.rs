//! Claims: who says what.
//!
//! A text is cut into units: sentences, or several of them where a quotation runs over their ends ([`unit`], [`quotes`]). A
//! unit is looked at where it has a word that may attribute, or a quotation. What is a cue there ([`cue`]) is judged by its
//! verb and its construction ([`judge`]); the source is the verb's subject ([`subject`]), the content what the construction
//! makes it ([`content`]); [`draft`] puts them together. Then sources become actors ([`speaker`]).
//!
//! After Pareti, “A database of attribution relations” (LREC 2012), and Newell et al., “An attribution relations corpus for
//! political news” (LREC 2018), whose conventions for spans are kept.

mod complement;
mod content;
mod cue;
mod doubts;
mod draft;
mod factuality;
pub(super) mod hedges;
mod judge;
pub(super) mod lexicon;
mod nesting;
mod quotative;
mod quotes;
mod role;
mod speaker;
mod special;
mod subject;
#[cfg(test)]
mod tests;
mod unit;

pub use doubts::{Doubt, DoubtKind, doubts};
pub use hedges::hedges;
pub use quotes::Quotations;

use super::{Actor, Claim, ClaimKind, Mention, Reading};
use draft::Draft;

/// The claims of a text, in the order of their first span. A pronoun that is a source becomes a mention, and a source
/// that is nobody yet an actor.
pub fn find(
    reading: &Reading,
    quotations: &Quotations,
    mentions: &mut Vec<Mention>,
    actors: &mut Vec<Actor>,
) -> Vec<Claim> {
    let mut drafts = draft::find(reading, quotations);
    drafts.sort_by_key(first_word);
    let mut claims: Vec<Claim> = drafts.iter().map(|draft| claim(reading, quotations, draft)).collect();
    for (number, outer) in nesting::outer(&claims).into_iter().enumerate() {
        if let (Some(claim), Some(draft)) = (claims.get_mut(number), drafts.get_mut(number)) {
            claim.inside = outer;
            draft.inside = outer;
        }
    }
    let speakers = speaker::resolve(reading, &drafts, mentions, actors);
    for (claim, speaker) in claims.iter_mut().zip(speakers) {
        claim.actor = speaker;
    }
    claims
}

fn claim(reading: &Reading, quotations: &Quotations, draft: &Draft) -> Claim {
    Claim {
        source: draft.source.iter().map(|words| reading.span(words.clone())).collect(),
        cue: vec![reading.span(draft.cue.clone())],
        content: draft.content.iter().map(|words| reading.span(words.clone())).collect(),
        kind: kind(quotations, draft),
        class: draft.class,
        factuality: factuality::of(reading, draft.attitude, &draft.content),
        actor: None,
        inside: None,
        rule: draft.rule,
    }
}

fn first_word(draft: &Draft) -> (usize, usize) {
    let spans = draft.source.iter().chain([&draft.cue]).chain(&draft.content);
    (spans.map(|words| words.start).min().unwrap_or(0), draft.cue.start)
}

fn kind(quotations: &Quotations, draft: &Draft) -> ClaimKind {
    let (mut quoted, mut plain) = (false, false);
    for words in &draft.content {
        let mut word = words.start;
        while word < words.end {
            match quotations.around(word).and_then(|number| quotations.all.get(number)) {
                Some(quotation) => {
                    quoted = true;
                    word = quotation.end.max(word + 1);
                }
                None => {
                    plain = true;
                    word += 1;
                }
            }
        }
    }
    match (quoted, plain) {
        (true, false) => ClaimKind::Direct,
        (true, true) => ClaimKind::Mixed,
        _ => ClaimKind::Indirect,
    }
}

/// The likelihoods of all cues that were considered, for counting: word, verb, construction, likelihood.
#[doc(hidden)]
pub fn considered(reading: &Reading) -> Vec<(crate::text::Span, &'static str, String, f32)> {
    draft::considered(reading)
}
