//! When things happen.

use dispatch_ls::features::timeline;
use expect_test::{Expect, expect};

use crate::fixture::open_at;

fn check(marked: &str, expected: Expect) {
    let (snapshot, offset) = open_at(marked);
    let Some(timeline) = timeline::find(&snapshot, offset) else { return expected.assert_eq("nothing\n") };
    let mut shown = format!("{} · {}\n", timeline.dispatch, timeline.date.unwrap_or_default());
    for entry in timeline.entries {
        assert_eq!(snapshot.text.slice(entry.range), entry.text);
        shown +=
            &format!("{} {} = {} “{}”: {}\n", entry.kind.name(), entry.value, entry.label, entry.text, entry.sentence);
    }
    expected.assert_eq(&shown);
}

#[test]
fn days_first_and_in_their_order() {
    check(
        "=== FILE: a.txt ===\ndate: 2024-12-01\n\nTalks begin next week. They| were to begin on Tuesday evening. In 2023 there \
         were none. Earlier, on November 20, 2024, the delegates had met for three days. They meet every Monday.\n\n\
         === FILE: b.txt ===\ndate: 2024-12-02\n\nOn Friday it rained.\n",
        expect![[r#"
            a.txt · 2024-12-01
            DATE 2024-11-20 = Wednesday, 20 November 2024 “November 20, 2024”: Earlier, on November 20, 2024, the delegates had met for three days.
            TIME 2024-12-03TEV = Tuesday, 3 December 2024, evening “Tuesday evening”: They were to begin on Tuesday evening.
            DATE 2023 = 2023 “2023”: In 2023 there were none.
            DATE 2024-W49 = week 49 of 2024 (2 December – 8 December) “next week”: Talks begin next week.
            DURATION P3D = 3 days “three days”: Earlier, on November 20, 2024, the delegates had met for three days.
            SET XXXX-WXX-1 = a Monday “every Monday”: They meet every Monday.
        "#]],
    );
}

#[test]
fn also_on_a_delimiter_but_not_outside_of_dispatches() {
    check(
        "=== FI|LE: a.txt ===\n\nOn June 11, 2024 it rained.\n",
        expect![[r#"
        a.txt · 
        DATE 2024-06-11 = Tuesday, 11 June 2024 “June 11, 2024”: On June 11, 2024 it rained.
    "#]],
    );
    check(
        "Pream|ble of June 11, 2024.\n\n=== FILE: a.txt ===\n\nIt rained.\n",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn a_long_sentence_is_cut_between_words() {
    let words = "and so on ".repeat(40);
    check(
        &format!("=== FILE: a.txt ===\n\nThey went {words}until June 11, 2024 |{words}for ever.\n"),
        expect![[r#"
        a.txt · 
        DATE 2024-06-11 = Tuesday, 11 June 2024 “June 11, 2024”: … on and so on and so on and so on and so on and so on and so on and so on until June 11, 2024 and so on and so on and so on and so on and so on and so on and so on and so …
    "#]],
    );
}
