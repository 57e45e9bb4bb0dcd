//! Headers: the `key: value` lines directly below an opener.

use super::date::{self, PartialDate, Reading};
use super::keys::{HEADER_KEYS, HeaderKey};
use super::lines::Line;
use super::span::Span;

/// A header has at most so many lines, and each is read so far in bytes.
const MAX_LINES: usize = 64;

/// One line of a header, as small as it can be: a corpus has more of them than of anything else. Spans are relative to
/// the piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    start: u32,
    /// Without white space around it.
    pub value: Span,
    /// Behind the line end.
    end: u32,
    key_length: u8,
    key: Option<KnownKey>,
    date: EntryDate,
}

/// For keys whose value is a date: nearly all of them are just that.
#[derive(Debug, Clone, Copy, PartialEq)]
enum EntryDate {
    None,
    Iso(PartialDate),
    /// Place in [`HeaderLines::dates`].
    Other(u8),
}

/// The value of `date:` or `retrieved:`, as read.
#[derive(Debug, Clone, PartialEq)]
pub struct DateValue {
    pub reading: Reading,
    pub weekday: Option<(Span, jiff::civil::Weekday)>,
}

/// The header of a dispatch.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderLines {
    /// At least one.
    pub entries: Box<[Entry]>,
    /// Dates that are not simply in ISO form: few headers have any.
    dates: Option<Box<Dates>>,
    /// A blank line, another delimiter or the end follows.
    pub blank_below: bool,
    /// Where the body starts, behind the blank line.
    pub end: u32,
}

impl Entry {
    /// `None` where the key is not known.
    pub fn key(&self) -> Option<&'static HeaderKey> {
        self.key.map(KnownKey::row)
    }

    pub fn key_span(&self) -> Span {
        Span { start: self.start, end: self.start + u32::from(self.key_length) }
    }

    /// The whole line with its line end.
    pub fn line(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Dates(Vec<DateValue>);

impl HeaderLines {
    /// From the first key to the end of the last value.
    pub fn span(&self) -> Span {
        let start = self.entries.first().map_or(0, |entry| entry.start);
        let end = self.entries.last().map_or(start, |entry| entry.value.end.max(entry.key_span().end));
        Span { start, end }
    }

    /// The first line with a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key().is_some_and(|known| known.key == key))
    }

    /// The date of a line, for keys whose value is a date.
    pub fn date_of(&self, entry: &Entry) -> Option<DateValue> {
        match entry.date {
            EntryDate::None => None,
            EntryDate::Iso(date) => Some(DateValue { reading: Reading::Iso(date), weekday: None }),
            EntryDate::Other(at) => self.dates.as_ref()?.0.get(at as usize).cloned(),
        }
    }

    /// The date of the first line with a key, where it has one reading, and where it stands.
    pub fn date(&self, key: &str) -> Option<(PartialDate, Span)> {
        let entry = self.entry(key)?;
        Some((self.date_of(entry)?.reading.only()?, entry.value))
    }
}

/// Reads the header that a piece has in `lines`, from the first of them on; `None` where there is none.
///
/// Prose can look like it (`Damascus: Iran FM meets …`), so a block of such lines is a header only if it has a known
/// key, or one that is nearly known and a blank line below.
pub fn read(piece: &str, mut lines: impl Iterator<Item = Line>) -> Option<HeaderLines> {
    let (mut entries, mut dates) = (Vec::with_capacity(HEADER_KEYS.len()), Vec::new());
    // The first line that is none of it.
    let mut next = lines.next();
    while let Some(line) = next.filter(|_| entries.len() < MAX_LINES)
        && let Some(entry) = entry(piece, line, &mut dates)
    {
        entries.push(entry);
        next = lines.next();
    }
    if entries.is_empty() {
        return None;
    }
    // Behind the last known key, an unknown one that runs on into text is text: `Damascus: Iran FM meets …`.
    let blank = next.is_some_and(|line| line.is_blank(piece));
    let known = |entry: &Entry| entry.key.is_some();
    if !blank {
        let keep = entries.iter().rposition(known).map_or(0, |last| last + 1);
        entries.truncate(keep);
    }
    let nearly = || entries.iter().any(|entry| nearest_key(entry.key_span().of(piece)).is_some());
    let is_header = entries.iter().any(known) || (blank && nearly());
    if !is_header {
        return None;
    }
    let end = entries.last()?.end as usize;
    let below = next.filter(|line| line.start == end).or_else(|| Line::at(piece, end));
    let blank_below = below.is_none_or(|line| line.is_blank(piece));
    let body = match below {
        Some(line) if blank_below => line.next,
        _ => end,
    };
    Some(HeaderLines {
        // Copied: what is left of a list that is cut to its length is lost between two others.
        entries: entries.as_slice().into(),
        dates: (!dates.is_empty()).then(|| Box::new(Dates(dates))),
        blank_below,
        end: Span::empty(body).end,
    })
}

fn entry(piece: &str, line: Line, dates: &mut Vec<DateValue>) -> Option<Entry> {
    let content = line.text(piece);
    let (key_span, value) = split(content)?;
    let key = KnownKey::named(key_span.of(content));
    let is_date = key.is_some_and(|key| matches!(key.row().key, "date" | "retrieved"));
    let date = match is_date.then(|| date::read(value.of(content))) {
        None => EntryDate::None,
        Some((Reading::Iso(date), None)) => EntryDate::Iso(date),
        Some((reading, weekday)) => {
            let weekday =
                weekday.map(|said| (Span::from(said.range).moved(value.start as usize + line.start), said.weekday));
            dates.push(DateValue { reading, weekday });
            // There are [`MAX_LINES`] at the most.
            EntryDate::Other(u8::try_from(dates.len() - 1).unwrap_or(u8::MAX))
        }
    };
    let Span { start, end } = Span::new(line.start, line.next);
    let key_length = u8::try_from(key_span.end).unwrap_or(u8::MAX);
    Some(Entry { start, value: value.moved(line.start), end, key_length, key, date })
}

/// Key and value of `key: value`, without white space around them; a tab or space may stand in front of the colon, and
/// one must behind it where there is a value, unless the key is to the letter one of the table's. A key begins with a
/// letter and has letters, digits, `_` and `-`.
///
/// By hand: it is asked of the first lines of every dispatch, and a pattern with groups took most of the reading.
fn split(content: &str) -> Option<(Span, Span)> {
    const LONGEST_KEY: usize = 24;
    let bytes = content.as_bytes();
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    let in_key = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let key_end = bytes.iter().take(LONGEST_KEY).take_while(in_key).count();
    if !bytes.first()?.is_ascii_alphabetic() {
        return None;
    }
    let colon = key_end + usize::from(bytes.get(key_end).is_some_and(is_space));
    if bytes.get(colon) != Some(&b':') {
        return None;
    }
    let key = Span::new(0, key_end);
    let rest = content.get(colon + 1..)?;
    let value = rest.trim_start_matches([' ', '\t']);
    let start = content.len() - value.len();
    if rest.is_empty() {
        return Some((key, Span::empty(key_end + 1)));
    }
    // `date:2024-12-01` can be meant as nothing else; `Damascus:Iran` and `url://x` can.
    let is_meant = || !rest.starts_with('/') && HEADER_KEYS.iter().any(|known| known.key == key.of(content));
    (start > colon + 1 || is_meant())
        .then(|| (key, Span::new(start, start + value.trim_end_matches([' ', '\t']).len())))
}

/// A key that is known: its place in the table, or behind it for keys of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct KnownKey(u8);

impl KnownKey {
    fn named(name: &str) -> Option<KnownKey> {
        let own = || name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("x-")) && name.len() > 2;
        let same = |key: &HeaderKey| {
            key.key.eq_ignore_ascii_case(name) || key.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
        };
        // Most are canonical already, and that is quickly seen.
        let exact = HEADER_KEYS.iter().position(|key| key.key == name);
        let at = exact.or_else(|| HEADER_KEYS.iter().position(same)).or_else(|| own().then_some(HEADER_KEYS.len()))?;
        u8::try_from(at).ok().map(KnownKey)
    }

    fn row(self) -> &'static HeaderKey {
        static OWN: HeaderKey = HeaderKey { key: "x-", aliases: &[], meaning: "a key of your own" };
        HEADER_KEYS.get(self.0 as usize).unwrap_or(&OWN)
    }
}

/// The key that `name`, canonical or an alias in any case, stands for. `x-…` keys are known without being listed.
pub fn known_key(name: &str) -> Option<&'static HeaderKey> {
    KnownKey::named(name).map(KnownKey::row)
}

/// The known key that an unknown one is probably meant to be.
pub fn nearest_key(name: &str) -> Option<&'static str> {
    if known_key(name).is_some() {
        return None;
    }
    let name = name.to_ascii_lowercase();
    HEADER_KEYS
        .iter()
        .flat_map(|key| std::iter::once(key.key).chain(key.aliases.iter().copied()).map(|spelling| (key.key, spelling)))
        .filter(|(_, spelling)| spelling.len() >= 3)
        .map(|(key, spelling)| (strsim::osa_distance(&name, &spelling.to_ascii_lowercase()), key))
        .filter(|(distance, _)| *distance <= if name.len() >= 6 { 2 } else { 1 })
        .min()
        .map(|(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::lines::lines_from;

    fn keys(piece: &str) -> Option<Vec<String>> {
        let header = read(piece, lines_from(piece, 0))?;
        Some(
            header
                .entries
                .iter()
                .map(|entry| format!("{}={}", entry.key().map_or("?", |key| key.key), entry.value.of(piece)))
                .collect(),
        )
    }

    #[test]
    fn headers_and_what_only_looks_like_one() {
        assert_eq!(keys("date: 2024-12-01\nsource: SANA\n\nText").unwrap(), ["date=2024-12-01", "source=SANA"]);
        assert_eq!(keys("PD: 2024-12-01\r\nHL: A: b\r\n\r\nText").unwrap(), ["date=2024-12-01", "title=A: b"]);
        assert_eq!(keys("date: 2024-12-01\nDamascus: Iran FM meets").unwrap(), ["date=2024-12-01"]);
        assert_eq!(keys("tilte: A\n\nText").unwrap(), ["?=A"]);
        assert_eq!(keys("date: 2024-12-01\nmood: dark\n\nText").unwrap(), ["date=2024-12-01", "?=dark"]);
        assert_eq!(keys("x-batch: 7\ntitle:\n\n").unwrap(), ["x-=7", "title="]);
        assert_eq!(keys("date:2024-12-01\nsource:SANA\n\nText").unwrap(), ["date=2024-12-01", "source=SANA"]);
        assert_eq!(keys("Source:SANA\n\nText"), None);
        assert_eq!(keys("Damascus: Iran FM meets Assad\n\nText"), None);
        assert_eq!(keys(" date 2024-12-01 Text"), None);
        assert_eq!(keys("https://example.org/"), None);
    }

    #[test]
    fn nearest_keys() {
        assert_eq!(nearest_key("tilte"), Some("title"));
        assert_eq!(nearest_key("datelin"), Some("dateline"));
        assert_eq!(nearest_key("date"), None);
        assert_eq!(nearest_key("Damascus"), None);
    }
}
