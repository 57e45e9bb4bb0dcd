//! What looks like a date and is none: `May` the verb, `March on Washington`, scores, versions, numbers of people.

mod calendar;
mod relative;

use self::calendar::{day, month, numeric, season, year};
use self::relative::{duration, earlier, ends_clause, reference, set, the_unit, time};
use super::atoms::Atoms;
use super::grammar::{Fit, Means};
use super::lexicon::Class;
use crate::annotate::Reading;
use crate::text::Case;

/// A fit in its sentence.
pub struct Place<'a> {
    pub reading: &'a Reading<'a>,
    pub atoms: &'a Atoms,
    pub at: usize,
    pub fit: &'a Fit,
    /// The words of the sentence.
    pub sentence: std::ops::Range<usize>,
}

impl Place<'_> {
    fn first_word(&self) -> usize {
        self.atoms.get(self.at).map_or(0, |atom| atom.word)
    }

    fn last_word(&self) -> usize {
        self.fit.end.checked_sub(1).and_then(|last| self.atoms.get(last)).map_or(0, |atom| atom.word)
    }

    /// The word before the fit, in small letters; empty at the sentence's start.
    fn before(&self, back: usize) -> &str {
        match self.first_word().checked_sub(back) {
            Some(word) if word >= self.sentence.start => self.reading.lower(word),
            _ => "",
        }
    }

    fn behind(&self, ahead: usize) -> &str {
        let word = self.last_word() + ahead;
        if word < self.sentence.end { self.reading.lower(word) } else { "" }
    }

    fn behind_word(&self) -> Option<usize> {
        let word = self.last_word() + 1;
        (word < self.sentence.end).then_some(word)
    }

    fn length(&self) -> usize {
        self.fit.end - self.at
    }
}

const PREPOSITIONS: &[&str] = &[
    "in",
    "on",
    "since",
    "by",
    "until",
    "till",
    "from",
    "to",
    "of",
    "for",
    "during",
    "after",
    "before",
    "between",
    "and",
    "or",
    "through",
    "throughout",
    "around",
    "about",
    "circa",
    "as",
    "than",
    "late",
    "early",
    "mid",
    "or",
    "with",
    "over",
    "at",
    "that",
    "last",
    "next",
    "this",
    "every",
    "each",
    "past",
    "beyond",
    "towards",
    "toward",
    "into",
    "within",
    "below",
    "above",
    "versus",
];

fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// Whether a fit is a date where it stands.
pub fn is_date(place: &Place) -> bool {
    if cuts_word(place) {
        return false;
    }
    let fit = place.fit;
    match fit.rule.means {
        Means::Nothing => false,
        Means::Month => month(place),
        Means::Year => year(place),
        Means::Day => day(place),
        Means::Season => season(place),
        Means::Time => time(place),
        Means::Duration => duration(place),
        Means::Present | Means::Past | Means::Future => reference(place),
        Means::TextUnit if fit.rule.name == "the-unit" => the_unit(place),
        Means::Later if fit.rule.name == "earlier" => earlier(place),
        Means::Unit => match fit.unit() {
            Some(1) => false,
            Some(2 | 3) => fit.has(Class::THIS),
            _ => true,
        },
        Means::TextUnit => !matches!(fit.unit(), Some(1..=3)) && (fit.rule.name != "unit-before" || ends_clause(place)),
        Means::Set => set(place),
        Means::Decade if fit.rule.name == "decade" && fit.get(Class::DECADE).is_some_and(|decade| decade < 100) => {
            // `in his 70s`, `temperatures in the 30s`, `a handful of $20s`
            fit.get(Class::DECADE).is_some_and(|decade| decade >= 50)
                && !matches!(
                    place.before(1),
                    "his" | "her" | "their" | "my" | "your" | "$" | "low" | "high" | "upper" | "mid" | "lower"
                )
        }
        Means::Decade => {
            fit.rule.name != "decade-apostrophe"
                || fit.get(Class::YEAR).is_some_and(|year| year % 10 == 0 && year < 2000)
        }
        Means::Numeric => numeric(place),
        Means::Holiday => !matches!(place.behind(1), "island" | "card"),
        // `a bloody Sunday` is a day like any other.
        Means::NamedDay => place.reading.case(place.first_word()) != Case::Lower,
        Means::Nth => true,
        _ => true,
    }
}

/// A fit must not begin or end within a word, years and such apart.
fn cuts_word(place: &Place) -> bool {
    let hyphen = |at: usize| place.atoms.has(at, Class::HYPHEN);
    let robust = matches!(place.fit.rule.means, Means::Year | Means::Decade | Means::Present | Means::Century)
        || place.fit.has(Class::YEAR);
    let range = hyphen(place.fit.end)
        && [Class::DAY, Class::MONTH, Class::YEAR, Class::WEEKDAY]
            .iter()
            .any(|class| place.atoms.has(place.fit.end + 1, *class));
    if hyphen(place.fit.end) && !robust && !range {
        return true;
    }
    if place.fit.rule.means == Means::Present && hyphen(place.fit.end) {
        return false;
    }
    match place.at.checked_sub(1) {
        Some(before) if hyphen(before) => {
            let from = before.saturating_sub(1);
            if [Class::DAY, Class::MONTH, Class::YEAR, Class::WEEKDAY].iter().any(|class| place.atoms.has(from, *class))
            {
                return false;
            }
            let prefix = before.checked_sub(1).and_then(|at| place.atoms.get(at));
            let prefix = prefix.map_or("", |atom| atom.span.of(place.reading.text));
            !(robust && matches!(prefix, "post" | "pre" | "Post" | "Pre" | "late" | "early"))
        }
        _ => false,
    }
}
