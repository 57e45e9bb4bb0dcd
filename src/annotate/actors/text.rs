//! A dispatch's words with what the tables say of them, and how far their capitals can be trusted.

use std::collections::HashMap;

use super::lexicon::{Flags, LEXICON};
use crate::annotate::Reading;
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

pub struct Text<'t> {
    pub reading: &'t Reading<'t>,
    /// For each sentence.
    modes: Vec<Mode>,
    /// For each word that is not in small letters; the others are looked up when somebody asks.
    flags: Vec<Flags>,
    seen: HashMap<&'t str, Seen>,
}

impl<'t> Text<'t> {
    pub fn new(reading: &'t Reading<'t>) -> Self {
        let modes: Vec<Mode> = reading.sentences.iter().map(|sentence| mode(reading, sentence.clone())).collect();
        let mut flags = Vec::with_capacity(reading.words.len());
        for (at, word) in reading.words.iter().enumerate() {
            let known = word.kind == Kind::Letters && word.case != Case::Lower;
            flags.push(if known { LEXICON.word(reading.lower(at)) } else { Flags::default() });
        }
        let mut text = Text { reading, modes, flags, seen: HashMap::with_capacity(reading.words.len() / 3) };
        text.count();
        text
    }

    fn count(&mut self) {
        let reading = self.reading;
        for (sentence, mode) in reading.sentences.iter().zip(&self.modes) {
            if *mode != Mode::Normal {
                continue;
            }
            for at in sentence.clone() {
                match reading.case(at) {
                    Case::Lower if reading.kind(at) == Kind::Letters => {
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

    pub fn mode(&self, sentence: usize) -> Mode {
        self.modes.get(sentence).copied().unwrap_or(Mode::Normal)
    }

    pub fn seen(&self, word: usize) -> Seen {
        self.seen.get(self.reading.lower(word)).copied().unwrap_or_default()
    }

    pub fn flags(&self, word: usize) -> Flags {
        if self.reading.case(word) == Case::Lower && self.reading.kind(word) == Kind::Letters {
            return LEXICON.word(self.reading.lower(word));
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

fn mode(reading: &Reading, sentence: std::ops::Range<usize>) -> Mode {
    let (mut lower, mut capital, mut upper, mut telling) = (0, 0, 0, 0);
    for at in sentence.clone().take(200) {
        if reading.kind(at) != Kind::Letters {
            continue;
        }
        let word = reading.word(at);
        match reading.case(at) {
            Case::Lower
                if word.len() > 3 && !matches!(reading.lower(at), "from" | "with" | "over" | "into" | "after") =>
            {
                lower += 1;
            }
            Case::Capital => {
                capital += 1;
                let inner = at > sentence.start;
                telling +=
                    usize::from(inner && LEXICON.word(reading.lower(at)).has(Flags::FUNCTION.and(Flags::SPEECH)));
            }
            Case::Upper if word.len() > 1 => upper += 1,
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
