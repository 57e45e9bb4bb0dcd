//! What each candidate is: the rules, the model, and what the dispatch says of the same name elsewhere.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::features::{Companies, features};
use super::lexicon::Flags;
use super::model::{Model, Scores, best};
use super::names::{Key, is_suffix, keys};
use super::parse::Candidate;
use super::resolve::{acronyms, explains, is_acronym};
use super::rules::{AGENCY, Guess, NEVER, THING, guess_kind};
use super::text::{Mode, Text};
use crate::annotate::ActorKind;
use crate::text::Case;

/// Nobody is left out who is not clearly nobody: the texts the model learnt from leave out more than ours.
const MARGIN: i32 = 32;
/// What a rule's word counts beside the model's, by its weight.
const RULE: [i32; 4] = [0, 0, 40, 140];
const PERSONAL: i32 = 40;
/// What speaks for words with capitals that no table knows, within a sentence.
const UNKNOWN: i32 = 200;
/// What speaks for a name that comes back, each time.
const RETURNS: i32 = 8;
const MOST_RETURNS: i32 = 6;
const SPEAKS: i32 = 48;
const RELATED: i32 = 160;
/// What speaks against a name that is an everyday word.
const EVERYDAY: i32 = 48;
const CERTAIN: i32 = 10_000;

/// A candidate with what was found out about it.
pub struct Judged {
    pub candidate: Candidate,
    /// How it is meant here: a state that acts is an organisation.
    pub kind: ActorKind,
    /// What it is, for who it is.
    pub party: ActorKind,
}

/// The candidates that are somebody.
pub fn judge(text: &Text, candidates: Vec<Candidate>, model: &Model) -> Vec<Judged> {
    let guessed = guesses(text, candidates);
    let companies = Companies::new(text, &guessed);
    let score = |(candidate, guess): &(Candidate, Guess)| {
        let mut scores = Scores::default();
        features(text, &companies, candidate, *guess, |row| model.add(row, &mut scores));
        scores
    };
    let scores: Vec<Scores> = guessed.iter().map(score).collect();
    let names: Vec<Key> = guessed.iter().map(|(candidate, _)| sorted(candidate.keys(text.reading))).collect();
    let mut sums: HashMap<&str, (Scores, i32)> = HashMap::new();
    for (name, scores) in names.iter().zip(&scores) {
        let (sum, count) = sums.entry(name).or_default();
        *count += 1;
        for (sum, score) in sum.iter_mut().zip(scores) {
            *sum += score;
        }
    }
    let relations = Relations::new(text, &guessed, &scores);
    let mut judged: Vec<Judged> = Vec::with_capacity(guessed.len());
    // The name of the candidate in front, if that is nobody, and letters that stand for such a name.
    let mut nobody: Option<std::ops::Range<usize>> = None;
    let mut letters: HashSet<&str> = HashSet::new();
    for (((candidate, guess), own), name) in guessed.into_iter().zip(&scores).zip(&names) {
        // `Open Educational Resources (OER)`
        if nobody.take().is_some_and(|front| explains(text, &front, &candidate)) {
            letters.insert(name);
        }
        let (sum, count) = sums.get(name.as_ref()).copied().unwrap_or_default();
        // A name is the same thing all over a dispatch; only a place may act here and be a scene there.
        let varies = candidate.known.has(Flags::PLACE.and(Flags::SEAT));
        let mut all = sum.map(|sum| sum / count.max(1));
        for (score, own) in all.iter_mut().zip(own) {
            *score += if varies { *own } else { *score };
        }
        let explained = judged
            .last()
            .filter(|before| explains(text, &before.candidate.words, &candidate))
            .map(|before| before.kind);
        let related = explained.or(relations.kind(text, &candidate, name));
        let [person, organization, place, none] = &mut all;
        match related {
            // `Goldman` of `Goldman Sachs`
            Some(ActorKind::Organization) => *person -= CERTAIN,
            // `Haaland` of `Erling Haaland`
            Some(ActorKind::Person) if !varies => *place -= CERTAIN,
            _ => {}
        }
        match related {
            Some(ActorKind::Person) => *person += RELATED,
            Some(ActorKind::Organization) => *organization += RELATED,
            Some(ActorKind::Place) => *place += RELATED,
            None => {}
        }
        if relations.told.contains(name) {
            *none -= CERTAIN;
        }
        *none -= handicap(text, &candidate) + if related.is_some() { RELATED / 2 } else { 0 };
        let everyday =
            candidate.words.len() == 1 && guess.weight <= 1 && text.has(candidate.words.start, Flags::COMMON);
        // `Post to Facebook`, again and again: `the Post` is somebody.
        let once =
            count == 1 || related.is_none() && !companies.is_behind_the(text.reading.lower(candidate.words.start));
        *none += if everyday && once { EVERYDAY } else { 0 };
        *none += if letters.contains(name.as_ref()) { CERTAIN } else { 0 };
        *none -= RETURNS * (count - 1).min(MOST_RETURNS);
        // It says what somebody is, and not whether it is anybody.
        let word = RULE.get(usize::from(guess.weight)).copied().unwrap_or_default();
        for (kind, score) in [
            (ActorKind::Person, &mut *person),
            (ActorKind::Organization, &mut *organization),
            (ActorKind::Place, &mut *place),
        ] {
            let other = guess.kind.is_some_and(|guessed| guessed != kind);
            // A state may act; a person is never anything else.
            let person = kind == ActorKind::Person || guess.kind == Some(ActorKind::Person);
            *score -= if other && person && guess.weight == 3 { CERTAIN } else { i32::from(other) * word };
        }
        if guess.weight == 3 && guess.kind.is_none() {
            *none += if guess.rule == THING { 2 * RELATED } else { RELATED };
        }
        if guess.weight == 3 && guess.kind.is_some() && candidate.mode == Mode::Normal {
            *none -= RELATED;
        }
        if guess.kind == Some(ActorKind::Person)
            && guess.rule == "capitals"
            && guess.weight == 1
            && looks_personal(text, &candidate)
        {
            *person += PERSONAL;
            let before = text.reading.lower(candidate.words.start.wrapping_sub(1));
            let plain = candidate.mode == Mode::Normal && !candidate.uncertain;
            // Nobody knows them, and so the model knows nothing of them.
            let unknown = *none > (*person).max(*organization).max(*place);
            if plain && unknown && !matches!(before, "the" | "a" | "an" | "(" | "/") {
                *none -= UNKNOWN;
                *person += 2 * PERSONAL;
            }
        }
        if let Some(kind) = guess
            .kind
            .filter(|_| candidate.office || candidate.nominal || candidate.part.is_some() || guess.rule == "office of")
        {
            judged.push(Judged { candidate, kind, party: kind });
            continue;
        }
        let is_place = guess.kind == Some(ActorKind::Place) && guess.weight >= 3;
        let Some(kind) = best(&all).filter(|_| guess.weight != NEVER) else {
            nobody = Some(candidate.words.clone());
            continue;
        };
        let party = if is_place { ActorKind::Place } else { kind };
        judged.push(Judged { candidate, kind, party });
    }
    judged
}

/// `Viktor Orbán` and `Orbán Viktor` are judged together.
fn sorted(mut keys: Vec<Key>) -> Key {
    if keys.len() == 1 {
        return keys.pop().unwrap_or_default();
    }
    keys.sort_unstable();
    keys.join(" ").into()
}

/// What the full names of a dispatch say of the short ones.
struct Relations<'t> {
    /// Family names of persons, as keys.
    families: HashSet<Key<'t>>,
    /// First words of organisations that mean nothing else.
    firms: HashSet<Key<'t>>,
    acronyms: HashMap<Key<'t>, ActorKind>,
    /// Those of them that stand in brackets behind the name.
    told: HashSet<Key<'t>>,
}

impl<'t> Relations<'t> {
    fn new(text: &Text<'t>, guessed: &[(Candidate, Guess)], scores: &[Scores]) -> Self {
        let mut relations = Relations {
            families: HashSet::new(),
            firms: HashSet::new(),
            acronyms: HashMap::new(),
            told: HashSet::new(),
        };
        let mut before: Option<(&Candidate, ActorKind)> = None;
        for ((candidate, guess), scores) in guessed.iter().zip(scores) {
            // `Qalamoun Airlines (QAL)`
            if let Some((_, kind)) = before.filter(|(name, _)| explains(text, &name.words, candidate))
                && let Some(letters) = candidate.keys(text.reading).pop()
            {
                relations.told.insert(letters.clone());
                relations.acronyms.entry(letters).or_insert(kind);
            }
            let mut scores = *scores;
            if let [person, ..] = &mut scores
                && guess.kind == Some(ActorKind::Person)
                && looks_personal(text, candidate)
            {
                *person += PERSONAL;
            }
            let kind = guess.kind.filter(|_| guess.weight == 3).or_else(|| best(&scores));
            before = kind.map(|kind| (candidate, kind));
            if guess.rule == AGENCY {
                relations.firms.insert(sorted(keys(text.reading, candidate.words.clone())));
            }
            match kind {
                Some(ActorKind::Person) if !candidate.office => {
                    let keys = keys(text.reading, candidate.words.clone());
                    let named = keys.len() > 1 || !candidate.title.is_empty();
                    // `García Márquez` of `Gabriel García Márquez`
                    relations.families.extend(
                        keys.get(keys.len().saturating_sub(2)..)
                            .filter(|_| keys.len() == 3)
                            .map(|two| sorted(two.to_vec())),
                    );
                    let last = keys.into_iter().rev().find(|key| !is_suffix(key));
                    relations.families.extend(last.filter(|_| named));
                }
                Some(kind @ (ActorKind::Organization | ActorKind::Place)) if candidate.words.len() > 1 => {
                    let flags = text.flags(candidate.words.start).0 & !Flags::FAMILY.0;
                    let alone = text.known(candidate.words.start).is_none_or(|known| known.words > 1);
                    let firm = kind == ActorKind::Organization && Flags(flags) == Flags::default() && alone;
                    // `Palace` of `Crystal Palace`
                    let last = candidate.words.end - 1;
                    let club = candidate.known.has(Flags::ORGANISATION) && text.has(last, Flags::PLACE_HEAD);
                    if club {
                        relations.firms.extend(keys(text.reading, last..last + 1));
                    }
                    if firm {
                        let first = candidate.words.start;
                        relations.firms.extend(keys(text.reading, first..first + 1));
                    }
                    for letters in acronyms(text, candidate) {
                        relations.acronyms.entry(letters.into()).or_insert(kind);
                    }
                }
                _ => {}
            }
        }
        relations
    }

    fn kind(&self, text: &Text, candidate: &Candidate, name: &str) -> Option<ActorKind> {
        let plain = candidate.title.is_empty() && candidate.known == Flags::default();
        if plain && self.families.contains(name) {
            return Some(ActorKind::Person);
        }
        if candidate.words.len() != 1 || candidate.known.has(Flags::STATE) || !candidate.title.is_empty() {
            return None;
        }
        if is_acronym(text, candidate) {
            return self.acronyms.get(name).copied();
        }
        if self.families.contains(name) {
            return Some(ActorKind::Person);
        }
        self.firms.contains(name).then_some(ActorKind::Organization)
    }
}

/// Two or three words that mean nothing are a person's name more often than not.
fn looks_personal(text: &Text, candidate: &Candidate) -> bool {
    (2..=3).contains(&candidate.words.len())
        && candidate.words.clone().all(|word| {
            let flags = text.flags(word);
            text.reading.case(word) == Case::Capital && flags == Flags::default() && text.seen(word).lower == 0
        })
}

/// What speaks for a candidate's being somebody, in the model's units.
fn handicap(text: &Text, candidate: &Candidate) -> i32 {
    if candidate.people {
        return CERTAIN;
    }
    let first = candidate.words.start;
    let speaks = text.has(candidate.words.end, Flags::SPEECH)
        || (text.has(first.wrapping_sub(1), Flags::SPEECH) && text.reading.word(candidate.words.end) != ":");
    MARGIN + if speaks { SPEAKS } else { 0 }
}

/// The model's rows for each candidate, for training.
pub fn samples(text: &Text, candidates: Vec<Candidate>) -> Vec<(Candidate, Vec<u32>)> {
    let guessed = guesses(text, candidates);
    let companies = Companies::new(text, &guessed);
    guessed
        .iter()
        .map(|(candidate, guess)| {
            let mut rows = Vec::with_capacity(128);
            features(text, &companies, candidate, *guess, |row| rows.push(row));
            (candidate.clone(), rows)
        })
        .collect()
}

/// Each candidate with what the tables make of it.
fn guesses(text: &Text, candidates: Vec<Candidate>) -> Vec<(Candidate, Guess)> {
    let guess = |candidate: Candidate| {
        let guess = guess_kind(text, &candidate);
        (candidate, guess)
    };
    let mut guessed: Vec<(Candidate, Guess)> = candidates.into_iter().map(guess).collect();
    listed(text, &mut guessed);
    namesakes(text, &mut guessed);
    things(text, &mut guessed);
    guessed
}

/// What is a thing once is one all over a dispatch: `Cyclone Agatha`, and then `Agatha`.
fn things(text: &Text, guessed: &mut [(Candidate, Guess)]) {
    let mut names = HashSet::new();
    for (candidate, guess) in guessed.iter() {
        let words = candidate.words.clone();
        if guess.rule == THING {
            names.insert(keys(text.reading, words));
        } else if guess.rule == "event" && words.len() == 2 && text.has(words.start, Flags::EVENT_FRONT) {
            names.insert(keys(text.reading, words.start + 1..words.end));
        }
    }
    if names.is_empty() {
        return;
    }
    // … but for whoever has another name as well: `the Lovelace probe`, after Ada Lovelace.
    let mut persons = HashSet::new();
    for (candidate, guess) in guessed.iter().filter(|(_, guess)| guess.kind == Some(ActorKind::Person)) {
        let last = candidate.words.end - 1;
        let named = candidate.words.len() > 1 && guess.weight > 1 || guess.weight == 3;
        persons.extend(named.then(|| keys(text.reading, last..last + 1)));
    }
    names.retain(|name| !persons.contains(name));
    for (candidate, guess) in guessed {
        if guess.rule == THING && persons.contains(&keys(text.reading, candidate.words.clone())) {
            *guess = Guess { kind: Some(ActorKind::Person), weight: 1, rule: "capitals" };
            continue;
        }
        let unknown = candidate.known == Flags::default() && candidate.title.is_empty() && !candidate.office;
        if unknown && guess.weight < 3 && names.contains(&keys(text.reading, candidate.words.clone())) {
            *guess = Guess { kind: None, weight: 3, rule: THING };
        }
    }
}

/// A town is a person where somebody has its name for a family name: `Sandy Angers … Angers said`.
fn namesakes(text: &Text, guessed: &mut [(Candidate, Guess)]) {
    let is_town = |candidate: &Candidate, guess: &Guess| {
        guess.rule == "known place" && candidate.words.len() == 1 && !candidate.known.has(Flags::CAPITAL)
    };
    if !guessed.iter().any(|(candidate, guess)| is_town(candidate, guess)) {
        return;
    }
    let full = |(candidate, guess): &(Candidate, Guess)| {
        let person = guess.kind == Some(ActorKind::Person) && guess.weight == 3 && !candidate.office;
        let last = candidate.words.end - 1;
        (person && candidate.words.len() > 1).then(|| keys(text.reading, last..last + 1))
    };
    let families: HashSet<Vec<Key>> = guessed.iter().filter_map(full).collect();
    for (candidate, guess) in guessed.iter_mut() {
        let first = candidate.words.start;
        let scene = matches!(
            text.reading.lower(first.wrapping_sub(1)),
            "in" | "at" | "near" | "from" | "of" | "to" | "around" | "outside" | "into" | "across" | "the"
        );
        if is_town(candidate, guess) && !scene && families.contains(&keys(text.reading, candidate.words.clone())) {
            *guess = Guess { kind: Some(ActorKind::Person), weight: 3, rule: "family name" };
        }
    }
}

/// What stands in a list with places is a place, with persons a person: `Homs, Rabiyah and Zumar`.
fn listed(text: &Text, guessed: &mut [(Candidate, Guess)]) {
    let told = |found: &(Candidate, Guess)| {
        let kind = found.1.kind.filter(|kind| *kind != ActorKind::Organization && !found.0.office)?;
        (found.1.weight >= 2).then_some((kind, found.1.weight))
    };
    let joined = |one: &Candidate, other: &Candidate| {
        let between = one.words.end..other.full.start;
        !between.is_empty()
            && between.len() <= 2
            && between.clone().all(|word| matches!(text.reading.lower(word), "," | "and" | "or" | ";"))
    };
    // `From Husaybah, Zahid Rawi said` is no list.
    let comma = |one: &Candidate, other: &Candidate| {
        one.words.end + 1 == other.full.start && text.reading.word(one.words.end) == ","
    };
    let plain = |found: &(Candidate, Guess)| {
        let (candidate, guess) = found;
        guess.kind.is_some()
            && guess.weight <= 1
            && candidate.known == Flags::default()
            && candidate.title.is_empty()
            && !text.has(candidate.words.end, Flags::SPEECH)
    };
    let spread = |guessed: &mut [(Candidate, Guess)], here: usize, from: usize| {
        let Some((one, other)) = guessed.get(here).zip(guessed.get(from)) else { return };
        let (first, last) = if here < from { (one, other) } else { (other, one) };
        let likes = joined(&first.0, &last.0) && plain(one) && one.0.words.len() <= 2;
        let person = |kind| kind == ActorKind::Person && comma(&first.0, &last.0);
        let kind = told(other).filter(|(kind, _)| likes && !person(*kind));
        if let (Some((kind, weight)), Some((_, guess))) = (kind, guessed.get_mut(here)) {
            *guess = Guess { kind: Some(kind), weight, rule: "list" };
        }
    };
    let count = guessed.len();
    (1..count).for_each(|at| spread(guessed, at, at - 1));
    (1..count).rev().for_each(|at| spread(guessed, at - 1, at));
}
