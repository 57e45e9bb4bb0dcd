//! Settings: what is taken, and what is said about the rest.

use dispatch_ls::corpus::{Code, Dialect, Severity};
use dispatch_ls::workspace::Settings;
use expect_test::{Expect, expect};
use serde_json::json;

fn problems(found: Vec<dispatch_ls::workspace::Problem>) -> String {
    found.iter().map(|problem| format!("{problem}\n")).collect()
}

fn check_toml(text: &str, expected: Expect) -> Settings {
    let (settings, found) = Settings::default().with_toml(text);
    expected.assert_eq(&problems(found));
    settings
}

#[test]
fn everything_right() {
    let text = r##"
        "$schema" = "dispatch.schema.json"
        [corpus]
        dialect = "angle"
        latest = 2024-12-31
        files = ["*.dispatch", "crawl/**/*.txt"]
        [diagnostics]
        debounce = 0
        cap = 5
        [diagnostics.severity]
        F = "hint"
        F001 = "off"
        fence-missing = "error"
        h003 = "info"
    "##;
    let settings = check_toml(text, expect![""]);
    assert_eq!(settings.dialect, Some(Dialect::Angle));
    assert_eq!(settings.latest, Some("2024-12-31".parse().unwrap()));
    assert_eq!(settings.files, ["*.dispatch", "crawl/**/*.txt"]);
    assert_eq!((settings.debounce, settings.cap), (0, 5));
    assert_eq!(settings.severity(Code::F001), None);
    assert_eq!(settings.severity(Code::F002), Some(Severity::Error));
    assert_eq!(settings.severity(Code::F003), Some(Severity::Hint));
    assert_eq!(settings.severity(Code::H003), Some(Severity::Information));
    assert_eq!(settings.severity(Code::H004), Some(Severity::Error));
}

#[test]
fn each_wrong_one_is_named_and_the_rest_works() {
    let text = r#"
        [corpus]
        dialect = "canonicl"
        lates = "2024-12-31"
        files = ["*.txt", 3]
        [diagnostics]
        cap = 0
        debounce = 2.5
        [diagnostics.severity]
        F001 = "warn"
        F099 = "off"
        fence-mising = "off"
        F002 = "off"
        [editor]
        x = 1
    "#;
    let expected = expect![[r#"
        corpus.dialect: found `"canonicl"` (did you mean `canonical`?); allowed: `auto`, `canonical`, `bars`, `gitingest`, `angle`, `pem`, `bracket`, `heading`, `head`, `txtar`, `tag`, `lexis`, `proquest`, `bare`, `single`
        corpus.files[1]: found `3`; allowed: a text in quotes
        corpus.lates: is no known setting (did you mean `latest`?); known here: `dialect`, `files`, `latest`
        diagnostics.cap: found `0`; allowed: a whole number from 1 to 1000000
        diagnostics.debounce: found `2.5`; allowed: a whole number from 0 to 60000
        diagnostics.severity.F001: found `"warn"` (did you mean `warning`?); allowed: `off`, `hint`, `information`, `warning`, `error`
        diagnostics.severity.F099: is no finding (did you mean `F019`?): a code such as `F001`, its name such as `fence-mismatch`, or a letter such as `F` for all that begin with it
        diagnostics.severity.fence-mising: is no finding (did you mean `fence-missing`?): a code such as `F001`, its name such as `fence-mismatch`, or a letter such as `F` for all that begin with it
        editor: is no known setting; known here: `actors`, `corpus`, `diagnostics`, `hints`, `lenses`, `tokens`
    "#]];
    let settings = check_toml(text, expected);
    assert_eq!(settings.files, ["*.txt"]);
    assert_eq!(settings.severity(Code::F002), None);
    assert_eq!(settings.severity(Code::F001), Some(Severity::Error));
    assert_eq!(settings.cap, Settings::default().cap);
}

#[test]
fn a_day_must_be_in_the_calendar() {
    let expected = expect![[r#"
        corpus.latest: found `"2024-02-30"`; allowed: a day that the calendar has, as YYYY-MM-DD
    "#]];
    check_toml("corpus.latest = '2024-02-30'", expected);
    let expected = expect![[r#"
        corpus.latest: found `"2024-02-28T10:00:00"`; allowed: a day that the calendar has, as YYYY-MM-DD
    "#]];
    check_toml("corpus.latest = 2024-02-28T10:00:00", expected);
}

#[test]
fn no_toml() {
    check_toml(
        "[corpus]\ndialect = ",
        expect![[r#"
        line 2 is no TOML: string values must be quoted, expected literal string
    "#]],
    );
}

#[test]
fn json_of_any_shape() {
    let base = Settings { dialect: Some(Dialect::Pem), ..Settings::default() };
    let unchanged = [
        json!(null),
        json!({}),
        json!([]),
        json!({"dispatch-ls": null}),
        json!({"dispatch": []}),
        json!({"corpus": null, "diagnostics": {"severity": null, "cap": null}}),
        json!({"trace": {"server": "off"}}),
        json!({"dispatch-ls": {}, "rust-analyzer": {"cargo": 1}}),
    ];
    for value in unchanged {
        assert_eq!(base.with_json(&value), (base.clone(), Vec::new()), "{value}");
    }
    let shapes = [
        json!({"corpus": {"dialect": "head"}}),
        json!({"corpus.dialect": "head"}),
        json!({"dispatch-ls": {"corpus": {"dialect": "head"}}}),
        json!({"dispatch-ls.corpus.dialect": "head"}),
        json!({"dispatch": {"corpus.dialect": "head"}}),
        json!({"dispatch-ls.corpus": {"latest": null}, "dispatch-ls": {"corpus": {"dialect": "head"}}}),
    ];
    for value in shapes {
        let (settings, found) = base.with_json(&value);
        assert_eq!((settings.dialect, problems(found).as_str()), (Some(Dialect::Head), ""), "{value}");
    }
    assert_eq!(base.with_json(&json!({"corpus": {"dialect": "auto"}})).0.dialect, None);
}

#[test]
fn json_of_a_wrong_shape() {
    let found = |value: serde_json::Value| problems(Settings::default().with_json(&value).1);
    expect![[r#"
        found `"on"`; allowed: an object with `actors`, `corpus`, `diagnostics`, `hints`, `lenses`, `tokens`
    "#]]
    .assert_eq(&found(json!("on")));
    expect![[r#"
        diagnostics.severity: found a list; allowed: an object with codes with a severity each
    "#]]
    .assert_eq(&found(json!({"diagnostics": {"severity": ["F001"]}})));
    expect![[r#"
        corpus: found `true`; allowed: an object with `dialect`, `files`, `latest`
        diagnostics.cap: found an object; allowed: a whole number from 1 to 1000000
    "#]]
    .assert_eq(&found(json!({"corpus": true, "diagnostics": {"cap": {}}})));
}

#[test]
fn later_settings_go_over_earlier_ones() {
    let (first, _) = Settings::default().with_toml("diagnostics.severity = { F001 = 'off', F002 = 'off' }");
    let (second, _) = first.with_json(&json!({"diagnostics": {"severity": {"F001": "hint"}}}));
    assert_eq!(second.severity(Code::F001), Some(Severity::Hint));
    assert_eq!(second.severity(Code::F002), None);
    let (third, _) = second.with_json(&json!({"diagnostics": {"severity": {"F": "error"}}}));
    assert_eq!(third.severity(Code::F002), Some(Severity::Error));
}

#[test]
fn the_schema_has_every_setting_with_its_meaning() {
    let schema = Settings::schema();
    let mut described = 0;
    for table in ["corpus", "diagnostics"] {
        for (name, setting) in schema["properties"][table]["properties"].as_object().unwrap() {
            assert!(setting["description"].is_string(), "{table}.{name}");
            described += 1;
        }
    }
    assert_eq!(described, 6);
    assert!(!schema.to_string().contains("$ref"));
}
