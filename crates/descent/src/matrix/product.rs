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
    let is_small = depth * columns <= SMALL || rows <= FEW_ROWS;
    if b.is_transposed() && b.row_stride == 1 && !a.is_transposed() && is_small {
        dotted(a, b, c, into);
        return;
    }
    // Cᵀ = Bᵀ Aᵀ: a transposed B is dear to copy, so the smaller matrix is made to take its place.
    if b.is_transposed() && rows <= columns {
        let target = Target { data: c, row_stride: 1, column_stride: columns, into };
        packed(b.transposed(), a.transposed(), target, room);
        return;
    }
    let target = Target { data: c, row_stride: columns, column_stride: 1, into };
    if !b.is_transposed() && is_small {
        direct(a, b, target);
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

/// The way of small matrices: both are read where they lie.
fn direct<T: Element>(a: View<'_, T>, b: View<'_, T>, mut c: Target<'_, T>) {
    // Rows that fives divide and fours do not, such as batches of ten, leave no narrow tile over.
    let height = if !a.rows.is_multiple_of(TILE_ROWS) && a.rows.is_multiple_of(5) { 5 } else { TILE_ROWS };
    for row in (0..a.rows).step_by(height) {
        match height.min(a.rows - row) {
            1 => direct_rows::<T, 1>(a, b, &mut c, row),
            2 => direct_rows::<T, 2>(a, b, &mut c, row),
            3 => direct_rows::<T, 3>(a, b, &mut c, row),
            5 => direct_rows::<T, 5>(a, b, &mut c, row),
            _ => direct_rows::<T, TILE_ROWS>(a, b, &mut c, row),
        }
    }
}

/// The product's rows `row..row + ROWS`.
#[inline(always)]
fn direct_rows<T: Element, const ROWS: usize>(a: View<'_, T>, b: View<'_, T>, c: &mut Target<'_, T>, row: usize) {
    let tile_columns = TILE_VECTORS * T::LANES;
    for from in (0..b.columns).step_by(tile_columns) {
        let sums = if b.columns.is_multiple_of(tile_columns) {
            // Counted, not stepped: the loop over the depth is then one counter for both matrices.
            let (tiles, step) = (T::tiles(b.data), b.columns / tile_columns);
            let at = |depth: usize| tiles.get(from / tile_columns + depth * step);
            let zeros = [T::Vector::ZERO; TILE_VECTORS];
            times::<T, ROWS>(a, row, (0..b.rows).map(|depth| at(depth).map_or(zeros, |tile| T::vectors(*tile))))
        } else {
            // Where a panel is narrower than a tile its lanes run on into the next row of B; what they sum up is not stored.
            times::<T, ROWS>(a, row, b.data.get(from..).unwrap_or(&[]).chunks(b.row_stride).map(load_tile::<T>))
        };
        store(c, row, from, tile_columns.min(b.columns - from), &sums);
    }
}

/// The rows `row..row + ROWS` of A times a panel of B.
#[inline(always)]
fn times<T: Element, const ROWS: usize>(
    a: View<'_, T>,
    row: usize,
    b: impl Iterator<Item = [T::Vector; TILE_VECTORS]>,
) -> [[T::Vector; TILE_VECTORS]; ROWS] {
    if !a.is_transposed() {
        let rows: [&[T]; ROWS] = std::array::from_fn(|index| {
            let start = (row + index) * a.row_stride;
            a.data.get(start..start + a.columns).unwrap_or(&[])
        });
        let at = |row: &[T], depth: usize| row.get(depth).copied().unwrap_or(T::ZERO);
        // Rows side by side need one test of their length, not one each.
        let row_of = |entries: &[T]| entries.first_chunk().copied().unwrap_or([T::ZERO; ROWS]);
        return match rows.as_slice() {
            [p, q, r, s] => {
                let entries = p.iter().zip(*q).zip(r.iter().zip(*s));
                tile(entries.map(|((p, q), (r, s))| row_of(&[*p, *q, *r, *s])), b)
            }
            [p, q, r, s, t] => {
                let entries = p.iter().zip(*q).zip(r.iter().zip(*s)).zip(*t);
                tile(entries.map(|(((p, q), (r, s)), t)| row_of(&[*p, *q, *r, *s, *t])), b)
            }
            _ => tile((0..a.columns).map(|depth| rows.map(|row| at(row, depth))), b),
        };
    }
    // Neighbours in memory at each depth.
    if a.column_stride.is_multiple_of(ROWS) && row.is_multiple_of(ROWS) {
        let (panels, _) = a.data.as_chunks::<ROWS>();
        let (first, step) = (row / ROWS, a.column_stride / ROWS);
        let at = |depth: usize| panels.get(first + depth * step).copied().unwrap_or([T::ZERO; ROWS]);
        return tile((0..a.columns).map(at), b);
    }
    let columns = a.data.get(row..).unwrap_or(&[]).chunks(a.column_stride);
    tile(columns.map(|values| values.first_chunk().copied().unwrap_or([T::ZERO; ROWS])), b)
}

/// The way of a small transposed B: each entry is the product of a row of A and a row of what B is the transpose of, two rows by four.
fn dotted<T: Element>(a: View<'_, T>, b: View<'_, T>, c: &mut [T], into: Into) {
    let row_of = |data: &'_ [T], stride: usize, index: usize| -> std::ops::Range<usize> {
        let start = index * stride;
        start..(start + a.columns).min(data.len())
    };
    for row in (0..a.rows).step_by(2) {
        // Where rows do not come out even the last is computed twice and stored once.
        let pair = [row, (row + 1).min(a.rows - 1)];
        let lefts = pair.map(|index| a.data.get(row_of(a.data, a.row_stride, index)).unwrap_or(&[]));
        for column in (0..b.columns).step_by(4) {
            let four: [usize; 4] = std::array::from_fn(|index| (column + index).min(b.columns - 1));
            let rights = four.map(|index| b.data.get(row_of(b.data, b.column_stride, index)).unwrap_or(&[]));
            for (index, sums) in pair.into_iter().zip(dot_tile(lefts, rights)).take(a.rows - row) {
                for (column, sum) in four.into_iter().zip(sums).take(b.columns - column) {
                    if let Some(value) = c.get_mut(index * b.columns + column) {
                        *value = if into == Into::Add { *value + sum } else { sum };
                    }
                }
            }
        }
    }
}

/// The products of two rows and four.
#[inline(always)]
fn dot_tile<T: Element>([a0, a1]: [&[T]; 2], [b0, b1, b2, b3]: [&[T]; 4]) -> [[T; 4]; 2] {
    let vectors = |row: &'_ [T]| row.len() / T::LANES * T::LANES;
    let whole = vectors(a0);
    let mut sums = [[T::Vector::ZERO; 4]; 2];
    let chunks = |row| <[T]>::chunks_exact(row, T::LANES).map(T::Vector::load);
    let rights = chunks(b0).zip(chunks(b1)).zip(chunks(b2).zip(chunks(b3)));
    for ((x0, x1), ((y0, y1), (y2, y3))) in chunks(a0).zip(chunks(a1)).zip(rights) {
        for (x, sums) in [x0, x1].into_iter().zip(&mut sums) {
            for (y, sum) in [y0, y1, y2, y3].into_iter().zip(sums) {
                *sum = *sum + x * y;
            }
        }
    }
    let mut out = sums.map(|row| row.map(Vector::sum));
    for depth in whole..a0.len() {
        let at = |row: &[T]| row.get(depth).copied().unwrap_or(T::ZERO);
        for (x, sums) in [at(a0), at(a1)].into_iter().zip(&mut out) {
            for (y, sum) in [at(b0), at(b1), at(b2), at(b3)].into_iter().zip(sums) {
                *sum += x * y;
            }
        }
    }
    out
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
