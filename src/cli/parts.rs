//! Files of many GB, read part by part, in the memory of a few parts.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::corpus::parts::CONTEXT;
use crate::workspace::encoding;

/// Bytes; a larger file is read part by part.
pub const LIMIT: u64 = 24 << 20;
/// Bytes of a part: few enough to stay near the processor. A line that is longer makes a longer part.
const PART: usize = 1 << 20;

/// The file is no UTF-8 text, or can't be read.
#[derive(Debug)]
pub struct NotText;

/// Whether a file is read part by part. Others are what they are: a folder, a pipe, nothing at all.
pub fn is_large(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() > LIMIT)
}

/// A part of a file with the lines around it.
pub struct Part<'a> {
    pub text: &'a str,
    /// Where the part starts and ends in `text`, both at line starts.
    pub from: usize,
    pub to: usize,
    pub is_last: bool,
}

/// Reads a file in parts; `take` says where in the text of each the next one starts, or that no other is wanted. It gets
/// a longer part where the next one would start with this one.
pub fn each_part(
    path: &Path,
    buffer: &mut Vec<u8>,
    mut take: impl FnMut(Part<'_>) -> Option<usize>,
) -> Result<(), NotText> {
    let mut file = File::open(path).map_err(|_| NotText)?;
    // Bytes of the buffer that were read. It never gets shorter: to fill it with zeros again costs time.
    let mut filled = 0;
    let mut from = 0;
    let mut is_start = true;
    let mut wanted = PART;
    loop {
        let target = from + wanted;
        if buffer.len() < target {
            buffer.resize(target, 0);
        }
        filled += fill(&mut file, buffer.get_mut(filled..target).unwrap_or_default()).map_err(|_| NotText)?;
        let is_end = filled < target;
        let read = buffer.get(..filled).unwrap_or_default();
        if is_start && encoding::utf_16_or_32(read).is_some() {
            return Err(NotText);
        }
        let text = whole_characters(read, is_end)?;
        let to = if is_end { text.len() } else { lines_back(text, text.len()) };
        if to <= from && !is_end {
            wanted *= 2;
            continue;
        }
        let Some(next) = take(Part { text, from, to, is_last: is_end }) else { return Ok(()) };
        if next <= from && !is_end {
            wanted *= 2;
            continue;
        }
        if is_end && next >= text.len() {
            return Ok(());
        }
        let keep = lines_back(text, next.min(text.len()));
        // The text in front of a part is context, however little: the start of the file is the start of one part only.
        let keep = if keep >= next { next.saturating_sub(1) } else { keep };
        let keep = text.floor_char_boundary(keep);
        buffer.copy_within(keep..filled, 0);
        filled -= keep;
        from = next - keep;
        is_start = false;
    }
}

/// Reads until `part` is full or the file ends; the bytes read.
fn fill(file: &mut File, part: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = part.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The text in a buffer, without a character that is cut at its end.
fn whole_characters(buffer: &[u8], is_end: bool) -> Result<&str, NotText> {
    let cut = if is_end { 0 } else { encoding::cut_character(buffer) };
    let whole = buffer.get(..buffer.len() - cut).unwrap_or_default();
    encoding::utf_8(whole).map_err(|_| NotText)
}

/// The start of the line [`CONTEXT`] lines in front of the one that ends at or behind `at`; 0 where there are less.
fn lines_back(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes().get(..at).unwrap_or_default();
    let ends = memchr::memrchr2_iter(b'\n', b'\r', bytes);
    // The LF of a CR LF ends the line, the CR does not.
    let ends =
        ends.filter(|end| bytes.get(*end) == Some(&b'\n') || bytes.get(end + 1).is_some_and(|next| *next != b'\n'));
    ends.take(CONTEXT + 1).nth(CONTEXT).map_or(0, |end| end + 1)
}
