//! Completion in the prose.

use std::sync::Arc;

use dispatch_ls::features::completion;
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer};
use dispatch_ls::workspace::{Notes, Snapshot};
use expect_test::{Expect, expect};

use crate::fixture::open_at;

const ACTORS: &str = r#"{"id":"abbas-araghchi","kind":"person","name":"Abbas Araghchi","aliases":["Abbas Araqchi"],"roles":[{"title":"Foreign Minister","country":"IR"}]}
{"id":"board","kind":"organization","name":"Harbour Board"}
{"id":"erdogan","kind":"person","name":"Recep Tayyip Erdoğan"}
{"id":"not","kind":"none","name":"Harvest Moon"}
{"id":"sudani","kind":"person","name":"Mohammed Shia al-Sudani"}
"#;

/// What is replaced by what, and what the editor compares, for each item at the cursor of a body.
fn check(body: &str, expected: Expect) {
    let file = ActorsFile { name: "actors.jsonl".into(), text: ACTORS.into(), format: Format::Native };
    let notes = Notes::new(Arc::new(Gazetteer::new(&[&file]).0), Vec::new());
    let corpus = format!(
        "=== FILE: a-1.txt ===\ndate: 2024-12-01\n\n{body}\n\n=== FILE: a-2.txt ===\ndate: 2024-12-03\n\nText.\n\n=== FILE: b.txt ===\n\nText.\n"
    );
    let (snapshot, offset) = open_at(&corpus);
    let snapshot = Snapshot { notes, ..snapshot };
    let items = completion::find(&snapshot, offset).into_iter().map(|item| {
        let old = snapshot.text.slice(item.range.clone()).into_owned();
        let filter = item.filter.unwrap_or_default();
        assert!(filter.starts_with(&old), "what is typed, {old}, has to be what {filter} begins with");
        format!("{old} → {} ({}; as {filter})\n", item.put, item.detail)
    });
    expected.assert_eq(&items.collect::<String>());
}

#[test]
fn listed_names_by_any_spelling() {
    check(
        "The talks with Araq|",
        expect![[r#"
        Araq → Abbas Araghchi (Foreign Minister, IR; as Araqchi)
    "#]],
    );
    check(
        "The talks with Abbas Ara|",
        expect![[r#"
        Abbas Ara → Abbas Araghchi (Foreign Minister, IR; as Abbas Araqchi)
    "#]],
    );
    check(
        "The talks with Erdog|",
        expect![[r#"
        Erdog → Recep Tayyip Erdoğan (person; as Erdogan)
    "#]],
    );
    check("The talks with al-Su|", expect![[r#"
        al-Su → Mohammed Shia al-Sudani (person; as al-Sudani)
    "#]]);
    check("A harbour boa|", expect![[""]]);
    check(
        "The talks with abba|",
        expect![[r#"
        abba → Abbas Araghchi (Foreign Minister, IR; as abbasaraqchi)
    "#]],
    );
}

#[test]
fn names_of_the_dispatch() {
    check(
        "President Ilse Varga left Vilnius. On Friday Var|",
        expect![[r#"
        Var → Ilse Varga (person, in this dispatch; as Varga)
    "#]],
    );
}

#[test]
fn states_are_known() {
    check(
        "The talks with Lithu|",
        expect![[r#"
        Lithu → Lithuania (LT; as Lithuania)
    "#]],
    );
}

/// Plain words, common words with a capital, what is no actor, the middle of a word, the markup.
#[test]
fn nobody_is_bothered() {
    for body in ["The|", "He said that the harb|", "wars|", "With Harv|", "Ara|ghchi", "A|", "In 2024|", "|", "Text. |"]
    {
        check(body, expect![[""]]);
    }
}

#[test]
fn days_from_words() {
    check(
        "They will meet next Friday|",
        expect![[r#"
        next Friday → 2024-12-06 (Friday, 6 December 2024; as next Friday)
    "#]],
    );
    check(
        "They met yesterday|",
        expect![[r#"
        yesterday → 2024-11-30 (Saturday, 30 November 2024; as yesterday)
    "#]],
    );
    check("They met on 3 May 2024|", expect![[""]]);
    check(
        "It began on 2024-1|",
        expect![[r#"
        2024-1 → 2024-12-01 (from the header; as 2024-12-01)
        2024-1 → 2024-12-03 (of the dispatch behind; as 2024-12-03)
    "#]],
    );
}

#[test]
fn names_of_dispatches() {
    check(
        "For more see a|",
        expect![[r#"
        a → a-2.txt (2024-12-03; as a-2.txt)
    "#]],
    );
    check(
        "For more see FILE: b|",
        expect![[r#"
        b → b.txt (; as b.txt)
    "#]],
    );
    check("For more we see|", expect![[""]]);
}

#[test]
fn long_paragraphs_are_prose_too() {
    check(
        &format!("{}The talks with Araq|", "He said no. ".repeat(500)),
        expect![[r#"
        Araq → Abbas Araghchi (Foreign Minister, IR; as Araqchi)
    "#]],
    );
}

/// A million names.
#[test]
#[ignore = "takes a while; `cargo test --profile quick --test features million -- --ignored --nocapture` measures it"]
fn a_million_names() {
    let syllables = ["ba", "ko", "ri", "ste", "mal", "vu", "hin", "jo", "pra", "zed"];
    let name = |mut number: usize| {
        let mut part = || {
            let part: String = (0..3).map(|_| (syllables[number % 10], number /= 10).0).collect();
            part[..1].to_uppercase() + &part[1..]
        };
        format!("{} {}", part(), part())
    };
    let text: String = (0..1_000_000).map(|number| format!("{{\"name\":\"{}\"}}\n", name(number))).collect();
    let file = ActorsFile { name: "actors.jsonl".into(), text: text.into(), format: Format::Native };
    let gazetteer = Gazetteer::new(&[&file]).0;
    let start = std::time::Instant::now();
    gazetteer.begun("aa", 30);
    println!("index of {} names: {:?}", gazetteer.names(), start.elapsed());
    for typed in ["Ba", "Bako", "Bakori Stem", "Zedzedzed Zedzedzed"] {
        let start = std::time::Instant::now();
        let found = gazetteer.begun(typed, 30).len();
        println!("{typed}: {found} in {:?}", start.elapsed());
        assert!(found > 0 && start.elapsed() < std::time::Duration::from_millis(100));
    }
}
