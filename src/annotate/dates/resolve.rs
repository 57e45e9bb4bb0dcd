//! What a date means: its value, seen from the dispatch date or from the date before it.

mod amounts;
mod away;
mod days;
mod holidays;
mod periods;
mod times;
mod years;

use jiff::civil::{Date, Weekday};

use super::grammar::{Fit, Means};
use super::lexicon::Class;
use super::tense::Tense;
use super::value::{self, Grain};
use crate::annotate::{Anchor, Modifier, TimexKind};
use crate::corpus::PartialDate;

/// What is known where a date stands.
pub struct Context {
    pub dispatch: Option<PartialDate>,
    /// The dispatch date, where its day is known.
    pub today: Option<Date>,
    /// Whether the text tells of times long before the dispatch: then what is said before a date counts for more.
    pub narrative: bool,
    /// The dates before, the latest last.
    pub seen: Vec<Seen>,
}

/// A date of the text that later ones may be seen from.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Its number among the dates of the text.
    pub number: usize,
    pub date: Date,
    pub grain: Grain,
    pub sentence: usize,
    /// Whether the text itself says the year.
    pub explicit: bool,
}

/// How a date was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    pub kind: TimexKind,
    pub value: String,
    pub modifier: Option<Modifier>,
    pub until: Option<String>,
    pub anchor: Anchor,
    pub other: Option<String>,
    /// What later dates may be seen from.
    pub point: Option<(Date, Grain)>,
}

/// The place of a date in its text.
pub struct Here<'a> {
    pub fit: &'a Fit,
    pub sentence: usize,
    /// Only looked for where it matters.
    pub tense: &'a dyn Fn() -> Tense,
    /// Whether a verb close before it is past; likewise.
    pub closely_past: &'a dyn Fn() -> bool,
    /// Whether the words behind it name the attacks of the day, as in `the Sept. 11 attacks`.
    pub attacks: bool,
}

/// How many sentences back a date may stand that others are seen from, where the text is no narrative.
const NEAR: usize = 1;

impl Context {
    /// What a fit means here; `None` where it cannot be a date after all.
    pub fn resolve(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let found = match fit.rule.means {
            Means::Day => self.day(here),
            Means::Numeric => self.numeric(fit),
            Means::Time => self.time(here),
            Means::Month => self.month(here),
            Means::Year => years::year(fit),
            Means::Decade => self.decade(fit),
            Means::Century => years::century(fit),
            Means::Quarter => self.quarter(here),
            Means::Half => self.half(here),
            Means::Season => self.season(here),
            Means::Weekend => self.weekend(here),
            Means::Unit => self.unit(fit),
            Means::TextUnit => self.text_unit(here),
            Means::Ago => self.ago(fit),
            Means::Later => self.later(here),
            Means::Nth => self.nth(here),
            Means::Holiday => self.holiday(here),
            Means::NamedDay => Some(self.unanchored(here)),
            Means::Persian | Means::Islamic => years::other_calendar(fit),
            Means::Past => Some(plain(TimexKind::Date, "PAST_REF")),
            Means::Present => Some(plain(TimexKind::Date, "PRESENT_REF")),
            Means::Future => Some(plain(TimexKind::Date, "FUTURE_REF")),
            Means::Duration => Some(amounts::duration(fit)),
            Means::Set => Some(amounts::set(fit)),
            Means::Nothing => None,
        };
        let mut found = found?;
        found.modifier = found.modifier.or_else(|| fit.get(Class::MOD).and_then(modifier));
        Some(found)
    }

    fn year_now(&self) -> Option<i16> {
        self.dispatch.map(|date| date.year)
    }

    /// The latest date before this one that is at least as fine as `grain`.
    fn last(&self, finest: Grain) -> Option<Seen> {
        self.seen.iter().rev().find(|seen| seen.grain <= finest).copied()
    }

    /// A date that this one, which names no year, is to be seen from in place of the dispatch date.
    fn background(&self, here: &Here) -> Option<Seen> {
        let mut last = *self.seen.last()?;
        // `December 7 …, 1941`: a year alone says nothing new about the day before it.
        if last.grain == Grain::Year
            && let Some(before) = self.seen.iter().rev().nth(1)
            && before.grain < Grain::Year
            && before.date.year() == last.date.year()
        {
            last = *before;
        }
        if self.narrative {
            return Some(last);
        }
        let year = self.year_now()?;
        let near = here.sentence.saturating_sub(last.sentence) <= NEAR;
        (near
            && last.explicit
            && last.grain <= Grain::Month
            && last.date.year() < year - 1
            && (here.tense)() != Tense::Future)
            .then_some(last)
    }

    /// The year that `last year`, `that year` in a fit means.
    fn relative_year(&self, fit: &Fit) -> Option<(i32, Anchor)> {
        let relation = fit.relation()?;
        if fit.weekday().is_some() && !fit.has(Class::DAY) && !fit.has(Class::DAYORD) {
            return None;
        }
        self.relative_grain(fit, Grain::Year, relation).map(|(date, anchor)| (date.year().into(), anchor))
    }

    /// The dispatch's own year, month, … and so many further; where the fit says so, the one of the date before it.
    fn relative_grain(&self, fit: &Fit, grain: Grain, by: i32) -> Option<(Date, Anchor)> {
        let (from, anchor) = match self.last(grain).filter(|_| fit.again()) {
            Some(last) => (last.date, Anchor::Date(last.number)),
            None => (self.today.or_else(|| self.rough(grain))?, Anchor::DispatchDate),
        };
        Some((value::shift(start(from, grain), grain, by)?, anchor))
    }

    /// The dispatch date, of which day or month are not known, where that is enough.
    fn rough(&self, grain: Grain) -> Option<Date> {
        let date = self.dispatch?;
        let known = grain >= Grain::Year || (grain >= Grain::Month && date.month.is_some());
        known.then(|| date.earliest())?
    }
}

fn modifier(code: i32) -> Option<Modifier> {
    Some(match code {
        1 => Modifier::Start,
        2 => Modifier::Mid,
        3 => Modifier::End,
        4 => Modifier::Before,
        5 => Modifier::After,
        6 => Modifier::Approx,
        7 => Modifier::MoreThan,
        8 => Modifier::LessThan,
        9 => Modifier::EqualOrMore,
        10 => Modifier::EqualOrLess,
        _ => return None,
    })
}

fn plain(kind: TimexKind, value: &str) -> Resolved {
    Resolved {
        kind,
        value: value.to_owned(),
        modifier: None,
        until: None,
        anchor: Anchor::Itself,
        other: None,
        point: None,
    }
}

fn point(date: Date, grain: Grain, anchor: Anchor) -> Resolved {
    Resolved { anchor, point: Some((date, grain)), ..plain(TimexKind::Date, &value::of(date, grain)) }
}

#[expect(clippy::unnecessary_wraps, reason = "what callers return")]
fn point_at(date: Date, grain: Grain, anchor: Anchor) -> Option<Resolved> {
    Some(point(date, grain, anchor))
}

/// A day that may be none: `February 30` keeps what is written.
fn full(year: i32, month: i32, day: i32, anchor: Anchor) -> Resolved {
    valid(year, month, day)
        .map(|found| Resolved { anchor, ..found })
        .unwrap_or_else(|| Resolved { anchor, ..plain(TimexKind::Date, &format!("{year:04}-{month:02}-{day:02}")) })
}

fn valid(year: i32, month: i32, day: i32) -> Option<Resolved> {
    let date = Date::new(small(year)?, tiny(month)?, tiny(day)?).ok()?;
    point_at(date, Grain::Day, Anchor::Itself)
}

fn month_of(year: i32, month: i32, anchor: Anchor) -> Option<Resolved> {
    point_at(Date::new(small(year)?, tiny(month)?, 1).ok()?, Grain::Month, anchor)
}

/// The first day of the month or year, so that a shift keeps within the calendar.
fn start(date: Date, grain: Grain) -> Date {
    match grain {
        Grain::Day | Grain::Week | Grain::Weekend => date,
        Grain::Month => date.first_of_month(),
        Grain::Quarter => Date::new(date.year(), (date.month() - 1) / 3 * 3 + 1, 1).unwrap_or(date),
        Grain::Half => Date::new(date.year(), (date.month() - 1) / 6 * 6 + 1, 1).unwrap_or(date),
        _ => date.first_of_year(),
    }
}

fn small(number: i32) -> Option<i16> {
    i16::try_from(number).ok()
}

fn tiny(number: i32) -> Option<i8> {
    i8::try_from(number).ok()
}

fn weekday_of(number: i32) -> Option<Weekday> {
    Weekday::from_monday_one_offset(tiny(number)?).ok()
}

/// Days from one date to a later one.
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
