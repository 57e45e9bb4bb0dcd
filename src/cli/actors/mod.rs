//! Actors files on the command line.

mod load;

pub use load::load;
