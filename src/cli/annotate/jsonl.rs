//! One JSON object a dispatch and line: docs/annotate.md has the fields. Spans are code points of the whole file.
//!
//! The keys are written as they stand here, for a derived serializer looks through each for what must be escaped: nearly
//! half of what is written is keys.

use serde::Serialize;

use super::offsets::Offsets;
use super::{Annotated, Plan};
use crate::annotate::{Claim, Mention, Timex};
use crate::text::Span;

/// Writes the line of one dispatch.
pub fn write(plan: &Plan, dispatch: &Annotated, offsets: &mut Offsets, out: &mut Vec<u8>) {
    let mut line = Line { plan, dispatch, offsets, out };
    let found = &dispatch.annotations;
    line.field("{\"path\":", dispatch.path);
    line.field(",\"file\":", dispatch.file);
    line.field(",\"date\":", &dispatch.date.map(|date| date.to_string()));
    let range = [line.offsets.points(dispatch.range.start), line.offsets.points(dispatch.range.end)];
    line.field(",\"span\":", &range);
    line.key(",\"actors\":");
    line.list(&found.mentions, Line::actor);
    line.key(",\"dates\":");
    line.list(&found.dates, Line::date);
    line.key(",\"claims\":");
    line.list(&found.claims, Line::claim);
    line.key("}\n");
}

/// A line on its way.
struct Line<'a, 'o, 't> {
    plan: &'a Plan,
    dispatch: &'a Annotated<'a>,
    offsets: &'o mut Offsets<'t>,
    out: &'o mut Vec<u8>,
}

impl<'a> Line<'a, '_, '_> {
    /// JSON as it is.
    fn key(&mut self, key: &str) {
        self.out.extend_from_slice(key.as_bytes());
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        // Strings and numbers can always be written.
        let _ = serde_json::to_writer(&mut *self.out, value);
    }

    fn field(&mut self, key: &str, value: &(impl Serialize + ?Sized)) {
        self.key(key);
        self.value(value);
    }

    fn list<T>(&mut self, items: &[T], each: impl Fn(&mut Self, &T)) {
        for (number, item) in items.iter().enumerate() {
            self.key(if number == 0 { "[" } else { "," });
            each(self, item);
        }
        self.key(if items.is_empty() { "[]" } else { "]" });
    }

    fn span(&mut self, span: &Span) {
        let range = span.at(self.dispatch.start);
        let points = [self.offsets.points(range.start), self.offsets.points(range.end)];
        self.value(&points);
    }

    /// The end of an object, with the rule where it is asked for.
    fn end(&mut self, rule: &str) {
        if self.plan.explain {
            self.field(",\"rule\":", rule);
        }
        self.key("}");
    }

    /// The id of a listed actor.
    fn id(&self, actor: usize) -> Option<&'a str> {
        let (plan, dispatch) = (self.plan, self.dispatch);
        let entry = dispatch.annotations.actors.get(actor)?.entry?;
        plan.gazetteer.entry(entry, None).map(|entry| entry.id)
    }

    fn actor(&mut self, mention: &Mention) {
        let dispatch = self.dispatch;
        let actor = dispatch.annotations.actors.get(mention.actor);
        self.key("{\"span\":");
        self.span(&mention.span);
        self.key(",\"full\":");
        self.span(&mention.full);
        self.field(",\"text\":", mention.span.of(dispatch.text));
        self.field(",\"type\":", mention.kind.name());
        self.field(",\"form\":", mention.form.name());
        self.field(",\"actor\":", &self.id(mention.actor));
        self.field(",\"name\":", actor.map_or("", |actor| &actor.name));
        self.field(",\"role\":", &actor.and_then(|actor| actor.role.as_deref()));
        self.field(",\"country\":", &actor.and_then(|actor| actor.country.as_deref()));
        self.field(",\"cluster\":", &mention.actor);
        self.end(mention.rule);
    }

    fn date(&mut self, date: &Timex) {
        self.key("{\"span\":");
        self.span(&date.span);
        self.field(",\"text\":", date.span.of(self.dispatch.text));
        self.field(",\"type\":", date.kind.name());
        self.field(",\"value\":", &date.value);
        self.field(",\"mod\":", &date.modifier.map(|modifier| modifier.name()));
        self.end(date.rule);
    }

    fn claim(&mut self, claim: &Claim) {
        self.key("{\"source\":");
        self.list(&claim.source, Line::span);
        self.key(",\"cue\":");
        self.list(&claim.cue, Line::span);
        self.key(",\"content\":");
        self.list(&claim.content, Line::span);
        self.field(",\"kind\":", claim.kind.name());
        self.field(",\"cue_class\":", claim.class.name());
        self.field(",\"factuality\":", claim.factuality.name());
        self.field(",\"actor\":", &claim.actor.and_then(|actor| self.id(actor)));
        self.field(",\"cluster\":", &claim.actor);
        self.end(claim.rule);
    }
}
