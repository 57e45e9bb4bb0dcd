//! Who is mentioned in corpora and listed nowhere: whom to put into an actors file first; and the files to begin with.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Watch;
use super::cast::{self, MOST};
use crate::annotate::{ActorKind, Form};
use crate::gazetteer::Record;
use crate::workspace::settings::ACTORS_FILE_NAME;
use crate::workspace::{Snapshot, Who};

/// Somebody whom no actors file lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub name: String,
    pub kind: ActorKind,
    /// How often they are called by a name.
    pub mentions: usize,
}

/// Candidates that are handed out at most, and how many are taken where nobody chooses.
pub const MOST_CANDIDATES: usize = 200;
pub const TAKEN: usize = 20;
/// Bytes that are read of all corpora together; of each one at most [`MOST`], from its start.
const MOST_IN_ALL: usize = 4 * MOST;

/// Counts who is mentioned, corpus by corpus.
#[derive(Debug)]
pub struct Tally {
    counts: HashMap<Who, Candidate>,
    left: usize,
}

impl Default for Tally {
    fn default() -> Self {
        Tally { counts: HashMap::new(), left: MOST_IN_ALL }
    }
}

impl Tally {
    /// Counts in one more corpus; `None` where nobody waits for it any more. Not for the owner.
    pub fn add(&mut self, snapshot: &Snapshot, watch: &dyn Watch) -> Option<()> {
        let window = cast::window(snapshot, 0, MOST.min(self.left));
        self.left -= window.len();
        let cast = cast::find(snapshot, window, watch)?;
        for member in &cast.members {
            // Whoever is ambiguous is nobody yet.
            let Who::Named { kind, ambiguous: false, .. } = &member.who else { continue };
            let Some((_, actor)) = member.parts.first().and_then(|part| cast.actor(*part)) else { continue };
            let named = |form| matches!(form, Form::Name | Form::Titled | Form::Short);
            let mentions = cast.mentions(member).filter(|(_, mention)| named(mention.form)).count();
            let candidate = Candidate { name: actor.name.clone(), kind: *kind, mentions: 0 };
            self.counts.entry(member.who.clone()).or_insert(candidate).mentions += mentions;
        }
        Some(())
    }

    /// The candidates, the most mentioned first, at most `most`.
    pub fn first(self, most: usize) -> Vec<Candidate> {
        let mut all: Vec<Candidate> = self.counts.into_values().filter(|candidate| candidate.mentions > 0).collect();
        all.sort_by(|a, b| {
            b.mentions.cmp(&a.mentions).then_with(|| a.name.cmp(&b.name)).then_with(|| a.kind.cmp(&b.kind))
        });
        all.truncate(most);
        all
    }
}

/// Those who are taken where nobody chooses: the first `most` of them that are no places, which are rarely those who act.
pub fn taken(candidates: Vec<Candidate>, most: usize) -> Vec<Candidate> {
    candidates.into_iter().filter(|candidate| candidate.kind != ActorKind::Place).take(most).collect()
}

/// What is written of a candidate into an actors file.
pub fn record(candidate: &Candidate) -> Record {
    Record { name: candidate.name.clone(), kind: Some(candidate.kind), ..Record::default() }
}

/// A `dispatch.toml` to begin with: all in it is as it would be without one, but for the actors file.
pub fn settings_to_begin_with() -> String {
    format!(
        "# Settings of dispatch-ls: what holds for the corpora in this folder and below.\n\n\
         [corpus]\n# files = [\"*.dispatch\", \"*.corpus\", \"*.txt\"]\n\n\
         [actors]\nfiles = [\"{ACTORS_FILE_NAME}\"]\n"
    )
}
