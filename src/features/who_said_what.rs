//! Who said what: the claims of a file as a hierarchy of actors. Who made claims about somebody, and whom their own claims
//! are about.

use std::collections::HashMap;
use std::ops::Range;

use super::Watch;
use super::annotated::{self, Annotated};
use super::cast::{self, Cast, MOST, Member, Part};
use super::people::one_of;
use crate::annotate::{ActorKind, Claim, InOrder};
use crate::text::Span;
use crate::workspace::{Snapshot, Who};

/// Somebody, to go on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// `None` where a claim names nobody.
    pub who: Option<Who>,
    pub name: String,
    pub kind: ActorKind,
    /// Role and state, as far as they are known.
    pub detail: String,
    /// A mention with its title, and the name in it.
    pub range: Range<usize>,
    pub name_range: Range<usize>,
}

/// Claims that somebody made, or that are about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub item: Item,
    /// The cues of the claims, in the order of the file.
    pub cues: Vec<Range<usize>>,
}

/// Whom the mention at byte `offset` means, or the source of the claim there. Not for the owner.
pub fn prepare(snapshot: &Snapshot, offset: usize) -> Option<Item> {
    let annotated = annotated::at(snapshot, offset)?;
    let found = annotated.found();
    let actor = cast::actor_at(&annotated, offset)?;
    let own = || found.mentions.iter().filter(|mention| mention.actor == actor);
    // The one that is asked about; from a cue the first.
    let here = own().find(|mention| {
        let range = annotated.range(mention.full);
        range.start <= offset && offset <= range.end
    });
    let mention = here.or_else(|| own().next())?;
    let who = cast::who(snapshot, &annotated, actor)?;
    let actor = found.actors.get(actor)?;
    Some(Item {
        who: Some(who),
        name: one_of(&actor.name),
        kind: actor.kind,
        detail: super::people::role_and_state(actor.role.as_deref(), actor.country.as_deref()),
        range: annotated.range(mention.full),
        name_range: annotated.range(mention.span),
    })
}

/// Somebody as the first [`MOST`] bytes of a file have them: `Some(None)` where they do not, `None` where nobody waits for it
/// any more. Not for the owner.
pub fn of(snapshot: &Snapshot, who: &Who, watch: &dyn Watch) -> Option<Option<Item>> {
    let cast = cast::find(snapshot, cast::window(snapshot, 0, MOST), watch)?;
    Some(cast.member(who).and_then(|member| item(&cast, member)))
}

/// Who made claims in which `who` is mentioned; `None` where nobody waits for it any more. In a large file that is looked
/// for in [`MOST`] bytes around byte `offset`. Not for the owner.
pub fn about(snapshot: &Snapshot, who: &Who, offset: usize, watch: &dyn Watch) -> Option<Vec<Call>> {
    let cast = cast::find(snapshot, cast::window(snapshot, offset, MOST), watch)?;
    let mut calls = Calls::new(&cast);
    for part in parts(&cast, who) {
        let Some((annotated, _)) = cast.actor(*part) else { continue };
        let found = annotated.found();
        let mentions = InOrder::new(found.mentions.iter().filter(|mention| mention.actor == part.actor));
        for claim in &found.claims {
            if claim.content.iter().any(|content| mentions.within(*content).next().is_some()) {
                let source = claim.actor.and_then(|actor| cast.number(Part { actor, ..*part }));
                calls.add(source, annotated, claim);
            }
        }
    }
    Some(calls.items("(nobody is named)"))
}

/// Who is mentioned in the claims of `who`; the same otherwise.
pub fn by(snapshot: &Snapshot, who: &Who, offset: usize, watch: &dyn Watch) -> Option<Vec<Call>> {
    let cast = cast::find(snapshot, cast::window(snapshot, offset, MOST), watch)?;
    let mut calls = Calls::new(&cast);
    for part in parts(&cast, who) {
        let Some((annotated, _)) = cast.actor(*part) else { continue };
        let found = annotated.found();
        let mentions = InOrder::new(found.mentions.iter());
        for claim in found.claims.iter().filter(|claim| claim.actor == Some(part.actor)) {
            let of_content = |content: &Span| mentions.within(*content).map(|mention| mention.actor);
            let mut actors: Vec<usize> = claim.content.iter().flat_map(of_content).collect();
            actors.sort_unstable();
            actors.dedup();
            if actors.is_empty() {
                calls.add(None, annotated, claim);
            }
            for actor in actors {
                calls.add(cast.number(Part { actor, ..*part }), annotated, claim);
            }
        }
    }
    Some(calls.items("(nobody is mentioned)"))
}

fn parts<'a>(cast: &'a Cast, who: &Who) -> &'a [Part] {
    cast.member(who).map_or(&[], |member| &member.parts)
}

/// Claims, gathered by somebody.
struct Calls<'a> {
    cast: &'a Cast,
    /// By the number of a member; `None` where there is nobody.
    by_member: HashMap<Option<usize>, Vec<Range<usize>>>,
}

impl<'a> Calls<'a> {
    fn new(cast: &'a Cast) -> Calls<'a> {
        Calls { cast, by_member: HashMap::new() }
    }

    fn add(&mut self, member: Option<usize>, annotated: &Annotated, claim: &Claim) {
        let cues = self.by_member.entry(member).or_default();
        cues.extend(claim.cue.iter().map(|cue| annotated.range(*cue)));
    }

    /// By the first cue of each; `nobody` is what nobody is called.
    fn items(self, nobody: &str) -> Vec<Call> {
        let cast = self.cast;
        let call = |(member, mut cues): (Option<usize>, Vec<Range<usize>>)| {
            cues.sort_by_key(|cue| (cue.start, cue.end));
            cues.dedup();
            let member = member.and_then(|number| cast.members.get(number));
            let item = match member {
                Some(member) => item(cast, member)?,
                None => unknown(nobody, cues.first()?.clone()),
            };
            Some(Call { item, cues })
        };
        let mut calls: Vec<Call> = self.by_member.into_iter().filter_map(call).collect();
        calls.sort_by(|one, other| {
            let first = |call: &Call| call.cues.first().map(|cue| cue.start);
            first(one).cmp(&first(other)).then_with(|| one.item.range.start.cmp(&other.item.range.start))
        });
        calls
    }
}

fn item(cast: &Cast, member: &Member) -> Option<Item> {
    let (_, actor) = cast.actor(*member.parts.first()?)?;
    let (annotated, mention) = cast.first_mention(member)?;
    Some(Item {
        who: Some(member.who.clone()),
        name: one_of(&actor.name),
        kind: actor.kind,
        detail: super::people::detail(cast, member),
        range: annotated.range(mention.full),
        name_range: annotated.range(mention.span),
    })
}

fn unknown(nobody: &str, cue: Range<usize>) -> Item {
    Item {
        who: None,
        name: nobody.to_owned(),
        kind: ActorKind::Person,
        detail: String::new(),
        range: cue.clone(),
        name_range: cue,
    }
}
