//! Actors files and names, through the library.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

mod hostile;
mod merging;
mod names;
mod permuted;
mod problems;
mod readers;

use std::borrow::Cow;

use dispatch_ls::gazetteer::read::{Format, read};
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer, Record, Role};
use dispatch_ls::text::words;

fn native(text: &str) -> ActorsFile<'_> {
    ActorsFile { name: "actors.jsonl".to_owned(), text: Cow::Borrowed(text), format: Format::Native }
}

/// Ids of whom a text, which is one name, means.
fn bound(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
    let cut = words(text);
    let found = gazetteer.longest(cut.iter().map(|word| word.span.of(text))).filter(|found| found.words == cut.len());
    let ids = found.map(|found| found.entries).unwrap_or_default();
    ids.into_iter().map(|id| gazetteer.entry(id, None).unwrap().id.to_owned()).collect()
}

/// The format of a file, its records and its problems: `line: record`, `line:bytes of the file: code message`.
fn shown(name: &str, text: &str) -> String {
    let format = Format::of(name, text).unwrap_or_else(|| panic!("{name} has no format"));
    let mut records = Vec::new();
    let problems = read(text, &format, &mut |record, place| records.push(format!("{}: {}", place.line, line(&record))));
    let problems = problems.iter().map(|problem| {
        let at = problem.range.start;
        let row = 1 + text[..at].matches('\n').count();
        format!("{row}: {} at `{}`: {}", problem.code.id(), &text[problem.range.clone()], problem.message)
    });
    let lines: Vec<String> = records.into_iter().chain(problems).collect();
    format!("{}\n{}\n", format.name(), lines.join("\n"))
}

fn line(record: &Record) -> String {
    let kind = record.kind.map_or("?", |kind| kind.name());
    let mut parts = vec![format!("{} = {} ({kind})", record.id, record.name)];
    parts.extend(record.country.iter().map(|country| format!("of {country}")));
    parts.extend(record.aliases.iter().map(|alias| match &alias.lang {
        Some(lang) => format!("+{} @{lang}", alias.text),
        None => format!("+{}", alias.text),
    }));
    parts.extend(record.roles.iter().map(role));
    parts.extend(record.codes.iter().map(|(scheme, code)| format!("{scheme}:{code}")));
    parts.extend(record.qid.iter().map(|item| format!("item {item}")));
    parts.extend(record.note.iter().map(|note| format!("note {note}")));
    parts.join(" | ")
}

fn role(role: &Role) -> String {
    let parts = [&role.title, &role.org, &role.country, &role.code];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    format!("[{} {}..{}]", parts.join(", "), day(role.from), day(role.to))
}
