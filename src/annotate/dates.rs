//! Dates, times, durations and sets of them (TIMEX3).
//!
//! Words that say when are a table (`tables/lexicon.txt`), how they make dates is another (`tables/patterns.txt`). What fits
//! is looked at once more, for `May` is a name, too ([`filters`]), and is then given its value, seen from the dispatch date or
//! from the date before it ([`resolve`]).

mod atoms;
mod calendars;
mod doubts;
mod filters;
mod grammar;
pub(super) mod language;
pub(super) mod lexicon;
mod resolve;
mod slots;
mod tense;
mod value;
mod words;

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

pub use self::doubts::{Doubt, DoubtKind, doubts};
pub use self::words::in_words;

use self::atoms::Atoms;
use self::filters::Place;
use self::grammar::{Fit, Grammar, Means};
use self::language::Language;
use self::lexicon::{Class, Entry, Lexicon};
use self::resolve::{Context, Here, Seen};
use super::{Anchor, Reading, Timex, TimexKind};
use crate::corpus::PartialDate;
use crate::text::{Kind, Span};

struct Tables {
    lexicon: Lexicon,
    grammar: Grammar,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new(include_str!("dates/tables/lexicon.txt"));
    let grammar = Grammar::new(include_str!("dates/tables/patterns.txt"), &mut lexicon);
    Tables { lexicon, grammar }
});

/// The words of the lexicon, with what each can be.
pub(super) fn words() -> impl Iterator<Item = (&'static str, &'static Entry)> {
    TABLES.lexicon.words()
}

/// A date that was found, before it is known what it means.
struct Found {
    fit: Fit,
    span: Span,
    words: Range<usize>,
    sentence: usize,
    attacks: bool,
    /// Whether it says how often something costs or happens: `15 a year`.
    rate: bool,
}

/// The dates of a text, in order and none inside another. `date` is the dispatch date.
pub fn find(reading: &Reading, date: Option<PartialDate>) -> Vec<Timex> {
    let found = all_fits(reading);
    let mut context = Context {
        dispatch: date,
        today: date.and_then(PartialDate::date),
        narrative: is_narrative(&found, date),
        seen: Vec::new(),
    };
    let mut dates = Vec::with_capacity(found.len());
    let mut places = Vec::with_capacity(found.len());
    for (number, one) in found.iter().enumerate() {
        let day = found.get(number + 1).filter(|next| day_behind(reading, one, next));
        let joined = match day {
            Some(day) => Some(joined(&one.fit, &day.fit)),
            None => found.get(number + 1).and_then(|next| with_year_of(reading, one, next)),
        };
        let known = OnceCell::new();
        let tense = || *known.get_or_init(|| tense::around(reading, one.words.clone()));
        let closely_past = || tense::is_closely_past(reading, one.words.clone());
        let here = Here {
            fit: joined.as_ref().unwrap_or(&one.fit),
            sentence: one.sentence,
            tense: &tense,
            closely_past: &closely_past,
            attacks: one.attacks,
        };
        let Some(mut resolved) = context.resolve(&here) else { continue };
        if one.rate && resolved.kind == TimexKind::Duration {
            resolved.kind = TimexKind::Set;
        }
        // What sales are compared with is not what is spoken of.
        let aside = (context.narrative && resolved.anchor == Anchor::DispatchDate)
            || matches!(one.fit.rule.name, "year-earlier" | "year-ago" | "same-period");
        if let Some((date, grain)) = resolved.point.filter(|_| !aside) {
            let explicit = resolved.anchor == Anchor::Itself || matches!(resolved.anchor, Anchor::Date(_));
            context.seen.push(Seen { number: dates.len(), date, grain, sentence: one.sentence, explicit });
        }
        places.push(one.words.clone());
        dates.push(Timex {
            span: one.span,
            kind: resolved.kind,
            value: resolved.value,
            modifier: resolved.modifier,
            until: resolved.until,
            anchor: resolved.anchor,
            other: resolved.other,
            rule: one.fit.rule.name,
        });
    }
    find_ranges(reading, &mut dates, &places);
    dates
}

/// Whether a clock time is of the day that is named behind it: `5:34 a.m. on March 20`.
fn day_behind(reading: &Reading, time: &Found, day: &Found) -> bool {
    let between = time.words.end..day.words.start;
    time.fit.rule.means == Means::Time
        && day.fit.rule.means == Means::Day
        && time.sentence == day.sentence
        && between.len() <= 3
        && between.into_iter().all(|word| !matches!(reading.lower(word), "and" | "to" | "or" | "-" | "–"))
}

fn joined(time: &Fit, day: &Fit) -> Fit {
    let slots = time.slots.iter().chain(&day.slots).copied().collect();
    Fit { end: time.end, rule: time.rule, slots }
}

/// `between January and March 2024`: the first month is of that year, too; a later month is of the year before.
fn with_year_of(reading: &Reading, first: &Found, second: &Found) -> Option<Fit> {
    let between = first.words.end..second.words.start;
    let named =
        |one: &Found| matches!(one.fit.rule.name, "month" | "month-year" | "calendar-day" | "part-of-day-of-date");
    let year = second.fit.get(Class::YEAR)?;
    if !named(first)
        || !named(second)
        || first.fit.has(Class::YEAR)
        || first.fit.relation().is_some()
        || first.sentence != second.sentence
        || between.len() > 1
        || !between.into_iter().all(|word| {
            matches!(reading.lower(word), "and" | "to" | "or" | "-" | "–" | "—" | "," | "until" | "through")
        })
    {
        return None;
    }
    let (from, to) = (first.fit.month()?, second.fit.month()?);
    let value = if from > to { year - 1 } else { year };
    let mut fit = first.fit.clone();
    fit.slots.push((lexicon::Mark { class: Class::YEAR, value }, 0));
    Some(fit)
}

/// Gives the first date of `from … to …`, `between … and …` and `…–…` the second's value as its end.
fn find_ranges(reading: &Reading, dates: &mut [Timex], words: &[Range<usize>]) {
    for number in 1..dates.len() {
        let (Some(first), Some(second)) = (words.get(number - 1), words.get(number)) else { return };
        let between = first.end..second.start;
        let same_word = first.end > second.start;
        let link = reading.lower(between.start);
        let before = first.start.checked_sub(1).map_or("", |word| reading.lower(word));
        let linked = same_word
            || (between.len() == 1
                && match link {
                    "-" | "–" | "—" => true,
                    "to" | "until" | "till" | "through" => before == "from" || link == "through",
                    "and" => before == "between",
                    _ => false,
                });
        let until =
            dates.get(number).filter(|second| second.kind == TimexKind::Date).map(|second| second.value.clone());
        if let (true, Some(until), Some(first)) = (linked, until, dates.get_mut(number - 1)) {
            let comparable = first.kind == TimexKind::Date
                && first.until.is_none()
                && first.value.len() == until.len()
                && first.value < until;
            if comparable
                && reading.sentence_of(words.get(number - 1).map_or(0, |words| words.start))
                    == reading.sentence_of(second.start)
            {
                first.until = Some(until);
            }
        }
    }
}

/// A sentence of more words is no sentence, and is looked at in parts.
const LONGEST: usize = 2000;

/// What fits, sentence by sentence.
fn all_fits(reading: &Reading) -> Vec<Found> {
    let tables = &*TABLES;
    let mut atoms = Atoms::default();
    let mut fits = Vec::new();
    let mut language = Language::new(reading);
    let mut found = Vec::new();
    let parts = reading.sentences.iter().enumerate().flat_map(|(number, sentence)| {
        sentence.clone().step_by(LONGEST).map(move |start| (number, start..sentence.end.min(start + LONGEST)))
    });
    for (number, sentence) in parts {
        if !sentence.clone().any(|word| is_trigger(reading, word, &tables.lexicon)) {
            continue;
        }
        atoms.read(reading, sentence.clone(), &tables.lexicon);
        let mut at = 0;
        while at < atoms.list.len() {
            tables.grammar.fits(&atoms, at, &mut fits);
            let good = fits.iter().position(|fit| {
                let place = Place { reading, atoms: &atoms, at, fit, sentence: sentence.clone() };
                fit.rule.means == Means::Nothing || filters::is_date(&place)
            });
            let Some(fit) = good.map(|good| fits.swap_remove(good)) else {
                at += 1;
                continue;
            };
            let end = fit.end;
            let iso = fit.has(Class::ISODATE);
            if fit.rule.means != Means::Nothing && (iso || language.is_english(sentence.start)) {
                found.extend(make(reading, &atoms, at, fit, number));
            }
            at = end.max(at + 1);
        }
    }
    found
}

fn make(reading: &Reading, atoms: &Atoms, at: usize, fit: Fit, sentence: usize) -> Option<Found> {
    let first = atoms.get(at)?;
    let last = atoms.get(fit.end.checked_sub(1)?)?;
    let span = Span { start: first.span.start, end: last.span.end };
    let words = first.word..last.word + 1;
    let attacks = matches!(
        reading.lower(last.word + 1),
        "attack"
            | "memorial"
            | "conspiracy"
            | "families"
            | "attacks"
            | "terror"
            | "terrorist"
            | "hijackings"
            | "hijackers"
            | "commission"
            | "strikes"
    );
    let before = at.checked_sub(1);
    let rate = fit.rule.name == "duration"
        && fit.end - at == 2
        && fit.has(Class::UNIT)
        && matches!(reading.lower(first.word), "a" | "an")
        && before.is_some_and(|before| {
            atoms.get(before).is_some_and(|atom| {
                reading.kind(atom.word) == Kind::Number
                    || matches!(
                        reading.lower(atom.word),
                        "%" | "percent" | "million" | "billion" | "times" | "dollars" | "euros" | "once" | "twice"
                    )
            })
        });
    Some(Found { fit, span, words, sentence, attacks, rate })
}

/// Whether a word makes its sentence worth a closer look.
fn is_trigger(reading: &Reading, word: usize, lexicon: &Lexicon) -> bool {
    match reading.kind(word) {
        Kind::Number => {
            let text = reading.lower(word);
            let mark = |near: usize, marks: &[&str]| marks.contains(&reading.lower(near));
            atoms::is_trigger(text, mark(word + 1, &["/"]))
                || (text.len() == 2 && word > 0 && mark(word - 1, &["'", "’", "‘"]))
        }
        Kind::Letters => {
            let compound = || Some(reading.lower(word)).filter(|text| text.len() > 5 && atoms::has_hyphen(text));
            reading.row(word).dates.is_some_and(|entry| entry.trigger)
                || compound().is_some_and(|text| text.split('-').any(|part| is_trigger_part(part, lexicon)))
        }
        Kind::Possessive | Kind::Punctuation => false,
    }
}

fn is_trigger_part(part: &str, lexicon: &Lexicon) -> bool {
    if part.starts_with(|first: char| first.is_ascii_digit()) {
        atoms::is_trigger(part, false)
    } else {
        lexicon.is_trigger(part)
    }
}

/// Whether a text tells of times long before its dispatch date.
fn is_narrative(found: &[Found], date: Option<PartialDate>) -> bool {
    let Some(now) = date.map(|date| i32::from(date.year)) else { return true };
    let years = found.iter().filter_map(|one| {
        let year = one.fit.get(Class::YEAR)?;
        Some(if one.fit.get(Class::ERA) == Some(1) { -year } else { year })
    });
    let (mut near, mut far, mut all) = (0, 0, 0);
    for year in years {
        all += 1;
        if (now - year).abs() <= 2 {
            near += 1;
        } else if year < now {
            far += 1;
        }
    }
    // A dispatch speaks of Sunday, of yesterday, of last week; a history does not.
    let fresh = found
        .iter()
        .filter(|one| matches!(one.fit.rule.name, "relative-day" | "unit" | "day-part" | "this-part" | "ago"));
    let fresh = fresh.count();
    let months = found.iter().filter(|one| one.fit.month().is_some()).count();
    far >= 3 && fresh * 8 < all + months && (far > 2 * near || all >= 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_read() {
        assert_eq!(TABLES.grammar.problems, Vec::<String>::new());
    }
}
