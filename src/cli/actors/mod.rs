//! `dispatch-ls actors`: actors files on the command line.

mod cache;
mod find;
mod import;
mod lint;
mod load;

use std::process::ExitCode;

use super::args::Actors;
use super::{COULD_NOT_RUN, output};

pub use load::load;

/// Does what `args` ask for; the exit code.
pub fn run(args: &Actors) -> ExitCode {
    let done = match args {
        Actors::Lint { files } => lint::run(files),
        Actors::Find { name, actors, date } => find::run(name, actors, *date),
        Actors::Import { files, to } => import::run(files, to),
    };
    done.unwrap_or_else(|message| {
        output::complain(&format!("error: {message}"));
        ExitCode::from(COULD_NOT_RUN)
    })
}
