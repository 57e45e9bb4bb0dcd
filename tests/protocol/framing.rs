//! Bytes that are no messages, or come in pieces: whatever it is, the next good message is understood.

use serde_json::{Value, json};

use crate::client::{Client, Failure, Setup, pulling};
use crate::marks::{self, Encoding};
use crate::wire::frame;

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;

/// A request that any server answers with an error, and that depends on nothing.
const NO_METHOD: &str = "dispatch-tests/no-such-method";

/// The server still answers. A few answers to nobody may have come before; they are returned.
#[track_caller]
fn still_answers(client: &mut Client) -> Vec<Failure> {
    let failure = client.call_error(NO_METHOD, Value::Null);
    assert_eq!(failure.code, -32601, "{failure:?}");
    client.errors_for_nobody()
}

#[test]
fn messages_split_at_every_byte() {
    let marked = "=== FILE: أخبار.txt ===\n\nمرحبا 😀.\n\n=== ⟨F003 FIEL⟩: 😀.txt ===\n\nSecond.\n\n=== FILE: c.txt ===\n\nThird.\n";
    let (text, expected) = marks::read(marked, Encoding::Utf16);
    let setup = Setup::new().capabilities(pulling());
    let hello = setup.initialize_params();
    let mut client = setup.spawn();
    let (id, message) = client.next_request("initialize", hello);
    client.announce(&message);
    client.dribble(frame(&message.to_string()));
    client.wait(&id);
    let uri = "file:///no-such-folder/a.txt";
    let item = json!({ "uri": uri, "languageId": "dispatch", "version": 1, "text": text });
    let (id, pull) = client.next_request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    client.announce(&pull);
    for message in [
        json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": item } }),
        pull,
    ] {
        client.dribble(frame(&message.to_string()));
    }
    let report = client.wait(&id);
    let found = marks::only(&["F003"], marks::found(report["items"].as_array().unwrap()));
    assert_eq!(marks::lines(&found), marks::lines(&expected));
}

#[test]
fn many_messages_in_one_piece() {
    let mut client = Client::start();
    let mut bytes = Vec::new();
    let ids: Vec<_> = (0..100)
        .map(|_| {
            let (id, message) = client.next_request(NO_METHOD, Value::Null);
            client.announce(&message);
            bytes.extend(frame(&message.to_string()));
            id
        })
        .collect();
    client.bytes(bytes);
    for id in ids {
        assert_eq!(client.wait_error(&id).code, -32601);
    }
}

#[test]
fn headers_in_every_allowed_form() {
    let mut client = Client::start();
    for header in [
        "Content-Length: {}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
        "Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length: {}\r\n\r\n",
        "content-length: {}\r\n\r\n",
        "Content-Length:{}\r\n\r\n",
        "Content-Length: 00{}\r\n\r\n",
        "X-Unknown: yes\r\nContent-Length: {}\r\n\r\n",
    ] {
        let (id, message) = client.next_request(NO_METHOD, Value::Null);
        client.announce(&message);
        let body = message.to_string();
        client.bytes(header.replace("{}", &body.len().to_string()) + &body);
        assert_eq!(client.wait_error(&id).code, -32601, "{header:?}");
    }
}

#[test]
fn headers_that_are_wrong() {
    let mut client = Client::start();
    let long = "x".repeat(100_000);
    for bytes in [
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: -20\r\n\r\n{\"jsonrpc\": \"2.0\"}",
        "Content-Length: 4611686018427387904\r\n\r\n{}",
        "Content-Length: 99999999999999999999999999\r\n\r\n{}",
        "Content-Length: 1e3\r\n\r\n",
        "Content-Length: many\r\n\r\n",
        "Content-Length: \r\n\r\n",
        "Content-Length\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "hello\n",
        &format!("{long}\r\n\r\n"),
        &long,
    ] {
        client.bytes(bytes);
        let shown: String = bytes.chars().take(60).collect();
        let told = still_answers(&mut client);
        assert!(!told.is_empty(), "{shown:?}: no error told");
        assert!(told.len() <= 2, "{shown:?}: one thing is wrong, and it is told {} times", told.len());
        assert!(told.iter().all(|failure| failure.code == PARSE_ERROR), "{shown:?}: {told:?}");
    }
    client.bytes([0xff, 0xfe, 0x00, 0x80, b'\r', b'\n', b'\r', b'\n']);
    still_answers(&mut client);
    #[cfg(target_os = "linux")]
    assert!(client.resident_memory() < 300 << 20, "{} bytes are held", client.resident_memory());
}

#[test]
fn lengths_that_do_not_fit() {
    let mut client = Client::start();
    let ignored = r#"{"jsonrpc":"2.0","method":"$/ignored"}"#;
    // Too short: what is left of the body is garbage.
    client.bytes(format!("Content-Length: {}\r\n\r\n{ignored}", ignored.len() - 5));
    assert!(!still_answers(&mut client).is_empty());
    // Too long: it takes the beginning of the next message with it.
    client.bytes(format!("Content-Length: {}\r\n\r\n{ignored}", ignored.len() + 1));
    client.bytes(frame(ignored));
    assert!(!still_answers(&mut client).is_empty());
}

#[test]
fn bodies_that_are_no_json() {
    let mut client = Client::start();
    for body in ["{", "nonsense", "{\"jsonrpc\":\"2.0\",}", "{} {}", "'a'"] {
        client.bytes(frame(body));
        assert_eq!(client.error_for_nobody().code, PARSE_ERROR, "{:?}", &body[..body.len().min(40)]);
        assert_eq!(still_answers(&mut client), []);
    }
    client.bytes([&b"Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"$/\xff\xc3\"}"[..]].concat());
    assert_eq!(client.error_for_nobody().code, PARSE_ERROR);
    assert_eq!(still_answers(&mut client), []);
}

/// Reading what is nested takes stack: not so much that the server dies of it.
#[test]
fn json_that_is_deep() {
    let mut client = Client::start();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = open.repeat(200_000) + "1" + &close.repeat(200_000);
        for body in [format!(r#"{{"jsonrpc":"2.0","method":"$/a","params":{deep}}}"#), open.repeat(200_000), deep] {
            client.bytes(frame(&body));
            let failure = client.error_for_nobody();
            assert!([PARSE_ERROR, INVALID_REQUEST].contains(&failure.code), "{failure:?}");
            assert_eq!(still_answers(&mut client), []);
        }
    }
}

#[test]
fn json_that_is_no_message() {
    let mut client = Client::start();
    for body in
        ["42", "\"hello\"", "null", "true", "{}", "[]", r#"{"jsonrpc":"2.0"}"#, r#"{"jsonrpc":"2.0","method":7}"#]
    {
        client.bytes(frame(body));
        assert_eq!(client.error_for_nobody().code, INVALID_REQUEST, "{body}");
        assert_eq!(still_answers(&mut client), [], "{body}");
    }
}

/// The protocol has no batches: nothing in one is carried out. Nor is an array a message by its order.
#[test]
fn arrays_are_refused() {
    let mut client = Client::start();
    for body in [
        r#"[{"jsonrpc":"2.0","id":901,"method":"no/such"},{"jsonrpc":"2.0","method":"exit"}]"#,
        r#"["2.0","exit"]"#,
        r#"["2.0","exit",null,null,null,null]"#,
        r#"["2.0","shutdown",null,902,null,null]"#,
    ] {
        client.bytes(frame(body));
        assert_eq!(client.error_for_nobody().code, INVALID_REQUEST, "{body}");
        assert_eq!(still_answers(&mut client), [], "{body}");
    }
}

/// Where the id can be made out, the error goes to it.
#[test]
fn a_request_that_is_none_is_answered_by_its_id() {
    let mut client = Client::start();
    for (field, value) in [("method", json!(7)), ("method", Value::Null)] {
        let (id, mut message) = client.next_request(NO_METHOD, Value::Null);
        client.announce(&message);
        message[field] = value;
        client.bytes(frame(&message.to_string()));
        assert_eq!(client.wait_error(&id).code, INVALID_REQUEST, "{message}");
    }
}

#[test]
fn answers_to_nothing_are_ignored() {
    let mut client = Client::start();
    for body in [
        json!({ "jsonrpc": "2.0", "id": 4242, "result": null }),
        json!({ "jsonrpc": "2.0", "id": "unheard-of", "result": [1] }),
        json!({ "jsonrpc": "2.0", "id": 4243, "error": { "code": -32603, "message": "no" } }),
    ] {
        client.bytes(frame(&body.to_string()));
        assert_eq!(still_answers(&mut client), [], "{body}");
    }
}
