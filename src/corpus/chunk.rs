//! Chunks: the index of pieces in two levels, with sums, so that an edit touches nothing behind it.

use super::findings::{Found, State};
use super::mark::Role;
use super::piece::{LineEnd, Piece};
use super::profile::{Part, Profile};

/// Pieces in one chunk at the most.
pub const FULL: usize = 64;

/// A run of pieces, with what is wrong in them.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    pub pieces: Vec<Piece>,
    /// What was open when it began.
    pub entry: State,
    pub found: Vec<Found>,
}

/// What stands beside a chunk in the upper level, so that finding a place reads no chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    pub bytes: usize,
    /// Openers that begin a dispatch in the corpus's dialect.
    pub openers: usize,
    /// Openers and closers.
    pub structure: usize,
    pub first_label: u64,
    /// LF, CR LF, CR.
    pub line_ends: [usize; 3],
}

impl Chunk {
    pub fn new(pieces: Vec<Piece>) -> Self {
        Chunk { pieces, ..Chunk::default() }
    }

    pub fn summary(&self, profile: &Profile) -> Summary {
        let mut summary =
            Summary { first_label: self.pieces.first().map_or(0, |piece| piece.label), ..Summary::default() };
        for piece in &self.pieces {
            summary.bytes += piece.len;
            for (sum, kind) in summary.line_ends.iter_mut().zip(LineEnd::ALL) {
                *sum += piece.line_ends.of(kind) as usize;
            }
            if let Some(mark) = &piece.mark
                && profile.part(mark) == Part::Structure
            {
                summary.structure += 1;
                summary.openers += usize::from(mark.role == Role::Opener);
            }
        }
        summary
    }

    /// Byte offset of a piece from the start of the chunk.
    pub fn offset_of(&self, piece: usize) -> usize {
        self.pieces.iter().take(piece).map(|piece| piece.len).sum()
    }
}
