//! From the paths of actors files to a gazetteer.

mod cache;
mod linted;

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

use super::encoding;
use super::reading as read;
use super::settings::ACTORS_FILE_NAME;
use crate::gazetteer::read::{Format, gate};
use crate::gazetteer::{ActorsFile, Code, Gazetteer, Problem};
use crate::text::{self, counted, visible};
pub use linted::{LARGEST_LINTED, lint};

/// The text that an editor holds of an actors file, which counts in place of what is on disk.
#[derive(Debug, Clone)]
pub struct Open {
    /// As [`real`] has it.
    pub path: PathBuf,
    pub text: text::Text,
}

/// Whether a file of this name is an actors file, whatever settings say: `actors.jsonl`, `x.actors.jsonl`,
/// `x.actors.txt`.
pub fn is_named_like_one(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == ACTORS_FILE_NAME || name.ends_with(".actors.jsonl") || name.ends_with(".actors.txt")
}

/// A path by which a file can be told from others, whether it is there or not: without links, as far as that can be.
pub fn real(path: &Path) -> PathBuf {
    let in_folder = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    let real = path.canonicalize().ok().or_else(in_folder);
    real.unwrap_or_else(|| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()))
}

/// An actors file that was read, or a list that a `lists.def` names.
#[derive(Debug)]
pub struct Source {
    /// The path in messages; what is not UTF-8 in it is replaced.
    pub shown: String,
    pub path: PathBuf,
    pub file: ActorsFile<'static>,
    /// What is wrong with its bytes.
    pub damage: Option<Problem>,
    /// An editor has it open, and shows what is wrong there.
    pub is_open: bool,
}

/// A gazetteer, a line for each problem in the actors files, and those files in the order in which it counts them.
pub type Loaded = (Gazetteer, Vec<String>, Vec<PathBuf>);

/// The states of the world and what the actors files at `paths` list; those that an editor has open as they are there. An
/// error where a file can't be read at all.
pub fn load(paths: &[PathBuf], open: &[Open]) -> Result<Loaded, String> {
    let is_large = |path: &PathBuf| cache::is_large(path) && !open.iter().any(|open| open.path == real(path));
    let (large, small): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(is_large);
    // Somebody may be writing the small ones: what large ones list is taken from the cache, and the others added to it.
    if !large.is_empty() && !small.is_empty() {
        let (gazetteer, mut lines, mut files) = load_all(&large, &[])?;
        let sources = sources_with(&small, open)?;
        let texts: Vec<&ActorsFile> = sources.iter().map(|source| &source.file).collect();
        if let Some((gazetteer, problems)) = gazetteer.with(files.len(), &texts) {
            lines.extend(all_told(&sources, &problems));
            files.extend(sources.into_iter().map(|source| source.path));
            return Ok((gazetteer, lines, files));
        }
    }
    load_all(paths, open)
}

fn load_all(paths: &[PathBuf], open: &[Open]) -> Result<Loaded, String> {
    // What is not saved is not kept.
    let place = if open.is_empty() { cache::place(paths) } else { None };
    if let Some((gazetteer, problems)) = place.as_ref().and_then(cache::take) {
        return Ok((gazetteer, problems, paths.to_vec()));
    }
    let sources = sources_with(paths, open)?;
    let files: Vec<&ActorsFile> = sources.iter().map(|source| &source.file).collect();
    let (gazetteer, problems) = Gazetteer::new(&files);
    let lines = all_told(&sources, &problems);
    // The lists of a `lists.def` are not among the paths.
    if let Some(place) = place.filter(|_| sources.len() == paths.len()) {
        cache::keep(&place, &gazetteer, &lines);
    }
    Ok((gazetteer, lines, sources.into_iter().map(|source| source.path).collect()))
}

/// What is wrong with files that nobody has open.
fn all_told(sources: &[Source], problems: &[Vec<Problem>]) -> Vec<String> {
    let unseen = sources.iter().zip(problems).filter(|(source, _)| !source.is_open);
    unseen.flat_map(|(source, problems)| told(source, problems)).collect()
}

/// Problems of a file that are told before the rest is only counted.
const TOLD: usize = 10;

/// A line for each of the first problems of a file that keep something from being read.
pub fn told(source: &Source, problems: &[Problem]) -> Vec<String> {
    // Years in doubt and the like are for `actors lint`.
    let all: Vec<&Problem> = source
        .damage
        .iter()
        .chain(problems)
        .filter(|problem| matches!(problem.code, Code::G003 | Code::G007 | Code::G008))
        .collect();
    let place = |at: usize| encoding::place_behind(source.file.text.as_bytes().get(..at).unwrap_or_default());
    let mut told: Vec<String> = all
        .iter()
        .take(TOLD)
        .map(|problem| {
            let place = place(problem.range.start);
            format!("{}:{}:{}: {}: {}", source.shown, place.line, place.column, problem.code.id(), problem.message)
        })
        .collect();
    if all.len() > TOLD {
        let more = counted(all.len() - TOLD, "more problem", "more problems");
        told.push(format!("{}: {more}; `dispatch-ls actors lint` shows all", source.shown));
    }
    told
}

/// The files at `paths`, each once; for a `lists.def`, the lists beside it.
pub fn sources(paths: &[PathBuf]) -> Result<Vec<Source>, String> {
    sources_with(paths, &[])
}

fn sources_with(paths: &[PathBuf], open: &[Open]) -> Result<Vec<Source>, String> {
    let mut sources = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for path in paths {
        let real = real(path);
        let text = open.iter().find(|open| open.path == real);
        if !seen.insert(real) {
            continue;
        }
        let mut source = match text {
            Some(open) => {
                let text = open.text.to_string();
                // While it is written it may look like nothing.
                let format = Format::of(&path.to_string_lossy(), &text).unwrap_or(Format::Native);
                Source { is_open: true, ..source_of(path, text, Some(format))? }
            }
            None => source(path, None)?,
        };
        let lists =
            if source.file.format == Format::GateDefinition { gate::lists(&source.file.text) } else { Vec::new() };
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut beside = Vec::new();
        for list in lists {
            // A list is a file in the same folder, or below.
            let plain = Path::new(&list.file).components().all(|part| matches!(part, Component::Normal(_)));
            if !plain {
                missing(&mut source, format!("{}: is not in the folder of this file", visible(&list.file)));
                continue;
            }
            let file = folder.join(&list.file);
            match self::source(&file, Some(Format::Gate(list))) {
                Ok(list) => beside.push(list),
                Err(why) => missing(&mut source, why),
            }
        }
        sources.push(source);
        sources.extend(beside);
    }
    Ok(sources)
}

/// Notes that a list can't be read.
fn missing(source: &mut Source, why: String) {
    source.damage.get_or_insert(Problem { code: Code::G008, range: 0..0, message: why });
}

fn source(path: &Path, format: Option<Format>) -> Result<Source, String> {
    let shown = visible(&path.to_string_lossy());
    let wrong = |why: String| format!("{shown}: {why}");
    if let Some(kind) = read::not_a_file(path).map_err(wrong)? {
        return Err(format!("{shown}: is {kind}, not a file"));
    }
    let mut bytes = Vec::new();
    read::fill_from(path, &mut bytes).map_err(wrong)?;
    let (text, damage) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let content = read::decode(error.as_bytes(), &shown).map_err(wrong)?;
            let damage = content.damage.map(|damage| Problem {
                code: Code::G008,
                range: damage.offset..damage.offset + '\u{FFFD}'.len_utf8(),
                message: damage.message,
            });
            (content.text.into_owned(), damage)
        }
    };
    Ok(Source { damage, ..source_of(path, text, format)? })
}

/// A file whose text is known.
fn source_of(path: &Path, text: String, format: Option<Format>) -> Result<Source, String> {
    let shown = visible(&path.to_string_lossy());
    let format = match format.or_else(|| Format::of(&shown, &text)) {
        Some(format) => format,
        None => return Err(format!("{shown}: is no actors file of a known format (docs/actors.md lists them)")),
    };
    let file = ActorsFile { name: shown.clone(), text: Cow::Owned(text), format };
    Ok(Source { shown, path: path.to_path_buf(), file, damage: None, is_open: false })
}
