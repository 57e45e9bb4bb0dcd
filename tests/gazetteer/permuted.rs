//! The order of records and files changes nothing; a gazetteer from a cache is the one that was written.

use dispatch_ls::gazetteer::{ActorsFile, EntryId, Gazetteer};
use dispatch_ls::text::words;
use proptest::prelude::*;

use super::native;

/// A record of few words, so that names and ids meet.
fn record() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Omar",
        "al-Haddad",
        "Ash",
        "Ria",
        "Board",
        "Mohammed",
        "Muhammad",
        "Tehran",
        "Iran",
        "US",
    ]);
    let name = prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
    let id = prop::sample::select(vec!["a", "b", "c", "d", "iran", ""]);
    let kind = prop::sample::select(vec!["person", "organization", "place", "none"]);
    let year = 1990..2030;
    (id, kind, name.clone(), prop::collection::vec(name, 0..3), year).prop_map(|(id, kind, name, aliases, year)| {
        // What is missing of one actor, others of one id may say, and contradict each other.
        let id = if kind == "none" { "nobody" } else { id };
        serde_json::json!({
            "id": id, "kind": kind, "name": name, "aliases": aliases,
            "roles": [{"title": format!("role {}", year % 3), "from": format!("{year}-01-01")}],
        })
        .to_string()
    })
}

/// What every name means, with all that is known.
fn answers(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
    let cut = words(text);
    let mut answers = Vec::new();
    for at in 0..cut.len() {
        let rest = cut[at..].iter().map(|word| word.span.of(text));
        let Some(listed) = gazetteer.longest(rest) else { continue };
        for id in &listed.entries {
            let entry = gazetteer.entry(*id, None).unwrap();
            let mut details = gazetteer.details(*id).unwrap();
            // Lines are others, of course.
            details.place = None;
            answers.push(format!("{at} {} {} {:?} {entry:?} {details:?}", listed.words, listed.matched, listed.sense));
        }
    }
    answers
}

/// All that is listed, by id; what sounds like names of it, and what begins as they do.
fn everything(gazetteer: &Gazetteer) -> Vec<String> {
    let id = |id| gazetteer.id(id).unwrap().to_owned();
    let listed = gazetteer.ids_from("").filter(|entry| gazetteer.place(*entry).is_some()).map(|entry| {
        let known = gazetteer.entry(entry, None).unwrap();
        assert_eq!(gazetteer.with_id(known.id), Some(entry));
        format!("{known:?} {:?}", gazetteer.details(entry).unwrap())
    });
    let alike = ["Omar Hadad", "Rya Bord", "Mohamad Asch", "Teheran"].map(|name| {
        let mut alike: Vec<String> = gazetteer.alike(name, 99).into_iter().map(id).collect();
        alike.sort();
        format!("{name}: {alike:?} {:?}", gazetteer.sounds_like(name).map(|(entry, how)| (id(entry), how)))
    });
    let begun = ["om", "ha", "te", "u", "ri"].map(|typed| {
        let begun = gazetteer
            .begun(typed, 99)
            .into_iter()
            .map(|one| format!("{} {} {} {}", id(EntryId(one.entry)), one.rest, one.is_start, one.is_built_in));
        let mut begun: Vec<String> = begun.collect();
        begun.sort();
        format!("{typed}: {begun:?}")
    });
    let nobodies = ["Omar", "Ash", "Ria Board", "Iran"].map(|name| gazetteer.is_nobody(name.split(' ')).to_string());
    listed.chain(alike).chain(begun).chain(nobodies).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_changes_nothing(records in prop::collection::vec(record(), 1..12), cut in 0..12usize, seed in any::<u64>()) {
        let text = "Omar al-Haddad met Muhammad Ash Board in Tehran. US Ria Omar, Mohammed Iran al-Haddad Ria Board Ash.";
        let one = records.join("\n");
        let mut shuffled = records.clone();
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, (seed.rotate_left(at as u32) % (at as u64 + 1)) as usize);
        }
        let at = cut.min(shuffled.len());
        let (first, second) = (shuffled[..at].join("\n"), shuffled[at..].join("\n"));
        let (whole, _) = Gazetteer::new(&[&native(&one)]);
        let (parts, _) = Gazetteer::new(&[&native(&first), &native(&second)]);
        let joined = Gazetteer::new(&[&native(&first)]).0.with(1, &[&native(&second)]);
        prop_assert_eq!(answers(&whole, text), answers(&parts, text));
        let (joined, _) = joined.unwrap();
        prop_assert_eq!(everything(&parts), everything(&joined));
        prop_assert_eq!(answers(&whole, text), answers(&joined, text));
        prop_assert_eq!(whole.sounds_like("Omar Hadad").map(|(_, how)| how), parts.sounds_like("Omar Hadad").map(|(_, how)| how));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>(), name in "[a-z.]{0,12}") {
        for name in [name.as_str(), "x.jsonl", "x.csv", "x.lst", "x.def", "x.actors.txt", "x.json"] {
            if let Some(format) = dispatch_ls::gazetteer::read::Format::of(name, &text) {
                let file = ActorsFile { name: name.to_owned(), text: text.as_str().into(), format };
                let (gazetteer, problems) = Gazetteer::new(&[&file]);
                for problem in problems.iter().flatten() {
                    prop_assert!(text.get(problem.range.clone()).is_some(), "{problem:?}");
                }
                gazetteer.longest(words(&text).iter().map(|word| word.span.of(&text)));
                gazetteer.sounds_like(&text);
            }
        }
    }

    #[test]
    fn any_bytes_are_no_cache(at in 0..4000usize, byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let (gazetteer, _) = Gazetteer::new(&[&native(r#"{"id":"a","name":"Omar Ash","roles":[{"title":"x","from":"2001"}]}"#)]);
        let mut written = Vec::new();
        gazetteer.write(b"note", &mut written).unwrap();
        let read = |bytes: &[u8]| Gazetteer::read(&mut &*bytes, bytes.len() as u64, |note| note == b"note");
        prop_assert!(read(&written).is_some());
        prop_assert!(read(&written[..cut.index(written.len())]).is_none());
        let at = at.min(written.len() - 1);
        if written[at] != byte {
            written[at] = byte;
            prop_assert!(read(&written).is_none());
        }
    }
}

#[test]
fn a_cache_has_all_that_was_written() {
    let text = r#"{"id":"a","kind":"person","name":"Omar Ash","aliases":["O. Ash"],"roles":[{"title":"x","org":"y","country":"NZ","from":"2001","to":"2002"}],"codes":{"cameo":"NZLGOV"},"qid":"Q1","note":"n"}"#;
    let (gazetteer, _) = Gazetteer::new(&[&native(text)]);
    let mut written = Vec::new();
    gazetteer.write(b"note", &mut written).unwrap();
    let again = Gazetteer::read(&mut &*written, written.len() as u64, |note| note == b"note").unwrap();
    let text = "Omar Ash of Tehran, O. Ash and an Iranian";
    assert_eq!(answers(&gazetteer, text), answers(&again, text));
    assert_eq!(gazetteer.sounds_like("Umar Asch"), again.sounds_like("Umar Asch"));
    assert!(Gazetteer::read(&mut &*written, written.len() as u64, |note| note == b"other").is_none());
}
