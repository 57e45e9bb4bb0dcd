//! Which findings of a document are shown: the first ones up to the cap, and how many more there are.

use crate::corpus::{Code, Finding, Severity};
use crate::text::number;
use crate::workspace::Snapshot;

use super::task::Task;

/// The findings to show of one document.
#[derive(Debug, Default)]
pub struct Gathered {
    pub shown: Vec<(Finding, Severity)>,
    /// With the byte offset of the first finding that is not shown.
    pub rest: Option<(usize, Rest)>,
}

/// What the cap cut off.
#[derive(Debug, PartialEq, Eq)]
pub struct Rest {
    /// How many of each kind, the commonest first.
    pub counts: Vec<(Code, usize)>,
}

/// How many findings of a snapshot would be shown if there were no cap. Constant time.
pub fn count(snapshot: &Snapshot) -> usize {
    counts(snapshot).map(|(_, count)| count).sum()
}

/// Gathers the findings of a snapshot by its settings. `None` where nobody waits for them any more.
pub fn gather(snapshot: &Snapshot, task: &Task<'_>) -> Option<Gathered> {
    let all = count(snapshot);
    let mut gathered = Gathered::default();
    if all == 0 {
        return Some(gathered);
    }
    for finding in snapshot.view.findings(0..snapshot.text.len().saturating_add(1)) {
        let Some(severity) = snapshot.settings.severity(finding.code) else { continue };
        if gathered.shown.len() >= snapshot.settings.cap {
            let shown: Vec<Code> = gathered.shown.iter().map(|(finding, _)| finding.code).collect();
            gathered.rest = rest(snapshot, &shown).map(|rest| (finding.range.start, rest));
            break;
        }
        gathered.shown.push((finding, severity));
        if gathered.shown.len() % 64 == 0 && !task.is_wanted() {
            return None;
        }
    }
    Some(gathered)
}

/// What is not shown, where `shown` is.
pub fn rest(snapshot: &Snapshot, shown: &[Code]) -> Option<Rest> {
    let mut counts: Vec<(Code, usize)> = counts(snapshot)
        .map(|(code, count)| {
            let seen = shown.iter().filter(|shown| **shown == code).count();
            (code, count.saturating_sub(seen))
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    counts.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    (!counts.is_empty()).then_some(Rest { counts })
}

fn counts(snapshot: &Snapshot) -> impl Iterator<Item = (Code, usize)> + '_ {
    snapshot.view.finding_counts().filter(|(code, _)| snapshot.settings.severity(*code).is_some())
}

impl Rest {
    /// `and 1,243 more findings (1,000 F001, 243 F007)`
    pub fn message(&self) -> String {
        const NAMED: usize = 4;
        let all: usize = self.counts.iter().map(|(_, count)| count).sum();
        let mut kinds: Vec<String> =
            self.counts.iter().take(NAMED).map(|(code, count)| format!("{} {code}", number(*count))).collect();
        if self.counts.len() > NAMED {
            kinds.push("…".to_owned());
        }
        let noun = if all == 1 { "finding" } else { "findings" };
        format!("and {} more {noun} ({})", number(all), kinds.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_is_said_in_words() {
        let rest = Rest { counts: vec![(Code::F001, 1000), (Code::F007, 243)] };
        assert_eq!(rest.message(), "and 1,243 more findings (1,000 F001, 243 F007)");
        let one = Rest { counts: vec![(Code::F023, 1)] };
        assert_eq!(one.message(), "and 1 more finding (1 F023)");
    }
}
