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
    expect![""].assert_eq(&folder.run("actors lint good.jsonl").told());
    expect![""].assert_eq(&folder.run("actors lint good.jsonl bad.jsonl").told());
    expect![""].assert_eq(&folder.run("actors lint missing.jsonl").told());
}

#[test]
fn find_tells_who_it_is_and_why() {
    let folder = Folder::with(&[("actors.jsonl", ACTORS)]);
    let find = |name: &str, rest: &str| {
        let mut command = folder.command("actors find");
        let output = command.arg(name).args(rest.split_whitespace()).output().unwrap();
        format!("exit {}\n{}", output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    expect![""].assert_eq(&find("OMAR EL-HADDAD’s", "--actors actors.jsonl"));
    expect![""].assert_eq(&find("Umar Hadad", "--actors actors.jsonl"));
    expect![""].assert_eq(&find("Ada Quill", "--actors actors.jsonl --date 2019-01-01"));
    expect![""].assert_eq(&find("Tehran", ""));
    expect![""].assert_eq(&find("Nemo Outis", ""));
}

#[test]
fn import_merges_and_keeps_what_is_there() {
    let folder = Folder::with(&[
        ("actors.jsonl", ACTORS),
        ("more.csv", "name,aliases,title,country,from\nOmar Al Haddad,O. Haddad,Clerk,NZ,2021\nZoe Ash,,Mayor,NZ,2001-13-01\n"),
    ]);
    expect![""].assert_eq(&folder.run("actors import more.csv --to actors.jsonl").told());
    expect![""].assert_eq(&folder.read("actors.jsonl"));
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
    let lines: String = (0..60_000)
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
    assert!(ran.err.contains("bad.jsonl:1:2: G008: this line is not JSON"), "{}", ran.err);
    assert_eq!(folder.run("annotate a.dispatch --format jsonl --actors missing.jsonl").code, 2);
}
