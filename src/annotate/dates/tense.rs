//! Whether a sentence looks back or ahead, from the words around a date.

use std::ops::Range;
use std::sync::LazyLock;

use crate::annotate::Reading;
use crate::text::{Case, Kind};
use foldhash::HashMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    Past,
    Present,
    Future,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evidence {
    Past,
    Present,
    Future,
    Governor,
    /// With `for` behind it.
    SetFor,
    /// It names what no one plans: `the July 22 attack`.
    Event,
}

static WORDS: LazyLock<HashMap<&'static str, Vec<Evidence>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<Evidence>> = HashMap::default();
    let mut heading = Evidence::Past;
    for line in include_str!("tables/tense.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.trim() {
            "[past]" => heading = Evidence::Past,
            "[present]" => heading = Evidence::Present,
            "[future]" => heading = Evidence::Future,
            "[governor]" => heading = Evidence::Governor,
            "[set for]" => heading = Evidence::SetFor,
            "[event]" => heading = Evidence::Event,
            line => line.split_whitespace().for_each(|word| words.entry(word).or_default().push(heading)),
        }
    }
    words
});

/// How far from a date evidence is looked for, in words.
const REACH: usize = 25;

/// The tense of what the words `date` say, by the nearest evidence before them, else behind them.
pub fn around(reading: &Reading, date: Range<usize>) -> Tense {
    let sentence = reading.sentence_at(date.start);
    if names_event(reading, &date) {
        return Tense::Past;
    }
    if date.start > sentence.start && matches!(reading.lower(date.start - 1), "until" | "till") {
        // `closed until Friday`: only an auxiliary makes that past, in front of it, or behind it where it comes first.
        let around = if date.start - 1 == sentence.start { date.end..sentence.end } else { sentence.start..date.start };
        let past = around.into_iter().any(|word| matches!(reading.lower(word), "was" | "were" | "had" | "lasted"));
        return if past { Tense::Past } else { Tense::Future };
    }
    // `before winter`; `go back to September`
    if let Some(before) = date.start.checked_sub(1).filter(|before| *before > sentence.start) {
        let season = matches!(
            reading.lower(date.start),
            "winter" | "spring" | "summer" | "autumn" | "fall" | "christmas" | "easter" | "ramadan"
        );
        if reading.lower(before) == "before" && season {
            return Tense::Future;
        }
        let back = reading.lower(before) == "to" && reading.lower(before.saturating_sub(1)) == "back";
        let moves = matches!(
            reading.lower(before.saturating_sub(2)),
            "go" | "goes"
                | "going"
                | "went"
                | "gone"
                | "date"
                | "dates"
                | "dated"
                | "dating"
                | "look"
                | "looks"
                | "looking"
                | "stretch"
                | "stretches"
                | "stretching"
                | "trace"
                | "traces"
                | "traced"
                | "harks"
                | "harking"
        );
        if back && moves {
            return Tense::Past;
        }
    }
    // `ahead of Sunday’s vote, the army was deployed`; `since Monday`
    if date.start > sentence.start {
        match reading.lower(date.start - 1) {
            "since" => return Tense::Past,
            "of" if date.start > sentence.start + 1 && reading.lower(date.start - 2) == "ahead" => {
                return Tense::Future;
            }
            _ => {}
        }
    }
    // `set for June`, `called for Friday`
    if date.start > sentence.start + 1 && matches!(reading.lower(date.start - 1), "for" | "to") {
        let ahead =
            WORDS.get(reading.lower(date.start - 2)).is_some_and(|evidence| evidence.contains(&Evidence::SetFor));
        if ahead {
            return Tense::Future;
        }
    }
    match left(reading, &sentence, date.start) {
        Tense::Unknown => right(reading, &sentence, date.end),
        tense => tense,
    }
}

/// Whether the word behind a date names what happened then.
fn names_event(reading: &Reading, date: &Range<usize>) -> bool {
    WORDS.get(reading.lower(date.end)).is_some_and(|evidence| evidence.contains(&Evidence::Event))
}

/// Whether a verb close before a date, within a few words, is past, or the word behind it names what happened then.
pub fn is_closely_past(reading: &Reading, date: Range<usize>) -> bool {
    if names_event(reading, &date) {
        return true;
    }
    let first = reading.sentence_at(date.start).start.max(date.start.saturating_sub(4));
    (first..date.start).any(|word| read(reading, word) == Tense::Past)
}

fn left(reading: &Reading, sentence: &Range<usize>, date: usize) -> Tense {
    let first = sentence.start.max(date.saturating_sub(REACH));
    let mut present = false;
    for word in (first..date).rev() {
        match read(reading, word) {
            // `has said`, `is scheduled`: the auxiliary only counts when nothing else is there.
            Tense::Present => present = true,
            Tense::Unknown => {}
            tense => return tense,
        }
    }
    if present { Tense::Present } else { Tense::Unknown }
}

fn right(reading: &Reading, sentence: &Range<usize>, date: usize) -> Tense {
    let last = sentence.end.min(date + REACH);
    let mut present = false;
    for word in date..last {
        match read(reading, word) {
            Tense::Present => present = true,
            Tense::Unknown => {}
            Tense::Past if present => return Tense::Past,
            tense => return tense,
        }
    }
    if present { Tense::Present } else { Tense::Unknown }
}

fn read(reading: &Reading, word: usize) -> Tense {
    if reading.kind(word) != Kind::Letters || reading.case(word) == Case::Capital {
        return Tense::Unknown;
    }
    let text = reading.lower(word);
    if text == "to" {
        return if looks_ahead(reading, word) { Tense::Future } else { Tense::Unknown };
    }
    // `could raise rates in December`, but `could have raised`
    if text == "could" {
        let next = reading.lower(word + 1);
        let back =
            matches!(next, "not" | "have" | "only" | "never" | "see" | "hear" | "feel" | "tell" | "find" | "afford")
                || reading.kind(word + 1) != Kind::Letters;
        return if back { Tense::Unknown } else { Tense::Future };
    }
    let evidence = WORDS.get(text).map(Vec::as_slice).unwrap_or_default();
    if evidence.contains(&Evidence::Future) {
        return Tense::Future;
    }
    // `to be held`, `should be completed`: the participle says nothing, what stands before `be` does.
    if word > 0 && matches!(reading.lower(word - 1), "be" | "get" | "remain" | "being") {
        return Tense::Unknown;
    }
    if evidence.contains(&Evidence::Past) {
        return Tense::Past;
    }
    if evidence.contains(&Evidence::Present) {
        return Tense::Present;
    }
    if text.len() >= 4 && text.ends_with("ed") && !text.ends_with("eed") { Tense::Past } else { Tense::Unknown }
}

/// Whether a word alone says that something is to come.
pub fn is_ahead(reading: &Reading, word: usize) -> bool {
    read(reading, word) == Tense::Future
}

/// Whether `to` begins an infinitive that looks ahead: `is to meet`, `agreed to meet`.
fn looks_ahead(reading: &Reading, to: usize) -> bool {
    let Some(before) = to.checked_sub(1) else { return false };
    if reading.lower(to + 1) == "be" {
        return true;
    }
    let verb = reading.kind(to + 1) == Kind::Letters && reading.case(to + 1) == Case::Lower;
    let noun = matches!(reading.lower(to + 1), "the" | "a" | "an" | "his" | "her" | "its" | "their" | "this" | "that");
    let governs = WORDS.get(reading.lower(before)).is_some_and(|evidence| {
        evidence.iter().any(|evidence| matches!(evidence, Evidence::Governor | Evidence::Future))
    });
    verb && !noun && governs
}
