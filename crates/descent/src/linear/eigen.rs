//! Eigenvalues of symmetric matrices and singular values of any, by Jacobi's rotations: slow for large matrices, and as accurate
//! as the data allow for small ones (Demmel and Veselić, "Jacobi's method is more accurate than QR", SIAM J. Matrix Anal. 13, 1992).

use super::Matrix;
use crate::sums::dot;
use calculus::sort::sort_by;

const SWEEPS: usize = 60;

/// The cosine and sine of the rotation that makes [[a, c], [c, b]] diagonal.
fn rotation(a: f64, b: f64, c: f64) -> (f64, f64) {
    let zeta = (b - a) / (2.0 * c);
    let t = zeta.signum() / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
    let cosine = 1.0 / (1.0 + t * t).sqrt();
    (cosine, cosine * t)
}

/// Turns two equally long vectors by an angle in their plane.
fn turn(p: &mut [f64], q: &mut [f64], (cosine, sine): (f64, f64)) {
    for (x, y) in p.iter_mut().zip(q) {
        (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
    }
}

/// Two different items of a slice at once.
fn two<T>(items: &mut [T], p: usize, q: usize) -> Option<(&mut T, &mut T)> {
    let (left, right) = items.split_at_mut_checked(q)?;
    Some((left.get_mut(p)?, right.first_mut()?))
}

/// The singular values, largest first.
pub(crate) fn singular_values(mut a: Matrix) -> Vec<f64> {
    let width = a.columns.len();
    for _ in 0..SWEEPS {
        let mut turned = false;
        for p in 0..width {
            for q in p + 1..width {
                let Some((x, y)) = two(&mut a.columns, p, q) else {
                    continue;
                };
                let (xx, yy, xy) = (dot(x, x), dot(y, y), dot(x, y));
                if xy != 0.0 && xy.abs() > f64::EPSILON * (xx * yy).sqrt() {
                    turn(x, y, rotation(xx, yy, xy));
                    turned = true;
                }
            }
        }
        if !turned {
            break;
        }
    }
    let mut values: Vec<f64> = a.columns.iter().map(|c| dot(c, c).sqrt()).collect();
    sort_by(&mut values, |x, y| y.total_cmp(x));
    values
}

/// The eigenvalues of a symmetric matrix, largest first, each with its unit eigenvector.
pub(crate) fn symmetric(mut a: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    let n = a.len();
    let mut vectors: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    let at = |a: &[Vec<f64>], i: usize, j: usize| a.get(i).and_then(|r| r.get(j)).copied().unwrap_or(0.0);
    for _ in 0..SWEEPS {
        let mut turned = false;
        for p in 0..n {
            for q in p + 1..n {
                let (pp, qq, pq) = (at(&a, p, p), at(&a, q, q), at(&a, p, q));
                let small = f64::EPSILON * (pp.abs() * qq.abs()).sqrt();
                if pq == 0.0 || !pq.is_finite() || pq.abs() <= small * 0.01 || pq.abs() < f64::MIN_POSITIVE {
                    continue;
                }
                let angle = rotation(pp, qq, pq);
                for row in &mut a {
                    if let Some((x, y)) = two(row, p, q) {
                        (*x, *y) = (angle.0 * *x - angle.1 * *y, angle.1 * *x + angle.0 * *y);
                    }
                }
                if let Some((x, y)) = two(&mut a, p, q) {
                    turn(x, y, angle);
                }
                if let Some((x, y)) = two(&mut vectors, p, q) {
                    turn(x, y, angle);
                }
                turned = true;
            }
        }
        if !turned {
            break;
        }
    }
    let mut pairs: Vec<(f64, Vec<f64>)> = vectors.into_iter().enumerate().map(|(i, v)| (at(&a, i, i), v)).collect();
    sort_by(&mut pairs, |x, y| y.0.total_cmp(&x.0));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eigenvalues_of_a_known_matrix_are_found_with_their_vectors() {
        let a = vec![vec![2.0, -1.0, 0.0], vec![-1.0, 2.0, -1.0], vec![0.0, -1.0, 2.0]];
        let pairs = symmetric(a.clone());
        let root = 2f64.sqrt();
        for ((value, vector), expected) in pairs.iter().zip([2.0 + root, 2.0, 2.0 - root]) {
            assert!((value - expected).abs() < 1e-14, "{value} {expected}");
            for (row, v) in a.iter().zip(vector) {
                assert!((dot(row, vector) - value * v).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn singular_values_of_a_badly_scaled_matrix_keep_their_digits() {
        // Columns (1, 1) and (0, 1e-9): σ₁σ₂ = 1e-9 and σ₁² + σ₂² = 2 + 1e-18.
        let matrix = Matrix { rows: 2, columns: vec![vec![1.0, 1.0], vec![0.0, 1e-9]] };
        let values = singular_values(matrix);
        assert!((values[0] * values[1] / 1e-9 - 1.0).abs() < 1e-14, "{values:?}");
        assert!((values[0] / 2f64.sqrt() - 1.0).abs() < 1e-15);
    }
}
