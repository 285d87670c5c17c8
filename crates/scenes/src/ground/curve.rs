//! The ground that is walked on: one loss of one parameter, with its value and slope anywhere.

use calculus::{Expression, Fault, FormulaError};

use crate::frame::Frame;
use crate::number::superscript;
use crate::readout::FormulaMistake;
use crate::words::Language;

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

/// What is wrong with a formula that was to be a curve, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What.
    pub why: Why,
    /// First and one past the last wrong character, UTF-16 units.
    pub span: (usize, usize),
}

/// What can be wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is no formula.
    Fault(Fault),
    /// It has two variables, and perhaps more.
    Variables(String, String),
}

impl Mistake {
    /// A short stable name for programs.
    pub fn code(&self) -> &'static str {
        match &self.why {
            Why::Fault(fault) => fault.code().as_str(),
            Why::Variables(..) => "E_VARIABLES",
        }
    }

    /// What is wrong and what to do.
    pub fn said(&self, language: Language) -> [String; 2] {
        match &self.why {
            Why::Fault(fault) => language.kit().fault(fault),
            Why::Variables(first, second) => language.kit().two_variables(first, second),
        }
    }

    /// The same for the page.
    pub fn readout(&self, language: Language) -> FormulaMistake {
        let ([message, hint], (start, end)) = (self.said(language), self.span);
        FormulaMistake { code: self.code().into(), message, hint: Some(hint), start, end }
    }
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

/// One formula is one curve.
impl PartialEq for Curve {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Curve {
    /// Reads a formula of one variable. One without any is a level line.
    ///
    /// # Errors
    /// What is wrong with the text, ready for the caret: a mistake of syntax, or a second variable.
    pub fn read(text: &str) -> Result<Self, Mistake> {
        let wrong = |error: FormulaError| Mistake { span: error.utf16(text), why: Why::Fault(error.fault) };
        let expression = calculus::parse(text).map_err(wrong)?;
        let variable = match expression.variables() {
            [] => NAMELESS.to_owned(),
            [only] => only.clone(),
            [first, second, ..] => return Err(second_variable(text, first, second)),
        };
        // One too long to be written out is no mistake of the learner's: the numbers do not need it.
        let derivative = expression.derivative(&variable).ok();
        Ok(Self { text: text.to_owned(), variable, expression, derivative })
    }

    /// A formula of our own: a default, which a test reads.
    pub fn own(text: &str) -> Self {
        // Not a learner's, so it can be read.
        #[allow(clippy::expect_used)]
        Self::read(text).expect("a default formula can be read")
    }

    /// The curve in a frame: pieces that are never joined, with their ends, holes and single dots.
    pub fn sample(&self, frame: &Frame) -> calculus::Plot {
        self.view(frame.x.data, frame.y.data, (frame.plot.width(), frame.plot.height()))
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

    /// The same as it is written by hand on one line; none where that takes more than raised digits.
    pub fn derivative_on_one_line(&self) -> Option<String> {
        let text = self.derivative.as_ref()?.text();
        let mut parts = text.split('^');
        let mut out = parts.next()?.to_owned();
        for part in parts {
            let digits = part.chars().take_while(char::is_ascii_digit).count();
            let (exponent, rest) = part.split_at(digits);
            if rest.starts_with('.') {
                return None;
            }
            out.push_str(&superscript(exponent.parse().ok()?));
            out.push_str(rest);
        }
        Some(out.replace('*', "·").replace('-', "−"))
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

    /// How much the loss changes from x to x + h, and how far rounding may have moved that number. Exact beside x, where taking one
    /// loss from the other would leave no digits.
    pub fn rise(&self, x: f64, h: f64) -> Option<calculus::Change> {
        if self.is_level() {
            return self.value(x).map(|_| calculus::Change { value: 0.0, error: 0.0 });
        }
        self.expression.change(0, &[x], h).filter(|change| change.value.is_finite())
    }

    /// Whether the curve jumps at a place where it has a value.
    pub fn jumps(&self, x: f64) -> bool {
        !self.is_level() && self.expression.slope(0, &[x]).jumps
    }

    /// How far rounding may have moved the loss at a place.
    pub fn rounding(&self, x: f64) -> f64 {
        if self.is_level() { 0.0 } else { self.expression.rounding(0, &[x]) }
    }

    /// The slope as a curve of its own, where it could be written down.
    pub fn slopes(&self) -> Option<Self> {
        if self.is_level() {
            return Self::read("0").ok();
        }
        let expression = self.derivative.clone()?;
        // Two formulas may have slopes that read alike and are defined in different places.
        let text = format!("({})′", self.text);
        Some(Self { text, variable: self.variable.clone(), expression, derivative: None })
    }

    /// The curve in a part of the plane that is so many CSS pixels large.
    pub fn view(&self, x: (f64, f64), y: (f64, f64), (width, height): (f64, f64)) -> calculus::Plot {
        if self.is_level() {
            let points = self.value(0.0).map(|y| vec![(x.0, y), (x.1, y)]).unwrap_or_default();
            let piece = calculus::Piece { points, start: calculus::End::Runs, end: calculus::End::Runs, dense: false };
            return calculus::Plot { pieces: vec![piece], holes: Vec::new(), dots: Vec::new(), complete: true };
        }
        self.expression.sample(0, &[0.0], &calculus::View { x, y, width, height })
    }

    /// The curve beside a place, as pieces of points that are distances from it along x and y: `wide` to either side, `high` up and
    /// down. While the rounding of its values is too small to be seen there it is sampled as ever, so that corners, jumps and poles
    /// are found; else it is taken from its exact series on either side. Nothing where there is no value.
    pub fn beside(&self, x: f64, wide: f64, high: f64) -> Vec<Vec<(f64, f64)>> {
        const PLACES: usize = 60;
        let Some(value) = self.value(x) else { return Vec::new() };
        let blur = self.rounding(x) / high + f64::EPSILON * x.abs() / wide;
        if blur < 1e-3 {
            let plot = self.view((x - wide, x + wide), (value - high, value + high), (480.0, 240.0));
            let apart = |piece: calculus::Piece| piece.points.into_iter().map(|(at, y)| (at - x, y - value)).collect();
            return plot.pieces.into_iter().map(apart).collect();
        }
        let side = |sign: f64| {
            let places = (0..=PLACES).map(|i| sign * wide * i as f64 / PLACES as f64);
            places.map_while(|h| self.rise(x, h).map(|rise| (h, rise.value))).collect()
        };
        vec![side(-1.0), side(1.0)]
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

fn second_variable(text: &str, first: &str, second: &str) -> Mistake {
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
    let span = (start, start + second.encode_utf16().count());
    Mistake { why: Why::Variables(first.to_owned(), second.to_owned()), span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_variable_is_pointed_at() {
        let mistake = Curve::read("w^2 + π*b").unwrap_err();
        assert_eq!((mistake.code(), mistake.span), ("E_VARIABLES", (8, 9)));
        assert_eq!(mistake.why, Why::Variables("w".into(), "b".into()));
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
    fn seen_from_near_a_smooth_curve_is_straight_and_a_corner_stays() {
        // A height of a billion leaves no digits of its own so near.
        let cos = calculus::math::cos(1.0);
        for (formula, slope) in
            [("x^2", 2.0), ("exp(x)", core::f64::consts::E), ("x^2 + 1e9", 2.0), ("sin(x) + 1e7", cos)]
        {
            let pieces = Curve::read(formula).unwrap().beside(1.0, 1e-6, 1e-6);
            let farthest = pieces.iter().flatten().map(|p| p.0.abs()).fold(0.0, f64::max);
            let bent = pieces.iter().flatten().map(|p| (p.1 - slope * p.0).abs()).fold(0.0, f64::max);
            assert!(farthest > 2e-7 && bent < 1e-9, "{formula}: {bent}");
        }
        for near in [0.1, 1e-6] {
            let pieces = Curve::read("abs(x)").unwrap().beside(0.0, near, near);
            assert!(
                pieces.iter().flatten().all(|p| p.1 == p.0.abs()) && pieces.iter().flatten().any(|p| *p == (0.0, 0.0))
            );
        }
        assert_eq!(Curve::read("1/x").unwrap().beside(0.0, 1.0, 1.0), Vec::<Vec<(f64, f64)>>::new());
    }

    #[test]
    fn there_is_no_slope_where_there_is_no_value() {
        let here = Curve::read("ln(w)").unwrap().ground(-1.0);
        assert_eq!((here.value, here.gradient()), (None, None));
    }
}
