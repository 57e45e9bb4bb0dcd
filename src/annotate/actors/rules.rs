//! What a candidate is, by rules a person can read: where they speak, the model only weighs in.

use std::ops::Range;

use super::lexicon::{Flags, LEXICON};
use super::names::is_suffix;
use super::parse::Candidate;
use super::spans::is_shortened;
use super::text::{Mode, Text};
use crate::annotate::ActorKind;
use crate::text::{Case, Kind};

/// The weight of what no model is asked about.
pub const NEVER: u8 = 4;

/// What the rules say of a candidate, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    pub kind: Option<ActorKind>,
    /// How sure: 0 to 3, or [`NEVER`].
    pub weight: u8,
    pub rule: &'static str,
}

/// The rule for what small words say is a thing.
pub const THING: &str = "thing";

/// The rule for who wires a dispatch, as its dateline says.
pub const AGENCY: &str = "agency";

const fn guess(kind: ActorKind, weight: u8, rule: &'static str) -> Guess {
    Guess { kind: Some(kind), weight, rule }
}

/// `(Meridian)` in `NAIROBI, June 12 (Meridian) --`.
fn is_agency(text: &Text, candidate: &Candidate) -> bool {
    let reading = text.reading;
    let words = &candidate.words;
    let sentence = || reading.sentence_at(words.start);
    let ends = |sentence: Range<usize>| matches!(reading.word(sentence.end - 1), "--" | "–" | "—" | "-");
    reading.word(words.start.wrapping_sub(1)) == "("
        && reading.word(words.end) == ")"
        && reading.case(sentence().start) == Case::Upper
        && ends(sentence())
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
    if candidate.part.is_some() {
        let place = candidate.known.has(Flags::PLACE);
        let kind = if candidate.known.has(Flags::PERSON) { Person } else { Organization };
        return guess(if place { Place } else { kind }, 2, "compound");
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
    if is_agency(text, candidate) {
        return guess(Organization, 3, AGENCY);
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
        return if at { guess(Place, 3, "seat") } else { guess(Organization, 3, "seat") };
    }
    // `a Boeing 787`, `the S&P 500`
    let makers =
        text.known(first.wrapping_sub(2)).filter(|maker| maker.words == 1 && is_three_digits(reading.word(first - 1)));
    let number = is_three_digits(reading.word(last + 1)) && reading.get(last + 1).is_some_and(|next| next.spaced);
    if candidate.known.has(Flags::ORGANISATION) && number
        || makers.is_some_and(|maker| maker.flags.has(Flags::ORGANISATION))
    {
        return Guess { kind: None, weight: NEVER, rule: "model number" };
    }
    if candidate.known.has(Flags::ORGANISATION) {
        return guess(Organization, 3, "known organisation");
    }
    // `City manager Pep Guardiola`
    let short = alone && front.has(Flags::PLACE_HEAD) && candidate.known == Flags::default();
    if (short || candidate.known.has(Flags::PLACE)) && is_team(text, candidate) {
        return guess(Organization, 3, "team");
    }
    if candidate.known.has(Flags::STATE) {
        return guess(Place, 3, "state");
    }
    if candidate.known.has(Flags::PLACE) {
        return guess(Place, 3, "known place");
    }
    if !alone
        && back.has(Flags::NO_ACTOR)
        && !back.has(Flags::ORGANISATION_HEAD)
        && !is_headed(text, candidate.words.clone())
    {
        return Guess { kind: None, weight: 2, rule: "no actor" };
    }
    if !alone && front.has(Flags::EVENT_FRONT) {
        return Guess { kind: None, weight: 3, rule: "event" };
    }
    if alone && front.has(Flags::NO_ACTOR) {
        return Guess { kind: None, weight: 3, rule: "no actor" };
    }
    if alone && (is_suffix(reading.lower(last)) || is_shortened(reading.lower(last))) {
        return Guess { kind: None, weight: NEVER, rule: "suffix" };
    }
    if is_thing(text, candidate) {
        return Guess { kind: None, weight: 3, rule: THING };
    }
    // `a HUGE collector`
    let loud = reading.case(first) == Case::Upper && reading.word(first).len() > 3 && candidate.mode == Mode::Normal;
    if alone && loud && front.has(Flags::COMMON) && candidate.known == Flags::default() {
        return Guess { kind: None, weight: 3, rule: "emphasis" };
    }
    if alone && is_plural_of_letters(reading.word(last)) {
        return Guess { kind: None, weight: NEVER, rule: "plural of letters" };
    }
    let rest = text.known(first + 1).filter(|rest| first + 1 + rest.words == candidate.words.end);
    if front.has(Flags::PLACE_FRONT) && rest.is_some_and(|rest| rest.flags.has(Flags::PLACE)) {
        return guess(Place, 3, "part of a place");
    }
    if alone && is_party_and_state(reading.word(last)) {
        return Guess { kind: None, weight: NEVER, rule: "party and state" };
    }
    // `the former secretary of State`
    let office = before == "of" && text.has(first.wrapping_sub(2), Flags::TITLE);
    if alone && office && front.has(Flags::TITLE_MODIFIER) && candidate.known == Flags::default() {
        return Guess { kind: None, weight: NEVER, rule: "field of an office" };
    }
    if is_model_number(reading.word(last)) || alone && is_gadget(reading.word(last)) {
        return Guess { kind: None, weight: NEVER, rule: "model number" };
    }
    if candidate.words.clone().any(|word| reading.word(word) == "&") {
        return guess(Organization, 2, "ampersand");
    }
    if !alone && reading.word(last - 1) == "." && matches!(reading.word(last), "com" | "net" | "org") {
        return guess(Organization, 3, "site");
    }
    let has_of = candidate.words.clone().any(|word| matches!(reading.lower(word), "of" | "for" | "on"));
    let given = front.has(Flags::GIVEN) && !front.has(Flags::ORGANISATION_HEAD);
    if !alone && back.has(Flags::ORGANISATION_HEAD) && !back.has(Flags::PLACE_HEAD) {
        return guess(Organization, 3, "organisation head");
    }
    // `Ministry of Defence`, `Defensoría del Pueblo`
    let particle = text.has(first + 1, Flags::PARTICLE) && candidate.words.len() > 2;
    let headed = front.has(Flags::ORGANISATION_HEAD);
    if (has_of || particle) && headed || has_of && !given && is_headed(text, candidate.words.clone()) {
        return guess(Organization, 3, "organisation head");
    }
    // `U.S. Geological Survey`, `Queensland Greens`
    let home = text
        .known(first)
        .filter(|known| known.words < candidate.words.len() && known.flags.has(Flags::PLACE.and(Flags::ADJECTIVE)));
    let letters = reading.word(first).chars().filter(|letter| letter.is_uppercase()).count() > 1;
    let rest = home.and_then(|home| text.known(first + home.words));
    if home.is_some_and(|home| letters && home.words == 1)
        || rest.is_some_and(|rest| rest.flags.has(Flags::ORGANISATION))
    {
        return guess(Organization, 3, "state in front");
    }
    // `O.J. Simpson`
    let letters = reading.word(first);
    let initials = !alone && letters.len() == 4 && letters.ends_with('.');
    if initials && (2..=4).contains(&candidate.words.len()) && !has_of {
        return guess(Person, 3, "initials");
    }
    // `By Alisha Rouse`
    let byline = before == "by" && text.is_start(first - 1, reading.sentence_at(first).start);
    if byline && looks_like_name(text, candidate) {
        return guess(Person, 3, "byline");
    }
    if let Some(kind) = noun_beside(text, candidate) {
        return guess(kind, 3, "noun beside");
    }
    if is_apposed(text, candidate) {
        return guess(Person, 3, "apposition");
    }
    if is_family_first(text, candidate.words.clone()) {
        return guess(Person, 3, "family name first");
    }
    let initial = letters.len() == 1 && !alone;
    if initial && reading.case(first) == Case::Upper && candidate.words.len() <= 4 && !has_of {
        return guess(Person, 2, "initial");
    }
    if given && (2..=4).contains(&candidate.words.len()) && !has_of {
        return guess(Person, 3, "given name");
    }
    let maker = text.known(first).filter(|known| !alone && known.flags.has(Flags::ORGANISATION));
    if maker.is_some_and(|known| known.words < candidate.words.len()) && !back.has(Flags::FAMILY) {
        return guess(Organization, 2, "behind a known organisation");
    }
    let family = back.has(Flags::FAMILY) && !front.has(Flags::ADJECTIVE.and(Flags::PLACE_FRONT)) && !has_of;
    if family && candidate.words.len() <= 4 {
        return guess(Person, 2, "family name");
    }
    // `Save Romania Union (USR)`
    let lettered = back.has(Flags::ORGANISATION_HEAD)
        && reading.word(last + 1) == "("
        && reading.case(last + 2) == Case::Upper
        && reading.word(last + 3) == ")";
    if !alone && lettered {
        return guess(Organization, 3, "organisation head");
    }
    if !alone && back.has(Flags::PLACE_HEAD) {
        let both = back.has(Flags::ORGANISATION_HEAD);
        return guess(Place, if both { 1 } else { 2 }, "place head");
    }
    if !alone && front.has(Flags::PLACE_FRONT) && !front.has(Flags::ADJECTIVE) {
        return guess(Place, 1, "place front");
    }
    // `in The Onion`: the article is of the name.
    let article = first.wrapping_sub(1);
    let within = || !text.is_start(article, reading.sentence_at(first).start);
    if reading.word(article) == "The" && candidate.mode == Mode::Normal && within() {
        return guess(Organization, 2, "article of the name");
    }
    if alone && front.has(Flags::GIVEN) && before != "near" {
        return guess(Person, 2, "given name");
    }
    if alone && front.has(Flags::ORGANISATION_HEAD) {
        return guess(Organization, 1, "organisation head");
    }
    if candidate.words.clone().any(|word| text.has(word, Flags::ORGANISATION_HEAD)) {
        return guess(Organization, 1, "organisation head");
    }
    let scene = matches!(before, "in" | "near" | "outside");
    if candidate.words.clone().any(|word| text.has(word, Flags::PARTICLE)) && !scene {
        return guess(Person, 2, "particle");
    }
    if alone && reading.case(first) == Case::Upper && reading.word(first).len() > 1 {
        return guess(Organization, 2, "acronym");
    }
    if alone && is_camel(reading.word(first)) {
        return guess(Organization, 2, "capitals within");
    }
    // `a stake in Novadyne`
    let owned = matches!(
        reading.lower(first.wrapping_sub(2)),
        "invest"
            | "invests"
            | "invested"
            | "investing"
            | "investment"
            | "investments"
            | "investors"
            | "stake"
            | "stakes"
            | "shares"
            | "shareholder"
            | "shareholders"
            | "shareholding"
    );
    if before == "in" && owned {
        return guess(Organization, 2, "stake in");
    }
    if matches!(before, "in" | "near" | "from" | "at" | "across" | "outside" | "throughout") {
        return guess(Place, 1, "preposition");
    }
    // `Hou Yu-ih of the Kuomintang`
    let body = (last + 2..last + 4).find_map(|word| text.known(word)).filter(|_| reading.lower(last + 1) == "of");
    if (2..=3).contains(&candidate.words.len()) && body.is_some_and(|body| body.flags.has(Flags::ORGANISATION)) {
        return guess(Person, 2, "of an organisation");
    }
    if text.has(last + 1, Flags::SPEECH) || reading.lower(last + 1) == "who" || !alone {
        return guess(Person, 1, "capitals");
    }
    guess(if front.has(Flags::GIVEN) { Person } else { Organization }, 0, "capitals")
}

/// Whether what a name is stands in front of its `of`: `Committee for a Responsible Budget`, `National Organization for Women`.
pub fn is_headed(text: &Text, words: Range<usize>) -> bool {
    let joins = |word: usize| matches!(text.reading.lower(word), "of" | "for" | "on");
    (words.start + 1..words.end.saturating_sub(1))
        .any(|word| joins(word) && text.has(word - 1, Flags::ORGANISATION_HEAD))
}

/// Two or three words with capitals that say nothing of what has the name.
fn looks_like_name(text: &Text, candidate: &Candidate) -> bool {
    let other = Flags::ORGANISATION_HEAD.and(Flags::PLACE_HEAD).and(Flags::PLACE_FRONT).and(Flags::NO_ACTOR);
    let plain = |word: usize| text.reading.case(word) == Case::Capital && !text.has(word, other.and(Flags::COMMON));
    (2..=3).contains(&candidate.words.len()) && candidate.words.clone().all(plain)
}

/// `Shahed drones`, `her novel Dark Matters`, `improvised explosive devices (IED)`.
fn is_thing(text: &Text, candidate: &Candidate) -> bool {
    let reading = text.reading;
    let (before, behind) = (candidate.words.start.wrapping_sub(1), candidate.words.end);
    let small = |word: usize, flags: Flags| {
        reading.case(word) == Case::Lower && reading.get(word).is_some_and(|word| word.spaced) && text.has(word, flags)
    };
    let names = Flags::GIVEN.and(Flags::FAMILY).and(Flags::TITLE).and(Flags::ADJECTIVE);
    let heads = Flags::ORGANISATION_HEAD.and(Flags::PLACE_HEAD);
    let plain = || candidate.words.clone().all(|word| !text.has(word, names.and(heads)));
    let spaced = reading.get(candidate.words.start).is_some_and(|word| word.spaced);
    small(behind, Flags::THING_BEHIND) && plain()
        || is_defined(text, behind)
        || spaced && small(before, Flags::THING_FRONT)
        || is_called(text, before)
        || is_explained_by_common_words(text, candidate)
}

/// `Stardust is a NASA space capsule`: the last word before anything hangs on it says what it is.
fn is_defined(text: &Text, verb: usize) -> bool {
    let reading = text.reading;
    let article = verb + 1;
    if !matches!(reading.lower(verb), "is" | "was") || !matches!(reading.lower(article), "a" | "an" | "the") {
        return false;
    }
    let noun = |word: &usize| reading.kind(*word) == Kind::Letters && !text.has(*word, Flags::FUNCTION);
    let last = (article + 1..article + 6).take_while(noun).last();
    let thing = Flags::THING_FRONT.and(Flags::THING_BEHIND);
    last.is_some_and(|last| reading.case(last) == Case::Lower && text.has(last, thing))
}

/// Whether what stands behind is the name of a thing: `the project is called`, `a comet named`, `codenamed “`.
fn is_called(text: &Text, before: usize) -> bool {
    let reading = text.reading;
    let quoted = matches!(reading.word(before), "\"" | "“" | "‘" | "'");
    let verb = before.wrapping_sub(usize::from(quoted));
    match reading.lower(verb) {
        "codenamed" | "code-named" | "entitled" | "titled" => true,
        "called" | "named" | "dubbed" | "nicknamed" => (verb.saturating_sub(3)..verb)
            .any(|word| reading.case(word) == Case::Lower && text.has(word, Flags::THING_FRONT)),
        _ => false,
    }
}

/// Whether letters in brackets stand for the small words in front of them, each for one.
fn is_explained_by_common_words(text: &Text, candidate: &Candidate) -> bool {
    let reading = text.reading;
    let open = candidate.words.start.wrapping_sub(1);
    if candidate.words.len() != 1 || reading.word(open) != "(" {
        return false;
    }
    let letters = reading.lower(candidate.words.start);
    let letters = letters.strip_suffix('s').filter(|_| reading.word(open + 1).ends_with('s')).unwrap_or(letters);
    let first = open.wrapping_sub(letters.chars().count());
    letters.len() > 1
        && letters
            .chars()
            .zip(first..open)
            .all(|(letter, word)| reading.case(word) == Case::Lower && reading.lower(word).starts_with(letter))
}

/// `SDGs`, `MPs`: many are nobody.
fn is_plural_of_letters(word: &str) -> bool {
    word.strip_suffix('s')
        .is_some_and(|letters| letters.len() > 1 && letters.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// `Brighton beat Leeds`, `Girona manager Míchel`: a place that plays.
fn is_team(text: &Text, candidate: &Candidate) -> bool {
    let reading = text.reading;
    let behind = candidate.words.end;
    let scene = matches!(reading.lower(candidate.words.start.wrapping_sub(1)), "in" | "at" | "near" | "from" | "of");
    let sport = |word: usize| reading.case(word) == Case::Lower && text.has(word, Flags::SPORT);
    let plays = sport(behind) && reading.get(behind).is_some_and(|next| next.spaced) || is_plural_team(text, candidate);
    let before = candidate.words.start.wrapping_sub(1);
    let loses = sport(before) && !text.has(before, Flags::TITLE);
    (plays || loses) && !scene
}

/// `Liverpool travel to`, `Newcastle face West Ham`: many play, a town would be one.
fn is_plural_team(text: &Text, candidate: &Candidate) -> bool {
    let reading = text.reading;
    let (before, verb) = (candidate.words.start.wrapping_sub(1), candidate.words.end);
    let begins = matches!(reading.lower(before), "and" | "as" | "but" | "while" | "when" | "with" | "where" | "that")
        || reading.word(before) == ","
        || text.is_start(candidate.words.start, reading.sentence_at(candidate.words.start).start);
    let object = verb + 1;
    let named = matches!(reading.case(object), Case::Capital | Case::Upper)
        || matches!(reading.lower(object), "the" | "a" | "an" | "their" | "by" | "at" | "on" | "against" | "with");
    let plural = match reading.word(verb) {
        "travel" => reading.lower(object) == "to",
        "host" | "face" | "lead" | "trail" | "visit" | "play" | "take" | "top" | "win" | "lose" => named,
        _ => false,
    };
    begins && plural
}

/// `the former inspector general of police, Japhet Koome,`: between commas behind a title.
fn is_apposed(text: &Text, candidate: &Candidate) -> bool {
    let reading = text.reading;
    let comma = candidate.words.start.wrapping_sub(1);
    let closed = matches!(reading.word(candidate.words.end), "," | "." | ";" | ")");
    if reading.word(comma) != "," || !closed || !(2..=4).contains(&candidate.words.len()) {
        return false;
    }
    let small = |word: usize| reading.case(word) == Case::Lower && reading.kind(word) == Kind::Letters;
    let title = |word: usize| text.has(word, if small(word) { Flags::TITLE } else { Flags::OFFICE });
    let of = (comma.saturating_sub(4)..comma).find(|word| reading.lower(*word) == "of");
    let within =
        |word: usize| reading.kind(word) == Kind::Letters && !text.has(word, Flags::FUNCTION.and(Flags::SPEECH));
    let of = of.filter(|of| (*of + 1..comma).all(|word| within(word) || small(word))).and_then(|of| of.checked_sub(1));
    comma.checked_sub(1).is_some_and(title) || of.is_some_and(title)
}

/// What small words in front or behind say: `the city of Ubaydi`, `the company Züblin`, `his wife Asma`.
fn noun_beside(text: &Text, candidate: &Candidate) -> Option<ActorKind> {
    let reading = text.reading;
    let (first, behind) = (candidate.words.start, candidate.words.end);
    let small = |word: usize, flags: Flags| {
        reading.case(word) == Case::Lower
            && text.has(word, flags)
            && reading.get(word + 1).is_some_and(|next| next.spaced || reading.word(word + 1) == ",")
    };
    let before = first.wrapping_sub(1);
    let two = first.wrapping_sub(2);
    if candidate.words.len() > 3 {
        return None;
    }
    if small(before, Flags::KIN) || reading.word(before) == "," && small(two, Flags::KIN) {
        // `his sister, Hotel Shilla CEO Lee Boo-jin`
        let owner = text.has(behind, Flags::TITLE) && reading.case(behind) != Case::Lower;
        let possessed = reading.case(first) == Case::Capital && reading.kind(behind) != Kind::Possessive && !owner;
        return possessed.then_some(ActorKind::Person);
    }
    // `An-Nahar newspaper`; `DeepState, a group linked to …`
    let noun = |word: usize| small(word, Flags::ORGANISATION_NOUN);
    if noun(before) || small(behind, Flags::ORGANISATION_BEHIND) || described(text, behind).is_some_and(noun) {
        return Some(ActorKind::Organization);
    }
    let of_place = reading.lower(before) == "of" && small(two, Flags::PLACE_NOUN);
    let spaced = reading.get(behind).is_some_and(|next| next.spaced);
    let place = spaced && small(behind, Flags::PLACE_NOUN) && !text.has(first, Flags::ADJECTIVE.and(Flags::TITLE));
    (of_place || place && candidate.words.len() <= 2).then_some(ActorKind::Place)
}

/// The noun in `, the iron ore miner,` and `, a group linked to …`: the last small word, or the last before a participle.
fn described(text: &Text, comma: usize) -> Option<usize> {
    let reading = text.reading;
    let article = comma + 1;
    if reading.word(comma) != "," || !matches!(reading.lower(article), "a" | "an" | "the") {
        return None;
    }
    let noun = |word: &usize| {
        reading.case(*word) == Case::Lower
            && reading.kind(*word) == Kind::Letters
            && !text.has(*word, Flags::FUNCTION)
            && !reading.lower(*word).ends_with("ed")
    };
    let end = (article + 1..article + 6).take_while(noun).last()?;
    (reading.kind(end + 1) != Kind::Possessive).then_some(end)
}

/// `R-AZ`, `D-Calif`: behind a member of parliament.
fn is_party_and_state(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|party| matches!(party, 'R' | 'D' | 'I'))
        && letters.next() == Some('-')
        && letters.next().is_some_and(char::is_uppercase)
}

/// `A380`, `VC-10`, `A400M`, `F-16`: a thing's name.
fn is_model_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    digits > 0
        && (1..=3).contains(&letters)
        && digits + letters + word.matches('-').count() == word.len()
        && (digits > 1 || word.contains('-'))
}

fn is_three_digits(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `Hou Yu-ih`, `Kim Jong-un`: a given name of two syllables behind.
pub fn is_family_first(text: &Text, words: Range<usize>) -> bool {
    let reading = text.reading;
    let syllables = |word: &str| {
        let mut parts = word.split('-');
        let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        parts.next().is_none()
            && (2..=6).contains(&first.len())
            && (2..=6).contains(&second.len())
            && second.bytes().all(|byte| byte.is_ascii_lowercase())
            && !LEXICON.word(second).has(Flags::TAIL.and(Flags::FUNCTION).and(Flags::COMMON))
    };
    words.len() == 2
        && reading.word(words.start).len() <= 6
        && reading.case(words.start) == Case::Capital
        && reading.case(words.start + 1) != Case::Lower
        && syllables(reading.word(words.start + 1))
}

/// `iPhone`, `iMac`: a thing's name.
fn is_gadget(word: &str) -> bool {
    word.strip_prefix('i').is_some_and(|rest| rest.starts_with(char::is_uppercase))
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
