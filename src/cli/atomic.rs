//! Files are written whole or not at all, and an interrupted run leaves nothing behind.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// Exit code of a run that was interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

/// The temporary files that exist right now. Creating, renaming and, on an interrupt, deleting all happen under
/// this lock, so that an interrupt never comes between a file and its entry.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on an interrupt (Ctrl-C, SIGTERM) deletes the temporary files and ends the process.
pub fn guard_against_interrupts() {
    // A second call fails, and the first one holds.
    let _ = ctrlc::set_handler(|| {
        // Held until the end: no other thread may start a new file.
        let unfinished = unfinished();
        for path in unfinished.iter() {
            let _ = fs::remove_file(path);
        }
        std::process::exit(INTERRUPTED);
    });
}

/// Replaces the content of `path`, which was `before` when it was read, by `after`, keeping mode and owner, and
/// following links. A file that is read-only, or that changed since, is left alone, and the error says so.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    write(&target, after, Some(&metadata), || {
        if fs::read(&target)? == before {
            Ok(())
        } else {
            Err(io::Error::other("it changed while it was checked; run again"))
        }
    })
}

/// Writes `content` to `path`, which need not exist.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    match fs::canonicalize(path) {
        Ok(target) => {
            let metadata = fs::metadata(&target)?;
            write(&target, content, Some(&metadata), || Ok(()))
        }
        Err(_) => write(path, content, None, || Ok(())),
    }
}

fn write(
    target: &Path,
    content: &[u8],
    like: Option<&fs::Metadata>,
    last_look: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = {
        let mut unfinished = unfinished();
        let file = builder(like).tempfile_in(folder)?;
        unfinished.insert(file.path().to_path_buf());
        file
    };
    let temporary = file.path().to_path_buf();
    let written = fill(&mut file, content, like).and_then(|()| last_look());
    let mut unfinished = unfinished();
    let done = match written {
        Ok(()) => file.persist(target).map(|_| ()).map_err(|failure| failure.error),
        Err(error) => {
            drop(file);
            Err(error)
        }
    };
    unfinished.remove(&temporary);
    done
}

fn fill(file: &mut NamedTempFile, content: &[u8], like: Option<&fs::Metadata>) -> io::Result<()> {
    file.write_all(content)?;
    if let Some(like) = like {
        keep_owner(file.as_file(), like);
        file.as_file().set_permissions(like.permissions())?;
    }
    file.as_file().sync_all()
}

fn builder(like: Option<&fs::Metadata>) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dispatch-").suffix(".tmp");
    #[cfg(unix)]
    if like.is_none() {
        use std::os::unix::fs::PermissionsExt;
        // As any other new file: what the user's mask leaves of it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = like;
    builder
}

/// The owner stays the same where that is allowed; where it is not, the file is the user's.
fn keep_owner(file: &fs::File, like: &fs::Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let _ = fchown(file, Some(like.uid()), Some(like.gid()));
    }
    #[cfg(not(unix))]
    let _ = (file, like);
}
