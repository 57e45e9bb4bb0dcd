//! Claims: who says what.

use super::{Actor, Claim, Mention, Reading};

/// The claims of a text, in the order of their first span. A pronoun that is a source becomes a mention, and a source
/// that is nobody yet an actor.
pub fn find(_reading: &Reading, _mentions: &mut Vec<Mention>, _actors: &mut Vec<Actor>) -> Vec<Claim> {
    Vec::new()
}
