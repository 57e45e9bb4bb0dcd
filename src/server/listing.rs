//! The list of diagnostics that is pushed, as JSON. It goes out whole at every keystroke, so what was made for a run of
//! dispatches is kept, and made again only where the run has changed; the lines in it count from the run's start.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tower_lsp::ls_types::{Diagnostic, Position, Range};

use crate::corpus::{Code, Finding, Run, Severity};
use crate::workspace::{Doubt, Settings, Snapshot};

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
    doubts: HashMap<u64, Doubts>,
    last: Last,
}

/// The last list: most of the next one stands in it.
#[derive(Debug, Default)]
struct Last {
    list: Arc<Vec<u8>>,
    runs: Vec<Listed>,
    /// The codes of what is shown.
    shown: Vec<Code>,
}

/// A run in a list.
#[derive(Debug, Clone, Copy)]
struct Listed {
    stamp: Option<u64>,
    line: u32,
    /// All of its diagnostics are there.
    is_whole: bool,
    /// Where it ends, in bytes and in diagnostics.
    end: usize,
    shown: usize,
}

/// What is doubtful in one run.
#[derive(Debug)]
struct Doubts {
    /// Ranges count from the run's start.
    doubts: Vec<Doubt>,
    made: Made,
}

/// The diagnostics of one run, at least as many as were wanted.
#[derive(Debug)]
struct Made {
    /// The line at which the run started when `json` was made.
    line: u32,
    /// One behind the other, with commas between.
    json: Vec<u8>,
    items: Vec<Item>,
    /// There are no others.
    is_whole: bool,
}

#[derive(Debug)]
struct Item {
    code: Code,
    /// Lines count from the run's start.
    range: Range,
    /// Where in the JSON of the run the diagnostic goes on behind its range, and where it ends.
    rest: usize,
    end: usize,
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
    pub fn list(&mut self, snapshot: &Snapshot, task: &Task<'_>, most: usize) -> Result<Arc<Vec<u8>>, NoList> {
        if self.settings.as_ref().is_none_or(|settings| !Arc::ptr_eq(settings, &snapshot.settings)) {
            *self = Listing { settings: Some(snapshot.settings.clone()), ..Listing::default() };
        }
        if diagnostics::count(snapshot) == 0 {
            (self.made, self.last) = Default::default();
            let mut list = Vec::new();
            push_doubts(&mut self.doubts, &mut list, snapshot, 0, task.client);
            return Ok(Arc::new(list));
        }
        let mut left = most;
        let mut next = Next::new(&self.last);
        let mut tail = Vec::new();
        let mut is_capped = false;
        for run in snapshot.view.runs() {
            let line = u32::try_from(run.line).unwrap_or(u32::MAX);
            // One more than is shown tells that there is more.
            let wanted = snapshot.settings.cap.saturating_sub(next.shown.len()).saturating_add(1);
            if next.takes(run.stamp, line, wanted - 1) {
                continue;
            }
            let kept = run.stamp.and_then(|stamp| self.made.get_mut(&stamp));
            let mut fresh = None;
            let made = match kept.filter(|made| made.is_whole || made.items.len() >= wanted) {
                Some(made) => {
                    made.move_to(line);
                    made
                }
                None => {
                    if !task.is_wanted() {
                        return Err(NoList::Unwanted);
                    }
                    let made = make(snapshot, &run, wanted, left, task.client).ok_or(NoList::Long)?;
                    left -= made.items.len();
                    match run.stamp {
                        Some(stamp) => self.made.entry(stamp).insert_entry(made).into_mut(),
                        None => fresh.insert(made),
                    }
                }
            };
            let more = made.items.get(wanted - 1);
            let items = made.items.get(..wanted - 1).unwrap_or(&made.items);
            let json = items.last().and_then(|last| made.json.get(..last.end)).unwrap_or_default();
            next.put(json, items, Listed { stamp: run.stamp, line, is_whole: more.is_none(), end: 0, shown: 0 });
            if let Some(more) = more {
                // Nothing is left for what is doubtful.
                if let Some(rest) = diagnostics::rest(snapshot, &next.shown) {
                    push_rest(&mut tail, moved(more.range, line).start, &rest);
                }
                is_capped = true;
                break;
            }
        }
        if !is_capped {
            push_doubts(&mut self.doubts, &mut tail, snapshot, next.shown.len(), task.client);
        }
        self.last = next.finish(&tail);
        // Each edit leaves a run behind that is no more.
        if self.made.len() > self.last.runs.len() * 5 / 4 + 8 {
            let used: HashSet<u64> = self.last.runs.iter().filter_map(|run| run.stamp).collect();
            self.made.retain(|stamp, _| used.contains(stamp));
        }
        Ok(self.last.list.clone())
    }
}

/// A list that is put together, with as much as possible from the last one.
struct Next<'a> {
    last: &'a Last,
    list: Vec<u8>,
    /// So many bytes at the start are those of the last list, and not copied yet.
    same: usize,
    runs: Vec<Listed>,
    shown: Vec<Code>,
}

impl<'a> Next<'a> {
    fn new(last: &'a Last) -> Next<'a> {
        let (runs, shown) = (Vec::with_capacity(last.runs.len() + 1), Vec::with_capacity(last.shown.len() + 1));
        Next { last, list: Vec::new(), same: 0, runs, shown }
    }

    /// Takes a run over from the last list if it was in the same place there, with no more than `most` diagnostics.
    fn takes(&mut self, stamp: Option<u64>, line: u32, most: usize) -> bool {
        let at = self.runs.len();
        let Some(run) = self.last.runs.get(at) else { return false };
        let before = at.checked_sub(1).and_then(|before| self.last.runs.get(before));
        let (start, first) = before.map_or((0, 0), |run| (run.end, run.shown));
        let is_same = stamp.is_some() && run.stamp == stamp && run.line == line && run.is_whole;
        if !is_same || run.shown - first > most {
            return false;
        }
        self.shown.extend_from_slice(self.last.shown.get(first..run.shown).unwrap_or_default());
        if self.list.is_empty() && self.same == start {
            self.same = run.end;
            self.runs.push(*run);
        } else {
            let json = self.last.list.get(start..run.end).unwrap_or_default();
            self.append(json.strip_prefix(b",").unwrap_or(json));
            self.runs.push(Listed { end: self.list.len(), shown: self.shown.len(), ..*run });
        }
        true
    }

    fn put(&mut self, json: &[u8], items: &[Item], run: Listed) {
        self.append(json);
        self.shown.extend(items.iter().map(|item| item.code));
        self.runs.push(Listed { end: self.same.max(self.list.len()), shown: self.shown.len(), ..run });
    }

    fn append(&mut self, json: &[u8]) {
        if json.is_empty() {
            return;
        }
        if self.list.is_empty() {
            let rest = self.last.list.get(self.same..).unwrap_or_default();
            let is_next = rest.strip_prefix(b",").unwrap_or(rest).starts_with(json);
            if is_next {
                self.same += json.len() + usize::from(rest.starts_with(b","));
                return;
            }
            self.begin();
        }
        comma(&mut self.list);
        self.list.extend_from_slice(json);
    }

    /// Copies what is the same.
    fn begin(&mut self) {
        self.list.reserve(self.last.list.len() + ROOM);
        self.list.extend_from_slice(self.last.list.get(..self.same).unwrap_or_default());
    }

    fn finish(mut self, tail: &[u8]) -> Last {
        self.append(tail);
        let is_same = self.list.is_empty() && self.same == self.last.list.len();
        let list = if is_same {
            self.last.list.clone()
        } else {
            if self.list.is_empty() {
                self.begin();
            }
            if self.list.capacity() > self.list.len() + 2 * ROOM {
                self.list.shrink_to_fit();
            }
            Arc::new(self.list)
        };
        Last { list, runs: self.runs, shown: self.shown }
    }
}

/// Bytes by which a list may be longer than the last one and still fit.
const ROOM: usize = 4 << 10;

impl Made {
    /// All `diagnostics` of a run.
    fn of(run: &Run, diagnostics: impl Iterator<Item = (Code, Diagnostic)>) -> Made {
        let line = u32::try_from(run.line).unwrap_or(u32::MAX);
        let mut json = Vec::new();
        let item = |(code, diagnostic): (Code, Diagnostic)| {
            let up = |position: Position| Position { line: position.line.saturating_sub(line), ..position };
            let range = Range { start: up(diagnostic.range.start), end: up(diagnostic.range.end) };
            let rest = push(&mut json, &diagnostic);
            Item { code, range, rest, end: json.len() }
        };
        let items = diagnostics.map(item).collect();
        json.shrink_to_fit();
        Made { line, items, json, is_whole: true }
    }

    /// Has the run start at another line.
    fn move_to(&mut self, line: u32) {
        if self.line == line {
            return;
        }
        let mut json = Vec::with_capacity(self.json.len() + self.items.len() * 2);
        for item in &mut self.items {
            comma(&mut json);
            push_range(&mut json, moved(item.range, line));
            let rest = json.len();
            json.extend_from_slice(self.json.get(item.rest..item.end).unwrap_or_default());
            (item.rest, item.end) = (rest, json.len());
        }
        (self.line, self.json) = (line, json);
    }
}

/// Makes up to `wanted` diagnostics of a run; `None` if there are more than `most`.
fn make(snapshot: &Snapshot, run: &Run, wanted: usize, most: usize, client: &ClientAbilities) -> Option<Made> {
    let severity = |finding: Finding| Some((snapshot.settings.severity(finding.code)?, finding));
    let mut findings = snapshot.view.findings_of(run).into_iter().filter_map(severity);
    let few: Vec<(Severity, Finding)> = findings.by_ref().take(wanted.min(most.saturating_add(1))).collect();
    if few.len() > most {
        return None;
    }
    let uri = convert::uri(snapshot);
    let diagnostic = |(severity, finding): &(Severity, Finding)| {
        (finding.code, convert::diagnostic(snapshot, finding, *severity, uri.as_ref(), client))
    };
    let made = Made::of(run, few.iter().map(diagnostic));
    Some(Made { is_whole: findings.next().is_none(), ..made })
}

fn moved(range: Range, lines: u32) -> Range {
    let down = |position: Position| Position { line: position.line.saturating_add(lines), ..position };
    Range { start: down(range.start), end: down(range.end) }
}

/// Adds a diagnostic; the byte at which it goes on behind its range, which is the first thing in it.
fn push(out: &mut Vec<u8>, diagnostic: &Diagnostic) -> usize {
    comma(out);
    let start = out.len();
    push_range(out, diagnostic.range);
    let rest = out.len();
    out.truncate(start);
    // To memory, which takes all.
    let _ = serde_json::to_writer(out, diagnostic);
    rest
}

fn comma(out: &mut Vec<u8>) {
    if out.last() == Some(&b'}') {
        out.push(b',');
    }
}

/// The start of a diagnostic, up to the end of its range.
fn push_range(out: &mut Vec<u8>, range: Range) {
    let Range { start, end } = range;
    let parts: [(&[u8], u32); 4] = [
        (br#"{"range":{"start":{"line":"#, start.line),
        (br#","character":"#, start.character),
        (br#"},"end":{"line":"#, end.line),
        (br#","character":"#, end.character),
    ];
    for (name, number) in parts {
        out.extend_from_slice(name);
        let _ = serde_json::to_writer(&mut *out, &number);
    }
    out.extend_from_slice(b"}}");
}

/// Adds what is doubtful, as much as the cap leaves behind `shown` others. What was made for a run is taken from `kept` as
/// long as its text is the same, and the same is doubtful in it.
fn push_doubts(
    kept: &mut HashMap<u64, Doubts>,
    out: &mut Vec<u8>,
    snapshot: &Snapshot,
    shown: usize,
    client: &ClientAbilities,
) {
    let mut before = std::mem::take(kept);
    let mut doubts = convert::doubts(snapshot, shown).peekable();
    let diagnostic =
        |(doubt, severity): &(&Doubt, Severity)| (doubt.code, convert::doubt(snapshot, doubt, *severity, client));
    for run in snapshot.view.all_runs() {
        if doubts.peek().is_none() {
            break;
        }
        let here: Vec<(&Doubt, Severity)> =
            std::iter::from_fn(|| doubts.next_if(|(doubt, _)| doubt.range.start < run.end)).collect();
        let (Some(stamp), false) = (run.stamp, here.is_empty()) else { continue };
        let mut found = before.remove(&stamp).filter(|found| found.are(&here, run.start)).unwrap_or_else(|| Doubts {
            doubts: here.iter().map(|(doubt, _)| back(doubt, run.start)).collect(),
            made: Made::of(&run, here.iter().map(diagnostic)),
        });
        found.made.move_to(u32::try_from(run.line).unwrap_or(u32::MAX));
        comma(out);
        out.extend_from_slice(&found.made.json);
        kept.insert(stamp, found);
    }
    // An actors file has no runs.
    for doubt in doubts {
        push(out, &diagnostic(&doubt).1);
    }
}

impl Doubts {
    /// Whether they are those of a run that starts at byte `start`.
    fn are(&self, doubts: &[(&Doubt, Severity)], start: usize) -> bool {
        self.doubts.len() == doubts.len()
            && self.doubts.iter().zip(doubts).all(|(kept, (doubt, _))| {
                kept.range.start + start == doubt.range.start
                    && kept.range.end + start == doubt.range.end
                    && (kept.code, &kept.message) == (doubt.code, &doubt.message)
            })
    }
}

/// The same in a text that begins `by` bytes later.
fn back(doubt: &Doubt, by: usize) -> Doubt {
    let range = doubt.range.start.saturating_sub(by)..doubt.range.end.saturating_sub(by);
    Doubt { range, ..doubt.clone() }
}

fn push_rest(out: &mut Vec<u8>, at: Position, rest: &Rest) {
    push(out, &convert::rest(Range { start: at, end: at }, rest));
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
        let doubts = |length: usize, random: &mut dyn FnMut(usize) -> usize| -> Vec<Doubt> {
            let mut starts: Vec<usize> = (0..random(60)).map(|_| random(length.max(1))).collect();
            starts.sort_unstable();
            let doubt = |start: usize| {
                let range = start..(start + random(50)).min(length);
                Doubt { code: Code::D001, range, message: format!("doubt {}", random(9)) }
            };
            starts.into_iter().map(doubt).collect()
        };
        let (mut made_lists, mut kept_doubts) = (0, 0);
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
                let list = String::from_utf8(list.to_vec()).unwrap();
                assert_eq!(list, from_scratch(&snapshot, &task), "round {round}, version {version}");
                made_lists += usize::from(!list.is_empty());
                if random(8) == 0 {
                    let doubts = doubts(snapshot.text.len(), &mut random);
                    assert!(document.set_doubts(snapshot.version, doubts, Arc::default()));
                }
                kept_doubts += snapshot.doubts.len();
                let line = random(snapshot.text.line_count()) as u32;
                let from = Position { line, column: random(30) as u32 };
                let to = Position { line: line + random(3) as u32, column: random(30) as u32 };
                let put = PUTS[random(PUTS.len())].to_owned();
                document.change(version, vec![DocumentChange::Part { from, to, put }], encoding);
            }
        }
        assert!(made_lists > 200 && kept_doubts > 1000, "{made_lists} {kept_doubts}");
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
