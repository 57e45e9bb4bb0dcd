//! Files of many GB.

use std::path::Path;

use crate::cli::read;

/// Bytes; a larger file comes here.
pub const LIMIT: u64 = 256 << 20;

/// What to tell about a file of `bytes`; `None` where it is not large.
pub fn note(bytes: usize) -> Option<String> {
    let large = u64::try_from(bytes).is_ok_and(|bytes| bytes > LIMIT);
    large.then(|| format!("has {} MiB and is read whole: it needs as much memory", bytes >> 20))
}

/// Reads the file at `path` into `buffer`: the whole of it, so that memory grows with the file.
pub fn fill(path: &Path, buffer: &mut Vec<u8>) -> Result<(), String> {
    read::fill_from(path, buffer)
}
