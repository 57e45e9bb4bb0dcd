//! Header keys that are not there yet, and values.

use std::collections::HashMap;
use std::ops::Range;

use crate::corpus::{Dispatch, HEADER_KEYS, known_key};

use super::{Cursor, Item, Kind, LONGEST_LINE, dates};

/// A header has no more lines.
const MOST_LINES: usize = 64;
/// Values are looked for in so many bytes to each side, and so many dispatches.
const NEAR: usize = 512 << 10;
const MOST_DISPATCHES: usize = 500;
const MOST_VALUES: usize = 20;

pub const LANGUAGES: &[(&str, &str)] = &[
    ("en", "English"),
    ("ar", "Arabic"),
    ("de", "German"),
    ("es", "Spanish"),
    ("fa", "Persian"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("ku", "Kurdish"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("sw", "Swahili"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("zh-Hans", "Chinese, simplified"),
    ("zh-Hant", "Chinese, traditional"),
];

const TYPES: &[(&str, &str)] = &[
    ("story", "one story"),
    ("advisory", "a note to editors"),
    ("multi", "several stories in one"),
    ("other", "none of these"),
];

/// Keys or values, if the cursor is in the header of a dispatch or where one would begin.
pub fn find(cursor: &Cursor<'_>) -> Vec<Item> {
    let Some(dispatch) = dispatch_with_header_at(cursor) else { return Vec::new() };
    match cursor.before.split_once(':') {
        None => keys(cursor, &dispatch),
        Some((key, value)) => values(cursor, &dispatch, key.trim(), value),
    }
}

/// The dispatch, if the cursor's line is directly below its opener, or with nothing but header lines between.
fn dispatch_with_header_at(cursor: &Cursor<'_>) -> Option<Dispatch> {
    let view = &cursor.snapshot.view;
    let above = cursor.line.start.checked_sub(1)?;
    let dispatch = view.dispatch_at(above)?;
    let top = dispatch.opener.as_ref()?.end;
    if cursor.line.start < top {
        return None;
    }
    let text = &cursor.snapshot.text;
    let (first, here) = (text.line_of(top), text.line_of(cursor.line.start));
    let is_header = |line: usize| {
        let range = text.line_range(line);
        range.len() <= 16 * LONGEST_LINE && key_of(&text.slice(range)).is_some()
    };
    (here - first <= MOST_LINES && (first..here).all(is_header)).then_some(dispatch)
}

/// What stands in front of the colon, if it can be a key.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let key = key.trim_end();
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    is_key.then_some(key)
}

fn keys(cursor: &Cursor<'_>, dispatch: &Dispatch) -> Vec<Item> {
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let rest = cursor.behind.trim_start_matches(is_key);
    let is_free = rest.trim().is_empty() || rest.trim_start().starts_with(':');
    if !cursor.before.chars().all(is_key) || !is_free {
        return Vec::new();
    }
    let has_colon = rest.trim_start().starts_with(':');
    let range = cursor.line.start..cursor.offset + cursor.behind.len() - rest.len();
    let there = keys_there(cursor, dispatch);
    let missing = HEADER_KEYS.iter().filter(|known| !there.contains(&known.key));
    missing
        .map(|known| Item {
            label: known.key.to_owned(),
            kind: Kind::Key,
            detail: known.meaning.replace('`', ""),
            documentation: match known.aliases {
                [] => String::new(),
                aliases => format!("read as the same key: `{}`", aliases.join("`, `")),
            },
            range: range.clone(),
            put: if has_colon { known.key.to_owned() } else { format!("{}: ", known.key) },
            filter: None,
            placeholder: None,
        })
        .collect()
}

/// The keys of the other lines, those below included: half a key keeps them from being a header.
fn keys_there(cursor: &Cursor<'_>, dispatch: &Dispatch) -> Vec<&'static str> {
    let text = &cursor.snapshot.text;
    let here = text.line_of(cursor.line.start);
    let first = text.line_of(dispatch.opener.as_ref().map_or(dispatch.range.start, |opener| opener.end));
    let mut keys = Vec::new();
    for line in (first..text.line_count()).take(MOST_LINES).filter(|line| *line != here) {
        let range = text.line_range(line);
        let line = text.slice(range.start..range.end.min(range.start + LONGEST_LINE));
        match key_of(&line) {
            Some(key) => keys.extend(known_key(key).map(|known| known.key)),
            None => break,
        }
    }
    keys
}

fn values(cursor: &Cursor<'_>, dispatch: &Dispatch, key: &str, typed: &str) -> Vec<Item> {
    let Some(known) = known_key(key) else { return Vec::new() };
    let start = cursor.offset - typed.trim_start().len();
    let space = if typed.is_empty() { " " } else { "" };
    let listed = |values: &[(&str, &str)]| -> Vec<(String, String)> {
        values.iter().map(|(value, meaning)| ((*value).to_owned(), (*meaning).to_owned())).collect()
    };
    let values = match known.key {
        "date" => dates::candidates(cursor.snapshot, dispatch, start..cursor.line.end),
        "lang" => listed(LANGUAGES),
        "type" => listed(TYPES),
        "source" | "place" | "byline" | "wire" => used(cursor, known.key),
        _ => Vec::new(),
    };
    let item = |(value, detail): (String, String)| Item {
        put: format!("{space}{value}"),
        label: value,
        kind: Kind::Value,
        detail,
        documentation: String::new(),
        range: start..cursor.line.end,
        filter: None,
        placeholder: None,
    };
    values.into_iter().map(item).collect()
}

/// The values that dispatches nearby have for a key, the commonest first.
fn used(cursor: &Cursor<'_>, key: &str) -> Vec<(String, String)> {
    let near: Range<usize> = cursor.offset.saturating_sub(NEAR)..cursor.offset.saturating_add(NEAR);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for dispatch in cursor.snapshot.view.dispatches(near).take(MOST_DISPATCHES) {
        for field in dispatch.header.iter().flat_map(|header| &header.fields) {
            let is_here = cursor.line.contains(&field.key_range.start);
            if field.key == Some(key) && !is_here && !field.value.is_empty() && field.value.len() <= LONGEST_LINE {
                *counts.entry(cursor.snapshot.text.slice(field.value.clone()).into_owned()).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let detail = |count: usize| format!("in {count} other dispatch{}", if count == 1 { "" } else { "es" });
    counts.into_iter().take(MOST_VALUES).map(|(value, count)| (value, detail(count))).collect()
}
