//! Reading an input into text, or saying why that can't be.

use std::io::{self, Read};

use super::inputs::Input;
pub use crate::workspace::reading::{Content, decode, fill_from, not_a_file, why};

/// Reads `input` whole into `buffer`. An error says, for people, why it can't be.
pub fn fill(input: &Input, buffer: &mut Vec<u8>) -> Result<(), String> {
    buffer.clear();
    match &input.path {
        None => io::stdin().lock().read_to_end(buffer).map(|_| ()).map_err(|error| why(&error)),
        Some(path) => match not_a_file(path)? {
            Some(kind) => Err(format!("is {kind}, not a file; use - to check what a command prints")),
            None => fill_from(path, buffer),
        },
    }
}
