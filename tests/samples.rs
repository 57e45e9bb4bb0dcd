//! The corpora in `tests/samples`: what is wrong with each, line by line, is in `samples.expected`
//! (written anew by `UPDATE_EXPECT=1 cargo test --test samples`; read the difference before you commit it).

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};

use dispatch_ls::corpus::{Corpus, Dialect, Finding, Options, Repair, View};
use dispatch_ls::text::{Edit, LineIndex, apply, merge};
use expect_test::expect_file;

/// Every sample, the dialect it is read in, and how many dispatches it has.
const SAMPLES: &[(&str, Dialect, usize)] = &[
    ("angle.txt", Dialect::Angle, 7),
    ("clean.dispatch", Dialect::Canonical, 5),
    ("crawl.corpus", Dialect::Canonical, 10),
    ("gigaword.corpus", Dialect::Tag, 5),
    ("gitingest.txt", Dialect::Gitingest, 5),
    ("lexis.txt", Dialect::Lexis, 6),
    ("windows.corpus", Dialect::Bars, 5),
    ("wire.dispatch", Dialect::Canonical, 11),
];

#[test]
fn every_sample_is_in_the_table() {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, SAMPLES.iter().map(|(name, ..)| *name).collect::<Vec<_>>());
}

#[test]
fn dialects_and_dispatches() {
    for (name, dialect, count) in SAMPLES {
        let view = view(name, &text(name));
        assert_eq!((view.dialect(), view.dispatch_count()), (*dialect, *count), "{name}");
    }
}

#[test]
fn findings_by_line() {
    let mut lines = String::new();
    for (name, ..) in SAMPLES {
        let text = text(name);
        let index = LineIndex::new(&text);
        let mut places: Vec<_> = findings(&view(name, &text), &text)
            .iter()
            .map(|finding| (index.line_of(finding.range.start) + 1, finding.code))
            .collect();
        places.sort();
        for (line, code) in places {
            lines.push_str(&format!("{name}:{line} {code}\n"));
        }
    }
    expect_file!["samples.expected"].assert_eq(&lines);
}

#[test]
fn safe_fixes_leave_nothing_safe_to_fix() {
    for (name, ..) in SAMPLES {
        // A fix may lay bare another finding: a dispatch whose opener was broken has a header, too.
        let mut mended = text(name);
        for _ in 0..8 {
            mended = apply(&mended, &safe_edits(name, &mended));
        }
        let view = view(name, &mended);
        let left: Vec<Finding> =
            findings(&view, &mended).into_iter().filter(|finding| finding.code.kind().repair == Repair::Safe).collect();
        assert_eq!(left, [], "{name}");
        assert_eq!(apply(&mended, &safe_edits(name, &mended)), mended, "{name}: again");
    }
}

fn safe_edits(name: &str, text: &str) -> Vec<Edit> {
    let view = view(name, text);
    let fixes = findings(&view, text).into_iter().filter_map(|finding| {
        let fix = view.fixes(text, &finding).into_iter().next()?;
        fix.safe.then_some(fix.edits)
    });
    merge(fixes.flatten().collect())
}

fn findings(view: &View, text: &str) -> Vec<Finding> {
    view.findings(0..text.len() + 1).collect()
}

fn view(name: &str, text: &str) -> View {
    Corpus::read(text, &Options { file_name: name.to_owned(), ..Options::default() }).view()
}

fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}
