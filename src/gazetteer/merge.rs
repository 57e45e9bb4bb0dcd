//! Merging records into an `actors.jsonl`, keeping what people wrote: a line to which nothing is added stays as it is, to
//! the byte; and nothing that stands in one is changed or taken away.

use foldhash::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::key::Folded;
use super::problem::{Code, Problem};
use super::record::{Alias, NOBODY, Record, Role};
use super::slug;

/// What merging made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// The file: a record a line, sorted by id.
    pub text: String,
    pub added: usize,
    pub extended: usize,
}

/// A line of the file.
struct Line {
    id: String,
    fields: Map<String, Value>,
    /// The line as it was, unless something was added.
    raw: Option<String>,
    is_new: bool,
}

/// The records of `existing`, an `actors.jsonl`, with `records` merged in: by id, by item in Wikidata, and by name where kind
/// and country do not speak against it. An error where a line of `existing` is no object with an id: it would be lost.
pub fn merge(existing: &str, records: &[Record]) -> Result<Merged, Problem> {
    let mut file = File::default();
    for (line, place) in super::read::lines(existing) {
        let fields = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(fields)) => fields,
            _ => {
                let message = "this line is not an object: repair it, nothing was imported".to_owned();
                return Err(Problem { code: Code::G008, range: place.range, message });
            }
        };
        let id = word(&fields, "id").map(str::to_owned).or_else(|| word(&fields, "name").map(slug)).unwrap_or_default();
        file.push(Line { id, fields, raw: Some(line.trim().to_owned()), is_new: false });
    }
    for record in records {
        file.take(record);
    }
    Ok(file.finish())
}

fn word<'a>(fields: &'a Map<String, Value>, field: &str) -> Option<&'a str> {
    fields.get(field).and_then(Value::as_str).filter(|word| !word.is_empty())
}

#[derive(Default)]
struct File {
    lines: Vec<Line>,
    ids: HashMap<String, usize>,
    items: HashMap<String, usize>,
    /// Lines that have a name, folded.
    names: HashMap<String, Vec<usize>>,
}

impl File {
    fn push(&mut self, line: Line) {
        let at = self.lines.len();
        self.ids.entry(line.id.clone()).or_insert(at);
        if let Some(item) = word(&line.fields, "qid") {
            self.items.entry(item.to_owned()).or_insert(at);
        }
        for name in names(&line.fields) {
            let holders = self.names.entry(Folded::name(name).text).or_default();
            if holders.last() != Some(&at) {
                holders.push(at);
            }
        }
        self.lines.push(line);
    }

    fn take(&mut self, record: &Record) {
        match self.find(record) {
            Some(at) => {
                if let Some(line) = self.lines.get_mut(at)
                    && extend(&mut line.fields, record)
                {
                    line.raw = None;
                }
                let aliases = record.aliases.iter().map(|alias| alias.text.as_str());
                for name in aliases.chain([record.name.as_str()]) {
                    let holders = self.names.entry(Folded::name(name).text).or_default();
                    if !holders.contains(&at) {
                        holders.push(at);
                    }
                }
            }
            None => {
                let id = self.new_id(record);
                let fields = new_fields(&id, record);
                self.push(Line { id, fields, raw: None, is_new: true });
            }
        }
    }

    /// The line of the actor that a record is.
    fn find(&self, record: &Record) -> Option<usize> {
        if let Some(at) = self.ids.get(&record.id).filter(|_| !record.id.is_empty()) {
            return Some(*at);
        }
        if let Some(at) = record.qid.as_ref().and_then(|item| self.items.get(item)) {
            return Some(*at);
        }
        let fits = |at: &&usize| self.lines.get(**at).is_some_and(|line| agrees(&line.fields, record));
        let mut fitting = self.names.get(&Folded::name(&record.name).text)?.iter().filter(fits);
        // Two namesakes: nobody can tell which of them is meant.
        fitting.next().filter(|_| fitting.next().is_none()).copied()
    }

    /// Its own id, or one made from its name that nobody has.
    fn new_id(&self, record: &Record) -> String {
        if !record.id.is_empty() {
            return record.id.clone();
        }
        let slug = slug(&record.name);
        let numbered = (2..).map(|number| format!("{slug}-{number}"));
        let mut ids = std::iter::once(slug.clone()).chain(numbered);
        ids.find(|id| !self.ids.contains_key(id)).unwrap_or_default()
    }

    fn finish(mut self) -> Merged {
        self.lines.sort_by(|a, b| a.id.cmp(&b.id));
        let mut merged = Merged::default();
        for line in &self.lines {
            merged.added += usize::from(line.is_new);
            merged.extended += usize::from(!line.is_new && line.raw.is_none());
            match &line.raw {
                Some(raw) => merged.text.push_str(raw),
                None => merged.text.push_str(&written(&line.fields)),
            }
            merged.text.push('\n');
        }
        merged
    }
}

/// All names of a line.
fn names(fields: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let aliases = fields.get("aliases").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    word(fields, "name").into_iter().chain(aliases.iter().filter_map(alias_text))
}

fn alias_text(alias: &Value) -> Option<&str> {
    alias.as_str().or_else(|| alias.get("v")?.as_str())
}

/// The fields of a line for a record that has none yet.
pub fn new_fields(id: &str, record: &Record) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), json!(id));
    let kind = record.kind.map(super::ActorKind::name).or(record.is_nobody.then_some(NOBODY));
    if let Some(kind) = kind {
        fields.insert("kind".to_owned(), json!(kind));
    }
    fields.insert("name".to_owned(), json!(record.name));
    extend(&mut fields, record);
    fields
}

/// Whether a line and a record of one name may be one actor: kinds, items and countries are the same, or not known.
pub fn agrees(fields: &Map<String, Value>, record: &Record) -> bool {
    let same = |field: &str, value: Option<&str>| match (word(fields, field), value) {
        (Some(there), Some(here)) => there.eq_ignore_ascii_case(here),
        _ => true,
    };
    let of_roles = fields.get("roles").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut countries: Vec<&str> = of_roles.iter().filter_map(|role| role.get("country")?.as_str()).collect();
    countries.extend(word(fields, "country"));
    let mut others =
        record.roles.iter().filter_map(|role| role.country.as_deref()).chain(record.country.as_deref()).peekable();
    let country = countries.is_empty()
        || others.peek().is_none()
        || others.any(|other| countries.iter().any(|code| code.eq_ignore_ascii_case(other)));
    let kind = record.kind.map(super::ActorKind::name).or(record.is_nobody.then_some(NOBODY));
    let is_nobody = word(fields, "kind").is_some_and(|kind| kind.eq_ignore_ascii_case(NOBODY));
    country && is_nobody == record.is_nobody && same("kind", kind) && same("qid", record.qid.as_deref())
}

/// Adds what a line does not say yet; whether there was anything.
pub fn extend(fields: &mut Map<String, Value>, record: &Record) -> bool {
    let mut is_more = false;
    let mut known: HashSet<String> = names(fields).map(str::to_owned).collect();
    let own = Alias::new(record.name.as_str());
    let mut new: Vec<&Alias> = Vec::new();
    for alias in std::iter::once(&own).chain(&record.aliases) {
        if known.insert(alias.text.clone()) {
            new.push(alias);
        }
    }
    is_more |= append(fields, "aliases", new.into_iter().map(alias_value).collect());
    let held = fields.get("roles").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut roles: Vec<Value> = Vec::new();
    for role in record.roles.iter().map(role_value) {
        if !held.iter().chain(&roles).any(|other| says(other, &role)) {
            roles.push(role);
        }
    }
    is_more |= append(fields, "roles", roles);
    for (scheme, code) in &record.codes {
        is_more |= add_code(fields, scheme, code);
    }
    let kind = record.kind.map(|kind| kind.name().to_owned());
    // The country of a role needs no other.
    let of_roles = fields.get("roles").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let is_of_role =
        of_roles.iter().any(|role| role.get("country").and_then(Value::as_str) == record.country.as_deref());
    let country = record.country.clone().filter(|_| !is_of_role);
    let singles = [("kind", kind), ("country", country), ("qid", record.qid.clone()), ("note", record.note.clone())];
    for (field, value) in singles {
        let is_known = fields.get(field).is_some_and(|value| !value.is_null());
        if let Some(value) = value.filter(|_| !is_known) {
            fields.insert(field.to_owned(), json!(value));
            is_more = true;
        }
    }
    is_more
}

/// Adds to a list; not to what somebody wrote that is none.
fn append(fields: &mut Map<String, Value>, field: &str, values: Vec<Value>) -> bool {
    if values.is_empty() {
        return false;
    }
    match fields.entry(field).or_insert_with(|| json!([])) {
        Value::Array(list) => {
            list.extend(values);
            true
        }
        _ => false,
    }
}

fn add_code(fields: &mut Map<String, Value>, scheme: &str, code: &str) -> bool {
    let Value::Object(codes) = fields.entry("codes").or_insert_with(|| json!({})) else { return false };
    match codes.get_mut(scheme) {
        None => {
            codes.insert(scheme.to_owned(), json!(code));
            true
        }
        Some(Value::String(known)) if known != code => {
            let known = known.clone();
            codes.insert(scheme.to_owned(), json!([known, code]));
            true
        }
        Some(Value::Array(known)) if !known.iter().any(|other| other == code) => {
            known.push(json!(code));
            true
        }
        Some(_) => false,
    }
}

fn alias_value(alias: &Alias) -> Value {
    match &alias.lang {
        Some(lang) => json!({"v": alias.text, "lang": lang}),
        None => json!(alias.text),
    }
}

fn role_value(role: &Role) -> Value {
    let mut fields = Map::new();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let parts = [
        ("title", role.title.clone()),
        ("org", role.org.clone()),
        ("country", role.country.clone()),
        ("code", role.code.clone()),
        ("from", day(role.from)),
        ("to", day(role.to)),
    ];
    for (field, value) in parts {
        if let Some(value) = value {
            fields.insert(field.to_owned(), json!(value));
        }
    }
    Value::Object(fields)
}

/// Whether a role says all that another one does. Dates of which one is the start of the other are the same.
fn says(role: &Value, other: &Value) -> bool {
    let Some(fields) = other.as_object() else { return true };
    fields.iter().all(|(field, value)| match (role.get(field).and_then(Value::as_str), value.as_str()) {
        (Some(there), Some(here)) => {
            there == here || (matches!(field.as_str(), "from" | "to") && here.starts_with(there))
        }
        _ => false,
    })
}

/// A line with its fields in the order in which people read them.
pub fn written(fields: &Map<String, Value>) -> String {
    const ORDER: &[&str] = &["id", "kind", "name", "aliases", "roles", "codes", "country", "qid", "note"];
    const OF_ROLE: &[&str] = &["title", "org", "country", "code", "from", "to"];
    const OF_ALIAS: &[&str] = &["v", "lang"];
    let each = |value: &Value, order: &[&str]| match value {
        Value::Object(fields) => ordered(fields, order, &|_, value| value.to_string()),
        other => other.to_string(),
    };
    ordered(fields, ORDER, &|field, value| match (field, value) {
        ("aliases" | "roles", Value::Array(items)) => {
            let order = if field == "roles" { OF_ROLE } else { OF_ALIAS };
            let items: Vec<String> = items.iter().map(|item| each(item, order)).collect();
            format!("[{}]", items.join(","))
        }
        _ => value.to_string(),
    })
}

fn ordered(fields: &Map<String, Value>, order: &[&str], value: &dyn Fn(&str, &Value) -> String) -> String {
    let first = order.iter().filter_map(|field| fields.get_key_value(*field));
    let others = fields.iter().filter(|(field, _)| !order.contains(&field.as_str()));
    let part = |(field, content): (&String, &Value)| format!("{}:{}", json!(field), value(field, content));
    let parts: Vec<String> = first.chain(others).map(part).collect();
    format!("{{{}}}", parts.join(","))
}
