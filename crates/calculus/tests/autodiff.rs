//! Derivatives as numbers, every engine against `tests/reference/`.

// In tests a failed expectation is the report.
#![allow(clippy::unwrap_used, clippy::panic)]

use calculus::Expression;
use calculus::autodiff::{Place, Record};
use calculus::function::Function;
use serde_json::Value;

fn lines(text: &str) -> impl Iterator<Item = Value> {
    text.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap())
}

fn expression(text: &str, bindings: &Value) -> Expression {
    let names: Vec<&str> = bindings.as_object().map(|b| b.keys().map(String::as_str).collect()).unwrap_or_default();
    calculus::parse_with(text, &names).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn point(expression: &Expression, bindings: &Value) -> Vec<f64> {
    expression.variables().iter().map(|name| bindings[name.as_str()].as_f64().unwrap()).collect()
}

/// The rule of `tests/reference/README.md`.
struct Rule {
    slack: f64,
    /// The absolute tolerance where only an absolute test is fair.
    loose: f64,
}

impl Rule {
    fn holds(&self, got: f64, expected: f64, scale: f64, is_loose: bool) -> bool {
        let error = (got - expected).abs();
        let floor = if scale < 2.3e-308 { 1e-307 } else { 0.0 };
        if expected == 0.0 || is_loose {
            // The relative rule may still hold.
            return error <= self.loose || error <= 1e-12 * self.slack * scale;
        }
        error <= 1e-12 * self.slack * scale + floor || (error <= 1e-307)
    }
}

fn is_loose(at: &Value, name: &str) -> bool {
    at["loose"].as_array().is_some_and(|loose| loose.iter().any(|entry| entry == name))
}

#[test]
fn first_and_second_derivatives_hold_in_every_engine() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for case in lines(include_str!("../../../tests/reference/derivatives.jsonl")) {
        let text = case["expr"].as_str().unwrap();
        let slack = case["slack"].as_f64().unwrap_or(1.0);
        for at in case["points"].as_array().unwrap() {
            let formula = expression(text, &at["bindings"]);
            let point = point(&formula, &at["bindings"]);
            let Some(variable) = formula.variables().iter().position(|name| *name == case["var"].as_str().unwrap())
            else {
                continue;
            };
            let number = |name: &str| at[name].as_f64().unwrap();
            let (value, derivative, second) = (number("value"), number("derivative"), number("second"));
            let loose = 1e-11 * 1_f64.max(value.abs()).max(derivative.abs());
            let rule = Rule { slack, loose };
            let twice = Rule { slack: 10.0 * slack, loose: 10.0 * loose };
            let unit: Vec<f64> = (0..point.len()).map(|i| f64::from(u8::from(i == variable))).collect();
            let slope = formula.slope(variable, &point);
            let hessian = formula.hessian(&point);
            for (engine, got) in [
                ("reverse", formula.gradient(&point).gradient[variable]),
                ("forward", formula.directional_derivative(&point, &unit).derivative),
                ("slope", slope.derivative.unwrap_or(f64::NAN)),
                ("hessian's gradient", hessian.gradient[variable]),
            ] {
                checked += 1;
                if !rule.holds(got, derivative, derivative.abs(), is_loose(at, "derivative")) {
                    wrong.push(format!(
                        "{engine} {} {text} {}: {got} instead of {derivative}",
                        case["id"], at["bindings"]
                    ));
                }
            }
            for (engine, got) in [
                ("hessian", hessian.hessian[variable][variable]),
                ("hessian times vector", formula.hessian_vector(&point, &unit)[variable]),
            ] {
                checked += 1;
                if !twice.holds(got, second, second.abs(), is_loose(at, "second")) {
                    wrong.push(format!("{engine} {} {text} {}: {got} instead of {second}", case["id"], at["bindings"]));
                }
            }
        }
    }
    println!("figure: C1 {checked} first and second derivatives in five engines, all within 1e-12 (times slack)");
    assert!(checked > 8000 && wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

#[test]
fn gradients_and_hessians_hold_in_every_engine() {
    let mut wrong = Vec::new();
    for case in lines(include_str!("../../../tests/reference/gradients.jsonl")) {
        let text = case["expr"].as_str().unwrap();
        let slack = case["slack"].as_f64().unwrap_or(1.0);
        let names: Vec<&str> = case["vars"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        for at in case["points"].as_array().unwrap() {
            let formula = expression(text, &at["bindings"]);
            let point = point(&formula, &at["bindings"]);
            let place = |i: usize| formula.variables().iter().position(|name| name == names[i]).unwrap();
            let gradient = formula.gradient(&point).gradient;
            let hessian = formula.hessian(&point).hessian;
            let expected: Vec<f64> = at["gradient"].as_array().unwrap().iter().map(|g| g.as_f64().unwrap()).collect();
            let largest = expected.iter().fold(0_f64, |most, g| most.max(g.abs()));
            let rule = Rule { slack, loose: 1e-11 * 1_f64.max(at["value"].as_f64().unwrap().abs()).max(largest) };
            for (i, expected) in expected.iter().enumerate() {
                let unit: Vec<f64> = (0..point.len()).map(|j| f64::from(u8::from(j == place(i)))).collect();
                let forward = formula.directional_derivative(&point, &unit).derivative;
                for got in [gradient[place(i)], forward] {
                    if !rule.holds(got, *expected, largest, is_loose(at, "gradient")) {
                        wrong.push(format!("{} {text} {}: {got} instead of {expected}", case["id"], at["bindings"]));
                    }
                }
            }
            let rows: Vec<Vec<f64>> = at["hessian"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row.as_array().unwrap().iter().map(|entry| entry.as_f64().unwrap()).collect())
                .collect();
            let most = rows.iter().flatten().fold(0_f64, |most, entry| most.max(entry.abs()));
            let twice = Rule { slack: 10.0 * slack, loose: 10.0 * rule.loose };
            for (i, row) in rows.iter().enumerate() {
                for (j, expected) in row.iter().enumerate() {
                    let got = hessian[place(i)][place(j)];
                    if !twice.holds(got, *expected, most, is_loose(at, "hessian")) {
                        wrong.push(format!("{} {text} H{i}{j}: {got} instead of {expected}", case["id"]));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

fn verdict(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("undefined") => None,
        Some("+inf") => Some(f64::INFINITY),
        Some("-inf") => Some(f64::NEG_INFINITY),
        _ => value.as_f64(),
    }
}

fn same(got: Option<f64>, expected: Option<f64>) -> bool {
    match (got, expected) {
        (Some(got), Some(expected)) => got == expected || (got - expected).abs() <= 1e-12 * expected.abs(),
        (got, expected) => got.is_none() && expected.is_none(),
    }
}

#[test]
fn slopes_at_kinks_have_both_answers() {
    let mut wrong = Vec::new();
    for case in lines(include_str!("../../../tests/reference/kinks.jsonl")) {
        let formula = calculus::parse(case["expr"].as_str().unwrap()).unwrap();
        let slope = formula.slope(0, &[case["x"].as_f64().unwrap()]);
        let automatic = if slope.automatic.is_nan() { None } else { Some(slope.automatic) };
        for (name, got) in [
            ("calculus_derivative", slope.derivative),
            ("autodiff_convention", automatic),
            ("limit_of_derivative_left", slope.left),
            ("limit_of_derivative_right", slope.right),
        ] {
            if !same(got, verdict(&case[name])) {
                wrong.push(format!("{} at {}: {name} {got:?} instead of {}", case["expr"], case["x"], case[name]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn slopes_where_there_is_none_are_told() {
    let mut wrong = Vec::new();
    for case in lines(include_str!("../../../tests/reference/undefined.jsonl")) {
        if case["what"] != "derivative" {
            continue;
        }
        let formula = expression(case["expr"].as_str().unwrap(), &case["bindings"]);
        let variable = formula.variables().iter().position(|name| *name == case["var"].as_str().unwrap()).unwrap();
        let ours = case.get("expect_real_root").unwrap_or(&case["expect"]);
        let slope = formula.slope(variable, &point(&formula, &case["bindings"]));
        if !same(slope.derivative, verdict(ours)) {
            wrong.push(format!("{} {}: {slope:?} instead of {ours}", case["id"], case["expr"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_function_has_the_derivative_that_differences_show() {
    let cases: &[(&str, &[f64])] = &[
        ("sech(x)", &[-1.3, 0.4]),
        ("sec(x)", &[0.4, 2.0]),
        ("csc(x)", &[0.4, 2.0]),
        ("cot(x)", &[0.4, 2.0]),
        ("asinh(x)", &[-2.0, 0.3]),
        ("acosh(x)", &[1.5, 4.0]),
        ("atanh(x)", &[-0.5, 0.9]),
        ("erf(x)", &[-0.7, 1.2]),
        ("sinc(x)", &[-0.9, 1e-3, 0.5, 1.1, 4.0]),
        ("root(x, 5)", &[-3.0, 2.0]),
        ("root(3, x)", &[2.5]),
        ("hypot(x, 2)", &[0.5]),
        ("atan2(x, 2)", &[0.5]),
        ("atan2(2, x)", &[-0.5]),
        ("logsumexp(x, 1)", &[0.3, 5.0]),
        ("mod(x, 2)", &[0.7, -0.7]),
        ("mod(7, x)", &[2.3]),
        ("max(x, x^2)", &[0.5, 2.0]),
        ("x^x", &[0.5, 3.0]),
        ("x^(3/5)", &[-2.0, 2.0]),
        ("round(x) + x", &[0.2]),
        ("if(x < 1, x^3, 3*x - 2)", &[0.5, 1.5]),
    ];
    for (text, points) in cases {
        let formula = calculus::parse(text).unwrap();
        for x in *points {
            let h = 1e-3;
            let f = |k: f64| formula.evaluate(&[x + k * h]);
            let stencil = (f(-2.0) - 8.0 * f(-1.0) + 8.0 * f(1.0) - f(2.0)) / (12.0 * h);
            let second = (-f(-2.0) + 16.0 * f(-1.0) - 30.0 * f(0.0) + 16.0 * f(1.0) - f(2.0)) / (12.0 * h * h);
            let hessian = formula.hessian(&[*x]);
            let slope = formula.slope(0, &[*x]).derivative.unwrap();
            let size = 1.0 + stencil.abs();
            assert!(
                (hessian.gradient[0] - stencil).abs() < 1e-7 * size,
                "{text} at {x}: {} and {stencil}",
                hessian.gradient[0]
            );
            assert!((slope - stencil).abs() < 1e-7 * size, "{text} at {x}: slope {slope} and {stencil}");
            let bend = hessian.hessian[0][0];
            assert!((bend - second).abs() < 1e-5 * (1.0 + second.abs()), "{text} at {x}: second {bend} and {second}");
        }
    }
}

#[test]
fn the_gradient_at_a_tie_is_the_shortest_subgradient() {
    let gradient = |text: &str, at: &[f64]| calculus::parse(text).unwrap().gradient(at).gradient;
    assert_eq!(gradient("max(x, 0)", &[0.0]), [0.0]);
    assert_eq!(gradient("max(x, y)", &[1.0, 1.0]), [0.5, 0.5]);
    assert_eq!(gradient("max(2*x, x)", &[0.0]), [1.0]);
    assert_eq!(gradient("min(x, -x)", &[0.0]), [0.0]);
}

#[test]
fn an_inactive_branch_leaks_nothing() {
    let formula = calculus::parse("if(x > 0, x^2, ln(x))").unwrap();
    assert_eq!(formula.gradient(&[3.0]).gradient, [6.0]);
    let formula = calculus::parse("if(x > 0, x^2, sqrt(x))*1").unwrap();
    assert_eq!(formula.hessian(&[3.0]).hessian, [[2.0]]);
    assert_eq!(calculus::parse("if(x > 0, 1/x, x)").unwrap().gradient(&[0.0]).gradient, [1.0]);
}

#[test]
fn kinks_that_cancel_leave_a_derivative() {
    let slope = calculus::parse("relu(x) - relu(-x)").unwrap().slope(0, &[0.0]);
    assert_eq!((slope.derivative, slope.differentiable), (Some(1.0), true));
}

#[test]
fn a_tape_shows_each_adjoint_as_the_sum_over_its_edges() {
    let formula = calculus::parse("(x*y + sin(x))^2").unwrap();
    let tape = formula.tape(&[0.7, -1.1]);
    assert_eq!(tape.value, formula.evaluate(&[0.7, -1.1]));
    for (index, entry) in tape.entries.iter().enumerate() {
        let mut sum = if index == tape.root { 1.0 } else { 0.0 };
        for later in &tape.entries {
            for (operand, local) in later.operands.iter().zip(&later.locals) {
                if *operand == index {
                    sum += local * later.adjoint;
                }
            }
        }
        assert!(
            (sum - entry.adjoint).abs() < 1e-15 || matches!(entry.operation, calculus::program::Operation::Constant(_))
        );
    }
}

/// A chain of weighted sums and activations on `count` parameters.
fn chain(count: usize) -> (Record, Vec<Place>, Place) {
    let mut record = Record::new();
    let parameters: Vec<Place> =
        (0..count).map(|i| record.input(0.3 + 0.4 * ((i * 37 % 101) as f64 / 101.0 - 0.5))).collect();
    let mut sum = record.input(0.1);
    for pair in parameters.chunks(2) {
        sum = match pair {
            [w, b] => record.multiply_add(*w, sum, *b),
            _ => record.add(sum, pair[0]),
        };
        sum = record.call(Function::Tanh, sum);
    }
    (record, parameters, sum)
}

#[test]
fn a_record_agrees_with_the_formula_it_records() {
    let (mut record, parameters, out) = chain(4);
    let formula = calculus::parse("tanh(c*tanh(a*s + b) + d)").unwrap();
    let place = |name: &str| formula.variable(name).unwrap();
    let mut at = vec![0.0; 5];
    for (name, value) in ["a", "b", "c", "d"].iter().zip(&parameters) {
        at[place(name)] = record.value(*value);
    }
    at[place("s")] = 0.1;
    assert_eq!(record.value(out), formula.evaluate(&at));
    let expected = formula.gradient(&at).gradient;
    let got = record.gradient(out);
    for (name, parameter) in ["a", "b", "c", "d"].iter().zip(&parameters) {
        let (got, expected) = (got[parameter.index()], expected[place(name)]);
        assert!((got - expected).abs() <= 1e-14 * expected.abs(), "{name}: {got} and {expected}");
    }
}

#[test]
fn a_record_is_calculated_anew_from_changed_inputs() {
    let mut record = Record::new();
    let (a, b) = (record.input(2.0), record.input(3.0));
    let quotient = record.divide(a, b);
    let difference = record.subtract(quotient, a);
    let product = record.multiply(difference, b);
    record.set(a, 5.0);
    record.set(product, 99.0);
    record.evaluate();
    assert_eq!(record.value(product), (5.0 / 3.0 - 5.0) * 3.0);
    let adjoints = record.gradient(product);
    assert!((adjoints[a.index()] - (1.0 - 3.0)).abs() < 1e-15 && (adjoints[b.index()] + 5.0).abs() < 1e-15);
}
