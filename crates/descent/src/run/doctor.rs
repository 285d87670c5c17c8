//! The learning-rate doctor: what the curvature here says about which rates crawl, converge, oscillate and diverge.
//!
//! Along a direction of curvature λ a step of plain gradient descent multiplies the distance to the floor by 1 − ηλ: it shrinks evenly
//! while ηλ < 1, from side to side while 1 < ηλ < 2, and grows beyond 2 (Goh, "Why momentum really works", Distill, 2017). For a
//! quadratic loss this is exact everywhere, for others near the point.

use serde::Serialize;

use crate::linear::eigen;
use crate::problem::Problem;
use crate::random::Random;
use crate::sums::dot;

/// Below this share of the stable rate's half even the steepest direction shrinks by less than 5 % a step. A choice, not a law.
const CRAWL: f64 = 0.05;
/// Up to so many parameters all curvatures are found at once.
const SMALL: usize = 16;

/// How a rate behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Pace {
    /// Steady but slow: less than 5 % nearer a step even where it is steepest.
    Crawls,
    /// Steadily nearer.
    Converges,
    /// Nearer, from side to side of the valley.
    Oscillates,
    /// Further away with every step.
    Diverges,
}

/// What the curvature at a point says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Diagnosis {
    /// λ_max, the largest curvature; not above 0 on a summit.
    pub steepest: f64,
    /// λ_min, the smallest; below 0 at a saddle.
    pub flattest: f64,
    /// Rates below this crawl: 0.05/λ_max.
    pub crawls_below: Option<f64>,
    /// Rates up to this come nearer steadily, above it from side to side: 1/λ_max.
    pub oscillates_above: Option<f64>,
    /// Rates above this diverge: 2/λ_max.
    pub diverges_above: Option<f64>,
    /// The rate that serves the steepest and the flattest direction best: 2/(λ_max + λ_min).
    pub best: Option<f64>,
    /// λ_max/λ_min; absent unless both are above 0.
    pub condition_number: Option<f64>,
}

impl Diagnosis {
    /// From the two ends of the curvatures; `None` unless both are finite.
    #[must_use]
    pub fn of(steepest: f64, flattest: f64) -> Option<Self> {
        if !(steepest.is_finite() && flattest.is_finite()) {
            return None;
        }
        let share = |part: f64| (steepest > 0.0).then(|| part / steepest).filter(|r| r.is_finite());
        let bowl = flattest > 0.0;
        Some(Self {
            steepest,
            flattest,
            crawls_below: share(CRAWL),
            oscillates_above: share(1.0),
            diverges_above: share(2.0),
            best: bowl.then(|| 2.0 / (steepest + flattest)),
            condition_number: bowl.then(|| steepest / flattest).filter(|c| c.is_finite()),
        })
    }

    /// How a rate behaves here; `None` where the ground does not curve upwards.
    #[must_use]
    pub fn pace(&self, rate: f64) -> Option<Pace> {
        let (crawl, even, stable) = (self.crawls_below?, self.oscillates_above?, self.diverges_above?);
        Some(if rate < crawl {
            Pace::Crawls
        } else if rate <= even {
            Pace::Converges
        } else if rate < stable {
            Pace::Oscillates
        } else {
            Pace::Diverges
        })
    }

    /// How many steps at a rate bring the slowest direction ten times nearer; `None` where it never does.
    #[must_use]
    pub fn steps_to_a_tenth(&self, rate: f64) -> Option<f64> {
        let factor = [self.steepest, self.flattest].iter().fold(0.0f64, |m, l| m.max((1.0 - rate * l).abs()));
        if factor.is_nan() || factor >= 1.0 {
            return None;
        }
        let steps = -std::f64::consts::LN_10 / calculus::math::ln(factor.max(f64::MIN_POSITIVE));
        Some(steps.ceil().max(1.0)).filter(|s| s.is_finite())
    }

    /// The verdict on a rate in one or two sentences.
    #[must_use]
    pub fn advice(&self, rate: f64) -> String {
        let stable = self.diverges_above.unwrap_or(0.0);
        match self.pace(rate) {
            None => "The ground does not curve upwards here, so no rate is too large and none is sure. Take a step and look again.".to_owned(),
            Some(Pace::Diverges) => format!(
                "At this rate each step lands further away than the one before. Stay below {stable:.3e}, two over the largest curvature."
            ),
            Some(Pace::Oscillates) => "At this rate steps jump from side to side of the valley and still come nearer. Half of it would go straight.".to_owned(),
            Some(Pace::Crawls) => format!(
                "At this rate steps are short: it can be raised to about {:.3e} before they jump from side to side.",
                stable / 2.0
            ),
            Some(Pace::Converges) => "At this rate every step comes nearer.".to_owned(),
        }
    }
}

/// What the curvature at a point says; `None` where there is none that is finite.
///
/// Small problems ask for the whole Hessian; large ones find its ends by power iteration from a seeded start.
pub fn examine<P: Problem>(problem: &P, at: &[f64], seed: u64) -> Option<Diagnosis> {
    if at.len() <= SMALL
        && let Some(hessian) = problem.hessian(at)
    {
        if hessian.iter().flatten().any(|h| !h.is_finite()) {
            return None;
        }
        let axes = eigen::symmetric(hessian);
        return Diagnosis::of(axes.first()?.0, axes.last()?.0);
    }
    const ITERATIONS: u32 = 300;
    let largest = power_iteration(problem, at, 0.0, ITERATIONS, seed)?;
    // Seen from the largest in magnitude, the other end is the one furthest away.
    let other = largest + power_iteration(problem, at, largest, ITERATIONS, seed.wrapping_add(1))?;
    Diagnosis::of(largest.max(other), largest.min(other))
}

/// The eigenvalue of H − shift·1 that is largest in magnitude, by power iteration on Hessian–vector products (von Mises and
/// Pollaczek-Geiringer, 1929), stopping when it has settled to ten digits.
pub fn power_iteration<P: Problem>(problem: &P, at: &[f64], shift: f64, iterations: u32, seed: u64) -> Option<f64> {
    let mut random = Random::new(seed);
    let mut direction: Vec<f64> = (0..at.len()).map(|_| random.normal()).collect();
    let mut image = vec![0.0; at.len()];
    let mut eigenvalue = 0.0f64;
    for _ in 0..iterations {
        let length = dot(&direction, &direction).sqrt();
        if length == 0.0 {
            return Some(0.0);
        }
        direction.iter_mut().for_each(|d| *d /= length);
        problem.curvature(at, &direction, &mut image);
        for (i, d) in image.iter_mut().zip(&direction) {
            *i -= shift * d;
        }
        let next = dot(&direction, &image);
        if !next.is_finite() {
            return None;
        }
        let settled = (next - eigenvalue).abs() <= 1e-12 * next.abs();
        eigenvalue = next;
        if settled {
            break;
        }
        std::mem::swap(&mut direction, &mut image);
    }
    Some(eigenvalue)
}
