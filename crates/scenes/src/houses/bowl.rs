//! The loss of a straight line over its two parameters: an exact bowl, known from the six sums that [`regression::Line`] takes.
//!
//! With z = (x − x̄)/s the line is ŷ = w·z + c, and because z has mean 0 and mean square 1 the mean squared error is
//! (w − w*)² + (c − ȳ)² + floor, with w* = mean(z·y). Nothing cancels in that sum, so the loss, its gradient and every contour
//! cost the same for ten houses as for fifty thousand. (Least squares by projection: any text on regression, for example
//! Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section 3.2.)

use descent::regression;

/// A line in the units of the data: target = intercept + slope × feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Target units per feature unit.
    pub slope: f64,
    /// Target units, where the feature is 0.
    pub intercept: f64,
}

impl Line {
    /// What the line says for one house.
    #[must_use]
    pub fn at(self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }

    /// Whether both numbers can be drawn.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.slope.is_finite() && self.intercept.is_finite()
    }

    /// The line through two points of different x; none when they share it.
    #[must_use]
    pub fn through(a: (f64, f64), b: (f64, f64)) -> Option<Self> {
        let slope = (b.1 - a.1) / (b.0 - a.0);
        let line = Self { slope, intercept: a.1 - slope * a.0 };
        line.is_finite().then_some(line)
    }
}

/// The coordinates in which the parameters are learnt: ŷ = p₀·(x − centre)/scale + p₁.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basis {
    /// What is taken off the feature: its mean, or 0 for raw features.
    pub centre: f64,
    /// What the rest is divided by: its standard deviation, or 1 for raw features.
    pub scale: f64,
}

impl Basis {
    /// The feature as it stands: p₀ is the slope, p₁ the intercept.
    pub const RAW: Self = Self { centre: 0.0, scale: 1.0 };

    /// The parameters of a line in this basis.
    #[must_use]
    pub fn parameters(self, line: Line) -> [f64; 2] {
        [line.slope * self.scale, line.intercept + line.slope * self.centre]
    }

    /// The line with these parameters.
    #[must_use]
    pub fn line(self, p: [f64; 2]) -> Line {
        let slope = p[0] / self.scale;
        Line { slope, intercept: p[1] - slope * self.centre }
    }
}

/// The sums that the loss is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bowl {
    /// How many rows.
    pub rows: usize,
    /// Mean of the feature.
    pub mean_x: f64,
    /// Standard deviation of the feature with divisor n; 1 where the feature never changes.
    pub deviation_x: f64,
    /// 1, or 0 where the feature never changes: then no slope is better than another and the bowl is a trough.
    pub curvature: f64,
    /// Mean of the target: the best price at the average house.
    pub mean_y: f64,
    /// Standard deviation of the target with divisor n.
    pub deviation_y: f64,
    /// The best w: target units per standard deviation of the feature.
    pub best_w: f64,
    /// The mean squared error that no line can beat.
    pub floor: f64,
}

impl Bowl {
    /// Takes the sums over pairs of finite numbers below 1e50, two at least (the data module sees to it).
    #[must_use]
    pub fn new(xs: &[f64], ys: &[f64]) -> Self {
        match regression::Line::new(xs, ys) {
            // A deviation this small is the rounding of the mean.
            Ok(line) if line.x.deviation > 1e-13 * line.x.mean.abs() && line.x.deviation > 1e-50 => Self {
                rows: xs.len(),
                mean_x: line.x.mean,
                deviation_x: line.x.deviation,
                curvature: 1.0,
                mean_y: line.y.mean,
                deviation_y: line.y.deviation,
                best_w: line.slope * line.x.deviation,
                floor: line.least,
            },
            _ => Self::trough(xs, ys),
        }
    }

    /// The bowl of a feature that never changes: flat along every slope.
    fn trough(xs: &[f64], ys: &[f64]) -> Self {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let mean_y = mean(ys);
        let squares: Vec<f64> = ys.iter().map(|y| (y - mean_y) * (y - mean_y)).collect();
        let floor = mean(&squares);
        let mean_x = xs.first().copied().unwrap_or(0.0);
        Self {
            rows: xs.len(),
            mean_x,
            deviation_x: 1.0,
            curvature: 0.0,
            mean_y,
            deviation_y: floor.sqrt(),
            best_w: 0.0,
            floor,
        }
    }

    /// The basis of the standardised feature.
    #[must_use]
    pub fn standard(&self) -> Basis {
        Basis { centre: self.mean_x, scale: self.deviation_x }
    }

    /// The basis in use.
    #[must_use]
    pub fn basis(&self, standardize: bool) -> Basis {
        if standardize { self.standard() } else { Basis::RAW }
    }

    /// The least-squares line. Where the feature never changes: the flat line at the mean.
    #[must_use]
    pub fn best(&self) -> Line {
        self.standard().line([self.best_w, self.mean_y])
    }

    /// (w − w*, c − ȳ): how far a line is from the best one, in target units. The root mean square of that and the floor is
    /// the typical miss.
    #[must_use]
    pub fn offset(&self, basis: Basis, p: [f64; 2]) -> [f64; 2] {
        let [w, c] = if basis == self.standard() { p } else { self.standard().parameters(basis.line(p)) };
        [w - self.best_w, c - self.mean_y]
    }

    /// The mean squared error of the line with these parameters.
    #[must_use]
    pub fn loss(&self, basis: Basis, p: [f64; 2]) -> f64 {
        let [w, c] = self.offset(basis, p);
        self.curvature * w * w + c * c + self.floor
    }

    /// The gradient of [`Bowl::loss`] with respect to the parameters.
    #[must_use]
    pub fn gradient(&self, basis: Basis, p: [f64; 2]) -> [f64; 2] {
        let [w, c] = self.offset(basis, p);
        // By the chain rule: ∂(w, c)/∂p₀ = (s/scale, (x̄ − centre)/scale), ∂(w, c)/∂p₁ = (0, 1).
        let down = (self.deviation_x * self.curvature * w + (self.mean_x - basis.centre) * c) / basis.scale;
        [2.0 * down, 2.0 * c]
    }

    /// Largest and smallest curvature of the loss (eigenvalues of its Hessian) in a basis.
    #[must_use]
    pub fn curvatures(&self, basis: Basis) -> (f64, f64) {
        let (s, m) = (self.deviation_x * self.curvature / basis.scale, (self.mean_x - basis.centre) / basis.scale);
        // The Hessian is 2·[[s² + m², m], [m, 1]]: trace t, determinant s².
        let t = s * s + m * m + 1.0;
        let largest = (t + (t * t - 4.0 * s * s).max(0.0).sqrt()) / 2.0;
        (2.0 * largest, 2.0 * s * s / largest)
    }

    /// The learning rate above which gradient descent on this loss runs away: 2 over the largest curvature.
    #[must_use]
    pub fn largest_stable_rate(&self, basis: Basis) -> f64 {
        2.0 / self.curvatures(basis).0
    }

    /// R² of a line: the share of the target's variance it explains; none where the target never changes.
    #[must_use]
    pub fn r_squared(&self, loss: f64) -> Option<f64> {
        let variance = self.deviation_y * self.deviation_y;
        let r = 1.0 - loss / variance;
        (variance > 0.0 && r.is_finite()).then_some(r)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: [f64; 4] = [1.0, 2.0, 4.0, 7.0];
    const Y: [f64; 4] = [3.0, 1.0, 6.0, 9.0];

    fn mse(line: Line) -> f64 {
        X.iter().zip(Y).map(|(x, y)| (y - line.at(*x)).powi(2)).sum::<f64>() / 4.0
    }

    #[test]
    fn the_bowl_is_the_mean_of_the_squared_misses() {
        let bowl = Bowl::new(&X, &Y);
        for line in [
            Line { slope: 0.0, intercept: 0.0 },
            Line { slope: 2.0, intercept: -3.0 },
            Line { slope: -1.0, intercept: 8.5 },
        ] {
            for basis in [Basis::RAW, bowl.standard()] {
                let got = bowl.loss(basis, basis.parameters(line));
                assert!((got - mse(line)).abs() < 1e-12 * mse(line), "{got} {}", mse(line));
            }
        }
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss_in_either_basis() {
        let bowl = Bowl::new(&X, &Y);
        for basis in [Basis::RAW, bowl.standard()] {
            let p = [0.7, -1.3];
            let g = bowl.gradient(basis, p);
            // A central difference is exact for a quadratic.
            let along = |i: usize, h: f64| {
                let mut q = p;
                q[i] += h;
                bowl.loss(basis, q)
            };
            for (i, g) in g.iter().enumerate() {
                let slope = (along(i, 0.5) - along(i, -0.5)) / 1.0;
                assert!((g - slope).abs() < 1e-11 * slope.abs().max(1.0), "{g} {slope}");
            }
        }
    }

    #[test]
    fn the_gradient_vanishes_at_the_best_line() {
        let bowl = Bowl::new(&X, &Y);
        let p = Basis::RAW.parameters(bowl.best());
        assert!(bowl.gradient(Basis::RAW, p).iter().all(|g| g.abs() < 1e-12));
        assert!((mse(bowl.best()) - bowl.floor).abs() < 1e-14);
    }

    #[test]
    fn standardised_curvatures_are_two_and_two() {
        let bowl = Bowl::new(&X, &Y);
        assert_eq!(bowl.curvatures(bowl.standard()), (2.0, 2.0));
        assert_eq!(bowl.largest_stable_rate(bowl.standard()), 1.0);
    }

    #[test]
    fn a_feature_that_never_changes_leaves_a_trough() {
        let bowl = Bowl::new(&[3.0, 3.0, 3.0], &[1.0, 2.0, 6.0]);
        assert_eq!(bowl.curvature, 0.0);
        assert_eq!(bowl.best(), Line { slope: 0.0, intercept: 3.0 });
        let steep = bowl.standard().parameters(Line { slope: 5.0, intercept: -12.0 });
        assert!((bowl.loss(bowl.standard(), steep) - bowl.floor).abs() < 1e-12);
        assert!(bowl.largest_stable_rate(Basis::RAW).is_finite());
    }

    #[test]
    fn a_line_survives_the_change_of_basis() {
        let bowl = Bowl::new(&X, &Y);
        let line = Line { slope: 1.25, intercept: -0.5 };
        let back = bowl.standard().line(bowl.standard().parameters(line));
        assert!((back.slope - line.slope).abs() < 1e-15 && (back.intercept - line.intercept).abs() < 1e-14);
    }
}
