//! The actors of a corpus file: those of its dispatches, brought together.
//!
//! Actors of two dispatches are one where the actors files list them as one, or, for those that nobody lists, where they
//! have the same name in its normal form and are of the same kind. Nothing else counts: who is ambiguous in a dispatch
//! is told apart from who is not, and sources without a name (`officials`, `a spokesman`) are others in each dispatch.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Watch;
use super::annotated::Annotated;
use crate::annotate::{Actor, ActorKind, Claim, Form, Mention};
use crate::gazetteer::{Gazetteer, normal_form};
use crate::workspace::Snapshot;

/// Bytes of a file that are read for a question about the whole of it: half a second's work where nothing of it was
/// looked at before.
pub const MOST: usize = 4 << 20;

/// Who somebody is, in all dispatches of a file. It stays the same when the text changes, but for those without a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Who {
    /// By the id in the actors files.
    Listed { id: String },
    /// By the normal form of the name.
    Named { name: String, kind: ActorKind, ambiguous: bool },
    /// Only this one, of one dispatch: the byte at which its text starts, and the actor's number in it.
    Nameless { start: usize, actor: usize },
}

/// The dispatches that were read, and who is in them.
#[derive(Default)]
pub struct Cast {
    pub dispatches: Vec<Annotated>,
    pub members: Vec<Member>,
    numbers: HashMap<Who, usize>,
    /// By dispatch, for each of its actors: the number of the member it is.
    roles: Vec<Vec<Option<usize>>>,
    /// Whether the whole file was read: it is no longer than what was to be read, and no dispatch is too long.
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
    /// Number in [`crate::annotate::Annotations::actors`].
    pub actor: usize,
}

/// Who an actor of a dispatch is.
pub fn who(gazetteer: &Gazetteer, annotated: &Annotated, actor: usize) -> Option<Who> {
    let found = annotated.found();
    let about = found.actors.get(actor)?;
    if let Some(id) = about.entry.and_then(|entry| gazetteer.id(entry)) {
        return Some(Who::Listed { id: id.to_owned() });
    }
    let mut named = found.mentions.iter().filter(|mention| mention.actor == actor && has_name(mention));
    let name = normal_form(&about.name);
    Some(match named.next() {
        Some(mention) if !name.is_empty() => Who::Named { name, kind: about.kind, ambiguous: mention.ambiguous },
        _ => Who::Nameless { start: annotated.start, actor },
    })
}

fn has_name(mention: &Mention) -> bool {
    matches!(mention.form, Form::Name | Form::Titled | Form::Short)
}

/// The part of a file that is read for a question asked at byte `offset`: all of it, or `most` bytes around the place.
pub fn window(snapshot: &Snapshot, offset: usize, most: usize) -> Range<usize> {
    let length = snapshot.text.len();
    let start = offset.saturating_sub(most / 2).min(length.saturating_sub(most));
    start..(start + most).min(length)
}

/// The actors of the dispatches in `window`; `None` where nobody waits for them any more. Takes time in proportion to the
/// window: not for the owner.
pub fn find(snapshot: &Snapshot, window: Range<usize>, watch: &dyn Watch) -> Option<Cast> {
    let mut cast = Cast { is_complete: window.len() >= snapshot.text.len(), ..Cast::default() };
    for dispatch in snapshot.view.dispatches(window.clone()) {
        if !watch.goes_on(dispatch.range.start.saturating_sub(window.start), window.len()) {
            return None;
        }
        match snapshot.notes.of(snapshot, &dispatch) {
            Some((start, note)) => cast.add(&snapshot.notes.gazetteer, Annotated { dispatch, start, note }),
            None => cast.is_complete = false,
        }
    }
    Some(cast)
}

impl Cast {
    fn add(&mut self, gazetteer: &Gazetteer, annotated: Annotated) {
        let dispatch = self.dispatches.len();
        let actors = 0..annotated.found().actors.len();
        let roles = actors.map(|actor| {
            let who = who(gazetteer, &annotated, actor)?;
            let part = Part { dispatch, actor };
            match self.numbers.entry(who) {
                Entry::Occupied(known) => {
                    self.members.get_mut(*known.get())?.parts.push(part);
                    Some(*known.get())
                }
                Entry::Vacant(unknown) => {
                    self.members.push(Member { who: unknown.key().clone(), parts: vec![part] });
                    Some(*unknown.insert(self.members.len() - 1))
                }
            }
        });
        let roles = roles.collect();
        self.roles.push(roles);
        self.dispatches.push(annotated);
    }

    /// Somebody, if any dispatch that was read speaks of them.
    pub fn member(&self, who: &Who) -> Option<&Member> {
        self.members.get(*self.numbers.get(who)?)
    }

    /// The number of a dispatch's actor in [`Cast::members`].
    pub fn number(&self, part: Part) -> Option<usize> {
        *self.roles.get(part.dispatch)?.get(part.actor)?
    }

    /// The dispatch of a part, and the actor in it.
    pub fn actor(&self, part: Part) -> Option<(&Annotated, &Actor)> {
        let annotated = self.dispatches.get(part.dispatch)?;
        Some((annotated, annotated.found().actors.get(part.actor)?))
    }

    /// All mentions of somebody, each with its dispatch, in the order of the file.
    pub fn mentions<'a>(&'a self, member: &'a Member) -> impl Iterator<Item = (&'a Annotated, &'a Mention)> {
        let parts = member.parts.iter().filter_map(|part| Some((part, self.dispatches.get(part.dispatch)?)));
        parts.flat_map(|(part, annotated)| {
            let mentions = annotated.found().mentions.iter().filter(|mention| mention.actor == part.actor);
            mentions.map(move |mention| (annotated, mention))
        })
    }

    /// All claims of which somebody is the source, each with its dispatch, in the order of the file.
    pub fn claims_by<'a>(&'a self, member: &'a Member) -> impl Iterator<Item = (&'a Annotated, &'a Claim)> {
        let parts = member.parts.iter().filter_map(|part| Some((part, self.dispatches.get(part.dispatch)?)));
        parts.flat_map(|(part, annotated)| {
            let claims = annotated.found().claims.iter().filter(|claim| claim.actor == Some(part.actor));
            claims.map(move |claim| (annotated, claim))
        })
    }
}
