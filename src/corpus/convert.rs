//! Conversion to another dialect, and formatting: both rewrite delimiters and headers, never prose.

use std::ops::Range;

use super::fixes::{is_delimiter_fix, opens, suggested_name};
use super::lines::Line;
use super::mark::Mark;
use super::profile::Part;
use super::recognise::recognise;
use super::style::Style;
use super::view::View;
use super::{Dialect, name};
use crate::text::{Edit, Source, merge};

impl View {
    /// The edits that rewrite every delimiter of the corpus, well-formed or not, in another dialect; sorted.
    /// An error says why it can't be done: names that the dialect cannot write, or no names at all. `None` as soon as
    /// `goes_on` is false of the bytes that are done.
    pub fn convert(
        &self,
        source: &(impl Source + ?Sized),
        to: Dialect,
        goes_on: &dyn Fn(usize) -> bool,
    ) -> Option<Result<Vec<Edit>, String>> {
        let mut is_wanted = true;
        let edits = self.conversion(source, to, &mut |done| {
            is_wanted = goes_on(done);
            is_wanted
        });
        is_wanted.then_some(edits)
    }

    fn conversion(
        &self,
        source: &(impl Source + ?Sized),
        to: Dialect,
        goes_on: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Vec<Edit>, String> {
        if !self.profile.opens {
            return Err("there is no delimiter to convert: the file is one dispatch".into());
        }
        let style = if to == self.profile.dialect { self.profile.style } else { Style::usual(to) };
        if matches!(to, Dialect::Single | Dialect::Lexis | Dialect::Proquest) && to != self.profile.dialect {
            return Err(format!("`{}` has no names: those of this corpus would be lost", to.name()));
        }
        let eol = self.line_end();
        let total = self.dispatch_count();
        let closes = style.closer(None).is_some();
        let must_close = closes && (self.profile.closes || to == Dialect::Tag);
        let mut edits = Vec::new();
        let mut number = 0;
        let mut place = super::index::Place::default();
        let mut base = 0;
        let mut open_end: Option<usize> = None;
        let mut names = std::collections::HashSet::new();
        while let Some(piece) = self.piece(place)
            && goes_on(base)
        {
            let mark = piece.mark.as_deref();
            let part = mark.map_or(Part::Text, |mark| self.profile.part(mark));
            match mark {
                Some(mark) if part == Part::Text && mark.dialect() == to && mark.well_formed => {
                    let line = line_of(source, &mark.span.at(base));
                    return Err(format!("line {line} is text that `{}` would read as a delimiter", to.name()));
                }
                Some(mark) if part != Part::Text && opens(mark) => {
                    if let Some(at) = open_end.take() {
                        edits.push(self.closing(source, &style, at, eol));
                    }
                    number += 1;
                    let mut new = self.name_of(source, mark, base).unwrap_or_else(|| {
                        self.dispatch_at(base)
                            .map_or_else(|| format!("dispatch-{number}"), |dispatch| suggested_name(source, &dispatch))
                    });
                    if !names.insert(name::key(&new)) && mark.key == 0 {
                        new = self.free_name(&new);
                    }
                    let opener = self.written(&style, &new, number, total)?;
                    edits.extend(changed(source, mark.span.at(base), opener));
                    if must_close {
                        open_end = Some(base + mark.end as usize);
                    }
                }
                Some(mark) if part == Part::Structure => {
                    open_end = None;
                    match style.closer(None) {
                        Some(_) => {
                            let name = self.name_of(source, mark, base).filter(|_| to != Dialect::Tag);
                            let closer = style.closer(name.as_deref()).unwrap_or_default();
                            edits.extend(changed(source, mark.span.at(base), closer));
                        }
                        None => edits.push(Edit::delete(base..base + mark.end as usize)),
                    }
                }
                _ => {}
            }
            if let (Some(end), Some(tail)) = (&mut open_end, piece.tail) {
                *end = base + tail.line_end as usize;
            }
            base += piece.len;
            match self.next_place(place) {
                Some(next) => place = next,
                None => break,
            }
        }
        if let Some(at) = open_end {
            edits.push(self.closing(source, &style, at, eol));
        }
        Ok(merge(edits))
    }

    /// The edits that put delimiters and headers in `range` in their usual form; prose is never touched. Sorted.
    /// `None` as soon as `goes_on` is false of the bytes that are looked at.
    pub fn format(
        &self,
        source: &(impl Source + ?Sized),
        range: Range<usize>,
        goes_on: &dyn Fn(usize) -> bool,
    ) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        for finding in self.findings(range.clone()).filter(|finding| is_delimiter_fix(finding.code)) {
            if !goes_on(finding.range.start) {
                return None;
            }
            edits.extend(self.fixes(source, &finding).into_iter().next().into_iter().flat_map(|fix| fix.edits));
        }
        for dispatch in self.dispatches(range.clone()) {
            if !goes_on(dispatch.range.start) {
                return None;
            }
            for field in dispatch.header.iter().flat_map(|header| &header.fields) {
                if field.key_range.start > range.end || field.value.end < range.start {
                    continue;
                }
                let key = source.part(field.key_range.clone());
                let value = source.part(field.value.clone());
                let usual = match field.key {
                    Some(known) if known.eq_ignore_ascii_case(&key) => known.to_owned(),
                    _ => key.into_owned(),
                };
                let space = if value.is_empty() { "" } else { " " };
                let line = source.part(field.line.clone());
                let content = field.key_range.start..field.key_range.start + line.trim_end_matches(['\n', '\r']).len();
                edits.extend(changed(source, content, format!("{usual}:{space}{value}")));
            }
        }
        Some(merge(edits))
    }

    /// An opener of `style`, if a reader takes just this name out of it again.
    pub(super) fn written(&self, style: &Style, name: &str, number: usize, total: usize) -> Result<String, String> {
        let opener = style.opener(name, number, total, self.line_end());
        let read = Line::at(&opener, 0).and_then(|line| recognise(&opener, line));
        let counted = style.dialect.is_nameless();
        let same = read.is_some_and(|mark| {
            let read = style.dialect.name_of(mark.name.of(&opener));
            mark.dialect() == style.dialect && mark.well_formed && (counted || read == name)
        });
        if same { Ok(opener) } else { Err(format!("`{}` cannot write the name `{name}`", style.dialect.name())) }
    }

    /// The name of a delimiter as a reader has it.
    fn name_of(&self, source: &(impl Source + ?Sized), mark: &Mark, base: usize) -> Option<String> {
        let name = source.part(mark.name.at(base));
        let name = mark.dialect().name_of(&name);
        (!name.trim().is_empty()).then(|| name.into_owned())
    }

    fn closing(&self, source: &(impl Source + ?Sized), style: &Style, at: usize, eol: &str) -> Edit {
        let closer = style.closer(None).unwrap_or_default();
        let ended = source.part(at.saturating_sub(1)..at).ends_with(['\n', '\r']);
        Edit::insert(at, if ended { format!("{closer}{eol}") } else { format!("{eol}{closer}") })
    }
}

fn changed(source: &(impl Source + ?Sized), range: Range<usize>, put: String) -> Option<Edit> {
    (source.part(range.clone()) != put).then(|| Edit::new(range, put))
}

/// The line (from 1) of a place, for a message.
fn line_of(source: &(impl Source + ?Sized), range: &Range<usize>) -> usize {
    crate::text::LineIndex::new(&source.part(0..range.start)).line_of(range.start) + 1
}
