//! From a file to its text, or to the words for why that can't be.

use std::borrow::Cow;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::encoding::{self, BadUtf8};

/// The text of an input. What its file held is in the buffer that was read into.
pub struct Content<'a> {
    pub text: Cow<'a, str>,
    /// The first place that is not UTF-8; the text then has U+FFFD there, and is never written back.
    pub damage: Option<BadUtf8>,
}

/// What is another whenever a file has been written, or put in place of another.
pub fn stamp(metadata: &Metadata) -> String {
    // A file system changes them whatever the date is set to.
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt;
        (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
    };
    #[cfg(not(unix))]
    let identity = ();
    format!("{} {:?} {identity:?}", metadata.len(), metadata.modified().ok())
}

/// What `path` is, if not a file: a FIFO would block as soon as it is opened.
pub fn not_a_file(path: &Path) -> Result<Option<&'static str>, String> {
    fs::metadata(path).map(|metadata| unreadable_kind(metadata.file_type())).map_err(|error| why(&error))
}

pub fn fill_from(path: &Path, buffer: &mut Vec<u8>) -> Result<(), String> {
    let mut file = File::open(path).map_err(|error| why(&error))?;
    file.read_to_end(buffer).map(|_| ()).map_err(|error| why(&error))
}

/// The text that `bytes` are. An error where they are no text in UTF-8, or anything near to it.
pub fn decode<'a>(bytes: &'a [u8], shown: &str) -> Result<Content<'a>, String> {
    if let Some(encoding) = encoding::utf_16_or_32(bytes) {
        return Err(format!(
            "is {encoding} text, not UTF-8; convert it: iconv -f {encoding} -t UTF-8 {} > utf-8.txt",
            quoted(shown)
        ));
    }
    match encoding::utf_8(bytes) {
        Ok(text) => Ok(Content { text: Cow::Borrowed(text), damage: None }),
        Err(error) => {
            let damage = encoding::describe(bytes, error);
            Ok(Content { text: String::from_utf8_lossy(bytes), damage: Some(damage) })
        }
    }
}

/// A path as an argument for a shell.
pub fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,@%".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "can't be read: permission denied".to_owned(),
        io::ErrorKind::OutOfMemory => "is too large for this machine's memory".to_owned(),
        _ => format!("can't be read: {error}"),
    }
}

fn unreadable_kind(kind: FileType) -> Option<&'static str> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a named pipe (FIFO)");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("a device");
        }
    }
    (!kind.is_file()).then_some("no regular file")
}
