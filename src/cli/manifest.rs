//! The record that split leaves in its folder: what is between the files, and their order.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// In the folder that split writes to.
pub const FILE_NAME: &str = crate::corpus::RECORD;

const VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// What is in front of the first dispatch: a byte order mark, a preamble.
    pub preamble: String,
    /// In the order of the corpus.
    pub dispatches: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    /// From the manifest's folder, with `/`.
    pub file: String,
    /// The opener with its line end, as it was.
    pub opener: String,
    /// FNV-1a, 64 bits, of the file as split wrote it.
    pub hash: String,
}

impl Manifest {
    pub fn new(preamble: &str, dispatches: Vec<Entry>) -> Manifest {
        Manifest { version: VERSION, preamble: preamble.to_owned(), dispatches }
    }

    /// The manifest in `folder`; `None` where there is none.
    pub fn read(folder: &Path) -> Result<Option<Manifest>, String> {
        let file = folder.join(FILE_NAME);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(format!("{}: can't be read: {error}", file.display())),
        };
        let advice = "split the corpus again, or delete the file to join without it";
        let manifest: Manifest = serde_json::from_str(&text)
            .map_err(|error| format!("{}: is damaged: {error}; {advice}", file.display()))?;
        if manifest.version != VERSION {
            return Err(format!(
                "{}: is of version {}, {VERSION} is known; {advice}",
                file.display(),
                manifest.version
            ));
        }
        Ok(Some(manifest))
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// What a file is known by.
pub fn hash(content: &[u8]) -> String {
    format!("{:016x}", super::check::hash(content))
}
