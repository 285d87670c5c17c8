//! A line, the two ways to write it in parameters, and its loss over the houses: the core's own, with what pictures and advice need
//! of it worked out once.

use descent::regression::{LinearRegression, SquaredError, Standardize};

use crate::kit::{OptimizerKind, Point};
use crate::number::{decade, rounded_to_digits, ten_to};

/// The largest parameter a walk can begin with: its square leaves room for the loss.
pub const LARGEST_PARAMETER: f64 = 1e100;

/// A line in the units of the data: target = intercept + slope × feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Target units per feature unit.
    pub slope: f64,
    /// What it says where the feature is 0.
    pub intercept: f64,
}

impl Line {
    /// What the line says for one house.
    pub fn at(self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }

    /// The line through two points of different x; none when they share it.
    pub fn through(a: (f64, f64), b: (f64, f64)) -> Option<Self> {
        let slope = (b.1 - a.1) / (b.0 - a.0);
        let line = Self { slope, intercept: a.1 - slope * a.0 };
        (line.slope.is_finite() && line.intercept.is_finite()).then_some(line)
    }
}

/// The coordinates in which the parameters are learnt: ŷ = p₀·(x − centre)/scale + p₁.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basis {
    /// Taken off the feature.
    pub centre: f64,
    /// What it is divided by.
    pub scale: f64,
}

impl Basis {
    /// The feature as it stands: p₀ is the slope, p₁ the intercept.
    pub const RAW: Self = Self { centre: 0.0, scale: 1.0 };

    /// The parameters of a line.
    pub fn parameters(self, line: Line) -> [f64; 2] {
        [line.slope * self.scale, line.intercept + line.slope * self.centre]
    }

    /// The line with these parameters.
    pub fn line(self, [p, q]: [f64; 2]) -> Line {
        let slope = p / self.scale;
        Line { slope, intercept: q - slope * self.centre }
    }
}

/// The first two numbers of a point.
pub fn pair(point: &[f64]) -> [f64; 2] {
    let at = |i: usize| point.get(i).copied().unwrap_or(0.0);
    [at(0), at(1)]
}

/// The mean squared error over the houses. With the feature standardised it is (w − w*)² + (c − c*)² + floor, so that how far a line is
/// from the best one is measured in target units; the pictures are made of that.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The loss that is descended.
    pub objective: SquaredError,
    /// The basis of its parameters.
    pub basis: Basis,
    /// The basis of the standardised feature.
    pub standard: Basis,
    /// Whether the feature varies: else no slope is better than another, and the bowl is a trough.
    pub curved: bool,
    /// (w*, c*): the best line in the standard basis.
    pub best: [f64; 2],
    /// The mean squared error that no line can beat.
    pub floor: f64,
    /// Standard deviation of the target with divisor n.
    pub deviation: f64,
    /// The largest and the smallest curvature of the loss.
    pub curvatures: [f64; 2],
}

impl Fit {
    /// The house that tells most: a large one (two deviations above the mean) that sold for well above what the best line says (two and
    /// three quarter typical misses).
    pub fn telling(&self, houses: &[Point]) -> usize {
        let (best, miss) = (self.best_line(), self.floor.sqrt().max(1e-300));
        let scores = houses.iter().map(|(x, y)| {
            let large = (x - self.standard.centre) / self.standard.scale - 2.0;
            let above = (y - best.at(*x)) / miss - 2.75;
            large * large + above * above
        });
        scores.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
    }

    /// Over two houses at least, no number beyond 1e50: the tables see to it.
    pub fn new(houses: &[Point], standardize: bool) -> Self {
        #[allow(clippy::expect_used)]
        let regress = |what| {
            let (xs, ys) = houses.iter().copied().unzip();
            LinearRegression::with_constants(vec![xs], ys, None, what).expect("two houses at least")
        };
        let regression = regress(Standardize::Features);
        let scale = regression.scaling().features.first().copied().unwrap_or(descent::regression::Scale::NONE);
        let standard = Basis { centre: scale.mean, scale: scale.deviation };
        let bowl = regression.objective();
        let best = pair(&bowl.minimum());
        let objective = if standardize { bowl.clone() } else { regress(Standardize::Nothing).objective().clone() };
        Self {
            basis: if standardize { standard } else { Basis::RAW },
            standard,
            curved: regression.dependent_columns().is_none() && regression.deviations().iter().all(|d| *d > 0.0),
            best,
            floor: bowl.least(),
            // The line that says the mean for every house misses by the variance.
            deviation: bowl.value(&[0.0, best[1]]).sqrt(),
            curvatures: pair(&objective.eigenvalues()),
            objective,
        }
    }

    /// The least-squares line. Where the feature never changes: the flat line at the mean.
    pub fn best_line(&self) -> Line {
        self.standard.line(self.best)
    }

    /// How far parameters are from the best ones in the standard basis, target units.
    pub fn offset(&self, basis: Basis, p: [f64; 2]) -> [f64; 2] {
        let [w, c] = if basis == self.standard { p } else { self.standard.parameters(basis.line(p)) };
        [w - self.best[0], c - self.best[1]]
    }

    /// Whether no line is better by anything that could be seen: nearer to the best one than 1e-10 of the spread of the target. A target
    /// that hardly varies is measured by its size instead, below which rounding would keep every line away.
    pub fn is_best(&self, p: [f64; 2]) -> bool {
        let [w, c] = self.offset(self.basis, p);
        let scale = self.deviation.max(1e-3 * self.best[1].abs()).max(1e-60);
        (if self.curved { w.abs() } else { 0.0 }).max(c.abs()) <= 1e-10 * scale
    }

    /// R²: the share of the target's variance that a line with this loss explains; none where the target never changes.
    pub fn r_squared(&self, loss: f64) -> Option<f64> {
        let r = 1.0 - loss / (self.deviation * self.deviation);
        (self.deviation > 0.0 && r.is_finite()).then_some(r)
    }

    /// 2 over the largest curvature: above it plain descent runs away, here as everywhere on a quadratic loss.
    pub fn largest_stable_rate(&self) -> f64 {
        2.0 / self.curvatures[0]
    }

    /// The same for an optimiser: (1 + μ)·2/λ with momentum μ = 0.9 (Polyak, "Some methods of speeding up the convergence of iteration
    /// methods", 1964). Adam has no such number.
    pub fn limit(&self, kind: OptimizerKind) -> Option<f64> {
        let largest = match kind {
            OptimizerKind::Sgd => self.largest_stable_rate(),
            OptimizerKind::Momentum => 1.9 * self.largest_stable_rate(),
            OptimizerKind::Adam => return None,
        };
        (largest.is_finite() && largest > 0.0).then_some(largest)
    }

    /// A typical size of the first parameter, against which a step of Adam is measured.
    fn parameter_size(&self) -> f64 {
        self.deviation.max(1e-3 * self.best[1].abs()).max(1e-30) / self.standard.scale * self.basis.scale
    }

    /// A rate that settles in a few dozen to a few hundred steps where anything does: a tenth of the limit, less with momentum.
    pub fn usual_rate(&self, kind: OptimizerKind) -> f64 {
        let rate = match kind {
            OptimizerKind::Sgd => self.largest_stable_rate() / 10.0,
            OptimizerKind::Momentum => self.largest_stable_rate() / 50.0,
            OptimizerKind::Adam => self.parameter_size() / 10.0,
        };
        let rate = rounded_to_digits(rate, 1);
        if rate.is_finite() && rate > 0.0 { rate } else { 0.1 }
    }

    /// Half the limit, rounded down to two digits.
    pub fn safe_rate(&self, kind: OptimizerKind) -> f64 {
        let Some(half) = self.limit(kind).map(|limit| limit / 2.0) else { return self.usual_rate(kind) };
        let unit = ten_to(decade(half) - 1);
        let whole = (half / unit).floor() * unit;
        if whole.is_finite() && whole > 0.0 { rounded_to_digits(whole, 2) } else { half }
    }

    /// The ends of the rate's slider: two decades below the limit, and enough above it to run away.
    pub fn rate_range(&self, kind: OptimizerKind) -> (f64, f64) {
        let middle = match kind {
            OptimizerKind::Adam => self.parameter_size(),
            _ => self.limit(kind).unwrap_or(1.0),
        };
        let (unit, low) = (ten_to(decade(middle)), ten_to(decade(middle) - 2));
        let high = [2.0, 5.0, 10.0].into_iter().map(|f| f * unit).find(|h| *h >= 1.2 * middle).unwrap_or(10.0 * unit);
        if low > 0.0 && high.is_finite() { (low, high) } else { (0.001, 1.0) }
    }
}
