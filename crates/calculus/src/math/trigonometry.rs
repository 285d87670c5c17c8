//! Sine, cosine and their kin.
//!
//! Reduction and kernels are those of FreeBSD's e_rem_pio2.c, k_sin.c and k_cos.c (Sun Microsystems, 1993–2004): π/2 in three
//! parts of which the first two multiply exactly. Where that reduction would lose digits (huge arguments, arguments next to a
//! multiple of π/2) the lane is handed to libm, which reduces with as many digits of 2/π as it takes (Payne and Hanek).

use super::exponential::ROUNDER;
use super::lanes::Lanes;

const PI_HALF_1: f64 = 1.570_796_326_734_125_614_17e+00; // 33 bits
const PI_HALF_2: f64 = 6.077_100_506_303_965_976_60e-11; // the next 33
const PI_HALF_3: f64 = 2.022_266_248_795_950_631_54e-21; // the rest
/// A multiple of π/2 below 2²⁰ times a part of 33 bits is exact.
const CHEAP: f64 = 800_000.0;

/// x less the nearest multiple n of π/2 as a sum of two parts, the number of quarter turns n (as [`ROUNDER`] + n), and where
/// the two parts cannot be trusted.
#[inline(always)]
fn reduce<L: Lanes>(x: L) -> (L, L, L, L::Mask) {
    let rounded = x * L::splat(core::f64::consts::FRAC_2_PI) + L::splat(ROUNDER);
    let n = rounded - L::splat(ROUNDER);
    let first = x - n * L::splat(PI_HALF_1);
    let taken = n * L::splat(PI_HALF_2);
    let second = first - taken;
    // What the subtraction lost, and the third part.
    let rest = n * L::splat(PI_HALF_3) - ((first - second) - taken);
    let high = second - rest;
    let low = (second - high) - rest;
    let near_multiple = L::both(high.abs().lt(L::splat(1.0 / 33554432.0)), L::splat(0.0).lt(n.abs())); // 2⁻²⁵
    let untrusted = L::either(near_multiple, x.abs().gt(L::splat(CHEAP)));
    (high, low, rounded, untrusted)
}

/// sin(x + y) for |x| ≤ π/4 and a tiny y.
#[inline(always)]
fn sine_kernel<L: Lanes>(x: L, y: L) -> L {
    let z = x * x;
    let w = z * z;
    let r = L::splat(8.333_333_333_322_489_461_24e-03)
        + z * (L::splat(-1.984_126_982_985_794_931_34e-04) + z * L::splat(2.755_731_370_707_006_767_89e-06))
        + z * w * (L::splat(-2.505_076_025_340_686_341_95e-08) + z * L::splat(1.589_690_995_211_550_102_21e-10));
    let v = z * x;
    x - ((z * (L::splat(0.5) * y - v * r) - y) - v * L::splat(-1.666_666_666_666_663_243_48e-01))
}

/// cos(x + y) for |x| ≤ π/4 and a tiny y.
#[inline(always)]
fn cosine_kernel<L: Lanes>(x: L, y: L) -> L {
    let z = x * x;
    let w = z * z;
    let r = z
        * (L::splat(4.166_666_666_666_660_190_37e-02)
            + z * (L::splat(-1.388_888_888_887_410_957_49e-03) + z * L::splat(2.480_158_728_947_672_941_78e-05)))
        + w * w
            * (L::splat(-2.755_731_435_139_066_330_35e-07)
                + z * (L::splat(2.087_572_321_298_174_827_90e-09) + z * L::splat(-1.135_964_755_778_819_482_65e-11)));
    let half = L::splat(0.5) * z;
    let one = L::splat(1.0);
    let w = one - half;
    w + (((one - w) - half) + (z * r - x * y))
}

/// sin or cos of x by the number of quarter turns: `turns` is [`ROUNDER`] + n.
#[inline(always)]
fn by_quadrant<L: Lanes>(high: L, low: L, turns: L::Bits) -> L {
    let sine = sine_kernel(high, low);
    let cosine = cosine_kernel(high, low);
    // Bit 0 of n chooses the function, bit 1 the sign.
    let odd = L::from_bits(L::bits_left(L::bits_and(turns, 1), 62)).gt(L::splat(1.0));
    let flip = L::from_bits(L::bits_left(L::bits_and(turns, 2), 62));
    let value = L::select(odd, cosine, sine);
    // Changing the sign bit, also of a nought.
    value * L::splat(1.0).with_sign_of(flip)
}

/// Up to this size π in three parts is near enough even next to its multiples: n times the rest is below 2⁻¹⁰⁹, and no
/// double is nearer to a multiple than some 2⁻⁵³.
const NEAR: f64 = 1_000.0;

/// The reduction to a half turn, 0.405 ≈ 4 / π², 1, and the coefficients of (sin r − r) / r³ in r² from the last to the first,
/// fitted by Chebyshev's method to 3·10⁻¹⁸ on |r| ≤ π/2.
static HALF_TURN: [f64; 15] = [
    core::f64::consts::FRAC_1_PI,
    ROUNDER,
    2.0 * PI_HALF_1,
    2.0 * PI_HALF_2,
    2.0 * PI_HALF_3,
    0.405,
    1.0,
    2.728_162_519_918_770_3e-15,
    -7.643_636_006_273_326e-13,
    1.605_896_341_044_872_5e-10,
    -2.505_210_731_474_936e-08,
    2.755_731_921_551_429_7e-06,
    -0.000_198_412_698_412_310_54,
    0.008_333_333_333_333_24,
    -0.166_666_666_666_666_66,
];

/// sin x, x in radians.
///
/// The one of the two that formulas use most goes a shorter way: reduced to a half turn, it needs one polynomial. It never
/// leaves [−1, 1]: tried at every double where rounding could lead it there.
#[inline(always)]
pub fn sin<L: Lanes>(x: L) -> L {
    let [turns, rounder, pi_1, pi_2, pi_3, bend, one, p8, p7, p6, p5, p4, p3, p2, p1] = L::constants(&HALF_TURN);
    let rounded = x * turns + rounder;
    let n = rounded - rounder;
    let first = x - n * pi_1;
    let taken = n * pi_2;
    let second = first - taken;
    let rest = n * pi_3 - ((first - second) - taken);
    let r = second - rest;
    let left_out = rest - (second - r);
    let z = r * r;
    let p = p1 + z * (p2 + z * (p3 + z * (p4 + z * (p5 + z * (p6 + z * (p7 + z * p8))))));
    // The slope of the sine, 1 − 4 r² / π² or so, on what r leaves out. The signs are such that −0 stays −0.
    let value = r - (left_out * (one - bend * z) - (r * z) * p);
    // Odd half turns change the sign.
    let value = L::from_bits(L::bits_sum(value.bits(), L::bits_left(rounded.bits(), 63)));
    let size = x.abs();
    if L::all(size.le(L::splat(NEAR))) {
        return value;
    }
    let near_multiple = L::both(r.abs().lt(L::splat(1.0 / 33_554_432.0)), size.gt(L::splat(NEAR))); // 2⁻²⁵
    let untrusted = L::either(near_multiple, size.gt(L::splat(CHEAP)));
    // Where the argument is not a number, neither is the value, whatever happened to its bits.
    let value = L::select(x.eq(x), value, x);
    if L::any(untrusted) { L::select(untrusted, x.each(libm::sin), value) } else { value }
}

/// cos x, x in radians.
#[inline(always)]
pub fn cos<L: Lanes>(x: L) -> L {
    let (high, low, turns, untrusted) = reduce(x);
    let value = by_quadrant(high, low, L::bits_add(turns.bits(), 1));
    if L::any(untrusted) { L::select(untrusted, x.each(libm::cos), value) } else { value }
}

/// tan x, x in radians.
pub fn tan(x: f64) -> f64 {
    libm::tan(x)
}

/// The angle in [−π/2, π/2] whose sine is x.
pub fn asin(x: f64) -> f64 {
    libm::asin(x)
}

/// The angle in [0, π] whose cosine is x.
pub fn acos(x: f64) -> f64 {
    libm::acos(x)
}

/// The angle in (−π/2, π/2) whose tangent is x.
pub fn atan(x: f64) -> f64 {
    libm::atan(x)
}

/// The angle in (−π, π] of the point (x, y).
pub fn atan2(y: f64, x: f64) -> f64 {
    libm::atan2(y, x)
}

/// sin x / x, and 1 at 0.
pub fn sinc(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { sin(x) / x }
}

/// The secant, 1 / cos x.
pub fn sec(x: f64) -> f64 {
    1.0 / cos(x)
}

/// The cosecant, 1 / sin x.
pub fn csc(x: f64) -> f64 {
    1.0 / sin(x)
}

/// The cotangent, 1 / tan x.
pub fn cot(x: f64) -> f64 {
    1.0 / tan(x)
}
