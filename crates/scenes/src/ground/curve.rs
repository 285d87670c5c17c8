//! The ground that is walked on: one loss of one parameter, with its value and slope anywhere.

use calculus::{Expression, FormulaError};

use crate::readout::FormulaMistake;

/// The loss a scene starts with: two valleys of unequal depth.
pub const DEFAULT_FORMULA: &str = "(w^2 - 4)^2/8 + w/3 + 1.5";

/// The name of the parameter of a formula that has none, a level line.
const NAMELESS: &str = "x";

/// A loss of one parameter.
#[derive(Clone, Debug)]
pub struct Curve {
    text: String,
    variable: String,
    expression: Expression,
    derivative: Option<Expression>,
}

/// The slope at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slope {
    /// One finite slope.
    Smooth(f64),
    /// A kink or a jump: no single slope. `used` is what automatic differentiation answers, the subgradient of least size.
    Kink {
        /// From the left, where there is one.
        left: Option<f64>,
        /// From the right, where there is one.
        right: Option<f64>,
        /// What descent uses.
        used: f64,
    },
    /// The curve stands upright: no finite slope. True where it rises to the right.
    Vertical {
        /// Whether it rises to the right.
        rising: bool,
    },
    /// No slope, because there is no value.
    Missing,
}

/// Value and slope at one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ground {
    /// The parameter.
    pub x: f64,
    /// The loss, where it has a finite value.
    pub value: Option<f64>,
    /// How steep.
    pub slope: Slope,
}

impl Ground {
    /// The finite slope that a step follows.
    pub fn gradient(&self) -> Option<f64> {
        match self.slope {
            Slope::Smooth(slope) => Some(slope),
            Slope::Kink { used, .. } => Some(used),
            Slope::Vertical { .. } | Slope::Missing => None,
        }
    }
}

impl Curve {
    /// Reads a formula of one variable. One without any is a level line.
    ///
    /// # Errors
    /// What is wrong with the text, ready for the caret: a mistake of syntax, or a second variable.
    pub fn read(text: &str) -> Result<Self, FormulaMistake> {
        let expression = calculus::parse(text).map_err(|error| mistake(text, &error))?;
        let variable = match expression.variables() {
            [] => NAMELESS.to_owned(),
            [only] => only.clone(),
            [first, second, ..] => return Err(second_variable(text, first, second)),
        };
        // One too long to be written out is no mistake of the learner's: the numbers do not need it.
        let derivative = expression.derivative(&variable).ok();
        Ok(Self { text: text.to_owned(), variable, expression, derivative })
    }

    /// The default loss.
    pub fn default_loss() -> Self {
        // A test reads it; this is the one formula that is not a learner's.
        #[allow(clippy::expect_used)]
        Self::read(DEFAULT_FORMULA).expect("the default formula can be read")
    }

    /// As typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parameter's name.
    pub fn variable(&self) -> &str {
        &self.variable
    }

    /// The formula.
    pub fn expression(&self) -> &Expression {
        &self.expression
    }

    /// Its derivative, where it could be written down.
    pub fn derivative(&self) -> Option<&Expression> {
        self.derivative.as_ref()
    }

    /// Whether the formula has no variable.
    pub fn is_level(&self) -> bool {
        self.expression.variables().is_empty()
    }

    /// The loss where it is finite.
    pub fn value(&self, x: f64) -> Option<f64> {
        let value = if self.is_level() { self.expression.evaluate(&[]) } else { self.expression.evaluate(&[x]) };
        (x.is_finite() && value.is_finite()).then_some(value)
    }

    /// Value and slope at a place.
    pub fn ground(&self, x: f64) -> Ground {
        let Some(value) = self.value(x) else { return Ground { x, value: None, slope: Slope::Missing } };
        if self.is_level() {
            return Ground { x, value: Some(value), slope: Slope::Smooth(0.0) };
        }
        let here = self.expression.slope(0, &[x]);
        let finite = |v: Option<f64>| v.filter(|v| v.is_finite());
        let slope = match here.derivative {
            Some(slope) if slope.is_finite() => Slope::Smooth(slope),
            Some(slope) if !slope.is_nan() => Slope::Vertical { rising: slope > 0.0 },
            _ => {
                let upright = [here.left, here.right].into_iter().flatten().find(|v| v.is_infinite());
                match upright {
                    Some(side) => Slope::Vertical { rising: side > 0.0 },
                    None if here.automatic.is_finite() => {
                        Slope::Kink { left: finite(here.left), right: finite(here.right), used: here.automatic }
                    }
                    None => Slope::Missing,
                }
            }
        };
        Ground { x, value: Some(value), slope }
    }

    /// How the slope changes: the second derivative where it is finite.
    pub fn curvature(&self, x: f64) -> Option<f64> {
        if self.is_level() {
            return Some(0.0);
        }
        let second = self.expression.hessian(&[x]).hessian.first().and_then(|row| row.first()).copied();
        second.filter(|v| v.is_finite())
    }
}

fn mistake(text: &str, error: &FormulaError) -> FormulaMistake {
    let (start, end) = error.utf16(text);
    FormulaMistake {
        code: error.code.as_str().to_owned(),
        message: error.message.clone(),
        hint: error.hint.clone(),
        start,
        end,
    }
}

fn second_variable(text: &str, first: &str, second: &str) -> FormulaMistake {
    // The first occurrence of the name that is not part of a longer one.
    let inside_name = |c: char| c.is_alphanumeric() || c == '_';
    let byte = text
        .match_indices(second)
        .find(|(at, _)| {
            let before = text.get(..*at).and_then(|t| t.chars().next_back());
            let after = text.get(at + second.len()..).and_then(|t| t.chars().next());
            !before.is_some_and(|c| c.is_alphabetic() || c == '_') && !after.is_some_and(inside_name)
        })
        .or_else(|| text.match_indices(second).next())
        .map_or(0, |(at, _)| at);
    let start = text.get(..byte).unwrap_or("").encode_utf16().count();
    FormulaMistake {
        code: "E_VARIABLES".into(),
        message: format!("This chart has room for one parameter, and here are two: {first} and {second}."),
        hint: Some(format!("Write a number where {second} stands, or use {first} in both places.")),
        start,
        end: start + second.encode_utf16().count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_variable_is_pointed_at() {
        let mistake = Curve::read("w^2 + π*b").unwrap_err();
        assert_eq!((mistake.code.as_str(), mistake.start, mistake.end), ("E_VARIABLES", 8, 9));
        assert!(mistake.message.contains("w and b"), "{}", mistake.message);
    }

    #[test]
    fn a_formula_without_a_variable_is_a_level_line() {
        let curve = Curve::read("3/2").unwrap();
        assert_eq!(curve.ground(17.0), Ground { x: 17.0, value: Some(1.5), slope: Slope::Smooth(0.0) });
    }

    #[test]
    fn a_kink_has_two_slopes_and_descent_uses_the_smallest_subgradient() {
        let here = Curve::read("abs(w)").unwrap().ground(0.0);
        assert_eq!(here.slope, Slope::Kink { left: Some(-1.0), right: Some(1.0), used: 0.0 });
    }

    #[test]
    fn an_upright_tangent_has_no_finite_slope() {
        let here = Curve::read("cbrt(w)").unwrap().ground(0.0);
        assert_eq!((here.slope, here.gradient()), (Slope::Vertical { rising: true }, None));
    }

    #[test]
    fn there_is_no_slope_where_there_is_no_value() {
        let here = Curve::read("ln(w)").unwrap().ground(-1.0);
        assert_eq!((here.value, here.gradient()), (None, None));
    }
}
