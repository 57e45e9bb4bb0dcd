//! Repairing a text until nothing changes any more: `check --fix`, and the actions that fix all at once.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::corpus::{Code, Corpus, Finding, Fix, View};
use crate::text::{Edit, apply};
use crate::workspace::Snapshot;

use super::Watch;
use super::compose::compose;

/// Rounds after which repairing ends even if there was more to repair. A round takes every fix that no other one
/// is in the way of, so that a handful is the rule.
pub const ROUNDS: usize = 64;

/// A text after its repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    pub text: String,
    /// What turns the text as it was into this one, sorted.
    pub edits: Vec<Edit>,
    /// How many fixes were made.
    pub fixes: usize,
    /// Whether fixes were left that undo one another, or that came up in every round.
    pub unsettled: bool,
}

/// `text`, which `view` is of, with the fixes made that `fixes` finds in it, and again with those of what came up
/// then. `None` as soon as `fixes` has it.
pub fn repair(text: &str, view: View, mut fixes: impl FnMut(&View, &str) -> Option<Vec<Fix>>) -> Option<Repaired> {
    let mut repaired = Repaired { text: text.to_owned(), edits: Vec::new(), fixes: 0, unsettled: false };
    let mut view = view;
    let mut seen = HashSet::from([hash(text)]);
    for _ in 0..ROUNDS {
        let (edits, count) = at_once(&repaired.text, fixes(&view, &repaired.text)?);
        let next = apply(&repaired.text, &edits);
        if edits.is_empty() || next == repaired.text {
            return Some(repaired);
        }
        if !seen.insert(hash(&next)) {
            repaired.unsettled = true;
            return Some(repaired);
        }
        repaired.fixes += count;
        repaired.edits = compose(&repaired.edits, &edits);
        repaired.text = next;
        view = Corpus::read(&repaired.text, view.options()).view();
    }
    repaired.unsettled = true;
    Some(repaired)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Which findings are fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All with a safe fix.
    Safe,
    /// Those of one kind that can be fixed in one way only: which of several a person wants nobody knows.
    Kind(Code),
}

/// The edits that fix all that is wanted and not turned off, in one step; `None` where nobody waits for them any more.
pub fn find(snapshot: &Snapshot, wanted: Wanted, watch: &dyn Watch) -> Option<Vec<Edit>> {
    let text = snapshot.text.to_string();
    let repaired = repair(&text, snapshot.view.clone(), |view, text| {
        let mut fixes = Vec::new();
        for finding in view.findings(0..text.len().saturating_add(1)) {
            if !watch.goes_on(finding.range.start, text.len()) {
                return None;
            }
            fixes.extend(fix(snapshot, view, text, &finding, wanted));
        }
        watch.goes_on(text.len(), text.len()).then_some(fixes)
    });
    Some(repaired?.edits)
}

fn fix(snapshot: &Snapshot, view: &View, text: &str, finding: &Finding, wanted: Wanted) -> Option<Fix> {
    snapshot.settings.severity(finding.code)?;
    match wanted {
        Wanted::Kind(code) if code != finding.code => None,
        Wanted::Kind(_) => {
            let mut fixes = view.fixes(text, finding);
            fixes.pop().filter(|_| fixes.is_empty())
        }
        Wanted::Safe if finding.code.kind().repair != crate::corpus::Repair::Safe => None,
        Wanted::Safe => view.fixes(text, finding).into_iter().next().filter(|fix| fix.safe),
    }
}

/// The edits of as many fixes as can be made at once, sorted, and the number of fixes: a fix that changes `text` is made
/// as a whole or not at all, and an earlier one goes first.
pub fn at_once(text: &str, mut fixes: Vec<Fix>) -> (Vec<Edit>, usize) {
    let changes = |edit: &Edit| text.get(edit.start()..edit.end()) != Some(edit.put.as_str());
    fixes.retain(|fix| fix.edits.iter().any(changes));
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
