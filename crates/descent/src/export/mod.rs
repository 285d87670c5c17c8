//! Runs as programs: the same descent in NumPy, PyTorch, JAX or Rust, as LaTeX, or as a table.
//!
//! The programs stand alone, compute in double precision, follow optax's definitions of the optimisers, and print the way as CSV:
//! step, parameters, value.

mod dialect;
mod graph;
mod latex;
mod lesson;
mod network;
mod newton;
mod python;
mod rust;
mod rust_network;
mod update;

pub use network::export_training;

use serde::{Deserialize, Serialize};

use crate::batches::Batches;
use crate::error::DescentError;
use crate::optimizer::Optimizer;
use crate::random::Random;
use crate::regression::{DescentOptions, LinearRegression, Scaling};
use crate::run::{DescendError, DescendRequest, descend};
use calculus::Expression;

/// What a run is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Language {
    /// Python with NumPy; the gradient written out.
    PythonNumpy,
    /// Python with PyTorch and its automatic differentiation.
    PythonPytorch,
    /// Python with JAX and its automatic differentiation.
    PythonJax,
    /// Rust without crates; the gradient written out.
    Rust,
    /// Objective, rule and the first and last points, for a paper.
    Latex,
    /// Every step: parameters, value, gradient.
    Csv,
}

/// The most numbers of data or noise that are written into a program.
const MOST_NUMBERS: usize = 20_000;

/// What a program makes small.
enum Objective {
    Formula(Box<Expression>),
    /// (1/n) Σ (x w + b − y)², row by row.
    Line {
        rows: Vec<Vec<f64>>,
        target: Vec<f64>,
    },
}

/// All that a program needs to know.
struct Program {
    title: String,
    objective: Objective,
    names: Vec<String>,
    start: Vec<f64>,
    optimizer: Optimizer,
    steps: u64,
    /// Noise on the gradient, a row a step; empty for none.
    noise: Vec<Vec<f64>>,
    /// The rows of data that each step sees; empty for all of them.
    batches: Vec<Vec<u32>>,
}

/// Writes a formula's run.
///
/// # Errors
/// As [`descend`]; [`DescentError::OutOfRange`] for what a language cannot say, and for noise over more than 20,000 numbers.
pub fn export_run(run: &DescendRequest, language: Language) -> Result<String, DescendError> {
    let way = descend(run)?;
    match language {
        Language::Csv => return Ok(csv(&way.variables, &way.points, &way.values, Some(&way.gradients))),
        Language::Latex => {
            let expression = calculus::parse(&run.objective)?;
            return Ok(latex::formula(&expression, run, &way));
        }
        _ => {}
    }
    let expression = calculus::parse(&run.objective)?;
    let width = way.variables.len();
    let start = way.points.get(..width).unwrap_or(&[]).to_vec();
    let noise = noise(run, width, taken(&way.values))?;
    let program = Program {
        title: harmless(&format!("{} on {}", run.optimizer.kind(), expression.text())),
        objective: Objective::Formula(Box::new(expression)),
        names: way.variables,
        start,
        optimizer: run.optimizer,
        steps: taken(&way.values),
        noise,
        batches: Vec::new(),
    };
    Ok(program.write(language)?)
}

/// Writes a regression's run, with its data, in the units that are descended: a program prints the parameters of those units.
///
/// # Errors
/// As [`LinearRegression::descend`]; [`DescentError::OutOfRange`] for what a program cannot say, and for more than 20,000 numbers of
/// data and of rows in batches.
pub fn export_regression(
    regression: &LinearRegression,
    options: &DescentOptions,
    language: Language,
) -> Result<String, DescentError> {
    let way = regression.descend(options)?;
    if language == Language::Csv {
        let rows = way.losses.iter().enumerate().map(|(step, loss)| format!("{step},{}\n", number(*loss)));
        return Ok(format!("step,loss\n{}", rows.collect::<String>()));
    }
    let (columns, target, scaling) = (regression.features(), regression.target(), regression.scaling());
    if language == Language::Latex {
        return Ok(latex::regression(regression.names(), options, &way));
    }
    let batches = batches(options, target.len(), taken(&way.losses))?;
    let numbers = target.len() * (columns.len() + 1) + batches.iter().map(Vec::len).sum::<usize>();
    if numbers > MOST_NUMBERS {
        return Err(DescentError::OutOfRange {
            argument: "data".to_owned(),
            expected: format!("at most {MOST_NUMBERS} numbers, so that the program stays readable"),
            got: numbers.to_string(),
        });
    }
    let row = |row: usize| -> Vec<f64> {
        let cells = columns.iter().zip(&scaling.features);
        cells.map(|(column, scale)| scale.standardize(column.get(row).copied().unwrap_or(0.0))).collect()
    };
    let units = if is_standardized(scaling) { ", columns standardised" } else { "" };
    let mut names: Vec<String> = (1..=columns.len()).map(|n| format!("w{n}")).collect();
    names.push("b".to_owned());
    let start = options.start.as_ref().map_or_else(|| vec![0.0; names.len()], |start| scaling.to_trained(start));
    let program = Program {
        title: harmless(&format!(
            "{} on the mean squared error of a line through {}{units}",
            options.optimizer.kind(),
            regression.names().join(", ")
        )),
        objective: Objective::Line {
            rows: (0..target.len()).map(row).collect(),
            target: target.iter().map(|y| scaling.target.standardize(*y)).collect(),
        },
        start,
        names,
        optimizer: options.optimizer,
        steps: taken(&way.losses),
        noise: Vec::new(),
        batches,
    };
    program.write(language)
}

fn is_standardized(scaling: &Scaling) -> bool {
    scaling.features.iter().chain([&scaling.target]).any(|scale| *scale != crate::regression::Scale::NONE)
}

/// The rows of each step, where it does not see all of them.
fn batches(options: &DescentOptions, rows: usize, steps: u64) -> Result<Vec<Vec<u32>>, DescentError> {
    let Some(size) = options.batch_size else { return Ok(Vec::new()) };
    if (steps as usize).saturating_mul(size) > MOST_NUMBERS {
        return Err(DescentError::OutOfRange {
            argument: "steps".to_owned(),
            expected: format!("at most {MOST_NUMBERS} rows in all batches together"),
            got: options.steps.to_string(),
        });
    }
    let mut batches = Batches::new(rows, size, Some(options.seed));
    Ok((0..steps).map(|step| batches.of_step(step).to_vec()).collect())
}

impl Program {
    fn write(&self, language: Language) -> Result<String, DescentError> {
        match language {
            Language::PythonNumpy => python::numpy(self),
            Language::PythonJax => python::jax(self),
            Language::PythonPytorch => python::pytorch(self),
            Language::Rust => rust::program(self),
            Language::Latex | Language::Csv => Err(DescentError::OutOfRange {
                argument: "language".to_owned(),
                expected: "a programming language for this run".to_owned(),
                got: "a document".to_owned(),
            }),
        }
    }
}

/// The noise that each step of a run felt.
fn noise(run: &DescendRequest, width: usize, steps: u64) -> Result<Vec<Vec<f64>>, DescentError> {
    if run.noise == 0.0 {
        return Ok(Vec::new());
    }
    if (steps as usize).saturating_mul(width) > MOST_NUMBERS {
        return Err(DescentError::OutOfRange {
            argument: "steps".to_owned(),
            expected: format!("at most {MOST_NUMBERS} numbers of noise in a program"),
            got: run.steps.to_string(),
        });
    }
    let of_step = |step| -> Vec<f64> {
        let mut random = Random::stream(run.seed, step);
        (0..width).map(|_| run.noise * random.normal()).collect()
    };
    Ok((0..steps).map(of_step).collect())
}

/// A table of the way.
fn csv(names: &[String], points: &[f64], values: &[f64], gradients: Option<&[f64]>) -> String {
    let mut out = format!("step,{},value", names.join(","));
    if gradients.is_some() {
        for name in names {
            out.push_str(&format!(",gradient_{name}"));
        }
    }
    out.push('\n');
    for (step, (point, value)) in points.chunks_exact(names.len()).zip(values).enumerate() {
        let gradient = gradients.and_then(|g| g.get(step * names.len()..(step + 1) * names.len())).unwrap_or(&[]);
        let cells = point.iter().chain([value]).chain(gradient).map(|v| number(*v));
        out.push_str(&format!("{step},{}\n", cells.collect::<Vec<_>>().join(",")));
    }
    out
}

/// A number that every language here reads back exactly.
fn number(value: f64) -> String {
    format!("{value:?}")
}

/// How many steps led to so many values: fewer than were asked for where the next would have left the finite numbers.
fn taken(values: &[f64]) -> u64 {
    values.len().saturating_sub(1) as u64
}

/// Words for a comment, whoever chose them: nothing in them ends it.
fn harmless(words: &str) -> String {
    let plain = |c: char| match c {
        '"' => '\'',
        '\\' => '/',
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => ' ',
        c => c,
    };
    words.chars().map(plain).collect()
}

/// Numbers as a list in brackets.
fn list(values: &[f64]) -> String {
    format!("[{}]", values.iter().map(|v| number(*v)).collect::<Vec<_>>().join(", "))
}

/// What a program cannot say.
fn unsaid(argument: &str, what: &str) -> DescentError {
    DescentError::OutOfRange {
        argument: argument.to_owned(),
        expected: "something that this program can say; CSV holds any run".to_owned(),
        got: what.to_owned(),
    }
}
