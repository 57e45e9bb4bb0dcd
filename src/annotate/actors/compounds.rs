//! Names within words that hyphens join: `ISIL-held`, `US-China talks`, `UK-South Korea summit`.

use std::ops::Range;

use super::lexicon::{Flags, LEXICON};
use super::text::{Known, Seen, known_pair, known_piece, known_rest, listed_as};
use crate::annotate::Reading;
use crate::gazetteer::Gazetteer;

pub const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// A name that is a part of its first or last word.
#[derive(Debug, Clone)]
pub struct Part {
    pub words: Range<usize>,
    /// Bytes of the first word in front of it.
    pub from: usize,
    /// Bytes of the last word up to its end; `None` where that ends it.
    pub to: Option<usize>,
    pub known: Known,
}

/// Characters of the longest and the shortest name that is looked for where no spaces are.
const UNBROKEN: std::ops::RangeInclusive<usize> = 2..=8;

/// The names within the word `at`, in order; none for a word that is one name, or names nobody. `seen` says how its front
/// is written elsewhere.
pub fn parts(reading: &Reading, at: usize, gazetteer: &Gazetteer, seen: impl Fn(&str) -> Seen) -> Vec<Part> {
    let word = reading.word(at);
    if is_unbroken(word) {
        return within(word, at, gazetteer);
    }
    let Some((front, tail)) = word.rsplit_once(HYPHENS) else { return Vec::new() };
    if tail.starts_with(char::is_lowercase) {
        // `New York-based`
        let before = at.checked_sub(1).filter(|_| reading.get(at).is_some_and(|word| word.spaced));
        let pair = before.filter(|_| LEXICON.word(tail).has(Flags::TAIL));
        let pair =
            pair.and_then(|before| known_pair(reading.word(before), front, gazetteer).map(|known| (before, known)));
        if let Some((before, known)) = pair {
            return vec![Part { words: before..at + 1, from: 0, to: Some(front.len()), known }];
        }
        let known = LEXICON.word(tail).has(Flags::TAIL).then(|| named(front, gazetteer, seen)).flatten();
        let part = known.map(|known| Part { words: at..at + 1, from: 0, to: Some(front.len()), known });
        return part.into_iter().collect();
    }
    let mut parts: Vec<Part> = Vec::new();
    if is_slugged(word) {
        let known = known_rest(reading, tail, at, gazetteer);
        let part = known.map(|known| Part {
            words: at..at + known.words.max(1),
            from: word.len() - tail.len(),
            to: None,
            known,
        });
        return part.into_iter().collect();
    }
    // `US-China`: each piece is listed, and one of them is a place.
    let mut from = 0;
    for piece in front.split(HYPHENS) {
        // `North-West India`
        if LEXICON.word(&piece.to_ascii_lowercase()).has(Flags::PLACE_FRONT) {
            return Vec::new();
        }
        let Some(known) = known_piece(piece, gazetteer) else { return Vec::new() };
        let to = from + piece.len();
        parts.push(Part { words: at..at + 1, from, to: Some(to), known });
        from = to + word.get(to..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    let Some(known) = known_rest(reading, tail, at, gazetteer) else { return Vec::new() };
    parts.push(Part { words: at..at + known.words.max(1), from, to: None, known });
    if parts.iter().any(|part| part.known.flags.has(Flags::PLACE)) { parts } else { Vec::new() }
}

/// Whether a wire's keyword hangs in front of a headline's first word: `MARKETS-Dollar`, `UPDATE 2-Brazil`.
pub fn is_slugged(word: &str) -> bool {
    let Some((front, tail)) = word.rsplit_once('-') else { return false };
    let mut letters = tail.chars();
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    let number = front.len() <= 2 && front.bytes().all(|byte| byte.is_ascii_digit());
    let loud = front.len() >= 5 && front.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-' || byte == b'/');
    capital && !front.is_empty() && (number || loud)
}

/// What stands in front of a participle: a state, an organisation, or an acronym of this text.
fn named(front: &str, gazetteer: &Gazetteer, seen: impl Fn(&str) -> Seen) -> Option<Known> {
    if front.len() < 2 {
        return None;
    }
    known_piece(front, gazetteer).or_else(|| {
        let acronym = front.len() > 2 && !front.bytes().any(|byte| byte.is_ascii_lowercase());
        (acronym && seen(&front.to_ascii_lowercase()).capital > 0).then(Known::default)
    })
}

/// Whether a word is of a script that puts no spaces between words.
pub fn is_unbroken(word: &str) -> bool {
    word.chars().next().is_some_and(|first| {
        // Thai, Lao, Myanmar, Khmer; kana and Han; Hangul, which puts particles behind names.
        matches!(first, '\u{0e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{2ffff}')
    })
}

/// The listed names in a run of characters without spaces, the longest first where one begins.
fn within(word: &str, at: usize, gazetteer: &Gazetteer) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let ends: Vec<usize> = word.char_indices().map(|(from, _)| from).chain([word.len()]).collect();
    let mut number = 0;
    while let Some(from) = ends.get(number).copied() {
        let longest = UNBROKEN.rev().find_map(|count| {
            let to = ends.get(number + count).copied()?;
            let listed = gazetteer.longest(std::iter::once(word.get(from..to)?))?;
            let known = listed_as(listed, gazetteer)?;
            Some((count, Part { words: at..at + 1, from, to: Some(to), known }))
        });
        match longest {
            Some((count, part)) => {
                parts.push(part);
                number += count;
            }
            None => number += 1,
        }
    }
    parts
}
