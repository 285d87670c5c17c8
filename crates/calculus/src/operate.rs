//! What each operation does to numbers: one definition for one point and for many.
//!
//! Not-a-number always comes through. An infinity may be swallowed (`exp(−∞)` is 0): [`swallows_infinity`] tells where, and
//! there the engines look closer.

use crate::function::Function;
use crate::graph::Relation;
use crate::math::{self, Lanes};

/// A function of one argument.
#[inline(always)]
pub(crate) fn call<L: Lanes>(function: Function, x: L) -> L {
    let zero = L::splat(0.0);
    let one = L::splat(1.0);
    match function {
        Function::Sin => math::sin(x),
        Function::Cos => math::cos(x),
        Function::Tan => x.each(math::tan),
        Function::Asin => x.each(math::asin),
        Function::Acos => x.each(math::acos),
        Function::Atan => x.each(math::atan),
        Function::Sinh => x.each(math::sinh),
        Function::Cosh => x.each(math::cosh),
        Function::Tanh => math::tanh(x),
        Function::Asinh => x.each(math::asinh),
        Function::Acosh => x.each(math::acosh),
        Function::Atanh => x.each(math::atanh),
        Function::Sech => x.each(math::sech),
        Function::Sec => one / math::cos(x),
        Function::Csc => one / math::sin(x),
        Function::Cot => x.each(math::cot),
        Function::Exp => math::exp(x),
        Function::Ln => math::ln(x),
        Function::Log10 => x.each(math::log10),
        Function::Log2 => x.each(math::log2),
        Function::Sqrt => math::sqrt(x),
        Function::Cbrt => x.each(math::cbrt),
        Function::Abs => x.abs(),
        Function::Sign => {
            let sign = L::select(x.eq(zero), zero, x);
            let sign = L::select(x.lt(zero), -one, sign);
            L::select(x.gt(zero), one, sign)
        }
        Function::Step => {
            let step = L::select(x.lt(zero), zero, x);
            L::select(x.ge(zero), one, step)
        }
        Function::Floor => x.floor(),
        Function::Ceil => x.ceil(),
        // The largest double below one half: adding it to any other double never rounds past a whole number.
        Function::Round => (x.abs() + L::splat(0.499_999_999_999_999_94)).floor().with_sign_of(x),
        Function::Relu => L::select(x.le(zero), zero, x),
        Function::Sigmoid => math::sigmoid(x),
        Function::Softplus => math::softplus(x),
        Function::Sinc => {
            let quotient = math::sin(x) / x;
            L::select(x.eq(zero), one, quotient)
        }
        Function::Erf => x.each(math::erf),
        Function::Root
        | Function::Mod
        | Function::Min
        | Function::Max
        | Function::Hypot
        | Function::Atan2
        | Function::LogSumExp => L::splat(f64::NAN),
    }
}

/// A function of one argument at one point. Kept out of line: it holds all of them.
#[inline(never)]
pub(crate) fn call_one(function: Function, x: f64) -> f64 {
    call(function, x)
}

/// A function of two arguments.
#[inline(always)]
pub(crate) fn call2<L: Lanes>(function: Function, a: L, b: L) -> L {
    match function {
        Function::Root => a.each_pair(b, math::root),
        Function::Mod => a.each_pair(b, math::modulo),
        // Neither comparison holds where one is not a number; then neither is the sum.
        Function::Min => L::select(a.lt(b), a, L::select(b.le(a), b, a + b)),
        Function::Max => L::select(a.gt(b), a, L::select(b.ge(a), b, a + b)),
        Function::Hypot => a.each_pair(b, math::hypot),
        // Zero has no sign on the reals: −0 would turn the angle of a negative number round.
        Function::Atan2 => (a + L::splat(0.0)).each_pair(b + L::splat(0.0), math::atan2),
        Function::LogSumExp => a.each_pair(b, math::logaddexp),
        _ => L::splat(f64::NAN),
    }
}

/// aⁿ.
#[inline(always)]
pub(crate) fn whole_power<L: Lanes>(a: L, n: i32) -> L {
    // 1 everywhere, 0⁰ included, but only where there is a number at all.
    if n == 0 { a * L::splat(0.0) + L::splat(1.0) } else { math::powi(a, n) }
}

/// The choice of `if`.
#[inline(always)]
pub(crate) fn choose<L: Lanes>(relation: Relation, a: L, b: L, then: L, otherwise: L) -> L {
    let chosen = match relation {
        Relation::Less => L::select(a.lt(b), then, otherwise),
        Relation::LessEqual => L::select(a.le(b), then, otherwise),
        Relation::Greater => L::select(a.gt(b), then, otherwise),
        Relation::GreaterEqual => L::select(a.ge(b), then, otherwise),
        Relation::Equal => L::select(a.eq(b), then, otherwise),
        Relation::NotEqual => L::select(a.eq(b), otherwise, then),
    };
    let comparable = L::either(a.le(b), a.gt(b));
    L::select(comparable, chosen, L::splat(f64::NAN))
}

/// Whether a function may give a finite value at an infinite argument.
pub(crate) fn swallows_infinity(function: Function) -> bool {
    !matches!(
        function,
        // Not a number at ±∞, or infinite.
        Function::Sin
            | Function::Cos
            | Function::Tan
            | Function::Sec
            | Function::Csc
            | Function::Cot
            | Function::Asin
            | Function::Acos
            | Function::Atanh
            | Function::Sinh
            | Function::Cosh
            | Function::Asinh
            | Function::Acosh
            | Function::Ln
            | Function::Log10
            | Function::Log2
            | Function::Sqrt
            | Function::Cbrt
            | Function::Abs
            | Function::Floor
            | Function::Ceil
            | Function::Round
    )
}
