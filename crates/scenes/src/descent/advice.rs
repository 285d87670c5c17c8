//! What helps: rates that were tried, and how far a slider goes.

use descent::run::Status;

use super::Descent;
use crate::kit::{OptimizerKind, Stepping as _};
use crate::number::{decade, rounded_to_digits, ten_to};

impl Descent {
    /// Rates above this cannot settle in the valley nearest to the start: 2/L″ there for plain descent, 2(1 + μ)/L″ with momentum μ
    /// (Polyak, "Some methods of speeding up the convergence of iteration methods", 1964). Adam has no such bound.
    pub(super) fn largest_stable_rate(&self) -> Option<f64> {
        let start = self.walk.start().first().copied()?;
        let curvature = self.site.land.nearest(start)?.curvature?;
        let limit = match self.settings.optimizer {
            OptimizerKind::Sgd => 2.0 / curvature,
            OptimizerKind::Momentum => 3.8 / curvature,
            OptimizerKind::Adam => return None,
        };
        limit.is_finite().then_some(limit)
    }

    /// A smaller rate that was tried and brings the walk from its start to a valley floor.
    pub(super) fn rate_that_settles(&self) -> Option<f64> {
        let rate = self.settings.learning_rate;
        let first = match self.largest_stable_rate() {
            Some(limit) if limit / 2.0 < rate => limit / 2.0,
            _ => rate / 2.0,
        };
        let mut rate = rounded_to_digits(first, 1);
        for _ in 0..20 {
            if rate >= 1e-12 && self.settles_at(rate) {
                return Some(rate);
            }
            rate = rounded_to_digits(rate / 2.0, 2);
        }
        None
    }

    fn settles_at(&self, rate: f64) -> bool {
        /// Guessed: a learner waits no longer.
        const PATIENCE: usize = 300;
        let Some(start) = self.walk.start().first().copied() else { return false };
        let mut walk = self.walk_from(start);
        walk.set_optimizer(self.settings.optimizer.at_rate(rate));
        for _ in 0..PATIENCE {
            if !walk.step() {
                return false;
            }
            match walk.status() {
                Status::Converged => return true,
                Status::Diverged | Status::Stalled => return false,
                _ => {}
            }
        }
        false
    }

    /// From a crawl to past the largest rate that settles, in whole powers of ten, with the present rate inside.
    pub(super) fn rate_range(&self) -> (f64, f64) {
        let start = self.walk.start().first().copied().unwrap_or(0.0);
        let limit = self.site.land.nearest(start).and_then(|v| v.curvature).map_or(0.5, |c| 2.0 / c);
        let limit = if (1e-9..=1e9).contains(&limit) { limit } else { 0.5 };
        let at_least = |v: f64| ten_to(decade(v) + i32::from(ten_to(decade(v)) < v * (1.0 - 1e-12)));
        let rate = self.settings.learning_rate;
        let low = ten_to(decade(limit / 30.0)).min(ten_to(decade(rate)));
        let high = at_least(limit * 1.6).max(at_least(rate));
        (low, high)
    }

    /// Whether the ball is in the deepest valley in view; none where there are none.
    pub(super) fn found_the_lowest(&self) -> Option<bool> {
        let deepest = self.site.land.deepest()?;
        Some(self.here().value? <= deepest.value + 1e-3 * self.site.land.rise())
    }
}
