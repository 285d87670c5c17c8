//! The derivative of each operation, written once for plain numbers and for dual numbers.

use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::function::Function;
use crate::math;
use crate::operate::{call_one, call2};

/// What the rules calculate with: a number, or a number that carries derivatives.
pub trait Real:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// A number that does not change.
    fn constant(value: f64) -> Self;
    /// The number itself, without derivatives.
    fn value(self) -> f64;
    /// A function of one argument.
    fn call(self, function: Function) -> Self;
    /// A function of two arguments.
    fn call2(self, function: Function, other: Self) -> Self;
    /// A whole power.
    fn whole_power(self, n: i32) -> Self;
    /// The real root of a power, p/q in lowest terms with q odd.
    fn rational_power(self, p: i32, q: u32) -> Self;
    /// A real power.
    fn power(self, exponent: Self) -> Self;
    /// The derivative of a function at x, where y is its value there.
    fn slope(function: Function, x: Self, y: Self) -> Self {
        slope(function, x, y)
    }
    /// Whether anything but nothing is carried: an operand with nothing to carry needs no derivative.
    fn is_zero(self) -> bool;
}

impl Real for f64 {
    fn constant(value: f64) -> f64 {
        value
    }
    fn value(self) -> f64 {
        self
    }
    fn call(self, function: Function) -> f64 {
        call_one(function, self)
    }
    fn call2(self, function: Function, other: f64) -> f64 {
        call2(function, self, other)
    }
    fn whole_power(self, n: i32) -> f64 {
        crate::operate::whole_power(self, n)
    }
    fn rational_power(self, p: i32, q: u32) -> f64 {
        math::rational_power(self, p, q)
    }
    fn power(self, exponent: f64) -> f64 {
        math::powf(self, exponent)
    }
    fn slope(function: Function, x: f64, y: f64) -> f64 {
        quick_slope(function, x, y)
    }
    fn is_zero(self) -> bool {
        self == 0.0
    }
}

/// f′(x) of one number, where y = f(x), without calculating again what y already tells.
#[inline]
pub(super) fn quick_slope(function: Function, x: f64, y: f64) -> f64 {
    match function {
        // Where 1 − y² keeps its digits; elsewhere the square of the hyperbolic secant by one exponential.
        Function::Tanh if y.abs() < 0.5 => 1.0 - y * y,
        Function::Tanh => {
            let e = math::exp(-2.0 * x.abs());
            let sum = 1.0 + e;
            4.0 * e / (sum * sum)
        }
        Function::Sigmoid if x <= 0.0 => y * (1.0 - y),
        Function::Sigmoid => {
            let e = math::exp(-x);
            y * (e / (1.0 + e))
        }
        _ => slope(function, x, y),
    }
}

/// f′(x) where y = f(x). At a kink the subgradient of least size: 0 for abs, relu and the jumps.
pub fn slope<T: Real>(function: Function, x: T, y: T) -> T {
    let c = T::constant;
    let one = c(1.0);
    match function {
        Function::Sin => x.call(Function::Cos),
        Function::Cos => -x.call(Function::Sin),
        Function::Tan => {
            let cos = x.call(Function::Cos);
            one / (cos * cos)
        }
        Function::Asin => one / ((one - x) * (one + x)).call(Function::Sqrt),
        Function::Acos => -(one / ((one - x) * (one + x)).call(Function::Sqrt)),
        Function::Atan => one / (one + x * x),
        Function::Sinh => x.call(Function::Cosh),
        Function::Cosh => x.call(Function::Sinh),
        Function::Tanh => {
            let sech = x.call(Function::Sech);
            sech * sech
        }
        Function::Asinh => one / x.call2(Function::Hypot, one),
        Function::Acosh => one / ((x - one).call(Function::Sqrt) * (x + one).call(Function::Sqrt)),
        Function::Atanh => one / ((one - x) * (one + x)),
        Function::Sech => -(y * x.call(Function::Tanh)),
        Function::Sec => y * x.call(Function::Tan),
        Function::Csc => -(y * x.call(Function::Cot)),
        Function::Cot => {
            let sin = x.call(Function::Sin);
            -(one / (sin * sin))
        }
        Function::Exp => y,
        Function::Ln => one / x,
        Function::Log10 => c(core::f64::consts::LOG10_E) / x,
        Function::Log2 => c(core::f64::consts::LOG2_E) / x,
        Function::Sqrt => c(0.5) / y,
        Function::Cbrt => one / (c(3.0) * (y * y)),
        Function::Abs => c(call_one(Function::Sign, x.value())),
        Function::Relu => c(if x.value() > 0.0 { 1.0 } else { 0.0 }),
        Function::Sigmoid => y * (-x).call(Function::Sigmoid),
        Function::Softplus => x.call(Function::Sigmoid),
        Function::Sinc => sinc_slope(x, y),
        Function::Erf => c(core::f64::consts::FRAC_2_SQRT_PI) * (-(x * x)).call(Function::Exp),
        _ => c(0.0),
    }
}

/// The slope of sin x / x: (cos x − sin x / x) / x, which cancels near 0; there its Taylor series.
fn sinc_slope<T: Real>(x: T, y: T) -> T {
    if x.value().abs() > 1.0 {
        return (x.call(Function::Cos) - y) / x;
    }
    // −x/3 + x³/30 − x⁵/840 + …: term k is −2k (−1)ᵏ x²ᵏ⁻¹ / (2k + 1)!; at 1 the tenth is below 2⁻⁶⁰.
    let z = x * x;
    let mut sum = T::constant(0.0);
    for k in (1..=10).rev() {
        let k = f64::from(k);
        // The ratio of neighbouring terms, from the far end inwards.
        let ratio = -(k + 1.0) / (k * (2.0 * k + 2.0) * (2.0 * k + 3.0));
        sum = T::constant(1.0) + sum * z * T::constant(ratio);
    }
    x * sum * T::constant(-1.0 / 3.0)
}

/// The derivatives of a function of two arguments with respect to each, where y is its value. Ties of max and min are the
/// caller's: here the first argument has the whole slope.
pub fn slopes2<T: Real>(function: Function, a: T, b: T, y: T) -> (T, T) {
    let c = T::constant;
    let (zero, one) = (c(0.0), c(1.0));
    match function {
        Function::Min => {
            if a.value() <= b.value() {
                (one, zero)
            } else {
                (zero, one)
            }
        }
        Function::Max => {
            if a.value() >= b.value() {
                (one, zero)
            } else {
                (zero, one)
            }
        }
        Function::Hypot if y.value() == 0.0 => (zero, zero),
        Function::Hypot => (a / y, b / y),
        Function::Atan2 => {
            let square = a * a + b * b;
            (b / square, -(a / square))
        }
        Function::LogSumExp => ((a - b).call(Function::Sigmoid), (b - a).call(Function::Sigmoid)),
        Function::Mod => (one, c(-(a.value() / b.value()).floor())),
        Function::Root => {
            let by_argument = if a.value() == 0.0 { c(f64::INFINITY) } else { y / (b * a) };
            let by_degree = if a.value() > 0.0 { -(y * a.call(Function::Ln) / (b * b)) } else { c(f64::NAN) };
            (by_argument, by_degree)
        }
        _ => (zero, zero),
    }
}

/// The derivative of aᵇ by a.
pub fn power_by_base<T: Real>(a: T, b: T) -> T {
    b * a.power(b - T::constant(1.0))
}

/// The derivative of y = aᵇ by b: y ln a, and 0 at a = 0 where 0ᵇ is 0 all around.
pub fn power_by_exponent<T: Real>(a: T, b: T, y: T) -> T {
    if a.value() == 0.0 && b.value() > 0.0 { T::constant(0.0) } else { y * a.call(Function::Ln) }
}

/// The derivative of aⁿ.
pub fn whole_power_slope<T: Real>(a: T, n: i32) -> T {
    if n == 0 { T::constant(0.0) } else { T::constant(f64::from(n)) * a.whole_power(n - 1) }
}

/// The derivative of a^(p/q).
pub fn rational_power_slope<T: Real>(a: T, p: i32, q: u32) -> T {
    T::constant(f64::from(p) / f64::from(q)) * a.rational_power(p.saturating_sub_unsigned(q), q)
}
