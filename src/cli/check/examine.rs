//! One text's findings, as every format prints them.

use std::ops::Range;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Plan;
use crate::annotate::{Doubt, annotate, doubts};
use crate::corpus::{Code, Corpus, Dispatch, Finding, Fix, Options, Severity, View};
use crate::text::{LineColumn, LineIndex};
use crate::workspace::Settings;
use crate::workspace::encoding::BadUtf8;

/// A finding with what is told about it. Places are 1-based, columns in code points.
#[derive(Debug, Clone)]
pub struct Reported {
    pub code: Code,
    pub severity: Severity,
    /// Bytes of the text.
    pub range: Range<usize>,
    pub start: LineColumn,
    pub end: LineColumn,
    pub message: String,
    pub related: Vec<(LineColumn, String)>,
    pub fix: Option<ReportedFix>,
}

#[derive(Debug, Clone)]
pub struct ReportedFix {
    pub title: String,
    pub safe: bool,
    pub edits: Vec<ReportedEdit>,
}

#[derive(Debug, Clone)]
pub struct ReportedEdit {
    pub start: LineColumn,
    pub end: LineColumn,
    pub text: String,
}

/// What of the findings of a text is wanted, in file order.
pub fn wanted<'a>(
    view: &'a View,
    length: usize,
    plan: &'a Plan,
    settings: &'a Settings,
) -> impl Iterator<Item = (Finding, Severity)> + 'a {
    // A finding at the very end touches the empty range there.
    let everywhere = 0..length.saturating_add(1);
    view.findings(everywhere)
        .filter(|finding| plan.codes.contains(&finding.code))
        .filter_map(|finding| settings.severity(finding.code).map(|severity| (finding, severity)))
}

/// The wanted findings of `text` that the baseline doesn't have, with the index of its lines where there are any.
pub fn examine(
    text: &str,
    options: &Options,
    plan: &Plan,
    settings: &Settings,
    damage: Option<&BadUtf8>,
) -> (Vec<Reported>, Option<LineIndex>) {
    let corpus = Corpus::read(text, options);
    let view = corpus.view();
    let mut found: Vec<(Finding, Severity)> = wanted(&view, text.len(), plan, settings).collect();
    let unseen = damage.filter(|damage| !found.iter().any(|(finding, _)| is_damage(finding, damage)));
    if let (Some(damage), Some(severity)) = (unseen, encoding_severity(plan, settings)) {
        let range = damage.offset..text.ceil_char_boundary(damage.offset.saturating_add(1));
        let at = found.partition_point(|(finding, _)| finding.range.start < range.start);
        found.insert(at, (Finding::new(Code::F026, range), severity));
    }
    let doubtful = doubtful(text, &view, plan, settings);
    if found.is_empty() && doubtful.is_empty() {
        return (Vec::new(), None);
    }
    let index = LineIndex::new(text);
    let mut reported = report(text, &view, &index, 0, found, damage);
    let mut places = Places { text, index: &index, lines: 0, last: None };
    reported.extend(doubtful.into_iter().map(|(doubt, range, severity)| Reported {
        code: doubt.code,
        severity,
        start: places.at(range.start),
        end: places.at(range.end),
        message: doubt.message,
        related: Vec::new(),
        fix: None,
        range,
    }));
    reported.sort_by_key(|finding| finding.range.start);
    (reported, Some(index))
}

/// What is doubtful in the dispatches, where that is wanted, with its place in the text.
fn doubtful(text: &str, view: &View, plan: &Plan, settings: &Settings) -> Vec<(Doubt, Range<usize>, Severity)> {
    let Some(gazetteer) = &plan.gazetteer else { return Vec::new() };
    let dispatches: Vec<Dispatch> = view.dispatches(0..view.len()).collect();
    let of_dispatch = |dispatch: &Dispatch| {
        let (prose, date) = (dispatch.prose(), dispatch.date.as_ref().map(|date| date.date));
        let body = text.get(prose.clone()).unwrap_or_default();
        let doubts = doubts(body, date, &annotate(body, date, gazetteer), gazetteer);
        let placed = doubts.into_iter().filter(|doubt| plan.codes.contains(&doubt.code)).filter_map(|doubt| {
            let (range, severity) = (doubt.span.at(prose.start), settings.severity(doubt.code)?);
            Some((doubt, range, severity))
        });
        placed.collect::<Vec<_>>()
    };
    dispatches.par_iter().flat_map_iter(of_dispatch).collect()
}

/// What is told about findings of `text`, which `lines` lines of the file stand in front of.
pub fn report(
    text: &str,
    view: &View,
    index: &LineIndex,
    lines: usize,
    found: Vec<(Finding, Severity)>,
    damage: Option<&BadUtf8>,
) -> Vec<Reported> {
    let mut places = Places { text, index, lines, last: None };
    let reported = found.into_iter().map(|(finding, severity)| {
        let message = match damage {
            Some(damage) if is_damage(&finding, damage) => damage.message.clone(),
            _ => view.message(text, &finding),
        };
        // The text of a damaged file is not what the file holds: no edit of it can be right.
        let fix = if damage.is_some() { None } else { view.fixes(text, &finding).into_iter().next() };
        let related = view.related(text, &finding).into_iter();
        Reported {
            code: finding.code,
            severity,
            start: places.at(finding.range.start),
            end: places.at(finding.range.end),
            message,
            related: related.map(|(range, what)| (places.at(range.start), what)).collect(),
            fix: fix.map(|fix| places.fix(fix)),
            range: finding.range,
        }
    });
    reported.collect()
}

fn is_damage(finding: &Finding, damage: &BadUtf8) -> bool {
    finding.code == Code::F026
        && finding.range.start <= damage.offset
        && damage.offset < finding.range.end.max(finding.range.start + 1)
}

fn encoding_severity(plan: &Plan, settings: &Settings) -> Option<Severity> {
    plan.codes.contains(&Code::F026).then(|| settings.severity(Code::F026)).flatten()
}

/// Places in a text. Counts on from the last place of the same line, so that many on one long line cost no more
/// than the line.
struct Places<'a> {
    text: &'a str,
    index: &'a LineIndex,
    /// Lines of the file in front of the text.
    lines: usize,
    last: Option<(usize, LineColumn)>,
}

impl Places<'_> {
    fn at(&mut self, offset: usize) -> LineColumn {
        let offset = offset.min(self.text.len());
        let line = self.index.line_of(offset) + 1 + self.lines;
        let place = match self.last {
            Some((from, place)) if place.line == line && from <= offset => {
                LineColumn { line, column: place.column + self.characters(from..offset) }
            }
            Some((from, place)) if place.line == line => {
                LineColumn { line, column: place.column.saturating_sub(self.characters(offset..from)) }
            }
            _ => LineColumn { line, ..self.index.locate(self.text, offset) },
        };
        self.last = Some((offset, place));
        place
    }

    fn characters(&self, range: Range<usize>) -> usize {
        let bytes = self.text.as_bytes().get(range).unwrap_or_default();
        bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
    }

    fn fix(&mut self, fix: Fix) -> ReportedFix {
        let edits = fix.edits.into_iter().map(|edit| {
            let (start, end) = (self.at(edit.start()), self.at(edit.end()));
            ReportedEdit { start, end, text: edit.put }
        });
        ReportedFix { title: fix.title, safe: fix.safe, edits: edits.collect() }
    }
}
