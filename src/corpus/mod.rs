//! The corpus format: dialects, delimiters, headers, the index of dispatches, findings and their fixes.
//!
//! [`Corpus`] is kept by whoever owns a text and follows its edits; [`View`] is an immutable snapshot of it that
//! answers every question. Reading never fails: any text has a view. All offsets are bytes from the start of the file.

mod body;
mod chunk;
mod codes;
mod convert;
mod date;
mod date_fixes;
mod dateline;
mod dialect;
mod dispatch;
mod dispatch_date;
mod fenced;
mod findings;
mod fixes;
mod header;
mod index;
mod keys;
mod lines;
mod mark;
mod messages;
mod name;
mod one_line;
mod opening;
pub mod parts;
mod piece;
mod places;
mod plain;
mod profile;
mod recognise;
mod ruled;
mod shape;
mod style;
mod tag;
mod text_findings;
mod view;
mod view_findings;

pub use codes::{Code, KINDS, Kind, Repair, Severity};
pub use date::{MONTHS, PartialDate, Reading, WeekdaySaid, read as read_date, weekday_name};
pub use dialect::Dialect;
pub use dispatch::{Delimiter, Dispatch, Field, Header};
pub use dispatch_date::{DateSource, DispatchDate};
pub use fixes::Fix;
pub use header::known_key;
pub use index::Corpus;
pub use keys::{HEADER_KEYS, HeaderKey};
pub use name::{MAX_NAME, RECORD, folded, made_safe, unsafety};
pub use view::View;
pub use view_findings::{Finding, Run};

use jiff::civil::Date;

use crate::text::span;

/// What reading depends on beside the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Read as this dialect, whatever wins.
    pub dialect: Option<Dialect>,
    /// No dispatch is later than this (setting `corpus.latest`).
    pub latest: Option<Date>,
    /// Name of the corpus file, without folders; a date in it is the last resort for a dispatch's date.
    pub file_name: String,
}
