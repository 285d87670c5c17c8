//! The numbers a network computes with.

use core::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use wide::{f32x4, f64x2, f64x4};

use super::TILE_VECTORS;

/// 128 bits of numbers, worked on at once.
pub trait Vector<T>: Copy + core::fmt::Debug + Add<Output = Self> + Mul<Output = Self> {
    /// All zero.
    const ZERO: Self;
    /// The same number in every lane.
    fn splat(value: T) -> Self;
    /// From as many numbers as there are lanes; missing ones are 0.
    fn load(values: &[T]) -> Self;
    /// Writes as many numbers as there are lanes; none where the slice is shorter.
    fn write(self, values: &mut [T]);
    /// The sum over the lanes, always in the same order.
    fn sum(self) -> T;
    /// The sums over the lanes of four vectors, each as [`Vector::sum`].
    fn sums(four: [Self; 4]) -> [T; 4];
}

/// A floating-point number with the operations a network needs.
pub trait Element:
    Copy
    + Default
    + PartialOrd
    + Send
    + Sync
    + core::fmt::Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + 'static
{
    /// As many of them as fit 128 bits.
    type Vector: Vector<Self>;
    /// How many that is.
    const LANES: usize;
    /// As many numbers as a tile of a product is wide.
    type Tile: Copy;
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;

    /// The nearest number of this kind.
    fn of(value: f64) -> Self;
    /// As a double, exactly.
    fn double(self) -> f64;

    /// A list in whole tiles; what is left over is left out. Their width is known when the code is compiled, so that reading one takes
    /// no test of lengths.
    fn tiles(values: &[Self]) -> &[Self::Tile];
    /// The same, to write to.
    fn tiles_mut(values: &mut [Self]) -> &mut [Self::Tile];
    /// The vectors of a tile.
    fn vectors(tile: Self::Tile) -> [Self::Vector; TILE_VECTORS];
    /// The tile of vectors.
    fn tile(vectors: [Self::Vector; TILE_VECTORS]) -> Self::Tile;

    /// Doubles as numbers of this kind: themselves where they are, else converted into `room`.
    fn narrowed<'a>(values: &'a [f64], room: &'a mut Vec<Self>) -> &'a [Self];
    /// Lets `work` write numbers of this kind that end up as doubles in `values`: directly, or by way of `room`. `work` must write
    /// every one: what they were before is not told.
    fn widened<R>(values: &mut [f64], room: &mut Vec<Self>, work: impl FnOnce(&mut [Self]) -> R) -> R;

    /// Applies a function to every number: four doubles at a time, so that neither of two registers waits for the other, then two. Both
    /// must give the same bits. Single precision is computed in double and rounded once.
    fn map(values: &mut [Self], four: impl Fn(f64x4) -> f64x4, pair: impl Fn(f64x2) -> f64x2);
}

impl Vector<f64> for f64x2 {
    const ZERO: Self = f64x2::ZERO;
    #[inline(always)]
    fn splat(value: f64) -> Self {
        f64x2::splat(value)
    }
    #[inline(always)]
    fn load(values: &[f64]) -> Self {
        match values {
            [a, b, ..] => f64x2::new([*a, *b]),
            [a] => f64x2::new([*a, 0.0]),
            [] => f64x2::ZERO,
        }
    }
    #[inline(always)]
    fn write(self, values: &mut [f64]) {
        if let Some(lanes) = values.first_chunk_mut() {
            *lanes = self.to_array();
        }
    }
    #[inline(always)]
    fn sum(self) -> f64 {
        let [a, b] = self.to_array();
        a + b
    }
    #[inline(always)]
    fn sums(four: [Self; 4]) -> [f64; 4] {
        let [[a, b], [c, d], [e, f], [g, h]] = four.map(f64x2::to_array);
        let [ab, cd] = (f64x2::new([a, c]) + f64x2::new([b, d])).to_array();
        let [ef, gh] = (f64x2::new([e, g]) + f64x2::new([f, h])).to_array();
        [ab, cd, ef, gh]
    }
}

impl Vector<f32> for f32x4 {
    const ZERO: Self = f32x4::ZERO;
    #[inline(always)]
    fn splat(value: f32) -> Self {
        f32x4::splat(value)
    }
    #[inline(always)]
    fn load(values: &[f32]) -> Self {
        match values {
            [a, b, c, d, ..] => f32x4::new([*a, *b, *c, *d]),
            _ => {
                let mut lanes = [0.0; 4];
                for (lane, value) in lanes.iter_mut().zip(values) {
                    *lane = *value;
                }
                f32x4::new(lanes)
            }
        }
    }
    #[inline(always)]
    fn write(self, values: &mut [f32]) {
        if let Some(lanes) = values.first_chunk_mut() {
            *lanes = self.to_array();
        }
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        let [a, b, c, d] = self.to_array();
        (a + b) + (c + d)
    }
    #[inline(always)]
    fn sums(four: [Self; 4]) -> [f32; 4] {
        let [a, b, c, d] = f32x4::transpose(four);
        ((a + b) + (c + d)).to_array()
    }
}

impl Element for f64 {
    type Vector = f64x2;
    const LANES: usize = 2;
    type Tile = [f64; 4];
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    #[inline(always)]
    fn of(value: f64) -> Self {
        value
    }
    #[inline(always)]
    fn double(self) -> f64 {
        self
    }
    #[inline(always)]
    fn tiles(values: &[f64]) -> &[[f64; 4]] {
        values.as_chunks().0
    }
    #[inline(always)]
    fn tiles_mut(values: &mut [f64]) -> &mut [[f64; 4]] {
        values.as_chunks_mut().0
    }
    #[inline(always)]
    fn tile([first, second]: [f64x2; TILE_VECTORS]) -> [f64; 4] {
        let ([a, b], [c, d]) = (first.to_array(), second.to_array());
        [a, b, c, d]
    }
    #[inline(always)]
    fn vectors([a, b, c, d]: [f64; 4]) -> [f64x2; TILE_VECTORS] {
        [f64x2::new([a, b]), f64x2::new([c, d])]
    }
    fn narrowed<'a>(values: &'a [f64], _room: &'a mut Vec<Self>) -> &'a [Self] {
        values
    }
    fn widened<R>(values: &mut [f64], _room: &mut Vec<Self>, work: impl FnOnce(&mut [Self]) -> R) -> R {
        work(values)
    }
    #[inline(always)]
    fn map(values: &mut [Self], four: impl Fn(f64x4) -> f64x4, pair: impl Fn(f64x2) -> f64x2) {
        let (fours, rest) = values.as_chunks_mut::<4>();
        for values in fours {
            *values = four(f64x4::new(*values)).to_array();
        }
        let (pairs, rest) = rest.as_chunks_mut::<2>();
        for values in pairs {
            *values = pair(f64x2::new(*values)).to_array();
        }
        for value in rest {
            [*value, _] = pair(f64x2::splat(*value)).to_array();
        }
    }
}

impl Element for f32 {
    type Vector = f32x4;
    const LANES: usize = 4;
    type Tile = [f32; 8];
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    #[inline(always)]
    fn of(value: f64) -> Self {
        value as f32
    }
    #[inline(always)]
    fn double(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn tiles(values: &[f32]) -> &[[f32; 8]] {
        values.as_chunks().0
    }
    #[inline(always)]
    fn tiles_mut(values: &mut [f32]) -> &mut [[f32; 8]] {
        values.as_chunks_mut().0
    }
    #[inline(always)]
    fn tile([first, second]: [f32x4; TILE_VECTORS]) -> [f32; 8] {
        let ([a, b, c, d], [e, f, g, h]) = (first.to_array(), second.to_array());
        [a, b, c, d, e, f, g, h]
    }
    #[inline(always)]
    fn vectors([a, b, c, d, e, f, g, h]: [f32; 8]) -> [f32x4; TILE_VECTORS] {
        [f32x4::new([a, b, c, d]), f32x4::new([e, f, g, h])]
    }
    fn narrowed<'a>(values: &'a [f64], room: &'a mut Vec<Self>) -> &'a [Self] {
        room.clear();
        room.extend(values.iter().map(|v| *v as f32));
        room
    }
    fn widened<R>(values: &mut [f64], room: &mut Vec<Self>, work: impl FnOnce(&mut [Self]) -> R) -> R {
        room.resize(values.len(), 0.0);
        let result = work(room);
        for (value, narrow) in values.iter_mut().zip(room) {
            *value = f64::from(*narrow);
        }
        result
    }
    #[inline(always)]
    fn map(values: &mut [Self], four: impl Fn(f64x4) -> f64x4, pair: impl Fn(f64x2) -> f64x2) {
        let (fours, rest) = values.as_chunks_mut::<4>();
        for values in fours {
            *values = four(f64x4::new(values.map(f64::from))).to_array().map(|v| v as f32);
        }
        for value in rest {
            let [x, _] = pair(f64x2::splat(f64::from(*value))).to_array();
            *value = x as f32;
        }
    }
}
