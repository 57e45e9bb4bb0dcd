//! What the words of a fit say.

use super::grammar::Fit;
use super::lexicon::Class;

impl Fit {
    /// The value of the first word of a class.
    pub fn get(&self, class: Class) -> Option<i32> {
        self.slots.iter().find(|(mark, _)| mark.class == class).map(|(mark, _)| mark.value)
    }

    pub fn has(&self, class: Class) -> bool {
        self.get(class).is_some()
    }

    pub fn all(&self, class: Class) -> impl Iterator<Item = i32> + '_ {
        self.slots.iter().filter(move |(mark, _)| mark.class == class).map(|(mark, _)| mark.value)
    }

    pub fn month(&self) -> Option<i32> {
        self.get(Class::MONTH).or_else(|| self.get(Class::MONTHA))
    }

    pub fn day(&self) -> Option<i32> {
        self.get(Class::DAY).or_else(|| self.get(Class::DAYORD))
    }

    pub fn weekday(&self) -> Option<i32> {
        self.get(Class::WEEKDAY).or_else(|| self.get(Class::WEEKDAYA))
    }

    pub fn season(&self) -> Option<i32> {
        self.get(Class::SEASON).or_else(|| self.get(Class::FALL))
    }

    pub fn part(&self) -> Option<i32> {
        self.get(Class::DAYPART).or_else(|| self.get(Class::DAWN))
    }

    pub fn unit(&self) -> Option<i32> {
        self.get(Class::UNIT).or_else(|| self.get(Class::UNITS))
    }

    /// −1 for last, 0 for this, 1 for next.
    pub fn relation(&self) -> Option<i32> {
        [Class::REL, Class::LAST, Class::NEXT, Class::THIS].iter().find_map(|class| self.get(*class))
    }

    /// Whether it is seen from the date before it.
    pub fn again(&self) -> bool {
        self.has(Class::AGAIN)
    }

    /// The amounts of units that are named, in order.
    pub fn amounts(&self) -> Vec<Amount> {
        let mut amounts = Vec::new();
        let mut number = Number::default();
        for (mark, _) in &self.slots {
            match mark.class {
                Class::NUM | Class::TENS => number.add(mark.value),
                Class::HUNDRED => number.times(mark.value),
                Class::RANGE => number = Number::default(),
                Class::VAGUE => number.vague = true,
                Class::UNIT | Class::UNITS => {
                    let plural = mark.class == Class::UNITS;
                    amounts.push(Amount { number: number.count(plural), unit: mark.value });
                    number = Number::default();
                }
                _ => {}
            }
        }
        // `a year and a half`: what stands behind the last unit belongs to it.
        if let (Some(rest), Some(last)) = (number.said, amounts.last_mut()) {
            let instead = rest >= 1000 || !self.counts();
            last.number = last.number.map(|known| if instead { rest } else { known + rest });
        }
        amounts
    }

    /// Whether a number stands in front of the unit, so that a half behind it is added.
    fn counts(&self) -> bool {
        let unit = self.slots.iter().position(|(mark, _)| matches!(mark.class, Class::UNIT | Class::UNITS));
        self.slots.iter().take(unit.unwrap_or(0)).any(|(mark, _)| matches!(mark.class, Class::NUM | Class::TENS))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// 1,000 times the number; `None` for several.
    pub number: Option<i32>,
    pub unit: i32,
}

#[derive(Default)]
struct Number {
    said: Option<i32>,
    vague: bool,
}

impl Number {
    fn add(&mut self, value: i32) {
        self.said = Some(self.said.unwrap_or(0).saturating_add(value));
    }

    fn times(&mut self, factor: i32) {
        self.said = Some(self.said.unwrap_or(1000).saturating_mul(factor));
    }

    fn count(&self, plural: bool) -> Option<i32> {
        match (self.vague, self.said) {
            (true, _) => None,
            (false, Some(said)) => Some(said),
            (false, None) => (!plural).then_some(1000),
        }
    }
}
