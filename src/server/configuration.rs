//! The owner's part in settings: asking the client for them, taking them, and telling what is wrong with them.

use std::time::Instant;

use serde_json::{Value, json};

use crate::workspace::{Nature, UriKey};

use super::owner::{Entry, Event, Owner};
use super::{SOURCE, log};

impl Owner {
    /// The client is ready to be asked: registers for changes, and asks for the settings.
    pub(super) fn start(&mut self) {
        let mut registrations = Vec::new();
        if self.client.registers_configuration {
            registrations.push(json!({
                "id": "configuration",
                "method": "workspace/didChangeConfiguration",
                "registerOptions": {"section": SOURCE},
            }));
        }
        if !registrations.is_empty() {
            self.outbox.ask("client/registerCapability", json!({"registrations": registrations}), |answer| {
                if answer.is_err() {
                    log::problem("the client refused to watch settings");
                }
            });
        }
        if self.client.configuration {
            self.pull_settings();
        } else {
            // Nothing better will come; what is wrong with the initialization options can be told now.
            self.layers.settings(None);
            self.tell_problems();
        }
    }

    fn pull_settings(&mut self) {
        self.questions += 1;
        let number = self.questions;
        let mailbox = self.mailbox.clone();
        let params = json!({"items": [{"section": SOURCE}]});
        self.outbox.ask("workspace/configuration", params, move |answer| {
            let value = match answer {
                Ok(Value::Array(values)) => values.into_iter().next().unwrap_or_default(),
                Ok(value) => value,
                Err(_) => return log::problem("the client did not tell its settings"),
            };
            let _ = mailbox.send(Event::SettingsPulled { number, value });
        });
    }

    pub(super) fn settings_changed(&mut self, value: Value) {
        // `null` says only that something has changed.
        if !value.is_null() {
            self.layers.set_pushed(value);
            self.apply_settings();
        }
        if self.client.configuration {
            self.pull_settings();
        }
    }

    pub(super) fn settings_pulled(&mut self, number: u64, value: Value) {
        // An answer to an older question tells older settings.
        if number == self.questions {
            self.layers.set_pulled(value);
            self.apply_settings();
        }
    }

    pub(super) fn settings_file_changed(&mut self) {
        self.layers.forget_files();
        self.apply_settings();
    }

    fn apply_settings(&mut self) {
        let mut changed = false;
        for entry in self.documents.values_mut() {
            let settings = self.layers.settings(entry.path.as_deref());
            if **entry.document.settings() != *settings {
                entry.document.set_settings(settings);
                entry.publication.touch(Instant::now(), 0);
                changed = true;
            }
        }
        self.know_actors();
        changed |= self.judge_natures();
        self.layers.settings(None);
        self.tell_problems();
        if changed && self.is_pulled && self.client.refreshes_diagnostics {
            self.outbox.ask("workspace/diagnostic/refresh", Value::Null, |_| {});
        }
        if changed {
            self.refresh_views();
        }
    }

    /// Settings may name a file that is open as an actors file, or not any more. Whether any did.
    fn judge_natures(&mut self) -> bool {
        let nature = |entry: &Entry| {
            self.nature(entry.document.uri(), &entry.language, entry.real.as_deref(), entry.document.settings())
        };
        let natures = self.documents.iter().map(|(key, entry)| (key.clone(), nature(entry)));
        let natures: Vec<(UriKey, Nature)> = natures.collect();
        let mut changed = false;
        for (key, nature) in natures {
            if let Some(entry) = self.documents.get_mut(&key).filter(|entry| entry.document.nature() != nature) {
                entry.document.set_nature(nature);
                entry.publication.touch(Instant::now(), 0);
                entry.doubt_due = Some(Instant::now());
                changed = true;
            }
        }
        if changed {
            self.know_actors();
        }
        changed
    }

    /// One message for all that could not be taken.
    pub(super) fn tell_problems(&mut self) {
        let problems = self.layers.take_problems();
        if !problems.is_empty() {
            const WARNING: u8 = 2;
            let message = format!("dispatch-ls, settings: {}", problems.join("; "));
            self.outbox.notify("window/showMessage", json!({"type": WARNING, "message": message}));
        }
    }
}
