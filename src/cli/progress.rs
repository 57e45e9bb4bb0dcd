//! A progress bar on standard error, once it takes long, and only on a terminal.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that takes longer shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

pub struct Bar {
    bar: ProgressBar,
    started: Instant,
    visible: bool,
}

impl Bar {
    pub fn files(files: usize) -> Bar {
        Bar::new(files as u64, "{bar:30} {human_pos} of {human_len} files, {eta} left")
    }

    pub fn bytes(bytes: u64) -> Bar {
        Bar::new(bytes, "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left")
    }

    fn new(length: u64, template: &str) -> Bar {
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Bar { bar, started: Instant::now(), visible: false }
    }

    pub fn advance(&mut self, by: u64) {
        self.bar.inc(by);
        self.tick();
    }

    pub fn tick(&mut self) {
        if !self.visible && self.started.elapsed() > PATIENCE && std::io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.visible = true;
        }
        if self.visible {
            self.bar.tick();
        }
    }

    /// Does `work`, which prints, without the bar in its way.
    pub fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.visible { self.bar.suspend(work) } else { work() }
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
