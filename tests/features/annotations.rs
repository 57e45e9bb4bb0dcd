//! Hints, cards and highlights of what is found in the prose.

use std::sync::Arc;

use dispatch_ls::features::markup::Form;
use dispatch_ls::features::{Patient, card, highlights, hints};
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer};
use dispatch_ls::text::Encoding;
use dispatch_ls::workspace::{Document, Notes, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::{document, open_at, rested};

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

#[test]
fn a_hint_at_the_end_of_a_file() {
    let text = "=== FILE: a ===\ndate: 2024-12-01\n\nIlse Varga left on Friday";
    assert!(shown_hints(text).ends_with("on Friday‹11-29 Fri›"));
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
            with Jonas Petraitis, Vilnius
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
            2024-11-29 – date: Friday, 29 November 2024
            read against the dispatch date, 2024-12-01 (Sunday), from the header, line 2
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
fn cards_of_claims_one_in_the_other() {
    let text = |marked: &str| format!("=== FILE: a.txt ===\ndate: 2024-12-01\n\n{marked}\n");
    let card = |marked: &str| {
        let (snapshot, offset) = open_at(&text(marked));
        card::find(&snapshot, offset).unwrap().text.render(Form::Plain)
    };
    let outer = card("Accor|ding to Jonas Petraitis, Ilse Varga confirmed that nobody was hurt.");
    assert!(outer.ends_with("\nin it: Ilse Varga confirmed that nobody was hurt"), "{outer}");
    let inner = card("According to Jonas Petraitis, Ilse Varga con|firmed that nobody was hurt.");
    let around = "inside: Jonas Petraitis According to Ilse Varga confirmed that nobody was hurt";
    assert!(inner.contains(around), "{inner}");
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
    let places = highlights::find(&snapshot, offset, &Patient).unwrap();
    let words: Vec<String> = places.iter().map(|place| snapshot.text.slice(place.clone()).into_owned()).collect();
    assert_eq!(words, ["Ilse Varga", "Varga", "she"]);
}

#[test]
fn an_actor_is_highlighted_in_the_dispatches_around() {
    let text =
        "=== FILE: a.txt ===\n\nIlse Varga met Jonas Petraitis.\n\n=== FILE: b.txt ===\n\nMs. Ilse Va|rga left.\n";
    let (snapshot, offset) = open_at(text);
    let places = highlights::find(&snapshot, offset, &Patient).unwrap();
    let starts: Vec<usize> = places.iter().map(|place| place.start).collect();
    assert_eq!(starts, [text.find("Ilse").unwrap(), text.rfind("Ilse").unwrap()]);
}

const PORTS: &str = "=== FILE: a.txt ===
date: 2024-12-01

Ilse Varga met Jonas Petraitis on 03/04/2024. Petraitis left two days later.

=== FILE: b.txt ===
date: 2024-12-03

Ilse Varga said that Jonas Petraitis had been in Vilnius from Friday to Sunday.

=== FILE: c.txt ===

Ilse Vargas was not there. Ilse Varga may come on Monday, an aide said.
";

fn card_at(snapshot: &Snapshot, what: &str) -> String {
    let offset = snapshot.text.to_string().find(what).unwrap() + 1;
    format!("{}\n", card::find(snapshot, offset).expect(what).text.render(Form::Plain))
}

#[test]
fn a_card_tells_of_the_rest_of_the_file() {
    expect![[r#"
        Ilse Varga – person
        unlisted: in no actors file
        1 mention in this dispatch: Ilse Varga
        with Jonas Petraitis, Vilnius
        in 3 dispatches of this file: first a.txt (2024-12-01), last c.txt
        claims: 1 by them, 1 about them; most often with Jonas Petraitis (2)
        Ilse Varga said that Jonas Petraitis had been in Vilnius from Friday to Sunday
    "#]]
    .assert_eq(&card_at(&rested(document(PORTS)), "Ilse Varga said"));
}

#[test]
fn a_card_of_a_listed_actor() {
    let actors = r#"{"id":"ilse-varga","kind":"person","name":"Ilse Varga","aliases":["Ilze Varga"],"roles":[{"title":"Minister of Ports","country":"LT","to":"2024-12-02"}],"codes":{"cameo":"LTUGOV"},"qid":"Q42"}"#;
    let file = ActorsFile { name: "actors.jsonl".into(), text: actors.into(), format: Format::Native };
    let notes = Notes::new(Arc::new(Gazetteer::new(&[&file]).0), vec!["/corpora/actors.jsonl".into()]);
    let mut document = Document::new("file:///corpora/news.txt", 1, Arc::default());
    document.set_notes(notes);
    document.read(PORTS);
    let snapshot = rested(document.snapshot(Encoding::Utf16));
    expect![[r#"
        Ilse Varga – person
        Minister of Ports on 2024-12-01
        state: LT
        listed as ilse-varga in actors.jsonl, line 1
        codes: cameo LTUGOV · Wikidata Q42: https://www.wikidata.org/wiki/Q42
        1 mention in this dispatch: Ilse Varga
        written as well: Ilze Varga
        with Jonas Petraitis
        in 3 dispatches of this file: first a.txt (2024-12-01), last c.txt
        claims: 1 by them, 1 about them; most often with Jonas Petraitis (2)
    "#]]
    .assert_eq(&card_at(&snapshot, "Ilse Varga met"));
    expect![[r#"
        Ilse Varga – person
        no role is known on 2024-12-03
        state: LT
        listed as ilse-varga in actors.jsonl, line 1
        codes: cameo LTUGOV · Wikidata Q42: https://www.wikidata.org/wiki/Q42
        1 mention in this dispatch: Ilse Varga
        written as well: Ilze Varga
        with Jonas Petraitis, Vilnius
        in 3 dispatches of this file: first a.txt (2024-12-01), last c.txt
        claims: 1 by them, 1 about them; most often with Jonas Petraitis (2)
        Ilse Varga said that Jonas Petraitis had been in Vilnius from Friday to Sunday
    "#]]
    .assert_eq(&card_at(&snapshot, "Ilse Varga said"));
}

#[test]
fn a_name_that_only_sounds_alike_is_offered() {
    let actors = r#"{"id":"abbas-araghchi","kind":"person","name":"Abbas Araghchi"}"#;
    let file = ActorsFile { name: "actors.jsonl".into(), text: actors.into(), format: Format::Native };
    let mut document = Document::new("file:///corpora/news.txt", 1, Arc::default());
    document.set_notes(Notes::new(Arc::new(Gazetteer::new(&[&file]).0), vec!["/actors.jsonl".into()]));
    document.read("=== FILE: a ===\n\nForeign Minister Abbas Araqchi left.\n");
    expect![[r#"
        Abbas Araqchi – person
        Foreign Minister
        unlisted: in no actors file
        the same as Abbas Araghchi (abbas-araghchi)? It sounds alike
        1 mention in this dispatch: Foreign Minister Abbas Araqchi
    "#]]
    .assert_eq(&card_at(&document.snapshot(Encoding::Utf16), "Araqchi"));
}

#[test]
fn cards_of_dates() {
    let snapshot = document(PORTS);
    expect![[r#"
        2024-03-04 – date: Monday, 4 March 2024
        it says so itself
        or as well: 2024-04-03 – Wednesday, 3 April 2024
    "#]]
    .assert_eq(&card_at(&snapshot, "03/04"));
    expect![[r#"
        2024-03-06 – date: Wednesday, 6 March 2024
        read against 03/04/2024, 2024-03-04
    "#]]
    .assert_eq(&card_at(&snapshot, "two days"));
    expect![[r#"
        2024-11-29 – date: Friday, 29 November 2024, to Sunday, 1 December 2024
        read against the dispatch date, 2024-12-03 (Tuesday), from the header, line 7
    "#]]
    .assert_eq(&card_at(&snapshot, "Friday"));
    expect![[r#"
        XXXX-WXX-1 – date: a Monday
        there is no date to read it against: the dispatch has none
    "#]]
    .assert_eq(&card_at(&snapshot, "Monday"));
}
