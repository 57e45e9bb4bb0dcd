//! A line of an `actors.jsonl` while it is written: which field the cursor is in, however broken or unfinished the JSON is.

use std::ops::Range;

/// A piece of text between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The fields it is in, from the outside in; lists count for nothing. Its own name is the last one where it is a key.
    pub path: Vec<String>,
    pub is_key: bool,
    /// Without the quotation marks, in bytes of the line.
    pub range: Range<usize>,
    pub is_closed: bool,
    /// The object it stands in, counted from the line's start.
    object: usize,
}

/// Where a cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The fields it is in, from the outside in.
    pub path: Vec<String>,
    /// A key is expected, not a value.
    pub is_key: bool,
    /// What would be replaced, with quotation marks as far as there are any.
    pub range: Range<usize>,
    /// What is written of it in front of the cursor, without the quotation mark.
    pub typed: String,
    /// The keys that the same object has, but for this one.
    pub keys: Vec<String>,
    /// A colon follows.
    pub has_colon: bool,
}

/// An object or a list that is open.
struct Frame {
    is_object: bool,
    key: Option<String>,
    wants_key: bool,
    number: usize,
}

/// Objects and lists in each other.
const DEEPEST: usize = 32;

/// What was read of a line.
pub struct Line {
    pub pieces: Vec<Piece>,
    /// The state at the cursor, where it is in no piece: path, whether a key is expected, the object.
    gap: Option<(Vec<String>, bool, usize)>,
}

impl Line {
    /// Reads a line with the cursor at byte `at`.
    pub fn read(line: &str, at: usize) -> Line {
        let mut read = Line { pieces: Vec::new(), gap: None };
        let mut frames: Vec<Frame> = Vec::new();
        let mut objects = 0;
        let mut rest = line.char_indices().peekable();
        while let Some((start, letter)) = rest.next() {
            if start >= at && read.gap.is_none() {
                read.note_gap(&frames);
            }
            match letter {
                '{' | '[' if frames.len() < DEEPEST => {
                    objects += 1;
                    frames.push(Frame {
                        is_object: letter == '{',
                        key: None,
                        wants_key: letter == '{',
                        number: objects,
                    });
                }
                '}' | ']' => {
                    frames.pop();
                }
                ',' => {
                    if let Some(frame) = frames.last_mut() {
                        frame.wants_key = frame.is_object;
                        frame.key = frame.key.take().filter(|_| !frame.is_object);
                    }
                }
                ':' => {
                    if let Some(frame) = frames.last_mut() {
                        frame.wants_key = false;
                    }
                }
                '"' => {
                    let mut end = line.len();
                    let mut is_closed = false;
                    while let Some((place, letter)) = rest.next() {
                        match letter {
                            '\\' => {
                                rest.next();
                            }
                            '"' => {
                                (end, is_closed) = (place, true);
                                break;
                            }
                            _ => {}
                        }
                    }
                    read.piece(line, start + 1..end, is_closed, &mut frames);
                }
                _ => {}
            }
        }
        if read.gap.is_none() {
            read.note_gap(&frames);
        }
        read
    }

    fn note_gap(&mut self, frames: &[Frame]) {
        let is_key = frames.last().is_some_and(|frame| frame.wants_key);
        let object = frames.last().map_or(0, |frame| frame.number);
        self.gap = Some((path(frames), is_key, object));
    }

    fn piece(&mut self, line: &str, range: Range<usize>, is_closed: bool, frames: &mut [Frame]) {
        let text = line.get(range.clone()).unwrap_or_default();
        let mut is_key = false;
        let mut object = 0;
        if let Some(frame) = frames.last_mut() {
            is_key = frame.wants_key;
            object = frame.number;
            if is_key {
                frame.key = Some(text.to_owned());
            }
        }
        self.pieces.push(Piece { path: path(frames), is_key, range, is_closed, object });
    }

    /// The piece that holds byte `at`, its quotation marks included.
    pub fn piece_at(&self, at: usize) -> Option<&Piece> {
        self.pieces.iter().find(|piece| piece.range.start <= at && at <= piece.range.end)
    }

    /// Where byte `at`, the cursor that the line was read with, is.
    pub fn spot(&self, line: &str, at: usize) -> Option<Spot> {
        let keys_of = |object: usize, own: Option<&Piece>| -> Vec<String> {
            let keys = self.pieces.iter().filter(|piece| piece.is_key && piece.object == object && Some(*piece) != own);
            keys.filter_map(|piece| piece.path.last().cloned()).collect()
        };
        if let Some(piece) = self.piece_at(at) {
            // What follows an unclosed piece is not to be lost.
            let end = if piece.is_closed { piece.range.end + 1 } else { at };
            let mut path = piece.path.clone();
            if piece.is_key {
                path.pop();
            }
            return Some(Spot {
                path,
                is_key: piece.is_key,
                range: piece.range.start - 1..end,
                typed: line.get(piece.range.start..at)?.to_owned(),
                keys: keys_of(piece.object, Some(piece)),
                has_colon: line.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':')),
            });
        }
        let (path, is_key, object) = self.gap.clone()?;
        let before = line.get(..at)?;
        // Letters without quotation marks are what somebody has begun to write.
        let typed = before.trim_end_matches(|letter: char| letter.is_alphanumeric() || letter == '_');
        let typed = before.get(typed.len()..)?.to_owned();
        if !is_key && typed.is_empty() && !before.trim_end().ends_with([':', '[', ',']) {
            return None;
        }
        let (range, keys) = (at - typed.len()..at, keys_of(object, None));
        let has_colon = line.get(at..).is_some_and(|rest| rest.trim_start().starts_with(':'));
        Some(Spot { path, is_key, range, typed, keys, has_colon })
    }

    /// The value of a field of the record itself, as it is written.
    pub fn value<'a>(&self, line: &'a str, field: &str) -> Option<&'a str> {
        let is_it = |piece: &&Piece| {
            !piece.is_key && piece.path.len() == 1 && piece.path.first().is_some_and(|key| key == field)
        };
        line.get(self.pieces.iter().find(is_it)?.range.clone())
    }
}

fn path(frames: &[Frame]) -> Vec<String> {
    frames.iter().filter_map(|frame| frame.key.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spot at `|`: `path key|value range typed (other keys)`.
    fn spot(marked: &str) -> String {
        let at = marked.find('|').unwrap();
        let line = marked.replacen('|', "", 1);
        let Some(spot) = Line::read(&line, at).spot(&line, at) else { return "-".to_owned() };
        let what = if spot.is_key { "key" } else { "value" };
        format!(
            "{} {what} {:?} `{}` ({})",
            spot.path.join("."),
            line.get(spot.range).unwrap(),
            spot.typed,
            spot.keys.join(" ")
        )
    }

    #[test]
    fn fields_are_known_while_they_are_written() {
        for (line, expected) in [
            (r#"{"|"#, r#" key "\"" `` ()"#),
            (r#"{"id":"a","ki|"}"#, r#" key "\"ki\"" `ki` (id)"#),
            (r#"{"kind":"per|son","name":"A"}"#, r#"kind value "\"person\"" `per` (kind name)"#),
            (r#"{"kind":|}"#, r#"kind value "" `` (kind)"#),
            (r#"{"roles":[{"title":"x","country":"I|"}]}"#, r#"roles.country value "\"I\"" `I` (title country)"#),
            (r#"{"roles":[{"title":"x",|"#, r#"roles key "" `` (title)"#),
            (r#"{"codes":{"cameo":["IRN|"]}}"#, r#"codes.cameo value "\"IRN\"" `IRN` ()"#),
            (r#"{"aliases":["a","b|"#, r#"aliases value "\"b" `b` ()"#),
            (r#"{"a":{"b":1},"c|"#, r#" key "\"c" `c` (a)"#),
            (r#"{"name":"a\"b|","x":1}"#, r#"name value "\"a\\\"b\"" `a\"b` (name x)"#),
            (r#"{"name":"A"}|"#, "-"),
        ] {
            assert_eq!(spot(line), expected, "{line}");
        }
    }

    #[test]
    fn anything_is_read() {
        for line in
            ["", "|", "}}}]]]", "{\"", "\\\"", "{\"a\\", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{\"é", "{\"é\":\"ü"]
        {
            for at in 0..=line.len() {
                let _ = Line::read(line, at).spot(line, at);
            }
        }
    }
}
