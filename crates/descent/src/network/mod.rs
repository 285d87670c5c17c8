//! Neural networks of dense layers: forward, backward, and training that can be cut in slices.
//!
//! A layer computes a = f(x W + b) for a batch of rows x at once. Parameters are one flat list, layer by layer: the weights row by row
//! as `[input][output]`, then the biases. They are kept in double precision; the passes run in double or single.

mod activation;
mod initial;
mod pass;
mod tape;
mod training;

pub use activation::Activation;
pub use tape::{LONGEST_FORMULA, TapeNames};
pub use training::{Progress, TrainOptions, Training};

use serde::{Deserialize, Serialize};

use crate::error::{DescentError, all_finite};
use crate::loss::{Loss, LossKind, LossParameters};
use crate::problem::Problem;
use pass::{Pass, Shape};

/// The most parameters a network may have: a guess at what a page can bear (160 MB in doubles with a gradient beside).
const MOST_PARAMETERS: usize = 10_000_000;

/// What a network is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct NetworkSpec {
    /// The number of inputs, of units in each hidden layer, and of outputs.
    pub layers: Vec<usize>,
    /// Of the hidden layers.
    pub activation: Activation,
    /// One for each hidden layer, where they differ; `activation` for all of them unless told.
    #[serde(default)]
    pub hidden_activations: Option<Vec<Activation>>,
    /// Of the last layer; identity unless told.
    #[serde(default)]
    pub output_activation: Activation,
    /// Mean squared error unless told. Cross-entropies and hinges take the outputs as logits.
    #[serde(default = "mean_squared_error")]
    pub loss: LossKind,
    /// What the first weights are drawn from; 0 unless told.
    #[serde(default)]
    pub seed: u64,
    /// Double unless told.
    #[serde(default)]
    pub precision: Precision,
}

fn mean_squared_error() -> LossKind {
    LossKind::Mse
}

/// What the passes compute in. Parameters and optimiser stay in double precision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Precision {
    /// 64 bits.
    #[default]
    F64,
    /// 32 bits: half the memory and twice the lanes.
    F32,
}

/// The room for passes, in the precision asked for.
#[derive(Clone, Debug)]
enum Engine {
    Double(Box<Pass<f64>>),
    Single(Box<Pass<f32>>),
}

/// A network with its parameters.
#[derive(Clone, Debug)]
pub struct Network {
    shape: Shape,
    loss: Loss,
    parameters: Vec<f64>,
    engine: Engine,
}

impl Network {
    /// A network with seeded first weights: Xavier's for tanh, sigmoid and identity, He's for relu and softplus; biases 0.
    ///
    /// # Errors
    /// [`DescentError::OutOfRange`]: fewer than two layers, an empty layer, or more than ten million parameters;
    /// [`DescentError::Length`] unless there is a hidden activation for each hidden layer or none is told.
    pub fn new(spec: &NetworkSpec) -> Result<Self, DescentError> {
        let hidden = spec.layers.len().saturating_sub(2);
        let mut activations = spec.hidden_activations.clone().unwrap_or_else(|| vec![spec.activation; hidden]);
        if activations.len() != hidden {
            let expected = format!("{hidden}, one for each hidden layer");
            return Err(DescentError::length("hiddenActivations", expected, activations.len()));
        }
        activations.push(spec.output_activation);
        let parameters = LossParameters { classes: spec.layers.last().copied(), ..LossParameters::default() };
        let loss = Loss::new(spec.loss, parameters, 1)?;
        let mut network = Self::with_activations(&spec.layers, &activations, loss, spec.precision)?;
        network.initialize(spec.seed);
        Ok(network)
    }

    /// A network with an activation of its own for each layer, all parameters 0.
    ///
    /// # Errors
    /// As [`Network::new`]; [`DescentError::Length`] unless there is one activation a layer.
    pub fn with_activations(
        layers: &[usize],
        activations: &[Activation],
        loss: Loss,
        precision: Precision,
    ) -> Result<Self, DescentError> {
        let shape = Shape::new(layers, activations, MOST_PARAMETERS)?;
        let engine = match precision {
            Precision::F64 => Engine::Double(Box::default()),
            Precision::F32 => Engine::Single(Box::default()),
        };
        Ok(Self { loss, parameters: vec![0.0; shape.parameters()], shape, engine })
    }

    /// Draws all weights anew.
    pub fn initialize(&mut self, seed: u64) {
        initial::fill(&self.shape, seed, &mut self.parameters);
    }

    /// All weights and biases.
    #[must_use]
    pub fn parameters(&self) -> &[f64] {
        &self.parameters
    }

    /// Sets all weights and biases.
    ///
    /// # Errors
    /// [`DescentError::Length`] or [`DescentError::NotFinite`].
    pub fn set_parameters(&mut self, parameters: &[f64]) -> Result<(), DescentError> {
        if parameters.len() != self.parameters.len() {
            let expected = format!("{}, one a weight and one a bias", self.parameters.len());
            return Err(DescentError::length("parameters", expected, parameters.len()));
        }
        all_finite("parameters", parameters)?;
        self.parameters.copy_from_slice(parameters);
        Ok(())
    }

    /// The number of inputs, hidden units and outputs, layer by layer.
    #[must_use]
    pub fn layers(&self) -> &[usize] {
        &self.shape.sizes
    }

    /// What the passes compute in.
    #[must_use]
    pub fn precision(&self) -> Precision {
        match self.engine {
            Engine::Double(_) => Precision::F64,
            Engine::Single(_) => Precision::F32,
        }
    }

    /// The activation of each layer after the inputs.
    #[must_use]
    pub fn layer_activations(&self) -> Vec<Activation> {
        self.shape.layers.iter().map(|layer| layer.activation).collect()
    }

    /// The loss.
    #[must_use]
    pub fn loss(&self) -> &Loss {
        &self.loss
    }

    /// Multiplications and additions of one forward and backward pass over so many rows: for choosing how much to do in a slice.
    #[must_use]
    pub fn operations(&self, rows: usize) -> u64 {
        6 * self.parameters.len() as u64 * rows as u64
    }

    /// The outputs for rows of inputs, row by row. The network itself stays as it is; only its room for passes is written.
    ///
    /// # Errors
    /// [`DescentError`]: no rows, a last row that is not whole, numbers that are not finite, or outputs too large for a number.
    pub fn forward(&mut self, inputs: &[f64]) -> Result<Vec<f64>, DescentError> {
        let rows = self.shape.rows("inputs", inputs)?;
        let outputs = self.outputs(rows, inputs).to_vec();
        if outputs.iter().any(|v| !v.is_finite()) {
            return Err(overflow("outputs"));
        }
        Ok(outputs)
    }

    /// Each unit's output for rows of inputs: one list a layer after the inputs, row by row. For pictures of what units have learnt.
    ///
    /// # Errors
    /// As [`Network::forward`].
    pub fn activations(&mut self, inputs: &[f64]) -> Result<Vec<Vec<f64>>, DescentError> {
        self.forward(inputs)?;
        Ok(match &self.engine {
            Engine::Double(pass) => pass.layer_outputs(),
            Engine::Single(pass) => pass.layer_outputs(),
        })
    }

    fn outputs(&mut self, rows: usize, inputs: &[f64]) -> &[f64] {
        match &mut self.engine {
            Engine::Double(pass) => pass.outputs(&self.shape, &self.parameters, rows, inputs),
            Engine::Single(pass) => pass.outputs(&self.shape, &self.parameters, rows, inputs),
        }
    }

    /// The mean loss over rows, and its gradient in the order of the parameters.
    ///
    /// # Errors
    /// As [`Network::forward`]; also targets that do not fit inputs or loss, and a loss too large for a number.
    pub fn loss_and_gradient(&mut self, inputs: &[f64], targets: &[f64]) -> Result<(f64, Vec<f64>), DescentError> {
        let rows = self.check(inputs, targets)?;
        let mut gradient = vec![0.0; self.parameters.len()];
        let value = self.backward(rows, inputs, targets, &mut gradient);
        if !value.is_finite() || gradient.iter().any(|g| !g.is_finite()) {
            return Err(overflow("loss"));
        }
        Ok((value, gradient))
    }

    /// The mean loss over rows alone.
    ///
    /// # Errors
    /// As [`Network::loss_and_gradient`].
    pub fn loss_of(&mut self, inputs: &[f64], targets: &[f64]) -> Result<f64, DescentError> {
        let rows = self.check(inputs, targets)?;
        let value = self.value(rows, inputs, targets);
        if value.is_finite() { Ok(value) } else { Err(overflow("loss")) }
    }

    fn check(&self, inputs: &[f64], targets: &[f64]) -> Result<usize, DescentError> {
        let rows = self.shape.rows("inputs", inputs)?;
        let expected = rows * self.shape.outputs();
        if targets.len() != expected {
            let why = format!("{expected}, {} for each of {rows} rows of inputs", self.shape.outputs());
            return Err(DescentError::length("targets", why, targets.len()));
        }
        self.loss.check_targets(targets)?;
        Ok(rows)
    }

    /// One parameter, for nudging.
    pub(crate) fn parameter_mut(&mut self, index: usize) -> Option<&mut f64> {
        self.parameters.get_mut(index)
    }

    pub(crate) fn value(&mut self, rows: usize, inputs: &[f64], targets: &[f64]) -> f64 {
        match &mut self.engine {
            Engine::Double(pass) => pass.value(&self.shape, &self.loss, &self.parameters, rows, inputs, targets),
            Engine::Single(pass) => pass.value(&self.shape, &self.loss, &self.parameters, rows, inputs, targets),
        }
    }

    pub(crate) fn backward(&mut self, rows: usize, inputs: &[f64], targets: &[f64], gradient: &mut [f64]) -> f64 {
        let Self { shape, loss, parameters, engine } = self;
        match engine {
            Engine::Double(pass) => pass.backward(shape, loss, parameters, rows, inputs, targets, gradient),
            Engine::Single(pass) => pass.backward(shape, loss, parameters, rows, inputs, targets, gradient),
        }
    }
}

fn overflow(argument: &str) -> DescentError {
    DescentError::OutOfRange {
        argument: argument.to_owned(),
        expected: "numbers that stay finite; the weights or inputs are too large".to_owned(),
        got: "too large for a number".to_owned(),
    }
}

/// A network with the rows it learns from, as a problem for a [`crate::run::Run`]: its parameters are the network's.
#[derive(Clone, Debug)]
pub struct NetworkProblem {
    network: std::cell::RefCell<Network>,
    inputs: Vec<f64>,
    targets: Vec<f64>,
    rows: usize,
}

impl NetworkProblem {
    /// Joins a network and its rows.
    ///
    /// # Errors
    /// As [`Network::loss_and_gradient`].
    pub fn new(network: Network, inputs: Vec<f64>, targets: Vec<f64>) -> Result<Self, DescentError> {
        let rows = network.check(&inputs, &targets)?;
        Ok(Self { network: network.into(), inputs, targets, rows })
    }
}

impl Problem for NetworkProblem {
    fn dimension(&self) -> usize {
        self.network.borrow().parameters.len()
    }
    fn value(&self, at: &[f64]) -> f64 {
        let mut network = self.network.borrow_mut();
        network.parameters.copy_from_slice(at);
        network.value(self.rows, &self.inputs, &self.targets)
    }
    fn gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        let mut network = self.network.borrow_mut();
        network.parameters.copy_from_slice(at);
        network.backward(self.rows, &self.inputs, &self.targets, gradient)
    }
}
