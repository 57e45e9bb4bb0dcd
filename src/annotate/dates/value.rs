//! Values of TIMEX3, from days and how much of the calendar is meant.

use jiff::Span;
use jiff::civil::Date;

/// How much of the calendar a date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Half,
    Season,
    Year,
    Decade,
    Century,
}

/// The value of the `grain` that holds `date`.
pub fn of(date: Date, grain: Grain) -> String {
    let year = date.year();
    match grain {
        Grain::Day => format!("{}-{:02}-{:02}", year_of(year), date.month(), date.day()),
        Grain::Week | Grain::Weekend => {
            let week = date.iso_week_date();
            let tail = if grain == Grain::Weekend { "-WE" } else { "" };
            format!("{}-W{:02}{tail}", year_of(week.year()), week.week())
        }
        Grain::Month => format!("{}-{:02}", year_of(year), date.month()),
        Grain::Quarter => format!("{}-Q{}", year_of(year), (date.month() + 2) / 3),
        Grain::Half => format!("{}-H{}", year_of(year), (date.month() + 5) / 6),
        Grain::Season => format!("{}-{}", year_of(year), season_code(season_of(date))),
        Grain::Year => year_of(year),
        Grain::Decade if year <= 0 => format!("BC{:03}", (1 - i32::from(year)) / 10),
        Grain::Century if year <= 0 => format!("BC{:02}", (1 - i32::from(year)) / 100),
        Grain::Decade => format!("{:03}", year.div_euclid(10)),
        Grain::Century => format!("{:02}", year.div_euclid(100)),
    }
}

/// A year before our era is `BC0480`, which jiff counts as −479.
pub fn year_of(year: i16) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - i32::from(year)) }
}

/// 1 spring to 4 winter, by its middle month.
fn season_of(date: Date) -> i32 {
    match date.month() {
        3..=5 => 1,
        6..=8 => 2,
        9..=11 => 3,
        _ => 4,
    }
}

pub fn season_code(season: i32) -> &'static str {
    match season {
        1 => "SP",
        2 => "SU",
        3 => "FA",
        _ => "WI",
    }
}

/// The `grain` that is so many of its kind later; `None` beyond the calendar, which ends with the year 9999.
pub fn shift(date: Date, grain: Grain, by: i32) -> Option<Date> {
    let (by, span) = (i64::from(by), Span::new());
    let span = match grain {
        Grain::Day => span.try_days(by),
        Grain::Week | Grain::Weekend => span.try_weeks(by),
        Grain::Month => span.try_months(by),
        Grain::Quarter => span.try_months(by * 3),
        Grain::Half => span.try_months(by * 6),
        Grain::Season | Grain::Year => span.try_years(by),
        Grain::Decade => span.try_years(by * 10),
        Grain::Century => span.try_years(by * 100),
    };
    date.checked_add(span.ok()?).ok()
}

/// The code of a part of the day: `TMO`.
pub fn part_code(part: i32) -> &'static str {
    match part {
        1 => "MO",
        2 => "AF",
        3 => "EV",
        4 => "NI",
        _ => "DT",
    }
}

/// The letters of a unit, and whether it stands behind the `T` of a duration.
pub fn unit_code(unit: i32) -> (&'static str, bool) {
    match unit {
        1 => ("S", true),
        2 => ("M", true),
        3 => ("H", true),
        4 => ("D", false),
        5 => ("W", false),
        7 => ("M", false),
        8 => ("Q", false),
        9 => ("Y", false),
        10 => ("DE", false),
        11 => ("CE", false),
        12 => ("ML", false),
        13 => ("WE", false),
        _ => ("NI", false),
    }
}

/// The grain of a unit and how many of it a unit is; `None` for hours and less.
pub fn grain_of(unit: i32) -> Option<(Grain, i32)> {
    Some(match unit {
        4 | 14 => (Grain::Day, 1),
        5 => (Grain::Week, 1),
        6 => (Grain::Week, 2),
        7 => (Grain::Month, 1),
        8 => (Grain::Quarter, 1),
        9 => (Grain::Year, 1),
        10 => (Grain::Decade, 1),
        11 => (Grain::Century, 1),
        12 => (Grain::Century, 10),
        13 => (Grain::Weekend, 1),
        _ => return None,
    })
}
