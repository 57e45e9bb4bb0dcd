//! Actors files while they are edited.

use std::path::PathBuf;
use std::sync::Arc;

use dispatch_ls::features::markup::Form;
use dispatch_ls::features::place::Place;
use dispatch_ls::features::{Patient, actors_file};
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer};
use dispatch_ls::text::Encoding;
use dispatch_ls::workspace::{Document, Nature, Notes, Snapshot, actors};
use expect_test::{Expect, expect};

use crate::fixture::under;

/// An open `actors.jsonl` with what it lists, and the cursor `|`.
fn open(marked: &str) -> (Snapshot, usize) {
    let at = marked.find('|').unwrap_or(0);
    let text = marked.replacen('|', "", 1);
    let mut document = Document::new("file:///news/actors.jsonl", 1, Arc::default());
    document.set_nature(Nature::Actors);
    document.read(&text);
    let file = ActorsFile { name: "actors.jsonl".into(), text: text.into(), format: Format::Native };
    document.set_notes(Notes::new(Arc::new(Gazetteer::new(&[&file]).0), vec![PathBuf::from("/news/actors.jsonl")]));
    (document.snapshot(Encoding::Utf16), at)
}

const TWO: &str = r#"{"id":"harbour-board","kind":"organization","name":"Harbour Board","country":"IR"}
{"id":"ilse-varga","kind":"person","name":"Ilse Varga","aliases":["Ilze Varga"],"roles":[{"title":"Minister","org":"Harbour Board","country":"LT","from":"2020-01-01"}],"member_of":"harbour-board"}
"#;

fn at(before: &str) -> (Snapshot, usize) {
    assert!(TWO.contains(before), "{before}");
    open(&TWO.replacen(before, &format!("{before}|"), 1))
}

#[test]
fn nothing_of_a_corpus_is_found_in_it() {
    let (snapshot, _) = open("=== FIEL: a ===\n\nOn Friday Ilse Varga said so.\n");
    assert_eq!((snapshot.view.dispatches(0..99).count(), snapshot.view.dispatch_count()), (0, 0));
    assert_eq!(snapshot.view.findings(0..99).count(), 0);
}

#[test]
fn a_symbol_for_each_actor() {
    let (snapshot, _) = open(TWO);
    let symbols = actors_file::symbols(&snapshot, &Patient).unwrap();
    let shown: String =
        symbols.iter().map(|symbol| format!("{} ({}) {:?}\n", symbol.name, symbol.detail, symbol.name_range)).collect();
    expect![[r#"
        Harbour Board (organization · IR) 52..65
        Ilse Varga (person · Minister · LT) 126..136
    "#]]
    .assert_eq(&shown);
    assert!(symbols.iter().all(|symbol| symbol.range.start < symbol.name_range.start));
}

fn check_hover(before: &str, expected: Expect) {
    let (snapshot, offset) = at(before);
    let shown = actors_file::hover(&snapshot, offset).map_or("nothing\n".to_owned(), |hover| {
        format!("{}\n---\n{}\n", snapshot.text.slice(hover.range), hover.text.render(Form::Plain))
    });
    expected.assert_eq(&shown);
}

#[test]
fn hover_tells_the_actor_and_what_a_code_stands_for() {
    check_hover(
        "Ilse V",
        expect![[r#"
        Ilse Varga
        ---
        Ilse Varga – person
        Minister, Harbour Board, LT (since 2020-01-01)
        also: Ilze Varga
    "#]],
    );
    check_hover(
        r#""country":"I"#,
        expect![[r#"
        IR
        ---
        IR – Iran
        Harbour Board – organization
        state: IR (Iran)
    "#]],
    );
}

#[test]
fn text_of_a_file_is_never_markup() {
    let (snapshot, offset) = open("{\"name\":\"[x|](command:evil) <img src=x> `a`\"}");
    let markdown = actors_file::hover(&snapshot, offset).unwrap().text.render(Form::Markdown);
    for event in pulldown_cmark::Parser::new(&markdown) {
        use pulldown_cmark::{Event, Tag};
        let is_markup =
            matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. }));
        assert!(!is_markup, "{markdown}");
    }
}

/// Items of which the label has `like` in it: what is replaced by what.
fn check_completion(marked: &str, like: &str, expected: Expect) {
    let (snapshot, offset) = open(marked);
    let items = actors_file::completion(&snapshot, offset);
    let items = items.iter().filter(|item| item.label.contains(like)).take(4);
    let shown: String = items
        .map(|item| {
            let old = snapshot.text.slice(item.range.clone()).into_owned();
            format!("{} ({}): {old} → {}\n", item.label, item.detail, item.put)
        })
        .collect();
    expected.assert_eq(&shown);
}

#[test]
fn fields_that_are_not_there_yet() {
    check_completion(
        r#"{"id":"a","|","name":"A","kind":"person"}"#,
        "o",
        expect![[r#"
        roles (offices, and when they were held): "" → "roles":[{"title":""}]
        codes (codes by scheme): "" → "codes":{"cameo":""}
        country (ISO 3166, where it does not hang on a role): "" → "country":""
        note (for people): "" → "note":""
    "#]],
    );
    check_completion(
        r#"{"roles":[{"title":"Minister","f|"#,
        "",
        expect![[r#"
        org (the organisation in which it is held): "f → "org":""
        country (ISO 3166): "f → "country":""
        code (CAMEO code of the role): "f → "code":""
        from (first day: 2024-08-21, 2024-08 or 2024): "f → "from":""
    "#]],
    );
    check_completion(
        "|",
        "",
        expect![[r#"
        {…} (an actor):  → {"id":"","kind":"person","name":""}
    "#]],
    );
}

#[test]
fn values_by_field() {
    check_completion(
        r#"{"kind":"|"}"#,
        "",
        expect![[r#"
        person (): "" → "person"
        organization (armed groups, ministries, media too): "" → "organization"
        place (a place or a state): "" → "place"
        none (not an actor: what has this name is taken for none): "" → "none"
    "#]],
    );
    check_completion(
        r#"{"roles":[{"country":"|"}]}"#,
        "IR",
        expect![[r#"
        IR (Iran): "" → "IR"
    "#]],
    );
    check_completion(
        r#"{"codes":{"cameo":"IRN|"}}"#,
        "GOV",
        expect![[r#"
        IRNGOV (Roles that stand first where the country is not known): "IRN" → "IRNGOV"
    "#]],
    );
    check_completion(
        r#"{"name":"Ilse \"I\" Varga","id":"|"}"#,
        "",
        expect![[r#"
        ilse-i-varga (made from the name): "" → "ilse-i-varga"
    "#]],
    );
    check_completion(
        &TWO.replace("\"title\":\"Minister\"", "\"title\":\"|\""),
        "Prime",
        expect![[r#"
        Prime Minister (): "" → "Prime Minister"
    "#]],
    );
}

#[test]
fn ids_of_other_actors() {
    check_completion(
        &TWO.replace("\"member_of\":\"harbour-board\"", "\"member_of\":\"har|\""),
        "",
        expect![[r#"
        harbour-board (Harbour Board): "har" → "harbour-board"
    "#]],
    );
}

#[test]
fn no_completion_where_anything_may_stand() {
    check_completion(r#"{"name":"Il|"}"#, "", expect![[""]]);
    check_completion(r#"{"name":"Ilse"}|"#, "", expect![[""]]);
}

#[test]
fn an_id_leads_to_its_line() {
    let (snapshot, offset) = at("\"member_of\":\"harb");
    let Some(Place::Here(range)) = actors_file::definition(&snapshot, offset) else { panic!("nowhere") };
    expect![[r#"
        {"id":"harbour-board","kind":"organization","name":"Harbour Board","country":"IR"}
                                                            ^^^^^^^^^^^^^ here
    "#]]
    .assert_eq(&under(&snapshot, &range, "here"));
    let (snapshot, offset) = at("\"org\":\"Harb");
    assert!(matches!(actors_file::definition(&snapshot, offset), Some(Place::Here(_))));
    let entry = actors_file::actor_at(&snapshot, 10).unwrap();
    assert_eq!(actors_file::references(&snapshot, entry, true, &Patient).unwrap().len(), 2);
}

#[test]
fn what_is_wrong_is_found_where_it_stands() {
    let broken = "{\"id\":\"b\",\"name\":\"Mäuse\",\"country\":\"ZZ\"}\r\nno json\n{\"id\":\"b\",\"name\":\"Bell\"}\n";
    let (snapshot, _) = open(broken);
    let found = actors::lint(&snapshot.text, "actors.jsonl", None, &[], &[], 100);
    let shown: Vec<(&str, &str)> = found.iter().map(|doubt| (doubt.code.id(), &broken[doubt.range.clone()])).collect();
    assert_eq!(shown, [("G007", "ZZ"), ("G008", "o json"), ("G001", "b")]);
}

/// However it looks, it is answered, and nothing takes long.
#[test]
fn hostile_files() {
    let long = format!("{{\"name\":\"{}\",\"aliases\":[{}]}}", "x".repeat(1000), vec!["\"a b\""; 1 << 16].join(","));
    let deep = "[{\"a\":".repeat(20_000);
    let circle =
        "{\"id\":\"a\",\"name\":\"A A\",\"in\":\"b\"}\n{\"id\":\"b\",\"name\":\"B B\",\"in\":\"a\"}\n".repeat(50);
    let broken = "\u{FEFF}{\"name\":\"\u{0}\u{202E}\"}\n{\"\n\"\n{\"name\":\"a\\".to_owned();
    for text in [long, deep, circle, broken, String::new()] {
        let (snapshot, _) = open(&text);
        actors_file::symbols(&snapshot, &Patient).unwrap();
        actors::lint(&snapshot.text, "actors.jsonl", None, &[], &[], 100);
        for offset in [0, 1, 5, text.len() / 2, text.len()] {
            actors_file::hover(&snapshot, offset);
            actors_file::completion(&snapshot, offset);
            actors_file::definition(&snapshot, offset);
        }
    }
}
