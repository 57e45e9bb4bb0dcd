use dispatch_ls::features::linked_editing;
use expect_test::{Expect, expect};

use crate::fixture::{open_at, under};

fn check(marked: &str, expected: Expect) {
    let (snapshot, offset) = open_at(marked);
    let ranges = linked_editing::find(&snapshot, offset).unwrap_or_default();
    expected.assert_eq(&ranges.iter().map(|range| under(&snapshot, range, "")).collect::<String>());
}

#[test]
fn the_name_in_opener_and_closer() {
    check(
        "=== FILE: a|.txt ===\n\nText.\n\n=== END FILE: a.txt ===\n",
        expect![[r#"
        === FILE: a.txt ===
                  ^^^^^
        === END FILE: a.txt ===
                      ^^^^^
    "#]],
    );
    check(
        "<<<FILE: خبر>>>\r\n\r\nText.\r\n\r\n<<<END FILE: خبر|>>>\r\n",
        expect![[r#"
        <<<FILE: خبر>>>
                 ^^^
        <<<END FILE: خبر>>>
                     ^^^
    "#]],
    );
}

#[test]
fn not_where_there_is_no_second_name_or_another() {
    check("=== FILE: a|.txt ===\n\nText.\n\n=== END FILE ===\n", expect![[r""]]);
    check("=== FILE: a|.txt ===\n\nText.\n\n=== END FILE: b.txt ===\n", expect![[r""]]);
    check("=== FI|LE: a.txt ===\n\nText.\n\n=== END FILE: a.txt ===\n", expect![[r""]]);
    check("=== FILE: a.txt ===\n\nTe|xt.\n\n=== END FILE: a.txt ===\n", expect![[r""]]);
}
