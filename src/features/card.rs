//! Cards: what hover says of an actor, a date or a claim in the prose of a dispatch, on 15 lines at most.

mod actor;

use super::annotated::{self, Annotated, Found};
use super::hover::{Hover, dated};
use super::markup::{Part, Text, corpus, own, strong};
use crate::annotate::dates::in_words;
use crate::annotate::{Anchor, Claim, Timex};
use crate::text::Span;
use crate::workspace::Snapshot;

/// Spellings and names that are shown.
const SHOWN: usize = 3;

/// What there is to say about byte `offset` of the prose; `None` where nothing was found. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    let annotated = annotated::at(snapshot, offset)?;
    let (found, range) = annotated.spot(offset)?;
    Some(Hover { range, text: of(snapshot, &annotated, found)? })
}

/// The card of what was found.
pub fn of(snapshot: &Snapshot, annotated: &Annotated, found: Found) -> Option<Text> {
    let mut text = Text::default();
    match found {
        Found::Mention(number) => {
            let mention = annotated.found().mentions.get(number)?;
            let actor = annotated.found().actors.get(mention.actor)?;
            actor::write(snapshot, annotated, mention, actor, &mut text);
        }
        Found::Date(number) => date_card(snapshot, annotated, annotated.found().dates.get(number)?, &mut text),
        Found::Claim(number) => claim_card(annotated, number, annotated.found().claims.get(number)?, &mut text),
    }
    Some(text)
}

fn date_card(snapshot: &Snapshot, annotated: &Annotated, date: &Timex, text: &mut Text) {
    let kind = date.kind.name().to_lowercase();
    let mut line = vec![strong(date.value.as_str()), own(format!(" – {kind}: {}", in_words(&date.value)))];
    if let Some(until) = &date.until {
        line.push(own(format!(", to {}", in_words(until))));
    }
    if let Some(modifier) = date.modifier {
        line.push(own(format!(", {}", modifier.name().to_lowercase().replace('_', " "))));
    }
    text.line(line);
    match date.anchor {
        Anchor::Itself => text.line([own("it says so itself")]),
        Anchor::DispatchDate => {
            let mut line = "read against the dispatch date".to_owned();
            if let Some(date) = &annotated.dispatch.date {
                line.push_str(&format!(", {}", dated(snapshot, date)));
            }
            text.line([own(line)]);
        }
        Anchor::Date(number) => {
            if let Some(anchor) = annotated.found().dates.get(number) {
                text.line([
                    own("read against "),
                    corpus(annotated.text(anchor.span)),
                    own(format!(", {}", anchor.value)),
                ]);
            }
        }
        Anchor::Missing => text.line([own("there is no date to read it against: the dispatch has none")]),
    }
    if let Some(other) = &date.other {
        text.line([own("or as well: "), strong(other.as_str()), own(format!(" – {}", in_words(other)))]);
    }
}

fn claim_card(annotated: &Annotated, number: usize, claim: &Claim, text: &mut Text) {
    text.line(sentence(annotated, claim));
    let (kind, class, sure) = (claim.kind.name(), claim.class.name(), claim.factuality.name());
    text.line([own(format!("{kind} claim · {class} · {sure}"))]);
    let claims = &annotated.found().claims;
    let outer = claim.inside.and_then(|outer| claims.get(outer)).map(|outer| ("inside: ", outer));
    let inner = claims.iter().filter(|inner| inner.inside == Some(number)).take(SHOWN);
    for (words, other) in outer.into_iter().chain(inner.map(|inner| ("in it: ", inner))) {
        let mut line = vec![own(words)];
        line.extend(sentence(annotated, other));
        text.line(line);
    }
}

/// Who, how, what.
fn sentence(annotated: &Annotated, claim: &Claim) -> Vec<Part> {
    let said = |spans: &[Span]| spans.iter().map(|span| annotated.text(*span)).collect::<Vec<_>>().join(" … ");
    let actor = claim.actor.and_then(|actor| annotated.found().actors.get(actor));
    let who = actor.map_or_else(|| said(&claim.source), |actor| actor.name.clone());
    let mut line = if who.is_empty() { vec![own("(nobody is named)")] } else { vec![corpus(who)] };
    line.extend([own(" "), corpus(said(&claim.cue)), own(" "), corpus(said(&claim.content))]);
    line
}

fn list(line: &mut Vec<Part>, texts: &[&str]) {
    for (number, text) in texts.iter().take(SHOWN).enumerate() {
        if number > 0 {
            line.push(own(", "));
        }
        line.push(corpus(*text));
    }
    if texts.len() > SHOWN {
        line.push(own(format!(" and {} more", texts.len() - SHOWN)));
    }
}
