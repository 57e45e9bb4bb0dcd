//! The delimiter that nearly every line with one has, without looking for what could be wrong with it:
//! `=== FILE: name.txt ===`. What is not just so is left to [`super::fenced`].

use super::Dialect;
use super::lines::Line;
use super::mark::{Mark, Role};
use super::name;
use super::span::Span;
use super::style::Style;

const LEFT: &str = "=== FILE: ";
const RIGHT: &str = " ===";
const KEYWORD: Span = Span { start: 4, end: 8 };
/// Longer names are looked at closely.
const LONGEST: usize = 200;

/// The canonical opener on `line`, if it is one to the letter and its name is of plain characters.
pub fn opener(text: &str, line: Line) -> Option<Mark> {
    let content = line.text(text);
    let name = content.strip_prefix(LEFT)?.strip_suffix(RIGHT)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/' | b'-');
    let first = *name.as_bytes().first()?;
    if !first.is_ascii_alphanumeric() || name.len() > LONGEST || !name.bytes().all(is_plain) {
        return None;
    }
    let mut mark = Mark::new(Role::Opener, Style::usual(Dialect::Canonical), Span::new(0, content.len()));
    mark.end = Span::empty(line.next - line.start).end;
    mark.keyword = KEYWORD;
    mark.name = Span::new(LEFT.len(), LEFT.len() + name.len());
    mark.key = name::key(name);
    // Of plain names only those with folders, and those that can be a device of Windows, can be unsafe.
    if name.contains('/') || matches!(first.to_ascii_lowercase(), b'a' | b'c' | b'l' | b'n' | b'p') {
        mark.unsafe_name = name::unsafety(name);
    }
    mark.blank_before = Line::before(text, line.start).map(|before| before.is_blank(text));
    Some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::recognise::recognise;

    #[test]
    fn it_reads_what_the_close_look_reads() {
        let names = [
            "a",
            "a.txt",
            "000_2ac9bca0.txt",
            "dir/x-y_z.txt",
            "nul.txt",
            "a/../b",
            "a--",
            "a-.-b",
            "9-",
            "END-FILE",
            "FILE",
            "x===y",
            "x y.txt",
            "-a",
            "",
            " a",
            "a ",
            "é.txt",
            "c:/x",
            "a..",
            "a//b",
            "con",
            "PRN.txt",
            "aux",
            "COM1.a",
            "lpt9",
            "CLOCK",
        ];
        let mut read = 0;
        for name in names {
            for text in [format!("=== FILE: {name} ===\n"), format!("text\r\n=== FILE: {name} ===\r\nmore")] {
                let start = text.find("===").unwrap();
                let line = Line::at(&text, start).unwrap();
                if let Some(mark) = opener(&text, line) {
                    read += 1;
                    assert_eq!(Some(mark), recognise(&text, line), "{name}");
                }
            }
        }
        assert_eq!(read, 38);
    }
}
