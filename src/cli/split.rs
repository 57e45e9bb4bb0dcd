//! `dispatch-ls split`: each dispatch in a file of its own.
//!
//! A file has what is between an opener and the next one, byte for byte; the openers, and what is in front of the
//! first, are in the manifest.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args;
use super::inputs::{self, Input};
use super::manifest::{self, Entry, Manifest};
use super::output::{complain, counted, visible};
use super::{atomic, names, read};
use crate::corpus::{Corpus, Dispatch};
use crate::text::LineIndex;

/// Objections that are told; the rest are counted.
const TOLD: usize = 20;
/// Characters of a name that are told.
const SHOWN: usize = 60;

/// One dispatch as split writes it.
struct Piece<'a> {
    name: String,
    opener: &'a str,
    content: &'a str,
    /// Byte offset in the corpus.
    start: usize,
}

/// Splits a corpus. Nothing is written where an error says why it can't be.
pub fn run(args: &args::Split) -> Result<(), String> {
    let inputs = inputs::expand(std::slice::from_ref(&args.corpus), &args.config)?;
    let input = match inputs.files.as_slice() {
        [input] if !args.corpus.is_dir() => input,
        _ => return Err(format!("{}: is a folder; split takes one corpus file", args.corpus.display())),
    };
    let refused = |message: String| format!("{}: {message}", input.shown);
    let mut bytes = Vec::new();
    read::fill(input, &mut bytes).map_err(refused)?;
    let content = read::decode(&bytes, &input.shown).map_err(refused)?;
    if let Some(damage) = content.damage {
        return Err(refused(format!("line {}, column {}: {}", damage.place.line, damage.place.column, damage.message)));
    }
    let (preamble, pieces) = pieces(&content.text, input);
    let objections = objections(&content.text, &pieces, &args.out, args.force);
    if !objections.is_empty() {
        for objection in objections.iter().take(TOLD) {
            complain(&format!("error: {}: {objection}", input.shown));
        }
        let more = objections.len().saturating_sub(TOLD);
        let more = if more > 0 { format!(" ({more} more of the same)") } else { String::new() };
        return Err(refused(format!("nothing was written{more}")));
    }
    atomic::guard_against_interrupts();
    write(&args.out, preamble, &pieces, args.force)?;
    complain(&format!("note: wrote {} to {}", counted(pieces.len(), "dispatch", "dispatches"), args.out.display()));
    tell_of_strangers(&args.out, &pieces);
    Ok(())
}

/// The text cut into what is in front of the first dispatch and the dispatches; together they are all of it.
fn pieces<'a>(text: &'a str, input: &Input) -> (&'a str, Vec<Piece<'a>>) {
    let path = input.path.as_deref().unwrap_or(Path::new("dispatch.txt"));
    let corpus = Corpus::read(text, &input.settings.options(path));
    let view = corpus.view();
    let dispatches: Vec<Dispatch> = view.dispatches(0..text.len().saturating_add(1)).collect();
    let digits = dispatches.len().to_string().len().max(3);
    let starts = dispatches.iter().map(|dispatch| dispatch.range.start);
    let ends = starts.clone().skip(1).chain([text.len()]);
    let preamble = text.get(..starts.clone().next().unwrap_or(text.len())).unwrap_or_default();
    let cut = dispatches.iter().zip(ends).map(|(dispatch, end)| {
        let start = dispatch.range.start;
        let whole = text.get(start..end).unwrap_or_default();
        let opener = dispatch.opener.as_ref().map_or(0, |opener| opener.range.end.saturating_sub(start));
        let (opener, content) = whole.split_at(with_line_end(whole, opener));
        let name = match dispatch.opener.as_ref() {
            Some(opener) => match &opener.name {
                Some(name) => opener.dialect.name_of(text.get(name.clone()).unwrap_or_default()).into_owned(),
                None if opener.dialect.is_nameless() => format!("{:0digits$}.txt", dispatch.number + 1),
                None => String::new(),
            },
            None => path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        };
        Piece { name, opener, content, start }
    });
    (preamble, cut.collect())
}

/// `end`, moved behind the line end where nothing but white space is in between.
fn with_line_end(text: &str, end: usize) -> usize {
    let end = text.floor_char_boundary(end.min(text.len()));
    let rest = text.get(end..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let eol = rest.get(blank..).unwrap_or_default();
    match eol.as_bytes() {
        _ if end == 0 => 0,
        [b'\r', b'\n', ..] => end + blank + 2,
        [b'\r' | b'\n', ..] => end + blank + 1,
        [] => end + blank,
        _ => end,
    }
}

/// Everything that is in the way of writing the pieces to `folder`.
fn objections(text: &str, pieces: &[Piece], folder: &Path, force: bool) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        found.extend(names::objection(&piece.name).map(|objection| (index, objection.to_owned())));
    }
    found.extend(names::collisions(pieces.iter().map(|piece| piece.name.as_str())));
    let mut told: Vec<String> = Vec::new();
    if found.is_empty() {
        let mut looked_at = BTreeSet::new();
        told.extend(in_the_way(folder, Path::new(manifest::FILE_NAME), force, &mut looked_at));
        for (index, piece) in pieces.iter().enumerate() {
            let objection = in_the_way(folder, Path::new(&piece.name), force, &mut looked_at);
            found.extend(objection.map(|objection| (index, objection)));
        }
    }
    if found.is_empty() {
        return told;
    }
    found.sort();
    let index = LineIndex::new(text);
    told.extend(found.into_iter().filter_map(|(number, objection)| {
        let piece = pieces.get(number)?;
        let line = index.line_of(piece.start) + 1;
        Some(format!("dispatch {} (line {line}), name `{}`: {objection}", number + 1, shortened(&piece.name)))
    }));
    told
}

/// A name in a message.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => visible(name.get(..end).unwrap_or_default()) + "…",
        None => visible(name),
    }
}

/// What on the disk is in the way of writing `name` in `folder`: links, folders, and, unless forced, files.
fn in_the_way(folder: &Path, name: &Path, force: bool, looked_at: &mut BTreeSet<PathBuf>) -> Option<String> {
    let target = folder.join(name);
    let parents: Vec<&Path> = target.ancestors().skip(1).take_while(|parent| *parent != folder).collect();
    for parent in parents.into_iter().rev() {
        if !looked_at.insert(parent.to_path_buf()) {
            continue;
        }
        match fs::symlink_metadata(parent) {
            Ok(metadata) if metadata.is_symlink() => return Some(format!("{} is a link", parent.display())),
            Ok(metadata) if !metadata.is_dir() => return Some(format!("{} is no folder", parent.display())),
            _ => {}
        }
    }
    let shown = target.display();
    match fs::symlink_metadata(&target) {
        Err(_) => None,
        Ok(metadata) if metadata.is_symlink() => Some(format!("{shown} is a link")),
        Ok(metadata) if metadata.is_dir() => Some(format!("{shown} is a folder")),
        Ok(_) if force => None,
        Ok(_) => Some(format!("{shown} is there already; --force overwrites it")),
    }
}

fn write(folder: &Path, preamble: &str, pieces: &[Piece], force: bool) -> Result<(), String> {
    let mut made = Vec::new();
    let written = write_all(folder, preamble, pieces, force, &mut made);
    if written.is_err() {
        // Half of a corpus is no use to anybody.
        for file in &made {
            let _ = fs::remove_file(file);
        }
    }
    written
}

fn write_all(
    folder: &Path,
    preamble: &str,
    pieces: &[Piece],
    force: bool,
    made: &mut Vec<PathBuf>,
) -> Result<(), String> {
    let failed = |path: &Path, error: std::io::Error| format!("{}: could not be written: {error}", path.display());
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let mut entries = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let file = folder.join(&piece.name);
        if let Some(parent) = file.parent().filter(|parent| *parent != folder) {
            fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        }
        write_one(&file, piece.content.as_bytes(), force, made).map_err(|error| failed(&file, error))?;
        entries.push(Entry {
            file: piece.name.clone(),
            opener: piece.opener.to_owned(),
            hash: manifest::hash(piece.content.as_bytes()),
        });
    }
    let file = folder.join(manifest::FILE_NAME);
    let manifest = Manifest::new(preamble, entries).to_json();
    write_one(&file, manifest.as_bytes(), force, made).map_err(|error| failed(&file, error))
}

fn write_one(file: &Path, content: &[u8], force: bool, made: &mut Vec<PathBuf>) -> std::io::Result<()> {
    match fs::OpenOptions::new().write(true).create_new(true).open(file) {
        Ok(mut new) => {
            made.push(file.to_path_buf());
            new.write_all(content)
        }
        Err(error) if force && error.kind() == std::io::ErrorKind::AlreadyExists => atomic::create(file, content),
        Err(error) => Err(error),
    }
}

/// A word about other files in the folder: join takes the folder's files.
fn tell_of_strangers(folder: &Path, pieces: &[Piece]) {
    let known: BTreeSet<String> = pieces.iter().map(|piece| names::key(&piece.name)).collect();
    let files = super::join::files_in(folder).unwrap_or_default();
    let others = files.iter().filter(|file| !known.contains(&names::key(&super::join::name_in(folder, file)))).count();
    if others > 0 {
        let files = counted(others, "file", "files");
        complain(&format!("warning: {}: has {files} that this corpus has not; join adds them", folder.display()));
    }
}
