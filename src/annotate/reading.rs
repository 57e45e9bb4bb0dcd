//! A dispatch's text, cut into words, sentences and paragraphs: what actors, dates and claims are all read from.

use std::ops::Range;

use super::vocabulary::{self, Row};
use crate::tables;
use crate::text::{Case, Kind, Span, Word, words};

/// What a full stop behind does not end.
pub fn abbreviations() -> impl Iterator<Item = &'static str> {
    tables::words(include_str!("tables/abbreviations.txt")).into_iter()
}

/// What begins a sentence behind an abbreviation.
pub fn starters() -> impl Iterator<Item = &'static str> {
    tables::words(include_str!("tables/sentence-starters.txt")).into_iter()
}

/// A line that is shorter (bytes) was broken by its writer, not by a margin …
const SHORTEST_WRAPPED: usize = 45;
/// … and no margin is this wide.
const LONGEST_WRAPPED: usize = 100;

/// Words of a dateline, with its dash.
const LONGEST_DATELINE: usize = 16;
/// Headlines and bylines in front of it have no more words.
const LATEST_DATELINE: usize = 100;

/// A text as its words. Numbers of words count from 0; what is out of range is an empty word.
#[derive(Debug)]
pub struct Reading<'a> {
    pub text: &'a str,
    /// The text with small ASCII letters: every offset in it is one of the text.
    folded: String,
    pub words: Vec<Word>,
    /// For each word.
    rows: Vec<&'static Row>,
    /// As ranges of words, in order; every word is in one.
    pub sentences: Vec<Range<usize>>,
    pub paragraphs: Vec<Range<usize>>,
}

impl<'a> Reading<'a> {
    pub fn new(text: &'a str) -> Self {
        let words = words(text);
        let folded = text.to_ascii_lowercase();
        let rows = words.iter().map(|word| vocabulary::row(word.span.of(&folded))).collect();
        let wrapped = is_wrapped(text);
        let mut sentences = Vec::new();
        let mut paragraphs = Vec::new();
        let mut reading = Reading { text, folded, words, rows, sentences: vec![], paragraphs: vec![] };
        let (mut sentence, mut paragraph) = (0, 0);
        for at in 1..=reading.words.len() {
            let ends_paragraph = at == reading.words.len() || reading.is_paragraph_break(at, wrapped);
            if ends_paragraph || reading.ends_sentence(at) || reading.ends_dateline(paragraph, at) {
                sentences.push(sentence..at);
                sentence = at;
            }
            if ends_paragraph {
                paragraphs.push(paragraph..at);
                paragraph = at;
            }
        }
        reading.sentences = sentences;
        reading.paragraphs = paragraphs;
        reading
    }

    #[inline]
    pub fn get(&self, word: usize) -> Option<&Word> {
        self.words.get(word)
    }

    /// A word as it is written.
    #[inline]
    pub fn word(&self, word: usize) -> &'a str {
        self.get(word).map_or("", |found| found.span.of(self.text))
    }

    /// A word with small ASCII letters.
    #[inline]
    pub fn lower(&self, word: usize) -> &str {
        self.get(word).map_or("", |found| found.span.of(&self.folded))
    }

    /// What the tables say of a word.
    #[inline]
    pub fn row(&self, word: usize) -> &'static Row {
        self.rows.get(word).copied().unwrap_or_else(vocabulary::nothing)
    }

    #[inline]
    pub fn case(&self, word: usize) -> Case {
        self.get(word).map_or(Case::None, |found| found.case)
    }

    #[inline]
    pub fn kind(&self, word: usize) -> Kind {
        self.get(word).map_or(Kind::Punctuation, |found| found.kind)
    }

    /// From the first of `words` to the last; empty at the text's end for none.
    pub fn span(&self, words: Range<usize>) -> Span {
        let last = words.end.checked_sub(1).and_then(|last| self.get(last));
        match (self.get(words.start), last) {
            (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end.max(first.span.start) },
            _ => Span::empty(self.text.len()),
        }
    }

    /// The number of the sentence that holds a word; of the last one for a word behind the end.
    pub fn sentence_of(&self, word: usize) -> usize {
        let behind = self.sentences.partition_point(|sentence| sentence.end <= word);
        behind.min(self.sentences.len().saturating_sub(1))
    }

    /// The words of the sentence that holds `word`.
    pub fn sentence_at(&self, word: usize) -> Range<usize> {
        self.sentences.get(self.sentence_of(word)).cloned().unwrap_or(0..0)
    }

    /// The words that lie wholly in `span`.
    pub fn words_in(&self, span: Span) -> Range<usize> {
        let first = self.words.partition_point(|word| word.span.start < span.start);
        let last = self.words.partition_point(|word| word.span.end <= span.end);
        first..last.max(first)
    }

    /// The text between a word and the one before it.
    fn gap(&self, word: usize) -> &'a str {
        let before = word.checked_sub(1).and_then(|before| self.get(before)).map_or(0, |before| before.span.end);
        let start = self.get(word).map_or(self.text.len(), |word| word.span.start as usize);
        self.text.get(before as usize..start).unwrap_or_default()
    }

    /// An empty line, or any line end where lines are paragraphs.
    fn is_paragraph_break(&self, word: usize, wrapped: bool) -> bool {
        if !self.get(word).is_none_or(|word| word.spaced) {
            return false;
        }
        let gap = self.gap(word);
        if gap == " " {
            return false;
        }
        if !gap.bytes().any(|byte| matches!(byte, b'\n' | b'\r')) {
            return false;
        }
        !wrapped
            || gap.replace("\r\n", "\n").bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count() > 1
            || matches!(self.word(word), "“" | "\"" | "«" | "„") && self.is_signed(word)
    }

    /// Whether a line ends in front of `next` with who signs a quotation: `“He scares me.” ― Krystal Correa`.
    fn is_signed(&self, next: usize) -> bool {
        let is_dash = |word: usize| matches!(self.word(word), "—" | "–" | "―" | "--" | "-");
        let name = |word: usize| self.case(word) != Case::Lower || matches!(self.word(word), "," | "." | "of" | "de");
        let dash = (next.saturating_sub(8)..next).rev().find(|word| is_dash(*word) || !name(*word));
        dash.and_then(|dash| dash.checked_sub(1).filter(|_| is_dash(dash)))
            .is_some_and(|mark| matches!(self.word(mark), "”" | "\"" | "»" | "“"))
    }

    /// Whether a sentence ends in front of `next`, within a paragraph.
    fn ends_sentence(&self, next: usize) -> bool {
        if !self.get(next).is_some_and(|word| word.spaced) {
            return matches!(self.word(next.wrapping_sub(1)), "。" | "！" | "？");
        }
        let mut last = next - 1;
        if self.kind(last) != Kind::Punctuation {
            return self.case(next) == Case::Capital && self.word(last).ends_with('.') && self.row(next).is_starter;
        }
        // Back over what closes behind the full stop: quotation marks and brackets.
        while last > 0 && self.is_closing(last) {
            last -= 1;
        }
        let begins = self.begins_sentence(next);
        match self.word(last) {
            "!" | "?" | "؟" | "۔" | "।" => begins,
            "." => begins && !(last + 1 == next && self.is_abbreviated(last, next)),
            "…" | "..." => begins && self.case(next) != Case::Lower,
            word => word.ends_with('.') && self.row(next).is_starter && self.case(next) == Case::Capital,
        }
    }

    /// Whether a dateline ends in front of `next`: `GENEVA, June 11 (Meridian) -- Delegates …`, where one of the first
    /// paragraphs begins, at `first`.
    fn ends_dateline(&self, first: usize, next: usize) -> bool {
        let dash = next.wrapping_sub(1);
        (first + 2..first + LONGEST_DATELINE).contains(&next)
            && matches!(self.word(dash), "--" | "–" | "—" | "-")
            && first < LATEST_DATELINE
            && self.get(dash).is_some_and(|word| word.spaced)
            && self.begins_sentence(next)
            && self.case(first) == Case::Upper
            && self.word(first).chars().count() > 2
            && !(first + 1..dash).any(|word| self.ends_sentence(word))
    }

    fn is_closing(&self, word: usize) -> bool {
        matches!(self.word(word), "\"" | "”" | "’" | "'" | "»" | "“" | ")" | "]" | "''")
            && self.get(word).is_some_and(|word| !word.spaced)
    }

    fn begins_sentence(&self, word: usize) -> bool {
        match self.kind(word) {
            Kind::Letters | Kind::Possessive => self.case(word) != Case::Lower,
            Kind::Number => true,
            Kind::Punctuation => !matches!(self.word(word), "," | ";" | ":" | ")" | "." | "%" | "-" | "–" | "—" | "―"),
        }
    }

    /// Whether the full stop `stop` belongs to the word before it.
    fn is_abbreviated(&self, stop: usize, next: usize) -> bool {
        let Some(word) = stop.checked_sub(1) else { return false };
        let initial = self.case(word) == Case::Upper && self.word(word).chars().count() == 1 && self.word(word) != "I";
        if initial {
            return !(self.row(next).is_starter && self.case(next) == Case::Capital);
        }
        let first = self.case(word) == Case::Capital;
        let known = self.kind(word) == Kind::Letters && self.row(word).is_abbreviation;
        // `no` and `ill` are words, too: those that are written small end a sentence in front of a capital.
        known && (first || self.case(next) == Case::Lower || self.kind(next) == Kind::Number)
    }
}

/// Whether lines were broken at a margin, so that a line end means nothing.
fn is_wrapped(text: &str) -> bool {
    let mut full = 0;
    let mut other = 0;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let goes_on = lines.peek().is_some_and(|next| !next.trim().is_empty());
        if line.trim().is_empty() || !goes_on {
            // The last line of a paragraph says something only where it is too long for any margin.
            other += usize::from(line.len() > LONGEST_WRAPPED);
        } else if (SHORTEST_WRAPPED..=LONGEST_WRAPPED).contains(&line.len()) {
            full += 1;
        } else {
            other += 1;
        }
    }
    full > 2 * other && full > 1
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// A line for each sentence, an empty one between paragraphs.
    fn check(text: &str, expected: Expect) {
        let reading = Reading::new(text);
        let mut shown = String::new();
        for paragraph in &reading.paragraphs {
            if !shown.is_empty() {
                shown.push('\n');
            }
            for sentence in reading.sentences.iter().filter(|sentence| paragraph.contains(&sentence.start)) {
                shown.push_str(&reading.span(sentence.clone()).of(text).replace('\n', "⏎"));
                shown.push('\n');
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn abbreviations_and_initials_end_no_sentence() {
        check(
            "Gen. John F. Kennedy Jr. met U.S. officials. He left the U.S. The talks (on Jan. 5) failed.",
            expect![[r#"
                Gen. John F. Kennedy Jr. met U.S. officials.
                He left the U.S.
                The talks (on Jan. 5) failed.
            "#]],
        );
    }

    #[test]
    fn a_dateline_is_a_sentence() {
        check(
            "GENEVA, June 11 (Meridian) -- Delegates met. UN -- Some left.",
            expect![[r#"
                GENEVA, June 11 (Meridian) --
                Delegates met.
                UN -- Some left.
            "#]],
        );
        check(
            "Talks begin\nBy Ana Ruiz\nGENEVA, June 11 (Meridian) - Delegates met.",
            expect![[r#"
                Talks begin

                By Ana Ruiz

                GENEVA, June 11 (Meridian) -
                Delegates met.
            "#]],
        );
    }

    #[test]
    fn quotations_end_with_their_marks() {
        check(
            "“We will go. We must!” he said. \"Why?\" asked Rep. Smith. “No.” Then he left … and came back.",
            expect![[r#"
                “We will go.
                We must!” he said.
                "Why?" asked Rep. Smith.
                “No.”
                Then he left … and came back.
            "#]],
        );
    }

    #[test]
    fn a_line_is_a_paragraph_unless_there_is_a_margin() {
        check(
            "Headline here\nA first paragraph. And more.\nA second.\n",
            expect![[r#"
            Headline here

            A first paragraph.
            And more.

            A second.
        "#]],
        );
        let wrapped = "The ministry said on Tuesday that the bridge across the\nriver had been closed after the storm, and that nobody\nwas hurt. Repairs will take a month, it said in a note\nto the press.\n\nA second paragraph stands here.\n";
        check(
            wrapped,
            expect![[r#"
            The ministry said on Tuesday that the bridge across the⏎river had been closed after the storm, and that nobody⏎was hurt.
            Repairs will take a month, it said in a note⏎to the press.

            A second paragraph stands here.
        "#]],
        );
        check(
            &wrapped.replace(
                "A second paragraph stands here.",
                "“He scares me.” ― Krystal Correa\n“Nobody asked us.” ― Ann Lee",
            ),
            expect![[r#"
            The ministry said on Tuesday that the bridge across the⏎river had been closed after the storm, and that nobody⏎was hurt.
            Repairs will take a month, it said in a note⏎to the press.

            “He scares me.” ― Krystal Correa

            “Nobody asked us.” ― Ann Lee
        "#]],
        );
    }
}
