//! Definition: from a mention, a pronoun or a cue to the line of the actors file, or, where nobody lists the actor, to where
//! it is first named in full; from a relative date to what it was read against.

use super::annotated::{self, Annotated, Found};
use super::cast::actor_at;
use super::place::Place;
use crate::annotate::{Anchor, Form};
use crate::workspace::Snapshot;

/// Where what is at byte `offset` comes from; `None` where it says all itself. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Place> {
    let annotated = annotated::at(snapshot, offset)?;
    if let (Found::Date(number), _) = annotated.spot(offset)? {
        return anchor(&annotated, annotated.found().dates.get(number)?.anchor);
    }
    let actor = actor_at(&annotated, offset)?;
    let entry = annotated.found().actors.get(actor)?.entry;
    match entry.and_then(|entry| snapshot.notes.place(entry)) {
        Some((path, line)) => Some(Place::File { path: path.to_owned(), line }),
        None => first_naming(&annotated, actor),
    }
}

fn first_naming(annotated: &Annotated, actor: usize) -> Option<Place> {
    let of_actor = || annotated.found().mentions.iter().filter(|mention| mention.actor == actor);
    let full = of_actor().find(|mention| matches!(mention.form, Form::Name | Form::Titled));
    full.or_else(|| of_actor().next()).map(|mention| Place::Here(annotated.range(mention.span)))
}

fn anchor(annotated: &Annotated, anchor: Anchor) -> Option<Place> {
    let range = match anchor {
        Anchor::DispatchDate => annotated.dispatch.date.as_ref()?.range.clone()?,
        Anchor::Date(number) => annotated.range(annotated.found().dates.get(number)?.span),
        Anchor::Itself | Anchor::Missing => return None,
    };
    Some(Place::Here(range))
}
