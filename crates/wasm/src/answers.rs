//! Checking answers: a wrong one and an unreadable one are results, not errors.

use crate::boundary::{mistake, set};
use crate::expression::located;
use crate::panics::refuse_after_panic;
use calculus::AnswerCheck;
use js_sys::Object;
use wasm_bindgen::prelude::*;

/// Whether an answer means what was expected. `variables` are names of several letters that either may use.
///
/// # Errors
/// An expected formula that cannot be read.
#[wasm_bindgen(js_name = checkAnswer)]
pub fn check_answer(expected: &str, answer: &str, variables: Vec<String>) -> Result<JsValue, JsValue> {
    refuse_after_panic()?;
    let names: Vec<&str> = variables.iter().map(String::as_str).collect();
    match calculus::check_answer(expected, answer, &names) {
        Ok(check) => Ok(told(&check, answer)),
        Err(error) => Err(mistake(&located(expected, &error))),
    }
}

/// Whether an answer is the derivative of a function, and which slip explains it when it is not.
///
/// # Errors
/// A function that cannot be read or differentiated.
#[wasm_bindgen(js_name = checkDerivative)]
pub fn check_derivative(function: &str, variable: &str, answer: &str) -> Result<JsValue, JsValue> {
    refuse_after_panic()?;
    match calculus::check_derivative(function, variable, answer) {
        Ok(check) => Ok(told(&check, answer)),
        Err(error) => Err(mistake(&located(function, &error))),
    }
}

fn told(check: &AnswerCheck, answer: &str) -> JsValue {
    let text = JsValue::from_str;
    let result = Object::new();
    set(&result, "verdict", &text(check.verdict.as_str()));
    set(&result, "simplified", &check.simplified.into());
    if let Some(found) = &check.mistake {
        let entry = Object::new();
        set(&entry, "code", &text(found.code));
        set(&entry, "message", &text(&found.message));
        set(&result, "mistake", &entry);
    }
    if let Some(found) = &check.counterexample {
        let (entry, bindings) = (Object::new(), Object::new());
        for (name, value) in &found.bindings {
            set(&bindings, name, &(*value).into());
        }
        set(&entry, "bindings", &bindings);
        set(&entry, "expected", &found.expected.into());
        set(&entry, "got", &found.got.into());
        set(&result, "counterexample", &entry);
    }
    if let Some(error) = &check.error {
        let found = located(answer, error);
        let entry = Object::new();
        set(&entry, "code", &text(&found.code));
        set(&entry, "message", &text(&found.message));
        if let Some(hint) = &found.hint {
            set(&entry, "hint", &text(hint));
        }
        set(&entry, "start", &(found.start as f64).into());
        set(&entry, "end", &(found.end as f64).into());
        set(&result, "error", &entry);
    }
    if let Some(note) = &check.note {
        set(&result, "note", &text(note));
    }
    result.into()
}
