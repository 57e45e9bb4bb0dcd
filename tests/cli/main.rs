//! The command line, through the real binary.

mod bad_input;
mod baseline;
mod check;
mod configuration;
mod fix;
mod formats;
mod run;
mod settings;
mod split_join;
