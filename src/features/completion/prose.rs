//! Completion in the prose: names of actors in any spelling, days from words against the dispatch date, names of
//! dispatches. Nothing is offered while somebody writes plain words.

use std::ops::Range;

use jiff::civil::Date;

use super::{Item, Kind, dates};
use crate::annotate::dates::{self as found_dates, in_words};
use crate::annotate::{ActorKind, Anchor, Form, Reading};
use crate::corpus::Dispatch;
use crate::features::annotated;
use crate::features::markup::one_line;
use crate::gazetteer::{EntryId, is_common_word, normal_form};
use crate::workspace::Snapshot;

/// Bytes in front of the cursor that are read, within its line.
const REACH: usize = 1500;
/// Words of a name that is being written.
const MOST_WORDS: usize = 4;
/// Names that are offered.
const MOST: usize = 30;
/// Letters from which on a word with a capital, or one in small letters, may be the beginning of a name.
const SHORTEST: usize = 2;
const SHORTEST_SMALL: usize = 3;
/// Names of dispatches are looked for in so many bytes to each side, and so many dispatches.
const NEAR: usize = 512 << 10;
const MOST_DISPATCHES: usize = 500;
/// What stands in front of the name of a dispatch.
const BEFORE_DISPATCH: &[&str] = &["see", "file", "cf.", "dispatch", "refers to"];

/// What could be written at byte `offset` of the prose, the likeliest first.
pub fn find(snapshot: &Snapshot, offset: usize) -> Vec<Item> {
    let text = &snapshot.text;
    let Some(dispatch) =
        snapshot.view.dispatch_at(offset).or_else(|| snapshot.view.dispatch_at(offset.checked_sub(1)?))
    else {
        return Vec::new();
    };
    let prose = dispatch.prose();
    if offset <= prose.start || offset > prose.end {
        return Vec::new();
    }
    let line = text.line_start(text.line_of(offset)).max(prose.start);
    let start = text.floor(line.max(offset.saturating_sub(REACH)));
    let before = text.slice(start..offset);
    // In the middle of a word nothing is to be added.
    let behind = text.slice(offset..offset + 4);
    if behind.chars().next().is_some_and(char::is_alphanumeric) || before.is_empty() {
        return Vec::new();
    }
    let place = |typed: &str| offset - typed.len()..offset;
    let mut items = iso_days(snapshot, &dispatch, &before, offset);
    if items.is_empty() {
        items = days(&dispatch, &before, &place);
    }
    if items.is_empty() {
        items = dispatch_names(snapshot, &before, offset, &place);
    }
    if items.is_empty() {
        items = names(snapshot, &before, offset, &place);
    }
    items
}

fn item(label: String, kind: Kind, detail: String, range: Range<usize>, filter: String) -> Item {
    Item {
        put: label.clone(),
        label,
        kind,
        detail,
        documentation: String::new(),
        range,
        filter: Some(filter),
        placeholder: None,
    }
}

/// The last word in front of the cursor, with what joins words in it.
fn last_word(before: &str) -> &str {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\'' | '’' | '.');
    let front = before.trim_end_matches(is_word);
    before.get(front.len()..).unwrap_or_default()
}

/// `2024-1`: the days of this dispatch and of those around it.
fn iso_days(snapshot: &Snapshot, dispatch: &Dispatch, before: &str, offset: usize) -> Vec<Item> {
    let typed = last_word(before);
    let is_day = typed.len() >= 5
        && typed.len() < 10
        && typed
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if !is_day {
        return Vec::new();
    }
    let range = offset - typed.len()..offset;
    let candidates = dates::candidates(snapshot, dispatch, range.clone()).into_iter();
    let fitting = candidates.filter(|(day, _)| day.starts_with(typed));
    fitting.map(|(day, from)| item(day.clone(), Kind::Date, from, range.clone(), day)).collect()
}

/// `next Friday`: the day that is, seen from the dispatch date.
fn days(dispatch: &Dispatch, before: &str, place: &dyn Fn(&str) -> Range<usize>) -> Vec<Item> {
    let Some(date) = dispatch.date.as_ref().map(|date| date.date) else { return Vec::new() };
    let reading = Reading::new(before);
    let found = found_dates::find(&reading, Some(date));
    let Some(last) =
        found.last().filter(|last| last.span.end as usize == before.len() && last.anchor != Anchor::Itself)
    else {
        return Vec::new();
    };
    let words = last.span.of(before);
    let values = std::iter::once(&last.value).chain(&last.other);
    let days = values.filter_map(|value| value.get(..10)).filter(|value| value.parse::<Date>().is_ok());
    days.map(|day| item(day.to_owned(), Kind::Date, in_words(day), place(words), words.to_owned())).collect()
}

/// Names of dispatches behind `see` and the like.
fn dispatch_names(snapshot: &Snapshot, before: &str, offset: usize, place: &dyn Fn(&str) -> Range<usize>) -> Vec<Item> {
    let typed = last_word(before);
    let front = before.get(..before.len() - typed.len()).unwrap_or_default();
    let front = front.trim_end_matches(['"', '“', '`', ':', ' ']).to_lowercase();
    let is_cue = |cue: &&str| front.strip_suffix(*cue).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    if typed.is_empty() || !BEFORE_DISPATCH.iter().any(is_cue) {
        return Vec::new();
    }
    let near = offset.saturating_sub(NEAR)..offset.saturating_add(NEAR);
    let lower = typed.to_lowercase();
    let mut items = Vec::new();
    for dispatch in snapshot.view.dispatches(near).take(MOST_DISPATCHES) {
        let Some(name) = dispatch.opener.as_ref().and_then(|opener| opener.name.clone()) else { continue };
        let name = snapshot.text.slice(name).into_owned();
        let is_here = dispatch.range.contains(&offset);
        if items.len() < MOST && !is_here && name.to_lowercase().starts_with(&lower) {
            let date = dispatch.date.as_ref().map(|date| date.date.to_string()).unwrap_or_default();
            items.push(item(name.clone(), Kind::Delimiter, date, place(typed), name));
        }
    }
    items
}

/// Names that begin as the last words do.
fn names(snapshot: &Snapshot, before: &str, offset: usize, place: &dyn Fn(&str) -> Range<usize>) -> Vec<Item> {
    for typed in beginnings(before) {
        let items = begun(snapshot, typed, offset, place(typed));
        if !items.is_empty() {
            return items;
        }
    }
    Vec::new()
}

/// What may be the beginning of a name: the last words that have capitals, the most of them first, then fewer.
fn beginnings(before: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut at = before.len();
    for number in 0..MOST_WORDS {
        let front = before.get(..at).unwrap_or_default();
        let front = if number == 0 { front } else { front.strip_suffix(' ').unwrap_or_default() };
        let word = last_word(front);
        let is_capital = word.chars().next().is_some_and(char::is_uppercase);
        let is_particle = matches!(word, "al" | "el" | "bin" | "ibn" | "de" | "van" | "von" | "der" | "da" | "di");
        let is_small_first = number == 0 && word.chars().next().is_some_and(char::is_alphabetic);
        if !(is_capital || is_small_first || (number > 0 && is_particle)) {
            break;
        }
        at = front.len() - word.len();
        let typed = before.get(at..).unwrap_or_default();
        if number > 0 || may_begin(word) {
            found.push(typed);
        }
        if !is_capital && number == 0 && word.chars().next().is_some_and(char::is_lowercase) && !word.contains('-') {
            break;
        }
    }
    found.reverse();
    found
}

/// Whether a single word may be the beginning of a name.
fn may_begin(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_capital = word.chars().next().is_some_and(char::is_uppercase);
    let shortest = if is_capital { SHORTEST } else { SHORTEST_SMALL };
    letters >= shortest && !is_common_word(&word.to_lowercase())
}

fn begun(snapshot: &Snapshot, typed: &str, offset: usize, range: Range<usize>) -> Vec<Item> {
    let gazetteer = &snapshot.notes.gazetteer;
    let is_small = !typed.contains(char::is_uppercase);
    let mut items: Vec<Item> = Vec::new();
    for begun in gazetteer.begun(typed, MOST) {
        let Some(entry) = gazetteer.entry(EntryId(begun.entry), None) else { continue };
        // In small letters only what begins the name of a person that somebody has listed: other names are plain words.
        if is_small && (begun.is_built_in || !begun.is_start || entry.kind != ActorKind::Person) {
            continue;
        }
        if entry.name == typed || entry.name.contains(['\n', '\r']) {
            continue;
        }
        let detail: Vec<&str> = [entry.role, entry.country].into_iter().flatten().collect();
        let detail = if detail.is_empty() { entry.kind.name().to_owned() } else { one_line(&detail.join(", "), 60) };
        items.push(item(entry.name.to_owned(), Kind::Actor, detail, range.clone(), format!("{typed}{}", begun.rest)));
    }
    if !is_small {
        items.extend(unlisted(snapshot, typed, offset, &range));
    }
    items
}

/// Full names of this dispatch that nobody lists.
fn unlisted(snapshot: &Snapshot, typed: &str, offset: usize, range: &Range<usize>) -> Vec<Item> {
    let Some(annotated) = annotated::at(snapshot, offset) else { return Vec::new() };
    let typed_form = normal_form(typed);
    let found = annotated.found();
    let mut items: Vec<Item> = Vec::new();
    for mention in found.mentions.iter().filter(|mention| matches!(mention.form, Form::Name | Form::Titled)) {
        let Some(actor) = found.actors.get(mention.actor).filter(|actor| actor.entry.is_none()) else { continue };
        let is_here = annotated.range(mention.span).end >= range.start && annotated.range(mention.span).start <= offset;
        let words: Vec<&str> = actor.name.split(' ').collect();
        if is_here || words.len() < 2 || items.iter().any(|item| item.label == actor.name) {
            continue;
        }
        let tails = (0..words.len()).filter_map(|at| words.get(at..)).map(|words| normal_form(&words.join(" ")));
        let rest = tails.into_iter().find_map(|tail| tail.strip_prefix(&typed_form).map(str::to_owned));
        if let Some(rest) = rest.filter(|_| items.len() < MOST && !typed_form.is_empty()) {
            let detail = format!("{}, in this dispatch", actor.kind.name());
            items.push(item(actor.name.clone(), Kind::Actor, detail, range.clone(), format!("{typed}{rest}")));
        }
    }
    items
}
