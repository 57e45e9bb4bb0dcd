//! What spans files: settings, open documents, corpus files on disk.

pub mod files;
pub mod settings;

pub use settings::{Level, Problem, Settings};
