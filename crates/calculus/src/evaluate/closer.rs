//! Where plain arithmetic meets a value that is not finite.
//!
//! Three things can have happened. A part is outside its domain: the whole is undefined. A part is too large for a double
//! although its true value is finite (`exp(800)`): arithmetic with infinities says what becomes of it. A part has a pole (`1/0`,
//! `ln(0)`): the whole has no value, and it is called ±∞ only if it tends there from every side from which it is defined, which
//! the germs tell.

use super::{is_pole, value};
use crate::germ::{Germ, directions};
use crate::program::{Operation, Program};

/// What the values of a run amount to.
enum Finding {
    /// A part is undefined.
    Undefined,
    /// A part has a pole.
    Pole,
    /// Nothing worse than a number too large.
    Plain,
}

impl Program {
    /// The value at a point whose quick values are in `values`, not all of them finite.
    #[cold]
    pub(super) fn look_closer(&self, at: &[f64], values: &[f64]) -> f64 {
        let result = value(values, self.root());
        let finding = self.examine(values);
        match finding {
            Finding::Undefined => f64::NAN,
            Finding::Plain if result.is_nan() => f64::NAN,
            Finding::Plain => result,
            Finding::Pole => self.limit(at),
        }
    }

    /// Which operations count: all but those of inactive branches.
    pub(crate) fn active(&self, values: &[f64]) -> Vec<bool> {
        let mut active = vec![false; self.operations().len()];
        let mark = |active: &mut [bool], slot: u32| {
            if let Some(flag) = active.get_mut(slot as usize) {
                *flag = true;
            }
        };
        mark(&mut active, self.root());
        self.guards().iter().for_each(|guard| mark(&mut active, *guard));
        for (index, operation) in self.operations().iter().enumerate().rev() {
            if !active.get(index).copied().unwrap_or(false) {
                continue;
            }
            if let Operation::If(relation, a, b, then, otherwise) = *operation {
                mark(&mut active, a);
                mark(&mut active, b);
                let chosen = if relation.holds(value(values, a), value(values, b)) { then } else { otherwise };
                mark(&mut active, chosen);
            } else {
                let (operands, count) = operation.operands();
                operands.iter().take(count).for_each(|slot| mark(&mut active, *slot));
            }
        }
        active
    }

    fn examine(&self, values: &[f64]) -> Finding {
        let active = self.active(values);
        let mut finding = Finding::Plain;
        for (index, operation) in self.operations().iter().enumerate() {
            let result = values.get(index).copied().unwrap_or(f64::NAN);
            if result.is_finite() || !active.get(index).copied().unwrap_or(false) {
                continue;
            }
            let (operands, count) = operation.operands();
            let used = if matches!(operation, Operation::If(..)) { 2 } else { count };
            let finite = operands.iter().take(used).all(|slot| value(values, *slot).is_finite());
            let at = |slot: u32| value(values, slot);
            let pole = match *operation {
                // A point has finite coordinates.
                Operation::Variable(_) | Operation::Constant(_) => return Finding::Undefined,
                _ if !finite => false,
                _ if result.is_nan() => match *operation {
                    // The chosen branch was examined itself.
                    Operation::If(..) => false,
                    _ => return Finding::Undefined,
                },
                Operation::Divide(_, b) => at(b) == 0.0,
                Operation::WholePower(a, _) | Operation::RationalPower(a, _, _) | Operation::Power(a, _) => {
                    at(a) == 0.0
                }
                Operation::Call(function, a) => is_pole(function, at(a)),
                Operation::Call2(..) => true,
                _ => false,
            };
            if pole {
                finding = Finding::Pole;
            }
        }
        finding
    }

    /// ±∞ if the value tends there from every side from which it is defined, else undefined.
    fn limit(&self, at: &[f64]) -> f64 {
        let mut limit = None;
        for direction in directions(self.variables()) {
            let germs = self.germs(at, &direction);
            let defined = self.guards().iter().all(|guard| !germs.get(*guard as usize).is_none_or(Germ::is_undefined));
            let towards = match germs.get(self.root() as usize) {
                Some(germ) if defined && !germ.is_undefined() => germ.limit(),
                // Not defined on this side.
                _ => continue,
            };
            if !towards.is_infinite() || limit.is_some_and(|limit| limit != towards) {
                return f64::NAN;
            }
            limit = Some(towards);
        }
        limit.unwrap_or(f64::NAN)
    }
}
