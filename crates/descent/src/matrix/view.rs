//! Matrices where they lie in memory, and what becomes of them when a product is written over them.

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

    pub(super) fn is_transposed(&self) -> bool {
        self.column_stride != 1
    }
}

/// What becomes of the entries that C has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Into<'a, T> {
    /// They are replaced.
    Overwrite,
    /// The products are added to them.
    Add,
    /// They are replaced by the products and, in every row, these numbers, as many as C has columns.
    Row(&'a [T]),
}
