//! `actors import`: what is merged, and that nothing that people wrote is lost.

use dispatch_ls::gazetteer::read::{Format, read};
use dispatch_ls::gazetteer::{Record, merge};
use expect_test::{Expect, expect};

fn records(name: &str, text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let problems = read(text, &Format::of(name, text).unwrap(), &mut |record, _| records.push(record));
    assert!(problems.is_empty(), "{problems:?}");
    records
}

fn check(existing: &str, name: &str, text: &str, expected: Expect) {
    let records = records(name, text);
    let merged = merge(existing, &records).unwrap();
    expected.assert_eq(&format!("{} added, {} extended\n{}", merged.added, merged.extended, merged.text));
    let again = merge(&merged.text, &records).unwrap();
    assert_eq!((again.added, again.extended), (0, 0), "a second time nothing is new");
    assert_eq!(again.text, merged.text);
}

#[test]
fn lines_to_which_nothing_is_added_stay_as_they_are() {
    check(
        "{\"name\": \"Zoe Ash\",  \"id\":\"zoe-ash\", \"mine\": [1, 2]}\n{\"id\":\"a\",\"name\":\"A Man\"}\n",
        "x.csv",
        "id,name\nzoe-ash,Zoe Ash\n",
        expect![[r#"
            0 added, 0 extended
            {"id":"a","name":"A Man"}
            {"name": "Zoe Ash",  "id":"zoe-ash", "mine": [1, 2]}
        "#]],
    );
}

#[test]
fn records_are_found_by_id_item_and_name() {
    check(
        "{\"id\":\"zoe-ash\",\"kind\":\"person\",\"name\":\"Zoe Ash\",\"qid\":\"Q7\",\"mine\":true}\n{\"id\":\"ria\",\"kind\":\"organization\",\"name\":\"Ria Board\",\"roles\":\"mine\"}\n",
        "x.csv",
        "wikidata id,name,aliases,title,country,from,to,cameo,kind\nQ7,Zoé Ashe,Z. Ash,Mayor,NZ,2001,2002,NZLGOV,person\n,Ria board,The Board,,,,,NZLBUS,org\n,Zoe Ash,,,,,,,org\n,New One,,,,,,,person\n",
        expect![[r#"
            2 added, 2 extended
            {"id":"new-one","kind":"person","name":"New One"}
            {"id":"ria","kind":"organization","name":"Ria Board","aliases":["Ria board","The Board"],"roles":"mine","codes":{"cameo":"NZLBUS"}}
            {"id":"zoe-ash","kind":"person","name":"Zoe Ash","aliases":["Zoé Ashe","Z. Ash"],"roles":[{"title":"Mayor","country":"NZ","code":"NZLGOV","from":"2001-01-01","to":"2002-12-31"}],"qid":"Q7","mine":true}
            {"id":"zoe-ash-2","kind":"organization","name":"Zoe Ash"}
        "#]],
    );
}

#[test]
fn a_line_that_would_be_lost_stops_it() {
    let problem = merge("{\"id\":\"a\",\"name\":\"A\"}\nnot json\n", &[]).unwrap_err();
    assert_eq!(problem.range, 22..30);
}
