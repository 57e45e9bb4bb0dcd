//! What a file is that is not UTF-8.

use std::str::Utf8Error;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use crate::text::LineColumn;

/// The first place in a file that is not UTF-8.
#[derive(Debug, Clone)]
pub struct BadUtf8 {
    /// Byte offset, the same in the file and in the text made from it.
    pub offset: usize,
    pub place: LineColumn,
    /// What to tell people: what there is, the likely encoding, what to do.
    pub message: String,
}

/// How much of a file is looked at for its encoding, in bytes on each side of the first bad one.
const SAMPLE: usize = 64 << 10;

/// By its byte order mark, or by where its NULs are, the UTF-16 or UTF-32 that `bytes` are.
pub fn utf_16_or_32(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 4] = [
        (&[0xFF, 0xFE, 0, 0], "UTF-32LE"),
        (&[0, 0, 0xFE, 0xFF], "UTF-32BE"),
        (&[0xFF, 0xFE], "UTF-16LE"),
        (&[0xFE, 0xFF], "UTF-16BE"),
    ];
    let marked = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, encoding)| *encoding);
    marked.or_else(|| {
        let start = bytes.get(..bytes.len().min(512)).unwrap_or_default();
        let nuls = |parity: usize| start.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
        let (even, odd) = (nuls(0), nuls(1));
        let most = start.len() / 4;
        match start.len() >= 8 {
            true if odd > most && even == 0 => Some("UTF-16LE"),
            true if even > most && odd == 0 => Some("UTF-16BE"),
            _ => None,
        }
    })
}

/// The text that `bytes` are.
pub fn utf_8(bytes: &[u8]) -> Result<&str, Utf8Error> {
    // Twice as fast as the standard library, but it does not say what is wrong.
    simdutf8::basic::from_utf8(bytes).or_else(|_| std::str::from_utf8(bytes))
}

/// How many bytes at the end of `bytes` are the start of a character that goes on behind them.
pub fn cut_character(bytes: &[u8]) -> usize {
    let last = bytes.iter().rev().take(3).zip(1..);
    let lead = last.map(|(byte, back)| (*byte, back)).find(|(byte, _)| byte & 0xC0 != 0x80);
    let wanted = |byte: u8| if byte < 0x80 { 1 } else { byte.leading_ones() as usize };
    lead.filter(|(byte, back)| wanted(*byte) > *back).map_or(0, |(_, back)| back)
}

/// What to say about `bytes`, whose first `error` is known.
pub fn describe(bytes: &[u8], error: Utf8Error) -> BadUtf8 {
    let offset = error.valid_up_to();
    let before = bytes.get(..offset).unwrap_or_default();
    let place = place_behind(before);
    let found = bytes.get(offset).map(|byte| format!("byte 0x{byte:02X}")).unwrap_or_default();
    let advice = match error.error_len() {
        None => "the file ends inside a character: was it cut off?".to_owned(),
        Some(_) => {
            let from = offset.saturating_sub(SAMPLE);
            let to = offset.saturating_add(SAMPLE).min(bytes.len());
            let sample = bytes.get(from..to).unwrap_or_default();
            if is_mostly_utf_8(sample) {
                "the text around it is UTF-8: this place is damaged".to_owned()
            } else {
                let name = likely(sample);
                format!("likely {name}; convert it: iconv -f {name} -t UTF-8")
            }
        }
    };
    BadUtf8 { offset, place, message: format!("{found} is not UTF-8 ({advice})") }
}

fn is_mostly_utf_8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn likely(sample: &[u8]) -> &'static str {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny).name()
}

/// Line and column, from 1, behind valid UTF-8.
pub fn place_behind(before: &[u8]) -> LineColumn {
    let ends = memchr::memchr2_iter(b'\n', b'\r', before);
    let is_end = |at: &usize| !(before.get(*at) == Some(&b'\r') && before.get(at + 1) == Some(&b'\n'));
    let (count, start) = ends.filter(is_end).fold((0, 0), |(count, _), at| (count + 1, at + 1));
    let line = before.get(start..).unwrap_or_default();
    LineColumn { line: count + 1, column: line.iter().filter(|byte| (**byte & 0xC0) != 0x80).count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_is_cut() {
        let text = "aé中😀";
        for end in 0..=text.len() {
            let whole = text.floor_char_boundary(end);
            assert_eq!(cut_character(&text.as_bytes()[..end]), end - whole, "{end}");
        }
        assert_eq!(cut_character(&[0x80; 9]), 0, "no start of a character in reach");
    }
}
