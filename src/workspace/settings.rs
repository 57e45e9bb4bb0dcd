//! Settings: what `dispatch.toml`, initialization options and the client's configuration have in common.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::{Code, Dialect, Severity};

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
        }
    }
}

/// A setting that could not be taken, for people: what, where, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `diagnostics.severity.F001`
    pub key: String,
    pub message: String,
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

    /// These settings with those of `value` laid over them, and what in `value` could not be taken.
    /// `null`, and an object under the key `dispatch-ls` or `dispatch`, are taken too.
    pub fn with_json(&self, _value: &serde_json::Value) -> (Settings, Vec<Problem>) {
        (self.clone(), Vec::new())
    }

    /// The same from the text of a `dispatch.toml`.
    pub fn with_toml(&self, _text: &str) -> (Settings, Vec<Problem>) {
        (self.clone(), Vec::new())
    }

    /// JSON schema of `dispatch.toml`, made from the same types.
    pub fn schema() -> serde_json::Value {
        serde_json::Value::Null
    }
}
