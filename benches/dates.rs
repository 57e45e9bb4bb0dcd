//! What dates cost: MB/s on a text, and nanoseconds a byte on hostile texts of three sizes.
//!
//! `cargo bench --bench dates [-- FILE]`

use std::time::Instant;

use dispatch_ls::annotate::{Reading, dates};
use dispatch_ls::corpus::read_date;

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
        // The least of a few runs: what others do on the machine is none of our business.
        let mut least = f64::MAX;
        let mut found = 0;
        for _ in 0..if text.len() > 5_000_000 { 2 } else { 7 } {
            let began = Instant::now();
            found = dates::find(&reading, date).len();
            least = least.min(began.elapsed().as_secs_f64());
        }
        (least, found)
    };
    let (seconds, found) = measure(&news);
    println!("{:.1} MB: {found} dates, {:.1} MB/s", news.len() as f64 / 1e6, news.len() as f64 / 1e6 / seconds);
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
