//! Networks for JavaScript: lists of numbers in bulk, training whole or in slices.

use crate::boundary::{from_js, refused, set, to_js};
use crate::panics::refuse_after_panic;
use descent::network::{NetworkSpec, TrainOptions};
use descent::optimizer::Optimizer;
use descent::run::Status;
use js_sys::{Array, Float64Array, Object};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

/// A network of dense layers with its parameters.
#[wasm_bindgen]
pub struct Network {
    inner: descent::network::Network,
    seed: u64,
}

/// How to train, without the lists of numbers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    optimizer: Optimizer,
    batch_size: usize,
    epochs: u64,
    #[serde(default)]
    shuffle: bool,
    /// What the order of rows is made from; the network's own seed unless told.
    seed: Option<u64>,
    #[serde(default)]
    l1: f64,
    #[serde(default)]
    l2: f64,
}

#[wasm_bindgen]
impl Network {
    /// `spec` is a [`NetworkSpec`] as plain data.
    ///
    /// # Errors
    /// `E_NETWORK` for a spec that cannot be read, `E_RANGE` and the like for sizes that do not fit.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: JsValue) -> Result<Network, JsValue> {
        refuse_after_panic()?;
        let spec: NetworkSpec = from_js(spec, "E_NETWORK")?;
        Ok(Self { inner: descent::network::Network::new(&spec).map_err(refused)?, seed: spec.seed })
    }

    /// Layer by layer: weights row by row as `[input][output]`, then biases.
    #[wasm_bindgen(getter)]
    pub fn parameters(&self) -> Vec<f64> {
        self.inner.parameters().to_vec()
    }

    /// How many parameters there are.
    #[wasm_bindgen(getter, js_name = parameterCount)]
    pub fn parameter_count(&self) -> usize {
        self.inner.parameters().len()
    }

    /// Sets them all.
    ///
    /// # Errors
    /// `E_LENGTH` or `E_NOT_FINITE`.
    #[wasm_bindgen(js_name = setParameters)]
    pub fn set_parameters(&mut self, parameters: &[f64]) -> Result<(), JsValue> {
        refuse_after_panic()?;
        self.inner.set_parameters(parameters).map_err(refused)
    }

    /// The outputs for rows of inputs, row by row.
    ///
    /// # Errors
    /// `E_EMPTY_DATA`, `E_LENGTH`, `E_NOT_FINITE`; `E_RANGE` for outputs too large for a number.
    pub fn forward(&mut self, inputs: &[f64]) -> Result<Vec<f64>, JsValue> {
        refuse_after_panic()?;
        self.inner.forward(inputs).map_err(refused)
    }

    /// Each layer's outputs for rows of inputs: one `Float64Array` a layer after the inputs.
    pub fn activations(&mut self, inputs: &[f64]) -> Result<Array, JsValue> {
        refuse_after_panic()?;
        let layers = self.inner.activations(inputs).map_err(refused)?;
        Ok(layers.iter().map(|layer| Float64Array::from(layer.as_slice())).collect())
    }

    /// The mean loss over rows and its gradient: `{ loss, gradient }`, in the order of the parameters.
    #[wasm_bindgen(js_name = lossAndGradient)]
    pub fn loss_and_gradient(&mut self, inputs: &[f64], targets: &[f64]) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        let (loss, gradient) = self.inner.loss_and_gradient(inputs, targets).map_err(refused)?;
        let result = Object::new();
        set(&result, "loss", &JsValue::from_f64(loss));
        set(&result, "gradient", &Float64Array::from(gradient.as_slice()));
        Ok(result.into())
    }

    /// A training of a copy of this network, nothing done yet.
    ///
    /// # Errors
    /// `E_RUN` for settings that cannot be read; `E_RANGE`, `E_LENGTH` and the like, naming the argument.
    pub fn training(&self, inputs: Vec<f64>, targets: Vec<f64>, settings: JsValue) -> Result<Training, JsValue> {
        refuse_after_panic()?;
        let options = self.options(settings)?;
        let inner = descent::network::Training::new(self.inner.clone(), inputs, targets, options).map_err(refused)?;
        Ok(Training { inner })
    }

    /// The same training as a program, a document or a table.
    ///
    /// # Errors
    /// As `training`; `E_LANGUAGE` for a language that there is not, `E_RANGE` for more numbers than a program can bear.
    #[wasm_bindgen(js_name = exportRun)]
    pub fn export_run(
        &self,
        inputs: &[f64],
        targets: &[f64],
        settings: JsValue,
        language: JsValue,
    ) -> Result<String, JsValue> {
        refuse_after_panic()?;
        let (options, language) = (self.options(settings)?, from_js(language, "E_LANGUAGE")?);
        descent::export::export_training(&self.inner, inputs, targets, &options, language).map_err(refused)
    }

    /// Takes over the parameters of a training of this network; false, and nothing is changed, where some are not finite: between a
    /// step that left the finite numbers and the one that notices.
    pub fn adopt(&mut self, training: &mut Training) -> bool {
        self.inner.set_parameters(training.inner.network().parameters()).is_ok()
    }
}

impl Network {
    fn options(&self, settings: JsValue) -> Result<TrainOptions, JsValue> {
        let Settings { optimizer, batch_size, epochs, shuffle, seed, l1, l2 } = from_js(settings, "E_RUN")?;
        let shuffle = shuffle.then(|| seed.unwrap_or(self.seed));
        Ok(TrainOptions { optimizer, batch_size, epochs, shuffle, l1, l2 })
    }
}

/// A network in training, slice by slice.
#[wasm_bindgen]
pub struct Training {
    inner: descent::network::Training,
}

#[wasm_bindgen]
impl Training {
    /// Takes at most so many steps: `{ steps, totalSteps, epochs, batchLoss, status, reason }`.
    pub fn slice(&mut self, steps: u32) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        to_js(&self.inner.train_slice(u64::from(steps)))
    }

    /// Trains to the end.
    pub fn finish(&mut self) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        to_js(&self.inner.train())
    }

    /// Ends the training where it is.
    pub fn cancel(&mut self) {
        self.inner.cancel();
    }

    /// The loss of each finished epoch and, after the last, over all rows.
    #[wasm_bindgen(getter)]
    pub fn losses(&self) -> Vec<f64> {
        self.inner.losses().to_vec()
    }

    /// Whether it has nothing more to do.
    #[wasm_bindgen(getter)]
    pub fn ended(&self) -> bool {
        matches!(self.inner.progress().status, Status::Paused | Status::Diverged)
    }
}
