//! Linear regression for JavaScript: columns in, parameters and losses out in bulk.

use crate::boundary::{from_js, refused, set, set_end, to_js};
use crate::panics::refuse_after_panic;
use descent::DescentError;
use descent::optimizer::Optimizer;
use descent::regression::{DescentOptions, Standardize};
use js_sys::{Array, Float64Array, Object};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

/// Data with a linear model to fit. Parameters are `[w…, b]`, in original units wherever they cross.
#[wasm_bindgen]
pub struct LinearRegression {
    inner: descent::regression::LinearRegression,
}

/// How to descend, without the lists of numbers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    optimizer: Optimizer,
    steps: u64,
    #[serde(default)]
    batch_size: Option<usize>,
    #[serde(default)]
    seed: u64,
}

#[wasm_bindgen]
impl LinearRegression {
    /// `features` are `Float64Array`s, one a column, as long as `target`; `names` one a column, or none at all.
    ///
    /// # Errors
    /// `E_LENGTH`, `E_EMPTY_DATA`, `E_NOT_FINITE` and the like, naming the argument: `features[1]`, `target`, `names`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        features: &Array,
        target: Vec<f64>,
        names: Vec<String>,
        standardize: bool,
    ) -> Result<LinearRegression, JsValue> {
        refuse_after_panic()?;
        let columns = features.iter().map(|column| Float64Array::new(&column).to_vec()).collect();
        let names = (!names.is_empty()).then_some(names);
        let standardize = if standardize { Standardize::Features } else { Standardize::Nothing };
        let inner = descent::regression::LinearRegression::new(columns, target, names, standardize).map_err(refused)?;
        Ok(Self { inner })
    }

    /// The exact least-squares fit: `{ coefficients, intercept, mse, rmse, rSquared, … }`, in original units.
    ///
    /// # Errors
    /// `E_TOO_FEW_ROWS` for fewer rows than parameters; `E_RANK_DEFICIENT` names the columns that can be computed from others.
    pub fn solve(&self) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        let found = self.inner.solve().map_err(refused)?;
        let result = to_js(&found)?;
        set(&result, "coefficients", &Float64Array::from(found.coefficients.as_slice()));
        set(&result, "standardErrors", &Float64Array::from(found.standard_errors.as_slice()));
        Ok(result)
    }

    /// 2/λ_max of the loss (1/n) Σ r² that is descended.
    #[wasm_bindgen(js_name = largestStableLearningRate)]
    pub fn largest_stable_learning_rate(&self) -> f64 {
        self.inner.largest_stable_learning_rate()
    }

    /// What the curvature says about learning rates, and what it would say of standardised features; null where it says nothing.
    pub fn diagnose(&self) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        let result = Object::new();
        set(&result, "now", &to_js(&self.inner.diagnosis())?);
        set(&result, "standardized", &to_js(&self.inner.diagnosis_standardized())?);
        Ok(result.into())
    }

    /// Descends the loss: `{ parameters, losses, status, reason? }`. `start` is empty for zeros of the descended units.
    ///
    /// # Errors
    /// `E_RUN`, `E_RANGE`, `E_LENGTH` and the like, naming the argument.
    pub fn descend(&self, settings: JsValue, start: Vec<f64>) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        let options = options(settings, start)?;
        let found = self.inner.descend(&options).map_err(refused)?;
        let result = Object::new();
        set(&result, "parameters", &Float64Array::from(found.parameters.as_slice()));
        set(&result, "losses", &Float64Array::from(found.losses.as_slice()));
        set_end(&result, found.status, found.reason.as_deref())?;
        Ok(result.into())
    }

    /// The same descent as a program, a document or a table.
    ///
    /// # Errors
    /// As `descend`; `E_LANGUAGE` for a language that there is not, `E_RANGE` for too much data.
    #[wasm_bindgen(js_name = exportRun)]
    pub fn export_run(&self, settings: JsValue, start: Vec<f64>, language: JsValue) -> Result<String, JsValue> {
        refuse_after_panic()?;
        let options = options(settings, start)?;
        descent::export::export_regression(&self.inner, &options, from_js(language, "E_LANGUAGE")?).map_err(refused)
    }

    /// ŷ for one row of features, by parameters `[w…, b]`; by the exact fit where none are given.
    ///
    /// # Errors
    /// `E_LENGTH` or `E_NOT_FINITE` for features or parameters that do not fit; as `solve` without parameters.
    pub fn predict(&self, features: &[f64], parameters: Vec<f64>) -> Result<f64, JsValue> {
        refuse_after_panic()?;
        let parameters = if parameters.is_empty() { self.exact()? } else { self.fitting(parameters)? };
        self.inner.predict(&parameters, features).map_err(refused)
    }

    /// ŷ − y for every row, by parameters `[w…, b]`; by the exact fit where none are given.
    pub fn residuals(&self, parameters: Vec<f64>) -> Result<Vec<f64>, JsValue> {
        refuse_after_panic()?;
        let parameters = if parameters.is_empty() { self.exact()? } else { self.fitting(parameters)? };
        Ok(self.inner.residuals(&parameters))
    }
}

fn options(settings: JsValue, start: Vec<f64>) -> Result<DescentOptions, JsValue> {
    let Settings { optimizer, steps, batch_size, seed } = from_js(settings, "E_RUN")?;
    Ok(DescentOptions { optimizer, steps, batch_size, seed, start: (!start.is_empty()).then_some(start) })
}

impl LinearRegression {
    fn exact(&self) -> Result<Vec<f64>, JsValue> {
        let found = self.inner.solve().map_err(refused)?;
        Ok(found.coefficients.into_iter().chain([found.intercept]).collect())
    }

    fn fitting(&self, parameters: Vec<f64>) -> Result<Vec<f64>, JsValue> {
        let expected = self.inner.names().len() + 1;
        if parameters.len() == expected {
            return Ok(parameters);
        }
        let expected = format!("{expected}, one a feature and the intercept");
        Err(refused(DescentError::Length { argument: "parameters".to_owned(), expected, got: parameters.len() }))
    }
}
