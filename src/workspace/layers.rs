//! The layers of settings: defaults, then `dispatch.toml`, then what the client says.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::{Problem, Settings, settings};

/// All settings known, by layer, and for which file they make what.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    /// Initialization options of the client.
    initial: Value,
    /// What the client sent by itself.
    pushed: Value,
    /// What the client answered when it was asked.
    pulled: Value,
    /// No `dispatch.toml` counts.
    without_files: bool,
    /// By folder: the `dispatch.toml` that holds there.
    files: HashMap<PathBuf, Option<SettingsFile>>,
    /// Problems that were told already.
    told: HashSet<String>,
    /// Problems to tell.
    problems: Vec<String>,
    /// Settings made so far, so that files with the same settings share them.
    made: HashMap<Option<PathBuf>, Arc<Settings>>,
}

// Where settings come from, as people are told.
const INITIAL: &str = "initialization options";
const PUSHED: &str = "changed settings";
const PULLED: &str = "editor settings";

#[derive(Debug, Clone)]
struct SettingsFile {
    path: PathBuf,
    text: Arc<str>,
}

impl Layers {
    /// Layers in which no `dispatch.toml` counts: none is looked for.
    pub fn without_files() -> Layers {
        Layers { without_files: true, ..Layers::default() }
    }

    /// Takes the client's initialization options; `null` is none.
    pub fn set_initial(&mut self, value: Value) {
        self.initial = value;
        self.made.clear();
    }

    /// Takes the settings a client sends by itself, in place of earlier ones; `null` is none.
    pub fn set_pushed(&mut self, value: Value) {
        if self.pushed != value {
            self.pushed = value;
            self.renew(PUSHED);
        }
    }

    /// Takes the settings a client gives when it is asked, in place of earlier ones; `null` is none.
    pub fn set_pulled(&mut self, value: Value) {
        if self.pulled != value {
            self.pulled = value;
            self.renew(PULLED);
        }
    }

    fn renew(&mut self, place: &str) {
        self.made.clear();
        // The person has changed something there: what is still wrong is worth saying again.
        self.told.retain(|problem| !problem.starts_with(place));
    }

    /// Forgets what was read from `dispatch.toml`s; they are read again when they are needed.
    pub fn forget_files(&mut self) {
        self.files.clear();
        self.made.clear();
    }

    /// The settings for a file; for what is no file, those without any `dispatch.toml`.
    pub fn settings(&mut self, file: Option<&Path>) -> Arc<Settings> {
        let toml = file.filter(|_| !self.without_files).and_then(|file| self.settings_file(file));
        let key = toml.as_ref().map(|toml| toml.path.clone());
        if let Some(made) = self.made.get(&key) {
            return made.clone();
        }
        let made = Arc::new(self.merge(toml.as_ref()));
        self.made.insert(key, made.clone());
        made
    }

    /// What could not be taken since the last call, each problem once, as sentences for people.
    pub fn take_problems(&mut self) -> Vec<String> {
        std::mem::take(&mut self.problems)
    }

    /// Where a `dispatch.toml` that holds for a file that was asked for is, or may come to be in `folders`.
    pub fn places(&self, folders: &[PathBuf]) -> impl Iterator<Item = PathBuf> {
        let is_open = |folder: &&Path| folders.iter().any(|open| folder.starts_with(open));
        self.files.iter().flat_map(move |(folder, found)| {
            let found = found.as_ref().map(|file| file.path.clone());
            let home = found.as_deref().and_then(Path::parent).map(Path::to_path_buf);
            let nearer = folder.ancestors().take_while(move |folder| Some(*folder) != home.as_deref());
            let nearer = nearer.take_while(is_open).map(|folder| folder.join(settings::FILE_NAME));
            nearer.chain(found).collect::<Vec<_>>()
        })
    }

    fn merge(&mut self, toml: Option<&SettingsFile>) -> Settings {
        let mut settings = Settings { finds_actors: !self.without_files, ..Settings::default() };
        if let Some(toml) = toml {
            let (merged, problems) = settings.with_toml(&toml.text);
            settings = merged;
            settings.resolve(toml.path.parent().unwrap_or(Path::new("")));
            self.note(&toml.path.display().to_string(), problems);
        }
        let layers = [(INITIAL, self.initial.clone()), (PUSHED, self.pushed.clone()), (PULLED, self.pulled.clone())];
        for (place, value) in layers {
            let (merged, problems) = settings.with_json(&value);
            settings = merged;
            self.note(place, problems);
        }
        settings
    }

    fn note(&mut self, place: &str, problems: Vec<Problem>) {
        for problem in problems {
            self.tell(if problem.key.is_empty() {
                format!("{place}: {}", problem.message)
            } else {
                format!("{place}: {}: {}", problem.key, problem.message)
            });
        }
    }

    fn tell(&mut self, problem: String) {
        if self.told.insert(problem.clone()) {
            self.problems.push(problem);
        }
    }

    fn settings_file(&mut self, file: &Path) -> Option<SettingsFile> {
        let folder = file.parent()?.to_path_buf();
        if let Some(known) = self.files.get(&folder) {
            return known.clone();
        }
        let found = settings::discover(file).and_then(|path| match std::fs::read_to_string(&path) {
            Ok(text) => Some(SettingsFile { path, text: text.into() }),
            Err(error) => {
                self.tell(format!("{}: can't be read: {error}", path.display()));
                None
            }
        });
        self.files.insert(folder, found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn files_with_the_same_settings_share_them() {
        let mut layers = Layers::default();
        let one = layers.settings(None);
        assert!(Arc::ptr_eq(&one, &layers.settings(None)));
        layers.set_pushed(json!(null));
        assert_eq!(one, layers.settings(None));
    }

    #[test]
    fn the_client_comes_after_the_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("dispatch.toml"), "[diagnostics]\ncap = 7\ndebounce = 8\n").unwrap();
        let file = folder.path().join("a.txt");
        let mut layers = Layers::default();
        layers.set_initial(json!({"diagnostics": {"debounce": 1}}));
        let settings = layers.settings(Some(&file));
        assert_eq!((settings.cap, settings.debounce), (7, 1));
        layers.set_pushed(json!({"diagnostics": {"debounce": 2}}));
        layers.set_pulled(json!({"diagnostics": {"debounce": 3}}));
        let settings = layers.settings(Some(&file));
        assert_eq!((settings.cap, settings.debounce), (7, 3));
        layers.set_pulled(json!(null));
        assert_eq!(layers.settings(Some(&file)).debounce, 2);
    }

    #[test]
    fn a_problem_is_told_once() {
        let mut layers = Layers::default();
        layers.set_initial(json!({"diagnostics": {"debounce": "soon"}}));
        layers.settings(None);
        assert_eq!(layers.take_problems().len(), 1);
        layers.forget_files();
        layers.settings(None);
        assert_eq!(layers.take_problems(), Vec::<String>::new());
    }
}
