//! Forward mode: a number and its derivative along one direction, carried together.

use core::ops::{Add, Div, Mul, Neg, Sub};

use super::rules::{Real, power_by_base, power_by_exponent, rational_power_slope, slope, slopes2, whole_power_slope};
use crate::function::Function;

/// v + ε d with ε² = 0: computing with such numbers differentiates (Clifford 1873; Wengert 1964).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<T = f64> {
    /// The value.
    pub value: T,
    /// The derivative along the direction.
    pub derivative: T,
}

impl<T: Real> Dual<T> {
    /// A number with its derivative.
    pub fn new(value: T, derivative: T) -> Dual<T> {
        Dual { value, derivative }
    }

    /// The chain rule for one operand. Where nothing arrives nothing leaves, even through an infinite slope.
    fn chain(self, value: T, slope: impl FnOnce() -> T) -> Dual<T> {
        let derivative = if self.derivative.is_zero() { self.derivative } else { slope() * self.derivative };
        Dual { value, derivative }
    }
}

impl<T: Real> Add for Dual<T> {
    type Output = Dual<T>;
    fn add(self, other: Dual<T>) -> Dual<T> {
        Dual::new(self.value + other.value, self.derivative + other.derivative)
    }
}

impl<T: Real> Sub for Dual<T> {
    type Output = Dual<T>;
    fn sub(self, other: Dual<T>) -> Dual<T> {
        Dual::new(self.value - other.value, self.derivative - other.derivative)
    }
}

impl<T: Real> Mul for Dual<T> {
    type Output = Dual<T>;
    fn mul(self, other: Dual<T>) -> Dual<T> {
        let left = if self.derivative.is_zero() { T::constant(0.0) } else { self.derivative * other.value };
        let right = if other.derivative.is_zero() { T::constant(0.0) } else { self.value * other.derivative };
        Dual::new(self.value * other.value, left + right)
    }
}

impl<T: Real> Div for Dual<T> {
    type Output = Dual<T>;
    fn div(self, other: Dual<T>) -> Dual<T> {
        let value = self.value / other.value;
        let change =
            if other.derivative.is_zero() { self.derivative } else { self.derivative - value * other.derivative };
        Dual::new(value, change / other.value)
    }
}

impl<T: Real> Neg for Dual<T> {
    type Output = Dual<T>;
    fn neg(self) -> Dual<T> {
        Dual::new(-self.value, -self.derivative)
    }
}

impl<T: Real> Real for Dual<T> {
    fn constant(value: f64) -> Dual<T> {
        Dual::new(T::constant(value), T::constant(0.0))
    }
    fn value(self) -> f64 {
        self.value.value()
    }
    fn call(self, function: Function) -> Dual<T> {
        let value = self.value.call(function);
        self.chain(value, || slope(function, self.value, value))
    }
    fn call2(self, function: Function, other: Dual<T>) -> Dual<T> {
        let value = self.value.call2(function, other.value);
        let (by_first, by_second) = slopes2(function, self.value, other.value, value);
        let first = self.chain(value, || by_first).derivative;
        let second = other.chain(value, || by_second).derivative;
        if self.value() == other.value() && matches!(function, Function::Min | Function::Max) {
            return Dual::new(value, least(self.derivative, other.derivative));
        }
        Dual::new(value, first + second)
    }
    fn whole_power(self, n: i32) -> Dual<T> {
        self.chain(self.value.whole_power(n), || whole_power_slope(self.value, n))
    }
    fn rational_power(self, p: i32, q: u32) -> Dual<T> {
        self.chain(self.value.rational_power(p, q), || rational_power_slope(self.value, p, q))
    }
    fn power(self, exponent: Dual<T>) -> Dual<T> {
        let value = self.value.power(exponent.value);
        let by_base = self.chain(value, || power_by_base(self.value, exponent.value)).derivative;
        let by_exponent = exponent.chain(value, || power_by_exponent(self.value, exponent.value, value)).derivative;
        Dual::new(value, by_base + by_exponent)
    }
    fn is_zero(self) -> bool {
        self.value.is_zero() && self.derivative.is_zero()
    }
}

/// The number of least size between two: the subgradient where max or min have two equal arguments.
fn least<T: Real>(a: T, b: T) -> T {
    let (x, y) = (a.value(), b.value());
    if x.is_nan() || y.is_nan() {
        T::constant(f64::NAN)
    } else if (x <= 0.0) != (y <= 0.0) || x == 0.0 || y == 0.0 {
        T::constant(0.0)
    } else if x.abs() <= y.abs() {
        a
    } else {
        b
    }
}
