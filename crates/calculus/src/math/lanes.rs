//! What a kernel may do with its numbers: the same few operations on one double or on two at once.
//!
//! A kernel written against [`Lanes`] uses only operations that IEEE 754 rounds correctly (+ − × ÷ √), comparisons, blends and
//! integer operations on the bits. None of these depends on the machine or on the number of lanes, so one kernel gives the same
//! bits for one point and for many, native and in wasm. A fused multiply-add is deliberately absent: not every machine has one.

use core::ops::{Add, Div, Mul, Neg, Sub};
use wide::{f64x2, f64x4, u64x2, u64x4};

/// One or more doubles on which a kernel works at once.
pub trait Lanes:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// One truth value a lane.
    type Mask: Copy;
    /// The bits of each lane.
    type Bits: Copy;

    /// The same number in every lane.
    fn splat(value: f64) -> Self;
    /// Numbers from a table in memory, each in every lane.
    ///
    /// Written in place, a vector constant costs a wasm engine three instructions at every use; loaded, one. Measured: a fifth
    /// of the time of exp. The table is hidden from the compiler, which would put the constants back in place.
    #[inline(always)]
    fn constants<const N: usize>(table: &'static [f64; N]) -> [Self; N] {
        core::hint::black_box(table).map(Self::splat)
    }
    /// The square root, correctly rounded.
    fn sqrt(self) -> Self;
    /// The absolute value; only the sign bit changes.
    fn abs(self) -> Self;
    /// The largest whole number not above.
    fn floor(self) -> Self;
    /// The smallest whole number not below.
    fn ceil(self) -> Self;
    /// Is this less? False where either is not a number, as are all the comparisons.
    fn lt(self, other: Self) -> Self::Mask;
    /// Is this less or equal?
    fn le(self, other: Self) -> Self::Mask;
    /// Is this greater?
    fn gt(self, other: Self) -> Self::Mask;
    /// Is this greater or equal?
    fn ge(self, other: Self) -> Self::Mask;
    /// Is this equal?
    fn eq(self, other: Self) -> Self::Mask;
    /// `yes` in the lanes where the mask holds, `no` in the others.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;
    /// The smaller of the two; not-a-number where `self` is.
    #[inline(always)]
    fn at_most(self, limit: Self) -> Self {
        Self::select(self.gt(limit), limit, self)
    }
    /// Does the mask hold in any lane?
    fn any(mask: Self::Mask) -> bool;
    /// Does the mask hold in every lane?
    fn all(mask: Self::Mask) -> bool;
    /// Where both hold.
    fn both(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// Where either holds.
    fn either(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// The bits of each lane.
    fn bits(self) -> Self::Bits;
    /// The numbers with these bits.
    fn from_bits(bits: Self::Bits) -> Self;
    /// Adds a whole number to each lane's bits, wrapping.
    fn bits_add(bits: Self::Bits, value: u64) -> Self::Bits;
    /// The sum of two sets of bits, lane by lane, wrapping.
    fn bits_sum(a: Self::Bits, b: Self::Bits) -> Self::Bits;
    /// The bits in common with a constant.
    fn bits_and(bits: Self::Bits, value: u64) -> Self::Bits;
    /// The bits with those of a constant set as well.
    fn bits_or(bits: Self::Bits, value: u64) -> Self::Bits;
    /// The bits moved up.
    fn bits_left(bits: Self::Bits, count: u32) -> Self::Bits;
    /// The bits moved down, zeros entering.
    fn bits_right(bits: Self::Bits, count: u32) -> Self::Bits;
    /// The magnitude of `self` with the sign of `sign`.
    fn with_sign_of(self, sign: Self) -> Self;
    /// Applies a function to the lanes one by one: for what has no kernel.
    fn each(self, function: impl Fn(f64) -> f64) -> Self;
    /// Applies a function of two arguments to the lanes one by one.
    fn each_pair(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self;
}

impl Lanes for f64 {
    type Mask = bool;
    type Bits = u64;

    #[inline(always)]
    fn splat(value: f64) -> Self {
        value
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }
    #[inline(always)]
    fn abs(self) -> Self {
        f64::abs(self)
    }
    #[inline(always)]
    fn floor(self) -> Self {
        f64::floor(self)
    }
    #[inline(always)]
    fn ceil(self) -> Self {
        f64::ceil(self)
    }
    #[inline(always)]
    fn lt(self, other: Self) -> bool {
        self < other
    }
    #[inline(always)]
    fn le(self, other: Self) -> bool {
        self <= other
    }
    #[inline(always)]
    fn gt(self, other: Self) -> bool {
        self > other
    }
    #[inline(always)]
    fn ge(self, other: Self) -> bool {
        self >= other
    }
    #[inline(always)]
    fn eq(self, other: Self) -> bool {
        self == other
    }
    #[inline(always)]
    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }
    #[inline(always)]
    fn any(mask: bool) -> bool {
        mask
    }
    #[inline(always)]
    fn all(mask: bool) -> bool {
        mask
    }
    #[inline(always)]
    fn both(a: bool, b: bool) -> bool {
        a & b
    }
    #[inline(always)]
    fn either(a: bool, b: bool) -> bool {
        a | b
    }
    #[inline(always)]
    fn bits(self) -> u64 {
        self.to_bits()
    }
    #[inline(always)]
    fn from_bits(bits: u64) -> Self {
        f64::from_bits(bits)
    }
    #[inline(always)]
    fn bits_add(bits: u64, value: u64) -> u64 {
        bits.wrapping_add(value)
    }
    #[inline(always)]
    fn bits_sum(a: u64, b: u64) -> u64 {
        a.wrapping_add(b)
    }
    #[inline(always)]
    fn bits_and(bits: u64, value: u64) -> u64 {
        bits & value
    }
    #[inline(always)]
    fn bits_or(bits: u64, value: u64) -> u64 {
        bits | value
    }
    #[inline(always)]
    fn bits_left(bits: u64, count: u32) -> u64 {
        bits << count
    }
    #[inline(always)]
    fn bits_right(bits: u64, count: u32) -> u64 {
        bits >> count
    }
    #[inline(always)]
    fn with_sign_of(self, sign: Self) -> Self {
        self.copysign(sign)
    }
    #[inline(always)]
    fn each(self, function: impl Fn(f64) -> f64) -> Self {
        function(self)
    }
    #[inline(always)]
    fn each_pair(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        function(self, other)
    }
}

/// Several lanes of one register, or of two that work side by side so that neither waits.
macro_rules! lanes {
    ($lanes:ident, $bits:ident) => {
        impl Lanes for $lanes {
            type Mask = $lanes;
            type Bits = $bits;

            #[inline(always)]
            fn splat(value: f64) -> Self {
                $lanes::splat(value)
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                $lanes::sqrt(self)
            }
            #[inline(always)]
            fn abs(self) -> Self {
                $lanes::abs(self)
            }
            #[inline(always)]
            fn floor(self) -> Self {
                $lanes::floor(self)
            }
            #[inline(always)]
            fn ceil(self) -> Self {
                $lanes::ceil(self)
            }
            #[inline(always)]
            fn lt(self, other: Self) -> Self {
                self.simd_lt(other)
            }
            #[inline(always)]
            fn le(self, other: Self) -> Self {
                self.simd_le(other)
            }
            #[inline(always)]
            fn gt(self, other: Self) -> Self {
                self.simd_gt(other)
            }
            #[inline(always)]
            fn ge(self, other: Self) -> Self {
                self.simd_ge(other)
            }
            #[inline(always)]
            fn eq(self, other: Self) -> Self {
                self.simd_eq(other)
            }
            #[inline(always)]
            fn select(mask: Self, yes: Self, no: Self) -> Self {
                mask.bitselect(yes, no)
            }
            // One instruction instead of four. Both give their first operand where either is not a number or they are equal,
            // the one by keeping it unless the second is less, the other by taking the second unless the first is less.
            #[cfg(target_feature = "simd128")]
            #[inline(always)]
            fn at_most(self, limit: Self) -> Self {
                self.fast_min(limit)
            }
            #[cfg(all(target_feature = "sse2", not(target_feature = "simd128")))]
            #[inline(always)]
            fn at_most(self, limit: Self) -> Self {
                limit.fast_min(self)
            }
            #[inline(always)]
            fn any(mask: Self) -> bool {
                mask.any()
            }
            #[inline(always)]
            fn all(mask: Self) -> bool {
                mask.all()
            }
            #[inline(always)]
            fn both(a: Self, b: Self) -> Self {
                a & b
            }
            #[inline(always)]
            fn either(a: Self, b: Self) -> Self {
                a | b
            }
            #[inline(always)]
            fn bits(self) -> $bits {
                bytemuck::cast(self)
            }
            #[inline(always)]
            fn from_bits(bits: $bits) -> Self {
                bytemuck::cast(bits)
            }
            #[inline(always)]
            fn bits_add(bits: $bits, value: u64) -> $bits {
                bits + $bits::splat(value)
            }
            #[inline(always)]
            fn bits_sum(a: $bits, b: $bits) -> $bits {
                a + b
            }
            #[inline(always)]
            fn bits_and(bits: $bits, value: u64) -> $bits {
                bits & $bits::splat(value)
            }
            #[inline(always)]
            fn bits_or(bits: $bits, value: u64) -> $bits {
                bits | $bits::splat(value)
            }
            #[inline(always)]
            fn bits_left(bits: $bits, count: u32) -> $bits {
                bits << count
            }
            #[inline(always)]
            fn bits_right(bits: $bits, count: u32) -> $bits {
                bits >> count
            }
            #[inline(always)]
            fn with_sign_of(self, sign: Self) -> Self {
                $lanes::splat(-0.0).bitselect(sign, self)
            }
            #[inline(always)]
            fn each(self, function: impl Fn(f64) -> f64) -> Self {
                $lanes::new(self.to_array().map(function))
            }
            #[inline(always)]
            fn each_pair(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
                let (a, b) = (self.to_array(), other.to_array());
                let mut out = a;
                for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
                    *out = function(a, b);
                }
                $lanes::new(out)
            }
        }
    };
}

lanes!(f64x2, u64x2);
lanes!(f64x4, u64x4);
