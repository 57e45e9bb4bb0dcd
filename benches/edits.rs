//! What someone types, as a script that is the same for every server: the document is kept line by line, so that
//! every edit fits the text as it is.

use serde_json::{Value, json};

use crate::client::URI;
use crate::corpus::Random;

/// The document as the client has it.
pub struct Script {
    lines: Vec<String>,
    random: Random,
    version: i32,
    /// Edits that undo the last one come first.
    undo: Option<Edit>,
}

/// A replacement; positions are line and byte.
#[derive(Debug, Clone)]
struct Edit {
    from: (usize, usize),
    to: (usize, usize),
    put: String,
}

/// An edit as a message, with what to wait for.
pub struct Step {
    pub message: Value,
    pub version: i32,
    /// Line and column, from 0, at which the edit starts.
    pub place: (usize, usize),
    /// A line of the edited dispatch that has something to hover over: its delimiter.
    pub hover_line: usize,
}

impl Script {
    pub fn new(text: &str, seed: u64) -> Script {
        let lines = text.split('\n').map(str::to_owned).collect();
        Script { lines, random: Random::new(seed), version: 1, undo: None }
    }

    /// One character, at the beginning, in the middle, at the end, anywhere in turn; every eighth is deleted.
    pub fn keystroke(&mut self, number: usize) -> Step {
        let line = self.paragraph(number % 4);
        let at = self.place_in(line);
        let next = self.lines[line][at..].chars().next().map_or(0, char::len_utf8);
        let typed = char::from(b'a' + self.random.below(26) as u8).to_string();
        let edit = match number % 8 {
            7 => Edit { from: (line, at), to: (line, at + next), put: String::new() },
            _ => Edit { from: (line, at), to: (line, at), put: typed },
        };
        self.step(edit)
    }

    /// Breaks and mends a delimiter, splits and joins a line, pastes and deletes twenty lines, in turn.
    pub fn structural(&mut self, number: usize) -> Step {
        if let Some(undo) = self.undo.take() {
            return self.step(undo);
        }
        let line = self.paragraph(number / 2 % 4);
        let (edit, undo) = match number / 2 % 3 {
            0 => {
                let line = self.delimiter_above(line);
                let edit = Edit { from: (line, 0), to: (line, 1), put: String::new() };
                let undo = Edit { from: (line, 0), to: (line, 0), put: self.lines[line][..1].to_owned() };
                (edit, undo)
            }
            1 => {
                let at = self.place_in(line);
                let edit = Edit { from: (line, at), to: (line, at), put: "\n".to_owned() };
                (edit, Edit { from: (line, at), to: (line + 1, 0), put: String::new() })
            }
            _ => {
                let end = (line + 20).min(self.lines.len() - 1);
                let put = self.lines[line..end].iter().flat_map(|line| [line.as_str(), "\n"]).collect();
                let edit = Edit { from: (line, 0), to: (line, 0), put };
                (edit, Edit { from: (line, 0), to: (end, 0), put: String::new() })
            }
        };
        self.undo = Some(undo);
        self.step(edit)
    }

    /// A line anywhere.
    pub fn any_line(&mut self) -> usize {
        self.random.below(self.lines.len())
    }

    fn step(&mut self, edit: Edit) -> Step {
        let hover_line = self.delimiter_above(edit.from.0);
        let range = json!({"start": self.position(edit.from), "end": self.position(edit.to)});
        self.version += 1;
        let message = json!({
            "jsonrpc": "2.0",
            "method": "textDocument/didChange",
            "params": {
                "textDocument": {"uri": URI, "version": self.version},
                "contentChanges": [{"range": range, "text": edit.put}],
            },
        });
        self.apply(&edit);
        Step { message, version: self.version, place: edit.from, hover_line }
    }

    fn apply(&mut self, edit: &Edit) {
        let (head, tail) = (&self.lines[edit.from.0][..edit.from.1], &self.lines[edit.to.0][edit.to.1..]);
        let text = format!("{head}{}{tail}", edit.put);
        self.lines.splice(edit.from.0..=edit.to.0, text.split('\n').map(str::to_owned));
    }

    /// In UTF-16, as every server must know it.
    fn position(&self, (line, byte): (usize, usize)) -> Value {
        let character = self.lines[line][..byte].encode_utf16().count();
        json!({"line": line, "character": character})
    }

    /// A paragraph: near the beginning, the middle or the end of the document, or anywhere.
    fn paragraph(&mut self, place: usize) -> usize {
        let count = self.lines.len();
        let near = (count / 50).clamp(1, 400);
        let line = match place {
            0 => self.random.below(near),
            1 => count / 2 + self.random.below(near),
            2 => count - 1 - self.random.below(near),
            _ => self.random.below(count),
        };
        let is_paragraph = |line: &usize| self.lines[*line].len() > 100;
        (line..count).find(is_paragraph).or_else(|| (0..line).rfind(is_paragraph)).unwrap_or(0)
    }

    fn place_in(&mut self, line: usize) -> usize {
        let at = self.random.below(self.lines[line].len().max(1));
        self.lines[line].floor_char_boundary(at)
    }

    fn delimiter_above(&self, line: usize) -> usize {
        (0..=line).rfind(|line| self.lines[*line].starts_with("==")).unwrap_or(0)
    }
}
