use dispatch_ls::features::selection;
use expect_test::{Expect, expect};

use crate::fixture::open_at;

fn check(marked: &str, expected: Expect) {
    let (snapshot, offset) = open_at(marked);
    let ranges = selection::find(&snapshot, offset);
    assert!(ranges.windows(2).all(|pair| pair[1].start <= pair[0].start && pair[0].end <= pair[1].end));
    let shown = ranges.into_iter().map(|range| format!("{:?}\n", snapshot.text.slice(range)));
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn from_a_word_to_the_file() {
    check(
        "=== FILE: a ===\ndate: 2024-12-01\n\nFirst line.\nSecond wo|rd here.\n\nLast.\n\n=== FILE: b ===\n\nText.\n",
        expect![[r#"
            "word"
            "Second word here."
            "First line.\nSecond word here."
            "First line.\nSecond word here.\n\nLast.\n\n"
            "=== FILE: a ===\ndate: 2024-12-01\n\nFirst line.\nSecond word here.\n\nLast.\n\n"
            "=== FILE: a ===\ndate: 2024-12-01\n\nFirst line.\nSecond word here.\n\nLast.\n\n=== FILE: b ===\n\nText.\n"
        "#]],
    );
}

#[test]
fn in_a_header() {
    check(
        "=== FILE: a ===\ndate: 2024-12-01\ntitle: The st|orm\n\nText.\n",
        expect![[r#"
        "storm"
        "The storm"
        "title: The storm"
        "date: 2024-12-01\ntitle: The storm"
        "=== FILE: a ===\ndate: 2024-12-01\ntitle: The storm\n\nText.\n"
    "#]],
    );
    check(
        "=== FILE: a ===\nti|tle: The storm\n\nText.\n",
        expect![[r#"
        "title"
        "title: The storm"
        "=== FILE: a ===\ntitle: The storm\n\nText.\n"
    "#]],
    );
}

#[test]
fn in_a_name() {
    check(
        "=== FILE: a|b-c.txt ===\n\nText.\n",
        expect![[r#"
        "ab"
        "ab-c.txt"
        "=== FILE: ab-c.txt ==="
        "=== FILE: ab-c.txt ===\n\nText.\n"
    "#]],
    );
}

#[test]
fn words_of_any_script() {
    check(
        "नमस्|ते دنیا\n",
        expect![[r#"
        "नमस\u{94d}त\u{947}"
        "नमस\u{94d}त\u{947} دنیا"
        "नमस\u{94d}त\u{947} دنیا\n"
    "#]],
    );
    check(
        "🌀|🌀 x\r\n",
        expect![[r#"
            "🌀🌀 x"
            "🌀🌀 x\r\n"
        "#]],
    );
}

#[test]
fn at_the_ends() {
    check(
        "|",
        expect![[r#"
        ""
    "#]],
    );
    check(
        "Text.\n|",
        expect![[r#"
            "Text.\n"
        "#]],
    );
    check(
        "Pre|amble.\n\n=== FILE: a ===\n\nText.\n",
        expect![[r#"
            "Preamble"
            "Preamble."
            "Preamble.\n\n=== FILE: a ===\n\nText.\n"
        "#]],
    );
}

#[test]
fn through_what_is_found() {
    let text = "=== FILE: a ===\ndate: 2024-12-01\n\nPresident Ilse Va|rga told reporters on Monday that the port was open. Nobody came.\n\nLast.\n";
    check(
        text,
        expect![[r#"
        "Varga"
        "Ilse Varga"
        "President Ilse Varga"
        "President Ilse Varga told reporters on Monday that the port was open"
        "President Ilse Varga told reporters on Monday that the port was open."
        "President Ilse Varga told reporters on Monday that the port was open. Nobody came."
        "President Ilse Varga told reporters on Monday that the port was open. Nobody came.\n\nLast.\n"
        "=== FILE: a ===\ndate: 2024-12-01\n\nPresident Ilse Varga told reporters on Monday that the port was open. Nobody came.\n\nLast.\n"
    "#]],
    );
    let text = "=== FILE: a ===\n\nThe port was open. “We are re|ady,” Varga said. Nobody came.\nOther.\n";
    check(
        text,
        expect![[r#"
        "ready"
        "“We are ready,”"
        "“We are ready,” Varga said"
        "“We are ready,” Varga said."
        "The port was open. “We are ready,” Varga said. Nobody came."
        "The port was open. “We are ready,” Varga said. Nobody came.\nOther."
        "\nThe port was open. “We are ready,” Varga said. Nobody came.\nOther.\n"
        "=== FILE: a ===\n\nThe port was open. “We are ready,” Varga said. Nobody came.\nOther.\n"
    "#]],
    );
}

#[test]
fn a_possessive_is_no_part_of_a_name() {
    check(
        "=== FILE: a ===\n\nPresident Ilse Var|ga’s plane left.\n",
        expect![[r#"
            "Varga"
            "Ilse Varga"
            "President Ilse Varga"
            "President Ilse Varga’s plane left."
            "\nPresident Ilse Varga’s plane left.\n"
            "=== FILE: a ===\n\nPresident Ilse Varga’s plane left.\n"
        "#]],
    );
}
