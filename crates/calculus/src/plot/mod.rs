//! A curve made ready for drawing: honest pieces, decided by intervals and not by luck of the samples.
//!
//! 1. Intervals ([`cells`]) cut the view into stretches: certainly straight to a fraction of a pixel, certainly undefined, certainly
//!    out of sight, too lively to be proven straight, or doubtful: something in them may break the curve.
//! 2. In doubtful stretches, each at most a pixel wide, the places of breaks are found to the last bit ([`breaks`]), and what the
//!    curve does on either side is told by germs: a hole, a jump, a pole, an end, or nothing at all.
//! 3. The stretches are strung together into pieces ([`pieces`]). A piece never crosses a break.

mod breaks;
mod cells;
mod pieces;

use crate::Expression;
use crate::program::Program;

/// What part of the plane is seen, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The range of the variable.
    pub x: (f64, f64),
    /// The range of the values.
    pub y: (f64, f64),
    /// The width in CSS pixels.
    pub width: f64,
    /// The height in CSS pixels.
    pub height: f64,
}

impl View {
    /// Pixels a unit, along and up.
    fn scales(&self) -> (f64, f64) {
        (self.width / (self.x.1 - self.x.0), self.height / (self.y.1 - self.y.0))
    }

    /// The values beyond which nothing is drawn: a view's height above and below.
    fn reach(&self) -> (f64, f64) {
        let height = self.y.1 - self.y.0;
        (self.y.0 - height, self.y.1 + height)
    }

    fn is_sound(&self) -> bool {
        let range =
            |(low, high): (f64, f64)| low < high && (high - low).is_finite() && low.abs() < 1e300 && high.abs() < 1e300;
        let size = |length: f64| (1.0..=20_000.0).contains(&length);
        range(self.x) && range(self.y) && size(self.width) && size(self.height)
    }
}

/// A curve in pieces, in data coordinates. All numbers are finite and at most a view's height above or below the view.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The pieces, from left to right. None is joined to the next.
    pub pieces: Vec<Piece>,
    /// Single missing points, where the curve would go on smoothly: open circles.
    pub holes: Vec<(f64, f64)>,
    /// Single points off the curve, such as `sign(x)` at 0: filled dots.
    pub dots: Vec<(f64, f64)>,
    /// Whether the work stayed within its limit. If not, some of the curve may be missing.
    pub complete: bool,
}

/// One unbroken stretch of a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The points, from left to right, joined by straight lines: where the curve is smooth, within a tenth of a pixel of it.
    pub points: Vec<(f64, f64)>,
    /// What is at its first point.
    pub start: End,
    /// What is at its last point.
    pub end: End,
    /// The curve swings faster than pixels can show: the points go to and fro between its least and its greatest values.
    pub dense: bool,
}

/// What the end of a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The curve goes on, out of view, up a pole, or into a stretch drawn otherwise: no mark.
    Runs,
    /// The end belongs to the curve.
    Closed,
    /// The end does not belong to the curve: an open circle.
    Open,
}

impl Expression {
    /// The curve of the formula along the variable at place `variable`, the others being as in `at`.
    ///
    /// ```
    /// let view = calculus::View { x: (-2.0, 2.0), y: (-2.0, 2.0), width: 640.0, height: 400.0 };
    /// let plot = calculus::parse("1/x")?.sample(0, &[0.0], &view);
    /// assert_eq!(plot.pieces.len(), 2);
    /// let plot = calculus::parse("x^2/x")?.sample(0, &[0.0], &view);
    /// assert_eq!(plot.holes, [(0.0, 0.0)]);
    /// # Ok::<(), calculus::FormulaError>(())
    /// ```
    pub fn sample(&self, variable: usize, at: &[f64], view: &View) -> Plot {
        self.program().sample(variable, at, view)
    }
}

impl Program {
    /// As [`Expression::sample`].
    pub fn sample(&self, variable: usize, at: &[f64], view: &View) -> Plot {
        let mut plot = Plot { pieces: Vec::new(), holes: Vec::new(), dots: Vec::new(), complete: true };
        if !view.is_sound() {
            return plot;
        }
        let curve = Curve::new(self, variable, at);
        let (cells, complete) = cells::cut(&curve, view);
        plot.complete = complete;
        pieces::string(&curve, &cells, view, &mut plot);
        plot
    }
}

/// A formula as a function of one variable.
struct Curve<'a> {
    program: &'a Program,
    variable: usize,
    at: Vec<f64>,
    dependent: Vec<bool>,
    fixed: Vec<f64>,
    /// What may still be done, in operations on dual numbers.
    work: core::cell::Cell<usize>,
}

/// The work allowed for one curve: some 30 ms. Lessons' curves take a hundredth of it; only formulas of thousands of operations
/// that break everywhere use it up.
const WORK: usize = 1_500_000;

impl<'a> Curve<'a> {
    fn new(program: &'a Program, variable: usize, at: &[f64]) -> Curve<'a> {
        let at: Vec<f64> = (0..program.variables()).map(|i| at.get(i).copied().unwrap_or(f64::NAN)).collect();
        let dependent = program.dependent_on(variable as u32);
        let mut fixed = vec![0.0; program.operations().len()];
        program.run(&at, &mut fixed, |index| !dependent.get(index).copied().unwrap_or(false));
        Curve { program, variable, at, dependent, fixed, work: core::cell::Cell::new(WORK) }
    }

    /// Takes the work of one run, at so much an operation, off what is allowed; false when that is used up.
    fn may_work(&self, each: usize) -> bool {
        let cost = each * self.program.operations().len();
        let left = self.work.get();
        self.work.set(left.saturating_sub(cost));
        left >= cost
    }

    /// The point with the variable at x.
    fn point(&self, x: f64) -> Vec<f64> {
        let mut at = self.at.clone();
        if let Some(place) = at.get_mut(self.variable) {
            *place = x;
        }
        at
    }

    fn value(&self, x: f64) -> f64 {
        self.program.evaluate(&self.point(x))
    }

    fn values(&self, xs: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; xs.len()];
        self.program.evaluate_many(self.variable, xs, &self.at, &mut out);
        out
    }

    /// The direction along the variable.
    fn direction(&self, sign: f64) -> Vec<f64> {
        (0..self.at.len()).map(|i| if i == self.variable { sign } else { 0.0 }).collect()
    }
}
