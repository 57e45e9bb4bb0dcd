//! The list of diagnostics that is pushed, as JSON. It goes out whole at every keystroke, so what was made for a run of
//! dispatches is kept, and made again only where the run has changed; the lines in it count from the run's start.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use tower_lsp::ls_types::{Diagnostic, Position, Range};

use crate::corpus::{Code, Finding, Run, Severity};
use crate::workspace::{Settings, Snapshot};

use super::capabilities::ClientAbilities;
use super::convert;
use super::diagnostics::{self, Rest};
use super::task::Task;

/// What was made for the lists of one document.
#[derive(Debug, Default)]
pub struct Listing {
    settings: Option<Arc<Settings>>,
    /// By the stamp of the run.
    made: HashMap<u64, Made>,
    round: u64,
}

/// The diagnostics of one run, at least as many as were wanted.
#[derive(Debug)]
struct Made {
    items: Vec<Item>,
    /// There are no others.
    is_whole: bool,
    /// The last list that it was used for.
    round: u64,
}

#[derive(Debug)]
struct Item {
    code: Code,
    /// Lines count from the run's start.
    range: Range,
    /// The diagnostic as JSON, from behind its range on.
    rest: Box<[u8]>,
}

/// Why there is no list.
#[derive(Debug, PartialEq, Eq)]
pub enum NoList {
    /// More diagnostics would have to be made than was said.
    Long,
    /// Nobody waits for it any more.
    Unwanted,
}

impl Listing {
    /// The diagnostics of a snapshot as JSON, without the brackets around them; at most `most` are made anew.
    pub fn list(&mut self, snapshot: &Snapshot, task: &Task<'_>, most: usize) -> Result<Vec<u8>, NoList> {
        if self.settings.as_ref().is_none_or(|settings| !Arc::ptr_eq(settings, &snapshot.settings)) {
            *self = Listing { settings: Some(snapshot.settings.clone()), ..Listing::default() };
        }
        let mut out = Vec::new();
        if diagnostics::count(snapshot) == 0 {
            self.made.clear();
            push_doubts(&mut out, snapshot, 0, task.client);
            return Ok(out);
        }
        self.round += 1;
        let mut left = most;
        let mut shown: Vec<Code> = Vec::new();
        let mut is_capped = false;
        for run in snapshot.view.runs() {
            // One more than is shown tells that there is more.
            let wanted = snapshot.settings.cap.saturating_sub(shown.len()).saturating_add(1);
            let kept = run.stamp.and_then(|stamp| self.made.get_mut(&stamp));
            let mut fresh = None;
            let items = match kept.filter(|made| made.is_whole || made.items.len() >= wanted) {
                Some(made) => {
                    made.round = self.round;
                    &made.items
                }
                None => {
                    if !task.is_wanted() {
                        return Err(NoList::Unwanted);
                    }
                    let made = make(snapshot, &run, wanted, left, task.client, self.round).ok_or(NoList::Long)?;
                    left -= made.items.len();
                    match run.stamp {
                        Some(stamp) => &self.made.entry(stamp).insert_entry(made).into_mut().items,
                        None => &fresh.insert(made).items,
                    }
                }
            };
            let line = u32::try_from(run.line).unwrap_or(u32::MAX);
            for item in items.iter().take(wanted - 1) {
                push(&mut out, moved(item.range, line), &item.rest);
                shown.push(item.code);
            }
            if let Some(next) = items.get(wanted - 1) {
                push_doubts(&mut out, snapshot, shown.len(), task.client);
                if let Some(rest) = diagnostics::rest(snapshot, &shown) {
                    push_rest(&mut out, moved(next.range, line).start, &rest);
                }
                is_capped = true;
                break;
            }
        }
        if !is_capped {
            push_doubts(&mut out, snapshot, shown.len(), task.client);
        }
        let round = self.round;
        self.made.retain(|_, made| made.round == round);
        Ok(out)
    }
}

/// Makes up to `wanted` diagnostics of a run; `None` if there are more than `most`.
fn make(
    snapshot: &Snapshot,
    run: &Run,
    wanted: usize,
    most: usize,
    client: &ClientAbilities,
    round: u64,
) -> Option<Made> {
    let severity = |finding: Finding| Some((snapshot.settings.severity(finding.code)?, finding));
    let mut findings = snapshot.view.findings_of(run).into_iter().filter_map(severity);
    let few: Vec<(Severity, Finding)> = findings.by_ref().take(wanted.min(most.saturating_add(1))).collect();
    if few.len() > most {
        return None;
    }
    let uri = convert::uri(snapshot);
    let line = u32::try_from(run.line).unwrap_or(u32::MAX);
    let item = |(severity, finding): &(Severity, Finding)| {
        let diagnostic = convert::diagnostic(snapshot, finding, *severity, uri.as_ref(), client);
        let up = |position: Position| Position { line: position.line.saturating_sub(line), ..position };
        let range = Range { start: up(diagnostic.range.start), end: up(diagnostic.range.end) };
        Item { code: finding.code, range, rest: behind_range(&diagnostic).into() }
    };
    Some(Made { items: few.iter().map(item).collect(), is_whole: findings.next().is_none(), round })
}

fn moved(range: Range, lines: u32) -> Range {
    let down = |position: Position| Position { line: position.line.saturating_add(lines), ..position };
    Range { start: down(range.start), end: down(range.end) }
}

/// A diagnostic as JSON, from behind its range on: its range is the first thing in it.
fn behind_range(diagnostic: &Diagnostic) -> Vec<u8> {
    let mut start = Vec::new();
    push(&mut start, diagnostic.range, &[]);
    let whole = serde_json::to_vec(diagnostic).unwrap_or_default();
    whole.strip_prefix(start.as_slice()).unwrap_or(b"}").to_vec()
}

fn push(out: &mut Vec<u8>, range: Range, rest: &[u8]) {
    if out.last() == Some(&b'}') {
        out.push(b',');
    }
    let Range { start, end } = range;
    // To memory, which takes all.
    let _ = write!(
        out,
        r#"{{"range":{{"start":{{"line":{},"character":{}}},"end":{{"line":{},"character":{}}}}}"#,
        start.line, start.character, end.line, end.character
    );
    out.extend_from_slice(rest);
}

fn push_doubts(out: &mut Vec<u8>, snapshot: &Snapshot, shown: usize, client: &ClientAbilities) {
    for diagnostic in convert::doubts(snapshot, shown, client) {
        push(out, diagnostic.range, &behind_range(&diagnostic));
    }
}

fn push_rest(out: &mut Vec<u8>, at: Position, rest: &Rest) {
    let diagnostic = convert::rest(Range { start: at, end: at }, rest);
    push(out, diagnostic.range, &behind_range(&diagnostic));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Encoding, Position};
    use crate::workspace::{Document, DocumentChange};

    /// The list as it is without anything kept.
    fn from_scratch(snapshot: &Snapshot, task: &Task<'_>) -> String {
        let gathered = diagnostics::gather(snapshot, task).unwrap();
        let list = serde_json::to_string(&convert::diagnostics(snapshot, &gathered, task.client)).unwrap();
        list[1..list.len() - 1].to_owned()
    }

    #[test]
    fn after_any_edits_the_list_is_the_one_from_scratch() {
        const PUTS: [&str; 14] = [
            "",
            "",
            "x",
            "é😀",
            "\n",
            "\r\n",
            "\n\n",
            "=== FILE: b.txt ===\n",
            "\n=== END FILE: a.txt ===\n",
            "== FILE: é.txt ===\ndate: 2 Dec 2024\n\n",
            "He saidâ€™s on Monday, December 3, 2024\n",
            "=",
            "tilte: 😀\n",
            "<<<FILE: c>>>\n",
        ];
        let client = ClientAbilities {
            related_information: true,
            code_descriptions: true,
            unnecessary_tag: true,
            ..ClientAbilities::default()
        };
        let task = Task::new(&client, &|| false, Arc::default(), None);
        let mut seed = 7_u64;
        let mut random = move |limit: usize| {
            seed = seed.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
            (seed >> 33) as usize % limit
        };
        let mut made_lists = 0;
        for (round, encoding) in [Encoding::Utf8, Encoding::Utf16].into_iter().cycle().take(8).enumerate() {
            let settings = Settings { cap: [4, 40, 4000][round % 3], ..Settings::default() };
            let mut document = Document::new("file:///a.txt", 1, Arc::new(settings));
            let dispatches = (0..200).map(|_| {
                let put = PUTS[random(PUTS.len() - if round < 4 { 6 } else { 0 })];
                let name = random(3000);
                format!("=== FILE: {name}.txt ===\ndate: 2024-12-01\n\nThe text.\n{put}\n\n")
            });
            document.read(&dispatches.collect::<String>());
            let mut listing = Listing::default();
            for version in 0..40 {
                let snapshot = document.snapshot(encoding);
                let list = listing.list(&snapshot, &task, usize::MAX).unwrap();
                let list = String::from_utf8(list).unwrap();
                assert_eq!(list, from_scratch(&snapshot, &task), "round {round}, version {version}");
                made_lists += usize::from(!list.is_empty());
                let line = random(snapshot.text.line_count()) as u32;
                let from = Position { line, column: random(30) as u32 };
                let to = Position { line: line + random(3) as u32, column: random(30) as u32 };
                let put = PUTS[random(PUTS.len())].to_owned();
                document.change(version, vec![DocumentChange::Part { from, to, put }], encoding);
            }
        }
        assert!(made_lists > 200, "{made_lists}");
    }

    #[test]
    fn what_is_kept_is_not_made_again() {
        let client = ClientAbilities::default();
        let task = Task::new(&client, &|| false, Arc::default(), None);
        let mut document = Document::new("file:///a.txt", 1, Arc::default());
        let many: String = (0..500).map(|n| format!("=== FILE: {n} ===\ndate: 2 Dec 2024\n\nThe text.\n\n")).collect();
        document.read(&many);
        let mut listing = Listing::default();
        let snapshot = document.snapshot(Encoding::Utf16);
        assert_eq!(listing.list(&snapshot, &task, 100), Err(NoList::Long));
        let before = listing.list(&snapshot, &task, 500).unwrap();
        let put = DocumentChange::Part { from: Position::default(), to: Position::default(), put: "\n".to_owned() };
        document.change(2, vec![put], Encoding::Utf16);
        let after = listing.list(&document.snapshot(Encoding::Utf16), &task, 100).unwrap();
        assert_ne!(before, after, "all lines have moved");
    }
}
