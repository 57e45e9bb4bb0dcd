use dispatch_ls::features::completion;
use expect_test::{Expect, expect};

use crate::fixture::{open_at, under};

fn check(marked: &str, expected: Expect) {
    let (snapshot, offset) = open_at(marked);
    let items = completion::find(&snapshot, offset);
    let shown = items.into_iter().map(|item| {
        assert!(item.range.start <= offset && offset <= item.range.end, "{item:?}");
        format!("{:?} ({})\n{}", item.put, item.detail, under(&snapshot, &item.range, ""))
    });
    expected.assert_eq(&shown.collect::<String>());
}

/// Only what would be written.
fn check_words(marked: &str, expected: Expect) {
    let (snapshot, offset) = open_at(marked);
    let items = completion::find(&snapshot, offset);
    let shown = items.into_iter().map(|item| format!("{} ({})\n", item.put.trim_end(), item.detail));
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn an_opener_in_the_corpus_own_style() {
    check(
        "=== FILE: a-09.txt ===\n\nText.\n\n==|\n",
        expect![[r#"
        "=== FILE: a-10.txt ===" (opens a dispatch)
        ==
        ^^
    "#]],
    );
    check(
        "=== FILE: a.txt ===\n\nText.\n\n=== FILE: | ===\n",
        expect![[r#"
            "=== FILE: dispatch-2.txt ===" (opens a dispatch)
            === FILE:  ===
            ^^^^^^^^^^^^^^
        "#]],
    );
    check(
        "<<<FILE: a>>>\n\nText.\n\n<<|\n",
        expect![[r#"
            "<<<FILE: dispatch-2>>>" (opens a dispatch)
            <<
            ^^
        "#]],
    );
    check(
        "## File: a.md\n\nText.\n\n#|\n",
        expect![[r###"
        "## File: dispatch-2.md" (opens a dispatch)
        #
        ^
    "###]],
    );
    check(
        "-- a.txt --\nText.\n-|\n",
        expect![[r#"
        "-- dispatch-2.txt --" (opens a dispatch)
        -
        ^
    "#]],
    );
    check(
        "<DOC id=\"a\">\nText.\n</DOC>\n<|\n",
        expect![[r#"
        "<DOC id=\"dispatch-2.txt\">" (opens a dispatch)
        <
        ^
    "#]],
    );
    check(
        "================\nFILE: a.txt\n================\nText.\n\n===|\n",
        expect![[r#"
        "================\nFILE: dispatch-2.txt\n================" (opens a dispatch)
        ===
        ^^^
    "#]],
    );
}

#[test]
fn the_first_opener_of_a_file_is_canonical() {
    check(
        "=|",
        expect![[r#"
        "=== FILE: dispatch-1.txt ===" (opens a dispatch)
        =
        ^
    "#]],
    );
}

#[test]
fn a_closer_where_the_corpus_closes() {
    check(
        "=== FILE: a ===\n\nText.\n\n=== END FILE: a ===\n\n=== FILE: b ===\n\nText.\n\n=== E|\n",
        expect![[r#"
        "=== END FILE: b ===" (closes the dispatch)
        === E
        ^^^^^
    "#]],
    );
    check_words(
        "=== FILE: a ===\n\nText.\n\n=== END FILE ===\n\n=== FILE: b ===\n\nText.\n\n=|\n",
        expect![[r#"
            === END FILE === (closes the dispatch)
            === FILE: dispatch-3 === (opens a dispatch)
        "#]],
    );
}

#[test]
fn a_free_name() {
    check_words(
        "=== FILE: 1.txt ===\n\n=|\n\n=== FILE: 2.txt ===\n\n=== FILE: 2-2.txt ===\n",
        expect![[r#"
        === FILE: 2-3.txt === (opens a dispatch)
    "#]],
    );
}

#[test]
fn nothing_in_text() {
    for marked in [
        "=== FILE: a ===\n\nText|\n",
        "=== FILE: a ===\n\n|\n",
        "=== FILE: a ===\n\n= not a|\n",
        "=== FILE: a ===\n\n=|text\n",
        "=== FILE: a ===\n\n-|\n",
        "=== FILE: a ===\n\ndate: |\n",
        "|",
    ] {
        check(marked, expect![[r""]]);
    }
}

#[test]
fn keys_that_are_not_there_yet() {
    check_words(
        "=== FILE: a ===\n|\n\nText.\n",
        expect![[r#"
        id: (identifier of the dispatch at its agency or archive)
        date: (dispatch date, YYYY-MM-DD: the day against which relative dates are resolved)
        source: (agency or paper that sent it)
        url: (where it was published)
        title: (headline)
        byline: (who wrote it)
        dateline: (place and day as the dispatch gives them, BEIJING, June 25 (Xinhua))
        place: (where it was filed)
        lang: (language of the text, as a BCP 47 tag: en, ar, zh-Hans)
        type: (kind of dispatch: story, advisory, multi, other)
        wire: (service it was sent on)
        retrieved: (day on which it was fetched, YYYY-MM-DD)
        sha256: (checksum of the text as fetched)
    "#]],
    );
    check_words(
        "=== FILE: a ===\nHL: Storm\nda|\nPUB: SANA\nurl: x\nid: 1\n\nText.\n",
        expect![[r#"
        date: (dispatch date, YYYY-MM-DD: the day against which relative dates are resolved)
        byline: (who wrote it)
        dateline: (place and day as the dispatch gives them, BEIJING, June 25 (Xinhua))
        place: (where it was filed)
        lang: (language of the text, as a BCP 47 tag: en, ar, zh-Hans)
        type: (kind of dispatch: story, advisory, multi, other)
        wire: (service it was sent on)
        retrieved: (day on which it was fetched, YYYY-MM-DD)
        sha256: (checksum of the text as fetched)
    "#]],
    );
    check(
        "=== FILE: a ===\nty|p: story\ntitle: A\nid: 1\nwire: x\nplace: x\nsha256: x\nbyline: x\nlang: x\nurl: x\nsource: y\nretrieved: x\ndate: 1\n\nText.\n",
        expect![[r#"
            "dateline" (place and day as the dispatch gives them, BEIJING, June 25 (Xinhua))
            typ: story
            ^^^
            "type" (kind of dispatch: story, advisory, multi, other)
            typ: story
            ^^^
        "#]],
    );
}

#[test]
fn dates() {
    check(
        "=== FILE: 2024-11-30.txt ===\ndate: 2024-11-29\n\nText.\n\n=== FILE: 2024-12-01.txt ===\ndate: |\n\n date 2024-12-02 On March 5, 2024 and 6 May 2023.\n",
        expect![[r#"
            "2024-12-02" (from the prologue)
            date: 
                  ^
            "2024-12-01" (from the name)
            date: 
                  ^
            "2024-11-29" (of the dispatch before)
            date: 
                  ^
            "2024-03-05" (from the text)
            date: 
                  ^
            "2023-05-06" (from the text)
            date: 
                  ^
        "#]],
    );
    check(
        "=== FILE: a ===\ndate:|20\n\nOn 2024-12-01.\n",
        expect![[r#"
        " 2024-12-01" (from the text)
        date:20
             ^^
    "#]],
    );
}

#[test]
fn values() {
    check_words(
        "=== FILE: a ===\nlang: |\n",
        expect![[r#"
        en (English)
        ar (Arabic)
        de (German)
        es (Spanish)
        fa (Persian)
        fr (French)
        he (Hebrew)
        hi (Hindi)
        id (Indonesian)
        it (Italian)
        ja (Japanese)
        ko (Korean)
        ku (Kurdish)
        nl (Dutch)
        pl (Polish)
        pt (Portuguese)
        ru (Russian)
        sw (Swahili)
        tr (Turkish)
        uk (Ukrainian)
        ur (Urdu)
        vi (Vietnamese)
        zh-Hans (Chinese, simplified)
        zh-Hant (Chinese, traditional)
    "#]],
    );
    check_words(
        "=== FILE: a ===\ntype: |\n",
        expect![[r#"
        story (one story)
        advisory (a note to editors)
        multi (several stories in one)
        other (none of these)
    "#]],
    );
    check_words(
        "=== FILE: a ===\nsource: SANA\n\n=== FILE: b ===\nSN: SANA\n\n=== FILE: c ===\nsource: Xinhua 新华社\n\n=== FILE: d ===\nsource: S|\n",
        expect![[r#"
            SANA (in 2 other dispatches)
            Xinhua 新华社 (in 1 other dispatch)
        "#]],
    );
    check_words("=== FILE: a ===\ntitle: |\n", expect![[r""]]);
}
