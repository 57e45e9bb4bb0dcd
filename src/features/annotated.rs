//! What was found at a place of the prose: a mention, a date, a claim.

use std::ops::Range;
use std::sync::Arc;

use crate::annotate::{Actor, ActorKind, Annotations, Claim, Mention};
use crate::corpus::Dispatch;
use crate::gazetteer::Gazetteer;
use crate::text::Span;
use crate::workspace::{Note, Snapshot};

/// A dispatch with its annotations.
pub struct Annotated {
    pub dispatch: Dispatch,
    /// Byte of the file at which the annotated text starts.
    pub start: usize,
    pub note: Arc<Note>,
}

/// The smallest annotation at a place, by its number in [`Annotations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Mention(usize),
    Date(usize),
    /// On the cue, or anywhere in the rest of the claim where nothing smaller is.
    Claim(usize),
}

/// What an actor is to who looks at it: of places, those that act as states stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    Person,
    Organization,
    Place,
    /// A state, or its government: `Iran`, `the Iraqi government`.
    Government,
}

impl Sort {
    pub fn name(self) -> &'static str {
        match self {
            Sort::Person => "person",
            Sort::Organization => "organization",
            Sort::Place => "place",
            Sort::Government => "government",
        }
    }
}

/// The sort of an actor, by one of its mentions; constant time.
pub fn sort(gazetteer: &Gazetteer, actor: &Actor, mention: &Mention) -> Sort {
    let is_state = || actor.entry.and_then(|entry| gazetteer.entry(entry, None)).is_some_and(|entry| entry.is_state);
    match actor.kind {
        _ if mention.rule == "government of a state" => Sort::Government,
        ActorKind::Place if is_state() => Sort::Government,
        ActorKind::Person => Sort::Person,
        ActorKind::Organization => Sort::Organization,
        ActorKind::Place => Sort::Place,
    }
}

/// A dispatch and its annotations; `None` for one that is too long. Not for the owner.
pub fn of(snapshot: &Snapshot, dispatch: Dispatch) -> Option<Annotated> {
    let (start, note) = snapshot.notes.of(snapshot, &dispatch)?;
    Some(Annotated { dispatch, start, note })
}

/// The dispatch that holds byte `offset` and its annotations, if that is in its prose. Not for the owner.
pub fn at(snapshot: &Snapshot, offset: usize) -> Option<Annotated> {
    let dispatch = snapshot.view.dispatch_at(offset)?;
    let prose = dispatch.prose();
    if !(prose.start..=prose.end).contains(&offset) {
        return None;
    }
    of(snapshot, dispatch)
}

impl Annotated {
    /// The range in the file.
    pub fn range(&self, span: Span) -> Range<usize> {
        span.at(self.start)
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        span.of(&self.note.text)
    }

    pub fn found(&self) -> &Annotations {
        &self.note.found
    }

    /// What is at byte `offset` of the file, and where: mentions and dates before cues, cues before the rest of a claim,
    /// inner claims before outer ones.
    pub fn spot(&self, offset: usize) -> Option<(Found, Range<usize>)> {
        let on = |span: &Span| {
            let range = span.at(self.start);
            range.start <= offset && offset <= range.end
        };
        let found = self.found();
        let mentions = found.mentions.iter().enumerate().filter(|(_, mention)| on(&mention.full));
        let mentions = mentions.map(|(number, mention)| (Found::Mention(number), mention.full));
        let dates = found.dates.iter().enumerate().filter(|(_, date)| on(&date.span));
        let dates = dates.map(|(number, date)| (Found::Date(number), date.span));
        let part = |part: fn(&Claim) -> &[Span]| {
            let claims = found.claims.iter().enumerate();
            claims.flat_map(move |(number, claim)| part(claim).iter().map(move |span| (Found::Claim(number), *span)))
        };
        let smallest = |spots: &mut dyn Iterator<Item = (Found, Span)>| {
            spots.filter(|(_, span)| on(span)).min_by_key(|(_, span)| span.end - span.start)
        };
        smallest(&mut mentions.chain(dates))
            .or_else(|| smallest(&mut part(|claim| &claim.cue)))
            .or_else(|| smallest(&mut part(|claim| &claim.source)))
            .or_else(|| smallest(&mut part(|claim| &claim.content)))
            .map(|(found, span)| (found, self.range(span)))
    }
}
