//! dispatch-ls: a language server and a checker for corpus files of news dispatches.
//!
//! The map of the crate; arrows run one way, from the last to the first:
//!
//! - [`text`]: a rope, positions, edits
//! - [`corpus`]: the FILE grammar: dialects, delimiters, headers, the index of dispatches, findings, fixes
//! - [`gazetteer`]: who is known: actors files, the states of the world, the name index
//! - [`annotate`]: a dispatch's text, its date and a gazetteer → actors, dates, claims
//! - [`workspace`]: settings, open documents, corpus files on disk
//! - [`features`]: one file a question: hover, diagnostics, code actions, …; plain data in, plain data out
//! - [`server`]: the only code that knows the protocol and its runtime
//! - [`cli`]: the same features, printed

pub mod annotate;
pub mod cli;
pub mod corpus;
pub mod features;
pub mod gazetteer;
pub mod server;
mod tables;
pub mod text;
pub mod workspace;
