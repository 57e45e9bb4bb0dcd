//! The dispatch date: the places that can give it, and which one counts.

use std::ops::Range;

use jiff::civil::Date;

use super::Options;
use super::date::PartialDate;
use super::header::HeaderLines;
use super::mark::Mark;
use super::opening::Opening;
use super::span::Span;

/// Most days by which a weekday without a year may be away from the dispatch date.
const NEAR: i32 = 31;

/// Where a dispatch date comes from, in the order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateSource {
    Header,
    Prologue,
    Dateline,
    Name,
    CorpusName,
}

impl DateSource {
    pub fn name(self) -> &'static str {
        match self {
            DateSource::Header => "header",
            DateSource::Prologue => "prologue",
            DateSource::Dateline => "dateline",
            DateSource::Name => "name",
            DateSource::CorpusName => "corpus file's name",
        }
    }
}

/// The day against which relative dates are resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchDate {
    pub source: DateSource,
    pub date: PartialDate,
    /// Where it stands; `None` for a date from the corpus file's name.
    pub range: Option<Range<usize>>,
}

/// A date of a dispatch, from one of the places that can give it.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    pub source: DateSource,
    pub date: PartialDate,
    /// Relative to the piece; `None` for the corpus file's name.
    pub span: Option<Span>,
}

/// The dates that a dispatch gives for itself, the one that counts first.
pub fn dispatch_dates(opening: &Opening, mark: Option<&Mark>, options: &Options) -> Vec<Dated> {
    let mut dates = Vec::new();
    if let Some((date, span)) = opening.header.as_ref().and_then(HeaderLines::date) {
        dates.push(Dated { source: DateSource::Header, date, span: Some(span) });
    }
    if let Some((date, prologue)) = opening.prologue.as_ref().and_then(|prologue| Some((prologue.date?, prologue))) {
        dates.push(Dated { source: DateSource::Prologue, date, span: Some(prologue.date_span) });
    }
    let name = opening.name_date.zip(mark).map(|((date, span), mark)| Dated {
        source: DateSource::Name,
        date,
        span: Some(span.moved(mark.name.start as usize)),
    });
    // The corpus file is named after one dispatch only where it is one; else its date is the dump's.
    let corpus = super::date::in_name(&options.file_name).map(|(date, _)| date);
    if let Some(dateline) = &opening.dateline {
        let full = match dateline.year {
            Some(year) => Date::new(year, dateline.month, dateline.day).ok(),
            None => {
                let other = dates.first().or(name.as_ref()).map(|dated| dated.date).or(corpus);
                other.and_then(|other| nearest_any(other, dateline.month, dateline.day))
            }
        };
        if let Some(date) = full {
            dates.push(Dated { source: DateSource::Dateline, date: date.into(), span: Some(dateline.span) });
        }
    }
    dates.extend(name);
    if let Some(date) = corpus {
        dates.push(Dated { source: DateSource::CorpusName, date, span: None });
    }
    dates
}

/// The month and day in the year that is nearest to a date, if that is at most [`NEAR`] days away.
pub fn nearest(to: PartialDate, month: i8, day: i8) -> Option<Date> {
    let to = to.date()?;
    nearest_any(to.into(), month, day).filter(|date| days_between(*date, to).abs() <= NEAR)
}

fn nearest_any(to: PartialDate, month: i8, day: i8) -> Option<Date> {
    let to = to.earliest()?;
    [-1, 0, 1]
        .into_iter()
        .filter_map(|years| Date::new(to.year().checked_add(years)?, month, day).ok())
        .min_by_key(|date| days_between(*date, to).abs())
}

/// Days from one date to another.
pub fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
