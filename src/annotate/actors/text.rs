//! A dispatch's words with what the tables say of them, and how far their capitals can be trusted.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::INVISIBLE;
use super::compounds::{self, HYPHENS, Part};
use super::lexicon::{Flags, LEXICON};
use crate::annotate::{ActorKind, Reading};
use crate::gazetteer::{EntryId, Gazetteer, Listed, Sense};
use crate::text::{Case, Kind};

/// How a sentence is written, which says what a capital means in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Normal,
    /// `Iran Says It Will Resume Talks`
    Headline,
    /// `IRAN SAYS IT WILL RESUME TALKS`
    Capitals,
}

/// How often a word is written in which way, where that says something.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    pub lower: u32,
    /// With a capital, within a sentence of [`Mode::Normal`].
    pub capital: u32,
}

/// A name that the tables or the gazetteer list.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// How many words it has.
    pub words: usize,
    pub flags: Flags,
    /// Whose name it is; none for what is only somebody's adjective or capital.
    pub entries: Vec<EntryId>,
    /// The state whose capital it is.
    pub capital_of: Option<EntryId>,
    /// ISO 3166 code of two letters.
    pub country: Option<String>,
}

pub struct Text<'t> {
    pub reading: &'t Reading<'t>,
    /// For each sentence.
    modes: Vec<Mode>,
    /// For each word that is not in small letters; the others are looked up when somebody asks.
    flags: Vec<Flags>,
    seen: HashMap<&'t str, Seen>,
    known: Vec<Known>,
    /// For each word, behind which of `known` that begins with it: 0 where none does.
    known_at: Vec<u32>,
    /// Names within a word, by its number, in order.
    parts: Vec<(usize, Vec<Part>)>,
}

impl<'t> Text<'t> {
    pub fn new(reading: &'t Reading<'t>, gazetteer: &Gazetteer) -> Self {
        let mut flags = Vec::with_capacity(reading.words.len());
        for (at, word) in reading.words.iter().enumerate() {
            let known = word.kind == Kind::Letters && word.case != Case::Lower;
            let own = reading.row(at).actors;
            flags.push(if known { LEXICON.written(own, reading.lower(at)) } else { Flags::default() });
        }
        let modes = reading.sentences.iter().map(|sentence| mode(reading, &flags, sentence.clone())).collect();
        let seen = HashMap::with_capacity(reading.words.len() / 3);
        let known_at = vec![0; reading.words.len()];
        let mut text = Text { reading, modes, flags, seen, known: Vec::new(), known_at, parts: Vec::new() };
        text.count();
        text.look_up(gazetteer);
        text
    }

    fn count(&mut self) {
        let reading = self.reading;
        // Only words that are somewhere written with a capital are asked about: most others are told by a glance.
        let mut asked = vec![false; 1 << 14];
        for (at, word) in reading.words.iter().enumerate() {
            if word.kind == Kind::Letters
                && word.case != Case::Lower
                && let Some(glance) = asked.get_mut(glance(reading.lower(at)))
            {
                *glance = true;
            }
        }
        for (sentence, mode) in reading.sentences.iter().zip(&self.modes) {
            if *mode != Mode::Normal {
                continue;
            }
            for at in sentence.clone() {
                match reading.case(at) {
                    Case::Lower if reading.kind(at) == Kind::Letters => {
                        if asked.get(glance(reading.lower(at))) != Some(&true) {
                            continue;
                        }
                        self.seen.entry(reading.lower(at)).or_default().lower += 1;
                    }
                    Case::Capital | Case::Upper | Case::Mixed if !self.is_start(at, sentence.start) => {
                        self.seen.entry(reading.lower(at)).or_default().capital += 1;
                    }
                    _ => {}
                }
            }
        }
    }

    fn look_up(&mut self, gazetteer: &Gazetteer) {
        let reading = self.reading;
        for (at, word) in reading.words.iter().enumerate() {
            let slugged =
                word.kind == Kind::Number && word.case != Case::Lower && compounds::is_slugged(reading.word(at));
            if word.kind != Kind::Letters && !slugged || word.case == Case::Lower {
                continue;
            }
            let Some(known) = known(reading, at, gazetteer) else {
                if reading.word(at).contains(HYPHENS) || word.case == Case::None {
                    let seen = |lower: &str| self.seen.get(lower).copied().unwrap_or_default();
                    let parts = compounds::parts(reading, at, gazetteer, seen);
                    if let Some(first) = parts.first().map(|part| part.words.start) {
                        // `New` of `New York-based` may be known by itself.
                        if let Some(numbers) = self.known_at.get_mut(first..at) {
                            numbers.fill(0);
                        }
                        self.parts.push((first, parts));
                    }
                }
                continue;
            };
            if known.flags.has(Flags::ADJECTIVE) {
                // `the Iraqis` are a people, `the Swiss` may be one.
                let last = reading.lower(at + known.words - 1);
                let plural = last.ends_with('s') && !LEXICON.word(last).has(Flags::ADJECTIVE);
                let kind = if plural { Flags::PEOPLE } else { Flags::ADJECTIVE };
                for flags in self.flags.iter_mut().skip(at).take(known.words) {
                    *flags = flags.and(kind);
                }
            }
            self.known.push(known);
            if let Some(number) = self.known_at.get_mut(at) {
                *number = u32::try_from(self.known.len()).unwrap_or(0);
            }
        }
    }

    /// The longest listed name that begins with a word.
    pub fn known(&self, word: usize) -> Option<&Known> {
        let behind = *self.known_at.get(word)?;
        self.known.get((behind as usize).checked_sub(1)?)
    }

    /// The names within a word that is more than one of them: `ISIL-held`, `US-China`.
    pub fn parts(&self, word: usize) -> &[Part] {
        if self.parts.is_empty() {
            return &[];
        }
        let place = self.parts.binary_search_by_key(&word, |(at, _)| *at).ok();
        place.and_then(|place| self.parts.get(place)).map_or(&[], |(_, parts)| parts)
    }

    /// The country of the name or the people that a word begins with.
    pub fn country(&self, word: usize) -> Option<&str> {
        self.known(word).and_then(|known| known.country.as_deref())
    }

    pub fn mode(&self, sentence: usize) -> Mode {
        self.modes.get(sentence).copied().unwrap_or(Mode::Normal)
    }

    pub fn seen(&self, word: usize) -> Seen {
        self.seen.get(self.reading.lower(word)).copied().unwrap_or_default()
    }

    pub fn flags(&self, word: usize) -> Flags {
        if self.reading.case(word) == Case::Lower && self.reading.kind(word) == Kind::Letters {
            return self.reading.row(word).actors;
        }
        self.flags.get(word).copied().unwrap_or_default()
    }

    pub fn has(&self, word: usize, flags: Flags) -> bool {
        self.flags(word).has(flags)
    }

    /// Whether a capital means nothing here, because a sentence, a quotation or a list item begins. `from` is the
    /// sentence's first word.
    pub fn is_start(&self, word: usize, from: usize) -> bool {
        let mut at = word;
        while at > from {
            at -= 1;
            match self.reading.word(at) {
                "\"" | "“" | "‘" | "'" | "«" | "„" | "``" | "(" | "[" | "¿" | "¡" => {
                    // A quoted word within the sentence is a start of its own, but a bracket is not.
                    if at > from && matches!(self.reading.word(at), "(" | "[") {
                        return false;
                    }
                    if at > from && self.reading.kind(at - 1) == Kind::Letters {
                        return self.reading.case(at - 1) == Case::Lower || self.reading.word(at) != "'";
                    }
                }
                ":" | "•" | "*" | "·" | "–" | "—" | "--" | "..." | "…" | "-" | "|" | ">" | ";" | "/" => {
                    return true;
                }
                "," | ")" => return self.is_after_mark(word, at),
                word if !word.is_ascii() && word.starts_with(INVISIBLE) => {}
                _ if self.reading.kind(at) == Kind::Number => return at == from,
                _ => return false,
            }
        }
        true
    }

    /// Whether there is a quotation mark between a comma and the word: `he said, "We …`.
    fn is_after_mark(&self, word: usize, comma: usize) -> bool {
        word > comma + 1 && !matches!(self.reading.word(word - 1), "(" | "[")
    }
}

/// Some bits of a word that are soon computed.
fn glance(lower: &str) -> usize {
    let bytes = lower.as_bytes();
    let byte = |at: usize| bytes.get(at).map_or(0, |byte| *byte as usize);
    (byte(0) + 31 * byte(1) + 97 * byte(2) + 389 * byte(bytes.len().wrapping_sub(1)) + 1543 * bytes.len())
        & ((1 << 14) - 1)
}

fn known(reading: &Reading, at: usize, gazetteer: &Gazetteer) -> Option<Known> {
    let table = LEXICON.phrase(reading, at).map(|(words, flags)| Known { words, flags, ..Known::default() });
    let listed = gazetteer.longest((at..).map_while(|word| reading.get(word)).map(|word| word.span.of(reading.text)));
    merged(table, listed, gazetteer)
}

/// What is listed for a piece of a word: a place, an organisation or somebody, but no adjective.
pub fn known_piece(piece: &str, gazetteer: &Gazetteer) -> Option<Known> {
    of_pieces(piece, gazetteer.longest(std::iter::once(piece)), gazetteer)
}

/// The same for a word and the piece behind it.
pub fn known_pair(first: &str, piece: &str, gazetteer: &Gazetteer) -> Option<Known> {
    let flags = LEXICON.pair(first, piece);
    let table = (flags != Flags::default()).then(|| Known { words: 2, flags, ..Known::default() });
    let listed = gazetteer.longest([first, piece].into_iter()).filter(|listed| listed.words == 2);
    let named = Flags::PLACE.and(Flags::ORGANISATION);
    merged(table, listed, gazetteer).filter(|known| known.flags.has(named))
}

/// The same for the last piece of the word `at`, with which a name of several words may begin.
pub fn known_rest(reading: &Reading, piece: &str, at: usize, gazetteer: &Gazetteer) -> Option<Known> {
    let behind = (at + 1..).map_while(|word| reading.get(word)).map(|word| word.span.of(reading.text));
    of_pieces(piece, gazetteer.longest(std::iter::once(piece).chain(behind)), gazetteer)
}

fn of_pieces(piece: &str, listed: Option<Listed>, gazetteer: &Gazetteer) -> Option<Known> {
    let flags = LEXICON.single(piece);
    let table = (flags != Flags::default()).then(|| Known { words: 1, flags, ..Known::default() });
    let named = Flags::PLACE.and(Flags::ORGANISATION).and(Flags::PERSON);
    merged(table, listed, gazetteer).filter(|known| known.flags.has(named) && piece.starts_with(char::is_uppercase))
}

/// What a listing says by itself.
pub fn listed_as(listed: Listed, gazetteer: &Gazetteer) -> Option<Known> {
    merged(None, Some(listed), gazetteer).filter(|known| !known.flags.has(Flags::ADJECTIVE))
}

/// The longer one of what our tables and the gazetteer know.
fn merged(table: Option<Known>, listed: Option<Listed>, gazetteer: &Gazetteer) -> Option<Known> {
    let Some(listed) = listed else { return table };
    if table.as_ref().is_some_and(|table| table.words > listed.words) {
        return table;
    }
    let entry = listed.entries.first().and_then(|entry| gazetteer.entry(*entry, None))?;
    let country = entry.country.map(str::to_owned);
    let named = table.filter(|table| table.words == listed.words).map_or(Flags::default(), |table| table.flags);
    Some(match listed.sense {
        Sense::Name => {
            let flags = match entry.kind {
                ActorKind::Place => Flags::PLACE,
                ActorKind::Organization => Flags::ORGANISATION,
                ActorKind::Person => Flags::PERSON,
            };
            let flags = if entry.is_state { flags.and(Flags::STATE) } else { flags };
            Known { words: listed.words, flags: flags.and(named), entries: listed.entries, capital_of: None, country }
        }
        Sense::Demonym => Known { words: listed.words, flags: Flags::ADJECTIVE, country, ..Known::default() },
        Sense::Capital => {
            let capital_of = listed.entries.first().copied();
            let flags = Flags::PLACE.and(Flags::CAPITAL);
            Known { words: listed.words, flags, capital_of, country, ..Known::default() }
        }
    })
}

fn mode(reading: &Reading, flags: &[Flags], sentence: Range<usize>) -> Mode {
    let (mut lower, mut capital, mut upper, mut telling) = (0, 0, 0, 0);
    let words = reading.words.get(sentence.clone()).unwrap_or_default();
    for (at, word) in words.iter().take(200).enumerate().filter(|(_, word)| word.kind == Kind::Letters) {
        let at = sentence.start + at;
        match word.case {
            Case::Lower
                if word.span.len() > 3 && !matches!(reading.lower(at), "from" | "with" | "over" | "into" | "after") =>
            {
                lower += 1;
            }
            Case::Capital => {
                capital += 1;
                let tells = flags.get(at).is_some_and(|flags| flags.has(Flags::FUNCTION.and(Flags::SPEECH)));
                telling += usize::from(tells && at > sentence.start);
            }
            Case::Upper if word.span.len() > 1 => upper += 1,
            _ => {}
        }
    }
    if upper >= 3 && upper > 2 * (lower + capital) {
        return Mode::Capitals;
    }
    let all = lower + capital + upper;
    let ends = reading.word(sentence.end.wrapping_sub(1)) == ".";
    if capital >= 4 && !ends && (lower == 0 || (telling > 0 && lower * 8 < all)) {
        Mode::Headline
    } else {
        Mode::Normal
    }
}
