//! One file a question: plain data in, plain data out. A question that looks at a whole file asks [`Watch`] at each
//! dispatch whether to go on; all others look at the place they are asked about and no further.

pub mod actors_file;
pub mod annotated;
pub mod by_name;
pub mod card;
pub mod cast;
pub mod code_actions;
pub mod completion;
pub mod compose;
pub mod definition;
pub mod fix_all;
pub mod folding;
pub mod formatting;
pub mod highlights;
pub mod hints;
pub mod hover;
pub mod lens;
pub mod linked_editing;
pub mod links;
pub mod markup;
pub mod people;
pub mod place;
pub mod references;
pub mod seen;
pub mod selection;
pub mod spot;
pub mod symbols;
pub mod timeline;
pub mod tokens;
pub mod who_said_what;

/// Who waits for the answer of a long question.
pub trait Watch {
    /// Called with the bytes that are done and those there are; `false` where nobody waits any more.
    fn goes_on(&self, done: usize, all: usize) -> bool;
}

/// Somebody who waits however long it takes.
pub struct Patient;

impl Watch for Patient {
    fn goes_on(&self, _: usize, _: usize) -> bool {
        true
    }
}
