//! The value of a formula: at one point, at many, and where the value is not plain.
//!
//! The quick way is ordinary double arithmetic over the [`Program`]. It is right wherever all of its values are finite. Where
//! one is not, [`closer`] decides between "undefined" and "no finite value".

mod closer;
mod many;

use crate::operate::{call_one, call2, choose, swallows_infinity, whole_power};
use crate::program::{Operation, Program, Slot};
use crate::{Expression, function::Function, math};

/// Programs up to this length keep their values on the stack. A guess at what no formula in a lesson exceeds.
pub(crate) const SHORT: usize = 64;

impl Expression {
    /// The formula as a list of operations, made when it is first asked for.
    pub fn program(&self) -> &Program {
        self.inner
            .program
            .get_or_init(|| Program::new(self.graph(), self.root(), self.guards(), self.variables().len()))
    }

    /// The value at a point, one number for each of [`Expression::variables`] in their order; missing ones are undefined.
    /// Not-a-number where the formula is undefined on the reals. ±∞ where it has no finite value: because it tends there from
    /// every side from which it is defined, or because the value is too large for a double.
    ///
    /// ```
    /// let ln = calculus::parse("ln(x)")?;
    /// assert_eq!(ln.evaluate(&[1.0]), 0.0);
    /// assert_eq!(ln.evaluate(&[0.0]), f64::NEG_INFINITY);
    /// assert!(ln.evaluate(&[-1.0]).is_nan());
    /// assert!(calculus::parse("atan(1/x)")?.evaluate(&[0.0]).is_nan());
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    pub fn evaluate(&self, at: &[f64]) -> f64 {
        self.program().evaluate(at)
    }

    /// The values where the variable at place `variable` takes each of `values` and the others are as in `at`. `out` is filled
    /// as far as both reach, each number the same bits as [`Expression::evaluate`] gives at that point.
    pub fn evaluate_many(&self, variable: usize, values: &[f64], at: &[f64], out: &mut [f64]) {
        self.program().evaluate_many(variable, values, at, out);
    }
}

impl Program {
    /// The value at a point: not-a-number where the formula is undefined on the reals, ±∞ where it has no finite value.
    /// Numbers missing from the point are undefined.
    pub fn evaluate(&self, at: &[f64]) -> f64 {
        let count = self.operations().len();
        if count <= SHORT {
            self.evaluate_in(at, &mut [0.0; SHORT])
        } else {
            self.evaluate_in(at, &mut vec![0.0; count])
        }
    }

    /// As [`Program::evaluate`], leaving the value of each operation in `values`, which has room for all of them.
    pub(crate) fn evaluate_in(&self, at: &[f64], values: &mut [f64]) -> f64 {
        let swallowed = self.run(at, values, |_| true);
        let result = value(values, self.root());
        let guarded = self.guards().iter().all(|guard| value(values, *guard).is_finite());
        if result.is_finite() && guarded && !swallowed { result } else { self.look_closer(at, values) }
    }

    /// The value of each operation at a point, by plain arithmetic.
    pub fn registers(&self, at: &[f64]) -> Vec<f64> {
        let mut values = vec![0.0; self.operations().len()];
        self.run(at, &mut values, |_| true);
        values
    }

    /// Calculates the operations that are `wanted`, in order. Returns whether an infinity may have been swallowed.
    pub(crate) fn run(&self, at: &[f64], values: &mut [f64], wanted: impl Fn(usize) -> bool) -> bool {
        let mut swallowed = false;
        for (index, operation) in self.operations().iter().enumerate() {
            if !wanted(index) {
                continue;
            }
            let result = apply(*operation, at, |slot| value(values, slot), &mut swallowed);
            if let Some(place) = values.get_mut(index) {
                *place = result;
            }
        }
        swallowed
    }
}

/// The value in a register; registers are as many as operations, so one that is missing has no value.
#[inline(always)]
pub(crate) fn value(values: &[f64], slot: Slot) -> f64 {
    values.get(slot as usize).copied().unwrap_or(f64::NAN)
}

/// One operation at one point.
#[inline(always)]
fn apply(operation: Operation, at: &[f64], value: impl Fn(Slot) -> f64, swallowed: &mut bool) -> f64 {
    let mut suspect = |x: f64| {
        *swallowed |= x.is_infinite();
        x
    };
    match operation {
        Operation::Constant(number) => number,
        Operation::Variable(place) => at.get(place as usize).copied().unwrap_or(f64::NAN),
        Operation::Negate(a) => -value(a),
        Operation::Add(a, b) => value(a) + value(b),
        Operation::Subtract(a, b) => value(a) - value(b),
        Operation::Multiply(a, b) => value(a) * value(b),
        Operation::Divide(a, b) => value(a) / suspect(value(b)),
        Operation::WholePower(a, n) if n < 0 => whole_power(suspect(value(a)), n),
        Operation::WholePower(a, n) => whole_power(value(a), n),
        Operation::RationalPower(a, p, q) => math::rational_power(suspect(value(a)), p, q),
        Operation::Power(a, b) => math::powf(suspect(value(a)), suspect(value(b))),
        Operation::Call(function, a) if swallows_infinity(function) => call_one(function, suspect(value(a))),
        Operation::Call(function, a) => call_one(function, value(a)),
        Operation::Call2(function, a, b) => call2(function, suspect(value(a)), suspect(value(b))),
        Operation::If(relation, a, b, then, otherwise) => {
            choose(relation, suspect(value(a)), suspect(value(b)), value(then), value(otherwise))
        }
    }
}

/// Whether a function is infinite at this finite argument because it has a pole there, not because its value is too large.
pub(crate) fn is_pole(function: Function, x: f64) -> bool {
    match function {
        Function::Ln | Function::Log10 | Function::Log2 | Function::Csc | Function::Cot => x == 0.0,
        Function::Atanh => x.abs() == 1.0,
        _ => false,
    }
}
