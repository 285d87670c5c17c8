//! Values of formulas against `tests/reference/`.

// In tests a failed expectation is the report.
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::Value;

fn lines(text: &str) -> impl Iterator<Item = Value> {
    text.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap())
}

fn expression(text: &str, bindings: &Value) -> calculus::Expression {
    let names: Vec<&str> = bindings.as_object().map(|b| b.keys().map(String::as_str).collect()).unwrap_or_default();
    calculus::parse_with(text, &names).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// The point in the order of the formula's variables.
fn point(expression: &calculus::Expression, bindings: &Value) -> Vec<f64> {
    expression.variables().iter().map(|name| bindings[name.as_str()].as_f64().unwrap()).collect()
}

fn expected(value: &Value) -> f64 {
    match value.as_str() {
        Some("undefined") => f64::NAN,
        Some("+inf") => f64::INFINITY,
        Some("-inf") => f64::NEG_INFINITY,
        _ => value.as_f64().unwrap(),
    }
}

fn agrees(got: f64, expected: f64, tolerance: f64) -> bool {
    if expected.is_finite() {
        let floor = if expected.abs() < 2.3e-308 { 1e-307 } else { 0.0 };
        (got - expected).abs() <= tolerance * expected.abs() + floor
    } else {
        got == expected || (got.is_nan() && expected.is_nan())
    }
}

#[test]
fn undefined_and_infinite_values_are_told_apart() {
    let mut wrong = Vec::new();
    for case in lines(include_str!("../../../tests/reference/undefined.jsonl")) {
        if case["what"] != "value" {
            continue;
        }
        let formula = expression(case["expr"].as_str().unwrap(), &case["bindings"]);
        let ours = case.get("expect_real_root").unwrap_or(&case["expect"]);
        let got = formula.evaluate(&point(&formula, &case["bindings"]));
        if !agrees(got, expected(ours), 1e-12) {
            wrong.push(format!("{} {} {}: {got} instead of {ours}", case["id"], case["expr"], case["bindings"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn reference_values_hold_to_their_tolerance() {
    let mut wrong = Vec::new();
    let mut points = 0;
    let derivatives = lines(include_str!("../../../tests/reference/derivatives.jsonl"));
    let gradients = lines(include_str!("../../../tests/reference/gradients.jsonl"));
    for case in derivatives.chain(gradients) {
        let text = case["expr"].as_str().unwrap();
        for at in case["points"].as_array().unwrap() {
            let formula = expression(text, &at["bindings"]);
            let got = formula.evaluate(&point(&formula, &at["bindings"]));
            let value = at["value"].as_f64().unwrap();
            let slack = case["slack"].as_f64().unwrap_or(1.0);
            let loose = at["loose"].as_array().is_some_and(|loose| loose.iter().any(|name| name == "value"));
            let derivative = at["derivative"].as_f64().unwrap_or(0.0);
            let near = (got - value).abs() <= 1e-11 * 1_f64.max(value.abs()).max(derivative.abs());
            if !agrees(got, value, 1e-12 * slack) && !((loose || value == 0.0) && near) {
                wrong.push(format!("{} {text} {}: {got} instead of {value}", case["id"], at["bindings"]));
            }
            points += 1;
        }
    }
    println!("{points} points");
    assert!(points > 1500 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn semantics_hold_at_their_points() {
    let mut wrong = Vec::new();
    for case in lines(include_str!("../../../tests/reference/semantics.jsonl")) {
        if case.get("value").is_none() {
            continue;
        }
        let bindings = match case.get("vars") {
            Some(vars) => vars.clone(),
            None if case["x"].is_null() => serde_json::json!({}),
            None => serde_json::json!({ "x": case["x"] }),
        };
        let formula = expression(case["input"].as_str().unwrap(), &bindings);
        let got = formula.evaluate(&point(&formula, &bindings));
        if !agrees(got, expected(&case["value"]), 1e-12) {
            wrong.push(format!("{} {bindings}: {got} instead of {}", case["input"], case["value"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn many_points_have_the_bits_of_one() {
    let mut texts: Vec<String> = Vec::new();
    for file in [
        include_str!("../../../tests/reference/derivatives.jsonl"),
        include_str!("../../../tests/reference/gradients.jsonl"),
        include_str!("../../../tests/reference/undefined.jsonl"),
        include_str!("../../../tests/reference/kinks.jsonl"),
    ] {
        texts.extend(lines(file).map(|case| case["expr"].as_str().unwrap().to_string()));
    }
    texts.extend(
        [
            "mod(x, 1)",
            "round(x)",
            "step(x)*ceil(x)",
            "root(x, 5)",
            "hypot(x, 3)",
            "atan2(x, -1)",
            "logsumexp(x, 1)",
            "x^(2/7)",
            "sinc(x)",
            "erf(x)",
            "if(x>0, ln(x), sqrt(-x))",
            "sec(x)+csc(x)+cot(x)",
            "clamp(x, -1, 1)",
            "x^-7",
            "asinh(x)+acosh(x)+atanh(x)",
            "2*x+3*x",
            "min(x,1/x)",
        ]
        .map(String::from),
    );
    // Every kind of place: ordinary, kinks, poles, ends of domains, far out.
    let mut values: Vec<f64> = (-150..150).map(|i| f64::from(i) / 16.0).collect();
    values.extend([0.0, -0.0, 1.0, -1.0, 1e-300, 1e300, -1e300, 710.0, -746.0, f64::INFINITY, f64::NAN, 0.1, 0.3]);
    for text in texts {
        let formula = calculus::parse_with(&text, &["theta", "sigma", "rate", "mu"]).unwrap();
        let at: Vec<f64> = (0..formula.variables().len()).map(|i| 0.7 + i as f64).collect();
        for variable in 0..formula.variables().len() {
            let mut out = vec![0.0; values.len()];
            formula.evaluate_many(variable, &values, &at, &mut out);
            for (x, many) in values.iter().zip(&out) {
                let mut at = at.clone();
                at[variable] = *x;
                let one = formula.evaluate(&at);
                assert!(
                    one.to_bits() == many.to_bits() || (one.is_nan() && many.is_nan()),
                    "{text} at {at:?}: {one} and {many}"
                );
            }
        }
    }
}
