//! A formula over an interval of one variable: bounds of its value and of its slope, and where it may be undefined or jump.

use super::{Interval, whole_part};
use crate::autodiff::{Dual, Real};
use crate::evaluate::value;
use crate::function::Function;
use crate::program::{Operation, Program};

/// Why an operation may break the curve somewhere in an interval, as the function whose zeros are the places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doubt {
    /// At a zero of this operand, by which is divided: there is no value there.
    Divisor(u32),
    /// At a zero of this operand: the argument of a logarithm or a root, of sign or step.
    Zero(u32),
    /// Where these two operands are equal: the condition of `if`.
    Equal(u32, u32),
    /// Where this operand takes this value: an end of a domain.
    Reaches(u32, f64),
    /// Where cos of this operand vanishes: poles of tan and sec.
    CosZero(u32),
    /// Where sin of this operand vanishes: poles of cot and csc.
    SinZero(u32),
    /// Where this operand, plus an offset, is a whole number: steps of floor, ceil and round.
    Whole(u32, f64),
    /// Where the quotient of these operands is a whole number: steps of mod.
    WholeQuotient(u32, u32),
}

/// What is known of a formula over an interval.
#[derive(Clone, Debug)]
pub struct Enclosure {
    /// All values, where it is defined, are in here.
    pub value: Interval,
    /// All slopes, one-sided ones at kinks included, are in here.
    pub slope: Interval,
    /// It is defined nowhere in the interval.
    pub never: bool,
    /// Why it may be undefined or jump somewhere in the interval; if empty, it is defined and continuous all over it.
    pub doubts: Vec<Doubt>,
}

/// Registers to reuse from one interval to the next.
#[derive(Default)]
pub struct Registers {
    values: Vec<Dual<Interval>>,
    never: Vec<bool>,
    doubtful: Vec<bool>,
    doubts: Vec<(usize, Doubt)>,
}

impl Registers {
    /// The bounds of the value and the slope of an operation.
    pub fn of(&self, slot: u32) -> Dual<Interval> {
        self.values.get(slot as usize).copied().unwrap_or(Dual::new(Interval::ALL, Interval::ALL))
    }
}

impl Program {
    /// Bounds over `range` of the variable. `fixed` holds the values of the operations that do not depend on it, which are those
    /// not marked in `dependent`.
    pub fn enclose(
        &self,
        variable: u32,
        range: Interval,
        dependent: &[bool],
        fixed: &[f64],
        registers: &mut Registers,
    ) -> Enclosure {
        registers.values.clear();
        registers.never.clear();
        registers.doubtful.clear();
        registers.doubts.clear();
        for (index, operation) in self.operations().iter().enumerate() {
            let nothing = Interval::constant(0.0);
            if !dependent.get(index).copied().unwrap_or(false) {
                let number = value(fixed, index as u32);
                registers.values.push(Dual::new(Interval::constant(number), nothing));
                registers.never.push(!number.is_finite());
                registers.doubtful.push(false);
                continue;
            }
            let of = |slot: u32| registers.of(slot);
            let (result, doubt) = match *operation {
                Operation::Variable(place) if place == variable => (Dual::new(range, Interval::constant(1.0)), None),
                Operation::Multiply(a, b) if a == b => (of(a).whole_power(2), None),
                _ => step(*operation, of),
            };
            let (operands, count) = operation.operands();
            let (mut never, mut doubtful) = (result.value.is_empty(), false);
            if let Operation::If(relation, a, b, then, otherwise) = *operation {
                let any = |flags: &[bool], slots: &[u32]| {
                    slots.iter().any(|slot| flags.get(*slot as usize).copied().unwrap_or(false))
                };
                let all = |flags: &[bool], slots: &[u32]| {
                    slots.iter().all(|slot| flags.get(*slot as usize).copied().unwrap_or(false))
                };
                let branches: &[u32] = match (doubt, relation.holds(of(a).value.low, of(b).value.high)) {
                    (Some(_), _) => &[then, otherwise],
                    (None, _) if decided(relation, of(a).value, of(b).value) == Some(true) => &[then],
                    (None, _) => &[otherwise],
                };
                never = any(&registers.never, &[a, b]) || all(&registers.never, branches);
                doubtful = any(&registers.doubtful, &[a, b]) || any(&registers.doubtful, branches);
                // A branch that is defined nowhere leaves a gap where it is chosen; the condition's doubt tells where.
            } else {
                for slot in operands.iter().take(count) {
                    never |= registers.never.get(*slot as usize).copied().unwrap_or(true);
                    doubtful |= registers.doubtful.get(*slot as usize).copied().unwrap_or(true);
                }
            }
            if let Some(doubt) = doubt {
                registers.doubts.push((index, doubt));
                doubtful = true;
            }
            registers.values.push(result);
            registers.never.push(never);
            registers.doubtful.push(doubtful);
        }
        let root = self.root() as usize;
        let flag = |flags: &[bool], index: usize| flags.get(index).copied().unwrap_or(true);
        let guards = || self.guards().iter().map(|guard| *guard as usize);
        let never = flag(&registers.never, root) || guards().any(|guard| flag(&registers.never, guard));
        let doubtful = flag(&registers.doubtful, root) || guards().any(|guard| flag(&registers.doubtful, guard));
        let doubts = if doubtful { registers.doubts.iter().map(|(_, doubt)| *doubt).collect() } else { Vec::new() };
        let Dual { value, derivative } = registers.of(self.root());
        let slope = if derivative.is_empty() { Interval::ALL } else { derivative };
        Enclosure { value, slope, never, doubts }
    }
}

/// Whether a relation holds all over, or nowhere, or neither.
fn decided(relation: crate::graph::Relation, a: Interval, b: Interval) -> Option<bool> {
    use crate::graph::Relation;
    let apart = a.high < b.low || a.low > b.high;
    let one = a.low == a.high && b.low == b.high && a.low == b.low;
    match relation {
        Relation::Less if a.high < b.low => Some(true),
        Relation::Less if a.low >= b.high => Some(false),
        Relation::LessEqual if a.high <= b.low => Some(true),
        Relation::LessEqual if a.low > b.high => Some(false),
        Relation::Greater if a.low > b.high => Some(true),
        Relation::Greater if a.high <= b.low => Some(false),
        Relation::GreaterEqual if a.low >= b.high => Some(true),
        Relation::GreaterEqual if a.high < b.low => Some(false),
        Relation::Equal if apart => Some(false),
        Relation::Equal if one => Some(true),
        Relation::NotEqual if apart => Some(true),
        Relation::NotEqual if one => Some(false),
        _ => None,
    }
}

type Bounds = Dual<Interval>;

/// One operation on bounds, and the doubt it raises of its own.
fn step(operation: Operation, of: impl Fn(u32) -> Bounds) -> (Bounds, Option<Doubt>) {
    let zero_inside = |slot: u32| of(slot).value.contains(0.0).then_some(Doubt::Divisor(slot));
    match operation {
        Operation::Constant(number) => (Dual::constant(number), None),
        Operation::Variable(_) => (Dual::new(Interval::ALL, Interval::ALL), None),
        Operation::Negate(a) => (-of(a), None),
        Operation::Add(a, b) => (of(a) + of(b), None),
        Operation::Subtract(a, b) => (of(a) - of(b), None),
        Operation::Multiply(a, b) => (of(a) * of(b), None),
        Operation::Divide(a, b) => (of(a) / of(b), zero_inside(b)),
        Operation::WholePower(a, n) => (of(a).whole_power(n), if n < 0 { zero_inside(a) } else { None }),
        Operation::RationalPower(a, p, q) => (of(a).rational_power(p, q), if p < 0 { zero_inside(a) } else { None }),
        Operation::Power(a, b) => {
            let (base, exponent) = (of(a).value, of(b).value);
            let whole = exponent.low == exponent.high && exponent.low.fract() == 0.0 && exponent.low >= 0.0;
            // At 0 the value is there for positive exponents, and 1 for an exponent of 0 all by itself.
            let safe = base.low > 0.0 || whole || (base.low == 0.0 && exponent.low > 0.0);
            (power(of(a), of(b)), (!safe).then_some(Doubt::Zero(a)))
        }
        Operation::Call(function, a) => call(function, of(a), a),
        Operation::Call2(function, a, b) => call2(function, (of(a), a), (of(b), b)),
        Operation::If(relation, a, b, then, otherwise) => match decided(relation, of(a).value, of(b).value) {
            Some(true) => (of(then), None),
            Some(false) => (of(otherwise), None),
            None => {
                let (then, otherwise) = (of(then), of(otherwise));
                let value = then.value.or(otherwise.value);
                (Dual::new(value, then.derivative.or(otherwise.derivative)), Some(Doubt::Equal(a, b)))
            }
        },
    }
}

/// aᵇ: below 0 only whole exponents that do not vary have a slope.
fn power(a: Bounds, b: Bounds) -> Bounds {
    if a.value.low > 0.0 || b.derivative.is_zero() {
        return a.power(b);
    }
    Dual::new(a.value.power(b.value), Interval::ALL)
}

fn call(function: Function, x: Bounds, slot: u32) -> (Bounds, Option<Doubt>) {
    let range = x.value;
    let positive = Interval::new(0.0, f64::INFINITY);
    let at_zero = range.contains(0.0).then_some(Doubt::Zero(slot));
    // The bounds where the function is defined; its slope is infinite, or has a pole, at the ends.
    let within = |domain: Interval| Dual::new(range.and(domain), x.derivative).call(function);
    let end = |c: f64| {
        if range.contains(c) { Some(Doubt::Reaches(slot, c)) } else { None }
    };
    match function {
        Function::Ln | Function::Log10 | Function::Log2 => (within(positive), at_zero),
        Function::Sqrt => (within(positive), if range.low < 0.0 { at_zero } else { None }),
        Function::Asin | Function::Acos | Function::Atanh => {
            let open = function == Function::Atanh;
            let doubt = if range.low < -1.0 || (open && range.low == -1.0) { end(-1.0) } else { None };
            let doubt = doubt.or(if range.high > 1.0 || (open && range.high == 1.0) { end(1.0) } else { None });
            (within(Interval::new(-1.0, 1.0)), doubt)
        }
        Function::Acosh => (within(Interval::new(1.0, f64::INFINITY)), if range.low < 1.0 { end(1.0) } else { None }),
        Function::Tan | Function::Sec => {
            (x.call(function), range.meets(0.5, super::PI).then_some(Doubt::CosZero(slot)))
        }
        Function::Cot | Function::Csc => {
            (x.call(function), range.meets(0.0, super::PI).then_some(Doubt::SinZero(slot)))
        }
        Function::Sign | Function::Step => {
            // Neither the value nor the slope is ever other than on the pieces.
            let doubt = if range.low < range.high || range.low == 0.0 { at_zero } else { None };
            (Dual::new(range.call(function), Interval::constant(0.0)), doubt)
        }
        Function::Floor | Function::Ceil | Function::Round => {
            let value = range.call(function);
            let offset = if function == Function::Round { 0.5 } else { 0.0 };
            let touches = value.low != value.high || whole_inside(range, offset);
            let doubt = touches.then_some(Doubt::Whole(slot, offset));
            (Dual::new(value, Interval::constant(0.0)), doubt)
        }
        Function::Abs | Function::Relu => {
            let low = if range.low >= 0.0 {
                1.0
            } else if function == Function::Abs {
                -1.0
            } else {
                0.0
            };
            let high = if range.high > 0.0 {
                1.0
            } else if function == Function::Abs {
                -1.0
            } else {
                0.0
            };
            (Dual::new(range.call(function), Interval::new(low, high) * x.derivative), None)
        }
        Function::Sinc if range.contains(0.0) || range.size().low < 1.0 => {
            // |sinc′| is at most |x|/3, and nowhere above 0.4362.
            let bound = (range.size().high / 3.0).min(0.4363);
            (Dual::new(range.call(function), Interval::new(-bound, bound) * x.derivative), None)
        }
        Function::Sinc => {
            let value = range.call(function);
            (Dual::new(value, (range.cosine() - value) / range * x.derivative), None)
        }
        _ => (x.call(function), None),
    }
}

fn whole_inside(range: Interval, offset: f64) -> bool {
    (range.low + offset).ceil() <= (range.high + offset).floor()
}

fn call2(function: Function, (a, first): (Bounds, u32), (b, second): (Bounds, u32)) -> (Bounds, Option<Doubt>) {
    let value = a.value.call2(function, b.value);
    match function {
        Function::Max | Function::Min => {
            let (upper, lower) = if function == Function::Max { (a, b) } else { (b, a) };
            // The one that is always chosen, or either.
            let slope = if upper.value.low >= lower.value.high {
                a.derivative
            } else if upper.value.high <= lower.value.low {
                b.derivative
            } else {
                a.derivative.or(b.derivative)
            };
            (Dual::new(value, slope), None)
        }
        Function::Mod => {
            let doubt = match whole_part(a.value, b.value) {
                Some((k, true)) if !b.value.contains(0.0) => {
                    let slope = a.derivative - b.derivative * Interval::constant(k);
                    return (Dual::new(value, slope), None);
                }
                _ if b.value.contains(0.0) => Doubt::Zero(second),
                _ => Doubt::WholeQuotient(first, second),
            };
            // On each piece of the saw the slope is that of a − k b.
            let quotient = a.value / b.value;
            let k = Interval { low: quotient.low.floor(), high: quotient.high.floor() };
            (Dual::new(value, a.derivative - b.derivative * k), Some(doubt))
        }
        Function::Root => {
            let n = b.value;
            let odd = n.low == n.high && n.low.fract() == 0.0 && n.low % 2.0 != 0.0;
            let safe = n.low == n.high && n.low > 0.0 && (odd || a.value.low >= 0.0) || a.value.low > 0.0;
            let slope = if a.value.contains(0.0) || !b.derivative.is_zero() {
                Interval::ALL
            } else {
                value / (n * a.value) * a.derivative
            };
            (Dual::new(value, slope), (!safe).then_some(Doubt::Zero(first)))
        }
        Function::Atan2 => {
            let away = b.value.low > 0.0 || a.value.low > 0.0 || a.value.high < 0.0;
            if away {
                let square = a.value.square() + b.value.square();
                let slope = (b.value * a.derivative - a.value * b.derivative) / square;
                (Dual::new(value, slope), None)
            } else {
                (Dual::new(value, Interval::ALL), Some(Doubt::Zero(first)))
            }
        }
        Function::Hypot => {
            let slope = if value.low > 0.0 {
                (a.value * a.derivative + b.value * b.derivative) / value
            } else {
                // No steeper than its sides.
                let size = a.derivative.size() + b.derivative.size();
                Interval::new(-size.high, size.high)
            };
            (Dual::new(value, slope), None)
        }
        _ => {
            let derivative = Dual::new(a.value, a.derivative).call2(function, b).derivative;
            (Dual::new(value, derivative), None)
        }
    }
}
