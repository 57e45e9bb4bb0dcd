//! What people, scripts and scanners do to delimiters besides the breaks of one part: the line, what must be said about
//! it, and the line after the first fixes.

use std::collections::BTreeSet;

use dispatch_ls::corpus::{Code, Dialect};

use crate::check::{findings, fixed, hold_laws, read, shown};

/// Dialect, an opener of it, the same one broken, the codes, and what stands there after the first fixes.
type Row = (Dialect, &'static str, &'static str, &'static [Code], &'static str);

const ROWS: &[Row] = {
    use Code::*;
    use Dialect::*;
    const GOOD: &str = "";
    &[
        // Litter behind a fence is no part of a name.
        (Canonical, "=== FILE: {} ===", "=== FILE: {} ===,", &[F008], "=== FILE: {} ===\n,"),
        (Canonical, "=== FILE: {} ===", "=== FILE: {} ===\\n", &[F008], "=== FILE: {} ===\n\\n"),
        (Bars, "===== FILE: {} =====", "===== FILE: {} =====.", &[F008], "===== FILE: {} =====\n."),
        // What a scanner makes of a colon; a word typed twice.
        (Canonical, "=== FILE: {} ===", "=== FILE. {} ===", &[F004], GOOD),
        (Canonical, "=== FILE: {} ===", "=== FILE - {} ===", &[F004], GOOD),
        (Angle, "<<<FILE: {}>>>", "<<<FILE= {}>>>", &[F004], GOOD),
        (Canonical, "=== FILE: {} ===", "=== FILE꞉ {} ===", &[F004], GOOD),
        (Canonical, "=== FILE: {} ===", "=== FILE FILE: {} ===", &[F003], GOOD),
        // Auto-correction makes one dash of three, and one guillemet of two signs.
        (Bars, "--- File: {} ---", "— File: {} —", &[F001], GOOD),
        (Angle, "<<<FILE: {}>>>", "«FILE: {}»", &[F001], GOOD),
        (Txtar, "-- {} --", "– {} –", &[F001], GOOD),
        (Head, "==> {} <==", "══> {} <══", &[F001], GOOD),
        (Bracket, "[FILE: {}]", "［FILE: {}］", &[F001], GOOD),
        (Bracket, "[FILE: {}]", "[FILE: {})", &[F001], GOOD),
        (Txtar, "-- {} --", "-- {}", &[F002], GOOD),
        // Fences that were typed apart, and a word.
        (Canonical, "=== FILE: {} ===", "= = = FILE: {} = = =", &[F001], GOOD),
        (Canonical, "=== FILE: {} ===", "=== FILE: {} == =", &[F001], GOOD),
        (Canonical, "=== FILE: {} ===", "=\u{A0}== FILE: {} ===", &[F001], GOOD),
        (Canonical, "=== FILE: {} ===", "= = = F I L E: {} = = =", &[F001, F003], GOOD),
        (Angle, "<<<FILE: {}>>>", "<<<FILE: {}> >>", &[F001], GOOD),
        (Bars, "--- File: {} ---", "- - - File: {} - - -", &[F001], GOOD),
        (Pem, "-----BEGIN FILE: {}-----", "-----BEGIN FILE: {}---\u{A0}--", &[F001], GOOD),
        (Pem, "-----BEGIN FILE: {}-----", "-- ---BEGIN FILE: {}-----", &[F001], GOOD),
        (Canonical, "=== FILE: {} ===", "=== FILE NAME: {} ===", &[F003], GOOD),
        (Canonical, "=== FILE: {} ===", "=== Filename: {} ===", &[F003], GOOD),
        // As HTML writes it.
        (Canonical, "=== FILE: {} ===", "&#61;&#x3D;&equals; FILE: {} ===", &[F001], GOOD),
        (Canonical, "=== FILE: {} ===", "=== FILE:&nbsp;{} ===", &[F004], GOOD),
        (Angle, "<<<FILE: {}>>>", "&lt;&lt;&lt;FILE: {}&gt;&gt;&gt;", &[F001], GOOD),
        (Head, "==> {} <==", "==&gt; {} &lt;==", &[F001], GOOD),
        (Tag, "<FILE name=\"{}\">", "&lt;FILE name=&quot;{}&quot;&gt;", &[F025], GOOD),
        (Canonical, "=== FILE: {} ===", "=== FILE: {} ===<br>", &[F008], "=== FILE: {} ===\n<br>"),
        (Angle, "<<<FILE: {}>>>", "<<<FILE: {}>>><br/>", &[F008], "<<<FILE: {}>>>\n<br/>"),
        (Canonical, "=== FILE: {} ===", "\u{8}=== FILE: {} ===", &[F005], GOOD),
        // Numbered by a list or an editor.
        (Bars, "--- File: {} ---", "12. --- File: {} ---", &[F008], "12.\n\n--- File: {} ---"),
        (Bracket, "[FILE: {}]", "- [FILE: {}]", &[F008], "-\n\n[FILE: {}]"),
        (Head, "==> {} <==", "117: ==> {} <==", &[F008], "117:\n\n==> {} <=="),
        (Head, "==> {} <==", "==> {} <== The talks", &[F008], "==> {} <==\nThe talks"),
        (Txtar, "-- {} --", "-- {} -- The talks", &[F008], "-- {} --\nThe talks"),
        // Attributes of a PEM delimiter are no name.
        (Pem, "-----BEGIN FILE id=\"{}\"-----", "-----BEGIN FILE id=\"{}\"----- ", &[F007], GOOD),
        (Pem, "-----BEGIN FILE id=\"{}\"-----", "-----BEGIN FILE id=\"{}\"----", &[F001], GOOD),
        (Pem, "-----BEGIN FILE id=\"{}\"-----", "-----BEGIN FILE id=\"{}\"------", &[F001], GOOD),
        (Pem, "-----BEGIN FILE id=\"{}\"-----", "-----BEGIN FILE id=\"{}\"", &[F002], GOOD),
        (Pem, "-----BEGIN FILE id=\"{}\"-----", "-----BEGIN FIEL id=\"{}\"-----", &[F003], GOOD),
        (Pem, "-----BEGIN FILE id=\"{}\"-----", "-----BEGIN FILE  id=\"{}\"-----", &[F004], GOOD),
        (Pem, "-----BEGIN FILE id=\"{}\"-----", "-----BEGIN FI\u{200B}LE id=\"{}\"-----", &[F005], GOOD),
        (Pem, "-----BEGIN FILE id=\"{}\"-----", "-----BEGIN FILE id=“{}”-----", &[F025], GOOD),
        (Pem, "-----BEGIN FILE id=\"{}\"-----", "-----BEGIN FILE id=\"{}-----", &[F025], GOOD),
        // The word in the dialects without a fence.
        (Heading, "### File: {}", "### FILES: {}", &[F003], GOOD),
        (Heading, "### File: {}", "### FLE: {}", &[F003], GOOD),
        (Heading, "### File: {}", "### File:: {}", &[F004], GOOD),
        (Heading, "### File: {}", "### File - {}", &[F004], GOOD),
        (Gitingest, RULED, "================\nF ILE: {}\n================", &[F003], GOOD),
        (Gitingest, RULED, "================\nFIEL: {}\n================", &[F003], GOOD),
        (Gitingest, RULED, "================\nFile:: {}\n================", &[F004], GOOD),
        (Gitingest, RULED, "========\u{202A}========\nFile: {}\n================\u{200B}", &[F016], GOOD),
        (
            Proquest,
            COUNTED,
            "____________________________________________________________\n Document {} of 3",
            &[F007],
            GOOD,
        ),
        (
            Proquest,
            COUNTED,
            "____________________________________________________________\nDocument\u{A0}{} of 3",
            &[F005],
            GOOD,
        ),
        (Proquest, COUNTED, "Document {} of 3", &[F016], GOOD),
        // Tags.
        (Tag, "<DOC id=\"{}\">", "\u{200B}<DOC id=\"{}\">", &[F005], GOOD),
        (Tag, "<DOC id=\"{}\">", "<DOC\u{A0}id=\"{}\">", &[F005], GOOD),
        (Tag, "<DOC id=\"{}\">", "<DOC id=\"{}\">>", &[F025], GOOD),
        (Tag, "<DOC id=\"{}\">", "<DOC id=\"{}>", &[F025], GOOD),
        (Tag, "<FILE name=\"{}\">", "<FIEL name=\"{}\">", &[F003], GOOD),
        (Tag, "<DOC id=\"{}\">", "<DOC id=\"{}\"> The talks", &[F008], "<DOC id=\"{}\">\nThe talks"),
        (Tag, "<DOC id=\"{}\">", "3) <DOC id=\"{}\">", &[F008], "3)\n\n<DOC id=\"{}\">"),
    ]
};

const RULED: &str = "================\nFile: {}\n================";
const COUNTED: &str = "____________________________________________________________\nDocument {} of 3";

#[test]
fn are_found_and_mended() {
    let mut wrong = Vec::new();
    for (dialect, good, broken, codes, after) in ROWS {
        let after = if after.is_empty() { good } else { after };
        let closer = match dialect {
            Dialect::Pem => "-----END FILE-----\n",
            Dialect::Tag if good.starts_with("<DOC") => "</DOC>\n",
            Dialect::Tag => "</FILE>\n",
            _ => "",
        };
        let corpus = |second: &str| {
            let names = if *dialect == Dialect::Proquest {
                ["1", "2", "3"]
            } else {
                ["2024-05-03-a.txt", "2024-05-03-b.txt", "2024-05-03-c.txt"]
            };
            let dispatch = |opener: &str, name| {
                format!(
                    "{}\n date 2024-05-03 The talks went on, the minister said.\n{closer}",
                    opener.replace("{}", name)
                )
            };
            [dispatch(good, names[0]), dispatch(second, names[1]), dispatch(good, names[2])].join("\n")
        };
        let text = corpus(broken);
        let view = read(&text);
        let found = findings(&view);
        let mended = fixed(&text, |_| true);
        let is_right = view.dialect() == *dialect
            && found.iter().map(|finding| finding.code).collect::<BTreeSet<_>>() == codes.iter().copied().collect()
            && mended.as_deref() == Ok(&corpus(after))
            && hold_laws(&text).is_ok();
        if !is_right {
            wrong.push(format!(
                "{broken:?} of {dialect:?} ({:?}): {}\n{mended:?}",
                view.dialect(),
                shown(&text, &found)
            ));
        }
    }
    crate::check::report(&wrong);
}

/// A name is missing, and nothing else is.
#[test]
fn without_a_name() {
    for (good, broken) in [
        ("<<<FILE: {}>>>", "<<<FILE: >>>"),
        ("===FILE: {}===", "===FILE: ==="),
        ("[FILE: {}]", "[FILE: ]"),
        ("-----BEGIN FILE: {}-----", "-----BEGIN FILE: -----"),
        ("================\nFile: {}\n================", "================\nFile: \n================"),
        ("==> {} <==", "==> <=="),
        ("<file path=\"{}\">", "<file path=\"\">"),
    ] {
        let text = ["a.txt", "", "c.txt"].map(|name| {
            let opener = if name.is_empty() { broken.to_owned() } else { good.replace("{}", name) };
            format!("{opener}\n date 2024-05-03 The talks went on.\n")
        });
        let text = text.join("\n");
        let found: Vec<_> = findings(&read(&text)).into_iter().filter(|finding| finding.code != Code::F007).collect();
        assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::F009], "{broken:?}");
        let mended = fixed(&text, |_| true).unwrap();
        assert!(findings(&read(&mended)).is_empty(), "{mended}");
    }
}

#[test]
fn a_tag_as_html_writes_it() {
    let text = "<file name=\"a.txt\">\nOn.\n</file>\n&lt;file name=\"b.txt\"&gt;\nOn.\n</file>\n";
    let view = read(text);
    let found = findings(&view);
    let messages: Vec<_> =
        found.iter().filter(|found| found.code == Code::F025).map(|found| view.message(text, found)).collect();
    let wanted = ["<", ">"].map(|sign| format!("is `{sign}` as HTML writes it: no tag is read so"));
    assert!(messages.len() == 2 && messages.iter().zip(&wanted).all(|(is, end)| is.ends_with(end)), "{messages:?}");
}

/// Where openers count, no other opener can be made one of them.
#[test]
fn no_name_is_lost_where_openers_count() {
    let count = |number: usize| format!("{number} of 2 DOCUMENTS\n date 2024-05-03 The talks went on.\n\n");
    let text = format!("Two days before.\n\n{}=== FILE: a.txt ===\n\nAnd again.\n\n{}", count(1), count(2));
    let view = read(&text);
    let found = findings(&view);
    let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::F020, Code::F019], "{}", shown(&text, &found));
    assert!(found.iter().all(|finding| view.fixes(text.as_str(), finding).is_empty()));
}

/// What captions and cries are written like is an opener where it comes again, or where all are like it.
#[test]
fn one_doubtful_opener_is_none() {
    let story = "The talks went on.\n";
    for line in [
        "[FILE: AP]",
        "==> Important! <==",
        "[FILE: IMG_0001.jpg]",
        "[file: report.pdf]",
        "[end file]",
        "<doc>",
        "<document>",
        "FILE: IMG_0001.jpg",
        "FILE: Amazon.com",
        "-----END OF FILE-----",
    ] {
        for text in
            [format!("{story}{line}\n{story}"), format!("=== FILE: 2024-05-03.txt ===\n{story}\n{line}\n\n{story}")]
        {
            assert!(crate::check::of_markup(&read(&text)).is_empty(), "{text}");
        }
    }
    let text = format!("[FILE: harbour]\n{story}\n[FILE: bridge]\n{story}");
    assert_eq!(crate::check::names(&text, &read(&text)), [Some("harbour".to_owned()), Some("bridge".to_owned())]);
    // … or where the file begins with it, or it has a folder in it.
    for text in
        [format!("<DOC>\n{story}"), format!("[FILE: IMG_0001.jpg]\n{story}"), format!("{story}[FILE: a/b.jpg]\n")]
    {
        assert_eq!(read(&text).dispatch_count(), 1, "{text}");
        assert_ne!(read(&text).dialect(), Dialect::Single, "{text}");
    }
}
