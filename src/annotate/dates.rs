//! Dates, times, durations and sets of them (TIMEX3).

use super::{Reading, Timex};
use crate::corpus::PartialDate;

/// The dates of a text, in order and none inside another. `date` is the dispatch date.
pub fn find(_reading: &Reading, _date: Option<PartialDate>) -> Vec<Timex> {
    Vec::new()
}
