//! What a candidate is, by rules a person can read: where they speak, the model only weighs in.

use super::lexicon::Flags;
use super::parse::Candidate;
use super::text::Text;
use crate::annotate::ActorKind;
use crate::text::Case;

/// What the rules say of a candidate, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    pub kind: Option<ActorKind>,
    /// How sure: 0 to 3.
    pub weight: u8,
    pub rule: &'static str,
}

const fn guess(kind: ActorKind, weight: u8, rule: &'static str) -> Guess {
    Guess { kind: Some(kind), weight, rule }
}

pub fn guess_kind(text: &Text, candidate: &Candidate) -> Guess {
    use ActorKind::{Organization, Person, Place};
    let reading = text.reading;
    let (first, last) = (candidate.words.start, candidate.words.end - 1);
    let alone = candidate.words.len() == 1;
    let (front, back) = (text.flags(first), text.flags(last));
    let before = reading.lower(first.wrapping_sub(1));
    if candidate.people {
        return guess(Organization, 1, "people");
    }
    if let Some(cut) = candidate.cut {
        let state = reading.word(last).get(..cut).is_some_and(|front| text.is_state_front(front));
        return guess(if state { Place } else { Organization }, 2, "compound");
    }
    if candidate.rule == "capital of a state" {
        return guess(Place, 3, candidate.rule);
    }
    if matches!(candidate.rule, "government of a state" | "office of") {
        return guess(Organization, 3, candidate.rule);
    }
    if candidate.rule == "event" {
        return Guess { kind: None, weight: 3, rule: "event" };
    }
    if candidate.office {
        return guess(Person, 2, "office");
    }
    if !candidate.title.is_empty() {
        return guess(Person, 3, "title");
    }
    if candidate.locator {
        return guess(Place, 3, "town and state");
    }
    if candidate.known.has(Flags::PERSON) {
        return guess(Person, 3, "listed");
    }
    if candidate.known.has(Flags::SEAT) {
        let at = matches!(before, "in" | "at" | "near")
            || matches!(reading.lower(first.wrapping_sub(2)), "in" | "at" | "outside" | "near");
        return if at { guess(Place, 2, "seat") } else { guess(Organization, 2, "seat") };
    }
    if candidate.known.has(Flags::ORGANISATION) {
        return guess(Organization, 3, "known organisation");
    }
    if candidate.known.has(Flags::STATE) {
        return guess(Place, 3, "state");
    }
    if candidate.known.has(Flags::PLACE) {
        return guess(Place, 3, "known place");
    }
    if !alone && back.has(Flags::NO_ACTOR) && !back.has(Flags::ORGANISATION_HEAD) {
        return Guess { kind: None, weight: 2, rule: "no actor" };
    }
    if !alone && front.has(Flags::EVENT_FRONT) {
        return Guess { kind: None, weight: 3, rule: "event" };
    }
    if alone && front.has(Flags::NO_ACTOR) {
        return Guess { kind: None, weight: 3, rule: "no actor" };
    }
    let has_of = candidate.words.clone().any(|word| matches!(reading.lower(word), "of" | "for" | "on"));
    let given = front.has(Flags::GIVEN) && !front.has(Flags::ORGANISATION_HEAD);
    if !alone && back.has(Flags::ORGANISATION_HEAD) && !back.has(Flags::PLACE_HEAD) {
        return guess(Organization, 3, "organisation head");
    }
    if has_of && front.has(Flags::ORGANISATION_HEAD) {
        return guess(Organization, 3, "organisation head");
    }
    let initial = reading.word(first).len() == 1 && !alone
        || reading.word(first).len() == 4 && reading.word(first).ends_with('.');
    if initial && reading.case(first) == Case::Upper && candidate.words.len() <= 4 && !has_of {
        return guess(Person, 2, "initial");
    }
    if given && (2..=4).contains(&candidate.words.len()) && !has_of {
        return guess(Person, 3, "given name");
    }
    let family = back.has(Flags::FAMILY) && !front.has(Flags::ADJECTIVE.and(Flags::PLACE_FRONT)) && !has_of;
    if family && candidate.words.len() <= 4 {
        return guess(Person, 2, "family name");
    }
    if !alone && back.has(Flags::PLACE_HEAD) {
        let both = back.has(Flags::ORGANISATION_HEAD);
        return guess(Place, if both { 1 } else { 2 }, "place head");
    }
    if !alone && front.has(Flags::PLACE_FRONT) && !front.has(Flags::ADJECTIVE) {
        return guess(Place, 1, "place front");
    }
    if alone && front.has(Flags::ORGANISATION_HEAD) {
        return guess(Organization, 1, "organisation head");
    }
    if candidate.words.clone().any(|word| text.has(word, Flags::ORGANISATION_HEAD)) {
        return guess(Organization, 1, "organisation head");
    }
    if candidate.words.clone().any(|word| text.has(word, Flags::PARTICLE)) {
        return guess(Person, 2, "particle");
    }
    if alone && reading.case(first) == Case::Upper && reading.word(first).len() > 1 {
        return guess(Organization, 1, "acronym");
    }
    if alone && is_camel(reading.word(first)) {
        return guess(Organization, 1, "capitals within");
    }
    if matches!(before, "in" | "near" | "from" | "at" | "across" | "outside" | "throughout") {
        return guess(Place, 1, "preposition");
    }
    if text.has(last + 1, Flags::SPEECH) || reading.lower(last + 1) == "who" || !alone {
        return guess(Person, 1, "capitals");
    }
    guess(if front.has(Flags::GIVEN) { Person } else { Organization }, 0, "capitals")
}

/// `JustGiving`, `eBay`; but `McCain`, `LeBron`, `al-Assad` are persons.
fn is_camel(word: &str) -> bool {
    let mut letters = word.chars();
    let before = letters.by_ref().find(|letter| letter.is_lowercase());
    let inner = letters.any(char::is_uppercase);
    let person =
        ["Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz", "Du", "O"].iter().any(|front| word.starts_with(front));
    before.is_some() && inner && !person && !word.contains(['-', '\'', '’'])
}
