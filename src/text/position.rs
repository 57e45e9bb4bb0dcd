//! Positions (line and column) in UTF-8, UTF-16 or code points.

/// The unit of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what the Language Server Protocol takes unless something else is agreed.
    #[default]
    Utf16,
    /// Unicode code points: what exports, `check` and Python count.
    Utf32,
}

impl Encoding {
    /// How many columns a text takes.
    pub fn width(self, text: &str) -> u32 {
        let columns = match self {
            _ if text.is_ascii() => text.len(),
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => text.chars().count(),
        };
        u32::try_from(columns).unwrap_or(u32::MAX)
    }
}

/// A place in a text: line and column, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// A place for people and reports: line and column from 1, the column in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

/// Line starts of a text that is not edited.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let crlf = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
            if !crlf {
                starts.push(at + 1);
            }
        }
        LineIndex { starts }
    }

    /// The line (from 0) that holds byte `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Byte offset at which `line` (from 0) starts; `None` behind the last line.
    pub fn line_start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).copied()
    }

    /// Line and column of byte `offset` in `text`, the text this index was made from. Clamped.
    pub fn locate(&self, text: &str, offset: usize) -> LineColumn {
        let offset = offset.min(text.len());
        let line = self.line_of(offset);
        let start = self.line_start(line).unwrap_or(0);
        let before = text.as_bytes().get(start..offset).unwrap_or_default();
        // Continuation bytes are no characters of their own.
        let column = before.iter().filter(|byte| (**byte & 0xC0) != 0x80).count();
        LineColumn { line: line + 1, column: column + 1 }
    }
}
