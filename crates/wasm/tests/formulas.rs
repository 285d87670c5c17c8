//! The reference vectors through the boundary, as JavaScript sees them.

#![cfg(target_arch = "wasm32")]
// In tests a failed expectation is the report; clippy does not know these for tests.
#![allow(clippy::unwrap_used, clippy::panic)]

use downhill_wasm::parse;
use js_sys::{Object, Reflect};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn records(text: &'static str) -> impl Iterator<Item = Value> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap())
}

fn bindings(of: &Value) -> JsValue {
    let object = Object::new();
    for (name, value) in of.as_object().unwrap() {
        Reflect::set(&object, &name.into(), &value.as_f64().unwrap().into()).unwrap();
    }
    object.into()
}

fn names_of(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn bound(bindings: &Value) -> Vec<String> {
    bindings.as_object().unwrap().keys().cloned().collect()
}

fn near(got: f64, wanted: f64) -> bool {
    (got - wanted).abs() <= 1e-12 * wanted.abs().max(1.0)
}

fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap()
}

#[wasm_bindgen_test]
fn values_and_derivatives_of_one_variable_are_those_of_the_reference() {
    let mut checked = 0;
    for record in records(include_str!("../../../tests/reference/derivatives.jsonl")) {
        let (text, variable) = (record["expr"].as_str().unwrap(), record["var"].as_str().unwrap());
        let Ok(formula) = parse(text, bound(&record["points"][0]["bindings"])) else { panic!("{text} is not read") };
        let Ok(derivative) = formula.derivative(variable) else { panic!("{text} has no derivative") };
        for point in record["points"].as_array().unwrap() {
            let at = bindings(&point["bindings"]);
            let value = formula.evaluate(&at).unwrap();
            assert!(near(value, point["value"].as_f64().unwrap()), "{text} at {point}: {value}");
            let slope = derivative.evaluate(&at).unwrap();
            assert!(near(slope, point["derivative"].as_f64().unwrap()), "{text} at {point}: slope {slope}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked} points");
}

#[wasm_bindgen_test]
fn gradients_and_second_derivatives_are_those_of_the_reference() {
    for record in records(include_str!("../../../tests/reference/gradients.jsonl")) {
        let text = record["expr"].as_str().unwrap();
        let Ok(formula) = parse(text, names_of(&record["vars"])) else { panic!("{text} is not read") };
        for point in record["points"].as_array().unwrap() {
            let found = formula.hessian(&bindings(&point["bindings"])).unwrap();
            let names = record["vars"].as_array().unwrap();
            for (place, name) in names.iter().enumerate() {
                let name = name.as_str().unwrap();
                let entry = property(&property(&found, "gradient"), name).as_f64().unwrap();
                assert!(
                    near(entry, point["gradient"][place].as_f64().unwrap()),
                    "{text} by {name} at {point}: {entry}"
                );
            }
        }
    }
}

#[wasm_bindgen_test]
fn many_points_at_once_have_the_same_bits_as_one_by_one() {
    let Ok(formula) = parse("a*sin(x) + exp(-x^2)/(1 + abs(x))", Vec::new()) else { panic!("not read") };
    let xs: Vec<f64> = (0..1001).map(|i| f64::from(i) * 0.013 - 6.5).collect();
    let a = bindings(&serde_json::json!({ "a": 1.7 }));
    let many = formula.evaluate_many("x", &xs, &a).unwrap();
    for (x, value) in xs.iter().zip(&many) {
        let one = formula.evaluate(&bindings(&serde_json::json!({ "a": 1.7, "x": x }))).unwrap();
        assert_eq!(one.to_bits(), value.to_bits(), "at {x}");
    }
}

#[wasm_bindgen_test]
fn a_mistake_is_thrown_with_its_code_and_its_place_in_utf16() {
    let Err(error) = parse("π^2 + sni(x)", Vec::new()) else { panic!("it was read") };
    assert_eq!(property(&error, "name").as_string().as_deref(), Some("DownhillError"));
    assert_eq!(property(&error, "code").as_string().as_deref(), Some("E_NAME"));
    assert_eq!(property(&error, "start").as_f64(), Some(6.0));
    assert_eq!(property(&error, "end").as_f64(), Some(9.0));
    assert!(property(&error, "hint").as_string().unwrap().contains("sin"));
}

#[wasm_bindgen_test]
fn bindings_that_do_not_fit_are_refused_by_name() {
    let Ok(formula) = parse("x + y", Vec::new()) else { panic!("not read") };
    let code = |given: serde_json::Value| {
        let object = Object::new();
        for (name, value) in given.as_object().unwrap() {
            let value = value.as_f64().map_or_else(|| JsValue::from_str("text"), JsValue::from_f64);
            Reflect::set(&object, &name.into(), &value).unwrap();
        }
        property(&formula.evaluate(&object).unwrap_err(), "code").as_string().unwrap()
    };
    assert_eq!(code(serde_json::json!({ "x": 1 })), "E_BINDING_MISSING");
    assert_eq!(code(serde_json::json!({ "x": 1, "y": 2, "z": 3 })), "E_BINDING_UNKNOWN");
    assert_eq!(code(serde_json::json!({ "x": 1, "y": "two" })), "E_BINDING_TYPE");
}
