//! Runs for pictures: the way so far in a bounded number of places.

use serde::Serialize;

use super::Run;
use crate::problem::Problem;

/// The way of a run up to now, oldest first, thinned where it is long.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Path {
    /// How many numbers a point has.
    pub dimension: usize,
    /// After how many moves each state was reached; the first is 0, the last the present.
    pub steps: Vec<u64>,
    /// As many points as steps, one after the other.
    pub points: Vec<f64>,
    /// The loss at each.
    pub values: Vec<f64>,
}

impl<P: Problem> Run<P> {
    /// The way up to now in at most `most` states, but at least the start and the present. The first third and the newest sixth are
    /// whole, as far as they are kept; between them every so many states are left out, an even number, so that a zigzag from one side
    /// of a valley to the other stays a zigzag.
    #[must_use]
    pub fn path(&self, most: usize) -> Path {
        let kept: Vec<_> = self.trail().collect();
        let mut path = Path { dimension: self.start().len(), ..Path::default() };
        for state in thinned(kept.len(), most).filter_map(|index| kept.get(index)) {
            path.steps.push(state.step);
            path.points.extend_from_slice(&state.point);
            path.values.push(state.value);
        }
        path
    }
}

/// Which of `count` places are taken.
fn thinned(count: usize, most: usize) -> impl Iterator<Item = usize> {
    let most = most.max(2);
    let is_short = count <= most;
    let first = if is_short { count } else { (most / 3).max(1) };
    let last = if is_short { count } else { count - (most / 6).max(1) };
    let between = if is_short { 0 } else { most - first - (count - last) };
    let stride = if between == 0 { usize::MAX } else { (last - first).div_ceil(between) | 1 };
    let middle = (first..last).step_by(stride).take(between);
    (0..first).chain(middle).chain(last..count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_way_is_thinned_with_its_ends_and_its_zigzag_kept() {
        for (count, most) in [(100_000, 600), (601, 600), (1000, 7), (50, 3), (5, 2), (9, 0)] {
            let taken: Vec<usize> = thinned(count, most).collect();
            assert!(taken.len() <= most.max(2), "{} of {count} for {most}", taken.len());
            assert_eq!((taken[0], taken.last()), (0, Some(&(count - 1))));
            assert!(taken.windows(2).all(|pair| pair[0] < pair[1]));
            let odd = taken.windows(2).filter(|pair| (pair[1] - pair[0]) % 2 == 1).count();
            assert!(odd + 1 >= taken.len() - 1, "steps between kept places are odd, but at the last joint");
        }
        assert_eq!(thinned(5, 5).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!(thinned(0, 5).count(), 0);
    }
}
