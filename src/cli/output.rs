//! Standard output: a reader that has left ends it quietly, any other failure is told once.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};

use super::COULD_NOT_RUN;

pub struct Output {
    sink: BufWriter<Box<dyn Write>>,
    failure: Option<io::Error>,
}

impl Output {
    pub fn stdout() -> Output {
        Output::to(Box::new(AutoStream::new(io::stdout(), choice(&io::stdout())).lock()))
    }

    pub fn stderr() -> Output {
        Output::to(Box::new(AutoStream::new(io::stderr(), choice(&io::stderr())).lock()))
    }

    /// Standard output for what is data: every byte as it is.
    pub fn bytes() -> Output {
        Output::to(Box::new(io::stdout().lock()))
    }

    fn to(sink: Box<dyn Write>) -> Output {
        Output { sink: BufWriter::with_capacity(1 << 16, sink), failure: None }
    }

    pub fn write(&mut self, text: &str) {
        self.write_bytes(text.as_bytes());
    }

    pub fn write_bytes(&mut self, bytes: &[u8]) {
        if self.failure.is_none() {
            self.failure = self.sink.write_all(bytes).err();
        }
    }

    pub fn flush(&mut self) {
        if self.failure.is_none() {
            self.failure = self.sink.flush().err();
        }
    }

    /// Whether there is no point in writing more.
    pub fn is_closed(&self) -> bool {
        self.failure.is_some()
    }

    /// Writes what is left. An exit code where the output could not be written: that of a tool whose reader left
    /// is up to its work so far, so there it is none.
    pub fn finish(mut self) -> Option<ExitCode> {
        self.flush();
        // Dropping the buffer would try once more.
        let (sink, _) = self.sink.into_parts();
        drop(sink);
        match self.failure {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                complain(&format!("error: the output could not be written: {error}"));
                Some(ExitCode::from(COULD_NOT_RUN))
            }
            _ => None,
        }
    }
}

/// Whether colours go to `stream`: on a terminal, unless `NO_COLOR` is set.
pub fn choice(stream: &impl anstream::stream::RawStream) -> ColorChoice {
    AutoStream::choice(stream)
}

/// A line for people on standard error; that nobody reads it is no failure.
pub fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// A text that is shown to people, with control and direction characters made visible.
pub fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown
}

/// `1 finding`, `1,243 findings`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// `1,243`
pub fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
