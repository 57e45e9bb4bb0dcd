//! Years and centuries, and days of other calendars: they need no date to be seen from.

use jiff::civil::Date;

use super::{Resolved, plain, point, point_at, small, tiny};
use crate::annotate::dates::calendars;
use crate::annotate::dates::grammar::Fit;
use crate::annotate::dates::lexicon::Class;
use crate::annotate::dates::value::{self, Grain};
use crate::annotate::{Anchor, TimexKind};

pub(super) fn year(fit: &Fit) -> Option<Resolved> {
    let mut numbers =
        fit.slots.iter().filter(|(mark, _)| matches!(mark.class, Class::YEAR | Class::YEAR3 | Class::TWO | Class::NUM));
    let first =
        numbers.next().map(|(mark, _)| if mark.class == Class::NUM { mark.value / 1000 } else { mark.value })?;
    let last = numbers.next().map(|(mark, _)| if mark.class == Class::NUM { mark.value / 1000 } else { mark.value });
    if fit.get(Class::ERA) == Some(1) {
        let mut found = plain(TimexKind::Date, &format!("BC{first:04}"));
        found.until = last.map(|last| format!("BC{last:04}"));
        found.point = Date::new(small(1 - first)?, 1, 1).ok().map(|date| (date, Grain::Year));
        return Some(found);
    }
    if fit.has(Class::FISCAL) {
        return Some(plain(TimexKind::Date, &format!("FY{first:04}")));
    }
    let first = match (fit.rule.name, first) {
        ("short-year", 0..30) => 2000 + first,
        ("short-year", _) => 1900 + first,
        _ => first,
    };
    let mut found = point(Date::new(small(first)?, 1, 1).ok()?, Grain::Year, Anchor::Itself);
    found.until = last
        .map(|last| if last < 100 { first / 100 * 100 + last } else { last })
        .filter(|last| *last > first)
        .map(|last| format!("{last:04}"));
    if fit.has(Class::RANGE) && found.until.is_none() {
        return None;
    }
    Some(found)
}

/// `August 480 BC`
pub(super) fn era(fit: &Fit, tail: &str) -> Option<Resolved> {
    let year = fit.get(Class::YEAR).or_else(|| fit.get(Class::YEAR3))?;
    let year = if fit.get(Class::ERA) == Some(1) { 1 - year } else { year };
    let mut found =
        point(Date::new(small(year)?, tiny(fit.month().unwrap_or(1))?, 1).ok()?, Grain::Month, Anchor::Itself);
    found.value = format!("{}{tail}", value::year_of(small(year)?));
    Some(found)
}

pub(super) fn other_calendar(fit: &Fit) -> Option<Resolved> {
    let (day, year) = (fit.get(Class::DAY)?, fit.get(Class::YEAR)?);
    let date = match fit.get(Class::PERSIAN) {
        Some(month) => calendars::persian(year, month, day)?,
        None => calendars::islamic(year, fit.get(Class::ISLAMIC)?, day)?,
    };
    point_at(date, Grain::Day, Anchor::Itself)
}

pub(super) fn century(fit: &Fit) -> Option<Resolved> {
    let century = fit.get(Class::ORD).filter(|century| (1..=30).contains(century))? - 1;
    Some(if fit.get(Class::ERA) == Some(1) {
        plain(TimexKind::Date, &format!("BC{century:02}"))
    } else {
        let mut found = plain(TimexKind::Date, &format!("{century:02}"));
        found.point = Date::new(small(century * 100)?, 1, 1).ok().map(|date| (date, Grain::Century));
        found
    })
}
