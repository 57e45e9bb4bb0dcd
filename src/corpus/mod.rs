//! The corpus format: dialects, delimiters, headers, the index of dispatches, findings and their fixes.
//!
//! [`Corpus`] is kept by whoever owns a text and follows its edits; [`View`] is an immutable snapshot of it that
//! answers every question. Reading never fails: any text has a view. All offsets are bytes from the start of the file.

mod codes;
mod dialect;

pub use codes::{Code, KINDS, Kind, Repair, Severity};
pub use dialect::Dialect;

use std::ops::Range;

use jiff::civil::Date;

use crate::text::{Change, Edit, Source, Text};

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

/// The index of a corpus, kept up to date with the edits of its text.
#[derive(Debug, Default)]
pub struct Corpus {
    view: View,
}

impl Corpus {
    /// Reads a whole text.
    pub fn read(_text: &str, _options: &Options) -> Corpus {
        Corpus::default()
    }

    /// Follows one change; `text` is the text after it. The cost does not depend on the text's length.
    pub fn change(&mut self, _text: &Text, _change: Change) {}

    /// A snapshot, in constant time.
    pub fn view(&self) -> View {
        self.view.clone()
    }
}

/// An immutable snapshot of the index.
#[derive(Debug, Clone, Default)]
pub struct View {}

impl View {
    /// The dialect the corpus is read in.
    pub fn dialect(&self) -> Dialect {
        Dialect::Single
    }

    /// How many dispatches there are. A file without any delimiter is one.
    pub fn dispatch_count(&self) -> usize {
        1
    }

    /// The dispatches that touch `range`, in file order, made as they are asked for.
    pub fn dispatches(&self, _range: Range<usize>) -> impl Iterator<Item = Dispatch> + '_ {
        std::iter::empty()
    }

    /// The dispatch that holds `offset`; none in a preamble.
    pub fn dispatch_at(&self, offset: usize) -> Option<Dispatch> {
        self.dispatches(offset..offset.saturating_add(1)).next()
    }

    /// The findings that touch `range`, in file order, made as they are asked for.
    pub fn findings(&self, _range: Range<usize>) -> impl Iterator<Item = Finding> + '_ {
        std::iter::empty()
    }

    /// How many findings of each kind there are in the whole corpus; constant time.
    pub fn finding_counts(&self) -> impl Iterator<Item = (Code, usize)> + '_ {
        std::iter::empty()
    }

    /// What to tell a person about a finding.
    pub fn message(&self, _source: &(impl Source + ?Sized), finding: &Finding) -> String {
        finding.code.kind().finds.to_owned()
    }

    /// Other places that explain a finding, and what they are.
    pub fn related(&self, _source: &(impl Source + ?Sized), _finding: &Finding) -> Vec<(Range<usize>, String)> {
        Vec::new()
    }

    /// The ways to repair a finding, the likeliest first; empty where there is none.
    pub fn fixes(&self, _source: &(impl Source + ?Sized), _finding: &Finding) -> Vec<Fix> {
        Vec::new()
    }

    /// The edits that rewrite every delimiter of the corpus in another dialect, sorted.
    /// An error says why it can't be done.
    pub fn convert(&self, _source: &(impl Source + ?Sized), _to: Dialect) -> Result<Vec<Edit>, String> {
        Ok(Vec::new())
    }

    /// The edits that put delimiters and headers in `range` in their usual form; prose is never touched. Sorted.
    pub fn format(&self, _source: &(impl Source + ?Sized), _range: Range<usize>) -> Vec<Edit> {
        Vec::new()
    }
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    pub range: Range<usize>,
}

/// A way to repair a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: `write "FILE"`.
    pub title: String,
    pub safe: bool,
    /// Sorted, not overlapping.
    pub edits: Vec<Edit>,
}

/// One dispatch of a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispatch {
    /// Place among the dispatches, from 0.
    pub number: usize,
    /// From its opener to the next one.
    pub range: Range<usize>,
    pub opener: Option<Delimiter>,
    pub header: Option<Header>,
    /// `date YYYY-MM-DD` in front of the text.
    pub prologue: Option<Range<usize>>,
    /// From behind opener, header and blank line to the closer or the end.
    pub body: Range<usize>,
    pub closer: Option<Delimiter>,
    /// The dispatch date, and from where.
    pub date: Option<DispatchDate>,
}

/// An opener or a closer as it stands in the text, well-formed or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Delimiter {
    pub dialect: Dialect,
    pub well_formed: bool,
    /// The delimiter without its line end; over three lines in gitingest's form.
    pub range: Range<usize>,
    /// The word `FILE` (or the tag's name).
    pub keyword: Option<Range<usize>>,
    /// The name; `None` where there is none.
    pub name: Option<Range<usize>>,
}

/// The header below an opener.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Without the blank line behind it.
    pub range: Range<usize>,
    pub fields: Vec<Field>,
}

/// One `key: value` line.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The canonical key (`date` for `PD`), `None` where it is not known.
    pub key: Option<&'static str>,
    pub key_range: Range<usize>,
    /// Without white space around it.
    pub value: Range<usize>,
}

/// Where a dispatch date comes from, in the order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateSource {
    Header,
    Prologue,
    Dateline,
    Name,
    CorpusName,
}

/// The day against which relative dates are resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchDate {
    pub source: DateSource,
    pub year: i16,
    pub month: Option<i8>,
    pub day: Option<i8>,
    /// Where it stands; empty for a date from the corpus file's name.
    pub range: Range<usize>,
}

impl DispatchDate {
    /// The whole date, where month and day are known.
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }
}

impl std::fmt::Display for DispatchDate {
    /// `2024-12-01`, `2024-12` or `2024`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// A known header key.
#[derive(Debug)]
pub struct HeaderKey {
    pub key: &'static str,
    /// Other ways to write it that are read as this one.
    pub aliases: &'static [&'static str],
    /// What its value is, for hover and completion.
    pub meaning: &'static str,
}

/// The known header keys, in the order in which a header has them.
pub static HEADER_KEYS: &[HeaderKey] = &[
    HeaderKey {
        key: "id",
        aliases: &["DOCNO", "DOCID", "AN", "NEWID", "story_id"],
        meaning: "identifier of the dispatch at its agency or archive",
    },
    HeaderKey {
        key: "date",
        aliases: &["PD", "pub_date", "publication_date", "publication-date", "created", "LOAD-DATE"],
        meaning: "dispatch date, `YYYY-MM-DD`: the day against which relative dates are resolved",
    },
    HeaderKey {
        key: "source",
        aliases: &["SN", "publisher", "PUB", "credit"],
        meaning: "agency or paper that sent it",
    },
    HeaderKey { key: "url", aliases: &[], meaning: "where it was published" },
    HeaderKey { key: "title", aliases: &["HD", "HEADLINE", "HL", "TI", "headline"], meaning: "headline" },
    HeaderKey { key: "byline", aliases: &["BY", "AUTHOR", "author"], meaning: "who wrote it" },
    HeaderKey {
        key: "dateline",
        aliases: &[],
        meaning: "place and day as the dispatch gives them, `BEIJING, June 25 (Xinhua)`",
    },
    HeaderKey { key: "place", aliases: &[], meaning: "where it was filed" },
    HeaderKey { key: "lang", aliases: &[], meaning: "language of the text, as a BCP 47 tag: `en`, `ar`, `zh-Hans`" },
    HeaderKey { key: "type", aliases: &[], meaning: "kind of dispatch: `story`, `advisory`, `multi`, `other`" },
    HeaderKey { key: "wire", aliases: &[], meaning: "service it was sent on" },
    HeaderKey { key: "retrieved", aliases: &[], meaning: "day on which it was fetched, `YYYY-MM-DD`" },
    HeaderKey { key: "sha256", aliases: &[], meaning: "checksum of the text as fetched" },
];
