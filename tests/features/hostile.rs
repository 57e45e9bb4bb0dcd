//! Corpus text and actors files are from anybody: what they try comes to nothing, wherever an editor shows them.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use dispatch_ls::features::hints::HintKind;
use dispatch_ls::features::markup::Form;
use dispatch_ls::features::{Patient, card, hints, hover, lens, symbols};
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer};
use dispatch_ls::text::Encoding;
use dispatch_ls::workspace::{Document, Notes, Snapshot};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::json;

use crate::markup::{ATTEMPTS, is_harmless};

/// Attempts that are names, so that they are found where names are looked for.
const NAMES: &[&str] = &[
    "[Ilse](command:workbench.action.terminal.new) Varga",
    "![Ilse](https://example.org/track.png) Varga",
    "<img src=https://example.org/track.png> Varga",
    "<a href='command:x'>Ilse</a> Varga",
    "<https://example.org> Varga",
    "https://example.org/Ilse Varga",
    "`Ilse` [Varga](https://example.org)",
    "```Ilse [x](https://example.org) Varga",
    "**Ilse** Varga",
    "| Ilse | Varga |",
    "# Ilse Varga",
    "Ilse $(zap) Varga",
    "Ilse\u{202E}Varga",
    "Ilse &lt;b&gt; &#91;x](https://example.org) Varga",
];

fn open(text: &str, actors: &str) -> Snapshot {
    let file = ActorsFile { name: "a`[x](y).jsonl".into(), text: Cow::Borrowed(actors), format: Format::Native };
    let notes = Notes::new(Arc::new(Gazetteer::new(&[&file]).0), vec![PathBuf::from("/a`[x](command:y).jsonl")]);
    let mut document = Document::new("file:///corpora/news.txt", 1, Arc::default());
    document.set_notes(notes);
    document.read(text);
    document.snapshot(Encoding::Utf16)
}

fn record(attempt: &str) -> String {
    let record = json!({
        "id": format!("id {attempt}"), "kind": "person", "name": "Jonas Petraitis",
        "aliases": [attempt, "Petras Jonaitis"],
        "roles": [{"title": format!("Minister {attempt}"), "org": attempt, "country": "LT", "from": "2020-01-01"}],
        "codes": {"cameo": attempt, attempt: attempt}, "qid": attempt, "note": attempt,
    });
    format!("{record}\n{}\n", json!({"id": "named", "kind": "person", "name": attempt, "qid": "Q42"}))
}

fn text(attempt: &str) -> String {
    let line = attempt.replace(['\n', '\r'], " ");
    format!(
        "=== FILE: a {line} ===\ndate: 2024-12-01\ntitle: {line}\nsource: {line}\n\nPresident {line} met Minister Jonas \
         Petraitis of {line} Party on Friday. Petraitis said on {line} Monday that \"{line} may come on Tuesday,\" {line} \
         denied. {line} said two days later: \"{line}\". The {line} Ministry reportedly left.\n\n\
         === FILE: {line} ===\n\nJonas Petraitis claimed {line}.\n"
    )
}

fn all() -> impl Iterator<Item = &'static str> {
    ATTEMPTS.iter().chain(NAMES).copied()
}

/// The only links there are lead to Wikidata, by an item's number.
fn check(markdown: &str, attempt: &str) {
    let mut is_ours = false;
    for event in Parser::new_ext(markdown, Options::all()) {
        match &event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                is_ours = dest_url.as_ref() == "https://www.wikidata.org/wiki/Q42";
                assert!(is_ours, "{attempt:?}: {event:?} in {markdown:?}");
            }
            Event::End(TagEnd::Link) => {}
            _ => assert!(is_harmless(&event), "{attempt:?}: {event:?} in {markdown:?}"),
        }
    }
    let _ = is_ours;
}

/// One line of what can be seen.
fn check_plain(label: &str, attempt: &str) {
    let is_seen =
        |letter: char| !letter.is_control() && !matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2028}' | '\u{2029}');
    assert!(label.chars().all(is_seen), "{attempt:?}: {label:?}");
}

#[test]
fn in_cards_and_hovers() {
    let mut cards = 0;
    for attempt in all() {
        let text = text(attempt);
        let snapshot = open(&text, &record(attempt));
        for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)).step_by(3) {
            let found = hover::find(&snapshot, offset).or_else(|| card::find(&snapshot, offset));
            let Some(found) = found else { continue };
            cards += 1;
            check(&found.text.render(Form::Markdown), attempt);
            check_plain(&found.text.render(Form::Plain).replace('\n', " "), attempt);
            assert!(found.text.lines.len() <= 15, "{}", found.text.render(Form::Plain));
        }
    }
    assert!(cards > 100 * all().count(), "{cards}");
}

#[test]
fn in_hints_and_what_they_say() {
    let mut count = 0;
    for attempt in all() {
        let text = text(attempt);
        let snapshot = open(&text, &record(attempt));
        for hint in hints::find(&snapshot, 0..text.len(), None, &Patient).unwrap() {
            check_plain(&hint.label, attempt);
            assert!(hint.label.chars().count() <= 40, "{}", hint.label);
            let tooltip = hints::tooltip(&snapshot, hint.at, hint.kind).expect("each hint has something to say");
            check(&tooltip.render(Form::Markdown), attempt);
            count += usize::from(hint.kind != HintKind::Date);
        }
    }
    assert!(count > all().count(), "{count}");
}

fn check_symbols(symbols: &[symbols::Symbol], attempt: &str) {
    for symbol in symbols {
        check_plain(&symbol.name, attempt);
        check_plain(&symbol.detail, attempt);
        check_symbols(&symbol.children, attempt);
    }
}

#[test]
fn in_lenses_and_symbols() {
    for attempt in all() {
        let text = text(attempt);
        let snapshot = open(&text, &record(attempt));
        for at in lens::find_all(&snapshot, &Patient).unwrap() {
            let title = lens::find(&snapshot, at).unwrap().title;
            let is_own = |word: &str| {
                word.parse::<u32>().is_ok() || ["mention", "mentions", "·", "claim", "claims"].contains(&word)
            };
            assert!(title.split(' ').all(is_own), "{title}");
        }
        check_symbols(&symbols::find_all(&snapshot, symbols::Depth::Everything, &Patient).unwrap(), attempt);
    }
}
