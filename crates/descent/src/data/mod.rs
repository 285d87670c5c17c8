//! Small data sets made from a seed, for networks to learn: two inputs between about −1 and 1, one target.

mod houses;

pub use houses::houses;

use serde::{Deserialize, Serialize};

use crate::error::{DescentError, not_negative};
use crate::random::Random;
use calculus::math;

/// Which data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DataKind {
    /// A disc inside a ring: 1 inside.
    Circle,
    /// Four quarters: 1 where both inputs have the same sign.
    Xor,
    /// Two clouds: 1 for the upper right.
    Gaussians,
    /// Two arms wound round each other.
    Spiral,
    /// A number that rises evenly: (x + y)/2.
    Plane,
    /// A number that goes up and down: sin(πx) cos(πy).
    Waves,
}

/// What a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Task {
    /// 0 or 1.
    Classification,
    /// A number.
    Regression,
}

/// Rows to learn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Row by row.
    pub inputs: Vec<f64>,
    /// How many inputs a row has.
    pub width: usize,
    /// One a row.
    pub targets: Vec<f64>,
    /// What the targets are.
    pub task: Task,
    /// A name for each input.
    pub names: Vec<String>,
}

impl Dataset {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.targets.len()
    }

    /// The targets as −1 and 1 where they are 0 and 1: for hinges and for tanh outputs.
    #[must_use]
    pub fn signed_targets(&self) -> Vec<f64> {
        match self.task {
            Task::Classification => self.targets.iter().map(|t| 2.0 * t - 1.0).collect(),
            Task::Regression => self.targets.clone(),
        }
    }
}

/// Makes a data set of `rows` rows. `noise` from 0 to 1 moves points (or, for numbers, targets) at random after their targets are
/// settled.
///
/// # Errors
/// [`DescentError::OutOfRange`] for fewer than 2 or more than 100,000 rows, or noise outside 0 to 1.
pub fn generate(kind: DataKind, rows: usize, noise: f64, seed: u64) -> Result<Dataset, DescentError> {
    if !(2..=100_000).contains(&rows) {
        return Err(DescentError::range("rows", "a whole number from 2 to 100000", rows as f64));
    }
    not_negative("noise", noise)?;
    if noise > 1.0 {
        return Err(DescentError::range("noise", "a number from 0 to 1", noise));
    }
    let mut random = Random::new(seed);
    let mut data = Dataset {
        inputs: Vec::with_capacity(2 * rows),
        width: 2,
        targets: Vec::with_capacity(rows),
        task: if matches!(kind, DataKind::Plane | DataKind::Waves) { Task::Regression } else { Task::Classification },
        names: ["x", "y"].map(str::to_owned).to_vec(),
    };
    for row in 0..rows {
        let (mut x, mut y, mut target) = point(kind, row, rows, &mut random);
        if data.task == Task::Regression {
            target += 0.3 * noise * random.normal();
        } else {
            x += 0.3 * noise * random.normal();
            y += 0.3 * noise * random.normal();
        }
        data.inputs.extend([x, y]);
        data.targets.push(target);
    }
    Ok(data)
}

/// A point and its target, before noise. Classes take turns, so that they are equally large.
fn point(kind: DataKind, row: usize, rows: usize, random: &mut Random) -> (f64, f64, f64) {
    let first = row.is_multiple_of(2);
    let class = f64::from(u8::from(first));
    let turn = |radius: f64, angle: f64| (radius * math::cos(angle), radius * math::sin(angle));
    let whole_turn = 2.0 * std::f64::consts::PI;
    match kind {
        DataKind::Circle => {
            let radius = if first { random.uniform(0.0, 0.45) } else { random.uniform(0.65, 0.95) };
            let (x, y) = turn(radius, random.uniform(0.0, whole_turn));
            (x, y, class)
        }
        DataKind::Xor => {
            // A gap along the axes keeps the classes apart.
            let mut side = || {
                let away = random.uniform(0.05, 0.95);
                if random.unit() < 0.5 { -away } else { away }
            };
            let (x, y) = (side(), side());
            let y = if (x * y > 0.0) == first { y } else { -y };
            (x, y, class)
        }
        DataKind::Gaussians => {
            let centre = if first { 0.4 } else { -0.4 };
            (centre + 0.16 * random.normal(), centre + 0.16 * random.normal(), class)
        }
        DataKind::Spiral => {
            let along = (row / 2) as f64 / (rows.div_ceil(2)) as f64;
            let start = if first { 0.0 } else { std::f64::consts::PI };
            let (x, y) = turn(0.05 + 0.9 * along, start + 1.75 * whole_turn * along);
            (x, y, class)
        }
        DataKind::Plane => {
            let (x, y) = (random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0));
            (x, y, (x + y) / 2.0)
        }
        DataKind::Waves => {
            let (x, y) = (random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0));
            let half_turn = std::f64::consts::PI;
            (x, y, math::sin(half_turn * x) * math::cos(half_turn * y))
        }
    }
}
