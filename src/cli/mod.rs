//! The command line: the same features, printed.

mod actors;
mod annotate;
mod args;
mod atomic;
mod check;
mod explain;
mod init;
mod inputs;
mod join;
mod manifest;
mod names;
mod output;
mod parts;
mod progress;
mod read;
mod split;

use std::process::ExitCode;

use clap::Parser;

use crate::workspace::Layers;

use args::{Args, Command};

/// Could not run: nothing was done, or the arguments were wrong. (clap ends with the same code.)
const COULD_NOT_RUN: u8 = 2;

/// Runs what the arguments ask for; the exit code.
pub fn run() -> ExitCode {
    match Args::parse().command {
        None => crate::server::serve(Layers::default()),
        Some(Command::Serve(args)) => {
            crate::server::serve(if args.no_config { Layers::without_files() } else { Layers::default() })
        }
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Annotate(args)) => annotate::run(&args),
        Some(Command::Actors(args)) => actors::run(&args),
        Some(Command::Init(args)) => told(init::run(&args)),
        Some(Command::Split(args)) => told(split::run(&args)),
        Some(Command::Join(args)) => told(join::run(&args)),
        Some(Command::Explain(args)) => {
            told(explain::run(&args.codes.into_iter().flat_map(|codes| codes.0).collect::<Vec<_>>()))
        }
        Some(Command::Schema) => schema(),
    }
}

/// The exit code of a command that is done or not; why not is told.
fn told(done: Result<(), String>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            output::complain(&format!("error: {message}"));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn schema() -> ExitCode {
    let mut out = output::Output::stdout();
    let text = serde_json::to_string_pretty(&crate::workspace::Settings::schema()).unwrap_or_default();
    out.write(&text);
    out.write("\n");
    out.finish().unwrap_or(ExitCode::SUCCESS)
}
