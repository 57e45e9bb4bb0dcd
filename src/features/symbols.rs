//! Symbols: the dispatches of a file, for outlines and for going to one by its name.

use std::ops::Range;

use crate::workspace::{Snapshot, uri};

use super::Watch;
use super::markup::one_line;

/// One dispatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    pub name: String,
    /// Date and title, as far as there are any.
    pub detail: String,
    pub range: Range<usize>,
    /// The name; where there is none the opener, or the start of the file.
    pub name_range: Range<usize>,
}

/// A list of this many takes some 10 MB: no outline is of use beyond.
const MOST: usize = 50_000;
/// Longest name and title, in characters.
const LONGEST: usize = 120;

/// The dispatches of a file, the first 50,000; `None` where nobody waits for them any more.
pub fn find_all(snapshot: &Snapshot, watch: &dyn Watch) -> Option<Vec<Symbol>> {
    let length = snapshot.text.len();
    let mut symbols = Vec::new();
    for dispatch in snapshot.view.dispatches(0..length.saturating_add(1)).take(MOST) {
        if !watch.goes_on(dispatch.range.start, length) {
            return None;
        }
        let opener = dispatch.opener.as_ref();
        let name_range = match opener {
            Some(opener) => opener.name.clone().unwrap_or(opener.range.clone()),
            None => dispatch.range.start..dispatch.range.start,
        };
        let name = match opener {
            Some(opener) => {
                opener.name.clone().map(|name| one_line(&snapshot.text.slice(name), LONGEST)).unwrap_or_default()
            }
            None => uri::file_name(&snapshot.uri),
        };
        let fields = dispatch.header.iter().flat_map(|header| &header.fields);
        let title = fields.into_iter().find(|field| field.key == Some("title"));
        let date = dispatch.date.as_ref().map(|date| date.date.to_string());
        let title = title.map(|title| one_line(&snapshot.text.slice(title.value.clone()), LONGEST));
        let detail: Vec<String> = [date, title].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        symbols.push(Symbol {
            name: if name.is_empty() { format!("dispatch {}", dispatch.number + 1) } else { name },
            detail: detail.join(" · "),
            range: dispatch.range,
            name_range,
        });
    }
    Some(symbols)
}
