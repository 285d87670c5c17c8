//! The next step as an equation whose numbers check out: rounded once, and with as many digits as it takes for the arithmetic
//! on screen to come out right.

use descent::optimizer::Stepper;

use super::DescentScene;
use super::picture::decimals;
use crate::number::{Rounded, fixed, rounded, rounded_to_digits, trimmed};
use crate::painter::variable_name;
use crate::readout::{Role, Term};

/// The step that comes next, in numbers as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct NextStep {
    /// The place now.
    pub place: Rounded,
    /// The next place; `place − moved`.
    pub next: Rounded,
    /// The learning rate as shown.
    pub rate: String,
    /// The slope here.
    pub slope: Rounded,
    /// How far the step goes to the left (negative: to the right): the rate times the direction, from the numbers shown.
    pub moved: Rounded,
    /// What the rate is multiplied by.
    pub direction: Direction,
}

/// What an optimiser makes of the slope, in numbers as shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Direction {
    /// The slope itself.
    Slope,
    /// A velocity: `keep × velocity + slope`.
    Velocity {
        /// The share that is kept.
        keep: f64,
        /// The velocity before this step.
        velocity: Rounded,
    },
    /// Adam's quotient: mean slope over typical size.
    Quotient {
        /// The corrected mean of slopes.
        mean: Rounded,
        /// The root of the corrected mean of squared slopes, with ε.
        size: Rounded,
    },
}

/// A learning rate as it is shown: two decimals where that is exact (`0.30`), else up to four significant digits.
pub fn rate_text(rate: f64) -> String {
    let shown = rounded_to_digits(rate, 4);
    if (0.01..100.0).contains(&shown) && rounded(shown, 2) == shown { fixed(shown, 2) } else { trimmed(shown, 4) }
}

impl DescentScene {
    /// Decimals for places on the axis of the parameter.
    pub(super) fn place_decimals(&self) -> usize {
        decimals(self.land.span())
    }

    /// Decimals for losses.
    pub(super) fn value_decimals(&self) -> usize {
        decimals(self.land.rise())
    }

    /// Decimals for slopes.
    pub(super) fn slope_decimals(&self) -> usize {
        // A slope across the whole picture has about two digits after its first.
        decimals(10.0 * self.land.typical_slope())
    }

    /// The next step in numbers, if one can be taken.
    pub(super) fn next_step(&self) -> Option<NextStep> {
        let here = self.walk.here().ground;
        let slope = here.gradient()?;
        let before = self.walk.stepper(self.optimizer, self.rate).ok()?;
        let (next, after) = self.walk.next(self.optimizer, self.rate).ok()?;
        let (place_digits, slope_digits) = (self.place_decimals(), self.slope_decimals());
        let mut first = None;
        // More digits only where fewer would not check out.
        for (more, finer) in [(0, 0), (0, 1), (1, 1), (1, 2)] {
            let step = rounded_step(
                Exact { place: here.x, next, slope, rate: self.rate },
                (&before, &after),
                (place_digits + more).min(12),
                (slope_digits + finer).min(12),
            )?;
            let digits = step.place.decimals;
            if step.next.value == rounded(next, digits) && step.moved.value == rounded(here.x - next, digits) {
                return Some(step);
            }
            first.get_or_insert(step);
        }
        first
    }

    /// The live equation, column by column.
    pub(super) fn equation(&self, step: &NextStep) -> Vec<Term> {
        let w = variable_name(self.curve.variable());
        let operator = |symbol: &str, value: &str| Term {
            symbol: symbol.into(),
            value: value.into(),
            meaning: String::new(),
            role: Role::Ink,
            operator: true,
        };
        let term = |symbol: &str, value: String, meaning: &str, role: Role| Term {
            symbol: symbol.into(),
            value,
            meaning: meaning.into(),
            role,
            operator: false,
        };
        let slope = || term(&format!("L′({w})"), step.slope.text(), "slope here", Role::Gradient);
        let mut terms = vec![
            term(&w, step.next.text(), "next place", Role::Step),
            operator("←", "="),
            term(&w, step.place.text(), "place now", Role::Step),
            operator("−", "−"),
            term("η", step.rate.clone(), "learning rate", Role::Step),
            operator("×", "×"),
        ];
        match &step.direction {
            Direction::Slope => terms.push(slope()),
            Direction::Velocity { keep, velocity } => terms.extend([
                operator("(", "("),
                term("μ", fixed(*keep, 2), "share kept", Role::Step),
                operator("×", "×"),
                term("m", velocity.text(), "velocity before", Role::Gradient),
                operator("+", "+"),
                slope(),
                operator(")", ")"),
            ]),
            Direction::Quotient { mean, size } => terms.extend([
                term("m̂", mean.text(), "average slope", Role::Gradient),
                operator("÷", "÷"),
                term("√v̂ + ε", size.text(), "typical size", Role::Gradient),
            ]),
        }
        terms
    }

    /// The equation as it is spoken.
    pub(super) fn equation_spoken(&self, step: &NextStep) -> String {
        let w = self.curve.variable();
        let (next, place, rate, slope) = (step.next.text(), step.place.text(), &step.rate, step.slope.text());
        match &step.direction {
            Direction::Slope => {
                format!("{w} becomes {w} minus eta times the slope: {next} = {place} minus {rate} times {slope}.")
            }
            Direction::Velocity { keep, velocity } => format!(
                "{w} becomes {w} minus eta times the new velocity, which is mu times the velocity before plus the slope: \
                 {next} = {place} minus {rate} times ({} times {} plus {slope}).",
                fixed(*keep, 2),
                velocity.text()
            ),
            Direction::Quotient { mean, size } => format!(
                "{w} becomes {w} minus eta times the average slope over its typical size: \
                 {next} = {place} minus {rate} times {} over {}.",
                mean.text(),
                size.text()
            ),
        }
    }
}

#[derive(Clone, Copy)]
struct Exact {
    place: f64,
    next: f64,
    slope: f64,
    rate: f64,
}

/// Every number rounded, and the step made of the rounded ones.
fn rounded_step(
    exact: Exact,
    (before, after): (&Stepper, &Stepper),
    place_digits: usize,
    slope_digits: usize,
) -> Option<NextStep> {
    let place = Rounded::new(exact.place, place_digits)?;
    Rounded::new(exact.next, place_digits)?;
    let slope = Rounded::new(exact.slope, slope_digits)?;
    let rate = rounded_to_digits(exact.rate, 4);
    let (direction, factor) = match (before, after) {
        (Stepper::Momentum(before), _) => {
            let velocity = Rounded::new(before.velocity.first().copied().unwrap_or(0.0), slope_digits)?;
            let keep = before.momentum;
            let factor = keep * velocity.value + slope.value;
            (Direction::Velocity { keep, velocity }, factor)
        }
        (_, Stepper::Adam(after)) => {
            let mean = after.means.first().copied().unwrap_or(0.0) / (1.0 - after.beta1_power);
            let square = after.squares.first().copied().unwrap_or(0.0) / (1.0 - after.beta2_power);
            let mean = Rounded::new(mean, slope_digits)?;
            let size = Rounded::new(square.sqrt() + after.epsilon, slope_digits)?;
            let factor = if size.value == 0.0 { 0.0 } else { mean.value / size.value };
            (Direction::Quotient { mean, size }, factor)
        }
        _ => (Direction::Slope, slope.value),
    };
    let moved = Rounded::new(rate * factor, place_digits)?;
    let next = Rounded::new(place.value - moved.value, place_digits)?;
    Some(NextStep { place, next, rate: rate_text(exact.rate), slope, moved, direction })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_shown_with_two_decimals_where_they_say_it_all() {
        assert_eq!(
            [0.3, 0.05, 0.125, 0.001, 2.0, 1e-9, 1234.5].map(rate_text),
            ["0.30", "0.05", "0.125", "0.001", "2.00", "1×10⁻⁹", "1,234"].map(String::from)
        );
    }
}
