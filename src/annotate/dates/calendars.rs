//! Days of other calendars, as Gregorian days.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A day of the Persian solar calendar (1403 is mostly 2024), by the cycle of 2,820 years: right to the day for the years
/// that are in use. `None` for what is no day of it.
pub fn persian(year: i32, month: i32, day: i32) -> Option<Date> {
    let longest = if month <= 6 { 31 } else { 30 };
    if !(1200..=1500).contains(&year) || !(1..=12).contains(&month) || !(1..=longest).contains(&day) {
        return None;
    }
    let of_cycle = 474 + (year - 474).rem_euclid(2820);
    let before = if month <= 7 { (month - 1) * 31 } else { (month - 1) * 30 + 6 };
    let days = day + before + (of_cycle * 682 - 110) / 2816 + (of_cycle - 1) * 365;
    from_julian(days + (year - 474).div_euclid(2820) * 1_029_983 + 1_948_320)
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
