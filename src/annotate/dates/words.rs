//! Values of TIMEX3 in words, for people.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::corpus::{MONTHS, weekday_name};

/// A value as people say it: `2024-W48` is `week 48 of 2024 (25 November – 1 December)`. What is not understood is given back as
/// it is.
pub fn in_words(value: &str) -> String {
    said(value).unwrap_or_else(|| value.to_owned())
}

fn said(value: &str) -> Option<String> {
    let fixed = match value {
        "PAST_REF" => "in the past",
        "PRESENT_REF" => "now",
        "FUTURE_REF" => "in the future",
        _ => "",
    };
    if !fixed.is_empty() {
        return Some(fixed.to_owned());
    }
    if let Some(rest) = value.strip_prefix("FY") {
        return Some(format!("fiscal year {rest}"));
    }
    if let Some(rest) = value.strip_prefix("BC") {
        return before_our_era(rest);
    }
    if let Some(rest) = value.strip_prefix('P') {
        return duration(rest);
    }
    if let Some((day, time)) = value.split_once('T') {
        return Some(format!("{}, {}", said(day)?, time_of_day(time)?));
    }
    if let Some(rest) = value.strip_prefix("XXXX") {
        return unknown_year(rest);
    }
    let parts: Vec<&str> = value.split('-').collect();
    match parts.as_slice() {
        [decade] if decade.len() == 3 => Some(format!("the {}s", number(decade)? * 10)),
        [century] if century.len() == 2 => Some(format!("the {} century", ordinal(number(century)? + 1))),
        [year] if year.len() == 4 => number(year).map(|year| year.to_string()),
        [year, week] if week.len() == 3 && week.starts_with('W') => week_of(year, week, false),
        [year, week, "WE"] => week_of(year, week, true),
        [year, code] if code.len() == 2 && !code.starts_with(|c: char| c.is_ascii_digit()) => part_of_year(year, code),
        [year, month] => Some(format!("{} {}", month_name(month)?, number(year)?)),
        [_, _, _] => {
            let date: Date = value.parse().ok()?;
            Some(format!("{}, {} {}", weekday_name(date.weekday()), day_and_month(date), date.year()))
        }
        _ => None,
    }
}

fn number(digits: &str) -> Option<i32> {
    digits.parse().ok()
}

fn month_name(digits: &str) -> Option<&'static str> {
    MONTHS.get(usize::try_from(number(digits)?).ok()?.checked_sub(1)?).copied()
}

fn day_and_month(date: Date) -> String {
    let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    format!("{} {}", date.day(), month.copied().unwrap_or_default())
}

fn week_of(year: &str, week: &str, weekend: bool) -> Option<String> {
    let number = week.strip_prefix('W')?.parse::<i8>().ok()?;
    let first = if weekend { Weekday::Saturday } else { Weekday::Monday };
    let start = ISOWeekDate::new(year.parse().ok()?, number, first).ok()?.date();
    let end = start.checked_add(if weekend { 1 } else { 6 }.days()).ok()?;
    let name = if weekend { "the weekend of week" } else { "week" };
    Some(format!("{name} {number} of {year} ({} – {})", day_and_month(start), day_and_month(end)))
}

fn part_of_year(year: &str, code: &str) -> Option<String> {
    let (name, months) = match code {
        "Q1" => ("first quarter", "January – March"),
        "Q2" => ("second quarter", "April – June"),
        "Q3" => ("third quarter", "July – September"),
        "Q4" => ("fourth quarter", "October – December"),
        "H1" => ("first half", "January – June"),
        "H2" => ("second half", "July – December"),
        "SP" => ("spring", ""),
        "SU" => ("summer", ""),
        "FA" => ("autumn", ""),
        "WI" => ("winter", ""),
        _ => return None,
    };
    number(year)?;
    Some(if months.is_empty() { format!("{name} {year}") } else { format!("the {name} of {year} ({months})") })
}

fn time_of_day(time: &str) -> Option<String> {
    let (clock, zone) = time.strip_suffix('Z').map_or((time, ""), |clock| (clock, " UTC"));
    Some(match clock {
        "MO" => "morning".to_owned(),
        "AF" => "afternoon".to_owned(),
        "EV" => "evening".to_owned(),
        "NI" => "night".to_owned(),
        "DT" => "daytime".to_owned(),
        "XX" => "hour unknown".to_owned(),
        clock if clock.len() == 5 && clock.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') => {
            format!("{clock}{zone}")
        }
        _ => return None,
    })
}

/// What stands behind `XXXX`.
fn unknown_year(rest: &str) -> Option<String> {
    let parts: Vec<&str> = rest.split('-').skip(1).collect();
    match parts.as_slice() {
        [] => Some("an unknown year".to_owned()),
        ["WXX"] => Some("an unknown week".to_owned()),
        ["WXX", "WE"] => Some("a weekend".to_owned()),
        ["WXX", day] => {
            let weekday = Weekday::from_monday_one_offset(day.parse().ok()?).ok()?;
            Some(format!("a {}", weekday_name(weekday)))
        }
        ["XX"] => Some("an unknown month".to_owned()),
        ["XX", "XX"] => Some("an unknown day".to_owned()),
        [month, day] => Some(format!("{} {}, year unknown", number(day)?, month_name(month)?)),
        [code] if number(code).is_some() => Some(format!("{}, year unknown", month_name(code)?)),
        ["SP"] => Some("spring, year unknown".to_owned()),
        ["SU"] => Some("summer, year unknown".to_owned()),
        ["FA"] => Some("autumn, year unknown".to_owned()),
        ["WI"] => Some("winter, year unknown".to_owned()),
        _ => None,
    }
}

fn before_our_era(rest: &str) -> Option<String> {
    let year = number(rest.get(..4).unwrap_or(rest))?;
    Some(match rest.len() {
        2 => format!("the {} century BC", ordinal(year + 1)),
        3 => format!("the {}s BC", year * 10),
        4 => format!("{year} BC"),
        7 => format!("{} {year} BC", month_name(rest.get(5..)?)?),
        _ => return None,
    })
}

/// What stands behind the `P`.
fn duration(rest: &str) -> Option<String> {
    let (days, hours) = rest.split_once('T').unwrap_or((rest, ""));
    let mut said = amounts(days, false)?;
    said.extend(amounts(hours, true)?);
    (!said.is_empty()).then(|| said.join(" and "))
}

fn amounts(mut rest: &str, hours: bool) -> Option<Vec<String>> {
    let mut said = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == 'X'))?;
        let (amount, tail) = rest.split_at_checked(end)?;
        let length = tail.find(|c: char| c.is_ascii_digit() || c == 'X').unwrap_or(tail.len());
        let (code, behind) = tail.split_at_checked(length)?;
        let unit = match (code, hours) {
            ("S", true) => "second",
            ("M", true) => "minute",
            ("H", true) => "hour",
            ("D", false) => "day",
            ("W", false) => "week",
            ("M", false) => "month",
            ("Q", false) => "quarter",
            ("Y", false) => "year",
            ("DE", false) => "decade",
            ("CE", false) => "century",
            ("ML", false) => "millennium",
            ("WE", false) => "weekend",
            ("NI", false) => "night",
            _ => return None,
        };
        let plural = match unit {
            "century" => "centuries".to_owned(),
            "millennium" => "millennia".to_owned(),
            unit => format!("{unit}s"),
        };
        said.push(match amount {
            "X" => format!("some {plural}"),
            "1" => format!("1 {unit}"),
            amount => format!("{amount} {plural}"),
        });
        rest = behind;
    }
    Some(said)
}

fn ordinal(number: i32) -> String {
    let tail = match (number % 10, number % 100) {
        (1, ten) if ten != 11 => "st",
        (2, ten) if ten != 12 => "nd",
        (3, ten) if ten != 13 => "rd",
        _ => "th",
    };
    format!("{number}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_people_say_them() {
        let cases = [
            ("2024-12-01", "Sunday, 1 December 2024"),
            ("2024-W48", "week 48 of 2024 (25 November – 1 December)"),
            ("2024-W48-WE", "the weekend of week 48 of 2024 (30 November – 1 December)"),
            ("2024-12", "December 2024"),
            ("2024-Q4", "the fourth quarter of 2024 (October – December)"),
            ("2024-H1", "the first half of 2024 (January – June)"),
            ("2024-WI", "winter 2024"),
            ("2024", "2024"),
            ("199", "the 1990s"),
            ("18", "the 19th century"),
            ("20", "the 21st century"),
            ("BC0480", "480 BC"),
            ("BC0480-08", "August 480 BC"),
            ("BC03", "the 4th century BC"),
            ("FY2024", "fiscal year 2024"),
            ("2024-12-01TEV", "Sunday, 1 December 2024, evening"),
            ("2024-12-01T18:00Z", "Sunday, 1 December 2024, 18:00 UTC"),
            ("P3D", "3 days"),
            ("P1Y6M", "1 year and 6 months"),
            ("PT30M", "30 minutes"),
            ("P2.5Y", "2.5 years"),
            ("PXDE", "some decades"),
            ("P2CE", "2 centuries"),
            ("XXXX-WXX-7", "a Sunday"),
            ("XXXX-12-25", "25 December, year unknown"),
            ("PAST_REF", "in the past"),
            ("2024-13-45", "2024-13-45"),
            ("nonsense", "nonsense"),
            ("P", "P"),
            ("", ""),
        ];
        for (value, words) in cases {
            assert_eq!(in_words(value), words, "{value}");
        }
    }
}
