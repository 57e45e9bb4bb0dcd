use std::sync::Arc;
use std::time::Instant;

use dispatch_ls::features::Patient;
use dispatch_ls::features::tokens::{self, Overlap};
use dispatch_ls::text::Encoding;
use dispatch_ls::workspace::{Settings, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::{document, under};

fn check(text: &str, expected: Expect) {
    let snapshot = document(text);
    let found = tokens::find(&snapshot, 0..text.len(), Overlap::Never, &Patient).unwrap();
    assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{found:?}");
    let shown = found.iter().map(|token| under(&snapshot, &token.range, &format!("{:?}", token.kind)));
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn a_dispatch() {
    check(
        "=== FILE: a.txt ===\ndate: 2024-12-01\ntitle:\n\n date 2024-12-01 Text: text.\n> === FILE: b ===\n>=== FILE: c ===\n>> quoted\n",
        expect![[r#"
            === FILE: a.txt ===
            ^^^ Fence
            === FILE: a.txt ===
                ^^^^ Keyword
            === FILE: a.txt ===
                    ^ Fence
            === FILE: a.txt ===
                      ^^^^^ Name
            === FILE: a.txt ===
                            ^^^ Fence
            date: 2024-12-01
            ^^^^ Key
            date: 2024-12-01
                  ^^^^^^^^^^ Value
            title:
            ^^^^^ Key
             date 2024-12-01 Text: text.
             ^^^^^^^^^^^^^^^ Aside
            >=== FILE: c ===
            ^^^^^^^^^^^^^^^^ Aside
        "#]],
    );
}

#[test]
fn other_dialects() {
    check(
        "================\nFILE: a.txt\n================\nText.\n",
        expect![[r#"
        ================
        ^^^^^^^^^^^^^^^^ Fence
        FILE: a.txt
        ^^^^ Keyword
        FILE: a.txt
            ^ Fence
        FILE: a.txt
              ^^^^^ Name
        ================
        ^^^^^^^^^^^^^^^^ Fence
    "#]],
    );
    check(
        "<DOC>\n<DOCNO> APW-1 </DOCNO>\nText.\n</DOC>\n",
        expect![[r#"
            <DOC>
            ^ Fence
            <DOC>
             ^^^ Keyword
            <DOC>
                ^ Fence
            <DOCNO> APW-1 </DOCNO>
            ^^^^^^^ Fence
            <DOCNO> APW-1 </DOCNO>
                    ^^^^^ Name
            <DOCNO> APW-1 </DOCNO>
                          ^^^^^^^^ Fence
            </DOC>
            ^^ Fence
            </DOC>
              ^^^ Keyword
            </DOC>
                 ^ Fence
        "#]],
    );
    check(
        "-- a.txt --\nText.\n-- b.txt --\n",
        expect![[r#"
            -- a.txt --
            ^^ Fence
            -- a.txt --
               ^^^^^ Name
            -- a.txt --
                     ^^ Fence
            -- b.txt --
            ^^ Fence
            -- b.txt --
               ^^^^^ Name
            -- b.txt --
                     ^^ Fence
        "#]],
    );
    check(
        "3 of 3 DOCUMENTS\n\nText.\n",
        expect![[r#"
            3 of 3 DOCUMENTS
            ^^^^^^^^^^^^^^^^ Keyword
        "#]],
    );
}

#[test]
fn nothing_in_text() {
    check("Text: text.\n> quoted\n", expect![[r""]]);
    check("", expect![[r""]]);
}

#[test]
fn columns_and_lengths_in_the_clients_units() {
    let snapshot = document("=== FILE: 🌀.txt ===\r\ntitle: 🌀 عاصفة\r\n\r\nText.\r\n");
    let found = tokens::find(&snapshot, 0..snapshot.text.len(), Overlap::Never, &Patient).unwrap();
    let places = |encoding| -> Vec<(u32, u32, u32)> {
        let placed = tokens::placed(&snapshot.text, &found, encoding).into_iter();
        placed.map(|token| (token.line, token.column, token.length)).collect()
    };
    let before = [(0, 0, 3), (0, 4, 4), (0, 8, 1)];
    let behind = |rest: [(u32, u32, u32); 4]| [before.as_slice(), &rest].concat();
    assert_eq!(places(Encoding::Utf16), behind([(0, 10, 6), (0, 17, 3), (1, 0, 5), (1, 7, 8)]));
    assert_eq!(places(Encoding::Utf8), behind([(0, 10, 8), (0, 19, 3), (1, 0, 5), (1, 7, 15)]));
    assert_eq!(places(Encoding::Utf32), behind([(0, 10, 5), (0, 16, 3), (1, 0, 5), (1, 7, 7)]));
}

#[test]
fn only_what_touches_the_range() {
    let text = "=== FILE: a.txt ===\n\nText.\n\n=== FILE: b.txt ===\ndate: 2024-12-01\n\nText.\n";
    let start = text.find("date").unwrap();
    let found = tokens::find(&document(text), start..start + 5, Overlap::Never, &Patient).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].range, start..start + 4);
}

/// A range of a long file costs what it holds, not what the file holds.
#[test]
fn a_range_of_a_long_file() {
    let many: String = (0..20_000).map(|number| format!("=== FILE: {number} ===\n\nSome text.\n\n")).collect();
    let snapshot = document(&many);
    let middle = snapshot.text.line_start(40_000);
    let all = Instant::now();
    assert_eq!(tokens::find(&snapshot, 0..many.len(), Overlap::Never, &Patient).unwrap().len(), 100_000);
    let all = all.elapsed();
    let part = Instant::now();
    assert!(tokens::find(&snapshot, middle..middle + 300, Overlap::Never, &Patient).unwrap().len() < 60);
    assert!(part.elapsed() * 20 < all, "{:?} against {all:?} for all", part.elapsed());
}

const TALKS: &str = "=== FILE: a.txt ===
date: 2024-12-01

President Ilse Varga met officials of Iran in Vilnius on Friday. “We
are ready,” Varga said, “and they may reportedly come with Ilse
Varga by Monday. They are not afraid of anybody who may come by.”
";

fn show(text: &str, overlap: Overlap) -> String {
    let snapshot = document(text);
    let found = tokens::find(&snapshot, text.find("\n\n").unwrap()..text.len(), overlap, &Patient).unwrap();
    let shown = found.iter().map(|token| {
        let names: Vec<&str> =
            [tokens::LEGEND[token.kind as usize]].into_iter().chain(token.modifiers.names()).collect();
        format!("{:?} {}\n", snapshot.text.slice(token.range.clone()), names.join(" "))
    });
    shown.collect()
}

#[test]
fn prose() {
    expect![[r#"
        "Ilse Varga" person unlisted
        "Iran" government listed
        "Vilnius" place unlisted
        "Friday" date resolved
        "“We" quotation
        "are ready,”" quotation
        "Varga" person unlisted resolved
        "said" cue
        "“and they" quotation
        "may" hedge
        "reportedly" cue
        "come with" quotation
        "Ilse" person unlisted
        "Varga" person unlisted
        "by" quotation
        "Monday" date resolved
        ". They are not afraid of anybody who" quotation
        "may" hedge
        "come by.”" quotation
    "#]]
    .assert_eq(&show(TALKS, Overlap::Never));
}

#[test]
fn prose_where_tokens_may_lie_over_each_other() {
    expect![[r#"
        "Ilse Varga" person unlisted
        "Iran" government listed
        "Vilnius" place unlisted
        "Friday" date resolved
        "“We" quotation
        "are ready,”" quotation
        "Varga" person unlisted resolved
        "said" cue
        "“and they may reportedly come with Ilse" quotation
        "may" hedge
        "reportedly" cue
        "reportedly" hedge
        "Ilse" person unlisted
        "Varga by Monday. They are not afraid of anybody who may come by.”" quotation
        "Varga" person unlisted
        "Monday" date resolved
        "may" hedge
    "#]]
    .assert_eq(&show(TALKS, Overlap::Allowed));
}

#[test]
fn a_quoted_delimiter_is_nothing_else() {
    let text = "=== FILE: a ===\ndate: 2024-12-01\n\nIlse Varga left.\n>=== FILE: Ilse Varga on Monday ===\n";
    expect![[r#"
        "Ilse Varga" person unlisted
        ">=== FILE: Ilse Varga on Monday ===" comment
    "#]]
    .assert_eq(&show(text, Overlap::Never));
}

/// Each kind can be switched off by a setting.
#[test]
fn kinds_that_are_not_wanted() {
    let count = |settings: Settings| {
        let snapshot = Snapshot::of_file("file:///a.txt", TALKS, Arc::new(settings), Encoding::Utf16);
        let found = tokens::find(&snapshot, 0..TALKS.len(), Overlap::Never, &Patient).unwrap();
        let is = |token: &&tokens::Token, name: &str| tokens::LEGEND[token.kind as usize] == name;
        ["person", "date", "cue", "quotation", "hedge"]
            .map(|name| found.iter().filter(|token| is(token, name)).count() > 0)
    };
    let with = |setting: &str| count(Settings::default().with_toml(&format!("[tokens]\n{setting} = false")).0);
    assert_eq!(count(Settings::default()), [true; 5]);
    assert_eq!(with("actors"), [false, true, true, true, true]);
    assert_eq!(with("dates"), [true, false, true, true, true]);
    assert_eq!(with("claims"), [true, true, false, false, false]);
}

/// The prose far behind the start of a range has none, its markup has.
#[test]
fn a_range_that_is_too_wide() {
    let one = "=== FILE: a ===\n\nIlse Varga said the port was open.\n";
    let text = one.repeat(2 * tokens::WIDEST / one.len());
    let found = tokens::find(&document(&text), 0..text.len(), Overlap::Never, &Patient).unwrap();
    let last = |kind| found.iter().rfind(|token| token.kind == kind).unwrap().range.end;
    assert!(last(tokens::Kind::Name) > text.len() - one.len());
    assert!((tokens::WIDEST - 2 * one.len()..=tokens::WIDEST + one.len()).contains(&last(tokens::Kind::Person)));
}
