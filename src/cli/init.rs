//! `init [DIR]`: a `dispatch.toml` and an `actors.jsonl` to begin with, as the editor's command `dispatch.init` makes them.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::args::{self, Init};
use super::inputs::{Inputs, expand};
use super::output::{complain, counted, visible};
use super::{atomic, read};
use crate::features::Patient;
use crate::features::candidates::{self, MOST_CANDIDATES, Tally};
use crate::features::cast::MOST;
use crate::gazetteer::amend;
use crate::text::{Encoding, apply};
use crate::workspace::settings::{ACTORS_FILE_NAME, FILE_NAME};
use crate::workspace::{Notes, Snapshot, reading};

pub fn run(args: &Init) -> Result<(), String> {
    let folder = &args.folder;
    if !folder.is_dir() {
        return Err(format!("{}: is no folder", visible(&folder.to_string_lossy())));
    }
    let inputs = expand(std::slice::from_ref(folder), &args::Config::default())?;
    let gazetteer = super::actors::gazetteer(&[], &inputs)?;
    let found = count(&inputs, Notes::new(std::sync::Arc::new(gazetteer), Vec::new()))
        .first(MOST_CANDIDATES.max(10 * args.top));
    let found = candidates::taken(found, args.top);
    let records: Vec<_> = found.iter().map(candidates::record).collect();
    let actors = apply("", &amend("", &records));
    atomic::guard_against_interrupts();
    make(&folder.join(FILE_NAME), &candidates::settings_to_begin_with(), String::new())?;
    let listed = format!(" with {}", counted(found.len(), "actor", "actors"));
    make(&folder.join(ACTORS_FILE_NAME), &actors, listed)
}

fn count(inputs: &Inputs, notes: Notes) -> Tally {
    let mut tally = Tally::default();
    for input in &inputs.files {
        let Some(path) = &input.path else { continue };
        let mut bytes = Vec::new();
        match start_of(path, &mut bytes).and_then(|()| reading::decode(&bytes, &input.shown)) {
            Ok(content) => {
                let settings = input.settings.clone();
                let snapshot = Snapshot::of_file(&input.shown, &content.text, settings, Encoding::Utf8);
                // Nobody gives up.
                let _ = tally.add(&Snapshot { notes: notes.clone(), ..snapshot }, &Patient);
            }
            Err(why) => complain(&format!("warning: {}: {why}", input.shown)),
        }
    }
    tally
}

/// As much of a file as is counted, up to the end of a line.
fn start_of(path: &Path, bytes: &mut Vec<u8>) -> Result<(), String> {
    let most = MOST as u64;
    let file = File::open(path).map_err(|error| read::why(&error))?;
    file.take(most).read_to_end(bytes).map_err(|error| read::why(&error))?;
    if bytes.len() as u64 == most {
        bytes.truncate(memchr::memrchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1));
    }
    Ok(())
}

fn make(path: &Path, text: &str, what: String) -> Result<(), String> {
    let shown = visible(&path.to_string_lossy());
    if path.symlink_metadata().is_ok() {
        complain(&format!("{shown}: is there already, and was left as it is"));
        return Ok(());
    }
    atomic::create(path, text.as_bytes()).map_err(|error| format!("{shown}: {}", read::why(&error)))?;
    complain(&format!("{shown}: made{what}"));
    Ok(())
}
