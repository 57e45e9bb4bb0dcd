//! Same as from scratch: after any edits the rope is the plain string, and the index, the dispatches and the findings
//! are those of a text that was just opened. `DISPATCH_LS_LONG=1` runs many more cases.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use dispatch_ls::corpus::{Corpus, Dialect, Options, View};
use dispatch_ls::text::{Encoding, Position};
use dispatch_ls::workspace::{Document, DocumentChange, Settings};
use proptest::prelude::*;

/// What people and scripts type, paste and break.
const SNIPPETS: &[&str] = &[
    "=== FILE: a.txt ===\n",
    "\n=== FILE: b.txt ===\ndate: 2024-12-01\n\nText follows here and goes on for a while\n\n",
    "=== FILE: ",
    " ===",
    "=== END FILE ===\n",
    "=== END FILE: a.txt ===\n",
    "===== FILE: c =====\n",
    "--- File: d.md ---\n",
    "# === FILE: e.py ===\n",
    "<<<FILE: f.txt>>>\n",
    "<<<END FILE>>>\n",
    "[FILE: g.txt]\n",
    "[END FILE]\n",
    "-----BEGIN FILE: h-----\n",
    "-----END FILE-----\n",
    "================================================\nFILE: i.txt\n================================================\n",
    "================================================\n",
    "FILE: j.txt\n",
    "## File: k.md\n",
    "==> l.txt <==\n",
    "-- m.txt --\n",
    "<DOC id=\"AFP_ENG_20090531.0001\" type=\"story\">\n",
    "<DOC>\n<DOCNO> n </DOCNO>\n",
    "</DOC>\n",
    "<file path=\"o&p.txt\">\n",
    "</file>\n",
    "3 of 250 DOCUMENTS\n",
    "____________________________________________________________\n\nDocument 3 of 250\n",
    ">=== FILE: q.txt ===\n",
    "date: 2024-12-01\n",
    "title: Monday, December 1, 2024\n",
    "date: 2024-13-41\ntilte: x\n\n",
    " date 2024-12-02 Home>>\n",
    "BEIJING, June 25 (Xinhua) -- ",
    "On Monday, December 1, 2024, ",
    "Updated: 2 December 2023\n",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " ",
    "\t",
    "=",
    "-",
    "x",
    "😀",
    "é",
    "خبر",
    "\u{FEFF}",
    "\u{200B}",
    "\u{A0}",
    "\u{FFFD}",
    "\0",
    "â€™",
    "”",
    "END FILE",
    "FILE",
    "FIEL: ",
];

fn story(words: usize) -> String {
    const WORDS: [&str; 12] =
        ["the", "minister", "said", "talks", "would", "go", "on", "“today”", "in", "Ankara", "über", "😀"];
    let mut text: String = (0..words).map(|word| format!("{} ", WORDS[word * 7 % 12])).collect();
    text.push_str("and left.\n");
    text
}

/// Corpora to begin with: every dialect, long dispatches that are cut into pieces, many that fill several chunks.
fn starts() -> Vec<String> {
    let mut starts = vec![String::new(), "\u{FEFF}".into(), story(30), format!("{}\n", story(9000))];
    for (opener, closer) in [
        ("=== FILE: @.txt ===\n", ""),
        ("=== FILE: @.txt ===\ndate: 2024-12-01\n\n", "=== END FILE ===\n"),
        ("===== FILE: @.txt =====\n", "===== END FILE: @.txt =====\n"),
        (
            "================================================\nFILE: @.txt\n================================================\n",
            "",
        ),
        ("<<<FILE: @.txt>>>\n", "<<<END FILE>>>\n"),
        ("-----BEGIN FILE: @.txt-----\n", "-----END FILE-----\n"),
        ("[FILE: @.txt]\n", ""),
        ("## File: @.txt\n", ""),
        ("==> @.txt <==\n", ""),
        ("-- @.txt --\n", ""),
        ("<DOC id=\"@\" type=\"story\">\n", "</DOC>\n"),
        ("@ of 90 DOCUMENTS\n", ""),
        ("____________________________________________________________\nDocument @ of 90\n", ""),
        ("FILE: @.txt\n", ""),
    ] {
        for (count, words) in [(3, 12), (5, 4000), (150, 3)] {
            let mut corpus = String::new();
            for number in 1..=count {
                corpus.push_str(&opener.replace('@', &number.to_string()));
                corpus.push_str(&story(words));
                corpus.push_str(&closer.replace('@', &number.to_string()));
                corpus.push('\n');
            }
            starts.push(corpus.replace('\n', if words == 12 { "\r\n" } else { "\n" }));
            starts.push(corpus);
        }
    }
    // Dispatches of many lines, whose opening changes when what stands behind the opener is deleted.
    let lines: String = (0..900)
        .map(|line| format!("Home>>\nUpdated: {} December 2023\nA line of text {line}\n", line % 28 + 1))
        .collect();
    for opener in ["=== FILE: @.txt ===\n date 2024-12-02 ", "==> @.txt <==\ndate: 2024-12-02\n\n date 2024-12-03 "] {
        starts.push((1..4).map(|number| format!("{}{lines}\n", opener.replace('@', &number.to_string()))).collect());
    }
    starts
}

/// One step of a session; places are parts of the text's length, so that they shrink well.
#[derive(Debug, Clone)]
enum Step {
    Insert {
        at: f64,
        snippet: usize,
    },
    Delete {
        at: f64,
        length: usize,
    },
    Replace {
        at: f64,
        length: usize,
        snippet: usize,
    },
    /// What stands behind a delimiter is deleted.
    Behead {
        opener: usize,
        skip: usize,
        length: usize,
    },
    /// Near the last edit: what typing looks like.
    Type {
        back: usize,
        delete: usize,
        snippet: usize,
    },
    Paste {
        at: f64,
        words: usize,
    },
    Wild {
        from: (u32, u32),
        to: (u32, u32),
        snippet: usize,
    },
    Whole {
        start: usize,
    },
    Undo,
}

fn step() -> impl Strategy<Value = Step> {
    let snippet = 0..SNIPPETS.len();
    let wild = || prop_oneof![(0..9u32, 0..99u32), (0..u32::MAX, 0..u32::MAX), Just((u32::MAX, 0))];
    prop_oneof![
        6 => (0.0..1.0, snippet.clone()).prop_map(|(at, snippet)| Step::Insert { at, snippet }),
        3 => (0.0..1.0, 1..40usize).prop_map(|(at, length)| Step::Delete { at, length }),
        1 => (0.0..1.0, 1..60_000usize).prop_map(|(at, length)| Step::Delete { at, length }),
        1 => (0..5usize, 0..60usize, 1..40_000usize).prop_map(|(opener, skip, length)| Step::Behead { opener, skip, length }),
        2 => (0.0..1.0, 0..30usize, snippet.clone()).prop_map(|(at, length, snippet)| Step::Replace { at, length, snippet }),
        6 => (0..12usize, 0..3usize, snippet.clone()).prop_map(|(back, delete, snippet)| Step::Type { back, delete, snippet }),
        1 => (0.0..1.0, 1..9000usize).prop_map(|(at, words)| Step::Paste { at, words }),
        1 => (wild(), wild(), snippet).prop_map(|(from, to, snippet)| Step::Wild { from, to, snippet }),
        1 => (0..1000usize).prop_map(|start| Step::Whole { start }),
        2 => Just(Step::Undo),
    ]
}

/// A client: a plain string, and its own idea of positions.
struct Client {
    text: String,
    encoding: Encoding,
    last: usize,
    history: Vec<String>,
}

impl Client {
    fn boundary(&self, at: f64) -> usize {
        self.text.floor_char_boundary((self.text.len() as f64 * at) as usize)
    }

    /// Lines as LSP has them: the byte ranges of their contents.
    fn lines(&self) -> Vec<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
        while at < bytes.len() {
            let length = match bytes[at] {
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
                b'\r' | b'\n' => 1,
                _ => 0,
            };
            if length > 0 {
                lines.push((start, at));
                start = at + length;
            }
            at += length.max(1);
        }
        lines.push((start, bytes.len()));
        lines
    }

    fn width(&self, text: &str) -> usize {
        match self.encoding {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.encode_utf16().count(),
            Encoding::Utf32 => text.chars().count(),
        }
    }

    /// The position of a byte; inside a CR LF it is the end of the line.
    fn position(&self, offset: usize) -> Position {
        let lines = self.lines();
        let line = lines.partition_point(|(start, _)| *start <= offset) - 1;
        let (start, end) = lines[line];
        Position { line: line as u32, column: self.width(&self.text[start..offset.min(end)]) as u32 }
    }

    /// The byte of any position, as a server has to take it.
    fn offset(&self, position: Position) -> usize {
        let lines = self.lines();
        let Some((start, end)) = lines.get(position.line as usize).copied() else { return self.text.len() };
        let (mut at, mut column) = (start, 0);
        for c in self.text[start..end].chars() {
            let width = self.width(c.encode_utf8(&mut [0; 4]));
            if column + width > position.column as usize {
                break;
            }
            column += width;
            at += c.len_utf8();
        }
        at
    }

    fn part(&mut self, from: Position, to: Position, put: &str) -> DocumentChange {
        let (a, b) = (self.offset(from), self.offset(to));
        let (start, end) = (a.min(b), a.max(b));
        self.text.replace_range(start..end, put);
        self.last = start + put.len();
        DocumentChange::Part { from, to, put: put.to_owned() }
    }

    fn replace(&mut self, start: usize, length: usize, put: &str) -> DocumentChange {
        let end = self.text.ceil_char_boundary((start + length).min(self.text.len()));
        self.part(self.position(start), self.position(end), put)
    }

    fn step(&mut self, step: &Step, starts: &[String]) -> DocumentChange {
        let before = self.text.clone();
        let change = match step {
            Step::Insert { at, snippet } => self.replace(self.boundary(*at), 0, SNIPPETS[*snippet]),
            Step::Delete { at, length } => self.replace(self.boundary(*at), *length, ""),
            Step::Replace { at, length, snippet } => self.replace(self.boundary(*at), *length, SNIPPETS[*snippet]),
            Step::Behead { opener, skip, length } => {
                let at = self.text.match_indices(".txt").nth(*opener).map_or(0, |(at, _)| at);
                self.replace(self.text.floor_char_boundary((at + skip).min(self.text.len())), *length, "")
            }
            Step::Type { back, delete, snippet } => {
                let at = self.text.floor_char_boundary(self.last.min(self.text.len()).saturating_sub(*back));
                self.replace(at, *delete, SNIPPETS[*snippet])
            }
            Step::Paste { at, words } => self.replace(self.boundary(*at), 0, &story(*words)),
            Step::Wild { from, to, snippet } => {
                let position = |(line, column)| Position { line, column };
                self.part(position(*from), position(*to), SNIPPETS[*snippet])
            }
            Step::Whole { start } => self.whole(starts[start % starts.len()].clone()),
            Step::Undo => match self.history.pop() {
                Some(text) => {
                    let change = self.whole(text);
                    return change;
                }
                None => self.whole(String::new()),
            },
        };
        self.history.push(before);
        change
    }

    fn whole(&mut self, text: String) -> DocumentChange {
        self.text = text.clone();
        DocumentChange::Whole(text)
    }
}

/// All that can be asked of a view.
fn answers(view: &View, text: &str) -> Vec<String> {
    let mut answers =
        vec![format!("{:?} {} {} {:?}", view.dialect(), view.len(), view.dispatch_count(), view.line_end())];
    answers.extend(view.dispatches(0..text.len() + 1).map(|dispatch| format!("{dispatch:?}")));
    for finding in view.findings(0..text.len() + 1) {
        let (message, related) = (view.message(text, &finding), view.related(text, &finding));
        answers.push(format!("{} {:?} {message} {related:?}", finding.code, finding.range));
    }
    answers.extend(view.finding_counts().map(|(code, count)| format!("{code} x {count}")));
    answers
}

fn assert_same(document: &Document, text: &str, options: &Options) -> Result<(), TestCaseError> {
    let snapshot = document.snapshot(Encoding::Utf16);
    prop_assert_eq!(snapshot.text.to_string(), text);
    let (kept, fresh) = (answers(&snapshot.view, text), answers(&Corpus::read(text, options).view(), text));
    if kept != fresh {
        let differ =
            kept.iter().zip(&fresh).position(|(kept, fresh)| kept != fresh).unwrap_or(kept.len().min(fresh.len()));
        return Err(TestCaseError::fail(format!(
            "answer {differ} differs\n kept: {:?}\nfresh: {:?}\n({} and {} answers)",
            kept.get(differ),
            fresh.get(differ),
            kept.len(),
            fresh.len()
        )));
    }
    Ok(())
}

fn cases() -> u32 {
    if std::env::var_os("DISPATCH_LS_LONG").is_some() { 4000 } else { 64 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn same_as_from_scratch(
        start in 0..1000usize,
        batches in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..14),
        utf8: bool,
        forced in prop::option::weighted(0.1, 0..Dialect::ALL.len()),
        snapshots: bool,
    ) {
        let starts = starts();
        let encoding = if utf8 { Encoding::Utf8 } else { Encoding::Utf16 };
        let dialect = forced.map(|at| Dialect::ALL[at]);
        let settings = Settings { dialect, ..Settings::default() };
        let options = Options { dialect, file_name: "corpus.txt".into(), ..Options::default() };
        let text = starts[start % starts.len()].clone();
        let mut document = Document::new("file:///corpus.txt", 0, Arc::new(settings));
        document.read(&text);
        let mut client = Client { text, encoding, last: 0, history: Vec::new() };
        assert_same(&document, &client.text, &options)?;
        // A snapshot that is still looked at must neither change nor be changed.
        let mut kept = Vec::new();
        for (version, batch) in batches.iter().enumerate() {
            if snapshots {
                kept.push((document.snapshot(encoding), client.text.clone()));
            }
            let changes = batch.iter().map(|step| client.step(step, &starts)).collect();
            document.change(version as i32 + 1, changes, encoding);
            assert_same(&document, &client.text, &options)?;
        }
        for (snapshot, text) in kept.iter().take(3) {
            let fresh = Corpus::read(text, &options).view();
            prop_assert_eq!(answers(&snapshot.view, text), answers(&fresh, text));
        }
    }
}

/// The lines behind a deletion move into the opening of their dispatch, wherever the index has cut them.
#[test]
fn an_opening_that_moves_up() {
    let starts = starts();
    let text = &starts[starts.len() - 2];
    let options = Options { file_name: "corpus.txt".into(), ..Options::default() };
    let start = text.find("Home>>").unwrap();
    for end in (16_000..17_000).step_by(45) {
        let mut document = Document::new("file:///corpus.txt", 0, Arc::default());
        document.read(text);
        let mut client = Client { text: text.clone(), encoding: Encoding::Utf8, last: 0, history: Vec::new() };
        let change = client.replace(start, end, "");
        document.change(1, vec![change], Encoding::Utf8);
        assert_same(&document, &client.text, &options).unwrap_or_else(|error| panic!("deleted {end}: {error}"));
    }
}

/// The text behind a closer belongs to no dispatch, be it cut into pieces or not.
#[test]
fn text_behind_a_closer() {
    let starts = starts();
    let text = starts[starts.len() - 2].clone();
    let options = Options { file_name: "corpus.txt".into(), ..Options::default() };
    let mut document = Document::new("file:///corpus.txt", 0, Arc::default());
    document.read(&text);
    let mut client = Client { text, encoding: Encoding::Utf16, last: 0, history: Vec::new() };
    let steps = [
        Step::Paste { at: 0.7635854657481427, words: 3122 },
        Step::Delete { at: 0.6895574018079689, length: 25868 },
        Step::Delete { at: 0.0, length: 2 },
        Step::Replace { at: 0.45653380380096537, length: 21, snippet: 27 },
        Step::Insert { at: 0.0, snippet: 0 },
        Step::Undo,
        Step::Insert { at: 0.7053120859751485, snippet: 17 },
        Step::Type { back: 0, delete: 0, snippet: 14 },
    ];
    for (version, step) in steps.iter().enumerate() {
        let change = client.step(step, &starts);
        document.change(version as i32, vec![change], Encoding::Utf16);
        assert_same(&document, &client.text, &options).unwrap();
    }
}

/// Other settings judge a text as a fresh reading by them does.
#[test]
fn other_settings() {
    for text in starts() {
        let mut document = Document::new("file:///corpus.txt", 0, Arc::default());
        document.read(&text);
        for dialect in [Some(Dialect::Angle), Some(Dialect::Single), None] {
            document.set_settings(Arc::new(Settings { dialect, ..Settings::default() }));
            let options = Options { dialect, file_name: "corpus.txt".into(), ..Options::default() };
            assert_same(&document, &text, &options).unwrap();
        }
    }
}
