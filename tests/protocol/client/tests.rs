//! The client notices what it should.

use super::*;

const SOON: Duration = Duration::from_millis(10);

/// Waits without reading.
fn arrived(client: &mut Client, id: &Id) {
    let key = id.0.to_string();
    client.until("an answer", *PATIENCE, |state| state.answers.contains_key(&key).then_some(()));
}

#[test]
#[should_panic(expected = "unread error answer")]
fn an_unread_error() {
    let mut client = Client::start();
    let id = client.request("no/such/method", Value::Null);
    arrived(&mut client, &id);
}

#[test]
#[should_panic(expected = "unread error answer to nobody")]
fn an_unread_error_for_nobody() {
    let mut client = Client::start();
    client.bytes(frame("{"));
    client.until("an error", *PATIENCE, |state| (!state.nobody.is_empty()).then_some(()));
}

#[test]
#[should_panic(expected = "unread window/showMessage")]
fn an_unread_message_to_the_user() {
    let mut client = Setup::new().options(json!({ "diagnostics": 7 })).start();
    client.until("a message", *PATIENCE, |state| {
        state.notifications.iter().any(|one| one.method == "window/showMessage").then_some(())
    });
}

#[test]
#[should_panic(expected = "which did not come")]
fn what_does_not_come() {
    Client::start().until("Godot", SOON, |_| None::<()>);
}

#[test]
#[should_panic(expected = "the server closed its output")]
fn a_server_that_is_gone() {
    let mut client = Client::start();
    client.close_input();
    client.until("Godot", *PATIENCE, |_| None::<()>);
}

#[test]
#[should_panic(expected = "should have failed")]
fn a_result_where_an_error_is_due() {
    let mut client = Client::start();
    let id = client.request("shutdown", Value::Null);
    client.wait_error(&id);
}

#[test]
#[should_panic(expected = "an answer to unknown id 77")]
fn an_answer_no_one_asked_for() {
    let mut client = Client::start();
    client.bytes(frame(r#"{"jsonrpc":"2.0","id":77,"method":"no/such/method"}"#));
    client.until("an answer", *PATIENCE, |state| (!state.problems.is_empty()).then_some(()));
}
