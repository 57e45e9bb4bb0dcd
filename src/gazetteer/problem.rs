//! What is wrong in an actors file.

use std::ops::Range;

/// The stable number of a kind of problem: `G001` to `G008`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A name that two actors have.
    G001,
    /// A role that ends before it starts.
    G002,
    /// A date that no calendar has.
    G003,
    /// A year of two digits whose century is in doubt.
    G004,
    /// A name that is a common word, or too short.
    G005,
    /// Two roles of one office at the same time.
    G006,
    /// A country or CAMEO code that is not known.
    G007,
    /// A line, or a field of it, that can't be read.
    G008,
}

impl Code {
    /// `G001`
    pub fn id(self) -> &'static str {
        match self {
            Code::G001 => "G001",
            Code::G002 => "G002",
            Code::G003 => "G003",
            Code::G004 => "G004",
            Code::G005 => "G005",
            Code::G006 => "G006",
            Code::G007 => "G007",
            Code::G008 => "G008",
        }
    }
}

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    /// In the text of the file, in bytes.
    pub range: Range<usize>,
    /// For people: what is wrong (with the name of the field), and what to do. One line.
    pub message: String,
}

/// Longest record in which the place of a value is looked for, in bytes: there may be very many values.
const LONGEST_SEARCHED: usize = 64 << 10;
/// Longest piece of a file in a message, in characters.
const QUOTED: usize = 60;

/// Text of a file in a message: one line, short, nothing that a terminal or an editor would act on.
pub fn quote(text: &str) -> String {
    let clean = |letter: char| match letter {
        '`' | '\u{2028}' | '\u{2029}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            '·'
        }
        _ if letter.is_control() => '·',
        _ => letter,
    };
    let mut shown: String = text.chars().take(QUOTED + 1).map(clean).collect();
    if shown.chars().count() > QUOTED {
        shown = shown.chars().take(QUOTED - 1).chain(['…']).collect();
    }
    format!("`{shown}`")
}

/// Where `text`, a value, stands in a record that fills `range` of a file; where it is written in another way (escaped), the
/// whole record.
pub fn locate(file: &str, range: &Range<usize>, text: &str) -> Range<usize> {
    if range.len() > LONGEST_SEARCHED {
        return range.clone();
    }
    let record = file.get(range.clone()).unwrap_or_default();
    let quoted = format!("\"{text}\"");
    let found = match record.find(&quoted) {
        Some(at) => Some(at + 1),
        None if text.is_empty() => None,
        None => record.find(text),
    };
    match found {
        Some(at) => range.start + at..range.start + at + text.len(),
        None => range.clone(),
    }
}
