//! Findings marked in a text, and columns counted by the test itself.
//!
//! `⟨F001 ==⟩ FILE: a.txt ===` is the text `== FILE: a.txt ===` with the finding F001 on its first two characters.

use std::fmt;

use serde_json::Value;

/// The unit of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
}

impl Encoding {
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
        }
    }

    pub fn named(name: &str) -> Encoding {
        match name {
            "utf-8" => Encoding::Utf8,
            "utf-16" => Encoding::Utf16,
            _ => panic!("the tests do not count in {name}"),
        }
    }

    fn length(self, char: char) -> usize {
        match self {
            Encoding::Utf8 => char.len_utf8(),
            Encoding::Utf16 => char.len_utf16(),
        }
    }
}

/// A finding: code, and where it starts and ends (line and column, from 0).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub start: (u64, u64),
    pub end: (u64, u64),
    pub code: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Found { start, end, code } = self;
        write!(f, "{code} {}:{}-{}:{}", start.0, start.1, end.0, end.1)
    }
}

/// The text without its marks, and the findings they stand for, in order.
pub fn read(marked: &str, encoding: Encoding) -> (String, Vec<Found>) {
    let mut text = String::new();
    let mut ranges = Vec::new();
    let mut rest = marked;
    while let Some((before, behind)) = rest.split_once('⟨') {
        text.push_str(before);
        let (mark, behind) = behind.split_once('⟩').expect("a mark ends with ⟩");
        let (code, marked) = mark.split_once(' ').expect("a mark is ⟨CODE text⟩");
        ranges.push((code.to_owned(), text.len()..text.len() + marked.len()));
        text.push_str(marked);
        rest = behind;
    }
    text.push_str(rest);
    let found = ranges.into_iter().map(|(code, range)| {
        let [start, end] = [range.start, range.end].map(|offset| place(&text, offset, encoding));
        Found { start, end, code }
    });
    let found = sorted(found.collect());
    (text, found)
}

/// Line and column (from 0) of a byte offset. A line ends with LF, CR LF or a lone CR.
pub fn place(text: &str, offset: usize, encoding: Encoding) -> (u64, u64) {
    let (mut line, mut column) = (0, 0);
    let mut chars = text[..offset].chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' if chars.peek() == Some(&'\n') => column += 1,
            '\r' | '\n' => (line, column) = (line + 1, 0),
            _ => column += encoding.length(char),
        }
    }
    (line, column as u64)
}

/// Byte offset of a line and column: behind the end of a line is its end before the line break, behind the last line is
/// the end, and inside a character is its start.
pub fn offset(text: &str, line: u32, column: u32, encoding: Encoding) -> usize {
    let mut start = 0;
    for _ in 0..line {
        match line_break(&text[start..]) {
            Some((_, next)) => start += next,
            None => return text.len(),
        }
    }
    let content = &text[start..start + line_break(&text[start..]).map_or(text.len() - start, |(end, _)| end)];
    let mut left = column as usize;
    for (at, char) in content.char_indices() {
        match left.checked_sub(encoding.length(char)) {
            Some(less) => left = less,
            None => return start + at,
        }
    }
    start + content.len()
}

/// Where the first line ends, and where the next one starts; none in the last line.
fn line_break(text: &str) -> Option<(usize, usize)> {
    let lf = text.find('\n');
    match (text[..lf.unwrap_or(text.len())].find('\r'), lf) {
        (Some(cr), Some(lf)) if cr + 1 == lf => Some((cr, lf + 1)),
        (Some(cr), _) => Some((cr, cr + 1)),
        (None, lf) => lf.map(|lf| (lf, lf + 1)),
    }
}

/// Diagnostics as findings, in order.
pub fn found(diagnostics: &[Value]) -> Vec<Found> {
    sorted(diagnostics.iter().map(one).collect())
}

/// Those of the given codes.
pub fn only(codes: &[&str], found: Vec<Found>) -> Vec<Found> {
    found.into_iter().filter(|one| codes.contains(&one.code.as_str())).collect()
}

/// For comparing: one line for each.
pub fn lines(found: &[Found]) -> String {
    found.iter().map(|one| format!("{one}\n")).collect()
}

fn one(diagnostic: &Value) -> Found {
    let place = |end: &str| {
        let position = &diagnostic["range"][end];
        (position["line"].as_u64().unwrap_or(u64::MAX), position["character"].as_u64().unwrap_or(u64::MAX))
    };
    let code = diagnostic["code"].as_str().unwrap_or("no code").to_owned();
    Found { start: place("start"), end: place("end"), code }
}

fn sorted(mut found: Vec<Found>) -> Vec<Found> {
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_in_either_encoding() {
        let marked = "a\r\n😀 ⟨F001 ==⟩ é\r⟨F003 ⟩";
        let (text, found) = read(marked, Encoding::Utf8);
        assert_eq!(text, "a\r\n😀 == é\r");
        assert_eq!(lines(&found), "F001 1:5-1:7\nF003 2:0-2:0\n");
        assert_eq!(lines(&read(marked, Encoding::Utf16).1), "F001 1:3-1:5\nF003 2:0-2:0\n");
    }

    #[test]
    fn offsets_are_clamped() {
        let at = |line, column| offset("a😀\r\nb\rc", line, column, Encoding::Utf16);
        assert_eq!([at(0, 0), at(0, 1), at(0, 2), at(0, 3), at(0, 9)], [0, 1, 1, 5, 5]);
        assert_eq!([at(1, 0), at(1, 1), at(1, 2), at(2, 0), at(2, 1), at(3, 0)], [7, 8, 8, 9, 10, 10]);
    }

    #[test]
    fn the_end_of_a_line_is_before_its_line_break() {
        assert_eq!(place("ab\r\nc", 2, Encoding::Utf16), (0, 2));
        assert_eq!(place("ab\r\nc", 4, Encoding::Utf16), (1, 0));
        assert_eq!(place("ab\u{2028}\u{b}c", 6, Encoding::Utf16), (0, 4));
    }
}
