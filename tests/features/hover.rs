use std::sync::Arc;

use dispatch_ls::features::hover;
use dispatch_ls::features::markup::Form;
use dispatch_ls::text::{Encoding, Position};
use dispatch_ls::workspace::{Document, DocumentChange};
use expect_test::{Expect, expect};

use crate::fixture::{document, open_at, under};

fn check(marked: &str, expected: Expect) {
    let (snapshot, offset) = open_at(marked);
    let shown = match hover::find(&snapshot, offset) {
        Some(hover) => format!("{}{}\n", under(&snapshot, &hover.range, ""), hover.text.render(Form::Plain)),
        None => "nothing\n".to_owned(),
    };
    expected.assert_eq(&shown);
}

#[test]
fn an_opener() {
    check(
        "=== FILE: a.txt ===\n\nText.\n\n=== FI|LE: b.txt ===\ndate: 2024-12-01\nsource: SANA\nPD: 1\n\nOne two three.\n",
        expect![[r#"
            === FILE: b.txt ===
            ^^^^^^^^^^^^^^^^^^^
            dispatch 2 of 2: b.txt
            delimiter: canonical
            date: 2024-12-01 (Sunday), from the header, line 6
            source: SANA
            text: 3 words, 14 characters
            no actors, dates or claims were found in it
        "#]],
    );
}

#[test]
fn an_opener_that_is_malformed_and_has_no_date() {
    check(
        "=== FILE: a.txt ==|\n\n",
        expect![[r#"
            === FILE: a.txt ==
            ^^^^^^^^^^^^^^^^^^
            dispatch 1 of 1: a.txt
            delimiter: canonical, malformed
            date: none, in no header, prologue, dateline or name
            text: 0 words, 0 characters
            no actors, dates or claims were found in it
        "#]],
    );
}

#[test]
fn an_opener_without_a_name() {
    check(
        "=== FILE: a.txt ===\n\nText.\n\n=== FILE: |===\n\nText.\n",
        expect![[r#"
            === FILE: ===
            ^^^^^^^^^^^^^
            dispatch 2 of 2, without a name
            delimiter: canonical, malformed
            date: none, in no header, prologue, dateline or name
            text: 1 word, 5 characters
            no actors, dates or claims were found in it
        "#]],
    );
}

#[test]
fn a_closer() {
    check(
        "<<<FILE: a>>>\n\nText.\n\n<<<END FI|LE>>>\n",
        expect![[r#"
            <<<END FILE>>>
            ^^^^^^^^^^^^^^
            end of dispatch 1 of 1: a
            text: 1 word, 5 characters
            no actors, dates or claims were found in it
        "#]],
    );
}

#[test]
fn over_three_lines() {
    check(
        "================\nFILE: a.txt\n====|============\nText.\n",
        expect![[r#"
            ================
            ^^^^^^^^^^^^^^^^
            FILE: a.txt
            ^^^^^^^^^^^
            ================
            ^^^^^^^^^^^^^^^^
            dispatch 1 of 1: a.txt
            delimiter: gitingest
            date: none, in no header, prologue, dateline or name
            text: 1 word, 5 characters
            no actors, dates or claims were found in it
        "#]],
    );
}

#[test]
fn keys() {
    check(
        "=== FILE: a.txt ===\nHEADLI|NE: Storm\n\nText.\n",
        expect![[r#"
            HEADLINE: Storm
            ^^^^^^^^
            title – headline
            written here as HEADLINE
            read as the same key: HD, HEADLINE, HL, TI, headline
        "#]],
    );
    check(
        "=== FILE: a.txt ===\nurl|: https://example.org\n\nText.\n",
        expect![[r#"
            url: https://example.org
            ^^^
            url – where it was published
        "#]],
    );
    check(
        "=== FILE: a.txt ===\ndate: 2024-12-01\nx-ba|tch: 7\n\nText.\n",
        expect![[r#"
            x-batch: 7
            ^^^^^^^
            x-batch – a key of your own
        "#]],
    );
    check(
        "=== FILE: a.txt ===\ndate: 2024-12-01\nmo|od: dark\n\nText.\n",
        expect![[r#"
        mood: dark
        ^^^^
        not a known key: mood
    "#]],
    );
}

#[test]
fn values() {
    check(
        "=== FILE: a.txt ===\ntitle: Sto|rm\n\nText.\n",
        expect![[r#"
            title: Storm
                   ^^^^^
            title – headline
            read as the same key: HD, HEADLINE, HL, TI, headline
        "#]],
    );
    check(
        "=== FILE: a.txt ===\ntitle:  Storm  |\n\nText.\n",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn the_last_line_without_a_line_end() {
    check(
        "=== FILE: a.txt ===\ntitle: Storm|",
        expect![[r#"
        title: Storm
               ^^^^^
        title – headline
        read as the same key: HD, HEADLINE, HL, TI, headline
    "#]],
    );
}

#[test]
fn how_a_date_was_read() {
    check(
        "=== FILE: a.txt ===\ndate: 2024-12-|01\n\n date 2024-12-02 Text.\n",
        expect![[r#"
            date: 2024-12-01
                  ^^^^^^^^^^
            date – dispatch date, YYYY-MM-DD: the day against which relative dates are resolved
            read as the same key: PD, pub_date, publication_date, publication-date, created, LOAD-DATE
            read as 2024-12-01
            also 2024-12-02 (Monday), from the prologue, line 4
        "#]],
    );
    check(
        "=== FILE: a.txt ===\ndate: Sunday, 1 December |2024\n\nText.\n",
        expect![[r#"
            date: Sunday, 1 December 2024
                  ^^^^^^^^^^^^^^^^^^^^^^^
            date – dispatch date, YYYY-MM-DD: the day against which relative dates are resolved
            read as the same key: PD, pub_date, publication_date, publication-date, created, LOAD-DATE
            read as 2024-12-01, not in ISO form, said to be a Sunday
        "#]],
    );
    check(
        "=== FILE: a.txt ===\nretrieved: |03/04/2024\n\nText.\n",
        expect![[r#"
            retrieved: 03/04/2024
                       ^^^^^^^^^^
            retrieved – day on which it was fetched, YYYY-MM-DD
            read as 2024-04-03 or 2024-03-04: day and month are in doubt
        "#]],
    );
    check(
        "=== FILE: a.txt ===\ndate: |2024-02-30\n\nText.\n",
        expect![[r#"
            date: 2024-02-30
                  ^^^^^^^^^^
            date – dispatch date, YYYY-MM-DD: the day against which relative dates are resolved
            read as the same key: PD, pub_date, publication_date, publication-date, created, LOAD-DATE
            written like a date, but no calendar has it
        "#]],
    );
    check(
        "=== FILE: a.txt ===\ndate: |soon\n\nText.\n",
        expect![[r#"
            date: soon
                  ^^^^
            date – dispatch date, YYYY-MM-DD: the day against which relative dates are resolved
            read as the same key: PD, pub_date, publication_date, publication-date, created, LOAD-DATE
            not read as a date
        "#]],
    );
}

#[test]
fn the_prologue() {
    check(
        " da|te 2024-12-02 Text.\n",
        expect![[r#"
             date 2024-12-02 Text.
             ^^^^^^^^^^^^^^^
            prologue – the date that the extractor wrote in front of the text
            2024-12-02 (Monday), from the prologue, line 1
            no actors, dates or claims were found in it
        "#]],
    );
    check(
        "=== FILE: a.txt ===\ndate: 2024-12-01\n\n da|te 2024-12-02 Text.\n",
        expect![[r#"
             date 2024-12-02 Text.
             ^^^^^^^^^^^^^^^
            prologue – the date that the extractor wrote in front of the text
            2024-12-02 (Monday), from the prologue, line 4
            what counts: 2024-12-01 (Sunday), from the header, line 2
        "#]],
    );
}

#[test]
fn nothing_on_text_and_elsewhere() {
    for marked in
        ["=== FILE: a.txt ===\n\nTe|xt.\n", "Pre|amble.\n\n=== FILE: a.txt ===\n\nText.\n", "|", "Just te|xt.\n"]
    {
        check(
            marked,
            expect![[r"
            nothing
        "]],
        );
    }
}

#[test]
fn names_in_other_scripts() {
    check(
        "=== FILE: خبر-١|.txt ===\r\ntitle: عاصفة 🌀\r\n\r\nنص.\r\n",
        expect![[r#"
            === FILE: خبر-١.txt ===
            ^^^^^^^^^^^^^^^^^^^^^^^
            dispatch 1 of 1: خبر-١.txt
            delimiter: canonical
            date: none, in no header, prologue, dateline or name
            title: عاصفة 🌀
            text: 1 word, 3 characters
            no actors, dates or claims were found in it
        "#]],
    );
}

#[test]
fn large_texts_are_not_counted() {
    let body = "word ".repeat(1 << 18);
    let snapshot = document(&format!("=== FILE: a.txt ===\n\n{body}\n"));
    let text = hover::find(&snapshot, 5).unwrap().text.render(Form::Plain);
    assert!(text.contains("text: 1.3 MB"), "{text}");
}

#[test]
fn what_is_in_a_dispatch() {
    check(
        "=== FI|LE: a.txt ===\ndate: 2024-12-01\n\nPresident Ilse Varga met Jonas Petraitis in Vilnius on Friday. Varga said that Petraitis would be in Riga from December 5 to December 8. She may join him.\n",
        expect![[r#"
            === FILE: a.txt ===
            ^^^^^^^^^^^^^^^^^^^
            dispatch 1 of 1: a.txt
            delimiter: canonical
            date: 2024-12-01 (Sunday), from the header, line 2
            text: 28 words, 154 characters
            in it: 6 mentions of 4 actors, 3 dates, 1 claim
            most named: Ilse Varga 2, Jonas Petraitis 2, Vilnius 1, Riga 1
            days: 2024-11-29 to 2024-12-08
        "#]],
    );
}

/// What the owner of all documents does itself takes microseconds: nothing is annotated for it.
#[test]
fn at_once_is_what_is_known() {
    let mut document = Document::new("file:///corpora/news.txt", 1, Arc::default());
    // No other test has this text, and so nobody has annotated it.
    document.read("=== FILE: once.txt ===\n\nPresident Ilse Varga met nobody in Utena.\n");
    let snapshot = document.snapshot(Encoding::Utf16);
    assert_eq!(hover::find_at_once(&snapshot, 5), None, "it has to be annotated first");
    let all = hover::find(&snapshot, 5);
    assert_eq!(hover::find_at_once(&snapshot, 5), all);
    let from = Position { line: 2, column: 0 };
    let put = "Then ".to_owned();
    document.change(2, vec![DocumentChange::Part { from, to: from, put }], Encoding::Utf16);
    let typing = hover::find_at_once(&document.snapshot(Encoding::Utf16), 5).unwrap().text.render(Form::Plain);
    assert!(typing.contains("text: 8 words") && !typing.contains("in it:"), "{typing}");
    document.rest();
    assert_eq!(hover::find_at_once(&document.snapshot(Encoding::Utf16), 5), None);
}
