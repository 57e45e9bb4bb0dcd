//! Patterns of words, from a table, and where they fit.
//!
//! A pattern is read into a network: each step is a class of words, a part that other patterns share, or a mark that is set.
//! The longest fit wins, and of equally long ones that of the earlier pattern. No pattern repeats anything, so that a fit
//! costs a fixed number of steps at most, whatever the text.

mod reader;

use foldhash::{HashMap, HashMapExt};

use self::reader::Reader;

use super::atoms::Atoms;
use super::lexicon::{Class, Lexicon, Mark};

/// What a pattern means: see the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Means {
    Day,
    Numeric,
    Time,
    Month,
    Year,
    Decade,
    Century,
    Quarter,
    Half,
    Season,
    Weekend,
    /// The last, this or the next unit, seen from the dispatch date.
    Unit,
    /// Likewise, seen from the date before it in the text.
    TextUnit,
    /// So much before or after the dispatch date.
    Ago,
    /// So much before or after the date before it in the text.
    Later,
    /// A unit of a larger one: the last week of March.
    Nth,
    Holiday,
    /// A weekday that is known by a name of its own, in a year that is not said: Black Monday.
    NamedDay,
    /// A day of the Persian or of the Islamic calendar.
    Persian,
    Islamic,
    Past,
    Present,
    Future,
    Duration,
    Set,
    /// Found so that nothing in it is taken for a date.
    Nothing,
}

const MEANS: &[(&str, Means)] = &[
    ("day", Means::Day),
    ("numeric", Means::Numeric),
    ("time", Means::Time),
    ("month", Means::Month),
    ("year", Means::Year),
    ("decade", Means::Decade),
    ("century", Means::Century),
    ("quarter", Means::Quarter),
    ("half", Means::Half),
    ("season", Means::Season),
    ("weekend", Means::Weekend),
    ("unit", Means::Unit),
    ("text-unit", Means::TextUnit),
    ("ago", Means::Ago),
    ("later", Means::Later),
    ("nth", Means::Nth),
    ("holiday", Means::Holiday),
    ("named-day", Means::NamedDay),
    ("persian", Means::Persian),
    ("islamic", Means::Islamic),
    ("past", Means::Past),
    ("present", Means::Present),
    ("future", Means::Future),
    ("duration", Means::Duration),
    ("set", Means::Set),
    ("nothing", Means::Nothing),
];

#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub name: &'static str,
    pub means: Means,
    /// Number in the table.
    order: usize,
}

/// A step of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Word(Class),
    /// A word that stands close to the one before it.
    Close(Class),
    Part(usize),
    Set(Mark),
}

#[derive(Debug, Default)]
struct Node {
    steps: Vec<(Step, usize)>,
    /// Where there are many steps: for each class the steps that can begin with it.
    index: Vec<Vec<usize>>,
    /// The pattern that is whole here; for a part just that it is.
    whole: Option<usize>,
}

/// All patterns of a table.
pub struct Grammar {
    nodes: Vec<Node>,
    /// Where each part begins; the patterns themselves are part 0.
    parts: Vec<usize>,
    /// For each part the classes that can begin it.
    first: Vec<Vec<bool>>,
    pub rules: Vec<Rule>,
    pub problems: Vec<String>,
}

/// Where a pattern fits.
#[derive(Debug, Clone)]
pub struct Fit {
    /// Behind its last atom.
    pub end: usize,
    pub rule: Rule,
    /// What its words are, with the number of the atom.
    pub slots: Vec<(Mark, usize)>,
}

/// So many steps from a node are worth an index.
const MANY: usize = 6;

type Sequences = Vec<Vec<Step>>;

impl Grammar {
    /// Reads a table. Lines that cannot be read are told in `problems`.
    pub fn new(table: &'static str, lexicon: &mut Lexicon) -> Grammar {
        let mut grammar = Grammar {
            nodes: vec![Node::default()],
            parts: vec![0],
            first: Vec::new(),
            rules: Vec::new(),
            problems: Vec::new(),
        };
        let mut names: HashMap<&str, usize> = HashMap::new();
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let Some((name, rest)) = line.split_once(':') else {
                grammar.problems.push(format!("no name: {line}"));
                continue;
            };
            let (pattern, means) = rest.split_once("=>").map_or((rest, None), |(p, m)| (p, Some(m.trim())));
            let mut reader = Reader::new(pattern, lexicon, &names);
            let sequences = reader.alternatives();
            let problems = std::mem::take(&mut reader.problems);
            grammar.problems.extend(problems.into_iter().map(|problem| format!("{problem}: {line}")));
            let (root, whole) = match (means, name.strip_prefix('@')) {
                (Some(means), None) => {
                    let Some((_, means)) = MEANS.iter().find(|(known, _)| *known == means) else {
                        grammar.problems.push(format!("no such meaning: {line}"));
                        continue;
                    };
                    let order = grammar.rules.len();
                    grammar.rules.push(Rule { name: name.trim(), means: *means, order });
                    (0, order)
                }
                (None, Some(part)) => {
                    let root = grammar.nodes.len();
                    grammar.nodes.push(Node::default());
                    names.insert(part, grammar.parts.len());
                    grammar.parts.push(root);
                    (root, 0)
                }
                _ => {
                    grammar.problems.push(format!("neither a part nor a pattern: {line}"));
                    continue;
                }
            };
            for sequence in sequences {
                if !sequence.iter().any(|step| !matches!(step, Step::Set(_))) {
                    grammar.problems.push(format!("may be empty: {line}"));
                    continue;
                }
                // A date without a word that makes its sentence worth a look would never be found.
                let is_found = |step: &Step| match step {
                    Step::Word(class) | Step::Close(class) => lexicon.is_trigger_class(*class),
                    Step::Part(_) => true,
                    Step::Set(_) => false,
                };
                if cfg!(test) && root == 0 && !known_otherwise(name, line) && !sequence.iter().any(is_found) {
                    grammar.problems.push(format!("without a word of a starred heading: {line}"));
                }
                grammar.insert(root, &sequence, whole);
            }
        }
        grammar.first = (0..grammar.parts.len()).map(|part| grammar.first_of(part, lexicon.classes())).collect();
        let indexes: Vec<_> = grammar.nodes.iter().map(|node| grammar.index_of(node, lexicon.classes())).collect();
        for (node, index) in grammar.nodes.iter_mut().zip(indexes) {
            node.index = index;
        }
        grammar
    }

    fn insert(&mut self, root: usize, sequence: &[Step], whole: usize) {
        let mut at = root;
        for step in sequence {
            let known =
                self.nodes.get(at).and_then(|node| node.steps.iter().find(|(old, _)| old == step)).map(|(_, to)| *to);
            at = known.unwrap_or_else(|| {
                let new = self.nodes.len();
                self.nodes.push(Node::default());
                if let Some(node) = self.nodes.get_mut(at) {
                    node.steps.push((*step, new));
                }
                new
            });
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.whole.get_or_insert(whole);
        }
    }

    fn index_of(&self, node: &Node, classes: usize) -> Vec<Vec<usize>> {
        if node.steps.len() < MANY || node.steps.iter().any(|(step, _)| matches!(step, Step::Set(_))) {
            return Vec::new();
        }
        let begins =
            |step: &Step, class: usize| u16::try_from(class).is_ok_and(|class| self.begins(step, Class(class)));
        (0..classes)
            .map(|class| {
                let steps = node.steps.iter().enumerate();
                steps.filter(|(_, (step, _))| begins(step, class)).map(|(number, _)| number).collect()
            })
            .collect()
    }

    fn first_of(&self, part: usize, classes: usize) -> Vec<bool> {
        let mut first = vec![false; classes];
        let mut open: Vec<usize> = self.parts.get(part).copied().into_iter().collect();
        while let Some(node) = open.pop().and_then(|node| self.nodes.get(node)) {
            for (step, to) in &node.steps {
                match step {
                    Step::Word(class) | Step::Close(class) => {
                        if let Some(seen) = first.get_mut(usize::from(class.0)) {
                            *seen = true;
                        }
                    }
                    // Parts are built from earlier ones alone: this ends.
                    Step::Part(part) => open.extend(self.parts.get(*part)),
                    Step::Set(_) => open.push(*to),
                }
            }
        }
        first
    }

    /// All that fits from an atom on, the best first.
    pub fn fits(&self, atoms: &Atoms, at: usize, fits: &mut Vec<Fit>) {
        fits.clear();
        if atoms.get(at).is_some_and(|atom| atom.may_begin) && self.may_begin(0, atoms, at) {
            let mut walk = Walk { grammar: self, atoms, returns: Vec::new(), slots: Vec::new(), fits };
            walk.from(0, at);
            fits.sort_by_key(|fit| (std::cmp::Reverse(fit.end), fit.rule.order));
        }
    }

    fn begins(&self, step: &Step, class: Class) -> bool {
        match step {
            Step::Part(part) => {
                self.first.get(*part).and_then(|first| first.get(usize::from(class.0))).copied().unwrap_or(false)
            }
            Step::Word(known) | Step::Close(known) => *known == class,
            Step::Set(_) => true,
        }
    }

    fn may_begin(&self, part: usize, atoms: &Atoms, at: usize) -> bool {
        let Some(first) = self.first.get(part) else { return false };
        atoms.marks(at).iter().any(|mark| first.get(usize::from(mark.class.0)).copied().unwrap_or(false))
    }
}

/// One search for a fit.
struct Walk<'a> {
    grammar: &'a Grammar,
    atoms: &'a Atoms,
    /// Where to go on behind each part that is being walked.
    returns: Vec<usize>,
    slots: Vec<(Mark, usize)>,
    fits: &'a mut Vec<Fit>,
}

impl Walk<'_> {
    fn from(&mut self, node: usize, at: usize) {
        let Some(found) = self.grammar.nodes.get(node) else { return };
        if let Some(whole) = found.whole {
            match self.returns.pop() {
                Some(next) => {
                    self.from(next, at);
                    self.returns.push(next);
                }
                None => self.accept(whole, at),
            }
        }
        if found.index.is_empty() {
            for (step, to) in &found.steps {
                self.step(step, *to, at);
            }
            return;
        }
        let atoms = self.atoms;
        for (number, mark) in atoms.marks(at).iter().enumerate() {
            let Some(steps) = found.index.get(usize::from(mark.class.0)) else { continue };
            for (step, to) in steps.iter().filter_map(|number| found.steps.get(*number)) {
                // A part that two marks of the word can begin is gone through once.
                let again = matches!(step, Step::Part(_))
                    && atoms.marks(at).iter().take(number).any(|mark| self.grammar.begins(step, mark.class));
                if !again {
                    self.step(step, *to, at);
                }
            }
        }
    }

    fn step(&mut self, step: &Step, to: usize, at: usize) {
        match step {
            Step::Word(class) => self.take(*class, to, at),
            Step::Close(class) => {
                if self.atoms.get(at).is_some_and(|atom| !atom.spaced) {
                    self.take(*class, to, at);
                }
            }
            Step::Part(part) => {
                if self.grammar.may_begin(*part, self.atoms, at)
                    && let Some(start) = self.grammar.parts.get(*part)
                {
                    self.returns.push(to);
                    self.from(*start, at);
                    self.returns.pop();
                }
            }
            Step::Set(mark) => {
                self.slots.push((*mark, at));
                self.from(to, at);
                self.slots.pop();
            }
        }
    }

    fn take(&mut self, class: Class, to: usize, at: usize) {
        if let Some(mark) = self.atoms.marks(at).iter().find(|mark| mark.class == class) {
            self.slots.push((*mark, at));
            self.from(to, at + 1);
            self.slots.pop();
        }
    }

    fn accept(&mut self, rule: usize, end: usize) {
        let Some(rule) = self.grammar.rules.get(rule) else { return };
        // The first way that a pattern fits is the one that was written first.
        if !self.fits.iter().any(|fit| fit.end == end && fit.rule.order == rule.order) {
            self.fits.push(Fit { end, rule: *rule, slots: self.slots.clone() });
        }
    }
}

/// Digits with slashes and `’98` are told by the marks beside them; what means nothing need not be found.
fn known_otherwise(name: &str, line: &str) -> bool {
    line.ends_with("=> nothing") || line.ends_with("=> numeric") || name == "short-year"
}
