//! What a large actors file costs: `cargo bench --bench names`. Loading it, bytes a name, and how fast text is looked up.
//! `-- --names 100000` for another size.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may stop")]

mod actors;
#[allow(dead_code, reason = "the other measurements use the rest of it")]
mod corpus;

use std::borrow::Cow;
use std::hint::black_box;
use std::time::Instant;

use actors::{actors, name};
use corpus::Recipe;
use dispatch_ls::gazetteer::read::Format;
use dispatch_ls::gazetteer::{ActorsFile, Gazetteer};
use dispatch_ls::text::words;

/// Bytes of text that is looked up.
const TEXT: usize = 20_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value =
        |name: &str| arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1));
    let names: usize = value("--names").and_then(|names| names.parse().ok()).unwrap_or(1_000_000);
    println!("{names} names\n");
    println!(
        "{:20} {:>7} {:>14} {:>9} {:>18} {:>10}",
        "", "file", "load (on cpu)", "B/name", "cached (on cpu)", "cache"
    );
    row("one name a record", names, 1);
    row("two names a record", names, 2);
    row("three names a record", names, 3);
    lookups(names);
}

fn row(what: &str, names: usize, each: usize) {
    let file = ActorsFile { name: String::new(), text: Cow::Owned(actors(names / each, each)), format: Format::Native };
    let (started, before) = (Instant::now(), processor());
    let (gazetteer, problems) = Gazetteer::new(&[&file]);
    let (loading, on) = (started.elapsed(), processor() - before);
    assert!(problems[0].is_empty(), "{:?}", problems[0].first());
    let bytes = gazetteer.size() as f64 / gazetteer.names() as f64;
    let mut cache = tempfile::NamedTempFile::new().unwrap();
    let mut out = std::io::BufWriter::new(&mut cache);
    gazetteer.write(b"", &mut out).unwrap();
    drop(out);
    let size = cache.as_file().metadata().unwrap().len();
    let (started, before) = (Instant::now(), processor());
    let mut kept = std::fs::File::open(cache.path()).unwrap();
    let again = Gazetteer::read(&mut kept, size, |_| true).unwrap();
    let (from_cache, on_again) = (started.elapsed(), processor() - before);
    assert_eq!(again.names(), gazetteer.names());
    println!(
        "{what:20} {:4.0} MB {:5.2} s ({on:4.2}) {bytes:9.1} {:9.0} ms ({:3.0}) {:7.0} MB",
        file.text.len() as f64 / 1e6,
        loading.as_secs_f64(),
        from_cache.as_secs_f64() * 1e3,
        on_again * 1e3,
        size as f64 / 1e6,
    );
}

/// Seconds that this thread was on a processor, where the system says so: other programs are not in it.
fn processor() -> f64 {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    times.split(' ').next().and_then(|on| on.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

/// What somebody waits for who writes a name.
fn beginnings(gazetteer: &Gazetteer) {
    let started = Instant::now();
    let _ = gazetteer.begun("aa", 1);
    println!("\nbeginnings of names: index in {:.2} s", started.elapsed().as_secs_f64());
    for typed in ["Al", "Moh", "Mohammed", "Mohammed al-S"] {
        let started = Instant::now();
        let found = gazetteer.begun(typed, 30).len();
        println!("{typed:31} {:6.2} ms, {found} found", started.elapsed().as_secs_f64() * 1e3);
    }
}

fn lookups(names: usize) {
    let file = ActorsFile { name: String::new(), text: Cow::Owned(actors(names / 2, 2)), format: Format::Native };
    let (large, _) = Gazetteer::new(&[&file]);
    beginnings(&large);
    let small = Gazetteer::built_in();
    let text = Recipe::CLEAN.text(TEXT);
    let megabytes = text.len() as f64 / 1e6;
    let before = processor();
    let cut = words(&text);
    println!(
        "\nlookups, by time on the processor\ncutting words                   {:6.0} MB/s",
        megabytes / (processor() - before)
    );
    for (what, gazetteer) in [("states alone", &small), ("all names", &large)] {
        for (which, capitals) in [("every word", false), ("capitalised words", true)] {
            let before = processor();
            let mut found = 0;
            for (at, word) in cut.iter().enumerate() {
                let first = word.span.of(&text);
                if capitals && !first.starts_with(char::is_uppercase) {
                    continue;
                }
                let rest = cut[at..].iter().map(|word| word.span.of(&text));
                found += usize::from(black_box(gazetteer.longest(rest)).is_some());
            }
            let speed = megabytes / (processor() - before);
            println!("{what:12} {which:18} {speed:6.0} MB/s   {found} found");
        }
    }
    let strangers: Vec<String> = (0..1000).map(|number| name(number * 7 + 3).replace('a', "e")).collect();
    let before = processor();
    let suggested = strangers.iter().filter(|name| large.sounds_like(name).is_some()).count();
    let each = (processor() - before) / strangers.len() as f64;
    println!("a name that sounds alike: {:.0} µs each, {suggested} of 1000 suggested", each * 1e6);
}
