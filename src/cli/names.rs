//! Which names of dispatches can be names of files, anywhere, and never lead out of their folder.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::corpus::unsafety;

/// Why no file can have this name; `None` where one can. A name with `/` is one in a sub-folder.
pub fn objection(name: &str) -> Option<&'static str> {
    match unsafety(name) {
        _ if name.is_empty() => Some("it is empty"),
        Some(why) => Some(why.reason()),
        None if cfg!(windows) && name.contains(['<', '>', ':', '"', '|', '?', '*']) => {
            Some("Windows allows none of < > : \" | ? * in a name")
        }
        None => None,
    }
}

/// What two names share that are one file somewhere: composed (NFC) and case-folded.
pub fn key(name: &str) -> String {
    let folded = caseless::default_case_fold_str(&name.nfc().collect::<String>());
    folded.nfc().collect()
}

/// Objections to names for what is wrong between them, with the index of each.
pub fn collisions<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(usize, String)> {
    let mut holders: HashMap<String, (usize, &str)> = HashMap::new();
    let mut objections = Vec::new();
    for (index, name) in names.enumerate() {
        let (first, holder) = *holders.entry(key(name)).or_insert((index, name));
        if first != index {
            let what = if holder == name { "has the same name" } else { "has the same name on many systems" };
            objections.push((index, format!("dispatch {} {what}", first + 1)));
        }
    }
    for (key, (index, _)) in &holders {
        let folders = key.match_indices('/').filter_map(|(at, _)| key.get(..at));
        for folder in folders.filter(|folder| holders.contains_key(*folder)) {
            objections.push((*index, format!("its folder `{folder}` is the name of another dispatch")));
        }
    }
    objections.sort();
    objections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_files_can_have() {
        for name in ["a", "000_2ac9.txt", "a/b/c.txt", "Ünïcode ñame.txt", ".hidden", "a..b", "console.txt", "نص.txt"]
        {
            assert_eq!(objection(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_no_file_should_have() {
        let long = "x".repeat(256);
        for name in [
            "",
            "/etc/passwd",
            "..",
            "../x",
            "a/../b",
            "a/..",
            "./a",
            "a//b",
            "a/",
            "a\\b",
            "C:x",
            "c:/x",
            "a\u{0}b",
            "a\u{85}b",
            "nul",
            "NUL.txt",
            "a/Com1.log",
            "com².txt",
            "a.",
            "a /b",
            ".. /x",
            ".dispatch-split.json",
            "a/.Dispatch-Split.JSON",
            ".git/config",
            "a/.GIT/x",
            &long,
        ] {
            assert!(objection(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names_that_are_one_file_somewhere() {
        let found =
            |names: &[&str]| collisions(names.iter().copied()).into_iter().map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!(found(&["a", "b", "a"]), [2]);
        assert_eq!(found(&["Straße", "STRASSE"]), [1]);
        assert_eq!(found(&["caf\u{e9}", "cafe\u{301}"]), [1]);
        assert_eq!(found(&["a/b", "A"]), [0]);
        assert_eq!(found(&["a", "ab", "a.b", "b/a"]), [0usize; 0]);
    }
}
