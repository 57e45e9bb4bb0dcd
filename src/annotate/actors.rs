//! Actors: who is mentioned, and which mentions are one actor.

use super::{Actor, Mention, Reading, Timex};
use crate::corpus::PartialDate;
use crate::gazetteer::Gazetteer;

/// The mentions of a text, in order, and its actors in the order of their first mention.
pub fn find(
    _reading: &Reading,
    _dates: &[Timex],
    _date: Option<PartialDate>,
    _gazetteer: &Gazetteer,
) -> (Vec<Mention>, Vec<Actor>) {
    (Vec::new(), Vec::new())
}
