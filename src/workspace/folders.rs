//! Folders on disk: the corpus files in them, and the `dispatch.toml` above a file.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::gitignore::GitignoreBuilder;

/// The name of the file with a folder's settings.
pub const SETTINGS_FILE: &str = "dispatch.toml";

/// The corpus files below `root`: regular files that match one of `patterns` (as in .gitignore, `!` excludes) and that
/// no ignore file hides. In the order in which the folders list them; what can't be read is left out.
pub fn corpus_files(root: &Path, patterns: &[String]) -> impl Iterator<Item = PathBuf> {
    let mut builder = GitignoreBuilder::new(root);
    for pattern in patterns {
        // A pattern that is none was named when the settings were read.
        let _ = builder.add_line(None, pattern);
    }
    let matcher = builder.build().unwrap_or_else(|_| ignore::gitignore::Gitignore::empty());
    WalkBuilder::new(root)
        .require_git(false)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(move |path| matcher.matched_path_or_any_parents(path, false).is_ignore())
}

/// The nearest `dispatch.toml` in the folder of `file` or above it, and its text.
/// An error says which file could not be read, and why.
pub fn settings_file(file: &Path) -> Result<Option<(PathBuf, String)>, String> {
    for folder in file.ancestors().skip(1) {
        let path = folder.join(SETTINGS_FILE);
        if path.is_file() {
            return match std::fs::read_to_string(&path) {
                Ok(text) => Ok(Some((path, text))),
                Err(error) => Err(format!("{}: cannot be read: {error}", path.display())),
            };
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_and_ignore_files_decide() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["a.txt", "b.md", "sub/c.dispatch", "sub/draft.txt", "skipped/d.txt"] {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        std::fs::write(root.join(".ignore"), "skipped/\n").unwrap();
        let patterns = ["*.txt", "*.dispatch", "!draft.txt"].map(String::from);
        let mut found: Vec<_> = corpus_files(root, &patterns)
            .map(|path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"))
            .collect();
        found.sort();
        assert_eq!(found, ["a.txt", "sub/c.dispatch"]);
    }

    #[test]
    fn the_nearest_settings_file_counts() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a/b");
        std::fs::create_dir_all(&below).unwrap();
        std::fs::write(folder.path().join("dispatch.toml"), "far").unwrap();
        let found = |file: &Path| settings_file(file).unwrap().unwrap().1;
        assert_eq!(found(&below.join("x.txt")), "far");
        std::fs::write(folder.path().join("a/dispatch.toml"), "near").unwrap();
        assert_eq!(found(&below.join("x.txt")), "near");
    }
}
