//! Fixes: how each finding is repaired, as edits of the text. Made only for the findings that someone asks about.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::body::{Noticed, undo_mojibake};
use super::date::PartialDate;
use super::date_fixes::weekday_fixes;
use super::dispatch::Dispatch;
use super::findings::What;
use super::index::Place;
use super::lines::{Line, lines_from};
use super::mark::{Mark, Role};
use super::piece::LineEnd;
use super::view::View;
use super::view_findings::Finding;
use super::{Code, Dialect, Repair, header, name};
use crate::text::{Edit, Source};

/// A way to repair a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: `write "FILE"`.
    pub title: String,
    /// It changes only markup and loses nothing.
    pub safe: bool,
    /// Sorted, not overlapping.
    pub edits: Vec<Edit>,
}

/// Renumbering rewrites every number of the file: with more wrong numbers than this, each finding mends its own only.
const RENUMBER: usize = 200;

impl View {
    /// The ways to repair a finding, the likeliest first; empty where there is none.
    pub fn fixes(&self, source: &(impl Source + ?Sized), finding: &Finding) -> Vec<Fix> {
        let fixes = self.edits(source, finding);
        let safe = finding.code.kind().repair == Repair::Safe;
        fixes.into_iter().map(|(title, edits)| Fix { title, safe, edits }).collect()
    }

    fn edits(&self, source: &(impl Source + ?Sized), finding: &Finding) -> Vec<(String, Vec<Edit>)> {
        let range = finding.range.clone();
        let eol = self.line_end();
        let one = |title: String, edit: Edit| vec![(title, vec![edit])];
        let mark = self.structure(finding.place);
        match (finding.code, &finding.what) {
            (Code::F005, What::Put(put)) => {
                let title = if put.is_empty() { "Remove the invisible character" } else { "Write a space" };
                one(title.into(), Edit::new(range, &**put))
            }
            (Code::F006, _) => one("Remove the byte order mark".into(), Edit::delete(range)),
            (Code::F007, _) => one("Remove the white space".into(), Edit::delete(range)),
            (_, What::Put(put)) => {
                let title = match (put.trim(), range.is_empty()) {
                    ("", true) => "Insert a space".to_owned(),
                    ("", false) if put.is_empty() => "Remove it".to_owned(),
                    ("", false) => "Write one space".to_owned(),
                    (text, true) => format!("Add `{}`", first_line(text)),
                    (text, false) => format!("Write `{}`", first_line(text)),
                };
                one(title, Edit::new(range, put.replace('\n', eol)))
            }
            (Code::F008, _) => mark.map(|mark| self.split_line(finding, mark)).unwrap_or_default(),
            (Code::F009, _) => self.insert_name(source, finding),
            (Code::F010, _) => {
                let label = self.piece(finding.place).map_or(0, |piece| piece.label);
                let new = self.renames(source).get(&label).cloned();
                new.map(|new| one(format!("Rename to `{new}`"), Edit::new(range, new.clone()))).unwrap_or_default()
            }
            (Code::F011, _) => {
                let safe = name::made_safe(&source.part(range.clone()));
                let new = self.free_name(if safe.is_empty() { "dispatch" } else { &safe });
                one(format!("Rename to `{new}`"), Edit::new(range, new.clone()))
            }
            (Code::F012, _) | (Code::F025, What::Unclosed) => self.close(source, finding.place),
            (Code::F013, _) | (Code::F025, What::Orphan) => {
                let line = mark.map_or(range, |mark| finding.base..finding.base + mark.end as usize);
                one("Remove the closer".into(), Edit::delete(line))
            }
            (Code::F014, What::Opener(label)) => {
                let open = self.opener_name(source, *label);
                open.map(|open| one(format!("Write `{open}`"), Edit::new(range, open.clone()))).unwrap_or_default()
            }
            (Code::F015, What::Opener(label)) => {
                self.labelled(*label).map(|outer| self.close(source, outer)).unwrap_or_default()
            }
            (Code::F017, _) => one("Insert a blank line".into(), Edit::insert(range.start, eol)),
            (Code::F018, _) if mark.is_some_and(Mark::has_text_before) => Vec::new(),
            // At the very start of the line: an indent would go on to be one.
            (Code::F018, _) => one("Quote it with `>`".into(), Edit::insert(finding.base, ">")),
            // An opener without a name, and with no right number, would be no better.
            (Code::F019 | Code::F020, _) if self.profile.dialect.is_nameless() => Vec::new(),
            (Code::F019, _) => self.convert_one(source, finding),
            (Code::F020, _) => {
                let name = self.free_name("preamble.txt");
                let opener = self.profile.style.opener(&name, 0, 0, eol);
                let start = source
                    .part(finding.base..range.start)
                    .rfind(['\n', '\r'])
                    .map_or(finding.base, |at| finding.base + at + 1);
                let start = if start == 0 && source.part(0..3).starts_with('\u{FEFF}') { 3 } else { start };
                one("Open a dispatch for this text".into(), Edit::insert(start, format!("{opener}{eol}{eol}")))
            }
            // Text in front of the opener on its line is another dispatch's: that line must be split first.
            (Code::F021, _) if mark.is_some_and(Mark::has_text_before) => Vec::new(),
            (Code::F021, _) => {
                let dispatch = self.dispatch_at(finding.base);
                dispatch
                    .map(|dispatch| one("Delete the empty dispatch".into(), Edit::delete(dispatch.range)))
                    .unwrap_or_default()
            }
            (Code::F022, _) => {
                vec![(format!("End every line with {}", self.profile.line_end.name()), self.unify_line_ends(source))]
            }
            (Code::F023, _) => one("Add a line end".into(), Edit::insert(range.start, eol)),
            (Code::F024, What::Number(right)) => self.renumber(source, range, *right),
            (Code::F025, What::WrongCase(element)) => {
                one(format!("Write `{}`", element.name()), Edit::new(range, element.name()))
            }
            (Code::F026, What::Noticed(noticed)) => {
                let text = source.part(range.clone());
                let right = match noticed {
                    Noticed::Mojibake => undo_mojibake(&text),
                    Noticed::Control(c @ '\u{80}'..='\u{9F}') => windows_1252(*c),
                    _ => None,
                };
                right
                    .map(|right| one(format!("Write `{}`", first_line(&right)), Edit::new(range, right.clone())))
                    .unwrap_or_default()
            }
            (Code::H001, _) => {
                let key = header::nearest_key(&source.part(range.clone()));
                key.map(|key| one(format!("Rename to `{key}`"), Edit::new(range, key))).unwrap_or_default()
            }
            (Code::H002, _) => {
                let line = self.line(source, &range);
                one("Remove the repeated line".into(), Edit::delete(line))
            }
            (Code::H003, _) => self.insert_date(source, finding, eol),
            (Code::H005, What::Readings(readings)) => {
                let write =
                    |date: &PartialDate| (format!("Write `{date}`"), vec![Edit::new(range.clone(), date.to_string())]);
                readings.iter().map(write).collect()
            }
            (Code::H007, What::Weekday { said, date, span }) => {
                weekday_fixes(source, finding, *said, *date, span.at(finding.base))
            }
            (Code::H008, What::Other(date, from)) => self.take_one_date(source, finding, *date, from.name()),
            (Code::H010, _) => {
                let line = self.line(source, &range);
                let alone = source.part(line.clone()).trim() == source.part(range.clone()).trim();
                one("Delete it".into(), Edit::delete(if alone { line } else { range }))
            }
            _ => Vec::new(),
        }
    }

    /// The whole line of a range, with its line end, if it starts in one.
    fn line(&self, source: &(impl Source + ?Sized), range: &Range<usize>) -> Range<usize> {
        let reach = 64 * 1024;
        let from = range.start.saturating_sub(reach);
        let text = source.part(from..range.end + reach);
        let at = range.start - from;
        let start = text.get(..at).and_then(|head| head.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
        match Line::at(&text, start) {
            Some(line) => from + line.start..from + line.next,
            None => range.clone(),
        }
    }

    fn split_line(&self, finding: &Finding, mark: &Mark) -> Vec<(String, Vec<Edit>)> {
        let eol = self.line_end();
        let delimiter = mark.span.at(finding.base);
        let edit = if finding.range.end <= delimiter.start {
            let blank = if self.profile.blank_before { eol } else { "" };
            Edit::new(finding.range.end..delimiter.start, format!("{eol}{blank}"))
        } else {
            Edit::new(delimiter.end..finding.range.start, eol)
        };
        vec![("Put the delimiter on a line of its own".into(), vec![edit])]
    }

    /// A name from the header, or the dispatch's number.
    fn insert_name(&self, source: &(impl Source + ?Sized), finding: &Finding) -> Vec<(String, Vec<Edit>)> {
        let Some(dispatch) = self.dispatch_at(finding.base) else { return Vec::new() };
        let name = self.free_name(&suggested_name(source, &dispatch));
        let before = source.part(finding.range.start.saturating_sub(1)..finding.range.start);
        let after = source.part(finding.range.start..finding.range.start + 1);
        let is_tag = dispatch.opener.as_ref().is_some_and(|opener| opener.dialect == Dialect::Tag);
        let text = if is_tag && before.ends_with(['"', '\'']) {
            super::style::escape_attribute(&name)
        } else if is_tag {
            format!("{}<DOCNO> {name} </DOCNO>", self.line_end())
        } else {
            let space_before = if before.ends_with([' ', '\t']) { "" } else { " " };
            let space_behind =
                if self.profile.style.spaced && !after.is_empty() && !after.starts_with([' ', '\n', '\r']) {
                    " "
                } else {
                    ""
                };
            format!("{space_before}{name}{space_behind}")
        };
        vec![(format!("Name it `{name}`"), vec![Edit::insert(finding.range.start, text)])]
    }

    /// The keys of all names; gathered by walking over the corpus.
    fn keys(&self) -> name::Keys {
        let mut keys = (*self.names_before).clone();
        let mut at = None;
        while let Some((place, mark)) = self.next_structure(at) {
            keys.insert(mark.key);
            at = Some(place);
        }
        keys
    }

    /// `wanted`, numbered until no dispatch has it.
    pub fn free_name(&self, wanted: &str) -> String {
        let taken = self.keys.get_or_init(|| Arc::new(self.keys()));
        let mut number = 1;
        let mut name = wanted.to_owned();
        while taken.contains(&name::key(&name)) {
            number += 1;
            name = name::numbered(wanted, number);
        }
        name
    }

    /// A new name for every dispatch whose name was there before, by the label of its piece; made once a view.
    fn renames(&self, source: &(impl Source + ?Sized)) -> Arc<HashMap<u64, String>> {
        let make = || {
            let mut taken = self.keys();
            let mut next: HashMap<u64, usize> = HashMap::new();
            let mut renames = HashMap::new();
            for (label, key) in &self.duplicates.later {
                let Some(place) = self.labelled(*label) else { continue };
                let Some(mark) = self.structure(place) else { continue };
                let old = source.part(mark.name.at(self.offset(place)));
                let number = next.entry(*key).or_insert(1);
                let new = loop {
                    *number += 1;
                    let new = name::numbered(&old, *number);
                    if taken.insert(name::key(&new)) {
                        break new;
                    }
                };
                renames.insert(*label, new);
            }
            Arc::new(renames)
        };
        self.renames.get_or_init(make).clone()
    }

    /// Inserts the closer of the dispatch opened at `place` behind the last line of its text.
    fn close(&self, source: &(impl Source + ?Sized), place: Place) -> Vec<(String, Vec<Edit>)> {
        let Some(mark) = self.structure(place) else { return Vec::new() };
        let style = super::style::Style { element: mark.style.element, ..self.profile.style };
        let base = self.offset(place);
        let name = source.part(mark.name.at(base));
        let named = self.profile.names_closers && !name.is_empty();
        let Some(closer) = style.closer(named.then_some(&*name)) else { return Vec::new() };
        let opening = self.piece(place).and_then(|piece| piece.opening.as_deref());
        let mut end = base
            + opening
                .and_then(|opening| opening.header.as_ref())
                .map_or(mark.end, |header| header.entries.last().map_or(mark.end, |entry| entry.line().end))
                as usize;
        let (mut at, mut start) = (place, base);
        while let Some(piece) = self.piece(at) {
            if let Some(tail) = piece.tail {
                end = start + tail.line_end as usize;
            }
            start += piece.len;
            let Some(next) = self.next_place(at) else { break };
            match self.structure(next) {
                None => at = next,
                // The text goes on in front of the next delimiter: that line must be split first.
                Some(mark) if mark.has_text_before() => return Vec::new(),
                Some(_) => break,
            }
        }
        let eol = self.line_end();
        let ended = source.part(end.saturating_sub(1)..end).ends_with(['\n', '\r']);
        let text = if ended { format!("{closer}{eol}") } else { format!("{eol}{closer}") };
        vec![(format!("Insert `{closer}`"), vec![Edit::insert(end, text)])]
    }

    fn convert_one(&self, source: &(impl Source + ?Sized), finding: &Finding) -> Vec<(String, Vec<Edit>)> {
        let Some(mark) = self.piece(finding.place).and_then(|piece| piece.mark.as_deref()) else { return Vec::new() };
        let name = source.part(mark.name.at(finding.base));
        let name = if name.is_empty() { self.free_name("dispatch") } else { name.into_owned() };
        match self.written(&self.profile.style, &name, 0, 0) {
            Ok(opener) => {
                vec![(format!("Convert to `{}`", first_line(&opener)), vec![Edit::new(finding.range.clone(), opener)])]
            }
            Err(_) => Vec::new(),
        }
    }

    /// Every line end that is not like most.
    fn unify_line_ends(&self, source: &(impl Source + ?Sized)) -> Vec<Edit> {
        let right = self.profile.line_end;
        let mut edits = Vec::new();
        let mut base = 0;
        for slot in self.slots.iter() {
            let is_odd =
                LineEnd::ALL.into_iter().zip(slot.summary.line_ends).any(|(kind, count)| kind != right && count > 0);
            if is_odd {
                let text = source.part(base..base + slot.summary.bytes);
                let odd = lines_from(&text, 0)
                    .filter(|line| line.next > line.end && text.get(line.end..line.next) != Some(right.text()));
                edits.extend(odd.map(|line| Edit::new(base + line.end..base + line.next, right.text())));
            }
            base += slot.summary.bytes;
        }
        edits
    }

    fn renumber(&self, source: &(impl Source + ?Sized), range: Range<usize>, right: u32) -> Vec<(String, Vec<Edit>)> {
        let wrong = self.counts.get(Code::F024 as usize).copied().unwrap_or_default();
        // Of a part nobody knows which number its first one should have.
        if wrong > RENUMBER || self.starts_later || self.goes_on {
            return vec![(format!("Write `{right}`"), vec![Edit::new(range, right.to_string())])];
        }
        let total = self.dispatch_count().to_string();
        let mut edits = Vec::new();
        let (mut at, mut number) = (None, 0);
        while let Some((place, mark)) = self.next_structure(at) {
            at = Some(place);
            let Some(count) = mark.count() else { continue };
            number += 1;
            let base = self.offset(place);
            for (span, right) in [(count.number_span, number.to_string()), (count.total_span, total.clone())] {
                if source.part(span.at(base)) != right {
                    edits.push(Edit::new(span.at(base), right));
                }
            }
        }
        edits.sort();
        vec![("Renumber the documents".into(), edits)]
    }
}

/// The header's `id`, else a name made of its title, else the number of the dispatch.
pub(super) fn suggested_name(source: &(impl Source + ?Sized), dispatch: &Dispatch) -> String {
    let value = |key: &str| {
        let header = dispatch.header.as_ref()?;
        let field = header.fields.iter().find(|field| field.key == Some(key))?;
        let value = source.part(field.value.clone()).trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    let id = value("id").map(|id| name::made_safe(&id)).filter(|id| !id.is_empty() && !id.contains("  "));
    let title = || value("title").map(|title| name::slug(&title)).filter(|slug| !slug.is_empty());
    id.or_else(title).unwrap_or_else(|| format!("dispatch-{}", dispatch.number + 1))
}

fn first_line(text: &str) -> &str {
    text.lines().find(|line| !line.is_empty()).unwrap_or(text)
}

/// The character that Windows-1252 has where Latin-1 has a C1 control.
fn windows_1252(control: char) -> Option<String> {
    let byte = u8::try_from(u32::from(control)).ok()?;
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().all(|c| !c.is_control()).then(|| text.into_owned())
}

/// Used by [`View::format`] and by conversion: the edits of all safe fixes of delimiters.
pub(super) fn is_delimiter_fix(code: Code) -> bool {
    matches!(
        code,
        Code::F001 | Code::F002 | Code::F003 | Code::F004 | Code::F005 | Code::F007 | Code::F016 | Code::F017
    )
}

/// Whether a mark opens a dispatch.
pub(super) fn opens(mark: &Mark) -> bool {
    mark.role == Role::Opener
}
