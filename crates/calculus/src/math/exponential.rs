//! exp and what is made like it: expm1, sigmoid, softplus, tanh, sinh, cosh.
//!
//! The reduction and the rational approximation of exp are those of FreeBSD's e_exp.c (Sun Microsystems, 1993–2004): with
//! r = x − k ln 2 and |r| ≤ ln 2 / 2, eʳ = 1 + 2r / (R − r) for an even R(r). What differs is that there are no branches.

use super::lanes::Lanes;
use super::logarithm::ln_1p_of_parts;

/// Adding and subtracting this rounds to the nearest whole number, ties to even, for magnitudes below 2⁵¹.
pub(super) const ROUNDER: f64 = 6755399441055744.0; // 1.5 × 2⁵²
const LN2_HIGH: f64 = 6.931_471_803_691_238_164_90e-01; // 33 bits, so that k times it is exact
const LN2_LOW: f64 = 1.908_214_929_270_587_700_02e-10;

/// What [`reduced`] calculates with: the reduction, 2, and the coefficients from the last to the first.
static REDUCTION: [f64; 10] = [
    core::f64::consts::LOG2_E,
    ROUNDER,
    LN2_HIGH,
    LN2_LOW,
    2.0,
    4.138_136_797_057_238_460_39e-08,
    -1.653_390_220_546_525_153_90e-06,
    6.613_756_321_437_934_361_17e-05,
    -2.777_777_777_701_559_338_42e-03,
    1.666_666_666_666_660_190_37e-01,
];

/// 2ᵏ for a whole k in [−1022, 1023].
#[inline(always)]
pub(super) fn power_of_two<L: Lanes>(k: L) -> L {
    L::from_bits(L::bits_left(L::bits_add((k + L::splat(ROUNDER)).bits(), 1023), 52))
}

/// `value` × 2ᵏ with one rounding, for a whole k in [−2044, 2046].
#[inline(always)]
pub(super) fn scale<L: Lanes>(value: L, k: L) -> L {
    let half = (k * L::splat(0.5) + L::splat(ROUNDER)) - L::splat(ROUNDER);
    value * power_of_two(half) * power_of_two(k - half)
}

/// eʳ − 1 of the reduced argument, and the k of the reduction as [`ROUNDER`] + k: eˣ = 2ᵏ (1 + tail).
#[inline(always)]
fn reduced<L: Lanes>(x: L) -> (L, L) {
    let [log2_e, rounder, ln2_high, ln2_low, two, p5, p4, p3, p2, p1] = L::constants(&REDUCTION);
    let rounded = x * log2_e + rounder;
    let k = rounded - rounder;
    let high = x - k * ln2_high;
    let low = k * ln2_low;
    let r = high - low;
    let z = r * r;
    let c = r - z * (p1 + z * (p2 + z * (p3 + z * (p4 + z * p5))));
    let tail = (r * c / (two - c) - low) + high;
    (tail, rounded)
}

/// `value` × 2ᵏ, k given as [`ROUNDER`] + k, where neither is near the ends of the range: k is added to the exponent.
#[inline(always)]
fn shift<L: Lanes>(value: L, rounded: L) -> L {
    L::from_bits(L::bits_sum(value.bits(), L::bits_left(rounded.bits(), 52)))
}

/// Up to this size eˣ is far from the ends of the range.
const PLAIN: f64 = 708.0;

/// eˣ.
#[inline(always)]
pub fn exp<L: Lanes>(x: L) -> L {
    let (tail, rounded) = reduced(x);
    let value = L::splat(1.0) + tail;
    if L::all(x.abs().le(L::splat(PLAIN))) { shift(value, rounded) } else { exp_at_the_ends(x) }
}

/// As [`exp`], also where the result, or a step on the way, leaves the range.
#[cold]
#[inline(never)]
fn exp_at_the_ends<L: Lanes>(x: L) -> L {
    // Beyond these the result is infinite, or nought, whatever x; not-a-number passes both comparisons by.
    let x = L::select(x.gt(L::splat(710.0)), L::splat(710.0), x);
    let x = L::select(x.lt(L::splat(-746.0)), L::splat(-746.0), x);
    let (tail, rounded) = reduced(x);
    scale(L::splat(1.0) + tail, rounded - L::splat(ROUNDER))
}

/// e^−|x| as a sum of two parts, the second below half a unit in the last place of the first.
#[inline(always)]
fn exp_of_minus_abs<L: Lanes>(x: L) -> (L, L) {
    let x = -x.abs();
    let one = L::splat(1.0);
    let (tail, rounded) = reduced(x);
    let high = one + tail;
    let low = tail - (high - one);
    if L::all(x.ge(L::splat(-600.0))) {
        // The second part may be 0, which has no exponent to add to.
        let power = shift(one, rounded);
        (high * power, low * power)
    } else {
        exp_of_minus_abs_at_the_end(x)
    }
}

#[cold]
#[inline(never)]
fn exp_of_minus_abs_at_the_end<L: Lanes>(x: L) -> (L, L) {
    let x = L::select(x.lt(L::splat(-746.0)), L::splat(-746.0), x);
    let (tail, rounded) = reduced(x);
    let k = rounded - L::splat(ROUNDER);
    let high = L::splat(1.0) + tail;
    let low = tail - (high - L::splat(1.0));
    (scale(high, k), scale(low, k))
}

/// 1 / (1 + e^−x), the logistic function; right for every x, without overflow.
#[inline(always)]
pub fn sigmoid<L: Lanes>(x: L) -> L {
    let one = L::splat(1.0);
    let (high, low) = exp_of_minus_abs(x);
    let negative = x.lt(L::splat(0.0));
    let (numerator, numerator_low) = (L::select(negative, high, one), L::select(negative, low, L::splat(0.0)));
    let denominator = one + high;
    let denominator_low = (high - (denominator - one)) + low;
    let quotient = numerator / denominator;
    quotient + (numerator_low - quotient * denominator_low) / denominator
}

/// ln(1 + eˣ), the smooth relu; right for every x, without overflow.
#[inline(always)]
pub fn softplus<L: Lanes>(x: L) -> L {
    let (high, low) = exp_of_minus_abs(x);
    let positive_part = L::select(x.gt(L::splat(0.0)), x, L::splat(0.0));
    let bend = ln_1p_of_parts(high, low);
    // A not-a-number comes through the bend.
    positive_part + bend
}

/// What [`tanh`] calculates with: the reduction by ln 2 / 2, 0.25 and ½, and the coefficients of (u coth u − 1) / u² in powers of u², the
/// minimax polynomial of degree 5 for |u| ≤ 0.26 (Remez's exchange in 50 digits; its error in u coth u is 7e-19).
static TANH: [f64; 12] = [
    2.0 * core::f64::consts::LOG2_E,
    0.25,
    ROUNDER,
    LN2_HIGH / 2.0,
    LN2_LOW / 2.0,
    0.5,
    3.333_333_333_333_333e-1,
    -2.222_222_222_221_146_6e-2,
    2.116_402_114_549_424_5e-3,
    -2.116_400_944_755_579_6e-4,
    2.137_446_322_845_629_4e-5,
    -2.120_429_254_885_102e-6,
];

/// The hyperbolic tangent, by one division.
///
/// With x = k ln 2 / 2 + u, s = 2ᵏ and Q = u coth u, e²ˣ is s (Q + u) / (Q − u), so that
/// tanh x = ((s − 1) Q + (s + 1) u) / ((s + 1) Q + (s − 1) u). The quotient is taken of what is left of it beyond b = 0, ½ or 1 for
/// k = 0, 1 and more: where it is close to 1 its rounding errors are then small beside 1. k is chosen so that u is seldom negative, where
/// (s − 1) Q and (s + 1) u would cancel. At most 1.5 units in the last place off.
#[inline(always)]
pub fn tanh<L: Lanes>(x: L) -> L {
    let [two_log2_e, quarter, rounder, ln2_high, ln2_low, half, p0, p1, p2, p3, p4, p5] = L::constants(&TANH);
    // At 22 the result is 1; not-a-number passes.
    let clipped = x.abs().at_most(L::splat(22.0));
    let rounded = (clipped * two_log2_e - quarter) + rounder;
    let k = rounded - rounder;
    let u = (clipped - k * ln2_high) - k * ln2_low;
    let w = u * u;
    let w2 = w * w;
    // Q − 1, its terms in pairs so that none waits for all the others.
    let q = w * ((p0 + w * p1) + w2 * ((p2 + w * p3) + w2 * (p4 + w * p5)));
    let (one, two) = (L::splat(1.0), L::splat(2.0));
    let s = shift(one, rounded);
    let base = half * k.at_most(two);
    // (s − 1) − b (s + 1) and (s + 1) − b (s − 1), which for large s would lose the 1.
    let (grown, rest) = (s * (one - base), one + base);
    let (minus, plus) = (grown - rest, grown + rest);
    let numerator = minus + (plus * u + minus * q);
    let (below, above) = (s - one, s + one);
    let denominator = above + (below * u + above * q);
    let magnitude = base + numerator / denominator;
    L::from_bits(L::bits_sum(magnitude.bits(), L::bits_and(x.bits(), 1 << 63)))
}

/// eˣ − 1 without cancellation near 0.
#[inline(always)]
pub fn expm1(x: f64) -> f64 {
    libm::expm1(x)
}

/// The hyperbolic sine.
pub fn sinh(x: f64) -> f64 {
    libm::sinh(x)
}

/// The hyperbolic cosine.
pub fn cosh(x: f64) -> f64 {
    libm::cosh(x)
}

/// The hyperbolic secant, 1 / cosh x.
pub fn sech(x: f64) -> f64 {
    // Where cosh overflows the secant is still a (subnormal) number.
    if x.abs() < 700.0 { 1.0 / cosh(x) } else { 2.0 * exp(-x.abs()) }
}
