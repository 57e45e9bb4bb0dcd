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

/// A file that is still being written; dropped, it is gone.
pub struct Unfinished {
    file: Option<NamedTempFile>,
    path: PathBuf,
}

impl Unfinished {
    /// A new file in `folder`, that nobody else can read if it `is_private`.
    pub fn in_folder(folder: &Path, is_private: bool) -> io::Result<Unfinished> {
        let mut unfinished = unfinished();
        let file = builder(is_private).tempfile_in(folder)?;
        let path = file.path().to_path_buf();
        unfinished.insert(path.clone());
        Ok(Unfinished { file: Some(file), path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the file in the place of `target`, if `last_look` has nothing against it; mode and owner are those of `like`.
    fn finish(
        mut self,
        target: &Path,
        like: Option<&fs::Metadata>,
        last_look: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some(file) = &self.file {
            if let Some(like) = like {
                keep_owner(file.as_file(), like);
                file.as_file().set_permissions(like.permissions())?;
            }
            file.as_file().sync_all()?;
        }
        last_look()?;
        let _unfinished = unfinished();
        self.file.take().map_or(Ok(()), |file| file.persist(target).map(|_| ()).map_err(|failure| failure.error))
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut unfinished = unfinished();
        drop(self.file.take());
        unfinished.remove(&self.path);
    }
}

/// A file that is to be replaced.
pub struct Target {
    path: PathBuf,
    metadata: fs::Metadata,
}

impl Target {
    /// The file that `path` leads to, over links; one that is read-only is not to be replaced.
    pub fn of(path: &Path) -> io::Result<Target> {
        let path = fs::canonicalize(path)?;
        let metadata = fs::metadata(&path)?;
        if metadata.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
        }
        Ok(Target { path, metadata })
    }

    /// The folder that its replacement must be written in.
    pub fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// Puts `new` in its place, keeping mode and owner, if the file `is_unchanged`.
    pub fn replace(&self, new: Unfinished, is_unchanged: impl FnOnce(&Path) -> io::Result<bool>) -> io::Result<()> {
        new.finish(&self.path, Some(&self.metadata), || match is_unchanged(&self.path)? {
            true => Ok(()),
            false => Err(io::Error::other("it changed while it was checked; run again")),
        })
    }
}

/// Replaces the content of `path`, which was `before` when it was read, by `after`, keeping mode and owner, and
/// following links. A file that is read-only, or that changed since, is left alone, and the error says so.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let target = Target::of(path)?;
    let mut new = Unfinished::in_folder(target.folder(), true)?;
    new.write_all(after)?;
    target.replace(new, |path| Ok(fs::read(path)? == before))
}

/// Writes `content` to `path`, which need not exist.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).ok();
    let like = target.as_deref().map(fs::metadata).transpose()?;
    let target = target.as_deref().unwrap_or(path);
    let mut new = Unfinished::in_folder(folder_of(target), like.is_some())?;
    new.write_all(content)?;
    new.finish(target, like.as_ref(), || Ok(()))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn builder(is_private: bool) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dispatch-").suffix(".tmp");
    #[cfg(unix)]
    if !is_private {
        use std::os::unix::fs::PermissionsExt;
        // As any other new file: what the user's mask leaves of it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = is_private;
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
