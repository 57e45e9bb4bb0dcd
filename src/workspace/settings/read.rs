//! Reading settings: whatever of them is right is taken, and each that is not is one problem that names the key,
//! what was found, what is allowed, and the nearest known key.

use serde_json::{Map, Value, json};

use super::table::{Table, schema};
use super::{Problem, code_advice, codes_named};

/// Keys that editors put beside the settings, and that are none.
const NOT_OURS: &[&str] = &["$schema", "trace"];

/// Keys under which a client may send the settings.
const SECTIONS: &[&str] = &["dispatch-ls", "dispatch"];

/// The settings in a JSON value of any shape.
pub fn from_json(value: &Value) -> (Table, Vec<Problem>) {
    let nested = nest(value);
    let section = SECTIONS.iter().find_map(|section| nested.get(section));
    read(section.unwrap_or(&nested))
}

/// The settings in the text of a TOML file. Text that is no TOML is one problem.
pub fn from_toml(text: &str) -> (Table, Vec<Problem>) {
    match text.strip_prefix('\u{feff}').unwrap_or(text).parse::<toml::Table>() {
        Ok(table) => read(&json_of(toml::Value::Table(table))),
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let message = format!("line {line} is no TOML: {}", error.message());
            (Table::default(), vec![Problem { key: String::new(), message }])
        }
    }
}

/// The known one nearest to `name`, if one is near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    let score = |known: &str| strsim::jaro_winkler(&name, &known.to_ascii_lowercase());
    let scored = known.into_iter().map(|known| (score(known), known));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.8).then_some(best.1)
}

fn read(value: &Value) -> (Table, Vec<Problem>) {
    let mut problems = Vec::new();
    let taken = take(&schema(), value, "", &mut problems).unwrap_or_else(|| json!({}));
    // What `take` lets through fits the schema; should the types be stricter still, that is said, too.
    let table = serde_json::from_value(taken).unwrap_or_else(|error| {
        problems.push(Problem { key: String::new(), message: error.to_string() });
        Table::default()
    });
    (table, problems)
}

/// What of `value` fits `schema`; the rest are problems.
fn take(schema: &Value, value: &Value, key: &str, problems: &mut Vec<Problem>) -> Option<Value> {
    if value.is_null() {
        return None;
    }
    if schema.get("properties").is_some() || schema.get("additionalProperties").is_some_and(Value::is_object) {
        return take_object(schema, value, key, problems);
    }
    if let (Some(items), Value::Array(values)) = (schema.get("items"), value) {
        let taken = values.iter().enumerate();
        let taken = taken.filter_map(|(at, value)| take(items, value, &format!("{key}[{at}]"), problems));
        return Some(Value::Array(taken.collect()));
    }
    match misfit(schema, value) {
        None => Some(value.clone()),
        Some(allowed) => {
            let near = value.as_str().and_then(|found| {
                let choices = choices(schema);
                nearest(found, choices.iter().map(String::as_str)).map(|near| format!(" (did you mean `{near}`?)"))
            });
            let message = format!("found {}{}; allowed: {allowed}", shown(value), near.unwrap_or_default());
            problems.push(Problem { key: key.to_owned(), message });
            None
        }
    }
}

fn take_object(schema: &Value, value: &Value, key: &str, problems: &mut Vec<Problem>) -> Option<Value> {
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    // Lua has one kind of table: an empty one comes as an empty list.
    if value.as_array().is_some_and(Vec::is_empty) {
        return None;
    }
    let Some(entries) = value.as_object() else {
        let names = if properties.is_empty() {
            "codes with a severity each".to_owned()
        } else {
            listed(properties.keys().map(String::as_str))
        };
        let message = format!("found {}; allowed: an object with {names}", shown(value));
        problems.push(Problem { key: key.to_owned(), message });
        return None;
    };
    let mut taken = Map::new();
    for (name, value) in entries {
        let inner = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
        let known = match properties.get(name) {
            Some(known) => Some(known),
            None if !codes_named(name).is_empty() => schema.get("additionalProperties").filter(|rest| rest.is_object()),
            None => None,
        };
        match known {
            Some(schema) => {
                if let Some(value) = take(schema, value, &inner, problems) {
                    taken.insert(name.clone(), value);
                }
            }
            None if key.is_empty() && NOT_OURS.contains(&name.as_str()) => {}
            None if properties.is_empty() => problems.push(Problem { key: inner, message: code_advice(name) }),
            None => {
                let near = nearest(name, properties.keys().map(String::as_str));
                let near = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
                let known = listed(properties.keys().map(String::as_str));
                let message = format!("is no known setting{near}; known here: {known}");
                problems.push(Problem { key: inner, message });
            }
        }
    }
    Some(Value::Object(taken))
}

/// What `schema` allows, where `value` is something else.
fn misfit(schema: &Value, value: &Value) -> Option<String> {
    let choices = choices(schema);
    if !choices.is_empty() {
        let fits = value.as_str().is_some_and(|found| found == "info" || choices.iter().any(|choice| choice == found));
        // `info` is read as `information` where that is a choice.
        let fits = fits && (value != "info" || choices.iter().any(|choice| choice == "information"));
        return (!fits).then(|| listed(choices.iter().map(String::as_str)));
    }
    if has_type(schema, "integer") {
        let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
        let (min, max) = (bound("minimum").unwrap_or(0), bound("maximum").unwrap_or(u64::MAX));
        let fits = value.as_u64().is_some_and(|number| (min..=max).contains(&number));
        return (!fits).then(|| format!("a whole number from {min} to {max}"));
    }
    if schema.get("format").and_then(Value::as_str) == Some("date") {
        let fits = value.as_str().is_some_and(|date| date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok());
        return (!fits).then(|| "a day that the calendar has, as YYYY-MM-DD".to_owned());
    }
    if has_type(schema, "boolean") {
        return (!value.is_boolean()).then(|| listed(["true", "false"].into_iter()));
    }
    if has_type(schema, "array") {
        return Some("a list of patterns".to_owned());
    }
    (!value.is_string()).then(|| "a text in quotes".to_owned())
}

/// The texts a schema lists, wherever in it.
fn choices(schema: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut found: Vec<String> = schema.get("const").and_then(text).into_iter().collect();
    let all = |name: &str| schema.get(name).and_then(Value::as_array).into_iter().flatten();
    found.extend(all("enum").filter_map(text));
    found.extend(all("anyOf").chain(all("oneOf")).flat_map(choices));
    found
}

fn has_type(schema: &Value, name: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(one)) => one == name,
        Some(Value::Array(several)) => several.iter().any(|one| one == name),
        _ => false,
    }
}

/// A value in a message: short, on one line.
fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        other => {
            let text = other.to_string();
            let mut chars = text.chars();
            let short: String = chars.by_ref().take(60).collect();
            if chars.next().is_some() { format!("`{short}…`") } else { format!("`{short}`") }
        }
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// `{"corpus.dialect": …}` as `{"corpus": {"dialect": …}}`.
fn nest(value: &Value) -> Value {
    let Some(entries) = value.as_object() else { return value.clone() };
    let mut nested = Map::new();
    for (name, value) in entries {
        let mut value = nest(value);
        let mut parts = name.split('.').rev().peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                lay_over(&mut nested, part, value);
                break;
            }
            value = json!({ part: value });
        }
    }
    Value::Object(nested)
}

fn lay_over(under: &mut Map<String, Value>, name: &str, value: Value) {
    match (under.get_mut(name), value) {
        (Some(Value::Object(inner)), Value::Object(more)) => {
            for (name, value) in more {
                lay_over(inner, &name, value);
            }
        }
        (_, value) => {
            under.insert(name.to_owned(), value);
        }
    }
}

/// TOML as JSON; a date becomes its text.
fn json_of(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(yes) => Value::Bool(yes),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => Value::Array(values.into_iter().map(json_of).collect()),
        toml::Value::Table(entries) => {
            Value::Object(entries.into_iter().map(|(name, value)| (name, json_of(value))).collect())
        }
    }
}
