//! The two kinds of lines that nearly all lines are, told without a close look: the delimiter that is simply right
//! (`=== FILE: name.txt ===`), and prose. What is not just so is left to [`super::recognise`].

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
    // Of plain names only those with folders or a dot at the end, and those that can be a device of Windows, can be
    // unsafe.
    if name.contains('/')
        || name.ends_with('.')
        || matches!(first.to_ascii_lowercase(), b'a' | b'c' | b'l' | b'n' | b'p')
    {
        mark.unsafe_name = name::unsafety(name);
    }
    mark.blank_before = Line::before(text, line.start).map(|before| before.is_blank(text));
    Some(mark)
}

/// Words that a delimiter can begin with beside FILE and what is near to it, in capitals.
const FIRST_WORDS: [&str; 6] = ["DIRECTORY", "DOCUMENT", "DOCUMENTO", "DOKUMENT", "ENDFILE", "SYMLINK"];
/// Words that stand in front of FILE in a delimiter.
const BEFORE_FILE: [&str; 3] = ["BEGIN", "END", "START"];
/// Bytes behind them in which FILE begins, `of` and white space included.
const KEYWORD_REACH: usize = 16;
/// Letters of the longest word that is one slip away from FILE.
const LONGEST_SLIP: usize = 5;
/// The longest of them.
const LONGEST_WORD: usize = 9;
/// A delimiter without a fence in front is no longer than this; names have at most 255 bytes.
const LONGEST_LINE: usize = 320;
/// A line that numbers dispatches (`3 of 250 DOCUMENTS`) is no longer than this.
const LONGEST_COUNT: usize = 100;

/// Whether a line, without its line end, is prose by its first word: it begins no delimiter in any dialect.
pub fn is_prose(line: &[u8]) -> bool {
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 {
        let is_number = matches!(line.get(digits), Some(b' ' | b',' | b'.'));
        return is_number && line.trim_ascii_end().len() > LONGEST_COUNT;
    }
    let letters = line.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters == 0 || !matches!(line.get(letters), Some(b' ' | b',' | b'.' | b'\'')) {
        return false;
    }
    if letters > LONGEST_WORD || line.len() > LONGEST_LINE {
        return true;
    }
    let (word, behind) = line.split_at_checked(letters).unwrap_or_default();
    if is_near_file(word) {
        return false;
    }
    let is = |words: &[&str], word: &[u8]| words.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word));
    if !is(&BEFORE_FILE, word) {
        return !is(&FIRST_WORDS, word);
    }
    // `END FILE`, `END OF FILE`; but `End of the week, he said`
    if !behind.iter().take(KEYWORD_REACH).all(u8::is_ascii) {
        return false;
    }
    let mut words = behind.split(|byte| !byte.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let next = words.next().filter(|word| !word.eq_ignore_ascii_case(b"of")).or_else(|| words.next());
    next.is_some_and(|word| !is_near_file(word))
}

/// The start of `F ILE`, `FIEL`, `FILES`.
fn is_near_file(word: &[u8]) -> bool {
    if word.len() > LONGEST_SLIP {
        return false;
    }
    let word: String = word.iter().map(|byte| char::from(byte.to_ascii_uppercase())).collect();
    "FILE".starts_with(word.as_str()) || strsim::osa_distance(&word, "FILE") <= 1
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
            "x.txt.",
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
        assert_eq!(read, 40);
    }

    #[test]
    fn prose_is_no_delimiter() {
        let words = [
            "So",
            "Some",
            "Syria",
            "Do",
            "Dozens",
            "Finally",
            "First",
            "Five",
            "Fire",
            "File",
            "FILE",
            "F",
            "FI",
            "FIL",
            "FIEL",
            "FILES",
            "FLE",
            "ILE",
            "I",
            "If",
            "In",
            "END",
            "End",
            "Ended",
            "BEGIN",
            "Before",
            "START",
            "SYMLINK",
            "Document",
            "Dokument",
            "Documents",
            "DIRECTORY",
            "ENDFILE",
            "Emile",
            "Mile",
            "12",
            "1",
            "250",
            "3.5",
            "10,000",
        ];
        let tails = [
            " FILE: x.txt ===",
            ": x.txt ===",
            " x.txt ===",
            ", x.txt",
            " ILE: x.txt ===",
            " LE: x.txt ===",
            " E: a.txt ===",
            " 3 of 250",
            " of 250 DOCUMENTS",
            " x.txt",
            " OF FILE ===",
            " of\u{A0}FILE: a.txt ===",
            " of F ILE ===",
            " \u{FF26}ILE: a.txt ===",
            " of the week, he said",
            " FILE x.txt ===",
            ". FILE: a.txt",
            "'s FILE ===",
            " said the minister, and went on to say so at some length, until everyone had heard of it and more than once.",
        ];
        let rule = "=".repeat(48);
        let mut told = 0;
        for word in words {
            for tail in tails {
                for text in [format!("{word}{tail}\n"), format!("{word}{tail}\n{rule}\n")] {
                    let line = Line::at(&text, 0).unwrap();
                    if is_prose(line.text(&text).as_bytes()) {
                        told += 1;
                        assert_eq!(recognise(&text, line), None, "{text}");
                    }
                }
            }
        }
        assert!(told > 300, "{told}");
        for line in ["Finally, the council met", "Syria said", "In Moscow", "Dozens of families", "End of the week"] {
            assert!(is_prose(line.as_bytes()), "{line}");
        }
    }
}
