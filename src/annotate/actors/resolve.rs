//! Which mentions of a dispatch are one actor.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use super::judge::Judged;
use super::lexicon::{Flags, LEXICON};
use super::names::{Fit, Key, abbreviates, fits_person, initials, is_small, key, keys};
use super::parse::Candidate;
use super::text::Text;
use crate::annotate::{ActorKind, Form};
use crate::gazetteer::EntryId;
use crate::tables;
use crate::text::{Case, Kind};

/// What an actor is joined under, for each of its names that letters do not tell to be one.
static SAME: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut same = HashMap::new();
    for line in tables::lines(include_str!("../tables/actors/same-actors.txt")) {
        let names = line.split(',').map(|name| {
            let keys = name.split_whitespace().map(key).filter(|key| !is_small(key));
            let mut keys: Vec<String> = keys.collect();
            keys.sort();
            keys.join(" ")
        });
        let names: Vec<String> = names.collect();
        let first = names.first().cloned().unwrap_or_default();
        same.extend(names.into_iter().map(|name| (name, first.clone())));
    }
    same
});

/// A given name in full, for what it is shortened to.
static NICKNAMES: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| tables::families(include_str!("../tables/actors/nicknames.txt")));

/// Somebody, while the mentions are gathered.
#[derive(Debug)]
pub struct Party<'t> {
    pub kind: ActorKind,
    /// The candidate that names it first …
    first: usize,
    /// … and the one with the fullest name.
    pub fullest: usize,
    pub keys: Vec<Key<'t>>,
    pub entry: Option<EntryId>,
    /// Keys of all titles used.
    pub titles: Vec<Key<'t>>,
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
pub fn resolve<'t>(text: &Text<'t>, found: &[Judged]) -> (Vec<Resolved>, Vec<Party<'t>>) {
    let mut resolver = Resolver {
        text,
        found,
        parties: Vec::new(),
        by_name: HashMap::new(),
        by_word: HashMap::new(),
        by_acronym: HashMap::new(),
        by_core: HashMap::new(),
        by_entry: HashMap::new(),
    };
    let mut resolved: Vec<Option<Resolved>> = vec![None; found.len()];
    let names: Vec<Vec<Key>> = found.iter().map(|found| keys_of(text, found)).collect();
    let mut latest: Option<(Range<usize>, usize)> = None;
    // Full names first, wherever they stand: a headline has the short one.
    for (number, (Judged { candidate, party: kind, .. }, keys)) in found.iter().zip(&names).enumerate() {
        let explained = latest.as_ref().filter(|(name, _)| explains(text, name, candidate));
        if let (Some((_, party)), Some(letters)) = (explained, keys.first()) {
            resolver.learn_acronym(*party, letters.clone().into_owned());
        } else if resolver.is_full(candidate, *kind, keys) {
            let party = resolver.full(number, candidate, *kind, keys);
            // `Mission in Kosovo (UNMIK)` is not of Kosovo.
            let scene = |name: &Range<usize>| *kind == ActorKind::Place && candidate.words.start <= name.end + 2;
            if !latest.as_ref().is_some_and(|(name, _)| name.len() > 1 && scene(name)) {
                latest = Some((candidate.words.clone(), party));
            }
            if let Some(place) = resolved.get_mut(number) {
                let form = if candidate.title.is_empty() { Form::Name } else { Form::Titled };
                let form = if candidate.nominal { Form::Nominal } else { form };
                *place = Some(Resolved { party, form, ambiguous: false });
            }
        }
    }
    for (number, (Judged { candidate, party: kind, .. }, keys)) in found.iter().zip(&names).enumerate() {
        if resolved.get(number).is_some_and(Option::is_none) {
            let beside = if candidate.office { beside(text, found, number) } else { None };
            let beside = beside.and_then(|other| resolved.get(other).copied().flatten());
            let short = match beside {
                Some(other) => {
                    resolver.learn_title(other.party, number, candidate);
                    Resolved { party: other.party, form: Form::Titled, ambiguous: false }
                }
                None => resolver.short(number, candidate, *kind, keys),
            };
            if let Some(place) = resolved.get_mut(number) {
                *place = Some(short);
            }
        }
    }
    let mut resolved: Vec<Resolved> = resolved.into_iter().flatten().collect();
    for (resolved, keys) in resolved.iter_mut().zip(&names) {
        // `López Obrador` of `Andrés Manuel López Obrador`
        let party = resolver.parties.get(resolved.party);
        let shorter = party.is_some_and(|party| party.kind == ActorKind::Person && keys.len() < party.keys.len());
        if shorter && resolved.form == Form::Name {
            resolved.form = Form::Short;
        }
    }
    (resolved, resolver.parties)
}

struct Resolver<'a, 't> {
    text: &'a Text<'t>,
    found: &'a [Judged],
    parties: Vec<Party<'t>>,
    /// Under all keys, joined.
    by_name: HashMap<String, usize>,
    /// Under each key of a full name.
    by_word: HashMap<Key<'t>, Vec<usize>>,
    by_acronym: HashMap<String, Vec<usize>>,
    /// Organisations under what their name is without country and rank.
    by_core: HashMap<String, Vec<usize>>,
    by_entry: HashMap<EntryId, usize>,
}

impl<'t> Resolver<'_, 't> {
    fn is_full(&self, candidate: &Candidate, kind: ActorKind, keys: &[Key]) -> bool {
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

    fn full(&mut self, number: usize, candidate: &Candidate, kind: ActorKind, keys: &[Key<'t>]) -> usize {
        let entry = only(&candidate.entries);
        let name = joined(kind, keys);
        let glued = glued(kind, keys);
        let known = entry
            .and_then(|entry| self.by_entry.get(&entry).copied())
            .or_else(|| self.by_name.get(&name).copied())
            .or_else(|| self.by_name.get(glued.as_ref()?).copied())
            .or_else(|| self.at_home(kind, keys))
            .or_else(|| self.nearly(kind, keys));
        let party = known.unwrap_or_else(|| self.party(number, candidate, kind, keys));
        self.by_name.entry(name).or_insert(party);
        if let Some(glued) = glued {
            self.by_name.entry(glued).or_insert(party);
        }
        if kind == ActorKind::Organization {
            let parties = self.by_core.entry(core(keys)).or_default();
            if !parties.contains(&party) && parties.len() < MOST_NAMESAKES {
                parties.push(party);
            }
        }
        if let Some(entry) = entry {
            self.by_entry.entry(entry).or_insert(party);
        }
        self.learn(party, number, candidate, keys);
        if kind != ActorKind::Person {
            for letters in acronyms(self.text, candidate) {
                self.learn_acronym(party, letters);
            }
        }
        party
    }

    /// The only organisation that has this name but for its country or rank: `the Air Force` of `U.S. Air Force`, `Defense
    /// Ministry` of `Ministry of National Defense`.
    fn at_home(&self, kind: ActorKind, keys: &[Key]) -> Option<usize> {
        let parties = if kind == ActorKind::Organization { self.by_core.get(&core(keys))? } else { return None };
        let mut fitting = parties.iter().copied().filter(|party| {
            self.parties.get(*party).is_some_and(|party| {
                let within = |short: &[Key], full: &[Key]| short.iter().all(|key| full.contains(key));
                within(keys, &party.keys) || within(&party.keys, keys)
            })
        });
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// A fuller or shorter form of a full name: `George Bush`, `George W. Bush`; `Apple Computer`, `Apple Computer Inc.`
    fn nearly(&self, kind: ActorKind, keys: &[Key<'t>]) -> Option<usize> {
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

    fn namesakes<'a>(&'a self, keys: &'a [Key<'t>]) -> impl Iterator<Item = usize> + 'a {
        let last = keys.last().and_then(|key| self.by_word.get(key));
        let first = keys.first().and_then(|key| self.by_word.get(key));
        let whole = if keys.len() > 1 { self.by_word.get(keys.concat().as_str()) } else { None };
        let mut seen = Vec::new();
        last.into_iter()
            .chain(first)
            .chain(whole)
            .flat_map(|all| all.iter().rev().take(MOST_NAMESAKES))
            .copied()
            .filter(move |party| {
                let new = !seen.contains(party);
                seen.push(*party);
                new
            })
    }

    fn party(&mut self, number: usize, candidate: &Candidate, kind: ActorKind, keys: &[Key<'t>]) -> usize {
        self.parties.push(Party {
            kind,
            first: number,
            fullest: number,
            keys: keys.to_vec(),
            entry: None,
            titles: Vec::new(),
            titled: None,
            country: candidate.country.clone(),
        });
        self.parties.len() - 1
    }

    fn learn(&mut self, number: usize, mention: usize, candidate: &Candidate, names: &[Key<'t>]) {
        for key in names {
            let parties = self.by_word.entry(key.clone()).or_default();
            if parties.last() != Some(&number)
                && !parties.iter().rev().take(MOST_NAMESAKES).any(|party| *party == number)
            {
                parties.push(number);
            }
        }
        let loud = |words: Range<usize>| is_loud(self.text, words);
        let Some(party) = self.parties.get_mut(number) else { return };
        let louder = names == party.keys.as_slice()
            && loud(self.found.get(party.fullest).map_or(0..0, |found| found.candidate.words.clone()))
            && !loud(candidate.words.clone());
        if names.len() > party.keys.len() || louder {
            party.keys = names.to_vec();
            party.fullest = mention;
        }
        party.entry = party.entry.or(only(&candidate.entries));
        if party.country.is_none() {
            party.country.clone_from(&candidate.country);
        }
        if !candidate.title.is_empty() && party.titles.len() < 32 {
            // `Mrs.` is no role.
            let role = candidate
                .title
                .clone()
                .any(|word| !self.text.has(word, Flags::COURTESY) && self.text.reading.kind(word) == Kind::Letters);
            if party.titled.is_none() && role {
                party.titled = Some(mention);
            }
            for title in keys(self.text.reading, candidate.title.clone()) {
                if !party.titles.contains(&title) {
                    party.titles.push(title);
                }
            }
        }
    }

    fn learn_acronym(&mut self, party: usize, letters: String) {
        let parties = self.by_acronym.entry(letters).or_default();
        if !parties.contains(&party) && parties.len() < MOST_NAMESAKES {
            parties.push(party);
        }
    }

    fn short(&mut self, number: usize, candidate: &Candidate, kind: ActorKind, keys: &[Key<'t>]) -> Resolved {
        let name = joined(kind, keys);
        let fitting =
            if candidate.office { self.holders(candidate) } else { self.fitting(number, candidate, kind, keys) };
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
        let known = self.by_name.get(&office).copied().or_else(|| self.at_home(kind, keys));
        let party = known.unwrap_or_else(|| self.party(number, candidate, kind, keys));
        self.by_name.entry(office).or_insert(party);
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
        self.learn(party, number, candidate, &[]);
    }

    /// `Northrop` for `Northrop Grumman`: a word that is nothing else.
    fn is_first_word(&self, candidate: &Candidate, keys: &[Key], full: &[Key]) -> bool {
        let other = Flags::COMMON.and(Flags::ADJECTIVE).and(Flags::GIVEN).and(Flags::PLACE_FRONT).and(Flags::NO_ACTOR);
        let other = other.and(Flags::ORGANISATION_HEAD).and(Flags::TITLE_MODIFIER).and(Flags::PLACE_HEAD);
        candidate.words.len() == 1
            && candidate.known == Flags::default()
            && full.first() == keys.first()
            && !self.text.has(candidate.words.start, other)
    }

    fn fitting(&self, number: usize, candidate: &Candidate, kind: ActorKind, keys: &[Key<'t>]) -> Vec<usize> {
        let reading = self.text.reading;
        let Some(last) = keys.last() else { return Vec::new() };
        if kind != ActorKind::Person && is_acronym(self.text, candidate) {
            let all = self.by_acronym.get(last.as_ref()).cloned().unwrap_or_default();
            if !all.is_empty() {
                return all;
            }
        }
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
                let given = candidate.title.clone().any(|word| self.text.has(word, Flags::BY_GIVEN_NAME));
                if fitting.is_empty() && (candidate.title.is_empty() || given) {
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
                    // A namesake who comes later is not meant yet.
                    let named = |party: &usize| self.parties.get(*party).is_some_and(|party| party.first < number);
                    let named: Vec<usize> = fitting.iter().copied().filter(named).collect();
                    if named.len() == 1 {
                        return named;
                    }
                }
                fitting
            }
            ActorKind::Organization => {
                let first = candidate.words.start;
                let all = self.by_word.get(last).map(Vec::as_slice).unwrap_or_default();
                // `the Ministry`; `City` of `Manchester City`
                let is_head = self.text.has(first, Flags::ORGANISATION_HEAD.and(Flags::PLACE_HEAD))
                    && candidate.words.len() == 1
                    && candidate.known == Flags::default();
                let of_kind = all.iter().rev().copied().take(MOST_NAMESAKES);
                let mut fitting = of_kind.filter(|party| {
                    self.parties.get(*party).is_some_and(|party| {
                        let short = is_same_firm(keys, &party.keys) || self.is_first_word(candidate, keys, &party.keys);
                        party.kind == kind && party.keys.len() > 1 && (is_head || short)
                    })
                });
                // Of several, `the Ministry` is the last one that was named.
                if is_head { fitting.next().into_iter().collect() } else { fitting.collect() }
            }
            ActorKind::Place => Vec::new(),
        }
    }

    /// Who was named with this title: `the Foreign Secretary` after `Foreign Secretary Boris Johnson`.
    fn holders(&self, candidate: &Candidate) -> Vec<usize> {
        let reading = self.text.reading;
        let role = candidate.title.clone().filter(|word| !self.text.has(*word, Flags::COURTESY));
        let titles: Vec<Key> = role.flat_map(|word| keys(reading, word..word + 1)).collect();
        let Some(head) = titles.last().filter(|head| LEXICON.word(head).has(Flags::TITLE)) else { return Vec::new() };
        let fits = |party: &Party| {
            party.kind == ActorKind::Person
                && party.titles.contains(head)
                && titles.iter().all(|title| party.titles.contains(title))
                && (candidate.country.is_none() || party.country.is_none() || party.country == candidate.country)
        };
        let all = || self.parties.iter().take(400).enumerate().filter(|(_, party)| fits(party));
        // `The president` is no vice president, and no former one, if there is another.
        let below = |key: &&str| !titles.iter().any(|title| title == key);
        let below: Vec<&str> = ["vice", "deputy", "assistant", "former"].into_iter().filter(below).collect();
        let own = |party: &Party| !party.titles.iter().any(|title| below.contains(&title.as_ref()));
        let holders: Vec<usize> = all().filter(|(_, party)| own(party)).map(|(number, _)| number).collect();
        if holders.is_empty() { all().map(|(number, _)| number).collect() } else { holders }
    }
}

/// What an organisation's name is without its country (`=IQ`) and its rank (`National`), if there is enough left.
fn core(keys: &[Key]) -> String {
    let abroad: Vec<&str> = keys.iter().map(Cow::as_ref).filter(|key| !key.starts_with('=')).collect();
    let plain = abroad.iter().copied().filter(|key| !LEXICON.word(key).has(Flags::RANK));
    let mut core: Vec<&str> = plain.collect();
    if core.len() < 2 {
        core = abroad;
    }
    core.sort_unstable();
    core.join(" ")
}

/// Organisations of a state have its country for its name and adjective: `Iraqi Army`, `Army of Iraq`.
fn keys_of<'t>(text: &Text<'t>, found: &Judged) -> Vec<Key<'t>> {
    let words = found.candidate.words.clone();
    if found.party != ActorKind::Organization || words.len() == 1 || found.candidate.part.is_some() {
        let mut keys = found.candidate.keys(text.reading);
        // `Larry Lessig` is `Lawrence Lessig`.
        if let [first, _, ..] = keys.as_mut_slice()
            && found.party == ActorKind::Person
            && let Some(whole) = NICKNAMES.get(first.as_ref())
        {
            *first = Cow::Borrowed(*whole);
        }
        return keys;
    }
    let mut all = Vec::new();
    let mut at = words.start;
    while at < words.end {
        let known = text.known(at).filter(|known| known.words < words.len());
        let home = known.and_then(|known| {
            let united = matches!(text.reading.lower(at), "un" | "u.n." | "united") && known.country.is_none();
            let country = known.country.as_deref().filter(|_| known.flags.has(Flags::ADJECTIVE.and(Flags::STATE)));
            country.or(united.then_some("UN")).map(|country| (known.words, country))
        });
        match home {
            Some((count, country)) => {
                all.push(Cow::Owned(format!("={country}")));
                at += count;
            }
            None => {
                all.extend(keys(text.reading, at..at + 1).into_iter().filter(|key| !is_small(key)));
                at += 1;
            }
        }
    }
    if all.is_empty() { keys(text.reading, words) } else { all }
}

/// `Defence Ministry` is the `Ministry of Defence`, `Viktor Orbán` is `Orbán Viktor`; but persons are nobody else.
fn joined(kind: ActorKind, keys: &[Key]) -> String {
    let mut sorted: Vec<&str> = keys.iter().map(Cow::as_ref).collect();
    sorted.sort_unstable();
    if kind == ActorKind::Person {
        sorted.insert(0, "person");
        return sorted.join(" ");
    }
    let name = sorted.join(" ");
    let rest = || name.split(' ').filter(|key| *key != "=US").collect::<Vec<_>>().join(" ");
    let same = if name.contains("=US") { SAME.get(&rest()) } else { SAME.get(&name) };
    same.cloned().unwrap_or(name)
}

/// Whether a name is in capitals throughout, which need not be its own: `NAIROBI`.
pub fn is_loud(text: &Text, words: Range<usize>) -> bool {
    !words.is_empty() && words.clone().all(|word| text.reading.case(word) == Case::Upper)
}

/// A person's name of several words as one: `Kim Jong Un` is `Kim Jong-un`.
fn glued(kind: ActorKind, keys: &[Key]) -> Option<String> {
    (kind == ActorKind::Person && keys.len() > 1).then(|| format!("glued {}", keys.concat()))
}

/// One word in capitals that no table knows as a place.
pub fn is_acronym(text: &Text, candidate: &Candidate) -> bool {
    let first = candidate.words.start;
    if candidate.words.len() != 1 || !candidate.entries.is_empty() {
        return false;
    }
    let written = candidate.span(text.reading).of(text.reading.text);
    let upper = match candidate.part {
        Some(_) => !written.chars().any(char::is_lowercase),
        // `BoE`, `MoD`
        None if written.len() <= 4 => written.chars().filter(|letter| letter.is_uppercase()).count() > 1,
        None => text.reading.case(first) == Case::Upper,
    };
    upper && written.len() > 1
}

/// What a name of several words may be shortened to, in small letters.
pub fn acronyms(text: &Text, candidate: &Candidate) -> Vec<String> {
    let words = candidate.words.clone();
    if words.len() < 2 {
        return Vec::new();
    }
    let known = text.known(words.start).filter(|known| known.flags.has(Flags::ADJECTIVE.and(Flags::STATE)));
    let home = known.map(|known| words.start + known.words).filter(|rest| *rest + 1 < words.end);
    let mut all = Vec::new();
    for words in [Some(words.clone()), home.map(|rest| rest..words.end)].into_iter().flatten() {
        let (short, long) = initials(text.reading, words);
        all.extend([short, long].into_iter().filter(|letters| letters.chars().count() > 1));
    }
    all.dedup();
    all
}

/// Whether a candidate in brackets shortens the name in front of them: `Singapore Airlines (SIA)`.
pub fn explains(text: &Text, name: &Range<usize>, candidate: &Candidate) -> bool {
    let reading = text.reading;
    let first = candidate.words.start;
    let open = first.wrapping_sub(1);
    let owner = name.end + 1 == open && reading.kind(name.end) == Kind::Possessive;
    // `Interim Administration Mission in Kosovo (UNMIK)`
    let scene = (name.end + 1..name.end + 5).contains(&open) && matches!(reading.lower(name.end), "in" | "for" | "to");
    let lettered = (name.end == open || owner || scene)
        && reading.word(open) == "("
        && candidate.words.len() == 1
        && name.len() > 1
        && reading.word(first).len() > 1;
    // `Save Romania Union (USR)`: its letters in the order of another language.
    let turned = || {
        let (mut letters, _) = initials(reading, name.clone());
        name.end == open
            && reading.case(first) == Case::Upper
            && reading.word(first + 1) == ")"
            && reading.lower(first).len() == letters.len()
            && letters.len() > 2
            && reading.lower(first).chars().all(|letter| letters.find(letter).map(|at| letters.remove(at)).is_some())
    };
    lettered && (turned() || abbreviates(reading.lower(first), (name.start..open).map(|word| reading.lower(word))))
}

/// The person an office is said of, right in front of it or behind: `Tim Cook, the Chief Executive`.
fn beside(text: &Text, found: &[Judged], number: usize) -> Option<usize> {
    let reading = text.reading;
    let office = &found.get(number)?.candidate;
    let is_person = |other: &Judged| other.kind == ActorKind::Person && !other.candidate.office;
    let small = |words: Range<usize>| {
        // `Ken Cuccinelli, Virginia’s Attorney General`
        let owned = reading.kind(words.end.wrapping_sub(1)) == Kind::Possessive;
        let owner =
            found.get(number.wrapping_sub(1)).filter(|_| owned).map_or(0..0, |owner| owner.candidate.words.clone());
        words.len() <= 5
            && reading.word(words.start) == ","
            && words.clone().all(|word| {
                matches!(reading.lower(word), "," | "the" | "a" | "an" | "former" | "then" | "now" | "current" | "new")
                    || text.has(word, Flags::ADJECTIVE.and(Flags::TITLE_MODIFIER))
                    || owned && (owner.contains(&word) || word + 1 == words.end)
            })
    };
    // `Minister of Foreign Affairs of Iraq, Dr Ibrahim al-Jaafari`
    let of = (reading.lower(office.full.end) == "of").then(|| found.get(number + 1)).flatten();
    let of = of.filter(|place| place.party == ActorKind::Place && place.candidate.words.start <= office.full.end + 2);
    let end = of.map_or(office.full.end, |place| place.candidate.words.end);
    // `Deputy Prime Minister and Minister of Foreign Affairs Ayman Safadi`
    let joint = |other: &Judged| {
        reading.lower(office.full.end) == "and"
            && !other.candidate.title.is_empty()
            && reading.case(other.candidate.full.start) != Case::Lower
    };
    let in_front = |other: &usize| found.get(*other).is_some_and(|other| other.candidate.full.end <= office.full.start);
    let in_front = (number.saturating_sub(3)..number).rev().filter(in_front);
    let before = in_front.take(2).find(|other| {
        found.get(*other).is_some_and(|other| is_person(other) && small(other.candidate.full.end..office.full.start))
    });
    let behind = || {
        (number + 1..number + 4).find(|other| {
            found.get(*other).is_some_and(|other| {
                is_person(other) && other.candidate.full.start == end + 1 && (reading.word(end) == "," || joint(other))
            })
        })
    };
    before.or_else(behind)
}

/// `Apple` and `Apple Inc.`
fn is_same_firm(short: &[Key], full: &[Key]) -> bool {
    short.len() < full.len()
        && full.starts_with(short)
        && full.iter().skip(short.len()).all(|key| LEXICON.word(key).has(Flags::FIRM))
        && short.iter().any(|word| key(word).len() > 1)
}

/// A namesake is nobody for certain.
fn only(entries: &[EntryId]) -> Option<EntryId> {
    if let [entry] = entries { Some(*entry) } else { None }
}
