//! Edits one after the other as edits at once.

use crate::text::Edit;

/// A text from its start on: so many bytes are kept or left out, or others put in.
#[derive(Debug)]
enum Step<'a> {
    Keep(usize),
    Drop(usize),
    Put(&'a str),
}

/// The edits that do to a text at once what `first` and then `second` do. Both are sorted and without overlaps;
/// `second` is for the text after `first`.
pub fn compose(first: &[Edit], second: &[Edit]) -> Vec<Edit> {
    let (mut first, mut second) = (steps(first).into_iter(), steps(second).into_iter());
    let (mut left, mut right) = (first.next(), second.next());
    let mut composed = Composed::default();
    loop {
        (left, right) = match (left, right) {
            (None, None) => return composed.edits,
            (Some(step @ Step::Drop(_)), right) => {
                composed.take(&step);
                (first.next(), right)
            }
            (left, Some(step @ Step::Put(_))) => {
                composed.take(&step);
                (left, second.next())
            }
            // Where one has no more to say all is kept.
            (Some(step), None) => {
                composed.take(&step);
                (first.next(), None)
            }
            (None, Some(step)) => {
                composed.take(&step);
                (None, second.next())
            }
            (Some(before), Some(after)) => {
                let length = before.length().min(after.length());
                let (before, before_rest) = before.split(length);
                let (after, after_rest) = after.split(length);
                match (&before, &after) {
                    (_, Step::Keep(_)) => composed.take(&before),
                    (Step::Keep(_), _) => composed.take(&after),
                    // Put in by the first and left out by the second.
                    _ => {}
                }
                (before_rest.or_else(|| first.next()), after_rest.or_else(|| second.next()))
            }
        }
    }
}

impl<'a> Step<'a> {
    fn length(&self) -> usize {
        match self {
            Step::Keep(length) | Step::Drop(length) => *length,
            Step::Put(text) => text.len(),
        }
    }

    fn split(self, at: usize) -> (Step<'a>, Option<Step<'a>>) {
        let rest = self.length() - at;
        match self {
            Step::Keep(_) => (Step::Keep(at), (rest > 0).then_some(Step::Keep(rest))),
            Step::Drop(_) => (Step::Drop(at), (rest > 0).then_some(Step::Drop(rest))),
            Step::Put(text) => {
                let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
                (Step::Put(head), (!tail.is_empty()).then_some(Step::Put(tail)))
            }
        }
    }
}

fn steps(edits: &[Edit]) -> Vec<Step<'_>> {
    let mut steps = Vec::with_capacity(edits.len() * 3);
    let mut at = 0;
    for edit in edits {
        if edit.start() > at {
            steps.push(Step::Keep(edit.start() - at));
        }
        if edit.end() > edit.start() {
            steps.push(Step::Drop(edit.end() - edit.start()));
        }
        if !edit.put.is_empty() {
            steps.push(Step::Put(&edit.put));
        }
        at = edit.end();
    }
    steps
}

/// Edits as they come about; steps without a kept byte between them become one edit.
#[derive(Default)]
struct Composed {
    edits: Vec<Edit>,
    at: usize,
    is_open: bool,
}

impl Composed {
    fn take(&mut self, step: &Step<'_>) {
        if let Step::Keep(length) = step {
            self.at += length;
            self.is_open &= *length == 0;
            return;
        }
        if !self.is_open {
            self.edits.push(Edit::insert(self.at, ""));
            self.is_open = true;
        }
        let Some(edit) = self.edits.last_mut() else { return };
        match step {
            Step::Put(text) => edit.put.push_str(text),
            Step::Drop(length) | Step::Keep(length) => {
                self.at += length;
                edit.range.1 = self.at;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::apply;

    #[test]
    fn edits_in_the_text_of_others() {
        let first = [Edit::new(0..2, "==="), Edit::insert(10, "xyz")];
        let second = [Edit::new(1..3, ""), Edit::new(12..13, "Y")];
        let composed = compose(&first, &second);
        assert_eq!(composed, [Edit::new(0..2, "="), Edit::insert(10, "xYz")]);
    }

    fn edits() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
        proptest::collection::vec((0..6usize, 0..4usize, "[a-c]{0,3}"), 0..6)
    }

    fn within(text: &str, gaps: &[(usize, usize, String)]) -> Vec<Edit> {
        let mut at = 0;
        let mut edits = Vec::new();
        for (gap, length, put) in gaps {
            let start = at + gap;
            let end = start + length;
            if end > text.len() {
                break;
            }
            edits.push(Edit::new(start..end, put.clone()));
            // Two edits at one place would have no order.
            at = end + 1;
        }
        edits
    }

    proptest! {
        #[test]
        fn at_once_is_the_same_as_one_after_the_other(text in "[x-z]{0,30}", one in edits(), two in edits()) {
            let first = within(&text, &one);
            let between = apply(&text, &first);
            let second = within(&between, &two);
            let composed = compose(&first, &second);
            prop_assert_eq!(apply(&text, &composed), apply(&between, &second));
            prop_assert!(composed.windows(2).all(|pair| pair[0].end() < pair[1].start()));
        }
    }
}
