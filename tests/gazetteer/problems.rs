//! What `actors lint` finds.

use dispatch_ls::gazetteer::{Gazetteer, lint};
use expect_test::{Expect, expect};

use super::native;

fn check(text: &str, expected: Expect) {
    let problems = lint(&[&native(text)]).remove(0);
    let shown = problems.iter().map(|problem| {
        let row = 1 + text[..problem.range.start].matches('\n').count();
        format!("{row}: {} at `{}`: {}\n", problem.code.id(), &text[problem.range.clone()], problem.message)
    });
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn names() {
    check(
        r#"{"id":"a","name":"Ada Quill","aliases":["Quill","May","X","Quill"]}
{"id":"b","name":"Ben Quill","aliases":["QUILL"]}
{"id":"b","name":"Cy Oak"}
{"id":"c","name":"WHO"}
"#,
        expect![[r#"
            1: G001 at `Quill`: the name `Quill` is that of `Ben Quill` on line 2, too: where a text has it, nobody can tell whom it means
            1: G005 at `May`: the name `May` is a common word: it would be found where nobody is meant
            1: G005 at `X`: the name `X` is too short: it would be found everywhere
            2: G001 at `QUILL`: the name `QUILL` is that of `Ada Quill` on line 1, too: where a text has it, nobody can tell whom it means
            3: G001 at `b`: the id `b` is taken by `Ben Quill` on line 2: the two are read as one actor
        "#]],
    );
}

#[test]
fn roles() {
    check(
        r#"{"id":"a","name":"Ada Quill","roles":[{"title":"Reeve","country":"NZ","from":"2020","to":"2019"}]}
{"id":"b","name":"Ben Oak","roles":[{"title":"President","country":"NZ","from":"2001-01-01","to":"2005-06-01"},{"title":"President","country":"NZ","from":"2004-01-01","to":"2006-01-01"}]}
{"id":"c","name":"Cy Elm","roles":[{"title":"President","country":"NZ","from":"2006-01-01"}]}
{"id":"d","name":"Di Ash","roles":[{"title":"President","country":"NZ","from":"2009-01-01"}]}
{"id":"e","name":"Ed Fir","roles":[{"title":"Member of Parliament","country":"NZ","from":"2009-01-01"}]}
{"id":"f","name":"Flo Yew","roles":[{"title":"Member of Parliament","country":"NZ","from":"2009-01-01"}]}
"#,
        expect![[r#"
            1: G002 at `2019`: the role `Reeve` ends on 2019-12-31, before it starts on 2020-01-01
            2: G006 at `2004-01-01`: the role `President` is held twice at the same time: (2001-01-01 to 2005-06-01) and (2004-01-01 to 2006-01-01)
            4: G006 at `2009-01-01`: the role `President` of NZ (since 2009-01-01) overlaps with that of `Cy Elm` (since 2006-01-01) on line 3
        "#]],
    );
}

#[test]
fn codes() {
    check(
        r#"{"id":"a","name":"Ada Quill","country":"QQ","codes":{"cameo":["NZLGOV","IGOUNO","QQQGOV","NZ"]}}
"#,
        expect![[r#"
            1: G007 at `QQ`: `country`: `QQ` is no country code of ISO 3166, such as `IR`
            1: G007 at `QQQGOV`: the CAMEO code `QQQGOV` begins with `QQQ`, which is no country and no sort of actor
            1: G007 at `NZ`: the CAMEO code `NZ` is not made of groups of three letters
        "#]],
    );
}

#[test]
fn what_other_files_say_counts_too() {
    let (one, two) = (r#"{"id":"a","name":"Ada Quill"}"#, r#"{"id":"z","name":"Ada Quill"}"#);
    let problems = lint(&[&native(one), &native(two)]);
    assert!(problems[0].is_empty());
    assert_eq!(problems[1].len(), 1);
    assert!(problems[1][0].message.contains("line 1 of actors.jsonl"), "{}", problems[1][0].message);
}

#[test]
fn roles_hold_on_their_days() {
    let text = r#"{"id":"a","kind":"person","name":"Ada Quill","roles":[{"title":"Reeve","country":"NZ","from":"2001","to":"2003"},{"title":"Mayor","org":"Ria","country":"AU","from":"2003-06-01"}]}"#;
    let (gazetteer, _) = Gazetteer::new(&[&native(text)]);
    let cut = ["Ada", "Quill"];
    let id = gazetteer.longest(cut.into_iter()).unwrap().entries[0];
    let on = |day: &str| {
        let entry = gazetteer.entry(id, Some(day.parse().unwrap())).unwrap();
        format!("{:?} {:?} {:?}", entry.role, entry.org, entry.country)
    };
    assert_eq!(on("2000-12-31"), "None None None");
    assert_eq!(on("2001-01-01"), r#"Some("Reeve") None Some("NZ")"#);
    assert_eq!(on("2003-05-31"), r#"Some("Reeve") None Some("NZ")"#);
    assert_eq!(on("2003-06-01"), r#"Some("Mayor") Some("Ria") Some("AU")"#);
    assert_eq!(gazetteer.entry(id, None).unwrap().role, Some("Mayor"));
}
