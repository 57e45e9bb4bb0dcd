//! The command line: the same features, printed.

/// Runs what the arguments ask for; the exit code.
pub fn run() -> std::process::ExitCode {
    crate::server::serve()
}
