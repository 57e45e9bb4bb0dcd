//! FollowTheMoney entities, one a line as JSON (OpenSanctions, Aleph). Roles are entities of their own (`Occupancy`,
//! `Membership`, `Employment`, `Directorship`), which may stand on any line.

use foldhash::{HashMap, HashMapExt};

use serde::Deserialize;

use super::days::End;
use super::{Place, Sink, lines};
use crate::gazetteer::ActorKind;
use crate::gazetteer::problem::Code;
use crate::gazetteer::record::{Alias, Record, Role};
use crate::gazetteer::states::country_code;

#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    caption: Option<String>,
    #[serde(default)]
    properties: HashMap<String, Vec<serde_json::Value>>,
}

impl Entity {
    /// The values of a property; of an entity that is written out in place, its id.
    fn all<'a>(&'a self, property: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let values = self.properties.get(property).map(Vec::as_slice).unwrap_or_default();
        values.iter().filter_map(|value| value.as_str().or_else(|| value.get("id")?.as_str()))
    }

    fn first(&self, property: &str) -> Option<String> {
        self.all(property).next().map(str::to_owned)
    }
}

/// What an entity of a kind of relation calls the one who holds the role, and where it is held.
const RELATIONS: &[(&str, &str, &str)] = &[
    ("Occupancy", "holder", "post"),
    ("Membership", "member", "organization"),
    ("Employment", "employee", "employer"),
    ("Directorship", "director", "organization"),
];

pub fn read(text: &str, sink: &mut Sink) {
    let mut actors: Vec<(Record, Place)> = Vec::new();
    let mut relations: Vec<(Entity, Place, &str, &str)> = Vec::new();
    let mut names: HashMap<String, (String, Option<String>)> = HashMap::new();
    for (line, place) in lines(text) {
        let entity: Entity = match serde_json::from_str(line) {
            Ok(entity) => entity,
            Err(error) => {
                let why = error.to_string();
                let why = why.split(" at line ").next().unwrap_or_default();
                sink.problem(Code::G008, place.range, format!("this line is no FollowTheMoney entity: {why}"));
                continue;
            }
        };
        let name = entity.caption.clone().filter(|name| *name != entity.id).or_else(|| entity.first("name"));
        if let Some(name) = &name {
            names.insert(entity.id.clone(), (name.clone(), country(&entity)));
        }
        if let Some((_, holder, where_held)) = RELATIONS.iter().find(|(schema, ..)| *schema == entity.schema) {
            relations.push((entity, place, holder, where_held));
            continue;
        }
        let Some(kind) = kind_of(&entity.schema) else { continue };
        match name {
            Some(name) => actors.push((record(&entity, kind, name), place)),
            None => sink.problem(Code::G008, place.range, "`name` is missing: this entity is left out".to_owned()),
        }
    }
    let mut roles: HashMap<String, Vec<Role>> = HashMap::new();
    for (relation, place, holder, where_held) in relations {
        let role = sink.role(|sink| role(&relation, &place, where_held, &names, sink));
        for holder in relation.all(holder) {
            roles.entry(holder.to_owned()).or_default().extend(role.clone());
        }
    }
    for (mut record, place) in actors {
        record.roles.extend(roles.remove(&record.id).unwrap_or_default());
        sink.record(record, &place);
    }
}

fn kind_of(schema: &str) -> Option<ActorKind> {
    match schema {
        "Person" => Some(ActorKind::Person),
        "Organization" | "Company" | "PublicBody" | "LegalEntity" | "Assessment" => Some(ActorKind::Organization),
        _ => None,
    }
}

fn record(entity: &Entity, kind: ActorKind, name: String) -> Record {
    let others = entity.all("name").chain(entity.all("alias")).chain(entity.all("previousName"));
    let aliases = others.filter(|alias| *alias != name).map(Alias::new).collect();
    let position = entity.all("position").map(|title| Role { title: Some(title.to_owned()), ..Role::default() });
    Record {
        id: entity.id.clone(),
        kind: Some(kind),
        aliases,
        roles: position.collect(),
        country: country(entity),
        qid: entity.first("wikidataId"),
        note: entity.first("notes").or_else(|| entity.first("summary")),
        name,
        ..Record::default()
    }
}

fn country(entity: &Entity) -> Option<String> {
    let codes = ["country", "nationality", "jurisdiction", "citizenship"].into_iter().flat_map(|of| entity.all(of));
    codes.into_iter().find_map(country_code)
}

fn role(
    relation: &Entity,
    place: &Place,
    where_held: &str,
    names: &HashMap<String, (String, Option<String>)>,
    sink: &mut Sink,
) -> Role {
    let held = relation.first(where_held).and_then(|id| names.get(&id).cloned());
    let (held, country) = held.map_or((None, None), |(name, country)| (Some(name), country));
    let said = relation.first("role");
    let (title, org) = if where_held == "post" { (held.or(said), None) } else { (said, held) };
    let mut day = |field: &str, end| relation.first(field).and_then(|day| sink.day(place, field, &day, end));
    Role { title, org, country, code: None, from: day("startDate", End::First), to: day("endDate", End::Last) }
}
