//! Where else, in this file and in the others that are open; and who said what.

use dispatch_ls::features::{Patient, by_name, cast, people, references, timeline, who_said_what};
use dispatch_ls::workspace::{Snapshot, Who};
use expect_test::{Expect, expect};
use proptest::prelude::*;

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
            0: gn Minister [Jonas Petraitis] on Friday. 
            0:  Varga said [Petraitis] was late. “
            0:  she added. [The foreign minister] denied it.
            0: 2024-12-02⏎⏎[Jonas Petraitis] said Ilse V
            0: r 29, 2024. [She] denied that
            1:  Nobody saw [Jonas Petraitis].
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
              (nobody is mentioned) () at “denied”
                0: gn minister [denied] it.⏎⏎=== FI
                0: , 2024. She [denied] that it was
              Ilse Varga (President) at “Ilse Varga”
                0: s Petraitis [said] Ilse Varga 
              Kenya (KE) at “Kenya”
                0: s Petraitis [said] Ilse Varga 
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

const PIECES: &[&str] = &[
    "=== FILE: a.txt ===\n\n",
    "=== FILE: b.txt ===\r\ndate: 2024-12-01\r\n\r\n",
    "=== FIEL: 🌀 ==\n",
    "President Ilse Varga said that Jonas Petraitis had left Kenya on Friday. ",
    "ILSE VARGA met Ms. Varga-Lind. ",
    "Varga said. ",
    "“We, ” she said, “are 🌀.” ",
    "According to Jonas Petraitis, Kenya denied that Ilse Varga said on November 29, 2024, that it was over. ",
    "Reportedly, Petraitis may have been there two days later. ",
    "Officials said that officials said that he said so. ",
    "قال الرئيس بشار الأسد إن ",
    "Mohammed al-Sudani warned Mohamed Al Sudani. ",
    "\u{202E}Ilse\u{200B} Varga",
    "\n",
    "\r",
    "\u{0}",
];

fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 1..24).prop_map(|pieces| pieces.concat())
}

/// Places that are given for one another.
fn check_places(text: &str, snapshot: &Snapshot) {
    let open = [snapshot.clone()];
    for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)).step_by(5) {
        let found = references::find(&open, offset, &Patient).unwrap();
        for place in &found {
            assert!(!text[place.range.clone()].is_empty());
            // What is on the place itself may be more than a name: a pronoun between two names that touch it.
            let middle = text.floor_char_boundary((place.range.start + place.range.end) / 2);
            assert_eq!(references::find(&open, middle, &Patient).unwrap(), found, "{text:?} at {offset}");
        }
        assert!(found.windows(2).all(|pair| pair[0].range.start < pair[1].range.start), "{found:?} in {text:?}");
        if let Some(item) = who_said_what::prepare(snapshot, offset) {
            assert!(found.iter().any(|place| place.range == item.name_range), "{item:?} in {text:?}");
            check_claims(text, snapshot, &item.who.unwrap());
        }
    }
}

/// Whom somebody speaks about hears it from them.
fn check_claims(text: &str, snapshot: &Snapshot, who: &Who) {
    for call in who_said_what::by(snapshot, who, 0, &Patient).unwrap() {
        assert!(call.cues.iter().all(|cue| !text[cue.clone()].is_empty()));
        let Some(other) = call.item.who else { continue };
        let about = who_said_what::about(snapshot, &other, 0, &Patient).unwrap();
        let same = about.into_iter().find(|about| about.item.who.as_ref() == Some(who));
        assert_eq!(same.map(|same| same.cues), Some(call.cues), "{text:?}");
    }
}

fn check_people(text: &str, snapshot: &Snapshot) {
    let found = people::find(snapshot, &Patient).unwrap();
    assert!(found.is_complete);
    let mut all = std::collections::HashSet::new();
    for actor in &found.actors {
        assert!(!actor.name.is_empty() && !actor.mentions.is_empty(), "{actor:?}");
        for mention in &actor.mentions {
            assert!(!text[mention.range.clone()].is_empty());
            assert!(all.insert(mention.range.clone()), "two actors in one place: {mention:?} in {text:?}");
        }
    }
    assert!(found.actors.windows(2).all(|pair| pair[0].mentions.len() >= pair[1].mentions.len()));
    for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)).step_by(9) {
        for entry in timeline::find(snapshot, offset).into_iter().flat_map(|timeline| timeline.entries) {
            assert!(!text[entry.range.clone()].is_empty() && !entry.label.is_empty());
            assert!(!entry.sentence.contains(['\n', '\r']) && !entry.sentence.is_empty(), "{entry:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_text(text in any_text()) {
        let snapshot = document(&text);
        check_places(&text, &snapshot);
        check_people(&text, &snapshot);
    }
}
