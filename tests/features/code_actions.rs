use dispatch_ls::corpus::{Code, Dialect};
use dispatch_ls::features::Patient;
use dispatch_ls::features::code_actions::{self, Action, Deed, Errand, Kind, Question};
use dispatch_ls::features::fix_all::Wanted;
use dispatch_ls::text::apply;
use expect_test::{Expect, expect};

use crate::fixture::{document, open};

/// Between the cursors, or at the one there is.
fn actions(marked: &str, kinds: &[Kind], may_be_later: bool) -> Vec<Action> {
    let (snapshot, cursors) = open(marked);
    let question = Question {
        range: cursors[0]..*cursors.last().unwrap(),
        wants: &|kind| kinds.contains(&kind),
        is_explicit: false,
        is_automatic: false,
        may_be_later,
        shows_references: false,
        no_actors_file: None,
    };
    code_actions::find_all(&snapshot, &question, &Patient).unwrap()
}

fn check(marked: &str, kinds: &[Kind], expected: Expect) {
    let shown = actions(marked, kinds, true).into_iter().map(|action| {
        let finding = action.finding.map(|finding| format!(" for {}", finding.code)).unwrap_or_default();
        let preferred = if action.is_preferred { ", preferred" } else { "" };
        let deed = match action.deed {
            Deed::Edits(edits) => edits.iter().map(|edit| format!("  {:?} {:?}\n", edit.range, edit.put)).collect(),
            Deed::Later(errand) => format!("  later: {}\n", errand.name()),
            Deed::Show { places, .. } => format!("  shows {} places\n", places.len()),
            Deed::Impossible(why) => format!("  impossible: {why}\n"),
        };
        format!("{}{finding}{preferred}\n{deed}", action.title)
    });
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn every_fix_of_a_finding() {
    check(
        "=== FILE: a.txt ===\ndate: 03/|04/2024\n\nText.\n",
        &[Kind::QuickFix],
        expect![[r#"
        Write `2024-04-03` for H005, preferred
          (26, 36) "2024-04-03"
        Write `2024-03-04` for H005
          (26, 36) "2024-03-04"
    "#]],
    );
}

#[test]
fn all_of_a_kind_and_all_that_is_safe() {
    check(
        "=== FIEL|: a.txt ===\n\nText.\n\n=== FLIE: b.txt ===\n\nText.\n\n=== FILE: c.txt ==\n\nText.\n",
        &[Kind::QuickFix, Kind::FixAll],
        expect![[r#"
            Write `FILE` for F003, preferred
              (4, 8) "FILE"
            Fix all F003 (keyword) in the file (2)
              later: fix F003
            Fix all that can be fixed safely (3)
              later: fix safe
        "#]],
    );
}

#[test]
fn findings_between_two_places() {
    check(
        "|=== FIEL: a.txt ==\n|\nText.\n\n=== FILE: b.txt ===\n\nText.\n\n=== FILE: a.txt ===\n\nText.\n",
        &[Kind::QuickFix],
        expect![[r#"
            Write `FILE` for F003, preferred
              (4, 8) "FILE"
            Write `===` for F001, preferred
              (16, 18) "==="
        "#]],
    );
}

#[test]
fn nothing_to_do() {
    check(
        "=== FILE: a.txt ===\n\n date 2024-12-01 Te|xt.\n",
        &[Kind::QuickFix, Kind::FixAll, Kind::Rewrite],
        expect![[r""]],
    );
    check("|", &[Kind::QuickFix, Kind::FixAll, Kind::Rewrite], expect![[r""]]);
}

#[test]
fn conversions_on_a_delimiter() {
    check(
        "=== FI|LE: a b.txt ===\n\nText.\n",
        &[Kind::Rewrite],
        expect![[r#"
            Convert to dialect bars: ===== FILE: x =====
              later: convert bars
            Convert to dialect gitingest: FILE: x between two rules
              later: convert gitingest
            Convert to dialect angle: <<<FILE: x>>>
              later: convert angle
            Convert to dialect pem: -----BEGIN FILE: x-----
              later: convert pem
            Convert to dialect bracket: [FILE: x]
              later: convert bracket
            Convert to dialect heading: ## File: x
              later: convert heading
            Convert to dialect head: ==> x <==
              later: convert head
            Convert to dialect txtar: -- x --
              later: convert txtar
            Convert to dialect tag: <FILE name="x">
              later: convert tag
            Convert to dialect bare: FILE: x
              impossible: `bare` cannot write the name `a b.txt`
        "#]],
    );
}

#[test]
fn conversions_at_once() {
    let found = actions("<<<FI|LE: a>>>\nText.\n<<<END FILE>>>\n", &[Kind::Rewrite], false);
    let canonical = found.iter().find(|action| action.title.contains("canonical")).unwrap();
    let Deed::Edits(edits) = &canonical.deed else { panic!("{canonical:?}") };
    let after = apply("<<<FILE: a>>>\nText.\n<<<END FILE>>>\n", edits);
    expect![[r#"
        === FILE: a ===
        Text.
        === END FILE ===
    "#]]
    .assert_eq(&after);
}

#[test]
fn errands_have_names() {
    for errand in [Errand::Fix(Wanted::Safe), Errand::Fix(Wanted::Kind(Code::F022)), Errand::Convert(Dialect::Angle)] {
        assert_eq!(Errand::named(&errand.name()), Some(errand));
    }
    for name in ["", "fix", "fix all", "convert", "convert x", "delete all"] {
        assert_eq!(Errand::named(name), None, "{name}");
    }
}

#[test]
fn what_turns_out_to_be_impossible() {
    let snapshot = document("=== FILE: a b ===\n\nText.\n");
    let result = code_actions::resolve(&snapshot, Errand::Convert(Dialect::Bare), &Patient).unwrap();
    expect!["`bare` cannot write the name `a b`"].assert_eq(&result.unwrap_err());
}
