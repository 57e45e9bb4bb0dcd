//! `dispatch-ls join`: files put together to a corpus; what split wrote becomes the same corpus again.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::args;
use super::manifest::{self, Manifest};
use super::output::{Output, complain, counted, visible};
use super::{atomic, names};
use crate::corpus::{Corpus, Options};

/// Files of one kind that are told by name; the rest are counted.
const TOLD: usize = 5;

/// A folder that split wrote, and those of its files that are to be joined.
struct Split {
    folder: PathBuf,
    manifest: Manifest,
    /// The keys of the manifest's names.
    keys: HashSet<String>,
    /// By the name's key.
    files: BTreeMap<String, PathBuf>,
}

impl Split {
    /// The split in `folder`; `None` where there is no manifest.
    fn read(folder: &Path) -> Result<Option<Split>, String> {
        let manifest = Manifest::read(folder)?;
        Ok(manifest.map(|manifest| {
            let keys = manifest.dispatches.iter().map(|entry| names::key(&entry.file)).collect();
            Split { folder: folder.to_path_buf(), manifest, keys, files: BTreeMap::new() }
        }))
    }
}

/// Joins files. An error says why nothing was written.
pub fn run(args: &args::Join) -> Result<(), String> {
    let mut splits: Vec<Split> = Vec::new();
    for folder in args.files.iter().filter(|path| path.is_dir()) {
        if !splits.iter().any(|split| split.folder == *folder) {
            splits.extend(Split::read(folder)?);
        }
    }
    let mut others = Vec::new();
    for file in all_files(&args.files)? {
        match split_of(&file, &mut splits)? {
            Some(split) => {
                split.files.insert(names::key(&name_in(&split.folder, &file)), file);
            }
            None => others.push(file),
        }
    }
    if let (Some(out), true) = (&args.out, args.out.as_deref().is_some_and(Path::exists)) {
        let out = out.canonicalize().unwrap_or_else(|_| out.clone());
        let joined = others.iter().chain(splits.iter().flat_map(|split| split.files.values()));
        if joined.filter_map(|file| file.canonicalize().ok()).any(|file| file == out) {
            return Err(format!("{}: is one of the files to join", out.display()));
        }
        if !args.force {
            return Err(format!("{}: is there already; --force overwrites it", out.display()));
        }
    }
    let mut joined = Joined::default();
    for split in &splits {
        joined.add_split(split)?;
    }
    let folders: Vec<&Path> = splits.iter().map(|split| split.folder.as_path()).collect();
    for file in &others {
        joined.add_other(file, &folders)?;
    }
    joined.tell();
    match &args.out {
        None => {
            let mut out = Output::bytes();
            out.write(&joined.text);
            out.finish().map_or(Ok(()), |_| Err("nothing was joined".to_owned()))
        }
        Some(out) => {
            atomic::guard_against_interrupts();
            atomic::create(out, joined.text.as_bytes())
                .map_err(|error| format!("{}: could not be written: {error}", out.display()))
        }
    }
}

/// The files that the arguments stand for, none twice; those of a folder by name.
fn all_files(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut seen = BTreeSet::new();
    for argument in arguments {
        let metadata = fs::metadata(argument).map_err(|error| format!("{}: {error}", argument.display()))?;
        let found = if metadata.is_dir() {
            let found = files_in(argument)?;
            if found.is_empty() && Manifest::read(argument)?.is_none() {
                return Err(format!("{}: has no file to join", argument.display()));
            }
            found
        } else if metadata.is_file() {
            vec![argument.clone()]
        } else {
            return Err(format!("{}: is no regular file", argument.display()));
        };
        let new = found.into_iter().filter(|file| !is_manifest(file));
        files.extend(new.filter(|file| seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone()))));
    }
    Ok(files)
}

/// The files in `folder` and below, sorted, without a manifest.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let walk = ignore::WalkBuilder::new(folder).standard_filters(false).sort_by_file_path(Path::cmp).build();
    for entry in walk {
        let entry = entry.map_err(|error| error.to_string())?;
        if entry.path().is_file() && !is_manifest(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn is_manifest(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name == manifest::FILE_NAME)
}

/// The path of `file` from `folder`, with `/`.
pub fn name_in(folder: &Path, file: &Path) -> String {
    let inner = file.strip_prefix(folder).unwrap_or(file);
    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The split that `file` belongs to, by the manifests in its folder and those above.
fn split_of<'a>(file: &Path, splits: &'a mut Vec<Split>) -> Result<Option<&'a mut Split>, String> {
    for folder in file.ancestors().skip(1) {
        let known = splits.iter().position(|split| split.folder == folder);
        let index = match known {
            Some(index) => index,
            None => match Split::read(folder)? {
                Some(split) => {
                    splits.push(split);
                    splits.len() - 1
                }
                None => continue,
            },
        };
        let key = names::key(&name_in(folder, file));
        let Some(split) = splits.get(index) else { continue };
        if split.keys.contains(&key) {
            return Ok(splits.get_mut(index));
        }
        if known.is_none() {
            splits.pop();
        }
    }
    Ok(None)
}

/// A corpus as it grows, and what there is to tell about it.
#[derive(Default)]
struct Joined {
    text: String,
    edited: Vec<String>,
    gone: Vec<String>,
    added: Vec<String>,
    ended: Vec<String>,
}

impl Joined {
    fn add_split(&mut self, split: &Split) -> Result<(), String> {
        self.end_line("");
        self.text.push_str(&split.manifest.preamble);
        // Whether what comes next was next in the corpus, too, behind the very same bytes.
        let mut is_exact = true;
        let mut last = String::new();
        for entry in &split.manifest.dispatches {
            let Some(file) = split.files.get(&names::key(&entry.file)) else {
                self.gone.push(entry.file.clone());
                is_exact = false;
                continue;
            };
            let content = text_of(file)?;
            if !is_exact {
                self.end_line(&last);
            }
            is_exact = manifest::hash(content.as_bytes()) == entry.hash;
            if !is_exact {
                self.edited.push(entry.file.clone());
            }
            self.text.push_str(&entry.opener);
            self.text.push_str(&content);
            last.clone_from(&entry.file);
        }
        Ok(())
    }

    fn add_other(&mut self, file: &Path, folders: &[&Path]) -> Result<(), String> {
        let folder = folders.iter().find(|folder| file.starts_with(folder)).copied().or(file.parent());
        let name = name_in(folder.unwrap_or(Path::new("")), file);
        if let Some(objection) = names::objection(&name) {
            return Err(format!("{}: can't be the name of a dispatch: {objection}", visible(&name)));
        }
        let content = text_of(file)?;
        let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
        self.end_line("");
        if !begins_with_opener(content) {
            self.text.push_str(&format!("=== FILE: {name} ===\n"));
        }
        self.text.push_str(content);
        if !folders.is_empty() {
            self.added.push(name);
        }
        Ok(())
    }

    /// A delimiter needs a line of its own.
    fn end_line(&mut self, name: &str) {
        if !self.text.is_empty() && self.text != "\u{feff}" && !self.text.ends_with(['\n', '\r']) {
            self.text.push('\n');
            if !name.is_empty() {
                self.ended.push(name.to_owned());
            }
        }
    }

    fn tell(&self) {
        for (names, one, many) in [
            (&self.edited, "text was edited since the split", "texts were edited since the split"),
            (
                &self.gone,
                "dispatch of the split was not given, or has no file, and is left out",
                "dispatches of the split were not given, or have no file, and are left out",
            ),
            (
                &self.added,
                "file is new and was added behind the others",
                "files are new and were added behind the others",
            ),
            (&self.ended, "text got a line end, which it had not", "texts got a line end, which they had not"),
        ] {
            if !names.is_empty() {
                let listed: Vec<String> = names.iter().take(TOLD).map(|name| visible(name)).collect();
                let more = if names.len() > TOLD { ", …" } else { "" };
                complain(&format!("note: {}: {}{more}", counted(names.len(), one, many), listed.join(", ")));
            }
        }
    }
}

fn text_of(file: &Path) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|error| format!("{}: can't be read: {error}", file.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let damage = crate::workspace::encoding::describe(error.as_bytes(), error.utf8_error());
        format!("{}:{}:{}: {}", file.display(), damage.place.line, damage.place.column, damage.message)
    })
}

fn begins_with_opener(text: &str) -> bool {
    let corpus = Corpus::read(text, &Options::default());
    let first = corpus.view().dispatches(0..1).next();
    first.and_then(|dispatch| dispatch.opener).is_some_and(|opener| opener.range.start == 0)
}
