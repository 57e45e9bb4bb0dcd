//! Corpus text is from anybody: what it tries must come to nothing.

use dispatch_ls::features::hover;
use dispatch_ls::features::markup::{Form, code_span, one_line};
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::fixture::document;

pub const ATTEMPTS: &[&str] = &[
    "[click](command:workbench.action.terminal.new)",
    "![x](https://example.org/track.png)",
    "<img src=https://example.org/track.png>",
    "<a href=\"command:x\">y</a>",
    "<script>alert(1)</script>",
    "https://example.org/www.example.org",
    "<https://example.org>",
    "someone@example.org",
    "` [out](https://example.org) `",
    "`` [out](https://example.org) ``",
    "```` [out](https://example.org) ````",
    "`",
    "``` x",
    "a`",
    "`a",
    " ` `` ``` ",
    "# Heading",
    "- list",
    "1. list",
    "> quote",
    "---",
    "| a | b |",
    "a\n\n[out](https://example.org)",
    "a\r\n\r\n<b>x</b>",
    "a\u{2028}[out](https://example.org)",
    "\\` [out](https://example.org)",
    "&lt;b&gt; &#91;x](https://example.org)",
    "[x]: https://example.org",
    "**bold** _it_ ~~no~~",
    "$(sync~spin) $(zap)",
    "\u{202E}txt.exe",
    "",
    "   ",
];

/// All that a reader may make of our texts.
pub fn is_harmless(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak => true,
        Event::Start(tag) => matches!(tag, Tag::Paragraph | Tag::Strong),
        Event::End(_) => true,
        _ => false,
    }
}

#[test]
fn an_attempt_stays_in_its_code_span() {
    for attempt in ATTEMPTS {
        let markdown = format!("title: {} and on", code_span(attempt));
        let events: Vec<Event<'_>> = Parser::new_ext(&markdown, Options::all()).collect();
        assert!(events.iter().all(is_harmless), "{attempt:?}: {events:?}");
        let codes: Vec<_> = events.iter().filter(|event| matches!(event, Event::Code(_))).collect();
        let wanted = one_line(attempt, 200);
        match codes.as_slice() {
            [Event::Code(code)] => assert_eq!(code.trim(), wanted, "{attempt:?}"),
            [] => assert_eq!(wanted, "", "{attempt:?}"),
            _ => panic!("{attempt:?}: {events:?}"),
        }
    }
}

#[test]
fn an_attempt_in_a_corpus_comes_to_nothing() {
    for attempt in ATTEMPTS {
        let line = attempt.replace(['\n', '\r'], " ");
        let corpus = format!("=== FILE: {line} ===\ntitle: {line}\nx-{line}: {line}\n\n{line}\n");
        let snapshot = document(&corpus);
        for offset in 0..corpus.len() {
            let Some(hover) = hover::find(&snapshot, offset) else { continue };
            let markdown = hover.text.render(Form::Markdown);
            for event in Parser::new_ext(&markdown, Options::all()) {
                assert!(is_harmless(&event), "{attempt:?} at {offset}: {event:?} in {markdown:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_seen_is_named() {
    assert_eq!(one_line("a\u{202E}b\u{200B}c\u{0}d", 200), "a[U+202E]b[U+200B]c[U+0000]d");
    assert_eq!(one_line("  a\r\n\t b\u{a0}c ", 200), "a b c");
    assert_eq!(one_line("نص‌ها 🌀", 200), "نص‌ها 🌀");
    assert_eq!(one_line("abcdef", 3), "abc…");
}
