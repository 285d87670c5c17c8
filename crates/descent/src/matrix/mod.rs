//! Dense matrix products on SIMD lanes, in double and single precision, without `unsafe`.
//!
//! Large products go in the manner of Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", ACM TOMS 34(3),
//! 2008): A and B are copied in blocks that fit the caches, in the very order in which a small kernel reads them, and the kernel keeps
//! a tile of C in registers. Small ones are read where they lie. The order of additions depends on the shapes alone, no fused
//! multiply-add is used, and lanes are 128 bits wide everywhere, so that every machine gets the same bits.

mod element;
mod packing;
mod product;
mod view;

pub use element::{Element, Vector};
pub use packing::Packed;
pub use product::{column_sums, multiply};
pub use view::{Into, View};

/// Rows of a tile.
const TILE_ROWS: usize = 4;
/// Vectors in a row of a tile. 4 × 2 accumulators, two vectors of B and one entry of A fit the 16 registers of SSE2 and what
/// engines make of simd128.
const TILE_VECTORS: usize = 2;
/// The depth of a block: a panel of B, 256 × 32 bytes, stays in the first-level cache. Chosen by trial on the machine at hand.
const DEPTH: usize = 256;
/// The width of a block of B, in tiles: 256 × 32 bytes × 64 = 512 KiB stays in the second-level cache.
const PANELS: usize = 64;
