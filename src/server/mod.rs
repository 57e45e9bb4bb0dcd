//! The language server: the only code that knows the protocol and its runtime.
//!
//! # The way of a message
//!
//! ```text
//! stdin → transport → guard → the framework → backend ──event──→ owner ──snapshot──→ pools
//!                                                                  │                   │
//! stdout ←──────────────────────── outbox ←── diagnostics ─────────┴───── answers ─────┘
//! ```
//!
//! - [`transport`] makes messages of bytes; [`guard`] sees to it that each request has one answer; [`flight`] runs
//!   handlers; [`backend`] is the only `impl LanguageServer` and relays all to the owner.
//! - [`owner`] is the one thread that holds state (documents, settings); it hands out snapshots and never waits.
//! - [`pools`] run what takes time over a snapshot; [`task`] tells the work whether anybody still waits for it.
//! - [`views`] has what is shown around the text wait for a rest; [`disk`] follows settings and actors files.
//! - [`outbox`] is the only place that talks to the client. Nothing waits for the client but a thread of its own.
//! - [`convert`] and [`capabilities`] are the only places that turn the protocol's types into plain data and back
//!   ([`backend`] and [`adapters`] name them in signatures).
//!
//! # How to add a feature
//!
//! For a request about one document, say hover, with the feature in `features/hover.rs`
//! (`pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Hover>`, plain data):
//!
//! 1. `backend.rs`, one line: `async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
//!    Ok(self.ask(AtOnce, params, adapters::hover).await?.flatten()) }`.
//!    `AtOnce` only where the answer takes microseconds at any size, as hover's does; `View` for what an editor asks for by
//!    itself after each key, and shows around the text; else `Soon`.
//! 2. `adapters.rs`, a few lines: `fn hover(snapshot, params, task) -> Result<Option<Hover>>` that goes
//!    `convert::offset` → `features::hover::find` → `convert::hover`.
//! 3. `convert/features.rs`: how its answer looks to the client. The row for its parameters is in the table `about!`
//!    of `convert.rs`.
//! 4. `capabilities.rs`, in `announce`: that the server can do it.
//!
//! Ordering, cancelling, panics, threads and progress are seen to. Work that may be long asks `task.is_wanted()` now
//! and then, and calls `task.report(done, all)`: to a feature the task is a `features::Watch`, which does both. What
//! the client can show is in `task.client`. An answer that can't be given is `Err(convert::refused("why"))`.
//!
//! # How it ends
//!
//! | end | exit code |
//! |---|---|
//! | `exit` after `shutdown` | 0 |
//! | `exit` without `shutdown` | 1 |
//! | end of input after `shutdown` | 0 |
//! | end of input without `shutdown` | 1 |
//! | the process `processId` of `initialize` is gone | 1 |
//! | output closed, or 200,000 messages not read | 1 |
//!
//! # Beside the protocol
//!
//! - `dispatch/status` `{textDocument: {uri}}` → `{dialect, dispatches, findings}`, or `null` where it isn't open.
//! - `dispatch/actors` `{textDocument: {uri}}` → `{complete, actors: [{name, kind, id, detail, listed, claims, mentions:
//!   [{range, text, dispatch}]}]}`: who is in the file ([`crate::features::people`]), the most mentioned first. `kind` is
//!   `person`, `organization`, `place` or `government`; `id` is that of the actors file, or `null`; `complete` is `false`
//!   where only the first 1 MiB was read.
//! - `dispatch/timeline` `{textDocument: {uri}, position}` → `{dispatch, date, entries: [{value, label, text, range, kind,
//!   sentence}]}`: the dates of the dispatch at a position ([`crate::features::timeline`]), by value; `null` outside of
//!   dispatches.
//! - A client that names `dispatch.showReferences` in its capability `experimental: {commands: […]}` gets lenses with that
//!   command: `uri, position, locations`, as VS Code's `editor.action.showReferences` wants them. For others a lens is words.
//! - The command `dispatch.init` `{textDocument?: {uri}, candidates?, actors?: [name]}` makes, by `workspace/applyEdit`, a
//!   `dispatch.toml` and an `actors.jsonl`, as far as they are not there, for this corpus or all that are open, and lists
//!   `actors` in the latter, or else the most frequent of those whom nobody lists: `{created: [uri], edited: [uri], actors:
//!   [{name, kind, mentions}]}`, where `edited` were there already. With `candidates: true` it makes nothing: `{candidates:
//!   [{name, kind, mentions}]}`, to choose from.
//! - Where the environment has `DISPATCH_LS_TEST`, for tests: `$/dispatch-ls/panic` `{where?}` panics in a worker (or
//!   in the `"handler"`, or in the `"owner"`), `$/dispatch-ls/sleep` `{ms}` answers late, or sooner when cancelled.

mod adapters;
mod backend;
mod bar;
mod capabilities;
mod configuration;
mod convert;
mod diagnostics;
mod disk;
mod end;
mod flight;
mod guard;
mod listing;
mod log;
mod outbox;
mod owner;
mod parent;
mod pools;
mod publication;
mod surrogates;
mod task;
mod transport;
mod views;
mod who_is_known;
mod workspace_diagnostics;

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::{Duration, Instant};

use tower::Service;
use tower_lsp::LspService;
use tower_lsp::jsonrpc::{Request, Response};

use crate::workspace::Layers;

use backend::Backend;
use end::{End, Ending};
use guard::Guard;
use outbox::{AtOnce, Outbox};
use owner::Owner;
use pools::Pools;
use transport::{Incoming, Reader};

/// What diagnostics, settings and progress are called.
const SOURCE: &str = "dispatch-ls";
/// Requests that may be under way at a time; more are refused.
const MOST_REQUESTS: usize = 1024;
/// Time that is left to answers and to a slow client at the end.
const LAST_PATIENCE: Duration = Duration::from_secs(1);

/// Serves on standard input and output until the client leaves; the exit code. `layers` are the settings to begin with.
pub fn serve(layers: Layers) -> ExitCode {
    log::panics_by_place();
    let served = raw_input().and_then(|input| {
        let output = raw_output()?;
        let at_once = at_once(&output);
        serve_on(input, output, at_once, layers)
    });
    match served {
        Ok(code) => code,
        Err(error) => {
            log::problem(&format!("cannot serve on standard input and output: {error}"));
            ExitCode::from(2)
        }
    }
}

/// Serves on any input and output. An error says which thread could not be started.
fn serve_on(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    at_once: Option<AtOnce>,
    layers: Layers,
) -> io::Result<ExitCode> {
    let end = End::default();
    let outbox = Outbox::new(output, at_once, end.clone())?;
    let more_comes = Arc::new(AtomicBool::new(false));
    let (owner, mailbox) = Owner::new(outbox.clone(), Pools::new()?, layers, more_comes.clone());
    std::thread::Builder::new().name("owner".to_owned()).spawn(move || owner.run())?;

    let (backend_outbox, backend_end) = (outbox.clone(), end.clone());
    let mut builder = LspService::build(move |_| Backend::new(mailbox, backend_outbox, backend_end))
        .custom_method("dispatch/status", Backend::status)
        .custom_method("dispatch/actors", Backend::actors)
        .custom_method("dispatch/timeline", Backend::timeline)
        .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress);
    if std::env::var_os("DISPATCH_LS_TEST").is_some() {
        builder = builder
            .custom_method("$/dispatch-ls/panic", Backend::panic)
            .custom_method("$/dispatch-ls/sleep", Backend::sleep);
    }
    // The framework's own way to the client is not used: it makes senders wait.
    let (service, _) = builder.finish();

    let (reader_outbox, reader_end) = (outbox.clone(), end.clone());
    std::thread::Builder::new().name("reader".to_owned()).spawn(move || {
        let ending =
            catch_unwind(AssertUnwindSafe(|| read_all(input, Guard::new(service), &reader_outbox, &more_comes)));
        reader_end.set(ending.unwrap_or(Ending::EndOfInput { after_shutdown: false }));
    })?;

    let ending = end.wait();
    outbox.flush(LAST_PATIENCE);
    Ok(ending.code())
}

/// Reads messages and starts their handlers, until the client leaves. While one is handled, `more_comes` says whether
/// there is another one behind it.
fn read_all<S>(input: impl Read, mut service: Guard<S>, outbox: &Outbox, more_comes: &AtomicBool) -> Ending
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    let mut reader = Reader::new(BufReader::with_capacity(64 << 10, input));
    let under_way = Arc::new(AtomicUsize::new(0));
    loop {
        let message = reader.next();
        more_comes.store(reader.has_more(), Ordering::Relaxed);
        let request = match message {
            Ok(Some(Incoming::Call(request))) => request,
            Ok(Some(Incoming::Answer(id, result))) => {
                outbox.answered(&id, result);
                continue;
            }
            Ok(Some(Incoming::Malformed(id, error))) => {
                outbox.answer(&Response::from_error(id, error));
                continue;
            }
            Ok(None) | Err(_) => {
                wait_for(&under_way);
                return Ending::EndOfInput { after_shutdown: service.is_leaving() };
            }
        };
        if request.method() == "exit" {
            if service.is_leaving() {
                // What was asked for before `shutdown` is still answered.
                wait_for(&under_way);
            }
            // Not for the framework, which would cancel what is under way while it holds the table of it: a handler
            // that goes on at once, as ours do, would wait for that table for ever.
            return Ending::Exit { after_shutdown: service.is_leaving() };
        }
        if request.id().is_some() && under_way.load(Ordering::Relaxed) >= MOST_REQUESTS {
            let id = request.id().cloned().unwrap_or_default();
            outbox.answer(&Response::from_error(id, convert::refused("too many requests at a time")));
            continue;
        }
        let _ = service.poll_ready(&mut Context::from_waker(Waker::noop()));
        let answer = service.call(request);
        under_way.fetch_add(1, Ordering::Relaxed);
        let (outbox, under_way) = (outbox.clone(), under_way.clone());
        flight::launch(async move {
            if let Ok(Some(response)) = answer.await {
                outbox.answer(&response);
            }
            under_way.fetch_sub(1, Ordering::Release);
        });
    }
}

/// Who leaves may still read the output: answers under way get a moment.
fn wait_for(under_way: &AtomicUsize) {
    let deadline = Instant::now() + LAST_PATIENCE;
    while under_way.load(Ordering::Acquire) > 0 && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(2));
    }
}

// The handles themselves, without the buffers that the standard library puts before them.

#[cfg(unix)]
fn raw_input() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

#[cfg(unix)]
fn raw_output() -> io::Result<File> {
    use std::os::fd::AsFd;
    let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    widen(&output);
    Ok(output)
}

/// A pipe holds 64 KB, and a long list of diagnostics would go through it in many turns of two processes. Where it is no
/// pipe, or may not be widened, it stays as it is.
#[cfg(target_os = "linux")]
fn widen(output: &File) {
    const WIDE: usize = 1 << 20;
    let _ = rustix::pipe::fcntl_setpipe_size(output, WIDE);
}

#[cfg(all(unix, not(target_os = "linux")))]
fn widen(_: &File) {}

/// Works on pipes and sockets; on others each write is refused, as it is by a Linux older than 6.4.
#[cfg(target_os = "linux")]
fn at_once(output: &File) -> Option<AtOnce> {
    use rustix::io::{ReadWriteFlags, pwritev2};
    /// No place: behind what was written last.
    const NEXT: u64 = u64::MAX;
    let output = output.try_clone().ok()?;
    Some(Box::new(move |parts| Ok(pwritev2(&output, parts, NEXT, ReadWriteFlags::NOWAIT)?)))
}

#[cfg(not(target_os = "linux"))]
fn at_once(_: &File) -> Option<AtOnce> {
    None
}

#[cfg(windows)]
fn raw_input() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdin().as_handle().try_clone_to_owned()?))
}

#[cfg(windows)]
fn raw_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdout().as_handle().try_clone_to_owned()?))
}
