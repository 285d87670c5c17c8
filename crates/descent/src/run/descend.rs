//! One call: descend a formula a given number of steps and get the whole way.

use std::collections::BTreeMap;
use std::fmt;

use calculus::FormulaError;
use serde::{Deserialize, Serialize};

use super::{Cause, Formula, MOST_STEPS, Options, Run, Status};
use crate::error::{DescentError, counted, not_negative};
use crate::optimizer::Optimizer;
use crate::problem::{Noisy, Problem};

/// The most numbers a way may hold, so that no request exhausts a page's memory.
const MOST_NUMBERS: u64 = 20_000_000;

/// What to descend, from where, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DescendRequest {
    /// The formula to make small.
    pub objective: String,
    /// A value for each of its variables; others are not looked at.
    pub start: BTreeMap<String, f64>,
    /// What makes steps of gradients.
    pub optimizer: Optimizer,
    /// How many steps.
    pub steps: u64,
    /// The standard deviation of normal noise on each entry of the gradient; 0 unless told.
    #[serde(default)]
    pub noise: f64,
    /// What the noise is made from; 0 unless told.
    #[serde(default)]
    pub seed: u64,
}

/// The way down.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Descent {
    /// The variables, in the formula's order.
    pub variables: Vec<String>,
    /// (steps + 1) × variables, row by row, the start first. Fewer rows where a step would have left the finite numbers.
    pub points: Vec<f64>,
    /// The objective at each point.
    pub values: Vec<f64>,
    /// The gradient felt at each point, its noise included: as many as points.
    pub gradients: Vec<f64>,
    /// Running where nothing ended the run.
    pub status: Status,
    /// Why it ended.
    pub reason: Option<String>,
}

/// Why nothing was descended.
#[derive(Clone, Debug, PartialEq)]
pub enum DescendError {
    /// The objective cannot be read.
    Formula(FormulaError),
    /// Something else does not fit.
    Descent(DescentError),
}

impl fmt::Display for DescendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Formula(error) => write!(f, "{error}"),
            Self::Descent(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for DescendError {}

impl From<DescentError> for DescendError {
    fn from(error: DescentError) -> Self {
        Self::Descent(error)
    }
}

impl From<FormulaError> for DescendError {
    fn from(error: FormulaError) -> Self {
        Self::Formula(error)
    }
}

/// Descends a formula. All steps asked for are taken, past convergence and while the loss grows, as long as numbers stay finite.
///
/// # Errors
/// [`DescendError::Formula`] for an objective that cannot be read; [`DescendError::Descent`] for a missing start, settings out of
/// range, or a start without a finite value.
pub fn descend(request: &DescendRequest) -> Result<Descent, DescendError> {
    let formula = Formula::new(calculus::parse(&request.objective)?)?;
    not_negative("noise", request.noise)?;
    let variables = formula.expression().variables().to_vec();
    // The rows hold a point, a gradient and a value each; the start has one as well.
    let most = (MOST_NUMBERS / (2 * variables.len() as u64 + 1)).min(MOST_STEPS);
    if request.steps > most {
        let variables = counted(variables.len(), "variable", "variables");
        let expected = format!("a whole number, at most {most} for {variables}");
        let got = request.steps.to_string();
        return Err(DescentError::OutOfRange { argument: "steps".to_owned(), expected, got }.into());
    }
    let start = variables.iter().map(|name| start_of(&request.start, name)).collect::<Result<Vec<_>, _>>()?;
    let problem = Noisy { problem: formula, deviation: request.noise, seed: request.seed };
    let options = Options { keep_going: true, ..Options::default() };
    let mut run = Run::new(problem, &start, request.optimizer, options)?;
    let (mut points, mut values, mut gradients) = (Vec::new(), Vec::new(), Vec::new());
    for step in 0..=request.steps {
        if step > 0 && !run.step() {
            break;
        }
        let now = run.now();
        points.extend_from_slice(&now.point);
        values.push(now.value);
        gradients.extend_from_slice(&now.gradient);
    }
    let (status, reason) = run.outcome();
    Ok(Descent { variables, points, values, gradients, status, reason })
}

impl<P: Problem> Run<P> {
    /// How a call ended that asked for a number of steps: running where nothing ended them, for then it could have asked for more.
    /// That a run may not be longer is no end, since no step was refused.
    pub(crate) fn outcome(&self) -> (Status, Option<String>) {
        match self.verdict() {
            Some(verdict) if !matches!(verdict.cause, Cause::Limit { .. }) => {
                (verdict.status, Some(verdict.reason.clone()))
            }
            _ => (Status::Running, None),
        }
    }
}

fn start_of(start: &BTreeMap<String, f64>, name: &str) -> Result<f64, DescentError> {
    start.get(name).copied().ok_or_else(|| DescentError::OutOfRange {
        argument: format!("start.{name}"),
        expected: "a number to start from".to_owned(),
        got: "missing".to_owned(),
    })
}
