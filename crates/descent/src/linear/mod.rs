//! The little linear algebra that regression and curvature need, small enough to be read.

pub(crate) mod eigen;
pub(crate) mod qr;

/// A dense matrix, column by column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) columns: Vec<Vec<f64>>,
}

impl Matrix {
    pub(crate) fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns: vec![vec![0.0; rows]; columns] }
    }

    /// out = A x.
    pub(crate) fn times(&self, x: &[f64], out: &mut [f64]) {
        out.fill(0.0);
        for (column, x) in self.columns.iter().zip(x) {
            for (o, a) in out.iter_mut().zip(column) {
                *o += a * x;
            }
        }
    }

    /// Aᵀ y for one column of A.
    pub(crate) fn column_dot(&self, column: usize, y: &[f64]) -> f64 {
        self.columns.get(column).map_or(0.0, |c| crate::sums::dot(c, y))
    }
}
