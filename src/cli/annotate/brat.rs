//! `--format brat`: the text of a dispatch and its annotations in brat's standoff format, claims with PolNeAR's types
//! (`Source`, `Cue`, `Content`, and an `Attribution` that holds them). Offsets are code points of the `.txt` file.

use super::Annotated;
use super::offsets::{Offset, Offsets};
use super::to_folder::Document;
use crate::annotate::ActorKind;
use crate::text::Span;

/// The two files of a dispatch.
pub fn document(dispatch: &Annotated) -> Document {
    let mut entities = Entities {
        text: dispatch.text,
        offsets: Offsets::new(dispatch.text, 0, Offset::default()),
        lines: String::new(),
        count: 0,
    };
    let found = &dispatch.annotations;
    let mut rest = String::new();
    let mut note = |number: usize, of: usize, text: &str| {
        rest.push_str(&format!("#{number}\tAnnotatorNotes T{of}\t{}\n", one_line(text)));
    };
    let mut notes = 0;
    for mention in &found.mentions {
        let id = entities.add(actor_type(mention.kind), &[mention.span]);
        if let (Some(id), Some(actor)) = (id, found.actors.get(mention.actor)) {
            notes += 1;
            note(notes, id, &actor.name);
        }
    }
    for date in &found.dates {
        if let Some(id) = entities.add("Timex3", &[date.span]) {
            notes += 1;
            note(notes, id, &format!("{} {}", date.kind.name(), date.value));
        }
    }
    let mut events = String::new();
    let mut attributes = String::new();
    for (number, claim) in (1..).zip(&found.claims) {
        let Some(cue) = entities.add("Cue", &claim.cue) else { continue };
        let content = entities.add("Content", &claim.content).map(|id| format!(" Content:T{id}"));
        let source = entities.add("Source", &claim.source).map(|id| format!(" Source:T{id}"));
        let parts = [content, source].into_iter().flatten().collect::<String>();
        events.push_str(&format!("E{number}\tAttribution:T{cue}{parts}\n"));
        let kinds =
            [("Kind", claim.kind.name()), ("Class", claim.class.name()), ("Factuality", claim.factuality.name())];
        for (place, (name, value)) in (1..).zip(kinds) {
            attributes.push_str(&format!("A{}\t{name} E{number} {value}\n", 3 * (number - 1) + place));
        }
    }
    let annotations = entities.lines + &events + &attributes + &rest;
    Document {
        name: dispatch.file.to_owned(),
        files: vec![("txt", dispatch.text.as_bytes().to_vec()), ("ann", annotations.into_bytes())],
    }
}

struct Entities<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    lines: String,
    count: usize,
}

impl Entities<'_> {
    /// The number of the entity; `None` where it has no text.
    fn add(&mut self, kind: &str, spans: &[Span]) -> Option<usize> {
        // brat takes no fragment that goes over a line end: it is one for each line.
        let fragments: Vec<Span> = spans.iter().flat_map(|span| lines_of(self.text, *span)).collect();
        if fragments.is_empty() {
            return None;
        }
        let mut places = Vec::new();
        for span in &fragments {
            let range = span.at(0);
            places.push(format!("{} {}", self.offsets.points(range.start), self.offsets.points(range.end)));
        }
        let texts: Vec<&str> = fragments.iter().map(|span| span.of(self.text)).collect();
        self.count += 1;
        self.lines.push_str(&format!("T{}\t{kind} {}\t{}\n", self.count, places.join(";"), texts.join(" ")));
        Some(self.count)
    }
}

fn lines_of(text: &str, span: Span) -> Vec<Span> {
    let start = span.start as usize;
    let inside = span.of(text);
    let mut at = 0;
    let mut lines = Vec::new();
    for line in inside.split(['\n', '\r']) {
        let trimmed = line.trim_end();
        if !trimmed.trim_start().is_empty() {
            let lead = trimmed.len() - trimmed.trim_start().len();
            lines.push(Span::new(start + at + lead, start + at + trimmed.len()));
        }
        at += line.len() + 1;
    }
    lines
}

fn actor_type(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "Person",
        ActorKind::Organization => "Organization",
        ActorKind::Place => "Place",
    }
}

fn one_line(text: &str) -> String {
    text.split(['\r', '\n', '\t']).collect::<Vec<_>>().join(" ")
}
