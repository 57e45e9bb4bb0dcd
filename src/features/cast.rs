//! The actors of a corpus file: those of its dispatches, brought together.
//!
//! Actors of two dispatches are one where the actors files list them as one, or, for those that nobody lists, where they
//! have the same name in its normal form and are of the same kind. Nothing else counts: who is ambiguous in a dispatch
//! is told apart from who is not, and sources without a name (`officials`, `a spokesman`) are others in each dispatch.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::Watch;
use super::annotated::Annotated;
use crate::annotate::{Actor, ActorKind, Annotations, Claim, Form, Mention};
use crate::gazetteer::{EntryId, normal_form};
use crate::workspace::Snapshot;

/// Bytes of a file that are read for a question about the whole of it, from its start: half a second's work where nothing
/// of it was looked at before.
pub const MOST: usize = 4 << 20;

/// Who somebody is, in all dispatches of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    Listed(EntryId),
    /// By the normal form of the name.
    Named {
        name: String,
        kind: ActorKind,
        is_ambiguous: bool,
    },
    /// Only this one, of one dispatch: the byte at which its text starts, and the actor's number in it.
    Nameless {
        start: usize,
        actor: usize,
    },
}

/// The dispatches that were read, and who is in them.
#[derive(Default)]
pub struct Cast {
    pub dispatches: Vec<Annotated>,
    pub members: Vec<Member>,
    numbers: HashMap<Who, usize>,
    /// Whether all of the range was read: it is no longer than [`MOST`], and no dispatch is too long.
    pub is_complete: bool,
}

/// Somebody, and as whom the dispatches know them.
pub struct Member {
    pub who: Who,
    pub parts: Vec<Part>,
}

/// An actor of one dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Number in [`Cast::dispatches`].
    pub dispatch: usize,
    /// Number in [`Annotations::actors`].
    pub actor: usize,
}

/// Who an actor of a dispatch is; `start` is the byte at which its text starts.
pub fn who(found: &Annotations, start: usize, actor: usize) -> Option<Who> {
    let about = found.actors.get(actor)?;
    if let Some(entry) = about.entry {
        return Some(Who::Listed(entry));
    }
    let nameless = Who::Nameless { start, actor };
    let mut named = found.mentions.iter().filter(|mention| mention.actor == actor && has_name(mention));
    let Some(first) = named.next() else { return Some(nameless) };
    let name = normal_form(&about.name);
    if name.is_empty() {
        return Some(nameless);
    }
    Some(Who::Named { name, kind: about.kind, is_ambiguous: first.ambiguous })
}

fn has_name(mention: &Mention) -> bool {
    matches!(mention.form, Form::Name | Form::Titled | Form::Short)
}

/// The actors of the dispatches in `range`; `None` where nobody waits for them any more. Only the first [`MOST`] bytes
/// are read. Not for the owner.
pub fn find(snapshot: &Snapshot, range: Range<usize>, watch: &dyn Watch) -> Option<Cast> {
    let end = range.end.min(range.start.saturating_add(MOST));
    let mut cast = Cast { is_complete: end == range.end, ..Cast::default() };
    for dispatch in snapshot.view.dispatches(range.start..end) {
        if !watch.goes_on(dispatch.range.start.saturating_sub(range.start), end - range.start) {
            return None;
        }
        match snapshot.notes.of(snapshot, &dispatch) {
            Some((start, note)) => cast.add(Annotated { dispatch, start, note }),
            None => cast.is_complete = false,
        }
    }
    Some(cast)
}

impl Cast {
    fn add(&mut self, annotated: Annotated) {
        let dispatch = self.dispatches.len();
        for actor in 0..annotated.found().actors.len() {
            let Some(who) = who(annotated.found(), annotated.start, actor) else { continue };
            let part = Part { dispatch, actor };
            match self.numbers.entry(who) {
                Entry::Occupied(known) => {
                    if let Some(member) = self.members.get_mut(*known.get()) {
                        member.parts.push(part);
                    }
                }
                Entry::Vacant(unknown) => {
                    self.members.push(Member { who: unknown.key().clone(), parts: vec![part] });
                    unknown.insert(self.members.len() - 1);
                }
            }
        }
        self.dispatches.push(annotated);
    }

    /// Somebody, if any dispatch that was read speaks of them.
    pub fn member(&self, who: &Who) -> Option<&Member> {
        self.members.get(*self.numbers.get(who)?)
    }

    /// The dispatch of a part, and the actor in it.
    pub fn actor(&self, part: Part) -> Option<(&Annotated, &Actor)> {
        let annotated = self.dispatches.get(part.dispatch)?;
        Some((annotated, annotated.found().actors.get(part.actor)?))
    }

    /// All mentions of somebody, each with its dispatch, in the order of the file.
    pub fn mentions<'a>(&'a self, member: &'a Member) -> impl Iterator<Item = (&'a Annotated, &'a Mention)> {
        member.parts.iter().flat_map(move |part| {
            let annotated = self.dispatches.get(part.dispatch).into_iter();
            annotated.flat_map(move |annotated| {
                let mentions = annotated.found().mentions.iter();
                mentions.filter(|mention| mention.actor == part.actor).map(move |mention| (annotated, mention))
            })
        })
    }

    /// All claims of which somebody is the source, each with its dispatch, in the order of the file.
    pub fn claims_by<'a>(&'a self, member: &'a Member) -> impl Iterator<Item = (&'a Annotated, &'a Claim)> {
        member.parts.iter().flat_map(move |part| {
            let annotated = self.dispatches.get(part.dispatch).into_iter();
            annotated.flat_map(move |annotated| {
                let claims = annotated.found().claims.iter();
                claims.filter(|claim| claim.actor == Some(part.actor)).map(move |claim| (annotated, claim))
            })
        })
    }
}
