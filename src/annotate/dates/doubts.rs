//! What is doubtful about the dates of a text: data for findings.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::TABLES;
use super::tense::{self, Tense};
use crate::annotate::{Anchor, Reading, Timex, TimexKind};
use crate::corpus::PartialDate;
use crate::text::Span;

/// Something doubtful about a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What it is about: the weekday, or the whole date.
    pub span: Span,
    /// The date's number.
    pub date: usize,
    pub kind: DoubtKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoubtKind {
    /// The date fell on another weekday than the text says.
    Weekday { said: Weekday, is: Weekday },
    /// No calendar has this day: `February 30`.
    Impossible,
    /// `03/04/2024`: the value that it could have as well.
    Ambiguous { other: String },
    /// It lies after the dispatch date, and is told as past.
    FutureToldAsPast,
    /// Two calendars that are said to mean the same day do not: the day that the first one means.
    Calendars { first: Date },
}

/// The doubts about `dates`, which were found in `reading` for the dispatch date `date`; in the order of the text.
pub fn doubts(reading: &Reading, dates: &[Timex], date: Option<PartialDate>) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (number, timex) in dates.iter().enumerate() {
        if !matches!(timex.kind, TimexKind::Date | TimexKind::Time) {
            continue;
        }
        let words = reading.words_in(timex.span);
        let mut doubt = |span: Span, kind: DoubtKind| doubts.push(Doubt { span, date: number, kind });
        let day = timex.value.get(..10).and_then(|value| value.parse::<Date>().ok());
        if is_impossible(&timex.value) {
            doubt(timex.span, DoubtKind::Impossible);
            continue;
        }
        if let (Some(day), Some((span, said))) = (day, weekday_said(reading, timex, words.clone()))
            && day.weekday() != said
        {
            doubt(span, DoubtKind::Weekday { said, is: day.weekday() });
        }
        if let Some(other) = timex.other.as_ref().filter(|_| timex.rule.starts_with("numeric")) {
            doubt(timex.span, DoubtKind::Ambiguous { other: other.clone() });
        }
        if is_told_too_early(reading, timex, words.clone(), date) {
            doubt(timex.span, DoubtKind::FutureToldAsPast);
        }
        if let Some(first) = twin_disagrees(reading, timex, dates.get(number + 1)) {
            doubt(timex.span, DoubtKind::Calendars { first });
        }
    }
    doubts
}

/// A value with month and day that no calendar has.
fn is_impossible(value: &str) -> bool {
    let Some(day) = value.get(..10) else { return false };
    let is_day =
        day.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    is_day && day.parse::<Date>().is_err()
}

/// The weekday that stands beside a date of the calendar, and where.
fn weekday_said(reading: &Reading, timex: &Timex, words: Range<usize>) -> Option<(Span, Weekday)> {
    let has_number = words.clone().any(|word| reading.lower(word).starts_with(|first: char| first.is_ascii_digit()));
    if !has_number || timex.rule == "week-from-day" || timex.rule == "clock-day" || timex.rule == "day-clock" {
        return None;
    }
    // In front of the date as a part of it, or behind it in brackets or between commas.
    let beside = words.start..(words.end + 2).min(reading.sentence_at(words.start).end);
    let word = beside.clone().find(|word| weekday_of(reading, *word).is_some())?;
    if word >= words.end
        && !(word == words.end + 1
            && matches!(reading.lower(words.end), "(" | ",")
            && matches!(reading.lower(word + 1), ")" | ","))
    {
        return None;
    }
    Some((reading.get(word)?.span, weekday_of(reading, word)?))
}

fn weekday_of(reading: &Reading, word: usize) -> Option<Weekday> {
    let number = TABLES.lexicon.value_of(reading.lower(word), super::Class::WEEKDAY)?;
    Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()
}

/// Words of a sentence that may put what is past into the future after all.
const AHEAD: &[&str] = &[
    "to",
    "for",
    "until",
    "till",
    "by",
    "before",
    "due",
    "next",
    "from",
    "after",
    "since",
    "through",
    "ahead",
    "upcoming",
    "coming",
    "if",
    "deadline",
    "forecast",
    "target",
    "plan",
    "plans",
    "planned",
    "bid",
    "candidate",
    "ends",
    "between",
    "and",
    "than",
    "future",
    "expire",
    "called",
    "delayed",
    "postponed",
    "moved",
    "extended",
    "starting",
    "beginning",
    "ending",
    "effective",
    "vowed",
    "pledged",
];

/// `He died on March 5, 2031`, in a dispatch of 2024. Only where the sentence leaves no other reading.
fn is_told_too_early(reading: &Reading, timex: &Timex, words: Range<usize>, date: Option<PartialDate>) -> bool {
    let Some(latest) = date.and_then(PartialDate::latest) else { return false };
    if timex.anchor != Anchor::Itself || !after(&timex.value, latest) {
        return false;
    }
    let sentence = reading.sentence_at(words.start);
    let before = words.start.checked_sub(1).filter(|word| *word >= sentence.start);
    let stands = before.is_none_or(|word| matches!(reading.lower(word), "on" | "in" | "," | "("));
    let ahead = sentence.clone().any(|word| AHEAD.contains(&reading.lower(word)) || tense::is_ahead(reading, word));
    stands && !ahead && tense::around(reading, words) == Tense::Past
}

/// Whether a value of ten, seven or four characters lies wholly after a day.
fn after(value: &str, day: Date) -> bool {
    let day = day.to_string();
    let length = value.len().min(10);
    matches!(length, 4 | 7 | 10)
        && value.starts_with(|first: char| first.is_ascii_digit())
        && value.get(..length) > day.get(..length)
        && value.bytes().take(length).all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// `13 Azar 1403 (December 4, 2024)`: the day that the first one means, where it is not that of the second.
fn twin_disagrees(reading: &Reading, timex: &Timex, next: Option<&Timex>) -> Option<Date> {
    let next = next?;
    let tolerance = match timex.rule {
        "persian-day" => 0,
        // The moon may be seen a day or two before or after what the table says.
        "islamic-day" => 2,
        _ => return None,
    };
    let between = reading.text.get(timex.span.end as usize..next.span.start as usize)?;
    if !matches!(between.trim_matches([' ', '\u{a0}']), "(" | "/" | "," | "[" | "or" | "—" | "–" | "-") {
        return None;
    }
    let first: Date = timex.value.parse().ok()?;
    let second: Date = next.value.parse().ok()?;
    let days = first.until(second).ok()?.get_days().abs();
    (days > tolerance).then_some(first)
}
