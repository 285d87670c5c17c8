//! The two sweeps over a program: forward for the values, backward for the adjoints. Both work on plain and on dual numbers.

use super::rules::{Real, power_by_base, power_by_exponent, rational_power_slope, slopes2, whole_power_slope};
use crate::function::Function;
use crate::program::{Operation, Program, Slot};

/// Where max or min have two equal arguments: the operation and the share of the slope its first argument has.
pub(super) type Tie = (usize, f64);

/// The value of each operation.
pub(super) fn forward<T: Real>(program: &Program, at: &[T], values: &mut Vec<T>) {
    values.clear();
    values.reserve(program.operations().len());
    for operation in program.operations() {
        let of = |slot: Slot| get(values, slot);
        let result = match *operation {
            Operation::Constant(value) => T::constant(value),
            Operation::Variable(place) => at.get(place as usize).copied().unwrap_or(T::constant(f64::NAN)),
            Operation::Negate(a) => -of(a),
            Operation::Add(a, b) => of(a) + of(b),
            Operation::Subtract(a, b) => of(a) - of(b),
            Operation::Multiply(a, b) => of(a) * of(b),
            Operation::Divide(a, b) => of(a) / of(b),
            Operation::WholePower(a, n) => of(a).whole_power(n),
            Operation::RationalPower(a, p, q) => of(a).rational_power(p, q),
            Operation::Power(a, b) => of(a).power(of(b)),
            Operation::Call(function, a) => of(a).call(function),
            Operation::Call2(function, a, b) => of(a).call2(function, of(b)),
            Operation::If(relation, a, b, then, otherwise) => {
                if relation.holds(of(a).value(), of(b).value()) {
                    of(then)
                } else {
                    of(otherwise)
                }
            }
        };
        values.push(result);
    }
}

#[inline(always)]
fn get<T: Real>(values: &[T], slot: Slot) -> T {
    values.get(slot as usize).copied().unwrap_or(T::constant(f64::NAN))
}

/// The derivatives of one operation with respect to its operands, in their order; 0 for those it has not.
pub(super) fn locals<T: Real>(operation: Operation, index: usize, values: &[T], ties: &[Tie]) -> [T; 4] {
    let of = |slot: Slot| get(values, slot);
    let y = values.get(index).copied().unwrap_or(T::constant(f64::NAN));
    let c = T::constant;
    let (zero, one) = (c(0.0), c(1.0));
    match operation {
        Operation::Constant(_) | Operation::Variable(_) => [zero; 4],
        Operation::Negate(_) => [-one, zero, zero, zero],
        Operation::Add(..) => [one, one, zero, zero],
        Operation::Subtract(..) => [one, -one, zero, zero],
        Operation::Multiply(a, b) => [of(b), of(a), zero, zero],
        Operation::Divide(_, b) => [one / of(b), -(y / of(b)), zero, zero],
        Operation::WholePower(a, n) => [whole_power_slope(of(a), n), zero, zero, zero],
        Operation::RationalPower(a, p, q) => [rational_power_slope(of(a), p, q), zero, zero, zero],
        Operation::Power(a, b) => [power_by_base(of(a), of(b)), power_by_exponent(of(a), of(b), y), zero, zero],
        Operation::Call(function, a) => [T::slope(function, of(a), y), zero, zero, zero],
        Operation::Call2(Function::Min | Function::Max, a, b) if of(a).value() == of(b).value() => {
            let share = ties.iter().find(|(tie, _)| *tie == index).map_or(0.5, |(_, share)| *share);
            [c(share), c(1.0 - share), zero, zero]
        }
        Operation::Call2(function, a, b) => {
            let (by_first, by_second) = slopes2(function, of(a), of(b), y);
            [by_first, by_second, zero, zero]
        }
        Operation::If(relation, a, b, ..) => {
            if relation.holds(of(a).value(), of(b).value()) {
                [zero, zero, one, zero]
            } else {
                [zero, zero, zero, one]
            }
        }
    }
}

/// The adjoint of each operation: how fast the value at `from` changes with it. `fixed` operations take no part.
pub(super) fn backward<T: Real>(program: &Program, values: &[T], from: Slot, ties: &[Tie], adjoints: &mut [T]) {
    adjoints.fill(T::constant(0.0));
    if let Some(adjoint) = adjoints.get_mut(from as usize) {
        *adjoint = T::constant(1.0);
    }
    let varies = program.varying();
    for (index, operation) in program.operations().iter().enumerate().take(from as usize + 1).rev() {
        let Some(adjoint) = adjoints.get(index).copied() else { continue };
        // What does not change the result passes nothing on: not even where its own slope is infinite or undefined.
        if adjoint.is_zero() || !varies.get(index).copied().unwrap_or(false) {
            continue;
        }
        let mut pass = |slot: Slot, local: T| {
            if let Some(place) = adjoints.get_mut(slot as usize) {
                *place = *place + adjoint * local;
            }
        };
        let of = |slot: Slot| get(values, slot);
        let wanted = |slot: Slot| varies.get(slot as usize).copied().unwrap_or(false);
        match *operation {
            Operation::Constant(_) | Operation::Variable(_) => {}
            Operation::Negate(a) => pass(a, T::constant(-1.0)),
            Operation::Add(a, b) => {
                pass(a, T::constant(1.0));
                pass(b, T::constant(1.0));
            }
            Operation::Subtract(a, b) => {
                pass(a, T::constant(1.0));
                pass(b, T::constant(-1.0));
            }
            Operation::Multiply(a, b) => {
                pass(a, of(b));
                pass(b, of(a));
            }
            Operation::Call(function, a) => {
                let y = values.get(index).copied().unwrap_or(T::constant(f64::NAN));
                let local = T::slope(function, of(a), y);
                if !local.is_zero() {
                    pass(a, local);
                }
            }
            Operation::WholePower(a, n) => pass(a, whole_power_slope(of(a), n)),
            Operation::Power(a, b) => {
                // The logarithm in the second is for exponents that vary.
                if wanted(a) {
                    pass(a, power_by_base(of(a), of(b)));
                }
                if wanted(b) {
                    let y = values.get(index).copied().unwrap_or(T::constant(f64::NAN));
                    pass(b, power_by_exponent(of(a), of(b), y));
                }
            }
            _ => {
                let (operands, count) = operation.operands();
                let locals = locals(*operation, index, values, ties);
                for (slot, local) in operands.iter().zip(locals).take(count) {
                    if wanted(*slot) && !local.is_zero() {
                        pass(*slot, local);
                    }
                }
            }
        }
    }
}

/// Each tie costs two sweeps; past this many (no lesson has more than a few) the rest is shared by halves.
const MOST_TIES: usize = 32;

/// The shares at all ties, such that the gradient is the shortest between those of the two arguments.
pub(super) fn ties(program: &Program, values: &[f64]) -> Vec<Tie> {
    let mut ties: Vec<Tie> = Vec::new();
    for (index, operation) in program.operations().iter().enumerate() {
        let Operation::Call2(Function::Min | Function::Max, a, b) = *operation else { continue };
        if get(values, a) != get(values, b) || a == b {
            continue;
        }
        if ties.len() >= MOST_TIES {
            break;
        }
        let (mut first, mut second) = (vec![0.0; values.len()], vec![0.0; values.len()]);
        backward(program, values, a, &ties, &mut first);
        backward(program, values, b, &ties, &mut second);
        // The point of least length on the segment between two gradients.
        let (first, second) = (program.gather(&first), program.gather(&second));
        let (mut along, mut square) = (0.0, 0.0);
        for (f, s) in first.iter().zip(&second) {
            along += s * (s - f);
            square += (s - f) * (s - f);
        }
        let share = if square > 0.0 { (along / square).clamp(0.0, 1.0) } else { 0.5 };
        ties.push((index, share));
    }
    ties
}

impl Program {
    /// What stands at the variables, in their order: the gradient, out of the adjoints.
    pub(super) fn gather<T: Real>(&self, adjoints: &[T]) -> Vec<T> {
        let mut gradient = vec![T::constant(0.0); self.variables()];
        for (operation, adjoint) in self.operations().iter().zip(adjoints) {
            if let Operation::Variable(place) = *operation
                && let Some(entry) = gradient.get_mut(place as usize)
            {
                *entry = *adjoint;
            }
        }
        gradient
    }
}
