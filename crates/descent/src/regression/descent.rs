//! One call: fit a linear model by descent and get the losses on the way.

use serde::Serialize;

use super::LinearRegression;
use crate::error::DescentError;
use crate::optimizer::Optimizer;
use crate::problem::Problem;
use crate::run::{MOST_STEPS, Options, Run, Status};

/// How to descend.
#[derive(Clone, Debug, PartialEq)]
pub struct DescentOptions {
    /// What makes steps of gradients.
    pub optimizer: Optimizer,
    /// How many steps.
    pub steps: u64,
    /// Rows a step; all of them, exactly and at no more cost than one, unless told.
    pub batch_size: Option<usize>,
    /// What the order of rows is made from.
    pub seed: u64,
    /// The parameters `[w…, b]` to start from, in original units; zeros of the descended units unless told.
    pub start: Option<Vec<f64>>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegressionDescent {
    /// The last parameters `[w…, b]`, in original units.
    pub parameters: Vec<f64>,
    /// The same, in the units that were descended.
    pub trained: Vec<f64>,
    /// The loss over all rows before each step and after the last, in the units that were descended. Fewer where a step would have
    /// left the finite numbers.
    pub losses: Vec<f64>,
    /// Running where nothing ended the run.
    pub status: Status,
    /// Why it ended.
    pub reason: Option<String>,
}

impl LinearRegression {
    /// Descends the loss. All steps asked for are taken, as long as numbers stay finite.
    ///
    /// # Errors
    /// [`DescentError`] for settings out of range or a start that does not fit.
    pub fn descend(&self, options: &DescentOptions) -> Result<RegressionDescent, DescentError> {
        match options.batch_size {
            Some(size) => self.descend_on(self.mini_batches(size, options.seed)?, options),
            None => self.descend_on(self.objective(), options),
        }
    }

    fn descend_on<P: Problem>(&self, problem: P, options: &DescentOptions) -> Result<RegressionDescent, DescentError> {
        if options.steps > MOST_STEPS {
            return Err(DescentError::OutOfRange {
                argument: "steps".to_owned(),
                expected: format!("a whole number, at most {MOST_STEPS}"),
                got: options.steps.to_string(),
            });
        }
        let dimension = problem.dimension();
        let start = match &options.start {
            None => vec![0.0; dimension],
            Some(original) if original.len() != dimension => {
                let expected = format!("{dimension}, one a feature and the intercept");
                return Err(DescentError::length("start", expected, original.len()));
            }
            Some(original) => self.scaling().to_trained(original),
        };
        let mut run = Run::new(problem, &start, options.optimizer, Options { keep_going: true, ..Options::default() })?;
        let mut losses = vec![run.now().value];
        for _ in 0..options.steps {
            if !run.step() {
                break;
            }
            losses.push(run.now().value);
        }
        let trained = run.now().point.clone();
        let (status, reason) = run.outcome();
        Ok(RegressionDescent { parameters: self.scaling().to_original(&trained), trained, losses, status, reason })
    }
}
