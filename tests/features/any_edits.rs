//! After any edits everything lies on what it speaks of: what is kept by content, and what moves with the text, is never
//! anything else than what a fresh reading finds.

use std::sync::Arc;

use dispatch_ls::corpus::Code;
use dispatch_ls::features::tokens::{Kind, Overlap};
use dispatch_ls::features::{Patient, card, highlights, hints, hover, lens, selection, tokens};
use dispatch_ls::text::{Encoding, Position};
use dispatch_ls::workspace::doubts::Known;
use dispatch_ls::workspace::{Document, DocumentChange, Snapshot};
use proptest::prelude::*;

use crate::fixture;

const TALKS: &str = "=== FILE: a.txt ===
date: 2024-12-01

President Ilse Varga met Foreign Minister Jonas Petraitis in Vilnius on Friday. Varga said the port would reopen next week. “We are ready,” she added.
>=== FILE: Ilse Varga ===
";

const PUTS: [&str; 14] = [
    "",
    "",
    "x",
    "😀 ",
    "\n\n",
    "\r\n",
    "\r",
    " Ilse Varga said on Monday ",
    "“We go, ",
    "=== FILE: b.txt ===\ndate: 2024-03-05\n\n",
    " February 30, 2024 ",
    "الرئيس ",
    " Iran may ",
    "<<<END FILE>>>\n",
];

#[derive(Debug, Clone)]
struct Step {
    /// Parts of the text's lines.
    line: f64,
    from: u32,
    lines: u32,
    to: u32,
    put: usize,
    /// A part of the text's length, to look at.
    look: f64,
}

fn step() -> impl Strategy<Value = Step> {
    (0.0..1.0, 0..90u32, 0..2u32, 0..90u32, 0..PUTS.len(), 0.0..1.0)
        .prop_map(|(line, from, lines, to, put, look)| Step { line, from, lines, to, put, look })
}

/// Every token within the text, on one line, and in order; none over another unless they may be.
fn check_tokens(text: &str, found: &[tokens::Token], overlap: Overlap) {
    for token in found {
        let words = text.get(token.range.clone()).unwrap_or_else(|| panic!("{token:?} is no range"));
        assert!(!words.is_empty() && words.trim() == words && !words.contains(['\n', '\r']), "{token:?}: {words:?}");
    }
    assert!(found.windows(2).all(|pair| pair[0].range.start <= pair[1].range.start), "{found:?}");
    if overlap == Overlap::Never {
        assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{found:?}");
    }
}

/// All that is shown of a text, in words.
fn shown(snapshot: &Snapshot, look: usize) -> Vec<String> {
    let length = snapshot.text.len();
    let text = snapshot.text.to_string();
    let mut shown = Vec::new();
    for overlap in [Overlap::Never, Overlap::Allowed] {
        let found = tokens::find(snapshot, 0..length, overlap, &Patient).unwrap();
        check_tokens(&text, &found, overlap);
        shown.extend(found.iter().map(|token| format!("{token:?}")));
    }
    shown.extend(hints::find(snapshot, 0..length, None, &Patient).unwrap().iter().map(|hint| format!("{hint:?}")));
    for at in lens::find_all(snapshot, &Patient).unwrap() {
        shown.push(format!("{at} {:?}", lens::find(snapshot, at)));
    }
    shown.push(format!("{:?}", highlights::find(snapshot, look, &Patient)));
    shown.push(format!("{:?}", selection::find(snapshot, look)));
    shown.push(format!("{:?}", hover::find(snapshot, look).or_else(|| card::find(snapshot, look))));
    shown
}

/// A range has what the whole has there: all in it, and nothing that does not touch it.
fn check_range(snapshot: &Snapshot, look: usize) {
    let length = snapshot.text.len();
    let range = look..snapshot.text.floor((look + 60).min(length));
    let touches = |token: &tokens::Token| token.range.start < range.end && token.range.end > range.start;
    let all = tokens::find(snapshot, 0..length, Overlap::Never, &Patient).unwrap();
    let part = tokens::find(snapshot, range.clone(), Overlap::Never, &Patient).unwrap();
    assert_eq!(part, all.into_iter().filter(touches).collect::<Vec<_>>());
    let all = hints::find(snapshot, 0..length, None, &Patient).unwrap();
    let part = hints::find(snapshot, range.clone(), None, &Patient).unwrap();
    assert_eq!(part, all.into_iter().filter(|hint| (range.start..=range.end).contains(&hint.at)).collect::<Vec<_>>());
}

fn follow(steps: &[Step]) -> (usize, usize, usize) {
    let mut document = Document::new("file:///corpora/news.txt", 1, Arc::default());
    document.read(&TALKS.repeat(3));
    let mut known = Known::default();
    let mut seen = (0, 0, 0);
    for (step, version) in steps.iter().zip(2..) {
        let lines = document.snapshot(Encoding::Utf16).text.line_count();
        let line = (step.line * lines as f64) as u32;
        let from = Position { line, column: step.from };
        let to = Position { line: line + step.lines, column: step.to };
        let put = PUTS[step.put].to_owned();
        document.change(version, vec![DocumentChange::Part { from, to, put }], Encoding::Utf16);
        let snapshot = document.snapshot(Encoding::Utf16);
        let fresh = fixture::document(&snapshot.text.to_string());
        let length = snapshot.text.len();
        let look = snapshot.text.floor((step.look * length as f64) as usize);
        let (kept, made) = (shown(&snapshot, look), shown(&fresh, look));
        let differ = kept.iter().zip(&made).find(|(kept, made)| kept != made);
        assert!(differ.is_none() && kept.len() == made.len(), "{differ:?} in {:?}", snapshot.text.to_string());
        check_range(&snapshot, look);

        // While somebody types, the one hint at the caret is left out, and no other.
        let all = hints::find(&snapshot, 0..length, None, &Patient).unwrap();
        let typed = hints::find(&snapshot, 0..length, snapshot.typing, &Patient).unwrap();
        assert_eq!(typed, all.iter().filter(|hint| Some(hint.at) != snapshot.typing).cloned().collect::<Vec<_>>());

        let (doubts, _) = known.find(&snapshot, usize::MAX, &|| true).unwrap();
        assert_eq!(doubts, Known::default().find(&fresh, usize::MAX, &|| true).unwrap().0);
        // Those that have moved with the text lie on the same words still.
        for doubt in snapshot.doubts.iter() {
            let words = snapshot.text.slice(doubt.range.clone());
            assert!(doubt.code != Code::D001 || words.contains("February 30"), "{doubt:?} {words}");
        }
        let tokens = tokens::find(&snapshot, 0..length, Overlap::Never, &Patient).unwrap();
        let persons = tokens.iter().filter(|token| token.kind == Kind::Person).count();
        seen = (seen.0 + all.len(), seen.1 + snapshot.doubts.len(), seen.2 + persons);
        // Cards tell of the rest of the file as it was at the last rest: see `seen.rs`.
        document.set_doubts(version, doubts, Arc::default());
    }
    seen
}

fn cases() -> u32 {
    if std::env::var_os("DISPATCH_LS_LONG").is_some() { 1000 } else { 24 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn same_as_from_scratch(steps in prop::collection::vec(step(), 1..24)) {
        follow(&steps);
    }
}

/// The property is not about nothing.
#[test]
fn there_is_much_to_see() {
    let mut seed = 11_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        (seed >> 40) as f64 / (1 << 24) as f64
    };
    let mut up_to = |limit: f64| (random() * limit) as u32;
    let steps: Vec<Step> = (0..100)
        .map(|_| Step {
            line: f64::from(up_to(1000.0)) / 1000.0,
            from: up_to(60.0),
            lines: up_to(2.0),
            to: up_to(60.0),
            put: up_to(PUTS.len() as f64) as usize,
            look: f64::from(up_to(1000.0)) / 1000.0,
        })
        .collect();
    let (hints, doubts, persons) = follow(&steps);
    assert!(hints > 200 && doubts > 20 && persons > 200, "{hints} {doubts} {persons}");
}
