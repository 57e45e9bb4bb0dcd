//! A folder of files, and the binary run in it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A temporary folder.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// One with these files; folders are made.
    pub fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder::new();
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.join(name)).unwrap()
    }

    /// Every file below, sorted, with `/`.
    pub fn files(&self) -> Vec<String> {
        super::run::files(self.path())
    }

    /// Runs the binary here; words are parted by spaces.
    pub fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, b"", &[])
    }

    pub fn run_with(&self, arguments: &str, input: &[u8], variables: &[(&str, &str)]) -> Ran {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || {
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ran { code: output.status.code().unwrap(), out: self.told(output.stdout), err: self.told(output.stderr) }
    }

    /// Output, with this folder's own path left out.
    fn told(&self, output: Vec<u8>) -> String {
        String::from_utf8(output).unwrap().replace(&self.path().display().to_string(), "FOLDER")
    }

    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dispatch-ls"));
        command.args(arguments.split_whitespace()).current_dir(self.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for variable in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "RAYON_NUM_THREADS"] {
            command.env_remove(variable);
        }
        command
    }
}

pub fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() {
            found.extend(files(&path).into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

/// What a run left.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// All of it, for a snapshot.
    pub fn told(&self) -> String {
        let part = |name: &str, text: &str| if text.is_empty() { String::new() } else { format!("--- {name}\n{text}") };
        format!("exit {}\n{}{}", self.code, part("out", &self.out), part("err", &self.err))
    }

    /// `code line:column` of each finding of `--format json`.
    pub fn places(&self) -> Vec<String> {
        let value: serde_json::Value = serde_json::from_str(&self.out).unwrap();
        let place = |finding: &serde_json::Value| {
            format!("{} {}:{}", finding["code"].as_str().unwrap(), finding["line"], finding["column"])
        };
        value.as_array().unwrap().iter().map(place).collect()
    }
}
