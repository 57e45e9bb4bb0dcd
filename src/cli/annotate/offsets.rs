//! Bytes to code points, for offsets that rise, nearly.

/// A place in a text, counted both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offset {
    pub bytes: usize,
    pub points: usize,
}

impl Offset {
    pub fn after(self, text: &str) -> Offset {
        Offset { bytes: self.bytes + text.len(), points: self.points + text.chars().count() }
    }
}

/// Turns byte offsets of a text into code points. What is asked for in order costs the length of the text in all.
pub struct Offsets<'a> {
    text: &'a str,
    /// Where `text` starts in what offsets count in.
    start: usize,
    known: Offset,
}

impl<'a> Offsets<'a> {
    /// `text` is the part of a file that begins at byte `start`; `known` lies in it.
    pub fn new(text: &'a str, start: usize, known: Offset) -> Self {
        Offsets { text, start, known }
    }

    /// The code points in front of byte `at` of the file, which lies on a character boundary of the text.
    pub fn points(&mut self, at: usize) -> usize {
        let count = |from: usize, to: usize| {
            let part = self.text.get(from.saturating_sub(self.start)..to.saturating_sub(self.start));
            part.map_or(0, |part| part.chars().count())
        };
        let known = self.known;
        self.known.points = match at.checked_sub(known.bytes) {
            Some(_) => known.points + count(known.bytes, at),
            None => known.points.saturating_sub(count(at, known.bytes)),
        };
        self.known.bytes = at;
        self.known.points
    }
}
