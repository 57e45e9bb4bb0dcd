use dispatch_ls::features::{Patient, folding};
use expect_test::{Expect, expect};

use crate::fixture::document;

fn check(text: &str, most: usize, expected: Expect) {
    let snapshot = document(text);
    let line = |offset| snapshot.text.line_of(offset);
    let shown = folding::find_all(&snapshot, most, &Patient).unwrap().into_iter().map(|fold| {
        let (first, last) = (line(fold.range.start), line(fold.range.end));
        let content = |number| snapshot.text.slice(snapshot.text.line_range(number)).trim_end().to_owned();
        let what = if fold.is_header { "header" } else { "dispatch" };
        format!("{what} {first} to {last}: {} … {}\n", content(first), content(last))
    });
    expected.assert_eq(&shown.collect::<String>());
}

const CORPUS: &str = "\
=== FILE: a.txt ===
date: 2024-12-01
title: Storm

Text.


=== FILE: b.txt ===
date: 2024-12-01

Text.
";

#[test]
fn dispatches_and_headers_without_the_blank_lines_behind() {
    check(
        CORPUS,
        100,
        expect![[r#"
        dispatch 0 to 4: === FILE: a.txt === … Text.
        header 1 to 2: date: 2024-12-01 … title: Storm
        dispatch 7 to 10: === FILE: b.txt === … Text.
    "#]],
    );
}

#[test]
fn dispatches_first_where_there_are_too_many() {
    check(
        CORPUS,
        2,
        expect![[r#"
        dispatch 0 to 4: === FILE: a.txt === … Text.
        dispatch 7 to 10: === FILE: b.txt === … Text.
    "#]],
    );
    check(
        CORPUS,
        1,
        expect![[r#"
        dispatch 0 to 4: === FILE: a.txt === … Text.
    "#]],
    );
}

#[test]
fn a_rule_below_the_name_and_a_closer() {
    check(
        "================\nFILE: a.txt\n================\nText.\n",
        9,
        expect![[r#"
        dispatch 2 to 3: ================ … Text.
    "#]],
    );
    check(
        "<<<FILE: a>>>\r\nText.\r\n<<<END FILE>>>\r\n",
        9,
        expect![[r#"
        dispatch 0 to 2: <<<FILE: a>>> … <<<END FILE>>>
    "#]],
    );
}

#[test]
fn nothing_to_fold() {
    check("=== FILE: a ===\n=== FILE: b ===\n", 9, expect![[r""]]);
    check("Text.\nText.\n", 9, expect![[r""]]);
}
