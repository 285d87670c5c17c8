//! Sums that lose nothing to the order of their terms.

/// A running sum with its rounding errors carried along (Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation
/// endlicher Summen", ZAMM 54, 1974). The result is as good as if summed in twice the precision and rounded once.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    pub(crate) fn add(&mut self, term: f64) {
        let next = self.total + term;
        self.lost +=
            if self.total.abs() >= term.abs() { (self.total - next) + term } else { (term - next) + self.total };
        self.total = next;
    }

    pub(crate) fn value(self) -> f64 {
        self.total + self.lost
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(terms: I) -> Self {
        let mut sum = Self::default();
        for term in terms {
            sum.add(term);
        }
        sum
    }
}

/// The compensated sum of the terms.
pub(crate) fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    Sum::from_iter(terms).value()
}

/// The arithmetic mean; 0 for no values.
pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    sum(values.iter().copied()) / values.len() as f64
}

/// The standard deviation with divisor n (ddof 0) about a known mean.
pub(crate) fn deviation(values: &[f64], mean: f64) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    // The second sum takes away what rounding the mean put in (Chan, Golub and LeVeque, 1983).
    let n = values.len() as f64;
    let squares = sum(values.iter().map(|v| (v - mean) * (v - mean)));
    let drift = sum(values.iter().map(|v| v - mean));
    ((squares - drift * drift / n).max(0.0) / n).sqrt()
}

/// The mean square of what fitted values miss by, given with the size of the numbers that each miss is the difference of. 0 where all
/// misses are within the rounding of those numbers: exactly straight data are missed by nothing.
pub(crate) fn mean_square(misses: impl Iterator<Item = (f64, f64)>) -> f64 {
    const NOISE: f64 = 64.0 * f64::EPSILON;
    let (mut squares, mut count, mut exact) = (Sum::default(), 0usize, true);
    for (miss, size) in misses {
        squares.add(miss * miss);
        count += 1;
        exact &= miss.abs() <= NOISE * size;
    }
    if exact { 0.0 } else { squares.value() / count as f64 }
}

/// Σ aᵢ bᵢ, plainly.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The largest magnitude; 0 for no values.
pub(crate) fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |m, v| v.abs().max(m))
}

/// Whether every value is finite: 0 times any other is not a number. Eight sums at a time, which compilers lay side by side.
pub(crate) fn all_finite(values: &[f64]) -> bool {
    let (eights, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        for (sum, value) in sums.iter_mut().zip(eight) {
            *sum += value * 0.0;
        }
    }
    sums.iter().chain(rest).all(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compensated_sum_keeps_the_small_terms() {
        assert_eq!(sum([1e100, 1.0, -1e100]), 1.0);
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100]), 2.0);
    }

    #[test]
    fn one_value_that_is_not_finite_is_found_wherever_it_stands() {
        for length in [1, 7, 8, 9, 24, 27] {
            let mut values = vec![-1e308; length];
            assert!(all_finite(&values));
            for place in 0..length {
                for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                    values[place] = wrong;
                    assert!(!all_finite(&values), "{wrong} at {place} of {length}");
                }
                values[place] = 0.0;
            }
        }
        assert!(all_finite(&[]));
    }

    #[test]
    fn the_deviation_of_shifted_values_does_not_drown_in_the_shift() {
        let values: Vec<f64> = [1.0, 2.0, 3.0, 4.0].iter().map(|v| v + 1e9).collect();
        assert_eq!(deviation(&values, mean(&values)), 1.25f64.sqrt());
    }
}
