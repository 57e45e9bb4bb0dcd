use dispatch_ls::features::symbols::{self, Depth, Kind};
use dispatch_ls::features::{Patient, Watch};
use expect_test::{Expect, expect};

use crate::fixture::{document, under};

fn check(text: &str, expected: Expect) {
    let snapshot = document(text);
    let lines = |offset| snapshot.text.line_of(offset) + 1;
    let shown = symbols::find_all(&snapshot, Depth::Dispatches, &Patient).unwrap().into_iter().map(|symbol| {
        let range = format!("lines {} to {}", lines(symbol.range.start), lines(symbol.range.end));
        let place = under(&snapshot, &symbol.name_range, "");
        format!("{} ({}) {range}\n{place}", symbol.name, symbol.detail)
    });
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn dispatches_with_date_and_title() {
    check(
        "=== FILE: a.txt ===\ndate: 2024-12-01\nHL: Storm\n\nText.\n\n=== FILE: b.txt ===\n\n date 2024-12-02 Text.\n\n\
         === FILE: ===\n\nText.\n",
        expect![[r#"
            a.txt (2024-12-01 · Storm) lines 1 to 7
            === FILE: a.txt ===
                      ^^^^^
            b.txt (2024-12-02) lines 7 to 11
            === FILE: b.txt ===
                      ^^^^^
            dispatch 3 () lines 11 to 14
            === FILE: ===
            ^^^^^^^^^^^^^
        "#]],
    );
}

#[test]
fn a_file_without_delimiters_is_named_after_the_file() {
    check(
        " date 2024-12-01 Text.\n",
        expect![[r#"
        news.txt (2024-12-01) lines 1 to 2
         date 2024-12-01 Text.
        ^
    "#]],
    );
    check(
        "",
        expect![[r#"
            news.txt () lines 1 to 1

            ^
        "#]],
    );
}

#[test]
fn a_name_below_its_tag() {
    check(
        "<DOC>\n<DOCNO> APW-1 </DOCNO>\nText.\n</DOC>\n",
        expect![[r#"
        APW-1 () lines 1 to 5
        <DOCNO> APW-1 </DOCNO>
                ^^^^^
    "#]],
    );
}

#[test]
fn names_are_one_short_line() {
    check(
        &format!("=== FILE: a\u{202E}b.txt ===\ntitle: {}\n\nText.\n", "long ".repeat(60)),
        expect![[r#"
        a[U+202E]b.txt (long long long long long long long long long long long long long long long long long long long long long long long long l…) lines 1 to 5
        === FILE: a�b.txt ===
                  ^^^^^^^
    "#]],
    );
}

#[test]
fn there_is_an_end_to_it() {
    let many: String = (0..50_010).map(|number| format!("=== FILE: {number} ===\nx\n")).collect();
    assert_eq!(symbols::find_all(&document(&many), Depth::Everything, &Patient).unwrap().len(), 50_000);
}

#[test]
fn nobody_waits() {
    struct Gone;
    impl Watch for Gone {
        fn goes_on(&self, _: usize, _: usize) -> bool {
            false
        }
    }
    assert!(symbols::find_all(&document("=== FILE: a ===\n\nText.\n"), Depth::Everything, &Gone).is_none());
}

fn check_inside(text: &str, expected: Expect) {
    let snapshot = document(text);
    let mut shown = String::new();
    for dispatch in symbols::find_all(&snapshot, Depth::Everything, &Patient).unwrap() {
        shown += &format!("{}\n", dispatch.name);
        for child in dispatch.children {
            let kind = match child.kind {
                Kind::Actor(kind) => kind.name(),
                Kind::Claim => "claim",
                Kind::Dispatch => panic!("no dispatch is in another"),
            };
            let [range, name] = [&child.range, &child.name_range].map(|range| snapshot.text.slice(range.clone()));
            assert!(child.range.start <= child.name_range.start && child.name_range.end <= child.range.end);
            assert!(dispatch.range.start <= child.range.start && child.range.end <= dispatch.range.end);
            shown += &format!("  {kind}: {} ({}) at “{name}” in “{range}”\n", child.name, child.detail);
        }
    }
    expected.assert_eq(&shown);
}

#[test]
fn actors_and_claims_of_each_dispatch() {
    check_inside(
        "=== FILE: a.txt ===\ndate: 2024-12-01\n\nPresident Ilse Varga left Kenya. “We,” she added, “are ready.” Officials \
         denied that Varga said so.\n\n=== FILE: b.txt ===\n\nIt was reportedly cold.\n",
        expect![[r#"
            a.txt
              person: Ilse Varga (President · 3 mentions) at “Ilse Varga” in “President Ilse Varga”
              place: Kenya (KE · 1 mention) at “Kenya” in “Kenya”
              person: Officials (1 mention) at “Officials” in “Officials”
              claim: “We,” Ilse Varga added “are ready.” (neutral · certain) at “added” in ““We,” she added, “are ready.””
              claim: Officials denied that Varga said so (assertive · denied) at “denied” in “Officials denied that Varga said so”
            b.txt
              claim: It was reportedly cold (neutral · probable) at “reportedly” in “It was reportedly cold”
        "#]],
    );
}

#[test]
fn in_large_files_there_are_dispatches_only() {
    let dispatch = "=== FILE: a.txt ===\n\nIlse Varga said that it was cold.\n\n";
    let children = |text: &str| {
        let symbols = symbols::find_all(&document(text), Depth::Everything, &Patient).unwrap();
        symbols.iter().map(|dispatch| dispatch.children.len()).sum::<usize>()
    };
    let count = symbols::LARGEST / dispatch.len();
    assert_eq!(children(&dispatch.repeat(count)), 2 * count);
    assert_eq!(children(&dispatch.repeat(count + 1)), 0);
}
