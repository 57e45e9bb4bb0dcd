//! `dispatch-ls actors`: actors files on the command line.

mod find;
mod import;
mod lint;

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::ExitCode;

use super::COULD_NOT_RUN;
use super::args::Actors;
use super::inputs::Inputs;
use super::output::complain;
use crate::gazetteer::Gazetteer;

use crate::workspace::actors::load;

/// Who is known: from the files that were named, and those that settings name.
pub fn gazetteer(named: &[PathBuf], inputs: &Inputs) -> Result<Gazetteer, String> {
    let by_settings = inputs.files.iter().flat_map(|input| input.settings.actors_files(input.path.as_deref()));
    let mut files: Vec<PathBuf> = named.iter().cloned().chain(by_settings).collect();
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let (gazetteer, problems, _) = load(&files, &[])?;
    for problem in problems {
        complain(&format!("warning: {problem}"));
    }
    Ok(gazetteer)
}

/// Does what `args` ask for; the exit code.
pub fn run(args: &Actors) -> ExitCode {
    let done = match args {
        Actors::Lint { files } => lint::run(files),
        Actors::Find { name, actors, date } => find::run(name, actors, *date),
        Actors::Import { files, to } => import::run(files, to),
    };
    done.unwrap_or_else(|message| {
        complain(&format!("error: {message}"));
        ExitCode::from(COULD_NOT_RUN)
    })
}
