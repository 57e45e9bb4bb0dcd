//! The meta model of the Language Server Protocol, and values checked against it.
//!
//! Checked: types, missing and unknown properties, enumerations, unions, numbers in their range, and that a
//! `Range` does not end before it starts.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("lsp.json")));

pub struct Model {
    requests: HashMap<String, Method>,
    notifications: HashMap<String, Method>,
    /// With the properties of what they extend.
    structures: HashMap<String, Vec<Property>>,
    enumerations: HashMap<String, Enumeration>,
    aliases: HashMap<String, Type>,
}

/// A request or a notification.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Method {
    method: String,
    pub message_direction: Direction,
    pub params: Option<Type>,
    pub result: Option<Type>,
    pub partial_result: Option<Type>,
    pub registration_options: Option<Type>,
    /// Where a client says that it knows the method: `textDocument.hover`.
    pub client_capability: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    ClientToServer,
    ServerToClient,
    Both,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Type {
    Base {
        name: String,
    },
    Reference {
        name: String,
    },
    Array {
        element: Box<Type>,
    },
    Map {
        value: Box<Type>,
    },
    Or {
        items: Vec<Type>,
    },
    /// All of them at once; each is a structure.
    And {
        items: Vec<Type>,
    },
    Tuple {
        items: Vec<Type>,
    },
    Literal {
        value: Literal,
    },
    StringLiteral {
        value: String,
    },
}

#[derive(Debug, Clone, Deserialize)]
pub struct Literal {
    properties: Vec<Property>,
}

#[derive(Debug, Clone, Deserialize)]
struct Property {
    name: String,
    #[serde(rename = "type")]
    kind: Type,
    #[serde(default)]
    optional: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Enumeration {
    name: String,
    #[serde(rename = "type")]
    kind: Type,
    values: Vec<EnumerationValue>,
    #[serde(default)]
    supports_custom_values: bool,
}

#[derive(Debug, Deserialize)]
struct EnumerationValue {
    value: Value,
}

#[derive(Deserialize)]
struct Structure {
    name: String,
    #[serde(default)]
    extends: Vec<Type>,
    #[serde(default)]
    mixins: Vec<Type>,
    properties: Vec<Property>,
}

#[derive(Deserialize)]
struct Alias {
    name: String,
    #[serde(rename = "type")]
    kind: Type,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    requests: Vec<Method>,
    notifications: Vec<Method>,
    structures: Vec<Structure>,
    enumerations: Vec<Enumeration>,
    type_aliases: Vec<Alias>,
}

/// Something wrong with a value, and where in it: `params.diagnostics[3].range: missing`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    at: String,
    depth: usize,
    what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

/// The way into a value; only spelt out when something is wrong there.
struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Name(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    fn root(name: &'a str) -> Self {
        At { parent: None, step: Step::Name(name) }
    }

    fn then(&'a self, step: Step<'a>) -> At<'a> {
        At { parent: Some(self), step }
    }

    fn depth(&self) -> usize {
        self.parent.map_or(0, |parent| parent.depth() + 1)
    }

    fn spell(&self) -> String {
        let before = self.parent.map(At::spell).unwrap_or_default();
        match self.step {
            Step::Name(name) if before.is_empty() => name.to_owned(),
            Step::Name(name) => format!("{before}.{name}"),
            Step::Index(index) => format!("{before}[{index}]"),
        }
    }

    fn problem(&self, what: impl Into<String>) -> Problem {
        Problem { at: self.spell(), depth: self.depth(), what: what.into() }
    }
}

impl Model {
    pub fn get() -> &'static Model {
        &MODEL
    }

    fn read(json: &str) -> Model {
        let file: File = serde_json::from_str(json).expect("the meta model is well-formed");
        let raw: HashMap<&str, &Structure> = file.structures.iter().map(|s| (s.name.as_str(), s)).collect();
        let structures = raw.keys().map(|name| ((*name).to_owned(), all_properties(&raw, name))).collect();
        let by_method = |methods: Vec<Method>| methods.into_iter().map(|m| (m.method.clone(), m)).collect();
        Model {
            structures,
            requests: by_method(file.requests),
            notifications: by_method(file.notifications),
            enumerations: file.enumerations.into_iter().map(|e| (e.name.clone(), e)).collect(),
            aliases: file.type_aliases.into_iter().map(|a| (a.name, a.kind)).collect(),
        }
    }

    pub fn request(&self, method: &str) -> Option<&Method> {
        self.requests.get(method)
    }

    pub fn notification(&self, method: &str) -> Option<&Method> {
        self.notifications.get(method)
    }

    /// What is wrong with `value` as a `kind`; `name` is what the value is called in the answer.
    pub fn check(&self, name: &str, value: &Value, kind: &Type) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.visit(value, kind, &At::root(name), &mut problems);
        problems
    }

    /// The same for a structure, an enumeration or an alias by its name.
    pub fn check_named(&self, name: &str, value: &Value, kind: &str) -> Vec<Problem> {
        self.check(name, value, &Type::Reference { name: kind.to_owned() })
    }

    fn visit(&self, value: &Value, kind: &Type, at: &At<'_>, out: &mut Vec<Problem>) {
        match kind {
            Type::Base { name } => out.extend(base(value, name, at)),
            Type::Reference { name } => self.reference(value, name, at, out),
            Type::Array { element } => match value.as_array() {
                None => out.push(at.problem("not an array")),
                Some(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.visit(item, element, &at.then(Step::Index(index)), out);
                    }
                }
            },
            Type::Map { value: element } => match value.as_object() {
                None => out.push(at.problem("not a map")),
                Some(entries) => {
                    for (key, entry) in entries {
                        self.visit(entry, element, &at.then(Step::Name(key)), out);
                    }
                }
            },
            Type::Or { items } => self.union(value, items, at, out),
            Type::And { items } => self.object(value, items.iter().flat_map(|item| self.properties(item)), at, out),
            Type::Tuple { items } => match value.as_array() {
                Some(values) if values.len() == items.len() => {
                    for (index, (value, kind)) in values.iter().zip(items).enumerate() {
                        self.visit(value, kind, &at.then(Step::Index(index)), out);
                    }
                }
                _ => out.push(at.problem(format!("not an array of {}", items.len()))),
            },
            Type::Literal { value: literal } => self.object(value, literal.properties.iter(), at, out),
            Type::StringLiteral { value: literal } => {
                if value.as_str() != Some(literal) {
                    out.push(at.problem(format!("{} is not {literal:?}", shorten(value))));
                }
            }
        }
    }

    /// Of the alternatives that fail, the one that got deepest says best what is wrong.
    fn union(&self, value: &Value, items: &[Type], at: &At<'_>, out: &mut Vec<Problem>) {
        let mut nearest: Option<Vec<Problem>> = None;
        let depth = |problems: &[Problem]| problems.iter().map(|p| p.depth).max();
        for item in items {
            let mut problems = Vec::new();
            self.visit(value, item, at, &mut problems);
            if problems.is_empty() {
                return;
            }
            if nearest.as_ref().is_none_or(|best| depth(&problems) > depth(best)) {
                nearest = Some(problems);
            }
        }
        out.extend(nearest.unwrap_or_default());
    }

    fn reference(&self, value: &Value, name: &str, at: &At<'_>, out: &mut Vec<Problem>) {
        if matches!(name, "LSPAny" | "LSPArray") {
            return;
        }
        if name == "LSPObject" {
            if !value.is_object() {
                out.push(at.problem("not an object"));
            }
        } else if let Some(kind) = self.aliases.get(name) {
            self.visit(value, kind, at, out);
        } else if let Some(enumeration) = self.enumerations.get(name) {
            self.visit(value, &enumeration.kind, at, out);
            if !enumeration.supports_custom_values && enumeration.values.iter().all(|known| known.value != *value) {
                out.push(at.problem(format!("{} is no {name}", shorten(value))));
            }
        } else if let Some(properties) = self.structures.get(name) {
            self.object(value, properties.iter(), at, out);
            if name == "Range" && ends_before_start(value) {
                out.push(at.problem("ends before it starts"));
            }
        } else {
            out.push(at.problem(format!("the meta model has no {name}")));
        }
    }

    fn object<'m>(
        &self,
        value: &Value,
        properties: impl Iterator<Item = &'m Property> + Clone,
        at: &At<'_>,
        out: &mut Vec<Problem>,
    ) {
        let Some(object) = value.as_object() else {
            out.push(at.problem("not an object"));
            return;
        };
        for property in properties.clone() {
            let here = at.then(Step::Name(&property.name));
            match object.get(&property.name) {
                Some(value) => self.visit(value, &property.kind, &here, out),
                None if property.optional => {}
                None => out.push(here.problem("missing")),
            }
        }
        for key in object.keys().filter(|key| properties.clone().all(|property| property.name != **key)) {
            out.push(at.then(Step::Name(key)).problem("unknown property"));
        }
    }

    /// Of a structure that is referred to; none of anything else.
    fn properties(&self, kind: &Type) -> &[Property] {
        match kind {
            Type::Reference { name } => self.structures.get(name).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }
}

fn all_properties(structures: &HashMap<&str, &Structure>, name: &str) -> Vec<Property> {
    let structure = structures[name];
    let mut found = structure.properties.clone();
    for base in structure.extends.iter().chain(&structure.mixins) {
        let Type::Reference { name } = base else { panic!("{name} extends something without a name") };
        for property in all_properties(structures, name) {
            // A structure may narrow what it takes over.
            if found.iter().all(|own| own.name != property.name) {
                found.push(property);
            }
        }
    }
    found
}

fn base(value: &Value, name: &str, at: &At<'_>) -> Option<Problem> {
    let good = match name {
        "string" | "RegExp" => value.is_string(),
        "URI" | "DocumentUri" => value.as_str().is_some_and(has_scheme),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "decimal" => value.is_number(),
        "integer" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        "uinteger" => value.as_i64().is_some_and(|number| (0..=i64::from(i32::MAX)).contains(&number)),
        _ => false,
    };
    (!good).then(|| at.problem(format!("{} is no {name}", shorten(value))))
}

fn has_scheme(uri: &str) -> bool {
    uri.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

fn ends_before_start(range: &Value) -> bool {
    let place = |end: &str| Some((range[end]["line"].as_u64()?, range[end]["character"].as_u64()?));
    matches!((place("start"), place("end")), (Some(start), Some(end)) if end < start)
}

/// A value for a message.
pub fn shorten(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 80 { text } else { text.chars().take(77).chain("...".chars()).collect() }
}

// The path also holds where this file is used from elsewhere (`tests/editors`).
#[cfg(test)]
#[path = "metamodel/tests.rs"]
mod tests;
