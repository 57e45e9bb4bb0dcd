//! Whatever the text and wherever the cursor: an answer, and one that fits the text.

use std::ops::Range;
use std::sync::Arc;

use dispatch_ls::features::markup::Form;
use dispatch_ls::features::{
    Patient, code_actions, completion, fix_all, folding, formatting, hover, linked_editing, links, selection, symbols,
    tokens,
};
use dispatch_ls::text::{Edit, Encoding, apply};
use dispatch_ls::workspace::Snapshot;
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "=== FILE: a.txt ===",
    "=== FILE: خبر-١.txt ===",
    "=== FIEL: 🌀 ==",
    "=== FILE: ===",
    "===",
    "=== END FILE: a.txt ===",
    "=== END FILE ===",
    "<<<FILE: b>>>",
    "<<<END FILE>>>",
    "================\nFILE: c\n================",
    "<DOC>\n<DOCNO> x </DOCNO>",
    "<DOC id=\"a&b\">",
    "</DOC>",
    "-- d.txt --",
    "3 of 250 DOCUMENTS",
    "FILE: e.txt",
    "> === FILE: f ===",
    ">=== FILE: f ===",
    "date: 2024-12-01",
    "date: 03/04/2024",
    "DATE : Sonntag 🌀",
    "title: عاصفة 🌀",
    "url: https://example.org/ü",
    "mood: dark",
    "source:",
    "da",
    " date 2024-12-02 Text",
    "BEIJING, June 25 (Xinhua) -- Text on Monday, June 26, 2024.",
    "Text नमस्ते `x` [y](z)",
    "\u{feff}",
    "\u{202E}",
    "\u{0}",
    "\n",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    " ",
    "🌀",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..14).prop_map(|pieces| pieces.concat())
}

struct Fits<'a> {
    text: &'a str,
}

impl Fits<'_> {
    fn range(&self, range: &Range<usize>) {
        assert!(self.text.get(range.clone()).is_some(), "{range:?} is no range of {:?}", self.text);
    }

    fn one_line(&self, range: &Range<usize>) {
        self.range(range);
        assert!(!self.text[range.clone()].contains(['\n', '\r']), "{range:?} of {:?}", self.text);
    }

    fn edits(&self, edits: &[Edit]) {
        edits.iter().for_each(|edit| self.range(&(edit.start()..edit.end())));
        assert!(edits.windows(2).all(|pair| pair[0].end() <= pair[1].start()), "{edits:?} of {:?}", self.text);
    }
}

fn every_place(text: &str, snapshot: &Snapshot) {
    let fits = Fits { text };
    // No position of the protocol is between the two characters of a line end.
    let is_place = |offset: &usize| {
        text.is_char_boundary(*offset) && !(text[..*offset].ends_with('\r') && text[*offset..].starts_with('\n'))
    };
    for offset in (0..=text.len()).filter(is_place) {
        if let Some(hover) = hover::find(snapshot, offset) {
            fits.range(&hover.range);
            assert!(!hover.text.render(Form::Markdown).is_empty() && !hover.text.render(Form::Plain).is_empty());
        }
        let selected = selection::find(snapshot, offset);
        selected.iter().for_each(|range| fits.range(range));
        assert!(selected.iter().all(|range| range.start <= offset && offset <= range.end));
        assert!(selected.windows(2).all(|pair| pair[1].start <= pair[0].start && pair[0].end <= pair[1].end));
        assert_eq!(selected.last(), Some(&(0..text.len())));
        for item in completion::find(snapshot, offset) {
            fits.one_line(&item.range);
            assert!(item.range.start <= offset && offset <= item.range.end);
            assert!(item.placeholder.is_none_or(|range| item.put.get(range).is_some()));
        }
        let linked = linked_editing::find(snapshot, offset).unwrap_or_default();
        linked.iter().for_each(|range| fits.one_line(range));
        let question = code_actions::Question {
            range: offset..offset,
            wants: &|kind| kind != code_actions::Kind::Rewrite,
            is_explicit: false,
            is_automatic: false,
            may_be_later: true,
            shows_references: true,
            no_actors_file: None,
        };
        actions(&fits, snapshot, &question);
    }
}

fn actions(fits: &Fits<'_>, snapshot: &Snapshot, question: &code_actions::Question<'_>) {
    for action in code_actions::find_all(snapshot, question, &Patient).unwrap() {
        assert!(!action.title.contains(['\n', '\r']), "{:?}", action.title);
        if let code_actions::Deed::Edits(edits) = action.deed {
            fits.edits(&edits);
        }
    }
}

fn whole_file(text: &str, snapshot: &Snapshot) {
    let fits = Fits { text };
    for symbol in symbols::find_all(snapshot, symbols::Depth::Everything, &Patient).unwrap() {
        fits.range(&symbol.range);
        fits.range(&symbol.name_range);
        assert!(symbol.range.start <= symbol.name_range.start && symbol.name_range.end <= symbol.range.end);
        assert!(!symbol.name.trim().is_empty() && !symbol.name.contains(['\n', '\r']), "{symbol:?}");
    }
    let folds = folding::find_all(snapshot, 100, &Patient).unwrap();
    folds.iter().for_each(|fold| fits.range(&fold.range));
    links::find_all(snapshot, &Patient).unwrap().iter().for_each(|link| fits.one_line(&link.range));
    let found = tokens::find(snapshot, 0..text.len(), tokens::Overlap::Never, &Patient).unwrap();
    found.iter().for_each(|token| fits.one_line(&token.range));
    assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{found:?} in {text:?}");
    let question = code_actions::Question {
        range: 0..text.len(),
        wants: &|_| true,
        is_explicit: true,
        is_automatic: false,
        may_be_later: false,
        shows_references: true,
        no_actors_file: None,
    };
    actions(&fits, snapshot, &question);
    let edits = formatting::find_all(snapshot, &Patient).unwrap();
    fits.edits(&edits);
    let edits = fix_all::find(snapshot, fix_all::Wanted::Safe, &Patient).unwrap();
    fits.edits(&edits);
    let after = open(&apply(text, &edits));
    let again = fix_all::find(&after, fix_all::Wanted::Safe, &Patient).unwrap();
    assert_eq!(again, [], "{text:?} became {:?}", after.text.to_string());
}

fn open(text: &str) -> Snapshot {
    Snapshot::of_file("file:///corpora/news.txt", text, Arc::default(), Encoding::Utf16)
}

fn cases() -> u32 {
    if std::env::var_os("DISPATCH_LS_LONG").is_some() { 1500 } else { 48 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in text()) {
        let snapshot = open(&text);
        every_place(&text, &snapshot);
        whole_file(&text, &snapshot);
    }
}
