//! Popolo: one JSON object of persons, organisations, posts and memberships (EveryPolitician).

use foldhash::{HashMap, HashMapExt};

use serde_json::Value;

use super::days::End;
use super::{Place, Sink};
use crate::gazetteer::ActorKind;
use crate::gazetteer::problem::Code;
use crate::gazetteer::record::{Alias, Record, Role};

pub fn read(text: &str, sink: &mut Sink) {
    let whole: Value = match serde_json::from_str(text.trim_start_matches('\u{FEFF}')) {
        Ok(whole) => whole,
        Err(error) => {
            let message = format!("this file is not JSON: {error}; nothing is read");
            return sink.problem(Code::G008, 0..text.len().min(1), message);
        }
    };
    let list = |name: &str| whole.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let named = |list: &[Value], field: &str| -> HashMap<String, String> {
        list.iter().filter_map(|item| Some((word(item, "id")?, word(item, field)?))).collect()
    };
    let organizations = named(list("organizations"), "name");
    let posts = named(list("posts"), "label");
    let mut finder = Finder { text, from: 0, line: 1 };
    let events: HashMap<String, &Value> =
        list("events").iter().filter_map(|event| Some((word(event, "id")?, event))).collect();
    let mut roles: HashMap<String, Vec<Role>> = HashMap::new();
    for membership in list("memberships") {
        let Some(person) = word(membership, "person_id") else { continue };
        let place = Place { range: 0..text.len(), line: 1 };
        let event = word(membership, "legislative_period_id").and_then(|id| events.get(&id).copied());
        let post = word(membership, "post_id").and_then(|id| posts.get(&id).cloned());
        let role = sink.role(|sink| {
            let mut day = |field: &str, end| {
                let day = word(membership, field).or_else(|| word(event?, field))?;
                sink.day(&place, field, &day, end)
            };
            Role {
                title: post.or_else(|| word(membership, "role")),
                org: word(membership, "organization_id").and_then(|id| organizations.get(&id).cloned()),
                from: day("start_date", End::First),
                to: day("end_date", End::Last),
                ..Role::default()
            }
        });
        roles.entry(person).or_default().extend(role);
    }
    for (list_name, kind) in [("persons", ActorKind::Person), ("organizations", ActorKind::Organization)] {
        for item in list(list_name) {
            let id = word(item, "id").unwrap_or_default();
            let place = finder.find(&id);
            let Some(name) = word(item, "name") else {
                let message = format!("`name` is missing in one of the {list_name}: it is left out");
                sink.problem(Code::G008, place.range, message);
                continue;
            };
            let mut record = record(item, id, name, kind);
            record.roles = roles.remove(&record.id).unwrap_or_default();
            sink.record(record, &place);
        }
    }
}

fn word(item: &Value, field: &str) -> Option<String> {
    item.get(field).and_then(Value::as_str).filter(|word| !word.is_empty()).map(str::to_owned)
}

fn record(item: &Value, id: String, name: String, kind: ActorKind) -> Record {
    let of = |field: &str| item.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let alias = |other: &Value| {
        let text = other.as_str().map(str::to_owned).or_else(|| word(other, "name"))?;
        Some(Alias { lang: word(other, "lang"), ..Alias::new(text) })
    };
    let is_wikidata = |identifier: &&Value| word(identifier, "scheme").is_some_and(|scheme| scheme == "wikidata");
    Record {
        id,
        kind: Some(kind),
        aliases: of("other_names").iter().filter_map(alias).filter(|alias| alias.text != name).collect(),
        qid: of("identifiers").iter().find(is_wikidata).and_then(|identifier| word(identifier, "identifier")),
        note: word(item, "summary"),
        name,
        ..Record::default()
    }
}

/// Finds items in the file by their ids, which come in order.
struct Finder<'a> {
    text: &'a str,
    from: usize,
    line: u32,
}

impl Finder<'_> {
    fn find(&mut self, id: &str) -> Place {
        let rest = self.text.get(self.from..).unwrap_or_default();
        let quoted = format!("\"{id}\"");
        let at = match memchr::memmem::find(rest.as_bytes(), quoted.as_bytes()) {
            Some(at) if !id.is_empty() => self.from + at,
            _ => return Place { range: self.from..self.from, line: self.line },
        };
        let passed = self.text.get(self.from..at).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count() as u32;
        self.from = at;
        Place { range: at + 1..at + 1 + id.len(), line: self.line }
    }
}
