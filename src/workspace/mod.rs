//! What spans files: settings, open documents, corpus files on disk.

pub mod actors;
pub mod documents;
pub mod doubts;
pub mod encoding;
pub mod files;
pub mod layers;
pub mod notes;
pub mod reading;
pub mod roll;
pub mod settings;
pub mod uri;
pub mod who;

pub use documents::{Document, DocumentChange, Nature, Snapshot};
pub use doubts::Doubt;
pub use layers::Layers;
pub use notes::{Note, Notes};
pub use roll::Roll;
pub use settings::{Level, Problem, Settings};
pub use uri::UriKey;
pub use who::Who;
