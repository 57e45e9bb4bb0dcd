//! What could be written in an `actors.jsonl`: fields, kinds, codes, titles, ids of other actors.

use std::collections::HashMap;
use std::ops::Range;

use crate::features::completion::LANGUAGES;
use crate::features::completion::{Item, Kind};
use crate::gazetteer::read::{self, Format, Place};
use crate::gazetteer::{codes, slug};
use crate::workspace::Snapshot;

use super::line::{Line, Spot};
use super::{LARGEST, is_native, line_at};

/// Items of one sort.
const MOST: usize = 200;

/// The fields of a record, what they are, and what stands for their value: `¦` is where the cursor goes.
const FIELDS: &[(&str, &str, &str)] = &[
    ("id", "yours to choose; without one it is made from the name", "\"¦\""),
    ("kind", "person, organization, place, or none", "\"¦\""),
    ("name", "the name that is shown", "\"¦\""),
    ("aliases", "other names and spellings", "[\"¦\"]"),
    ("roles", "offices, and when they were held", "[{\"title\":\"¦\"}]"),
    ("codes", "codes by scheme", "{\"cameo\":\"¦\"}"),
    ("country", "ISO 3166, where it does not hang on a role", "\"¦\""),
    ("qid", "the item in Wikidata", "\"¦\""),
    ("note", "for people", "\"¦\""),
];
const FIELDS_OF_ROLE: &[(&str, &str, &str)] = &[
    ("title", "the office", "\"¦\""),
    ("org", "the organisation in which it is held", "\"¦\""),
    ("country", "ISO 3166", "\"¦\""),
    ("code", "CAMEO code of the role", "\"¦\""),
    ("from", "first day: 2024-08-21, 2024-08 or 2024", "\"¦\""),
    ("to", "last day", "\"¦\""),
];
const FIELDS_OF_ALIAS: &[(&str, &str, &str)] =
    &[("v", "the name", "\"¦\""), ("lang", "its language (BCP 47)", "\"¦\"")];
const SCHEMES: &[(&str, &str, &str)] = &[("cameo", "CAMEO code", "\"¦\"")];

const KINDS: &[(&str, &str)] = &[
    ("person", ""),
    ("organization", "armed groups, ministries, media too"),
    ("place", "a place or a state"),
    ("none", "not an actor: what has this name is taken for none"),
];

const RECORD: &str = "{\"id\":\"\",\"kind\":\"person\",\"name\":\"¦\"}";

/// What could be written at byte `offset`, the likeliest first. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Vec<Item> {
    if !is_native(snapshot) {
        return Vec::new();
    }
    let Some((start, line)) = line_at(snapshot, offset) else { return Vec::new() };
    let at = offset - start;
    if line.trim().is_empty() {
        return vec![record(start..start + line.len())];
    }
    let read = Line::read(&line, at);
    let Some(spot) = read.spot(&line, at) else { return Vec::new() };
    let place = start + spot.range.start..start + spot.range.end;
    if spot.is_key {
        return keys(&spot, &place);
    }
    let Some((field, outer)) = spot.path.split_last() else { return Vec::new() };
    let is_of_record = outer.is_empty();
    let values: Vec<Value> = match field.as_str() {
        "kind" if is_of_record => KINDS.iter().map(|(kind, about)| Value::new(*kind, *about)).collect(),
        "id" if is_of_record => {
            let name = read.value(&line, "name").map(slug).filter(|id| !id.is_empty());
            name.map(|id| Value::new(id, "made from the name")).into_iter().collect()
        }
        "country" => codes::countries()
            .iter()
            .map(|country| Value { also: country.name.clone(), ..Value::new(&country.two, &country.name) })
            .collect(),
        "cameo" | "code" => cameo(&spot.typed),
        "lang" => LANGUAGES.iter().map(|(tag, name)| Value::new(*tag, *name)).collect(),
        "title" | "org" => used(snapshot, field),
        "name" | "aliases" | "v" | "qid" | "note" | "from" | "to" => Vec::new(),
        _ => ids(snapshot, &spot.typed),
    };
    values.into_iter().map(|value| value.item(&place)).collect()
}

/// A value, and words for it.
struct Value {
    text: String,
    detail: String,
    /// By what else it is found.
    also: String,
}

impl Value {
    fn new(text: impl Into<String>, detail: impl Into<String>) -> Value {
        Value { text: text.into(), detail: detail.into(), also: String::new() }
    }

    fn item(self, place: &Range<usize>) -> Item {
        let put = serde_json::Value::from(self.text.as_str()).to_string();
        let also = if self.also.is_empty() { String::new() } else { format!(" {}", self.also) };
        Item {
            filter: Some(format!("\"{}{also}", self.text)),
            label: self.text,
            kind: Kind::Value,
            detail: self.detail,
            documentation: String::new(),
            range: place.clone(),
            put,
            placeholder: None,
        }
    }
}

fn record(range: Range<usize>) -> Item {
    let (put, placeholder) = skeleton(RECORD);
    Item {
        label: "{…}".to_owned(),
        kind: Kind::Key,
        detail: "an actor".to_owned(),
        documentation: String::new(),
        range,
        filter: None,
        put,
        placeholder,
    }
}

/// What is put, and where the cursor goes.
fn skeleton(text: &str) -> (String, Option<Range<usize>>) {
    let at = text.find('¦');
    (text.replacen('¦', "", 1), at.map(|at| at..at))
}

fn keys(spot: &Spot, place: &Range<usize>) -> Vec<Item> {
    let fields = match spot.path.last().map(String::as_str) {
        None => FIELDS,
        Some("roles") => FIELDS_OF_ROLE,
        Some("aliases") => FIELDS_OF_ALIAS,
        Some("codes") => SCHEMES,
        Some(_) => return Vec::new(),
    };
    let missing = fields.iter().filter(|(key, ..)| !spot.keys.iter().any(|there| there == key));
    let item = |(key, about, value): &(&str, &str, &str)| {
        let whole = if spot.has_colon { format!("\"{key}\"") } else { format!("\"{key}\":{value}") };
        let (put, placeholder) = skeleton(&whole);
        Item {
            label: (*key).to_owned(),
            kind: Kind::Key,
            detail: (*about).to_owned(),
            documentation: String::new(),
            range: place.clone(),
            filter: Some(format!("\"{key}\"")),
            put,
            placeholder,
        }
    };
    missing.map(item).collect()
}

/// Codes that begin like what is typed: a country or a sort of actor; behind a group of three letters, one more.
fn cameo(typed: &str) -> Vec<Value> {
    let whole = typed.len() - typed.len() % 3;
    let front = typed.get(..whole).unwrap_or_default();
    let groups = codes::cameo_groups().iter().map(|(code, about)| Value::new(format!("{front}{code}"), *about));
    if !front.is_empty() {
        return groups.collect();
    }
    let country =
        |country: &codes::Country| Value { also: country.name.clone(), ..Value::new(&country.three, &country.name) };
    codes::countries().iter().map(country).chain(groups).collect()
}

/// The titles or organisations of this file, the commonest first; offices that every country has behind them.
fn used(snapshot: &Snapshot, field: &str) -> Vec<Value> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    if snapshot.text.len() <= LARGEST {
        let text = snapshot.text.to_string();
        read::read(&text, &Format::Native, &mut |record, _: &Place| {
            for role in record.roles {
                let value = if field == "title" { role.title } else { role.org };
                if let Some(value) = value {
                    *counts.entry(value).or_default() += 1;
                }
            }
            if field == "org" && record.kind == Some(crate::gazetteer::ActorKind::Organization) {
                counts.entry(record.name).or_default();
            }
        });
    }
    if field == "title" {
        for office in codes::offices() {
            counts.entry(capitals(office)).or_default();
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.into_iter().take(MOST).map(|(value, _)| Value::new(value, "")).collect()
}

/// `Minister of Defence`
fn capitals(office: &str) -> String {
    let word = |word: &str| match word.chars().next() {
        Some(first) if word != "of" => first.to_uppercase().chain(word.chars().skip(1)).collect(),
        _ => word.to_owned(),
    };
    office.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

fn ids(snapshot: &Snapshot, typed: &str) -> Vec<Value> {
    let gazetteer = &snapshot.notes.gazetteer;
    let entries = gazetteer.ids_from(typed).filter_map(|id| gazetteer.entry(id, None));
    // What files list before the states that are always there.
    let (states, listed): (Vec<_>, Vec<_>) = entries.take(10 * MOST).partition(|entry| entry.is_state);
    listed.into_iter().chain(states).take(MOST).map(|entry| Value::new(entry.id, entry.name)).collect()
}
