//! Householder QR with column pivoting: A P = Q R.
//!
//! Businger and Golub, "Linear least squares solutions by Householder transformations", Numerische Mathematik 7, 1965; Golub and
//! Van Loan, "Matrix Computations", 4th edition, algorithm 5.4.1. The normal equations square the condition number and lose every
//! digit where QR loses half.

use super::Matrix;
use crate::sums::dot;

/// R, the pivots, and Qᵀ y for one right-hand side.
pub(crate) struct Qr {
    /// The upper triangle, column k being the k-th pivot's.
    r: Vec<Vec<f64>>,
    /// Which column of A stands k-th.
    pub(crate) order: Vec<usize>,
    /// How many columns are independent.
    pub(crate) rank: usize,
    /// The first entries of Qᵀ y.
    rotated: Vec<f64>,
}

/// Factors A, whose columns should be scaled alike. A column counts as dependent when what is left of it is at most `tolerance`
/// long.
pub(crate) fn factor(mut a: Matrix, mut y: Vec<f64>, tolerance: f64) -> Qr {
    let width = a.columns.len();
    let steps = width.min(a.rows);
    let mut order: Vec<usize> = (0..width).collect();
    let mut rank = 0;
    for k in 0..steps {
        let (longest, length) = longest_tail(&a, k);
        if length.is_nan() || length <= tolerance {
            break;
        }
        a.columns.swap(k, longest);
        order.swap(k, longest);
        reflect(&mut a, &mut y, k, length);
        rank += 1;
    }
    y.truncate(width);
    for column in &mut a.columns {
        column.truncate(width);
    }
    Qr { r: a.columns, order, rank, rotated: y }
}

/// The column with the longest part below row k, recomputed rather than downdated: exact and cheap at these sizes.
fn longest_tail(a: &Matrix, k: usize) -> (usize, f64) {
    let mut best = (k, 0.0);
    for (index, column) in a.columns.iter().enumerate().skip(k) {
        let tail = column.get(k..).unwrap_or(&[]);
        let length = dot(tail, tail).sqrt();
        if length > best.1 {
            best = (index, length);
        }
    }
    best
}

/// Reflects rows k.. so that column k becomes ∓length on the diagonal and 0 below.
fn reflect(a: &mut Matrix, y: &mut [f64], k: usize, length: f64) {
    let (done, rest) = a.columns.split_at_mut(k + 1);
    let Some(pivot) = done.last_mut() else { return };
    let Some((head, _)) = pivot.get(k..).and_then(<[f64]>::split_first) else {
        return;
    };
    let diagonal = if *head > 0.0 { -length } else { length };
    let mut normal = pivot.get(k..).unwrap_or(&[]).to_vec();
    if let Some(first) = normal.first_mut() {
        *first -= diagonal;
    }
    let half = dot(&normal, &normal) / 2.0;
    for vector in rest.iter_mut().map(Vec::as_mut_slice).chain([y]) {
        let Some(tail) = vector.get_mut(k..) else {
            continue;
        };
        let share = dot(&normal, tail) / half;
        for (t, v) in tail.iter_mut().zip(&normal) {
            *t -= share * v;
        }
    }
    for (row, entry) in pivot.iter_mut().enumerate().skip(k) {
        *entry = if row == k { diagonal } else { 0.0 };
    }
}

impl Qr {
    fn entry(&self, row: usize, column: usize) -> f64 {
        self.r.get(column).and_then(|c| c.get(row)).copied().unwrap_or(0.0)
    }

    /// Solves R z = b for the leading independent columns.
    fn back_substitute(&self, b: &[f64]) -> Vec<f64> {
        let mut z = vec![0.0; self.rank];
        for row in (0..self.rank).rev() {
            let known: f64 = (row + 1..self.rank).map(|c| self.entry(row, c) * z[c]).sum();
            z[row] = (b.get(row).copied().unwrap_or(0.0) - known) / self.entry(row, row);
        }
        z
    }

    /// The least-squares solution in A's column order; dependent columns get 0.
    pub(crate) fn solution(&self) -> Vec<f64> {
        let mut solution = vec![0.0; self.order.len()];
        for (z, &column) in self.back_substitute(&self.rotated).iter().zip(&self.order) {
            if let Some(slot) = solution.get_mut(column) {
                *slot = *z;
            }
        }
        solution
    }

    /// The columns that depend on others, and the columns they depend on.
    pub(crate) fn dependent(&self) -> (Vec<usize>, Vec<usize>) {
        const NOTICEABLE: f64 = 1e-7;
        let dependent = self.order.get(self.rank..).unwrap_or(&[]).to_vec();
        let mut on: Vec<usize> = Vec::new();
        for column in self.r.iter().skip(self.rank) {
            let shares = self.back_substitute(column);
            for (share, &name) in shares.iter().zip(&self.order) {
                if share.abs() > NOTICEABLE && !on.contains(&name) {
                    on.push(name);
                }
            }
        }
        on.sort_unstable();
        (dependent, on)
    }

    /// R with its columns put back in A's order: a square root F of AᵀA = FᵀF.
    pub(crate) fn root(&self) -> Matrix {
        let width = self.order.len();
        let mut root = Matrix::zeros(width, width);
        for (column, &place) in self.r.iter().zip(&self.order) {
            if let Some(slot) = root.columns.get_mut(place) {
                for (to, from) in slot.iter_mut().zip(column) {
                    *to = *from;
                }
            }
        }
        root
    }

    /// (AᵀA)⁻¹ b in A's column order. Right only at full rank.
    pub(crate) fn inverse_gram_times(&self, b: &[f64]) -> Vec<f64> {
        let mut z = vec![0.0; self.rank];
        for row in 0..self.rank {
            let known: f64 = (0..row).map(|c| self.entry(c, row) * z[c]).sum();
            let right = self.order.get(row).and_then(|&c| b.get(c)).copied().unwrap_or(0.0);
            z[row] = (right - known) / self.entry(row, row);
        }
        let mut result = vec![0.0; self.order.len()];
        for (value, &column) in self.back_substitute(&z).iter().zip(&self.order) {
            if let Some(slot) = result.get_mut(column) {
                *slot = *value;
            }
        }
        result
    }
}
