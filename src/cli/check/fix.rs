//! Repairing a text until nothing changes any more.

use std::collections::{BTreeMap, HashSet};

use super::{Plan, Reach, baseline, examine};
use crate::corpus::{Corpus, Fix, Options};
use crate::text::{Edit, LineIndex, apply};
use crate::workspace::Settings;

/// Rounds after which repairing ends even if there was more to repair. A round takes every fix that no other one
/// is in the way of, so that a handful is the rule.
const ROUNDS: usize = 64;

/// A text after its repair.
pub struct Repaired {
    pub text: String,
    /// How many fixes were made.
    pub fixes: usize,
    /// Whether fixes were left that undo one another, or that came up in every round.
    pub unsettled: bool,
}

/// `text` with the first fix of each wanted finding made, and again with those of what came up then.
pub fn repair(
    text: &str,
    options: &Options,
    plan: &Plan,
    settings: &Settings,
    reach: Reach,
    file: &baseline::Key,
) -> Repaired {
    let mut repaired = Repaired { text: String::new(), fixes: 0, unsettled: false };
    let mut seen = HashSet::new();
    for _ in 0..ROUNDS {
        let current = if repaired.fixes == 0 { text } else { &repaired.text };
        let (edits, count) = combine(fixes(current, options, plan, settings, reach, file));
        let next = apply(current, &edits);
        if edits.is_empty() || next == current {
            return finish(repaired, text);
        }
        seen.insert(baseline::hash(current.as_bytes()));
        if seen.contains(&baseline::hash(next.as_bytes())) {
            repaired.unsettled = true;
            return finish(repaired, text);
        }
        repaired.fixes += count;
        repaired.text = next;
    }
    repaired.unsettled = true;
    repaired
}

fn finish(repaired: Repaired, text: &str) -> Repaired {
    if repaired.fixes == 0 { Repaired { text: text.to_owned(), ..repaired } } else { repaired }
}

fn fixes(
    text: &str,
    options: &Options,
    plan: &Plan,
    settings: &Settings,
    reach: Reach,
    file: &baseline::Key,
) -> Vec<Fix> {
    let corpus = Corpus::read(text, options);
    let view = corpus.view();
    let found: Vec<_> = examine::wanted(&view, text.len(), plan, settings).collect();
    let mut known = plan.baseline.as_ref().map(|baseline| baseline.of(file));
    let index = known.as_ref().filter(|_| !found.is_empty()).map(|_| LineIndex::new(text));
    let found = found.into_iter().filter(|(finding, _)| match (&mut known, &index) {
        (Some(known), Some(index)) => !known.takes(finding.code, baseline::line_hash(text, index, &finding.range)),
        _ => true,
    });
    let first = found.filter_map(|(finding, _)| view.fixes(text, &finding).into_iter().next());
    let changes = |edit: &Edit| text.get(edit.start()..edit.end()) != Some(edit.put.as_str());
    first.filter(|fix| (fix.safe || reach == Reach::All) && fix.edits.iter().any(changes)).collect()
}

/// The edits of as many fixes as can be made at once, sorted, and the number of fixes: a fix is made as a whole or
/// not at all, and an earlier one goes first.
fn combine(fixes: Vec<Fix>) -> (Vec<Edit>, usize) {
    let mut taken: BTreeMap<(usize, usize), String> = BTreeMap::new();
    let mut edits = Vec::new();
    let mut count = 0;
    for fix in fixes {
        if !fix.edits.iter().all(|edit| fits(&taken, edit)) {
            continue;
        }
        count += 1;
        let new: Vec<Edit> = fix.edits.into_iter().filter(|edit| !taken.contains_key(&edit.range)).collect();
        taken.extend(new.iter().map(|edit| (edit.range, edit.put.clone())));
        edits.extend(new);
    }
    edits.sort_by_key(|edit| edit.range);
    (edits, count)
}

/// Whether `edit` overlaps none of the taken ones, or is one of them. Of two different insertions at one place, only
/// the first fits.
fn fits(taken: &BTreeMap<(usize, usize), String>, edit: &Edit) -> bool {
    if let Some(put) = taken.get(&edit.range) {
        return *put == edit.put;
    }
    let before = taken.range(..edit.range).next_back().map(|(range, _)| *range);
    let behind = taken.range(edit.range..).next().map(|(range, _)| *range);
    before.is_none_or(|(_, end)| end <= edit.start()) && behind.is_none_or(|(start, _)| edit.end() <= start)
}
