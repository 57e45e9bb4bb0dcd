//! Tables in text files: what people who write no Rust can read and extend. A line that begins with `#` is a comment.

use foldhash::{HashMap, HashSet};

/// The words of a table, however many stand on a line.
pub fn words(table: &'static str) -> HashSet<&'static str> {
    lines(table).flat_map(str::split_whitespace).collect()
}

/// The lines of a table, each of them one phrase.
pub fn phrases(table: &'static str) -> HashSet<&'static str> {
    lines(table).map(str::trim).collect()
}

/// Each word with the first one of its line.
pub fn families(table: &'static str) -> HashMap<&'static str, &'static str> {
    let family = |line: &'static str| {
        let first = line.split_whitespace().next().unwrap_or_default();
        line.split_whitespace().map(move |word| (word, first))
    };
    lines(table).flat_map(family).collect()
}

/// The rows of a table whose cells are parted by tabs.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(table).map(|line| line.split('\t').map(str::trim).collect())
}

/// The lines of a table that say something.
pub fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}
