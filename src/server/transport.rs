//! Messages from bytes: headers, lengths, JSON. Reading never fails for good: what is malformed is reported once, and
//! reading goes on at the next header.
//!
//! The framework's own codec keeps its buffer for ever (a document of 100 MB costs that much until the end), builds
//! every message twice, and waits for good for a message that claims to be huge. This one gives each message a buffer
//! of its own, which goes when the message is parsed.

use std::io::{self, BufRead, BufReader, Read};

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request};

use super::surrogates::replace_halves;

/// No message is longer, in bytes: a document of 100 MB, all of it escaped, is 600 MB.
const LONGEST_MESSAGE: usize = 1 << 30;
/// No header line is longer, in bytes.
const LONGEST_HEADER_LINE: usize = 8 << 10;

/// A message that came in.
#[derive(Debug)]
pub enum Incoming {
    /// A request or a notification.
    Call(Request),
    /// The client's answer to a request of ours.
    Answer(Id, Result<Value, Error>),
    /// What is no message, with the id it had, and what to say about it.
    Malformed(Id, Error),
}

/// Reads messages from bytes.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    /// What comes is no header, and that has been reported.
    lost: bool,
    /// The length of the message that comes next, where its header was read already.
    length: Option<usize>,
}

impl<R: Read> Reader<BufReader<R>> {
    /// More has come than was read.
    pub fn has_more(&self) -> bool {
        !self.input.buffer().is_empty()
    }
}

impl<R: BufRead> Reader<R> {
    pub fn new(input: R) -> Self {
        Reader { input, lost: false, length: None }
    }

    /// The next message; `None` at the end of input. An error is one of the input itself.
    pub fn next(&mut self) -> io::Result<Option<Incoming>> {
        loop {
            let length = match self.length.take() {
                Some(length) => length,
                None => match self.header()? {
                    None => return Ok(None),
                    Some(Ok(length)) => length,
                    Some(Err(problem)) => return Ok(Some(malformed(Id::Null, ErrorCode::ParseError, problem))),
                },
            };
            let mut body = Vec::new();
            if body.try_reserve_exact(length).is_err() {
                let problem = format!("no memory for a message of {length} bytes");
                return Ok(Some(malformed(Id::Null, ErrorCode::ParseError, problem)));
            }
            let read = self.input.by_ref().take(length as u64).read_to_end(&mut body)?;
            if read < length {
                return Ok(None);
            }
            if !body.is_empty() {
                return Ok(Some(parse(&body)));
            }
        }
    }

    /// Reads a header to its end: the length it gives, or what is wrong with it.
    fn header(&mut self) -> io::Result<Option<Result<usize, String>>> {
        let mut line = Vec::new();
        let mut length = None;
        let mut garbage = false;
        loop {
            let room = LONGEST_HEADER_LINE.saturating_sub(line.len()) as u64;
            self.input.by_ref().take(room).read_until(b'\n', &mut line)?;
            if line.last() != Some(&b'\n') {
                if line.len() < LONGEST_HEADER_LINE {
                    return Ok(None); // the input ended
                }
                // Garbage without an end. A header may begin in its last bytes.
                line.drain(..line.len().saturating_sub(CONTENT_LENGTH.len()));
                garbage = true;
                continue;
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\r', '\n']);
            if let Some((found, before)) = find_length(text) {
                garbage |= before;
                length = Some(found);
            } else if let Some(problem) = content_type_problem(text) {
                length = Some(Err(problem));
            } else if !text.is_empty() {
                garbage |= !is_field(text);
            } else {
                match length.take() {
                    Some(Ok(length)) if garbage && !self.lost => {
                        self.length = Some(length);
                        return Ok(Some(Err("skipped what is no header".to_owned())));
                    }
                    Some(Ok(length)) => {
                        self.lost = false;
                        return Ok(Some(Ok(length)));
                    }
                    Some(Err(problem)) => {
                        self.lost = true;
                        return Ok(Some(Err(problem)));
                    }
                    None if self.lost => {}
                    None => {
                        self.lost = true;
                        return Ok(Some(Err("a header without Content-Length".to_owned())));
                    }
                }
            }
            line.clear();
        }
    }
}

const CONTENT_LENGTH: &str = "Content-Length:";

/// The length a line gives, and whether anything stands before it.
fn find_length(line: &str) -> Option<(Result<usize, String>, bool)> {
    let (before, value) = match line.split_once(':') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => (false, value),
        _ => (true, line.split_once(CONTENT_LENGTH)?.1),
    };
    let value = value.trim();
    let length = match value.parse::<usize>() {
        Ok(length) if length <= LONGEST_MESSAGE => Ok(length),
        Ok(length) => Err(format!("a message of {length} bytes is too long; at most {LONGEST_MESSAGE} are read")),
        Err(error) => Err(format!("Content-Length is no length in bytes: {error}")),
    };
    Some((length, before))
}

fn content_type_problem(line: &str) -> Option<String> {
    let (name, value) = line.split_once(':')?;
    let charset = value.split(';').find_map(|part| part.trim().strip_prefix("charset="))?;
    let utf8 = ["utf-8", "utf8"].iter().any(|name| charset.trim_matches('"').eq_ignore_ascii_case(name));
    (name.trim().eq_ignore_ascii_case("content-type") && !utf8).then(|| "messages are read in UTF-8 only".to_owned())
}

fn is_field(line: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.trim().bytes().all(token))
}

/// A message as JSON has it, not yet known for what it is.
#[derive(Deserialize)]
struct Envelope {
    jsonrpc: Option<String>,
    method: Option<String>,
    #[serde(default, deserialize_with = "present")]
    params: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    id: Option<Id>,
    #[serde(default, deserialize_with = "present")]
    result: Option<Value>,
    error: Option<Error>,
}

/// Tells `null` from nothing.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

fn parse(body: &[u8]) -> Incoming {
    // A list of fields would be taken for an object, too.
    let is_object = body.trim_ascii_start().starts_with(b"{");
    match serde_json::from_slice::<Envelope>(body) {
        Ok(envelope) if is_object => open(envelope),
        Ok(_) => malformed(Id::Null, ErrorCode::InvalidRequest, "this is no JSON-RPC message"),
        Err(error) if error.is_data() => {
            // Any id that can be had lets the client see which of its requests this answers.
            let id = serde_json::from_slice::<Value>(body)
                .ok()
                .and_then(|value| serde_json::from_value(value.get("id")?.clone()).ok());
            malformed(id.unwrap_or_default(), ErrorCode::InvalidRequest, "this is no JSON-RPC message")
        }
        Err(error) => {
            if let Some(mended) = replace_halves(body) {
                return parse(&mended);
            }
            // The error's text would quote the message; only its place is told.
            let (line, column) = (error.line(), error.column());
            malformed(Id::Null, ErrorCode::ParseError, format!("no JSON at line {line}, column {column}"))
        }
    }
}

fn open(envelope: Envelope) -> Incoming {
    let Envelope { jsonrpc, method, params, id, result, error } = envelope;
    if jsonrpc.as_deref() != Some("2.0") {
        return malformed(id.unwrap_or_default(), ErrorCode::InvalidRequest, "\"jsonrpc\" is not \"2.0\"");
    }
    match (method, id, result, error) {
        (Some(method), id, ..) => {
            let mut request = Request::build(method);
            if let Some(params) = params {
                request = request.params(params);
            }
            Incoming::Call(match id {
                Some(id) => request.id(id).finish(),
                None => request.finish(),
            })
        }
        (None, Some(id), _, Some(error)) => Incoming::Answer(id, Err(error)),
        (None, Some(id), Some(result), None) => Incoming::Answer(id, Ok(result)),
        (None, id, ..) => {
            malformed(id.unwrap_or_default(), ErrorCode::InvalidRequest, "neither a method, nor a result or an error")
        }
    }
}

fn malformed(id: Id, code: ErrorCode, problem: impl Into<String>) -> Incoming {
    Incoming::Malformed(id, Error { code, message: problem.into().into(), data: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every message in `bytes`, read through a buffer of `size` bytes: methods, and codes of errors.
    fn read(bytes: &[u8], size: usize) -> Vec<String> {
        let mut reader = Reader::new(BufReader::with_capacity(size, bytes));
        let mut found = Vec::new();
        while let Some(message) = reader.next().unwrap() {
            found.push(match message {
                Incoming::Call(request) => request.method().to_owned(),
                Incoming::Answer(id, result) => format!("answer {id} {}", result.is_ok()),
                Incoming::Malformed(id, error) => format!("{} {id}", error.code.code()),
            });
        }
        found
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn exit() -> String {
        framed(r#"{"jsonrpc":"2.0","method":"exit"}"#)
    }

    #[test]
    fn any_split_gives_the_same_messages() {
        let text = exit() + &framed(r#"{"jsonrpc":"2.0","id":1,"result":null}"#) + "garbage" + &exit();
        for size in 1..text.len() {
            assert_eq!(read(text.as_bytes(), size), ["exit", "answer 1 true", "-32700 null", "exit"]);
        }
    }

    #[test]
    fn a_bad_header_costs_one_error() {
        let body = r#"{"jsonrpc":"2.0","method":"lost"}"#;
        for header in [
            "Content-Length: -5",
            "Content-Length: many",
            "Content-Length: 99999999999999999999999",
            "Content-Length: 9999999999",
            "Content-Type: text/plain",
            "Content-Length: 33\r\nContent-Type: x; charset=latin1",
            "no header at all",
        ] {
            let text = format!("{header}\r\n\r\n{body}{}", exit());
            assert_eq!(read(text.as_bytes(), 64), ["-32700 null", "exit"], "{header}");
        }
        let endless = "x".repeat(3 * LONGEST_HEADER_LINE) + &exit();
        assert_eq!(read(endless.as_bytes(), 64), ["-32700 null", "exit"]);
    }

    #[test]
    fn headers_in_other_forms() {
        let body = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        for header in [
            "content-length:33\r\n",
            "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 33\r\n",
            "Content-Length: 33\r\nX-Other: 1\r\n",
            "Content-Length: 33\n",
        ] {
            let end = if header.contains('\r') { "\r\n" } else { "\n" };
            assert_eq!(read(format!("{header}{end}{body}").as_bytes(), 64), ["exit"], "{header}");
        }
        assert_eq!(read((framed("") + &exit()).as_bytes(), 64), ["exit"]);
    }

    #[test]
    fn bad_bodies() {
        for (body, expected) in [
            ("{\"jsonrpc\":\"2.0\",\"method\":", "-32700 null"),
            ("{\"jsonrpc\":\"1.0\",\"method\":\"x\",\"id\":4}", "-32600 4"),
            ("{\"jsonrpc\":\"2.0\",\"id\":5}", "-32600 5"),
            ("{\"jsonrpc\":\"2.0\",\"method\":7,\"id\":6}", "-32600 6"),
            ("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":1.5}", "-32600 null"),
            ("[]", "-32600 null"),
            ("[\"2.0\",\"exit\"]", "-32600 null"),
            ("7", "-32600 null"),
        ] {
            assert_eq!(read((framed(body) + &exit()).as_bytes(), 64), [expected, "exit"], "{body}");
        }
        let not_utf8 = [b"Content-Length: 3\r\n\r\n\"\xff\"".as_slice(), exit().as_bytes()].concat();
        assert_eq!(read(&not_utf8, 64).last().unwrap(), "exit");
    }

    #[test]
    fn an_input_that_ends_early() {
        let text = exit();
        for end in 1..text.len() {
            assert_eq!(read(&text.as_bytes()[..end], 64), Vec::<String>::new());
        }
    }

    #[test]
    fn whether_more_has_come() {
        let two = exit().repeat(2);
        let mut reader = Reader::new(BufReader::with_capacity(1 << 10, two.as_bytes()));
        let more = std::iter::from_fn(|| reader.next().unwrap().map(|_| reader.has_more()));
        assert_eq!(more.collect::<Vec<_>>(), [true, false]);
    }
}
