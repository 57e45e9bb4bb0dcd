//! Breaks good corpora in every way of the table of findings and looks at what is said about them. The cases come
//! from `docs/format.md` and the pages of the findings, not from the code.
//!
//! Everything is made from seeds, so a failure comes again. `DISPATCH_LS_LONG=1` makes many times more cases.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

mod alarms;
mod breaks;
mod check;
mod conversion;
mod corpora;
mod good;
mod headers;
mod nasty;
mod others;
mod rng;
mod whole;
