//! Which spellings are one name: a listed spelling binds, what only sounds alike is a suggestion, and namesakes are neither.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

use std::borrow::Cow;
use std::path::Path;

use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer};
use dispatch_ls::text::words;

/// `binds: how`, `suggested: how`, or `-`: what becomes of `text` where `listed` is listed.
fn outcome(text: &str, listed: &str) -> String {
    let record = serde_json::json!({"id": "listed", "kind": "person", "name": listed});
    let file = ActorsFile { text: Cow::Owned(record.to_string()), format: Format::Native };
    let (gazetteer, problems) = Gazetteer::new(&[&file]);
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
