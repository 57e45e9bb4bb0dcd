//! What the training command needs of the engine; no part of the library's promises.

use super::judge;
pub use super::model::{KINDS, Model, ROWS};
use super::text::Text;
use crate::annotate::{Actor, Mention, Reading, dates};
use crate::corpus::PartialDate;
use crate::gazetteer::Gazetteer;
use crate::text::Span;

/// A candidate of a text: where it stands, alone and with its title, and its rows in the model.
pub struct Sample {
    pub span: Span,
    pub full: Span,
    pub rows: Vec<u32>,
    /// It is nothing but a title.
    pub office: bool,
}

/// All candidates of a text, in order.
pub fn samples(text: &str, date: Option<PartialDate>, gazetteer: &Gazetteer) -> Vec<Sample> {
    let reading = Reading::new(text);
    let dates = dates::find(&reading, date);
    let text = Text::new(&reading, gazetteer);
    let candidates = super::candidates(&text, &dates);
    judge::samples(&text, candidates)
        .into_iter()
        .map(|(candidate, rows)| Sample {
            span: reading.span(candidate.words.clone()),
            full: reading.span(candidate.full.clone()),
            office: candidate.office,
            rows,
        })
        .collect()
}

/// The mentions and actors of a text by another model than the one that comes with the program.
pub fn find(text: &str, date: Option<PartialDate>, gazetteer: &Gazetteer, model: &Model) -> (Vec<Mention>, Vec<Actor>) {
    let reading = Reading::new(text);
    let dates = dates::find(&reading, date);
    super::find_with(&reading, &dates, date, gazetteer, model)
}
