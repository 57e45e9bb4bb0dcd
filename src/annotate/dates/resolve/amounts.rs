//! How long, and how often.

use super::{Resolved, plain};
use crate::annotate::TimexKind;
use crate::annotate::dates::grammar::Fit;
use crate::annotate::dates::lexicon::Class;
use crate::annotate::dates::value;

/// `P3D`, `PT30M`, `P2.5Y`, `PXY`
pub(super) fn duration(fit: &Fit) -> Resolved {
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

pub(super) fn thousandths(number: i32) -> String {
    let (whole, part) = (number / 1000, number % 1000);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part:03}").trim_end_matches('0').to_owned() }
}

pub(super) fn set(fit: &Fit) -> Resolved {
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

pub(super) fn one(unit: i32, number: i32) -> String {
    let (code, in_hours) = value::unit_code(unit);
    format!("P{}{number}{code}", if in_hours { "T" } else { "" })
}
