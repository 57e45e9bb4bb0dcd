//! `annotate`: streaming, order, and formats that are files. What is found is tested with the engine.

use std::io::{BufRead, BufReader, Write};

use serde_json::Value;

use super::run::Folder;

const CORPUS: &str = "=== FILE: a.txt ===
date: 2024-12-01
source: Example Wire

Żółw – the \u{1f422} said nothing on 2024-11-30.

=== FILE: sub/b.txt ===

date 2024-12-02 The minister came & went on 2024-12-01, \"early\".
";

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The text of each date by its span, and the date itself.
fn spans_hold(corpus: &str, output: &str) -> usize {
    let points: Vec<char> = corpus.chars().collect();
    let slice = |span: &Value| -> String {
        let at = |place: usize| usize::try_from(span[place].as_u64().unwrap()).unwrap();
        points[at(0)..at(1)].iter().collect()
    };
    let mut seen = 0;
    for line in lines(output) {
        for date in line["dates"].as_array().unwrap().iter().chain(line["actors"].as_array().unwrap()) {
            assert_eq!(slice(&date["span"]), date["text"].as_str().unwrap());
            seen += 1;
        }
        assert!(slice(&line["span"]).contains(line["file"].as_str().unwrap()));
    }
    seen
}

#[test]
fn spans_are_code_points_of_the_file() {
    let folder = Folder::with(&[("c.txt", CORPUS)]);
    let ran = folder.run("annotate --format jsonl c.txt");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let files: Vec<(String, String)> =
        lines(&ran.out).iter().map(|line| (line["file"].to_string(), line["date"].to_string())).collect();
    assert_eq!(
        files,
        [("\"a.txt\"", "\"2024-12-01\""), ("\"sub/b.txt\"", "\"2024-12-02\"")].map(|(a, b)| (a.into(), b.into()))
    );
    assert!(spans_hold(CORPUS, &ran.out) >= 2);
}

#[test]
fn a_large_file_in_parts_is_as_the_whole() {
    // Little to annotate, much to read: what is in front of a part counts.
    let mut corpus = String::new();
    for number in 0..300 {
        corpus.push_str(&format!(
            "=== FILE: {number}.txt ===\ndate: 2024-12-01\n\nŻółw 2024-11-{:02}.\n",
            number % 28 + 1
        ));
        let lines = if number == 150 { 60_000 } else { 800 };
        corpus.push_str(&format!("{}\n", "-".repeat(99)).repeat(lines));
        corpus.push('\n');
    }
    assert!(corpus.len() > 25 << 20);
    let folder = Folder::with(&[("c.txt", &corpus)]);
    let in_parts = folder.run("annotate --format jsonl c.txt").out;
    let whole = folder.run_with("annotate --format jsonl -", corpus.as_bytes(), &[]).out;
    assert_eq!(in_parts.replace("\"c.txt\"", "\"-\""), whole);
    assert_eq!(lines(&whole).len(), 300);
    assert!(spans_hold(&corpus, &whole) >= 300);
}

#[test]
fn one_thread_and_many_print_the_same() {
    let corpus: String = (0..500).map(|number| CORPUS.replace("a.txt", &format!("{number}.txt"))).collect();
    let folder = Folder::with(&[("1.txt", &corpus), ("2.txt", CORPUS), ("3.txt", &corpus)]);
    for format in ["jsonl", "human", "csv", "conll"] {
        let arguments = format!("annotate --format {format} 1.txt 2.txt 3.txt");
        let one = folder.run_with(&arguments, b"", &[("RAYON_NUM_THREADS", "1")]);
        let many = folder.run_with(&arguments, b"", &[("RAYON_NUM_THREADS", "16")]);
        assert!(one.out == many.out, "{format}");
        assert!(one.out.len() > corpus.len() / 4, "{format}");
    }
}

#[test]
fn json_lines_are_answered_one_by_one() {
    let folder = Folder::new();
    let mut child = folder.command("annotate --format jsonl -").spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for (id, date) in [("\"x\"", "\"2024-12-01\""), ("7", "null"), ("null", "\"1 December 2024\"")] {
        writeln!(input, "{{\"id\":{id},\"date\":{date},\"text\":\"Żółw left on 2024-11-30.\"}}").unwrap();
        input.flush().unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["file"].as_str().unwrap(), id.trim_matches('"').replace("null", ""));
        assert_eq!(line["span"], serde_json::json!([0, 24]));
        assert_eq!(line["dates"][0]["span"], serde_json::json!([13, 23]));
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_bad_record_is_told_and_the_rest_is_done() {
    let input = b"{\"text\":\"one\"}\n{\"id\":2}\n\n{\"id\":3,\"date\":\"soon\",\"text\":\"three\"}\n{\"id\":4,\n";
    let ran = Folder::new().run_with("annotate --format jsonl -", input, &[]);
    assert_eq!(ran.code, 1);
    assert_eq!(lines(&ran.out).len(), 2);
    assert_eq!(
        ran.err,
        "error: -:2: no record: missing field `text` at line 1 column 8\n\
         warning: -:4: `date` is not one: write YYYY-MM-DD\n\
         error: -:5: no record: EOF while parsing a value at line 2 column 0\n"
    );
}

#[test]
fn standard_input_may_be_plain_text_or_a_corpus() {
    let folder = Folder::new();
    let plain = folder.run_with("annotate --format jsonl --date 2024-12-01 -", b"{braces} and \"text\"", &[]);
    assert_eq!(lines(&plain.out)[0]["date"], "2024-12-01");
    assert_eq!(lines(&folder.run_with("annotate --format jsonl -", CORPUS.as_bytes(), &[]).out).len(), 2);
    assert_eq!(lines(&folder.run_with("annotate --format jsonl -", b"", &[]).out), Vec::<Value>::new());
}

#[test]
fn files_are_named_after_their_dispatch_and_never_overwritten() {
    let again = CORPUS.replace("sub/b.txt", "../a.txt");
    let folder = Folder::with(&[("1.txt", CORPUS), ("2.txt", &again)]);
    let ran = folder.run("annotate --format brat --out brat 1.txt 2.txt");
    assert_eq!((ran.code, ran.err.as_str()), (0, "note: wrote 4 dispatches to brat\n"));
    let names = ["a-2.ann", "a-2.txt", "a-3.ann", "a-3.txt", "a.ann", "a.txt", "b.ann", "b.txt"];
    let written: Vec<String> =
        folder.files().into_iter().filter_map(|file| Some(file.strip_prefix("brat/")?.to_owned())).collect();
    assert_eq!(written, names);
    let refused = folder.run("annotate --format brat --out brat 1.txt");
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("a.txt: is there already; --force overwrites it"), "{}", refused.err);
    assert_eq!(folder.run("annotate --format brat --out brat --force 1.txt").code, 0);
    assert_eq!(
        folder.run("annotate --format timeml 1.txt").err,
        "error: --format timeml: needs --out DIR for its files\n"
    );
    assert_eq!(folder.run("annotate --format csv --out x 1.txt").code, 2);
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = Folder::with(&[("good.txt", CORPUS)]);
    folder.write("utf16.txt", [0xFF, 0xFE, b'a', 0]);
    folder.write("latin1.txt", b"=== FILE: a ===\n\ncaf\xe9 2024-12-01\n");
    let ran = folder.run("annotate --format jsonl utf16.txt latin1.txt none.txt good.txt");
    assert_eq!(ran.code, 1);
    assert_eq!(lines(&ran.out).len(), 3);
    assert!(ran.err.contains("error: utf16.txt: is UTF-16LE text"), "{}", ran.err);
    assert!(ran.err.contains("warning: latin1.txt:3:4:"), "{}", ran.err);
    assert!(ran.err.contains("error: none.txt: "), "{}", ran.err);
}
