use std::sync::Arc;
use std::time::Instant;

use dispatch_ls::features::{Patient, lens};
use dispatch_ls::text::Encoding;
use dispatch_ls::workspace::{Settings, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::document;

/// The text with what lenses say above the lines they stand at.
fn check(text: &str, expected: Expect) {
    let snapshot = document(text);
    let mut shown = text.to_owned();
    for at in lens::find_all(&snapshot, &Patient).unwrap().into_iter().rev() {
        let lens = lens::find(&snapshot, at).unwrap();
        let places: Vec<_> = lens.places.into_iter().map(|place| snapshot.text.slice(place).into_owned()).collect();
        shown.insert_str(at, &format!("‹{}› {places:?}\n", lens.title));
    }
    expected.assert_eq(&shown);
}

#[test]
fn above_each_dispatch() {
    check(
        "Preamble.\n\n=== FILE: a ===\ndate: 2024-12-01\n\nIlse Varga said on Friday that Jonas Petraitis had left. He denied it.\n\n=== FILE: b ===\n\nNothing.\n",
        expect![[r#"
            Preamble.

            ‹3 mentions · 2 claims› ["Ilse Varga", "said", "Jonas Petraitis", "He", "denied"]
            === FILE: a ===
            date: 2024-12-01

            Ilse Varga said on Friday that Jonas Petraitis had left. He denied it.

            ‹0 mentions · 0 claims› []
            === FILE: b ===

            Nothing.
        "#]],
    );
    check(
        "================\nFILE: a.txt\n================\nIlse Varga left.\n",
        expect![[r#"
        ‹1 mention · 0 claims› ["Ilse Varga"]
        ================
        FILE: a.txt
        ================
        Ilse Varga left.
    "#]],
    );
}

#[test]
fn a_file_without_delimiters_is_one_dispatch() {
    check(
        "Ilse Varga left.\n",
        expect![[r#"
        ‹1 mention · 0 claims› ["Ilse Varga"]
        Ilse Varga left.
    "#]],
    );
    check("", expect![""]);
}

#[test]
fn only_where_a_dispatch_begins() {
    let text = "=== FILE: a ===\n\nIlse Varga left.\n";
    let snapshot = document(text);
    assert!((1..=text.len()).all(|at| lens::find(&snapshot, at).is_none()));
}

#[test]
fn none_are_wanted() {
    let settings = Settings::default().with_toml("[lenses]\ndispatches = false").0;
    let snapshot =
        Snapshot::of_file("file:///a.txt", "=== FILE: a ===\n\nText.\n", Arc::new(settings), Encoding::Utf16);
    assert_eq!(lens::find_all(&snapshot, &Patient), Some(Vec::new()));
}

/// A long file has no more of them than an editor can take, and they cost no more than those of a short one.
#[test]
fn a_long_file() {
    let text = "=== FILE: a ===\n\nIlse Varga left.\n\n".repeat(30_000);
    let snapshot = document(&text);
    let all = Instant::now();
    assert_eq!(snapshot.view.dispatches(0..text.len()).count(), 30_000);
    let all = all.elapsed();
    let some = Instant::now();
    assert_eq!(lens::find_all(&snapshot, &Patient).unwrap().len(), lens::MOST);
    assert!(some.elapsed() * 5 < all, "{:?} against {all:?}", some.elapsed());
}

#[test]
fn a_dispatch_that_is_too_long() {
    let text = format!("=== FILE: a ===\n\n{}", "Ilse Varga left.\n".repeat(150_000));
    let lens = lens::find(&document(&text), 0).unwrap();
    assert_eq!((lens.title.as_str(), lens.places.len()), ("too long to be annotated here", 0));
}
