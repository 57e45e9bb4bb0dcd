//! Headers and dates: what is one, what is none, and where just it is wrong.

use dispatch_ls::corpus::Code;
use dispatch_ls::text::apply;

use crate::check::{read, serious, shown};

/// First lines that look like `key: value` and are text.
const PROSE: &[&str] = &[
    "Damascus: Iran FM meets Syrian counterpart",
    "Tehran: The minister said talks would resume.",
    "Analysis: why the talks failed",
    "BREAKING: Ceasefire announced in Gaza",
    "UPDATE 1: Oil rises on supply fears",
    "Assad: Syria continues to defend its territorial integrity",
    "Q: What did the minister say?",
    "http://example.org/news: a page",
    "10:30 The session began.",
    "“Peace: a plan”, as the paper calls it",
    "Note: this is a corrected version.",
    "Source:Reuters",
    "url://harbour",
    "London (AP): the court ruled on Friday.",
    "Live: war in Ukraine, day 400",
    "Minister: we will not negotiate",
    "Watch: drone footage of the flood",
    "Explainer: what is the Golan?",
    "Россия: что дальше",
    "Berlin: Kanzler trifft Präsidenten",
    "تهران: وزیر امور خارجه گفت",
    "北京：外交部发言人表示",
];

#[test]
fn first_lines_of_text_are_no_header() {
    let mut wrong = Vec::new();
    for line in PROSE {
        for text in [
            format!(
                "=== FILE: 2024-05-03_a.txt ===\n{line}\n\nThe minister said so.\n\n=== FILE: 2024-05-03_b.txt ===\nThe end.\n"
            ),
            format!(
                "=== FILE: 2024-05-03_a.txt ===\n{line}\nThe minister said so.\n\n=== FILE: 2024-05-03_b.txt ===\nThe end.\n"
            ),
            format!(
                "=== FILE: 2024-05-03_a.txt ===\ndate: 2024-05-03\n\n{line}\nThe minister said so.\n\n=== FILE: 2024-05-03_b.txt ===\nThe end.\n"
            ),
        ] {
            let view = read(&text);
            let found: Vec<_> = serious(&view).into_iter().collect();
            if !found.is_empty() {
                wrong.push(format!("{line:?}: {} in {text:?}", shown(&text, &found)));
            }
        }
    }
    crate::check::report(&wrong);
}

/// Header lines of one dispatch, `⟦…⟧` around what is wrong, the code, and the header after the first fix.
const HEADERS: &[(&str, &[Code], &str)] = &[
    ("date: 2024-05-03\n", &[], ""),
    ("date: 2024-05-03T09:40Z\n", &[], ""),
    ("date: 2024-05-03 09:40\n", &[], ""),
    ("date:2024-05-03\nsource:AFP\n", &[], ""),
    ("date:⟦2024-02-30⟧\n", &[Code::H004], ""),
    ("date: 2024-05\n", &[], ""),
    ("date: 2024\n", &[], ""),
    ("date: 2024-02-29\n", &[], ""),
    ("date: 9999-12-31\n", &[], ""),
    ("PD: 2024-05-03\nSN: AFP\nHD: Talks\nAN: x1\n", &[], ""),
    ("pub_date: 2024-05-03\npublisher: AFP\nHEADLINE: Talks\nDOCNO: x1\nAUTHOR: J. Doe\n", &[], ""),
    ("LOAD-DATE: 2024-05-03\ncredit: AFP\nTI: Talks\nNEWID: x1\nBY: J. Doe\n", &[], ""),
    ("date: 2024-05-03\nx-note: anything\nx-note: again\n", &[], ""),
    ("date: ⟦2023-02-29⟧\n", &[Code::H004], ""),
    ("date: ⟦2024-13-41⟧\n", &[Code::H004], ""),
    ("date: ⟦0000-00-00⟧\n", &[Code::H004], ""),
    ("date: ⟦2024-02-30⟧\n", &[Code::H004], ""),
    ("date: ⟦2024-00-03⟧\n", &[Code::H004], ""),
    ("date: ⟦March 5, 2024⟧\n", &[Code::H005], "date: 2024-03-05\n"),
    ("date: ⟦5 March 2024⟧\n", &[Code::H005], "date: 2024-03-05\n"),
    ("date: ⟦2024/03/05⟧\n", &[Code::H005], "date: 2024-03-05\n"),
    ("date: ⟦25/03/2024⟧\n", &[Code::H005], "date: 2024-03-25\n"),
    ("date: ⟦20240305⟧\n", &[Code::H005], "date: 2024-03-05\n"),
    ("date: 2024-05-03\n⟦sorce⟧: AFP\n", &[Code::H001], "date: 2024-05-03\nsource: AFP\n"),
    ("date: 2024-05-03\n⟦titel⟧: Talks\n", &[Code::H001], "date: 2024-05-03\ntitle: Talks\n"),
    ("date: 2024-05-03\nsource: AFP\n⟦source⟧: AP\n", &[Code::H002], "date: 2024-05-03\nsource: AFP\n"),
    ("date: 2024-05-03\n⟦PD⟧: 2024-05-03\n", &[Code::H002], "date: 2024-05-03\n"),
];

#[test]
fn header_lines() {
    let mut wrong = Vec::new();
    for (header, codes, after) in HEADERS {
        for eol in ["\n", "\r\n"] {
            let whole = |header: &str| {
                format!("=== FILE: a.txt ===\n{header}\nThe minister said so.\n\n=== FILE: b.txt ===\ndate: 2024-05-03\n\nThe end.\n")
                    .replace('\n', eol)
            };
            let marked = whole(header);
            let (start, end) = (marked.find('⟦'), marked.find('⟧'));
            let text = marked.replace(['⟦', '⟧'], "");
            let range = start.zip(end).map(|(start, end)| start..end - '⟦'.len_utf8());
            let view = read(&text);
            let found = serious(&view);
            let got: Vec<_> = found.iter().map(|finding| finding.code).collect();
            if got != *codes || found.first().map(|finding| finding.range.clone()) != range {
                wrong.push(format!("{header:?}: {} wanted {codes:?} {range:?}", shown(&text, &found)));
                continue;
            }
            if !after.is_empty() {
                let fixes = view.fixes(text.as_str(), &found[0]);
                let fixed = fixes.first().map(|fix| apply(&text, &fix.edits));
                if fixed.as_deref() != Some(&whole(after)) {
                    wrong.push(format!("{header:?}: mended to {fixed:?}"));
                }
            }
            if let Err(error) = crate::check::hold_laws(&text) {
                wrong.push(format!("{header:?}: {error}"));
            }
        }
    }
    crate::check::report(&wrong);
}

#[test]
fn doubtful_dates_have_an_action_for_each_reading() {
    let text = "=== FILE: a.txt ===\ndate: 04/03/2024\n\nThe minister said so.\n";
    let view = read(text);
    let found = serious(&view);
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::H005]);
    let mut fixed: Vec<_> = view.fixes(text, &found[0]).iter().map(|fix| apply(text, &fix.edits)).collect();
    fixed.sort();
    assert_eq!(fixed, [text.replace("04/03/2024", "2024-03-04"), text.replace("04/03/2024", "2024-04-03")]);
}

/// Where the dates of a dispatch disagree, and weekdays that were none.
const CLASHES: &[(&str, &[Code])] = &[
    ("=== FILE: a.txt ===\ndate: 2024-05-03\n\ndate ⟦2024-05-13⟧ The minister said so.\n", &[Code::H008]),
    ("=== FILE: ⟦2024-05-13⟧_a.txt ===\ndate: 2024-05-03\n\nThe minister said so.\n", &[Code::H008]),
    ("=== FILE: 2024-05-03_a.txt ===\ndate: 2024-05\n\nThe minister said so.\n", &[]),
    ("=== FILE: a.txt ===\ndate ⟦2024-02-30⟧ The minister said so.\n", &[Code::H004]),
    ("=== FILE: a.txt ===\ndate ⟦0000-00-00⟧ The minister said so.\n", &[Code::H004]),
    ("⟦=== FILE: a.txt ===⟧\nThe minister said so.\n", &[Code::H003]),
    ("=== FILE: a.txt ===\ndate: 2024-12-02\n\nThey met on ⟦Monday⟧, December 1, 2024, he said.\n", &[Code::H007]),
    ("=== FILE: a.txt ===\ndate: 2024-12-02\n\nThey met on Sunday, December 1, 2024, he said.\n", &[]),
    ("=== FILE: a.txt ===\n date 2024-12-02 The minister said so.\n", &[]),
    ("=== FILE: a.txt ===\ndate 2024-12-02\nThe minister said so.\n", &[]),
    ("=== FILE: a.txt ===\ndate 2024-12-02\n⟦Home>>⟧\nThe minister said so.\n", &[Code::H010]),
    ("=== FILE: a.txt ===\ndate 2024-12-02 ⟦×⟧\nThe minister said so.\n", &[Code::H010]),
    ("=== FILE: a.txt ===\ndate 2024-12-02\n⟦Left Menu⟧\nThe minister said so.\n", &[Code::H010]),
];

#[test]
fn dates() {
    let mut wrong = Vec::new();
    for (marked, codes) in CLASHES {
        let (start, end) = (marked.find('⟦'), marked.find('⟧'));
        let text = marked.replace(['⟦', '⟧'], "");
        let range = start.zip(end).map(|(start, end)| start..end - '⟦'.len_utf8());
        let found = serious(&read(&text));
        let got: Vec<_> = found.iter().map(|finding| finding.code).collect();
        if got != *codes || found.first().map(|finding| finding.range.clone()) != range {
            wrong.push(format!("{marked:?}: {}", shown(&text, &found)));
        } else if let Err(error) = crate::check::hold_laws(&text) {
            wrong.push(format!("{marked:?}: {error}"));
        }
    }
    crate::check::report(&wrong);
}
