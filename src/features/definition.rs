//! Definition: from a short mention or a pronoun to where its actor is first named in full, from a relative date to what
//! it was read against.

use std::ops::Range;

use super::annotated::{self, Found};
use crate::annotate::{Anchor, Form};
use crate::workspace::Snapshot;

/// Where what is at byte `offset` comes from; `None` where it says all itself. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Range<usize>> {
    let annotated = annotated::at(snapshot, offset)?;
    let found = annotated.found();
    let first_naming = |actor: usize| {
        let of_actor = || found.mentions.iter().filter(|mention| mention.actor == actor);
        let full = of_actor().find(|mention| matches!(mention.form, Form::Name | Form::Titled));
        full.or_else(|| of_actor().next()).map(|mention| annotated.range(mention.span))
    };
    match annotated.spot(offset)?.0 {
        Found::Mention(number) => first_naming(found.mentions.get(number)?.actor),
        Found::Claim(number) => first_naming(found.claims.get(number)?.actor?),
        Found::Date(number) => match found.dates.get(number)?.anchor {
            Anchor::DispatchDate => annotated.dispatch.date.as_ref()?.range.clone(),
            Anchor::Date(anchor) => found.dates.get(anchor).map(|date| annotated.range(date.span)),
            Anchor::Itself | Anchor::Missing => None,
        },
    }
}
