//! Keys: a name's normal form as a number that grows word by word, so that a text is looked up while it is read.

use super::fold;
use crate::text::words;

/// The normal form so far. Joined, hyphenated and separate parts have one key: the index tells them apart once more.
#[derive(Debug, Clone, Copy)]
pub struct Key(u64);

impl Key {
    pub fn new() -> Key {
        Key(0xCBF2_9CE4_8422_2325)
    }

    /// Goes on with the parts of a word; whether there was any.
    pub fn push(&mut self, word: &str) -> bool {
        let before = self.0;
        fold::parts(word, &mut |part| self.push_part(part));
        self.0 != before
    }

    /// Goes on with a normal part: FNV-1a (Fowler, Noll, Vo).
    pub fn push_part(&mut self, part: &str) {
        for byte in part.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }

    /// The key, with all its bits mixed (MurmurHash3's end).
    pub fn finish(self) -> u64 {
        let mut key = self.0;
        key = (key ^ (key >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        key = (key ^ (key >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        key ^ (key >> 33)
    }
}

/// A spelling in its normal form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// All parts, joined.
    pub text: String,
    /// Where in `text` a part ends, in bytes; the last one is its length.
    pub ends: Vec<usize>,
}

impl Folded {
    /// That of a name in an actors file. Empty where nothing in it counts.
    pub fn name(name: &str) -> Folded {
        let words = words(name);
        let mut folded = Folded::default();
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| words.get(before)).map(|word| word.span.of(name));
            let word = word.span.of(name);
            if !is_skipped(before, word) {
                folded.push(word);
            }
        }
        folded
    }

    pub fn push(&mut self, word: &str) {
        let Folded { text, ends } = self;
        fold::parts(word, &mut |part| {
            text.push_str(part);
            ends.push(text.len());
        });
    }
}

/// Whether a word of a text does not count inside a name: an apostrophe (`Shia' al-Sudani`), the full stop behind an initial
/// or an abbreviated title (`John F. Kennedy`, `St. Lucia`).
pub fn is_skipped(before: Option<&str>, word: &str) -> bool {
    match word {
        "'" | "’" | "‘" | "`" | "ʻ" | "ʿ" | "ʾ" => true,
        "." => before.is_some_and(is_abbreviated),
        _ => false,
    }
}

fn is_abbreviated(word: &str) -> bool {
    let mut letters = word.chars();
    let starts = letters.next().is_some_and(char::is_uppercase);
    starts && letters.clone().count() <= 2 && letters.all(char::is_lowercase)
}
