use dispatch_ls::features::{Patient, formatting};
use dispatch_ls::text::apply;
use expect_test::{Expect, expect};

use crate::fixture::{document, open};

fn check(text: &str, expected: Expect) {
    let after = apply(text, &formatting::find_all(&document(text), &Patient).unwrap());
    expected.assert_eq(&after);
    let again = formatting::find_all(&document(&after), &Patient).unwrap();
    assert_eq!(again, [], "formatting a second time changes something");
}

#[test]
fn delimiters_and_headers() {
    check(
        "=== FILE: a.txt ===\n\nText.\n\n  === FILE: b.txt ==\nDate:   2024-12-01\nTITLE : x\n\nText   with  spaces .\n\n=== FILE: c.txt ===\n\n  Text.\n",
        expect![[r#"
            === FILE: a.txt ===

            Text.

            === FILE: b.txt ===
            date: 2024-12-01
            title: x

            Text   with  spaces .

            === FILE: c.txt ===

              Text.
        "#]],
    );
}

#[test]
fn prose_is_never_touched() {
    let text = "  Indented   prose .\n\n\n\n  ==\tno delimiter\n";
    assert_eq!(formatting::find_all(&document(text), &Patient).unwrap(), []);
}

#[test]
fn only_the_lines_that_were_asked_for() {
    let (snapshot, cursors) =
        open("=== FILE: a.txt ===\n\nText.\n\n=== F|ILE: b.txt |==\n\nText.\n\n=== FILE: c.txt ==\n\nText.\n");
    let edits = formatting::find_in(&snapshot, cursors[0]..cursors[1], &Patient).unwrap();
    let shown: String =
        edits.iter().map(|edit| crate::fixture::under(&snapshot, &(edit.start()..edit.end()), &edit.put)).collect();
    expect![[r#"
        === FILE: b.txt ==
                        ^^ ===
    "#]]
    .assert_eq(&shown);
}
