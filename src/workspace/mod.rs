//! What spans files: settings, open documents, corpus files on disk.

pub mod documents;
pub mod doubts;
pub mod files;
pub mod layers;
pub mod notes;
pub mod settings;
pub mod uri;

pub use documents::{Document, DocumentChange, Snapshot};
pub use doubts::Doubt;
pub use layers::Layers;
pub use notes::{Note, Notes};
pub use settings::{Level, Problem, Settings};
pub use uri::UriKey;
