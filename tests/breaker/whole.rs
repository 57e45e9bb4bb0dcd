//! What concerns a dispatch or the corpus as a whole: F006, F008 to F027.

use dispatch_ls::corpus::{Code, Dialect, Finding};
use dispatch_ls::text::apply;

use crate::check::{fixed, hold_laws, of_markup, read, shown};

/// One corpus, broken, and what must be said about it: `⟦…⟧` marks each range in file order, `‸` an empty one.
struct Case {
    what: &'static str,
    dialect: Dialect,
    codes: &'static [Code],
    text: String,
    /// After the first fixes of all findings; `None` where that is not looked at.
    after: Option<String>,
}

fn case(what: &'static str, dialect: Dialect, codes: &'static [Code], text: impl Into<String>) -> Case {
    Case { what, dialect, codes, text: text.into(), after: None }
}

impl Case {
    fn after(mut self, after: impl Into<String>) -> Case {
        self.after = Some(after.into());
        self
    }
}

fn dispatch(name: &str) -> String {
    format!("=== FILE: {name} ===\ndate: 2024-05-03\n\nThe minister said so.\n")
}

fn closed(name: &str) -> String {
    format!("{}=== END FILE ===\n", dispatch(name))
}

fn named(name: &str) -> String {
    format!("{}=== END FILE: {name} ===\n", dispatch(name))
}

fn rule(of: usize) -> String {
    "=".repeat(of)
}

fn ingest(name: &str) -> String {
    format!("{r}\nFILE: {name}\n{r}\ndate 2024-05-03 The minister said so.\n\n", r = rule(48))
}

fn cases() -> Vec<Case> {
    use Code::*;
    use Dialect::*;
    let (a, b, c) = (dispatch("a.txt"), dispatch("b.txt"), dispatch("c.txt"));
    let plain = format!("{a}\n{b}\n{c}");
    let (ca, cb, cc) = (closed("a.txt"), closed("b.txt"), closed("c.txt"));
    let (na, nb, nc) = (named("a.txt"), named("b.txt"), named("c.txt"));
    let body = "date: 2024-05-03\n\nThe minister said so.\n";
    let mut cases = vec![
        case("bom before an opener", Canonical, &[F006], format!("{a}\n⟦\u{FEFF}⟧{b}\n{c}")).after(&plain),
        case("bom in a text", Canonical, &[F006], format!("{a}\n{}\n{c}", b.replace("minister", "mini⟦\u{FEFF}⟧ster")))
            .after(&plain),
        case(
            "text in front",
            Canonical,
            &[F008],
            format!(
                "{}⟦The minister said so.⟧ === FILE: b.txt ===\n{body}\n{c}",
                a.replace("The minister said so.\n", "")
            ),
        ),
        case(
            "text in front, no space",
            Canonical,
            &[F008],
            format!(
                "{}⟦The minister said so.⟧=== FILE: b.txt ===\n{body}\n{c}",
                a.replace("The minister said so.\n", "")
            ),
        ),
        case(
            "text behind",
            Canonical,
            &[F008],
            format!("{a}\n=== FILE: b.txt === ⟦The minister said so on 3 May 2024.⟧\n\n{c}"),
        ),
        case(
            "prologue behind",
            Canonical,
            &[F008],
            format!("{a}\n=== FILE: b.txt === ⟦date 2024-05-03 The minister said so.⟧\n\n{c}"),
        ),
        case(
            "text behind, no space",
            Canonical,
            &[F008],
            format!("{a}\n=== FILE: b.txt ===⟦date 2024-05-03 The minister said so.⟧\n\n{c}"),
        ),
        case(
            "text behind a closer",
            Canonical,
            &[F008],
            format!("{ca}\n{}\n{cc}", cb.replace("=== END FILE ===", "=== END FILE === ⟦(as sent)⟧")),
        ),
        case(
            "text before a closer",
            Canonical,
            &[F008],
            format!("{ca}\n{}\n{cc}", cb.replace("The minister said so.\n", "⟦The minister said so.⟧ ")),
        ),
        case(
            "two openers on a line",
            Canonical,
            &[F008],
            format!("{a}\n=== FILE: b.txt === ⟦=== FILE: b2.txt ===⟧\n{body}\n{c}"),
        ),
        case("no name", Canonical, &[F009], format!("{a}\n=== FILE: ‸===\n{body}\n{c}"))
            .after(format!("{a}\n=== FILE: dispatch-2 ===\n{body}\n{c}")),
        case("no name, two spaces", Canonical, &[F009], format!("{a}\n=== FILE: ‸ ===\n{body}\n{c}"))
            .after(format!("{a}\n=== FILE: dispatch-2 ===\n{body}\n{c}")),
        case("no name, but an id", Canonical, &[F009], format!("{a}\n=== FILE: ‸===\nid: x7\n{body}\n{c}"))
            .after(format!("{a}\n=== FILE: x7 ===\nid: x7\n{body}\n{c}")),
        case("twice", Canonical, &[F010], format!("{a}\n{b}\n{}", b.replace("b.txt", "⟦b.txt⟧")))
            .after(format!("{a}\n{b}\n{}", dispatch("b-2.txt"))),
        case("twice but for the case", Canonical, &[F010], format!("{a}\n{b}\n{}", b.replace("b.txt", "⟦B.TXT⟧")))
            .after(format!("{a}\n{b}\n{}", dispatch("B-2.TXT"))),
        case(
            "twice but for the normal form",
            Canonical,
            &[F010],
            format!("{}\n{}", dispatch("é.txt"), dispatch("⟦e\u{301}.txt⟧")),
        ),
        case(
            "three times",
            Canonical,
            &[F010, F010],
            format!("{b}\n{}\n{}\n{}", dispatch("⟦b.txt⟧"), dispatch("b-2.txt"), dispatch("⟦b.txt⟧")),
        )
        .after(format!("{b}\n{}\n{}\n{}", dispatch("b-3.txt"), dispatch("b-2.txt"), dispatch("b-4.txt"))),
        case(
            "no closer",
            Canonical,
            &[F012],
            format!("{ca}\n{}\n{cc}", b.replace("=== FILE: b.txt ===", "⟦=== FILE: b.txt ===⟧")),
        )
        .after(format!("{ca}\n{cb}\n{cc}")),
        case(
            "no closer at the end",
            Canonical,
            &[F012],
            format!("{ca}\n{cb}\n{}", c.replace("=== FILE: c.txt ===", "⟦=== FILE: c.txt ===⟧")),
        )
        .after(format!("{ca}\n{cb}\n{cc}")),
        case(
            "no closer with names",
            Canonical,
            &[F012],
            format!("{na}\n{}\n{nc}", b.replace("=== FILE: b.txt ===", "⟦=== FILE: b.txt ===⟧")),
        )
        .after(format!("{na}\n{nb}\n{nc}")),
        case("a closer too many", Canonical, &[F013], format!("{ca}\n{cb}⟦=== END FILE ===⟧\n\n{cc}"))
            .after(format!("{ca}\n{cb}\n{cc}")),
        case("a closer in front", Canonical, &[F013], format!("⟦=== END FILE ===⟧\n\n{ca}\n{cb}\n{cc}")),
        case(
            "a closer of another",
            Canonical,
            &[F014],
            format!("{na}\n{}\n{nc}", nb.replace("END FILE: b.txt", "END FILE: ⟦c.txt⟧")),
        )
        .after(format!("{na}\n{nb}\n{nc}")),
        case(
            "an opener inside",
            Canonical,
            &[F015],
            format!(
                "=== FILE: o.txt ===\n{body}\n{}The rest.\n=== END FILE: o.txt ===\n\n{na}",
                named("i.txt").replace("=== FILE: i.txt ===", "⟦=== FILE: i.txt ===⟧")
            ),
        ),
        case(
            "a delimiter as text",
            Canonical,
            &[F018],
            format!(
                "{na}\n=== FILE: n.txt ===\n{body}⟦=== FILE: x.txt ===⟧\nThe rest.\n=== END FILE: n.txt ===\n\n{nc}"
            ),
        )
        .after(format!(
            "{na}\n=== FILE: n.txt ===\n{body}>=== FILE: x.txt ===\nThe rest.\n=== END FILE: n.txt ===\n\n{nc}"
        )),
        case(
            "no blank line below the header",
            Canonical,
            &[F017],
            format!("{a}\n{}\n{c}", b.replace("\n\nThe", "\n‸The")),
        )
        .after(&plain),
        case("no blank line before an opener", Canonical, &[F017], format!("{a}\n{b}\n{c}‸{}", dispatch("d.txt")))
            .after(format!("{plain}\n{}", dispatch("d.txt"))),
        case("a preamble", Canonical, &[F020], format!("⟦The desk sent this.⟧\nAnd that.\n\n{plain}")),
        case("an empty dispatch", Canonical, &[F021], format!("{a}\n⟦=== FILE: e.txt ===⟧\n\n{b}\n{c}")).after(&plain),
        case("an empty dispatch at the end", Canonical, &[F021], format!("{a}\n{b}\n⟦=== FILE: e.txt ===⟧\n")),
        case("only a header", Canonical, &[F021], format!("{a}\n⟦=== FILE: e.txt ===⟧\ndate: 2024-05-03\n\n{b}\n{c}"))
            .after(&plain),
        case(
            "an empty one that is closed",
            Canonical,
            &[F021],
            format!("{ca}\n⟦=== FILE: e.txt ===⟧\n=== END FILE ===\n\n{cb}\n{cc}"),
        ),
        case("no line end at the end", Canonical, &[F023], format!("{}‸", plain.trim_end())).after(&plain),
        case("bracket in canonical", Canonical, &[F019], format!("{a}\n{b}\n⟦[FILE: x.txt]⟧\n{body}\n{c}"))
            .after(format!("{a}\n{b}\n{}\n{c}", dispatch("x.txt"))),
        case("angle in canonical", Canonical, &[F019], format!("{a}\n{b}\n⟦<<<FILE: x.txt>>>⟧\n{body}\n{c}"))
            .after(format!("{a}\n{b}\n{}\n{c}", dispatch("x.txt"))),
        case("bars in canonical", Canonical, &[F019], format!("{a}\n{b}\n⟦===== FILE: x.txt =====⟧\n{body}\n{c}"))
            .after(format!("{a}\n{b}\n{}\n{c}", dispatch("x.txt"))),
        case("head in canonical", Canonical, &[F019], format!("{a}\n{b}\n⟦==> x.txt <==⟧\n{body}\n{c}"))
            .after(format!("{a}\n{b}\n{}\n{c}", dispatch("x.txt"))),
        case("heading in canonical", Canonical, &[F019], format!("{a}\n{b}\n⟦## File: x.txt⟧\n{body}\n{c}"))
            .after(format!("{a}\n{b}\n{}\n{c}", dispatch("x.txt"))),
        case(
            "gitingest in canonical",
            Canonical,
            &[F019],
            format!("{a}\n{b}\n⟦{r}\nFILE: x.txt\n{r}⟧\n{body}\n{c}", r = rule(48)),
        )
        .after(format!("{a}\n{b}\n{}\n{c}", dispatch("x.txt"))),
        // gitingest
        case(
            "first rule missing",
            Gitingest,
            &[F016],
            format!(
                "{}‸FILE: b.txt\n{r}\ndate 2024-05-03 The minister said so.\n\n{}",
                ingest("a.txt"),
                ingest("c.txt"),
                r = rule(48)
            ),
        ),
        case(
            "second rule missing",
            Gitingest,
            &[F016],
            format!(
                "{}{r}\nFILE: b.txt‸\ndate 2024-05-03 The minister said so.\n\n{}",
                ingest("a.txt"),
                ingest("c.txt"),
                r = rule(48)
            ),
        ),
        case(
            "first rule short",
            Gitingest,
            &[F016],
            format!(
                "{}⟦{}⟧\nFILE: b.txt\n{r}\ndate 2024-05-03 The minister said so.\n\n{}",
                ingest("a.txt"),
                rule(40),
                ingest("c.txt"),
                r = rule(48)
            ),
        ),
        case(
            "second rule long",
            Gitingest,
            &[F016],
            format!(
                "{}{r}\nFILE: b.txt\n⟦{}⟧\ndate 2024-05-03 The minister said so.\n\n{}",
                ingest("a.txt"),
                rule(50),
                ingest("c.txt"),
                r = rule(48)
            ),
        ),
        case(
            "a blank line below the first rule",
            Gitingest,
            &[F016],
            format!(
                "{}{r}\n⟦\n⟧FILE: b.txt\n{r}\ndate 2024-05-03 The minister said so.\n\n{}",
                ingest("a.txt"),
                ingest("c.txt"),
                r = rule(48)
            ),
        ),
        case(
            "a blank line above the second rule",
            Gitingest,
            &[F016],
            format!(
                "{}{r}\nFILE: b.txt\n⟦\n⟧{r}\ndate 2024-05-03 The minister said so.\n\n{}",
                ingest("a.txt"),
                ingest("c.txt"),
                r = rule(48)
            ),
        ),
    ];
    let ingested = format!("{}{}{}", ingest("a.txt"), ingest("b.txt"), ingest("c.txt"));
    for case in cases.iter_mut().filter(|case| case.dialect == Gitingest) {
        case.after = Some(ingested.clone());
    }
    for (name, safe) in [
        ("/etc/passwd", "etc/passwd"),
        ("../x.txt", "x.txt"),
        ("x/../y.txt", "x/y.txt"),
        ("C:\\x.txt", "x.txt"),
        ("C:/x.txt", "x.txt"),
        ("x\\y.txt", "x/y.txt"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("x/aux.txt", "x/_aux.txt"),
        ("lpt1", "_lpt1"),
        ("..", ""),
        ("x/..", "x"),
    ] {
        let case_ = case("unsafe", Canonical, &[F011], format!("{a}\n{b}\n{}", dispatch(&format!("⟦{name}⟧"))));
        cases.push(if safe.is_empty() { case_ } else { case_.after(format!("{a}\n{b}\n{}", dispatch(safe))) });
    }
    let long = "é".repeat(130);
    cases.push(case("too long", Canonical, &[F011], format!("{a}\n{b}\n{}", dispatch(&format!("⟦{long}⟧")))));
    // counts
    let doc = |number: &str| {
        format!("                               {number} DOCUMENTS\n\ndate 2024-05-03 The minister said so.\n\n")
    };
    let lexis = |numbers: &[&str]| numbers.iter().map(|number| doc(number)).collect::<String>();
    let right = lexis(&["1 of 4", "2 of 4", "3 of 4", "4 of 4"]);
    cases.push(case("right counts", Lexis, &[], &right));
    cases.push(case("a repeat", Lexis, &[F024], lexis(&["1 of 4", "⟦1⟧ of 4", "3 of 4", "4 of 4"])).after(&right));
    cases.push(case("a wrong total", Lexis, &[F024], lexis(&["1 of 4", "2 of ⟦5⟧", "3 of 4", "4 of 4"])).after(&right));
    cases.push(case("a gap", Lexis, &[F024], lexis(&["1 of 4", "2 of 4", "⟦4⟧ of 4"])));
    cases.push(case("a zero", Lexis, &[F024], lexis(&["1 of 4", "⟦0⟧ of 4", "3 of 4", "4 of 4"])).after(&right));
    // tags
    let tag = |name: &str| format!("<DOC id=\"{name}\">\ndate 2024-05-03 The minister said so.\n</DOC>\n");
    let tags = format!("{}{}{}", tag("a"), tag("b"), tag("c"));
    cases.push(case("right tags", Tag, &[], &tags));
    cases.push(case("an unquoted attribute", Tag, &[F025], tags.replace("id=\"b\"", "id=⟦b⟧")).after(&tags));
    cases.push(
        case("an ampersand", Tag, &[F025], tags.replace("id=\"b\"", "id=\"b⟦&⟧d\""))
            .after(tags.replace("id=\"b\"", "id=\"b&amp;d\"")),
    );
    cases.push(
        case(
            "a wrong case",
            Tag,
            &[F025],
            format!("{}{}{}", tag("a"), tag("b").replace("</DOC>", "</⟦doc⟧>"), tag("c")),
        )
        .after(&tags),
    );
    cases.push(case("an orphan", Tag, &[F025], format!("{}⟦</DOC>⟧\n{}{}", tag("a"), tag("b"), tag("c"))).after(&tags));
    cases.push(
        case(
            "unclosed",
            Tag,
            &[F025],
            format!("{}⟦<DOC id=\"b\">⟧\ndate 2024-05-03 The minister said so.\n{}", tag("a"), tag("c")),
        )
        .after(&tags),
    );
    cases.push(case(
        "replacement character",
        Canonical,
        &[F026],
        format!("{a}\n{}\n{c}", b.replace("minister", "mini⟦\u{FFFD}⟧ster")),
    ));
    cases.push(case("nul", Canonical, &[F026], format!("{a}\n{}\n{c}", b.replace("minister", "mini⟦\0⟧ster"))));
    cases.push(case("control", Canonical, &[F026], format!("{a}\n{}\n{c}", b.replace("minister", "mini⟦\u{7}⟧ster"))));
    cases.push(
        case("mojibake", Canonical, &[F026], format!("{a}\n{}\n{c}", b.replace("minister", "minister⟦â€™⟧s aide")))
            .after(
                plain
                    .replacen("minister", "MMM", 1)
                    .replacen("minister", "minister’s aide", 1)
                    .replacen("MMM", "minister", 1),
            ),
    );
    cases
}

/// The text without the marks, and the ranges.
fn unmark(marked: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let (mut text, mut ranges, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '⟦' => start = text.len(),
            '⟧' => ranges.push(start..text.len()),
            '‸' => ranges.push(text.len()..text.len()),
            other => text.push(other),
        }
    }
    (text, ranges)
}

#[test]
fn found_just_there_and_mended() {
    let mut wrong = Vec::new();
    for case in cases() {
        for crlf in [false, true] {
            let end = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
            let (text, ranges) = unmark(&end(&case.text));
            let view = read(&text);
            let found: Vec<Finding> = of_markup(&view);
            let label = format!("{}{}", case.what, if crlf { ", CR LF" } else { "" });
            let got: Vec<_> = found.iter().map(|finding| (finding.code, finding.range.clone())).collect();
            let wanted: Vec<_> = case.codes.iter().copied().zip(ranges).collect();
            if view.dialect() != case.dialect {
                wrong.push(format!("{label}: {:?}", view.dialect()));
                continue;
            }
            // Where a space is too many, it goes with the rest of what is wrong.
            if got != wanted {
                wrong.push(format!("{label}: {}\n  wanted {wanted:?}", shown(&text, &found)));
                continue;
            }
            if let Some(after) = case.after.as_deref().map(end) {
                let mut fixed_text = text.clone();
                let edits: Vec<_> = found
                    .iter()
                    .filter_map(|finding| view.fixes(text.as_str(), finding).into_iter().next())
                    .flat_map(|fix| fix.edits)
                    .collect();
                fixed_text = apply(&fixed_text, &dispatch_ls::text::merge(edits));
                if fixed_text != after {
                    let at = fixed_text.lines().zip(after.lines()).find(|(got, wanted)| got != wanted);
                    wrong.push(format!("{label}: mended to {at:?}\n{fixed_text}"));
                    continue;
                }
            }
            if let Err(error) = hold_laws(&text) {
                wrong.push(format!("{label}: {error}"));
            }
            if let Err(error) = fixed(&text, |_| true) {
                wrong.push(format!("{label}: {error}"));
            }
        }
    }
    crate::check::report(&wrong);
}

#[test]
fn mixed_line_ends() {
    let text = format!("{}\n{}\n{}", dispatch("a.txt"), dispatch("b.txt").replacen('\n', "\r\n", 1), dispatch("c.txt"));
    let view = read(&text);
    let found = of_markup(&view);
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::F022], "{}", shown(&text, &found));
    assert_eq!(fixed(&text, crate::check::is_safe).unwrap(), text.replace("\r\n", "\n"));
    let lone = text.replace("\r\n", "\n").replacen("so.\n", "so.\r", 1);
    let found = of_markup(&read(&lone));
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::F022], "{}", shown(&lone, &found));
}
