//! The guard around the service: a request gets exactly one answer, whatever happens in its handler.
//!
//! It turns a panic into an internal error (-32603), lets nothing but `initialize` through before the client has
//! introduced itself, and mends small liberties that clients take.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Context, Poll};

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use tower::Service;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

use crate::workspace::uri::encode_illegal;

use super::log;

/// Wraps the framework's service.
#[derive(Debug)]
pub struct Guard<S> {
    inner: S,
    stage: Stage,
}

/// How far the client has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Strange,
    Introduced,
    Leaving,
}

impl<S> Guard<S> {
    pub fn new(inner: S) -> Self {
        Guard { inner, stage: Stage::Strange }
    }

    /// Why a request can't be let through.
    fn refusal(&self, method: &str) -> Option<Error> {
        match self.stage {
            Stage::Leaving => Some(Error::invalid_request()),
            _ if is_notification(method) => Some(unknown(method)),
            _ => None,
        }
    }

    /// The client has asked for `shutdown`.
    pub fn is_leaving(&self) -> bool {
        self.stage == Stage::Leaving
    }
}

impl<S> Service<Request> for Guard<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Option<Response>, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let request = mend(request);
        let (method, id) = (request.method().to_owned(), request.id().cloned());
        if self.stage == Stage::Strange && !matches!(method.as_str(), "initialize" | "exit") {
            let error = Error { code: ErrorCode::ServerError(-32002), message: "not initialized".into(), data: None };
            return futures::future::ok(id.map(|id| Response::from_error(id, error))).boxed();
        }
        if let Some(id) = &id
            && let Some(error) = self.refusal(&method)
        {
            return futures::future::ok(Some(Response::from_error(id.clone(), error))).boxed();
        }
        match method.as_str() {
            "initialize" => self.stage = Stage::Introduced,
            "shutdown" if id.is_some() => self.stage = Stage::Leaving,
            _ => {}
        }
        // The handler's first steps are taken in `call`, the others when its future is polled.
        let Ok(future) = catch_unwind(AssertUnwindSafe(|| self.inner.call(request))) else {
            return futures::future::ok(panicked(&method, id)).boxed();
        };
        AssertUnwindSafe(future)
            .catch_unwind()
            .map(move |outcome| match outcome {
                Ok(Ok(None)) => Ok(id.map(|id| Response::from_error(id, unknown(&method)))),
                Ok(outcome) => outcome,
                Err(_) => Ok(panicked(&method, id)),
            })
            .boxed()
    }
}

fn panicked(method: &str, id: Option<Id>) -> Option<Response> {
    log::problem(&format!("the handler of {method} panicked"));
    id.map(|id| Response::from_error(id, internal_error()))
}

/// What a client hears where the server has a defect.
pub fn internal_error() -> Error {
    Error {
        code: ErrorCode::InternalError,
        message: "a defect in dispatch-ls; its log on standard error says where".into(),
        data: None,
    }
}

/// There are no requests of these names.
fn is_notification(method: &str) -> bool {
    const PREFIXES: &[&str] = &["textDocument/did", "workspace/did", "notebookDocument/did"];
    const NAMES: &[&str] = &["initialized", "$/cancelRequest", "$/setTrace", "window/workDoneProgress/cancel"];
    NAMES.contains(&method) || PREFIXES.iter().any(|prefix| method.starts_with(prefix))
}

/// The framework leaves requests that begin with `$/` and that nobody handles without an answer.
fn unknown(method: &str) -> Error {
    Error { data: Some(Value::from(method)), ..Error::method_not_found() }
}

/// Parameters that are missing or superfluous where that can't be misunderstood, and characters in a document's URI
/// that no URI may have, would cost the whole message otherwise.
fn mend(request: Request) -> Request {
    let (method, id, mut params) = request.into_parts();
    match method.as_ref() {
        "shutdown" => params = None,
        "initialized" | "workspace/didChangeConfiguration" | "dispatch/status" => mend_object(&mut params),
        other if other.starts_with("$/dispatch-ls/") => mend_object(&mut params),
        _ => {}
    }
    if method == "workspace/didChangeConfiguration"
        && let Some(Value::Object(fields)) = &mut params
    {
        fields.entry("settings").or_insert(Value::Null);
    }
    if let Some(params) = &mut params {
        mend_uri(params.pointer_mut("/textDocument/uri"));
        if method == "initialize" {
            mend_uri(params.get_mut("rootUri"));
            let folders = params.get_mut("workspaceFolders").and_then(Value::as_array_mut);
            folders.into_iter().flatten().for_each(|folder| mend_uri(folder.get_mut("uri")));
        }
    }
    let mut mended = Request::build(method);
    if let Some(params) = params {
        mended = mended.params(params);
    }
    match id {
        Some(id) => mended.id(id).finish(),
        None => mended.finish(),
    }
}

fn mend_uri(value: Option<&mut Value>) {
    if let Some(Value::String(uri)) = value
        && let Some(encoded) = encode_illegal(uri)
    {
        *uri = encoded;
    }
}

fn mend_object(params: &mut Option<Value>) {
    if params.as_ref().is_none_or(|params| !params.is_object()) {
        *params = Some(json!({}));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    /// Panics at once, panics later, says nothing, or answers, as the method asks.
    struct Temper;

    impl Service<Request> for Temper {
        type Response = Option<Response>;
        type Error = ();
        type Future = BoxFuture<'static, Result<Option<Response>, ()>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            let (method, id, _) = request.into_parts();
            match method.as_ref() {
                "now" => panic!("at once"),
                "later" => async { panic!("later") }.boxed(),
                "$/silent" => futures::future::ok(None).boxed(),
                _ => futures::future::ok(id.map(|id| Response::from_ok(id, Value::Null))).boxed(),
            }
        }
    }

    /// The code of the answer to a request, 0 for a result, after `initialize` or without it.
    fn code(guard: &mut Guard<Temper>, method: &'static str) -> Option<i64> {
        let response = block_on(guard.call(Request::build(method).id(1).finish())).unwrap();
        response.map(|response| response.error().map_or(0, |error| error.code.code()))
    }

    #[test]
    fn every_request_gets_one_answer() {
        let mut guard = Guard::new(Temper);
        assert_eq!(code(&mut guard, "anything"), Some(-32002));
        assert_eq!(code(&mut guard, "initialize"), Some(0));
        for (method, expected) in [("now", -32603), ("later", -32603), ("$/silent", -32601), ("anything", 0)] {
            assert_eq!(code(&mut guard, method), Some(expected), "{method}");
        }
        assert_eq!(code(&mut guard, "textDocument/didOpen"), Some(-32601));
        assert_eq!(code(&mut guard, "shutdown"), Some(0));
        for method in ["shutdown", "anything", "no such"] {
            assert_eq!(code(&mut guard, method), Some(-32600), "{method}");
        }
    }

    #[test]
    fn notifications_get_none() {
        let mut guard = Guard::new(Temper);
        for method in ["early", "initialize", "now", "later", "anything"] {
            assert_eq!(block_on(guard.call(Request::build(method).finish())), Ok(None), "{method}");
        }
    }

    #[test]
    fn small_liberties_are_mended() {
        let mended = |method: &'static str, params| mend(Request::build(method).params(params).finish());
        assert_eq!(mended("shutdown", json!({})).params(), None);
        assert_eq!(mended("initialized", json!(null)).params(), Some(&json!({})));
        let settings = mended("workspace/didChangeConfiguration", json!({}));
        assert_eq!(settings.params(), Some(&json!({"settings": null})));
        let folders =
            mended("initialize", json!({"rootUri": "file:///é", "workspaceFolders": [{"uri": "file:///[a]"}]}));
        let encoded = json!({"rootUri": "file:///%C3%A9", "workspaceFolders": [{"uri": "file:///%5Ba%5D"}]});
        assert_eq!(folders.params(), Some(&encoded));
        let hover = mended("textDocument/hover", json!({"textDocument": {"uri": "file:///a b"}}));
        assert_eq!(hover.params(), Some(&json!({"textDocument": {"uri": "file:///a%20b"}})));
    }
}
