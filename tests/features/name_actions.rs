//! Actions on a name in the text, and what they write into an actors file.

use std::path::PathBuf;
use std::sync::Arc;

use dispatch_ls::features::Patient;
use dispatch_ls::features::code_actions::{self, Deed, Errand, Kind, Question, Wish, records};
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer, amend};
use dispatch_ls::text::apply;
use dispatch_ls::workspace::{Notes, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::open;

const ACTORS: &str = "{\"id\":\"jonas-petraitis\",\"kind\":\"person\",\"name\":\"Jonas Petraitis\"}\n";

fn with_actors(snapshot: Snapshot, actors: &str) -> Snapshot {
    let file = ActorsFile { name: "actors.jsonl".into(), text: actors.into(), format: Format::Native };
    let gazetteer = Gazetteer::new(&[&file]).0;
    Snapshot { notes: Notes::new(Arc::new(gazetteer), vec![PathBuf::from("actors.jsonl")]), ..snapshot }
}

/// Each action at the cursor, or between the two, and the actors file after it.
fn actions(body: &str, actors: &str) -> Vec<(String, String)> {
    let (snapshot, cursors) = open(&format!("=== FILE: a.txt ===\ndate: 2024-12-01\n\n{body}\n"));
    let snapshot = with_actors(snapshot, actors);
    let question = Question {
        range: cursors[0]..*cursors.last().unwrap(),
        wants: &|kind| kind == Kind::Actors,
        is_explicit: false,
        is_automatic: false,
        may_be_later: true,
        shows_references: true,
        no_actors_file: None,
    };
    let found = code_actions::find_all(&snapshot, &question, &Patient).unwrap();
    let after = |deed: Deed| match deed {
        Deed::Later(Errand::Actors(wish @ Wish::AsListed { .. })) => {
            let edits = code_actions::resolve(&snapshot, Errand::Actors(wish), &Patient).unwrap().unwrap();
            apply(&snapshot.text.to_string(), &edits).lines().last().unwrap_or_default().to_owned()
        }
        Deed::Later(errand) => {
            let Some(Errand::Actors(wish)) = Errand::named(&errand.name()) else { panic!("{errand:?}") };
            apply(actors, &amend(actors, &records(&snapshot, &wish)))
        }
        Deed::Show { places, .. } => format!("{} places", places.len()),
        other => format!("{other:?}"),
    };
    found.into_iter().map(|action| (action.title, after(action.deed))).collect()
}

fn check(body: &str, actors: &str, expected: Expect) {
    let shown = self::actions(body, actors).into_iter().map(|(title, after)| {
        let added: String = after
            .lines()
            .filter(|line| !actors.lines().any(|old| old == *line))
            .map(|line| format!("  {line}\n"))
            .collect();
        format!("{title}\n{added}")
    });
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn an_unlisted_name() {
    check(
        "President Ilse Var|ga left Vilnius. Varga said it was late.",
        ACTORS,
        expect![[r#"
        Add `Ilse Varga` to the actors file (person)
          {"id":"ilse-varga","kind":"person","name":"Ilse Varga"}
        `Ilse Varga` is not an actor
          {"id":"ilse-varga","kind":"none","name":"Ilse Varga"}
        Show 2 mentions of `Ilse Varga` in this file
          2 places
    "#]],
    );
}

#[test]
fn a_name_that_sounds_like_a_listed_one() {
    check(
        "Minister Jonas Petrai|tes left Vilnius on Friday.",
        ACTORS,
        expect![[r#"
        Add `Jonas Petraites` to the actors file (person)
          {"id":"jonas-petraites","kind":"person","name":"Jonas Petraites"}
        `Jonas Petraites` is a spelling of `Jonas Petraitis` (jonas-petraitis)
          {"id":"jonas-petraitis","kind":"person","name":"Jonas Petraitis","aliases":["Jonas Petraites"]}
        `Jonas Petraites` is not an actor
          {"id":"jonas-petraites","kind":"none","name":"Jonas Petraites"}
        Show 1 mention of `Jonas Petraites` in this file
          1 places
    "#]],
    );
}

#[test]
fn another_spelling_in_the_same_dispatch() {
    check(
        "President Ilse Varga left. Minister Ilze Warg|a said it was late.",
        "",
        expect![[r#"
            Add `Ilze Warga` to the actors file (person)
              {"id":"ilze-warga","kind":"person","name":"Ilze Warga"}
            `Ilze Warga` is a spelling of `Ilse Varga`, unlisted so far
              {"id":"ilse-varga","kind":"person","name":"Ilse Varga","aliases":["Ilze Warga"]}
            `Ilze Warga` is not an actor
              {"id":"ilze-warga","kind":"none","name":"Ilze Warga"}
            Show 1 mention of `Ilze Warga` in this file
              1 places
        "#]],
    );
}

#[test]
fn a_listed_name_in_another_spelling() {
    let actors = "{\"id\":\"v\",\"kind\":\"person\",\"name\":\"Ilse Varga\",\"aliases\":[\"Ilze Varga\"]}\n";
    check(
        "Ilze Var|ga left, and Ilze Varga came back. Varga said so.",
        actors,
        expect![[r#"
        Write `Ilse Varga` everywhere in this file, as it is listed
          Ilse Varga left, and Ilse Varga came back. Varga said so.
        Show 3 mentions of `Ilse Varga` in this file
          3 places
    "#]],
    );
}

#[test]
fn what_was_selected_may_be_a_name() {
    check(
        "The talks in |the old customs house| went on.",
        "",
        expect![[r#"
        Add `the old customs house` to the actors file (person)
          {"id":"the-old-customs-house","kind":"person","name":"the old customs house"}
    "#]],
    );
}

#[test]
fn nothing_is_offered_for_plain_words() {
    check("The talks went o|n all night.", "", expect![[""]]);
}

/// What somebody said is no actor is none from then on, short of a file that lists it.
#[test]
fn what_is_not_an_actor_is_found_no_more() {
    let body = "President Ilse Var|ga left Vilnius on Friday.";
    let after = &actions(body, ACTORS).into_iter().find(|(title, _)| title.ends_with("is not an actor")).unwrap().1;
    let (snapshot, _) = open(&format!("=== FILE: a.txt ===\n\n{body}\n"));
    let names = |actors: &str| {
        let snapshot = with_actors(snapshot.clone(), actors);
        let dispatch = snapshot.view.dispatches(0..9).next().unwrap();
        let (_, note) = snapshot.notes.of(&snapshot, &dispatch).unwrap();
        note.found.actors.iter().map(|actor| actor.name.clone()).collect::<Vec<_>>()
    };
    assert!(names(ACTORS).contains(&"Ilse Varga".to_owned()));
    assert!(!names(after).contains(&"Ilse Varga".to_owned()), "{after}");
    let both = format!("{after}{{\"id\":\"v\",\"kind\":\"person\",\"name\":\"Ilse Varga\"}}\n");
    assert!(names(&both).contains(&"Ilse Varga".to_owned()));
}
