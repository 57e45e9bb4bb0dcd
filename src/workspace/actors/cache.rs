//! Gazetteers of large actors files are kept in the user's cache folder, with a note on the files they were made from. One is
//! taken only if none of those has been touched since, and is whole; if not, the files are read again.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::super::reading;
use crate::gazetteer::Gazetteer;

/// Bytes of actors files from which on a cache is worth it.
const LARGE: u64 = 4 << 20;
/// A file that was touched so shortly before it was read may have been touched again, unseen.
const FRESH: Duration = Duration::from_secs(2);

/// Where the gazetteer of some files is kept, and what is known of them.
pub struct Place {
    file: PathBuf,
    note: Vec<u8>,
    /// Whether the files may still be changing.
    is_fresh: bool,
}

/// Whether a file alone is large enough for a cache.
pub fn is_large(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.len() >= LARGE)
}

/// `None` where there is no cache folder, a file is not there, or all are small.
pub fn place(paths: &[PathBuf]) -> Option<Place> {
    let mut note = Vec::new();
    let mut size = 0;
    let mut is_fresh = false;
    for path in paths {
        let path = path.canonicalize().ok()?;
        let metadata = fs::metadata(&path).ok()?;
        size += metadata.len();
        let modified = metadata.modified().ok()?;
        is_fresh |= SystemTime::now().duration_since(modified).is_ok_and(|age| age < FRESH);
        note.extend_from_slice(path.as_os_str().as_encoded_bytes());
        note.extend_from_slice(format!("\n{}\n", reading::stamp(&metadata)).as_bytes());
    }
    if size < LARGE {
        return None;
    }
    let names: Vec<u8> = paths
        .iter()
        .flat_map(|path| path.canonicalize().unwrap_or_default().into_os_string().into_encoded_bytes())
        .collect();
    let file = folder()?.join(format!("actors-{:016x}.cache", xxhash_rust::xxh3::xxh3_64(&names)));
    Some(Place { file, note, is_fresh })
}

fn folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    base.filter(|base| base.is_absolute()).map(|base| base.join("dispatch-ls"))
}

/// The gazetteer and the lines that were told of its files.
pub fn take(place: &Place) -> Option<(Gazetteer, Vec<String>)> {
    let mut file = File::open(&place.file).ok()?;
    let size = file.metadata().ok()?.len();
    let mut told = Vec::new();
    let is_right = |note: &[u8]| {
        let rest = note.strip_prefix(place.note.as_slice());
        told = rest.map(|rest| String::from_utf8_lossy(rest).lines().map(str::to_owned).collect()).unwrap_or_default();
        rest.is_some()
    };
    let gazetteer = Gazetteer::read(&mut file, size, is_right)?;
    Some((gazetteer, told))
}

/// Keeps a gazetteer. That it can't be kept is no failure: the files are read again next time.
pub fn keep(place: &Place, gazetteer: &Gazetteer, told: &[String]) {
    if !place.is_fresh {
        let _ = write(place, gazetteer, told);
    }
}

fn write(place: &Place, gazetteer: &Gazetteer, told: &[String]) -> std::io::Result<()> {
    let folder = place.file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    let mut note = place.note.clone();
    note.extend_from_slice(told.join("\n").as_bytes());
    let mut out = BufWriter::new(&mut file);
    gazetteer.write(&note, &mut out)?;
    out.flush()?;
    drop(out);
    file.persist(&place.file).map(|_| ()).map_err(|failure| failure.error)
}
