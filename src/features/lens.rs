//! Code lenses: above each dispatch, how much was found in it.

use std::ops::Range;

use super::{Watch, annotated};
use crate::text::counted;
use crate::workspace::Snapshot;

/// So many dispatches of a file have lenses: an editor asks for those of the whole file after each change.
pub const MOST: usize = 500;
/// Places to go to from a lens.
const MOST_PLACES: usize = 200;

/// What a lens says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// Our own words: nothing of the corpus.
    pub title: String,
    /// All mentions, and the cues of all claims, in the order of the text; not more than 200.
    pub places: Vec<Range<usize>>,
}

/// Where lenses stand: the first byte of each dispatch's opener, or of the dispatch where it has none. Of the first
/// [`MOST`] dispatches; `None` where nobody waits for them any more.
pub fn find_all(snapshot: &Snapshot, watch: &dyn Watch) -> Option<Vec<usize>> {
    if !snapshot.settings.lenses || snapshot.text.is_empty() {
        return Some(Vec::new());
    }
    let mut places = Vec::new();
    let length = snapshot.text.len();
    for dispatch in snapshot.view.dispatches(0..length).take(MOST) {
        if !watch.goes_on(dispatch.range.start, length) {
            return None;
        }
        places.push(dispatch.opener.map_or(dispatch.range.start, |opener| opener.range.start));
    }
    Some(places)
}

/// What the lens at byte `offset` says; `None` where no dispatch begins there any more. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Lens> {
    let dispatch = snapshot.view.dispatch_at(offset)?;
    let start = dispatch.opener.as_ref().map_or(dispatch.range.start, |opener| opener.range.start);
    if start != offset {
        return None;
    }
    let Some(annotated) = annotated::of(snapshot, dispatch) else {
        return Some(Lens { title: "too long to be annotated here".to_owned(), places: Vec::new() });
    };
    let found = annotated.found();
    let mentions = counted(found.mentions.len(), "mention", "mentions");
    let claims = counted(found.claims.len(), "claim", "claims");
    let cues = found.claims.iter().filter_map(|claim| claim.cue.first());
    let mut spans: Vec<_> = found.mentions.iter().map(|mention| mention.full).chain(cues.copied()).collect();
    spans.sort_unstable();
    spans.truncate(MOST_PLACES);
    let places = spans.into_iter().map(|span| annotated.range(span)).collect();
    Some(Lens { title: format!("{mentions} · {claims}"), places })
}
