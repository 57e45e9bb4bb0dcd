//! Text that is edited: a rope, positions in three encodings, and edits. Knows no protocol and no corpus.
//!
//! Offsets are bytes everywhere. A line ends with LF, CR LF or a lone CR, as the Language Server Protocol has it
//! (and not with U+2028, NEL, VT or FF). Anything out of range is clamped here, and nowhere else.

mod edit;
mod position;
mod shown;
pub mod span;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use ropey::Rope;

pub use edit::{Edit, apply, merge};
pub use position::{Encoding, LineColumn, LineIndex, Position};
pub use shown::{counted, number, visible};
pub use span::Span;
pub use words::{Case, Kind, Word, words};

/// What an edit did, in bytes: `start..old_end` of the old text became `start..new_end` of the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub start: usize,
    pub old_end: usize,
    pub new_end: usize,
}

/// A text held in a rope. Cloning is cheap and gives an immutable snapshot.
#[derive(Debug, Clone, Default)]
pub struct Text {
    rope: Rope,
}

impl Text {
    pub fn new(text: &str) -> Self {
        Text { rope: Rope::from_str(text) }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of lines; a final line end opens one more, empty line.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The line (from 0) that holds byte `offset`, clamped.
    pub fn line_of(&self, offset: usize) -> usize {
        self.rope.byte_to_line(offset.min(self.len()))
    }

    /// Byte offset at which `line` (from 0) starts; the text's length for a line behind the last.
    pub fn line_start(&self, line: usize) -> usize {
        if line >= self.line_count() { self.len() } else { self.rope.line_to_byte(line) }
    }

    /// Byte range of `line` with its line end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        self.line_start(line)..self.line_start(line.saturating_add(1))
    }

    /// The text between two byte offsets, clamped, and moved back to the start of a character they would cut.
    /// Borrowed where it lies in one chunk of the rope.
    pub fn slice(&self, range: Range<usize>) -> Cow<'_, str> {
        // Nearly every range is one already, and asking costs less than making sure.
        if let Some(slice) = self.rope.get_byte_slice(range.start..range.end.max(range.start)) {
            return slice.into();
        }
        let start = self.floor(range.start);
        let end = self.floor(range.end).max(start);
        self.rope.byte_slice(start..end).into()
    }

    /// The greatest character boundary at or before `offset`.
    pub fn floor(&self, offset: usize) -> usize {
        let offset = offset.min(self.len());
        self.rope.char_to_byte(self.rope.byte_to_char(offset))
    }

    /// The text in pieces as the rope holds them, without copying.
    pub fn chunks(&self) -> impl Iterator<Item = &str> {
        self.rope.chunks()
    }

    /// Replaces `range` (bytes, clamped, on character boundaries) by `put` and says what changed.
    pub fn replace(&mut self, range: Range<usize>, put: &str) -> Change {
        let start = self.floor(range.start.min(range.end));
        let old_end = self.floor(range.start.max(range.end));
        let first = self.rope.byte_to_char(start);
        let last = self.rope.byte_to_char(old_end);
        if last > first {
            self.rope.remove(first..last);
        }
        if !put.is_empty() {
            self.rope.insert(first, put);
        }
        Change { start, old_end, new_end: start + put.len() }
    }

    /// Byte offset of a position. A column behind the line's end is the end of the line before its line break;
    /// a line behind the last is the end of the text; half a surrogate pair, or the inside of a character, is its start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.line_count() {
            return self.len();
        }
        let start = self.rope.line_to_char(line);
        let end = start + content_chars(self.rope.line(line));
        let column = position.column as usize;
        let char = match encoding {
            Encoding::Utf8 => {
                let byte = self.rope.char_to_byte(start).saturating_add(column);
                if byte >= self.rope.char_to_byte(end) { end } else { self.rope.byte_to_char(byte) }
            }
            Encoding::Utf16 => {
                let unit = self.rope.char_to_utf16_cu(start).saturating_add(column);
                if unit >= self.rope.char_to_utf16_cu(end) { end } else { self.rope.utf16_cu_to_char(unit) }
            }
            Encoding::Utf32 => start.saturating_add(column).min(end),
        };
        self.rope.char_to_byte(char)
    }

    /// Position of a byte offset, clamped.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = offset.min(self.len());
        let line = self.rope.byte_to_line(offset);
        // Most places are near the start of their line: counting there is cheaper than asking the rope.
        let line_start = self.rope.line_to_byte(line);
        if offset - line_start <= NEAR
            && let Some(before) = self.rope.get_byte_slice(line_start..offset)
        {
            return Position { line: clamp(line), column: encoding.width(&Cow::from(before)) };
        }
        let start = self.rope.line_to_char(line);
        let char = self.rope.byte_to_char(offset);
        let column = match encoding {
            Encoding::Utf8 => self.rope.char_to_byte(char) - self.rope.char_to_byte(start),
            Encoding::Utf16 => self.rope.char_to_utf16_cu(char) - self.rope.char_to_utf16_cu(start),
            Encoding::Utf32 => char - start,
        };
        Position { line: clamp(line), column: clamp(column) }
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}

/// Bytes from the start of a line in which columns are counted one by one.
const NEAR: usize = 256;

/// Characters of a line without its line end.
fn content_chars(line: ropey::RopeSlice<'_>) -> usize {
    let chars = line.len_chars();
    let last = |back: usize| chars.checked_sub(back).and_then(|at| line.get_char(at));
    match (last(2), last(1)) {
        (Some('\r'), Some('\n')) => chars - 2,
        (_, Some('\n' | '\r')) => chars - 1,
        _ => chars,
    }
}

fn clamp(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A text to read from: a rope, or a string.
pub trait Source {
    /// Length in bytes.
    fn length(&self) -> usize;
    /// The text between two byte offsets, clamped to the text and to character boundaries.
    fn part(&self, range: Range<usize>) -> Cow<'_, str>;
}

impl Source for Text {
    fn length(&self) -> usize {
        self.len()
    }
    fn part(&self, range: Range<usize>) -> Cow<'_, str> {
        self.slice(range)
    }
}

impl Source for str {
    fn length(&self) -> usize {
        self.len()
    }
    fn part(&self, range: Range<usize>) -> Cow<'_, str> {
        let start = self.floor_char_boundary(range.start.min(self.len()));
        let end = self.floor_char_boundary(range.end.min(self.len())).max(start);
        Cow::Borrowed(self.get(start..end).unwrap_or_default())
    }
}
