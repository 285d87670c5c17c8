//! The training of a network as a Rust program without dependencies.

use std::fmt::Write as _;

use super::lesson::Lesson;
use super::{list, number, rust};
use crate::error::DescentError;
use crate::loss::Loss;
use crate::network::Activation;

/// A whole program: `rustc -O run.rs && ./run`.
pub(super) fn program(lesson: &Lesson<'_>) -> Result<String, DescentError> {
    let (width, outputs) = lesson.ends();
    let layers: Vec<String> =
        lesson.layers.iter().zip(lesson.layers.iter().skip(1)).map(|(a, b)| format!("({a}, {b})")).collect();
    let mut out =
        format!("//! {}.\n//!\n//! Exported from Downhill. Try: rustc -O run.rs && ./run\n\n", lesson.title());
    let _ = writeln!(out, "const N: usize = {};", lesson.parameters.len());
    let _ = writeln!(
        out,
        "const ROWS: usize = {};\nconst WIDTH: usize = {width};\nconst OUTPUTS: usize = {outputs};",
        lesson.rows
    );
    let _ = writeln!(
        out,
        "const BATCH: usize = {};\nconst EPOCHS: usize = {};",
        lesson.options.batch_size, lesson.options.epochs
    );
    let _ =
        writeln!(out, "const L1: f64 = {};\nconst L2: f64 = {};", number(lesson.options.l1), number(lesson.options.l2));
    let _ = writeln!(
        out,
        "/// Inputs and units of each layer.\nconst LAYERS: [(usize, usize); {}] = [{}];",
        layers.len(),
        layers.join(", ")
    );
    let _ = writeln!(out, "const X: [f64; ROWS * WIDTH] = {};", list(lesson.inputs));
    let _ = writeln!(out, "const Y: [f64; ROWS * OUTPUTS] = {};", list(lesson.targets));
    if !lesson.orders.is_empty() {
        let rows: Vec<String> = lesson.orders.iter().map(|order| format!("    {order:?},\n")).collect();
        let _ = writeln!(
            out,
            "/// The order of the rows in each epoch.\nconst ORDERS: [[usize; ROWS]; EPOCHS] = [\n{}];",
            rows.concat()
        );
    }
    activations(&mut out, &lesson.activations);
    loss(&mut out, lesson.loss);
    out.push_str(OBJECTIVE);
    let (before, each) = rust::update(&lesson.options.optimizer)?;
    let _ = writeln!(out, "fn main() {{\n    let mut p: [f64; N] = {};", list(lesson.parameters));
    for line in before {
        let _ = writeln!(out, "    {line}");
    }
    let order = if lesson.orders.is_empty() { "std::array::from_fn(|row| row)" } else { "ORDERS[epoch]" };
    let _ = writeln!(
        out,
        "    let mut t = 0;\n    println!(\"epoch,loss\");\n    for epoch in 0..EPOCHS {{\n        let order: [usize; ROWS] = {order};"
    );
    out.push_str("        let (mut sum, mut count) = (0.0, 0.0);\n        for rows in order.chunks(BATCH) {\n            let (value, g) = objective(&p, rows);\n            sum += value;\n            count += 1.0;\n            t += 1;\n            for i in 0..N {\n");
    for line in each {
        let _ = writeln!(out, "                {line}");
    }
    out.push_str("            }\n        }\n        println!(\"{epoch},{:?}\", sum / count);\n    }\n    let all: [usize; ROWS] = std::array::from_fn(|row| row);\n    println!(\"{EPOCHS},{:?}\", objective(&p, &all).0);\n    let cells: Vec<String> = p.iter().map(|v| format!(\"{v:?}\")).collect();\n    println!(\"parameters,{}\", cells.join(\",\"));\n    let _ = t;\n}\n");
    Ok(out)
}

/// What a unit makes of its weighted sum z, and the slope of that, told by what came out, a.
fn formulas(activation: Activation) -> (&'static str, &'static str) {
    match activation {
        Activation::Tanh => ("z.tanh()", "1.0 - a * a"),
        Activation::Relu => ("z.max(0.0)", "if a > 0.0 { 1.0 } else { 0.0 }"),
        Activation::Sigmoid => ("0.5 * (1.0 + (0.5 * z).tanh())", "a * (1.0 - a)"),
        Activation::Softplus => ("z.max(0.0) + (-z.abs()).exp().ln_1p()", "1.0 - (-a).exp()"),
        Activation::Identity => ("z", "1.0 + 0.0 * a"),
    }
}

fn activations(out: &mut String, of_layers: &[Activation]) {
    let (f, slope): (Vec<_>, Vec<_>) = of_layers.iter().map(|activation| formulas(*activation)).unzip();
    by_layer(out, "What a unit makes of its weighted sum.", "activate", "z", &f);
    by_layer(out, "Its slope, told by what came out.", "slope", "a", &slope);
}

/// A function that differs from layer to layer.
fn by_layer(out: &mut String, says: &str, name: &str, argument: &str, bodies: &[&str]) {
    let _ = writeln!(out, "\n/// {says}\nfn {name}(layer: usize, {argument}: f64) -> f64 {{\n    match layer {{");
    for (index, body) in bodies.iter().enumerate() {
        let _ = writeln!(out, "        {index} => {body},");
    }
    out.push_str("        _ => unreachable!(),\n    }\n}\n");
}

/// The loss of one row, and its slopes by the predictions; what the sum over rows is divided by.
fn loss(out: &mut String, loss: &Loss) {
    let each = |body: &str| {
        format!(
            "    let mut value = 0.0;\n    let mut slopes = Vec::new();\n    for (q, t) in q.iter().zip(y) {{\n        let (v, d) = {body};\n        value += v;\n        slopes.push(d);\n    }}\n    (value, slopes)\n"
        )
    };
    let body = match *loss {
        Loss::Mse => each("{ let r = q - t; (r * r, 2.0 * r) }"),
        Loss::Mae => each("{ let r = q - t; (r.abs(), if r == 0.0 { 0.0 } else { r.signum() }) }"),
        Loss::Huber { delta } => {
            let d = number(delta);
            each(&format!(
                "{{ let r = q - t; if r.abs() <= {d} {{ (r * r / 2.0, r) }} else {{ ({d} * (r.abs() - {d} / 2.0), {d} * r.signum()) }} }}"
            ))
        }
        Loss::LogCosh => each(
            "{ let r: f64 = q - t; (r.abs() + (-2.0 * r.abs()).exp().ln_1p() - std::f64::consts::LN_2, r.tanh()) }",
        ),
        Loss::Quantile { quantile } => {
            let (above, below) = (number(1.0 - quantile), number(quantile));
            each(&format!(
                "{{ let r = q - t; if r > 0.0 {{ ({above} * r, {above}) }} else if r < 0.0 {{ (-{below} * r, -{below}) }} else {{ (0.0, 0.0) }} }}"
            ))
        }
        Loss::BinaryCrossEntropy => {
            each("(q.max(0.0) + (-q.abs()).exp().ln_1p() - t * q, 0.5 * (1.0 + (0.5 * q).tanh()) - t)")
        }
        Loss::Hinge => each("{ let m = 1.0 - q * t; (m.max(0.0), if m > 0.0 { -t } else { 0.0 }) }"),
        Loss::SquaredHinge => each("{ let m = (1.0 - q * t).max(0.0); (m * m, -2.0 * t * m) }"),
        Loss::SoftmaxCrossEntropy { .. } => "    let highest = q.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total = q.iter().map(|q| (q - highest).exp()).sum::<f64>().ln() + highest;
    let whole: f64 = y.iter().sum();
    let value = y.iter().zip(q).map(|(t, q)| t * (total - q)).sum();
    (value, q.iter().zip(y).map(|(q, t)| (q - total).exp() * whole - t).collect())
"
        .to_owned(),
    };
    let divisor = if matches!(loss, Loss::SoftmaxCrossEntropy { .. }) { "1.0" } else { "OUTPUTS as f64" };
    let _ = writeln!(
        out,
        "\n/// The loss of one row of predictions, not yet divided, and its slopes.\nfn loss(q: &[f64], y: &[f64]) -> (f64, Vec<f64>) {{\n{body}}}\n\nconst PER_ROW: f64 = {divisor};\n"
    );
}

const OBJECTIVE: &str = "/// The mean loss over some rows and its gradient, backwards through every layer.
fn objective(p: &[f64; N], rows: &[usize]) -> (f64, [f64; N]) {
    let (mut value, mut gradient) = (0.0, [0.0; N]);
    let share = 1.0 / (rows.len() as f64 * PER_ROW);
    for row in rows {
        let mut outputs = vec![X[row * WIDTH..(row + 1) * WIDTH].to_vec()];
        let mut start = 0;
        for (layer, (inputs, units)) in LAYERS.into_iter().enumerate() {
            let x = &outputs[layer];
            let biases = start + inputs * units;
            let z = |unit: usize| (0..inputs).map(|i| x[i] * p[start + i * units + unit]).sum::<f64>() + p[biases + unit];
            let a = (0..units).map(|unit| activate(layer, z(unit))).collect();
            outputs.push(a);
            start = biases + units;
        }
        let (own, mut delta) = loss(&outputs[LAYERS.len()], &Y[row * OUTPUTS..(row + 1) * OUTPUTS]);
        value += own * share;
        for (layer, (inputs, units)) in LAYERS.into_iter().enumerate().rev() {
            start -= (inputs + 1) * units;
            for (d, a) in delta.iter_mut().zip(&outputs[layer + 1]) {
                *d *= slope(layer, *a);
            }
            let mut before = vec![0.0; inputs];
            for unit in 0..units {
                for i in 0..inputs {
                    gradient[start + i * units + unit] += outputs[layer][i] * delta[unit] * share;
                    before[i] += p[start + i * units + unit] * delta[unit];
                }
                gradient[start + inputs * units + unit] += delta[unit] * share;
            }
            delta = before;
        }
    }
    let mut start = 0;
    for (inputs, units) in LAYERS {
        for i in start..start + inputs * units {
            value += L1 * p[i].abs() + L2 / 2.0 * p[i] * p[i];
            gradient[i] += L1 * if p[i] == 0.0 { 0.0 } else { p[i].signum() } + L2 * p[i];
        }
        start += (inputs + 1) * units;
    }
    (value, gradient)
}

";
