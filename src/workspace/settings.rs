//! Settings: what `dispatch.toml`, initialization options and the client's configuration have in common.

mod read;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::{Code, Dialect, KINDS, Options, Severity};

/// Name of the settings file that is looked for in the folder of a corpus and in those above it.
pub const FILE_NAME: &str = "dispatch.toml";

/// Name of the actors file that needs not be named.
pub const ACTORS_FILE_NAME: &str = "actors.jsonl";

/// `off`, or a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Off,
    Hint,
    #[serde(alias = "info")]
    Information,
    Warning,
    Error,
}

/// All settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `corpus.dialect`: read every file as this dialect.
    pub dialect: Option<Dialect>,
    /// `corpus.latest`: no dispatch is later.
    pub latest: Option<Date>,
    /// `corpus.files`: patterns (as in .gitignore) of the files that are corpora in a folder.
    pub files: Vec<String>,
    /// `diagnostics.severity`: by code.
    pub severity: BTreeMap<Code, Level>,
    /// `diagnostics.debounce`: milliseconds of rest before findings are sent.
    pub debounce: u64,
    /// `diagnostics.cap`: at most so many findings of one file are sent.
    pub cap: usize,
    /// `actors.files`
    pub actors: Vec<PathBuf>,
    /// Where none are named, the one beside the corpus is taken: not in folders that nobody trusts.
    pub finds_actors: bool,
    /// The folder of the `dispatch.toml` that these are from.
    pub folder: Option<PathBuf>,
    /// `hints.*`
    pub hints: Kinds,
    /// `lenses.dispatches`
    pub lenses: bool,
    /// `tokens.*`
    pub tokens: Kinds,
}

/// Which kinds of annotations are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds {
    pub dates: bool,
    pub actors: bool,
    pub claims: bool,
}

impl Kinds {
    fn with(self, [dates, actors, claims]: [Option<bool>; 3]) -> Kinds {
        Kinds {
            dates: dates.unwrap_or(self.dates),
            actors: actors.unwrap_or(self.actors),
            claims: claims.unwrap_or(self.claims),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            dialect: None,
            latest: None,
            files: ["*.dispatch", "*.corpus", "*.txt"].map(String::from).to_vec(),
            severity: BTreeMap::new(),
            debounce: 150,
            cap: 1000,
            actors: Vec::new(),
            finds_actors: true,
            folder: None,
            hints: Kinds { dates: true, actors: true, claims: true },
            lenses: true,
            tokens: Kinds { dates: true, actors: true, claims: true },
        }
    }
}

/// A setting that could not be taken, for people: what, where, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `diagnostics.severity.F001`; empty where the whole is at fault.
    pub key: String,
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.key.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.key, self.message) }
    }
}

impl Settings {
    /// The severity a finding has under these settings; `None` where it is off.
    pub fn severity(&self, code: Code) -> Option<Severity> {
        match self.severity.get(&code) {
            None => Some(code.kind().severity),
            Some(Level::Off) => None,
            Some(Level::Hint) => Some(Severity::Hint),
            Some(Level::Information) => Some(Severity::Information),
            Some(Level::Warning) => Some(Severity::Warning),
            Some(Level::Error) => Some(Severity::Error),
        }
    }

    /// What reading the corpus file `path` depends on.
    pub fn options(&self, path: &Path) -> Options {
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Options { dialect: self.dialect, latest: self.latest, file_name }
    }

    /// These settings with those of `value` laid over them, and what in `value` could not be taken.
    /// `null`, dotted keys, and an object under the key `dispatch-ls` or `dispatch`, are taken too.
    pub fn with_json(&self, value: &serde_json::Value) -> (Settings, Vec<Problem>) {
        let (table, problems) = read::from_json(value);
        (self.with_table(table), problems)
    }

    /// The same from the text of a `dispatch.toml`.
    pub fn with_toml(&self, text: &str) -> (Settings, Vec<Problem>) {
        let (table, problems) = read::from_toml(text);
        (self.with_table(table), problems)
    }

    /// Paths that are relative, seen from `folder`, that of the `dispatch.toml`.
    pub fn resolve(&mut self, folder: &Path) {
        for file in &mut self.actors {
            *file = folder.join(&file);
        }
        self.folder = Some(folder.to_path_buf());
    }

    /// The actors file that counts for the corpus file at `path` where none is named, whether there is one or not:
    /// `actors.jsonl` beside the `dispatch.toml`, or beside the corpus where there is no `dispatch.toml`.
    pub fn own_actors(&self, path: Option<&Path>) -> Option<PathBuf> {
        let folder = self.folder.as_deref().or_else(|| path?.parent());
        folder.filter(|_| self.finds_actors && self.actors.is_empty()).map(|folder| folder.join(ACTORS_FILE_NAME))
    }

    /// The actors files that count for the corpus file at `path`.
    pub fn actors_files(&self, path: Option<&Path>) -> Vec<PathBuf> {
        match self.own_actors(path) {
            Some(own) if own.is_file() => vec![own],
            _ => self.actors.clone(),
        }
    }

    /// JSON schema of `dispatch.toml`, made from the same types.
    pub fn schema() -> serde_json::Value {
        table::schema()
    }

    fn with_table(&self, table: table::Table) -> Settings {
        let table::Table { actors, corpus, diagnostics, hints, lenses, tokens } = table;
        let mut severity = self.severity.clone();
        severity.extend(codes_of(&diagnostics.severity));
        Settings {
            dialect: match corpus.dialect {
                None => self.dialect,
                Some(table::DialectChoice::Auto) => None,
                Some(table::DialectChoice::Is(dialect)) => Some(dialect),
            },
            latest: corpus.latest.or(self.latest),
            files: corpus.files.unwrap_or_else(|| self.files.clone()),
            severity,
            debounce: diagnostics.debounce.unwrap_or(self.debounce),
            cap: diagnostics.cap.unwrap_or(self.cap),
            actors: actors.files.unwrap_or_else(|| self.actors.clone()),
            finds_actors: self.finds_actors,
            folder: self.folder.clone(),
            hints: self.hints.with([hints.dates, hints.actors, hints.claims]),
            lenses: lenses.dispatches.unwrap_or(self.lenses),
            tokens: self.tokens.with([tokens.dates, tokens.actors, tokens.claims]),
        }
    }
}

/// The codes that `name` stands for: a code, a slug, or the letter of a family (`F`, `H`, `A`, …). Empty where it is none.
pub fn codes_named(name: &str) -> Vec<Code> {
    match Code::named(name) {
        Some(code) => vec![code],
        None if name.len() == 1 => KINDS
            .iter()
            .filter(|kind| kind.id.get(..1).is_some_and(|family| family.eq_ignore_ascii_case(name)))
            .map(|kind| kind.code)
            .collect(),
        None => Vec::new(),
    }
}

/// What to write in place of `name`, which is no code: the nearest one, and what there is.
pub fn code_advice(name: &str) -> String {
    let known = KINDS.iter().flat_map(|kind| [kind.id, kind.slug]);
    let nearest = read::nearest(name, known).map(|known| format!(" (did you mean `{known}`?)")).unwrap_or_default();
    format!(
        "is no finding{nearest}: a code such as `F001`, its name such as `fence-mismatch`, or a letter such as `F` for all that begin with it"
    )
}

/// Levels by code; one given for a code counts more than one for its family, in whatever order they stand.
fn codes_of(levels: &BTreeMap<String, Level>) -> Vec<(Code, Level)> {
    let (families, codes): (Vec<_>, Vec<_>) = levels.iter().partition(|(name, _)| name.len() == 1);
    let expand = |(name, level): (&String, &Level)| {
        let level = *level;
        codes_named(name).into_iter().map(move |code| (code, level)).collect::<Vec<_>>()
    };
    families.into_iter().chain(codes).flat_map(expand).collect()
}

/// The `dispatch.toml` that holds for `path`: in its folder (or in it, where it is a folder) or the nearest above.
pub fn discover(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let first = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
    first?.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

/// The defaults with the settings of `file` laid over them, and what could not be taken. A file that can't be
/// read is one problem, and the defaults hold.
pub fn load(file: &Path) -> (Settings, Vec<Problem>) {
    match std::fs::read_to_string(file) {
        Ok(text) => {
            let (mut settings, problems) = Settings::default().with_toml(&text);
            settings.resolve(file.parent().unwrap_or(Path::new("")));
            (settings, problems)
        }
        Err(error) => {
            let problem = Problem { key: String::new(), message: format!("can't be read: {error}") };
            (Settings::default(), vec![problem])
        }
    }
}
