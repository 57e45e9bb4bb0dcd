//! Whether a paragraph is English: patterns of English words have no business in another language.

use std::ops::Range;

use crate::annotate::Reading;
use crate::tables;
use crate::text::Kind;

/// The commonest words of English that no other language has count 1, those of languages that share our letters, where
/// English lacks them, −1.
pub fn words() -> impl Iterator<Item = (&'static str, i8)> {
    let english = tables::words(include_str!("tables/english.txt")).into_iter().map(|word| (word, 1));
    let others = tables::words(include_str!("tables/other-languages.txt")).into_iter().map(|word| (word, -1));
    others.chain(english)
}

/// So many words of a paragraph are looked at.
const MOST: usize = 60;

/// What is known about a text's language, found when it is first asked for.
pub struct Language<'a> {
    reading: &'a Reading<'a>,
    whole: Option<bool>,
    paragraph: Option<(usize, bool)>,
}

impl<'a> Language<'a> {
    pub fn new(reading: &'a Reading<'a>) -> Self {
        Language { reading, whole: None, paragraph: None }
    }

    /// Whether the paragraph that holds `word` is English.
    pub fn is_english(&mut self, word: usize) -> bool {
        let number = self.reading.paragraphs.partition_point(|paragraph| paragraph.end <= word);
        if let Some((known, english)) = self.paragraph
            && known == number
        {
            return english;
        }
        let paragraph = self.reading.paragraphs.get(number).cloned().unwrap_or(0..0);
        let english = match self.lean(paragraph) {
            0 => self.whole(),
            lean => lean > 0,
        };
        self.paragraph = Some((number, english));
        english
    }

    /// Whether the text is English: in doubt it is.
    fn whole(&mut self) -> bool {
        if let Some(known) = self.whole {
            return known;
        }
        let english = self.lean(0..self.reading.words.len()) >= 0;
        self.whole = Some(english);
        english
    }

    /// Above 0 for English, below for anything else.
    fn lean(&self, words: Range<usize>) -> i64 {
        let mut lean = 0;
        for word in words.filter(|word| self.reading.kind(*word) == Kind::Letters).take(MOST) {
            let text = self.reading.lower(word);
            lean += match self.reading.row(word).english {
                common @ (1 | -1) if text.len() <= 5 => i64::from(common),
                _ => -i64::from(is_other_script(text)),
            };
        }
        lean
    }
}

/// Whether a word's letters are none of ours, nor their relatives with marks.
fn is_other_script(word: &str) -> bool {
    word.chars().next().is_some_and(|first| first > '\u{24f}' && first.is_alphabetic())
}
