//! Fenced delimiters: the word FILE between fences (`canonical`, `bars`, `angle`, `pem`, `bracket`), however broken.
//!
//! A line is taken apart tolerantly, then judged: is it meant to be a delimiter at all? News text has captions,
//! cross-heads and rules that come close, so a line needs the more evidence the more it deviates (see `is_meant`).

mod evidence;
mod keyword;
mod letters;
mod parts;

use super::Code::{F001, F002, F003, F004, F005, F007, F008, F009};
use super::Dialect;
use super::mark::{Flaw, Mark, Role};
use super::name;
use super::span::Span;
use super::style::Style;
use super::tag;
use evidence::is_meant;
use keyword::Word;
pub use keyword::is_nearly_file;
use letters::{LOOK, Letters, is_space};
pub use letters::{entity, visible};
use parts::{Parts, has_no_keyword, take_apart};

/// The parts of a fenced delimiter, in the order in which they stand. Spans are relative to the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Fenced {
    role: Role,
    /// The line, as far as it was looked at.
    text: Box<str>,
    /// Text in front that belongs on a line of its own.
    pub before: Span,
    indent: Span,
    left: Span,
    gap: Span,
    pub keyword: Span,
    separator: Span,
    /// With [`Fenced::is_attributed`], all attributes.
    pub name: Span,
    /// `-----BEGIN FILE id="x"-----`
    is_attributed: bool,
    gap_behind: Span,
    right: Span,
    edge: Span,
    /// Text behind that belongs on a line of its own.
    pub behind: Span,
    /// Invisible characters, and what to write in their place.
    invisible: Vec<(Span, char)>,
}

/// Reads `line` (without its line end). `None` where it is not meant to be a fenced delimiter.
pub fn read(line: &str) -> Option<Mark> {
    if has_no_keyword(line) {
        return None;
    }
    let letters = Letters::new(line);
    let parts = take_apart(&letters, 0)?;
    let mark = judge(line, &letters, &parts)?;
    Some(mark)
}

/// Reads a delimiter that follows text on the same line: `… said. === FILE: b.txt ===`. `at` is the byte where
/// the word FILE (or END) starts.
pub fn read_behind_text(line: &str, at: usize) -> Option<Mark> {
    let head = line.get(..at)?;
    let fence = head.trim_end_matches([' ', '\t']);
    let run_start = fence.trim_end_matches(['=', '-', '<']).len();
    let exact = fence.len() - run_start >= 3;
    let before = line.get(..run_start)?;
    let prefix = ["# ", "// "].into_iter().find(|prefix| before.ends_with(prefix)).unwrap_or_default();
    let start = run_start - prefix.len();
    let before = line.get(..start)?;
    // In quotation marks or code it is spoken about, not meant.
    let quoted = before.trim_end().ends_with(['"', '\'', '“', '‘', '`', '>', '«', '(']);
    if !exact || quoted || before.trim().is_empty() {
        return None;
    }
    placed(line, start)
}

/// The well-formed delimiter that goes from byte `start` to the end of the line, with text in front of it.
pub fn placed(line: &str, start: usize) -> Option<Mark> {
    let before = line.get(..start)?;
    let rest = line.get(start..)?;
    let mut mark = read(rest)?;
    let sure = mark.well_formed && mark.fenced().is_none();
    if !sure {
        return None;
    }
    let mut fenced = take_apart(&Letters::new(rest), 0)?.fenced;
    fenced.text = rest.get(..rest.floor_char_boundary(LOOK)).unwrap_or(rest).into();
    fenced.shift(start);
    fenced.before = Span::new(0, before.trim_end().len());
    fenced.indent = Span::new(before.trim_end().len(), start);
    mark.span = mark.span.moved(start);
    mark.keyword = mark.keyword.moved(start);
    mark.name = mark.name.moved(start);
    mark.well_formed = false;
    mark.set_fenced(fenced);
    Some(mark)
}

impl Fenced {
    /// Moves every span `by` bytes back.
    pub fn shift(&mut self, by: usize) {
        // The text moves along, so that spans still fit it.
        self.text = format!("{}{}", " ".repeat(by), self.text).into();
        for span in [
            &mut self.before,
            &mut self.indent,
            &mut self.left,
            &mut self.gap,
            &mut self.keyword,
            &mut self.separator,
            &mut self.name,
            &mut self.gap_behind,
            &mut self.right,
            &mut self.edge,
            &mut self.behind,
        ] {
            *span = span.moved(by);
        }
        for (span, _) in &mut self.invisible {
            *span = span.moved(by);
        }
    }

    /// What keeps the delimiter from being one of `style`, each with what to write. The edits do not overlap, and
    /// together give a well-formed delimiter, but for a name that is missing.
    pub fn flaws(&self, style: &Style) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        let opens = self.role == Role::Opener;
        let underscored = !opens && style.dialect == Dialect::Angle && self.clean(self.keyword).contains('_');
        let keyword = match (opens, underscored) {
            (true, _) => style.keyword(),
            (false, true) => "END_FILE",
            (false, false) => "END FILE",
        };
        let gap = style.gap();
        let is = |span: Span, wanted: &str| self.clean(span) == wanted;

        for span in [self.before, self.behind] {
            if !span.is_empty() {
                flaws.push(Flaw::new(F008, span, ""));
            }
        }
        if !self.indent.is_empty() && self.before.is_empty() {
            flaws.push(Flaw::new(F007, self.indent, ""));
        }
        if !self.edge.is_empty() && self.behind.is_empty() {
            flaws.push(Flaw::new(F007, self.edge, ""));
        }
        if self.left.is_empty() {
            let at = Span::empty(self.keyword.start as usize);
            flaws.push(Flaw::new(F002, at, format!("{}{gap}", style.left())));
        } else {
            if !is(self.left, &style.left()) {
                flaws.push(Flaw::new(F001, self.left, style.left()));
            }
            if !is(self.gap, gap) {
                flaws.push(self.difference(self.gap, gap));
            }
        }
        if !is(self.keyword, keyword) {
            flaws.push(Flaw::new(F003, self.keyword, keyword));
        }
        let end = if !self.name.is_empty() {
            let separator = if self.is_attributed { " " } else { ": " };
            if !is(self.separator, separator) {
                flaws.push(self.difference(self.separator, separator));
            }
            if self.is_attributed {
                flaws.extend(tag::unquoted(&self.text, self.name));
            }
            self.name.end
        } else {
            let wanted = if opens { ":" } else { "" };
            // Between a closer's word and its fence, the gap is looked at as a whole.
            let alone = opens || self.right.is_empty();
            if alone && self.clean(self.separator).trim() != wanted {
                let colon = Span {
                    start: self.keyword.end,
                    end: self.keyword.end + trimmed_len(self.separator.of(&self.text)),
                };
                flaws.push(Flaw::new(F004, colon, wanted));
            }
            if opens {
                flaws.push(Flaw::new(F009, Span::empty(self.name_place()), ""));
            }
            self.separator.end
        };
        if self.right.is_empty() {
            flaws.push(Flaw::new(F002, Span::empty(end as usize), format!("{gap}{}", style.right())));
        } else {
            if !is(self.right, &style.right()) {
                flaws.push(Flaw::new(F001, self.right, style.right()));
            }
            let unnamed = self.name.is_empty();
            let between = Span {
                start: if unnamed {
                    self.keyword.start + trimmed_len(self.keyword.of(&self.text))
                } else {
                    self.gap_behind.start
                },
                end: self.right.start,
            };
            let spaced =
                if unnamed && opens { !style.spaced || self.clean(between).ends_with(' ') } else { is(between, gap) };
            if !spaced {
                let span = if unnamed && opens { self.gap_behind } else { between };
                flaws.push(self.difference(span, gap));
            }
        }
        self.add_invisible(&mut flaws);
        flaws.sort_by_key(|flaw| flaw.span);
        flaws
    }

    /// F004 on just the characters that differ.
    fn difference(&self, span: Span, wanted: &str) -> Flaw {
        Flaw::difference(F004, &self.text, span, wanted)
    }

    /// Where a name would have to be inserted, with a space behind it when `right` follows.
    pub fn name_place(&self) -> usize {
        // Of two spaces, the second is the one behind the name.
        let separator = self.separator.of(&self.text);
        let extra = if separator.ends_with("  ") && !self.right.is_empty() { 1 } else { 0 };
        self.separator.end as usize - extra
    }

    /// Invisible characters are flaws of their own only where nothing else rewrites their place.
    fn add_invisible(&self, flaws: &mut Vec<Flaw>) {
        for (span, put) in &self.invisible {
            let rewritten = flaws
                .iter()
                .any(|flaw| flaw.span.start <= span.start && span.end <= flaw.span.end && flaw.code != F008);
            if !rewritten {
                let put = if *put == ' ' { " " } else { "" };
                flaws.push(Flaw::new(F005, *span, put));
            }
        }
    }

    /// The text of a part without its invisible characters.
    fn clean(&self, span: Span) -> String {
        span.of(&self.text).chars().filter_map(visible).collect()
    }
}

fn trimmed_len(text: &str) -> u32 {
    u32::try_from(text.trim_end().len()).unwrap_or(u32::MAX)
}

/// The mark that the parts make, if they are meant to be a delimiter.
fn judge(line: &str, letters: &Letters, parts: &Parts) -> Option<Mark> {
    let fenced = &parts.fenced;
    let style = inferred_style(parts);
    let role = fenced.role;
    let (name_span, well_formed) = match exact(line, parts, &style) {
        Some(name) => (name, true),
        None if exact(line.trim_matches(is_space), parts, &style).is_some() || is_meant(parts) => {
            (named_value(line, fenced), false)
        }
        None => return None,
    };
    // `[File: Al Jazeera]` says whose picture it is, `[File:Street.jpg]` is a wiki's.
    let is_credit = style.dialect == Dialect::Bracket && style.title_case && role == Role::Opener;
    if is_credit && (!name::has_extension(name_span.of(line)) || fenced.separator.of(line) == ":") {
        return None;
    }
    let start = fenced.indent.end.min(if fenced.left.is_empty() { fenced.keyword.start } else { fenced.left.start });
    let end = if fenced.right.is_empty() {
        if fenced.name.is_empty() {
            fenced.separator.start + trimmed_len(fenced.separator.of(line))
        } else {
            fenced.name.end
        }
    } else {
        fenced.right.end
    };
    let mut mark = Mark::new(role, if well_formed { style } else { Style::usual(style.dialect) }, Span { start, end });
    mark.keyword = fenced.keyword;
    mark.name = name_span;
    mark.well_formed = well_formed;
    let is_bracket = style.dialect == Dialect::Bracket;
    mark.is_doubtful = match (role, well_formed) {
        // `[FILE: IMG_0001.jpg]` and `[file: report.pdf]` are a chat's.
        (Role::Opener, true) => is_bracket && !name::is_text(&parts.name) && !parts.name.contains('/'),
        (Role::Opener, false) => {
            !name::is_sure(&parts.name) || parts.left == "«" || is_bracket && parts.word > Word::Exact
        }
        // `[end file]`, `-----END OF FILE-----`
        (Role::Closer, _) => !well_formed && (is_bracket || parts.odd_end),
    };
    if !well_formed {
        let mut fenced = fenced.clone();
        let looked_at = letters.at.last().copied().unwrap_or(0);
        fenced.text = line.get(..looked_at).unwrap_or(line).into();
        if !fenced.behind.is_empty() && letters.is_cut {
            fenced.behind.end = Span::new(0, line.len()).end;
        }
        mark.set_fenced(fenced);
    }
    let name = name_span.of(line);
    if !name.is_empty() {
        // Named as it looks: the same dispatch once what nobody sees is gone.
        let seen: String = name.chars().filter_map(visible).collect();
        mark.key = name::key(if fenced.is_attributed { seen.trim_matches(tag::QUOTES) } else { &seen });
        mark.unsafe_name = if role == Role::Opener { name::unsafety(name) } else { None };
    }
    Some(mark)
}

/// Where the name stands: of attributes, the value of the one that names.
fn named_value(line: &str, fenced: &Fenced) -> Span {
    if !fenced.is_attributed {
        return fenced.name;
    }
    tag::naming_value(fenced.name.of(line))
        .map_or(fenced.name, |value| Span::from(value).moved(fenced.name.start as usize))
}

/// The style that a line would have if it were right.
fn inferred_style(parts: &Parts) -> Style {
    let sides = [parts.left.as_str(), parts.right.as_str()];
    let any = |wanted: &[char]| sides.iter().any(|side| side.contains(wanted));
    let long_dashes = sides.iter().any(|side| side.len() >= 4 && side.chars().all(|c| c == '-'));
    let pem_end = parts.fenced.role == Role::Closer && long_dashes && parts.fenced.gap.is_empty();
    let dialect = if any(&['<', '>', '«', '»', '‹', '›', '＜', '＞']) {
        Dialect::Angle
    } else if any(&['[', ']']) {
        Dialect::Bracket
    } else if parts.begins && long_dashes || pem_end {
        Dialect::Pem
    } else {
        Dialect::Bars
    };
    let mut style = Style::usual(dialect);
    style.title_case = parts.word == Word::Title;
    style.begin = parts.begins || (dialect == Dialect::Pem && parts.fenced.role == Role::Opener);
    style.spaced = !parts.fenced.gap.is_empty();
    if dialect == Dialect::Bars {
        style.fence = if parts.left.starts_with('-') { '-' } else { '=' };
        style.length = u16::try_from(parts.left.chars().count()).unwrap_or(u16::MAX);
        style.prefix = parts.prefix;
        let canonical = Style::usual(Dialect::Canonical);
        if (Style { dialect: Dialect::Canonical, ..style }) == canonical {
            style = canonical;
        } else if style.length < 3 || style.begin {
            // No well-formed bar is so short; the nearest form is the canonical one.
            style = canonical;
        }
    }
    style
}

/// The name's span where the line is exactly what `style` writes.
fn exact(line: &str, parts: &Parts, style: &Style) -> Option<Span> {
    let fenced = &parts.fenced;
    let name = fenced.name.of(line);
    if name.contains("  ") || !fenced.invisible.is_empty() {
        return None;
    }
    if fenced.role == Role::Closer {
        let name = (!name.is_empty()).then_some(name);
        let wanted = style.closer(name)?;
        let underscored = style.dialect == Dialect::Angle && wanted.replacen("END FILE", "END_FILE", 1) == line;
        return (wanted == line || underscored).then_some(fenced.name);
    }
    if name.is_empty() {
        return None;
    }
    if style.opener(name, 0, 0, "") == line {
        return Some(fenced.name);
    }
    if style.dialect == Dialect::Pem {
        // -----BEGIN FILE id="x" type="text/plain"-----
        let attributes = line.strip_prefix("-----BEGIN FILE ")?.strip_suffix("-----")?;
        let attributes = Some(attributes).filter(|it| it.ends_with(['"', '\'']) && !it.starts_with(' '))?;
        let value = attribute_value(attributes)?;
        return Some(Span::from(value).moved("-----BEGIN FILE ".len()));
    }
    None
}

/// The range of the value of the first naming attribute in `id="x" type="text"`; `None` where it is not a list of
/// quoted attributes.
fn attribute_value(attributes: &str) -> Option<std::ops::Range<usize>> {
    let found = tag::attributes(attributes);
    let whole = !found.is_empty() && found.iter().all(|attribute| attribute.quoted);
    whole.then(|| tag::naming(&found)).flatten().map(|attribute| attribute.value.clone())
}
