//! Texts that no one writes: nothing panics, and the time is in proportion to the size.

use std::time::{Duration, Instant};

use dispatch_ls::corpus::{Code, Dialect};
use dispatch_ls::text::{apply, merge};

use crate::check::{findings, read};

/// Everything that a check of a file does: read, all findings, the fixes of all, format, one conversion.
fn everything(text: &str) -> usize {
    let view = read(text);
    let found = findings(&view);
    let mut edits = Vec::new();
    let mut renumbered = false;
    for finding in &found {
        // One fix for F024 rewrites every number of a corpus of up to 200.
        if finding.code == Code::F024 && std::mem::replace(&mut renumbered, true) {
            continue;
        }
        std::hint::black_box(view.message(text, finding));
        edits.extend(view.fixes(text, finding).into_iter().take(1).flat_map(|fix| fix.edits));
    }
    std::hint::black_box(apply(text, &merge(edits)));
    std::hint::black_box(view.format(text, 0..text.len(), &|_| true).unwrap());
    for dialect in [Dialect::Canonical, Dialect::Tag] {
        let _ = std::hint::black_box(view.convert(text, dialect, &|_| true).unwrap());
    }
    view.dispatches(0..usize::MAX).count() + found.len()
}

fn repeat(part: &str, size: usize) -> String {
    part.repeat(size / part.len() + 1)
}

fn numbered(size: usize, part: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 100);
    let mut number = 0;
    while text.len() < size {
        text += &part(number);
        number += 1;
    }
    text
}

type Shape = (&'static str, fn(usize) -> String);

const SHAPES: &[Shape] = &[
    ("empty dispatches", |size| numbered(size, |n| format!("=== FILE: {n}.txt ===\n"))),
    ("one name for all", |size| repeat("=== FILE: a.txt ===\nThe text.\n\n", size)),
    ("one name for all, and numbered ones", |size| {
        numbered(size, |n| {
            format!("=== FILE: a{}.txt ===\nThe text.\n\n", if n % 2 == 0 { String::new() } else { format!("-{n}") })
        })
    }),
    ("no name", |size| repeat("=== FILE: ===\nThe text.\n\n", size)),
    ("broken openers", |size| numbered(size, |n| format!("=== FIEL: {n}.txt ==\nThe text.\n\n"))),
    ("closers only", |size| repeat("=== END FILE ===\n", size)),
    ("closers with names only", |size| repeat("=== END FILE: a.txt ===\n", size)),
    ("openers, then closers", |size| {
        numbered(size / 2, |n| format!("=== FILE: {n} ===\n"))
            + &numbered(size / 2, |n| format!("=== END FILE: {n} ===\n"))
    }),
    ("openers, one closer", |size| numbered(size, |n| format!("=== FILE: {n} ===\n")) + "=== END FILE: 0 ===\n"),
    ("nested tags", |size| repeat("<DOC id=\"a\">\n", size / 2) + &repeat("</DOC>\n", size / 2)),
    ("unclosed tags", |size| repeat("<DOC>\n", size)),
    ("signs", |size| repeat("=", size)),
    ("dashes", |size| repeat("-", size)),
    ("angles", |size| repeat("<", size)),
    ("underscores", |size| repeat("_", size)),
    ("hashes", |size| repeat("#", size)),
    ("delimiters without line ends", |size| repeat("=== FILE: a", size)),
    ("whole delimiters without line ends", |size| repeat("=== FILE: a.txt === ", size)),
    ("words FILE", |size| repeat("FILE ", size)),
    ("words FILE by the line", |size| repeat("FILE\n", size)),
    ("one name", |size| format!("=== FILE: {} ===\nThe text.\n", repeat("a", size))),
    ("one attribute", |size| format!("<DOC id=\"{}\">\nThe text.\n</DOC>\n", repeat("a&", size))),
    ("carriage returns", |size| repeat("\r", size)),
    ("line feeds", |size| repeat("\n", size)),
    ("line feeds and one opener", |size| repeat("\n", size) + "=== FILE: a.txt ===\nThe text.\n"),
    ("all line ends", |size| repeat("a\r\nb\nc\r", size)),
    ("spaces", |size| repeat(" ", size)),
    ("blank lines of spaces", |size| repeat("     \n", size)),
    ("one line", |size| repeat("The minister said that talks would go on. ", size)),
    ("one line of digits", |size| repeat("2024-01-01 ", size)),
    ("dates", |size| repeat("On Monday, December 1, 2024, they met.\n", size)),
    ("NULs", |size| repeat("\0", size)),
    ("replacement characters", |size| repeat("\u{FFFD}", size)),
    ("mojibake", |size| repeat("donâ€™t ", size)),
    ("byte order marks", |size| repeat("\u{FEFF}", size)),
    ("byte order marks by the line", |size| repeat("\u{FEFF}\n", size)),
    ("zero-width spaces", |size| repeat("\u{200B}", size)),
    ("a header", |size| format!("=== FILE: a.txt ===\n{}\nThe text.\n", numbered(size, |n| format!("x{n}: y\n")))),
    ("a header of one key", |size| format!("=== FILE: a.txt ===\n{}\nThe text.\n", repeat("source: y\n", size))),
    ("a header of dates", |size| format!("=== FILE: a.txt ===\n{}\nThe text.\n", repeat("date: 2024-13-01\n", size))),
    ("a header of blank values", |size| format!("=== FILE: a.txt ===\n{}\n", repeat("date:\n", size))),
    ("chrome", |size| format!("=== FILE: a.txt ===\ndate 2024-01-01\n{}", repeat("Home>>\n×\nLeft Menu\n", size))),
    ("prologues", |size| repeat(" date 2024-01-01 ", size)),
    ("counts", |size| numbered(size, |n| format!("{n} of 250 DOCUMENTS\n\nThe text.\n\n"))),
    ("same count", |size| repeat("3 of 250 DOCUMENTS\n\nThe text.\n\n", size)),
    ("counts backwards", |size| numbered(size, |n| format!("{} of 9999999 DOCUMENTS\n\nThe text.\n\n", 9_999_999 - n))),
    ("counts too great", |size| repeat("4294967296 of 99999999999999999999 DOCUMENTS\n", size)),
    ("proquest", |size| numbered(size, |n| format!("{}\nDocument {n} of 9\n\nThe text.\n", "_".repeat(60)))),
    ("gitingest", |size| numbered(size, |n| format!("{r}\nFILE: {n}\n{r}\n", r = "=".repeat(48)))),
    ("rules", |size| repeat("================================================\n", size)),
    ("rules and blank lines", |size| repeat("================================================\n\n", size)),
    ("rules and FILE", |size| repeat("================\nFILE: a\n", size)),
    ("bare", |size| repeat("FILE: a.txt\n", size)),
    ("mixed dialects", |size| {
        repeat("=== FILE: a ===\nx\n<<<FILE: b>>>\ny\n[FILE: c]\n## File: d.md\n==> e <==\n-- f.txt --\n", size)
    }),
    ("quoted", |size| repeat(">=== FILE: a ===\n", size)),
    ("quotes", |size| repeat(">", size) + "=== FILE: a ===\n"),
    ("a long preamble", |size| repeat("The text goes on.\n", size) + "=== FILE: a ===\nThe text.\n"),
    ("unsafe names", |size| repeat("=== FILE: ../a ===\nThe text.\n", size)),
    ("text in front", |size| repeat("The end. === FILE: a ===\n", size)),
    ("text behind", |size| repeat("=== FILE: a === The text.\n", size)),
];

/// The best of a few runs.
fn time(text: &str, runs: usize) -> Duration {
    let one = || {
        let start = Instant::now();
        std::hint::black_box(everything(text));
        start.elapsed()
    };
    (0..runs).map(|_| one()).min().unwrap()
}

/// Ten times the text may take ten times as long, and some more for what does not fit into a cache; a hundred times
/// would be a loop in a loop.
#[test]
fn time_grows_with_size() {
    let long = std::env::var_os("DISPATCH_LS_LONG").is_some();
    let small = if long { 60_000 } else { 1_500 };
    let only = std::env::var("SHAPE").unwrap_or_default();
    let mut wrong = Vec::new();
    for (name, make) in SHAPES.iter().filter(|(name, _)| name.contains(&only)) {
        let (few, many) = (make(small), make(small * 8));
        // Lines that grow by their numbers make a text of one size cost the same everywhere.
        let (quick, slow) = (time(&few, 1), time(&many, 1));
        let ratio = slow.as_secs_f64() / quick.as_secs_f64().max(0.004);
        if std::env::var_os("SHOW_TIMES").is_some() {
            println!("{name:40} {quick:>12.3?} {slow:>12.3?} {ratio:6.1}");
        }
        if ratio > 24.0 {
            // Other work on the machine may have got in between.
            let (quick, slow) = (time(&few, 3), time(&many, 2));
            let ratio = slow.as_secs_f64() / quick.as_secs_f64().max(0.004);
            if ratio > 24.0 {
                wrong
                    .push(format!("{name}: {quick:?} for {small} bytes, {slow:?} for 8 times that ({ratio:.0} times)"));
            }
        }
    }
    crate::check::report(&wrong);
}

#[test]
fn small_ones_hold_the_laws() {
    let mut wrong = Vec::new();
    for (name, make) in SHAPES {
        for size in [1, 30, 200] {
            let text = make(size);
            if let Err(error) = crate::check::hold_laws(&text) {
                wrong.push(format!("{name} {size}: {}", error.chars().take(600).collect::<String>()));
                break;
            }
        }
    }
    crate::check::report(&wrong);
}

/// Pieces of delimiters, put together by chance.
#[test]
fn soup() {
    const PARTS: &[&str] = &[
        "===",
        "=",
        "==",
        "---",
        "-",
        "<<<",
        ">>>",
        "[",
        "]",
        "FILE",
        "File",
        "END FILE",
        "FIEL",
        "BEGIN FILE",
        ":",
        ": ",
        " ",
        "a.txt",
        "b",
        "../c",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u{FEFF}",
        "\u{200B}",
        "\u{A0}",
        "\0",
        "date: 2024-01-01",
        "date",
        "date 2024-02-30 ",
        "title: x",
        "sorce: y",
        "The text goes on.",
        "<DOC id=\"a\">",
        "</DOC>",
        "<DOC>",
        "<DOCNO> x </DOCNO>",
        "3 of 5 DOCUMENTS",
        "4 of 5 DOCUMENTS",
        "Document 1 of 2",
        "================================================",
        "____________________________________________________________",
        "## File: a.md",
        "==> a <==",
        "-- a.txt --",
        "FILE: q.txt",
        "=== FILE: a.txt ===\n",
        "=== END FILE ===\n",
        "=== END FILE: a.txt ===\n",
        "=== FILE: d.txt ===\n",
        "<<<FILE: a>>>\n",
        ">",
        "# ",
        "// ",
        "é",
        "🚢",
        "ملف",
        "Home>>",
        "â€™",
        "Monday, December 1, 2024",
    ];
    let mut wrong = Vec::new();
    for seed in 0..crate::rng::cases(1500) {
        let mut rng = crate::rng::Rng::new(seed);
        let text: String = (0..2 + rng.below(24)).map(|_| *rng.one(PARTS)).collect();
        std::hint::black_box(everything(&text));
        if let Err(error) = crate::check::hold_laws(&text) {
            wrong.push(format!("{seed} {text:?}: {error}"));
        }
    }
    wrong.sort_by_key(String::len);
    crate::check::report(&wrong);
}
