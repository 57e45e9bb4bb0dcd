//! Dates that a dispatch could have.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::corpus::{Dispatch, Reading, read_date};
use crate::workspace::Snapshot;

/// The text is read so far for dates, in bytes.
const REACH: usize = 8 << 10;
const MOST: usize = 12;

/// What could be a date in running text; whether it is one `read_date` says.
static IN_TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";
    Regex::new(&format!(
        r"(?-u:\b)(?:\d{{4}}-\d{{2}}-\d{{2}}|{month} \d{{1,2}}, \d{{4}}|\d{{1,2}} {month} \d{{4}})(?-u:\b)"
    ))
    .ok()
});

/// Dates and where they are from, the likeliest first: the dispatch's own, its neighbours', those in its text.
/// `typed` is the place of the value that is being written, which is no source.
pub fn candidates(snapshot: &Snapshot, dispatch: &Dispatch, typed: Range<usize>) -> Vec<(String, String)> {
    let view = &snapshot.view;
    let mut found: Vec<(String, String)> = Vec::new();
    let mut offer = |date: String, from: String| {
        if found.len() < MOST && found.iter().all(|(known, _)| *known != date) {
            found.push((date, from));
        }
    };
    for date in view.dates(dispatch) {
        let is_typed = date.range.as_ref().is_some_and(|range| range.start <= typed.end && typed.start <= range.end);
        if !is_typed {
            offer(date.date.to_string(), format!("from the {}", date.source.name()));
        }
    }
    let body = dispatch.body.start..dispatch.body.end.min(dispatch.body.start.saturating_add(REACH));
    // The date of the first line is likelier than those of the neighbours, later ones are not.
    let in_text = dates_in(&snapshot.text.slice(body));
    for date in in_text.iter().take(1) {
        offer(date.clone(), "from the text".to_owned());
    }
    let before = dispatch.range.start.checked_sub(1).and_then(|before| view.dispatch_at(before));
    let behind = view.dispatch_at(dispatch.range.end).filter(|behind| behind.number != dispatch.number);
    for (neighbour, place) in [(before, "before"), (behind, "behind")] {
        if let Some(date) = neighbour.and_then(|neighbour| neighbour.date) {
            offer(date.date.to_string(), format!("of the dispatch {place}"));
        }
    }
    for date in in_text {
        offer(date, "from the text".to_owned());
    }
    found
}

fn dates_in(text: &str) -> Vec<String> {
    let Some(pattern) = &*IN_TEXT else { return Vec::new() };
    let read = |found: &str| match read_date(found).0 {
        Reading::Iso(date) => Some(date.to_string()),
        loose => loose.only().map(|date| date.to_string()),
    };
    pattern.find_iter(text).filter_map(|found| read(found.as_str())).take(MOST).collect()
}
