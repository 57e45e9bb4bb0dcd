//! `--format csv`: one annotation a row, in the order of the text. Spans are code points of the whole file.

use super::offsets::Offsets;
use super::{Annotated, Plan};
use crate::text::Span;

const COLUMNS: &[&str] =
    &["path", "file", "date", "layer", "start", "end", "text", "type", "value", "actor", "name", "of_claim"];

pub fn header(explain: bool) -> Vec<u8> {
    let rule = explain.then_some("rule");
    row(COLUMNS.iter().copied().chain(rule))
}

/// The rows of one dispatch.
pub fn write(plan: &Plan, dispatch: &Annotated, offsets: &mut Offsets, out: &mut Vec<u8>) {
    let found = &dispatch.annotations;
    let mut rows: Vec<Row> = Vec::new();
    let named = |actor: Option<usize>| {
        let actor = actor.and_then(|actor| found.actors.get(actor));
        let id = actor.and_then(|actor| actor.entry).and_then(|entry| plan.gazetteer.entry(entry, None));
        (id.map_or("", |entry| entry.id), actor.map_or("", |actor| actor.name.as_str()))
    };
    for mention in &found.mentions {
        let (actor, name) = named(Some(mention.actor));
        let value = mention.form.name();
        let kind = mention.kind.name();
        rows.push(Row {
            layer: "actor",
            span: mention.span,
            kind,
            value,
            actor,
            name,
            claim: None,
            rule: mention.rule,
        });
    }
    for date in &found.dates {
        let (kind, value) = (date.kind.name(), date.value.as_str());
        rows.push(Row {
            layer: "date",
            span: date.span,
            kind,
            value,
            actor: "",
            name: "",
            claim: None,
            rule: date.rule,
        });
    }
    for (number, claim) in found.claims.iter().enumerate() {
        let (actor, name) = named(claim.actor);
        let parts = [
            ("source", &claim.source, claim.kind.name()),
            ("cue", &claim.cue, claim.class.name()),
            ("content", &claim.content, claim.factuality.name()),
        ];
        for (layer, spans, value) in parts {
            rows.extend(spans.iter().map(|span| Row {
                layer,
                span: *span,
                kind: claim.kind.name(),
                value,
                actor,
                name,
                claim: Some(number),
                rule: claim.rule,
            }));
        }
    }
    rows.sort_by_key(|row| (row.span.start, row.span.end, row.layer));
    let date = dispatch.date.map(|date| date.to_string()).unwrap_or_default();
    for line in rows {
        let place = line.span.at(dispatch.start);
        let (start, end) = (offsets.points(place.start).to_string(), offsets.points(place.end).to_string());
        let claim = line.claim.map(|claim| claim.to_string()).unwrap_or_default();
        let text = line.span.of(dispatch.text);
        let columns = [
            dispatch.path,
            dispatch.file,
            &date,
            line.layer,
            &start,
            &end,
            text,
            line.kind,
            line.value,
            line.actor,
            line.name,
            &claim,
        ];
        out.extend(row(columns.into_iter().chain(plan.explain.then_some(line.rule))));
    }
}

struct Row<'a> {
    layer: &'static str,
    span: Span,
    kind: &'static str,
    value: &'a str,
    actor: &'a str,
    name: &'a str,
    /// Number of the claim in its dispatch.
    claim: Option<usize>,
    rule: &'static str,
}

fn row<'a>(columns: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Into memory, nothing can fail.
    let _ = writer.write_record(columns);
    writer.into_inner().unwrap_or_default()
}
