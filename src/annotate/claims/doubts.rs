//! Doubts: what looks like a slip in how a text quotes.

use super::super::{Claim, Reading};
use super::quotes::Quotations;
use crate::text::Span;

/// A shorter quotation (words) may be a title or a term, and needs no source.
const SHORTEST_SPEECH: usize = 8;

/// Something a reader may want to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub kind: DoubtKind,
    /// The opening mark of an unclosed quotation; the whole of a quotation without a source.
    pub span: Span,
    /// Number of the claim of the same paragraph whose source may have said it.
    pub near: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DoubtKind {
    /// A quotation that is never closed, nor opened again in the next paragraph.
    Unclosed,
    /// A direct quotation that nobody says, in a paragraph in which somebody speaks.
    Sourceless,
}

/// The doubts of a text, in its order.
pub fn doubts(reading: &Reading, claims: &[Claim]) -> Vec<Doubt> {
    let quotations = Quotations::find(reading);
    let mut contents: Vec<Span> = claims.iter().flat_map(|claim| claim.content.iter().copied()).collect();
    contents.sort_unstable();
    // Where the longest content of those so far ends.
    let mut reach = 0;
    let ends: Vec<u32> = contents
        .iter()
        .map(|span| {
            reach = reach.max(span.end);
            reach
        })
        .collect();
    let mut cues: Vec<(u32, usize)> =
        claims.iter().enumerate().filter_map(|(number, claim)| Some((claim.cue.first()?.start, number))).collect();
    cues.sort_unstable();
    let mut doubts = Vec::new();
    for quotation in &quotations.all {
        let whole = reading.span(quotation.open..quotation.end);
        if !quotation.closed {
            // Where each sentence is a line of its own, a mark alone at the end of one closes what was opened above.
            let is_tail = quotation.inner <= quotation.open + 1;
            if is_tail && doubts.last().is_some_and(|last: &Doubt| last.kind == DoubtKind::Unclosed) {
                doubts.pop();
                continue;
            }
            let span = reading.span(quotation.open..quotation.open + 1);
            doubts.push(Doubt { kind: DoubtKind::Unclosed, span, near: None });
            continue;
        }
        let before = contents.partition_point(|span| span.start < whole.end);
        let said = before.checked_sub(1).and_then(|last| ends.get(last)).is_some_and(|end| *end > whole.start);
        let words = quotation.inner.saturating_sub(quotation.open + 1);
        if said || words < SHORTEST_SPEECH || !quotation.is_speech(reading) {
            continue;
        }
        let paragraph = reading.paragraphs.partition_point(|paragraph| paragraph.end <= quotation.open);
        let Some(paragraph) = reading.paragraphs.get(paragraph) else { continue };
        let around = reading.span(paragraph.clone());
        let first = cues.partition_point(|(start, _)| *start < around.start);
        let speaks = |number: &usize| claims.get(*number).is_some_and(|claim| !claim.source.is_empty());
        let near = cues.get(first..).unwrap_or_default().iter().take_while(|(start, _)| *start < around.end).take(32);
        if let Some((_, near)) =
            near.filter(|(_, number)| speaks(number)).min_by_key(|(start, _)| start.abs_diff(whole.start))
        {
            doubts.push(Doubt { kind: DoubtKind::Sourceless, span: whole, near: Some(*near) });
        }
    }
    doubts
}
