//! Functions of numbers with simple values, of negatives, and of each other.

use super::Simplifier;
use super::facts::NONNEGATIVE;
use super::product::Exponent;
use crate::function::Function;
use crate::graph::{Constant, Node, NodeId};

impl Simplifier<'_> {
    /// A function of a finished node.
    pub(super) fn call(&mut self, function: Function, a: NodeId) -> NodeId {
        match function {
            Function::Sqrt => return self.raise(a, Exponent::Ratio(1, 2)),
            Function::Cbrt => return self.raise(a, Exponent::Ratio(1, 3)),
            _ => {}
        }
        if let Some(value) = self.simple_value(function, a) {
            return self.out.number(value);
        }
        match (function, self.out.node(a)) {
            (Function::Abs, _) if self.holds(a, NONNEGATIVE) => return a,
            (Function::Ln, Node::Call(Function::Exp, u)) => return u,
            (Function::Exp, Node::Call(Function::Ln, u)) if self.guarded => return u,
            (
                Function::Floor | Function::Ceil | Function::Round,
                Node::Call(Function::Floor | Function::Ceil | Function::Round, _),
            ) => return a,
            (Function::Relu, Node::Call(Function::Relu, _)) => return a,
            // Beside sigmoid(u), sigmoid(-u) keeps its minus sign, so that it reads as 1 - sigmoid(u).
            (Function::Sigmoid, Node::Add(..) | Node::Subtract(..)) => {
                let opposite = self.sum(&[(true, a)]);
                if self.out.find(Node::Call(Function::Sigmoid, opposite)).is_some() {
                    let minus = self.out.add(Node::Negate(opposite));
                    return self.out.add(Node::Call(Function::Sigmoid, minus));
                }
            }
            _ => {}
        }
        match parity(function) {
            Some(odd) if self.is_negative(a) => {
                let mut inside = self.decompose(a);
                inside.coefficient = inside.coefficient.negated();
                let inside = self.emit(inside);
                let positive = self.out.add(Node::Call(function, inside));
                if odd { self.out.add(Node::Negate(positive)) } else { positive }
            }
            _ => self.out.add(Node::Call(function, a)),
        }
    }

    /// A function of two finished nodes.
    pub(super) fn call2(&mut self, function: Function, a: NodeId, b: NodeId) -> NodeId {
        match function {
            Function::Min | Function::Max if a == b => return a,
            Function::Min | Function::Max => {
                if let (Some(x), Some(y)) = (self.out.as_number(a), self.out.as_number(b)) {
                    let first = (x < y) == (function == Function::Min);
                    return if first { a } else { b };
                }
            }
            _ => {}
        }
        self.out.add(Node::Call2(function, a, b))
    }

    /// Whether a finished node begins with a minus sign and is no sum.
    fn is_negative(&self, id: NodeId) -> bool {
        match self.out.node(id) {
            Node::Negate(_) => true,
            Node::Number(value) => value < 0.0,
            _ => false,
        }
    }

    fn simple_value(&self, function: Function, a: NodeId) -> Option<f64> {
        use Function::*;
        let value = match (function, self.out.node(a)) {
            (Ln, Node::Constant(Constant::E)) => 1.0,
            (_, Node::Number(x)) => match function {
                Sin | Tan | Asin | Atan | Sinh | Tanh | Asinh | Atanh | Erf if x == 0.0 => 0.0,
                Cos | Cosh | Sec | Sech | Exp | Sinc if x == 0.0 => 1.0,
                Ln | Log10 | Log2 | Acosh | Acos if x == 1.0 => 0.0,
                Log10 if x == 10.0 => 1.0,
                Log2 if x == 2.0 => 1.0,
                Sigmoid if x == 0.0 => 0.5,
                Abs => x.abs(),
                Relu => x.max(0.0),
                Floor => x.floor(),
                Ceil => x.ceil(),
                Round => x.round(),
                Sign if x != 0.0 => x.signum(),
                Sign => 0.0,
                Step => f64::from(u8::from(x >= 0.0)),
                _ => return None,
            },
            _ => return None,
        };
        Some(value)
    }
}

/// Whether a function is odd (`Some(true)`), even (`Some(false)`), or neither.
fn parity(function: Function) -> Option<bool> {
    use Function::*;
    match function {
        Sin | Tan | Asin | Atan | Sinh | Tanh | Asinh | Atanh | Sign | Erf | Csc | Cot => Some(true),
        Cos | Cosh | Sech | Sec | Abs | Sinc => Some(false),
        _ => None,
    }
}
