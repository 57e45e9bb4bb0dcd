//! Dates in texts with marks. In `tests/dates/*.txt` a line is a text in which each date is marked `{as written=value …}`, and
//! a line `@ 2024-12-01` gives the dispatch date of those below it. Behind the value may stand
//!
//! - the type, where it is not DATE: `TIME`, `DURATION`, `SET`
//! - `+MOD`: TIMEX3's modifier
//! - `to VALUE`: the other end of a range
//! - `or VALUE`: a second reading
//! - `^N`: seen from the N-th date of the text, not from the dispatch date
//! - `!`: nothing to see it from
//!
//! Behind `##` stand the doubts. `UPDATE_EXPECT=1 cargo test --test dates` writes what is found now: read the difference.

use std::path::Path;

use dispatch_ls::annotate::dates::{self, DoubtKind};
use dispatch_ls::annotate::{Anchor, Reading, TimexKind};
use dispatch_ls::corpus::{PartialDate, read_date};
use expect_test::expect_file;

#[test]
fn texts_with_marks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dates");
    let mut seen = 0;
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let table = std::fs::read_to_string(&file).unwrap();
        let mut date = None;
        let mut found = String::new();
        for line in table.lines() {
            if let Some(day) = line.strip_prefix("@ ") {
                date = read_date(day).0.only();
                found.push_str(line);
            } else if line.starts_with('#') || line.is_empty() {
                found.push_str(line);
            } else {
                found.push_str(&mark(&without_marks(line), date));
                seen += 1;
            }
            found.push('\n');
        }
        expect_file![file].assert_eq(&found);
    }
    assert!(seen > 300, "only {seen} texts");
}

/// The text of a case: `He came on {Sunday=2024-12-01}.` is `He came on Sunday.`
fn without_marks(line: &str) -> String {
    let line = line.split(" ##").next().unwrap_or_default();
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        let (marked, tail) = behind.split_once('}').expect("a mark that is closed");
        text.push_str(marked.split_once('=').map_or(marked, |(words, _)| words));
        rest = tail;
    }
    // Paragraphs of one case.
    (text + rest).replace(" ⏎ ", "\n")
}

fn mark(text: &str, date: Option<PartialDate>) -> String {
    let reading = Reading::new(text);
    let found = dates::find(&reading, date);
    let mut marked = String::new();
    let mut at = 0;
    for timex in &found {
        marked.push_str(&text[at..timex.span.start as usize]);
        marked.push_str(&format!("{{{}={}", timex.span.of(text), timex.value));
        if timex.kind != TimexKind::Date {
            marked.push_str(&format!(" {}", timex.kind.name()));
        }
        if let Some(modifier) = timex.modifier {
            marked.push_str(&format!(" +{}", modifier.name()));
        }
        if let Some(until) = &timex.until {
            marked.push_str(&format!(" to {until}"));
        }
        if let Some(other) = &timex.other {
            marked.push_str(&format!(" or {other}"));
        }
        match timex.anchor {
            Anchor::Date(number) => marked.push_str(&format!(" ^{}", number + 1)),
            Anchor::Missing => marked.push_str(" !"),
            Anchor::Itself | Anchor::DispatchDate => {}
        }
        marked.push('}');
        at = timex.span.end as usize;
    }
    marked.push_str(&text[at..]);
    let doubts: Vec<String> = dates::doubts(&reading, &found, date)
        .into_iter()
        .map(|doubt| {
            let words = doubt.span.of(text);
            match doubt.kind {
                DoubtKind::Weekday { is, .. } => format!("{words}: was a {is:?}"),
                DoubtKind::Impossible => format!("{words}: impossible"),
                DoubtKind::Ambiguous { other } => format!("{words}: or {other}"),
                DoubtKind::FutureToldAsPast => format!("{words}: to come, but told as past"),
                DoubtKind::Calendars { first } => format!("{words}: is {first}"),
            }
        })
        .collect();
    if !doubts.is_empty() {
        marked.push_str(&format!(" ## {}", doubts.join("; ")));
    }
    marked.replace('\n', " ⏎ ")
}
