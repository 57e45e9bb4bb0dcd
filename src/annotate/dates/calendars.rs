//! Days of other calendars, as Gregorian days.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A day of the Persian solar calendar (1403 is mostly 2024), whose leap years come in cycles of 33 years: right to the day for
/// 1244 to 1472. `None` for what is no day of it.
pub fn persian(year: i32, month: i32, day: i32) -> Option<Date> {
    let longest = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 if is_persian_leap(year) => 30,
        12 => 29,
        _ => 0,
    };
    if !(1244..=1472).contains(&year) || !(1..=longest).contains(&day) {
        return None;
    }
    let length = |year: i32| 365 + i32::from(is_persian_leap(year));
    let years = if year >= 1403 { (1403..year).map(length).sum() } else { -(year..1403).map(length).sum::<i32>() };
    let months = if month <= 7 { (month - 1) * 31 } else { (month - 1) * 30 + 6 };
    date(2024, 3, 20).checked_add(i64::from(years + months + day - 1).days()).ok()
}

fn is_persian_leap(year: i32) -> bool {
    (25 * year + 11) % 33 < 8
}

/// A day of the Islamic calendar (1446 began in 2024) as tables count it. Where the moon decides, it may be a day or two off.
pub fn islamic(year: i32, month: i32, day: i32) -> Option<Date> {
    if !(1200..=1600).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let before = (59 * (month - 1) + 1) / 2;
    from_julian(day + before + (year - 1) * 354 + (3 + 11 * year) / 30 + 1_948_439)
}

/// The day with a Julian day number, of which 2,440,588 is 1 January 1970.
fn from_julian(number: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(i64::from(number - 2_440_588).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_years_and_leap_days() {
        assert_eq!(persian(1403, 1, 1), Some(date(2024, 3, 20)));
        assert_eq!(persian(1403, 9, 13), Some(date(2024, 12, 3)));
        assert_eq!(persian(1403, 12, 30), Some(date(2025, 3, 20)));
        assert_eq!(persian(1404, 1, 1), Some(date(2025, 3, 21)));
        assert_eq!(persian(1357, 11, 22), Some(date(1979, 2, 11)));
        assert_eq!(persian(1403, 7, 31), None);
    }

    #[test]
    fn islamic_days_within_a_day_of_what_was_announced() {
        assert_eq!(islamic(1445, 9, 1), Some(date(2024, 3, 11)));
        assert_eq!(islamic(1446, 1, 1), Some(date(2024, 7, 8)));
        assert_eq!(islamic(1446, 13, 1), None);
    }
}
