//! What each candidate is: the rules, the model, and what the dispatch says of the same name elsewhere.

use std::collections::HashMap;

use super::features::{Companies, features};
use super::lexicon::Flags;
use super::model::{Model, Scores, best};
use super::names::keys;
use super::parse::Candidate;
use super::rules::{Guess, guess_kind};
use super::text::Text;
use crate::annotate::ActorKind;

/// Nobody is left out who is not clearly nobody: the texts the model learnt from leave out more than ours.
const MARGIN: i32 = 24;
const SPEAKS: i32 = 48;
const CERTAIN: i32 = 10_000;

/// A candidate with what was found out about it.
pub struct Judged {
    pub candidate: Candidate,
    /// How it is meant here: a state that acts is an organisation.
    pub kind: ActorKind,
    /// What it is, for who it is.
    pub party: ActorKind,
}

/// The candidates that are somebody.
pub fn judge(text: &Text, candidates: Vec<Candidate>, model: &Model) -> Vec<Judged> {
    let guessed: Vec<(Candidate, Guess)> = candidates
        .into_iter()
        .map(|candidate| {
            let guess = guess_kind(text, &candidate);
            (candidate, guess)
        })
        .collect();
    let companies = Companies::new(text, &guessed);
    let mut rows = Vec::with_capacity(128);
    let scores: Vec<Scores> = guessed
        .iter()
        .map(|(candidate, guess)| {
            features(text, &companies, candidate, *guess, &mut rows);
            model.score(&rows)
        })
        .collect();
    let names: Vec<String> =
        guessed.iter().map(|(candidate, _)| keys(text.reading, candidate.words.clone()).join(" ")).collect();
    let mut sums: HashMap<&str, (Scores, i32)> = HashMap::new();
    for (name, scores) in names.iter().zip(&scores) {
        let (sum, count) = sums.entry(name).or_default();
        *count += 1;
        for (sum, score) in sum.iter_mut().zip(scores) {
            *sum += score;
        }
    }
    let mut judged = Vec::with_capacity(guessed.len());
    for (((candidate, guess), own), name) in guessed.into_iter().zip(&scores).zip(&names) {
        let (sum, count) = sums.get(name.as_str()).copied().unwrap_or_default();
        let mut all = *own;
        for (score, sum) in all.iter_mut().zip(sum) {
            // What is said here counts as much as what is said everywhere, on the average.
            *score += sum / count.max(1);
        }
        let is_place = guess.kind == Some(ActorKind::Place) && guess.weight >= 3;
        let [_, _, _, none] = &mut all;
        *none -= handicap(text, &candidate);
        let Some(kind) = best(&all) else { continue };
        let party = if is_place { ActorKind::Place } else { kind };
        judged.push(Judged { candidate, kind, party });
    }
    judged
}

/// What speaks for a candidate's being somebody, in the model's units.
fn handicap(text: &Text, candidate: &Candidate) -> i32 {
    if candidate.people {
        return CERTAIN;
    }
    let first = candidate.words.start;
    let speaks = text.has(candidate.words.end, Flags::SPEECH)
        || (text.has(first.wrapping_sub(1), Flags::SPEECH) && text.reading.word(candidate.words.end) != ":");
    MARGIN + if speaks { SPEAKS } else { 0 }
}

/// The model's rows for each candidate, for training.
pub fn samples(text: &Text, candidates: Vec<Candidate>) -> Vec<(Candidate, Vec<u32>)> {
    let guessed: Vec<(Candidate, Guess)> = candidates
        .into_iter()
        .map(|candidate| {
            let guess = guess_kind(text, &candidate);
            (candidate, guess)
        })
        .collect();
    let companies = Companies::new(text, &guessed);
    guessed
        .iter()
        .map(|(candidate, guess)| {
            let mut rows = Vec::with_capacity(128);
            features(text, &companies, candidate, *guess, &mut rows);
            (candidate.clone(), rows)
        })
        .collect()
}
