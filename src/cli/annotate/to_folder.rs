//! Formats that are files: each dispatch's own, named after it, in one folder.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::output::counted;
use crate::cli::{atomic, names};
use crate::corpus::made_safe;

/// The files of one dispatch.
#[derive(Debug)]
pub struct Document {
    /// The dispatch's name; empty where it has none.
    pub name: String,
    /// Extension and content of each.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

/// The folder, and the names that are taken in it.
pub struct Folder {
    path: PathBuf,
    force: bool,
    /// By name, as file systems compare them; with the last number that was put behind it.
    taken: HashMap<String, usize>,
    written: usize,
}

impl Folder {
    /// Makes the folder if need be; an error says why it can't be.
    pub fn new(path: &Path, force: bool) -> Result<Folder, String> {
        fs::create_dir_all(path).map_err(|error| format!("--out {}: {error}", path.display()))?;
        atomic::guard_against_interrupts();
        Ok(Folder { path: path.to_path_buf(), force, taken: HashMap::new(), written: 0 })
    }

    /// Writes documents, up to the first that can't be.
    pub fn write(&mut self, documents: Vec<Document>) -> Result<(), String> {
        for document in documents {
            let stem = self.free_name(&document.name);
            for (extension, content) in &document.files {
                let path = self.path.join(format!("{stem}.{extension}"));
                let refused = |why: &str| format!("{}: {why}", path.display());
                if self.force {
                    let _ = fs::remove_file(&path);
                } else if path.symlink_metadata().is_ok() {
                    return Err(refused("is there already; --force overwrites it"));
                }
                atomic::create(&path, content).map_err(|error| refused(&error.to_string()))?;
            }
            self.written += 1;
        }
        Ok(())
    }

    pub fn summary(&self) -> String {
        format!("wrote {} to {}", counted(self.written, "dispatch", "dispatches"), self.path.display())
    }

    /// A name that can be a file's, and that no other dispatch has.
    fn free_name(&mut self, name: &str) -> String {
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let base = made_safe(base.strip_suffix(".txt").unwrap_or(base));
        let base = if names::objection(&base).is_some() { "dispatch".to_owned() } else { base };
        let key = names::key(&base);
        let Some(mut number) = self.taken.get(&key).copied() else {
            self.taken.insert(key, 1);
            return base;
        };
        loop {
            number += 1;
            let name = format!("{base}-{number}");
            if !self.taken.contains_key(&names::key(&name)) {
                self.taken.insert(key, number);
                self.taken.insert(names::key(&name), 1);
                return name;
            }
        }
    }
}
