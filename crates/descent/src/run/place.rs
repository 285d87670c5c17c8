//! What kind of place it is where the slope is almost zero: a floor, a summit, a saddle, a plateau.

use super::cause::Cause;
use super::snapshot::Snapshot;
use super::tolerances::{Tolerances, Units};
use crate::linear::eigen;
use crate::problem::Problem;
use crate::sums::largest;

/// Beyond so many parameters the Hessian is not asked what kind of place this is.
const CLASSIFIED: usize = 16;
/// A floor further away than this, by slope over curvature, is not reached yet, however flat the ground.
const FAR: f64 = 0.05;
/// How far is looked for a turn of the ground, in shares of the width of the picture, where the tolerances have units: not visible,
/// hardly visible, and as far as a floor may be that counts as reached.
const REACHES: [f64; 3] = [1e-3, 1e-2, FAR];

/// The kind of place where slope and step are zero.
pub(super) fn classify<P: Problem>(problem: &P, tolerances: &Tolerances, now: &Snapshot) -> Cause {
    let floor = Cause::Floor { tolerances: *tolerances };
    if now.point.len() > CLASSIFIED {
        return floor;
    }
    let axes = axes(problem, &now.point);
    if let Some(units) = tolerances.units {
        return in_units(problem, now, &units, axes).unwrap_or(floor);
    }
    axes.and_then(|axes| by_curvature(problem, now, &axes)).unwrap_or(floor)
}

type Axes = Vec<(f64, Vec<f64>)>;

/// The curvatures, largest first, with the directions they belong to.
fn axes<P: Problem>(problem: &P, at: &[f64]) -> Option<Axes> {
    let hessian = problem.hessian(at)?;
    let finite = hessian.iter().flatten().all(|h| h.is_finite());
    finite.then(|| eigen::symmetric(hessian))
}

/// What is no floor, told by curvature alone: the tolerances are so narrow that slope and place are known to many digits.
fn by_curvature<P: Problem>(problem: &P, now: &Snapshot, axes: &Axes) -> Option<Cause> {
    let ((most, _), (least, axis)) = (axes.first()?, axes.last()?);
    let steepest = most.abs().max(least.abs());
    let noise = 1e-6 * steepest + 1e-9 * largest(&now.gradient).max(f64::MIN_POSITIVE);
    if *least < -noise && *least < -1e-9 {
        let parameter = main_name(&problem.names(), axis);
        return Some(if *most < 0.0 { Cause::Summit { parameter } } else { Cause::Saddle { parameter } });
    }
    let scale = largest(&now.point).max(1.0);
    if largest(&now.gradient) > FAR * scale * steepest && !is_floor(problem, now) {
        return Some(Cause::Plateau { rate_helps: now.optimizer.is_scaled_by_rate() });
    }
    (steepest == 0.0 && !is_floor(problem, now)).then_some(Cause::Flat)
}

/// Whether a small move along any axis, either way, leads up: so at the floor of a kink, where curvature says nothing.
fn is_floor<P: Problem>(problem: &P, now: &Snapshot) -> bool {
    (0..now.point.len()).all(|index| {
        [-1.0, 1.0].iter().all(|sign| {
            let mut moved = now.point.clone();
            if let Some(x) = moved.get_mut(index) {
                *x += sign * 1e-4 * x.abs().max(1.0);
            }
            problem.value(&moved) > now.value
        })
    })
}

/// What the ground does on one side of a place.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Rises,
    Falls,
    Level,
}

/// What is no floor in a picture of these units, told by looking around: where slopes count as zero early, curvature at the very place
/// says little about the ground as it is seen. On the flank of x³ it promises a floor that there is not.
fn in_units<P: Problem>(problem: &P, now: &Snapshot, units: &Units, axes: Option<Axes>) -> Option<Cause> {
    let dimension = now.point.len();
    let axes = axes.unwrap_or_else(|| {
        let unit = |row: usize| (0..dimension).map(|c| f64::from(u8::from(c == row))).collect();
        (0..dimension).map(|row| (0.0, unit(row))).collect()
    });
    let steepest = axes.iter().fold(0.0f64, |m, (curvature, _)| m.max(curvature.abs()));
    let sides: Vec<[Side; 2]> = axes
        .iter()
        .map(|(curvature, axis)| {
            let is_hill = *curvature < -1e-6 * steepest;
            [-1.0, 1.0].map(|sign| side(problem, now, units, sign, axis, is_hill))
        })
        .collect();
    // The last axis is that of the smallest curvature, along which the ground falls most.
    let hill = axes.iter().zip(&sides).rev().find(|(_, sides)| **sides == [Side::Falls; 2]);
    if let Some(((_, axis), _)) = hill {
        let parameter = main_name(&problem.names(), axis);
        let is_saddle = sides.iter().flatten().any(|side| *side == Side::Rises);
        return Some(if is_saddle { Cause::Saddle { parameter } } else { Cause::Summit { parameter } });
    }
    if sides.iter().flatten().any(|side| *side == Side::Falls) {
        return Some(Cause::Plateau { rate_helps: now.optimizer.is_scaled_by_rate() });
    }
    // Along a parameter that changes nothing there is neither up nor down; only where all are so is the ground flat.
    sides.iter().flatten().all(|side| *side == Side::Level).then_some(Cause::Flat)
}

/// What the ground does on the way along an axis. In a valley a turn upwards within reach makes the side rise, on a hill a turn
/// downwards makes it fall, so that neither floor nor summit need be met exactly.
fn side<P: Problem>(problem: &P, now: &Snapshot, units: &Units, sign: f64, axis: &[f64], is_hill: bool) -> Side {
    // Formulas round at the size of what they add up, for which the height of the picture stands. The factor is guessed.
    let noise = 64.0 * f64::EPSILON * (now.value.abs() + units.place * units.slope);
    let (mut rises, mut falls, mut defined) = (false, false, false);
    for reach in REACHES {
        let moved: Vec<f64> = now.point.iter().zip(axis).map(|(x, a)| x + sign * reach * units.place * a).collect();
        let value = problem.value(&moved);
        defined |= !value.is_nan();
        rises |= value > now.value + noise;
        falls |= value < now.value - noise;
    }
    match (rises, falls) {
        // Where there is no ground there is no way down.
        _ if !defined => Side::Rises,
        (true, true) if is_hill => Side::Falls,
        (true, _) => Side::Rises,
        (false, true) => Side::Falls,
        (false, false) => Side::Level,
    }
}

/// Whether the ground is higher on both sides along every parameter within a distance: a floor lies in between.
pub(super) fn is_floor_within<P: Problem>(problem: &P, now: &Snapshot, distance: f64) -> bool {
    now.point.len() <= CLASSIFIED
        && (0..now.point.len()).all(|index| {
            [-distance, distance].iter().all(|move_by| {
                let mut moved = now.point.clone();
                if let Some(x) = moved.get_mut(index) {
                    *x += move_by;
                }
                problem.value(&moved) > now.value
            })
        })
}

/// The parameter that an axis points along most.
fn main_name(names: &[String], axis: &[f64]) -> String {
    let longest = axis.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    longest.and_then(|(i, _)| names.get(i)).cloned().unwrap_or_default()
}
