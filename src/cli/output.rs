//! Standard output: a reader that has left ends it quietly, any other failure is told once.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};

use super::COULD_NOT_RUN;
pub use crate::text::{counted, number, visible};

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
