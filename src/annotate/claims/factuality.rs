//! How sure a content is for its source, on FactBank's scale (Saurí and Pustejovsky 2009).

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::super::{Factuality, Reading};
use crate::tables;

/// So many words of a content are looked at: what comes later bears on something else.
const FIRST_WORDS: usize = 14;

#[derive(Default)]
struct Sureness {
    cues: HashMap<&'static str, Factuality>,
    words: HashMap<&'static str, Factuality>,
}

static SURENESS: LazyLock<Sureness> = LazyLock::new(|| {
    let mut sureness = Sureness::default();
    let mut section = ("", Factuality::Certain);
    for line in tables::lines(include_str!("tables/factuality.txt")) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let (kind, level) = name.split_once(' ').unwrap_or(("", name));
            let level = match level {
                "probable" => Factuality::Probable,
                "possible" => Factuality::Possible,
                _ => Factuality::Unknown,
            };
            section = (kind, level);
            continue;
        }
        let table = if section.0 == "words" { &mut sureness.words } else { &mut sureness.cues };
        for word in line.split_whitespace() {
            table.entry(word).or_insert(section.1);
        }
    }
    sureness
});

/// What is known of a claim before its content is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Attitude {
    /// The verb or noun of the cue.
    pub lemma: &'static str,
    pub denial: bool,
    pub negated: bool,
    /// `would say`, `may announce`
    pub modal: bool,
}

/// The factuality of `content`, ranges of words.
pub fn of(reading: &Reading, attitude: Attitude, content: &[Range<usize>]) -> Factuality {
    match (attitude.denial, attitude.negated) {
        (true, false) => return Factuality::Denied,
        (true, true) => return Factuality::Possible,
        // `does not think that` is as much as `thinks that … not`; `did not say` says nothing.
        (false, true) if matches!(attitude.lemma, "think" | "believe" | "expect" | "accept" | "agree" | "see") => {
            return Factuality::Denied;
        }
        (false, true) => return Factuality::Unknown,
        _ => {}
    }
    if let Some(level) = SURENESS.cues.get(attitude.lemma) {
        return *level;
    }
    if attitude.modal {
        return Factuality::Possible;
    }
    let asks = content.last().is_some_and(|last| ends_with_question(reading, last));
    // Behind another `that` it is somebody else's content.
    let words = content.iter().flat_map(Clone::clone).take(FIRST_WORDS).enumerate();
    let mut first = words.take_while(|(place, word)| *place == 0 || reading.lower(*word) != "that");
    if asks {
        return Factuality::Unknown;
    }
    first
        .find_map(|(place, word)| match reading.lower(word) {
            "whether" if place == 0 => Some(Factuality::Unknown),
            // A condition is one only at the start, and `can` has many meanings.
            "if" if place > 1 => None,
            "can" => None,
            "may" if reading.word(word) == "May" => None,
            lower => SURENESS.words.get(lower).copied(),
        })
        .unwrap_or(Factuality::Certain)
}

fn ends_with_question(reading: &Reading, range: &Range<usize>) -> bool {
    range.clone().rev().take(3).any(|word| reading.word(word) == "?")
}
