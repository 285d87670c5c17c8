//! Formulas for JavaScript: numbers in by name, numbers out, lists of numbers in bulk.

use crate::boundary::{mistake, misuse, set};
use crate::panics::refuse_after_panic;
use std::cell::RefCell;

use calculus::FormulaError;
use calculus::graph::Node;
use js_sys::{Array, JsString, Object, Reflect};
use scenes::readout::FormulaMistake;
use wasm_bindgen::prelude::*;

/// Reads a formula. `declared` are variables with names of several letters, such as `theta`.
///
/// # Errors
/// Where and why it cannot be read: `{ code, message, hint?, start, end }`.
#[wasm_bindgen]
pub fn parse(text: &str, declared: Vec<String>) -> Result<Expression, JsValue> {
    refuse_after_panic()?;
    let names: Vec<&str> = declared.iter().map(String::as_str).collect();
    calculus::parse_with(text, &names).map(Expression::of).map_err(|error| mistake(&located(text, &error)))
}

pub(crate) fn located(text: &str, error: &FormulaError) -> FormulaMistake {
    let (start, end) = error.utf16(text);
    FormulaMistake {
        code: error.code.as_str().to_owned(),
        message: error.message.clone(),
        hint: error.hint.clone(),
        start,
        end,
    }
}

/// A formula. Never changes; `free()` gives its memory back early.
#[wasm_bindgen]
pub struct Expression {
    inner: calculus::Expression,
    /// The variables' names as JavaScript has them, so that binding them costs no conversion.
    names: Vec<JsString>,
    /// Whether the value depends on the variable; a derivative keeps the variables that vanished from it.
    used: Vec<bool>,
    /// The gradient last asked for. In a cell, so that bindings whose getters ask this same formula are no second writer.
    partials: RefCell<Vec<f64>>,
}

impl Expression {
    fn of(inner: calculus::Expression) -> Self {
        let names = inner.variables().iter().map(|name| JsString::from(name.as_str())).collect();
        let mut used = vec![false; inner.variables().len()];
        let roots: Vec<_> = core::iter::once(inner.root()).chain(inner.guards().iter().copied()).collect();
        for (node, reached) in inner.graph().nodes().iter().zip(inner.graph().reachable(&roots)) {
            if let (Node::Variable(place), true) = (node, reached)
                && let Some(used) = used.get_mut(*place as usize)
            {
                *used = true;
            }
        }
        Self { inner, names, used, partials: RefCell::default() }
    }

    fn place(&self, variable: &str) -> Result<usize, JsValue> {
        self.inner.variable(variable).ok_or_else(|| {
            misuse("E_VARIABLE", &format!("This formula has no variable “{variable}”. It has: {}.", self.listed()))
        })
    }

    fn listed(&self) -> String {
        if self.inner.variables().is_empty() { "none".to_owned() } else { self.inner.variables().join(", ") }
    }

    /// The values of the variables in their places, from a plain object. `free` may be left out: its values come elsewhere.
    fn bind(&self, bindings: &JsValue, free: Option<usize>) -> Result<Vec<f64>, JsValue> {
        let mut at = vec![0.0; self.names.len()];
        if bindings.is_undefined() || bindings.is_null() {
            return match self.used.iter().enumerate().position(|(place, used)| *used && Some(place) != free) {
                Some(place) => Err(self.missing(place)),
                None => Ok(at),
            };
        }
        if !bindings.is_object() {
            return Err(misuse("E_BINDINGS", "Give the values of the variables as an object, such as { x: 2 }."));
        }
        let mut found = 0;
        for (place, (name, value)) in self.names.iter().zip(&mut at).enumerate() {
            let given = Reflect::get(bindings, name)?;
            if given.is_undefined() {
                if self.used.get(place) == Some(&true) && Some(place) != free {
                    return Err(self.missing(place));
                }
                continue;
            }
            found += 1;
            *value = given.as_f64().ok_or_else(|| {
                misuse("E_BINDING_TYPE", &format!("The value of {} is not a number.", String::from(name)))
            })?;
        }
        let keys = Object::keys(bindings.unchecked_ref::<Object>());
        // A name too many is a slip worth telling, but not to a constant: it has its value everywhere.
        let is_slip = keys.length() > found && !self.names.is_empty();
        if is_slip { Err(self.unknown(&keys)) } else { Ok(at) }
    }

    fn missing(&self, place: usize) -> JsValue {
        let name = self.inner.variables().get(place).map_or("", String::as_str);
        misuse("E_BINDING_MISSING", &format!("Give a value for {name}."))
    }

    fn unknown(&self, keys: &Array) -> JsValue {
        let is_known = |key: &String| self.inner.variables().contains(key);
        let stray = keys.iter().filter_map(|key| key.as_string()).find(|key| !is_known(key)).unwrap_or_default();
        let message = format!("This formula has no variable “{stray}”. It has: {}.", self.listed());
        misuse("E_BINDING_UNKNOWN", &message)
    }
}

#[wasm_bindgen]
impl Expression {
    /// The variables, in order of first appearance.
    #[wasm_bindgen(getter)]
    pub fn variables(&self) -> Vec<String> {
        self.inner.variables().to_vec()
    }

    /// As one would type it.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.inner.text()
    }

    /// As LaTeX.
    #[wasm_bindgen(getter)]
    pub fn latex(&self) -> String {
        self.inner.latex()
    }

    /// As a MathML element.
    #[wasm_bindgen(getter)]
    pub fn mathml(&self) -> String {
        self.inner.mathml()
    }

    /// How ambiguous spellings were read: `{ code, message, start, end }[]`, offsets in UTF-16 units of the text as typed.
    #[wasm_bindgen(getter)]
    pub fn notes(&self) -> JsValue {
        let notes = Array::new();
        for note in self.inner.notes() {
            let entry = Object::new();
            set(&entry, "code", &JsValue::from_str(note.code));
            set(&entry, "message", &JsValue::from_str(&note.message));
            notes.push(&entry);
        }
        notes.into()
    }

    /// The value at `{ x: 2, … }`; NaN where it is undefined on the reals, ±∞ where it has no finite value.
    pub fn evaluate(&self, bindings: &JsValue) -> Result<f64, JsValue> {
        refuse_after_panic()?;
        Ok(self.inner.evaluate(&self.bind(bindings, None)?))
    }

    /// The value at each of many values of one variable, bit for bit what `evaluate` gives there.
    #[wasm_bindgen(js_name = evaluateMany)]
    pub fn evaluate_many(&self, variable: &str, values: &[f64], bindings: &JsValue) -> Result<Vec<f64>, JsValue> {
        refuse_after_panic()?;
        let place = self.place(variable)?;
        let at = self.bind(bindings, Some(place))?;
        let mut out = vec![0.0; values.len()];
        self.inner.evaluate_many(place, values, &at, &mut out);
        Ok(out)
    }

    /// The value, and the gradient by reverse mode: its entries are had from [`Expression::partial`] until the next call. An object
    /// made here would cost several times the calculation.
    pub fn gradient(&self, bindings: &JsValue) -> Result<f64, JsValue> {
        refuse_after_panic()?;
        let found = self.inner.gradient(&self.bind(bindings, None)?);
        self.partials.replace(found.gradient);
        Ok(found.value)
    }

    /// An entry of the gradient last asked for, in the order of the variables.
    pub fn partial(&self, place: usize) -> f64 {
        self.partials.borrow().get(place).copied().unwrap_or(f64::NAN)
    }

    fn named(&self, numbers: &[f64]) -> JsValue {
        let object = Object::new();
        for (name, number) in self.names.iter().zip(numbers) {
            // A plain data property cannot be refused.
            let _ = Reflect::set(&object, name, &JsValue::from_f64(*number));
        }
        object.into()
    }

    /// Value, gradient and second derivatives: `{ value, gradient, variables, hessian: number[][] }`.
    pub fn hessian(&self, bindings: &JsValue) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        let found = self.inner.hessian(&self.bind(bindings, None)?);
        let rows: Array = found
            .hessian
            .iter()
            .map(|row| row.iter().map(|second| JsValue::from_f64(*second)).collect::<Array>())
            .collect();
        let result = Object::new();
        set(&result, "value", &JsValue::from_f64(found.value));
        set(&result, "gradient", &self.named(&found.gradient));
        set(&result, "variables", &self.variables().into());
        set(&result, "hessian", &rows);
        Ok(result.into())
    }

    /// The derivative as a formula, simplified; 0 by a variable that does not occur.
    ///
    /// # Errors
    /// A formula whose derivative would be too large.
    pub fn derivative(&self, variable: &str) -> Result<Expression, JsValue> {
        refuse_after_panic()?;
        self.inner.derivative(variable).map(Self::of).map_err(|error| mistake(&located(&self.inner.text(), &error)))
    }

    /// The derivation, rule by rule: `{ rule, title, before, after, explanation }[]`, formulas as text.
    #[wasm_bindgen(js_name = derivationSteps)]
    pub fn derivation_steps(&self, variable: &str) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        let steps =
            self.inner.derivation_steps(variable).map_err(|error| mistake(&located(&self.inner.text(), &error)))?;
        let told = Array::new();
        for step in &steps {
            let entry = Object::new();
            let parts = [
                ("rule", step.rule),
                ("title", step.title),
                ("before", &step.before),
                ("after", &step.after),
                ("explanation", &step.explanation),
            ];
            for (name, text) in parts {
                set(&entry, name, &JsValue::from_str(text));
            }
            told.push(&entry);
        }
        Ok(told.into())
    }

    /// How steep in one variable: `{ value, derivative, left, right, differentiable, note? }`, null where there is none.
    pub fn slope(&self, variable: &str, bindings: &JsValue) -> Result<JsValue, JsValue> {
        refuse_after_panic()?;
        let place = self.place(variable)?;
        let found = self.inner.slope(place, &self.bind(bindings, None)?);
        let or_null = |number: Option<f64>| number.map_or(JsValue::NULL, JsValue::from_f64);
        let result = Object::new();
        set(&result, "value", &JsValue::from_f64(found.value));
        set(&result, "derivative", &or_null(found.derivative));
        set(&result, "left", &or_null(found.left));
        set(&result, "right", &or_null(found.right));
        set(&result, "differentiable", &JsValue::from_bool(found.differentiable));
        set(&result, "automatic", &JsValue::from_f64(found.automatic));
        if let Some(note) = &found.note {
            set(&result, "note", &JsValue::from_str(note));
        }
        Ok(result.into())
    }

    /// The same formula, shorter, with the same value and domain everywhere.
    pub fn simplify(&self) -> Result<Expression, JsValue> {
        refuse_after_panic()?;
        Ok(Self::of(self.inner.simplify()))
    }
}
