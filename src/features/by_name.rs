//! Actors of the files that are open, by their names.

use std::ops::Range;

use super::Watch;
use super::cast;
use super::people::{dispatch_name, one_of};
use crate::annotate::ActorKind;
use crate::gazetteer::normal_form;
use crate::workspace::Snapshot;

/// An actor of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which file.
    pub file: usize,
    pub name: String,
    pub kind: ActorKind,
    /// Its first mention, and the dispatch that has it.
    pub range: Range<usize>,
    pub dispatch: String,
    mentions: usize,
}

/// So many are given at most: the list is asked for again with each letter that is typed.
const MOST_NAMED: usize = 256;

/// The actors whose names have all words of `query` in them, or parts of words, in any spelling; the most mentioned
/// first. All of them for an empty query. `None` where nobody waits for them any more. Not for the owner.
pub fn find(open: &[Snapshot], query: &str, watch: &dyn Watch) -> Option<Vec<Named>> {
    let words: Vec<String> = query.split_whitespace().map(normal_form).filter(|word| !word.is_empty()).collect();
    let mut found = Vec::new();
    for (file, snapshot, window) in cast::corpora(open, 0) {
        let cast = cast::find(snapshot, window, watch)?;
        for member in cast.members.iter().filter(|member| member.who.has_name()) {
            let Some((_, actor)) = member.parts.first().and_then(|part| cast.actor(*part)) else { continue };
            let name = normal_form(&actor.name);
            if !words.iter().all(|word| name.contains(word.as_str())) {
                continue;
            }
            if let Some((annotated, mention)) = cast.first_mention(member) {
                found.push(Named {
                    file,
                    name: one_of(&actor.name),
                    kind: actor.kind,
                    range: annotated.range(mention.span),
                    dispatch: dispatch_name(snapshot, &annotated.dispatch),
                    mentions: cast.mentions(member).count(),
                });
            }
        }
    }
    found.sort_by(|one, other| other.mentions.cmp(&one.mentions).then_with(|| one.name.cmp(&other.name)));
    found.truncate(MOST_NAMED);
    Some(found)
}
