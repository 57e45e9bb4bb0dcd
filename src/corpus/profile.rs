//! The profile of a corpus: what its delimiters and line ends have in common. Every finding is judged against it.

use std::collections::BTreeMap;

use super::mark::{Mark, Role};
use super::piece::{LineEnd, Piece};
use super::style::Style;
use super::{Dialect, Options};

/// Counts over all pieces; a splice takes the old pieces' share out and puts the new ones' in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    dialects: [Counts; Dialect::ALL.len()],
    styles: BTreeMap<Style, usize>,
    line_ends: [usize; 3],
    /// Of openers that are no pieces of a fenced dialect but count: see [`Totals::profile`].
    bare_at_start: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    openers: usize,
    doubtful: usize,
    malformed: usize,
    closers: usize,
    /// Broken ones that count in a corpus of their dialect only.
    doubtful_closers: usize,
    named_closers: usize,
    blank_before: usize,
    no_blank_before: usize,
}

/// What the totals come down to. Two corpora with one profile are judged alike, piece for piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub dialect: Dialect,
    /// Some delimiter opens a dispatch.
    pub opens: bool,
    /// How delimiters are to be written.
    pub style: Style,
    /// Some dispatch has a closer, so all must.
    pub closes: bool,
    /// Most closers have a name.
    pub names_closers: bool,
    /// Most openers have a blank line in front.
    pub blank_before: bool,
    /// Lone `FILE: x` lines are openers (there are two or more).
    pub bare_counts: bool,
    pub line_end: LineEnd,
}

impl Default for Profile {
    fn default() -> Self {
        Totals::default().profile(&Options::default())
    }
}

impl Totals {
    pub fn add(&mut self, piece: &Piece) {
        self.count(piece, |count, by| *count += by);
    }

    pub fn remove(&mut self, piece: &Piece) {
        self.count(piece, |count, by| *count = count.saturating_sub(by));
    }

    fn count(&mut self, piece: &Piece, change: impl Fn(&mut usize, usize)) {
        for (total, count) in
            self.line_ends.iter_mut().zip([piece.line_ends.lf, piece.line_ends.crlf, piece.line_ends.cr])
        {
            change(total, count as usize);
        }
        let Some(mark) = &piece.mark else { return };
        let Some(counts) = self.dialects.get_mut(mark.dialect() as usize) else { return };
        match (mark.role, mark.well_formed) {
            (Role::Closer, _) if mark.is_doubtful => change(&mut counts.doubtful_closers, 1),
            (Role::Closer, _) => {
                change(&mut counts.closers, 1);
                change(&mut counts.named_closers, usize::from(mark.key != 0));
            }
            // What a file begins with is no more in doubt.
            (Role::Opener, true) if mark.is_doubtful && !mark.begins_file() => change(&mut counts.doubtful, 1),
            (Role::Opener, true) => change(&mut counts.openers, 1),
            (Role::Opener, false) if mark.is_doubtful && !mark.dialect().is_bar() => {}
            (Role::Opener, false) => change(&mut counts.malformed, 1),
        }
        if mark.role == Role::Opener {
            match mark.blank_before {
                Some(true) => change(&mut counts.blank_before, 1),
                Some(false) => change(&mut counts.no_blank_before, 1),
                None if mark.dialect() == Dialect::Bare => change(&mut self.bare_at_start, 1),
                None => {}
            }
        }
        if mark.well_formed && mark.role == Role::Opener {
            let count = self.styles.entry(mark.style).or_default();
            change(count, 1);
            if *count == 0 {
                self.styles.remove(&mark.style);
            }
        }
    }

    fn of(&self, dialect: Dialect) -> Counts {
        self.dialects.get(dialect as usize).copied().unwrap_or_default()
    }

    /// Line ends of a kind in the whole corpus.
    pub fn line_ends(&self, kind: LineEnd) -> usize {
        self.line_ends.get(kind as usize).copied().unwrap_or_default()
    }

    pub fn profile(&self, options: &Options) -> Profile {
        // One `FILE: x.txt` can be anything, unless the file begins with it.
        let bare = self.of(Dialect::Bare);
        let bare_counts = bare.openers + bare.doubtful >= 2 || self.bare_at_start > 0;
        let dialect = options.dialect.unwrap_or_else(|| self.winner(bare_counts));
        let family = |f: fn(Counts) -> usize| -> usize {
            if dialect.is_fenced() {
                Dialect::ALL.into_iter().filter(|other| other.is_fenced()).map(|other| f(self.of(other))).sum()
            } else {
                f(self.of(dialect))
            }
        };
        let is_own = |other: &Dialect| *other == dialect || other.is_bar() && dialect.is_bar();
        let own = Dialect::ALL.into_iter().filter(is_own);
        let doubtful_closers: usize = own.map(|own| self.of(own).doubtful_closers).sum();
        let blank = family(|counts| counts.blank_before);
        let line_end = [LineEnd::Lf, LineEnd::CrLf]
            .into_iter()
            .max_by_key(|kind| (self.line_ends(*kind), std::cmp::Reverse(*kind)))
            .unwrap_or_default();
        Profile {
            dialect,
            opens: dialect != Dialect::Single
                && family(|counts| counts.openers + counts.doubtful + counts.malformed) > 0,
            style: self.style(dialect),
            closes: family(|counts| counts.closers) + doubtful_closers > 0,
            names_closers: family(|counts| counts.named_closers) * 2 > family(|counts| counts.closers),
            blank_before: blank > family(|counts| counts.no_blank_before) && blank > 0,
            bare_counts,
            line_end,
        }
    }

    /// The dialect with most well-formed openers; where none has any, the fenced one with most broken ones.
    fn winner(&self, bare_counts: bool) -> Dialect {
        let candidates = || Dialect::ALL.into_iter().filter(|dialect| *dialect != Dialect::Bare || bare_counts);
        let most = |count: &dyn Fn(Counts) -> usize| {
            candidates()
                .map(|dialect| (count(self.of(dialect)), dialect))
                .filter(|(count, _)| *count > 0)
                .max_by_key(|(count, dialect)| (*count, std::cmp::Reverse(*dialect)))
                .map(|(_, dialect)| dialect)
        };
        // One doubtful delimiter can be anything.
        most(&|counts| counts.openers + if counts.doubtful > 1 { counts.doubtful } else { 0 })
            .or_else(|| {
                let broken = candidates().filter(|dialect| dialect.is_fenced());
                broken
                    .map(|dialect| (self.of(dialect).malformed + self.of(dialect).closers, dialect))
                    .filter(|(count, _)| *count > 0)
                    .max_by_key(|(count, dialect)| (*count, std::cmp::Reverse(*dialect)))
                    .map(|(_, dialect)| dialect)
            })
            .unwrap_or(Dialect::Single)
    }

    /// The commonest style of a dialect.
    fn style(&self, dialect: Dialect) -> Style {
        self.styles
            .iter()
            .filter(|(style, _)| style.dialect == dialect)
            .max_by_key(|(style, count)| (**count, std::cmp::Reverse(**style)))
            .map_or_else(|| Style::usual(dialect), |(style, _)| *style)
    }
}

/// What a delimiter is to a corpus with this profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It opens or closes a dispatch here.
    Structure,
    /// A well-formed opener of another dialect.
    Foreign,
    /// Text.
    Text,
}

impl Profile {
    pub fn part(&self, mark: &Mark) -> Part {
        let own = mark.dialect();
        if self.dialect == Dialect::Single {
            return Part::Text;
        }
        if mark.is_doubtful && own != self.dialect && !(own.is_bar() && self.dialect.is_bar()) {
            return Part::Text;
        }
        // A fenced delimiter is meant as one, whichever fence it has; the others could be part of a text.
        if self.dialect == own || (self.dialect.is_fenced() && own.is_fenced()) {
            return Part::Structure;
        }
        if self.lacks_rule(mark) {
            return Part::Structure;
        }
        let counts = own != Dialect::Bare || self.bare_counts;
        if mark.well_formed && mark.role == Role::Opener && counts { Part::Foreign } else { Part::Text }
    }

    /// Whether an opener is a well-formed one of another dialect.
    pub fn is_foreign(&self, mark: &Mark) -> bool {
        mark.well_formed && mark.dialect() != self.dialect && !self.differs_in_case(mark) && !self.lacks_rule(mark)
    }

    /// `Document 3 of 250` where the others have a rule above.
    pub fn lacks_rule(&self, mark: &Mark) -> bool {
        let begins_with_word = mark.count().is_some_and(|count| count.number_span.start > mark.span.start);
        self.dialect == Dialect::Proquest && mark.dialect() == Dialect::Lexis && begins_with_word
    }

    /// `=== File: x ===` where the others have `=== FILE: x ===`: a wrong word, not another dialect.
    pub fn differs_in_case(&self, mark: &Mark) -> bool {
        let is_bar = self.dialect.is_bar() && mark.dialect() == Dialect::Bars;
        (is_bar || (self.dialect.is_fenced() && self.dialect == mark.dialect()))
            && mark.style.title_case
            && Style { dialect: self.dialect, title_case: false, ..mark.style } == self.style
    }
}
