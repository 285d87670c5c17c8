//! C ← A B and C ← C + A B.

use super::element::{Element, Vector};
use super::packing::{Packed, pack_a, pack_b};
use super::{DEPTH, PANELS, TILE_ROWS, TILE_VECTORS};

/// A matrix in memory: entry (i, j) is at `i * row_stride + j * column_stride`.
#[derive(Clone, Copy, Debug)]
pub struct View<'a, T> {
    /// The entries.
    pub data: &'a [T],
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    pub(super) row_stride: usize,
    pub(super) column_stride: usize,
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
            // A single row is stored row by row however it came about.
            row_stride: if self.columns == 1 && self.row_stride == 1 { self.rows } else { self.column_stride },
            column_stride: self.row_stride,
        }
    }

    fn is_transposed(&self) -> bool {
        self.column_stride != 1
    }
}

/// What becomes of the entries that C has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Into {
    /// They are replaced.
    Overwrite,
    /// The products are added to them.
    Add,
}

/// Where a product goes: C itself, or C seen as its transpose.
struct Target<'a, T> {
    data: &'a mut [T],
    /// How many entries from one row of the product to the next; 1 where C is seen as its transpose.
    row_stride: usize,
    column_stride: usize,
    into: Into,
}

/// B is read where it lies while it is no larger than this and fits the first-level cache, or while few rows of A share the cost of
/// copying it. Both by trial.
const SMALL: usize = 4096;
const FEW_ROWS: usize = 16;

/// C ← A B, or C ← C + A B. C is stored row by row and as large as the product; nothing is done where sizes do not fit.
pub fn multiply<T: Element>(a: View<'_, T>, b: View<'_, T>, c: &mut [T], into: Into, room: &mut Packed<T>) {
    let (rows, depth, columns) = (a.rows, a.columns, b.columns);
    let fits =
        b.rows == depth && c.len() == rows * columns && a.data.len() == rows * depth && b.data.len() == depth * columns;
    if !fits || c.is_empty() {
        return;
    }
    // Cᵀ = Bᵀ Aᵀ: a transposed B is dear to copy, so the smaller matrix is made to take its place.
    if b.is_transposed() && rows <= columns {
        let target = Target { data: c, row_stride: 1, column_stride: columns, into };
        packed(b.transposed(), a.transposed(), target, room);
        return;
    }
    let target = Target { data: c, row_stride: columns, column_stride: 1, into };
    if !b.is_transposed() && (depth * columns <= SMALL || rows <= FEW_ROWS) {
        direct(a, b, target, room);
    } else {
        packed(a, b, target, room);
    }
}

/// The way of large matrices: block by block, each copied into the order in which the kernel reads it.
fn packed<T: Element>(a: View<'_, T>, b: View<'_, T>, mut c: Target<'_, T>, room: &mut Packed<T>) {
    let tile_columns = TILE_VECTORS * T::LANES;
    let first_into = c.into;
    for k in (0..a.columns).step_by(DEPTH) {
        let deep = DEPTH.min(a.columns - k);
        c.into = if k == 0 { first_into } else { Into::Add };
        pack_a(a, k, deep, &mut room.a);
        for j in (0..b.columns).step_by(PANELS * tile_columns) {
            let wide = (PANELS * tile_columns).min(b.columns - j);
            pack_b(b, k, deep, j, wide, &mut room.b);
            for (panel, b_panel) in room.b.chunks_exact(deep).enumerate() {
                let from = j + panel * tile_columns;
                let across = tile_columns.min(b.columns - from);
                for (tile_row, a_panel) in room.a.chunks_exact(deep).enumerate() {
                    let sums = tile::<T, TILE_ROWS>(a_panel.iter().copied(), b_panel.iter().copied());
                    let down = TILE_ROWS.min(a.rows - tile_row * TILE_ROWS);
                    store(&mut c, tile_row * TILE_ROWS, from, across, sums.get(..down).unwrap_or(&[]));
                }
            }
        }
    }
}

/// The way of small matrices: B is read where it lies.
fn direct<T: Element>(a: View<'_, T>, b: View<'_, T>, mut c: Target<'_, T>, room: &mut Packed<T>) {
    let depth = a.columns;
    pack_a(a, 0, depth, &mut room.a);
    for (tile_row, panel) in room.a.chunks_exact(depth).enumerate() {
        let row = tile_row * TILE_ROWS;
        match a.rows - row {
            1 => direct_rows::<T, 1>(panel, b, &mut c, row),
            2 => direct_rows::<T, 2>(panel, b, &mut c, row),
            3 => direct_rows::<T, 3>(panel, b, &mut c, row),
            _ => direct_rows::<T, TILE_ROWS>(panel, b, &mut c, row),
        }
    }
}

/// The product's rows `row..row + ROWS`, from a panel of A.
#[inline(always)]
fn direct_rows<T: Element, const ROWS: usize>(
    panel: &[[T; TILE_ROWS]],
    b: View<'_, T>,
    c: &mut Target<'_, T>,
    row: usize,
) {
    let tile_columns = TILE_VECTORS * T::LANES;
    for from in (0..b.columns).step_by(tile_columns) {
        // Where a panel is narrower than a tile its lanes run on into the next row of B; what they sum up is not stored.
        let b_rows = b.data.get(from..).unwrap_or(&[]).chunks(b.row_stride).map(load_tile::<T>);
        let a_columns = panel.iter().map(|a| a.first_chunk::<ROWS>().copied().unwrap_or([T::ZERO; ROWS]));
        let sums = tile::<T, ROWS>(a_columns, b_rows);
        store(c, row, from, tile_columns.min(b.columns - from), &sums);
    }
}

/// The first two vectors of a slice, 0 beyond its end.
#[inline(always)]
fn load_tile<T: Element>(values: &[T]) -> [T::Vector; TILE_VECTORS] {
    match values.split_at_checked(T::LANES) {
        Some((first, second)) => [T::Vector::load(first), T::Vector::load(second)],
        None => [T::Vector::load(values), T::Vector::ZERO],
    }
}

/// A tile's products, summed over the depth: the whole cost of a product is here.
#[inline(always)]
fn tile<T: Element, const ROWS: usize>(
    a: impl Iterator<Item = [T; ROWS]>,
    b: impl Iterator<Item = [T::Vector; TILE_VECTORS]>,
) -> [[T::Vector; TILE_VECTORS]; ROWS] {
    let mut sums = [[T::Vector::ZERO; TILE_VECTORS]; ROWS];
    for (a, b) in a.zip(b) {
        for (row, entry) in sums.iter_mut().zip(a) {
            let entry = T::Vector::splat(entry);
            for (sum, vector) in row.iter_mut().zip(b) {
                *sum = *sum + entry * vector;
            }
        }
    }
    sums
}

/// Writes a tile to C at (row, from): `across` columns of it.
#[inline(always)]
fn store<T: Element>(
    c: &mut Target<'_, T>,
    row: usize,
    from: usize,
    across: usize,
    sums: &[[T::Vector; TILE_VECTORS]],
) {
    for (index, sums) in sums.iter().enumerate() {
        let start = (row + index) * c.row_stride + from * c.column_stride;
        if c.column_stride == 1
            && let Some(values) = c.data.get_mut(start..start + across)
        {
            store_row::<T>(sums, values, c.into);
        } else if c.column_stride != 1 {
            let mut lanes = [T::ZERO; 8];
            spread::<T>(sums, &mut lanes);
            let values = c.data.get_mut(start..).unwrap_or(&mut []).iter_mut().step_by(c.column_stride);
            for (value, lane) in values.zip(lanes.into_iter().take(across)) {
                *value = if c.into == Into::Add { *value + lane } else { lane };
            }
        }
    }
}

/// Writes a row of a tile, whole vectors where it is whole.
#[inline(always)]
fn store_row<T: Element>(sums: &[T::Vector; TILE_VECTORS], values: &mut [T], into: Into) {
    if values.len() == TILE_VECTORS * T::LANES {
        for (sum, values) in sums.iter().zip(values.chunks_exact_mut(T::LANES)) {
            let sum = if into == Into::Add { T::Vector::load(values) + *sum } else { *sum };
            sum.write(values);
        }
        return;
    }
    let mut lanes = [T::ZERO; 8];
    spread::<T>(sums, &mut lanes);
    // Index by index on purpose: a loop over the slice becomes a call to copy a few bytes.
    for (index, lane) in lanes.into_iter().enumerate() {
        if let Some(value) = values.get_mut(index) {
            *value = if into == Into::Add { *value + lane } else { lane };
        }
    }
}

/// The numbers of a row of a tile one by one; the longest has eight.
#[inline(always)]
fn spread<T: Element>(sums: &[T::Vector; TILE_VECTORS], lanes: &mut [T; 8]) {
    for (sum, lanes) in sums.iter().zip(lanes.chunks_exact_mut(T::LANES)) {
        sum.write(lanes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn compare<T: Element>(tolerance: f64) {
        let mut random = Random::new(3);
        let mut room = Packed::default();
        for (rows, depth, columns) in [
            (1, 1, 1),
            (4, 1, 3),
            (3, 5, 1),
            (3, 2, 5),
            (4, 8, 8),
            (10, 8, 1),
            (7, 300, 9),
            (65, 513, 31),
            (5, 3, 600),
            (130, 64, 70),
            (20, 70, 90),
        ] {
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
            for (x, y) in [plain, (flipped_a, plain.1), (plain.0, flipped_b), (flipped_a, flipped_b)] {
                for into in [Into::Add, Into::Overwrite] {
                    let mut c = start.clone();
                    multiply(x, y, &mut c, into, &mut room);
                    for (i, got) in c.iter().enumerate() {
                        let (row, column) = (i / columns, i % columns);
                        let terms = (0..depth).map(|k| a[row * depth + k].double() * b[k * columns + column].double());
                        let before = if into == Into::Add { start[i].double() } else { 0.0 };
                        let expected = before + terms.sum::<f64>();
                        assert!((got.double() - expected).abs() < tolerance, "{rows}×{depth}×{columns} at {i}");
                    }
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
