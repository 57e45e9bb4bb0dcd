//! Months, quarters, seasons, weekends.

use jiff::civil::{Date, Weekday};

use super::days::in_week;
use super::years::era;
use super::{Context, Here, Resolved, days, month_of, plain, point, point_at, small, start, tiny};
use crate::annotate::dates::grammar::Fit;
use crate::annotate::dates::lexicon::Class;
use crate::annotate::dates::tense::Tense;
use crate::annotate::dates::value::{self, Grain};
use crate::annotate::{Anchor, TimexKind};

impl Context {
    pub(super) fn month(&self, here: &Here) -> Option<Resolved> {
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
                let last = fit.slots.iter().rfind(|(mark, _)| matches!(mark.class, Class::MONTH | Class::MONTHA));
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

    pub(super) fn decade(&self, fit: &Fit) -> Option<Resolved> {
        let decade = fit.get(Class::DECADE).or_else(|| fit.get(Class::TIES)).or_else(|| fit.get(Class::YEAR))?;
        let year = if decade < 100 { 1900 + decade } else { decade };
        point_at(Date::new(small(year)?, 1, 1).ok()?, Grain::Decade, Anchor::Itself)
    }

    pub(super) fn quarter(&self, here: &Here) -> Option<Resolved> {
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

    pub(super) fn half(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let half = fit.get(Class::HALF)?;
        let (year, anchor) = match fit.get(Class::YEAR) {
            Some(year) => (year, Anchor::Itself),
            None => self.relative_year(fit).or_else(|| Some((self.year_now()?.into(), Anchor::DispatchDate)))?,
        };
        point_at(Date::new(small(year)?, tiny(6 * half - 5)?, 1).ok()?, Grain::Half, anchor)
    }

    pub(super) fn season(&self, here: &Here) -> Option<Resolved> {
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

    pub(super) fn weekend(&self, here: &Here) -> Option<Resolved> {
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
}

/// The year in which a day is nearest to a date of the text; a date of a whole year keeps it.
pub(super) fn nearest_year(date: Date, grain: Grain, month: i32, day: i32) -> i16 {
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
