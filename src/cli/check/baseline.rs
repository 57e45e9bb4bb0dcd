//! Findings that are known and not reported again.
//!
//! A finding is known by its file, its code and the text of its line, so that lines above it may come and go. Where
//! several are the same in all three, as many are known as were recorded.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::atomic;
use crate::corpus::Code;
use crate::text::LineIndex;

const VERSION: u32 = 1;

/// How much of a long line counts, in bytes on each side of the finding.
const LINE: usize = 512;

/// A file's path as the baseline has it: from the baseline's folder, with `/`.
pub type Key = String;

#[derive(Debug, Default)]
pub struct Baseline {
    folder: PathBuf,
    known: HashMap<Key, Known>,
}

/// The findings of one file that are known, and how many of each are.
#[derive(Debug, Clone, Default)]
pub struct Known(HashMap<(Code, u64), usize>);

/// One entry of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    pub path: Key,
    pub code: String,
    /// FNV-1a, 64 bits, of the line.
    pub line: String,
    pub count: usize,
}

#[derive(Debug, Serialize, Deserialize)]
struct Recorded {
    version: u32,
    findings: Vec<Entry>,
}

impl Baseline {
    /// One that knows nothing yet, for `file`, whose folder has to exist.
    pub fn empty(file: &Path) -> Result<Baseline, String> {
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let folder = folder.canonicalize().map_err(|error| format!("--baseline {}: {error}", file.display()))?;
        Ok(Baseline { folder, known: HashMap::new() })
    }

    pub fn read(file: &Path) -> Result<Baseline, String> {
        let wrong = |what: String| format!("--baseline {}: {what}", file.display());
        let text =
            std::fs::read_to_string(file).map_err(|error| wrong(format!("{error} (--write-baseline makes one)")))?;
        let recorded: Recorded = serde_json::from_str(&text)
            .map_err(|error| wrong(format!("is no baseline: {error}; --write-baseline makes a new one")))?;
        if recorded.version != VERSION {
            return Err(wrong(format!(
                "has version {}, {VERSION} is known; --write-baseline makes one",
                recorded.version
            )));
        }
        let mut baseline = Baseline::empty(file)?;
        for entry in recorded.findings {
            // A code of another version of this program hides nothing here.
            if let (Some(code), Ok(line)) = (Code::named(&entry.code), u64::from_str_radix(&entry.line, 16)) {
                *baseline.known.entry(entry.path).or_default().0.entry((code, line)).or_default() += entry.count;
            }
        }
        Ok(baseline)
    }

    /// The file's path as the baseline has it; `-` for standard input.
    pub fn key(&self, path: Option<&Path>) -> Key {
        let Some(path) = path else { return "-".to_owned() };
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let inner = path.strip_prefix(&self.folder).unwrap_or(&path);
        let parts = inner.components().map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/").replacen("//", "/", 1)
    }

    /// What is known of a file.
    pub fn of(&self, key: &Key) -> Known {
        self.known.get(key).cloned().unwrap_or_default()
    }
}

impl Known {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether such a finding is known; each counts once.
    pub fn takes(&mut self, code: Code, line: u64) -> bool {
        match self.0.get_mut(&(code, line)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

/// Writes the findings to `file`, sorted, those that are the same counted.
pub fn write(file: &Path, found: &[(Key, Code, u64)]) -> Result<(), String> {
    let mut counts: BTreeMap<(&Key, Code, u64), usize> = BTreeMap::new();
    for (path, code, line) in found {
        *counts.entry((path, *code, *line)).or_default() += 1;
    }
    let entry = |((path, code, line), count): ((&Key, Code, u64), usize)| Entry {
        path: path.clone(),
        code: code.id().to_owned(),
        line: format!("{line:016x}"),
        count,
    };
    let recorded = Recorded { version: VERSION, findings: counts.into_iter().map(entry).collect() };
    let text = serde_json::to_string_pretty(&recorded).map_err(|error| error.to_string())? + "\n";
    atomic::create(file, text.as_bytes()).map_err(|error| format!("--baseline {}: {error}", file.display()))
}

/// What a line is known by: its text around `range`, without white space at its ends.
pub fn line_hash(text: &str, index: &LineIndex, range: &Range<usize>) -> u64 {
    let line = index.line_of(range.start);
    let start = index.line_start(line).unwrap_or(0).max(range.start.saturating_sub(LINE));
    let end = index.line_start(line + 1).unwrap_or(text.len()).min(range.start.saturating_add(LINE));
    hash(text.as_bytes().get(start..end).unwrap_or_default().trim_ascii())
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): the same on every machine and in every version.
pub fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3))
}
