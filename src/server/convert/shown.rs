//! What stands beside and above the text: hints and lenses. What they say when they are looked at is asked for later; then
//! the client hands back what it was given, and nothing of that is believed but that it names a place.

use std::str::FromStr;

use serde_json::{Value, json};
use tower_lsp::ls_types::*;

use crate::features::hints::{HintKind, Shown};
use crate::features::lens::Lens;
use crate::features::markup::Text;
use crate::features::place::Place;
use crate::workspace::Snapshot;

use super::super::capabilities::ClientAbilities;
use super::{About, markup, offset, position, range, uri};

/// By which a client shows a list of places: a document, a position in it, and the places.
pub const SHOW_REFERENCES: &str = "dispatch.showReferences";

/// The document is named in the data of a hint.
impl About for InlayHint {
    fn uri(&self) -> &str {
        self.data.as_ref().and_then(|data| data.get("uri")).and_then(Value::as_str).unwrap_or_default()
    }
    fn progress_token(&self) -> Option<Value> {
        None
    }
}

/// The data of a lens is the document's name.
impl About for CodeLens {
    fn uri(&self) -> &str {
        self.data.as_ref().and_then(Value::as_str).unwrap_or_default()
    }
    fn progress_token(&self) -> Option<Value> {
        None
    }
}

pub fn hint(snapshot: &Snapshot, hint: Shown, client: &ClientAbilities) -> InlayHint {
    let data = || json!({"uri": &*snapshot.uri, "kind": hint.kind.name()});
    let location = hint.place.as_ref().and_then(|place| location_of(snapshot, place));
    InlayHint {
        position: position(snapshot, hint.at),
        data: client.resolves_hints.then(data),
        label: match location {
            None => InlayHintLabel::String(hint.label),
            Some(_) => InlayHintLabel::LabelParts(vec![InlayHintLabelPart {
                value: hint.label,
                location,
                ..Default::default()
            }]),
        },
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
    }
}

/// The byte at which a hint of ours stands, and of which kind it is; `None` for any other.
pub fn hint_place(snapshot: &Snapshot, hint: &InlayHint) -> Option<(usize, HintKind)> {
    let name = hint.data.as_ref()?.get("kind")?.as_str()?;
    let kind = HintKind::ALL.into_iter().find(|kind| kind.name() == name)?;
    Some((offset(snapshot, hint.position), kind))
}

pub fn tooltip(text: &Text, client: &ClientAbilities) -> InlayHintTooltip {
    InlayHintTooltip::MarkupContent(markup(text.render(client.hover_form), client.hover_form))
}

/// What [`SHOW_REFERENCES`] takes.
pub fn show_references(snapshot: &Snapshot, at: usize, places: &[std::ops::Range<usize>]) -> Option<Vec<Value>> {
    let uri = uri(snapshot)?;
    let location = |place| Location { uri: uri.clone(), range: range(snapshot, place) };
    let locations: Vec<Location> = places.iter().map(location).collect();
    Some(vec![json!(uri), json!(position(snapshot, at)), json!(locations)])
}

/// A lens that says nothing yet.
pub fn lens(snapshot: &Snapshot, at: usize) -> CodeLens {
    let place = position(snapshot, at);
    CodeLens { range: Range { start: place, end: place }, command: None, data: Some(Value::from(&*snapshot.uri)) }
}

/// What a lens says, and where it leads if the client knows how to.
pub fn lens_command(snapshot: &Snapshot, at: usize, lens: Lens, client: &ClientAbilities) -> Command {
    let leads = client.shows_references && !lens.places.is_empty();
    let arguments = if leads { show_references(snapshot, at, &lens.places) } else { None };
    let command = if arguments.is_some() { SHOW_REFERENCES.to_owned() } else { String::new() };
    Command { title: lens.title, command, arguments }
}

/// `None` where no URI can be made of the place.
pub fn location_of(snapshot: &Snapshot, place: &Place) -> Option<Location> {
    match place {
        Place::Here(bytes) => Some(Location { uri: uri(snapshot)?, range: range(snapshot, bytes) }),
        Place::File { path, line } => {
            let path = std::path::absolute(path).ok()?;
            let uri = Uri::from_file_path(&path)?;
            let start = Position { line: line.saturating_sub(1), character: 0 };
            Some(Location { uri: Uri::from_str(uri.as_str()).ok()?, range: Range { start, end: start } })
        }
    }
}
