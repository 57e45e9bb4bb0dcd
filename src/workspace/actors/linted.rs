//! What is wrong in an actors file while it is edited, in the light of the others that are used with it.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Open, Source, real, sources_with};
use crate::corpus::Code;
use crate::gazetteer::read::Format;
use crate::gazetteer::{self, ActorsFile, Problem};
use crate::text::Text;
use crate::workspace::Doubt;

/// Bytes; a larger file is not looked at while it is edited. `dispatch-ls actors lint` does it. The files that are used
/// with it are looked at together with it up to this size, too.
pub const LARGEST_LINTED: u64 = 16 << 20;

/// The findings of an open actors file, in the order of its text; at most `most`. `path` is its own, as [`real`] has it,
/// `files` are those that settings name, and `open` those of them that are open, too.
pub fn lint(text: &Text, name: &str, path: Option<&Path>, files: &[PathBuf], open: &[Open], most: usize) -> Vec<Doubt> {
    if text.len() as u64 > LARGEST_LINTED {
        return Vec::new();
    }
    let text = text.to_string();
    let format = Format::of(name, &text).unwrap_or(Format::Native);
    let own = ActorsFile { name: name.to_owned(), text: Cow::Owned(text), format };
    let others = path.map(|path| others(path, files, open)).unwrap_or_default();
    // What two files share is told in the later one.
    let mut all: Vec<&ActorsFile> = others.iter().map(|source| &source.file).collect();
    all.push(&own);
    let problems = gazetteer::lint(&all).pop().unwrap_or_default();
    problems.into_iter().take(most).filter_map(doubt).collect()
}

fn doubt(problem: Problem) -> Option<Doubt> {
    Some(Doubt { code: Code::named(problem.code.id())?, range: problem.range, message: problem.message })
}

/// The other files, where they are not too large to be read again and again; those that can't be read are told elsewhere.
fn others(path: &Path, files: &[PathBuf], open: &[Open]) -> Vec<Source> {
    if !files.iter().any(|file| real(file) == path) {
        return Vec::new();
    }
    let others: Vec<&PathBuf> = files.iter().filter(|file| real(file) != path).collect();
    let size: u64 = others.iter().filter_map(|file| fs::metadata(file).ok()).map(|data| data.len()).sum();
    if size > LARGEST_LINTED {
        return Vec::new();
    }
    let read = |file: &&PathBuf| sources_with(std::slice::from_ref(*file), open).unwrap_or_default();
    others.iter().flat_map(read).collect()
}
