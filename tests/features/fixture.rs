//! Texts with a cursor, and ranges shown under the lines they are on.

use std::ops::Range;
use std::sync::Arc;

use dispatch_ls::text::Encoding;
use dispatch_ls::workspace::Snapshot;
use dispatch_ls::workspace::doubts::Known;

/// The text as an open document, without its cursors `|`, and where they were.
pub fn open(marked: &str) -> (Snapshot, Vec<usize>) {
    let mut text = String::new();
    let mut cursors = Vec::new();
    for part in marked.split_inclusive('|') {
        match part.strip_suffix('|') {
            Some(before) => {
                text.push_str(before);
                cursors.push(text.len());
            }
            None => text.push_str(part),
        }
    }
    (document(&text), cursors)
}

/// An open document with one cursor.
pub fn open_at(marked: &str) -> (Snapshot, usize) {
    let (snapshot, cursors) = open(marked);
    assert_eq!(cursors.len(), 1, "one cursor");
    (snapshot, cursors[0])
}

pub fn document(text: &str) -> Snapshot {
    Snapshot::of_file("file:///corpora/news.txt", text, Arc::default(), Encoding::Utf16)
}

/// The document after a rest, when it is known who is where in the file.
pub fn rested(snapshot: Snapshot) -> Snapshot {
    let (_, roll) = Known::default().find(&snapshot, usize::MAX, &|| true).unwrap();
    Snapshot { roll, ..snapshot }
}

/// The lines of a range with `^` under its characters and a word behind; an empty range is one `^` in front of its place.
pub fn under(snapshot: &Snapshot, range: &Range<usize>, word: &str) -> String {
    let mut shown = String::new();
    let text = snapshot.text.to_string();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let end = start + content.len();
        let touches = range.start <= end && range.end > start || *range == (start..start) || *range == (end..end);
        if touches {
            let from = range.start.max(start) - start;
            let to = range.end.min(end) - start;
            let blanks = " ".repeat(content[..from].chars().count());
            let marks = "^".repeat(content[from..to.max(from)].chars().count().max(1));
            // The compiler does not allow it in a literal.
            let content = content.replace('\u{202E}', "\u{FFFD}");
            shown.push_str(format!("{content}\n{blanks}{marks} {word}").trim_end());
            shown.push('\n');
        }
        start += line.len();
    }
    if text.is_empty() || (range.start == text.len() && shown.is_empty()) {
        shown.push_str(format!("\n^ {word}").trim_end());
        shown.push('\n');
    }
    shown
}
