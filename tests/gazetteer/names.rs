//! Which spellings are one name: a listed spelling binds, what only sounds alike is a suggestion, and namesakes are neither.

use std::path::Path;

use dispatch_ls::gazetteer::Gazetteer;
use dispatch_ls::text::words;

use super::native;

/// `binds: how`, `suggested: how`, or `-`: what becomes of `text` where `listed` is listed.
fn outcome(text: &str, listed: &str) -> String {
    let record = serde_json::json!({"id": "listed", "kind": "person", "name": listed});
    let record = record.to_string();
    let (gazetteer, problems) = Gazetteer::new(&[&native(&record)]);
    assert!(problems.iter().all(Vec::is_empty), "{problems:?}");
    let cut = words(text);
    let found = gazetteer.longest(cut.iter().map(|word| word.span.of(text)));
    if let Some(found) = found.filter(|found| found.words == cut.len()) {
        return format!("binds: {}", found.matched);
    }
    gazetteer.sounds_like(text).map_or_else(|| "-".to_owned(), |(_, how)| format!("suggested: {how}"))
}

/// What a pair comes to, in either direction: the stronger of the two.
fn both(one: &str, other: &str) -> String {
    let outcomes = [outcome(one, other), outcome(other, one)];
    outcomes.iter().min_by_key(|outcome| (!outcome.starts_with('b'), !outcome.starts_with('s'))).unwrap().clone()
}

#[test]
fn real_pairs_where_they_are_there() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/dispatches/name-pairs.tsv");
    let Ok(pairs) = std::fs::read_to_string(path) else { return };
    let mut wrong = Vec::new();
    for line in pairs.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let found = both(cells[1], cells[2]);
        println!("{line}: {found}");
        if (found != "-") != (cells[0] == "1") {
            wrong.push(format!("{line}: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `binds`, `suggested` or `-`, for pairs in `pairs.tsv`.
#[test]
fn pairs_of_names() {
    let mut wrong = Vec::new();
    for line in include_str!("pairs.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [expected, listed, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let found = outcome(text, listed);
        if !found.starts_with(expected) {
            wrong.push(format!("{line}: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn of_two_who_sound_alike_none_is_suggested() {
    let file = native(
        r#"{"id":"a","kind":"person","name":"Hassan Rouhani"}
{"id":"b","kind":"person","name":"Hasan Ruhani"}"#,
    );
    let (gazetteer, _) = Gazetteer::new(&[&file]);
    assert_eq!(gazetteer.sounds_like("Hassan Rowhani").map(|(id, _)| id), None);
    let (gazetteer, _) = Gazetteer::new(&[&native(r#"{"id":"a","kind":"person","name":"Hassan Rouhani"}"#)]);
    let (id, how) = gazetteer.sounds_like("Hassan Ruhani").unwrap();
    assert_eq!((gazetteer.entry(id, None).unwrap().id, how), ("a", "sounds alike"));
}

#[test]
fn a_state_by_another_name_is_the_one_that_is_built_in() {
    use dispatch_ls::gazetteer::ActorsFile;
    use dispatch_ls::gazetteer::read::Format;
    let text = "RUSSIAN_FEDERATION_ [RUS]\n+KREMLIN_\n+MOSCOW_\n";
    let file = ActorsFile { name: "x.actors.txt".to_owned(), text: text.into(), format: Format::Petrarch };
    let (gazetteer, _) = Gazetteer::new(&[&file]);
    for name in ["Russia", "Russian Federation", "Kremlin"] {
        let id = gazetteer.longest(name.split(' ')).unwrap().entries[0];
        let entry = gazetteer.entry(id, None).unwrap();
        assert_eq!((entry.id, entry.name, entry.is_state), ("russia", "Russia", true), "{name}");
    }
    let capital = gazetteer.longest(["Moscow"].into_iter()).unwrap();
    assert_eq!(capital.sense.name(), "capital", "whatever the file says");
}
