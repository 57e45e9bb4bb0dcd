//! What is so far away: last week, two years ago, three days later, the first week of March.

use jiff::civil::{Date, Weekday};

use super::days::{ahead_to, back_to};
use super::{Context, Here, Resolved, Seen, plain, point_at, small, start, tiny, weekday_of};
use crate::annotate::dates::grammar::Fit;
use crate::annotate::dates::lexicon::Class;
use crate::annotate::dates::slots::Amount;
use crate::annotate::dates::value::{self, Grain};
use crate::annotate::{Anchor, TimexKind};

impl Context {
    pub(super) fn unit(&self, fit: &Fit) -> Option<Resolved> {
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

    pub(super) fn text_unit(&self, here: &Here) -> Option<Resolved> {
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
    pub(super) fn ago(&self, fit: &Fit) -> Option<Resolved> {
        let sign = fit.get(Class::SIGN).unwrap_or(-1);
        self.away(fit, sign, self.today.or_else(|| self.rough(Grain::Year)), Anchor::DispatchDate)
    }

    pub(super) fn later(&self, here: &Here) -> Option<Resolved> {
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
        if matches!(fit.rule.name, "year-earlier" | "year-ago") {
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
    pub(super) fn year_back(&self, here: &Here) -> Option<Resolved> {
        let last = self.seen.iter().rev().find(|seen| {
            (Grain::Month..Grain::Year).contains(&seen.grain) && here.sentence.saturating_sub(seen.sentence) <= 2
        });
        match (last, self.today) {
            (Some(last), _) => {
                point_at(value::shift(last.date, Grain::Year, -1)?, last.grain, Anchor::Date(last.number))
            }
            (None, Some(today)) => {
                // The latest quarter that is over, a year back.
                let (months, grain) = match here.fit.unit() {
                    Some(8) => (-15, Grain::Quarter),
                    Some(7) => (-12, Grain::Month),
                    _ => (-12, Grain::Year),
                };
                point_at(value::shift(today, Grain::Month, months)?, grain, Anchor::DispatchDate)
            }
            (None, None) => Some(Resolved { anchor: Anchor::Missing, ..plain(TimexKind::Date, "XXXX") }),
        }
    }

    pub(super) fn away(&self, fit: &Fit, sign: i32, from: Option<Date>, anchor: Anchor) -> Option<Resolved> {
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
    pub(super) fn nth(&self, here: &Here) -> Option<Resolved> {
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
}

/// Whether a day lies in a month, a year, … of the text.
pub(super) fn holds(seen: &Seen, day: Date) -> bool {
    value::of(seen.date, seen.grain) == value::of(day, seen.grain)
}

/// A value of which nothing is known but its form.
pub(super) fn unknown(grain: Grain) -> &'static str {
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
