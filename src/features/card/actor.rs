//! The card of an actor.

use super::super::annotated::{Annotated, sort};
use super::super::markup::{Part, Text, corpus, link, own};
use super::super::seen;
use super::{list, sentence};
use crate::annotate::{Actor, InOrder, Mention};
use crate::gazetteer::{Details, EntryId, Sense};
use crate::text::{Span, counted};
use crate::workspace::Snapshot;

/// Claims by the actor that are shown, and claims about it.
const CLAIMS_BY: usize = 3;
const CLAIMS_ABOUT: usize = 2;

pub fn write(snapshot: &Snapshot, annotated: &Annotated, mention: &Mention, actor: &Actor, text: &mut Text) {
    let gazetteer = &snapshot.notes.gazetteer;
    let details = actor.entry.and_then(|entry| gazetteer.details(entry));
    let kind = sort(gazetteer, actor, mention).name();
    let mut line = vec![corpus(actor.name.as_str()), own(format!(" – {kind}"))];
    if mention.ambiguous {
        line.push(own(", ambiguous: another actor of this dispatch fits as well"));
    }
    text.line(line);
    role(annotated, actor, details.as_ref(), text);
    if let Some(country) = &actor.country {
        text.line([own("state: "), corpus(country.as_str())]);
    }
    match actor.entry {
        Some(entry) => listed(snapshot, entry, details.as_ref(), text),
        None => unlisted(snapshot, actor, text),
    }
    spellings(annotated, mention, actor, details.as_ref(), text);
    company(annotated, mention, text);
    seen::lines(snapshot, annotated, mention.actor, text);
    claims(annotated, mention, text);
}

fn role(annotated: &Annotated, actor: &Actor, details: Option<&Details>, text: &mut Text) {
    let day = annotated.note.date.map(|date| format!(" on {date}")).unwrap_or_default();
    match &actor.role {
        Some(role) => text.line([corpus(role.as_str()), own(day)]),
        // Roles hold for a time.
        None if details.is_some_and(|details| !details.roles.is_empty()) => {
            text.line([own(format!("no role is known{day}"))]);
        }
        None => {}
    }
}

fn listed(snapshot: &Snapshot, entry: EntryId, details: Option<&Details>, text: &mut Text) {
    let Some(found) = snapshot.notes.gazetteer.entry(entry, None) else { return };
    let mut line = vec![own("listed as "), corpus(found.id)];
    match snapshot.notes.place(entry) {
        Some((path, number)) => {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            line.extend([own(" in "), corpus(file), own(format!(", line {number}"))]);
        }
        None => line.push(own(", built in")),
    }
    text.line(line);
    let codes = details.map(|details| details.codes.as_slice()).unwrap_or_default();
    let mut line: Vec<Part> = Vec::new();
    for (scheme, code) in codes.iter().filter(|(scheme, _)| !matches!(*scheme, "note" | "qid")) {
        line.push(own(if line.is_empty() { "codes: " } else { ", " }));
        line.extend([corpus(*scheme), own(" "), corpus(*code)]);
    }
    if let Some(link) = codes.iter().find(|(scheme, _)| *scheme == "qid").and_then(|(_, qid)| wikidata(qid)) {
        line.extend([own(if line.is_empty() { "" } else { " · " }), link]);
    }
    if !line.is_empty() {
        text.line(line);
    }
}

/// The page of an item in Wikidata; `None` for what is none.
fn wikidata(qid: &str) -> Option<Part> {
    let digits = qid.strip_prefix('Q')?;
    let is_item = (1..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_item.then(|| link(format!("Wikidata {qid}"), format!("https://www.wikidata.org/wiki/{qid}")))
}

fn unlisted(snapshot: &Snapshot, actor: &Actor, text: &mut Text) {
    let gazetteer = &snapshot.notes.gazetteer;
    text.line([own("unlisted: in no actors file")]);
    // A name that only sounds alike is offered, and never bound.
    if let Some((entry, why)) = gazetteer.sounds_like(&actor.name)
        && let Some(entry) = gazetteer.entry(entry, None)
    {
        text.line([own("the same as "), corpus(entry.name), own(" ("), corpus(entry.id), own(format!(")? It {why}"))]);
    }
}

/// As it is written here, and as it may be written by its file.
fn spellings(annotated: &Annotated, mention: &Mention, actor: &Actor, details: Option<&Details>, text: &mut Text) {
    let mentions = || annotated.found().mentions.iter().filter(|other| other.actor == mention.actor);
    let mut here: Vec<&str> = mentions().map(|mention| annotated.text(mention.full)).collect();
    here.sort_unstable();
    here.dedup();
    let mut line = vec![own(format!("{} in this dispatch: ", counted(mentions().count(), "mention", "mentions")))];
    list(&mut line, &here);
    text.line(line);
    let names = details.map(|details| details.names.as_slice()).unwrap_or_default();
    let is_other = |name: &&str| *name != actor.name && !here.contains(name);
    let others: Vec<&str> =
        names.iter().filter(|(sense, _)| *sense == Sense::Name).map(|(_, name)| *name).filter(is_other).collect();
    if !others.is_empty() {
        let mut line = vec![own("written as well: ")];
        list(&mut line, &others);
        text.line(line);
    }
}

/// Who else is named in the dispatch, the most named first.
fn company(annotated: &Annotated, mention: &Mention, text: &mut Text) {
    let found = annotated.found();
    let mut counts = vec![0_usize; found.actors.len()];
    for other in found.mentions.iter().filter(|other| other.actor != mention.actor) {
        if let Some(count) = counts.get_mut(other.actor) {
            *count += 1;
        }
    }
    let mut others: Vec<(usize, &str)> = counts
        .into_iter()
        .zip(&found.actors)
        .filter(|(count, _)| *count > 0)
        .map(|(count, actor)| (count, actor.name.as_str()))
        .collect();
    others.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    if !others.is_empty() {
        let names: Vec<&str> = others.into_iter().map(|(_, name)| name).collect();
        let mut line = vec![own("with ")];
        list(&mut line, &names);
        text.line(line);
    }
}

fn claims(annotated: &Annotated, mention: &Mention, text: &mut Text) {
    let found = annotated.found();
    for claim in found.claims.iter().filter(|claim| claim.actor == Some(mention.actor)).take(CLAIMS_BY) {
        text.line(sentence(annotated, claim));
    }
    let own_mentions = InOrder::new(found.mentions.iter().filter(|other| other.actor == mention.actor));
    let names = |content: &Span| own_mentions.within(*content).next().is_some();
    let about = found.claims.iter().filter(|claim| claim.actor != Some(mention.actor));
    for claim in about.filter(|claim| claim.content.iter().any(names)).take(CLAIMS_ABOUT) {
        let mut line = vec![own("about it: ")];
        line.extend(sentence(annotated, claim));
        text.line(line);
    }
}
