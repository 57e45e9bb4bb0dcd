//! The command line, through the real binary.

// A test that goes wrong may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod actors;
mod annotate;
mod bad_input;
mod baseline;
mod big;
mod check;
mod configuration;
mod fix;
mod formats;
mod init;
mod run;
mod settings;
mod split_join;
