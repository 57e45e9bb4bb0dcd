//! Each format of actors files, as texts.

use expect_test::{Expect, expect};

use super::shown;

fn check(name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&shown(name, text));
}

#[test]
fn our_own() {
    check(
        "actors.jsonl",
        r#"{"id":"lena-brandt","kind":"person","name":"Lena Brandt","aliases":["L. Brandt",{"v":"Лена Брандт","lang":"ru"}],"roles":[{"title":"Envoy","org":"Red Harbour","country":"DEU","from":"2024-08","to":"2024-09"}],"codes":{"cameo":["DEUGOV","IGO"]},"qid":"Q1","note":"n","mine":1}

{"id":"bare","name":"Bare Bones"}
"#,
        expect![[r#"
            actors.jsonl
            1: lena-brandt = Lena Brandt (person) | +L. Brandt | +Лена Брандт @ru | [Envoy, Red Harbour, DE 2024-08-01..2024-09-30] | cameo:DEUGOV | cameo:IGO | item Q1 | note n
            3: bare = Bare Bones (?)
        "#]],
    );
}

#[test]
fn what_is_wrong_in_a_line_is_told_and_the_rest_is_read() {
    check(
        "actors.jsonl",
        r#"{"id":1,"kind":"alien","name":"Ada Quill","aliases":["A. Quill",7,{"v":8}],"roles":["king",{"title":"Mayor","country":"ZZ","from":"2024-02-30","to":"soon"}],"codes":{"cameo":5},"note":null}
{"name":"
[1,2]
{"id":"nameless"}
{"id":"last","name":"Last One","aliases":"none","roles":{},"codes":[]}
"#,
        expect![[r#"
            actors.jsonl
            1:  = Ada Quill (?) | +A. Quill
            5: last = Last One (?)
            1: G008 at `id`: `id` must be text, not a number; it is left out
            1: G008 at `alien`: `kind`: `alien` is none of person, organization, place (or none, for what is not an actor)
            1: G008 at `aliases`: `aliases` must be a name, or {"v": name, "lang": language}, not a number; it is left out
            1: G008 at `aliases`: `aliases` must be a name, or {"v": name, "lang": language}, not an object; it is left out
            1: G008 at `roles`: `roles` must be an object: {"title": …, "from": …}, not text; it is left out
            1: G007 at `ZZ`: `country`: `ZZ` is no country code of ISO 3166, such as `IR`
            1: G003 at `2024-02-30`: `roles.from`: no calendar has the date `2024-02-30`; the role is left out
            1: G003 at `soon`: `roles.to`: `soon` is no date; write YYYY-MM-DD, YYYY-MM or YYYY; the role is left out
            1: G008 at `codes`: `codes` must be text: {"cameo": "IRNGOV"}, not a number; it is left out
            2: G008 at `"`: this line is not JSON: EOF while parsing a string; it is left out
            3: G008 at `[1,2]`: a line must be an object: `{"id": …, "name": …}`
            4: G008 at `{"id":"nameless"}`: `name` is missing: this record is left out
            5: G008 at `aliases`: `aliases` must be a list of names, not text; it is left out
            5: G008 at `roles`: `roles` must be a list of roles, not an object; it is left out
            5: G008 at `codes`: `codes` must be an object: {"cameo": "IRNGOV"}, not a list; it is left out
        "#]],
    );
}

#[test]
fn petrarch() {
    check(
        "Test.actors.txt",
        "# A comment\n<!-- another\nFOO_ [BAR]\n-->\nMORAVIA_  [CZE] # a state\n+OLD_MORAVIA_\n\nANNA_AL-HADDAD_  ; made up\n+MS._HADDAD\n\t[SYRELI 940101-000717]\n\t[SYRGOV >20000717] [---]\n\t[SYRMIL <351301]\n\t[SYROPP 360101-360102]\n\nUN_HARBOUR_COMMISSION_\nU.N._HARBOUR_COMMISSION_\n\t[IGOUNO]\n+LATE\n\t[BROKEN\n",
        expect![[r#"
            PETRARCH actors
            5:  = Moravia (place) | of CZ | +Old Moravia | cameo:CZE
            8:  = Anna al-Haddad (person) | of SY | +Ms. Haddad | [SY, SYRELI 1994-01-01..2000-07-17] | [SY, SYRGOV 2000-07-17..] | [SY, SYROPP 1936-01-01..1936-01-02]
            15:  = UN Harbour Commission (organization) | +U.N. Harbour Commission | +Late | cameo:IGOUNO
            12: G003 at `351301`: `351301`: no calendar has this date; the role is left out
            13: G004 at `360101`: the century of `360101` is in doubt, it is read as 1936-01-01: write four digits
            13: G004 at `360102`: the century of `360102` is in doubt, it is read as 1936-01-02: write four digits
            19: G008 at `BROKEN`: a code without its closing `]`
        "#]],
    );
}

#[test]
fn namesakes_of_two_countries_in_petrarch_are_two() {
    check(
        "x.actors.txt",
        "IVAN_POP_\n\t[ROUGOV 990101-000101]\n\nIVAN_POP_\n\t[BGRGOV 990101-000101]\n",
        expect![[r#"
        PETRARCH actors
        1: ivan-pop-rou = Ivan Pop (person) | of RO | [RO, ROUGOV 1999-01-01..2000-01-01]
        4: ivan-pop-bgr = Ivan Pop (person) | of BG | [BG, BGRGOV 1999-01-01..2000-01-01]
    "#]],
    );
}

#[test]
fn agents_are_no_actors() {
    check(
        "x.txt",
        "MINISTER_ [~GOV]\n",
        expect![[r#"
        PETRARCH actors
        1: G008 at `MINISTER_ [~GOV]`: codes with `~` are those of agents, not of actors: give the file of actors
    "#]],
    );
}

#[test]
fn follow_the_money() {
    check(
        "entities.ftm.json",
        r#"{"id":"p1","schema":"Person","caption":"Omar Sefrou","properties":{"name":["Omar Sefrou","Umar Sefrou"],"alias":["The Clerk"],"weakAlias":["Clerk"],"nationality":["ma"],"wikidataId":["Q77"],"position":["Clerk of Works"]}}
{"id":"o1","schema":"Position","caption":"Minister of Works","properties":{"country":["ma"]}}
{"id":"c1","schema":"Organization","properties":{"name":["Works Board"]}}
{"id":"r1","schema":"Occupancy","properties":{"holder":["p1"],"post":["o1"],"startDate":["2020-03"],"endDate":["2021-13"]}}
{"id":"r2","schema":"Membership","properties":{"member":[{"id":"p1"}],"organization":["c1"],"role":["chair"]}}
{"id":"n1","schema":"Person","properties":{}}
{"id":"a1","schema":"Address","properties":{}}
{"id":5}
"#,
        expect![[r#"
            FollowTheMoney
            1: p1 = Omar Sefrou (person) | of MA | +Umar Sefrou | +The Clerk | [Clerk of Works ..] | [chair, Works Board ..] | item Q77
            3: c1 = Works Board (organization)
            6: G008 at `{"id":"n1","schema":"Person","properties":{}}`: `name` is missing: this entity is left out
            8: G008 at `{"id":5}`: this line is no FollowTheMoney entity: invalid type: integer `5`, expected a string
            4: G003 at `2021-13`: `endDate`: no calendar has the date `2021-13`; the role is left out
        "#]],
    );
}

#[test]
fn popolo() {
    check(
        "popolo.json",
        r#"{
  "persons": [
    {"id": "p1", "name": "Mere Tane", "other_names": [{"name": "Mary Tane", "lang": "en"}], "identifiers": [{"scheme": "wikidata", "identifier": "Q5"}]},
    {"id": "p2"}
  ],
  "organizations": [{"id": "o1", "name": "Tide Party"}],
  "events": [{"id": "term/1", "start_date": "2011", "end_date": "2014-05-06"}],
  "memberships": [{"person_id": "p1", "organization_id": "o1", "role": "member", "legislative_period_id": "term/1"}]
}
"#,
        expect![[r#"
            Popolo
            3: p1 = Mere Tane (person) | +Mary Tane @en | [member, Tide Party 2011-01-01..2014-05-06] | item Q5
            6: o1 = Tide Party (organization)
            4: G008 at `p2`: `name` is missing in one of the persons: it is left out
        "#]],
    );
    check(
        "popolo.json",
        "{\"persons\": [",
        expect![[r#"
        Popolo
        1: G008 at `{`: this file is not JSON: EOF while parsing a list at line 1 column 13; nothing is read
    "#]],
    );
}

#[test]
fn patterns() {
    check(
        "patterns.jsonl",
        r#"{"label":"PERSON","pattern":"Gita Rao","id":"gita-rao"}
{"label":"PERSON","pattern":[{"LOWER":"g"},{"ORTH":"."},{"LOWER":"rao"}],"id":"gita-rao"}
{"label":"ORG","pattern":[{"LOWER":"rao"},{"ORTH":"-"},{"LOWER":"mehta"},{"LOWER":"trust"}]}
{"label":"ORG","pattern":[{"LOWER":"trust"},{"OP":"?"}]}
{"label":"DATE","pattern":"Monday"}
{"label":"ORG"}
"#,
        expect![[r#"
            spaCy patterns
            1: gita-rao = Gita Rao (person)
            2: gita-rao = g. rao (person)
            3:  = rao-mehta trust (organization)
            4: G008 at `OP`: `OP` in a pattern matches more than one name: it is left out
            6: G008 at `{"label":"ORG"}`: this line is no pattern: missing field `pattern`
        "#]],
    );
}

#[test]
fn gate() {
    check(
        "towns/city.lst",
        "Porto Vello&country=PT\nNova Ria&id=nova-ria&name=Nova Ria City\n",
        expect![[r#"
        GATE list
        1:  = Porto Vello (place) | of PT
        2: nova-ria = Nova Ria City (place) | +Nova Ria
    "#]],
    );
    let lists = dispatch_ls::gazetteer::read::gate::lists(
        "person.lst:person_full:male:en\ndays.lst:date:day\ngov.lst:organization:government\nbroken\n",
    );
    let lists: Vec<String> =
        lists.iter().map(|list| format!("{} {:?} {:?}", list.file, list.kind, list.lang)).collect();
    expect![[r#"
        person.lst Some(Person) Some("en")
        gov.lst Some(Organization) None"#]]
    .assert_eq(&lists.join("\n"));
}

#[test]
fn tables() {
    check(
        "leaders.csv",
        "Wikidata ID,Full Name,Position,Position Label,Country,Start Date,End,AKA,CAMEO\nQ9,\"Ruiz, Eva\",Q88,Mayor,Spain,2019-05-01,,E. Ruiz; Eva R.,\n,Jan Pil,,Reeve,The Bahamas,2019-25-01,2020,,\n,,,,,,,,\nQ9,\"Ruiz, Eva\",,\"Envoy\nto Rome\",Atlantis,,,,ESPGOV\n",
        expect![[r#"
            table
            2: Q9 = Ruiz, Eva (person) | of ES | +E. Ruiz | +Eva R. | [Mayor, ES 2019-05-01..] | item Q9
            3:  = Jan Pil (person) | of BS
            5: Q9 = Ruiz, Eva (person) | [Envoy
            to Rome, ESPGOV ..] | item Q9
            3: G003 at `2019-25-01`: `from`: no calendar has the date `2019-25-01`; the role is left out
            4: G008 at `,,,,,,,,`: `name` is empty: this row is left out
            6: G007 at `Atlantis`: `country`: `Atlantis` is no country code of ISO 3166, such as `IR`, and no country
        "#]],
    );
    check(
        "x.tsv",
        "leadid\tleader\tstateabb\tsdate\tsmonth\tsyear\tsmore\nA1\tPovey\tUSA\t12\t4\t1945\t\nA2\tPim\tUSA\t31\t2\t1945\t\n",
        expect![[r#"
            table
            2: A1 = Povey (person) | of US | [US 1945-04-12..]
            3: A2 = Pim (?) | of US
            3: G003 at `1945`: `from`: no calendar has this year, month and day; the role is left out
        "#]],
    );
    check(
        "x.csv",
        "one;two\n1;2\n",
        expect![[r#"
        table
        1: G008 at `one;two`: no column of this table is called `name`: nothing is read
    "#]],
    );
    check(
        "people.txt",
        "name;kind;country\nTide Board;org;NZ\n",
        expect![[r#"
        table
        2:  = Tide Board (organization) | of NZ
    "#]],
    );
}

#[test]
fn wikidata() {
    check(
        "items.json",
        r#"[
{"type":"item","id":"Q11","labels":{"en":{"language":"en","value":"Asel Bek"},"ru":{"language":"ru","value":"Асель Бек"}},"aliases":{"en":[{"language":"en","value":"A. Bek"}]},"descriptions":{"en":{"language":"en","value":"politician"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}],"P27":[{"mainsnak":{"datavalue":{"value":{"id":"Q794"}}}}],"P39":[{"mainsnak":{"datavalue":{"value":{"id":"Q12"}}},"qualifiers":{"P580":[{"datavalue":{"value":{"time":"+2010-00-00T00:00:00Z"}}}],"P582":[{"datavalue":{"value":{"time":"+2012-03-31T00:00:00Z"}}}]}}]}},
{"type":"item","id":"Q12","labels":{"en":{"language":"en","value":"reeve of the lakes"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q4164871"}}}}]}},
{"type":"item","id":"Q13","labels":{},"claims":{}},
{"type"
]
"#,
        expect![[r#"
            Wikidata
            2: Q11 = Asel Bek (person) | of IR | +Асель Бек @ru | +A. Bek @en | [reeve of the lakes 2010-01-01..2012-03-31] | item Q11 | note politician
            5: G008 at `{"type"`: this line is no entity of Wikidata: EOF while parsing an object
            4: G008 at `{"type":"item","id":"Q13","labels":{},"claims":{}},`: `labels` has no name: this item is left out
        "#]],
    );
}

#[test]
fn what_is_no_actors_file_has_no_format() {
    for (name, text) in [("notes.txt", "Just a text.\nWith two lines.\n"), ("photo.png", "\u{FFFD}PNG\n")] {
        assert_eq!(dispatch_ls::gazetteer::read::Format::of(name, text), None, "{name}");
    }
}
