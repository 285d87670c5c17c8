//! Training, cut in slices, so that a page stays responsive and can stop whenever it likes.

use serde::Serialize;

use super::Network;
use crate::batches::Batches;
use crate::error::{DescentError, not_negative};
use crate::optimizer::{Optimizer, Stepper};
use crate::run::{Ceiling, Rises, Status};
use crate::sums;

/// Above so many parameters the last finite ones are kept at every 16th step only: copying them costs as much as a step of descent.
const LARGE: usize = 65_536;

/// How to train.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainOptions {
    /// What makes steps of gradients.
    pub optimizer: Optimizer,
    /// Rows a step.
    pub batch_size: usize,
    /// How often every row is seen.
    pub epochs: u64,
    /// The seed of the order of rows, a new one every epoch; the rows' own order without.
    pub shuffle: Option<u64>,
    /// The weight of the penalty Σ |w| over weights, biases left alone.
    pub l1: f64,
    /// The weight of the penalty ½ Σ w² over weights, biases left alone.
    pub l2: f64,
}

/// Where training stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Progress {
    /// Steps taken.
    pub steps: u64,
    /// Steps in all.
    pub total_steps: u64,
    /// Whole epochs done.
    pub epochs: u64,
    /// The loss of the latest batch, its penalty included; absent before the first step.
    pub batch_loss: Option<f64>,
    /// Running until all epochs are done; then paused, or diverged.
    pub status: Status,
    /// Why it diverged.
    pub reason: Option<String>,
}

/// Appends a row; one by one where it is short, since a call to copy a few bytes costs more than they do.
fn append(to: &mut Vec<f64>, row: &[f64]) {
    const SHORT: usize = 16;
    if row.len() > SHORT {
        to.extend_from_slice(row);
        return;
    }
    for value in row {
        to.push(*value);
    }
}

/// A network in training.
#[derive(Clone, Debug)]
pub struct Training {
    network: Network,
    inputs: Vec<f64>,
    targets: Vec<f64>,
    options: TrainOptions,
    batches: Batches,
    total_steps: u64,
    stepper: Stepper,
    gradient: Vec<f64>,
    /// The parameters to go back to, kept at every so many steps.
    previous: Vec<f64>,
    keep_every: u64,
    batch_inputs: Vec<f64>,
    batch_targets: Vec<f64>,
    steps: u64,
    batch_loss: Option<f64>,
    epoch_sum: f64,
    losses: Vec<f64>,
    /// Counted from the first epoch on.
    rises: Option<Rises>,
    ended: Option<(Status, Option<String>)>,
}

impl Training {
    /// Joins a network, its rows and a way to train.
    ///
    /// # Errors
    /// [`DescentError`] names what does not fit: rows, targets, batch size (1 to the number of rows), epochs (1 or more), optimiser
    /// settings (Newton's method and the line search are refused: a batch has no Hessian worth the name), negative penalties.
    pub fn new(
        network: Network,
        inputs: Vec<f64>,
        targets: Vec<f64>,
        options: TrainOptions,
    ) -> Result<Self, DescentError> {
        let rows = network.check(&inputs, &targets)?;
        if options.batch_size == 0 || options.batch_size > rows {
            return Err(DescentError::OutOfRange {
                argument: "batchSize".to_owned(),
                expected: format!("a whole number from 1 to {rows}, the number of rows"),
                got: options.batch_size.to_string(),
            });
        }
        if options.epochs == 0 {
            return Err(DescentError::range("epochs", "a whole number, 1 or more", 0.0));
        }
        if matches!(options.optimizer, Optimizer::Newton { .. } | Optimizer::LineSearch { .. }) {
            return Err(DescentError::OutOfRange {
                argument: "optimizer".to_owned(),
                expected: "one that follows gradients, such as sgd or adam".to_owned(),
                got: options.optimizer.kind().to_owned(),
            });
        }
        not_negative("l1", options.l1)?;
        not_negative("l2", options.l2)?;
        let dimension = network.parameters.len();
        let batches = Batches::new(rows, options.batch_size, options.shuffle);
        Ok(Self {
            total_steps: batches.per_epoch() as u64 * options.epochs,
            stepper: options.optimizer.start(dimension)?,
            batches,
            gradient: vec![0.0; dimension],
            previous: network.parameters.clone(),
            keep_every: if dimension > LARGE { 16 } else { 1 },
            batch_inputs: Vec::new(),
            batch_targets: Vec::new(),
            network,
            inputs,
            targets,
            options,
            steps: 0,
            batch_loss: None,
            epoch_sum: 0.0,
            losses: Vec::new(),
            rises: None,
            ended: None,
        })
    }

    /// Takes at most `budget` steps and says how far it got. One that has ended does nothing more.
    pub fn train_slice(&mut self, budget: u64) -> Progress {
        for _ in 0..budget {
            if self.ended.is_some() {
                break;
            }
            self.step();
        }
        self.progress()
    }

    /// Trains to the end.
    pub fn train(&mut self) -> Progress {
        self.train_slice(u64::MAX)
    }

    /// Ends the training where it is.
    pub fn cancel(&mut self) {
        if self.ended.is_some() {
            return;
        }
        if self.network.parameters.iter().all(|p| p.is_finite()) {
            self.ended = Some((Status::Paused, None));
        } else {
            self.diverge("A weight is too large for any number to hold.");
        }
    }

    fn step(&mut self) {
        let mut loss = match self.batches.range_of_step(self.steps) {
            // In the rows' own order a batch lies in one piece.
            Some(range) => {
                let Self { network, gradient, inputs, targets, .. } = self;
                let rows = range.len();
                let of = |all: &'_ [f64], width: usize| range.start * width..(range.end * width).min(all.len());
                let x = inputs.get(of(inputs, network.shape.inputs())).unwrap_or(&[]);
                let y = targets.get(of(targets, network.shape.outputs())).unwrap_or(&[]);
                network.backward(rows, x, y, gradient)
            }
            None => {
                let rows = self.gather();
                let Self { network, gradient, batch_inputs, batch_targets, .. } = self;
                network.backward(rows, batch_inputs, batch_targets, gradient)
            }
        };
        loss += self.penalize();
        if !loss.is_finite() {
            return self.diverge("The loss is too large for any number to hold.");
        }
        if self.steps.is_multiple_of(self.keep_every) {
            self.previous.copy_from_slice(&self.network.parameters);
        }
        self.stepper.step(&mut self.network.parameters, &self.gradient);
        // Just before the parameters are kept, and after the last step, they must all be finite.
        let look = (self.steps + 1).is_multiple_of(self.keep_every) || self.steps + 1 == self.total_steps;
        if look && !sums::all_finite(&self.network.parameters) {
            return self.diverge("A weight is too large for any number to hold.");
        }
        self.steps += 1;
        self.batch_loss = Some(loss);
        self.epoch_sum += loss;
        let per_epoch = self.batches.per_epoch() as u64;
        if self.steps.is_multiple_of(per_epoch) {
            self.end_epoch(self.epoch_sum / per_epoch as f64);
        }
    }

    /// Copies the rows of the batch together and says how many they are.
    fn gather(&mut self) -> usize {
        let (inputs, outputs) = (self.network.shape.inputs(), self.network.shape.outputs());
        self.batch_inputs.clear();
        self.batch_targets.clear();
        let rows = self.batches.of_step(self.steps);
        for row in rows {
            let row = *row as usize;
            append(&mut self.batch_inputs, self.inputs.get(row * inputs..(row + 1) * inputs).unwrap_or(&[]));
            append(&mut self.batch_targets, self.targets.get(row * outputs..(row + 1) * outputs).unwrap_or(&[]));
        }
        rows.len()
    }

    /// Adds the slopes of the penalties to the gradient; their value.
    fn penalize(&mut self) -> f64 {
        let TrainOptions { l1, l2, .. } = self.options;
        if l1 == 0.0 && l2 == 0.0 {
            return 0.0;
        }
        let mut value = 0.0;
        for layer in &self.network.shape.layers {
            let (weights, _) = layer.split(&self.network.parameters);
            let (slopes, _) = layer.split_mut(&mut self.gradient);
            for (g, w) in slopes.iter_mut().zip(weights) {
                value += l1 * w.abs() + 0.5 * l2 * w * w;
                let sign = if *w == 0.0 { 0.0 } else { w.signum() };
                *g += l1 * sign + l2 * w;
            }
        }
        value
    }

    /// The value of the penalties.
    fn penalty(&self) -> f64 {
        let TrainOptions { l1, l2, .. } = self.options;
        if l1 == 0.0 && l2 == 0.0 {
            return 0.0;
        }
        let weights = self.network.shape.layers.iter().flat_map(|layer| layer.split(&self.network.parameters).0);
        weights.map(|w| l1 * w.abs() + 0.5 * l2 * w * w).sum()
    }

    fn end_epoch(&mut self, loss: f64) {
        self.epoch_sum = 0.0;
        let rises = match (self.rises, self.losses.last()) {
            (Some(rises), Some(last)) => rises.after(*last, loss),
            _ => Rises::from(loss),
        };
        self.rises = Some(rises);
        self.losses.push(loss);
        // The mean over all batches of an epoch varies little by chance: the rule for what is not noisy holds.
        if rises.diverged(loss, Ceiling::of(&self.options.optimizer, false)).is_some() {
            let reason = "The loss has grown five epochs in a row. Halve the learning rate and try again.";
            self.ended = Some((Status::Diverged, Some(reason.to_owned())));
        } else if self.steps >= self.total_steps {
            let rows = self.inputs.len() / self.network.shape.inputs().max(1);
            let last = self.network.value(rows, &self.inputs, &self.targets) + self.penalty();
            if last.is_finite() {
                self.losses.push(last);
                self.ended = Some((Status::Paused, None));
            } else {
                self.diverge("The loss is too large for any number to hold.");
            }
        }
    }

    /// Goes back to the last parameters kept, whose loss was finite.
    fn diverge(&mut self, what: &str) {
        self.network.parameters.copy_from_slice(&self.previous);
        let reason =
            format!("{what} Training stopped at step {}. Halve the learning rate and try again.", self.steps + 1);
        self.ended = Some((Status::Diverged, Some(reason)));
    }

    /// Where training stands.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let (status, reason) = match &self.ended {
            Some((status, reason)) => (*status, reason.clone()),
            None if self.steps == 0 => (Status::Idle, None),
            None => (Status::Running, None),
        };
        Progress {
            steps: self.steps,
            total_steps: self.total_steps,
            epochs: self.steps / self.batches.per_epoch() as u64,
            batch_loss: self.batch_loss,
            status,
            reason,
        }
    }

    /// The mean loss of the batches of each finished epoch and, after the last, the loss over all rows, penalties included. With one batch an epoch these
    /// are the losses before each step and after the last.
    #[must_use]
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// The network as it is now. Once training has ended every number in it is finite.
    #[must_use]
    pub fn network(&mut self) -> &mut Network {
        &mut self.network
    }

    /// Ends the training and gives the network back.
    #[must_use]
    pub fn into_network(self) -> Network {
        self.network
    }
}
