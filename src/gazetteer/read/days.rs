//! Days in actors files: `2024-08-21`, and less of it; and PETRARCH's `20240821` and `240821`.

use jiff::civil::Date;

/// Which end of a month or a year is meant where no day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    First,
    Last,
}

/// Why a text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    /// It looks like a date, but no calendar has it.
    Impossible,
    /// It is no date.
    Form,
}

/// Years of two digits from here on are of the 20th century, as PETRARCH reads them.
const PIVOT: i16 = 30;
/// Years of two digits that may be of either century.
const DOUBTFUL: std::ops::Range<i16> = 20..40;

/// The day that `2024-08-21`, `2024-08` or `2024` is, for `end` of a role. What follows a `T` or a space is left out.
pub fn iso(text: &str, end: End) -> Result<Date, Bad> {
    let text = text.trim();
    let text = text.split(['T', ' ']).next().unwrap_or_default();
    let mut numbers = text.split('-').map(digits);
    let year = numbers.next().flatten().filter(|(_, len)| *len == 4).ok_or(Bad::Form)?.0;
    let mut next = || match numbers.next() {
        None => Ok(None),
        Some(Some((number, 1..=2))) => Ok(Some(number)),
        Some(_) => Err(Bad::Form),
    };
    let (month, day) = (next()?, next()?);
    if numbers.next().is_some() {
        return Err(Bad::Form);
    }
    of_parts(year, month, day, end).ok_or(Bad::Impossible)
}

/// The day of a year, or of the end of it that is meant where month or day are missing (or 0).
pub fn of_parts(year: i16, month: Option<i16>, day: Option<i16>, end: End) -> Option<Date> {
    let month = month.filter(|month| *month != 0);
    let day = day.filter(|day| *day != 0 && month.is_some());
    let number = |part: i16| i8::try_from(part).ok();
    let missing_month = if end == End::First { 1 } else { 12 };
    let month = month.map_or(Some(missing_month), number)?;
    match (day, end) {
        (Some(day), _) => Date::new(year, month, number(day)?).ok(),
        (None, End::First) => Date::new(year, month, 1).ok(),
        (None, End::Last) => Date::new(year, month, 1).ok().map(|first| first.last_of_month()),
    }
}

/// A day of PETRARCH, and whether its century is in doubt.
pub fn petrarch(text: &str) -> Result<(Date, bool), Bad> {
    let text = text.trim();
    let number = |from: usize, to: usize| text.get(from..to).and_then(digits).map(|(number, _)| number);
    let (year, rest, doubt) = match text.len() {
        8 => (number(0, 4).ok_or(Bad::Form)?, 4, false),
        6 => {
            let year = number(0, 2).ok_or(Bad::Form)?;
            (year + if year < PIVOT { 2000 } else { 1900 }, 2, DOUBTFUL.contains(&year))
        }
        _ => return Err(Bad::Form),
    };
    let month = number(rest, rest + 2).ok_or(Bad::Form)?;
    let day = number(rest + 2, rest + 4).ok_or(Bad::Form)?;
    match of_parts(year, Some(month), Some(day), End::First) {
        Some(date) if month != 0 && day != 0 => Ok((date, doubt)),
        _ => Err(Bad::Impossible),
    }
}

/// A number of digits alone, and how many.
fn digits(text: &str) -> Option<(i16, usize)> {
    let all = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if all { text.parse().ok().map(|number| (number, text.len())) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_what_is_missing_is_the_first_or_the_last_one() {
        let both = |text| [End::First, End::Last].map(|end| iso(text, end).map(|day| day.to_string()));
        let ok = |day: &str| Ok(day.to_owned());
        assert_eq!(both("2024-08-21"), [ok("2024-08-21"), ok("2024-08-21")]);
        assert_eq!(both("2024-02"), [ok("2024-02-01"), ok("2024-02-29")]);
        assert_eq!(both("2024"), [ok("2024-01-01"), ok("2024-12-31")]);
        assert_eq!(both("2024-08-21T00:00:00Z"), [ok("2024-08-21"), ok("2024-08-21")]);
        assert_eq!(both("2023-02-29"), [Err(Bad::Impossible), Err(Bad::Impossible)]);
        for text in ["", "today", "24-08-21", "21.8.2024", "2024-08-21-01", "2024-8x", "٢٠٢٤"] {
            assert_eq!(iso(text, End::First), Err(Bad::Form), "{text}");
        }
    }

    #[test]
    fn petrarch_writes_years_with_two_or_four_digits() {
        let read = |text| petrarch(text).map(|(day, doubt)| (day.to_string(), doubt));
        assert_eq!(read("19270101"), Ok(("1927-01-01".into(), false)));
        assert_eq!(read("801031"), Ok(("1980-10-31".into(), false)));
        assert_eq!(read("011222"), Ok(("2001-12-22".into(), false)));
        assert_eq!(read("320101"), Ok(("1932-01-01".into(), true)));
        assert_eq!(read("801331"), Err(Bad::Impossible));
        assert_eq!(read("8010"), Err(Bad::Form));
        assert_eq!(read("80١0"), Err(Bad::Form));
    }
}
