//! `actors.jsonl`: one record a line, as JSON.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::days::End;
use super::{Place, Sink, kind, lines};
use crate::gazetteer::problem::{Code, quote};
use crate::gazetteer::record::{Alias, NOBODY, Record, Role};
use crate::gazetteer::states::country_code;

pub fn read(text: &str, sink: &mut Sink) {
    for (line, place) in lines(text) {
        match serde_json::from_str::<Line>(line) {
            Ok(fields) => record(fields, &place, sink),
            Err(_) => careful(line, &place, sink),
        }
    }
}

/// A line as it should be. Fields that are not known are left alone.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, default)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    name: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    aliases: Vec<Name<'a>>,
    #[serde(borrow, default)]
    roles: Vec<Held<'a>>,
    #[serde(borrow, default)]
    codes: Codes<'a>,
    #[serde(borrow, default)]
    country: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    qid: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    note: Option<Cow<'a, str>>,
}

/// A name, or `{"v": name, "lang": language}`.
struct Name<'a> {
    text: Cow<'a, str>,
    lang: Option<Cow<'a, str>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Name<'a>, D::Error> {
        from.deserialize_any(OfName)
    }
}

struct OfName;

impl<'de> Visitor<'de> for OfName {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a name, or {\"v\": name, \"lang\": language}")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
        Ok(Name { text: Cow::Borrowed(text), lang: None })
    }

    fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
        Ok(Name { text: Cow::Owned(text.to_owned()), lang: None })
    }

    fn visit_map<M: MapAccess<'de>>(self, fields: M) -> Result<Name<'de>, M::Error> {
        let InLanguage { v, lang } = InLanguage::deserialize(MapAccessDeserializer::new(fields))?;
        Ok(Name { text: v, lang })
    }
}

#[derive(Deserialize)]
struct InLanguage<'a> {
    #[serde(borrow)]
    v: Cow<'a, str>,
    #[serde(borrow, default)]
    lang: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Held<'a> {
    #[serde(borrow, default)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    org: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    country: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    code: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    from: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    to: Option<Cow<'a, str>>,
}

/// Codes by scheme: `{"cameo": "IRNGOV"}`, or a list of them.
#[derive(Deserialize, Default)]
struct Codes<'a>(#[serde(borrow)] std::collections::BTreeMap<Cow<'a, str>, OneOrMore<'a>>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore<'a> {
    One(#[serde(borrow)] Cow<'a, str>),
    More(#[serde(borrow)] Vec<Cow<'a, str>>),
}

fn record(fields: Line, place: &Place, sink: &mut Sink) {
    let owned = |text: Option<Cow<str>>| text.map(Cow::into_owned);
    let mut record = Record {
        id: owned(fields.id).unwrap_or_default(),
        name: owned(fields.name).unwrap_or_default(),
        qid: owned(fields.qid),
        note: owned(fields.note),
        ..Record::default()
    };
    record.is_nobody = fields.kind.as_deref().is_some_and(is_none);
    record.kind = fields.kind.filter(|word| !is_none(word)).and_then(|word| known_kind(&word, place, sink));
    record.country = fields.country.and_then(|code| known_country(&code, place, sink));
    record.aliases = fields.aliases.into_iter().map(alias).collect();
    for held in fields.roles {
        record.roles.extend(sink.role(|sink| Role {
            title: owned(held.title),
            org: owned(held.org),
            country: held.country.and_then(|code| known_country(&code, place, sink)),
            code: owned(held.code),
            from: held.from.and_then(|day| sink.day(place, "from", &day, End::First)),
            to: held.to.and_then(|day| sink.day(place, "to", &day, End::Last)),
        }));
    }
    for (scheme, codes) in fields.codes.0 {
        let codes = match codes {
            OneOrMore::One(code) => vec![code],
            OneOrMore::More(codes) => codes,
        };
        record.codes.extend(codes.into_iter().map(|code| (scheme.clone().into_owned(), code.into_owned())));
    }
    finish(record, place, sink);
}

fn alias(name: Name) -> Alias {
    Alias { lang: name.lang.map(Cow::into_owned), ..Alias::new(name.text) }
}

/// What has this kind is not an actor.
fn is_none(word: &str) -> bool {
    word.eq_ignore_ascii_case(NOBODY)
}

fn known_kind(word: &str, place: &Place, sink: &mut Sink) -> Option<crate::gazetteer::ActorKind> {
    let found = kind(word);
    if found.is_none() {
        let message = format!(
            "`kind`: {} is none of person, organization, place (or none, for what is not an actor)",
            quote(word)
        );
        sink.at_value(Code::G008, place, word, message);
    }
    found
}

fn known_country(code: &str, place: &Place, sink: &mut Sink) -> Option<String> {
    let found = country_code(code);
    if found.is_none() {
        let message = format!("`country`: {} is no country code of ISO 3166, such as `IR`", quote(code));
        sink.at_value(Code::G007, place, code, message);
    }
    found
}

fn finish(record: Record, place: &Place, sink: &mut Sink) {
    if record.name.trim().is_empty() {
        sink.problem(Code::G008, place.range.clone(), "`name` is missing: this record is left out".to_owned());
        return;
    }
    sink.record(record, place);
}

/// Reads a line that is not as it should be: says what is wrong with which field, and takes what is right.
fn careful(line: &str, place: &Place, sink: &mut Sink) {
    let fields = match serde_json::from_str::<Value>(line) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => {
            let message = "a line must be an object: `{\"id\": …, \"name\": …}`";
            return sink.problem(Code::G008, place.range.clone(), message.to_owned());
        }
        Err(error) => {
            let at = line.floor_char_boundary(error.column().saturating_sub(1));
            let range = place.range.start + at..place.range.end;
            let why = error.to_string();
            let why = why.split(" at line ").next().unwrap_or_default();
            return sink.problem(Code::G008, range, format!("this line is not JSON: {why}; it is left out"));
        }
    };
    let fields = &mut Fields { fields: &fields, place, sink, inside: "" };
    let mut record = Record {
        id: fields.text("id").unwrap_or_default(),
        name: fields.text("name").unwrap_or_default(),
        qid: fields.text("qid"),
        note: fields.text("note"),
        ..Record::default()
    };
    let kind = fields.text("kind");
    record.is_nobody = kind.as_deref().is_some_and(is_none);
    record.kind = kind.filter(|word| !is_none(word)).and_then(|word| known_kind(&word, place, fields.sink));
    record.country = fields.text("country").and_then(|code| known_country(&code, place, fields.sink));
    for value in fields.list("aliases", "a list of names") {
        match value {
            Value::String(text) => record.aliases.push(Alias::new(text)),
            Value::Object(parts) if parts.get("v").is_some_and(Value::is_string) => {
                let part = |key: &str| parts.get(key).and_then(Value::as_str).map(str::to_owned);
                let text = part("v").unwrap_or_default();
                record.aliases.push(Alias { lang: part("lang"), ..Alias::new(text) });
            }
            other => fields.wrong("aliases", "a name, or {\"v\": name, \"lang\": language}", other),
        }
    }
    for value in fields.list("roles", "a list of roles") {
        let Value::Object(parts) = value else {
            fields.wrong("roles", "an object: {\"title\": …, \"from\": …}", value);
            continue;
        };
        record.roles.extend(fields.sink.role(|sink| {
            let mut parts = Fields { fields: parts, place, sink, inside: "roles." };
            Role {
                title: parts.text("title"),
                org: parts.text("org"),
                country: parts.text("country").and_then(|code| known_country(&code, place, parts.sink)),
                code: parts.text("code"),
                from: parts.text("from").and_then(|day| parts.sink.day(place, "roles.from", &day, End::First)),
                to: parts.text("to").and_then(|day| parts.sink.day(place, "roles.to", &day, End::Last)),
            }
        }));
    }
    match fields.fields.get("codes") {
        None | Some(Value::Null) => {}
        Some(Value::Object(codes)) => {
            for (scheme, value) in codes {
                match value {
                    Value::String(code) => record.codes.push((scheme.clone(), code.clone())),
                    Value::Array(codes) => {
                        let codes = codes.iter().filter_map(Value::as_str);
                        record.codes.extend(codes.map(|code| (scheme.clone(), code.to_owned())));
                    }
                    other => fields.wrong("codes", "text: {\"cameo\": \"IRNGOV\"}", other),
                }
            }
        }
        Some(other) => fields.wrong("codes", "an object: {\"cameo\": \"IRNGOV\"}", other),
    }
    finish(record, place, sink);
}

/// The fields of an object, whatever is in them.
struct Fields<'a, 'b, 'c> {
    fields: &'a Map<String, Value>,
    place: &'a Place,
    sink: &'b mut Sink<'c>,
    /// The field in which the object stands, with a full stop.
    inside: &'static str,
}

impl<'a> Fields<'a, '_, '_> {
    fn text(&mut self, field: &str) -> Option<String> {
        match self.fields.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(other) => {
                self.wrong(field, "text", other);
                None
            }
        }
    }

    fn list(&mut self, field: &str, expected: &str) -> &'a [Value] {
        match self.fields.get(field) {
            None | Some(Value::Null) => &[],
            Some(Value::Array(values)) => values,
            Some(other) => {
                self.wrong(field, expected, other);
                &[]
            }
        }
    }

    fn wrong(&mut self, field: &str, expected: &str, found: &Value) {
        let message = format!("`{}{field}` must be {expected}, not {}; it is left out", self.inside, what(found));
        self.sink.at_value(Code::G008, self.place, field, message);
    }
}

fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
