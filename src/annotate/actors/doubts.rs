//! What is doubtful about who is meant: for findings, which a person looks at. Guesses, all of them.

use foldhash::{HashMap, HashMapExt};

use jiff::civil::Date;

use super::names::{Fit, fits_person, is_suffix, key};
use crate::annotate::{Actor, ActorKind, Form, Mention};
use crate::gazetteer::Gazetteer;

/// A doubtful mention, by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub mention: usize,
    pub kind: DoubtKind,
    /// The other actors of the text it is about, by their numbers.
    pub others: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DoubtKind {
    /// The short name fits several actors of the text: all of them are told.
    Ambiguous,
    /// Nearly the name of another actor of the text, which was named before: `Araqchi`, `Araghchi`.
    TwoSpellings,
    /// The actor's file has roles, but none on the dispatch date. Told where it is named first.
    NoRole,
}

/// A family name that sounds like another one has so many letters at least.
const SHORTEST: usize = 5;
/// Letters that may differ between two spellings.
const MOST_CHANGES: usize = 2;
/// Actors of one sound that are compared.
const MOST_ALIKE: usize = 16;

/// The doubts about what [`super::find`] found, in the order of the mentions. `day` is the dispatch date.
pub fn doubts(mentions: &[Mention], actors: &[Actor], gazetteer: &Gazetteer, day: Option<Date>) -> Vec<Doubt> {
    let names: Vec<Vec<String>> = actors.iter().map(|actor| name_keys(&actor.name)).collect();
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_sound: HashMap<String, Vec<usize>> = HashMap::new();
    let mut met = vec![false; actors.len()];
    for (number, (actor, keys)) in actors.iter().zip(&names).enumerate() {
        if actor.kind == ActorKind::Person {
            for key in keys {
                by_key.entry(key).or_default().push(number);
            }
        }
    }
    let mut doubts = Vec::new();
    for (number, mention) in mentions.iter().enumerate() {
        let (Some(actor), Some(keys)) = (actors.get(mention.actor), names.get(mention.actor)) else { continue };
        if mention.ambiguous {
            let fitting = keys.last().and_then(|key| by_key.get(key.as_str())).into_iter().flatten().copied();
            let fits = |other: &usize| names.get(*other).is_some_and(|full| fits_person(keys, full) != Fit::No);
            let others = fitting.filter(|other| *other != mention.actor).filter(fits).take(MOST_ALIKE).collect();
            doubts.push(Doubt { mention: number, kind: DoubtKind::Ambiguous, others });
        }
        let Some(met) = met.get_mut(mention.actor).filter(|met| !**met) else { continue };
        *met = true;
        let has_role =
            |day| actor.entry.and_then(|entry| gazetteer.entry(entry, day)).is_some_and(|entry| entry.role.is_some());
        if day.is_some() && !has_role(day) && has_role(None) {
            doubts.push(Doubt { mention: number, kind: DoubtKind::NoRole, others: Vec::new() });
        }
        let named = actor.kind == ActorKind::Person && !matches!(mention.form, Form::Nominal | Form::Pronoun);
        let Some(family) = family(keys).filter(|_| named) else { continue };
        let alike = by_sound.entry(sound(family)).or_default();
        let other = alike.iter().rev().take(MOST_ALIKE).find(|other| {
            names.get(**other).is_some_and(|others| is_other_spelling(keys, others))
                && actors.get(**other).is_some_and(|other| other.entry.is_none() || actor.entry.is_none())
        });
        if let Some(other) = other {
            doubts.push(Doubt { mention: number, kind: DoubtKind::TwoSpellings, others: vec![*other] });
        }
        alike.push(mention.actor);
    }
    doubts
}

fn name_keys(name: &str) -> Vec<String> {
    name.split_whitespace().map(key).filter(|key| !key.is_empty() && !super::names::is_small(key)).collect()
}

fn family(keys: &[String]) -> Option<&str> {
    keys.iter()
        .rev()
        .find(|key| !is_suffix(key))
        .map(String::as_str)
        .filter(|family| family.chars().count() >= SHORTEST)
}

/// Whether two names differ in spelling alone: the family name a little, the given names, where both have them, as little.
fn is_other_spelling(one: &[String], other: &[String]) -> bool {
    let (Some(family_one), Some(family_other)) = (family(one), family(other)) else { return false };
    let near =
        |one: &str, other: &str| sound(one) == sound(other) && strsim::damerau_levenshtein(one, other) <= MOST_CHANGES;
    let first = |keys: &[String]| if keys.len() > 1 { keys.first().cloned() } else { None };
    let given = match (first(one), first(other)) {
        (Some(one), Some(other)) => one == other || near(&one, &other),
        _ => true,
    };
    let same = family_one == family_other;
    given && !same && near(family_one, family_other)
}

/// What is left of a name when what transliterations disagree about is gone: vowels but the first, doubled letters, `q` and `gh`.
fn sound(name: &str) -> String {
    let plain = name
        .replace("gh", "k")
        .replace("kh", "k")
        .replace("ph", "f")
        .replace("ck", "k")
        .replace("dh", "d")
        .replace("th", "t");
    let mut sound = String::with_capacity(plain.len());
    let mut before = ' ';
    for (at, letter) in plain.chars().enumerate() {
        let letter = match letter {
            'q' | 'c' | 'g' => 'k',
            'z' => 's',
            'w' => 'v',
            'j' => 'y',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if at > 0 => ' ',
            'a' | 'e' | 'i' | 'o' | 'u' => 'a',
            other => other,
        };
        if letter != ' ' && letter != before {
            sound.push(letter);
        }
        before = letter;
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Reading;
    use crate::annotate::actors::find;

    /// The doubts about a text: the mention, what is doubtful, the other actors.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, DoubtKind, &[&str])]) {
        let gazetteer = Gazetteer::built_in();
        let reading = Reading::new(text);
        let (mentions, actors) = find(&reading, &[], None, &gazetteer);
        let found = doubts(&mentions, &actors, &gazetteer, None);
        let told: Vec<(&str, DoubtKind, Vec<&str>)> = found
            .iter()
            .map(|doubt| {
                let others = doubt.others.iter().map(|other| actors[*other].name.as_str()).collect();
                (mentions[doubt.mention].span.of(text), doubt.kind, others)
            })
            .collect();
        let expected: Vec<(&str, DoubtKind, Vec<&str>)> =
            expected.iter().map(|(mention, kind, others)| (*mention, *kind, others.to_vec())).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn two_who_fit_are_told() {
        check(
            "Raúl Castro met Fidel Castro. Castro smiled.",
            &[("Castro", DoubtKind::Ambiguous, &["Raúl Castro", "Fidel Castro"])],
        );
    }

    #[test]
    fn two_spellings_are_told_once() {
        check(
            "Foreign Minister Abbas Araghchi arrived. Minister Araqchi spoke. Minister Araqchi left.",
            &[("Araqchi", DoubtKind::TwoSpellings, &["Abbas Araghchi"])],
        );
    }

    #[test]
    fn names_of_two_people_are_no_doubt() {
        check("President Anna Marlow met Peter Merlot and Minister Tom Harding, then President Marlow left.", &[]);
        check("Mohammed Hassan met Ahmed Hussein.", &[]);
    }
}
