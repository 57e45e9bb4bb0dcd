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

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

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

mod any_text {
    use dispatch_ls::annotate::Timex;
    use proptest::prelude::*;

    use super::*;

    /// Words that dates are made of, and words that they are not, in any order.
    fn text() -> impl Strategy<Value = String> {
        let words = [
            "Monday",
            "May",
            "the",
            "last",
            "of",
            "3",
            "31",
            "2024",
            "February",
            "30",
            "–",
            "-",
            ",",
            ".",
            "two",
            "years",
            "ago",
            "later",
            "earlier",
            "that",
            "day",
            "end",
            "mid-",
            "'",
            "98",
            "10:30",
            "a.m.",
            "GMT",
            "quarter",
            "third",
            "first",
            "half",
            "a",
            "and",
            "BC",
            "/",
            "1",
            "now",
            "is",
            "was",
            "will",
            "9999-12-31",
            "0001-01-01",
            "century",
            "99999999999",
            "week",
            "before",
            "after",
            "on",
            "same",
            "yesterday",
            "night",
            "\n\n",
            "\u{301}",
            "“",
            "é",
            "مايو",
            "13",
            "Azar",
            "1403",
            "(",
            ")",
            "century",
            "million",
            "thousand",
            "decades",
            "next",
            "weekend",
            "winter",
            "Easter",
            "1000",
            "2199",
            "until",
            "to",
            "following",
            "previous",
            "from",
        ];
        prop_oneof![
            4 => prop::collection::vec((prop::sample::select(words.to_vec()), prop::bool::weighted(0.9)), 0..60).prop_map(|parts| {
                parts.into_iter().map(|(word, spaced)| if spaced { format!(" {word}") } else { word.to_owned() }).collect()
            }),
            1 => any::<String>(),
        ]
    }

    fn date() -> impl Strategy<Value = Option<PartialDate>> {
        let date = (-5i16..9999, prop::option::of(1i8..13), prop::option::of(1i8..29));
        prop::option::of(date)
            .prop_map(|date| date.and_then(|(year, month, day)| PartialDate::new(year, month, month.and(day))))
    }

    fn found(text: &str, date: Option<PartialDate>) -> (Vec<Timex>, usize) {
        let reading = Reading::new(text);
        let dates = dates::find(&reading, date);
        let doubts = dates::doubts(&reading, &dates, date);
        for doubt in &doubts {
            assert!(
                text.get(doubt.span.start as usize..doubt.span.end as usize).is_some_and(|words| !words.is_empty())
            );
        }
        (dates, doubts.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn spans_are_in_order_and_on_characters(text in text(), date in date()) {
            let (dates, _) = found(&text, date);
            let mut end = 0;
            for (number, timex) in dates.iter().enumerate() {
                let (start, stop) = (timex.span.start as usize, timex.span.end as usize);
                prop_assert!(start >= end && start < stop && stop <= text.len());
                prop_assert!(text.get(start..stop).is_some());
                prop_assert!(!timex.value.is_empty() && timex.value.bytes().all(|byte| byte.is_ascii_graphic()), "{}", timex.value);
                prop_assert!(!dates::in_words(&timex.value).is_empty());
                if let Anchor::Date(before) = timex.anchor {
                    prop_assert!(before < number);
                }
                end = stop;
            }
            prop_assert_eq!(found(&text, date), (dates.clone(), found(&text, date).1));
        }

        #[test]
        fn what_stands_behind_changes_nothing_before_it_but_ranges(text in text(), date in date()) {
            // A paragraph with neither dates nor much of a language.
            let longer = format!("{text}\n\nNothing.");
            let short = found(&text, date).0;
            let long = found(&longer, date).0;
            prop_assert_eq!(short.len(), long.len());
        }
    }
}
