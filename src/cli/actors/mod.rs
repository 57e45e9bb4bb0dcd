//! Actors files on the command line.

mod load;

use std::collections::HashSet;
use std::path::PathBuf;

use super::inputs::Inputs;
use super::output::complain;
use crate::gazetteer::Gazetteer;
pub use load::load;

/// Who is known: from the files that were named, and those that settings name.
pub fn gazetteer(named: &[PathBuf], inputs: &Inputs) -> Result<Gazetteer, String> {
    let by_settings = inputs.files.iter().flat_map(|input| &input.settings.actors);
    let mut files: Vec<PathBuf> = named.iter().chain(by_settings).cloned().collect();
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let (gazetteer, problems) = load(&files)?;
    for problem in problems {
        complain(&format!("warning: {problem}"));
    }
    Ok(gazetteer)
}
