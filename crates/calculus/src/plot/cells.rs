//! Cutting the view into stretches of which intervals know enough.

use super::{Curve, View};
use crate::interval::{Doubt, Interval, Registers};

/// A stretch of the variable.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub low: f64,
    pub high: f64,
    pub kind: Kind,
}

/// What intervals say of a stretch.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Defined, continuous, and within a fraction of a pixel of a straight line.
    Straight,
    /// Defined and continuous, but not proven straight; half a pixel wide at most. All values lie in the interval.
    Lively(Interval),
    /// Defined, continuous, and out of sight.
    Away,
    /// Undefined.
    Gap,
    /// Something may break the curve; a pixel wide at most.
    Doubtful(Vec<Doubt>),
    /// Not looked at, because the work allowed was used up; a pixel wide at most.
    Guessed,
}

/// The distance in pixels a straight line may keep from the curve.
const STRAIGHT: f64 = 0.06;
/// The width in pixels at which a lively stretch is not cut further.
const LIVELY: f64 = 0.5;
/// The width in pixels at which a doubtful stretch is searched for breaks.
const DOUBTFUL: f64 = 1.0;
/// Stretches at the start: a power of two a little below what most curves need. Guessed.
const FIRST: usize = 32;

/// What an operation on intervals costs against one on dual numbers. Measured, roughly.
const INTERVAL_WORK: usize = 4;

/// The stretches from left to right, and whether the limit was kept.
pub(super) fn cut(curve: &Curve<'_>, view: &View) -> (Vec<Cell>, bool) {
    let (along, up) = view.scales();
    let (bottom, top) = view.reach();
    let sight = Interval::new(bottom, top);
    let mut cells: Vec<Cell> = Vec::new();
    let mut registers = Registers::default();
    let end = |k: usize| {
        if k == FIRST { view.x.1 } else { view.x.0 + (view.x.1 - view.x.0) * (k as f64 / FIRST as f64) }
    };
    let mut open: Vec<(f64, f64)> = (0..FIRST).rev().map(|k| (end(k), end(k + 1))).collect();
    while let Some((low, high)) = open.pop() {
        if !curve.may_work(INTERVAL_WORK) {
            open.push((low, high));
            break;
        }
        let range = Interval::new(low, high);
        let known = curve.program.enclose(curve.variable as u32, range, &curve.dependent, &curve.fixed, &mut registers);
        let width = (high - low) * along;
        let middle = low + 0.5 * (high - low);
        let last = !(low < middle && middle < high);
        let kind = if known.never {
            Some(Kind::Gap)
        } else if !known.doubts.is_empty() {
            (last || width <= DOUBTFUL).then_some(Kind::Doubtful(known.doubts))
        } else if known.value.high < sight.low || known.value.low > sight.high {
            Some(Kind::Away)
        } else {
            // Curve and chord both start at one end with slopes inside the bounds: they part by at most a quarter of the
            // spread, and the distance across a steep chord is shorter than that straight up.
            let spread = known.slope.width() * (high - low) * 0.25 * up;
            let steep = known.slope.size().low * up / along;
            if spread <= STRAIGHT * (1.0 + steep * steep).sqrt() {
                Some(Kind::Straight)
            } else {
                (last || width <= LIVELY).then_some(Kind::Lively(known.value))
            }
        };
        match kind {
            Some(kind) => cells.push(Cell { low, high, kind }),
            None => {
                open.push((middle, high));
                open.push((low, middle));
            }
        }
    }
    let complete = open.is_empty();
    for (low, high) in open.into_iter().rev() {
        let parts = ((high - low) * along).ceil().max(1.0);
        let end = |k: f64| if k == parts { high } else { low + (high - low) * (k / parts) };
        let mut k = 0.0;
        while k < parts {
            cells.push(Cell { low: end(k), high: end(k + 1.0), kind: Kind::Guessed });
            k += 1.0;
        }
    }
    (cells, complete)
}
