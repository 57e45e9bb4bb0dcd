//! What hover says in an actors file: the actor, and what a code stands for.

use crate::features::hover::Hover;
use crate::features::markup::{Part, Text, corpus, own};
use crate::gazetteer::{Record, Role, codes};
use crate::workspace::Snapshot;

use super::{kind_name, piece_at, record_at};

/// Names and roles that are shown.
const NAMES: usize = 8;
const ROLES: usize = 6;

/// What there is to say about byte `offset`; `None` outside of records. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    let (record, whole) = record_at(snapshot, offset)?;
    let mut text = Text::default();
    let piece = piece_at(snapshot, offset);
    if let Some((piece, value, _)) = piece.as_ref().filter(|(piece, ..)| !piece.is_key) {
        let field = piece.path.last().map(String::as_str).unwrap_or_default();
        if let Some(words) = code_in_words(field, value) {
            text.line([corpus(value.as_str()), own(format!(" – {words}"))]);
        }
    }
    actor(&record, &mut text);
    Some(Hover { range: piece.map_or(whole, |(_, _, range)| range), text })
}

/// What a country or CAMEO code stands for.
fn code_in_words(field: &str, code: &str) -> Option<String> {
    match field {
        "country" => codes::country(code).map(|country| country.name.clone()),
        "cameo" | "code" => {
            let first = code.get(..3)?;
            let country = codes::country(first).map(|country| country.name.clone());
            let group = || {
                let all = codes::cameo_groups();
                all.iter().find(|(group, _)| group.eq_ignore_ascii_case(first)).map(|(_, about)| (*about).to_owned())
            };
            country.or_else(group)
        }
        _ => None,
    }
}

fn actor(record: &Record, text: &mut Text) {
    let kind = if record.is_nobody { "not an actor: no mention is taken for one" } else { kind_name(record.kind) };
    text.line([corpus(record.name.as_str()), own(format!(" – {kind}"))]);
    let mut roles: Vec<&Role> = record.roles.iter().collect();
    roles.sort_by_key(|role| std::cmp::Reverse((role.to.is_none(), role.from)));
    for role in roles.iter().take(ROLES) {
        text.line(role_line(role));
    }
    if roles.len() > ROLES {
        text.line([own(format!("and {} more roles", roles.len() - ROLES))]);
    }
    if let Some(code) = &record.country {
        let name = codes::country(code).map(|country| format!(" ({})", country.name)).unwrap_or_default();
        text.line([own("state: "), corpus(code.as_str()), own(name)]);
    }
    for (scheme, code) in record.codes.iter().take(ROLES) {
        text.line([corpus(scheme.as_str()), own(": "), corpus(code.as_str())]);
    }
    let names: Vec<&str> = record.aliases.iter().map(|alias| alias.text.as_str()).collect();
    if !names.is_empty() {
        let mut line = vec![own("also: ")];
        for (number, name) in names.iter().take(NAMES).enumerate() {
            if number > 0 {
                line.push(own(", "));
            }
            line.push(corpus(*name));
        }
        if names.len() > NAMES {
            line.push(own(format!(" and {} more", names.len() - NAMES)));
        }
        text.line(line);
    }
    if let Some(item) = &record.qid {
        text.line([own("Wikidata: "), corpus(item.as_str())]);
    }
    if let Some(note) = &record.note {
        text.line([corpus(note.as_str())]);
    }
}

fn role_line(role: &Role) -> Vec<Part> {
    let mut line: Vec<Part> = Vec::new();
    for part in [&role.title, &role.org, &role.country, &role.code].into_iter().flatten() {
        if !line.is_empty() {
            line.push(own(", "));
        }
        line.push(corpus(part.as_str()));
    }
    line.push(own(match (role.from, role.to) {
        (Some(from), Some(to)) => format!(" ({from} to {to})"),
        (Some(from), None) => format!(" (since {from})"),
        (None, Some(to)) => format!(" (until {to})"),
        (None, None) => String::new(),
    }));
    line
}
