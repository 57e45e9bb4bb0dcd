//! What a card says of an actor in the rest of the file, once the text has rested.

use dispatch_ls::features::card;
use dispatch_ls::features::markup::Form;
use dispatch_ls::text::{Encoding, Position};
use dispatch_ls::workspace::doubts::Known;
use dispatch_ls::workspace::{Document, DocumentChange, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::{document, open_at, rested};

fn card_at(snapshot: &Snapshot, offset: usize) -> String {
    let card = card::find(snapshot, offset);
    card.map(|card| card.text.render(Form::Plain)).unwrap_or_default()
}

/// The lines that a rest adds to the card at the cursor.
fn check(marked: &str, expected: Expect) {
    let (snapshot, offset) = open_at(marked);
    let before = card_at(&snapshot, offset);
    let after = card_at(&rested(snapshot), offset);
    let added = after.lines().filter(|line| !before.lines().any(|known| known == *line));
    expected.assert_eq(&added.map(|line| format!("{line}\n")).collect::<String>());
}

const TALKS: &str = "\
=== FILE: c.txt ===
date: 2024-12-03

Jonas Petraitis met Ilse Varga in Kenya. Ilse Varga said Jonas Petraitis was late.

=== FILE: a.txt ===
date: 2024-12-01

Jonas Petraitis said Ilse Varga had gone to Kenya. Officials said that Ilse Varga was late.

=== FILE: b.txt ===
date: 2024-12-02

ILSE VARGA left Kenya.
";

#[test]
fn first_and_last_by_date_with_whom_and_claims() {
    check(
        &TALKS.replacen("met Ilse", "met Il|se", 1),
        expect![[r#"
        in 3 dispatches of this file: first a.txt (2024-12-01), last c.txt (2024-12-03)
        claims: 1 by them, 2 about them; most often with Kenya (3), Jonas Petraitis (2)
    "#]],
    );
    check(&TALKS.replacen("Offic", "Offi|c", 1), expect![[""]]);
}

#[test]
fn in_the_order_of_the_file_where_a_date_is_missing() {
    let text = TALKS.replacen("date: 2024-12-02", "", 1).replacen("FILE: b.txt", "FILE:", 1);
    check(
        &text.replacen("met Ilse", "met Il|se", 1),
        expect![[r#"
        in 3 dispatches of this file: first c.txt (2024-12-03), last one without a name
        claims: 1 by them, 2 about them; most often with Kenya (3), Jonas Petraitis (2)
    "#]],
    );
}

#[test]
fn one_dispatch_says_less() {
    check("=== FILE: a.txt ===\n\nIl|se Varga said it was cold. Jonas Petraitis left.\n", expect![""]);
    check("=== FILE: a.txt ===\n\nJonas Petr|aitis left.\n", expect![[""]]);
}

#[test]
fn a_dispatch_that_is_too_long_is_not_counted() {
    let text = format!("{TALKS}\n=== FILE: long.txt ===\n\nIlse Varga left. {}\n", "It rained. ".repeat(200_000));
    check(
        &text.replacen("met Ilse", "met Il|se", 1),
        expect![[r#"
        in at least 3 dispatches of this file: first a.txt (2024-12-01), last c.txt (2024-12-03)
        claims: 1 by them, 2 about them; most often with Kenya (3), Jonas Petraitis (2)
    "#]],
    );
}

/// What is kept by content is never anything else than what a fresh reading finds.
#[test]
fn after_any_edits_it_is_the_same_as_from_scratch() {
    const PUTS: [&str; 7] =
        ["", "x", "\n\n", " Ilse Varga said ", "Jonas ", " ilse varga ", "=== FILE: b.txt ===\n\nVarga said "];
    let mut seed = 7_u64;
    let mut random = move |limit: usize| {
        seed = seed.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        (seed >> 33) as usize % limit
    };
    let mut open = Document::new("file:///corpora/news.txt", 1, Default::default());
    open.read(&TALKS.repeat(2));
    let mut known = Known::default();
    let mut counted = 0;
    for version in 2..80 {
        let line = random(open.snapshot(Encoding::Utf16).text.line_count()) as u32;
        let from = Position { line, column: random(60) as u32 };
        let to = Position { line: line + random(2) as u32, column: random(60) as u32 };
        let put = PUTS[random(PUTS.len())].to_owned();
        open.change(version, vec![DocumentChange::Part { from, to, put }], Encoding::Utf16);
        let snapshot = open.snapshot(Encoding::Utf16);
        let (doubts, roll) = known.find(&snapshot, usize::MAX, &|| true).unwrap();
        assert!(open.set_doubts(version, doubts, roll));
        let snapshot = open.snapshot(Encoding::Utf16);
        let fresh = rested(document(&snapshot.text.to_string()));
        for offset in (0..snapshot.text.len()).step_by(7) {
            let card = card_at(&snapshot, offset);
            assert_eq!(card, card_at(&fresh, offset));
            counted += usize::from(card.contains(" dispatches of this file: first "));
        }
    }
    assert!(counted > 100, "{counted}");
}
