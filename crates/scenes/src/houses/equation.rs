//! The live equation: the guess for the called-out house, with numbers whose arithmetic can be checked on the screen.

use super::Houses;
use super::say::Voice;
use crate::kit::tables::Unit;
use crate::number::{rounded, rounded_to_digits};
use crate::readout::{Role, Term};

/// Height, slope and guess, rounded so that height + slope × x is the guess as shown.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    height: f64,
    height_decimals: usize,
    slope: f64,
    slope_decimals: usize,
    guess: f64,
}

/// Chooses the fewest decimals that make the arithmetic right for a guess with so many decimals. A line too steep for any is shown to six
/// decimals.
fn checked(height: f64, slope: f64, x: f64, decimals: usize) -> Shown {
    let guess = rounded(height + slope * x, decimals);
    let unit = |decimals: usize| 10f64.powi(decimals as i32);
    let near = |v: f64, decimals| (v * unit(decimals)).round() / unit(decimals);
    // Cents or none: a price with one decimal looks mistaken.
    for height_decimals in [decimals, decimals + 2, decimals + 4] {
        for slope_decimals in 0..=8 {
            // Most are ruled out by plain arithmetic, many times as fast as rounding in decimal.
            let miss = near(height, height_decimals) + near(slope, slope_decimals) * x - guess;
            if miss.abs() * unit(decimals) > 0.51 {
                continue;
            }
            let (h, s) = (rounded(height, height_decimals), rounded(slope, slope_decimals));
            if rounded(h + s * x, decimals) == guess && (slope_decimals >= 1 || s == slope) {
                return Shown { height: h, height_decimals, slope: s, slope_decimals, guess };
            }
        }
    }
    let height = rounded(height, decimals);
    Shown { height, height_decimals: decimals, slope: rounded(slope, 6), slope_decimals: 6, guess }
}

impl Houses {
    /// ŷ = b + m × x, column by column; and the same as one sentence.
    pub(super) fn equation(&self, voice: &Voice<'_>) -> (Vec<Term>, String) {
        let (line, (x, _), names) = (self.line(), self.called_house(), voice.names());
        let shown = checked(line.intercept, line.slope, x, voice.decimals());
        let guess = voice.amount(shown.guess);
        let height = voice.amount_to(shown.height, shown.height_decimals);
        let slope = voice.amount_to(shown.slope, shown.slope_decimals);
        let feature = &self.ground.rows.feature;
        let spoken = voice.say.spoken(&names, &guess, &height, &slope, &voice.words(feature, x));
        let [says, per] = voice.say.meanings(&names.one);
        let x_meaning = match feature.unit {
            Unit::SquareFeet => names.one,
            _ => names.feature,
        };
        let terms = vec![
            Term::new("ŷ", guess, says, Role::Prediction),
            Term::operator("=", ""),
            Term::new("b", height, names.at_zero, Role::Step),
            Term::operator("+", ""),
            Term::new("m", slope, per, Role::Step),
            Term::operator("×", ""),
            Term::new("x", feature.number(rounded_to_digits(x, 12), &voice.locale), x_meaning, Role::Data),
        ];
        (terms, spoken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arithmetic_on_the_screen_checks_out_with_no_more_decimals_than_it_needs() {
        for (height, slope, x) in
            [(13_289.634_364_8, 111.694_000_858, 2_452.0), (-4_021.3, 92.217, 1_520.0), (2.5, -0.004, 1e4)]
        {
            let shown = checked(height, slope, x, 0);
            assert_eq!(rounded(shown.height + shown.slope * x, 0), shown.guess, "{shown:?}");
            assert_eq!(shown.guess, rounded(height + slope * x, 0));
        }
        let decimals = |x| checked(13_289.634_364_8, 111.694_000_858, x, 0);
        assert_eq!((decimals(2_452.0).height_decimals, decimals(2_452.0).slope_decimals), (2, 3));
        assert_eq!((decimals(2_520.0).height_decimals, decimals(2_520.0).slope_decimals), (0, 3));
    }
}
