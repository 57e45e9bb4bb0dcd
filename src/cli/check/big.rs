//! Files of many GB.

use std::path::Path;

use crate::cli::read;

/// Bytes; a larger file comes here.
pub const LIMIT: u64 = 256 << 20;

/// Reads the file at `path` into `buffer`: the whole of it, so that memory grows with the file.
pub fn fill(path: &Path, buffer: &mut Vec<u8>) -> Result<(), String> {
    read::fill_from(path, buffer)
}
