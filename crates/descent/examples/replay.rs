//! Every reference case, computed natively and printed as bits: the other half of `tests/reference/replay.mjs`, which does the same
//! through the package in browsers. A line is the case, what was computed, and the bits of the numbers, all that is not a number as one.
//!
//! `cargo run -p downhill-descent --example replay -- tests/reference`
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a program for the tests")]

use std::fmt::Write as _;
use std::path::Path;

use calculus::{Expression, check_derivative, parse_with};
use descent::data::{DataKind, generate};
use descent::loss::{LossKind, LossParameters, loss};
use descent::network::{Activation, Network, NetworkSpec, Precision, TrainOptions, Training};
use descent::optimizer::Optimizer;
use descent::regression::{DescentOptions, LinearRegression, Standardize};
use descent::run::{DescendRequest, descend};
use serde_json::{Value, json};

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let cases = |name: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(Path::new(&folder).join(name)).unwrap();
        text.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    derivatives(&cases("derivatives.jsonl"));
    gradients(&cases("gradients.jsonl"));
    undefined_places(&cases("undefined.jsonl"));
    kinks(&cases("kinks.jsonl"));
    semantics(&cases("semantics.jsonl"));
    equivalence(&cases("equivalence.jsonl"));
    losses(&cases("losses.jsonl"));
    optimizers(&cases("optimizers.jsonl"));
    networks(&cases("mlp.jsonl"));
    elementary();
    training();
}

fn tell(id: &str, what: &str, numbers: &[f64]) {
    let mut line = format!("{id} {what}");
    for number in numbers {
        let bits = if number.is_nan() { 0x7ff8_0000_0000_0000 } else { number.to_bits() };
        write!(line, " {bits:x}").unwrap();
    }
    println!("{line}");
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn flat(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(flat).collect(),
        number => vec![number.as_f64().unwrap()],
    }
}

/// A formula whose variables are those of the bindings, and their values in its order.
fn bound(formula: &str, bindings: &Value) -> (Expression, Vec<f64>) {
    let bindings = bindings.as_object().unwrap();
    let names: Vec<&str> = bindings.keys().map(String::as_str).collect();
    let expression = parse_with(formula, &names).unwrap();
    let at = place(&expression, &Value::Object(bindings.clone()));
    (expression, at)
}

fn place(expression: &Expression, bindings: &Value) -> Vec<f64> {
    expression.variables().iter().map(|name| bindings[name].as_f64().unwrap()).collect()
}

fn derivatives(cases: &[Value]) {
    for case in cases {
        let (formula, _) = bound(text(&case["expr"]), &case["points"][0]["bindings"]);
        let variable = text(&case["var"]);
        let derivative = formula.derivative(variable).unwrap();
        let second = derivative.derivative(variable).unwrap();
        for (index, point) in list(&case["points"]).iter().enumerate() {
            let id = format!("{}.{index}", text(&case["id"]));
            let at = |of: &Expression| of.evaluate(&place(of, &point["bindings"]));
            tell(&id, "value_slope_curvature", &[at(&formula), at(&derivative), at(&second)]);
            let found = formula.gradient(&place(&formula, &point["bindings"]));
            let slope = formula.variable(variable).map_or(0.0, |place| found.gradient[place]);
            tell(&id, "reverse_mode", &[found.value, slope]);
        }
    }
}

fn gradients(cases: &[Value]) {
    for case in cases {
        let names: Vec<&str> = list(&case["vars"]).iter().map(text).collect();
        let formula = parse_with(text(&case["expr"]), &names).unwrap();
        let order: Vec<usize> = names.iter().map(|name| formula.variable(name).unwrap()).collect();
        for (index, point) in list(&case["points"]).iter().enumerate() {
            let found = formula.hessian(&place(&formula, &point["bindings"]));
            let mut numbers = vec![found.value];
            numbers.extend(order.iter().map(|place| found.gradient[*place]));
            for row in &order {
                numbers.extend(order.iter().map(|column| found.hessian[*row][*column]));
            }
            tell(&format!("{}.{index}", text(&case["id"])), "value_gradient_Hessian", &numbers);
        }
    }
}

fn undefined_places(cases: &[Value]) {
    for case in cases {
        let (formula, at) = bound(text(&case["expr"]), &case["bindings"]);
        if text(&case["what"]) == "value" {
            tell(text(&case["id"]), "value", &[formula.evaluate(&at)]);
            continue;
        }
        let found = formula.slope(formula.variable(text(&case["var"])).unwrap(), &at);
        let or_none = |number: Option<f64>| number.unwrap_or(f64::NAN);
        let numbers = [or_none(found.derivative), or_none(found.left), or_none(found.right), found.automatic];
        tell(text(&case["id"]), "derivative", &numbers);
    }
}

fn kinks(cases: &[Value]) {
    for (index, case) in cases.iter().enumerate() {
        let formula = calculus::parse(text(&case["expr"])).unwrap();
        let found = formula.slope(0, &[case["x"].as_f64().unwrap()]);
        let or_none = |number: Option<f64>| number.unwrap_or(f64::NAN);
        let numbers = [or_none(found.derivative), found.automatic, or_none(found.left), or_none(found.right)];
        tell(&format!("kink{index}"), &spelled(text(&case["expr"])), &numbers);
    }
}

/// Every run of other characters than letters and digits becomes one underscore.
fn spelled(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('_') {
            out.push('_');
        }
    }
    out
}

fn semantics(cases: &[Value]) {
    for (index, case) in cases.iter().enumerate() {
        let input = text(&case["input"]);
        let id = format!("semantics{index}");
        if let Some(code) = case["error"].as_str() {
            let got = calculus::parse(input).err().map_or("", |error| error.code.as_str());
            tell(&id, &spelled(&format!("{input}: {got} for {code}")), &[f64::from(u8::from(got == code))]);
            continue;
        }
        let bindings = match (&case["vars"], &case["x"]) {
            (Value::Null, Value::Null) => json!({}),
            (Value::Null, x) => json!({ "x": x }),
            (vars, _) => vars.clone(),
        };
        let (formula, at) = bound(input, &bindings);
        tell(&id, &spelled(input), &[formula.evaluate(&at)]);
    }
}

fn equivalence(cases: &[Value]) {
    for case in cases {
        let (of, answer) = (text(&case["of"]), text(&case["answer"]));
        let verdict = check_derivative(of, text(&case["var"]), answer).unwrap().verdict.as_str();
        let what = spelled(&format!("{answer} for the derivative of {of}: {verdict}"));
        tell(text(&case["id"]), &what, &[f64::from(u8::from(verdict == "correct"))]);
    }
}

fn kind(name: &str) -> LossKind {
    let name = match name {
        "log_cosh" => "logCosh",
        "bce_logits" => "binaryCrossEntropy",
        "squared_hinge" => "squaredHinge",
        "softmax_cross_entropy" => "softmaxCrossEntropy",
        other => other,
    };
    serde_json::from_value(json!(name)).unwrap()
}

fn losses(cases: &[Value]) {
    for case in cases {
        let name = text(&case["loss"]);
        let rows = list(&case["predictions"]);
        let in_rows = rows[0].is_array();
        let is_softmax = name == "softmax_cross_entropy";
        let classes = if in_rows { list(&rows[0]).len() } else { rows.len() };
        let parameters = LossParameters {
            delta: case["params"]["delta"].as_f64(),
            quantile: case["params"]["q"].as_f64(),
            classes: is_softmax.then_some(classes),
        };
        let predictions = flat(&case["predictions"]);
        let found = loss(kind(name), &predictions, &flat(&case["targets"]), parameters).unwrap();
        let count = match text(&case["params"]["reduction"]) {
            "sum" if is_softmax => predictions.len() / classes,
            "sum" => predictions.len(),
            _ => 1,
        };
        let numbers: Vec<f64> =
            std::iter::once(found.value).chain(found.gradient).map(|number| number * count as f64).collect();
        tell(text(&case["id"]), name, &numbers);
    }
}

fn optimizer(kind: &str, settings: &Value) -> Optimizer {
    let mut told = json!({ "kind": if kind == "heavy_ball" { "heavyBall" } else { kind } });
    for (from, to) in [
        ("learning_rate", "learningRate"),
        ("momentum", "momentum"),
        ("beta", "momentum"),
        ("initial_accumulator", "initialAccumulator"),
        ("eps", "epsilon"),
        ("decay", "decay"),
        ("beta1", "beta1"),
        ("beta2", "beta2"),
        ("weight_decay", "weightDecay"),
        ("eps_in_sqrt", "epsilonInRoot"),
    ] {
        if let Some(value) = settings.get(from) {
            told[to] = value.clone();
        }
    }
    serde_json::from_value(told).unwrap()
}

fn optimizers(cases: &[Value]) {
    for case in cases {
        let (name, objective) = (text(&case["optimizer"]), text(&case["expr"]));
        let names: Vec<&str> = list(&case["vars"]).iter().map(text).collect();
        let run = descend(&DescendRequest {
            objective: objective.to_owned(),
            start: names.iter().map(|n| (*n).to_owned()).zip(flat(&case["start"])).collect(),
            optimizer: optimizer(name, &case["hyperparameters"]),
            steps: case["steps"].as_u64().unwrap(),
            noise: 0.0,
            seed: 0,
        })
        .unwrap();
        let order: Vec<usize> =
            names.iter().map(|name| run.variables.iter().position(|v| v == name).unwrap()).collect();
        let rows = run.points.chunks_exact(names.len());
        let points: Vec<f64> = rows.flat_map(|row| order.iter().map(|column| row[*column])).collect();
        tell(text(&case["id"]), &spelled(&format!("{name} on {objective}")), &points);
        tell(text(&case["id"]), &spelled(&format!("values of {name} on {objective}")), &run.values);
    }
}

/// The file has weights as [output][input]; a network has them as [input][output].
fn parameters(layers: &Value) -> Vec<f64> {
    let mut all = Vec::new();
    for layer in list(layers) {
        let weights: Vec<Vec<f64>> = list(&layer["W"]).iter().map(flat).collect();
        for input in 0..weights[0].len() {
            all.extend(weights.iter().map(|row| row[input]));
        }
        all.extend(flat(&layer["b"]));
    }
    all
}

fn networks(cases: &[Value]) {
    for case in cases {
        let id = text(&case["id"]);
        let mut activations: Vec<Activation> = serde_json::from_value(case["activations"].clone()).unwrap();
        let output_activation = activations.pop().unwrap();
        let mut network = Network::new(&NetworkSpec {
            layers: serde_json::from_value(case["sizes"].clone()).unwrap(),
            activation: Activation::Tanh,
            hidden_activations: Some(activations),
            output_activation,
            loss: kind(text(&case["loss"])),
            seed: 0,
            precision: Precision::F64,
        })
        .unwrap();
        network.set_parameters(&parameters(&case["layers"])).unwrap();
        let (inputs, targets) = (flat(&case["inputs"]), flat(&case["targets"]));
        tell(id, "outputs", &network.forward(&inputs).unwrap());
        let (loss, gradient) = network.loss_and_gradient(&inputs, &targets).unwrap();
        tell(id, "loss", &[loss]);
        tell(id, "gradient", &gradient);
        for name in ["sgd", "adam"] {
            let options = TrainOptions {
                optimizer: optimizer(name, &case[name]),
                batch_size: list(&case["inputs"]).len(),
                epochs: case[name]["steps"].as_u64().unwrap(),
                shuffle: None,
                l1: 0.0,
                l2: 0.0,
            };
            let mut training = Training::new(network.clone(), inputs.clone(), targets.clone(), options).unwrap();
            training.train();
            tell(id, &format!("losses_of_{name}"), training.losses());
            tell(id, &format!("parameters_after_{name}"), training.network().parameters());
        }
    }
}

/// 4,000 points of every size from 2^-20 to 2^20, made with operations that are exact or correctly rounded everywhere.
fn points() -> Vec<f64> {
    (0..4000u32)
        .map(|index| {
            let mut value = 1.0 + f64::from(index.wrapping_mul(0x9e37_79b1)) / 4_294_967_296.0;
            let exponent = (index % 41) as i32 - 20;
            for _ in 0..exponent.abs() {
                value = if exponent > 0 { value * 2.0 } else { value / 2.0 };
            }
            if index % 2 == 0 { value } else { -value }
        })
        .collect()
}

fn elementary() {
    let names = "exp ln log2 log10 sqrt cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf sigmoid softplus sinc";
    let mut out = vec![0.0; 4000];
    for name in names.split(' ') {
        calculus::parse(&format!("{name}(x)")).unwrap().evaluate_many(0, &points(), &[0.0], &mut out);
        tell(name, "4_000_points", &out);
    }
    let power = calculus::parse("abs(x)^y").unwrap();
    power.evaluate_many(0, &points(), &[0.0, 1.37], &mut out);
    tell("x^y", "4_000_points", &out);
}

fn training() {
    let data = generate(DataKind::Spiral, 100, 0.1, 7).unwrap();
    tell("data", "spiral", &[&data.inputs[..], &data.targets].concat());
    for (name, precision) in [("f64", Precision::F64), ("f32", Precision::F32)] {
        let network = Network::new(&NetworkSpec {
            layers: vec![2, 8, 8, 1],
            activation: Activation::Tanh,
            hidden_activations: None,
            output_activation: Activation::Identity,
            loss: LossKind::BinaryCrossEntropy,
            seed: 5,
            precision,
        })
        .unwrap();
        let options = TrainOptions {
            optimizer: serde_json::from_value(json!({ "kind": "adam", "learningRate": 0.02 })).unwrap(),
            batch_size: 10,
            epochs: 20,
            shuffle: Some(5),
            l1: 0.0,
            l2: 0.0,
        };
        let mut training = Training::new(network, data.inputs.clone(), data.targets.clone(), options).unwrap();
        training.train();
        let losses = training.losses().to_vec();
        tell(&format!("training.{name}"), "200_steps", &[&losses[..], training.network().parameters()].concat());
    }
    let column = |first: usize| data.inputs.iter().skip(first).step_by(2).copied().collect();
    let features = vec![column(0), column(1)];
    let regression = LinearRegression::new(features, data.targets.clone(), None, Standardize::Features).unwrap();
    let exact = regression.solve().unwrap();
    let run = regression
        .descend(&DescentOptions {
            optimizer: Optimizer::Nesterov { learning_rate: 0.01, momentum: 0.9 },
            steps: 200,
            batch_size: Some(8),
            seed: 3,
            start: None,
        })
        .unwrap();
    let numbers = [&exact.coefficients[..], &[exact.intercept, exact.mse], &run.parameters, &run.losses].concat();
    tell("regression", "exact_and_200_steps", &numbers);
}
