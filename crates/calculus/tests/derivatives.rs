//! Symbolic derivatives against `tests/reference/`: values, first and second derivatives, gradients, Hessians, and where there
//! is none.

// A failed expectation is the report of a test.
#![allow(clippy::unwrap_used, clippy::panic)]

use calculus::{Expression, parse, parse_with};
use serde_json::Value;

fn cases(file: &str) -> Vec<Value> {
    let path = format!("{}/../../tests/reference/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The bindings of a case in the order of a formula's variables.
fn point(formula: &Expression, bindings: &Value) -> Vec<f64> {
    formula.variables().iter().map(|name| bindings[name].as_f64().unwrap()).collect()
}

/// The rule of the README: relative to the reference or to `scale`, absolute where the relative accuracy is lost.
fn close(got: f64, reference: f64, rtol: f64, scale: f64, absolute: Option<f64>) -> bool {
    let error = (got - reference).abs();
    match absolute {
        Some(atol) => error <= atol,
        None => error <= rtol * reference.abs().max(scale) + if reference.abs() < 2.3e-308 { 1e-307 } else { 0.0 },
    }
}

#[test]
fn derivatives_of_one_variable_meet_the_reference() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for case in cases("derivatives.jsonl") {
        let text = case["expr"].as_str().unwrap();
        let variable = case["var"].as_str().unwrap();
        let names: Vec<&str> = case["points"][0]["bindings"].as_object().unwrap().keys().map(String::as_str).collect();
        let formula = parse_with(text, &names).unwrap_or_else(|error| panic!("{text}: {error}"));
        let first = formula.derivative(variable).unwrap();
        let second = first.derivative(variable).unwrap();
        let rtol = 1e-12 * case["slack"].as_f64().unwrap_or(1.0);
        for at in case["points"].as_array().unwrap() {
            let x = point(&formula, &at["bindings"]);
            let loose: Vec<&str> = at["loose"]
                .as_array()
                .map(|list| list.iter().map(|v| v.as_str().unwrap()).collect())
                .unwrap_or_default();
            let (value, slope) = (at["value"].as_f64().unwrap(), at["derivative"].as_f64().unwrap());
            let atol = 1e-11 * 1.0_f64.max(value.abs()).max(slope.abs());
            for (name, expression, rtol) in
                [("value", &formula, rtol), ("derivative", &first, rtol), ("second", &second, 10.0 * rtol)]
            {
                let reference = at[name].as_f64().unwrap();
                let got = expression.evaluate(&x);
                let absolute = (reference == 0.0 || loose.contains(&name)).then_some(atol);
                checked += 1;
                if !close(got, reference, rtol, 0.0, absolute) {
                    wrong.push(format!(
                        "{} {text}: {name} at {x:?} is {got:e}, not {reference:e}; {}",
                        case["id"],
                        expression.text().chars().take(200).collect::<String>()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(checked, 370 * 4 * 3);
}

#[test]
fn gradients_and_hessians_by_partial_derivatives_meet_the_reference() {
    let mut wrong = Vec::new();
    for case in cases("gradients.jsonl") {
        let text = case["expr"].as_str().unwrap();
        let names: Vec<&str> = case["vars"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
        let formula = parse(text).unwrap();
        let rtol = 1e-12 * case["slack"].as_f64().unwrap_or(1.0);
        let partials: Vec<Expression> = names.iter().map(|name| formula.derivative(name).unwrap()).collect();
        let seconds: Vec<Vec<Expression>> = partials
            .iter()
            .map(|partial| names.iter().map(|name| partial.derivative(name).unwrap()).collect())
            .collect();
        for at in case["points"].as_array().unwrap() {
            let x = point(&formula, &at["bindings"]);
            let numbers =
                |value: &Value| -> Vec<f64> { value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect() };
            let largest = |list: &[f64]| list.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
            let gradient = numbers(&at["gradient"]);
            let hessian: Vec<Vec<f64>> = at["hessian"].as_array().unwrap().iter().map(numbers).collect();
            let steepest = largest(&hessian.iter().map(|row| largest(row)).collect::<Vec<f64>>());
            for (i, partial) in partials.iter().enumerate() {
                let got = partial.evaluate(&x);
                if !close(got, gradient[i], rtol, largest(&gradient), None) {
                    wrong.push(format!("{text}: d/d{} at {x:?} is {got:e}, not {:e}", names[i], gradient[i]));
                }
                for (j, second) in seconds[i].iter().enumerate() {
                    let got = second.evaluate(&x);
                    if !close(got, hessian[i][j], 10.0 * rtol, steepest, None) {
                        wrong.push(format!(
                            "{text}: d2/d{}d{} at {x:?} is {got:e}, not {:e}",
                            names[i], names[j], hessian[i][j]
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a value is what the reference expects of it; "undefined" and infinities are one answer, "no finite value", except
/// where the sign of the infinity is the point.
fn is_as_expected(got: f64, expected: &Value) -> bool {
    match expected.as_str() {
        Some("+inf") => got == f64::INFINITY || got.is_nan(),
        Some("-inf") => got == f64::NEG_INFINITY || got.is_nan(),
        Some(_) => !got.is_finite(),
        None => {
            let expected = expected.as_f64().unwrap();
            (got - expected).abs() <= 1e-14 * expected.abs()
        }
    }
}

#[test]
fn what_has_no_value_or_no_slope_gets_none() {
    let mut wrong = Vec::new();
    for case in cases("undefined.jsonl") {
        let text = case["expr"].as_str().unwrap();
        let formula = parse(text).unwrap();
        let x = point(&formula, &case["bindings"]);
        let asked = if case["what"] == "derivative" {
            formula.derivative(case["var"].as_str().unwrap()).unwrap()
        } else {
            formula.clone()
        };
        let expected = if case["expect_real_root"].is_null() { &case["expect"] } else { &case["expect_real_root"] };
        for (how, expression) in [("", &asked), ("simplified ", &asked.simplify())] {
            let got = expression.evaluate(&x);
            if !is_as_expected(got, expected) {
                wrong.push(format!("{} {how}{} {text} at {x:?}: {got}, not {expected}", case["id"], case["what"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn at_kinks_there_is_no_derivative() {
    let mut wrong = Vec::new();
    for case in cases("kinks.jsonl") {
        let text = case["expr"].as_str().unwrap();
        let slope = parse(text).unwrap().derivative("x").unwrap();
        let got = slope.evaluate(&[case["x"].as_f64().unwrap()]);
        if !is_as_expected(got, &case["calculus_derivative"]) {
            wrong.push(format!(
                "{text} at {}: {got}, not {}; {}",
                case["x"],
                case["calculus_derivative"],
                slope.text()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
