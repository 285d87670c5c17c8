//! The live equation: the guess for the called-out house, with numbers whose arithmetic can be checked on the screen.

use super::HousesScene;
use super::data::Unit;
use crate::number::{rounded, rounded_to_digits};
use crate::readout::{Role, Term};

/// Height, slope and guess, rounded so that height + slope × x is the guess as shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub height: f64,
    pub height_decimals: usize,
    pub slope: f64,
    pub slope_decimals: usize,
    pub guess: f64,
}

/// Chooses the fewest decimals that make the arithmetic right for a guess with so many decimals. A line too steep for any is
/// shown to six decimals.
pub(super) fn checked(height: f64, slope: f64, x: f64, decimals: usize) -> Shown {
    let guess = rounded(height + slope * x, decimals);
    // Cents or none: a price with one decimal looks mistaken.
    for height_decimals in [decimals, decimals + 2, decimals + 4] {
        for slope_decimals in 0..=8 {
            let (h, s) = (rounded(height, height_decimals), rounded(slope, slope_decimals));
            if rounded(h + s * x, decimals) == guess && (slope_decimals >= 1 || s == slope) {
                return Shown { height: h, height_decimals, slope: s, slope_decimals, guess };
            }
        }
    }
    Shown {
        height: rounded(height, decimals),
        height_decimals: decimals,
        slope: rounded(slope, 6),
        slope_decimals: 6,
        guess,
    }
}

fn term(symbol: &str, value: String, meaning: String, role: Role) -> Term {
    Term { symbol: symbol.into(), value, meaning, role, operator: false }
}

fn operator(symbol: &str) -> Term {
    Term { symbol: symbol.into(), value: String::new(), meaning: String::new(), role: Role::Ink, operator: true }
}

impl HousesScene {
    fn numbers_shown(&self) -> Shown {
        let line = self.line();
        checked(line.intercept, line.slope, self.called_house().0, self.decimals())
    }

    /// ŷ = b + m × x, column by column.
    pub(super) fn equation(&self) -> Vec<Term> {
        let shown = self.numbers_shown();
        let (x, _) = self.called_house();
        vec![
            term("ŷ", self.amount(shown.guess), "guess".into(), Role::Prediction),
            operator("="),
            term("b", self.amount_to(shown.height, shown.height_decimals), self.feature.at_zero(), Role::Step),
            operator("+"),
            term(
                "m",
                self.amount_to(shown.slope, shown.slope_decimals),
                format!("per {}", self.feature.one),
                Role::Step,
            ),
            operator("×"),
            term("x", self.feature.number(rounded_to_digits(x, 12)), self.x_meaning(), Role::Data),
        ]
    }

    fn x_meaning(&self) -> String {
        match self.feature.unit {
            Unit::SquareFeet => "sq ft".into(),
            _ => self.feature.label.clone(),
        }
    }

    /// The same as one sentence.
    pub(super) fn equation_spoken(&self) -> String {
        let shown = self.numbers_shown();
        let (x, _) = self.called_house();
        format!(
            "The guess, {}, is {} {} plus {} per {} times {}.",
            self.amount(shown.guess),
            self.amount_to(shown.height, shown.height_decimals),
            self.feature.at_zero(),
            self.amount_to(shown.slope, shown.slope_decimals),
            self.feature.one,
            self.feature.words(x),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arithmetic_on_the_screen_checks_out() {
        for (height, slope, x) in [
            (13_289.634_364_8, 111.694_000_858, 2_452.0),
            (-4_021.3, 92.217, 1_520.0),
            (0.0, 0.0, 900.0),
            (2.5, -0.004, 1e4),
        ] {
            let shown = checked(height, slope, x, 0);
            assert_eq!(rounded(shown.height + shown.slope * x, 0), shown.guess, "{shown:?}");
            assert_eq!(shown.guess, rounded(height + slope * x, 0));
            assert!(shown.slope_decimals <= 4, "{shown:?}");
        }
    }

    #[test]
    fn no_more_decimals_are_shown_than_the_arithmetic_needs() {
        let shown = checked(13_289.634_364_8, 111.694_000_858, 2_452.0, 0);
        assert_eq!((shown.height_decimals, shown.slope_decimals), (2, 3));
        let shown = checked(13_289.634_364_8, 111.694_000_858, 2_520.0, 0);
        assert_eq!((shown.height_decimals, shown.slope_decimals), (0, 3));
    }
}
