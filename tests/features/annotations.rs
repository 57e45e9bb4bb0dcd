//! Hints, cards, highlights and definitions of what is found in the prose.

use dispatch_ls::features::markup::Form;
use dispatch_ls::features::{Patient, card, definition, highlights, hints};
use std::sync::Arc;

use dispatch_ls::corpus::Code;
use dispatch_ls::text::{Encoding, Position};
use dispatch_ls::workspace::doubts::Known;
use dispatch_ls::workspace::{Document, DocumentChange, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::{self, document, open_at, under};

const TALKS: &str = "=== FILE: a.txt ===
date: 2024-12-01

President Ilse Varga met Foreign Minister Jonas Petraitis in Vilnius on Friday. Varga said the port would reopen next week. “We are ready,” she added.
";

fn with_cursor(before: &str) -> String {
    assert!(TALKS.contains(before), "{before}");
    TALKS.replacen(before, &format!("{before}|"), 1)
}

fn shown_hints(text: &str) -> String {
    let snapshot = document(text);
    let mut shown = text.to_owned();
    for hint in hints::find(&snapshot, 0..text.len(), None, &Patient).unwrap().iter().rev() {
        shown.insert_str(hint.at, &format!("‹{}›", hint.label));
    }
    shown
}

#[test]
fn hints_stand_behind_what_they_speak_of() {
    expect![[r#"
        === FILE: a.txt ===
        date: 2024-12-01

        President Ilse Varga met Foreign Minister Jonas Petraitis in Vilnius on Friday‹11-29 Fri›. Varga‹Ilse Varga› said the port would reopen next week‹2024-W49›. “We are ready,” she‹Ilse Varga› added.
    "#]].assert_eq(&shown_hints(TALKS));
}

#[test]
fn hints_are_of_the_range_that_is_asked_for() {
    let snapshot = document(TALKS);
    let from = TALKS.find("“We").unwrap();
    let found = hints::find(&snapshot, from..TALKS.len(), None, &Patient).unwrap();
    assert!(found.iter().all(|hint| hint.at >= from));
    assert!(found.len() < hints::find(&snapshot, 0..TALKS.len(), None, &Patient).unwrap().len());
}

fn check_card(before: &str, expected: Expect) {
    let (snapshot, offset) = open_at(&with_cursor(before));
    let shown = match card::find(&snapshot, offset) {
        Some(card) => {
            let words = snapshot.text.slice(card.range.clone()).into_owned();
            format!("{words}\n---\n{}\n", card.text.render(Form::Plain))
        }
        None => "nothing\n".to_owned(),
    };
    expected.assert_eq(&shown);
}

#[test]
fn a_card_of_an_actor() {
    check_card(
        "Friday. Var",
        expect![[r#"
        Varga
        ---
        Ilse Varga – person
        President on 2024-12-01
        unlisted: in no actors file
        3 mentions in this dispatch: President Ilse Varga, Varga, she
        Ilse Varga said the port would reopen next week
        Ilse Varga added “We are ready,”
    "#]],
    );
}

#[test]
fn a_card_of_a_date() {
    check_card(
        "on Fri",
        expect![[r#"
        Friday
        ---
        2024-11-29 – Friday, 29 November 2024
        read against the dispatch date, 2024-12-01
    "#]],
    );
}

#[test]
fn a_card_of_a_claim() {
    check_card(
        "Varga sa",
        expect![[r#"
        said
        ---
        Ilse Varga said the port would reopen next week
        indirect claim · neutral · certain
    "#]],
    );
}

#[test]
fn no_card_where_nothing_is_found() {
    check_card(
        "date: 2024",
        expect![[r#"
        nothing
    "#]],
    );
}

/// What corpora hold is never more than text in a card, whatever a reader of Markdown could make of it.
#[test]
fn corpus_text_in_a_card_is_text() {
    for attempt in ["[Ilse](command:evil)", "<img src=x>", "![x](http://example.org/x.png)", "`Ilse` Varga", "**Ilse**"]
    {
        let text =
            format!("=== FILE: a.txt ===\ndate: 2024-12-01\n\nPresident {attempt} Varga said the port was open.\n");
        let snapshot = document(&text);
        for offset in 0..text.len() {
            let Some(card) = card::find(&snapshot, offset) else { continue };
            let markdown = card.text.render(Form::Markdown);
            for event in pulldown_cmark::Parser::new(&markdown) {
                use pulldown_cmark::{Event, Tag};
                assert!(
                    !matches!(
                        event,
                        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. })
                    ),
                    "{markdown}"
                );
            }
        }
    }
}

#[test]
fn all_mentions_of_an_actor_are_highlighted() {
    let (snapshot, offset) = open_at(&with_cursor("Friday. Var"));
    let places = highlights::find(&snapshot, offset).unwrap();
    let words: Vec<String> = places.iter().map(|place| snapshot.text.slice(place.clone()).into_owned()).collect();
    assert_eq!(words, ["Ilse Varga", "Varga", "she"]);
}

#[test]
fn a_short_mention_leads_to_the_full_one_and_a_weekday_to_the_dispatch_date() {
    let lines = |before: &str| {
        let (snapshot, offset) = open_at(&with_cursor(before));
        let place = definition::find(&snapshot, offset).unwrap();
        (snapshot.text.slice(place.clone()).into_owned(), under(&snapshot, &place, "").lines().count())
    };
    assert_eq!(lines("Friday. Var").0, "Ilse Varga");
    assert_eq!(lines("ready,” sh").0, "Ilse Varga");
    assert_eq!(lines("on Fri").0, "2024-12-01");
}

/// What is kept by content, and what moves with the text, is never anything else than what a fresh reading finds.
#[test]
fn after_any_edits_it_is_the_same_as_from_scratch() {
    const PUTS: [&str; 10] = [
        "",
        "",
        "x",
        "😀 ",
        "\n\n",
        " Ilse Varga said on Monday ",
        "“We go, ",
        "=== FILE: b.txt ===\ndate: 2024-03-05\n\n",
        " February 30, 2024 ",
        "الرئيس ",
    ];
    let mut seed = 11_u64;
    let mut random = move |limit: usize| {
        seed = seed.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        (seed >> 33) as usize % limit
    };
    let mut document = Document::new("file:///corpora/news.txt", 1, Arc::default());
    document.read(&TALKS.repeat(4));
    let mut known = Known::default();
    let mut seen = (0, 0);
    for version in 2..200 {
        let lines = document.snapshot(Encoding::Utf16).text.line_count();
        let line = random(lines) as u32;
        let from = Position { line, column: random(60) as u32 };
        let to = Position { line: line + random(2) as u32, column: random(60) as u32 };
        let put = PUTS[random(PUTS.len())].to_owned();
        document.change(version, vec![DocumentChange::Part { from, to, put }], Encoding::Utf16);
        let snapshot = document.snapshot(Encoding::Utf16);
        let fresh = fixture::document(&snapshot.text.to_string());
        let length = snapshot.text.len();
        let hints_of = |snapshot: &Snapshot| hints::find(snapshot, 0..length, None, &Patient).unwrap();
        assert_eq!(hints_of(&snapshot), hints_of(&fresh));
        let (doubts, roll) = known.find(&snapshot, usize::MAX, &|| true).unwrap();
        assert_eq!(doubts, Known::default().find(&fresh, usize::MAX, &|| true).unwrap().0);
        // Those that have moved with the text lie on the same words still.
        for doubt in snapshot.doubts.iter() {
            let words = snapshot.text.slice(doubt.range.clone());
            assert!(doubt.code != Code::D001 || words.contains("February 30"), "{doubt:?} {words}");
        }
        seen = (seen.0 + hints_of(&snapshot).len(), seen.1 + snapshot.doubts.len());
        document.set_doubts(version, doubts, roll);
    }
    assert!(seen.0 > 500 && seen.1 > 50, "{seen:?}");
}
