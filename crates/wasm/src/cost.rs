//! The work behind the cost chart, for a page to time: the engine itself has no clock.

use crate::boundary::{refused, to_js};
use crate::panics::refuse_after_panic;
use descent::cost::Workload;
use wasm_bindgen::prelude::*;

/// A network of about so many parameters with a batch for it.
#[wasm_bindgen]
pub struct CostWorkload {
    inner: Workload,
}

#[wasm_bindgen]
impl CostWorkload {
    /// As near below `parameters` as a square comes; the seed is a whole number.
    ///
    /// # Errors
    /// `E_RANGE` below 4 or above ten million.
    #[wasm_bindgen(constructor)]
    pub fn new(parameters: usize, seed: f64) -> Result<CostWorkload, JsValue> {
        refuse_after_panic()?;
        Ok(Self { inner: Workload::new(parameters, seed as u64).map_err(refused)? })
    }

    /// How many parameters there are.
    #[wasm_bindgen(getter)]
    pub fn parameters(&self) -> usize {
        self.inner.parameters()
    }

    /// One loss.
    pub fn loss(&mut self) -> f64 {
        self.inner.loss()
    }

    /// One loss with its whole gradient, by backpropagation.
    pub fn backward(&mut self) -> f64 {
        self.inner.backward()
    }

    /// Finite differences of the first `count` parameters: `count + 1` losses.
    pub fn nudge(&mut self, count: usize) -> f64 {
        self.inner.nudge(count)
    }

    /// The slopes that the last backward pass or nudges found.
    pub fn gradient(&self) -> Vec<f64> {
        self.inner.gradient().to_vec()
    }

    /// Multiplications and additions of each piece of work: `{ parameters, loss, backward, finiteDifferences }`.
    pub fn operations(&self) -> Result<JsValue, JsValue> {
        to_js(&self.inner.operations())
    }
}
