//! C ← A B, C ← C + A B, C ← A B with a row added to each of its rows, and the sums of columns.

use super::element::{Element, Vector};
use super::packing::{Packed, pack_a, pack_b, turn};
use super::view::{Into, View};
use super::{DEPTH, PANELS, TILE_ROWS, TILE_VECTORS};

/// Where a product goes: C itself, or C seen as its transpose.
struct Target<'a, T> {
    data: &'a mut [T],
    /// How many entries from one row of the product to the next; 1 where C is seen as its transpose.
    row_stride: usize,
    column_stride: usize,
    /// Whether the products are added to what is there.
    adds: bool,
    /// What every row starts from; 0 where it is empty.
    start: &'a [T],
}

/// B is read where it lies while it is no larger than this and fits the first-level cache, or while few rows of A share the cost of
/// copying it. Both by trial.
const SMALL: usize = 4096;
const FEW_ROWS: usize = 16;
/// Up to this depth a transposed B is copied row by row, beyond it the sums over the lanes weigh less than the copy. By trial.
const SHORT: usize = 16;

/// C ← A B, C ← C + A B, or C ← A B with a row added to each of its rows. C is stored row by row and as large as the product; nothing is
/// done where sizes do not fit or are 0.
pub fn multiply<T: Element>(a: View<'_, T>, b: View<'_, T>, c: &mut [T], into: Into<'_, T>, room: &mut Packed<T>) {
    let (rows, depth, columns) = (a.rows, a.columns, b.columns);
    let fits =
        b.rows == depth && c.len() == rows * columns && a.data.len() == rows * depth && b.data.len() == depth * columns;
    if !fits || c.is_empty() || depth == 0 {
        return;
    }
    let is_small = depth * columns <= SMALL || rows <= FEW_ROWS;
    let is_column = columns == 1 && !b.is_transposed();
    let is_outer = depth == 1;
    let is_dotted = b.is_transposed() && b.row_stride == 1 && !a.is_transposed() && is_small;
    // Cᵀ = Bᵀ Aᵀ: a transposed B is dear to copy, so the smaller matrix is made to take its place.
    let is_flipped = b.is_transposed() && rows <= columns;
    let (mut adds, mut start) = match into {
        Into::Overwrite => (false, [].as_slice()),
        Into::Add => (true, [].as_slice()),
        Into::Row(row) => (false, row),
    };
    if !start.is_empty() && (is_outer || is_column || is_dotted || is_flipped) {
        // These ways know no row to start from: it is written to C and added to.
        for values in c.chunks_exact_mut(columns) {
            for (value, start) in values.iter_mut().zip(start) {
                *value = *start;
            }
        }
        (adds, start) = (true, &[][..]);
    }
    let target = |data, row_stride, column_stride| Target { data, row_stride, column_stride, adds, start };
    if is_outer {
        outer(a.data, b.data, c, adds);
    } else if is_column && a.is_transposed() {
        // A column is stored as a row is, and Cᵀ = Bᵀ Aᵀ, the same list of numbers, leaves fewer lanes empty.
        direct(b.transposed(), a.transposed(), c, adds, start);
    } else if is_column {
        times_column(a, b.data, c, adds);
    } else if is_dotted && depth <= SHORT {
        turn(b, &mut room.turned);
        direct(a, View::new(&room.turned, depth, columns), c, adds, start);
    } else if is_dotted {
        dotted(a, b, c, adds);
    } else if is_flipped {
        packed(b.transposed(), a.transposed(), target(c, 1, columns), room);
    } else if !b.is_transposed() && is_small {
        direct(a, b, c, adds, start);
    } else {
        packed(a, b, target(c, columns, 1), room);
    }
}

/// The way of large matrices: block by block, each copied into the order in which the kernel reads it.
fn packed<T: Element>(a: View<'_, T>, b: View<'_, T>, mut c: Target<'_, T>, room: &mut Packed<T>) {
    let tile_columns = TILE_VECTORS * T::LANES;
    let (first_adds, first_start) = (c.adds, c.start);
    for k in (0..a.columns).step_by(DEPTH) {
        let deep = DEPTH.min(a.columns - k);
        (c.adds, c.start) = if k == 0 { (first_adds, first_start) } else { (true, &[][..]) };
        pack_a(a, k, deep, &mut room.a);
        for j in (0..b.columns).step_by(PANELS * tile_columns) {
            let wide = (PANELS * tile_columns).min(b.columns - j);
            pack_b(b, k, deep, j, wide, &mut room.b);
            for (panel, b_panel) in room.b.chunks_exact(deep).enumerate() {
                let from = j + panel * tile_columns;
                let across = tile_columns.min(b.columns - from);
                let start = start_of(c.start, from);
                for (tile_row, a_panel) in room.a.chunks_exact(deep).enumerate() {
                    let sums = tile::<T, TILE_ROWS>(start, a_panel.iter().copied(), b_panel.iter().copied());
                    let down = TILE_ROWS.min(a.rows - tile_row * TILE_ROWS);
                    store(&mut c, tile_row * TILE_ROWS, from, across, sums.get(..down).unwrap_or(&[]));
                }
            }
        }
    }
}

/// The way of small matrices: both are read where they lie, and C is stored row by row.
fn direct<T: Element>(a: View<'_, T>, b: View<'_, T>, c: &mut [T], adds: bool, start: &[T]) {
    // Rows that fives divide and fours do not, such as batches of ten, leave no narrow tile over.
    let height = if !a.rows.is_multiple_of(TILE_ROWS) && a.rows.is_multiple_of(5) { 5 } else { TILE_ROWS };
    for row in (0..a.rows).step_by(height) {
        match height.min(a.rows - row) {
            1 => direct_rows::<T, 1>(a, b, c, adds, start, row),
            2 => direct_rows::<T, 2>(a, b, c, adds, start, row),
            3 => direct_rows::<T, 3>(a, b, c, adds, start, row),
            5 => direct_rows::<T, 5>(a, b, c, adds, start, row),
            _ => direct_rows::<T, TILE_ROWS>(a, b, c, adds, start, row),
        }
    }
}

/// The product's rows `row..row + ROWS`.
#[inline(always)]
fn direct_rows<T: Element, const ROWS: usize>(
    a: View<'_, T>,
    b: View<'_, T>,
    c: &mut [T],
    adds: bool,
    start: &[T],
    row: usize,
) {
    let tile_columns = TILE_VECTORS * T::LANES;
    let zeros = [T::Vector::ZERO; TILE_VECTORS];
    if b.columns.is_multiple_of(tile_columns) {
        let (tiles, starts, step) = (T::tiles(b.data), T::tiles(start), b.columns / tile_columns);
        let targets = T::tiles_mut(c).get_mut(row * step..(row + ROWS) * step).unwrap_or(&mut []);
        for panel in 0..step {
            let first = starts.get(panel).map_or(zeros, |tile| T::vectors(*tile));
            let at = |depth: usize| tiles.get(panel + depth * step).map(|tile| T::vectors(*tile));
            let sums = times::<T, ROWS>(first, a, row, at);
            for (index, sums) in sums.into_iter().enumerate() {
                if let Some(target) = targets.get_mut(panel + index * step) {
                    *target = T::tile(if adds { sum::<T>(T::vectors(*target), sums) } else { sums });
                }
            }
        }
        return;
    }
    for from in (0..b.columns).step_by(tile_columns) {
        let first = start_of(start, from);
        // Where a panel is narrower than a tile its lanes run on into the next row of B; what they sum up is not stored.
        let at = |depth: usize| {
            let start = from + depth * b.row_stride;
            b.data.get(start..(start + b.row_stride).min(b.data.len())).map(load_tile::<T>)
        };
        let sums = times::<T, ROWS>(first, a, row, at);
        let across = tile_columns.min(b.columns - from);
        for (index, sums) in sums.iter().enumerate() {
            let at = (row + index) * b.columns + from;
            if let Some(values) = c.get_mut(at..at + across) {
                store_row::<T>(sums, values, adds);
            }
        }
    }
}

/// The sum of two rows of a tile.
#[inline(always)]
fn sum<T: Element>([a, b]: [T::Vector; TILE_VECTORS], [c, d]: [T::Vector; TILE_VECTORS]) -> [T::Vector; TILE_VECTORS] {
    [a + c, b + d]
}

/// The sum of each column of a matrix stored row by row, written over `sums`: as many columns as that is long, and whole rows.
pub fn column_sums<T: Element>(values: &[T], sums: &mut [T]) {
    let columns = sums.len();
    let tile_columns = TILE_VECTORS * T::LANES;
    if columns.is_multiple_of(tile_columns) {
        let (tiles, step) = (T::tiles(values), columns / tile_columns);
        for (panel, target) in T::tiles_mut(sums).iter_mut().enumerate() {
            let column = tiles.get(panel..).unwrap_or(&[]).iter().step_by(step);
            let zeros = [T::Vector::ZERO; TILE_VECTORS];
            *target = T::tile(column.fold(zeros, |sums, tile| sum::<T>(sums, T::vectors(*tile))));
        }
        return;
    }
    sums.fill(T::ZERO);
    for row in values.chunks_exact(columns.max(1)) {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += *value;
        }
    }
}

/// What the sums of a tile start from: the row to add, from the tile's first column on, or 0.
#[inline(always)]
fn start_of<T: Element>(row: &[T], from: usize) -> [T::Vector; TILE_VECTORS] {
    match row.get(from..) {
        Some(values) => load_tile::<T>(values),
        None => [T::Vector::ZERO; TILE_VECTORS],
    }
}

/// The rows `row..row + ROWS` of A times a panel of B, added to `start`.
#[inline(always)]
fn times<T: Element, const ROWS: usize>(
    start: [T::Vector; TILE_VECTORS],
    a: View<'_, T>,
    row: usize,
    b: impl Fn(usize) -> Option<[T::Vector; TILE_VECTORS]>,
) -> [[T::Vector; TILE_VECTORS]; ROWS] {
    // Counted, not stepped: the loop over the depth is then one counter for both matrices.
    let counted = 0..a.columns;
    if !a.is_transposed() {
        let b = counted.clone().map(|depth| b(depth).unwrap_or([T::Vector::ZERO; TILE_VECTORS]));
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
                tile(start, entries.map(|((p, q), (r, s))| row_of(&[*p, *q, *r, *s])), b)
            }
            [p, q, r, s, t] => {
                let entries = p.iter().zip(*q).zip(r.iter().zip(*s)).zip(*t);
                tile(start, entries.map(|(((p, q), (r, s)), t)| row_of(&[*p, *q, *r, *s, *t])), b)
            }
            _ => tile(start, counted.map(|depth| rows.map(|row| at(row, depth))), b),
        };
    }
    // Neighbours in memory at each depth. Where an entry is missing the sum ends, so that engines load straight into a register.
    let b = counted.clone().map_while(b);
    if a.column_stride.is_multiple_of(ROWS) && row.is_multiple_of(ROWS) {
        let (panels, _) = a.data.as_chunks::<ROWS>();
        let (first, step) = (row / ROWS, a.column_stride / ROWS);
        return tile(start, counted.map_while(|depth| panels.get(first + depth * step).copied()), b);
    }
    let columns = a.data.get(row..).unwrap_or(&[]).chunks(a.column_stride);
    tile(start, columns.map_while(|values| values.first_chunk().copied()), b)
}

/// A column times a row.
fn outer<T: Element>(a: &[T], b: &[T], c: &mut [T], adds: bool) {
    let columns = b.len();
    for (x, row) in a.iter().zip(c.chunks_exact_mut(columns)) {
        if columns.is_multiple_of(TILE_VECTORS * T::LANES) {
            let x = T::Vector::splat(*x);
            for (target, tile) in T::tiles_mut(row).iter_mut().zip(T::tiles(b)) {
                let products = T::vectors(*tile).map(|y| x * y);
                *target = T::tile(if adds { sum::<T>(T::vectors(*target), products) } else { products });
            }
            continue;
        }
        for (value, y) in row.iter_mut().zip(b) {
            *value = if adds { *value + *x * *y } else { *x * *y };
        }
    }
}

/// A matrix times a column.
fn times_column<T: Element>(a: View<'_, T>, column: &[T], c: &mut [T], adds: bool) {
    let whole = a.columns / (TILE_VECTORS * T::LANES) * (TILE_VECTORS * T::LANES);
    for (value, row) in c.iter_mut().zip(a.data.chunks_exact(a.columns)) {
        let mut sums = [T::Vector::ZERO; TILE_VECTORS];
        for (x, y) in T::tiles(row).iter().zip(T::tiles(column)) {
            for ((x, y), sum) in T::vectors(*x).into_iter().zip(T::vectors(*y)).zip(&mut sums) {
                *sum = *sum + x * y;
            }
        }
        let [first, second] = sums;
        let mut total = (first + second).sum();
        for (x, y) in row.iter().zip(column).skip(whole) {
            total += *x * *y;
        }
        *value = if adds { *value + total } else { total };
    }
}

/// The way of a small transposed B: each entry is the product of a row of A and a row of what B is the transpose of, two rows by four.
fn dotted<T: Element>(a: View<'_, T>, b: View<'_, T>, c: &mut [T], adds: bool) {
    let depth = a.columns;
    let whole = depth / T::LANES * T::LANES;
    for column in (0..b.columns).step_by(4) {
        // Where columns do not come out even the last is computed more than once and stored once.
        let rights: [&[T]; 4] = std::array::from_fn(|index| {
            let start = (column + index).min(b.columns - 1) * depth;
            b.data.get(start..start + depth).unwrap_or(&[])
        });
        let across = (b.columns - column).min(4);
        for (index, pair) in a.data.chunks(2 * depth).enumerate() {
            // So is the last row where they are odd.
            let first = pair.get(..depth).unwrap_or(&[]);
            let second = pair.get(depth..2 * depth).unwrap_or(first);
            let mut sums = dot_tile([first, second], rights);
            if whole < depth {
                for (x, sums) in [first, second].into_iter().zip(&mut sums) {
                    for (y, sum) in rights.into_iter().zip(sums) {
                        for (x, y) in x.iter().zip(y).skip(whole) {
                            *sum += *x * *y;
                        }
                    }
                }
            }
            let start = 2 * index * b.columns + column;
            for (start, sums) in [start, start + b.columns].into_iter().zip(sums) {
                store_four(c.get_mut(start..start + across).unwrap_or(&mut []), sums, adds);
            }
        }
    }
}

/// Writes four numbers, or those for which there is room.
#[inline(always)]
fn store_four<T: Element>(values: &mut [T], sums: [T; 4], adds: bool) {
    if let Some(four) = values.first_chunk_mut::<4>() {
        if adds {
            for (value, sum) in four.iter_mut().zip(sums) {
                *value += sum;
            }
        } else {
            *four = sums;
        }
        return;
    }
    for (value, sum) in values.iter_mut().zip(sums) {
        *value = if adds { *value + sum } else { sum };
    }
}

/// The products of two rows and four, over whole vectors.
#[inline(always)]
fn dot_tile<T: Element>([a0, a1]: [&[T]; 2], [b0, b1, b2, b3]: [&[T]; 4]) -> [[T; 4]; 2] {
    let mut sums = [[T::Vector::ZERO; 4]; 2];
    let vectors = |row| <[T]>::chunks_exact(row, T::LANES).map(T::Vector::load);
    let rights = vectors(b0).zip(vectors(b1)).zip(vectors(b2).zip(vectors(b3)));
    for ((x0, x1), ((y0, y1), (y2, y3))) in vectors(a0).zip(vectors(a1)).zip(rights) {
        for (x, sums) in [x0, x1].into_iter().zip(&mut sums) {
            for (y, sum) in [y0, y1, y2, y3].into_iter().zip(sums) {
                *sum = *sum + x * y;
            }
        }
    }
    sums.map(T::Vector::sums)
}

/// The first two vectors of a slice, 0 beyond its end.
#[inline(always)]
fn load_tile<T: Element>(values: &[T]) -> [T::Vector; TILE_VECTORS] {
    match values.split_at_checked(T::LANES) {
        Some((first, second)) => [T::Vector::load(first), T::Vector::load(second)],
        None => [T::Vector::load(values), T::Vector::ZERO],
    }
}

/// A tile's products, added to `start` over the depth: the whole cost of a product is here.
#[inline(always)]
fn tile<T: Element, const ROWS: usize>(
    start: [T::Vector; TILE_VECTORS],
    a: impl Iterator<Item = [T; ROWS]>,
    b: impl Iterator<Item = [T::Vector; TILE_VECTORS]>,
) -> [[T::Vector; TILE_VECTORS]; ROWS] {
    let mut sums = [start; ROWS];
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
            store_row::<T>(sums, values, c.adds);
        } else if c.column_stride != 1 {
            let mut lanes = [T::ZERO; 8];
            spread::<T>(sums, &mut lanes);
            let values = c.data.get_mut(start..).unwrap_or(&mut []).iter_mut().step_by(c.column_stride);
            for (value, lane) in values.zip(lanes.into_iter().take(across)) {
                *value = if c.adds { *value + lane } else { lane };
            }
        }
    }
}

/// Writes a row of a tile, whole vectors where it is whole.
#[inline(always)]
fn store_row<T: Element>(sums: &[T::Vector; TILE_VECTORS], values: &mut [T], adds: bool) {
    if values.len() == TILE_VECTORS * T::LANES {
        for (sum, values) in sums.iter().zip(values.chunks_exact_mut(T::LANES)) {
            let sum = if adds { T::Vector::load(values) + *sum } else { *sum };
            sum.write(values);
        }
        return;
    }
    let mut lanes = [T::ZERO; 8];
    spread::<T>(sums, &mut lanes);
    // Index by index on purpose: a loop over the slice becomes a call to copy a few bytes.
    for (index, lane) in lanes.into_iter().enumerate() {
        if let Some(value) = values.get_mut(index) {
            *value = if adds { *value + lane } else { lane };
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
                for into in [Into::Add, Into::Overwrite, Into::Row(&start[..columns])] {
                    let mut c = start.clone();
                    multiply(x, y, &mut c, into, &mut room);
                    for (i, got) in c.iter().enumerate() {
                        let (row, column) = (i / columns, i % columns);
                        let terms = (0..depth).map(|k| a[row * depth + k].double() * b[k * columns + column].double());
                        let before = match into {
                            Into::Add => start[i].double(),
                            Into::Overwrite => 0.0,
                            Into::Row(row) => row[column].double(),
                        };
                        let expected = before + terms.sum::<f64>();
                        assert!((got.double() - expected).abs() < tolerance, "{rows}×{depth}×{columns} at {i}");
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_multiplied_where_sizes_do_not_fit_or_are_0() {
        let mut room = Packed::default();
        let mut c = vec![7.0; 3];
        multiply(View::new(&[], 3, 0), View::new(&[], 0, 1), &mut c, Into::Overwrite, &mut room);
        multiply(View::new(&[1.0; 6], 3, 2), View::new(&[1.0; 3], 3, 1), &mut c, Into::Overwrite, &mut room);
        multiply(View::new(&[1.0; 4], 2, 2), View::new(&[1.0; 2], 2, 1), &mut c, Into::Overwrite, &mut room);
        assert_eq!(c, [7.0; 3]);
    }

    #[test]
    fn columns_are_summed_whole_tiles_or_not() {
        for columns in [1, 3, 4, 8, 10] {
            let values: Vec<f64> = (0..7 * columns).map(|i| (i * i) as f64).collect();
            let mut sums = vec![-1.0; columns];
            column_sums(&values, &mut sums);
            for (column, sum) in sums.iter().enumerate() {
                assert_eq!(*sum, (0..7).map(|row| values[row * columns + column]).sum::<f64>());
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
