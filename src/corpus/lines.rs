//! Lines of a text, by the line ends that editors know: LF, CR LF, lone CR.

/// One line: where it starts, where its content ends, and where the next one starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub start: usize,
    pub end: usize,
    pub next: usize,
}

impl Line {
    /// The line that starts at byte `start`; `None` at the end of the text.
    pub fn at(text: &str, start: usize) -> Option<Line> {
        let bytes = text.as_bytes().get(start..)?;
        // Half of all lines are blank.
        let length = match bytes.first()? {
            b'\n' => Some(0),
            _ => memchr::memchr2(b'\n', b'\r', bytes),
        };
        let line = match length {
            None => Line { start, end: text.len(), next: text.len() },
            Some(at) => {
                let crlf = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
                Line { start, end: start + at, next: start + at + if crlf { 2 } else { 1 } }
            }
        };
        Some(line)
    }

    /// As [`Line::at`], in a text without CR.
    pub fn at_lf(text: &str, start: usize) -> Option<Line> {
        let bytes = text.as_bytes().get(start..)?;
        let length = match bytes.first()? {
            b'\n' => Some(0),
            _ => memchr::memchr(b'\n', bytes),
        };
        Some(match length {
            None => Line { start, end: text.len(), next: text.len() },
            Some(length) => Line { start, end: start + length, next: start + length + 1 },
        })
    }

    /// The line in front of the one that starts at `start`.
    pub fn before(text: &str, start: usize) -> Option<Line> {
        let bytes = text.as_bytes().get(..start)?;
        let end = match bytes {
            [] => return None,
            [.., b'\r', b'\n'] => start - 2,
            [.., b'\n' | b'\r'] => start - 1,
            _ => start,
        };
        let begin = bytes.get(..end).and_then(|bytes| memchr::memrchr2(b'\n', b'\r', bytes)).map_or(0, |at| at + 1);
        Some(Line { start: begin, end, next: start })
    }

    /// The same in a text that begins `by` bytes later.
    pub fn back(self, by: usize) -> Line {
        Line { start: self.start - by, end: self.end - by, next: self.next - by }
    }

    /// The line behind this one.
    pub fn following(self, text: &str) -> Option<Line> {
        Line::at(text, self.next)
    }

    /// Its content, without the line end.
    pub fn text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    pub fn is_blank(self, text: &str) -> bool {
        self.start == self.end || self.text(text).trim_start().is_empty()
    }
}

/// All lines of `text` from byte `start` on.
pub fn lines_from(text: &str, start: usize) -> impl Iterator<Item = Line> + '_ {
    std::iter::successors(Line::at(text, start), move |line| line.following(text))
}
