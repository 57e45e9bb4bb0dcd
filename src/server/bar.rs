//! A progress bar while a large document is read. Its reader can't report in between, so the bar has no length.

use std::sync::{Arc, Mutex};

use serde_json::json;

use super::outbox::{Outbox, lock};

/// Bytes; reading a document that is larger may take over half a second.
const LARGE: usize = 32 << 20;

/// The bar goes when this is dropped.
pub struct Bar {
    outbox: Outbox,
    token: String,
    stage: Arc<Mutex<Stage>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Asked,
    Shown,
    Over,
}

impl Bar {
    /// Asks the client for a bar, if the document is large, and shows it as soon as the client allows. `number` is
    /// another one for each bar.
    pub fn for_document(outbox: &Outbox, bytes: usize, number: u64) -> Option<Bar> {
        if bytes < LARGE {
            return None;
        }
        let token = format!("dispatch-ls-reading-{number}");
        let stage = Arc::new(Mutex::new(Stage::Asked));
        let (shown, shown_stage, shown_token) = (outbox.clone(), stage.clone(), token.clone());
        outbox.ask("window/workDoneProgress/create", json!({"token": token}), move |answer| {
            let mut stage = lock(&shown_stage);
            if answer.is_ok() && *stage == Stage::Asked {
                *stage = Stage::Shown;
                let begin = json!({"kind": "begin", "title": "Reading the corpus", "cancellable": false});
                shown.notify("$/progress", json!({"token": shown_token, "value": begin}));
            }
        });
        Some(Bar { outbox: outbox.clone(), token, stage })
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        let was = std::mem::replace(&mut *lock(&self.stage), Stage::Over);
        if was == Stage::Shown {
            self.outbox.notify("$/progress", json!({"token": self.token, "value": {"kind": "end"}}));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::mpsc;
    use std::time::Duration;

    use serde_json::Value;
    use tower_lsp::jsonrpc::Id;

    use super::super::end::End;
    use super::*;

    struct Written(mpsc::Sender<String>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let _ = self.0.send(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What a client gets that answers at once, or only when all is read.
    fn told(answers_late: bool) -> String {
        let (sender, seen) = mpsc::channel();
        let outbox = Outbox::new(Written(sender), None, End::default()).unwrap();
        assert!(Bar::for_document(&outbox, LARGE - 1, 1).is_none());
        let bar = Bar::for_document(&outbox, LARGE, 2);
        let answer = || outbox.answered(&Id::Number(1), Ok(Value::Null));
        if answers_late {
            drop(bar);
            answer();
        } else {
            answer();
            drop(bar);
        }
        outbox.flush(Duration::from_secs(9));
        seen.try_iter().collect()
    }

    #[test]
    fn a_bar_begins_and_ends() {
        let told = told(false);
        let at = |what: &str| told.find(what).unwrap_or_else(|| panic!("no {what}: {told}"));
        assert!(at("create") < at(r#""begin""#) && at(r#""begin""#) < at(r#""end""#), "{told}");
    }

    #[test]
    fn a_bar_that_comes_too_late_is_not_shown() {
        let told = told(true);
        assert!(told.contains("create") && !told.contains("$/progress"), "{told}");
    }
}
