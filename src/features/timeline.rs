//! The dates of a dispatch in the order of what they mean.

use std::ops::Range;

use super::markup::one_line;
use super::people::dispatch_name;
use crate::annotate::dates::in_words;
use crate::annotate::{Timex, TimexKind};
use crate::text::Span;
use crate::workspace::{Note, Snapshot};

/// The dates of a dispatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The name of the dispatch.
    pub dispatch: String,
    /// The dispatch date, as far as it is known: `2024-12-01`, `2024-12`.
    pub date: Option<String>,
    /// Those that have a day first, by day; then those that have less, by their value.
    pub entries: Vec<Entry>,
}

/// A date of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// In the form of TIMEX3.
    pub value: String,
    /// The value as people say it.
    pub label: String,
    /// On one line.
    pub text: String,
    pub range: Range<usize>,
    pub kind: TimexKind,
    /// The sentence, or the part of it around the date: one line.
    pub sentence: String,
}

/// Longest text of a date, in characters.
const LONGEST: usize = 80;
/// Bytes of a sentence that are shown in front of the date, and behind it.
const AROUND: usize = 80;

/// The dates of the dispatch that holds byte `offset`; `None` outside of dispatches, and for one that is too long to be
/// annotated while it is edited. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Timeline> {
    let dispatch = snapshot.view.dispatch_at(offset)?;
    let (start, note) = snapshot.notes.of(snapshot, &dispatch)?;
    let mut dates: Vec<&Timex> = note.found.dates.iter().collect();
    // The order of the text is kept among those that mean the same.
    dates.sort_by_key(|date| (vagueness(date), &date.value));
    let entry = |date: &Timex| Entry {
        value: date.value.clone(),
        label: label(date),
        text: one_line(date.span.of(&note.text), LONGEST),
        range: date.span.at(start),
        kind: date.kind,
        sentence: sentence(&note, date.span),
    };
    Some(Timeline {
        dispatch: dispatch_name(snapshot, &dispatch),
        date: note.date.map(|date| date.to_string()),
        entries: dates.into_iter().map(entry).collect(),
    })
}

/// Days first, then months, weeks and years, then what is no time at all on a calendar.
fn vagueness(date: &Timex) -> u8 {
    let day = |value: &str| value.parse::<jiff::civil::Date>().is_ok();
    match date.kind {
        TimexKind::Date | TimexKind::Time if date.value.get(..10).is_some_and(day) => 0,
        TimexKind::Date | TimexKind::Time if date.value.starts_with(|first: char| first.is_ascii_digit()) => 1,
        TimexKind::Date | TimexKind::Time => 2,
        TimexKind::Duration => 3,
        TimexKind::Set => 4,
    }
}

fn label(date: &Timex) -> String {
    match &date.until {
        Some(until) => format!("{} – {}", in_words(&date.value), in_words(until)),
        None => in_words(&date.value),
    }
}

/// The sentence around a span; of a long one the part around it.
fn sentence(note: &Note, span: Span) -> String {
    let (text, sentences) = (&note.text, &note.found.sentences);
    let behind = sentences.partition_point(|sentence| sentence.end <= span.start);
    let whole = sentences.get(behind).copied().unwrap_or(span);
    let (start, end) = (span.start as usize, span.end as usize);
    // A date may lie across what was taken for the end of a sentence.
    let from = text.ceil_char_boundary((whole.start as usize).max(start.saturating_sub(AROUND)).min(start));
    let to = text.floor_char_boundary((whole.end as usize).min(end + AROUND).max(end));
    let part = Span::new(word_start(text, from, whole.start as usize), word_end(text, end..to, whole));
    let front = if part.start > whole.start { "… " } else { "" };
    let back = if part.end < whole.end { " …" } else { "" };
    format!("{front}{}{back}", one_line(part.of(text), 4 * AROUND))
}

/// The start of the first whole word from `from` on, unless that is where the sentence starts.
fn word_start(text: &str, from: usize, sentence: usize) -> usize {
    if from <= sentence {
        return from;
    }
    let rest = text.get(from..).unwrap_or_default();
    from + rest.find(' ').filter(|gap| *gap < AROUND / 2).map_or(0, |gap| gap + 1)
}

/// The end of the last whole word in `behind`, unless that goes to where the sentence ends.
fn word_end(text: &str, behind: Range<usize>, sentence: Span) -> usize {
    if behind.end >= sentence.end as usize {
        return behind.end;
    }
    let rest = text.get(behind.clone()).unwrap_or_default();
    behind.start + rest.rfind(' ').filter(|gap| *gap > AROUND / 2).unwrap_or(rest.len())
}
