//! The value of a formula at one point.

use crate::Expression;
use crate::function::Function;
use crate::graph::Node;
use crate::math;

impl Expression {
    /// The value at a point, one number for each of [`Expression::variables`] in their order; missing ones are undefined.
    /// NaN where the formula is undefined on the reals, ±∞ where it has no finite value.
    pub fn evaluate(&self, at: &[f64]) -> f64 {
        let mut values: Vec<f64> = Vec::with_capacity(self.graph().len());
        for node in self.graph().nodes() {
            // A part without a finite value leaves the whole without one.
            let value = |id: crate::graph::NodeId| values.get(id.index()).copied().unwrap_or(f64::NAN);
            let finite = |id| {
                let v = value(id);
                if v.is_finite() { v } else { f64::NAN }
            };
            let result = match *node {
                Node::Number(v) => v,
                Node::Constant(c) => c.value(),
                Node::Variable(slot) => at.get(slot as usize).copied().unwrap_or(f64::NAN),
                Node::Negate(a) => -value(a),
                Node::Add(a, b) => value(a) + value(b),
                Node::Subtract(a, b) => value(a) - value(b),
                Node::Multiply(a, b) => value(a) * value(b),
                Node::Divide(a, b) => finite(a) / finite(b),
                Node::Power(a, b) => {
                    let (a, b) = (finite(a), finite(b));
                    if a.is_nan() || b.is_nan() { f64::NAN } else { math::powf(a, b) }
                }
                Node::RationalPower(a, p, q) => {
                    let a = finite(a);
                    let size = if q == 3 { math::cbrt(a.abs()) } else { math::powf(a.abs(), 1.0 / f64::from(q)) };
                    let size = if a.is_nan() { a } else { math::powf(size, f64::from(p)) };
                    if a < 0.0 && p % 2 != 0 { -size } else { size }
                }
                Node::Call(function, a) => call(function, finite(a)),
                Node::Call2(function, a, b) => {
                    let (a, b) = (finite(a), finite(b));
                    if a.is_nan() || b.is_nan() { f64::NAN } else { call2(function, a, b) }
                }
                Node::If(relation, a, b, then, otherwise) => {
                    let (a, b) = (finite(a), finite(b));
                    if a.is_nan() || b.is_nan() {
                        f64::NAN
                    } else if relation.holds(a, b) {
                        value(then)
                    } else {
                        value(otherwise)
                    }
                }
            };
            values.push(result);
        }
        let value = |id: crate::graph::NodeId| values.get(id.index()).copied().unwrap_or(f64::NAN);
        if self.guards().iter().any(|guard| !value(*guard).is_finite()) {
            return f64::NAN;
        }
        value(self.root())
    }
}

fn call(function: Function, x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    match function {
        Function::Sin => math::sin(x),
        Function::Cos => math::cos(x),
        Function::Tan => math::tan(x),
        Function::Asin => math::asin(x),
        Function::Acos => math::acos(x),
        Function::Atan => math::atan(x),
        Function::Sinh => math::sinh(x),
        Function::Cosh => math::cosh(x),
        Function::Tanh => math::tanh(x),
        Function::Asinh => math::asinh(x),
        Function::Acosh => math::acosh(x),
        Function::Atanh => math::atanh(x),
        Function::Sech => math::sech(x),
        Function::Sec => 1.0 / math::cos(x),
        Function::Csc => 1.0 / math::sin(x),
        Function::Cot => math::cos(x) / math::sin(x),
        Function::Exp => math::exp(x),
        Function::Ln => math::ln(x),
        Function::Log10 => math::log10(x),
        Function::Log2 => math::log2(x),
        Function::Sqrt => math::sqrt(x),
        Function::Cbrt => math::cbrt(x),
        Function::Abs => x.abs(),
        Function::Sign => {
            if x == 0.0 {
                0.0
            } else {
                x.signum()
            }
        }
        Function::Step => f64::from(u8::from(x >= 0.0)),
        Function::Floor => x.floor(),
        Function::Ceil => x.ceil(),
        Function::Round => x.round(),
        Function::Relu => x.max(0.0),
        Function::Sigmoid => math::sigmoid(x),
        Function::Softplus => math::softplus(x),
        Function::Sinc => {
            if x == 0.0 {
                1.0
            } else {
                math::sin(x) / x
            }
        }
        Function::Erf => math::erf(x),
        _ => f64::NAN,
    }
}

fn call2(function: Function, a: f64, b: f64) -> f64 {
    match function {
        Function::Root => {
            if b == b.trunc() && b % 2.0 != 0.0 {
                math::powf(a.abs(), 1.0 / b).copysign(a)
            } else {
                math::powf(a, 1.0 / b)
            }
        }
        Function::Mod => a - b * (a / b).floor(),
        Function::Min => a.min(b),
        Function::Max => a.max(b),
        Function::Hypot => math::hypot(a, b),
        Function::Atan2 => math::atan2(a, b),
        Function::LogSumExp => math::logaddexp(a, b),
        _ => f64::NAN,
    }
}
