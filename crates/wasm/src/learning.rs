//! Losses and descents without a widget: plain objects in, numbers out in bulk.

use crate::boundary::{from_js, mistake, refused, set, set_end, to_js};
use crate::expression::located;
use crate::panics::refuse_after_panic;
use descent::data::DataKind;
use descent::loss::{LossKind, LossParameters};
use descent::run::{DescendError, DescendRequest};
use js_sys::{Float64Array, Object};
use wasm_bindgen::prelude::*;

/// Descends a formula: `{ variables, points, values, gradients, status, reason? }`.
///
/// # Errors
/// The objective's mistake, located; `E_RUN`, `E_RANGE` and the like for settings out of range or a start without a finite value.
#[wasm_bindgen]
pub fn descend(request: JsValue) -> Result<JsValue, JsValue> {
    refuse_after_panic()?;
    let request: DescendRequest = from_js(request, "E_RUN")?;
    let found = descent::run::descend(&request).map_err(|error| told(&request, error))?;
    let result = Object::new();
    set(&result, "variables", &found.variables.into());
    set(&result, "points", &Float64Array::from(found.points.as_slice()));
    set(&result, "values", &Float64Array::from(found.values.as_slice()));
    set(&result, "gradients", &Float64Array::from(found.gradients.as_slice()));
    set_end(&result, found.status, found.reason.as_deref())?;
    Ok(result.into())
}

/// The same run as a program, a document or a table.
///
/// # Errors
/// As [`descend`]; `E_LANGUAGE` for a language that there is not, `E_RANGE` for what it cannot say.
#[wasm_bindgen(js_name = exportRun)]
pub fn export_run(request: JsValue, language: JsValue) -> Result<String, JsValue> {
    refuse_after_panic()?;
    let request: DescendRequest = from_js(request, "E_RUN")?;
    let language = from_js(language, "E_LANGUAGE")?;
    descent::export::export_run(&request, language).map_err(|error| told(&request, error))
}

fn told(request: &DescendRequest, error: DescendError) -> JsValue {
    match error {
        DescendError::Formula(error) => mistake(&located(&request.objective, &error)),
        DescendError::Descent(error) => refused(error),
    }
}

/// The mean loss and its gradient by each prediction.
///
/// # Errors
/// `E_LOSS`, `E_LENGTH` and the like for a loss, lengths or targets that do not fit.
#[wasm_bindgen]
pub fn loss(kind: JsValue, predictions: &[f64], targets: &[f64], parameters: JsValue) -> Result<JsValue, JsValue> {
    refuse_after_panic()?;
    let kind: LossKind = from_js(kind, "E_LOSS")?;
    let parameters: LossParameters = from_js(parameters, "E_LOSS")?;
    let found = descent::loss::loss(kind, predictions, targets, parameters).map_err(refused)?;
    let result = Object::new();
    set(&result, "value", &found.value.into());
    set(&result, "gradient", &Float64Array::from(found.gradient.as_slice()));
    Ok(result.into())
}

/// A small data set by seed, a whole number: `{ inputs, width, targets, task, names }`, inputs row by row.
///
/// # Errors
/// `E_DATA` for a kind that there is not; `E_RANGE` for rows or noise out of range.
#[wasm_bindgen]
pub fn dataset(kind: JsValue, rows: usize, noise: f64, seed: f64) -> Result<JsValue, JsValue> {
    refuse_after_panic()?;
    let kind: DataKind = from_js(kind, "E_DATA")?;
    let made = descent::data::generate(kind, rows, noise, seed as u64).map_err(refused)?;
    let result = Object::new();
    set(&result, "inputs", &Float64Array::from(made.inputs.as_slice()));
    set(&result, "width", &JsValue::from_f64(made.width as f64));
    set(&result, "targets", &Float64Array::from(made.targets.as_slice()));
    set(&result, "task", &to_js(&made.task)?);
    set(&result, "names", &made.names.into());
    Ok(result.into())
}
