//! Intervals: sets of numbers by their ends, calculated so that no true value is ever left out.
//!
//! Ends are rounded outward: by one unit in the last place after + − × ÷ √, by a few after the other functions, whose own error
//! is at most two. What is undefined is not in the interval; whether anything may be undefined, or jump, is told by
//! [`crate::interval::enclose`].

mod enclose;

use core::ops::{Add, Div, Mul, Neg, Sub};

pub use enclose::{Doubt, Enclosure, Registers};

use crate::autodiff::Real;
use crate::function::Function;
use crate::math;
use crate::operate::{call_one, call2};

/// All numbers from `low` to `high`; nothing if `low` is above `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end, −∞ if there is none.
    pub low: f64,
    /// The upper end, +∞ if there is none.
    pub high: f64,
}

/// The relative error of an elementary function, with room to spare: 2 ulp are 2⁻⁵¹.
const ERROR: f64 = 4.0 * f64::EPSILON;
const PI: f64 = core::f64::consts::PI;

impl Interval {
    /// All numbers.
    pub const ALL: Interval = Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };
    /// No number.
    pub const NONE: Interval = Interval { low: f64::INFINITY, high: f64::NEG_INFINITY };

    /// The numbers between two, in either order.
    pub fn new(a: f64, b: f64) -> Interval {
        if a <= b { Interval { low: a, high: b } } else { Interval { low: b, high: a } }
    }

    /// Whether there is no number in it.
    pub fn is_empty(self) -> bool {
        // Also where an end is not a number.
        !matches!(self.low.partial_cmp(&self.high), Some(core::cmp::Ordering::Less | core::cmp::Ordering::Equal))
    }

    /// Whether a number is in it.
    pub fn contains(self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    /// The difference of the ends.
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// The numbers in both.
    pub fn and(self, other: Interval) -> Interval {
        Interval { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// The numbers in either and between.
    pub fn or(self, other: Interval) -> Interval {
        if self.is_empty() {
            other
        } else if other.is_empty() {
            self
        } else {
            Interval { low: self.low.min(other.low), high: self.high.max(other.high) }
        }
    }

    /// Outward by one rounding.
    fn rounded(self) -> Interval {
        if self.is_empty() { Interval::NONE } else { Interval { low: self.low.next_down(), high: self.high.next_up() } }
    }

    /// Outward by the error of an elementary function.
    fn loosened(self) -> Interval {
        if self.is_empty() {
            return Interval::NONE;
        }
        let slack = |x: f64| if x.is_finite() { x.abs() * ERROR + 1e-322 } else { 0.0 };
        Interval { low: self.low - slack(self.low), high: self.high + slack(self.high) }
    }

    /// A function that only rises.
    fn rising(self, function: impl Fn(f64) -> f64) -> Interval {
        if self.is_empty() { self } else { Interval { low: function(self.low), high: function(self.high) }.loosened() }
    }

    /// A function that only falls.
    fn falling(self, function: impl Fn(f64) -> f64) -> Interval {
        if self.is_empty() { self } else { Interval { low: function(self.high), high: function(self.low) }.loosened() }
    }

    /// A function that falls to 0 and rises beyond, alike on both sides.
    fn even(self, function: impl Fn(f64) -> f64) -> Interval {
        self.size().rising(function)
    }

    /// The absolute values.
    pub fn size(self) -> Interval {
        if self.is_empty() || self.low >= 0.0 {
            self
        } else if self.high <= 0.0 {
            -self
        } else {
            Interval { low: 0.0, high: self.high.max(-self.low) }
        }
    }

    /// The squares.
    pub fn square(self) -> Interval {
        let size = self.size();
        Interval { low: size.low * size.low, high: size.high * size.high }
            .rounded()
            .and(Interval::new(0.0, f64::INFINITY))
    }

    /// Whether a number of the form (k + offset) · period, k whole, may be in it.
    fn meets(self, offset: f64, period: f64) -> bool {
        // The ends of the count are rounded outward by more than the division and π can be off.
        let count = |x: f64, sign: f64| {
            let turns = x / period - offset;
            turns + sign * (turns.abs() * ERROR + 1e-15)
        };
        !self.is_empty() && count(self.low, -1.0).ceil() <= count(self.high, 1.0).floor()
    }

    fn cosine(self) -> Interval {
        if self.is_empty() {
            return self;
        }
        let unit = Interval::new(-1.0, 1.0);
        if !self.low.is_finite() || !self.high.is_finite() {
            return unit;
        }
        let mut ends = Interval::new(math::cos(self.low), math::cos(self.high)).loosened();
        if self.meets(0.0, 2.0 * PI) {
            ends.high = 1.0;
        }
        if self.meets(0.5, 2.0 * PI) {
            ends.low = -1.0;
        }
        ends.and(unit)
    }

    fn sine(self) -> Interval {
        if self.is_empty() {
            return self;
        }
        let unit = Interval::new(-1.0, 1.0);
        if !self.low.is_finite() || !self.high.is_finite() {
            return unit;
        }
        let mut ends = Interval::new(math::sin(self.low), math::sin(self.high)).loosened();
        if self.meets(0.25, 2.0 * PI) {
            ends.high = 1.0;
        }
        if self.meets(0.75, 2.0 * PI) {
            ends.low = -1.0;
        }
        ends.and(unit)
    }

    /// 1/x where x is not 0.
    fn reciprocal(self) -> Interval {
        Interval::new(1.0, 1.0) / self
    }
}

impl Neg for Interval {
    type Output = Interval;
    fn neg(self) -> Interval {
        Interval { low: -self.high, high: -self.low }
    }
}

impl Add for Interval {
    type Output = Interval;
    fn add(self, other: Interval) -> Interval {
        if self.is_empty() || other.is_empty() {
            return Interval::NONE;
        }
        let end = |sum: f64, otherwise: f64| if sum.is_nan() { otherwise } else { sum };
        Interval { low: end(self.low + other.low, f64::NEG_INFINITY), high: end(self.high + other.high, f64::INFINITY) }
            .rounded()
    }
}

impl Sub for Interval {
    type Output = Interval;
    fn sub(self, other: Interval) -> Interval {
        self + -other
    }
}

impl Mul for Interval {
    type Output = Interval;
    fn mul(self, other: Interval) -> Interval {
        if self.is_empty() || other.is_empty() {
            return Interval::NONE;
        }
        // 0 times a bound that is not there is 0: the factor itself is a number.
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        let (a, b) = (product(self.low, other.low), product(self.low, other.high));
        let (c, d) = (product(self.high, other.low), product(self.high, other.high));
        Interval { low: a.min(b).min(c.min(d)), high: a.max(b).max(c.max(d)) }.rounded()
    }
}

impl Div for Interval {
    type Output = Interval;
    fn div(self, other: Interval) -> Interval {
        if self.is_empty() || other.is_empty() || (other.low == 0.0 && other.high == 0.0) {
            return Interval::NONE;
        }
        if other.low < 0.0 && other.high > 0.0 {
            return Interval::ALL;
        }
        // Of one sign; an end at 0 stands for what is as near 0 as may be.
        let inverse = Interval {
            low: if other.high == 0.0 { f64::NEG_INFINITY } else { (1.0 / other.high).next_down() },
            high: if other.low == 0.0 { f64::INFINITY } else { (1.0 / other.low).next_up() },
        };
        if inverse.low.is_infinite() || inverse.high.is_infinite() {
            return self * inverse;
        }
        let (a, b) = (self.low / other.low, self.low / other.high);
        let (c, d) = (self.high / other.low, self.high / other.high);
        if a.is_nan() || b.is_nan() || c.is_nan() || d.is_nan() {
            return self * inverse;
        }
        Interval { low: a.min(b).min(c.min(d)), high: a.max(b).max(c.max(d)) }.rounded()
    }
}

impl Real for Interval {
    fn constant(value: f64) -> Interval {
        Interval { low: value, high: value }
    }
    /// The middle: what branches of rules that are one-sided look at.
    fn value(self) -> f64 {
        0.5 * self.low + 0.5 * self.high
    }
    fn is_zero(self) -> bool {
        self.low == 0.0 && self.high == 0.0
    }
    fn call(self, function: Function) -> Interval {
        let x = self;
        let at = |x: f64| call_one(function, x);
        if x.is_empty() {
            return x;
        }
        match function {
            Function::Sin => x.sine(),
            Function::Cos => x.cosine(),
            Function::Tan if x.meets(0.5, PI) => Interval::ALL,
            Function::Sec => x.cosine().reciprocal(),
            Function::Csc => x.sine().reciprocal(),
            Function::Cot if x.meets(0.0, PI) => Interval::ALL,
            Function::Cot => x.falling(at),
            Function::Asin => x.and(Interval::new(-1.0, 1.0)).rising(at),
            Function::Acos => x.and(Interval::new(-1.0, 1.0)).falling(at),
            Function::Atanh => x.and(Interval::new(-1.0, 1.0)).rising(at),
            Function::Acosh => x.and(Interval::new(1.0, f64::INFINITY)).rising(at),
            Function::Ln | Function::Log10 | Function::Log2 => x.and(Interval::new(0.0, f64::INFINITY)).rising(at),
            Function::Sqrt => {
                let root = x.and(Interval::new(0.0, f64::INFINITY)).rising(at);
                root.and(Interval::new(0.0, f64::INFINITY))
            }
            Function::Cosh => x.even(at),
            Function::Sech => {
                let size = x.size();
                if size.is_empty() { size } else { size.falling(at).and(Interval::new(0.0, 1.0)) }
            }
            Function::Abs => x.size(),
            Function::Sinc => {
                // Within 1/|x|, and within 1; past the first extreme nothing finer is needed.
                if x.high <= 4.4 && x.low >= -4.4 {
                    x.size().falling(at)
                } else {
                    let near = x.size().low;
                    let bound = if near > 1.0 { 1.0 / near } else { 1.0 };
                    let quotient = if near > 0.0 { x.sine() / x } else { Interval::ALL };
                    Interval::new(-bound.min(0.218), bound).loosened().and(quotient)
                }
            }
            Function::Exp => x.rising(at).and(Interval::new(0.0, f64::INFINITY)),
            Function::Tanh | Function::Erf => x.rising(at).and(Interval::new(-1.0, 1.0)),
            Function::Sigmoid => x.rising(at).and(Interval::new(0.0, 1.0)),
            // Steps are exact.
            Function::Sign | Function::Step | Function::Floor | Function::Ceil | Function::Round | Function::Relu => {
                Interval { low: at(x.low), high: at(x.high) }
            }
            // Tangent between poles, and all that only rises.
            _ => x.rising(at),
        }
    }
    fn call2(self, function: Function, other: Interval) -> Interval {
        let (a, b) = (self, other);
        if a.is_empty() || b.is_empty() {
            return Interval::NONE;
        }
        let corners = || {
            let at = |x: f64, y: f64| call2(function, x, y);
            let (p, q, r, s) = (at(a.low, b.low), at(a.low, b.high), at(a.high, b.low), at(a.high, b.high));
            Interval { low: p.min(q).min(r.min(s)), high: p.max(q).max(r.max(s)) }.loosened()
        };
        match function {
            Function::Min => Interval { low: a.low.min(b.low), high: a.high.min(b.high) },
            Function::Max => Interval { low: a.low.max(b.low), high: a.high.max(b.high) },
            Function::Hypot => {
                let (a, b) = (a.size(), b.size());
                Interval { low: math::hypot(a.low, b.low), high: math::hypot(a.high, b.high) }.loosened()
            }
            Function::LogSumExp => corners(),
            Function::Mod => {
                if let Some((k, _)) = whole_part(a, b) {
                    // One branch of the saw.
                    (a - b * Interval::constant(k)).and(Interval::new(b.low.min(0.0), b.high.max(0.0)))
                } else {
                    Interval::new(b.low.min(0.0), b.high.max(0.0))
                }
            }
            Function::Atan2 if b.low > 0.0 || a.low > 0.0 || a.high < 0.0 => corners(),
            Function::Atan2 => Interval::new(-PI, PI).loosened(),
            Function::Root if b.low == b.high => {
                let odd = b.low.fract() == 0.0 && b.low % 2.0 != 0.0;
                let domain = if odd { Interval::ALL } else { Interval::new(0.0, f64::INFINITY) };
                let x = a.and(domain);
                if b.low > 0.0 {
                    x.rising(|x| math::root(x, b.low))
                } else {
                    x.rising(|x| math::root(x, -b.low)).reciprocal()
                }
            }
            _ => Interval::ALL,
        }
    }
    fn whole_power(self, n: i32) -> Interval {
        let x = self;
        if x.is_empty() {
            return x;
        }
        if n < 0 {
            return x.whole_power(n.saturating_neg()).reciprocal();
        }
        let at = |x: f64| math::powi(x, n);
        match n {
            0 => Interval::constant(1.0),
            1 => x,
            2 => x.square(),
            _ if n % 2 == 0 => x.even(at).and(Interval::new(0.0, f64::INFINITY)),
            _ => x.rising(at),
        }
    }
    fn rational_power(self, p: i32, q: u32) -> Interval {
        if self.is_empty() {
            return self;
        }
        if p < 0 {
            return self.rational_power(p.saturating_neg(), q).reciprocal();
        }
        let at = |x: f64| math::rational_power(x, p, q);
        if p % 2 == 0 { self.even(at).and(Interval::new(0.0, f64::INFINITY)) } else { self.rising(at) }
    }
    fn power(self, exponent: Interval) -> Interval {
        if self.is_empty() || exponent.is_empty() {
            return Interval::NONE;
        }
        if exponent.low == exponent.high && exponent.low.fract() == 0.0 && exponent.low.abs() < 1e9 && self.low < 0.0 {
            return self.whole_power(exponent.low as i32);
        }
        if self.low < 0.0 && exponent.low.ceil() <= exponent.high.floor() {
            // Below 0 there are single points, where the exponent is whole.
            let size = self.size().power(exponent);
            return Interval { low: -size.high, high: size.high };
        }
        let base = self.and(Interval::new(0.0, f64::INFINITY));
        if base.is_empty() {
            return Interval::NONE;
        }
        let at = |x: f64, y: f64| {
            // At a base of nothing and an infinite one the limits, not 0⁰.
            if x == 0.0 && y < 0.0 { f64::INFINITY } else { math::powf(x, y) }
        };
        let (p, q) = (at(base.low, exponent.low), at(base.low, exponent.high));
        let (r, s) = (at(base.high, exponent.low), at(base.high, exponent.high));
        let ends = Interval { low: p.min(q).min(r.min(s)), high: p.max(q).max(r.max(s)) };
        ends.loosened().and(Interval::new(0.0, f64::INFINITY))
    }
}

/// ⌊a / b⌋ if it is the same for all, and whether a/b is certainly away from the next whole numbers.
pub(crate) fn whole_part(a: Interval, b: Interval) -> Option<(f64, bool)> {
    let quotient = a / b;
    let (low, high) = (quotient.low.floor(), quotient.high.floor());
    (low == high && low.is_finite()).then_some((low, true))
}
