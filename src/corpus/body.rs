//! What is wrong or worth knowing in running text, line by line: encoding, weekdays, time stamps.
//! Clean text passes at memory speed; only what catches the eye is read closely.

use std::ops::RangeInclusive;

use jiff::civil::Weekday;

use super::date::{self, PartialDate};
use super::lines::Line;
use super::span::Span;

/// Something noticed in the text. Spans are relative to the piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub span: Span,
    pub what: Noticed,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Noticed {
    /// U+FEFF.
    ByteOrderMark,
    /// U+FFFD: a character was lost before.
    Replacement,
    /// NUL or another control character, C1 included.
    Control(char),
    /// UTF-8 that was read as Windows-1252 (or Latin-1).
    Mojibake,
    /// A weekday and a date; the year may be missing.
    Weekday { said: Weekday, year: Option<i16>, month: i8, day: i8, date: Span },
    /// A day on which the text says that it was published, changed or fetched.
    Stamp(PartialDate),
}

/// Notes on `text` from byte `from` on, in order; `lines` are its lines, and `months` where names of months start.
pub fn notes(text: &str, from: usize, lines: &[Line], months: &[usize]) -> Vec<Note> {
    let Some(body) = text.get(from..) else { return Vec::new() };
    let mut notes = Vec::new();
    encoding(body, &mut notes);
    for note in &mut notes {
        note.span = note.span.moved(from);
    }
    weekdays(text, months.iter().copied().filter(|month| *month >= from), &mut notes);
    let lines = lines.iter().filter(|line| line.start >= from && STAMP.contains(&(line.end - line.start)));
    notes.extend(lines.filter_map(|line| stamp(text, *line)));
    notes.sort_by_key(|note| note.span);
    notes
}

/// Byte order marks, replacement and control characters, mojibake.
fn encoding(body: &str, notes: &mut Vec<Note>) {
    let bytes = body.as_bytes();
    let mut done = 0;
    let mut look = |at: usize| {
        if at >= done {
            done = at + look_closely(body, at, notes);
        }
    };
    if has_control(bytes) {
        let is_suspect = |byte: &u8| is_control(byte) || matches!(byte, 0xC2 | 0xC3 | 0xEF);
        bytes.iter().enumerate().filter(|(_, byte)| is_suspect(byte)).for_each(|(at, _)| look(at));
    } else {
        let begins = |at: &usize| bytes.get(*at..).is_some_and(begins_something);
        memchr::memchr3_iter(0xC2, 0xC3, 0xEF, bytes).filter(begins).for_each(look);
    }
}

/// Whether something that [`encoding`] reports may begin with a lead byte. Spanish is full of `ó`, Chinese of `，`;
/// mojibake is a letter from Â to ô, and another character that is not ASCII.
fn begins_something(bytes: &[u8]) -> bool {
    matches!(bytes, [0xC2, ..0xA0, ..] | [0xEF, 0xBB | 0xBF, ..] | [0xC3, 0x82..=0xB4, 0x80..=0xFF, ..])
}

fn is_control(byte: &u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\n' | b'\r' | b'\t')
}

/// What begins at an offset, if it is to be noted; the bytes that are done with.
fn look_closely(body: &str, at: usize, notes: &mut Vec<Note>) -> usize {
    let rest = body.get(at..).unwrap_or_default();
    let c = rest.chars().next().unwrap_or_default();
    let mut length = c.len_utf8();
    let what = match c {
        '\u{FEFF}' => Some(Noticed::ByteOrderMark),
        '\u{FFFD}' => Some(Noticed::Replacement),
        c if c.is_control() => Some(Noticed::Control(c)),
        'Â'..='ô' => mojibake(rest).map(|found| {
            length = found;
            Noticed::Mojibake
        }),
        _ => None,
    };
    if let Some(what) = what {
        notes.push(Note { span: Span::new(at, at + length), what });
    }
    length
}

/// The length in bytes of the run of mojibake at the start of `text`: characters which, written in Windows-1252,
/// are UTF-8. `â€™` is `’`, `Ã©` is `é`. `None` where it is no such thing: `Ã` alone is Portuguese.
fn mojibake(text: &str) -> Option<usize> {
    let mut length = 0;
    let mut is_sure = false;
    let mut characters = 0;
    while let Some((character, decoded)) = text.get(length..).and_then(mojibake_character) {
        length += character.len();
        characters += 1;
        is_sure |= !is_doubtful(character, decoded);
    }
    (is_sure || characters > 1).then_some(length)
}

/// The first character that was written as mojibake, as it stands and as it was.
fn mojibake_character(text: &str) -> Option<(&str, char)> {
    let mut chars = text.chars();
    let lead = chars.next()?;
    // A letter with a mark, in front of what everyone writes: most are just that.
    if chars.next()?.is_ascii() {
        return None;
    }
    let count = match as_windows_1252(lead)? {
        0xC2..=0xDF => 2,
        0xE2..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    let character = text.get(..end)?;
    let decoded = undo_mojibake(character)?;
    let mut decoded = decoded.chars();
    let only = decoded.next().filter(|c| is_likely(*c))?;
    decoded.next().is_none().then_some((character, only))
}

/// A pair that may be just what it looks like: a capital in front of a quotation mark or dash (`“CAFÉ”`), a letter
/// in front of a no-break space (`Å 5`), or any letter that begins no common mojibake.
fn is_doubtful(character: &str, decoded: char) -> bool {
    let mut chars = character.chars();
    let (lead, second) = (chars.next().unwrap_or_default(), chars.next().unwrap_or_default());
    let punctuation = matches!(second, '\u{2010}'..='\u{203A}' | '«' | '»' | '™' | '€' | '°');
    let is_pair = chars.next().is_none();
    is_pair
        && (punctuation
            || !matches!(lead, 'Â' | 'Ã' | 'Ä' | 'Å' | 'Ð' | 'Ñ' | 'Ø' | 'Ù')
            || (second == '\u{A0}' && !matches!(lead, 'Â' | 'Ã'))
            || decoded == '\u{AD}')
}

/// What mojibake decodes to must be something that texts have: letters of other scripts, punctuation, symbols.
fn is_likely(c: char) -> bool {
    !c.is_control()
        && c != '\u{FFFD}'
        && (c.is_alphabetic()
            || matches!(c, '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{2044}' | '€' | '™' | '\u{FEFF}')
            || c > '\u{1F000}')
}

/// The text that a run of mojibake was before; `None` where it can't be undone.
pub fn undo_mojibake(run: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = run.chars().map(as_windows_1252).collect();
    String::from_utf8(bytes?).ok()
}

/// The byte that Windows-1252 has for a character; its five gaps stand for themselves, as in browsers.
pub fn as_windows_1252(c: char) -> Option<u8> {
    if matches!(c, '\0'..='\u{7F}' | '\u{81}' | '\u{8D}' | '\u{8F}' | '\u{90}' | '\u{9D}') {
        return u8::try_from(u32::from(c)).ok();
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    match (bytes.as_ref(), failed) {
        ([byte], false) => Some(*byte),
        _ => None,
    }
}

/// `Monday, December 1, 2024`: found by the month, which is rarer than a `day`.
fn weekdays(text: &str, months: impl Iterator<Item = usize>, notes: &mut Vec<Note>) {
    /// `day, 31st `
    const REACH: usize = 10;
    let mut done = 0;
    for month in months {
        let before = text.as_bytes().get(month.saturating_sub(REACH)..month).unwrap_or_default();
        let Some(day) = before.windows(3).rposition(|letters| letters == b"day") else { continue };
        let at = month - before.len() + day;
        if at < done {
            continue;
        }
        let start = text.floor_char_boundary(at.saturating_sub(6));
        let end = text.floor_char_boundary((at + 40).min(text.len()));
        let window = text.get(start..end).unwrap_or_default();
        for (said, year, month, day, range) in date::weekday_dates(window) {
            let date = Span::from(range).moved(start);
            let span = Span::from(said.range).moved(start);
            if span.start as usize >= done {
                done = date.end as usize;
                notes.push(Note { span, what: Noticed::Weekday { said: said.weekday, year, month, day, date } });
            }
        }
    }
}

/// Whether there may be a control character of ASCII: there is, or a tab or CR. Two minima answer it, which the compiler
/// makes vector code of.
fn has_control(text: &[u8]) -> bool {
    let (least, delete) = text.iter().fold((u8::MAX, u8::MAX), |(least, delete), byte| {
        // LF becomes the greatest number, all others below the space become the smallest.
        (least.min((byte ^ b'\n').wrapping_sub(1)), delete.min(byte ^ 0x7F))
    });
    least < 0x1F || delete == 0
}

/// Bytes of a line that is a stamp.
const STAMP: RangeInclusive<usize> = 12..=80;

/// Whether a line, without its line end, can be a stamp such as `Updated: 2 December 2024`: a short line with its
/// word near the start.
fn may_be_stamp(line: &[u8]) -> bool {
    const REACH: usize = 8;
    const WORDS: [&[u8]; 4] = [b"ublished", b"pdated", b"osted", b"odified"];
    let may_begin = matches!(line.first(), Some(b'U' | b'u' | b'P' | b'p' | b'L' | b'l' | b'M' | b'm' | b' ' | b'\t'));
    let mut places = (0..=REACH).filter_map(|at| line.get(at..));
    may_begin && places.any(|rest| WORDS.iter().any(|word| rest.starts_with(word)))
}

fn stamp(text: &str, line: Line) -> Option<Note> {
    let content = line.text(text);
    let date = may_be_stamp(content.as_bytes()).then(|| date::stamp(content)).flatten()?;
    Some(Note { span: Span::new(line.start, line.end), what: Noticed::Stamp(date) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::lines::lines_from;

    fn seen(text: &str) -> Vec<String> {
        let lines: Vec<Line> = lines_from(text, 0).collect();
        let months: Vec<usize> = text.match_indices("Dec").map(|(at, _)| at).collect();
        notes(text, 0, &lines, &months)
            .into_iter()
            .map(|note| format!("{:?} {:?}", note.span.of(text), note.what))
            .collect()
    }

    #[test]
    fn clean_text_has_no_notes() {
        assert_eq!(seen("São Paulo, Zoë, naïve, “quoted” — fine… 中文，全角。\n\tTab\r\n"), [""; 0]);
        assert_eq!(seen("“CAFÉ” – «JOSÉ» Å\u{A0}5 Ñandú"), [""; 0]);
        assert_eq!(seen("On Monday he said; the day, however, SÃO PAULO"), [""; 0]);
    }

    #[test]
    fn each_control_character_is_seen() {
        for byte in 0..=u8::MAX {
            let seen = byte.is_ascii_control() && byte != b'\n';
            assert_eq!(has_control(&[b'a', byte, b'b']), seen, "{byte:#x}");
        }
    }

    #[test]
    fn broken_encodings() {
        assert_eq!(seen("He saidâ€™s"), ["\"â€™\" Mojibake"]);
        assert_eq!(undo_mojibake("â€™").unwrap(), "’");
        assert_eq!(seen("cafÃ© Ð¼Ð¸Ñ€").len(), 2);
        assert_eq!(undo_mojibake("Ã©").unwrap(), "é");
        assert_eq!(seen("a\u{FFFD}b\0c\u{FEFF}d\u{92}").len(), 4);
    }

    #[test]
    fn weekdays_and_stamps() {
        assert_eq!(seen("on Monday, December 1, 2024, and Sunday 1 Dec.").len(), 2);
        assert_eq!(
            seen("Updated: 2 December 2024\nHe posted a photo in 2024"),
            ["\"Updated: 2 December 2024\" Stamp(PartialDate { year: 2024, month: Some(12), day: Some(2) })"]
        );
    }
}
