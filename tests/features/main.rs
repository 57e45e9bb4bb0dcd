//! What each feature says, as texts with marks: `|` is the cursor, `^^^` stands under a range.
//!
//! Every file has one `check(text, expected)`; with `UPDATE_EXPECT=1` the expected texts are written anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails says so by panicking"
)]

mod fixture;

mod actors_file;
mod annotations;
mod any_edits;
mod anything;
mod at_a_time;
mod code_actions;
mod completion;
mod definition;
mod fix_all;
mod folding;
mod formatting;
mod hostile;
mod hover;
mod lens;
mod linked_editing;
mod links;
mod markup;
mod name_actions;
mod name_completion;
mod people;
mod references;
mod seen;
mod selection;
mod symbols;
mod timeline;
mod tokens;
