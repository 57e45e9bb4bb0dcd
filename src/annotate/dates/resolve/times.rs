//! Clock times and parts of the day.

use super::{Context, Here, Resolved, plain, point_at};
use crate::annotate::dates::atoms::{self, MINUTES};
use crate::annotate::dates::grammar::Fit;
use crate::annotate::dates::lexicon::Class;
use crate::annotate::dates::value::{self, Grain};
use crate::annotate::{Anchor, TimexKind};

impl Context {
    pub(super) fn time(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let mut day = if fit.rule.name == "numeric-clock" { self.numeric(fit)? } else { self.day_of_time(here)? };
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

    pub(super) fn day_of_time(&self, here: &Here) -> Option<Resolved> {
        let fit = here.fit;
        let says_day = fit.has(Class::ISOTIME)
            || fit.has(Class::ISODATE)
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
}

/// Hours × 100 + minutes of the day.
pub(super) fn clock(fit: &Fit) -> Option<i32> {
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
