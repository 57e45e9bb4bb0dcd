//! Cards: what hover says of an actor, a date or a claim in the prose of a dispatch.

use super::annotated::{self, Annotated, Found};
use super::hover::Hover;
use super::markup::{Part, Text, corpus, own, strong};
use super::seen;
use crate::annotate::dates::in_words;
use crate::annotate::{Actor, Anchor, Claim, Mention, Timex};
use crate::text::Span;
use crate::workspace::Snapshot;

/// Claims of an actor that are shown, and spellings.
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
            actor_card(snapshot, annotated, mention, actor, &mut text);
        }
        Found::Date(number) => date_card(annotated, annotated.found().dates.get(number)?, &mut text),
        Found::Claim(number) => claim_card(annotated, annotated.found().claims.get(number)?, &mut text),
    }
    Some(text)
}

fn actor_card(snapshot: &Snapshot, annotated: &Annotated, mention: &Mention, actor: &Actor, text: &mut Text) {
    let day = annotated.note.date.and_then(|date| date.date());
    let entry = actor.entry.and_then(|entry| snapshot.notes.gazetteer.entry(entry, day));
    let mut line = vec![corpus(actor.name.as_str()), own(format!(" – {}", actor.kind.name()))];
    if mention.ambiguous {
        line.push(own(", ambiguous: another actor of this dispatch fits as well"));
    }
    text.line(line);
    if let Some(role) = &actor.role {
        let mut line = vec![corpus(role.as_str())];
        if let Some(date) = annotated.note.date {
            line.push(own(format!(" on {date}")));
        }
        text.line(line);
    }
    if let Some(country) = &actor.country {
        text.line([own("state: "), corpus(country.as_str())]);
    }
    match entry {
        Some(entry) => text.line([own("listed as "), corpus(entry.id)]),
        None => text.line([own("unlisted: in no actors file")]),
    }
    if let Some((entry, why)) = actor.same_as
        && let Some(entry) = snapshot.notes.gazetteer.entry(entry, day)
    {
        text.line([own("the same as "), corpus(entry.id), own(format!("? {why}"))]);
    }
    let found = annotated.found();
    let mentions: Vec<&Mention> = found.mentions.iter().filter(|other| other.actor == mention.actor).collect();
    let mut spellings: Vec<&str> = mentions.iter().map(|mention| annotated.text(mention.full)).collect();
    spellings.sort_unstable();
    spellings.dedup();
    let count = mentions.len();
    let mut line = vec![own(format!("{count} mention{} in this dispatch: ", if count == 1 { "" } else { "s" }))];
    list(&mut line, &spellings);
    text.line(line);
    for claim in found.claims.iter().filter(|claim| claim.actor == Some(mention.actor)).take(SHOWN) {
        text.line(sentence(annotated, claim));
    }
    seen::lines(snapshot, annotated, mention.actor, text);
}

fn date_card(annotated: &Annotated, date: &Timex, text: &mut Text) {
    let mut line = vec![strong(date.value.as_str()), own(format!(" – {}", in_words(&date.value)))];
    if let Some(until) = &date.until {
        line.push(own(format!(", to {until}")));
    }
    if let Some(modifier) = date.modifier {
        line.push(own(format!(", {}", modifier.name().to_lowercase().replace('_', " "))));
    }
    text.line(line);
    match date.anchor {
        Anchor::Itself => {}
        Anchor::DispatchDate => {
            let day = annotated.note.date.map(|date| format!(", {date}")).unwrap_or_default();
            text.line([own(format!("read against the dispatch date{day}"))]);
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
        text.line([own("or: "), strong(other.as_str())]);
    }
}

fn claim_card(annotated: &Annotated, claim: &Claim, text: &mut Text) {
    text.line(sentence(annotated, claim));
    let (kind, class, sure) = (claim.kind.name(), claim.class.name(), claim.factuality.name());
    text.line([own(format!("{kind} claim · {class} · {sure}"))]);
    if let Some(outer) = claim.inside.and_then(|outer| annotated.found().claims.get(outer)) {
        let mut line = vec![own("inside: ")];
        line.extend(sentence(annotated, outer));
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
