//! GATE's gazetteers: `lists.def` names the lists, and each `.lst` has a name a line, with features behind `&`.

use super::{Sink, kind, lines};
use crate::gazetteer::ActorKind;
use crate::gazetteer::record::{Alias, Record};

/// A line of `lists.def`: `person.lst:person_full:male:en:Person`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// The file, beside `lists.def`.
    pub file: String,
    pub kind: Option<ActorKind>,
    pub lang: Option<String>,
}

/// The lists that name actors.
pub fn lists(text: &str) -> Vec<List> {
    lines(text).filter_map(|(line, _)| list(line.trim())).collect()
}

fn list(line: &str) -> Option<List> {
    let mut parts = line.split(':').map(str::trim);
    let file = parts.next().filter(|file| file.ends_with(".lst"))?;
    let (major, minor) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let lang = parts.next().filter(|lang| !lang.is_empty()).map(str::to_owned);
    let kind = kind_of(major).or_else(|| kind_of(minor))?;
    Some(List { file: file.to_owned(), kind: Some(kind), lang })
}

/// What the types in GATE's own lists stand for. First names, titles, days and the like name nobody.
fn kind_of(name: &str) -> Option<ActorKind> {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "person_full" | "person" | "politician" => Some(ActorKind::Person),
        "organization" | "organisation" | "company" | "govern_key" | "government" | "newspaper" | "sports_club"
        | "facility" => Some(ActorKind::Organization),
        "location" | "country" | "country_abbrev" | "province" | "city" | "region" => Some(ActorKind::Place),
        _ => kind(&name),
    }
}

/// The kind that the name of a list tells, where there is no `lists.def`: `government.lst`.
pub fn of_file(name: &str) -> List {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(".lst");
    let kind = kind_of(stem).or_else(|| stem.split(['_', '-']).find_map(kind_of));
    List { file: name.to_owned(), kind, lang: None }
}

pub fn read(text: &str, list: &List, sink: &mut Sink) {
    for (line, place) in lines(text) {
        let mut parts = line.trim().split(['&', '\t']).map(str::trim);
        let name = parts.next().unwrap_or_default();
        let mut record = Record { kind: list.kind, name: name.to_owned(), ..Record::default() };
        for (feature, value) in parts.filter_map(|part| part.split_once('=')) {
            match feature.to_ascii_lowercase().as_str() {
                "id" => record.id = value.to_owned(),
                "country" => record.country = crate::gazetteer::states::country_code(value),
                "name" | "canonical" | "preferred" => {
                    record.aliases.push(Alias { lang: list.lang.clone(), ..Alias::new(&*record.name) });
                    record.name = value.to_owned();
                }
                _ => {}
            }
        }
        if !name.is_empty() {
            sink.record(record, &place);
        }
    }
}
