//! What looks like markup and is none. A false alarm is worse than a miss.

use dispatch_ls::corpus::{Code, Dialect, Finding};

use crate::check::{findings, read, shown};

const LINES: &str = include_str!("alarms.txt");

fn lines() -> impl Iterator<Item = &'static str> {
    LINES.lines()
}

/// Findings about delimiters. A lone word really is no sentence, so F027 is right; encoding ones may be true.
fn alarms(text: &str) -> Vec<Finding> {
    findings(&read(text))
        .into_iter()
        .filter(|finding| finding.code.id().starts_with('F') && !matches!(finding.code, Code::F027 | Code::F026))
        .collect()
}

const STORY: &str = "The minister said that talks would go on for another week.\n";

/// A corpus with `text` in the second of three dispatches.
fn in_corpus(opener: impl Fn(&str) -> String, closer: &str, text: &str) -> String {
    let mut corpus = String::new();
    for (name, body) in [("a.txt", STORY), ("b.txt", text), ("c.txt", STORY)] {
        corpus += &format!("{}\ndate: 2024-05-03\n\n{body}{closer}\n", opener(name));
    }
    corpus
}

type Opener = fn(&str) -> String;

const CORPORA: [(Dialect, Opener, &str); 14] = [
    (Dialect::Canonical, |name| format!("=== FILE: {name} ==="), ""),
    (Dialect::Canonical, |name| format!("=== FILE: {name} ==="), "=== END FILE ===\n"),
    (Dialect::Bars, |name| format!("--- File: {name} ---"), ""),
    (Dialect::Bars, |name| format!("===FILE: {name}==="), "===END FILE===\n"),
    (Dialect::Gitingest, |name| format!("{rule}\nFILE: {name}\n{rule}", rule = "=".repeat(48)), ""),
    (Dialect::Angle, |name| format!("<<<FILE: {name}>>>"), ""),
    (Dialect::Angle, |name| format!("<<<FILE: {name}>>>"), "<<<END_FILE>>>\n"),
    (Dialect::Pem, |name| format!("-----BEGIN FILE: {name}-----"), "-----END FILE-----\n"),
    (Dialect::Bracket, |name| format!("[FILE: {name}]"), "[END FILE]\n"),
    (Dialect::Heading, |name| format!("## File: {name}"), ""),
    (Dialect::Head, |name| format!("==> {name} <=="), ""),
    (Dialect::Txtar, |name| format!("-- {name} --"), ""),
    (Dialect::Tag, |name| format!("<DOC id=\"{name}\">"), "</DOC>\n"),
    (Dialect::Bare, |name| format!("FILE: {name}"), ""),
];

#[test]
fn there_are_many() {
    assert!(lines().count() > 300);
}

#[test]
fn alone_in_a_plain_file() {
    let mut wrong = Vec::new();
    for line in lines() {
        let texts = [
            format!("{line}\n"),
            line.to_owned() + "\n" + STORY,
            format!("{STORY}{line}\n"),
            format!("{STORY}\n{line}\n\n{STORY}"),
            format!("{STORY}{line}\n{line}\n{STORY}"),
        ];
        for (place, text) in texts.iter().enumerate() {
            let view = read(text);
            let found = alarms(text);
            if view.dialect() != Dialect::Single || !found.is_empty() {
                wrong.push(format!("{line:?} at place {place}: {:?}, {}", view.dialect(), shown(text, &found)));
            }
        }
    }
    crate::check::report(&wrong);
}

#[test]
fn inside_every_kind_of_corpus() {
    let mut wrong = Vec::new();
    let long = std::env::var_os("DISPATCH_LS_LONG").is_some();
    for (number, line) in lines().enumerate() {
        for (which, (dialect, opener, closer)) in CORPORA.into_iter().enumerate() {
            // Each line in the commonest corpora and in two of the others, unless there is time.
            if !long && which > 1 && (number + which) % 6 != 0 {
                continue;
            }
            let escaped = line.contains(['<', '&']);
            if dialect == Dialect::Tag && escaped {
                continue;
            }
            for body in [
                format!("{STORY}{line}\n{STORY}"),
                format!("{STORY}\n{line}\n\n{STORY}"),
                format!("{STORY}\n{line}\n"),
                format!("{line}\n{STORY}"),
            ] {
                let text = in_corpus(opener, closer, &body);
                let view = read(&text);
                let found = alarms(&text);
                if view.dialect() != dialect || view.dispatch_count() != 3 || !found.is_empty() {
                    let count = view.dispatch_count();
                    wrong.push(format!(
                        "{line:?} in {dialect:?}{closer:?}: {:?} {count}, {}",
                        view.dialect(),
                        shown(&text, &found)
                    ));
                    break;
                }
            }
        }
    }
    crate::check::report(&wrong);
}

/// All of them in one body: no two of them make a delimiter together.
#[test]
fn all_together() {
    let all: String = lines().map(|line| format!("{line}\n\n")).collect();
    let text = in_corpus(CORPORA[0].1, CORPORA[0].2, &format!("{STORY}{all}{STORY}"));
    let found = alarms(&text);
    assert!(found.is_empty(), "{}", shown(&text, &found));
}
