//! Tokens of what is found in the prose of a dispatch.

use std::ops::Range;

use super::{Kind, Modifiers, Overlap, Token, lines};
use crate::annotate::{Anchor, Form, Mention, Timex};
use crate::corpus::Dispatch;
use crate::features::annotated::{Sort, sort};
use crate::text::Span;
use crate::workspace::{Note, Snapshot};

/// The tokens in the prose of a dispatch that touch `window`, around its `markup`.
pub fn of_dispatch(
    snapshot: &Snapshot,
    dispatch: &Dispatch,
    window: &Range<usize>,
    markup: &[Token],
    overlap: Overlap,
    tokens: &mut Vec<Token>,
) {
    let prose = dispatch.prose();
    let wanted = snapshot.settings.tokens;
    if prose.start >= window.end || prose.end <= window.start || !(wanted.actors || wanted.dates || wanted.claims) {
        return;
    }
    let Some((start, note)) = snapshot.notes.of(snapshot, dispatch) else { return };
    let window = whole_lines(&note.text, window.start.saturating_sub(start), window.end.saturating_sub(start));
    let mut layers = layers(snapshot, &note, window);
    if overlap == Overlap::Never {
        let markup = markup.iter().filter(|token| token.range.start >= start && token.range.start < prose.end);
        let markup = markup.map(|token| Layer {
            span: Span::new(token.range.start - start, token.range.end - start),
            rank: 0,
            kind: token.kind,
            modifiers: token.modifiers,
        });
        layers.extend(markup.collect::<Vec<_>>());
        layers = flat(layers);
        layers.retain(|layer| layer.rank > 0);
    }
    for layer in layers {
        let on_lines = lines(layer.span.of(&note.text), layer.span.start as usize + start);
        tokens.extend(on_lines.map(|range| Token { range, kind: layer.kind, modifiers: layer.modifiers }));
    }
}

/// From the start of a line to the end of one: a token lies on one line, and so does all that may lie over it there.
fn whole_lines(text: &str, start: usize, end: usize) -> Span {
    let bytes = text.as_bytes();
    let before = bytes.get(..start).unwrap_or(bytes);
    let behind = bytes.get(end..).unwrap_or_default();
    let first = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |at| at + 1);
    let last = memchr::memchr2(b'\n', b'\r', behind).map_or(text.len(), |at| end + at);
    Span::new(first, last)
}

/// A token to be, which may lie over others.
#[derive(Debug, Clone, Copy)]
struct Layer {
    span: Span,
    /// Which one is seen where several lie: the lowest.
    rank: u8,
    kind: Kind,
    modifiers: Modifiers,
}

fn layers(snapshot: &Snapshot, note: &Note, window: Span) -> Vec<Layer> {
    let wanted = snapshot.settings.tokens;
    let found = &note.found;
    let touches = |span: Span| span.start < window.end && span.end > window.start;
    let mut layers = Vec::new();
    let mut lay = |span: Span, rank: u8, kind: Kind, modifiers: Modifiers| {
        if touches(span) {
            layers.push(Layer { span, rank, kind, modifiers });
        }
    };
    let plain = Modifiers::default();
    if wanted.actors {
        for mention in found.mentions.iter().filter(|mention| touches(mention.span)) {
            let Some(actor) = found.actors.get(mention.actor) else { continue };
            let kind = match sort(&snapshot.notes.gazetteer, actor, mention) {
                Sort::Person => Kind::Person,
                Sort::Organization => Kind::Organization,
                Sort::Place => Kind::Place,
                Sort::Government => Kind::Government,
            };
            let listed = if actor.entry.is_some() { Modifiers::LISTED } else { Modifiers::UNLISTED };
            lay(mention.span, 1, kind, listed.and(of_mention(mention)));
        }
    }
    if wanted.dates {
        found.dates.iter().for_each(|date| lay(date.span, 2, Kind::Date, of_date(date)));
    }
    if wanted.claims {
        for span in found.claims.iter().flat_map(|claim| &claim.cue) {
            lay(*span, 3, Kind::Cue, plain);
        }
        found.hedges.iter().for_each(|span| lay(*span, 4, Kind::Hedge, plain));
        found.quotations.iter().for_each(|span| lay(*span, 5, Kind::Quotation, plain));
    }
    layers
}

fn of_mention(mention: &Mention) -> Modifiers {
    match mention.form {
        _ if mention.ambiguous => Modifiers::AMBIGUOUS,
        Form::Short | Form::Nominal | Form::Pronoun => Modifiers::RESOLVED,
        Form::Name | Form::Titled => Modifiers::default(),
    }
}

fn of_date(date: &Timex) -> Modifiers {
    match date.anchor {
        _ if date.other.is_some() => Modifiers::AMBIGUOUS,
        Anchor::DispatchDate | Anchor::Date(_) => Modifiers::RESOLVED,
        Anchor::Itself | Anchor::Missing => Modifiers::default(),
    }
}

/// Cuts layers so that none lies over another, in the order of the text: what is seen from above.
fn flat(mut layers: Vec<Layer>) -> Vec<Layer> {
    layers.retain(|layer| !layer.span.is_empty());
    layers.sort_by_key(|layer| layer.span.start);
    // With the layer that each piece is of.
    let mut seen: Vec<(Layer, Span)> = Vec::with_capacity(layers.len());
    let mut coming = layers.into_iter().peekable();
    let mut open: Vec<Layer> = Vec::new();
    let mut at = 0;
    loop {
        while let Some(layer) = coming.next_if(|layer| layer.span.start <= at) {
            open.push(layer);
        }
        open.retain(|layer| layer.span.end > at);
        let next = coming.peek().map(|layer| layer.span.start);
        let Some(top) = open.iter().min_by_key(|layer| (layer.rank, layer.span.start)).copied() else {
            match next {
                Some(next) => at = next,
                None => return seen.into_iter().map(|(piece, _)| piece).collect(),
            }
            continue;
        };
        // Up to where something else may be seen.
        let end = open.iter().map(|layer| layer.span.end).chain(next).min().unwrap_or(top.span.end);
        match seen.last_mut() {
            Some((last, whole)) if last.span.end == at && last.rank == top.rank && *whole == top.span => {
                last.span.end = end;
            }
            _ => seen.push((Layer { span: Span { start: at, end }, ..top }, top.span)),
        }
        at = end;
    }
}
