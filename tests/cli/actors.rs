//! `actors lint`, `find` and `import`, and `annotate --actors`.

use expect_test::expect;

use super::run::Folder;

const ACTORS: &str = r#"{"id":"ada-quill","kind":"person","name":"Ada Quill","aliases":["A. Quill"],"roles":[{"title":"Reeve","org":"Ria Board","country":"NZ","from":"2020-03-01"}]}
{"id":"omar-haddad","kind":"person","name":"Omar al-Haddad","mine":1}
"#;

#[test]
fn lint_tells_place_and_code() {
    let folder = Folder::with(&[
        ("good.jsonl", ACTORS),
        ("bad.jsonl", "{\"id\":\"x\",\"name\":\"Ada Quill\",\"roles\":[{\"title\":\"Reeve\",\"from\":\"2024-02-30\"}]}\nnone\n"),
    ]);
    expect![[r#"
        exit 0
        --- err
        1 actors file: nothing is wrong
    "#]].assert_eq(&folder.run("actors lint good.jsonl").told());
    expect![[r#"
        exit 1
        --- out
        bad.jsonl:1:19: warning[G001]: the name `Ada Quill` is that of `Ada Quill` on line 1 of good.jsonl, too: where a text has it, nobody can tell whom it means
        bad.jsonl:1:64: error[G003]: `from`: no calendar has the date `2024-02-30`; the role is left out
        bad.jsonl:2:2: error[G008]: this line is not JSON: expected ident; it is left out
        --- err
        3 findings in 2 actors files
    "#]].assert_eq(&folder.run("actors lint good.jsonl bad.jsonl").told());
    expect![[r#"
        exit 2
        --- err
        error: missing.jsonl: no such file or folder
    "#]].assert_eq(&folder.run("actors lint missing.jsonl").told());
}

#[test]
fn find_tells_who_it_is_and_why() {
    let folder = Folder::with(&[("actors.jsonl", ACTORS)]);
    let find = |name: &str, rest: &str| {
        let mut command = folder.command("actors find");
        let output = command.arg(name).args(rest.split_whitespace()).output().unwrap();
        format!("exit {}\n{}", output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    expect![[r#"
        exit 0
        `OMAR EL-HADDAD` is the name of (another spelling of the article or a given name):
          Omar al-Haddad (person), id omar-haddad
            actors.jsonl:2
    "#]].assert_eq(&find("OMAR EL-HADDAD’s", "--actors actors.jsonl"));
    expect![[r#"
        exit 1
        `Umar Hadad` sounds alike; it is not bound, but may be:
          Omar al-Haddad (person), id omar-haddad
            actors.jsonl:2
    "#]].assert_eq(&find("Umar Hadad", "--actors actors.jsonl"));
    expect![[r#"
        exit 0
        `Ada Quill` is the name of (as listed):
          Ada Quill (person), id ada-quill
            no role is known on 2019-01-01
            also: A. Quill
            actors.jsonl:1
    "#]].assert_eq(&find("Ada Quill", "--actors actors.jsonl --date 2019-01-01"));
    expect![[r#"
        exit 0
        `Tehran` is the capital, and may stand for the government, of (as listed):
          Iran (place, IR), id iran
            also: Islamic Republic, Islamic Republic of Iran, Persia, イラン・イスラム共和国, Iranian, Iranians, Teheran, Tehran
            qid: Q794
            built in
    "#]].assert_eq(&find("Tehran", ""));
    expect![[r#"
        exit 1
        Nobody who is listed is called `Nemo Outis`, or sounds like it.
    "#]].assert_eq(&find("Nemo Outis", ""));
}

#[test]
fn import_merges_and_keeps_what_is_there() {
    let folder = Folder::with(&[
        ("actors.jsonl", ACTORS),
        ("more.csv", "name,aliases,title,country,from\nOmar Al Haddad,O. Haddad,Clerk,NZ,2021\nZoe Ash,,Mayor,NZ,2001-13-01\n"),
    ]);
    expect![[r#"
        exit 0
        --- err
        warning: more.csv:3:19: G003: `from`: no calendar has the date `2001-13-01`; the role is left out
        actors.jsonl: 1 actor added, 1 extended
    "#]].assert_eq(&folder.run("actors import more.csv --to actors.jsonl").told());
    expect![[r#"
        {"id":"ada-quill","kind":"person","name":"Ada Quill","aliases":["A. Quill"],"roles":[{"title":"Reeve","org":"Ria Board","country":"NZ","from":"2020-03-01"}]}
        {"id":"omar-haddad","kind":"person","name":"Omar al-Haddad","aliases":["Omar Al Haddad","O. Haddad"],"roles":[{"title":"Clerk","country":"NZ","from":"2021-01-01"}],"mine":1}
        {"id":"zoe-ash","kind":"person","name":"Zoe Ash","country":"NZ"}
    "#]].assert_eq(&folder.read("actors.jsonl"));
    let before = folder.read("actors.jsonl");
    folder.run("actors import more.csv --to actors.jsonl");
    assert_eq!(folder.read("actors.jsonl"), before);
    folder.run("actors import more.csv --to new.jsonl");
    assert!(folder.read("new.jsonl").starts_with("{\"id\":\"omar-al-haddad\""));
    folder.write("actors.jsonl", "{\"id\":\n");
    let ran = folder.run("actors import more.csv --to actors.jsonl");
    assert_eq!((ran.code, folder.read("actors.jsonl").as_str()), (2, "{\"id\":\n"));
}

#[test]
fn lists_of_gate_are_found_beside_their_definition() {
    let folder = Folder::with(&[
        ("lists.def", "people.lst:person_full\nmissing.lst:organization\n../out.lst:organization\n"),
        ("people.lst", "Gita Rao\n"),
    ]);
    let ran = folder.run("actors lint lists.def");
    assert!(ran.out.contains("missing.lst: no such file"), "{}", ran.out);
    let mut command = folder.command("actors find --actors lists.def");
    let output = command.arg("Gita Rao").output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("people.lst:1"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_large_file_comes_from_the_cache_until_it_changes() {
    let folder = Folder::new();
    let lines: String = (0..80_000)
        .map(|number| format!("{{\"id\":\"n{number:06}\",\"kind\":\"person\",\"name\":\"Actor Number{number:06} Name\"}}\n"))
        .collect();
    folder.write("actors.jsonl", &lines);
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    std::fs::File::options().append(true).open(folder.join("actors.jsonl")).unwrap().set_modified(old).unwrap();
    let find = |name: &str| {
        let mut command = folder.command("actors find --actors actors.jsonl");
        command.arg(name).env("XDG_CACHE_HOME", folder.join("cache")).env("HOME", folder.path());
        command.env("LOCALAPPDATA", folder.join("cache")).output().unwrap().status.code().unwrap()
    };
    assert_eq!(find("Actor Number000777 Name"), 0);
    let cached = folder.files().into_iter().find(|name| name.ends_with(".cache")).expect("a cache");
    assert_eq!(find("Actor Number000777 Name"), 0);
    // Of the same length and date, but another file.
    folder.write("actors.jsonl", lines.replace("Number000777", "Number-other"));
    std::fs::File::options().append(true).open(folder.join("actors.jsonl")).unwrap().set_modified(old).unwrap();
    assert_eq!(find("Actor Number000777 Name"), 1);
    assert_eq!(find("Actor Number-other Name"), 0);
    // A damaged cache is not taken.
    let mut bytes = std::fs::read(folder.join(&cached)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    folder.write(&cached, bytes);
    assert_eq!(find("Actor Number-other Name"), 0);
}

#[test]
fn annotate_takes_actors_files() {
    let folder = Folder::with(&[
        ("actors.jsonl", ACTORS),
        ("bad.jsonl", "{\n"),
        ("a.dispatch", "=== FILE: a.txt ===\ndate: 2024-12-01\n\nReeve Ada Quill said on Sunday that the harbour was open.\n"),
    ]);
    let ran = folder.run("annotate a.dispatch --format jsonl --actors actors.jsonl --actors bad.jsonl");
    assert_eq!(ran.code, 0, "{}", ran.told());
    assert!(ran.err.contains("bad.jsonl:1:1: G008: this line is not JSON"), "{}", ran.err);
    assert_eq!(folder.run("annotate a.dispatch --format jsonl --actors missing.jsonl").code, 2);
}
