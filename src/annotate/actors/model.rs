//! A small trained classifier of candidates: one row of weights for each hashed feature, one column for each kind. Whole
//! numbers only, so that every machine says the same. docs/annotate-models.md has what it was trained on, and how.

use std::sync::LazyLock;

use crate::annotate::ActorKind;

/// Rows of the table, a power of two.
pub const ROWS: usize = 1 << 17;
/// Person, organisation, place, nobody.
pub const KINDS: usize = 4;

pub static MODEL: LazyLock<Model> = LazyLock::new(|| Model::new(include_bytes!("actors.model")));

/// Sums of weights for each kind; the last is that of no actor.
pub type Scores = [i32; KINDS];

pub struct Model {
    weights: Vec<[i8; KINDS]>,
}

impl Model {
    /// A model from its file: `ROWS` rows of `KINDS` signed bytes. What is missing is 0.
    pub fn new(bytes: &[u8]) -> Self {
        let (rows, _) = bytes.as_chunks::<KINDS>();
        Model { weights: rows.iter().map(|row| row.map(u8::cast_signed)).collect() }
    }

    /// Adds the weights of a row.
    #[inline]
    pub fn add(&self, row: u32, scores: &mut Scores) {
        let weights = self.weights.get(row as usize & (ROWS - 1)).copied().unwrap_or_default();
        let [person, organization, place, none] = scores;
        let [to_person, to_organization, to_place, to_none] = weights;
        *person += i32::from(to_person);
        *organization += i32::from(to_organization);
        *place += i32::from(to_place);
        *none += i32::from(to_none);
    }
}

/// The kind with the highest sum; the earlier one of equals.
pub fn best(scores: &Scores) -> Option<ActorKind> {
    let [person, organization, place, none] = *scores;
    let kinds = [(ActorKind::Person, person), (ActorKind::Organization, organization), (ActorKind::Place, place)];
    let mut best = (None, none);
    for (kind, score) in kinds {
        if score > best.1 {
            best = (Some(kind), score);
        }
    }
    best.0
}
