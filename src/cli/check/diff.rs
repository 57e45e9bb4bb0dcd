//! `--diff`: a unified diff, in time that is in proportion to the text even where every line changes.

use std::fmt::Write;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// Lines that are compared at a time; far more than any repair moves a line.
const WINDOW: usize = 1000;
/// Unchanged lines around a change, as `diff -u` has them.
const CONTEXT: usize = 3;

/// What turns `before` into `after`, as `patch -p1` takes it.
pub fn unified(shown: &str, before: &str, after: &str) -> String {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let mut out = format!("--- a/{shown}\n+++ b/{shown}\n");
    for group in group_diff_ops(operations(&old, &new), CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let olds = lines(first.old_range().start, last.old_range().end);
        let news = lines(first.new_range().start, last.new_range().end);
        let _ = writeln!(out, "@@ -{olds} +{news} @@");
        for operation in &group {
            if let DiffOp::Equal { .. } = operation {
                put(&mut out, ' ', old.get(operation.old_range()));
            } else {
                put(&mut out, '-', old.get(operation.old_range()));
                put(&mut out, '+', new.get(operation.new_range()));
            }
        }
    }
    out
}

/// Window by window, each up to the last line that is in both.
fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut all = Vec::new();
    let (mut from, mut to) = (0, 0);
    while from < old.len() || to < new.len() {
        let left = old.get(from..old.len().min(from + WINDOW)).unwrap_or_default();
        let right = new.get(to..new.len().min(to + WINDOW)).unwrap_or_default();
        let mut found = capture_diff_slices(Algorithm::Myers, left, right);
        let is_last = from + left.len() == old.len() && to + right.len() == new.len();
        let settled = found.iter().rposition(|operation| matches!(operation, DiffOp::Equal { .. }));
        if let (Some(settled), false) = (settled, is_last) {
            found.truncate(settled + 1);
        }
        for operation in found {
            let (olds, news) = (operation.old_range().len(), operation.new_range().len());
            append(&mut all, placed(operation, from, to));
            from += olds;
            to += news;
        }
    }
    all
}

fn append(all: &mut Vec<DiffOp>, next: DiffOp) {
    match (all.last_mut(), next) {
        (Some(DiffOp::Equal { len, .. }), DiffOp::Equal { len: more, .. }) => *len += more,
        (_, next) => all.push(next),
    }
}

/// An operation with the places it has behind the ones before it; its own are within a window, and the one of the side
/// that it does not touch can be wrong.
fn placed(operation: DiffOp, old_index: usize, new_index: usize) -> DiffOp {
    let (old_len, new_len) = (operation.old_range().len(), operation.new_range().len());
    match operation {
        DiffOp::Equal { len, .. } => DiffOp::Equal { old_index, new_index, len },
        DiffOp::Delete { .. } => DiffOp::Delete { old_index, old_len, new_index },
        DiffOp::Insert { .. } => DiffOp::Insert { old_index, new_index, new_len },
        DiffOp::Replace { .. } => DiffOp::Replace { old_index, old_len, new_index, new_len },
    }
}

/// The lines from `start` to `end` (from 0) as a hunk names them.
fn lines(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

fn put(out: &mut String, sign: char, lines: Option<&[&str]>) {
    for line in lines.unwrap_or_default() {
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The text that a diff makes of `before`.
    fn patched(before: &str, diff: &str) -> String {
        let old: Vec<&str> = before.split_inclusive('\n').collect();
        let (mut out, mut at) = (String::new(), 0);
        let mut lines = diff.lines().skip(2).peekable();
        while let Some(line) = lines.next() {
            let unended = lines.peek().is_some_and(|next| next.starts_with('\\'));
            let end = if unended { "" } else { "\n" };
            let text = line.get(1..).unwrap_or_default();
            match line.chars().next() {
                Some('@') => {
                    let mut range = text.split(['-', ' ', ',']).filter(|part| !part.is_empty()).skip(1);
                    let start: usize = range.next().unwrap().parse().unwrap();
                    let is_empty = line.split(' ').nth(1).unwrap().ends_with(",0");
                    let start = if is_empty { start } else { start - 1 };
                    out.extend(old[at..start].iter().copied());
                    at = start;
                }
                Some('+') => out += &(text.to_owned() + end),
                Some('\\') => {}
                _ => {
                    assert_eq!(old[at], text.to_owned() + end);
                    if line.starts_with(' ') {
                        out += old[at];
                    }
                    at += 1;
                }
            }
        }
        out.extend(old[at..].iter().copied());
        out
    }

    fn text() -> impl Strategy<Value = String> {
        (prop::collection::vec(0..4u8, 0..40), any::<bool>()).prop_map(|(lines, ended)| {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            if ended { text } else { text.trim_end().to_owned() }
        })
    }

    proptest! {
        #[test]
        fn it_makes_the_one_of_the_other(before in text(), after in text()) {
            prop_assert_eq!(patched(&before, &unified("x", &before, &after)), after);
        }
    }

    #[test]
    fn over_many_windows() {
        let before: String = (0..20_000).map(|line| format!("line {}\n", line % 100)).collect();
        let after: String = (0..20_000)
            .filter(|line| line % 777 != 0)
            .map(|line| format!("{} {}\n", if line % 10 == 0 { "Line" } else { "line" }, line % 100))
            .collect();
        let diff = unified("x", &before, &after);
        assert_eq!(patched(&before, &diff), after);
        assert!(diff.lines().filter(|line| line.starts_with('-')).count() < 2_200, "{}", diff.len());
    }
}
