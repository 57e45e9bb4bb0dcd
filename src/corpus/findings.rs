//! Findings: every piece judged against the profile of its corpus and what was open when it began. Reads no text.

use jiff::civil::{Date, Weekday};

use super::Code::*;
use super::body::Noticed;
use super::date::PartialDate;
use super::dispatch_date::DateSource;
use super::index::Place;
use super::mark::{Flaw, Mark, Role};
use super::name::Unsafe;
use super::piece::Piece;
use super::profile::Part;
use super::span::Span;
use super::style::{Element, Style};
use super::view::View;
use super::{Code, Dialect};

/// A finding in a chunk.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which piece of the chunk.
    pub piece: u32,
    pub code: Code,
    pub span: Span,
    pub what: What,
}

/// What a message or a fix needs to know beside code and place.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Plain,
    /// Write this instead.
    Put(Box<str>),
    /// The key of a name that is there already.
    Key(u64),
    Unsafe(Unsafe),
    /// What the number or the total should be.
    Number(u32),
    /// An element that is not closed, that closes nothing, or that is closed in another case.
    Unclosed,
    Orphan,
    WrongCase(Element),
    /// The label of the opener that is open.
    Opener(u64),
    /// What a date can mean.
    Readings(Box<[PartialDate]>),
    /// The date that another place gives, and which.
    Other(PartialDate, DateSource),
    /// The date is later than this day, and where it stands.
    Later(PartialDate, Limit),
    /// The weekday said and the true one; the date's place; the date, and nearby dates on that weekday.
    Weekday {
        said: Weekday,
        date: Date,
        span: Span,
    },
    /// A blank line is missing below a header, or in front of an opener.
    BelowHeader,
    BeforeOpener,
    Noticed(Noticed),
}

impl What {
    /// What is said of the finding has another place in it.
    pub fn is_elsewhere(&self) -> bool {
        matches!(self, What::Key(_) | What::Opener(_) | What::Other(..))
    }
}

/// What a date may not be later than.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Setting,
    Retrieved,
    Stamp,
}

/// What is open between two pieces.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    open: Option<Open>,
    /// A dispatch around the open one.
    outer: Option<Open>,
    count: Option<Counted>,
    /// The dispatch date.
    pub(super) date: Option<PartialDate>,
}

#[derive(Debug, Clone, PartialEq)]
struct Open {
    label: u64,
    key: u64,
    element: Element,
    closed: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Counted {
    first: u32,
    /// The last number, and what it should have been.
    numbers: [u32; 2],
    /// The total so far, and one that may be meant instead.
    totals: [u32; 2],
}

/// How an opener stands to the dispatch that is open in front of it, in a corpus that closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// The one in front is over.
    Next,
    /// The closer to come names the one in front: this is text.
    Quoted,
    /// Both have a closer to come: one lies in the other.
    Nested,
}

/// What is wrong in a chunk that begins with `state`, and what is open at its end.
pub fn judge(view: &View, chunk: usize, state: State) -> (Vec<Found>, State) {
    let mut judge = Judge { view, state, found: Vec::new(), piece: 0 };
    let count = view.slots.get(chunk).map_or(0, |slot| slot.chunk.pieces.len());
    for piece in 0..count {
        judge.piece = u32::try_from(piece).unwrap_or(u32::MAX);
        let place = Place { chunk, piece };
        if let Some(piece) = view.piece(place) {
            judge.judge(place, piece);
        }
    }
    judge.found.sort_by_key(|found| (found.piece, found.span, found.code));
    (judge.found, judge.state)
}

pub(super) struct Judge<'v> {
    pub(super) view: &'v View,
    pub(super) state: State,
    found: Vec<Found>,
    piece: u32,
}

impl Judge<'_> {
    pub(super) fn push(&mut self, code: Code, span: Span, what: What) {
        self.found.push(Found { piece: self.piece, code, span, what });
    }

    fn push_flaws(&mut self, flaws: impl IntoIterator<Item = Flaw>) {
        for flaw in flaws {
            let what = if matches!(flaw.code, F008 | F009) { What::Plain } else { What::Put(flaw.put) };
            self.push(flaw.code, flaw.span, what);
        }
    }

    fn judge(&mut self, place: Place, piece: &Piece) {
        let profile = &self.view.profile;
        let mark = piece.mark.as_deref();
        let part = mark.map_or(Part::Text, |mark| profile.part(mark));
        match (mark, part) {
            (Some(mark), Part::Structure) if mark.role == Role::Opener => self.opener(place, piece, mark),
            (Some(mark), Part::Structure) => self.closer(mark),
            (Some(mark), Part::Foreign) => self.push(F019, mark.span, What::Plain),
            _ => {}
        }
        let is_first = place == Place::default() && !self.view.starts_later;
        if is_first && part != Part::Structure {
            self.start_of_file(piece);
        }
        if profile.dialect != Dialect::Single && self.ends_dispatch(place, piece) {
            self.truncated(piece);
        }
        self.notes(&piece.notes);
    }

    /// Whether the text of the open dispatch ends in this piece, and another opener follows.
    fn ends_dispatch(&self, place: Place, piece: &Piece) -> bool {
        piece.tail.is_some_and(|tail| tail.is_open)
            && self.state.open.as_ref().is_some_and(|open| !open.closed)
            && !self.text_follows(place)
            && self.view.next_opener(Some(place)).is_some()
    }

    fn truncated(&mut self, piece: &Piece) {
        if let Some(tail) = piece.tail {
            self.push(F027, tail.last_word, What::Plain);
        }
    }

    /// Whether there is text between a piece and the next delimiter.
    fn text_follows(&self, place: Place) -> bool {
        let mut at = place;
        while let Some(next) = self.view.next_place(at) {
            if let Some(mark) = self.view.structure(next) {
                return mark.has_text_before();
            }
            if self.view.piece(next).is_some_and(|piece| piece.tail.is_some() || piece.mark.is_some()) {
                return true;
            }
            at = next;
        }
        self.view.goes_on
    }

    /// The first piece of a file that does not begin with an opener.
    fn start_of_file(&mut self, piece: &Piece) {
        let Some(opening) = piece.opening.as_deref() else { return };
        if self.view.profile.opens {
            let has_text = !opening.first_line.is_empty() || opening.header.is_some();
            if has_text && !opening.is_generated {
                let span = match &opening.header {
                    Some(header) => Span {
                        end: header.entries.first().map_or(header.span().end, |entry| entry.value.end),
                        ..header.span()
                    },
                    None => opening.first_line,
                };
                self.push(F020, span, What::Plain);
            }
        } else if piece.tail.is_some() {
            let place = match &opening.header {
                Some(header) => Span {
                    end: header.entries.first().map_or(header.span().end, |entry| entry.value.end),
                    ..header.span()
                },
                None => opening.first_line,
            };
            self.opening(opening, None, place, &piece.notes);
        }
    }

    fn opener(&mut self, place: Place, piece: &Piece, mark: &Mark) {
        let profile = &self.view.profile;
        if let Some(outer) = self.quoted_in(place, mark) {
            self.push(F018, mark.span, What::Opener(outer));
            return;
        }
        self.delimiter(mark);
        if self.view.profile.is_foreign(mark) {
            self.push(F019, mark.span, What::Plain);
        }
        if let Some(reason) = mark.unsafe_name {
            self.push(F011, mark.name, What::Unsafe(reason));
        }
        if profile.blank_before && mark.blank_before == Some(false) {
            self.push(F017, Span::empty(mark.span.start as usize), What::BeforeOpener);
        }
        let has_body = piece.tail.is_some() || mark.has_text_behind() || self.text_follows(place);
        if !has_body {
            self.push(F021, mark.span, What::Plain);
        }
        self.count(place, mark);
        if profile.closes {
            self.open(place, piece, mark);
        } else {
            self.state.open =
                Some(Open { label: piece.label, key: mark.key, element: mark.style.element, closed: false });
        }
        if let Some(opening) = piece.opening.as_deref() {
            if has_body || opening.header.is_some() {
                self.opening(opening, Some(mark), mark.span, &piece.notes);
            }
            if opening.header.as_ref().is_some_and(|header| !header.blank_below) {
                self.push(F017, Span::empty(opening.body as usize), What::BelowHeader);
            }
        }
    }

    /// What keeps a delimiter from being well-formed.
    fn delimiter(&mut self, mark: &Mark) {
        let style = &self.view.profile.style;
        if let Some(fenced) = mark.fenced() {
            self.push_flaws(fenced.flaws(style));
        } else if self.view.profile.differs_in_case(mark) {
            self.push(F003, mark.keyword, What::Put(style.keyword().into()));
        }
        if self.view.profile.lacks_rule(mark) {
            let rule = format!("{}\n", Style::RULE);
            self.push(F016, Span::empty(mark.span.start as usize), What::Put(rule.into()));
        }
        // How the word is written is a matter of the corpus.
        let in_style = |flaw: &Flaw| match flaw.code {
            F003 if matches!(mark.dialect(), Dialect::Gitingest | Dialect::Heading) => {
                Flaw::new(F003, flaw.span, style.keyword())
            }
            _ => flaw.clone(),
        };
        self.push_flaws(mark.flaws().iter().map(in_style));
    }

    fn open(&mut self, place: Place, piece: &Piece, mark: &Mark) {
        let is_tag = mark.dialect() == Dialect::Tag;
        let open = Open { label: piece.label, key: mark.key, element: mark.style.element, closed: false };
        match self.state.open.clone().filter(|open| !open.closed) {
            Some(outer) => match self.relation(&outer, place, mark) {
                Relation::Nested => {
                    self.push(F015, mark.span, What::Opener(outer.label));
                    self.state.outer = Some(outer);
                }
                Relation::Next | Relation::Quoted => self.state.outer = None,
            },
            None => self.state.outer = None,
        }
        if !self.is_closed(&open, place) && !self.runs_into_next(place) {
            if is_tag {
                self.push(F025, mark.span, What::Unclosed);
            } else {
                self.push(F012, mark.span, What::Plain);
            }
        }
        self.state.open = Some(open);
    }

    /// The open dispatch whose text this opener is, as the next closer names that one.
    fn quoted_in(&self, place: Place, mark: &Mark) -> Option<u64> {
        let outer = self.state.open.as_ref().filter(|open| self.view.profile.closes && !open.closed)?;
        (self.relation(outer, place, mark) == Relation::Quoted).then_some(outer.label)
    }

    /// Whether the dispatch opened at `place` has a closer, be it behind one that lies in it.
    fn is_closed(&self, open: &Open, place: Place) -> bool {
        match self.view.next_structure(Some(place)) {
            None => self.view.goes_on,
            Some((_, next)) if next.role == Role::Closer => true,
            Some((inner, next)) => self.relation(open, inner, next) != Relation::Next,
        }
    }

    /// Whether the text goes on in front of the next delimiter, on its line: where a closer would have to stand is
    /// known when that line is split.
    fn runs_into_next(&self, place: Place) -> bool {
        self.view.next_structure(Some(place)).is_some_and(|(_, next)| next.has_text_before())
    }

    fn relation(&self, outer: &Open, place: Place, mark: &Mark) -> Relation {
        let first = self.view.next_structure(Some(place)).filter(|(_, next)| next.role == Role::Closer);
        let Some((first_place, first)) = first else { return Relation::Next };
        if first.key != 0 && first.key == outer.key && first.key != mark.key {
            return Relation::Quoted;
        }
        match self.view.next_structure(Some(first_place)) {
            Some((_, second)) if second.role == Role::Closer => Relation::Nested,
            _ => Relation::Next,
        }
    }

    fn closer(&mut self, mark: &Mark) {
        self.delimiter(mark);
        let is_tag = mark.dialect() == Dialect::Tag;
        let Some(open) = self.state.open.as_mut().filter(|open| !open.closed) else {
            if is_tag {
                self.push(F025, mark.span, What::Orphan);
            } else {
                self.push(F013, mark.span, What::Plain);
            }
            return;
        };
        let wrong_name = !is_tag && mark.key != 0 && open.key != 0 && mark.key != open.key;
        let wrong_case = is_tag && open.element != mark.style.element;
        let (label, element) = (open.label, open.element);
        open.closed = true;
        if wrong_name {
            self.push(F014, mark.name, What::Opener(label));
        }
        if wrong_case {
            self.push(F025, mark.keyword, What::WrongCase(element));
        }
        if let Some(outer) = self.state.outer.take() {
            self.state.open = Some(outer);
        }
    }

    /// `3 of 250 DOCUMENTS`: gaps, repeats, another total, an end too soon.
    fn count(&mut self, place: Place, mark: &Mark) {
        let Some(count) = mark.count() else { return };
        let Some(before) = self.state.count.take() else {
            self.state.count =
                Some(Counted { first: count.number, numbers: [count.number; 2], totals: [count.total; 2] });
            return;
        };
        // One wrong number puts neither those before nor those behind it in the wrong.
        let [actual, meant] = before.numbers.map(|number| number.saturating_add(1));
        let in_order = count.number == actual || count.number == meant;
        if !in_order {
            self.push(F024, count.number_span, What::Number(meant));
        }
        let same_total = before.totals.contains(&count.total);
        if !same_total {
            self.push(F024, count.total_span, What::Number(before.totals[0]));
        }
        let too_many = in_order && count.number > count.total;
        let is_last = || !self.view.goes_on && self.view.next_opener(Some(place)).is_none();
        let ends_early = before.first == 1 && in_order && count.number < count.total && is_last();
        if (too_many || ends_early) && same_total {
            self.push(F024, count.total_span, What::Number(count.number));
        }
        let meant = if in_order { count.number } else { meant };
        let totals = if same_total { [count.total; 2] } else { [before.totals[0], count.total] };
        self.state.count = Some(Counted { first: before.first, numbers: [count.number, meant], totals });
    }
}
