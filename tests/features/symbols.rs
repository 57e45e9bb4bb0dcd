use dispatch_ls::features::{Patient, Watch, symbols};
use expect_test::{Expect, expect};

use crate::fixture::{document, under};

fn check(text: &str, expected: Expect) {
    let snapshot = document(text);
    let lines = |offset| snapshot.text.line_of(offset) + 1;
    let shown = symbols::find_all(&snapshot, &Patient).unwrap().into_iter().map(|symbol| {
        let range = format!("lines {} to {}", lines(symbol.range.start), lines(symbol.range.end));
        let place = under(&snapshot, &symbol.name_range, "");
        format!("{} ({}) {range}\n{place}", symbol.name, symbol.detail)
    });
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn dispatches_with_date_and_title() {
    check(
        "=== FILE: a.txt ===\ndate: 2024-12-01\nHL: Storm\n\nText.\n\n=== FILE: b.txt ===\n\n date 2024-12-02 Text.\n\n\
         === FILE: ===\n\nText.\n",
        expect![[r#"
            a.txt (2024-12-01 · Storm) lines 1 to 7
            === FILE: a.txt ===
                      ^^^^^
            b.txt (2024-12-02) lines 7 to 11
            === FILE: b.txt ===
                      ^^^^^
            dispatch 3 () lines 11 to 14
            === FILE: ===
            ^^^^^^^^^^^^^
        "#]],
    );
}

#[test]
fn a_file_without_delimiters_is_named_after_the_file() {
    check(
        " date 2024-12-01 Text.\n",
        expect![[r#"
        news.txt (2024-12-01) lines 1 to 2
         date 2024-12-01 Text.
        ^
    "#]],
    );
    check(
        "",
        expect![[r#"
            news.txt () lines 1 to 1

            ^
        "#]],
    );
}

#[test]
fn a_name_below_its_tag() {
    check(
        "<DOC>\n<DOCNO> APW-1 </DOCNO>\nText.\n</DOC>\n",
        expect![[r#"
        APW-1 () lines 1 to 5
        <DOCNO> APW-1 </DOCNO>
                ^^^^^
    "#]],
    );
}

#[test]
fn names_are_one_short_line() {
    check(
        &format!("=== FILE: a\u{202E}b.txt ===\ntitle: {}\n\nText.\n", "long ".repeat(60)),
        expect![[r#"
        a[U+202E]b.txt (long long long long long long long long long long long long long long long long long long long long long long long long l…) lines 1 to 5
        === FILE: a�b.txt ===
                  ^^^^^^^
    "#]],
    );
}

#[test]
fn there_is_an_end_to_it() {
    let many: String = (0..50_010).map(|number| format!("=== FILE: {number} ===\nx\n")).collect();
    assert_eq!(symbols::find_all(&document(&many), &Patient).unwrap().len(), 50_000);
}

#[test]
fn nobody_waits() {
    struct Gone;
    impl Watch for Gone {
        fn goes_on(&self, _: usize, _: usize) -> bool {
            false
        }
    }
    assert!(symbols::find_all(&document("=== FILE: a ===\n\nText.\n"), &Gone).is_none());
}
