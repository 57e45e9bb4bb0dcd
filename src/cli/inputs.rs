//! From the paths of the command line to files, each with the settings that hold for it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::args;
use crate::cli::output::{complain, visible};
use crate::workspace::files::corpus_files;
use crate::workspace::settings::{Settings, discover, load};

/// One thing to check.
#[derive(Debug)]
pub struct Input {
    /// `None` for standard input.
    pub path: Option<PathBuf>,
    /// The path in reports; what is not UTF-8 in it is replaced.
    pub shown: String,
    pub settings: Arc<Settings>,
}

impl Input {
    pub fn is_stdin(&self) -> bool {
        self.path.is_none()
    }
}

#[derive(Debug, Default)]
pub struct Inputs {
    /// In the order of the arguments, those of a folder by path; none twice.
    pub files: Vec<Input>,
    /// How many arguments stand for nothing that can be checked; each was told.
    pub missing: usize,
}

/// The files that `paths` stand for. An error where the settings the user named can't be taken.
pub fn expand(paths: &[PathBuf], config: &args::Config) -> Result<Inputs, String> {
    let mut known = KnownSettings::new(config)?;
    let mut inputs = Inputs::default();
    let mut seen = HashSet::new();
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { &here } else { paths } {
        if path.as_os_str() == "-" {
            if seen.insert(None) {
                let settings = known.settings_for(Path::new("."));
                inputs.files.push(Input { path: None, shown: "-".to_owned(), settings });
            }
        } else if path.is_dir() {
            let found = in_folder(path, &mut known);
            if found.is_empty() {
                inputs.missing += 1;
            }
            for file in found {
                add(file, &mut known, &mut seen, &mut inputs);
            }
        } else {
            add(path.clone(), &mut known, &mut seen, &mut inputs);
        }
    }
    Ok(inputs)
}

fn in_folder(folder: &Path, known: &mut KnownSettings) -> Vec<PathBuf> {
    let settings = known.settings_for(folder);
    let base = known.file_for(folder).and_then(|file| file.parent().map(Path::to_path_buf));
    let (files, problems) = corpus_files(folder, base.as_deref().unwrap_or(folder), &settings.files);
    for problem in problems {
        complain(&format!("warning: {}: {problem}", shown(folder)));
    }
    if files.is_empty() {
        let patterns = settings.files.join(", ");
        complain(&format!(
            "error: {}: no corpus file in this folder (the setting corpus.files has {patterns})",
            shown(folder)
        ));
    }
    files
}

fn add(path: PathBuf, known: &mut KnownSettings, seen: &mut HashSet<Option<PathBuf>>, inputs: &mut Inputs) {
    let path = path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path);
    if !seen.insert(Some(path.canonicalize().unwrap_or_else(|_| path.clone()))) {
        return;
    }
    let settings = known.settings_for(path.parent().unwrap_or(Path::new(".")));
    inputs.files.push(Input { shown: shown(&path), path: Some(path), settings });
}

fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy())
}

/// The settings of each folder, read once, with what the command line says laid over them.
struct KnownSettings {
    source: Source,
    dialect: Option<args::DialectArgument>,
    latest: Option<jiff::civil::Date>,
    /// The settings file of each folder.
    files: HashMap<PathBuf, Option<PathBuf>>,
    settings: HashMap<Option<PathBuf>, Arc<Settings>>,
}

enum Source {
    Nothing,
    Named(PathBuf),
    Found,
}

impl KnownSettings {
    fn new(config: &args::Config) -> Result<Self, String> {
        let source = match &config.config {
            Some(file) => {
                std::fs::read_to_string(file).map_err(|error| format!("--config {}: {error}", file.display()))?;
                Source::Named(file.clone())
            }
            None if config.no_config => Source::Nothing,
            None => Source::Found,
        };
        Ok(KnownSettings {
            source,
            dialect: config.dialect,
            latest: config.latest,
            files: HashMap::new(),
            settings: HashMap::new(),
        })
    }

    fn file_for(&mut self, folder: &Path) -> Option<PathBuf> {
        match &self.source {
            Source::Nothing => None,
            Source::Named(file) => Some(file.clone()),
            Source::Found => {
                let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                self.files.entry(folder.to_path_buf()).or_insert_with(|| discover(folder)).clone()
            }
        }
    }

    fn settings_for(&mut self, folder: &Path) -> Arc<Settings> {
        let file = self.file_for(folder);
        if let Some(known) = self.settings.get(&file) {
            return known.clone();
        }
        let (mut settings, problems) = file.as_deref().map(load).unwrap_or_default();
        for problem in problems {
            let file = file.as_deref().map(shown).unwrap_or_default();
            complain(&format!("warning: {file}: {problem}"));
        }
        if let Some(args::DialectArgument(dialect)) = self.dialect {
            settings.dialect = dialect;
        }
        settings.latest = self.latest.or(settings.latest);
        settings.finds_actors = !matches!(self.source, Source::Nothing);
        let settings = Arc::new(settings);
        self.settings.insert(file, settings.clone());
        settings
    }
}
