//! Text for people, in Markdown or plain: the only place where corpus text meets Markdown.
//!
//! Corpus text comes from the web and is never to be trusted: in Markdown it stands in a code span, inside of which no
//! reader knows links, images, commands or HTML.

/// What the client can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    #[default]
    Plain,
    Markdown,
}

/// A part of a line: our own words, or text of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words without any Markdown in them but `code`.
    Own(String),
    Strong(String),
    Corpus(String),
    /// Our own words, and an address made by us: nothing of a corpus is in it.
    Link {
        words: String,
        address: String,
    },
}

/// Lines of parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    pub lines: Vec<Vec<Part>>,
}

/// Longest piece of corpus text, in characters.
pub const LONGEST: usize = 200;

impl Text {
    pub fn line(&mut self, parts: impl IntoIterator<Item = Part>) {
        self.lines.push(parts.into_iter().collect());
    }

    pub fn render(&self, form: Form) -> String {
        let lines: Vec<String> = self.lines.iter().map(|line| render_line(line, form)).collect();
        lines.join(match form {
            Form::Plain => "\n",
            // A break within one paragraph: a blank line between any two would double what a card takes of the screen.
            Form::Markdown => "  \n",
        })
    }
}

fn render_line(line: &[Part], form: Form) -> String {
    let mut out = String::new();
    for part in line {
        match (part, form) {
            (Part::Corpus(text), Form::Markdown) => {
                let span = code_span(text);
                // At the start of a line it could be taken for a fence.
                if out.is_empty() && span.starts_with("```") {
                    out.push_str("· ");
                }
                out.push_str(&span);
            }
            (Part::Corpus(text), Form::Plain) => out.push_str(&one_line(text, LONGEST)),
            (Part::Strong(words), Form::Markdown) => out.push_str(&format!("**{words}**")),
            (Part::Own(words), Form::Markdown) => out.push_str(words),
            (Part::Own(words) | Part::Strong(words), Form::Plain) => out.push_str(&words.replace('`', "")),
            (Part::Link { words, address }, Form::Markdown) => out.push_str(&format!("[{words}]({address})")),
            (Part::Link { words, address }, Form::Plain) => out.push_str(&format!("{words}: {address}")),
        }
    }
    out
}

/// Corpus text as a Markdown code span: one line, cut after 200 characters, invisible characters named. Inside of it
/// nothing is markup, and no run of backticks in the text can end it.
pub fn code_span(text: &str) -> String {
    let text = one_line(text, LONGEST);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // Readers take one space off at each end, where there is one at both.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Corpus text on one line, at most `most` characters long: runs of white space become one space, characters that
/// cannot be seen or turn the direction of the text are named as code points.
pub fn one_line(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    let mut space = false;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if length >= most {
            out.push('…');
            break;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
            length += 1;
        }
        if is_unseen(c) {
            out.push_str(&format!("[U+{:04X}]", u32::from(c)));
        } else {
            out.push(c);
        }
        length += 1;
    }
    out
}

/// Control and format characters, and what fonts show as nothing. Joiners are part of many scripts.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
        || c.is_control()
}

pub fn own(words: impl Into<String>) -> Part {
    Part::Own(words.into())
}

pub fn strong(words: impl Into<String>) -> Part {
    Part::Strong(words.into())
}

pub fn link(words: impl Into<String>, address: impl Into<String>) -> Part {
    Part::Link { words: words.into(), address: address.into() }
}

pub fn corpus(text: impl Into<String>) -> Part {
    Part::Corpus(text.into())
}
