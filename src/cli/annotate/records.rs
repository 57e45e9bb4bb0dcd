//! JSON lines on standard input: `{"id":…,"date":…,"text":…}`, so that whatever splits work among machines can send its
//! shards through.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use serde::Deserialize;

use super::offsets::Offset;
use super::source::{Batch, Item, refused};
use crate::corpus::read_date;

/// Bytes of a line; who sends more has forgotten the line ends.
const LONGEST: u64 = 64 << 20;
/// Bytes of text that a batch has at least, while there is more to read at once.
const BATCH: usize = 1 << 16;

/// A dispatch as a line of JSON. Other fields are passed over.
#[derive(Debug, Deserialize)]
struct Record {
    #[serde(default)]
    id: serde_json::Value,
    #[serde(default)]
    date: Option<String>,
    text: String,
}

/// Reads standard input: as records where its first line is one, else, whole, as `text` takes it. Returns whether more
/// is wanted.
pub fn or_text(
    path: &Arc<str>,
    take: &mut dyn FnMut(Batch) -> bool,
    text: impl FnOnce(&[u8], &mut dyn FnMut(Batch) -> bool) -> bool,
) -> bool {
    let mut input = BufReader::with_capacity(BATCH, io::stdin().lock());
    let mut first = Vec::new();
    let read = first_line(&mut input, &mut first);
    let is_record = read.is_ok() && serde_json::from_slice::<Record>(&first).is_ok();
    if is_record {
        return records(path, first, &mut input, take);
    }
    match read.and_then(|()| input.read_to_end(&mut first)) {
        Ok(_) => text(&first, take),
        Err(error) => take(refused(path, &error.to_string())),
    }
}

/// The first line that is not empty, if it can be a record; a part of it otherwise.
fn first_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<()> {
    while line.iter().all(u8::is_ascii_whitespace) {
        let start = input.fill_buf()?.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
        let is_end = input.fill_buf()?.is_empty();
        if is_end || start.is_some_and(|byte| byte != b'{') {
            return Ok(());
        }
        input.by_ref().take(LONGEST).read_until(b'\n', line)?;
    }
    Ok(())
}

fn records(
    path: &Arc<str>,
    first: Vec<u8>,
    input: &mut BufReader<impl Read>,
    take: &mut dyn FnMut(Batch) -> bool,
) -> bool {
    let mut next = Collected::default();
    let mut line = first;
    let mut number = 0;
    loop {
        number += 1;
        if line.len() as u64 >= LONGEST {
            return take(refused(path, &format!("line {number} is longer than {} MiB", LONGEST >> 20)));
        }
        if !line.iter().all(u8::is_ascii_whitespace) {
            next.add(path, number, &line);
        }
        // Who waits for an answer before the next question gets it.
        if (next.text.len() >= BATCH || !input.buffer().contains(&b'\n')) && !take(next.batch(path)) {
            return false;
        }
        line.clear();
        match input.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return take(refused(path, &error.to_string())),
        }
    }
}

/// Records on the way to a batch.
#[derive(Debug, Default)]
struct Collected {
    text: String,
    items: Vec<Item>,
    messages: Vec<String>,
    is_incomplete: bool,
}

impl Collected {
    fn add(&mut self, path: &str, number: usize, line: &[u8]) {
        let record = match serde_json::from_slice::<Record>(line) {
            Ok(record) => record,
            Err(error) => {
                self.messages.push(format!("error: {path}:{number}: no record: {error}"));
                self.is_incomplete = true;
                return;
            }
        };
        let date = record.date.as_deref().map(|date| read_date(date.trim()).0.only());
        if let Some(None) = date {
            self.messages.push(format!("warning: {path}:{number}: `date` is not one: write YYYY-MM-DD"));
        }
        let start = self.text.len();
        self.text.push_str(&record.text);
        let range = start..self.text.len();
        let name = match record.id {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(id) => id,
            other => other.to_string(),
        };
        self.items.push(Item { name, date: date.flatten(), range: range.clone(), body: range, is_record: true });
    }

    fn batch(&mut self, path: &Arc<str>) -> Batch {
        let Collected { text, items, messages, is_incomplete } = std::mem::take(self);
        let (start, first) = (Offset::default(), Offset::default());
        Batch { path: path.clone(), text: text.into(), start, first, items, messages, is_incomplete, bytes: 0 }
    }
}
