fn main() -> std::process::ExitCode {
    dispatch_ls::cli::run()
}
