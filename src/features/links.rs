//! Links: the values of `url:` headers. Never from the text, which is anybody's.

use std::ops::Range;

use crate::workspace::Snapshot;

use super::Watch;

/// A link and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub range: Range<usize>,
    /// In ASCII: other characters are percent-encoded.
    pub target: String,
}

const MOST: usize = 10_000;

/// The links of a file, the first 10,000; `None` where nobody waits for them any more.
pub fn find_all(snapshot: &Snapshot, watch: &dyn Watch) -> Option<Vec<Link>> {
    let length = snapshot.text.len();
    let mut links = Vec::new();
    for dispatch in snapshot.view.dispatches(0..length.saturating_add(1)) {
        if !watch.goes_on(dispatch.range.start, length) {
            return None;
        }
        let fields = dispatch.header.iter().flat_map(|header| &header.fields);
        for field in fields.into_iter().filter(|field| field.key == Some("url")) {
            let target = target(&snapshot.text.slice(field.value.clone()));
            links.extend(target.map(|target| Link { range: field.value.clone(), target }));
        }
        if links.len() >= MOST {
            break;
        }
    }
    Some(links)
}

/// The address as a client can open it; `None` for anything but an address on the web.
fn target(value: &str) -> Option<String> {
    let scheme = ["http://", "https://"]
        .into_iter()
        .find(|scheme| value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let rest = value.get(scheme.len()..).unwrap_or_default();
    let is_wrong = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    if !rest.starts_with(|c: char| c.is_alphanumeric() || c == '[') || rest.contains(is_wrong) {
        return None;
    }
    let mut target = scheme.to_owned();
    for byte in rest.bytes() {
        if byte.is_ascii() {
            target.push(char::from(byte));
        } else {
            target.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(target)
}
