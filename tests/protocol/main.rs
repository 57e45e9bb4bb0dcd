//! The real program, `dispatch-ls serve`, over its standard input and output.
//!
//! Read [`client`] first: its head says how a test is written. Every message that the server sends in any of
//! these tests is checked against the LSP meta model and the rules of JSON-RPC.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails says so by panicking"
)]

mod client;
mod inbox;
mod marks;
mod metamodel;
mod offered;
mod session;
mod setup;
mod wire;

mod actors_files;
mod announced;
mod diagnostics;
mod documents;
mod features;
mod framing;
mod lifecycle;
mod people;
mod settings;
mod shown;
mod traps;
