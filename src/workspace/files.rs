//! Corpus files on disk: which files in a folder are corpora.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::actors::is_named_like_one;

/// The corpus files in `folder` and below it, sorted by path, and what could not be looked at, for people.
///
/// `patterns` are those of the setting `corpus.files`, as in .gitignore, and relative to `base` (the folder of
/// the `dispatch.toml`, or `folder`). Hidden files and what ignore files name are left out. A link to a file is
/// taken, a link to a folder is not followed.
pub fn corpus_files(folder: &Path, base: &Path, patterns: &[String]) -> (Vec<PathBuf>, Vec<String>) {
    let (wanted, mut problems) = matcher(base, patterns);
    let mut files = Vec::new();
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) if is_wanted(&wanted, entry.path()) => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => problems.push(error.to_string()),
        }
    }
    files.sort();
    (files, problems)
}

/// Whether `path` is one of the files that `patterns` name; see [`corpus_files`].
pub fn is_corpus(path: &Path, base: &Path, patterns: &[String]) -> bool {
    is_wanted(&matcher(base, patterns).0, path)
}

fn matcher(base: &Path, patterns: &[String]) -> (Gitignore, Vec<String>) {
    let base = std::path::absolute(base).unwrap_or_else(|_| base.to_path_buf());
    let mut builder = GitignoreBuilder::new(base);
    let mut problems = Vec::new();
    for pattern in patterns {
        if let Err(error) = builder.add_line(None, pattern) {
            problems.push(format!("corpus.files: the pattern `{pattern}` is wrong: {error}"));
        }
    }
    let built = builder.build().unwrap_or_else(|error| {
        problems.push(format!("corpus.files: {error}"));
        Gitignore::empty()
    });
    (built, problems)
}

fn is_wanted(wanted: &Gitignore, path: &Path) -> bool {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    // Patterns say which files are taken, where .gitignore says which are not.
    let matched = if absolute.starts_with(wanted.path()) {
        wanted.matched_path_or_any_parents(&absolute, false)
    } else {
        wanted.matched(&absolute, false)
    };
    matched.is_ignore()
        && !path.file_name().is_some_and(|name| is_named_like_one(&name.to_string_lossy()))
        && path.is_file()
}
