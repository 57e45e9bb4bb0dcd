//! Who an actor of a dispatch is among the actors of other dispatches.
//!
//! Two are one where the actors files list them as one, or, for those that nobody lists, where they have the same name in
//! its normal form and are of the same kind. Nothing else counts: who is ambiguous in a dispatch is told apart from who is
//! not, and sources without a name (`officials`, `a spokesman`) are others in each dispatch.

use serde::{Deserialize, Serialize};

use crate::annotate::{ActorKind, Annotations, Form, Mention};
use crate::gazetteer::{Gazetteer, normal_form};

/// Who somebody is, in all dispatches. It stays the same when the text changes, but for those without a name.
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

impl Who {
    /// Who the actor with the number `actor` is, of a dispatch whose text starts at byte `start`; `mentions` are its own.
    /// `None` where there is no such actor.
    pub fn new<'a>(
        gazetteer: &Gazetteer,
        found: &Annotations,
        start: usize,
        actor: usize,
        mut mentions: impl Iterator<Item = &'a Mention>,
    ) -> Option<Who> {
        let about = found.actors.get(actor)?;
        if let Some(id) = about.entry.and_then(|entry| gazetteer.id(entry)) {
            return Some(Who::Listed { id: id.to_owned() });
        }
        let named = mentions.find(|mention| has_name(mention));
        let name = normal_form(&about.name);
        Some(match named {
            Some(mention) if !name.is_empty() => Who::Named { name, kind: about.kind, ambiguous: mention.ambiguous },
            _ => Who::Nameless { start, actor },
        })
    }

    /// Whether it can be met in other dispatches.
    pub fn has_name(&self) -> bool {
        !matches!(self, Who::Nameless { .. })
    }
}

fn has_name(mention: &Mention) -> bool {
    matches!(mention.form, Form::Name | Form::Titled | Form::Short)
}
