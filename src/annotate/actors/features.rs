//! What the model is asked about a candidate, as numbers of rows in its table.

use foldhash::{HashMap, HashMapExt};

use super::lexicon::Flags;
use super::model::ROWS;
use super::parse::Candidate;
use super::rules::Guess;
use super::text::{Mode, Text};
use crate::annotate::ActorKind;
use crate::text::{Case, Kind};

/// What the rest of the dispatch says of a word that is in names.
#[derive(Debug, Clone, Copy, Default)]
struct Company(u16);

const LAST_OF_PERSON: u16 = 1;
const FIRST_OF_PERSON: u16 = 1 << 1;
const OF_ORGANISATION: u16 = 1 << 2;
const WITH_TITLE: u16 = 1 << 3;
const BEHIND_IN: u16 = 1 << 4;
const SPEAKS: u16 = 1 << 5;
const IN_BRACKETS: u16 = 1 << 6;
const FIRST_OF_ORGANISATION: u16 = 1 << 7;
const BEHIND_THE: u16 = 1 << 8;

/// The bits of [`Flags`] that the model is told: 0 to 13, and 24.
const TOLD: u64 = ((1 << 14) - 1) | (1 << 24);

/// What is known of all candidates of a dispatch before any is judged.
pub struct Companies<'t> {
    words: HashMap<&'t str, Company>,
}

impl<'t> Companies<'t> {
    pub fn new(text: &Text<'t>, candidates: &[(Candidate, Guess)]) -> Self {
        let mut words: HashMap<&'t str, Company> = HashMap::new();
        let reading = text.reading;
        for (candidate, guess) in candidates {
            let (first, last) = (candidate.words.start, candidate.words.end - 1);
            let mut note = |word: usize, what: u16| words.entry(reading.lower(word)).or_default().0 |= what;
            let alone = first == last;
            match guess.kind {
                Some(ActorKind::Person) if !candidate.office && guess.weight >= 2 => {
                    note(last, if alone { 0 } else { LAST_OF_PERSON });
                    note(first, if alone { 0 } else { FIRST_OF_PERSON });
                }
                Some(ActorKind::Organization) if !alone && guess.weight >= 2 => {
                    note(last, OF_ORGANISATION);
                    note(first, FIRST_OF_ORGANISATION);
                }
                _ => {}
            }
            if !candidate.title.is_empty() && !candidate.office {
                note(last, WITH_TITLE);
            }
            let before = reading.lower(first.wrapping_sub(1));
            if alone && matches!(before, "in" | "near" | "at" | "from" | "outside" | "across" | "into") {
                note(last, BEHIND_IN);
            }
            if alone && before == "the" {
                note(last, BEHIND_THE);
            }
            if alone && before == "(" && reading.word(last + 1) == ")" {
                note(last, IN_BRACKETS);
            }
            if text.has(last + 1, Flags::SPEECH) {
                note(last, SPEAKS);
            }
        }
        Companies { words }
    }

    /// Whether the word, alone, is ever behind an article.
    pub fn is_behind_the(&self, lower: &str) -> bool {
        self.of(lower) & BEHIND_THE != 0
    }

    fn of(&self, lower: &str) -> u16 {
        self.words.get(lower).map_or(0, |company| company.0)
    }
}

/// The numbers of the bits that are set.
fn bits(mut set: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros());
        set &= set.wrapping_sub(1);
        lowest
    })
}

/// FNV-1a of a word, 64 bits; nothing is told apart behind 40 bytes.
fn word_hash(word: &str) -> u64 {
    let letters = word.as_bytes();
    letters
        .get(..40)
        .unwrap_or(letters)
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// A hash that is the same everywhere, and what was hashed so far.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn of(template: u8) -> Self {
        Hash(0x51_7c_c1_b7_27_22_0a_95).byte(template)
    }

    fn byte(self, byte: u8) -> Self {
        self.long(u64::from(byte))
    }

    fn long(self, number: u64) -> Self {
        let mixed = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Hash(mixed)
    }

    fn text(self, text: &str) -> Self {
        self.long(word_hash(text))
    }

    fn number(self, number: u32) -> Self {
        self.long(u64::from(number))
    }

    fn row(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        u32::try_from((mixed >> 32) as usize & (ROWS - 1)).unwrap_or_default()
    }
}

/// Tells the rows of a candidate, in no order that matters.
pub fn features(text: &Text, companies: &Companies, candidate: &Candidate, guess: Guess, mut tell: impl FnMut(u32)) {
    let reading = text.reading;
    let (first, last) = (candidate.words.start, candidate.words.end - 1);
    let alone = u32::from(first == last);
    let kind = guess.kind.map_or(3, |kind| kind as u32);
    let guessed = kind * 4 + u32::from(guess.weight);
    let mut add = |hash: Hash| tell(hash.row());
    let next = reading.lower(last + 1);
    let hash = |word: usize| word_hash(reading.lower(word));
    let (prev_hash, prev2_hash) = (hash(first.wrapping_sub(1)), hash(first.wrapping_sub(2)));
    let (next_hash, next2_hash) = (hash(last + 1), hash(last + 2));
    let prev = reading.lower(first.wrapping_sub(1));

    add(Hash::of(0));
    add(Hash::of(1).number(guessed).text(guess.rule));
    add(Hash::of(2).number(guessed).number(alone));
    let mut whole = Hash::of(3);
    for word in candidate.words.clone().take(8) {
        let hash = hash(word);
        whole = whole.long(hash);
        add(Hash::of(6).long(hash));
    }
    add(whole);
    let first_hash = hash(first);
    let last_hash = if first == last { first_hash } else { hash(last) };
    add(Hash::of(4).long(first_hash).number(alone));
    add(Hash::of(5).long(last_hash).number(alone));
    let letters = reading.lower(last);
    for count in 2..=4 {
        let tail = letters.char_indices().rev().nth(count - 1).and_then(|(at, _)| letters.get(at..)).unwrap_or(letters);
        add(Hash::of(7).text(tail).number(alone));
    }
    let letters = reading.lower(first);
    let front = letters.char_indices().nth(3).and_then(|(at, _)| letters.get(..at)).unwrap_or(letters);
    add(Hash::of(8).text(front).number(alone));
    let shape = candidate
        .words
        .clone()
        .take(5)
        .fold(Hash::of(9), |hash, word| hash.byte(shape(reading.word(word), reading.case(word))));
    add(shape.number(u32::try_from(candidate.words.len().min(6)).unwrap_or(6)));

    add(Hash::of(10).long(prev_hash));
    add(Hash::of(11).long(prev2_hash).long(prev_hash));
    add(Hash::of(12).long(next_hash));
    add(Hash::of(13).long(next_hash).long(next2_hash));
    add(Hash::of(14).long(prev_hash).number(guessed));
    add(Hash::of(15).long(next_hash).number(guessed));
    add(Hash::of(16).long(prev_hash).long(next_hash));
    for (template, word) in [
        (20, first),
        (21, last),
        (22, first.wrapping_sub(1)),
        (23, last + 1),
        (24, first.wrapping_sub(2)),
        (25, last + 2),
    ] {
        for bit in bits(text.flags(word).0 & TOLD) {
            add(Hash::of(template).number(bit).number(alone));
            if template <= 23 {
                add(Hash::of(template + 10).number(bit).number(guessed));
            }
        }
    }
    let seen = text.seen(last);
    add(Hash::of(40)
        .number(seen.lower.min(2))
        .number(seen.capital.min(3))
        .number(alone)
        .number(u32::from(candidate.uncertain)));
    add(Hash::of(41).number(u32::from(candidate.uncertain)).number(candidate.mode as u32).number(guessed));
    if candidate.mode != Mode::Normal {
        add(Hash::of(42).number(candidate.mode as u32));
    }
    for word in candidate.title.clone().take(6) {
        add(Hash::of(43).text(reading.lower(word)));
    }
    add(Hash::of(44).number(u32::from(candidate.office)).number(u32::from(candidate.title.is_empty())).number(alone));
    let company = companies.of(reading.lower(last));
    for bit in bits(company.into()) {
        add(Hash::of(45).number(bit).number(alone));
        add(Hash::of(46).number(bit).number(guessed));
    }
    add(Hash::of(47).number(u32::from(company)).number(alone));
    if first != last {
        let company = companies.of(reading.lower(first));
        for bit in bits(company.into()) {
            add(Hash::of(48).number(bit));
        }
    }
    let bracketed = prev == "(" && next == ")";
    add(Hash::of(49).number(u32::from(bracketed)).number(alone).number(u32::from(reading.case(first) == Case::Upper)));
    if reading.kind(last + 1) == Kind::Possessive {
        add(Hash::of(50).long(next2_hash).number(kind));
        add(Hash::of(51).number(guessed));
    }
    let listed = u32::from(!candidate.entries.is_empty());
    add(Hash::of(52).long(candidate.known.0).number(listed));
    add(Hash::of(53).long(candidate.known.0).number(listed).long(prev_hash));
    add(Hash::of(54).long(candidate.known.0).number(listed).long(next_hash));
    let comma = next == "," && matches!(reading.case(last + 2), Case::Capital | Case::Upper);
    let listing = prev == "," || prev == "and" || next == "and" || comma;
    add(Hash::of(55).number(u32::from(comma)).number(u32::from(listing)).number(guessed));
    let named_the = reading.word(first.wrapping_sub(1)) == "The"
        && !text.is_start(first.wrapping_sub(1), reading.sentence_at(first).start);
    add(Hash::of(59).number(u32::from(named_the)).number(guessed));
    add(Hash::of(60).number(reading.kind(last + 1) as u32).number(reading.case(last + 1) as u32).number(guessed));
    add(Hash::of(61).number(reading.case(first.wrapping_sub(1)) as u32).number(guessed));
    // What the nearest verb or noun around is, over one word more.
    add(Hash::of(56).long(prev2_hash).number(guessed));
    add(Hash::of(57).long(next2_hash).number(guessed));
    let ending = next.get(next.len().saturating_sub(2)..).unwrap_or_default();
    add(Hash::of(58).text(ending).number(guessed));
}

/// One sign for how a word is written.
fn shape(word: &str, case: Case) -> u8 {
    let (mut digit, mut hyphen, mut stop, mut small, mut inner, mut letters) = (false, false, false, false, false, 0);
    for letter in word.chars() {
        letters += 1;
        digit |= letter.is_ascii_digit();
        hyphen |= letter == '-';
        stop |= letter == '.';
        // A capital within: `JustGiving`.
        inner |= small && letter.is_uppercase();
        small |= letter.is_lowercase();
    }
    let stop = stop || inner && case == Case::Capital;
    case as u8 + 8 * u8::from(digit) + 16 * u8::from(hyphen) + 32 * u8::from(stop) + 64 * u8::from(letters == 1)
}
