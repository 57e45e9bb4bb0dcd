//! Where else, in this file and in the others that are open; and who said what.

use dispatch_ls::features::{Patient, by_name, cast, references, who_said_what};
use dispatch_ls::workspace::Snapshot;
use expect_test::{Expect, expect};

use crate::fixture::{document, open_at};

const TALKS: &str = "\
=== FILE: a.txt ===
date: 2024-12-01

President Ilse Varga met Foreign Minister Jonas Petraitis on Friday. Varga said Petraitis was late. “He came on Friday,” she added. The foreign minister denied it.

=== FILE: b.txt ===
date: 2024-12-02

Jonas Petraitis said Ilse Varga had left for Kenya on November 29, 2024. She denied that it was cold. Reportedly, Ilse Varga wept. Officials said it had been cold. The officials left.
";

const OTHER: &str =
    "=== FILE: c.txt ===\n\nKenya said Ilse Varga was welcome. Varga left. Nobody saw Jonas Petraitis.\n";

fn at(before: &str) -> (Snapshot, usize) {
    assert!(TALKS.contains(before), "{before}");
    open_at(&TALKS.replacen(before, &format!("{before}|"), 1))
}

/// The lines of the places, each place in brackets.
fn lines<'a>(open: &[Snapshot], places: impl Iterator<Item = (usize, &'a std::ops::Range<usize>)>) -> String {
    let mut shown = String::new();
    for (file, range) in places {
        let text = open[file].text.to_string();
        let around = |at: usize, back: usize, on: usize| {
            text.floor_char_boundary(at.saturating_sub(back))..text.ceil_char_boundary((at + on).min(text.len()))
        };
        let before = &text[around(range.start, 12, 0).start..range.start];
        let behind = &text[range.end..around(range.end, 0, 12).end];
        shown +=
            &format!("{file}: {before}[{}]{behind}\n", &text[range.clone()]).replace('\n', "⏎").replace("⏎0", "\n0");
        shown = shown.trim_end_matches('⏎').to_owned() + "\n";
    }
    shown
}

fn check(before: &str, expected: Expect) {
    let (snapshot, offset) = at(before);
    let open = [snapshot, document(OTHER)];
    let found = references::find(&open, offset, &Patient).unwrap();
    expected.assert_eq(&lines(&open, found.iter().map(|found| (found.file, &found.range))));
}

#[test]
fn all_mentions_of_an_actor_in_all_files() {
    check(
        "Friday. Var",
        expect![[r#"
        0: ⏎⏎President [Ilse Varga] met Foreign
        0:  on Friday. [Varga] said Petrai
        0:  Friday,” [she] added. The 
        0: raitis said [Ilse Varga] had left fo
        0: Reportedly, [Ilse Varga] wept. Offic
        1: ⏎Kenya said [Ilse Varga] was welcome
        1: as welcome. [Varga] left. Nobod
    "#]],
    );
}

#[test]
fn a_pronoun_a_cue_and_a_nominal_stand_for_somebody() {
    check(
        " sh",
        expect![[r#"
        0: ⏎⏎President [Ilse Varga] met Foreign
        0:  on Friday. [Varga] said Petrai
        0:  Friday,” [she] added. The 
        0: raitis said [Ilse Varga] had left fo
        0: Reportedly, [Ilse Varga] wept. Offic
        1: ⏎Kenya said [Ilse Varga] was welcome
        1: as welcome. [Varga] left. Nobod
    "#]],
    );
    check(
        "Varga sa",
        expect![[r#"
        0: ⏎⏎President [Ilse Varga] met Foreign
        0:  on Friday. [Varga] said Petrai
        0:  Friday,” [she] added. The 
        0: raitis said [Ilse Varga] had left fo
        0: Reportedly, [Ilse Varga] wept. Offic
        1: ⏎Kenya said [Ilse Varga] was welcome
        1: as welcome. [Varga] left. Nobod
    "#]],
    );
    check(
        "The foreign min",
        expect![[r#"
        0:  she added. [The foreign minister] denied it.
    "#]],
    );
}

#[test]
fn who_has_no_name_is_one_of_its_dispatch_only() {
    check(
        "Offic",
        expect![[r#"
        0: Varga wept. [Officials] said it had
    "#]],
    );
}

#[test]
fn dates_that_mean_the_same() {
    check(
        "on Fri",
        expect![[r#"
        0: etraitis on [Friday]. Varga said
        0: “He came on [Friday],” she add
        0: or Kenya on [November 29, 2024]. She denied
    "#]],
    );
}

#[test]
fn nothing_else_has_references() {
    check("=== FI", expect![[""]]);
    check(" m", expect![[""]]);
}

fn said(before: &str, expected: Expect) {
    let (snapshot, offset) = at(before);
    let item = who_said_what::prepare(&snapshot, offset).unwrap();
    let who = item.who.unwrap();
    let mut shown = format!("{} ({}) {}\n", item.name, item.kind.name(), item.detail);
    for (heading, calls) in [
        ("who says something about them", who_said_what::about(&snapshot, &who, offset, &Patient).unwrap()),
        ("whom they speak about", who_said_what::by(&snapshot, &who, offset, &Patient).unwrap()),
    ] {
        shown += &format!("{heading}:\n");
        for call in calls {
            let name = snapshot.text.slice(call.item.name_range.clone()).into_owned();
            shown += &format!("  {} ({}) at “{name}”\n", call.item.name, call.item.detail);
            let cues = lines(std::slice::from_ref(&snapshot), call.cues.iter().map(|cue| (0, cue)));
            shown += &cues.lines().map(|line| format!("    {line}\n")).collect::<String>();
        }
    }
    expected.assert_eq(&shown);
}

#[test]
fn who_said_what_about_whom() {
    said(
        "Friday. Var",
        expect![[r#"
        Ilse Varga (person) President
        who says something about them:
          Jonas Petraitis (Foreign Minister) at “Jonas Petraitis”
            0: s Petraitis [said] Ilse Varga 
          (nobody is named) () at “Reportedly”
            0: t was cold. [Reportedly], Ilse Varga
        whom they speak about:
          Jonas Petraitis (Foreign Minister) at “Jonas Petraitis”
            0: iday. Varga [said] Petraitis w
          (nobody is mentioned) () at “added”
            0: day,” she [added]. The foreig
    "#]],
    );
    said(
        "Jonas Petrai",
        expect![[r#"
        Jonas Petraitis (person) Foreign Minister
        who says something about them:
          Ilse Varga (President) at “Ilse Varga”
            0: iday. Varga [said] Petraitis w
        whom they speak about:
          Ilse Varga (President) at “Ilse Varga”
            0: s Petraitis [said] Ilse Varga 
          Kenya (KE) at “Kenya”
            0: s Petraitis [said] Ilse Varga 
          (nobody is mentioned) () at “denied”
            0: , 2024. She [denied] that it was
    "#]],
    );
}

#[test]
fn actors_by_name() {
    let open = [document(TALKS), document(OTHER)];
    let shown = |query: &str| {
        let found = by_name::find(&open, query, &Patient).unwrap();
        let lines = found.iter().map(|named| {
            let text = open[named.file].text.slice(named.range.clone());
            format!("{} ({}) at “{text}” in {} of {}\n", named.name, named.kind.name(), named.dispatch, named.file)
        });
        lines.collect::<String>()
    };
    expect![[r#"
        Ilse Varga (person) at “Ilse Varga” in a.txt of 0
        Ilse Varga (person) at “Ilse Varga” in c.txt of 1
    "#]]
    .assert_eq(&shown("varg ILS"));
    expect![[r#"
        Ilse Varga (person) at “Ilse Varga” in a.txt of 0
        Jonas Petraitis (person) at “Jonas Petraitis” in a.txt of 0
        Ilse Varga (person) at “Ilse Varga” in c.txt of 1
        Jonas Petraitis (person) at “Jonas Petraitis” in c.txt of 1
        Kenya (place) at “Kenya” in b.txt of 0
        Kenya (place) at “Kenya” in c.txt of 1
    "#]]
    .assert_eq(&shown(""));
    assert_eq!(shown("Nobody"), "");
}

#[test]
fn of_a_large_file_the_part_around_the_cursor_is_read() {
    let dispatch = |number: usize| {
        format!("=== FILE: {number}.txt ===\n\nIlse Varga left in {number}.\n{}\n\n", "It rained. ".repeat(90_000))
    };
    let text: String = (0..12).map(dispatch).collect();
    let snapshot = document(&text);
    let offset = text.find("Varga left in 9").unwrap();
    let found = references::find(std::slice::from_ref(&snapshot), offset, &Patient).unwrap();
    assert!((5..=6).contains(&found.len()) && found.iter().any(|found| found.range.contains(&offset)), "{found:?}");
    assert_eq!(cast::window(&snapshot, offset, cast::MOST).len(), cast::MOST);
    assert_eq!(cast::window(&snapshot, 0, cast::MOST), 0..cast::MOST);
    assert_eq!(cast::window(&snapshot, text.len(), cast::MOST).end, text.len());
}
