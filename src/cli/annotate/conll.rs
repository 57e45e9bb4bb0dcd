//! `--format conll`: one word a line with its tags in IOB2 (`B-` begins, `I-` goes on, `O` is outside), as in CoNLL-2003;
//! sentences end with an empty line.

use super::Annotated;
use crate::annotate::{ActorKind, Form, Reading};
use crate::text::Span;

/// The words of one dispatch: word, actor, date, and part of the outermost claim.
pub fn write(dispatch: &Annotated, out: &mut Vec<u8>) {
    let reading = Reading::new(dispatch.text);
    let found = &dispatch.annotations;
    let words = reading.words.len();
    let mut actors = vec![String::new(); words];
    let mut dates = vec![String::new(); words];
    let mut claims = vec![String::new(); words];
    let mark = |column: &mut Vec<String>, span: Span, tag: &str| {
        for (number, word) in reading.words_in(span).enumerate() {
            if let Some(cell) = column.get_mut(word).filter(|cell| cell.is_empty()) {
                *cell = format!("{}-{tag}", if number == 0 { "B" } else { "I" });
            }
        }
    };
    for mention in found.mentions.iter().filter(|mention| mention.form < Form::Nominal) {
        mark(&mut actors, mention.span, actor_tag(mention.kind));
    }
    for date in &found.dates {
        mark(&mut dates, date.span, date.kind.name());
    }
    for claim in found.claims.iter().filter(|claim| claim.inside.is_none()) {
        for (spans, tag) in [(&claim.source, "SOURCE"), (&claim.cue, "CUE"), (&claim.content, "CONTENT")] {
            spans.iter().for_each(|span| mark(&mut claims, *span, tag));
        }
    }
    let date = dispatch.date.map(|date| date.to_string()).unwrap_or_default();
    let mut text = format!("# path = {}\n# file = {}\n# date = {date}\n", dispatch.path, one_line(dispatch.file));
    for sentence in &reading.sentences {
        for word in sentence.clone() {
            text.push_str(reading.word(word));
            for column in [&actors, &dates, &claims] {
                let tag = column.get(word).map(String::as_str).filter(|tag| !tag.is_empty());
                text.push('\t');
                text.push_str(tag.unwrap_or("O"));
            }
            text.push('\n');
        }
        text.push('\n');
    }
    out.extend(text.into_bytes());
}

fn actor_tag(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "PER",
        ActorKind::Organization => "ORG",
        ActorKind::Place => "LOC",
    }
}

fn one_line(name: &str) -> String {
    name.split(['\r', '\n']).collect::<Vec<_>>().join(" ")
}
