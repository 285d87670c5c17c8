//! C ← C + A B.

use super::element::{Element, Vector};

/// Rows of a tile.
const TILE_ROWS: usize = 4;
/// Vectors in a row of a tile. 4 × 2 accumulators, two vectors of B and one entry of A fit the 16 registers of SSE2 and what
/// engines make of simd128.
const TILE_VECTORS: usize = 2;
/// The depth of a block: a panel of B, 256 × 32 bytes, stays in the first-level cache. Chosen by trial on the machine at hand.
const DEPTH: usize = 256;
/// The width of a block of B, in tiles: 256 × 32 bytes × 64 = 512 KiB stays in the second-level cache.
const PANELS: usize = 64;

/// A matrix in memory: entry (i, j) is at `i * row_stride + j * column_stride`.
#[derive(Clone, Copy, Debug)]
pub struct View<'a, T> {
    /// The entries.
    pub data: &'a [T],
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    row_stride: usize,
    column_stride: usize,
}

impl<'a, T> View<'a, T> {
    /// A matrix stored row by row.
    #[must_use]
    pub fn new(data: &'a [T], rows: usize, columns: usize) -> Self {
        Self { data, rows, columns, row_stride: columns, column_stride: 1 }
    }

    /// The same numbers seen as the transposed matrix.
    #[must_use]
    pub fn transposed(self) -> Self {
        Self {
            data: self.data,
            rows: self.columns,
            columns: self.rows,
            row_stride: self.column_stride,
            column_stride: self.row_stride,
        }
    }
}

/// Room for copied blocks, kept between products so that none allocates.
#[derive(Clone, Debug)]
pub struct Packed<T: Element> {
    a: Vec<[T; TILE_ROWS]>,
    b: Vec<[T::Vector; TILE_VECTORS]>,
}

impl<T: Element> Default for Packed<T> {
    fn default() -> Self {
        Self { a: Vec::new(), b: Vec::new() }
    }
}

/// C ← C + A B. C is stored row by row and as large as the product; nothing is done where sizes do not fit.
pub fn multiply_add<T: Element>(a: View<'_, T>, b: View<'_, T>, c: &mut [T], room: &mut Packed<T>) {
    let (rows, depth, columns) = (a.rows, a.columns, b.columns);
    let fits =
        b.rows == depth && c.len() == rows * columns && a.data.len() == rows * depth && b.data.len() == depth * columns;
    if !fits || c.is_empty() {
        return;
    }
    let tile_columns = TILE_VECTORS * T::LANES;
    let mut k = 0;
    while k < depth {
        let deep = DEPTH.min(depth - k);
        pack_a(a, k, deep, &mut room.a);
        let mut j = 0;
        while j < columns {
            let wide = (PANELS * tile_columns).min(columns - j);
            pack_b(b, k, deep, j, wide, &mut room.b);
            for (panel, b) in room.b.chunks_exact(deep).enumerate() {
                let from = j + panel * tile_columns;
                let across = tile_columns.min(columns - from);
                for (a, c) in room.a.chunks_exact(deep).zip(c.chunks_mut(TILE_ROWS * columns)) {
                    let tile = tile::<T>(a, b);
                    for (sums, row) in tile.iter().zip(c.chunks_exact_mut(columns)) {
                        if let Some(target) = row.get_mut(from..from + across) {
                            add_row::<T>(sums, target);
                        }
                    }
                }
            }
            j += wide;
        }
        k += deep;
    }
}

/// The tile's products, summed over the depth: the whole cost of a product is here.
#[inline(always)]
fn tile<T: Element>(a: &[[T; TILE_ROWS]], b: &[[T::Vector; TILE_VECTORS]]) -> [[T::Vector; TILE_VECTORS]; TILE_ROWS] {
    let mut sums = [[T::Vector::ZERO; TILE_VECTORS]; TILE_ROWS];
    for (a, b) in a.iter().zip(b) {
        for (row, entry) in sums.iter_mut().zip(a) {
            let entry = T::Vector::splat(*entry);
            for (sum, vector) in row.iter_mut().zip(b) {
                *sum = *sum + entry * *vector;
            }
        }
    }
    sums
}

/// Adds one row of a tile to C.
#[inline(always)]
fn add_row<T: Element>(sums: &[T::Vector; TILE_VECTORS], target: &mut [T]) {
    let whole = target.len() / T::LANES;
    for (sum, values) in sums.iter().zip(target.chunks_exact_mut(T::LANES)) {
        sum.add_to(values);
    }
    let rest = target.chunks_exact_mut(T::LANES).into_remainder();
    if let (false, Some(sum)) = (rest.is_empty(), sums.get(whole)) {
        let mut lanes = [T::ZERO; 8];
        sum.add_to(&mut lanes);
        for (value, lane) in rest.iter_mut().zip(lanes) {
            *value += lane;
        }
    }
}

/// Copies columns k..k+deep of A, four rows to a panel, rows beyond the last as 0.
fn pack_a<T: Element>(a: View<'_, T>, k: usize, deep: usize, room: &mut Vec<[T; TILE_ROWS]>) {
    room.clear();
    room.resize(a.rows.div_ceil(TILE_ROWS) * deep, [T::ZERO; TILE_ROWS]);
    for (panel, packed) in room.chunks_exact_mut(deep).enumerate() {
        let first = panel * TILE_ROWS;
        let high = TILE_ROWS.min(a.rows - first);
        if a.row_stride == 1 {
            // A transposed matrix: four neighbours in memory at each depth.
            for (depth, entry) in packed.iter_mut().enumerate() {
                let start = first + (k + depth) * a.column_stride;
                if let Some(values) = a.data.get(start..start + high) {
                    for (e, v) in entry.iter_mut().zip(values) {
                        *e = *v;
                    }
                }
            }
        } else {
            for row in 0..high {
                let start = (first + row) * a.row_stride + k;
                let values = a.data.get(start..start + deep).unwrap_or(&[]);
                for (entry, value) in packed.iter_mut().zip(values) {
                    if let Some(e) = entry.get_mut(row) {
                        *e = *value;
                    }
                }
            }
        }
    }
}

/// Copies rows k..k+deep and columns j..j+wide of B, a tile's width to a panel, columns beyond the last as 0.
fn pack_b<T: Element>(
    b: View<'_, T>,
    k: usize,
    deep: usize,
    j: usize,
    wide: usize,
    room: &mut Vec<[T::Vector; TILE_VECTORS]>,
) {
    let tile_columns = TILE_VECTORS * T::LANES;
    room.clear();
    for panel in 0..wide.div_ceil(tile_columns) {
        let from = j + panel * tile_columns;
        let across = tile_columns.min(j + wide - from);
        for depth in k..k + deep {
            let vectors = if b.column_stride == 1 {
                let start = depth * b.row_stride + from;
                let values = b.data.get(start..start + across).unwrap_or(&[]);
                let (first, second) = values.split_at(T::LANES.min(values.len()));
                [T::Vector::load(first), T::Vector::load(second)]
            } else {
                // A transposed matrix: neighbours lie a stride apart.
                let mut lanes = [T::ZERO; 8];
                for (column, lane) in lanes.iter_mut().enumerate().take(across) {
                    let at = depth * b.row_stride + (from + column) * b.column_stride;
                    *lane = b.data.get(at).copied().unwrap_or(T::ZERO);
                }
                let (first, second) = lanes.split_at(T::LANES);
                [T::Vector::load(first), T::Vector::load(second)]
            };
            room.push(vectors);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn compare<T: Element>(tolerance: f64) {
        let mut random = Random::new(3);
        let mut room = Packed::default();
        for (rows, depth, columns) in
            [(1, 1, 1), (3, 2, 5), (4, 8, 8), (10, 8, 1), (7, 300, 9), (65, 513, 31), (5, 3, 600), (130, 64, 70)]
        {
            let mut numbers = |n: usize| -> Vec<T> { (0..n).map(|_| T::of(random.uniform(-1.0, 1.0))).collect() };
            let (a, b) = (numbers(rows * depth), numbers(depth * columns));
            let flip = |m: &[T], rows: usize, columns: usize| -> Vec<T> {
                (0..rows * columns).map(|i| m[(i % rows) * columns + i / rows]).collect()
            };
            let (a_flipped, b_flipped) = (flip(&a, rows, depth), flip(&b, depth, columns));
            let start = numbers(rows * columns);
            let plain = (View::new(&a, rows, depth), View::new(&b, depth, columns));
            let flipped_a = View::new(&a_flipped, depth, rows).transposed();
            let flipped_b = View::new(&b_flipped, columns, depth).transposed();
            for (x, y) in [plain, (flipped_a, plain.1), (plain.0, flipped_b)] {
                let mut c = start.clone();
                multiply_add(x, y, &mut c, &mut room);
                for (i, got) in c.iter().enumerate() {
                    let (row, column) = (i / columns, i % columns);
                    let terms = (0..depth).map(|k| a[row * depth + k].double() * b[k * columns + column].double());
                    let expected = start[i].double() + terms.sum::<f64>();
                    assert!((got.double() - expected).abs() < tolerance, "{rows}×{depth}×{columns} at {i}");
                }
            }
        }
    }

    #[test]
    fn products_of_many_shapes_equal_the_definition_in_double_precision() {
        compare::<f64>(1e-12);
    }

    #[test]
    fn products_of_many_shapes_equal_the_definition_in_single_precision() {
        compare::<f32>(1e-4);
    }
}
