//! What dates cost: MB/s on a text, and nanoseconds a byte on hostile texts of three sizes.
//!
//! `cargo bench --bench dates [-- FILE]`

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may stop")]

use std::sync::LazyLock;
use std::time::Instant;

use dispatch_ls::annotate::{Reading, dates};
use dispatch_ls::corpus::read_date;

/// Seconds that this thread has been at work, where the system tells; else on the clock.
fn busy() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

fn main() {
    let date = read_date("2024-12-01").0.only();
    let news = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).map_or_else(
        || "The president said on Sunday, December 1, 2024, that the army had fought for three days. ".repeat(20_000),
        |path| std::fs::read_to_string(path).expect("a text file"),
    );
    let measure = |text: &str| {
        let reading = Reading::new(text);
        // The tables are read once.
        dates::find(&Reading::new("on Sunday"), date);
        let runs = (3_000_000 / text.len()).clamp(1, 1000);
        let began = busy();
        let found: usize = (0..runs).map(|_| dates::find(&reading, date).len()).sum();
        ((busy() - began) / runs as f64, found / runs)
    };
    let (seconds, found) = measure(&news);
    println!("{:.1} MB: {found} dates, {:.1} MB/s", news.len() as f64 / 1e6, news.len() as f64 / 1e6 / seconds);
    if std::env::args().skip(1).any(|argument| !argument.starts_with('-')) {
        return;
    }
    println!("\n{:28} {:>10} {:>10} {:>10}  ns a byte", "hostile text", "10 KB", "1 MB", "10 MB");
    let hostile = [
        ("Monday Monday …", "Monday "),
        ("digits", "7"),
        ("digits and spaces", "20 24 "),
        ("hyphens", "mid-"),
        ("a day a day …", "a day "),
        ("the last the last …", "the last "),
        ("two hundred and …", "two hundred and "),
        ("years", "2024-"),
        ("the end of the …", "the end of the "),
        ("half years", "more than a year and a half ago "),
        ("no date", "word "),
        ("slashes", "1/2/"),
        ("Mondays with a full stop", "On Monday he came. "),
    ];
    for (name, part) in hostile {
        let costs: Vec<f64> = [10_000, 1_000_000, 10_000_000]
            .into_iter()
            .map(|size| {
                let text = part.repeat(size / part.len());
                measure(&text).0 / text.len() as f64 * 1e9
            })
            .collect();
        println!("{name:28} {:10.1} {:10.1} {:10.1}", costs[0], costs[1], costs[2]);
    }
}
