//! Dense matrix products on SIMD lanes, in double and single precision, without `unsafe`.
//!
//! C ← C + A B in the manner of Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008): A and
//! B are copied in blocks that fit the caches, in the very order in which a small kernel reads them, and the kernel keeps a tile of
//! C in registers. The order of additions depends on the shapes alone, no fused multiply-add is used, and lanes are 128 bits wide
//! everywhere, so that every machine gets the same bits.

mod element;
mod product;

pub use element::{Element, Vector};
pub use product::{Packed, View, multiply_add};
