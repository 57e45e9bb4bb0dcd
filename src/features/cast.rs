//! The actors of a corpus file: those of its dispatches, brought together.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::Watch;
use super::annotated::{Annotated, Found};
use crate::annotate::{Actor, Claim, Mention};
use crate::workspace::{Nature, Snapshot, Who};

/// Bytes of a file that are read for a question about the whole of it: half a second's work where nothing of it was
/// looked at before.
pub const MOST: usize = 4 << 20;

/// The dispatches that were read, and who is in them.
#[derive(Default)]
pub struct Cast {
    pub dispatches: Vec<Annotated>,
    pub members: Vec<Member>,
    numbers: HashMap<Who, usize>,
    /// By dispatch, for each of its actors.
    roles: Vec<Vec<Role>>,
    /// Whether the whole file was read: it is no longer than what was to be read, and no dispatch is too long.
    pub is_complete: bool,
}

/// Somebody, and as whom the dispatches know them.
pub struct Member {
    pub who: Who,
    pub parts: Vec<Part>,
}

/// What an actor does in a dispatch.
#[derive(Default)]
struct Role {
    /// Number in [`Cast::members`].
    member: Option<usize>,
    /// Numbers of its mentions, and of the claims of which it is the source.
    mentions: Vec<usize>,
    claims: Vec<usize>,
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
pub fn who(snapshot: &Snapshot, annotated: &Annotated, actor: usize) -> Option<Who> {
    let found = annotated.found();
    let own = found.mentions.iter().filter(|mention| mention.actor == actor);
    Who::new(&snapshot.notes.gazetteer, found, annotated.start, actor, own)
}

/// The actor that the mention at byte `offset` means, or the source of the claim whose cue or source is there. The content
/// of a claim is about anything, and nobody is asked for there.
pub fn actor_at(annotated: &Annotated, offset: usize) -> Option<usize> {
    let found = annotated.found();
    match annotated.spot(offset)? {
        (Found::Mention(number), _) => Some(found.mentions.get(number)?.actor),
        (Found::Claim(number), range) => {
            let claim = found.claims.get(number)?;
            let mut telling = claim.cue.iter().chain(&claim.source);
            telling.any(|span| annotated.range(*span) == range).then_some(claim.actor)?
        }
        (Found::Date(_), _) => None,
    }
}

/// The part of a file that is read for a question asked at byte `offset`: all of it, or `most` bytes around the place.
pub fn window(snapshot: &Snapshot, offset: usize, most: usize) -> Range<usize> {
    let length = snapshot.text.len();
    let start = offset.saturating_sub(most / 2).min(length.saturating_sub(most));
    start..(start + most).min(length)
}

/// Bytes that are read of all open files together; of each one at most [`MOST`].
const MOST_IN_ALL: usize = 3 * MOST;

/// The corpora of `open` by their numbers, each with the part of it that is read for a question asked at byte `offset` of the
/// first file; the others are read from their start.
pub fn corpora(open: &[Snapshot], offset: usize) -> impl Iterator<Item = (usize, &Snapshot, Range<usize>)> {
    let mut left = MOST_IN_ALL;
    let corpora = open.iter().enumerate().filter(|(_, snapshot)| snapshot.nature == Nature::Corpus);
    corpora.map_while(move |(file, snapshot)| {
        let window = window(snapshot, if file == 0 { offset } else { 0 }, MOST.min(left));
        let is_left = left > 0;
        left -= window.len();
        is_left.then_some((file, snapshot, window))
    })
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
            Some((start, note)) => cast.add(snapshot, Annotated { dispatch, start, note }),
            None => cast.is_complete = false,
        }
    }
    Some(cast)
}

impl Cast {
    fn add(&mut self, snapshot: &Snapshot, annotated: Annotated) {
        let dispatch = self.dispatches.len();
        let found = annotated.found();
        let mut roles: Vec<Role> = found.actors.iter().map(|_| Role::default()).collect();
        for (number, mention) in found.mentions.iter().enumerate() {
            if let Some(role) = roles.get_mut(mention.actor) {
                role.mentions.push(number);
            }
        }
        for (number, claim) in found.claims.iter().enumerate() {
            if let Some(role) = claim.actor.and_then(|actor| roles.get_mut(actor)) {
                role.claims.push(number);
            }
        }
        for (actor, role) in roles.iter_mut().enumerate() {
            let own = role.mentions.iter().filter_map(|number| found.mentions.get(*number));
            let who = Who::new(&snapshot.notes.gazetteer, found, annotated.start, actor, own);
            role.member = who.map(|who| self.take(who, Part { dispatch, actor }));
        }
        self.roles.push(roles);
        self.dispatches.push(annotated);
    }

    /// The number of the member that a part is of.
    fn take(&mut self, who: Who, part: Part) -> usize {
        let number = match self.numbers.entry(who) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(unknown) => {
                self.members.push(Member { who: unknown.key().clone(), parts: Vec::new() });
                *unknown.insert(self.members.len() - 1)
            }
        };
        if let Some(member) = self.members.get_mut(number) {
            member.parts.push(part);
        }
        number
    }

    /// Somebody, if any dispatch that was read speaks of them.
    pub fn member(&self, who: &Who) -> Option<&Member> {
        self.members.get(*self.numbers.get(who)?)
    }

    fn role(&self, part: Part) -> Option<(&Annotated, &Role)> {
        Some((self.dispatches.get(part.dispatch)?, self.roles.get(part.dispatch)?.get(part.actor)?))
    }

    /// The number of a dispatch's actor in [`Cast::members`].
    pub fn number(&self, part: Part) -> Option<usize> {
        self.role(part)?.1.member
    }

    /// The dispatch of a part, and the actor in it.
    pub fn actor(&self, part: Part) -> Option<(&Annotated, &Actor)> {
        let annotated = self.dispatches.get(part.dispatch)?;
        Some((annotated, annotated.found().actors.get(part.actor)?))
    }

    /// All mentions of somebody, each with its dispatch, in the order of the dispatches. (Two actors of a dispatch may be
    /// one by their names.)
    pub fn mentions<'a>(&'a self, member: &'a Member) -> impl Iterator<Item = (&'a Annotated, &'a Mention)> {
        member.parts.iter().flat_map(|part| self.mentions_in(*part))
    }

    /// Somebody's first mention.
    pub fn first_mention<'a>(&'a self, member: &'a Member) -> Option<(&'a Annotated, &'a Mention)> {
        self.mentions(member).min_by_key(|(annotated, mention)| annotated.range(mention.span).start)
    }

    /// Those in one dispatch.
    pub fn mentions_in(&self, part: Part) -> impl Iterator<Item = (&Annotated, &Mention)> {
        self.role(part).into_iter().flat_map(|(annotated, role)| {
            let mentions = role.mentions.iter().filter_map(|number| annotated.found().mentions.get(*number));
            mentions.map(move |mention| (annotated, mention))
        })
    }

    /// All claims of which somebody is the source, each with its dispatch, in the order of the dispatches.
    pub fn claims_by<'a>(&'a self, member: &'a Member) -> impl Iterator<Item = (&'a Annotated, &'a Claim)> {
        member.parts.iter().filter_map(|part| self.role(*part)).flat_map(|(annotated, role)| {
            let claims = role.claims.iter().filter_map(|number| annotated.found().claims.get(*number));
            claims.map(move |claim| (annotated, claim))
        })
    }
}
