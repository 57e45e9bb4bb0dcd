//! Actors: who is mentioned, and which mentions are one actor.
//!
//! Capitals make runs ([`spans`]), runs are taken apart into candidates ([`parse`]), tables and rules say what each is
//! ([`rules`]), and names that fit each other are one actor ([`resolve`]).

mod features;
mod judge;
mod lexicon;
mod model;
mod names;
mod parse;
mod resolve;
mod rules;
mod spans;
mod text;
#[doc(hidden)]
pub mod training;

use super::{Actor, Mention, Reading, Timex};
use crate::corpus::PartialDate;
use crate::gazetteer::Gazetteer;
use judge::Judged;
use model::{MODEL, Model};
use parse::Candidate;
use resolve::{Party, Resolved};
use text::Text;

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
    let text = Text::new(reading);
    let candidates = candidates(&text, dates, gazetteer);
    let found = judge::judge(&text, candidates, gazetteer, model);
    let (resolved, parties) = resolve::resolve(&text, &found);
    mentions(reading, date, gazetteer, &found, &resolved, &parties)
}

fn candidates(text: &Text, dates: &[Timex], gazetteer: &Gazetteer) -> Vec<Candidate> {
    let runs = spans::runs(text);
    let mut candidates = parse::candidates(text, &runs, gazetteer);
    candidates.retain(|candidate| !is_date(text.reading, candidate, dates));
    candidates.sort_by_key(|candidate| candidate.words.start);
    candidates
}

fn is_date(reading: &Reading, candidate: &Candidate, dates: &[Timex]) -> bool {
    let span = reading.span(candidate.words.clone());
    let behind = dates.partition_point(|date| date.span.end <= span.start);
    dates.get(behind).is_some_and(|date| date.span.start <= span.start && span.end <= date.span.end)
}

fn mentions(
    reading: &Reading,
    date: Option<PartialDate>,
    gazetteer: &Gazetteer,
    found: &[Judged],
    resolved: &[Resolved],
    parties: &[Party],
) -> (Vec<Mention>, Vec<Actor>) {
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
            actors.push(actor(reading, date, gazetteer, found, party));
            actors.len() - 1
        });
        let span = reading.span(candidate.words.clone());
        let full = reading.span(candidate.full.clone());
        mentions.push(Mention {
            span,
            full: crate::text::Span { start: full.start.min(span.start), end: full.end.max(span.end) },
            kind: judged.kind,
            form: resolved.form,
            actor,
            ambiguous: resolved.ambiguous,
            rule: candidate.rule,
        });
    }
    (mentions, actors)
}

fn actor(
    reading: &Reading,
    date: Option<PartialDate>,
    gazetteer: &Gazetteer,
    found: &[Judged],
    party: &Party,
) -> Actor {
    let entry = party.entry.and_then(|id| gazetteer.entry(id, date.and_then(PartialDate::latest)));
    let written = |range| reading.span(range).of(reading.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let name = found.get(party.fullest).map(|found| written(found.candidate.words.clone())).unwrap_or_default();
    let title = party.titled.and_then(|number| found.get(number)).map(|found| written(found.candidate.title.clone()));
    Actor {
        name: entry.as_ref().map_or(name, |entry| entry.name.to_owned()),
        kind: entry.as_ref().map_or(party.kind, |entry| entry.kind),
        entry: party.entry,
        role: entry
            .as_ref()
            .and_then(|entry| entry.role.map(str::to_owned))
            .or(title.filter(|title| !title.is_empty())),
        country: entry.as_ref().and_then(|entry| entry.country).or(party.country).map(str::to_owned),
        same_as: None,
    }
}
