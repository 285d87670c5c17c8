//! The slope at one point: what calculus says, from both sides, and what automatic differentiation says.

use crate::Expression;
use crate::autodiff::Dual;
use crate::evaluate::value;
use crate::function::Function;
use crate::germ::Germ;
use crate::program::{Operation, Program};

/// The slope of a formula along one variable at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// The value, as [`Expression::evaluate`] gives it.
    pub value: f64,
    /// The derivative as calculus defines it: ±∞ for a vertical tangent, none where there is none.
    pub derivative: Option<f64>,
    /// The limit of the derivative from the left; none where the formula is not defined there, or the limit does not exist.
    pub left: Option<f64>,
    /// The limit of the derivative from the right.
    pub right: Option<f64>,
    /// Whether there is a finite derivative.
    pub differentiable: bool,
    /// Whether the curve jumps here: its value is not where it comes from on some side.
    pub jumps: bool,
    /// What automatic differentiation answers: at a kink the subgradient of least size, not a number where there is no value.
    pub automatic: f64,
    /// Why there is no derivative, or what is special about it, in one sentence.
    pub note: Option<String>,
}

/// One-sided limits this near are one number: germs carry a few roundings more than the value does.
const SAME: f64 = 1e-9;

fn near(a: f64, b: f64, scale: f64) -> bool {
    a == b || (a - b).abs() <= SAME * (a.abs().max(b.abs())) + 1e-12 * scale
}

impl Expression {
    /// The slope along the variable at place `variable`, both answers.
    ///
    /// ```
    /// let slope = calculus::parse("abs(x)")?.slope(0, &[0.0]);
    /// assert_eq!((slope.derivative, slope.left, slope.right, slope.automatic), (None, Some(-1.0), Some(1.0), 0.0));
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    pub fn slope(&self, variable: usize, at: &[f64]) -> Slope {
        self.program().slope(variable, at)
    }
}

impl Program {
    /// As [`Expression::slope`].
    pub fn slope(&self, variable: usize, at: &[f64]) -> Slope {
        let along =
            |sign: f64| -> Vec<f64> { (0..self.variables()).map(|i| if i == variable { sign } else { 0.0 }).collect() };
        let mut values = vec![0.0; self.operations().len()];
        let value = self.evaluate_in(at, &mut values);
        let Dual { derivative: automatic, .. } = self.directional_derivative(at, &along(1.0));
        if value.is_finite() && automatic.is_finite() && !self.near_a_kink(variable, &values) {
            let derivative = Some(automatic);
            let (left, right) = (derivative, derivative);
            return Slope { value, derivative, left, right, differentiable: true, jumps: false, automatic, note: None };
        }
        let side = |sign: f64| self.side(at, &along(sign));
        let (left, right) = (side(-1.0), side(1.0));
        let left = Side { slope: left.slope.map(|slope| -slope), ..left };
        self.verdict(value, automatic, &left, &right)
    }

    /// The germ of the whole along a direction, if it is defined there.
    fn side(&self, at: &[f64], direction: &[f64]) -> Side {
        let germs = self.germs(at, direction);
        let guarded =
            self.guards().iter().all(|guard| germs.get(*guard as usize).is_some_and(|germ| !germ.is_undefined()));
        match germs.get(self.root() as usize) {
            Some(germ) if guarded && !germ.is_undefined() => Side::of(germ),
            _ => Side { defined: false, limit: f64::NAN, slope: None },
        }
    }

    /// The one-sided limit along a direction: none where the formula is not defined on that side, not a number if it is not known.
    pub(crate) fn limit_along(&self, at: &[f64], direction: &[f64]) -> Option<f64> {
        let side = self.side(at, direction);
        side.defined.then_some(side.limit)
    }

    fn verdict(&self, value: f64, automatic: f64, left: &Side, right: &Side) -> Slope {
        let nothing = |note: &str| Slope {
            value,
            derivative: None,
            left: left.slope,
            right: right.slope,
            differentiable: false,
            jumps: false,
            automatic,
            note: Some(note.to_string()),
        };
        if !value.is_finite() {
            return nothing("The formula has no value here, so it has no slope.");
        }
        let joins = |side: &Side| !side.defined || near(side.limit, value, 1.0 + value.abs());
        if !joins(left) || !joins(right) {
            return Slope { jumps: true, ..nothing("The curve jumps here, so it has no slope.") };
        }
        let vertical = |slope: f64| Slope {
            derivative: Some(slope),
            ..nothing("The tangent is vertical here: the slope grows without bound.")
        };
        match (left.defined, right.defined) {
            (false, false) => return nothing("The formula is defined at this point alone, so it has no slope."),
            (true, false) | (false, true) => {
                return match left.slope.or(right.slope) {
                    Some(slope) if slope.is_infinite() => vertical(slope),
                    _ => nothing("The curve ends here: it has a slope on one side only."),
                };
            }
            _ => {}
        }
        match (left.slope, right.slope) {
            (Some(l), Some(r)) if l.is_infinite() && l == r => vertical(l),
            (Some(l), Some(r)) if l.is_finite() && r.is_finite() && near(l, r, 1.0 + value.abs()) => {
                // The germ sees through kinks that cancel; where both answer, the plain one is rounded less.
                let derivative = if near(automatic, r, 1.0 + value.abs()) { automatic } else { r };
                let mut slope = nothing("");
                slope.derivative = Some(derivative);
                slope.differentiable = true;
                slope.left = slope.derivative;
                slope.right = slope.derivative;
                slope.note = None;
                slope
            }
            (Some(l), Some(r)) if l.is_infinite() && r.is_infinite() => {
                nothing("A cusp: the curve turns back on itself, so it has no slope here.")
            }
            (Some(_), Some(_)) => nothing("A corner: the slope is different on the two sides."),
            _ => nothing("The slope does not settle here."),
        }
    }

    /// Whether an active operation that depends on the variable stands at a place where its own slope may jump or be infinite.
    fn near_a_kink(&self, variable: usize, values: &[f64]) -> bool {
        let dependent = self.dependent_on(variable as u32);
        let active = self.active(values);
        self.operations().iter().enumerate().any(|(index, operation)| {
            let counts = |flags: &[bool]| flags.get(index).copied().unwrap_or(false);
            let at = |slot: u32| value(values, slot);
            counts(&dependent)
                && counts(&active)
                && match *operation {
                    Operation::Call(function, a) => kink(function, at(a)),
                    Operation::Call2(Function::Max | Function::Min, a, b) => at(a) == at(b),
                    Operation::Call2(Function::Mod, a, b) => (at(a) / at(b)).fract() == 0.0,
                    Operation::Call2(Function::Root, a, _)
                    | Operation::Power(a, _)
                    | Operation::RationalPower(a, ..) => at(a) == 0.0,
                    Operation::Call2(Function::Hypot, a, b) => at(a) == 0.0 && at(b) == 0.0,
                    Operation::Call2(Function::Atan2, y, x) => at(y) == 0.0 && at(x) <= 0.0,
                    Operation::If(_, a, b, ..) => at(a) == at(b),
                    _ => false,
                }
        })
    }
}

/// Whether the slope of a function may jump or be infinite at this argument.
fn kink(function: Function, x: f64) -> bool {
    match function {
        Function::Abs | Function::Relu | Function::Sign | Function::Step | Function::Sqrt | Function::Cbrt => x == 0.0,
        Function::Floor | Function::Ceil => x.fract() == 0.0,
        Function::Round => x.fract().abs() == 0.5,
        Function::Asin | Function::Acos => x.abs() == 1.0,
        Function::Acosh => x == 1.0,
        _ => false,
    }
}

/// The behaviour on one side.
struct Side {
    defined: bool,
    limit: f64,
    slope: Option<f64>,
}

impl Side {
    fn of(germ: &Germ) -> Side {
        let slope = germ.slope();
        Side { defined: true, limit: germ.limit(), slope: (!slope.is_nan()).then_some(slope) }
    }
}
