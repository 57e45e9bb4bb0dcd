//! Repairing a text until nothing changes any more.

use super::file::{Known, options};
use super::{Plan, Reach, baseline, examine};
use crate::cli::inputs::Input;
use crate::corpus::{Code, Corpus, Finding, Fix, Severity, View};
use crate::features::fix_all::{self, Repaired};
use crate::text::LineIndex;

/// `text` with the first fix of each wanted finding made, and again with those of what came up then.
pub fn repair(text: &str, plan: &Plan, input: &Input, reach: Reach) -> Repaired {
    let view = Corpus::read(text, &options(input)).view();
    let repaired = fix_all::repair(text, view, |view, text| {
        let found = examine::wanted(view, text.len(), plan, &input.settings).collect();
        Some(fixes(view, text, text.len(), found, &mut Known::of(plan, input), reach))
    });
    repaired.unwrap_or_else(|| Repaired { text: text.to_owned(), edits: Vec::new(), fixes: 0, unsettled: false })
}

/// The fixes of those of the findings that are not known; none that changes what is behind byte `end` of `text`.
pub fn fixes(
    view: &View,
    text: &str,
    end: usize,
    found: Vec<(Finding, Severity)>,
    known: &mut Known,
    reach: Reach,
) -> Vec<Fix> {
    let index = (!known.left.is_empty() && !found.is_empty()).then(|| LineIndex::new(text));
    let found = found.into_iter().filter(|(finding, _)| match &index {
        Some(index) => !known.left.takes(finding.code, baseline::line_hash(text, index, &finding.range)),
        None => true,
    });
    let first = found.filter_map(|(finding, _)| {
        let mut fix = view.fixes(text, &finding).into_iter().next()?;
        // Of the line ends of a file each part unifies its own.
        fix.edits.retain(|edit| finding.code != Code::F022 || edit.end() <= end);
        Some(fix).filter(|fix| fix.edits.iter().all(|edit| edit.end() <= end))
    });
    first.filter(|fix| fix.safe || reach == Reach::All).collect()
}
