//! Which mentions of a dispatch are one actor.

use std::collections::HashMap;

use super::judge::Judged;
use super::lexicon::{Flags, LEXICON};
use super::names::{Fit, fits_person, initials, is_designator, key, keys};
use super::parse::Candidate;
use super::text::Text;
use crate::annotate::{ActorKind, Form};
use crate::gazetteer::EntryId;
use crate::text::Case;

/// Somebody, while the mentions are gathered.
#[derive(Debug)]
pub struct Party {
    pub kind: ActorKind,
    /// The candidate with the fullest name.
    pub fullest: usize,
    pub keys: Vec<String>,
    pub entry: Option<EntryId>,
    /// Keys of all titles used.
    pub titles: Vec<String>,
    /// The candidate whose title says most.
    pub titled: Option<usize>,
    pub country: Option<String>,
}

/// What became of a candidate.
#[derive(Debug, Clone, Copy)]
pub struct Resolved {
    pub party: usize,
    pub form: Form,
    pub ambiguous: bool,
}

/// How many parties of one family name are looked at; in a text of thousands, nobody could tell.
const MOST_NAMESAKES: usize = 16;

/// One entry for each of `found`, in the same order.
pub fn resolve(text: &Text, found: &[Judged]) -> (Vec<Resolved>, Vec<Party>) {
    let mut resolver = Resolver {
        text,
        parties: Vec::new(),
        by_name: HashMap::new(),
        by_word: HashMap::new(),
        by_entry: HashMap::new(),
    };
    let mut resolved: Vec<Option<Resolved>> = vec![None; found.len()];
    let names: Vec<Vec<String>> = found.iter().map(|found| keys(text.reading, found.candidate.words.clone())).collect();
    // Full names first, wherever they stand: a headline has the short one.
    for (number, (Judged { candidate, party: kind, .. }, keys)) in found.iter().zip(&names).enumerate() {
        if resolver.is_full(candidate, *kind, keys) {
            let party = resolver.full(number, candidate, *kind, keys);
            if let Some(place) = resolved.get_mut(number) {
                let form = if candidate.title.is_empty() { Form::Name } else { Form::Titled };
                *place = Some(Resolved { party, form, ambiguous: false });
            }
        }
    }
    for (number, (Judged { candidate, party: kind, .. }, keys)) in found.iter().zip(&names).enumerate() {
        let Some(place) = resolved.get_mut(number) else { continue };
        if place.is_none() {
            *place = Some(resolver.short(number, candidate, *kind, keys));
        }
    }
    let resolved = resolved.into_iter().flatten().collect();
    (resolved, resolver.parties)
}

struct Resolver<'a, 't> {
    text: &'a Text<'t>,
    parties: Vec<Party>,
    /// Under all keys, joined.
    by_name: HashMap<(ActorKind, String), usize>,
    /// Under each key of a full name, and under acronyms.
    by_word: HashMap<String, Vec<usize>>,
    by_entry: HashMap<EntryId, usize>,
}

impl Resolver<'_, '_> {
    fn is_full(&self, candidate: &Candidate, kind: ActorKind, keys: &[String]) -> bool {
        if candidate.office {
            return false;
        }
        let listed = candidate.entries.len() == 1;
        match kind {
            ActorKind::Person => keys.len() > 1 || listed,
            ActorKind::Organization => keys.len() > 1 || listed,
            ActorKind::Place => true,
        }
    }

    fn full(&mut self, number: usize, candidate: &Candidate, kind: ActorKind, keys: &[String]) -> usize {
        let entry = only(&candidate.entries);
        let name = joined(kind, keys);
        let known = entry
            .and_then(|entry| self.by_entry.get(&entry).copied())
            .or_else(|| self.by_name.get(&(kind, name.clone())).copied())
            .or_else(|| self.nearly(candidate, kind, keys));
        let party = known.unwrap_or_else(|| self.party(number, candidate, kind, keys));
        self.by_name.entry((kind, name)).or_insert(party);
        if let Some(entry) = entry {
            self.by_entry.entry(entry).or_insert(party);
        }
        self.learn(party, number, candidate, keys);
        if kind == ActorKind::Organization {
            self.learn_acronym(party, candidate);
        }
        party
    }

    /// A fuller or shorter form of a full name: `George Bush`, `George W. Bush`; `Apple Computer`, `Apple Computer Inc.`
    fn nearly(&self, _candidate: &Candidate, kind: ActorKind, keys: &[String]) -> Option<usize> {
        let mut fitting = self.namesakes(keys).filter(|party| {
            self.parties.get(*party).is_some_and(|party| {
                party.kind == kind
                    && match kind {
                        ActorKind::Person => {
                            let both = party.keys.len() > 1 && keys.len() > 1;
                            both && fits_person(keys, &party.keys).max(fits_person(&party.keys, keys)) == Fit::Family
                        }
                        ActorKind::Organization => is_same_firm(keys, &party.keys) || is_same_firm(&party.keys, keys),
                        ActorKind::Place => false,
                    }
            })
        });
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    fn namesakes<'a>(&'a self, keys: &'a [String]) -> impl Iterator<Item = usize> + 'a {
        let last = keys.last().and_then(|key| self.by_word.get(key));
        let first = keys.first().and_then(|key| self.by_word.get(key));
        let mut seen = Vec::new();
        last.into_iter().chain(first).flat_map(|all| all.iter().rev().take(MOST_NAMESAKES)).copied().filter(
            move |party| {
                let new = !seen.contains(party);
                seen.push(*party);
                new
            },
        )
    }

    fn party(&mut self, number: usize, candidate: &Candidate, kind: ActorKind, keys: &[String]) -> usize {
        self.parties.push(Party {
            kind,
            fullest: number,
            keys: keys.to_vec(),
            entry: None,
            titles: Vec::new(),
            titled: None,
            country: candidate.country.clone(),
        });
        self.parties.len() - 1
    }

    fn learn(&mut self, number: usize, mention: usize, candidate: &Candidate, names: &[String]) {
        for key in names {
            let parties = self.by_word.entry(key.clone()).or_default();
            if parties.last() != Some(&number)
                && !parties.iter().rev().take(MOST_NAMESAKES).any(|party| *party == number)
            {
                parties.push(number);
            }
        }
        let titles = keys(self.text.reading, candidate.title.clone());
        let Some(party) = self.parties.get_mut(number) else { return };
        if names.len() > party.keys.len() {
            party.keys = names.to_vec();
            party.fullest = mention;
        }
        party.entry = party.entry.or(only(&candidate.entries));
        if party.country.is_none() {
            party.country.clone_from(&candidate.country);
        }
        if !candidate.title.is_empty() && party.titles.len() < 32 {
            if party.titled.is_none() {
                party.titled = Some(mention);
            }
            for title in titles {
                if !party.titles.contains(&title) {
                    party.titles.push(title);
                }
            }
        }
    }

    /// `Syrian Democratic Forces (SDF)`, or any later `SDF`.
    fn learn_acronym(&mut self, party: usize, candidate: &Candidate) {
        let (short, long) = initials(self.text.reading, candidate.words.clone());
        for letters in [short, long] {
            if letters.chars().count() > 1 {
                let parties = self.by_word.entry(format!("={letters}")).or_default();
                if !parties.contains(&party) && parties.len() < MOST_NAMESAKES {
                    parties.push(party);
                }
            }
        }
    }

    fn short(&mut self, number: usize, candidate: &Candidate, kind: ActorKind, keys: &[String]) -> Resolved {
        let name = joined(kind, keys);
        let fitting = if candidate.office { self.holders(candidate) } else { self.fitting(candidate, kind, keys) };
        let form = if candidate.title.is_empty() { Form::Short } else { Form::Titled };
        if let [party] = fitting.as_slice() {
            if !candidate.office {
                self.learn_title(*party, number, candidate);
            }
            return Resolved { party: *party, form, ambiguous: false };
        }
        let ambiguous = fitting.len() > 1;
        let office = if candidate.office {
            format!("office {name} {}", candidate.country.as_deref().unwrap_or_default())
        } else {
            name
        };
        let known = self.by_name.get(&(kind, office.clone())).copied();
        let party = known.unwrap_or_else(|| self.party(number, candidate, kind, keys));
        self.by_name.entry((kind, office)).or_insert(party);
        if !candidate.office {
            self.learn_title(party, number, candidate);
        }
        let form = if form == Form::Titled {
            form
        } else if ambiguous {
            Form::Short
        } else {
            Form::Name
        };
        Resolved { party, form, ambiguous }
    }

    fn learn_title(&mut self, party: usize, number: usize, candidate: &Candidate) {
        let none: [String; 0] = [];
        self.learn(party, number, candidate, &none);
    }

    fn fitting(&self, candidate: &Candidate, kind: ActorKind, keys: &[String]) -> Vec<usize> {
        let reading = self.text.reading;
        let Some(last) = keys.last() else { return Vec::new() };
        match kind {
            ActorKind::Person => {
                let all = self.by_word.get(last).map(Vec::as_slice).unwrap_or_default();
                let fits = |least: Fit| -> Vec<usize> {
                    let of_kind = all.iter().rev().take(MOST_NAMESAKES).copied();
                    of_kind
                        .filter(|party| {
                            self.parties
                                .get(*party)
                                .is_some_and(|party| party.kind == kind && fits_person(keys, &party.keys) == least)
                        })
                        .collect()
                };
                let mut fitting = fits(Fit::Family);
                if fitting.is_empty() && candidate.title.is_empty() {
                    fitting = fits(Fit::First);
                }
                if fitting.len() > 1 {
                    let titles = super::names::keys(reading, candidate.title.clone());
                    let same = |party: &usize| {
                        self.parties
                            .get(*party)
                            .is_some_and(|party| titles.iter().any(|title| party.titles.contains(title)))
                    };
                    let titled: Vec<usize> = fitting.iter().copied().filter(same).collect();
                    if titled.len() == 1 {
                        return titled;
                    }
                    let here = |party: &usize| {
                        candidate.country.is_some()
                            && self.parties.get(*party).is_some_and(|party| party.country == candidate.country)
                    };
                    let here: Vec<usize> = fitting.iter().copied().filter(here).collect();
                    if here.len() == 1 {
                        return here;
                    }
                }
                fitting
            }
            ActorKind::Organization => {
                let first = candidate.words.start;
                let written = reading.word(first);
                if candidate.words.len() == 1 && reading.case(first) == Case::Upper && written.len() > 1 {
                    let all = self.by_word.get(&format!("={last}")).cloned().unwrap_or_default();
                    if !all.is_empty() {
                        return all;
                    }
                }
                let all = self.by_word.get(last).map(Vec::as_slice).unwrap_or_default();
                let is_head = self.text.has(first, Flags::ORGANISATION_HEAD);
                let mut fitting = all.iter().rev().copied().take(MOST_NAMESAKES).filter(|party| {
                    self.parties.get(*party).is_some_and(|party| {
                        party.kind == kind && party.keys.len() > 1 && (is_head || is_same_firm(keys, &party.keys))
                    })
                });
                // Of several, `the Ministry` is the last one that was named.
                let found: Vec<usize> = if is_head { fitting.next().into_iter().collect() } else { fitting.collect() };
                found
            }
            ActorKind::Place => Vec::new(),
        }
    }

    /// Who was named with this title: `the Foreign Secretary` after `Foreign Secretary Boris Johnson`.
    fn holders(&self, candidate: &Candidate) -> Vec<usize> {
        let reading = self.text.reading;
        let titles: Vec<String> = keys(reading, candidate.title.clone());
        let Some(head) = titles.last().filter(|head| LEXICON.word(head).has(Flags::TITLE)) else { return Vec::new() };
        let fits = |party: &Party| {
            party.kind == ActorKind::Person
                && party.titles.contains(head)
                && titles.iter().all(|title| party.titles.contains(title))
                && (candidate.country.is_none() || party.country.is_none() || party.country == candidate.country)
        };
        let all = self.parties.iter().take(400).enumerate().filter(|(_, party)| fits(party));
        all.map(|(number, _)| number).collect()
    }
}

fn joined(kind: ActorKind, keys: &[String]) -> String {
    if kind == ActorKind::Organization {
        // `Defence Ministry` is the `Ministry of Defence`.
        let mut sorted = keys.to_vec();
        sorted.sort();
        return sorted.join(" ");
    }
    keys.join(" ")
}

/// `Apple` and `Apple Inc.`
fn is_same_firm(short: &[String], full: &[String]) -> bool {
    short.len() < full.len()
        && full.starts_with(short)
        && full.iter().skip(short.len()).all(|key| is_designator(key))
        && short.iter().any(|word| key(word).len() > 1)
}

/// A namesake is nobody for certain.
fn only(entries: &[EntryId]) -> Option<EntryId> {
    if let [entry] = entries { Some(*entry) } else { None }
}
