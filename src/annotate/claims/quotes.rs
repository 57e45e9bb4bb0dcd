//! Quotations: which marks belong together.

use super::super::Reading;
use crate::text::{Case, Kind, Span};

/// A quotation that is inside no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The word that opens it.
    pub open: usize,
    /// Behind the last word in it.
    pub inner: usize,
    /// Behind the mark that closes it, or where its paragraph ends.
    pub end: usize,
    /// Whether it ends with a mark of its own, or goes on in the next paragraph.
    pub closed: bool,
    /// The one it goes on from: a quotation of several paragraphs opens each of them and closes the last.
    pub continues: Option<usize>,
}

/// The quotations of a text, in order.
#[derive(Debug, Default)]
pub struct Quotations {
    pub all: Vec<Quotation>,
    /// For each word, from `first` on, 1 + the number of the quotation around it, or 0.
    around: Vec<u32>,
    first: usize,
}

/// A kind of quotation mark, by what closes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Straight,
    Curly,
    Low,
    Guillemet,
    Single,
    StraightSingle,
    /// Two apostrophes for a straight mark, or two of what stands on the key of the grave accent.
    Doubled,
    Corner,
}

impl Quotations {
    pub fn find(reading: &Reading) -> Self {
        let mut quotations = Quotations::default();
        // The quotation that was open at the end of the paragraph before.
        let mut running: Option<(Mark, usize)> = None;
        for paragraph in &reading.paragraphs {
            let opens = opening(reading, paragraph.start);
            let continues = running.take().filter(|(mark, _)| opens == Some(*mark)).map(|(_, number)| number);
            if let Some(before) = continues.and_then(|number| quotations.all.get_mut(number)) {
                before.closed = true;
            }
            running = quotations.read_paragraph(reading, paragraph.start, paragraph.end, continues);
        }
        quotations.around = around(&quotations.all, 0..reading.words.len());
        quotations
    }

    /// Where they stand, marks included.
    pub fn spans(&self, reading: &Reading) -> Vec<Span> {
        self.all.iter().map(|quotation| reading.span(quotation.open..quotation.end)).collect()
    }

    /// The quotations inside another one.
    pub fn inside(reading: &Reading, quotation: &Quotation) -> Self {
        let words = quotation.open + 1..quotation.inner.max(quotation.open + 1);
        let mut quotations = Quotations { first: words.start, ..Quotations::default() };
        quotations.read_paragraph(reading, words.start, words.end, None);
        quotations.around = around(&quotations.all, words);
        quotations
    }

    /// The number of the quotation that holds a word, marks included.
    pub fn around(&self, word: usize) -> Option<usize> {
        self.around.get(word.checked_sub(self.first)?).and_then(|number| (*number as usize).checked_sub(1))
    }

    fn read_paragraph(
        &mut self,
        reading: &Reading,
        start: usize,
        end: usize,
        continues: Option<usize>,
    ) -> Option<(Mark, usize)> {
        let mut open: Option<(Mark, usize)> = None;
        let mut continues = continues;
        // Curly marks opened inside straight ones: each closes itself before it can close what is around it.
        let mut curly = 0usize;
        let last_single = (start..end).rev().find(|word| closes_single(reading, *word));
        for word in start..end {
            if reading.kind(word) != Kind::Punctuation && reading.kind(word) != Kind::Possessive {
                continue;
            }
            if behind_double(reading, word) && word > start {
                continue;
            }
            match open {
                None => {
                    open = opening(reading, word).map(|mark| (mark, word));
                    curly = 0;
                }
                Some((Mark::Straight, _)) if reading.word(word) == "“" => curly += 1,
                Some((Mark::Straight, _)) if reading.word(word) == "”" && curly > 0 => curly -= 1,
                Some((mark, from)) if closes(reading, mark, word, last_single) => {
                    let width = if mark == Mark::Doubled { 2 } else { 1 };
                    self.push(
                        reading,
                        Quotation {
                            open: from,
                            inner: word,
                            end: word + width,
                            closed: true,
                            continues: continues.take(),
                        },
                    );
                    open = None;
                }
                // A new straight mark in front of a word while one is open: the first was never closed, if it is far away.
                Some(_) => {}
            }
        }
        let (mark, from) = open?;
        if matches!(mark, Mark::Single | Mark::StraightSingle) {
            // An apostrophe, most likely.
            return None;
        }
        self.push(reading, Quotation { open: from, inner: end, end, closed: false, continues });
        Some((mark, self.all.len().saturating_sub(1)))
    }

    fn push(&mut self, reading: &Reading, quotation: Quotation) {
        // The value of a tag's attribute is no quotation.
        if quotation.open.checked_sub(1).is_some_and(|before| reading.word(before) == "=") {
            return;
        }
        self.all.push(quotation);
    }
}

fn around(quotations: &[Quotation], words: std::ops::Range<usize>) -> Vec<u32> {
    let mut around = vec![0; words.len()];
    for (number, quotation) in quotations.iter().enumerate() {
        if let Some(inside) = around.get_mut(quotation.open - words.start..quotation.end.min(words.end) - words.start) {
            inside.fill(u32::try_from(number + 1).unwrap_or(0));
        }
    }
    around
}

/// Which kind of quotation `word` opens.
fn opening(reading: &Reading, word: usize) -> Option<Mark> {
    let next_near = reading.get(word + 1).is_some_and(|next| !next.spaced);
    let spaced = reading.get(word).is_some_and(|word| word.spaced);
    let before = || word.checked_sub(1).map_or("", |before| reading.word(before));
    if is_double(reading, word) {
        let next = reading.get(word + 2);
        return next.is_some_and(|next| !next.spaced).then_some(Mark::Doubled);
    }
    match reading.word(word) {
        // An inch, a second, or the end of something that never began.
        "\"" if !spaced && !next_near && word > 0 => None,
        "\"" if !spaced && word > 0 && reading.kind(word - 1) == Kind::Number => None,
        "\"" => Some(Mark::Straight),
        "“" | "‟" => Some(Mark::Curly),
        "„" => Some(Mark::Low),
        "«" => Some(Mark::Guillemet),
        "「" | "『" => Some(Mark::Corner),
        "‘" if next_near && reading.kind(word + 1) == Kind::Letters => Some(Mark::Single),
        "'" if next_near && (spaced || matches!(before(), "(" | "—" | "–" | "-")) => {
            let short = matches!(reading.lower(word + 1), "s" | "em" | "til" | "tis" | "twas" | "cause" | "n");
            (reading.kind(word + 1) == Kind::Letters && !short).then_some(Mark::StraightSingle)
        }
        _ => None,
    }
}

fn closes(reading: &Reading, mark: Mark, word: usize, last_single: Option<usize>) -> bool {
    let next_near = reading.get(word + 1).is_some_and(|next| !next.spaced && next.kind != Kind::Punctuation);
    let spaced = reading.get(word).is_some_and(|word| word.spaced);
    if mark == Mark::Doubled {
        let near = reading.get(word + 2).is_some_and(|next| !next.spaced && next.kind != Kind::Punctuation);
        return is_double(reading, word) && !near;
    }
    match (mark, reading.word(word)) {
        (Mark::Straight, "\"") => !(spaced && next_near),
        (Mark::Curly | Mark::Straight, "”") => true,
        // The wrong mark, but it can only close.
        (Mark::Curly, "\"") => !next_near,
        (Mark::Curly, "“") => !spaced && !next_near,
        (Mark::Low, "“" | "”") => true,
        (Mark::Guillemet, "»") => true,
        (Mark::Corner, "」" | "』") => true,
        (Mark::Single, "’") | (Mark::StraightSingle, "'") if !next_near => {
            // `the rebels’` in a quotation: the mark closes it if no other does.
            reading.kind(word) == Kind::Punctuation || last_single.is_none_or(|last| last <= word)
        }
        _ => false,
    }
}

/// Whether two apostrophes begin at `word`: `''No,'' he said`. In a run of three the single one is inside.
fn is_double(reading: &Reading, word: usize) -> bool {
    let near = reading.get(word + 1).is_some_and(|next| !next.spaced);
    match (reading.word(word), reading.word(word + 1)) {
        ("'", "'") | ("`", "`") | ("’", "’") | ("‘", "‘") => near,
        _ => false,
    }
}

/// Whether `word` is the second half of two apostrophes.
fn behind_double(reading: &Reading, word: usize) -> bool {
    word.checked_sub(1).is_some_and(|before| is_double(reading, before))
        && !word.checked_sub(2).is_some_and(|before| is_double(reading, before))
}

fn closes_single(reading: &Reading, word: usize) -> bool {
    reading.kind(word) == Kind::Punctuation
        && matches!(reading.word(word), "’" | "'")
        && reading.get(word).is_some_and(|word| !word.spaced)
        && reading.get(word + 1).is_none_or(|next| next.spaced || next.kind == Kind::Punctuation)
}

impl Quotation {
    /// Whether it is a sentence, or more: it begins with a capital and ends with a comma, a full stop or the like.
    pub fn is_speech(&self, reading: &Reading) -> bool {
        let begins = (self.open + 1..self.end.min(self.open + 4)).any(|word| {
            matches!(reading.case(word), Case::Capital | Case::Upper | Case::Mixed)
                || reading.kind(word) == Kind::Number
        });
        let inner = matches!(self.last(reading), "." | "," | "!" | "?" | "…" | "..." | "-" | "–" | "—" | "--");
        let outer = matches!(reading.word(self.end), "." | ",");
        begins && self.end - self.open > 4 && (inner || outer) || self.continues.is_some()
    }

    /// Whether what it ends with ends a sentence.
    pub fn ends_sentence(&self, reading: &Reading) -> bool {
        self.last(reading).ends_with(['.', '!', '?', '…'])
    }

    /// Whether it is too long for a term or a title, and ends as a sentence does, or a part of one in front of its verb.
    pub fn is_long(&self, reading: &Reading) -> bool {
        const LONGEST_TERM: usize = 7;
        self.inner > self.open + 1 + LONGEST_TERM && (self.leads(reading) || reading.word(self.end) == ".")
    }

    /// Whether it ends as speech does in front of the clause that says whose it is: `“We won,” he said`.
    pub fn leads(&self, reading: &Reading) -> bool {
        self.closed && matches!(self.last(reading), "," | "!" | "?" | "…" | "..." | "-" | "–" | "—" | "--" | ".")
    }

    pub fn ends_with_stop(&self, reading: &Reading) -> bool {
        self.last(reading) == "."
    }

    /// Whether its first word has a small letter: it goes on with a sentence.
    pub fn goes_on(&self, reading: &Reading) -> bool {
        reading.case(self.open + 1) == Case::Lower
    }

    pub fn ends_with_comma(&self, reading: &Reading) -> bool {
        self.closed && self.last(reading) == ","
    }

    /// Its last word; empty for none. A quotation inside that ends with it does not hide its comma.
    fn last<'a>(&self, reading: &Reading<'a>) -> &'a str {
        let closes = |word: &usize| matches!(reading.word(*word), "'" | "’" | "”" | "\"" | "»" | ")");
        (self.open + 1..self.inner).rev().find(|word| !closes(word)).map_or("", |word| reading.word(word))
    }
}
