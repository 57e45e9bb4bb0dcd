//! `--diff`: a unified diff, in time that is in proportion to the text even where every line changes.

use std::collections::VecDeque;
use std::fmt::Write;
use std::hash::Hash;
use std::io;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Lines that are compared at a time; far more than any repair moves a line.
const WINDOW: usize = 1000;
/// Unchanged lines around a change, as `diff -u` has them.
const CONTEXT: usize = 3;

/// What turns the lines `old` (with their line ends) into `new`, as `patch -p1` takes it. Of the lines no more is held
/// than a window.
pub fn unified<L: AsRef<str> + Hash + Ord>(
    shown: &str,
    mut old: impl Iterator<Item = io::Result<L>>,
    mut new: impl Iterator<Item = io::Result<L>>,
) -> io::Result<String> {
    let mut hunks = Hunks::default();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    // Window by window, each up to the last line that is in both.
    loop {
        let is_last = fill(&mut left, &mut old)? & fill(&mut right, &mut new)?;
        let mut found = capture_diff_slices(Algorithm::Myers, &left, &right);
        let settled = found.iter().rposition(|operation| matches!(operation, DiffOp::Equal { .. }));
        if let (Some(settled), false) = (settled, is_last) {
            found.truncate(settled + 1);
        }
        // The place that an operation has on the side that it does not touch can be wrong; its lengths never are.
        let olds: usize = found.iter().map(|operation| operation.old_range().len()).sum();
        let news: usize = found.iter().map(|operation| operation.new_range().len()).sum();
        let (mut olds, mut news) = (left.drain(..olds), right.drain(..news));
        for operation in found {
            let (gone, come) = (operation.old_range().len(), operation.new_range().len());
            if let DiffOp::Equal { .. } = operation {
                olds.by_ref().take(gone).zip(news.by_ref().take(come)).for_each(|(line, _)| hunks.keep(line));
            } else {
                olds.by_ref().take(gone).for_each(|line| hunks.change('-', line));
                news.by_ref().take(come).for_each(|line| hunks.change('+', line));
            }
        }
        drop((olds, news));
        if is_last {
            return Ok(format!("--- a/{shown}\n+++ b/{shown}\n{}", hunks.finish()));
        }
    }
}

/// Fills a window; whether there are no more lines behind it.
fn fill<L>(window: &mut Vec<L>, lines: &mut impl Iterator<Item = io::Result<L>>) -> io::Result<bool> {
    while window.len() < WINDOW {
        match lines.next() {
            Some(line) => window.push(line?),
            None => return Ok(true),
        }
    }
    Ok(false)
}

/// The hunks so far.
struct Hunks<L> {
    out: String,
    /// Lines of the old text, and of the new one, that are in the hunks or in front of them.
    lines: [usize; 2],
    /// The hunk at hand: where it starts in each, and its text.
    open: Option<([usize; 2], String)>,
    /// Unchanged lines since.
    kept: VecDeque<L>,
}

impl<L> Default for Hunks<L> {
    fn default() -> Self {
        Hunks { out: String::new(), lines: [0; 2], open: None, kept: VecDeque::new() }
    }
}

impl<L: AsRef<str>> Hunks<L> {
    fn keep(&mut self, line: L) {
        self.kept.push_back(line);
        if self.open.is_some() && self.kept.len() > 2 * CONTEXT {
            self.close();
        }
        while self.open.is_none() && self.kept.len() > CONTEXT {
            self.kept.pop_front();
            self.lines = self.lines.map(|line| line + 1);
        }
    }

    fn change(&mut self, sign: char, line: L) {
        self.open.get_or_insert_with(|| (self.lines, String::new()));
        self.show_kept(usize::MAX);
        if let Some((_, text)) = &mut self.open {
            put(text, sign, line.as_ref());
        }
        if let Some(line) = self.lines.get_mut(usize::from(sign == '+')) {
            *line += 1;
        }
    }

    fn show_kept(&mut self, most: usize) {
        let Some((_, text)) = &mut self.open else { return };
        for line in self.kept.drain(..most.min(self.kept.len())) {
            put(text, ' ', line.as_ref());
            self.lines = self.lines.map(|line| line + 1);
        }
    }

    fn close(&mut self) {
        self.show_kept(CONTEXT);
        if let Some(([old, new], text)) = self.open.take() {
            let [old_end, new_end] = self.lines;
            let _ = write!(self.out, "@@ -{} +{} @@\n{text}", lines(old, old_end), lines(new, new_end));
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.out
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

fn put(out: &mut String, sign: char, line: &str) {
    out.push(sign);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    fn unified(shown: &str, before: &str, after: &str) -> String {
        super::unified(shown, before.split_inclusive('\n').map(Ok), after.split_inclusive('\n').map(Ok)).unwrap()
    }

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
