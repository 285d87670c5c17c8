//! The live equation: the guess for the called-out house, with numbers whose arithmetic can be checked on the screen.

use super::Houses;
use super::say::Voice;
use crate::kit::tables::Unit;
use crate::number::{checked_sum, rounded_to_digits};
use crate::readout::{Role, Term};

impl Houses {
    /// ŷ = b + m × x, column by column; and the same as one sentence.
    pub(super) fn equation(&self, voice: &Voice<'_>) -> (Vec<Term>, String) {
        let (line, (x, _), names) = (self.line(), self.called_house(), voice.names());
        let shown = checked_sum(line.intercept, line.slope, x, voice.decimals());
        let guess = voice.amount(shown.sum);
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
