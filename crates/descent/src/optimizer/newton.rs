//! Newton's method, made safe.

use super::line_search::backtrack;
use crate::linear::eigen;
use crate::problem::Problem;
use crate::sums::dot;

/// Beyond so many parameters the Hessian costs more than it gives and the step is that of the line search.
pub const LARGEST_HESSIAN: usize = 64;

/// A curvature below this share of the largest counts as this share.
const FLATTEST: f64 = 1e-8;

/// x ← x − η H⁻¹ g where the Hessian H is positive definite.
///
/// Where it is not, Newton's step would climb to a saddle or a summit: there every curvature is replaced by its magnitude (Greenstadt,
/// "On the relative efficiencies of gradient methods", 1967; Nocedal and Wright, section 3.4). A step that does not lower the loss
/// is halved until it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Newton {
    /// η, the share of the step that is taken.
    pub learning_rate: f64,
}

impl Newton {
    /// Moves the parameters one step; not at all where no such step lowers the loss.
    pub fn step<P: Problem + ?Sized>(&mut self, problem: &P, value: f64, parameters: &mut [f64], gradient: &[f64]) {
        let hessian = (parameters.len() <= LARGEST_HESSIAN).then(|| problem.hessian(parameters)).flatten();
        let direction = hessian.and_then(|hessian| safe_direction(hessian, gradient));
        let moved = direction.is_some_and(|d| backtrack(problem, value, parameters, gradient, &d, self.learning_rate));
        if !moved {
            let downhill: Vec<f64> = gradient.iter().map(|g| -g).collect();
            backtrack(problem, value, parameters, gradient, &downhill, self.learning_rate);
        }
    }
}

/// −|H|⁻¹ g; `None` where the Hessian is not finite or 0.
fn safe_direction(hessian: Vec<Vec<f64>>, gradient: &[f64]) -> Option<Vec<f64>> {
    if hessian.iter().flatten().any(|h| !h.is_finite()) {
        return None;
    }
    let axes = eigen::symmetric(hessian);
    let steepest = axes.iter().fold(0.0f64, |m, (value, _)| m.max(value.abs()));
    if steepest == 0.0 {
        return None;
    }
    let mut direction = vec![0.0; gradient.len()];
    for (value, axis) in &axes {
        let share = -dot(axis, gradient) / value.abs().max(FLATTEST * steepest);
        for (d, a) in direction.iter_mut().zip(axis) {
            *d += share * a;
        }
    }
    direction.iter().all(|d| d.is_finite()).then_some(direction)
}
