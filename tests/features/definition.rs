//! Where what is said comes from.

use std::sync::Arc;

use dispatch_ls::features::definition;
use dispatch_ls::features::place::Place;
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer};
use dispatch_ls::workspace::{Notes, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::{open_at, under};

const TALKS: &str = "\
=== FILE: a.txt ===
date: 2024-12-01

President Ilse Varga met Jonas Petraitis in Kenya on Friday. Varga said the port would reopen. “We are ready,” she added. Two days later it rained.
";

const ACTORS: &str = "\
{\"id\":\"ada-lind\",\"kind\":\"person\",\"name\":\"Ada Lind\"}
{\"id\":\"jonas-petraitis\",\"kind\":\"person\",\"name\":\"Jonas Petraitis\"}
";

fn check(before: &str, expected: Expect) {
    assert!(TALKS.contains(before), "{before}");
    let (snapshot, offset) = open_at(&TALKS.replacen(before, &format!("{before}|"), 1));
    let file = ActorsFile { name: "actors.jsonl".into(), text: ACTORS.into(), format: Format::Native };
    let notes = Notes::new(Arc::new(Gazetteer::new(&[&file]).0), vec!["/corpora/actors.jsonl".into()]);
    let snapshot = Snapshot { notes, ..snapshot };
    expected.assert_eq(&match definition::find(&snapshot, offset) {
        Some(Place::Here(range)) => under(&snapshot, &range, ""),
        Some(Place::File { path, line }) => format!("{}:{line}\n", path.display()),
        None => "nowhere\n".to_owned(),
    });
}

#[test]
fn a_listed_actor_leads_to_its_line() {
    check(
        "met Jonas",
        expect![[r#"
        /corpora/actors.jsonl:2
    "#]],
    );
}

#[test]
fn an_unlisted_one_to_its_first_full_naming_and_so_do_pronouns_and_cues() {
    check(
        "Friday. Var",
        expect![[r#"
        President Ilse Varga met Jonas Petraitis in Kenya on Friday. Varga said the port would reopen. “We are ready,” she added. Two days later it rained.
                  ^^^^^^^^^^
    "#]],
    );
    check(
        "ready,” sh",
        expect![[r#"
        President Ilse Varga met Jonas Petraitis in Kenya on Friday. Varga said the port would reopen. “We are ready,” she added. Two days later it rained.
                  ^^^^^^^^^^
    "#]],
    );
    check(
        "Varga sa",
        expect![[r#"
        President Ilse Varga met Jonas Petraitis in Kenya on Friday. Varga said the port would reopen. “We are ready,” she added. Two days later it rained.
                  ^^^^^^^^^^
    "#]],
    );
}

#[test]
fn a_state_that_is_built_in_has_no_line() {
    check(
        "in Ken",
        expect![[r#"
        President Ilse Varga met Jonas Petraitis in Kenya on Friday. Varga said the port would reopen. “We are ready,” she added. Two days later it rained.
                                                    ^^^^^
    "#]],
    );
}

#[test]
fn dates_lead_to_what_they_were_read_against() {
    check(
        "on Fri",
        expect![[r#"
        date: 2024-12-01
              ^^^^^^^^^^
    "#]],
    );
    check(
        "Two days",
        expect![[r#"
        President Ilse Varga met Jonas Petraitis in Kenya on Friday. Varga said the port would reopen. “We are ready,” she added. Two days later it rained.
                                                             ^^^^^^
    "#]],
    );
}

#[test]
fn other_words_lead_nowhere() {
    check(
        "the po",
        expect![[r#"
        nowhere
    "#]],
    );
    check(
        "it rai",
        expect![[r#"
        nowhere
    "#]],
    );
    check(
        "=== FI",
        expect![[r#"
        nowhere
    "#]],
    );
}
