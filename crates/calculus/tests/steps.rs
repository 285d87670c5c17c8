//! Worked steps: each checked numerically, the last one the answer shown.

// A failed expectation is the report of a test.
#![allow(clippy::unwrap_used, clippy::panic)]

use calculus::{Expression, parse_with};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/derivatives.jsonl");
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A formula and the values of its variables.
fn read(text: &str, names: &[&str], bindings: &Value) -> Option<(Expression, Vec<f64>)> {
    let formula = parse_with(text, names).ok()?;
    let at = formula.variables().iter().map(|name| bindings[name].as_f64().unwrap()).collect();
    Some((formula, at))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-8 * a.abs().max(b.abs()) + 1e-9
}

#[test]
fn each_step_holds_and_the_last_one_is_the_answer() {
    let mut checked = 0;
    for case in cases() {
        let text = case["expr"].as_str().unwrap();
        let variable = case["var"].as_str().unwrap();
        let bindings = &case["points"][1]["bindings"];
        let names: Vec<&str> = bindings.as_object().unwrap().keys().map(String::as_str).collect();
        let formula = parse_with(text, &names).unwrap();
        let steps = formula.derivation_steps(variable).unwrap();
        assert_eq!(steps.last().unwrap().after, formula.derivative(variable).unwrap().text(), "{text}");
        for step in &steps {
            assert!(!step.title.is_empty() && step.explanation.ends_with('.'), "{step:?}");
            // Texts beyond the limits of typed formulas cannot be read back.
            let (Some((before, x)), Some((after, y))) =
                (read(&step.before, &names, bindings), read(&step.after, &names, bindings))
            else {
                continue;
            };
            let left = match (step.rule, before.variables().iter().position(|name| name == variable)) {
                ("rewrite" | "simplify", _) => before.evaluate(&x),
                (_, Some(slot)) => before.gradient(&x).gradient[slot],
                (_, None) => 0.0,
            };
            let right = after.evaluate(&y);
            if !left.is_finite() || left.abs() > 1e100 {
                continue;
            }
            checked += 1;
            assert!(near(left, right), "{text}, {}: {} -> {}: {left:e}, {right:e}", step.rule, step.before, step.after);
        }
    }
    assert!(checked > 1500, "{checked}");
}

#[test]
fn the_steps_name_the_rules_in_the_order_one_needs_them() {
    let rules = |text: &str| -> Vec<&'static str> {
        calculus::parse(text).unwrap().derivation_steps("x").unwrap().iter().map(|step| step.rule).collect()
    };
    assert_eq!(rules("x^2*sin(x)"), ["power", "function", "product"]);
    assert_eq!(rules("sin(x^2)"), ["power", "chain", "simplify"]);
    assert_eq!(rules("sin(x)/x"), ["function", "quotient", "simplify"]);
    assert_eq!(rules("3*x^2 + 2*x + 1"), ["power", "constant_factor", "constant_factor", "sum", "simplify"]);
    assert_eq!(rules("ln(1 + exp(x))"), ["rewrite", "function"]);
    assert_eq!(rules("x*x*x"), ["rewrite", "power"]);
    assert_eq!(rules("x"), ["variable"]);
    assert_eq!(rules("7"), ["constant"]);
    assert_eq!(rules("2^x"), ["exponential"]);
}
