//! `dispatch-ls init`, and the actors file that needs not be named.

use crate::run::Folder;

#[test]
fn a_folder_is_begun_and_nothing_is_overwritten() {
    let folder = Folder::with(&[
        ("crawl/a.txt", "=== FILE: a ===\ndate: 2024-12-01\n\nPresident Ilse Varga left. Varga said so.\n"),
        ("crawl/b.txt", "=== FILE: b ===\ndate: 2024-12-02\n\nMinister Jonas Petraitis met Ilse Varga.\n"),
    ]);
    let done = folder.run("init --top 1");
    assert_eq!(done.code, 0, "{}", done.err);
    let actors = "{\"id\":\"ilse-varga\",\"kind\":\"person\",\"name\":\"Ilse Varga\"}\n";
    assert_eq!(folder.read("actors.jsonl"), actors);
    assert!(folder.read("dispatch.toml").contains("actors.jsonl"));
    // What was made is what counts from now on.
    let annotated = folder.run("annotate --format jsonl crawl");
    assert!(annotated.out.contains("\"actor\":\"ilse-varga\""), "{}", annotated.out);
    folder.write("actors.jsonl", "");
    let again = folder.run("init .");
    assert!(again.err.contains("was left as it is"), "{}", again.err);
    assert_eq!(folder.read("actors.jsonl"), "");
    assert_eq!(folder.run("init crawl/a.txt").code, 2);
}

/// An `actors.jsonl` beside a corpus needs not be named; what it says is not an actor is none.
#[test]
fn an_actors_file_beside_a_corpus_counts() {
    let folder =
        Folder::with(&[("a.txt", "=== FILE: a ===\ndate: 2024-12-01\n\nPresident Ilse Varga left Vilnius.\n")]);
    let annotated = |more: &str| folder.run(&format!("annotate --format jsonl a.txt {more}")).out;
    assert!(annotated("").contains("\"actor\":null"));
    let write = |kind: &str| {
        folder.write("actors.jsonl", format!("{{\"id\":\"v\",\"kind\":\"{kind}\",\"name\":\"Ilse Varga\"}}\n"));
    };
    write("person");
    assert!(annotated("").contains("\"actor\":\"v\""));
    assert!(!annotated("--no-config").contains("\"actor\":\"v\""));
    write("none");
    assert!(!annotated("").contains("Varga\",\"type\""), "{}", annotated(""));
}
