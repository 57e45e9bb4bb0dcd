//! Patterns of spaCy and Prodigy, one a line as JSON: `{"label": "PERSON", "pattern": "Bashar al-Assad", "id": "…"}`. Lines
//! of one id are one actor. A pattern of tokens is read where each token is a word; others match more than a name.

use serde::Deserialize;
use serde_json::Value;

use super::{Sink, kind, lines};
use crate::gazetteer::problem::{Code, quote};
use crate::gazetteer::record::Record;

#[derive(Deserialize)]
struct Pattern {
    label: String,
    pattern: Value,
    #[serde(default)]
    id: Option<String>,
}

pub fn read(text: &str, sink: &mut Sink) {
    for (line, place) in lines(text) {
        let pattern: Pattern = match serde_json::from_str(line) {
            Ok(pattern) => pattern,
            Err(error) => {
                let why = error.to_string();
                let why = why.split(" at line ").next().unwrap_or_default();
                sink.problem(Code::G008, place.range, format!("this line is no pattern: {why}"));
                continue;
            }
        };
        // Patterns for dates, sums and the like name nobody.
        let Some(kind) = kind(&pattern.label) else { continue };
        match name(&pattern.pattern) {
            Ok(name) => {
                let id = pattern.id.unwrap_or_default();
                sink.record(Record { id, kind: Some(kind), name, ..Record::default() }, &place);
            }
            Err(attribute) => {
                let message = format!("{} in a pattern matches more than one name: it is left out", quote(&attribute));
                sink.at_value(Code::G008, &place, &attribute, message);
            }
        }
    }
}

/// The name that a pattern is; else the attribute that makes it more.
fn name(pattern: &Value) -> Result<String, String> {
    let tokens = match pattern {
        Value::String(name) => return Ok(name.clone()),
        Value::Array(tokens) => tokens,
        _ => return Err("pattern".to_owned()),
    };
    let mut name = String::new();
    let mut joined = true;
    for token in tokens {
        let word = word(token)?;
        let joins = matches!(word, "-" | "'" | "’" | "'s" | "’s" | ".");
        if !joined && !joins {
            name.push(' ');
        }
        name.push_str(word);
        joined = matches!(word, "-" | "'" | "’");
    }
    if name.is_empty() { Err("pattern".to_owned()) } else { Ok(name) }
}

fn word(token: &Value) -> Result<&str, String> {
    let Value::Object(attributes) = token else { return Err("pattern".to_owned()) };
    let mut word = None;
    for (attribute, value) in attributes {
        match (attribute.to_ascii_uppercase().as_str(), value) {
            ("LOWER" | "ORTH" | "TEXT" | "NORM", Value::String(text)) => word = Some(text.as_str()),
            _ => return Err(attribute.clone()),
        }
    }
    word.ok_or_else(|| "pattern".to_owned())
}
