//! Actors: who is mentioned, and which mentions are one actor.
//!
//! Capitals make runs ([`spans`]), runs are taken apart into candidates ([`parse`]), tables and rules say what each is
//! ([`rules`]), and names that fit each other are one actor ([`resolve`]).

mod compounds;
pub mod doubts;
mod features;
mod judge;
pub(super) mod lexicon;
mod model;
mod names;
mod parse;
mod resolve;
mod rules;
mod spans;
#[cfg(test)]
mod tests;
mod text;
#[doc(hidden)]
pub mod training;

use super::{Actor, ActorKind, Mention, Reading, Timex};
use crate::corpus::PartialDate;
use crate::gazetteer::Gazetteer;
use crate::text::Span;
use judge::Judged;
use lexicon::Flags;
use model::{MODEL, Model};
use parse::Candidate;
use resolve::{Party, Resolved};
use text::Text;

/// Characters that nobody sees: soft hyphen, zero-width spaces and joiners, marks of direction, byte order mark.
const INVISIBLE: [char; 12] = [
    '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}',
    '\u{2060}', '\u{2066}', '\u{feff}',
];

/// The mentions of a text, in order, and its actors in the order of their first mention.
pub fn find(
    reading: &Reading,
    dates: &[Timex],
    date: Option<PartialDate>,
    gazetteer: &Gazetteer,
) -> (Vec<Mention>, Vec<Actor>) {
    find_with(reading, dates, date, gazetteer, &MODEL)
}

fn find_with(
    reading: &Reading,
    dates: &[Timex],
    date: Option<PartialDate>,
    gazetteer: &Gazetteer,
    model: &Model,
) -> (Vec<Mention>, Vec<Actor>) {
    let text = Text::new(reading, gazetteer);
    let mut candidates = candidates(&text, dates);
    candidates.retain(|candidate| {
        let words = |range: std::ops::Range<usize>| range.map(|word| reading.word(word));
        !gazetteer.is_nobody(words(candidate.words.clone())) && !gazetteer.is_nobody(words(candidate.full.clone()))
    });
    let found = judge::judge(&text, candidates, model);
    let (resolved, parties) = resolve::resolve(&text, &found);
    mentions(&text, date, gazetteer, &found, &resolved, &parties)
}

fn candidates(text: &Text, dates: &[Timex]) -> Vec<Candidate> {
    let runs = spans::runs(text);
    let mut candidates = parse::candidates(text, &runs);
    candidates.retain(|candidate| !is_date(text.reading, candidate, dates));
    candidates.sort_by_key(|candidate| candidate.words.start);
    towns(text, &mut candidates);
    candidates
}

/// `Mobile, Alabama` is one place: its state only says where it is.
fn towns(text: &Text, candidates: &mut Vec<Candidate>) {
    let mut before: Option<usize> = None;
    let mut gone = Vec::new();
    let mut at = 0;
    while let Some(candidate) = candidates.get(at) {
        let region = candidate.known.has(Flags::STATE.and(Flags::REGION));
        let words = candidate.words.clone();
        let country = candidate.country.clone();
        let follows = |town: &Candidate| {
            let comma = text.reading.word(town.words.end) == "," && town.words.end + 1 == words.start;
            let listing = matches!(text.reading.lower(words.end), "and" | "or") || text.reading.word(words.end) == ",";
            let person = !town.title.is_empty() || town.office || town.people;
            let known = town.known.has(Flags::PLACE) && !town.known.has(Flags::STATE);
            let behind = matches!(
                text.reading.lower(town.words.start.wrapping_sub(1)),
                "in" | "near" | "from" | "at" | "of" | "to" | "outside"
            );
            let one = town.words.len() <= 3
                && (!listing || text.reading.lower(words.end + 1) != "and" && text.reading.word(words.end) == ",");
            comma
                && !person
                && one
                && !town.known.has(Flags::STATE.and(Flags::ORGANISATION).and(Flags::PERSON))
                && (known || (behind && !listing))
        };
        let town = before.and_then(|before| candidates.get_mut(before)).filter(|town| region && follows(town));
        match town {
            Some(town) => {
                town.full.end = words.end;
                town.locator = true;
                town.country = town.country.take().or(country);
                gone.push(at);
                before = None;
            }
            None => before = Some(at),
        }
        at += 1;
    }
    let mut gone = gone.into_iter().peekable();
    let mut at = 0;
    candidates.retain(|_| {
        at += 1;
        gone.next_if(|gone| *gone + 1 == at).is_none()
    });
}

fn is_date(reading: &Reading, candidate: &Candidate, dates: &[Timex]) -> bool {
    let span = reading.span(candidate.words.clone());
    let behind = dates.partition_point(|date| date.span.end <= span.start);
    dates.get(behind).is_some_and(|date| date.span.start <= span.start && span.end <= date.span.end)
}

fn mentions(
    text: &Text,
    date: Option<PartialDate>,
    gazetteer: &Gazetteer,
    found: &[Judged],
    resolved: &[Resolved],
    parties: &[Party],
) -> (Vec<Mention>, Vec<Actor>) {
    let reading = text.reading;
    // Actors are numbered in the order of their first mention.
    let mut numbers: Vec<Option<usize>> = vec![None; parties.len()];
    let mut actors = Vec::new();
    let mut mentions = Vec::with_capacity(found.len());
    for (judged, resolved) in found.iter().zip(resolved) {
        let candidate = &judged.candidate;
        let (Some(party), Some(number)) = (parties.get(resolved.party), numbers.get_mut(resolved.party)) else {
            continue;
        };
        let actor = *number.get_or_insert_with(|| {
            actors.push(actor(text, date, gazetteer, found, party));
            actors.len() - 1
        });
        let span = candidate.span(reading);
        let full = if candidate.part.is_some() { span } else { reading.span(candidate.full.clone()) };
        mentions.push(Mention {
            span,
            full: Span { start: full.start.min(span.start), end: full.end.max(span.end) },
            kind: judged.kind,
            form: resolved.form,
            actor,
            ambiguous: resolved.ambiguous,
            rule: candidate.rule,
        });
    }
    (mentions, actors)
}

/// `Foreign Minister` of `Iranian Foreign Minister`: the country is told apart, and `His Majesty King` is a king.
fn without_people(text: &Text, mut title: std::ops::Range<usize>) -> std::ops::Range<usize> {
    while title.len() > 1 && text.has(title.start, Flags::ADJECTIVE.and(Flags::COURTESY)) {
        title.start += 1;
    }
    title
}

/// `Nairobi` for `NAIROBI`.
fn quiet(name: &str) -> String {
    let mut begins = true;
    let letter = |letter: char| {
        let written = if begins { letter } else { letter.to_lowercase().next().unwrap_or(letter) };
        begins = !letter.is_alphabetic();
        written
    };
    name.chars().map(letter).collect()
}

fn actor(text: &Text, date: Option<PartialDate>, gazetteer: &Gazetteer, found: &[Judged], party: &Party) -> Actor {
    let reading = text.reading;
    let entry = party.entry.and_then(|id| gazetteer.entry(id, date.and_then(PartialDate::latest)));
    let spaced = |span: Span| {
        let words: Vec<&str> = span.of(reading.text).split_whitespace().collect();
        words.join(" ").replace(INVISIBLE, "")
    };
    let name = found.get(party.fullest).map(|found| {
        let name = spaced(found.candidate.span(reading));
        // A dateline or a headline writes it so.
        let place = found.party == ActorKind::Place && found.candidate.known.has(Flags::PLACE);
        let person = found.party == ActorKind::Person && found.candidate.mode == text::Mode::Capitals;
        let loud = resolve::is_loud(text, found.candidate.words.clone()) && found.candidate.part.is_none();
        if loud && (place && name.len() > 3 || person) { quiet(&name) } else { name }
    });
    let name = name.unwrap_or_default();
    let title = party
        .titled
        .and_then(|number| found.get(number))
        .map(|found| spaced(reading.span(without_people(text, found.candidate.title.clone()))));
    Actor {
        name: entry.as_ref().map_or(name, |entry| entry.name.to_owned()),
        kind: entry.as_ref().map_or(party.kind, |entry| entry.kind),
        entry: party.entry,
        role: entry
            .as_ref()
            .and_then(|entry| entry.role.map(str::to_owned))
            .or(title.filter(|title| !title.is_empty())),
        country: entry.as_ref().and_then(|entry| entry.country).or(party.country.as_deref()).map(str::to_owned),
    }
}
