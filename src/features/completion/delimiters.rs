//! Openers and closers in the corpus's own style.

use super::{Cursor, Item, Kind};
use crate::corpus::{Dialect, Dispatch};

/// The opener and the closer, as far as the line begins like them.
pub fn find(cursor: &Cursor<'_>) -> Vec<Item> {
    let typed = cursor.before.trim_start();
    let view = &cursor.snapshot.view;
    // Nothing but a fence may stand behind the cursor: what an editor has closed by itself.
    let is_free = cursor.behind.chars().all(|c| c.is_whitespace() || "=-<>[]#".contains(c));
    if typed.is_empty() || !is_free {
        return Vec::new();
    }
    let above = cursor.line.start.checked_sub(1).and_then(|above| view.dispatch_at(above));
    let open = above.filter(|dispatch| dispatch.opener.is_some() && dispatch.closer.is_none());
    let name_of = |dispatch: &Dispatch| {
        let name = dispatch.opener.as_ref()?.name.clone()?;
        Some(cursor.snapshot.text.slice(name).into_owned())
    };
    let name = open.as_ref().and_then(name_of);
    let mut items = Vec::new();
    let closer = open.and_then(|_| view.closer(name.as_deref().unwrap_or_default()));
    let closer = closer.filter(|closer| begins_like(typed, closer));
    items.extend(closer.map(|closer| item(cursor, &closer, "closes the dispatch", None)));
    // Most lines are not like it, and a free name has a price.
    if begins_like(typed, &view.opener("x")) {
        let name = view.free_name(&next_name(name.as_deref(), others(cursor) + 1));
        let opener = view.opener(&name);
        let placeholder = opener.find(&name).map(|at| at..at + name.len());
        items.push(item(cursor, &opener, "opens a dispatch", placeholder));
    }
    items
}

fn item(cursor: &Cursor<'_>, put: &str, detail: &str, placeholder: Option<std::ops::Range<usize>>) -> Item {
    Item {
        label: put.lines().find(|line| line.contains(char::is_alphanumeric)).unwrap_or(put).to_owned(),
        kind: Kind::Delimiter,
        detail: detail.to_owned(),
        documentation: String::new(),
        range: cursor.line.clone(),
        put: put.to_owned(),
        filter: None,
        placeholder,
    }
}

/// Whether a delimiter begins with what is typed; case and the length of the fence do not matter.
fn begins_like(typed: &str, delimiter: &str) -> bool {
    let plain = |text: &str| {
        let mut out = String::new();
        for c in text.lines().next().unwrap_or_default().chars().filter(|c| !c.is_whitespace()) {
            let is_repeated = !c.is_alphanumeric() && out.ends_with(c);
            if !is_repeated {
                out.extend(c.to_lowercase());
            }
        }
        out
    };
    let (typed, delimiter) = (plain(typed), plain(delimiter));
    !typed.is_empty() && delimiter.starts_with(&typed)
}

/// How many dispatches there are without the one that this line may open.
fn others(cursor: &Cursor<'_>) -> usize {
    let view = &cursor.snapshot.view;
    let here = view.dispatch_at(cursor.offset).and_then(|dispatch| dispatch.opener);
    let is_here = here.is_some_and(|opener| opener.range.end >= cursor.line.start);
    let is_single = view.dialect() == Dialect::Single;
    view.dispatch_count() - usize::from(is_here || is_single)
}

/// The name after `last`, counted on where it ends with a number; else by the number of the dispatch.
fn next_name(last: Option<&str>, number: usize) -> String {
    let Some(last) = last else { return format!("dispatch-{number}.txt") };
    let (stem, extension) = match last.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 8 && extension.chars().all(char::is_alphanumeric) => {
            (stem, format!(".{extension}"))
        }
        _ => (last, String::new()),
    };
    counted_on(stem).unwrap_or_else(|| format!("dispatch-{number}")) + &extension
}

/// `a-09` → `a-10`
fn counted_on(stem: &str) -> Option<String> {
    let digits = stem.len() - stem.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (words, last) = stem.split_at_checked(stem.len() - digits)?;
    let is_count = (1..=9).contains(&digits) && (words.is_empty() || words.ends_with(['-', '_', '/', ' ', '.']));
    let next = last.parse::<u64>().ok().filter(|_| is_count)? + 1;
    Some(format!("{words}{next:0digits$}"))
}
