//! `actors find NAME`: whom a name means, and why.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;

use crate::cli::output::{Output, complain, visible};
use crate::gazetteer::{EntryId, Gazetteer, Role, Sense};
use crate::text::{Kind, words};
use crate::workspace::actors::load;

/// Names of an actor that are shown.
const NAMES: usize = 12;

pub fn run(name: &str, files: &[PathBuf], day: Option<Date>) -> Result<ExitCode, String> {
    let (gazetteer, problems, files) = load(files, &[])?;
    for problem in problems {
        complain(&format!("warning: {problem}"));
    }
    let mut out = Output::stdout();
    let is_found = tell(&gazetteer, name, &files, day, &mut out);
    Ok(out.finish().unwrap_or(if is_found { ExitCode::SUCCESS } else { ExitCode::FAILURE }))
}

fn tell(gazetteer: &Gazetteer, name: &str, files: &[PathBuf], day: Option<Date>, out: &mut Output) -> bool {
    let cut = words(name);
    let word = |at: usize| cut.get(at).map(|word| word.span.of(name)).unwrap_or_default();
    let mut is_found = false;
    let mut at = 0;
    while at < cut.len() {
        let Some(listed) = gazetteer.longest((at..cut.len()).map(word)) else {
            at += 1;
            continue;
        };
        let end = cut.get(at + listed.words - 1).map_or(name.len(), |word| word.span.end as usize);
        let start = cut.get(at).map_or(0, |word| word.span.start as usize);
        let text = visible(name.get(start..end).unwrap_or_default());
        // `Assad’s` is a whole name, too.
        let behind = cut.get(at + listed.words..).unwrap_or_default();
        let is_whole = at == 0 && behind.iter().all(|word| word.kind == Kind::Possessive);
        let of = match listed.sense {
            Sense::Name => "is the name of",
            Sense::Demonym => "is what the people and things are called of",
            Sense::Capital => "is the capital, and may stand for the government, of",
        };
        let inside = if is_whole { "" } else { ", a part of it," };
        out.write(&format!("`{text}`{inside} {of} ({}):\n", listed.matched));
        for id in &listed.entries {
            actor(gazetteer, *id, files, day, out);
        }
        if listed.entries.len() > 1 {
            out.write("  From the name alone nobody can tell which of them is meant.\n");
        }
        is_found |= is_whole;
        at += listed.words.max(1);
    }
    if !is_found {
        match gazetteer.sounds_like(name) {
            Some((id, how)) => {
                out.write(&format!("`{}` {how}; it is not bound, but may be:\n", visible(name)));
                actor(gazetteer, id, files, day, out);
            }
            None => out.write(&format!("Nobody who is listed is called `{}`, or sounds like it.\n", visible(name))),
        }
    }
    is_found
}

fn actor(gazetteer: &Gazetteer, id: EntryId, files: &[PathBuf], day: Option<Date>, out: &mut Output) {
    let (Some(entry), Some(details)) = (gazetteer.entry(id, day), gazetteer.details(id)) else { return };
    let country = entry.country.map(|code| format!(", {code}")).unwrap_or_default();
    out.write(&format!("  {} ({}{country}), id {}\n", visible(entry.name), entry.kind.name(), visible(entry.id)));
    let held = details.roles.iter().filter(|role| day.is_none_or(|day| role.holds(day)));
    let mut has_role = false;
    for role in held {
        has_role = true;
        out.write(&format!("    role: {}\n", visible(&role_text(role))));
    }
    if let (false, Some(day), false) = (has_role, day, details.roles.is_empty()) {
        out.write(&format!("    no role is known on {day}\n"));
    }
    let others: Vec<&str> = details.names.iter().map(|(_, name)| *name).filter(|name| *name != entry.name).collect();
    if !others.is_empty() {
        let more = if others.len() > NAMES { format!(" and {} more", others.len() - NAMES) } else { String::new() };
        let shown: Vec<String> = others.iter().take(NAMES).map(|name| visible(name)).collect();
        out.write(&format!("    also: {}{more}\n", shown.join(", ")));
    }
    for (scheme, code) in &details.codes {
        out.write(&format!("    {}: {}\n", visible(scheme), visible(code)));
    }
    match details.place {
        Some((file, line)) => {
            let file = files.get(file).map(|file| visible(&file.to_string_lossy()));
            out.write(&format!("    {}:{line}\n", file.unwrap_or_default()));
        }
        None => out.write("    built in\n"),
    }
}

fn role_text(role: &Role) -> String {
    let parts = [role.title.as_deref(), role.org.as_deref(), role.country.as_deref(), role.code.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    let time = match (role.from, role.to) {
        (Some(from), Some(to)) => format!(" ({from} to {to})"),
        (Some(from), None) => format!(" (since {from})"),
        (None, Some(to)) => format!(" (until {to})"),
        (None, None) => String::new(),
    };
    format!("{}{time}", parts.join(", "))
}
