//! Who is in a file.

use std::sync::Arc;

use dispatch_ls::features::{Patient, Watch, people};
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer};
use dispatch_ls::workspace::{Notes, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::document;

fn shown(snapshot: &Snapshot) -> String {
    let people = people::find(snapshot, &Patient).unwrap();
    let mut shown = String::new();
    for actor in &people.actors {
        let id = actor.id.as_deref().unwrap_or("unlisted");
        let claims = if actor.claims > 0 { format!(", {} claims", actor.claims) } else { String::new() };
        shown += &format!("{} ({}, {id}{claims}) {}\n", actor.name, actor.sort.name(), actor.detail);
        for mention in &actor.mentions {
            assert_eq!(snapshot.text.slice(mention.range.clone()), mention.text);
            shown += &format!("  {} in {}\n", mention.text, mention.dispatch);
        }
    }
    if !people.is_complete {
        shown += "and so on\n";
    }
    shown
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(&document(text)));
}

fn listed(text: &str, actors: &str) -> Snapshot {
    let file = ActorsFile { name: "actors.jsonl".into(), text: actors.into(), format: Format::Native };
    let (gazetteer, problems) = Gazetteer::new(&[&file]);
    assert!(problems.iter().all(Vec::is_empty), "{problems:?}");
    Snapshot { notes: Notes::new(Arc::new(gazetteer), Vec::new()), ..document(text) }
}

#[test]
fn actors_of_all_dispatches_the_most_mentioned_first() {
    check(
        "=== FILE: a.txt ===\ndate: 2024-12-01\n\nPresident Ilse Varga met Jonas Petraitis in Kenya. Varga said the port \
         was open. A spokesman said it was not.\n\n\
         === FILE: b.txt ===\ndate: 2024-12-02\n\nJonas Petraitis left. A spokesman said so. Jonas Petraitis said no.\n",
        expect![[r#"
            Jonas Petraitis (person, unlisted, 1 claims) 
              Jonas Petraitis in a.txt
              Jonas Petraitis in b.txt
              Jonas Petraitis in b.txt
            Ilse Varga (person, unlisted, 1 claims) President
              President Ilse Varga in a.txt
              Varga in a.txt
            Kenya (government, kenya) KE
              Kenya in a.txt
        "#]],
    );
}

/// One spelling and another, one listed actor by two names; but no short name of one dispatch for a full one of another.
#[test]
fn who_is_one_and_who_is_not() {
    let actors = r#"{"id":"jonas-petraitis","kind":"person","name":"Jonas Petraitis","aliases":["Jonas Petrovas"],"roles":[{"title":"Foreign Minister","country":"LT","from":"2024-12-02"}]}"#;
    let text = "=== FILE: a.txt ===\ndate: 2024-12-01\n\nJonas Petraitis met Mohammed Al-Sudani. Varga was there, too.\n\n\
         === FILE: b.txt ===\ndate: 2024-12-02\n\nJonas Petrovas met Mohamed al Sudani and Ilse Varga.\n";
    expect![[r#"
        Jonas Petraitis (person, jonas-petraitis) Foreign Minister · LT
          Jonas Petraitis in a.txt
          Jonas Petrovas in b.txt
        Mohammed Al-Sudani (person, unlisted) 
          Mohammed Al-Sudani in a.txt
          Mohamed al Sudani in b.txt
        Ilse Varga (person, unlisted) 
          Ilse Varga in b.txt
        Varga (person, unlisted) 
          Varga in a.txt
    "#]]
    .assert_eq(&shown(&listed(text, actors)));
}

#[test]
fn a_long_file_is_read_in_part() {
    let dispatch =
        |number: usize| format!("=== FILE: {number}.txt ===\n\nIlse Varga left.\n{}\n\n", "It rained. ".repeat(22_000));
    let text: String = (0..6).map(dispatch).collect();
    let shown = shown(&document(&text));
    assert!(shown.starts_with("Ilse Varga (person, unlisted) \n  Ilse Varga in 0.txt\n"), "{shown}");
    assert!(shown.contains("in 4.txt") && !shown.contains("in 5.txt") && shown.ends_with("and so on\n"), "{shown}");
}

#[test]
fn nobody_waits() {
    struct Gone;
    impl Watch for Gone {
        fn goes_on(&self, _: usize, _: usize) -> bool {
            false
        }
    }
    assert!(people::find(&document("=== FILE: a ===\n\nText.\n"), &Gone).is_none());
}
