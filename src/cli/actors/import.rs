//! `actors import FILE… --to ACTORS`: merges actors files into one of our own.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::atomic;
use crate::cli::output::{complain, counted, visible};
use crate::gazetteer::{Record, merge, read};
use crate::workspace::actors::{sources, told};
use crate::workspace::encoding;

pub fn run(files: &[PathBuf], to: &Path) -> Result<ExitCode, String> {
    let shown = visible(&to.to_string_lossy());
    let before = match fs::read(to) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(format!("{shown}: {}", crate::cli::read::why(&error))),
    };
    let existing = std::str::from_utf8(before.as_deref().unwrap_or_default()).map_err(|error| {
        format!("{shown}: {}", encoding::describe(before.as_deref().unwrap_or_default(), error).message)
    })?;
    let mut records: Vec<Record> = Vec::new();
    for source in sources(files)? {
        let problems = read::read(&source.file.text, &source.file.format, &mut |record, _| records.push(record));
        for line in told(&source, &problems) {
            complain(&format!("warning: {line}"));
        }
    }
    let merged = merge(existing, &records).map_err(|problem| {
        let place = encoding::place_behind(existing.as_bytes().get(..problem.range.start).unwrap_or_default());
        format!("{shown}:{}:{}: {}", place.line, place.column, problem.message)
    })?;
    if merged.text != existing {
        atomic::guard_against_interrupts();
        let written = match &before {
            Some(before) => atomic::replace(to, before, merged.text.as_bytes()),
            None => atomic::create(to, merged.text.as_bytes()),
        };
        written.map_err(|error| format!("{shown}: could not be written: {error}"))?;
    }
    let added = counted(merged.added, "actor added", "actors added");
    complain(&format!("{shown}: {added}, {} extended", merged.extended));
    Ok(ExitCode::SUCCESS)
}
