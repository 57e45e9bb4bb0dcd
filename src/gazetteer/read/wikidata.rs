//! Entities of Wikidata, one a line as JSON, as in its dumps: labels, aliases, offices held (P39) with their years, and the
//! country. Items name each other by number; names come from the items of the same file.

use foldhash::HashMap;

use serde_json::Value;

use super::days::{self, End};
use super::{Place, Sink, lines};
use crate::gazetteer::ActorKind;
use crate::gazetteer::problem::{Code, quote};
use crate::gazetteer::record::{Alias, Record, Role};
use crate::gazetteer::states::{country_code, country_of_item};

pub fn read(text: &str, sink: &mut Sink) {
    let mut items: Vec<(Value, Place)> = Vec::new();
    for (line, place) in lines(text) {
        let line = line.trim().trim_end_matches(',');
        if matches!(line, "[" | "]") {
            continue;
        }
        match serde_json::from_str::<Value>(line) {
            Ok(item) => items.push((item, place)),
            Err(error) => {
                let why = error.to_string();
                let why = why.split(" at line ").next().unwrap_or_default();
                sink.problem(Code::G008, place.range, format!("this line is no entity of Wikidata: {why}"));
            }
        }
    }
    let known: HashMap<String, (String, Option<String>)> = items
        .iter()
        .filter_map(|(item, _)| Some((item.get("id")?.as_str()?.to_owned(), (label(item)?, own_code(item)))))
        .collect();
    for (item, place) in &items {
        let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
        let Some(name) = label(item) else {
            sink.problem(Code::G008, place.range.clone(), "`labels` has no name: this item is left out".to_owned());
            continue;
        };
        // Offices, genders and the like are named by actors, and are none.
        let Some(kind) = kind_of(item) else { continue };
        let mut aliases: Vec<Alias> = names(item, "labels").chain(names(item, "aliases")).collect();
        aliases.retain(|alias| alias.text != name);
        let mut record = Record {
            id: id.to_owned(),
            kind: Some(kind),
            aliases,
            country: own_code(item).or_else(|| country(item, &known)),
            qid: Some(id.to_owned()),
            name,
            ..Record::default()
        };
        record.note = item
            .get("descriptions")
            .and_then(|all| all.get("en"))
            .and_then(|one| one.get("value"))
            .and_then(Value::as_str)
            .map(str::to_owned);
        for statement in statements(item, "P39") {
            let bad_days = sink.bad_days;
            let role = role(statement, &known, place, sink);
            record.roles.extend(role.filter(|_| sink.bad_days == bad_days));
        }
        sink.record(record, place);
    }
}

/// The English name, else the first one by language.
fn label(item: &Value) -> Option<String> {
    let labels = item.get("labels")?.as_object()?;
    let label = ["en", "mul", "en-gb"].iter().find_map(|lang| labels.get(*lang)).or_else(|| labels.values().next())?;
    label.get("value").and_then(Value::as_str).map(str::to_owned)
}

/// All labels or aliases, each with its language.
fn names<'a>(item: &'a Value, field: &str) -> impl Iterator<Item = Alias> + use<'a> {
    let languages = item.get(field).and_then(Value::as_object).into_iter().flat_map(|languages| languages.values());
    let values = languages.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    values.filter_map(|value| {
        let text = value.get("value")?.as_str()?;
        let lang = value.get("language").and_then(Value::as_str).filter(|lang| *lang != "mul");
        Some(Alias { lang: lang.map(str::to_owned), ..Alias::new(text) })
    })
}

fn statements<'a>(item: &'a Value, property: &str) -> &'a [Value] {
    let statements = item.get("claims").and_then(|claims| claims.get(property)).and_then(Value::as_array);
    statements.map(Vec::as_slice).unwrap_or_default()
}

/// The item or the text that a statement says.
fn value(snak: &Value) -> Option<&str> {
    let value = snak.get("datavalue")?.get("value")?;
    value.as_str().or_else(|| value.get("id")?.as_str()).or_else(|| value.get("time")?.as_str())
}

fn said<'a>(item: &'a Value, property: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    statements(item, property).iter().filter_map(|statement| value(statement.get("mainsnak")?))
}

/// The ISO code that a state has (P297).
fn own_code(item: &Value) -> Option<String> {
    said(item, "P297").find_map(country_code)
}

/// Citizenship (P27) or country (P17).
fn country(item: &Value, known: &HashMap<String, (String, Option<String>)>) -> Option<String> {
    let items = said(item, "P27").chain(said(item, "P17"));
    items.into_iter().find_map(|item| code_of(item, known))
}

fn code_of(item: &str, known: &HashMap<String, (String, Option<String>)>) -> Option<String> {
    known.get(item).and_then(|(_, code)| code.clone()).or_else(|| country_of_item(item))
}

/// A human (Q5) is a person; what has a code of ISO 3166 or coordinates is a place; what is an office is nobody.
fn kind_of(item: &Value) -> Option<ActorKind> {
    const OFFICES: &[&str] = &["Q4164871", "Q294414", "Q48352", "Q5741069", "Q214339"];
    let mut classes = said(item, "P31").peekable();
    if own_code(item).is_some() {
        return Some(ActorKind::Place);
    }
    let has = |property: &str| !statements(item, property).is_empty();
    if classes.peek().is_none() && !has("P39") && !has("P27") {
        return has("P625").then_some(ActorKind::Place);
    }
    let classes: Vec<&str> = classes.collect();
    if classes.contains(&"Q5") || has("P39") || has("P27") {
        Some(ActorKind::Person)
    } else if classes.iter().any(|class| OFFICES.contains(class)) {
        None
    } else if has("P625") {
        Some(ActorKind::Place)
    } else {
        Some(ActorKind::Organization)
    }
}

fn role(
    statement: &Value,
    known: &HashMap<String, (String, Option<String>)>,
    place: &Place,
    sink: &mut Sink,
) -> Option<Role> {
    let office = value(statement.get("mainsnak")?)?;
    let qualifier = |property: &str| {
        statement.get("qualifiers").and_then(|all| all.get(property)).and_then(|snaks| snaks.get(0)).and_then(value)
    };
    let mut day = |property: &str, end| {
        let time = qualifier(property)?;
        let found = day(time, end);
        if found.is_none() {
            sink.bad_day(place, time, format!("`{property}`: no calendar has the date {}", quote(time)));
        }
        found
    };
    let (from, to) = (day("P580", End::First), day("P582", End::Last));
    let title = known.get(office).map(|(name, _)| name.clone());
    let org = qualifier("P108").or(qualifier("P642")).and_then(|item| known.get(item)).map(|(name, _)| name.clone());
    // An office whose name the file does not have, at no known time, says nothing.
    if title.is_none() && from.is_none() && to.is_none() {
        return None;
    }
    Some(Role { title, org, country: qualifier("P17").and_then(|item| code_of(item, known)), code: None, from, to })
}

/// `+2019-10-05T00:00:00Z`, with zeros for what is not known.
fn day(time: &str, end: End) -> Option<jiff::civil::Date> {
    let text = time.strip_prefix('+')?;
    let mut parts = text.split(['-', 'T']).map(|part| part.parse::<i16>().ok());
    days::of_parts(parts.next()??, parts.next().flatten(), parts.next().flatten(), end)
}
