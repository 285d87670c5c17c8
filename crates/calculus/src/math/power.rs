//! Powers and roots.

use super::exponential::scale;
use super::lanes::Lanes;

/// The product as an exact sum of two doubles (Dekker 1971, with Veltkamp's splitting); for magnitudes well inside the range.
#[inline(always)]
fn exact_product<L: Lanes>(a: L, b: L) -> (L, L) {
    let split = |v: L| {
        let t = v * L::splat(134_217_729.0); // 2²⁷ + 1
        let high = t - (t - v);
        (high, v - high)
    };
    let product = a * b;
    let ((a_high, a_low), (b_high, b_low)) = (split(a), split(b));
    let error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    (product, error)
}

/// The product of two sums of two doubles, rounded to such a sum.
#[inline(always)]
fn pair_product<L: Lanes>(a: (L, L), b: (L, L)) -> (L, L) {
    let (high, low) = exact_product(a.0, b.0);
    let low = low + (a.0 * b.1 + a.1 * b.0);
    let sum = high + low;
    (sum, low - (sum - high))
}

/// The largest exponent [`powi`] multiplies out; beyond it the logarithm of `powf` is shorter and as good.
pub const LARGEST_WHOLE_POWER: i32 = 512;

/// xⁿ for a whole n, |n| ≤ [`LARGEST_WHOLE_POWER`].
///
/// Up to the fourth power plain products are within 2 ulp. Higher ones are multiplied out of the mantissa with twice the
/// digits, which also keeps intermediate results inside the range, and rounded once at the end.
#[inline(always)]
pub fn powi<L: Lanes>(x: L, n: i32) -> L {
    match n {
        0 => L::splat(1.0),
        1 => x,
        2 => x * x,
        3 => x * x * x,
        4 => {
            let square = x * x;
            square * square
        }
        -1 => L::splat(1.0) / x,
        _ => long_power(x, n),
    }
}

#[inline(always)]
fn long_power<L: Lanes>(x: L, n: i32) -> L {
    // x = m 2ᵏ with 1 ≤ |m| < 2.
    let size = x.abs();
    let subnormal = size.lt(L::splat(f64::MIN_POSITIVE));
    let lifted = L::select(subnormal, x * L::splat(18014398509481984.0), x); // 2⁵⁴
    let bits = lifted.bits();
    let m = L::from_bits(L::bits_or(L::bits_and(bits, 0x800f_ffff_ffff_ffff), 0x3ff0_0000_0000_0000));
    let field = L::bits_and(L::bits_right(bits, 52), 0x7ff);
    let k = L::from_bits(L::bits_or(field, 0x4330_0000_0000_0000)) - L::splat(4503599627370496.0 + 1023.0);
    let k = k - L::select(subnormal, L::splat(54.0), L::splat(0.0));
    // Towards the middle: √½ ≤ |m| < √2, so that 512 factors stay inside the range.
    let big = m.abs().gt(L::splat(core::f64::consts::SQRT_2));
    let m = L::select(big, m * L::splat(0.5), m);
    let k = L::select(big, k + L::splat(1.0), k);

    let mut rest = n.unsigned_abs();
    let zero = L::splat(0.0);
    let mut square = (m, zero);
    let mut power = (L::splat(1.0), zero);
    let mut started = false;
    loop {
        if rest & 1 == 1 {
            power = if started { pair_product(power, square) } else { square };
            started = true;
        }
        rest >>= 1;
        if rest == 0 {
            break;
        }
        square = pair_product(square, square);
    }
    let (high, low) = power;
    let value = if n < 0 {
        // 1 / (high + low) to first order in low.
        let quotient = L::splat(1.0) / high;
        let (back, error) = exact_product(quotient, high);
        let missing = ((L::splat(1.0) - back) - error) - quotient * low;
        quotient + quotient * missing
    } else {
        high + low
    };
    // The exponent may leave the range by far; nothing finite lies beyond ±2000.
    let k = k * L::splat(f64::from(n));
    let k = L::select(k.gt(L::splat(2000.0)), L::splat(2000.0), k);
    let k = L::select(k.lt(L::splat(-2000.0)), L::splat(-2000.0), k);
    let value = scale(value, k);
    // 0, ±∞ and not-a-number have no mantissa.
    let ordinary = L::both(size.gt(zero), size.lt(L::splat(f64::INFINITY)));
    let edge = if n < 0 { L::splat(1.0) / x } else { x };
    let edge = if n % 2 == 0 { edge.abs() } else { edge };
    L::select(ordinary, value, edge)
}

/// √x.
#[inline(always)]
pub fn sqrt<L: Lanes>(x: L) -> L {
    x.sqrt()
}

/// The real cube root.
pub fn cbrt(x: f64) -> f64 {
    libm::cbrt(x)
}

/// xʸ as IEEE 754 has it, but not a number wherever either argument is not.
pub fn powf(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() { f64::NAN } else { libm::pow(x, y) }
}

/// √(x² + y²) without overflow on the way.
pub fn hypot(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() { f64::NAN } else { libm::hypot(x, y) }
}

/// The real n-th root: for an odd n of negative numbers too; for a fractional n, x^(1/n).
pub fn root(x: f64, n: f64) -> f64 {
    if x.is_nan() || n.is_nan() || n == 0.0 {
        return f64::NAN;
    }
    if n == 2.0 {
        return x.sqrt();
    }
    if n == 3.0 {
        return cbrt(x);
    }
    let odd = n == n.trunc() && n % 2.0 != 0.0;
    if x < 0.0 && !odd {
        return f64::NAN;
    }
    let size = x.abs();
    let mut y = powf(size, 1.0 / n);
    // 1/n is rounded; one step of Newton's method mends what that costs.
    if n == n.trunc() && n.abs() <= f64::from(LARGEST_WHOLE_POWER) && y > 0.0 && y.is_finite() {
        let below = powi(y, n as i32 - 1);
        let step = (below * y - size) / (n * below);
        if step.is_finite() {
            y -= step;
        }
    }
    if x < 0.0 { -y } else { y }
}

/// x^(p/q) for an odd q, in lowest terms: the real root, raised.
pub fn rational_power(x: f64, p: i32, q: u32) -> f64 {
    let size =
        if p.abs() <= 4 { powi(root(x.abs(), f64::from(q)), p) } else { powf(x.abs(), f64::from(p) / f64::from(q)) };
    if x < 0.0 && p % 2 != 0 { -size } else { size }
}

/// The remainder of a floored division: a − b ⌊a / b⌋, exactly, with the sign of b.
pub fn modulo(a: f64, b: f64) -> f64 {
    let rest = libm::fmod(a, b);
    if rest != 0.0 && (rest < 0.0) != (b < 0.0) { rest + b } else { rest }
}
