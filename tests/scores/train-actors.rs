//! Trains the actors model, `src/annotate/actors/actors.model`, from annotated texts: docs/annotate-models.md says which.
//!
//!     cargo run --release --example train-actors -- --out src/annotate/actors/actors.model FOLDER…
//!     cargo run --release --example train-actors -- --cross FOLDER_FOR_OUTPUT FOLDER… --only FOLDER…
//!
//! A folder has `docs.jsonl` (`{"doc":NAME,"dct":DATE}`), `gold.jsonl` (`{"doc":NAME,"kind":"actor"|"ignore","start":N,"end":N,
//! "type":"PERSON"|"ORG"|"GPE","named":false?}`, offsets in code points) and a NAME.txt for each document. `--cross` writes for
//! each folder what a model finds in it that was trained on the others, in the same form; folders behind `--only` are never
//! trained on. The same folders in the same order give the same model.

#![allow(clippy::indexing_slicing)] // its input is a key made by people who look at the error

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dispatch_ls::annotate::actors::training::{self, KINDS, Model, ROWS, Sample};
use dispatch_ls::annotate::{ActorKind, Form};
use dispatch_ls::corpus::PartialDate;
use dispatch_ls::gazetteer::Gazetteer;
use serde_json::Value;

const ROUNDS: usize = 24;
/// Models whose mean is taken.
const MODELS: u64 = 5;
const RATE: f32 = 0.15;
/// Of 100 rows of an example, so many are left out each time, so that no single one is relied on.
const DROPPED: u64 = 60;
/// How strongly weights are drawn to 0.
const DECAY: f32 = 4e-5;
/// One unit of a stored weight.
const UNIT: f32 = 1.0 / 24.0;

struct Gold {
    start: usize,
    end: usize,
    /// `None` for what is neither right nor wrong.
    kind: Option<usize>,
}

struct Document {
    name: String,
    text: String,
    date: Option<PartialDate>,
    gold: Vec<Gold>,
}

struct Set {
    path: PathBuf,
    documents: Vec<Document>,
    examples: Vec<(Vec<u32>, usize, f32)>,
    trained_on: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut out, mut cross, mut sets, mut only) = (None, None, Vec::new(), false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--out" => out = arguments.next(),
            "--cross" => cross = arguments.next(),
            "--only" => only = true,
            folder => sets.push(read(Path::new(folder), !only)?),
        }
    }
    let gazetteer = Gazetteer::built_in();
    for set in &mut sets {
        let incomplete = set.path.to_string_lossy().contains("re3d");
        for document in &set.documents {
            let samples = training::samples(&document.text, document.date, &gazetteer);
            for sample in samples.into_iter().filter(|sample| !sample.office) {
                if let Some(label) = label(&sample, &document.gold) {
                    // Keys that leave out much say little where they say nothing.
                    let weight = if label == 3 && incomplete {
                        0.3
                    } else if label == 3 && set.path.to_string_lossy().contains("meantime") {
                        0.4
                    } else {
                        1.0
                    };
                    set.examples.push((sample.rows, label, weight));
                }
            }
        }
        let mut counts = [0; KINDS];
        set.examples.iter().for_each(|(_, label, _)| counts[*label] += 1);
        eprintln!("{}: person, organisation, place, nobody: {counts:?}", set.path.display());
    }
    if let Some(folder) = cross {
        fs::create_dir_all(&folder)?;
        let everything = Model::new(&train(sets.iter().filter(|set| set.trained_on)));
        for (number, set) in sets.iter().enumerate() {
            let others =
                sets.iter().enumerate().filter(|(other, set)| *other != number && set.trained_on).map(|(_, set)| set);
            let own = set.trained_on.then(|| Model::new(&train(others)));
            let found = found(set, own.as_ref().unwrap_or(&everything), &gazetteer);
            let name = set.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            fs::write(Path::new(&folder).join(name + ".jsonl"), found)?;
        }
    }
    if let Some(path) = out {
        fs::write(path, train(sets.iter().filter(|set| set.trained_on)))?;
    }
    Ok(())
}

fn read(folder: &Path, trained_on: bool) -> Result<Set, Box<dyn Error>> {
    let rows = |file: &str| -> Result<Vec<Value>, Box<dyn Error>> {
        let text = fs::read_to_string(folder.join(file))?;
        Ok(text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?)
    };
    let mut documents = Vec::new();
    let mut places = HashMap::new();
    let mut offsets: Vec<Vec<usize>> = Vec::new();
    for row in rows("docs.jsonl")? {
        let name = row["doc"].as_str().ok_or("docs.jsonl: a line without doc")?.to_owned();
        let text = fs::read_to_string(folder.join(format!("{name}.txt")))?;
        offsets.push(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect());
        places.insert(name.clone(), documents.len());
        let date = row["dct"].as_str().and_then(|date| date.parse::<jiff::civil::Date>().ok());
        let date = date.and_then(|date| PartialDate::new(date.year(), Some(date.month()), Some(date.day())));
        documents.push(Document { name, text, date, gold: Vec::new() });
    }
    for row in rows("gold.jsonl")? {
        let Some(place) = row["doc"].as_str().and_then(|name| places.get(name)).copied() else { continue };
        let offset = |key: &str| row[key].as_u64().and_then(|at| offsets[place].get(at as usize)).copied();
        let (Some(start), Some(end)) = (offset("start"), offset("end")) else { continue };
        let named = row["kind"] == "actor" && row["named"] != false;
        let kind = match row["type"].as_str() {
            Some("PERSON") => Some(0),
            Some("ORG") => Some(1),
            Some("GPE") => Some(2),
            _ => None,
        };
        documents[place].gold.push(Gold { start, end, kind: kind.filter(|_| named) });
    }
    Ok(Set { path: folder.to_owned(), documents, examples: Vec::new(), trained_on })
}

/// What a candidate is by the key; `None` where the key does not say.
fn label(sample: &Sample, gold: &[Gold]) -> Option<usize> {
    let (start, end) = (sample.span.start as usize, sample.span.end as usize);
    let overlap = |gold: &&Gold| gold.start.max(start) < gold.end.min(end);
    let touching: Vec<&Gold> = gold.iter().filter(overlap).collect();
    if touching.is_empty() {
        return Some(3);
    }
    let named = touching.iter().filter(|gold| gold.kind.is_some());
    // The same end, the nearest length; else what lies within; else it is not said.
    let same_end = named.clone().filter(|gold| gold.end.abs_diff(end) <= 1);
    let best = same_end.min_by_key(|gold| gold.start.abs_diff(start));
    let best = best.or_else(|| {
        named.clone().filter(|gold| gold.start.abs_diff(start) <= 4).min_by_key(|gold| gold.end.abs_diff(end))
    });
    let best = best.or_else(|| {
        let within = named.filter(|gold| start <= gold.start && gold.end <= end);
        within.max_by_key(|gold| gold.end - gold.start).filter(|gold| 2 * (gold.end - gold.start) > end - start)
    });
    best.and_then(|gold| gold.kind)
}

/// The mean of several models, so that little hangs on what was left out when.
fn train<'a>(sets: impl Iterator<Item = &'a Set>) -> Vec<u8> {
    let examples: Vec<&(Vec<u32>, usize, f32)> = sets.flat_map(|set| &set.examples).collect();
    let mut sums = vec![[0f32; KINDS]; ROWS];
    for model in 0..MODELS {
        for (sum, weight) in sums.iter_mut().flatten().zip(train_one(&examples, model).iter().flatten()) {
            *sum += weight / MODELS as f32;
        }
    }
    let whole = |weight: f32| ((weight / UNIT).round().clamp(-127.0, 127.0) as i8).cast_unsigned();
    sums.iter().flatten().map(|weight| whole(*weight)).collect()
}

/// Multinomial logistic regression by stochastic gradient descent with AdaGrad, in an order that hangs on `number` alone.
fn train_one(examples: &[&(Vec<u32>, usize, f32)], number: u64) -> Vec<[f32; KINDS]> {
    let mut weights = vec![[0f32; KINDS]; ROWS];
    let mut gradients = vec![[1e-6f32; KINDS]; ROWS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random: u64 = 0x2545_f491_4f6c_dd1d ^ number;
    let mut kept: Vec<u32> = Vec::new();
    // The mean of the later rounds hangs less on the order of the examples.
    let mut sums = vec![[0f32; KINDS]; ROWS];
    for round in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (random >> 33) as usize % (at + 1));
        }
        for number in &order {
            let (all, label, weight) = examples[*number];
            kept.clear();
            for row in all {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if (random >> 33) % 100 >= DROPPED {
                    kept.push(*row);
                }
            }
            let rows = &kept;
            let mut scores = [0f32; KINDS];
            for row in rows {
                (0..KINDS).for_each(|kind| scores[kind] += weights[*row as usize][kind]);
            }
            let highest = scores.iter().copied().fold(f32::MIN, f32::max);
            let powers = scores.map(|score| (score - highest).exp());
            let sum: f32 = powers.iter().sum();
            for kind in 0..KINDS {
                let error = (powers[kind] / sum - f32::from(u8::from(kind == *label))) * weight;
                for row in rows {
                    let row = *row as usize;
                    let gradient = error + DECAY * weights[row][kind] * 100.0;
                    gradients[row][kind] += gradient * gradient;
                    weights[row][kind] -= RATE * gradient / gradients[row][kind].sqrt().max(0.05);
                }
            }
        }
        if round >= ROUNDS / 2 {
            for (sum, weight) in sums.iter_mut().flatten().zip(weights.iter().flatten()) {
                *sum += weight;
            }
        }
    }
    sums.iter_mut().flatten().for_each(|sum| *sum /= (ROUNDS - ROUNDS / 2) as f32);
    sums
}

/// The mentions a model finds in a set, as the scorer reads them.
fn found(set: &Set, model: &Model, gazetteer: &Gazetteer) -> String {
    let mut lines = String::new();
    for document in &set.documents {
        let (mentions, _) = training::find(&document.text, document.date, gazetteer, model);
        let point = |byte: u32| document.text[..byte as usize].chars().count();
        for mention in mentions.iter().filter(|mention| !matches!(mention.form, Form::Nominal | Form::Pronoun)) {
            let kind = match mention.kind {
                ActorKind::Person => "PERSON",
                ActorKind::Organization => "ORG",
                ActorKind::Place => "GPE",
            };
            let line = serde_json::json!({
                "doc": document.name, "kind": "actor", "start": point(mention.span.start), "end": point(mention.span.end),
                "type": kind, "cluster": mention.actor.to_string(), "rule": mention.rule,
            });
            let _ = writeln!(lines, "{line}");
        }
    }
    lines
}
