//! Whether a paragraph is English: patterns of English words have no business in another language.

use std::ops::Range;

use crate::annotate::Reading;
use crate::text::Kind;

/// So many words say enough about a paragraph …
const ENOUGH: usize = 12;
/// … and so many, looked at, about a text.
const MOST: usize = 600;
/// Of a hundred English words at least so many are among the commonest.
const SHARE: usize = 10;

/// The words that make up two fifths of English, but for those that other languages have, too.
fn is_common(word: &str) -> bool {
    matches!(
        word,
        "the" | "of" | "and" | "to" | "that" | "is" | "with" | "by" | "from" | "said" | "has" | "have" | "for" | "this"
            | "which" | "are" | "were" | "will" | "be" | "his" | "her" | "their" | "its" | "at" | "as" | "he" | "she"
            | "they" | "not" | "but" | "who" | "after" | "before" | "been" | "had" | "would" | "it" | "was" | "on" | "we" | "you"
            | "our" | "what" | "there" | "than" | "about" | "could" | "when" | "over" | "more" | "i"
    )
}

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
        let (common, words) = self.count(paragraph);
        let english = if words < ENOUGH { self.whole() } else { common * 100 >= words * SHARE };
        self.paragraph = Some((number, english));
        english
    }

    fn whole(&mut self) -> bool {
        if let Some(known) = self.whole {
            return known;
        }
        let (common, words) = self.count(0..self.reading.words.len());
        let english = if words < ENOUGH { self.is_latin() } else { common * 100 >= words * SHARE };
        self.whole = Some(english);
        english
    }

    /// How many of the words are common ones, of how many.
    fn count(&self, words: Range<usize>) -> (usize, usize) {
        let letters = words.filter(|word| self.reading.kind(*word) == Kind::Letters).take(MOST);
        letters.fold((0, 0), |(common, all), word| (common + usize::from(is_common(self.reading.lower(word))), all + 1))
    }

    /// A few words say little, but a script says something.
    fn is_latin(&self) -> bool {
        self.reading.text.bytes().take(MOST).filter(|byte| !byte.is_ascii()).count() * 3 < self.reading.text.len().min(MOST)
    }
}
