//! From inputs to batches of dispatches: files in the order they are given, large ones part by part.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::offsets::Offset;
use super::records;
use crate::cli::inputs::Input;
use crate::cli::parts::{self, NotText, each_part};
use crate::cli::read;
use crate::corpus::parts::{Parts, Survey};
use crate::corpus::{Corpus, Dispatch, PartialDate, View};

/// Bytes of text that a batch has at least, unless the input ends.
const BATCH: usize = 1 << 16;

/// Dispatches that are annotated together.
#[derive(Debug, Default)]
pub struct Batch {
    /// The path as it was given; `-` for standard input.
    pub path: Arc<str>,
    /// A file, or a part of one.
    pub text: Arc<str>,
    /// Where `text` starts in the file.
    pub start: Offset,
    /// Where the first item starts in the file.
    pub first: Offset,
    pub items: Vec<Item>,
    /// For people.
    pub messages: Vec<String>,
    /// Whether a message tells of something that is missing from the output.
    pub is_incomplete: bool,
    /// How many bytes of the input it stands for, as far as that was known before.
    pub bytes: u64,
}

/// A dispatch to be annotated. Ranges are bytes within the batch's text.
#[derive(Debug)]
pub struct Item {
    pub name: String,
    pub date: Option<PartialDate>,
    pub range: Range<usize>,
    pub body: Range<usize>,
    /// Whether it is a text of its own, in which offsets count from its start.
    pub is_record: bool,
}

/// Bytes of all inputs, as far as they can be known.
pub fn size(inputs: &[Input]) -> u64 {
    let sizes = inputs.iter().filter_map(|input| std::fs::metadata(input.path.as_ref()?).ok());
    sizes.map(|metadata| metadata.len()).sum()
}

/// Gives the batches of all inputs to `take`, in order, until it says no.
pub fn batches(inputs: &[Input], mut take: impl FnMut(Batch) -> bool) {
    for input in inputs {
        let path = Arc::<str>::from(input.shown.as_str());
        let large = input.path.as_deref().filter(|path| parts::is_large(path));
        let gone_on = match large.map(|file| in_parts(input, &path, file, &mut take)) {
            Some(Ok(gone_on)) => gone_on,
            // Something in it is no text: that is told with the whole of it at hand.
            Some(Err(NotText)) | None if input.is_stdin() => {
                records::or_text(&path, &mut take, |bytes, take| whole(input, &path, bytes, take))
            }
            Some(Err(NotText)) | None => {
                let mut bytes = Vec::new();
                match read::fill(input, &mut bytes) {
                    Ok(()) => whole(input, &path, &bytes, &mut take),
                    Err(why) => take(refused(&path, &why)),
                }
            }
        };
        if !gone_on {
            return;
        }
    }
}

/// A batch that says why there is none.
pub fn refused(path: &Arc<str>, why: &str) -> Batch {
    let messages = vec![format!("error: {path}: {why}")];
    Batch { path: path.clone(), messages, is_incomplete: true, ..Batch::default() }
}

/// Returns whether more is wanted.
fn whole(input: &Input, path: &Arc<str>, bytes: &[u8], take: &mut dyn FnMut(Batch) -> bool) -> bool {
    let content = match read::decode(bytes, &input.shown) {
        Ok(content) => content,
        Err(why) => return take(refused(path, &why)),
    };
    if let Some(damage) = &content.damage {
        let place = format!("{path}:{}:{}", damage.place.line, damage.place.column);
        let messages = vec![format!("warning: {place}: {}; it is read with U+FFFD", damage.message)];
        if !take(Batch { path: path.clone(), messages, ..Batch::default() }) {
            return false;
        }
    }
    let text = Arc::<str>::from(content.text.as_ref());
    let view = Corpus::read(&text, &options(input)).view();
    let dispatches = view.dispatches(0..view.len());
    in_batches(path, &text, Offset::default(), dispatches, take).is_some()
}

fn options(input: &Input) -> crate::corpus::Options {
    input.settings.options(input.path.as_deref().unwrap_or(Path::new("")))
}

/// Where the text ends behind the last dispatch; `None` if no more is wanted.
fn in_batches(
    path: &Arc<str>,
    text: &Arc<str>,
    start: Offset,
    dispatches: impl Iterator<Item = Dispatch>,
    take: &mut dyn FnMut(Batch) -> bool,
) -> Option<Offset> {
    let empty = |first: Offset| Batch { path: path.clone(), text: text.clone(), start, first, ..Batch::default() };
    let mut end = start;
    let mut batch = empty(end);
    for dispatch in dispatches.filter(|dispatch| !dispatch.range.is_empty()) {
        let range = dispatch.range.clone();
        end = end.after(text.get(end.bytes - start.bytes..range.end).unwrap_or_default());
        batch.items.push(item(text, dispatch));
        if end.bytes - batch.first.bytes >= BATCH {
            batch.bytes = (end.bytes - batch.first.bytes) as u64;
            if !take(std::mem::replace(&mut batch, empty(end))) {
                return None;
            }
        }
    }
    batch.bytes = (end.bytes - batch.first.bytes) as u64;
    (batch.items.is_empty() || take(batch)).then_some(end)
}

fn item(text: &str, dispatch: Dispatch) -> Item {
    let body = dispatch.prose();
    let name = dispatch.opener.and_then(|opener| opener.name).and_then(|name| text.get(name)).unwrap_or_default();
    Item {
        name: name.to_owned(),
        date: dispatch.date.map(|date| date.date),
        range: dispatch.range,
        body,
        is_record: false,
    }
}

/// Reads a large file twice: to know how it is written, and then for its dispatches. Returns whether more is wanted.
fn in_parts(input: &Input, path: &Arc<str>, file: &Path, take: &mut dyn FnMut(Batch) -> bool) -> Result<bool, NotText> {
    let mut buffer = Vec::new();
    let mut survey = Survey::default();
    each_part(file, &mut buffer, |part| Some(survey.add(part.text, part.from, part.to)))?;
    let mut parts = Parts::new(survey, &options(input));
    let mut start = Offset::default();
    let mut wanted = true;
    each_part(file, &mut buffer, |part| {
        let judged = parts.next(part.text, part.from, part.to, part.is_last);
        let own = part.text.get(part.from..).unwrap_or_default();
        let whole = complete(&judged.view, if part.is_last { own.len() } else { judged.end }, part.is_last);
        let Some(end) = whole.last().map(|dispatch| dispatch.range.end) else {
            return Some(if part.is_last { part.text.len() } else { part.from });
        };
        let text = Arc::<str>::from(own.get(..end).unwrap_or_default());
        let read = in_batches(path, &text, start, whole.into_iter(), take);
        wanted = read.is_some();
        start = read?;
        Some(part.from + end)
    })?;
    Ok(wanted)
}

/// The dispatches that end in a part: the last one only goes on in the next where an opener stands behind it.
fn complete(view: &View, end: usize, is_last: bool) -> Vec<Dispatch> {
    let mut dispatches: Vec<Dispatch> = view.dispatches(0..view.len()).collect();
    if !is_last {
        dispatches.pop();
        dispatches.retain(|dispatch| dispatch.range.end <= end);
    }
    dispatches
}
