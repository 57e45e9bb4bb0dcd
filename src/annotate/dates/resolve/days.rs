//! Days: of the calendar, of the week, seen from today.

use jiff::civil::{Date, Weekday};

use super::periods::nearest_year;
use super::{Context, Here, NEAR, Resolved, days, full, plain, point, point_at, small, tiny, valid, weekday_of};
use crate::annotate::dates::atoms::MINUTES;
use crate::annotate::dates::grammar::Fit;
use crate::annotate::dates::lexicon::Class;
use crate::annotate::dates::tense::Tense;
use crate::annotate::dates::value::{self, Grain};
use crate::annotate::{Anchor, TimexKind};

impl Context {
    pub(super) fn day(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        if let Some(iso) = fit.get(Class::ISODATE) {
            let date = Date::new(small(iso / 10_000)?, tiny(iso / 100 % 100)?, tiny(iso % 100)?);
            return Some(match date {
                Ok(date) => point(date, Grain::Day, Anchor::Itself),
                Err(_) => {
                    plain(TimexKind::Date, &format!("{:04}-{:02}-{:02}", iso / 10_000, iso / 100 % 100, iso % 100))
                }
            });
        }
        if let Some(minutes) = fit.get(Class::ISOTIME) {
            let date = value::shift(Date::new(1970, 1, 1).ok()?, Grain::Day, minutes.div_euclid(MINUTES))?;
            return Some(point(date, Grain::Day, Anchor::Itself));
        }
        if let (Some(month), Some(day)) = (fit.month(), fit.day()) {
            let mut found = self.month_day(here, month, day)?;
            if fit.has(Class::RANGE) {
                let last = fit.all(Class::DAY).last().unwrap_or(day);
                found.until = found.value.get(..8).map(|head| format!("{head}{last:02}"));
            }
            return Some(found);
        }
        if fit.again()
            && let (Some(weekday), Some(last)) = (fit.weekday().and_then(weekday_of), self.last(Grain::Day))
        {
            let (by, from) = if fit.relation() == Some(-1) {
                (-1, back_to as fn(Date, Weekday) -> Date)
            } else {
                (1, ahead_to as fn(Date, Weekday) -> Date)
            };
            return point_at(
                from(value::shift(last.date, Grain::Day, by)?, weekday),
                Grain::Day,
                Anchor::Date(last.number),
            );
        }
        let Some(today) = self.today else { return Some(self.unanchored(here)) };
        if let Some(offset) = fit.get(Class::DEICTIC).or_else(|| fit.get(Class::TONIGHT)) {
            let more = match fit.rule.name {
                "day-after-next" => fit.get(Class::SIGN).unwrap_or(0),
                "week-from-day" => 7 * fit.get(Class::SIGN).unwrap_or(0),
                _ => 0,
            };
            return point_at(value::shift(today, Grain::Day, offset + more)?, Grain::Day, Anchor::DispatchDate);
        }
        if let Some(weekday) = fit.weekday() {
            return match fit.get(Class::DAYORD) {
                Some(day) => self.weekday_ordinal(weekday, day),
                None => self.weekday(here, today, weekday_of(weekday)?),
            };
        }
        self.ordinal(here, today, fit.get(Class::DAYORD)?)
    }

    /// A value with `X` for what is not known.
    pub(super) fn unanchored(&self, here: &Here) -> Resolved {
        let value = match here.fit.weekday() {
            Some(weekday) => format!("XXXX-WXX-{weekday}"),
            None => "XXXX-XX-XX".to_owned(),
        };
        Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, &value) }
    }

    /// `June 18`, with or without its year.
    pub(super) fn month_day(&self, here: &Here, month: i32, day: i32) -> Option<Resolved> {
        let fit = here.fit;
        if let Some(year) = fit.get(Class::YEAR) {
            return Some(full(year, month, day, Anchor::Itself));
        }
        if here.attacks && (month, day) == (9, 11) {
            return Some(full(2001, month, day, Anchor::Itself));
        }
        if let Some((year, anchor)) = self.relative_year(fit) {
            return Some(full(year, month, day, anchor));
        }
        if let Some(last) = self.background(here) {
            let year = nearest_year(last.date, last.grain, month, day);
            return Some(full(year.into(), month, day, Anchor::Date(last.number)));
        }
        let Some(today) = self.today else {
            return Some(match self.year_now() {
                Some(year) => full(year.into(), month, day, Anchor::DispatchDate),
                None => {
                    Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, &format!("XXXX-{month:02}-{day:02}")) }
                }
            });
        };
        let at = |year: i16| Date::new(year, tiny(month)?, tiny(day)?).ok();
        let years = [today.year() - 1, today.year(), today.year() + 1];
        // A leap day is none in most years.
        let before = years
            .iter()
            .rev()
            .chain([&(today.year() - 2), &(today.year() - 3)])
            .find_map(|year| at(*year).filter(|date| *date <= today));
        let after = years
            .iter()
            .chain([&(today.year() + 2), &(today.year() + 3)])
            .find_map(|year| at(*year).filter(|date| *date >= today));
        let (before, after) = match (before, after) {
            (Some(before), Some(after)) => (before, after),
            (None, None) => return Some(full(today.year().into(), month, day, Anchor::DispatchDate)),
            (one, other) => return point_at(one.or(other)?, Grain::Day, Anchor::DispatchDate),
        };
        if before == after {
            return point_at(before, Grain::Day, Anchor::DispatchDate);
        }
        // `Sunday, December 1`: the weekday tells which year.
        if let Some(weekday) = fit.weekday().and_then(weekday_of)
            && (before.weekday() == weekday) != (after.weekday() == weekday)
        {
            let date = if before.weekday() == weekday { before } else { after };
            if days(date.min(today), date.max(today)) < 300 {
                return point_at(date, Grain::Day, Anchor::DispatchDate);
            }
        }
        let (back, ahead) = (days(before, today), days(today, after));
        let (first, second, close) = match (here.tense)() {
            Tense::Future if back > 14 => (after, before, back < 60 && ahead > 200),
            // What was ten months ago would have been given its year.
            Tense::Past if back < 270 || ahead > 90 || (here.closely_past)() => (before, after, false),
            _ if ahead < back => (after, before, back < 200),
            _ => (before, after, ahead < 200),
        };
        let mut found = point(first, Grain::Day, Anchor::DispatchDate);
        found.other = close.then(|| value::of(second, Grain::Day));
        Some(found)
    }

    pub(super) fn weekday(&self, here: &Here, today: Date, weekday: Weekday) -> Option<Resolved> {
        let fit = here.fit;
        let from = |date: Date, anchor: Anchor| Some(point(date, Grain::Day, anchor));
        let before = back_to(today, weekday);
        let after = ahead_to(today, weekday);
        let strictly_before = if before == today { value::shift(today, Grain::Day, -7)? } else { before };
        let strictly_after = if after == today { value::shift(today, Grain::Day, 7)? } else { after };
        if fit.rule.name == "week-from-day" {
            return match fit.get(Class::SIGN) {
                Some(-1) => from(value::shift(strictly_before, Grain::Day, -7)?, Anchor::DispatchDate),
                _ => from(value::shift(after, Grain::Day, 7)?, Anchor::DispatchDate),
            };
        }
        if fit.get(Class::UNIT) == Some(5) {
            let week = value::shift(today, Grain::Week, fit.relation().unwrap_or(0))?;
            return from(in_week(week, weekday)?, Anchor::DispatchDate);
        }
        match fit.relation() {
            Some(-1) => return from(strictly_before, Anchor::DispatchDate),
            Some(1) => {
                let mut found = point(strictly_after, Grain::Day, Anchor::DispatchDate);
                let later = value::shift(strictly_after, Grain::Day, 7)?;
                let same_week = strictly_after.iso_week_date().week() == today.iso_week_date().week();
                found.other = same_week.then(|| value::of(later, Grain::Day));
                return Some(found);
            }
            Some(0) => {
                let past = (here.tense)() == Tense::Past;
                let (first, second) = if past { (before, after) } else { (after, before) };
                let mut found = point(first, Grain::Day, Anchor::DispatchDate);
                found.other = (first != second && !past).then(|| value::of(second, Grain::Day));
                return Some(found);
            }
            _ => {}
        }
        let tense = (here.tense)();
        if self.narrative
            && let Some(last) = self.last(Grain::Day)
        {
            // What is told as past is no later than the telling.
            let next = ahead_to(last.date, weekday);
            if next <= today || tense != Tense::Past {
                return from(next, Anchor::Date(last.number));
            }
        }
        let mut found = match tense {
            Tense::Future => point(after, Grain::Day, Anchor::DispatchDate),
            _ => point(before, Grain::Day, Anchor::DispatchDate),
        };
        if before != after && matches!(tense, Tense::Unknown) {
            found.other = Some(value::of(after, Grain::Day));
        }
        Some(found)
    }

    /// `Monday the 5th`: the nearest month in which that is so.
    pub(super) fn weekday_ordinal(&self, weekday: i32, day: i32) -> Option<Resolved> {
        let weekday = weekday_of(weekday)?;
        let today = self.today?;
        let fits = |months: i32| {
            let month = value::shift(today.first_of_month(), Grain::Month, months)?;
            let date = Date::new(month.year(), month.month(), tiny(day)?).ok()?;
            (date.weekday() == weekday).then_some(date)
        };
        let date = (0..12).find_map(|months| fits(-months).or_else(|| fits(months)))?;
        point_at(date, Grain::Day, Anchor::DispatchDate)
    }

    /// `the 19th`
    pub(super) fn ordinal(&self, here: &Here, today: Date, day: i32) -> Option<Resolved> {
        let (month, anchor) = match (here.fit.relation(), self.last(Grain::Month)) {
            (Some(by), _) => (value::shift(today.first_of_month(), Grain::Month, by)?, Anchor::DispatchDate),
            (None, Some(last)) if self.narrative || here.sentence.saturating_sub(last.sentence) <= NEAR => {
                (last.date, Anchor::Date(last.number))
            }
            _ => {
                let by = match (here.tense)() {
                    Tense::Past if day > today.day().into() => -1,
                    Tense::Future if day < today.day().into() => 1,
                    _ => 0,
                };
                (value::shift(today.first_of_month(), Grain::Month, by)?, Anchor::DispatchDate)
            }
        };
        Some(full(month.year().into(), month.month().into(), day, anchor))
    }

    pub(super) fn numeric(&self, fit: &Fit) -> Option<Resolved> {
        if let Some(dotted) = fit.get(Class::DOTTED) {
            return valid(dotted / 10_000, dotted / 100 % 100, dotted % 100);
        }
        let numbers: Vec<i32> = fit
            .slots
            .iter()
            .filter(|(mark, _)| matches!(mark.class, Class::DAY | Class::TWO | Class::YEAR))
            .map(|(mark, _)| mark.value)
            .collect();
        let (a, b, year) = match (fit.rule.name, numbers.as_slice()) {
            ("nine-eleven", _) => return Some(full(2001, 9, 11, Anchor::Itself)),
            ("numeric-year-first", [year, month, day]) => return valid(*year, *month, *day),
            (_, [a, b, year]) => (*a, *b, *year),
            _ => return None,
        };
        let year = match year {
            0..69 => 2000 + year,
            69..100 => 1900 + year,
            _ => year,
        };
        // The American order is the likelier in English news; the dispatch's own day settles it.
        let american = valid(year, a, b);
        let other = valid(year, b, a);
        let near = |found: &Option<Resolved>| {
            let date = found.as_ref()?.point?.0;
            Some(days(date.min(self.today?), date.max(self.today?)))
        };
        let (mut found, other) = match (american, other) {
            (Some(american), Some(other))
                if near(&Some(other.clone())).is_some_and(|gap| gap < 8)
                    && near(&Some(american.clone())).is_some_and(|gap| gap > 20) =>
            {
                (other, Some(american))
            }
            (Some(american), other) => (american, other),
            (None, Some(other)) => (other, None),
            (None, None) => return None,
        };
        found.other = other.map(|other| other.value).filter(|other| *other != found.value);
        Some(found)
    }
}

/// The first such weekday on or after a date.
pub(super) fn ahead_to(date: Date, weekday: Weekday) -> Date {
    let ahead = i32::from(weekday.since(date.weekday()));
    value::shift(date, Grain::Day, ahead).unwrap_or(date)
}

/// The latest such weekday on or before a date.
pub(super) fn back_to(date: Date, weekday: Weekday) -> Date {
    let back = i32::from(date.weekday().since(weekday));
    value::shift(date, Grain::Day, -back).unwrap_or(date)
}

/// A weekday of the ISO week of `date`.
pub(super) fn in_week(date: Date, weekday: Weekday) -> Option<Date> {
    let week = date.iso_week_date();
    jiff::civil::ISOWeekDate::new(week.year(), week.week(), weekday).ok().map(jiff::civil::ISOWeekDate::date)
}
