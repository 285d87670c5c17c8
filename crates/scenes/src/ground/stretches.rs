//! Stretches of the parameter that were walked, and the slope along them.

use super::Curve;
use crate::kit::settings::{Setting, Value};
use calculus::sort::sort_by;

/// Stretches in order and apart from one another: their ends one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stretches(Vec<f64>);

impl Stretches {
    /// From ends in any order, an odd one left out.
    pub fn of(ends: &[f64]) -> Self {
        let pair = |pair: &[f64]| Some((*pair.first()?, *pair.last()?));
        let mut all: Vec<(f64, f64)> = ends.chunks_exact(2).filter_map(pair).filter(|(a, b)| a <= b).collect();
        sort_by(&mut all, |a, b| a.0.total_cmp(&b.0));
        let mut merged: Vec<f64> = Vec::new();
        for (low, high) in all {
            match merged.last_mut().filter(|end| low <= **end) {
                Some(end) => *end = end.max(high),
                None => merged.extend([low, high]),
            }
        }
        Self(merged)
    }

    /// Adds the way between two places; those that touch become one.
    pub fn add(&mut self, from: f64, to: f64) {
        self.0.extend([from.min(to), from.max(to)]);
        *self = Self::of(&self.0);
    }

    /// The ends, one after the other.
    pub fn ends(&self) -> &[f64] {
        &self.0
    }

    /// The stretches.
    pub fn iter(&self) -> impl Iterator<Item = (f64, f64)> {
        self.0.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
    }

    /// The slope of a curve along them, in pieces that cross no pole, no jump and no undefined stretch. `slopes` is that slope as a
    /// curve; `span` is how wide the picture is in data, `heights` and `steep` what it shows of the two.
    pub fn slopes(
        &self,
        (curve, slopes): (&Curve, &Curve),
        span: f64,
        heights: (f64, f64),
        steep: (f64, f64),
    ) -> Vec<Vec<(f64, f64)>> {
        let width = |(low, high): (f64, f64)| ((high - low) * 960.0 / span).clamp(1.0, 2000.0);
        let walked = self.iter().filter(|(low, high)| low < high);
        let unbroken = walked.flat_map(|stretch| {
            let plot = curve.view(stretch, heights, (width(stretch), 330.0));
            cut(stretch, &plot, span)
        });
        unbroken
            .flat_map(|stretch| slopes.view(stretch, steep, (width(stretch), 220.0)).pieces)
            .map(|piece| piece.points)
            .collect()
    }
}

impl Setting for Stretches {
    fn put(&self) -> Option<Value> {
        Some(Value::Numbers(self.0.clone()))
    }
    fn take(value: &Value) -> Option<Self> {
        Vec::take(value).map(|ends: Vec<f64>| Self::of(&ends))
    }
}

/// A stretch cut where the curve jumps. The slopes on both sides may be the same: the gap is wide enough to be seen.
fn cut((low, high): (f64, f64), plot: &calculus::Plot, span: f64) -> Vec<(f64, f64)> {
    let ends = plot.pieces.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((a.points.last()?.0, b.points.first()?.0)),
        _ => None,
    });
    let gap = 0.003 * span;
    let jumps: Vec<f64> = ends.filter(|(end, start)| start - end <= 1e-9 * span).map(|(end, _)| end).collect();
    let from = core::iter::once(low).chain(jumps.iter().map(|x| x + gap));
    let to = jumps.iter().map(|x| x - gap).chain([high]);
    from.zip(to).filter(|(a, b)| a < b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_touch_are_one() {
        let mut all = Stretches::default();
        for (from, to) in [(0.0, 1.0), (3.0, 2.0), (0.5, 1.5), (1.5, 2.0)] {
            all.add(from, to);
        }
        assert_eq!(all.ends(), [0.0, 3.0]);
        assert_eq!(Stretches::of(&[4.0, 5.0, 1.0, 0.0, 2.0]).ends(), [4.0, 5.0]);
    }

    #[test]
    fn the_slope_is_exact_and_crosses_no_break() {
        let half = core::f64::consts::FRAC_PI_2;
        type Case = (&'static str, fn(f64) -> f64, Vec<f64>);
        let cases: [Case; 8] = [
            ("1/x", |x| -1.0 / (x * x), vec![0.0]),
            ("tan(x)", |x| 1.0 + calculus::math::tan(x) * calculus::math::tan(x), vec![-half, half]),
            ("abs(x)", f64::signum, vec![0.0]),
            ("sqrt(x)", |x| 0.5 / x.sqrt(), vec![]),
            ("ln(x)", |x| 1.0 / x, vec![]),
            ("x^2", |x| 2.0 * x, vec![]),
            ("floor(x)", |_| 0.0, vec![-1.0, 0.0, 1.0]),
            ("floor(x) + x^2/4", |x| x / 2.0, vec![-1.0, 0.0, 1.0]),
        ];
        for (formula, slope, breaks) in cases {
            let curve = Curve::read(formula).unwrap();
            let slopes = curve.slopes().unwrap();
            let pieces = Stretches::of(&[-1.9, 1.9]).slopes((&curve, &slopes), 4.0, (-3.0, 3.0), (-6.0, 6.0));
            assert!(pieces.len() > breaks.len(), "{formula}");
            if formula.starts_with("floor") {
                let gaps = pieces.windows(2).map(|pair| pair[1][0].0 - pair[0][pair[0].len() - 1].0);
                assert!(gaps.fold(1.0, f64::min) > 0.01, "{formula}: a jump leaves a gap that is seen");
            }
            for piece in &pieces {
                let is_end = |x: f64| breaks.iter().any(|b| (b - x).abs() < 1e-6);
                let off = |p: &&(f64, f64)| (p.1 - slope(p.0)).abs() > 1e-6 * (1.0 + slope(p.0).abs());
                // Where the slope leaves the picture the last point lies on its edge.
                assert_eq!(piece.iter().filter(|p| !is_end(p.0) && p.1.abs() < 17.0).find(off), None, "{formula}");
                let (from, to) = (piece[0].0 + 1e-6, piece[piece.len() - 1].0 - 1e-6);
                assert!(!breaks.iter().any(|b| from < *b && *b < to), "{formula}: {from} to {to}");
            }
        }
    }
}
