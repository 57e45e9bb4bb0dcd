//! Repairing a text until nothing changes any more.

use super::{Plan, Reach, baseline, examine};
use crate::corpus::{Corpus, Fix, Options, View};
use crate::features::fix_all::{self, Repaired};
use crate::text::LineIndex;
use crate::workspace::Settings;

/// `text` with the first fix of each wanted finding made, and again with those of what came up then.
pub fn repair(
    text: &str,
    options: &Options,
    plan: &Plan,
    settings: &Settings,
    reach: Reach,
    file: &baseline::Key,
) -> Repaired {
    let view = Corpus::read(text, options).view();
    let repaired = fix_all::repair(text, view, |view, text| Some(fixes(view, text, plan, settings, reach, file)));
    repaired.unwrap_or_else(|| Repaired { text: text.to_owned(), edits: Vec::new(), fixes: 0, unsettled: false })
}

fn fixes(view: &View, text: &str, plan: &Plan, settings: &Settings, reach: Reach, file: &baseline::Key) -> Vec<Fix> {
    let found: Vec<_> = examine::wanted(view, text.len(), plan, settings).collect();
    let mut known = plan.baseline.as_ref().map(|baseline| baseline.of(file));
    let index = known.as_ref().filter(|_| !found.is_empty()).map(|_| LineIndex::new(text));
    let found = found.into_iter().filter(|(finding, _)| match (&mut known, &index) {
        (Some(known), Some(index)) => !known.takes(finding.code, baseline::line_hash(text, index, &finding.range)),
        _ => true,
    });
    let first = found.filter_map(|(finding, _)| view.fixes(text, &finding).into_iter().next());
    first.filter(|fix| fix.safe || reach == Reach::All).collect()
}
