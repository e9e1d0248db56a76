//! The table of figures, as Markdown.

use std::fmt;

use anyhow::Result;

use super::machine::{Machine, today};

/// A figure.
#[derive(Debug)]
pub(super) struct Row {
    /// What was measured.
    pub(super) what: String,
    /// The figure, with its unit.
    pub(super) figure: String,
    /// What it is to be read beside, and how it compares.
    pub(super) beside: String,
    /// What it should be.
    pub(super) target: Option<Target>,
}

/// What a figure should be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    /// The measured value, in the unit of the target.
    value: f64,
    goal: Goal,
    /// Of both.
    unit: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

impl Row {
    /// A figure without a target.
    pub(super) fn new(what: impl Into<String>, figure: String, beside: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            figure,
            beside: beside.into(),
            target: None,
        }
    }

    /// With a bound that `value` should not be above.
    pub(super) fn at_most(mut self, value: f64, bound: f64, unit: &'static str) -> Self {
        let goal = Goal::AtMost(bound);
        self.target = Some(Target { value, goal, unit });
        self
    }

    /// With a bound that `value` should not be below.
    pub(super) fn at_least(mut self, value: f64, bound: f64, unit: &'static str) -> Self {
        let goal = Goal::AtLeast(bound);
        self.target = Some(Target { value, goal, unit });
        self
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (words, bound, met) = match self.goal {
            Goal::AtMost(bound) => ("at most", bound, self.value <= bound),
            Goal::AtLeast(bound) => ("at least", bound, self.value >= bound),
        };
        let verdict = if met { "met" } else { "missed" };
        write!(f, "{words} {bound} {}: {verdict}", self.unit)
    }
}

/// All figures of a run, and what they are of.
#[derive(Debug)]
pub(super) struct Report {
    machine: Machine,
    date: String,
    command: String,
    rows: Vec<Row>,
}

impl Report {
    /// A report without figures.
    pub(super) fn new() -> Result<Self> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        Ok(Self {
            machine: Machine::here()?,
            date: today()?,
            command: format!("cargo xtask {}", arguments.join(" ")),
            rows: Vec::new(),
        })
    }

    /// Adds figures.
    pub(super) fn add(&mut self, rows: Vec<Row>) {
        self.rows.extend(rows);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "`{}`, {}, on {}\n",
            self.command, self.date, self.machine
        )?;
        writeln!(f, "| what | figure | beside | target |\n|---|---|---|---|")?;
        for row in &self.rows {
            let target = row.target.map(|target| target.to_string());
            writeln!(
                f,
                "| {} | {} | {} | {} |",
                row.what,
                row.figure,
                row.beside,
                target.unwrap_or_default()
            )?;
        }
        Ok(())
    }
}

/// A whole number with commas between thousands.
pub(super) fn grouped(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().unwrap_or(0).to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        let all = [0_u64, 999, 1000, 1_234_567].map(grouped);
        assert_eq!(all, ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_target_says_whether_it_is_met() {
        let row = || Row::new("what", String::new(), "");
        let shown = |row: Row| row.target.map(|target| target.to_string());
        let expected = Some("at most 2.5 times: met".to_owned());
        assert_eq!(shown(row().at_most(2.5, 2.5, "times")), expected);
        let expected = Some("at least 0.5 of them: missed".to_owned());
        assert_eq!(shown(row().at_least(0.4, 0.5, "of them")), expected);
    }
}
