//! The dispatch date: the places that can give it, and which one counts.

use std::ops::Range;

use jiff::civil::Date;

use super::date::PartialDate;
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dated {
    pub source: DateSource,
    pub date: PartialDate,
    /// Relative to the piece; `None` for the corpus file's name.
    pub span: Option<Span>,
}

/// The dates that a dispatch gives for itself, the one that counts first. `corpus` is the date in the corpus file's
/// name: the file is named after one dispatch only where it is one, else its date is the dump's.
pub fn dispatch_dates(
    opening: &Opening,
    mark: Option<&Mark>,
    corpus: Option<PartialDate>,
) -> impl Iterator<Item = Dated> + use<> {
    let dated = |source, date, span| Dated { source, date, span };
    let header = opening.header.as_ref().and_then(|header| header.date("date"));
    let header = header.map(|(date, span)| dated(DateSource::Header, date, Some(span)));
    let prologue = opening.prologue().and_then(|prologue| Some((prologue.date?, prologue.date_span)));
    let prologue = prologue.map(|(date, span)| dated(DateSource::Prologue, date, Some(span)));
    let name = opening
        .name_date()
        .zip(mark)
        .map(|((date, span), mark)| dated(DateSource::Name, date, Some(span.moved(mark.name.start as usize))));
    let dateline = opening.dateline.as_ref().and_then(|dateline| {
        let full = match dateline.year {
            Some(year) => Date::new(year, dateline.month, dateline.day).ok()?,
            None => {
                let other = header.or(prologue).or(name).map(|dated| dated.date).or(corpus)?;
                nearest_any(other, dateline.month, dateline.day)?
            }
        };
        Some(dated(DateSource::Dateline, full.into(), Some(dateline.span)))
    });
    let corpus = corpus.map(|date| dated(DateSource::CorpusName, date, None));
    [header, prologue, dateline, name, corpus].into_iter().flatten()
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
