//! What is in a dispatch, in a few lines.

use jiff::civil::Date;

use super::super::markup::{Part, Text, corpus, own, strong};
use crate::annotate::{Annotations, TimexKind};
use crate::text::counted;
use crate::workspace::Note;

/// Actors that are named.
const SHOWN: usize = 4;

/// Writes what was found; without a `note` that the dispatch is too long for that.
pub fn write(note: Option<&Note>, text: &mut Text) {
    let Some(note) = note else {
        return text.line([own("too long to be annotated here: `dispatch-ls annotate` does it")]);
    };
    let found = &note.found;
    if found.mentions.is_empty() && found.dates.is_empty() && found.claims.is_empty() {
        return text.line([own("no actors, dates or claims were found in it")]);
    }
    text.line([own(format!(
        "in it: {} of {}, {}, {}",
        counted(found.mentions.len(), "mention", "mentions"),
        counted(found.actors.len(), "actor", "actors"),
        counted(found.dates.len(), "date", "dates"),
        counted(found.claims.len(), "claim", "claims"),
    ))]);
    if !found.actors.is_empty() {
        text.line(most_named(found));
    }
    if let Some((first, last)) = days(found) {
        text.line(if first == last {
            vec![own("day: "), strong(first.to_string())]
        } else {
            vec![own("days: "), strong(first.to_string()), own(" to "), strong(last.to_string())]
        });
    }
}

fn most_named(found: &Annotations) -> Vec<Part> {
    let mut counts = vec![0_usize; found.actors.len()];
    for mention in &found.mentions {
        if let Some(count) = counts.get_mut(mention.actor) {
            *count += 1;
        }
    }
    let mut ranked: Vec<(usize, &str)> =
        counts.into_iter().zip(found.actors.iter().map(|actor| actor.name.as_str())).collect();
    // Of those that are named as often, the one that comes first.
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let mut line = vec![own("most named: ")];
    for (number, (count, name)) in ranked.iter().take(SHOWN).enumerate() {
        let comma = if number > 0 { ", " } else { "" };
        line.extend([own(comma), corpus(*name), own(format!(" {count}"))]);
    }
    line
}

/// The first and the last day that the text speaks of.
fn days(found: &Annotations) -> Option<(Date, Date)> {
    let dates = found.dates.iter().filter(|date| matches!(date.kind, TimexKind::Date | TimexKind::Time));
    let values = dates.flat_map(|date| [Some(&date.value), date.until.as_ref()]).flatten();
    let days = values.filter_map(|value| value.get(..10)?.parse::<Date>().ok());
    days.fold(None, |span, day| {
        let (first, last) = span.unwrap_or((day, day));
        Some((first.min(day), last.max(day)))
    })
}
