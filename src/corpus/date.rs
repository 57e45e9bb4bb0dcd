//! Dates as headers, prologues, datelines and names write them.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};

/// Names of the months, from January.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date of which month and day may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    pub year: i16,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl PartialDate {
    /// `None` where no calendar has that date, the year 0 included.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        (year > 0).then_some(PartialDate { year, month, day })
    }

    /// The whole date, where month and day are known.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// Whether both can be the same day: what both know is equal.
    pub fn agrees(self, other: Self) -> bool {
        let same = |a: Option<i8>, b: Option<i8>| a.is_none() || b.is_none() || a == b;
        self.year == other.year && same(self.month, other.month) && same(self.day, other.day)
    }

    /// The latest day it can be.
    pub fn latest(self) -> Option<Date> {
        let month = Date::new(self.year, self.month.unwrap_or(12), 1).ok()?;
        self.date().or_else(|| Some(month.last_of_month()))
    }

    /// The earliest day it can be.
    pub fn earliest(self) -> Option<Date> {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        PartialDate { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl std::fmt::Display for PartialDate {
    /// `2024-12-01`, `2024-12` or `2024`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// What a value that should be a date turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// In ISO form.
    Iso(PartialDate),
    /// In another form; two where day and month are in doubt, the likelier first.
    Loose(Vec<PartialDate>),
    /// Written like a date, but no calendar has it.
    Impossible,
    /// No date at all.
    None,
}

impl Reading {
    /// The date, where there is just one reading.
    pub fn only(&self) -> Option<PartialDate> {
        match self {
            Reading::Iso(date) => Some(*date),
            Reading::Loose(dates) => match dates.as_slice() {
                [date] => Some(*date),
                _ => None,
            },
            Reading::Impossible | Reading::None => None,
        }
    }
}

/// A weekday beside a date, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekdaySaid {
    pub range: Range<usize>,
    pub weekday: Weekday,
}

/// Reads a value that should be a date. Ranges are bytes within `value`.
pub fn read(value: &str) -> (Reading, Option<WeekdaySaid>) {
    if let Some((year, month, day)) = iso_day(value) {
        return (iso(year, month, day), None);
    }
    if let Some(found) = ISO.captures(value) {
        let (year, month, day) = numbers(&found, "y", "m", "d");
        return (iso(year.unwrap_or_default(), month, day), None);
    }
    for (form, order) in FORMS.iter() {
        let Some(found) = form.captures(value) else { continue };
        let ymd = numbers(&found, "y", "m", "d");
        let swapped = numbers(&found, "y", "d", "m");
        let readings = match order {
            Order::Known => vec![ymd],
            Order::DayFirst => vec![ymd, swapped],
        };
        return (loose(readings), weekday_said(&found));
    }
    (Reading::None, None)
}

/// `2024-12-01`, the commonest date of all, without the pattern.
fn iso_day(value: &str) -> Option<(i16, Option<i8>, Option<i8>)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = value.as_bytes() else { return None };
    let number = |digits: &[&u8]| {
        let digit = |byte: &&u8| byte.is_ascii_digit().then(|| i16::from(**byte - b'0'));
        digits.iter().try_fold(0, |number, byte| Some(10 * number + digit(byte)?))
    };
    let small = |digits: &[&u8]| number(digits).and_then(|number| i8::try_from(number).ok());
    Some((number(&[y1, y2, y3, y4])?, Some(small(&[m1, m2])?), Some(small(&[d1, d2])?)))
}

/// Whether 19 or 20 stands where a date could begin.
fn may_hold_year(name: &[u8]) -> bool {
    let mut is_inside = false;
    name.windows(2).any(|pair| {
        let begins = !is_inside && matches!(pair, b"19" | b"20");
        is_inside = pair.first().is_some_and(u8::is_ascii_alphanumeric);
        begins
    })
}

/// The date in ISO form at the start of `text`, and how long it is in bytes. The date is `None` where no calendar has it.
pub fn iso_prefix(text: &str) -> Option<(Option<PartialDate>, usize)> {
    let found = ISO_PREFIX.captures(text)?;
    let (year, month, day) = numbers(&found, "y", "m", "d");
    Some((year.and_then(|year| PartialDate::new(year, month, day)), found.get(0)?.end()))
}

/// A date in a file's name: `2024-12-01`, `20241201` or `2024_12_01`, standing alone among letters and digits.
pub fn in_name(name: &str) -> Option<(PartialDate, Range<usize>)> {
    if !may_hold_year(name.as_bytes()) {
        return None;
    }
    NAME.captures_iter(name).find_map(|found| {
        let (year, month, day) = numbers(&found, "y", "m", "d");
        Some((PartialDate::new(year?, month, day)?, found.name("date")?.range()))
    })
}

/// A weekday and the date behind it, anywhere in a text: `Monday, December 1, 2024`, `Friday, June 26`.
pub fn weekday_dates(text: &str) -> impl Iterator<Item = (WeekdaySaid, Option<i16>, i8, i8, Range<usize>)> + '_ {
    WEEKDAY_DATE.captures_iter(text).filter_map(|found| {
        let (year, month, day) = numbers(&found, "y", "m", "d");
        Some((weekday_said(&found)?, year, month?, day?, found.name("date")?.range()))
    })
}

/// A day on which a line says that it was published, changed or fetched: `Updated: 2 December 2024`.
pub fn stamp(line: &str) -> Option<PartialDate> {
    let found = STAMP.captures(line)?;
    read(found.name("value")?.as_str().trim()).0.only()
}

/// The first date with a day and a year that is written out in running text: `March 5, 2024`, `5 March 2024`,
/// `2024-03-05`.
pub fn first_full_date(text: &str) -> Option<PartialDate> {
    FULL_DATE.captures_iter(text).find_map(|found| {
        let (year, month, day) = numbers(&found, "y", "m", "d");
        PartialDate::new(year?, Some(month?), Some(day?))
    })
}

/// The English name of a weekday.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

enum Order {
    /// The form says which number is the month.
    Known,
    /// Two numbers whose order is in doubt: day first, then month first.
    DayFirst,
}

const WEEKDAY: &str = r"(?P<w>Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?";
const MONTH: &str = r"(?P<m>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?";
const TIME: &str = r"(?:,?\s*(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:\(?[A-Z]{1,5}\)?|[+-]\d{2}:?\d{2})?)?";

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?)?)?$",
    )
});
static ISO_PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?(?:[ \t]|$)",
    )
});
static FORMS: LazyLock<Vec<(Regex, Order)>> = LazyLock::new(|| {
    let form = |body: &str| pattern(&format!(r"(?i)^(?:{WEEKDAY},?\s+)?{body}{TIME}$"));
    vec![
        (
            form(&format!(r"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]+(?:of\s+)?{MONTH}[\s,./-]+(?P<y>\d{{4}}|\d{{2}})")),
            Order::Known,
        ),
        (
            form(&format!(r"{MONTH}[\s./-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,./-]+(?P<y>\d{{4}}|\d{{2}})")),
            Order::Known,
        ),
        (form(&format!(r"{MONTH},?\s+(?P<y>\d{{4}})")), Order::Known),
        (form(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"), Order::Known),
        (form(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d{2})"), Order::Known),
        (form(r"(?P<d>\d{1,2})[-/](?P<m>\d{1,2})[-/](?P<y>\d{4}|\d{2})"), Order::DayFirst),
        (pattern(r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?\d{4,6}Z?)?$"), Order::Known),
    ]
});
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^0-9A-Za-z])(?P<date>(?P<y>(?:19|20)\d{2})(?:-(?P<m>\d{2})-(?P<d>\d{2})|_(?P<m2>\d{2})_(?P<d2>\d{2})|\.(?P<m3>\d{2})\.(?P<d3>\d{2})|(?P<m4>\d{2})(?P<d4>\d{2})))(?:$|[^0-9A-Za-z]|T\d)",
    )
});
static WEEKDAY_DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?-u:\b)(?P<w>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?P<date>(?:{MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:, (?P<y>\d{{4}}))?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? {month2}(?:,? (?P<y2>\d{{4}}))?))(?-u:\b)",
        month2 = MONTH.replace("?P<m>", "?P<m2>")
    ))
});
static FULL_DATE: LazyLock<Regex> = LazyLock::new(|| {
    let month = |twin: &str| MONTH.replace("?P<m>", &format!("?P<m{twin}>"));
    pattern(&format!(
        r"(?-u:\b)(?:{} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?, (?P<y>\d{{4}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? {},? (?P<y2>\d{{4}})|(?P<y3>\d{{4}})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}}))(?-u:\b)",
        month(""),
        month("2")
    ))
});
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?i:last )?(?i:published|updated|posted|modified|retrieved|accessed)(?i: on| at)?:?\s+(?P<value>[\w ,./:+-]{6,40}?)\s*$",
    )
});

/// Compiles a constant. `\d` are the digits that numbers are made of, and not those of all scripts, whose tables would take
/// some hundred KB for each pattern.
#[expect(clippy::expect_used, reason = "the patterns are constants, and a test compiles each")]
pub fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace(r"\d", "[0-9]")).expect("a constant pattern")
}

/// Year, month and day from groups; a month may be a name; a group may have numbered twins (`m2`).
fn numbers(found: &Captures<'_>, year: &str, month: &str, day: &str) -> (Option<i16>, Option<i8>, Option<i8>) {
    let group = |name: &str| {
        ["", "2", "3", "4"].iter().find_map(|twin| found.name(&format!("{name}{twin}"))).map(|group| group.as_str())
    };
    let year = group(year).and_then(|digits| {
        let number: i16 = digits.parse().ok()?;
        Some(match digits.len() {
            2 if number < 69 => 2000 + number,
            2 => 1900 + number,
            _ => number,
        })
    });
    let small = |text: Option<&str>| text.and_then(|text| text.parse().ok().or_else(|| month_number(text)));
    (year, small(group(month)), small(group(day)))
}

fn month_number(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(at + 1).ok()
}

fn weekday_said(found: &Captures<'_>) -> Option<WeekdaySaid> {
    let start = found.name("w")?;
    let weekday = match start.as_str().get(..3)?.to_ascii_lowercase().as_str() {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        _ => Weekday::Sunday,
    };
    // The word goes on behind the group: "Mon" + "day".
    let whole = found.get(0)?;
    let tail = whole.as_str().get(start.end() - whole.start()..)?;
    let letters = tail.bytes().take_while(u8::is_ascii_alphabetic).count();
    Some(WeekdaySaid { range: start.start()..start.end() + letters, weekday })
}

type Numbers = (Option<i16>, Option<i8>, Option<i8>);

fn iso(year: i16, month: Option<i8>, day: Option<i8>) -> Reading {
    PartialDate::new(year, month, day).map_or(Reading::Impossible, Reading::Iso)
}

fn loose(readings: impl IntoIterator<Item = Numbers>) -> Reading {
    let mut dates: Vec<PartialDate> = Vec::new();
    for (year, month, day) in readings {
        if let Some(date) = year.and_then(|year| PartialDate::new(year, month, day))
            && !dates.contains(&date)
        {
            dates.push(date);
        }
    }
    if dates.is_empty() { Reading::Impossible } else { Reading::Loose(dates) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str) -> String {
        match read(value).0 {
            Reading::Iso(date) => format!("iso {date}"),
            Reading::Loose(dates) => dates.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "),
            Reading::Impossible => "impossible".into(),
            Reading::None => "no date".into(),
        }
    }

    #[test]
    fn dates_in_many_forms() {
        let cases = [
            ("2024-12-01", "iso 2024-12-01"),
            ("2024-12", "iso 2024-12"),
            ("2024", "iso 2024"),
            ("2024-12-01T10:30:00+03:00", "iso 2024-12-01"),
            ("2024-12-01 10:30", "iso 2024-12-01"),
            ("2024-13-41", "impossible"),
            ("0000-00-00", "impossible"),
            ("30 February 2024", "impossible"),
            ("01/12/2024", "2024-12-01 or 2024-01-12"),
            ("25/12/2024", "2024-12-25"),
            ("12/25/2024", "2024-12-25"),
            ("1.12.2024", "2024-12-01"),
            ("1 December 2024", "2024-12-01"),
            ("Dec. 1, 2024", "2024-12-01"),
            ("December 1st, 2024", "2024-12-01"),
            ("Sunday, December 1, 2024 10:15 GMT", "2024-12-01"),
            ("Sun, 01 Dec 2024 10:00:00 GMT", "2024-12-01"),
            ("1-Dec-24", "2024-12-01"),
            ("20241201", "2024-12-01"),
            ("2024/12/1", "2024-12-01"),
            ("December 2024", "2024-12"),
            ("yesterday", "no date"),
            ("", "no date"),
        ];
        for (value, wanted) in cases {
            assert_eq!(shown(value), wanted, "{value}");
        }
    }

    #[test]
    fn weekdays_beside_dates() {
        let said = |value: &str| read(value).1.map(|said| (said.weekday, value[said.range].to_owned()));
        assert_eq!(said("Monday, December 1, 2024"), Some((Weekday::Monday, "Monday".into())));
        assert_eq!(said("Sun, 01 Dec 2024"), Some((Weekday::Sunday, "Sun".into())));
        let text = "on Friday, June 26, and on Monday, 1 December 2024.";
        let found: Vec<_> =
            weekday_dates(text).map(|(said, y, m, d, at)| (&text[said.range], y, m, d, &text[at])).collect();
        assert_eq!(found, [("Friday", None, 6, 26, "June 26"), ("Monday", Some(2024), 12, 1, "1 December 2024")]);
    }

    #[test]
    fn dates_in_names() {
        let name = |name: &str| in_name(name).map(|(date, range)| (date.to_string(), name[range].to_owned()));
        assert_eq!(name("AFP_ENG_20090531.0001"), Some(("2009-05-31".into(), "20090531".into())));
        assert_eq!(name("wire-2024-12-01.txt"), Some(("2024-12-01".into(), "2024-12-01".into())));
        assert_eq!(name("000_2ac9bca0bc76a745.txt"), None);
        assert_eq!(name("20241341.txt"), None);
    }

    #[test]
    fn stamps() {
        assert_eq!(stamp("Updated: 2 December 2024").map(|date| date.to_string()), Some("2024-12-02".into()));
        assert_eq!(stamp("Published a book in 2024"), None);
    }
}
