//! Files that want to do harm.

use std::time::Instant;

use dispatch_ls::gazetteer::{Gazetteer, lint};

use super::{bound, native, shown};

/// What is wrong in a file, and whether the good record behind it is still read.
fn problems(text: &str) -> Vec<String> {
    let whole = format!("{text}\n{{\"id\":\"good\",\"kind\":\"person\",\"name\":\"Good Record\"}}\n");
    let (gazetteer, problems) = Gazetteer::new(&[&native(&whole)]);
    assert_eq!(bound(&gazetteer, "Good Record"), ["good"]);
    problems[0].iter().map(|problem| format!("{} {}", problem.code.id(), problem.message)).collect()
}

#[test]
fn ten_megabytes_in_one_line() {
    let long = "x".repeat(10 << 20);
    for line in [
        long.clone(),
        format!("{{\"id\":\"a\",\"name\":\"{long}\"}}"),
        format!("{{\"id\":\"{long}\",\"name\":\"a b\"}}"),
        format!("{{\"id\":\"a\",\"name\":\"a b\",\"aliases\":[{}\"c d\"]}}", "\"e f\",".repeat(1 << 20)),
    ] {
        let started = Instant::now();
        let told = problems(&line);
        assert!(told.iter().all(|problem| problem.len() < 500));
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}

#[test]
fn very_many_problems_in_two_long_lines() {
    let aliases: Vec<String> = (0..200_000).map(|number| format!("\"Name {number}\"")).collect();
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"name\":\"The {id}\",\"aliases\":[{}]}}\n", aliases.join(","));
    let started = Instant::now();
    let text = line("a") + &line("b");
    assert_eq!(lint(&[&native(&text)])[0].len(), 200_000);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn deep_nesting_is_one_bad_line() {
    for line in [format!("{{\"id\":\"a\",\"aliases\":{}", "[".repeat(1 << 20)), "{\"a\":".repeat(1 << 18)] {
        let told = problems(&line);
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("G008 this line is not JSON: "), "{}", told[0]);
    }
}

#[test]
fn nul_and_other_control_characters() {
    assert!(problems("{\"id\":\"a\",\"name\":\"a\0b\"}")[0].contains("is not JSON"));
    let text = "{\"id\":\"a\",\"name\":\"a\\u0000b\"}\n";
    assert!(lint(&[&native(text)])[0].iter().any(|problem| problem.message.contains("control character")));
    assert!(problems(text).is_empty());
}

#[test]
fn duplicates_and_cycles_are_one_actor_each() {
    let text = "{\"id\":\"a\",\"name\":\"Ada One\",\"aliases\":[\"Ada Two\"]}\n".repeat(1000)
        + "{\"id\":\"b\",\"name\":\"Ada Two\",\"aliases\":[\"Ada One\"]}\n";
    let (gazetteer, _) = Gazetteer::new(&[&native(&text)]);
    assert_eq!(bound(&gazetteer, "Ada One"), ["a", "b"]);
    assert_eq!(bound(&gazetteer, "Ada Two"), ["a", "b"]);
    let ftm = r#"{"id":"m","schema":"Membership","properties":{"member":["m"],"organization":["m"]}}
{"id":"o","schema":"Organization","properties":{"name":["Loop"],"parent":["o"]}}
"#;
    assert!(shown("x.json", ftm).contains("o = Loop (organization)"));
}

#[test]
fn names_of_marks_and_of_nothing_are_in_no_text() {
    for name in ["\u{301}\u{301}\u{301}", "'", "...", "-", "\u{200B}", "\u{FEFF}", " "] {
        let text = serde_json::json!({"id": "a", "kind": "person", "name": name}).to_string();
        let (gazetteer, _) = Gazetteer::new(&[&native(&text)]);
        assert!(bound(&gazetteer, name).is_empty() || name == "-", "{name:?}");
        lint(&[&native(&text)]);
    }
}

#[test]
fn one_name_of_very_many_is_looked_up_in_time() {
    let text: String = (0..20_000)
        .map(|number| format!("{{\"id\":\"n{number}\",\"kind\":\"person\",\"name\":\"John Smith\"}}\n"))
        .collect();
    let (gazetteer, _) = Gazetteer::new(&[&native(&text)]);
    let started = Instant::now();
    assert_eq!(bound(&gazetteer, "John Smith").len(), 256);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    // Every pair of them would be 200 million problems.
    assert_eq!(lint(&[&native(&text)])[0].len(), 19_999);
}
