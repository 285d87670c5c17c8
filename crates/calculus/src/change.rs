//! How much a formula changes over a way, without the cancellation of taking two nearly equal values from one another.

use crate::Expression;
use crate::germ::Germ;
use crate::interval::{Interval, Registers};
use crate::math;
use crate::program::Program;

/// A change of a formula, and how far rounding may have moved it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// f(x + h) − f(x).
    pub value: f64,
    /// A bound of its rounding.
    pub error: f64,
}

impl Expression {
    /// f(x + h) − f(x) along the variable at place `variable`. Over a short way, where both values are the same to many digits, it
    /// is taken from the series of the formula beside x: up to eight terms, one-sided, so that a corner stays a corner. The series
    /// is trusted where it agrees with the plain difference as far as the rounding of that difference lets one see. None where
    /// either end has no finite value.
    ///
    /// ```
    /// let square = calculus::parse("x^2")?;
    /// let change = square.change(0, &[3.0], 1e-12).unwrap();
    /// assert_eq!(change.value, 6e-12 + 1e-24);
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    pub fn change(&self, variable: usize, at: &[f64], h: f64) -> Option<Change> {
        self.program().change(variable, at, h)
    }

    /// A bound of how far rounding may have moved the value at a point, by interval arithmetic; infinite where nothing is known.
    pub fn rounding(&self, variable: usize, at: &[f64]) -> f64 {
        self.program().rounding(variable, at)
    }
}

impl Program {
    fn change(&self, variable: usize, at: &[f64], h: f64) -> Option<Change> {
        let x = at.get(variable).copied()?;
        let mut there = at.to_vec();
        *there.get_mut(variable)? = x + h;
        let (before, after) = (self.evaluate(at), self.evaluate(&there));
        if !(before.is_finite() && after.is_finite()) {
            return None;
        }
        let error = self.rounding(variable, at) + self.rounding(variable, &there);
        let plain = Change { value: after - before, error };
        // The place is rounded too: the plain difference belongs to the way from double to double.
        let way = (x + h) - x;
        let series = self.beside(variable, at, h, before);
        let Some(terms) = series else { return Some(plain) };
        let sum = |h: f64| terms.iter().rev().map(|(e, c)| c * math::powf(h.abs(), *e)).sum::<f64>();
        if (sum(way) - plain.value).abs() > 2.0 * error {
            return Some(plain);
        }
        let largest = terms.iter().map(|(e, c)| (c * math::powf(h.abs(), *e)).abs()).sum::<f64>();
        Some(Change { value: sum(h), error: 8.0 * f64::EPSILON * largest })
    }

    /// The terms of the series on the side of h without the value itself, where the formula joins on to it.
    fn beside(&self, variable: usize, at: &[f64], h: f64, value: f64) -> Option<Vec<(f64, f64)>> {
        let direction: Vec<f64> = (0..self.variables()).map(|i| if i == variable { h.signum() } else { 0.0 }).collect();
        let germs = self.germs(at, &direction);
        let Some(Germ::Series(series)) = germs.get(self.root() as usize) else { return None };
        let limit = series.limit();
        let joins = (limit - value).abs() <= 1e-9 * (1.0 + value.abs());
        joins.then(|| series.terms().iter().copied().filter(|(e, _)| *e > 0.0).collect())
    }

    fn rounding(&self, variable: usize, at: &[f64]) -> f64 {
        let Some(x) = at.get(variable).copied() else { return f64::INFINITY };
        let dependent = self.dependent_on(variable as u32);
        let mut fixed = vec![0.0; self.operations().len()];
        self.run(at, &mut fixed, |index| !dependent.get(index).copied().unwrap_or(false));
        let known = self.enclose(variable as u32, Interval::new(x, x), &dependent, &fixed, &mut Registers::default());
        let width = known.value.width();
        if width.is_nan() { f64::INFINITY } else { width }
    }
}

#[cfg(test)]
mod tests {
    use crate::math;

    fn change(text: &str, x: f64, h: f64) -> f64 {
        crate::parse(text).unwrap().change(0, &[x], h).unwrap().value
    }

    #[test]
    fn a_short_way_keeps_its_digits() {
        for (text, x, slope) in
            [("sin(x)", 1.0, math::cos(1.0)), ("x^2 + 1e9", 3.0, 6.0), ("exp(x)", 0.5, math::exp(0.5))]
        {
            for h in [1e-6, -1e-9, 1e-12] {
                let ratio = change(text, x, h) / h;
                assert!((ratio - slope).abs() <= 2.0 * h.abs().max(1e-14) * (1.0 + slope.abs()), "{text} {h}: {ratio}");
            }
        }
    }

    #[test]
    fn a_corner_beside_the_place_is_not_passed_over() {
        assert_eq!(change("abs(x)", 0.0, -1e-9), 1e-9);
        assert!((change("abs(x)", 1e-3, -3e-3) - 1e-3).abs() < 1e-15);
        assert_eq!(change("floor(x)", 0.5, 0.75), 1.0);
    }
}
