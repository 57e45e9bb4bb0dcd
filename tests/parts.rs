//! A corpus that is read part by part has the findings that it has as a whole.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use dispatch_ls::corpus::parts::{CONTEXT, Parts, Survey};
use dispatch_ls::corpus::{Code, Corpus, Options};

fn whole(text: &str, options: &Options) -> Vec<String> {
    let view = Corpus::read(text, options).view();
    view.findings(0..text.len() + 1)
        .map(|finding| format!("{} {:?} {}", finding.code, finding.range, view.message(text, &finding)))
        .collect()
}

/// The start of the first line at or behind `at`.
fn line_start(text: &str, at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let from = text.floor_char_boundary(at.min(text.len()) - 1);
    text[from..].find('\n').map_or(text.len(), |end| from + end + 1)
}

fn lines_back(text: &str, at: usize) -> usize {
    text[..at].rmatch_indices('\n').nth(CONTEXT).map_or(0, |(end, _)| end + 1)
}

fn lines_on(text: &str, at: usize) -> usize {
    text[at..].match_indices('\n').nth(CONTEXT).map_or(text.len(), |(end, _)| at + end + 1)
}

fn in_parts(text: &str, options: &Options, size: usize) -> Vec<String> {
    let mut survey = Survey::default();
    let mut at = 0;
    while at < text.len() {
        let to = line_start(text, at + size);
        let (before, behind) = (lines_back(text, at), lines_on(text, to));
        at = before + survey.add(&text[before..behind], at - before, to - before);
    }
    let mut parts = Parts::new(survey, options);
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let to = line_start(text, at + size);
        let is_last = to == text.len();
        let (before, behind) = (lines_back(text, at), lines_on(text, to));
        let part = parts.next(&text[before..behind], at - before, to - before, is_last);
        let own = &text[at..behind];
        for finding in part.view.findings(0..own.len() + 1).filter(|finding| is_last || finding.range.start < part.end)
        {
            let range = finding.range.start + at..finding.range.end + at;
            found.push(format!("{} {range:?} {}", finding.code, part.view.message(own, &finding)));
        }
        at = if is_last { text.len() } else { at + part.end };
    }
    found
}

fn corpora() -> Vec<String> {
    let story = |number: usize| {
        format!(
            "Story {number} begins here, and on Monday, December 1, 2024, it goes on.\r\nAnd on and on it goes without an end\n\n"
        )
    };
    let many = |opener: &dyn Fn(usize) -> String, closer: &dyn Fn(usize) -> String| -> String {
        (1..400).map(|number| format!("{}{}{}", opener(number), story(number), closer(number))).collect()
    };
    let none = |_| String::new();
    vec![
        many(&|n| format!("=== FILE: {}.txt ===\ndate: 2024-12-0{}\ntilte: x\n\n", n % 97, n % 9 + 1), &none),
        many(
            &|n| if n % 7 == 0 { format!("== FILE: {n}.txt ===\n") } else { format!("=== FILE: {n}.txt ===\n") },
            &|n| if n % 5 == 0 { String::new() } else { format!("=== END FILE: {n}.txt ===\n") },
        ),
        many(&|n| format!("<DOC id=\"AFP_2024010{}\">\n", n % 8), &|n| {
            if n % 11 == 0 { String::new() } else { "</DOC>\n".into() }
        }),
        many(&|n| format!("{} of 399 DOCUMENTS\n\n", if n == 77 { 76 } else { n }), &none),
        format!("Preamble.\n\n{}", many(&|n| format!("{0}\nFILE: {n}.txt\n{0}\n", "=".repeat(48)), &none)),
        format!("{}no end of line", many(&|n| format!("<<<FILE: {n}.txt>>>\n"), &|_| "<<<END FILE>>>\n".into())),
        story(1).repeat(3000),
    ]
}

#[test]
fn parts_make_the_whole() {
    let options =
        Options { file_name: "dump.txt".into(), latest: Some("2024-12-05".parse().unwrap()), ..Options::default() };
    for (number, text) in corpora().iter().enumerate() {
        let whole = whole(text, &options);
        assert!(!whole.is_empty());
        for size in [900, 4_000, 40_000, 1 << 20] {
            let parts = in_parts(text, &options, size);
            let differs = whole.iter().zip(&parts).find(|(whole, part)| whole != part);
            assert!(
                whole == parts,
                "corpus {number} in parts of {size}: {differs:?}, {} and {}",
                whole.len(),
                parts.len()
            );
        }
    }
}

#[test]
fn a_name_is_remembered_over_parts() {
    let text: String = (0..300).map(|number| format!("=== FILE: {}.txt ===\nText.\n\n", number % 299)).collect();
    let parts = in_parts(&text, &Options::default(), 500);
    assert_eq!(parts.iter().filter(|finding| finding.starts_with(Code::F010.id())).count(), 1);
}
