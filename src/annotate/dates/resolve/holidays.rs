//! Holidays.

use jiff::civil::{Date, Weekday};

use super::{Context, Here, Resolved, days, point_at, small, tiny};
use crate::annotate::Anchor;
use crate::annotate::dates::lexicon::Class;
use crate::annotate::dates::tense::Tense;
use crate::annotate::dates::value::{self, Grain};

impl Context {
    pub(super) fn holiday(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let code = fit.get(Class::DATE)?;
        let at = |year: i16| holiday_on(code, year);
        if let Some(year) = fit.get(Class::YEAR) {
            return point_at(at(small(year)?)?, Grain::Day, Anchor::Itself);
        }
        if let Some(last) = self.background(here) {
            return point_at(at(last.date.year())?, Grain::Day, Anchor::Date(last.number));
        }
        let today = self.today?;
        let mut dates: Vec<Date> =
            [today.year() - 1, today.year(), today.year() + 1].into_iter().filter_map(at).collect();
        dates.sort_by_key(|date| days(*date.min(&today), *date.max(&today)));
        let past = |date: &&Date| **date <= today;
        let date = match (fit.relation(), (here.tense)()) {
            (Some(-1), _) | (None, Tense::Past) => dates.iter().find(past),
            (Some(1), _) | (None, Tense::Future) => dates.iter().find(|date| **date >= today),
            _ => dates.first(),
        };
        point_at(*date?, Grain::Day, Anchor::DispatchDate)
    }
}

/// The day of a holiday in a year, by its code in the table: month and day, or a movable feast.
pub(super) fn holiday_on(code: i32, year: i16) -> Option<Date> {
    let nth =
        |month: i8, nth: i8, weekday: Weekday| Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok();
    match code {
        2000 => easter(year),
        2001 => value::shift(easter(year)?, Grain::Day, -2),
        2002 => value::shift(easter(year)?, Grain::Day, 1),
        2003 => nth(11, 4, Weekday::Thursday),
        2004 => nth(9, 1, Weekday::Monday),
        2005 => nth(5, -1, Weekday::Monday),
        2006 => value::shift(nth(11, 4, Weekday::Thursday)?, Grain::Day, 1),
        2007 => value::shift(easter(year)?, Grain::Day, -7),
        2008 => value::shift(easter(year)?, Grain::Day, -3),
        2009 => value::shift(easter(year)?, Grain::Day, -46),
        2010 => value::shift(easter(year)?, Grain::Day, 50),
        code => Date::new(year, tiny(code / 100)?, tiny(code % 100)?).ok(),
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
pub(super) fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    Date::new(small(year)?, tiny(sum / 31)?, tiny(sum % 31 + 1)?).ok()
}
