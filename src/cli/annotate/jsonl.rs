//! One JSON object a dispatch and line: docs/annotate.md has the fields. Spans are code points of the whole file.

use serde::Serialize;

use super::offsets::Offsets;
use super::{Annotated, Plan};
use crate::annotate::{Claim, Mention, Timex};
use crate::text::Span;

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    file: &'a str,
    date: Option<String>,
    span: [usize; 2],
    actors: Vec<ActorField<'a>>,
    dates: Vec<DateField<'a>>,
    claims: Vec<ClaimField<'a>>,
}

#[derive(Serialize)]
struct ActorField<'a> {
    span: [usize; 2],
    full: [usize; 2],
    text: &'a str,
    r#type: &'static str,
    form: &'static str,
    actor: Option<&'a str>,
    name: &'a str,
    role: Option<&'a str>,
    country: Option<&'a str>,
    cluster: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
}

#[derive(Serialize)]
struct DateField<'a> {
    span: [usize; 2],
    text: &'a str,
    r#type: &'static str,
    value: &'a str,
    r#mod: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
}

#[derive(Serialize)]
struct ClaimField<'a> {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
    kind: &'static str,
    cue_class: &'static str,
    factuality: &'static str,
    actor: Option<&'a str>,
    cluster: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
}

/// Writes the line of one dispatch.
pub fn write(plan: &Plan, dispatch: &Annotated, offsets: &mut Offsets, out: &mut Vec<u8>) {
    let range = [offsets.points(dispatch.range.start), offsets.points(dispatch.range.end)];
    let mut place = |span: Span| {
        let range = span.at(dispatch.start);
        [offsets.points(range.start), offsets.points(range.end)]
    };
    let found = &dispatch.annotations;
    let id = |actor: usize| {
        let entry = found.actors.get(actor)?.entry?;
        plan.gazetteer.entry(entry, None).map(|entry| entry.id)
    };
    let line = Line {
        path: dispatch.path,
        file: dispatch.file,
        date: dispatch.date.map(|date| date.to_string()),
        span: range,
        actors: found
            .mentions
            .iter()
            .filter_map(|mention: &Mention| {
                let actor = found.actors.get(mention.actor)?;
                Some(ActorField {
                    span: place(mention.span),
                    full: place(mention.full),
                    text: mention.span.of(dispatch.text),
                    r#type: mention.kind.name(),
                    form: mention.form.name(),
                    actor: id(mention.actor),
                    name: &actor.name,
                    role: actor.role.as_deref(),
                    country: actor.country.as_deref(),
                    cluster: mention.actor,
                    rule: plan.explain.then_some(mention.rule),
                })
            })
            .collect(),
        dates: found
            .dates
            .iter()
            .map(|date: &Timex| DateField {
                span: place(date.span),
                text: date.span.of(dispatch.text),
                r#type: date.kind.name(),
                value: &date.value,
                r#mod: date.modifier.map(|modifier| modifier.name()),
                rule: plan.explain.then_some(date.rule),
            })
            .collect(),
        claims: found
            .claims
            .iter()
            .map(|claim: &Claim| ClaimField {
                source: claim.source.iter().map(|span| place(*span)).collect(),
                cue: claim.cue.iter().map(|span| place(*span)).collect(),
                content: claim.content.iter().map(|span| place(*span)).collect(),
                kind: claim.kind.name(),
                cue_class: claim.class.name(),
                factuality: claim.factuality.name(),
                actor: claim.actor.and_then(id),
                cluster: claim.actor,
                rule: plan.explain.then_some(claim.rule),
            })
            .collect(),
    };
    // A line of strings and numbers can always be written.
    let _ = serde_json::to_writer(&mut *out, &line);
    out.push(b'\n');
}
