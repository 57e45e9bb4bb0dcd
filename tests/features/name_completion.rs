//! Completion in the prose.

use std::sync::Arc;

use dispatch_ls::features::completion;
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, EntryId, Gazetteer};
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
    check(
        "The talks with al-Su|",
        expect![[r#"
        al-Su → Mohammed Shia al-Sudani (person; as al-Sudani)
    "#]],
    );
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

/// Names from syllables: many begin alike.
fn name(mut number: usize) -> String {
    let syllables = ["ba", "ko", "ri", "ste", "mal", "vu", "hin", "jo", "pra", "zed"];
    let mut part = || {
        let part: String = (0..2).map(|_| (syllables[number % 10], number /= 10).0).collect();
        part[..1].to_uppercase() + &part[1..]
    };
    format!("{} {}", part(), part())
}

/// The index finds what a look at all names finds.
#[test]
fn all_that_begin_so_are_found() {
    let names: Vec<String> = (0..10_000).step_by(7).map(name).collect();
    let text: String = names.iter().map(|name| format!("{{\"name\":\"{name}\"}}\n")).collect();
    let file = ActorsFile { name: "actors.jsonl".into(), text: text.into(), format: Format::Native };
    let gazetteer = Gazetteer::new(&[&file]).0;
    for typed in ["Bako", "bakoba", "Stemal", "Zedzed Pra", "Jojo J", "Rihin Vustemal", "Ko", "zz", "Malmal Malmal Ba"]
    {
        let lower = typed.to_lowercase().replace(' ', "");
        let begins = |name: &&String| {
            let (first, last) = name.split_once(' ').unwrap();
            let whole = format!("{first}{last}").to_lowercase();
            whole.starts_with(&lower) || last.to_lowercase().starts_with(&lower)
        };
        let mut expected: Vec<&str> = names.iter().filter(begins).map(String::as_str).collect();
        expected.sort_unstable();
        expected.dedup();
        let found = gazetteer.begun(typed, usize::MAX);
        let listed = found.iter().filter(|begun| !begun.is_built_in);
        let mut listed: Vec<&str> =
            listed.map(|begun| gazetteer.entry(EntryId(begun.entry), None).unwrap().name).collect();
        listed.sort_unstable();
        assert_eq!(listed, expected, "{typed}");
        assert!(gazetteer.begun(typed, 5).len() <= 5);
    }
}
