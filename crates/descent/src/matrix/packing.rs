//! Copies of blocks in the very order in which the kernel reads them.

use super::element::{Element, Vector};
use super::view::View;
use super::{TILE_ROWS, TILE_VECTORS};

/// Room for copied blocks, kept between products so that none allocates.
#[derive(Clone, Debug)]
pub struct Packed<T: Element> {
    pub(super) a: Vec<[T; TILE_ROWS]>,
    pub(super) b: Vec<[T::Vector; TILE_VECTORS]>,
    pub(super) turned: Vec<T>,
}

impl<T: Element> Default for Packed<T> {
    fn default() -> Self {
        Self { a: Vec::new(), b: Vec::new(), turned: Vec::new() }
    }
}

/// Copies columns k..k+deep of A, four rows to a panel; what stands in rows beyond the last is never stored.
pub(super) fn pack_a<T: Element>(a: View<'_, T>, k: usize, deep: usize, room: &mut Vec<[T; TILE_ROWS]>) {
    room.resize(a.rows.div_ceil(TILE_ROWS) * deep, [T::ZERO; TILE_ROWS]);
    for (panel, packed) in room.chunks_exact_mut(deep).enumerate() {
        let first = panel * TILE_ROWS;
        let high = TILE_ROWS.min(a.rows - first);
        if a.row_stride == 1 {
            // A transposed matrix: four neighbours in memory at each depth.
            for (depth, entry) in packed.iter_mut().enumerate() {
                let values = a.data.get(first + (k + depth) * a.column_stride..).unwrap_or(&[]);
                // A copy of a length known beforehand is four moves; of any other, a call, which costs more than a small product.
                *entry = match values.first_chunk() {
                    Some(four) if high == TILE_ROWS => *four,
                    _ => std::array::from_fn(|row| values.get(row).copied().unwrap_or(T::ZERO)),
                };
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
pub(super) fn pack_b<T: Element>(
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

/// Copies a matrix seen as its transpose so that it is stored row by row.
pub(super) fn turn<T: Element>(b: View<'_, T>, room: &mut Vec<T>) {
    room.resize(b.data.len(), T::ZERO);
    for (depth, row) in room.chunks_exact_mut(b.columns).enumerate() {
        for (value, line) in row.iter_mut().zip(b.data.chunks_exact(b.rows)) {
            *value = line.get(depth).copied().unwrap_or(T::ZERO);
        }
    }
}
