use std::sync::Arc;

use dispatch_ls::corpus::{Code, Corpus, Options, Repair};
use dispatch_ls::features::Patient;
use dispatch_ls::features::fix_all::{self, Wanted};
use dispatch_ls::text::{Encoding, apply};
use dispatch_ls::workspace::{Level, Settings, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::document;

fn check(text: &str, wanted: Wanted, expected: Expect) {
    let edits = fix_all::find(&document(text), wanted, &Patient).unwrap();
    let after = apply(text, &edits);
    expected.assert_eq(&after);
    assert!(edits.windows(2).all(|pair| pair[0].end() < pair[1].start()), "{edits:?}");
    assert!(edits.iter().map(|edit| edit.range.1 - edit.range.0).sum::<usize>() < text.len().max(40) / 2, "{edits:?}");
    assert_eq!(fix_all::find(&document(&after), wanted, &Patient).unwrap(), [], "again");
}

#[test]
fn all_that_is_safe_in_as_many_rounds_as_it_takes() {
    check(
        "=== FIEL: a.txt ==\ndate: 2024-12-01\nText.\n\n == FILE:b.txt ===  \n\nText with a typo in FIEL.\n\n=== FILE: c.txt ===\r\n\nText.",
        Wanted::Safe,
        expect![[r#"
            === FILE: a.txt ===
            date: 2024-12-01

            Text.

            === FILE: b.txt ===

            Text with a typo in FIEL.

            === FILE: c.txt ===

            Text.
        "#]],
    );
}

#[test]
fn nothing_safe_is_left() {
    let text =
        "—— FILE： a.txt ——\n\nText.\n\n=== File: b.txt ====\n\n\u{feff}=== FILE:  c.txt\nText.\r\n=== END FILE\n";
    let edits = fix_all::find(&document(text), Wanted::Safe, &Patient).unwrap();
    let after = apply(text, &edits);
    let options = Options { file_name: "news.txt".into(), ..Options::default() };
    let view = Corpus::read(&after, &options).view();
    let left: Vec<_> = view.findings(0..after.len() + 1).filter(|one| one.code.kind().repair == Repair::Safe).collect();
    assert!(left.iter().all(|finding| view.fixes(&*after, finding).is_empty()), "{after}\n{left:?}");
    assert!(!edits.is_empty());
}

#[test]
fn all_of_one_kind() {
    check(
        "=== FIEL: a.txt ===\n\nText.\n\n=== FLIE: b.txt ==\n\nText.\n\n=== FILE: c.txt ===\n\nText.\n",
        Wanted::Kind(Code::F003),
        expect![[r#"
            === FILE: a.txt ===

            Text.

            === FILE: b.txt ==

            Text.

            === FILE: c.txt ===

            Text.
        "#]],
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_left_alone() {
    check(
        "=== FILE: a.txt ===\ndate: 03/04/2024\n\nText.\n\n=== FILE: b.txt ===\ndate: 1 May 2024\n\nText.\n",
        Wanted::Kind(Code::H005),
        expect![[r#"
            === FILE: a.txt ===
            date: 03/04/2024

            Text.

            === FILE: b.txt ===
            date: 2024-05-01

            Text.
        "#]],
    );
}

#[test]
fn what_is_off_is_not_fixed() {
    let mut settings = Settings::default();
    settings.severity.insert(Code::F003, Level::Off);
    let snapshot = Snapshot::of_file("file:///a.txt", "=== FIEL: a ===\n\nText.", Arc::new(settings), Encoding::Utf8);
    let edits = fix_all::find(&snapshot, Wanted::Safe, &Patient).unwrap();
    assert_eq!(edits.len(), 1, "{edits:?}");
}
