//! The natural logarithm and what is made from it.
//!
//! Reduction and polynomial are those of FreeBSD's e_log.c and s_log1p.c (Sun Microsystems, 1993–2004), without branches:
//! with x = 2ᵏ (1 + f), √½ < 1 + f < √2 and s = f / (2 + f), ln(1 + f) = f − f²/2 + s (f²/2 + R(s²)).

use super::lanes::Lanes;

const LN2_HIGH: f64 = 6.931_471_803_691_238_164_90e-01;
const LN2_LOW: f64 = 1.908_214_929_270_587_700_02e-10;
/// The distance between 1 and √½ in bits of the exponent field: adding it makes the exponent that of the nearest power of two.
const TO_NEAREST_POWER: u64 = (0x3ff0_0000 - 0x3fe6_a09e) << 32;
const TWO_TO_52: f64 = 4503599627370496.0;

/// k and m with x = 2ᵏ m, √½ < m < √2, of a positive normal x.
#[inline(always)]
fn split<L: Lanes>(x: L) -> (L, L) {
    let bits = L::bits_add(x.bits(), TO_NEAREST_POWER);
    // A small whole number in the low bits of 2⁵² is the number 2⁵² plus it.
    let exponent = L::from_bits(L::bits_or(L::bits_right(bits, 52), 0x4330_0000_0000_0000));
    let k = exponent - L::splat(TWO_TO_52 + 1023.0);
    let m = L::from_bits(L::bits_add(L::bits_and(bits, 0x000f_ffff_ffff_ffff), 0x3fe6_a09e << 32));
    (k, m)
}

/// k ln 2 + ln(1 + f) + correction.
#[inline(always)]
fn assemble<L: Lanes>(k: L, f: L, correction: L) -> L {
    let half_square = L::splat(0.5) * f * f;
    let s = f / (L::splat(2.0) + f);
    let z = s * s;
    let w = z * z;
    let even = w
        * (L::splat(3.999_999_999_940_941_908e-01)
            + w * (L::splat(2.222_219_843_214_978_396e-01) + w * L::splat(1.531_383_769_920_937_332e-01)));
    let odd = z
        * (L::splat(6.666_666_666_666_735_130e-01)
            + w * (L::splat(2.857_142_874_366_239_149e-01)
                + w * (L::splat(1.818_357_216_161_805_012e-01) + w * L::splat(1.479_819_860_511_658_591e-01))));
    let r = odd + even;
    s * (half_square + r) + (k * L::splat(LN2_LOW) + correction) - half_square + f + k * L::splat(LN2_HIGH)
}

/// ln x: −∞ at 0, not a number below.
#[inline(always)]
pub fn ln<L: Lanes>(x: L) -> L {
    let subnormal = x.lt(L::splat(f64::MIN_POSITIVE));
    let (k, m) = split(L::select(subnormal, x * L::splat(18014398509481984.0), x)); // 2⁵⁴
    let k = k - L::select(subnormal, L::splat(54.0), L::splat(0.0));
    let result = assemble(k, m - L::splat(1.0), L::splat(0.0));
    edges(x, result)
}

/// The values of ln at the ends of its domain and outside.
#[inline(always)]
fn edges<L: Lanes>(x: L, inside: L) -> L {
    let zero = L::splat(0.0);
    // At +∞ and at not-a-number the value is the argument.
    let inside = L::select(x.lt(L::splat(f64::INFINITY)), inside, x);
    let inside = L::select(x.eq(zero), L::splat(f64::NEG_INFINITY), inside);
    L::select(x.lt(zero), L::splat(f64::NAN), inside)
}

/// ln(1 + high + low) for 0 ≤ high ≤ 1 and a low far smaller.
#[inline(always)]
pub(super) fn ln_1p_of_parts<L: Lanes>(high: L, low: L) -> L {
    let one = L::splat(1.0);
    let sum = one + high;
    // What 1 + high lost, and what is left of low, as a relative correction.
    let lost = (high - (sum - one)) + low;
    let (k, m) = split(sum);
    // Where the power of two is 1, f is exact.
    let small = k.eq(L::splat(0.0));
    let f = L::select(small, high, m - one);
    let correction = L::select(small, low, lost) / sum;
    assemble(k, f, correction)
}

/// ln(1 + x) without cancellation near 0.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// The logarithm to base 10.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// The logarithm to base 2.
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}
