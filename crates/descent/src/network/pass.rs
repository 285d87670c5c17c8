//! Forward and backward over a batch of rows, on matrix products. Nothing is allocated once the room has grown to the batch.
//!
//! With outputs a₀ (the inputs), a₁ … a_L and deltas d = ∂L/∂z: d_L = ∂L/∂a_L ∘ f′, ∂L/∂W = aᵀ d, ∂L/∂b = Σ rows of d, and the layer
//! before gets d Wᵀ ∘ f′ (Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", 1986).

use super::activation::Activation;
use crate::error::{DescentError, all_finite};
use crate::loss::Loss;
use crate::matrix::{Element, Into, Packed, View, column_sums, multiply};

/// One layer: its size and where its parameters lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layer {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) activation: Activation,
    offset: usize,
}

impl Layer {
    fn weights_len(&self) -> usize {
        self.inputs * self.outputs
    }

    fn end(&self) -> usize {
        self.offset + self.weights_len() + self.outputs
    }

    /// The layer's weights and biases in the flat list.
    pub(super) fn split<'a, T>(&self, parameters: &'a [T]) -> (&'a [T], &'a [T]) {
        let own = parameters.get(self.offset..self.end()).unwrap_or(&[]);
        own.split_at(self.weights_len().min(own.len()))
    }

    pub(super) fn split_mut<'a, T>(&self, parameters: &'a mut [T]) -> (&'a mut [T], &'a mut [T]) {
        let own = parameters.get_mut(self.offset..self.end()).unwrap_or(&mut []);
        own.split_at_mut(self.weights_len().min(own.len()))
    }
}

/// All layers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) sizes: Vec<usize>,
    pub(super) layers: Vec<Layer>,
}

impl Shape {
    pub(super) fn new(sizes: &[usize], activations: &[Activation], most: usize) -> Result<Self, DescentError> {
        if sizes.len() < 2 {
            return Err(DescentError::length("layers", "2 or more: inputs, hidden layers, outputs", sizes.len()));
        }
        if let Some(index) = sizes.iter().position(|&size| size == 0) {
            return Err(DescentError::range(&format!("layers[{index}]"), "a whole number, 1 or more", 0.0));
        }
        if activations.len() + 1 != sizes.len() {
            let expected = format!("{}, one for each layer after the inputs", sizes.len() - 1);
            return Err(DescentError::length("activations", expected, activations.len()));
        }
        let mut layers = Vec::with_capacity(activations.len());
        let mut offset = 0usize;
        for ((inputs, outputs), activation) in sizes.iter().zip(sizes.iter().skip(1)).zip(activations) {
            let own = inputs.saturating_add(1).saturating_mul(*outputs);
            if own > most || offset + own > most {
                return Err(DescentError::OutOfRange {
                    argument: "layers".to_owned(),
                    expected: format!("sizes with at most {most} weights and biases together"),
                    got: format!("{sizes:?}"),
                });
            }
            layers.push(Layer { inputs: *inputs, outputs: *outputs, activation: *activation, offset });
            offset += own;
        }
        Ok(Self { sizes: sizes.to_vec(), layers })
    }

    pub(super) fn parameters(&self) -> usize {
        self.layers.last().map_or(0, Layer::end)
    }

    pub(super) fn inputs(&self) -> usize {
        self.sizes.first().copied().unwrap_or(0)
    }

    pub(super) fn outputs(&self) -> usize {
        self.sizes.last().copied().unwrap_or(0)
    }

    /// How many rows the inputs make.
    pub(super) fn rows(&self, argument: &str, inputs: &[f64]) -> Result<usize, DescentError> {
        if inputs.is_empty() {
            return Err(DescentError::Empty { argument: argument.to_owned() });
        }
        if !inputs.len().is_multiple_of(self.inputs()) {
            let expected = format!("a multiple of {}, the number of inputs", self.inputs());
            return Err(DescentError::length(argument, expected, inputs.len()));
        }
        all_finite(argument, inputs)?;
        Ok(inputs.len() / self.inputs())
    }
}

/// Room for one batch.
#[derive(Clone, Debug, Default)]
pub(super) struct Pass<T: Element> {
    /// a₀ … a_L.
    outputs: Vec<Vec<T>>,
    delta: Vec<T>,
    delta_before: Vec<T>,
    packed: Packed<T>,
    narrow_parameters: Vec<T>,
    narrow_gradient: Vec<T>,
    last: Vec<f64>,
    slopes: Vec<f64>,
}

impl<T: Element> Pass<T> {
    /// Runs the rows through all layers; the outputs in double precision.
    pub(super) fn outputs(&mut self, shape: &Shape, parameters: &[f64], rows: usize, inputs: &[f64]) -> &[f64] {
        let mut narrow = std::mem::take(&mut self.narrow_parameters);
        self.forward(shape, T::narrowed(parameters, &mut narrow), rows, inputs);
        self.narrow_parameters = narrow;
        &self.last
    }

    /// The mean loss.
    pub(super) fn value(
        &mut self,
        shape: &Shape,
        loss: &Loss,
        parameters: &[f64],
        rows: usize,
        inputs: &[f64],
        targets: &[f64],
    ) -> f64 {
        self.outputs(shape, parameters, rows, inputs);
        self.slopes.resize(self.last.len(), 0.0);
        loss.evaluate_unchecked(&self.last, targets, &mut self.slopes)
    }

    /// The mean loss, and its gradient written over `gradient`.
    #[expect(clippy::too_many_arguments, reason = "a batch is rows, inputs and targets; the rest is the network")]
    pub(super) fn backward(
        &mut self,
        shape: &Shape,
        loss: &Loss,
        parameters: &[f64],
        rows: usize,
        inputs: &[f64],
        targets: &[f64],
        gradient: &mut [f64],
    ) -> f64 {
        let mut narrow_parameters = std::mem::take(&mut self.narrow_parameters);
        let mut narrow_gradient = std::mem::take(&mut self.narrow_gradient);
        let parameters = T::narrowed(parameters, &mut narrow_parameters);
        self.forward(shape, parameters, rows, inputs);
        self.slopes.resize(self.last.len(), 0.0);
        let value = loss.evaluate_unchecked(&self.last, targets, &mut self.slopes);
        T::widened(gradient, &mut narrow_gradient, |gradient| self.pull_back(shape, parameters, rows, gradient));
        self.narrow_parameters = narrow_parameters;
        self.narrow_gradient = narrow_gradient;
        value
    }

    fn forward(&mut self, shape: &Shape, parameters: &[T], rows: usize, inputs: &[f64]) {
        self.outputs.resize_with(shape.sizes.len(), Vec::new);
        if let Some(first) = self.outputs.first_mut() {
            first.clear();
            first.extend(inputs.iter().map(|v| T::of(*v)));
        }
        for (index, layer) in shape.layers.iter().enumerate() {
            let (before, after) = self.outputs.split_at_mut(index + 1);
            let (Some(x), Some(out)) = (before.last(), after.first_mut()) else { return };
            let (weights, biases) = layer.split(parameters);
            out.resize(rows * layer.outputs, T::ZERO);
            let (x, w) = (View::new(x, rows, layer.inputs), View::new(weights, layer.inputs, layer.outputs));
            multiply(x, w, out, Into::Row(biases), &mut self.packed);
            layer.activation.apply(out);
        }
        self.last.clear();
        self.last.extend(self.outputs.last().into_iter().flatten().map(|v| v.double()));
    }

    fn pull_back(&mut self, shape: &Shape, parameters: &[T], rows: usize, gradient: &mut [T]) {
        self.delta.clear();
        self.delta.extend(self.slopes.iter().map(|v| T::of(*v)));
        for (index, layer) in shape.layers.iter().enumerate().rev() {
            let (Some(x), Some(out)) = (self.outputs.get(index), self.outputs.get(index + 1)) else { return };
            layer.activation.pull_back(out, &mut self.delta);
            let (weights, biases) = layer.split_mut(gradient);
            let delta = View::new(&self.delta, rows, layer.outputs);
            let back = View::new(x, rows, layer.inputs).transposed();
            multiply(back, delta, weights, Into::Overwrite, &mut self.packed);
            column_sums(&self.delta, biases);
            if index > 0 {
                self.delta_before.resize(rows * layer.inputs, T::ZERO);
                let (weights, _) = layer.split(parameters);
                let back = View::new(weights, layer.inputs, layer.outputs).transposed();
                multiply(delta, back, &mut self.delta_before, Into::Overwrite, &mut self.packed);
                std::mem::swap(&mut self.delta, &mut self.delta_before);
            }
        }
    }

    /// a₁ … a_L of the last pass.
    pub(super) fn layer_outputs(&self) -> Vec<Vec<f64>> {
        let layers = self.outputs.iter().skip(1);
        layers.map(|layer| layer.iter().map(|v| v.double()).collect()).collect()
    }
}
