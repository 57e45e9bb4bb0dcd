//! Datelines: `BEIJING, June 25 (Xinhua) --`, `LONDON, 25 June 2024 (Reuters) -`.
//!
//! By hand: nearly every first line of the news comes by here, and patterns that know all capitals of all scripts took
//! a third of the reading of a small file, most of it to be compiled.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::date::iso_prefix;

/// Words of a place at the most: `PORT OF SPAIN, Trinidad and Tobago` has lower case and is none.
const PLACE_WORDS: usize = 6;

/// The first sign of Chinese script.
pub const CJK: char = '\u{2E80}';

/// Bytes of a line within which the first digit of a dateline stands, of a Chinese one all of it: places have few words.
const LONGEST_HEAD: usize = 100;

/// The months by their names in small letters, with a capital, and in capitals.
static MONTHS: LazyLock<HashMap<String, i8>> = LazyLock::new(|| {
    let lines = include_str!("dateline/months.txt").lines().filter(|line| !line.starts_with('#'));
    let names = lines.zip(1..).flat_map(|(line, month)| line.split_whitespace().map(move |name| (name, month)));
    names.flat_map(|(name, month)| written(name).map(|name| (name, month))).collect()
});

/// `may`, `May`, `MAY`
fn written(name: &str) -> [String; 3] {
    let mut rest = name.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    [name.to_owned(), first + rest.as_str(), name.to_uppercase()]
}

/// The date of a dateline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
    /// Bytes of the line.
    pub range: Range<usize>,
}

/// The date of the dateline with which a line starts: a place in capitals, a date, and a bracket or a dash. Another
/// place needs a year and the agency in brackets: `Berlin, 3. Mai 2024 (dpa)`.
pub fn read(line: &str) -> Option<Dated> {
    // The first letters tell most lines apart.
    let start = line.len() - line.trim_start().len();
    let first = line.get(start..)?.chars().next()?;
    if !first.is_uppercase() {
        return if first < CJK { None } else { in_chinese(line) };
    }
    let day_at = first_digit(line)?;
    let head = line.get(start..day_at)?;
    let digits = line.bytes().skip(day_at).take_while(u8::is_ascii_digit).take(5).count();
    let day_end = day_at + digits;
    let behind = line.get(day_end..)?;
    if digits == 4 {
        // `BAGHDAD 2024-12-01`; few years have a place in front.
        let (date, length) = is_place(head, true).then(|| iso_prefix(line.get(day_at..)?)).flatten()?;
        let (date, _) = date.zip(ending(None, line.get(day_at + length..)?))?;
        let range = day_at..day_at + line.get(day_at..day_at + length)?.trim_end().len();
        return Some(Dated { year: Some(date.year), month: date.month?, day: date.day?, range });
    }
    let day: i8 = line.get(day_at..day_end).filter(|_| digits <= 2)?.parse().ok()?;
    let dated = |year: Option<i16>, month: i8, from: usize, rest: &str, place: &str| {
        let in_capitals = year.is_none() || !rest.trim_start().starts_with('(');
        is_place(place, in_capitals).then(|| Dated { year, month, day, range: from..line.len() - rest.len() })
    };
    let month_first = || {
        let before = head.trim_end();
        let word = before.rsplit(char::is_whitespace).next()?;
        let (month, "") = month(word)? else { return None };
        let place = before.strip_suffix(word).filter(|_| before.len() < head.len())?;
        let spaced = behind.strip_prefix(',').unwrap_or(behind);
        let with_year = year(spaced.trim_start()).filter(|_| spaced.len() < behind.len() || spaced.starts_with(' '));
        let (year, rest) = ending(with_year, behind)?;
        dated(year, month, start + place.len(), rest, place)
    };
    let day_first = || {
        let rest = behind.strip_prefix('.').unwrap_or(behind);
        let named = without_de(rest.trim_start());
        let (month, rest) = month(named).filter(|_| named.len() < rest.len())?;
        let spaced = rest.strip_prefix(',').unwrap_or(rest);
        let spaced_year = without_de(spaced.trim_start());
        let with_year = year(spaced_year).filter(|_| spaced.starts_with(char::is_whitespace));
        let (year, rest) = ending(with_year, rest)?;
        dated(year, month, day_at, rest, head)
    };
    month_first().or_else(day_first)
}

/// Where the day stands, or a year in front: a place has no digits. Its words begin with capitals, so no word but the
/// month's begins with a small letter: prose is soon told.
fn first_digit(line: &str) -> Option<usize> {
    let (mut small, mut before) = (0, 0);
    for (at, byte) in line.bytes().take(LONGEST_HEAD).enumerate() {
        if byte.is_ascii_digit() {
            return Some(at);
        }
        small += u8::from(before == b' ' && byte.is_ascii_lowercase());
        if small > 1 {
            return None;
        }
        before = byte;
    }
    None
}

/// `3 de mayo de 2024`
fn without_de(text: &str) -> &str {
    text.strip_prefix("de ").unwrap_or(text)
}

/// `新华社北京2024年11月30日电`: the agency, the place, the date and the word for a wire, in one.
fn in_chinese(line: &str) -> Option<Dated> {
    let (head, _) = line.get(..line.floor_char_boundary(LONGEST_HEAD))?.split_once("日电")?;
    let (rest, day) = head.rsplit_once('月')?;
    let (place, year, month) = match rest.rsplit_once('年') {
        Some((rest, month)) => {
            let digits = rest.bytes().rev().take_while(u8::is_ascii_digit).count();
            let (place, year) = rest.split_at_checked(rest.len() - digits)?;
            (place, Some(year.parse().ok().filter(|_| digits == 4)?), month)
        }
        None => {
            let place = rest.trim_end_matches(|c: char| c.is_ascii_digit());
            (place, None, rest.get(place.len()..)?)
        }
    };
    let is_short = place.chars().count() <= 20 && !place.contains(char::is_whitespace);
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    is_short.then(|| Dated { year, month, day, range: place.len()..head.len() + "日".len() })
}

/// `NEW YORK, ` or `TEL AVIV/Gaza `: words that begin with a capital, the first all in capitals, if it must be.
fn is_place(text: &str, in_capitals: bool) -> bool {
    let place = text.trim_end();
    let is_spaced = place.len() < text.len();
    let place = place.strip_suffix(',').unwrap_or(place);
    let in_word = |c: char| matches!(c, '.' | '\'' | '’' | '-');
    let mut words = place.split([' ', ',', '/']).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let is_capital = first.chars().take(2).filter(|c| c.is_uppercase()).count() == 2
        && first.chars().all(|c| c.is_uppercase() || in_word(c));
    let is_next =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || in_word(c));
    is_spaced
        && (is_capital || !in_capitals && is_next(first))
        && !place.ends_with([' ', ',', '/'])
        && words.clone().count() < PLACE_WORDS
        && words.all(is_next)
}

/// The month that `text` starts with, `Sept.` too, and what is behind it.
fn month(text: &str) -> Option<(i8, &str)> {
    let name = text.get(..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))?;
    let month = MONTHS.get(name)?;
    let rest = text.get(name.len()..)?;
    (!rest.starts_with('_')).then_some((*month, rest.strip_prefix('.').unwrap_or(rest)))
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
        // `MOSCOW, May 3. /TASS/.`
        if let Some(agency) = rest.strip_prefix('.') {
            return agency.trim_start().starts_with('/');
        }
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
            ("MINSK, May 7, 2024. /BelTA/. The", (Some(2024), 5, 7, "May 7, 2024")),
            ("MINSK, May 7. /BelTA/. The", (None, 5, 7, "May 7")),
            ("IZMIR, May 7 2024 (AA) - The", (Some(2024), 5, 7, "May 7 2024")),
            ("QOM, 2024-05-07 (IRNA) - The", (Some(2024), 5, 7, "2024-05-07")),
            ("Odesa, May 7, 2024 (Ukrinform). The", (Some(2024), 5, 7, "May 7, 2024")),
            ("Bonn, 7. März 2024 (dpa) - Der", (Some(2024), 3, 7, "7. März 2024")),
            ("LYON, 7 déc 2024 (AFP) - Le", (Some(2024), 12, 7, "7 déc 2024")),
            ("Sevilla, 7 de mayo de 2024 (EFE).- El", (Some(2024), 5, 7, "7 de mayo de 2024")),
            ("КАЗАНЬ, 7 мая 2024 - РИА Новости. Глава", (Some(2024), 5, 7, "7 мая 2024")),
            ("КАЗАНЬ, 7 мая /ТАСС/. Глава", (None, 5, 7, "7 мая")),
            ("BURSA, 7 Ağustos 2024 (AA) - Bakan", (Some(2024), 8, 7, "7 Ağustos 2024")),
            ("新华社上海2024年5月7日电 市政府", (Some(2024), 5, 7, "2024年5月7日")),
            ("中新社上海5月7日电 市政府", (None, 5, 7, "5月7日")),
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
            "Bonn, 7. März 2024 war ein Tag",
            "Bonn, 7. März (dpa) - Der",
            "QOM, 2024-05-07 was the day",
            "Parts of it, 7 May 2024 (as said) - the day",
            "BEIJING, June 25. The minister",
            "他在2024年5月7日说",
            "",
        ];
        for line in cases {
            assert_eq!(shown(line), None, "{line}");
        }
    }
}
