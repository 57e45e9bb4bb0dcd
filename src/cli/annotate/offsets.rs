//! Bytes to code points, for offsets that rise, nearly.

/// Turns byte offsets of a text into code points. What is asked for in order costs the length of the text in all.
pub struct Offsets<'a> {
    text: &'a str,
    bytes: usize,
    points: usize,
}

impl<'a> Offsets<'a> {
    pub fn new(text: &'a str) -> Self {
        Offsets { text, bytes: 0, points: 0 }
    }

    /// The code points in front of byte `at`, which lies on a character boundary.
    pub fn points(&mut self, at: usize) -> usize {
        let count = |from: usize, to: usize| self.text.get(from..to).map_or(0, |part| part.chars().count());
        self.points =
            if at >= self.bytes { self.points + count(self.bytes, at) } else { self.points - count(at, self.bytes) };
        self.bytes = at;
        self.points
    }
}
