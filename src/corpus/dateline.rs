//! Datelines: `BEIJING, June 25 (Xinhua) --`, `LONDON, 25 June 2024 (Reuters) -`.
//!
//! By hand: nearly every first line of the news comes by here, and patterns that know all capitals of all scripts took
//! a third of the reading of a small file, most of it to be compiled.

use std::ops::Range;

/// Words of a place at the most: `PORT OF SPAIN, Trinidad and Tobago` has lower case and is none.
const PLACE_WORDS: usize = 6;

const MONTHS: [&[&str]; 12] = [
    &["Jan", "January"],
    &["Feb", "February"],
    &["Mar", "March"],
    &["Apr", "April"],
    &["May"],
    &["Jun", "June"],
    &["Jul", "July"],
    &["Aug", "August"],
    &["Sep", "Sept", "September"],
    &["Oct", "October"],
    &["Nov", "November"],
    &["Dec", "December"],
];

/// The date of a dateline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
    /// Bytes of the line.
    pub range: Range<usize>,
}

/// The date of the dateline with which a line starts: a place in capitals, a date, and a bracket or a dash.
pub fn read(line: &str) -> Option<Dated> {
    // The first letters tell most lines apart.
    let start = line.len() - line.trim_start().len();
    if !line.get(start..)?.chars().take(2).all(char::is_uppercase) {
        return None;
    }
    // A place has no digits, so the first one is the day's.
    let day_at = line.bytes().position(|byte| byte.is_ascii_digit())?;
    let head = line.get(start..day_at)?;
    let digits = line.bytes().skip(day_at).take_while(u8::is_ascii_digit).take(3).count();
    let day_end = day_at + digits;
    let day: i8 = line.get(day_at..day_end).filter(|_| digits <= 2)?.parse().ok()?;
    let behind = line.get(day_end..)?;
    let month_first = || {
        let before = head.trim_end();
        let word = before.rsplit(char::is_whitespace).next()?;
        let (month, "") = month(word)? else { return None };
        let place = before.strip_suffix(word).filter(|place| before.len() < head.len() && is_place(place))?;
        let with_year = behind.strip_prefix(',').and_then(|rest| year(rest.trim_start()));
        let (year, rest) = ending(with_year, behind)?;
        let range = start + place.len()..line.len() - rest.len();
        Some(Dated { year, month, day, range })
    };
    let day_first = || {
        let rest = behind.trim_start();
        let (month, rest) = month(rest).filter(|_| rest.len() < behind.len() && is_place(head))?;
        let spaced = rest.strip_prefix(',').unwrap_or(rest);
        let with_year = year(spaced.trim_start()).filter(|_| spaced.starts_with(char::is_whitespace));
        let (year, rest) = ending(with_year, rest)?;
        Some(Dated { year, month, day, range: day_at..line.len() - rest.len() })
    };
    month_first().or_else(day_first)
}

/// `NEW YORK, ` or `TEL AVIV/Gaza `: words that begin with a capital, the first with two.
fn is_place(text: &str) -> bool {
    let place = text.trim_end();
    let is_spaced = place.len() < text.len();
    let place = place.strip_suffix(',').unwrap_or(place);
    let in_word = |c: char| matches!(c, '.' | '\'' | '’' | '-');
    let mut words = place.split([' ', ',', '/']).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let is_first = first.chars().take(2).filter(|c| c.is_uppercase()).count() == 2
        && first.chars().all(|c| c.is_uppercase() || in_word(c));
    let is_next =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || in_word(c));
    is_spaced
        && is_first
        && !place.ends_with([' ', ',', '/'])
        && words.clone().count() < PLACE_WORDS
        && words.all(is_next)
}

/// The month that `text` starts with, `Sept.` too, and what is behind it.
fn month(text: &str) -> Option<(i8, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at_checked(letters)?;
    let at = MONTHS.iter().position(|names| names.contains(&name))?;
    let is_whole = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    is_whole.then_some((i8::try_from(at + 1).ok()?, rest.strip_prefix('.').unwrap_or(rest)))
}

/// The year of four digits that `text` starts with, and what is behind it.
fn year(text: &str) -> Option<(i16, &str)> {
    let (year, rest) = text.split_at_checked(4)?;
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
    Some((year.parse().ok().filter(|_| is_year)?, rest))
}

/// The year, if there is one, and what is behind the date, where that is how a date in a dateline ends.
fn ending<'a>(with_year: Option<(i16, &'a str)>, without: &'a str) -> Option<(Option<i16>, &'a str)> {
    let ends = |rest: &str| {
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        rest.starts_with(['(', '/', '—', '–', '-', ':'])
    };
    let with_year = with_year.map(|(year, rest)| (Some(year), rest));
    [with_year, Some((None, without))].into_iter().flatten().find(|(_, rest)| ends(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Option<(Option<i16>, i8, i8, &str)> {
        read(line).map(|date| (date.year, date.month, date.day, &line[date.range]))
    }

    #[test]
    fn datelines() {
        let cases = [
            ("BEIJING, June 25 (Xinhua) -- Chinese", (None, 6, 25, "June 25")),
            ("  NEW YORK, Sept. 3, 2021 — The", (Some(2021), 9, 3, "Sept. 3, 2021")),
            ("LONDON, 25 June (Reuters) - The", (None, 6, 25, "25 June")),
            ("TEL AVIV/Gaza City 1 Dec. 2024: The", (Some(2024), 12, 1, "1 Dec. 2024")),
            ("ПАРИЖ, May 1, / AFP", (None, 5, 1, "May 1")),
            ("ST. JOHN’S, Jan 7,(AP)", (None, 1, 7, "Jan 7")),
            ("CAIRO May 3 June 2020 - The", (Some(2020), 6, 3, "3 June 2020")),
        ];
        for (line, wanted) in cases {
            assert_eq!(shown(line), Some(wanted), "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_one() {
        let cases = [
            "On Friday, June 25 - the day",
            "US envoy June 25 -",
            "BEIJING, June 25 the",
            "BEIJING, June 251 (Xinhua)",
            "BEIJING, Juno 25 (Xinhua)",
            "BEIJING,June 25 (Xinhua)",
            "BEIJING , June 25 (Xinhua)",
            "BEIJING, June 25, 20211 (Xinhua)",
            "A B C June 25 (Xinhua)",
            "AA B C D E F G June 25 (Xinhua)",
            "AA, 25June (Xinhua)",
            "AA, 25 June2020 (Xinhua)",
            "AA 25",
            "",
        ];
        for line in cases {
            assert_eq!(shown(line), None, "{line}");
        }
    }
}
