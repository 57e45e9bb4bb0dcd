//! Fixes of dates: a `date:` line that is missing, weekdays that are wrong, dates that disagree.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::date::{self, MONTHS, PartialDate, weekday_name};
use super::opening::ZONE;
use super::view::View;
use super::view_findings::Finding;
use crate::text::{Edit, Source};

impl View {
    /// Inserts a `date:` line where the text itself has a date to offer.
    pub(super) fn insert_date(
        &self,
        source: &(impl Source + ?Sized),
        finding: &Finding,
        eol: &str,
    ) -> Vec<(String, Vec<Edit>)> {
        let Some(piece) = self.piece(finding.place) else { return Vec::new() };
        let Some(opening) = piece.opening.as_deref() else { return Vec::new() };
        let Some(dispatch) = self.dispatch_at(finding.base) else { return Vec::new() };
        let text = source.part(dispatch.body.start..dispatch.body.end.min(dispatch.body.start + ZONE));
        let candidate = date::first_full_date(&text);
        let Some(date) = candidate else { return Vec::new() };
        let empty_entry = opening.header.as_ref().and_then(|header| header.entry("date"));
        let edit = match (&opening.header, empty_entry) {
            (_, Some(entry)) => Edit::new(
                entry.line().at(finding.base).start..entry.line().at(finding.base).end,
                format!("date: {date}{eol}"),
            ),
            (Some(header), None) => {
                Edit::insert(finding.base + header.span().start as usize, format!("date: {date}{eol}"))
            }
            (None, None) => Edit::insert(finding.base + opening.body as usize, format!("date: {date}{eol}{eol}")),
        };
        vec![(format!("Insert `date: {date}`"), vec![edit])]
    }

    pub(super) fn take_one_date(
        &self,
        source: &(impl Source + ?Sized),
        finding: &Finding,
        right: PartialDate,
        from: &str,
    ) -> Vec<(String, Vec<Edit>)> {
        let here = source.part(finding.range.clone());
        let mut fixes = Vec::new();
        if let Some(text) = rewritten(&here, right) {
            fixes.push((
                format!("Write `{text}`, the date of the {from}"),
                vec![Edit::new(finding.range.clone(), text.clone())],
            ));
        }
        let winner = self.dispatch_at(finding.base).and_then(|dispatch| dispatch.date).and_then(|date| date.range);
        if let (Some(range), Some(mine)) = (winner, read_back(&here, right)) {
            let old = source.part(range.clone());
            if let Some(text) = rewritten(&old, mine) {
                fixes
                    .push((format!("Change the date of the {from} to `{text}`"), vec![Edit::new(range, text.clone())]));
            }
        }
        fixes
    }
}

/// Correct the weekday; or the date, to the nearest day in its month that was the weekday said.
pub(super) fn weekday_fixes(
    source: &(impl Source + ?Sized),
    finding: &Finding,
    said: Weekday,
    date: Date,
    span: Range<usize>,
) -> Vec<(String, Vec<Edit>)> {
    let typed = source.part(finding.range.clone());
    let full = weekday_name(date.weekday());
    let word = if typed.trim_end_matches('.').ends_with("day") { full } else { full.get(..3).unwrap_or(full) };
    let dot = if typed.ends_with('.') { "." } else { "" };
    let mut fixes =
        vec![(format!("Write `{word}{dot}`"), vec![Edit::new(finding.range.clone(), format!("{word}{dot}"))])];
    let near = [-1, 1, -2, 2, -3, 3].into_iter().filter_map(|days: i64| date.checked_add(days.days()).ok());
    if let Some(other) = near.into_iter().find(|other| other.weekday() == said && other.month() == date.month()) {
        let text = source.part(span.clone());
        if let Some(at) = day_digits(&text, date.day()) {
            let range = span.start + at.start..span.start + at.end;
            fixes.push((
                format!("Write the {}{}", other.day(), ordinal(other.day())),
                vec![Edit::new(range, other.day().to_string())],
            ));
        }
    }
    fixes
}

fn ordinal(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// Where the number of the day stands in a written date.
fn day_digits(text: &str, day: i8) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(skip) = text.get(at..)?.find(|c: char| c.is_ascii_digit()) {
        let start = at + skip;
        let length = text.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
        if length <= 2 && text.get(start..start + length)?.parse() == Ok(day) {
            return Some(start..start + length);
        }
        at = start + length;
    }
    None
}

/// A date written the way `like` is: ISO, digits alone, or month and day with or without the year.
fn rewritten(like: &str, date: PartialDate) -> Option<String> {
    let digits: String = like.chars().filter(char::is_ascii_digit).collect();
    let separator = like.chars().find(|c| !c.is_ascii_digit());
    match (digits.len(), separator) {
        (4 | 6 | 8, Some('-')) if like.is_ascii() && !like.contains(char::is_alphabetic) => Some(date.to_string()),
        (4, None) => Some(date.to_string()),
        (8, None) => Some(date.to_string().replace('-', "")),
        (8, Some(separator @ ('_' | '.'))) => Some(date.to_string().replace('-', &separator.to_string())),
        _ => {
            let full = date.date()?;
            let month = MONTHS.get(usize::try_from(full.month()).ok()?.checked_sub(1)?)?;
            let year = if digits.len() >= 5 { format!(", {}", full.year()) } else { String::new() };
            let day_first = like.starts_with(|c: char| c.is_ascii_digit());
            Some(if day_first {
                format!("{} {month}{}", full.day(), year.replace(", ", " "))
            } else {
                format!("{month} {}{year}", full.day())
            })
        }
    }
}

/// The date that a text which disagrees with `other` says; a year that is missing is the other's.
fn read_back(text: &str, other: PartialDate) -> Option<PartialDate> {
    let iso: String = text.chars().map(|c| if matches!(c, '_' | '.') { '-' } else { c }).collect();
    date::read(&iso).0.only().or_else(|| date::read(&format!("{text}, {}", other.year)).0.only())
}
