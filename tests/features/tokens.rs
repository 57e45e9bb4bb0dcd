use std::time::Instant;

use dispatch_ls::features::{Patient, tokens};
use dispatch_ls::text::Encoding;
use expect_test::{Expect, expect};

use crate::fixture::{document, under};

fn check(text: &str, expected: Expect) {
    let snapshot = document(text);
    let found = tokens::find(&snapshot, 0..text.len(), &Patient).unwrap();
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
    let found = tokens::find(&snapshot, 0..snapshot.text.len(), &Patient).unwrap();
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
    let found = tokens::find(&document(text), start..start + 5, &Patient).unwrap();
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
    assert_eq!(tokens::find(&snapshot, 0..many.len(), &Patient).unwrap().len(), 100_000);
    let all = all.elapsed();
    let part = Instant::now();
    assert!(tokens::find(&snapshot, middle..middle + 300, &Patient).unwrap().len() < 60);
    assert!(part.elapsed() * 20 < all, "{:?} against {all:?} for all", part.elapsed());
}
