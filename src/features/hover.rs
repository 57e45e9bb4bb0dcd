//! Hover: what a delimiter or a header line says, how it was read, and what is in the dispatch.

mod contents;

use std::ops::Range;

use crate::corpus::{Delimiter, Dispatch, DispatchDate, Field, Reading, known_key, read_date};
use crate::workspace::Snapshot;

use super::markup::{Text, corpus, own, strong};
use super::spot::{self, Spot};

/// What to show, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    pub range: Range<usize>,
    pub text: Text,
}

/// Bodies up to this size in bytes are counted in words and characters.
const COUNTED: usize = 256 << 10;

/// What there is to say about byte `offset`; `None` in running text. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    find_with(snapshot, offset, |dispatch| {
        let mut text = Text::default();
        contents::write(snapshot.notes.of(snapshot, dispatch).as_ref().map(|(_, note)| &**note), &mut text);
        Some(text)
    })
}

/// The same in microseconds, for the owner; `None`, too, where a dispatch has to be annotated first. While somebody types
/// in the text, nobody waits for that: then what is in a dispatch is left out.
pub fn find_at_once(snapshot: &Snapshot, offset: usize) -> Option<Hover> {
    find_with(snapshot, offset, |dispatch| {
        let mut text = Text::default();
        match snapshot.notes.kept(snapshot, dispatch, COUNTED) {
            Some((_, note)) => contents::write(Some(&note), &mut text),
            None if snapshot.typing.is_none() => return None,
            None => {}
        }
        Some(text)
    })
}

fn find_with(snapshot: &Snapshot, offset: usize, contents: impl FnOnce(&Dispatch) -> Option<Text>) -> Option<Hover> {
    let (dispatch, spot) = spot::at(snapshot, offset)?;
    match spot {
        Spot::Opener(opener) => {
            let mut text = opening(snapshot, &dispatch, &opener);
            text.lines.extend(contents(&dispatch)?.lines);
            Some(Hover { range: opener.range.clone(), text })
        }
        Spot::Closer(closer) => {
            let mut text = closing(snapshot, &dispatch);
            text.lines.extend(contents(&dispatch)?.lines);
            Some(Hover { range: closer.range.clone(), text })
        }
        Spot::Key(field) if offset <= field.key_range.end => {
            Some(Hover { range: field.key_range.clone(), text: key(snapshot, &field) })
        }
        Spot::Value(field) if offset <= field.value.end => {
            Some(Hover { range: field.value.clone(), text: value(snapshot, &dispatch, &field) })
        }
        Spot::Prologue(range) => {
            let mut text = prologue(snapshot, &dispatch, &range);
            // Where there is no delimiter, this is what a dispatch begins with.
            if dispatch.opener.is_none() {
                text.lines.extend(contents(&dispatch)?.lines);
            }
            Some(Hover { range, text })
        }
        _ => None,
    }
}

fn part<'a>(snapshot: &'a Snapshot, range: &Range<usize>) -> std::borrow::Cow<'a, str> {
    snapshot.text.slice(range.clone())
}

fn opening(snapshot: &Snapshot, dispatch: &Dispatch, opener: &Delimiter) -> Text {
    let mut text = Text::default();
    text.line(heading(snapshot, dispatch));
    let malformed = if opener.well_formed { "" } else { ", malformed" };
    text.line([own(format!("delimiter: `{}`{malformed}", opener.dialect.name()))]);
    text.line(date_line(snapshot, dispatch));
    for field in dispatch.header.iter().flat_map(|header| &header.fields) {
        let Some(key) = field.key.filter(|key| !matches!(*key, "date" | "x-")) else { continue };
        text.line([own(format!("{key}: ")), corpus(part(snapshot, &field.value))]);
    }
    text.line([own(size(snapshot, dispatch))]);
    text
}

fn closing(snapshot: &Snapshot, dispatch: &Dispatch) -> Text {
    let mut text = Text::default();
    let mut words = vec![own("end of ")];
    words.extend(heading(snapshot, dispatch));
    text.line(words);
    text.line([own(size(snapshot, dispatch))]);
    text
}

fn heading(snapshot: &Snapshot, dispatch: &Dispatch) -> Vec<super::markup::Part> {
    let place = format!("{} of {}", dispatch.number + 1, snapshot.view.dispatch_count());
    match dispatch.opener.as_ref().and_then(|opener| opener.name.as_ref()) {
        Some(name) => vec![own("dispatch "), strong(place), own(": "), corpus(part(snapshot, name))],
        None => vec![own("dispatch "), strong(place), own(", without a name")],
    }
}

fn date_line(snapshot: &Snapshot, dispatch: &Dispatch) -> Vec<super::markup::Part> {
    match &dispatch.date {
        Some(date) => vec![own(format!("date: {}", dated(snapshot, date)))],
        None => vec![own("date: none, in no header, prologue, dateline or name")],
    }
}

/// A dispatch date in words, and where it is from.
pub fn dated(snapshot: &Snapshot, date: &DispatchDate) -> String {
    let weekday = date.date.date().map(|day| format!(" ({})", day.strftime("%A"))).unwrap_or_default();
    let line = date.range.as_ref().map(|range| format!(", line {}", snapshot.text.line_of(range.start) + 1));
    format!("{}{weekday}, from the {}{}", date.date, date.source.name(), line.unwrap_or_default())
}

fn size(snapshot: &Snapshot, dispatch: &Dispatch) -> String {
    if dispatch.body.len() > COUNTED {
        return format!("text: {:.1} MB", dispatch.body.len() as f64 / 1e6);
    }
    let body = part(snapshot, &dispatch.body);
    let words = body.split_whitespace().count();
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    format!("text: {}, {}", count(words, "word"), count(body.trim().chars().count(), "character"))
}

fn key(snapshot: &Snapshot, field: &Field) -> Text {
    let written = part(snapshot, &field.key_range);
    let mut text = Text::default();
    match known_key(&written) {
        Some(known) if known.key == "x-" => text.line([corpus(written), own(" – a key of your own")]),
        Some(known) => {
            text.line([strong(known.key), own(format!(" – {}", known.meaning))]);
            if written != known.key {
                text.line([own("written here as "), corpus(written)]);
            }
            if !known.aliases.is_empty() {
                let aliases: Vec<String> = known.aliases.iter().map(|alias| format!("`{alias}`")).collect();
                text.line([own(format!("read as the same key: {}", aliases.join(", ")))]);
            }
        }
        None => text.line([own("not a known key: "), corpus(written)]),
    }
    text
}

fn value(snapshot: &Snapshot, dispatch: &Dispatch, field: &Field) -> Text {
    let mut text = key(snapshot, field);
    let written = part(snapshot, &field.value);
    if let Some("date" | "retrieved") = field.key {
        text.line(reading(&written));
    }
    if field.key == Some("date") {
        let rest = snapshot.view.dates(dispatch);
        for other in rest.iter().filter(|date| date.range.as_ref() != Some(&field.value)) {
            text.line([own(format!("also {}", dated(snapshot, other)))]);
        }
    }
    text
}

/// How a value was read as a date.
fn reading(value: &str) -> Vec<super::markup::Part> {
    let (reading, weekday) = read_date(value);
    let said = weekday.map(|said| format!(", said to be a {}", weekday_name(said.weekday))).unwrap_or_default();
    let words = match reading {
        Reading::Iso(date) => format!("read as {date}"),
        Reading::Loose(dates) => {
            let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
            let doubt = if dates.len() > 1 { ": day and month are in doubt" } else { ", not in ISO form" };
            format!("read as {}{doubt}", dates.join(" or "))
        }
        Reading::Impossible => "written like a date, but no calendar has it".to_owned(),
        Reading::None => "not read as a date".to_owned(),
    };
    vec![own(format!("{words}{said}"))]
}

fn weekday_name(weekday: jiff::civil::Weekday) -> String {
    format!("{weekday:?}")
}

fn prologue(snapshot: &Snapshot, dispatch: &Dispatch, range: &Range<usize>) -> Text {
    let within = |date: &&DispatchDate| {
        date.range.as_ref().is_some_and(|place| range.start <= place.start && place.end <= range.end)
    };
    let mut text = Text::default();
    text.line([strong("prologue"), own(" – the date that the extractor wrote in front of the text")]);
    match snapshot.view.dates(dispatch).iter().find(within) {
        Some(date) => text.line([own(dated(snapshot, date))]),
        None => text.line([own("no calendar has this date")]),
    }
    if let Some(other) = dispatch.date.as_ref().filter(|date| !within(date)) {
        text.line([own(format!("what counts: {}", dated(snapshot, other)))]);
    }
    text
}
