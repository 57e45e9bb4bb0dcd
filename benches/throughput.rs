//! How fast `check` reads: `cargo bench --bench throughput`. One core, beside `wc -l` and `rg` for the delimiter, in turn
//! on the same files in one run. `-- --quick` for a tenth of the text, `-- --mb 400` for another size, `-- --rounds 7` how
//! often, `-- --gate` fails where the goal is missed. What is measured, and how: `docs/performance.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may stop")]

// The other measurement uses the rest of it.
#[allow(dead_code)]
mod corpus;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use corpus::{Language, Recipe};

/// Bytes a second and core.
const GOAL: f64 = 1e9;

/// A program that reads files.
struct Reader {
    name: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
}

const READERS: [Reader; 3] = [
    Reader { name: "dispatch-ls check", program: env!("CARGO_BIN_EXE_dispatch-ls"), arguments: &["check"] },
    Reader { name: "wc -l", program: "wc", arguments: &["-l"] },
    Reader { name: "rg -c '^=== FILE: '", program: "rg", arguments: &["-c", "-j1", "^=== FILE: "] },
];

/// What is read.
struct Text {
    name: &'static str,
    path: PathBuf,
    bytes: u64,
    goal: Option<f64>,
}

/// Time on the clock, and of the processor (`None` where the system does not say).
#[derive(Clone, Copy)]
struct Took {
    wall: Duration,
    processor: Option<Duration>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse::<u64>().ok()
    };
    let megabytes = value("--mb").unwrap_or(if has("--quick") { 100 } else { 1000 });
    let rounds = value("--rounds").unwrap_or(if has("--quick") { 3 } else { 5 });
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = texts(folder.path(), megabytes * 1_000_000).expect("room for the texts");
    let readers: Vec<&Reader> = READERS.iter().filter(|reader| is_there(reader)).collect();
    let pinned = runs("taskset", &["--version"]);
    println!("one core{}; medians of {rounds} rounds", if pinned { ", pinned" } else { "" });

    let mut missed = 0;
    for text in &texts {
        println!("\n{} · {:.0} MB", text.name, text.bytes as f64 / 1e6);
        println!("  {:<24}{:>12}{:>20}", "", "GB/s", "GB/s of processor");
        let mut times: Vec<Vec<Took>> = readers.iter().map(|_| Vec::new()).collect();
        for _ in 0..rounds {
            for (reader, times) in readers.iter().zip(&mut times) {
                times.push(read(reader, text, pinned));
            }
        }
        for (reader, times) in readers.iter().zip(&times) {
            let wall = text.bytes as f64 / median(times.iter().map(|took| took.wall).collect()).as_secs_f64();
            let processor: Option<Vec<Duration>> = times.iter().map(|took| took.processor).collect();
            let processor = processor.map(|times| text.bytes as f64 / median(times).as_secs_f64());
            let shown = processor.map_or("-".to_owned(), |rate| format!("{:.2}", rate / 1e9));
            let verdict = match text.goal.filter(|_| reader.name == READERS[0].name) {
                None => "",
                // On a busy machine the clock also counts what others do.
                Some(goal) if processor.unwrap_or(wall) > goal => "> 1 PASS",
                Some(_) => {
                    missed += 1;
                    "> 1 over"
                }
            };
            println!("  {:<24}{:>12.2}{shown:>20}  {verdict}", reader.name, wall / 1e9);
        }
    }
    if has("--gate") && missed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Writes what is read.
fn texts(folder: &Path, bytes: u64) -> io::Result<Vec<Text>> {
    let one = |name: &'static str, recipe: Recipe, bytes: u64, goal: Option<f64>| -> io::Result<Text> {
        let path = folder.join(format!("{}.txt", name.replace([' ', '%', ','], "-")));
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        recipe.write(0, bytes, &mut file)?;
        file.flush()?;
        let bytes = path.metadata()?.len();
        Ok(Text { name, path, bytes, goal })
    };
    Ok(vec![
        one("clean", Recipe::CLEAN, bytes, Some(GOAL))?,
        small_files(&folder.join("files"), bytes / 5)?,
        one("1 % of dispatches broken", Recipe::broken(100), bytes / 5, None)?,
        one("Spanish, clean", Recipe::in_language(Language::Spanish), bytes / 5, None)?,
        one("Russian, clean", Recipe::in_language(Language::Russian), bytes / 5, None)?,
        one("Chinese, clean", Recipe::in_language(Language::Chinese), bytes / 5, None)?,
    ])
}

/// Files of 20 KB, 500 to a folder.
fn small_files(folder: &Path, bytes: u64) -> io::Result<Text> {
    const EACH: u64 = 20_000;
    let (mut written, mut first) = (0, 0);
    for number in 0..bytes / EACH {
        let folder = folder.join(format!("{:03}", number / 500));
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{number:06}.dispatch"));
        let mut file = BufWriter::new(File::create(&path)?);
        first += Recipe::CLEAN.write(first, EACH, &mut file)?;
        file.flush()?;
        written += path.metadata()?.len();
    }
    Ok(Text { name: "clean, files of 20 KB", path: folder.to_owned(), bytes: written, goal: None })
}

fn is_there(reader: &Reader) -> bool {
    let there = reader.program.contains(['/', '\\']) || runs(reader.program, &["--version"]);
    if !there {
        println!("{} is not installed: left out", reader.program);
    }
    there
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn read(reader: &Reader, text: &Text, pinned: bool) -> Took {
    let mut command = if pinned {
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", "0", reader.program]);
        command
    } else {
        Command::new(reader.program)
    };
    command.args(reader.arguments).env("RAYON_NUM_THREADS", "1");
    if reader.program == "wc" && text.path.is_dir() {
        // It walks no folders.
        command.args(files_in(&text.path));
    } else {
        command.arg(&text.path);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let (before, start) = (processor_time(), Instant::now());
    command.status().expect("it starts");
    let wall = start.elapsed();
    let processor = before.zip(processor_time()).map(|(before, after)| after - before);
    Took { wall, processor: processor.filter(|time| !time.is_zero()) }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

/// Processor time of all children so far, user and system; Linux counts it in hundredths of a second.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(13)? + ticks(14)?)))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
