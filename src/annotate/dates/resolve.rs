//! What a date means: its value, seen from the dispatch date or from the date before it.

use jiff::civil::{Date, Weekday};

use super::atoms::{self, MINUTES};
use super::calendars;
use super::grammar::{Fit, Means};
use super::lexicon::Class;
use super::slots::Amount;
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
            Means::Year => year(fit),
            Means::Decade => self.decade(fit),
            Means::Century => century(fit),
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
            Means::Persian | Means::Islamic => other_calendar(fit),
            Means::Past => Some(plain(TimexKind::Date, "PAST_REF")),
            Means::Present => Some(plain(TimexKind::Date, "PRESENT_REF")),
            Means::Future => Some(plain(TimexKind::Date, "FUTURE_REF")),
            Means::Duration => Some(duration(fit)),
            Means::Set => Some(set(fit)),
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

    fn day(&self, here: &Here) -> Option<Resolved> {
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
    fn unanchored(&self, here: &Here) -> Resolved {
        let value = match here.fit.weekday() {
            Some(weekday) => format!("XXXX-WXX-{weekday}"),
            None => "XXXX-XX-XX".to_owned(),
        };
        Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, &value) }
    }

    /// `June 18`, with or without its year.
    fn month_day(&self, here: &Here, month: i32, day: i32) -> Option<Resolved> {
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

    fn weekday(&self, here: &Here, today: Date, weekday: Weekday) -> Option<Resolved> {
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
        if self.narrative
            && let Some(last) = self.last(Grain::Day)
        {
            return from(ahead_to(last.date, weekday), Anchor::Date(last.number));
        }
        let tense = (here.tense)();
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
    fn weekday_ordinal(&self, weekday: i32, day: i32) -> Option<Resolved> {
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
    fn ordinal(&self, here: &Here, today: Date, day: i32) -> Option<Resolved> {
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

    fn numeric(&self, fit: &Fit) -> Option<Resolved> {
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

    fn time(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let mut day = self.day_of_time(here)?;
        let clock = clock(fit);
        let tail = match (clock, fit.part()) {
            (Some(clock), _) => {
                let zone = if fit.get(Class::TZ) == Some(0) { "Z" } else { "" };
                format!("T{:02}:{:02}{zone}", clock / 100, clock % 100)
            }
            (None, Some(part)) => format!("T{}", value::part_code(part)),
            (None, None) if fit.rule.name == "part-before" || fit.has(Class::TONIGHT) => "TNI".to_owned(),
            (None, None) => return None,
        };
        day.kind = TimexKind::Time;
        day.other = day.other.map(|other| format!("{other}{tail}"));
        day.value.push_str(&tail);
        Some(day)
    }

    fn day_of_time(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let says_day = fit.has(Class::ISOTIME)
            || fit.month().is_some()
            || fit.weekday().is_some()
            || fit.has(Class::DEICTIC)
            || fit.has(Class::TONIGHT);
        if says_day {
            return self.day(here);
        }
        let relation = fit.relation();
        let same = self.last(Grain::Day).filter(|last| {
            fit.again()
                || self.narrative
                || here.sentence == last.sentence
                || (here.sentence.saturating_sub(last.sentence) <= 3 && relation.is_none())
        });
        if fit.has(Class::LAST) || (fit.has(Class::THIS) && !fit.again()) || same.is_none() {
            let Some(today) = self.today else {
                return Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Time, "XXXX-XX-XX") });
            };
            let by = if fit.has(Class::THIS) { 0 } else { relation.unwrap_or(0) };
            return point_at(value::shift(today, Grain::Day, by)?, Grain::Day, Anchor::DispatchDate);
        }
        let last = same?;
        let by = if fit.again() { relation.unwrap_or(0) } else { 0 };
        point_at(value::shift(last.date, Grain::Day, by)?, Grain::Day, Anchor::Date(last.number))
    }

    fn month(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        if let Some(iso) = fit.get(Class::ISOMONTH) {
            return month_of(iso / 100, iso % 100, Anchor::Itself);
        }
        let month = fit.month()?;
        if fit.has(Class::ERA) {
            return era(fit, &format!("-{month:02}{}", fit.day().map(|day| format!("-{day:02}")).unwrap_or_default()));
        }
        if let Some(year) = fit.get(Class::YEAR) {
            let mut found = month_of(year, month, Anchor::Itself)?;
            if fit.has(Class::RANGE) {
                let last =
                    fit.slots.iter().filter(|(mark, _)| matches!(mark.class, Class::MONTH | Class::MONTHA)).last();
                found.until =
                    last.and_then(|(mark, _)| month_of(year, mark.value, Anchor::Itself)).map(|last| last.value);
            }
            return Some(found);
        }
        let named_year = fit.rule.name != "relative-month";
        if named_year && let Some((year, anchor)) = self.relative_year(fit) {
            return month_of(year, month, anchor);
        }
        if fit.rule.name == "month-of-text-year" {
            let (year, anchor) = match self.seen.last().filter(|_| self.narrative) {
                Some(last) => (last.date.year(), Anchor::Date(last.number)),
                None => (self.year_now()?, Anchor::DispatchDate),
            };
            return month_of(year.into(), month, anchor);
        }
        if fit.relation().is_none()
            && let Some(last) = self.background(here)
        {
            let year = nearest_year(last.date, last.grain, month, 15);
            return month_of(year.into(), month, Anchor::Date(last.number));
        }
        let (Some(now_year), Some(now_month)) = (self.year_now(), self.dispatch.and_then(|date| date.month)) else {
            return Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, &format!("XXXX-{month:02}")) });
        };
        let (year, now) = (i32::from(now_year), i32::from(now_month));
        let back = if month <= now { year } else { year - 1 };
        let ahead = if month >= now { year } else { year + 1 };
        let months_ahead = (month - now).rem_euclid(12);
        let (first, second, doubtful) = match (fit.relation(), (here.tense)()) {
            (Some(-1), _) => (if month < now { year } else { year - 1 }, year, false),
            (Some(1), _) => (if month > now { year } else { year + 1 }, year, false),
            (Some(_), _) => (year, year, false),
            (None, Tense::Future) => (ahead, back, months_ahead > 8),
            (None, Tense::Past) => (back, ahead, false),
            (None, _) if months_ahead <= 3 => (ahead, back, true),
            (None, _) => (back, ahead, true),
        };
        let mut found = month_of(first, month, Anchor::DispatchDate)?;
        found.other = (doubtful && first != second).then(|| format!("{second:04}-{month:02}"));
        Some(found)
    }

    fn decade(&self, fit: &Fit) -> Option<Resolved> {
        let decade = fit.get(Class::DECADE).or_else(|| fit.get(Class::TIES)).or_else(|| fit.get(Class::YEAR))?;
        let year = if decade < 100 { 1900 + decade } else { decade };
        point_at(Date::new(small(year)?, 1, 1).ok()?, Grain::Decade, Anchor::Itself)
    }

    fn quarter(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let quarter =
            fit.get(Class::QUARTER).or_else(|| fit.get(Class::ORD)).filter(|quarter| (1..=4).contains(quarter))?;
        let month = tiny(3 * quarter - 2)?;
        let at = |year: i16| Date::new(year, month, 1).ok();
        if let Some(year) = fit.get(Class::YEAR) {
            return point_at(at(small(year)?)?, Grain::Quarter, Anchor::Itself);
        }
        if let Some((year, anchor)) = self.relative_year(fit) {
            return point_at(at(small(year)?)?, Grain::Quarter, anchor);
        }
        if let Some(last) = self.background(here) {
            return point_at(at(last.date.year())?, Grain::Quarter, Anchor::Date(last.number));
        }
        let Some(today) = self.today else {
            return Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, &format!("XXXX-Q{quarter}")) });
        };
        let begun = at(today.year())? <= today;
        let current = at(today.year())? == start(today, Grain::Quarter);
        let back = if begun { today.year() } else { today.year() - 1 };
        let ahead = if !begun || current { today.year() } else { today.year() + 1 };
        let (year, other) = match (here.tense)() {
            Tense::Future if days(today, at(ahead)?) < 190 => (ahead, back),
            // Who speaks in August of the fourth quarter does not mean that of last year.
            _ if days(at(back)?, today) > 290 => (ahead, back),
            _ => (back, ahead),
        };
        let mut found = point(at(year)?, Grain::Quarter, Anchor::DispatchDate);
        found.other = (year != other && (here.tense)() == Tense::Unknown).then(|| format!("{other:04}-Q{quarter}"));
        Some(found)
    }

    fn half(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let half = fit.get(Class::HALF)?;
        let (year, anchor) = match fit.get(Class::YEAR) {
            Some(year) => (year, Anchor::Itself),
            None => self.relative_year(fit).or_else(|| Some((self.year_now()?.into(), Anchor::DispatchDate)))?,
        };
        point_at(Date::new(small(year)?, tiny(6 * half - 5)?, 1).ok()?, Grain::Half, anchor)
    }

    fn season(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let season = fit.season()?;
        let code = value::season_code(season);
        // The middle of a season stands for it; winter's is in January, and the year is that of its December.
        let at = |year: i32| -> Option<Resolved> {
            let month = tiny(if season == 4 { 12 } else { 3 * season + 1 })?;
            let date = Date::new(small(year)?, month, 15).ok()?;
            let mut found = point(date, Grain::Season, Anchor::DispatchDate);
            found.value = format!("{}-{code}", value::year_of(date.year()));
            Some(found)
        };
        if fit.has(Class::ERA) {
            return era(fit, &format!("-{code}"));
        }
        let with = |year: i32, anchor: Anchor| at(year).map(|found| Resolved { anchor, ..found });
        if let Some(year) = fit.get(Class::YEAR) {
            return with(year, Anchor::Itself);
        }
        if fit.again() || fit.rule.name == "season-of" {
            let (date, anchor) = self.relative_grain(fit, Grain::Year, fit.relation().unwrap_or(0))?;
            return with(date.year().into(), anchor);
        }
        if fit.relation().is_none()
            && let Some(last) = self.background(here)
        {
            let year = nearest_year(last.date, last.grain, if season == 4 { 12 } else { 3 * season + 1 }, 15);
            return with(year.into(), Anchor::Date(last.number));
        }
        let Some(today) = self.today else {
            return Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, &format!("XXXX-{code}")) });
        };
        let now = i32::from(today.month());
        let (first, last) = if season == 4 { (12, 14) } else { (3 * season, 3 * season + 2) };
        let year = i32::from(today.year());
        // In January and February it is still the winter of the year before.
        let year = if season == 4 && now < 3 { year - 1 } else { year };
        let now = if season == 4 && now < 3 { now + 12 } else { now };
        let back = if now >= first { year } else { year - 1 };
        let ahead = if now <= last { year } else { year + 1 };
        let year = match (fit.relation(), (here.tense)()) {
            (Some(-1), _) => {
                if now > last {
                    year
                } else {
                    year - 1
                }
            }
            (Some(1), _) => {
                if now < first {
                    year
                } else {
                    year + 1
                }
            }
            (Some(_), _) => year,
            (None, Tense::Future) => ahead,
            (None, Tense::Past) => back,
            (None, _) => {
                if first - now > 0 && first - now <= 4 {
                    ahead
                } else {
                    back
                }
            }
        };
        at(year)
    }

    fn weekend(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let relation = fit.relation().unwrap_or(0);
        let last = self.last(Grain::Day).filter(|_| fit.again());
        let (from, anchor) = match (last, self.today) {
            (Some(last), _) => (last.date, Anchor::Date(last.number)),
            (None, Some(today)) => (today, Anchor::DispatchDate),
            (None, None) => return Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, "XXXX-WXX-WE") }),
        };
        let over = matches!(from.weekday(), Weekday::Saturday | Weekday::Sunday);
        let past = matches!((here.tense)(), Tense::Past | Tense::Unknown) && !over;
        let by = match relation {
            -1 => -1,
            0 if past && (!fit.has(Class::THIS) || matches!(from.weekday(), Weekday::Monday | Weekday::Tuesday)) => -1,
            1 if !over && fit.has(Class::REL) => 0,
            by => by,
        };
        point_at(value::shift(in_week(from, Weekday::Saturday)?, Grain::Week, by)?, Grain::Weekend, anchor)
    }

    fn unit(&self, fit: &Fit) -> Option<Resolved> {
        let unit = fit.unit()?;
        let relation = fit.relation()?;
        if self.narrative
            && relation == 0
            && fit.has(Class::THIS)
            && let Some((grain, _)) = value::grain_of(unit)
            && let Some(last) = self.last(grain)
        {
            return point_at(start(last.date, grain), grain, Anchor::Date(last.number));
        }
        let Some((grain, times)) = value::grain_of(unit) else {
            return (relation == 0).then(|| plain(TimexKind::Date, "PRESENT_REF"));
        };
        if fit.has(Class::FISCAL) && grain == Grain::Year {
            return Some(Resolved {
                anchor: Anchor::DispatchDate,
                ..plain(TimexKind::Date, &format!("FY{:04}", i32::from(self.year_now()?) + relation))
            });
        }
        match self.relative_grain(fit, grain, relation.saturating_mul(times)) {
            Some((date, anchor)) => point_at(date, grain, anchor),
            None => Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, unknown(grain)) }),
        }
    }

    fn text_unit(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        if fit.rule.name == "same-period" {
            return self.year_back(here);
        }
        let relation = fit.relation().unwrap_or(0);
        let Some(unit) = fit.unit() else {
            // `the same period`
            let last = *self.seen.last()?;
            return point_at(last.date, last.grain, Anchor::Date(last.number));
        };
        let Some((grain, times)) = value::grain_of(unit) else {
            return (relation == 0).then(|| plain(TimexKind::Date, "PRESENT_REF"));
        };
        if fit.has(Class::FISCAL) && grain == Grain::Year {
            return Some(Resolved {
                anchor: Anchor::DispatchDate,
                ..plain(TimexKind::Date, &format!("FY{:04}", i32::from(self.year_now()?) + relation))
            });
        }
        let weak = matches!(fit.rule.name, "the-unit" | "edge-of-unit" | "later-in-unit");
        let last = self.last(grain).filter(|last| {
            !weak
                || self.narrative
                || here.sentence.saturating_sub(last.sentence) <= if grain <= Grain::Week { 3 } else { 0 }
        });
        let (from, anchor) = match (last, self.today.or_else(|| self.rough(grain))) {
            (Some(last), _) => (last.date, Anchor::Date(last.number)),
            (None, Some(today)) if !self.narrative || weak => (today, Anchor::DispatchDate),
            (None, _) => {
                return Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, unknown(grain)) });
            }
        };
        point_at(value::shift(start(from, grain), grain, relation.saturating_mul(times))?, grain, anchor)
    }

    /// `two weeks ago`, `three days from now`
    fn ago(&self, fit: &Fit) -> Option<Resolved> {
        let sign = fit.get(Class::SIGN).unwrap_or(-1);
        if fit.rule.name == "ago-mid" {
            let today = self.today?;
            let grain = if fit.slots.iter().any(|(mark, _)| mark.class == Class::UNIT && mark.value == 8) {
                Grain::Quarter
            } else {
                Grain::Year
            };
            return point_at(value::shift(today, Grain::Year, -1)?, grain, Anchor::DispatchDate);
        }
        self.away(fit, sign, self.today.or_else(|| self.rough(Grain::Year)), Anchor::DispatchDate)
    }

    fn later(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let sign = fit.get(Class::SIGN).unwrap_or(1);
        let unit = fit.unit().unwrap_or(9);
        let grain = value::grain_of(unit).map_or(Grain::Day, |(grain, _)| grain);
        let last = if grain >= Grain::Week {
            self.seen.last().copied().filter(|last| last.grain <= grain || grain >= Grain::Year)
        } else {
            self.last(Grain::Day)
        };
        let (from, anchor) = match (last, self.today) {
            (Some(last), _) => (Some(last.date), Anchor::Date(last.number)),
            (None, today) => (today.or_else(|| self.rough(grain)), Anchor::DispatchDate),
        };
        if fit.rule.name == "year-earlier" {
            return self.year_back(here);
        }
        // `In June 1940, France fell; twelve days later …`: the day is not known.
        let stale = last.is_some_and(|last| {
            grain == Grain::Day
                && self.seen.last().is_some_and(|newest| {
                    newest.grain > Grain::Day && newest.grain <= Grain::Year && !holds(newest, last.date)
                })
        });
        if stale {
            return Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, unknown(grain)) });
        }
        self.away(fit, sign, from, anchor)
    }

    /// `the year-earlier period`: the period that was spoken of, a year back.
    fn year_back(&self, here: &Here) -> Option<Resolved> {
        let last = self.seen.iter().rev().find(|seen| {
            (Grain::Month..Grain::Year).contains(&seen.grain) && here.sentence.saturating_sub(seen.sentence) <= 2
        });
        match (last, self.today) {
            (Some(last), _) => {
                point_at(value::shift(last.date, Grain::Year, -1)?, last.grain, Anchor::Date(last.number))
            }
            (None, Some(today)) => point_at(value::shift(today, Grain::Year, -1)?, Grain::Year, Anchor::DispatchDate),
            (None, None) => Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, "XXXX") }),
        }
    }

    fn away(&self, fit: &Fit, sign: i32, from: Option<Date>, anchor: Anchor) -> Option<Resolved> {
        let vague = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        let amounts = fit.amounts();
        let Some(Amount { number: Some(number), unit }) = amounts.first().copied() else {
            return Some(plain(TimexKind::Date, vague));
        };
        let (Some(from), Some((grain, times))) = (from, value::grain_of(unit)) else {
            return Some(match (value::grain_of(unit), from) {
                // Hours and minutes: of a day whose hour is not known.
                (None, Some(from)) => {
                    Resolved { anchor, ..plain(TimexKind::Time, &format!("{}TXX", value::of(from, Grain::Day))) }
                }
                (grain, _) => Resolved {
                    anchor: Anchor::Missing,
                    ..plain(TimexKind::Date, grain.map_or("XXXX-XX-XX", |(grain, _)| unknown(grain)))
                },
            });
        };

        if number % 1000 != 0 {
            // A year and a half: so many months.
            let months = match grain {
                Grain::Year => number.saturating_mul(12) / 1000,
                Grain::Decade => number.saturating_mul(120) / 1000,
                Grain::Century => number.saturating_mul(12) / 10,
                _ => return Some(plain(TimexKind::Date, vague)),
            };
            return point_at(value::shift(from, Grain::Month, sign.saturating_mul(months))?, Grain::Month, anchor);
        }
        let by = sign.saturating_mul(number / 1000).saturating_mul(times);
        point_at(value::shift(from, grain, by)?, grain, anchor)
    }

    /// `the last week of March`
    fn nth(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let ordinal = fit.get(Class::ORD)?;
        let month = fit.month();
        let (first, last, anchor) = match (month, fit.get(Class::YEAR)) {
            (Some(month), year) => {
                let (year, anchor) = match year {
                    Some(year) => (year, Anchor::Itself),
                    None => {
                        let found = self.month(here)?;
                        (found.point?.0.year().into(), found.anchor)
                    }
                };
                let first = Date::new(small(year)?, tiny(month)?, 1).ok()?;
                (first, first.last_of_month(), anchor)
            }
            (None, Some(year)) => {
                (Date::new(small(year)?, 1, 1).ok()?, Date::new(small(year)?, 12, 31).ok()?, Anchor::Itself)
            }
            (None, None) => {
                let grain = if fit.rule.name == "nth-unit" && fit.again() && fit.relation() == Some(0) {
                    Grain::Month
                } else {
                    Grain::Year
                };
                let (first, anchor) = self.relative_grain(fit, grain, fit.relation().unwrap_or(0))?;
                let last = if grain == Grain::Month { first.last_of_month() } else { first.last_of_year() };
                (first, last, anchor)
            }
        };
        if let Some(weekday) = fit.weekday() {
            let weekday = weekday_of(weekday)?;
            let date = if ordinal < 0 {
                back_to(last, weekday)
            } else {
                value::shift(ahead_to(first, weekday), Grain::Week, ordinal - 1)?
            };
            return point_at(date, Grain::Day, anchor);
        }
        let (grain, _) = value::grain_of(fit.unit()?)?;
        let date = match (grain, ordinal < 0) {
            (Grain::Day, true) => last,
            (Grain::Month, true) => last.first_of_month(),
            // A week belongs to the month of its Thursday.
            (Grain::Week | Grain::Weekend, true) => back_to(last, Weekday::Thursday),
            (Grain::Week | Grain::Weekend, false) => {
                value::shift(ahead_to(first, Weekday::Thursday), Grain::Week, ordinal - 1)?
            }
            (grain, false) => value::shift(first, grain, ordinal - 1)?,
            (_, true) => return None,
        };
        point_at(date, grain, anchor)
    }

    fn holiday(&self, here: &Here) -> Option<Resolved> {
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

fn year(fit: &Fit) -> Option<Resolved> {
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
fn era(fit: &Fit, tail: &str) -> Option<Resolved> {
    let year = fit.get(Class::YEAR).or_else(|| fit.get(Class::YEAR3))?;
    let year = if fit.get(Class::ERA) == Some(1) { 1 - year } else { year };
    let mut found =
        point(Date::new(small(year)?, tiny(fit.month().unwrap_or(1))?, 1).ok()?, Grain::Month, Anchor::Itself);
    found.value = format!("{}{tail}", value::year_of(small(year)?));
    Some(found)
}

fn other_calendar(fit: &Fit) -> Option<Resolved> {
    let (day, year) = (fit.get(Class::DAY)?, fit.get(Class::YEAR)?);
    let date = match fit.get(Class::PERSIAN) {
        Some(month) => calendars::persian(year, month, day)?,
        None => calendars::islamic(year, fit.get(Class::ISLAMIC)?, day)?,
    };
    point_at(date, Grain::Day, Anchor::Itself)
}

fn century(fit: &Fit) -> Option<Resolved> {
    let century = fit.get(Class::ORD).filter(|century| (1..=30).contains(century))? - 1;
    Some(if fit.get(Class::ERA) == Some(1) {
        plain(TimexKind::Date, &format!("BC{century:02}"))
    } else {
        let mut found = plain(TimexKind::Date, &format!("{century:02}"));
        found.point = Date::new(small(century * 100)?, 1, 1).ok().map(|date| (date, Grain::Century));
        found
    })
}

/// `P3D`, `PT30M`, `P2.5Y`, `PXY`
fn duration(fit: &Fit) -> Resolved {
    let (mut days, mut hours) = (String::new(), String::new());
    for amount in fit.amounts() {
        let (code, in_hours) = value::unit_code(amount.unit);
        let number = match (amount.number, amount.unit) {
            (None, _) => "X".to_owned(),
            // Half an hour is thirty minutes.
            (Some(500), 3) => {
                hours.push_str("30M");
                continue;
            }
            (Some(500), 10) => {
                days.push_str("5Y");
                continue;
            }
            (Some(500), 11) => {
                days.push_str("50Y");
                continue;
            }
            (Some(500), 9) => {
                days.push_str("6M");
                continue;
            }
            (Some(number), 6) => thousandths(number.saturating_mul(2)),
            (Some(number), _) => thousandths(number),
        };
        let code = if amount.unit == 6 { "W" } else { code };
        let part = if in_hours { &mut hours } else { &mut days };
        part.push_str(&number);
        part.push_str(code);
    }
    let time = if hours.is_empty() { String::new() } else { format!("T{hours}") };
    plain(TimexKind::Duration, &format!("P{days}{time}"))
}

fn thousandths(number: i32) -> String {
    let (whole, part) = (number / 1000, number % 1000);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part:03}").trim_end_matches('0').to_owned() }
}

fn set(fit: &Fit) -> Resolved {
    let part = fit.part().or_else(|| fit.get(Class::DAYPARTS));
    let weekday = fit.get(Class::WEEKDAYS).or_else(|| fit.weekday());
    let value = if let Some(weekday) = weekday {
        match part {
            Some(part) => format!("XXXX-WXX-{weekday}T{}", value::part_code(part)),
            None => format!("XXXX-WXX-{weekday}"),
        }
    } else if let Some(month) = fit.month() {
        format!("XXXX-{month:02}")
    } else if let Some(season) = fit.season() {
        format!("XXXX-{}", value::season_code(season))
    } else if let Some(part) = part {
        format!("XXXX-XX-XXT{}", value::part_code(part))
    } else if let Some(unit) = fit.get(Class::UNITLY) {
        match unit {
            24 => "P2Y".to_owned(),
            6 => "P2W".to_owned(),
            unit => one(unit, 1),
        }
    } else {
        let skip = fit.rule.name == "times";
        let unit = fit.unit().unwrap_or(4);
        let amount = fit
            .amounts()
            .first()
            .and_then(|amount| amount.number)
            .filter(|_| !skip)
            .map_or(1, |number| (number / 1000).max(1));
        one(unit, if fit.get(Class::EVERY) == Some(2) { 2 } else { fit.get(Class::ORD).unwrap_or(amount) })
    };
    plain(TimexKind::Set, &value)
}

fn one(unit: i32, number: i32) -> String {
    let (code, in_hours) = value::unit_code(unit);
    format!("P{}{number}{code}", if in_hours { "T" } else { "" })
}

/// Hours × 100 + minutes of the day.
fn clock(fit: &Fit) -> Option<i32> {
    if let Some(minutes) = fit.get(Class::ISOTIME) {
        let minutes = minutes.rem_euclid(MINUTES);
        return Some(minutes / 60 * 100 + minutes % 60);
    }
    if let Some(clock) = fit.get(Class::CLOCKP).or_else(|| fit.get(Class::NOON)) {
        return Some(clock);
    }
    let hour = fit.get(Class::HOUR).map(|hour| hour * 100);
    let oclock = fit.get(Class::NUM).map(|number| number / 10).filter(|clock| *clock <= 2400);
    let clock = fit.get(Class::CLOCK).or_else(|| fit.get(Class::HHMM)).or(hour).or(oclock)?;
    let half = fit.get(Class::AMPM).map(|half| half == 12).or_else(|| Some(fit.part()? > 1));
    Some(half.map_or(clock, |afternoon| atoms::half_day(clock, afternoon)))
}

/// A value of which nothing is known but its form.
fn unknown(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "XXXX-XX-XX",
        Grain::Week => "XXXX-WXX",
        Grain::Weekend => "XXXX-WXX-WE",
        Grain::Month => "XXXX-XX",
        Grain::Quarter => "XXXX-QX",
        Grain::Half => "XXXX-HX",
        Grain::Season | Grain::Year => "XXXX",
        Grain::Decade => "XXX",
        Grain::Century => "XX",
    }
}

/// Whether a day lies in a month, a year, … of the text.
fn holds(seen: &Seen, day: Date) -> bool {
    value::of(seen.date, seen.grain) == value::of(day, seen.grain)
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

/// The latest such weekday on or before a date.
pub fn back_to(date: Date, weekday: Weekday) -> Date {
    let back = i32::from(date.weekday().since(weekday));
    value::shift(date, Grain::Day, -back).unwrap_or(date)
}

/// The first such weekday on or after a date.
fn ahead_to(date: Date, weekday: Weekday) -> Date {
    let ahead = i32::from(weekday.since(date.weekday()));
    value::shift(date, Grain::Day, ahead).unwrap_or(date)
}

/// A weekday of the ISO week of `date`.
fn in_week(date: Date, weekday: Weekday) -> Option<Date> {
    let week = date.iso_week_date();
    jiff::civil::ISOWeekDate::new(week.year(), week.week(), weekday).ok().map(jiff::civil::ISOWeekDate::date)
}

/// The year in which a day is nearest to a date of the text; a date of a whole year keeps it.
fn nearest_year(date: Date, grain: Grain, month: i32, day: i32) -> i16 {
    if grain >= Grain::Year {
        return date.year();
    }
    let from = i32::from(date.month()) * 31 + i32::from(date.day());
    let to = month * 31 + day;
    let ahead = to - from;
    // A story runs ahead: what lies ten months ahead may be two months back, but hardly what lies six months ahead.
    if ahead > 9 * 31 {
        date.year() - 1
    } else if ahead < -5 * 31 {
        date.year() + 1
    } else {
        date.year()
    }
}

/// The day of a holiday in a year, by its code in the table: month and day, or a movable feast.
fn holiday_on(code: i32, year: i16) -> Option<Date> {
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
        code => Date::new(year, tiny(code / 100)?, tiny(code % 100)?).ok(),
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    Date::new(small(year)?, tiny(sum / 31)?, tiny(sum % 31 + 1)?).ok()
}
