//! Actions on a name in the text: who it is, who it is not, and how it is written.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Action, Deed, Errand, Kind, Question};
use crate::annotate::{Actor, ActorKind, Form, Mention};
use crate::features::Watch;
use crate::features::annotated::{self, Annotated, Found};
use crate::features::cast;
use crate::features::markup::one_line;
use crate::gazetteer::{Alias, EntryId, Record, normal_form};
use crate::text::{Edit, counted};
use crate::workspace::{Snapshot, Who};

/// What somebody wants to have said in an actors file, or written in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// An actor of this name.
    Add { name: String, kind: ActorKind, country: Option<String> },
    /// A spelling of a listed actor, or of one of the text.
    Spelling { name: String, of: Meant },
    /// What has this name is not an actor.
    Nobody { name: String },
    /// All full names of an actor in the file are written as they are listed.
    AsListed { id: String },
}

/// Somebody who is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meant {
    Listed { id: String },
    Named { name: String, kind: ActorKind },
}

/// Characters of a name in a title, and of a selected text that may be a name.
const SHOWN: usize = 60;
const LONGEST_SELECTED: usize = 120;
/// Actors of whom a name may be a spelling that are offered.
const MOST_MEANT: usize = 4;
/// Bytes of the file around the place in which mentions are counted.
const NEAR: usize = 512 << 10;
/// How alike two family names are that may be spellings of one (Jaro-Winkler).
const ALIKE: f64 = 0.85;

/// The actions for the name in the question's range; `None` where nobody waits for them any more.
pub fn find(snapshot: &Snapshot, question: &Question<'_>, watch: &dyn Watch, actions: &mut Vec<Action>) -> Option<()> {
    // They are looked for with each move of the cursor: names are everywhere, and a lamp at each would tell nothing.
    if question.is_automatic {
        return Some(());
    }
    let range = &question.range;
    let Some(annotated) = annotated::at(snapshot, range.start) else { return Some(()) };
    let found = match annotated.spot(range.start) {
        Some((Found::Mention(number), place)) if range.end <= place.end => annotated.found().mentions.get(number),
        _ => None,
    };
    if let Some(mention) = found {
        return of_mention(snapshot, question, &annotated, mention, watch, actions);
    }
    if range.len() <= 4 * LONGEST_SELECTED {
        let selected = snapshot.text.slice(range.clone());
        if is_name(&selected) {
            let name = selected.split_whitespace().collect::<Vec<_>>().join(" ");
            let kind = ActorKind::Person;
            actions.push(wish(question, add_title(&name, kind), Wish::Add { name, kind, country: None }));
        }
    }
    Some(())
}

/// Whether a selected text may be a name.
fn is_name(text: &str) -> bool {
    let is_short = text.chars().count() <= LONGEST_SELECTED && !text.contains(['\n', '\r']);
    is_short && text.trim() == text && text.chars().any(char::is_alphabetic) && !text.contains(['?', '!', ':', ';'])
}

fn of_mention(
    snapshot: &Snapshot,
    question: &Question<'_>,
    annotated: &Annotated,
    mention: &Mention,
    watch: &dyn Watch,
    actions: &mut Vec<Action>,
) -> Option<()> {
    let Some(actor) = annotated.found().actors.get(mention.actor) else { return Some(()) };
    let is_named = matches!(mention.form, Form::Name | Form::Titled | Form::Short);
    match actor.entry {
        None if is_named => unlisted(snapshot, question, annotated, mention, actor, actions),
        Some(entry) => listed(snapshot, annotated, mention, entry, actions),
        None => {}
    }
    if question.shows_references {
        all_mentions(snapshot, annotated, mention, actor, watch, actions)?;
    }
    Some(())
}

fn unlisted(
    snapshot: &Snapshot,
    question: &Question<'_>,
    annotated: &Annotated,
    mention: &Mention,
    actor: &Actor,
    actions: &mut Vec<Action>,
) {
    let name = actor.name.clone();
    let add = Wish::Add { name: name.clone(), kind: actor.kind, country: actor.country.clone() };
    actions.push(wish(question, add_title(&name, actor.kind), add));
    for (title, of) in meant(snapshot, annotated, mention, actor) {
        let title = format!("`{}` is a spelling of {title}", one_line(&name, SHOWN));
        actions.push(wish(question, title, Wish::Spelling { name: name.clone(), of }));
    }
    // What is written here, which is what will be found here.
    let written = annotated.text(mention.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let title = format!("`{}` is not an actor", one_line(&written, SHOWN));
    actions.push(wish(question, title, Wish::Nobody { name: written }));
}

fn add_title(name: &str, kind: ActorKind) -> String {
    format!("Add `{}` to the actors file ({})", one_line(name, SHOWN), kind.name())
}

fn wish(question: &Question<'_>, title: String, wish: Wish) -> Action {
    let deed = match &question.no_actors_file {
        None => Deed::Later(Errand::Actors(wish)),
        Some(why) => Deed::Impossible(why.clone()),
    };
    Action { title, kind: Kind::Actors, finding: None, is_preferred: false, deed }
}

/// Of whom a name may be a spelling: who sounds alike, and who has the same family name or nearly so, in the actors files
/// and in this dispatch.
fn meant(snapshot: &Snapshot, annotated: &Annotated, mention: &Mention, actor: &Actor) -> Vec<(String, Meant)> {
    let gazetteer = &snapshot.notes.gazetteer;
    let mut entries: Vec<EntryId> = Vec::new();
    let others = annotated.found().actors.iter().enumerate().filter(|(number, other)| {
        *number != mention.actor && other.kind == actor.kind && is_alike(&other.name, &actor.name)
    });
    let others: Vec<&Actor> = others.map(|(_, other)| other).collect();
    entries.extend(others.iter().filter_map(|other| other.entry));
    entries.extend(gazetteer.alike(&actor.name, MOST_MEANT));
    let listed = entries.into_iter().filter_map(|entry| gazetteer.entry(entry, None)).filter(|entry| !entry.is_state);
    let listed = listed.map(|entry| {
        let title = format!("`{}` ({})", one_line(entry.name, SHOWN), one_line(entry.id, SHOWN));
        (title, Meant::Listed { id: entry.id.to_owned() })
    });
    let named = others.iter().filter(|other| other.entry.is_none()).map(|other| {
        let title = format!("`{}`, unlisted so far", one_line(&other.name, SHOWN));
        (title, Meant::Named { name: other.name.clone(), kind: other.kind })
    });
    let mut meant: Vec<(String, Meant)> = Vec::new();
    for candidate in listed.chain(named) {
        if meant.len() < MOST_MEANT && !meant.contains(&candidate) {
            meant.push(candidate);
        }
    }
    meant
}

/// Whether two names end alike.
fn is_alike(one: &str, other: &str) -> bool {
    let last = |name: &str| name.split_whitespace().last().map(normal_form).unwrap_or_default();
    let (one, other) = (last(one), last(other));
    !one.is_empty() && (one == other || strsim::jaro_winkler(&one, &other) >= ALIKE)
}

fn listed(snapshot: &Snapshot, annotated: &Annotated, mention: &Mention, entry: EntryId, actions: &mut Vec<Action>) {
    let Some(entry) = snapshot.notes.gazetteer.entry(entry, None) else { return };
    if is_full(mention, annotated) && annotated.text(mention.span) != entry.name && !entry.is_state {
        let title = format!("Write `{}` everywhere in this file, as it is listed", one_line(entry.name, SHOWN));
        let deed = Deed::Later(Errand::Actors(Wish::AsListed { id: entry.id.to_owned() }));
        actions.push(Action { title, kind: Kind::Actors, finding: None, is_preferred: false, deed });
    }
}

/// A full name: what is short is so on purpose.
fn is_full(mention: &Mention, annotated: &Annotated) -> bool {
    let is_long = annotated.text(mention.span).split_whitespace().count() > 1;
    is_long && matches!(mention.form, Form::Name | Form::Titled)
}

fn all_mentions(
    snapshot: &Snapshot,
    annotated: &Annotated,
    mention: &Mention,
    actor: &Actor,
    watch: &dyn Watch,
    actions: &mut Vec<Action>,
) -> Option<()> {
    let at = annotated.range(mention.span).start;
    let window = cast::window(snapshot, at, NEAR);
    let is_whole = window.len() >= snapshot.text.len();
    let found = cast::find(snapshot, window, watch)?;
    let is_here = |place: &Annotated, other: &Mention| place.start == annotated.start && other.span == mention.span;
    let mut members = found.members.iter();
    let member = members.find(|member| found.mentions(member).any(|(place, other)| is_here(place, other)));
    let Some(member) = member else { return Some(()) };
    let places: Vec<Range<usize>> = found.mentions(member).map(|(place, other)| place.range(other.span)).collect();
    let count = counted(places.len(), "mention", "mentions");
    let place = if is_whole { "in this file" } else { "near here" };
    let title = format!("Show {count} of `{}` {place}", one_line(&actor.name, SHOWN));
    let deed = Deed::Show { at, places };
    actions.push(Action { title, kind: Kind::Actors, finding: None, is_preferred: false, deed });
    Some(())
}

/// What a wish adds to an actors file; nothing where it is about the text.
pub fn records(snapshot: &Snapshot, wish: &Wish) -> Vec<Record> {
    let named = |name: &str, kind: ActorKind| Record { name: name.to_owned(), kind: Some(kind), ..Record::default() };
    match wish {
        Wish::Add { name, kind, country } => vec![Record { country: country.clone(), ..named(name, *kind) }],
        Wish::Nobody { name } => vec![Record { name: name.clone(), is_nobody: true, ..Record::default() }],
        Wish::Spelling { name, of } => {
            let aliases = vec![Alias::new(name.as_str())];
            let record = match of {
                Meant::Named { name, kind } => Some(named(name, *kind)),
                Meant::Listed { id } => {
                    let gazetteer = &snapshot.notes.gazetteer;
                    let entry = gazetteer.with_id(id).and_then(|entry| gazetteer.entry(entry, None));
                    entry.map(|entry| Record { id: id.clone(), ..named(entry.name, entry.kind) })
                }
            };
            record.map(|record| Record { aliases, ..record }).into_iter().collect()
        }
        Wish::AsListed { .. } => Vec::new(),
    }
}

/// The edits that write all full names of the actor with this id as they are listed; `None` where nobody waits for them any
/// more. The whole file is read: not for the owner.
pub fn as_listed(snapshot: &Snapshot, id: &str, watch: &dyn Watch) -> Option<Vec<Edit>> {
    let gazetteer = &snapshot.notes.gazetteer;
    let Some(entry) = gazetteer.with_id(id).and_then(|entry| gazetteer.entry(entry, None)) else {
        return Some(Vec::new());
    };
    let found = cast::find(snapshot, 0..snapshot.text.len(), watch)?;
    let Some(member) = found.member(&Who::Listed { id: id.to_owned() }) else { return Some(Vec::new()) };
    let other = found.mentions(member);
    let other = other.filter(|(place, mention)| is_full(mention, place) && place.text(mention.span) != entry.name);
    Some(other.map(|(place, mention)| Edit::new(place.range(mention.span), entry.name)).collect())
}
