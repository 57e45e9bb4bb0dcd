//! Tables in text files: what people who write no Rust can read and extend. A line that begins with `#` is a comment.

use std::collections::HashSet;

/// The words of a table, however many stand on a line.
pub fn words(table: &'static str) -> HashSet<&'static str> {
    lines(table).flat_map(str::split_whitespace).collect()
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}
