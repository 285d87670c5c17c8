//! Runs as Rust programs without dependencies.

use std::fmt::Write as _;

use super::dialect::Dialect;
use super::{Objective, Program, graph, list, newton, number, unsaid};
use crate::error::DescentError;
use crate::optimizer::Optimizer;

/// A whole program: `rustc run.rs && ./run`.
pub(super) fn program(program: &Program) -> Result<String, DescentError> {
    let n = program.names.len();
    let mut out = format!("//! {}.\n//!\n//! Exported from Downhill. Try: rustc run.rs && ./run\n\n", program.title);
    let _ = writeln!(out, "const N: usize = {n};\nconst STEPS: usize = {};\n", program.steps);
    match &program.objective {
        Objective::Formula(expression) => {
            let lines = graph::lines(expression, Dialect::Rust, true)?;
            if lines.forward.iter().any(|(_, right)| right.contains("erf(")) {
                out.push_str(ERF);
            }
            formula(&mut out, program, &lines);
        }
        Objective::Line { rows, target } => line(&mut out, rows, target),
    }
    if !program.noise.is_empty() {
        let rows: Vec<String> = program.noise.iter().map(|row| list(row)).collect();
        let _ = writeln!(
            out,
            "/// The noise that this run felt, a row a step.\nconst NOISE: [[f64; N]; STEPS] = [\n    {},\n];\n",
            rows.join(",\n    ")
        );
    }
    newton::rust(&mut out, program)?;
    of_batch(&mut out, program);
    let searched = newton::searches(&program.optimizer);
    let (before, each) = if searched { (vec![], vec![]) } else { update(&program.optimizer)? };
    let _ = writeln!(out, "fn main() {{\n    let mut p: [f64; N] = {};", list(&program.start));
    for line in before {
        let _ = writeln!(out, "    {line}");
    }
    let _ = writeln!(out, "    println!(\"step,{},value\");\n    for step in 0..=STEPS {{", program.names.join(","));
    let felt = if program.noise.is_empty() && program.batches.is_empty() { "g" } else { "mut g" };
    let _ = writeln!(out, "        let (value, {felt}) = objective(p);");
    out.push_str("        let cells: Vec<String> = p.iter().chain([&value]).map(|x| format!(\"{x:?}\")).collect();\n");
    out.push_str("        println!(\"{step},{}\", cells.join(\",\"));\n        if step == STEPS {\n            break;\n        }\n");
    if !program.batches.is_empty() {
        out.push_str("        g = slopes(p, BATCHES[step]);\n");
    }
    if !program.noise.is_empty() {
        out.push_str("        for i in 0..N {\n            g[i] += NOISE[step][i];\n        }\n");
    }
    if each.iter().any(|line| line.contains("powi(t)")) {
        out.push_str("        let t = step as i32 + 1;\n");
    }
    if searched {
        let rate = number(program.optimizer.learning_rate());
        let downhill = format!("search(p, value, g, g.map(|g| -g), {rate})");
        let found = if matches!(program.optimizer, Optimizer::Newton { .. }) {
            format!("newton(p, g).and_then(|direction| search(p, value, g, direction, {rate})).or_else(|| {downhill})")
        } else {
            downhill
        };
        let _ = writeln!(out, "        p = {found}.unwrap_or(p);\n    }}\n}}");
        return Ok(out);
    }
    out.push_str("        for i in 0..N {\n");
    for line in each {
        let _ = writeln!(out, "            {line}");
    }
    out.push_str("        }\n    }\n}\n");
    Ok(out)
}

/// Rust's standard library has no error function.
const ERF: &str =
    "/// The error function by Kummer's series, all of whose terms are positive (Abramowitz and Stegun, 7.1.6).
fn erf(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return x.signum();
    }
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= 2.0 * x * x / (2 * n + 1) as f64;
        sum += term;
    }
    std::f64::consts::FRAC_2_SQRT_PI * f64::exp(-x * x) * sum
}

";

fn formula(out: &mut String, program: &Program, lines: &graph::Lines) {
    let variables: Vec<String> = program.names.iter().map(|n| Dialect::Rust.safe(n)).collect();
    out.push_str("/// The value and the gradient, backwards through every operation.\nfn objective(p: [f64; N]) -> (f64, [f64; N]) {\n");
    let _ = writeln!(out, "    let [{}] = p;", variables.join(", "));
    for (name, right) in &lines.forward {
        let _ = writeln!(out, "    let {name} = {right};");
    }
    for name in &lines.adjoints {
        let _ = writeln!(out, "    let mut d_{name} = 0.0_f64;");
    }
    let _ = writeln!(out, "    d_{} += 1.0;", lines.value);
    for (name, share) in &lines.backward {
        let _ = writeln!(out, "    d_{name} += {share};");
    }
    let gradient: Vec<String> = variables.iter().map(|v| format!("d_{v}")).collect();
    let _ = writeln!(out, "    ({}, [{}])\n}}\n", lines.value, gradient.join(", "));
}

fn line(out: &mut String, rows: &[Vec<f64>], target: &[f64]) {
    let data: Vec<String> =
        rows.iter().zip(target).map(|(row, y)| format!("({}, {})", list(row), number(*y))).collect();
    let _ = writeln!(out, "const DATA: [([f64; N - 1], f64); {}] = [\n    {},\n];\n", data.len(), data.join(",\n    "));
    out.push_str(
        "/// The mean squared error and its gradient.
fn objective(p: [f64; N]) -> (f64, [f64; N]) {
    let (mut value, mut gradient) = (0.0, [0.0; N]);
    for (x, y) in &DATA {
        let residual = x.iter().zip(&p).map(|(x, w)| x * w).sum::<f64>() + p[N - 1] - y;
        value += residual * residual / DATA.len() as f64;
        for (g, x) in gradient.iter_mut().zip(x.iter().chain([&1.0])) {
            *g += 2.0 * residual * x / DATA.len() as f64;
        }
    }
    (value, gradient)
}

",
    );
}

/// The gradient of the mean squared error over some rows, and which rows each step sees.
fn of_batch(out: &mut String, program: &Program) {
    if program.batches.is_empty() {
        return;
    }
    let rows: Vec<String> = program.batches.iter().map(|batch| format!("    &{batch:?},\n")).collect();
    let _ =
        writeln!(out, "/// The rows that each step sees.\nconst BATCHES: [&[usize]; STEPS] = [\n{}];\n", rows.concat());
    out.push_str(
        "/// The gradient over some rows.
fn slopes(p: [f64; N], rows: &[usize]) -> [f64; N] {
    let mut gradient = [0.0; N];
    for (x, y) in rows.iter().map(|row| &DATA[*row]) {
        let residual = x.iter().zip(&p).map(|(x, w)| x * w).sum::<f64>() + p[N - 1] - y;
        for (g, x) in gradient.iter_mut().zip(x.iter().chain([&1.0])) {
            *g += 2.0 * residual * x / rows.len() as f64;
        }
    }
    gradient
}

",
    );
}

/// What is made before the first step, and what each step does to entry i.
pub(super) fn update(optimizer: &Optimizer) -> Result<(Vec<String>, Vec<String>), DescentError> {
    let lr = number(optimizer.learning_rate());
    let memory = |name: &str, from: f64| format!("let mut {name} = [{}; N];", number(from));
    Ok(match *optimizer {
        Optimizer::Sgd { .. } => (vec![], vec![format!("p[i] -= {lr} * g[i];")]),
        Optimizer::Momentum { momentum, .. } => (
            vec![memory("m", 0.0)],
            vec![format!("m[i] = {} * m[i] + g[i];", number(momentum)), format!("p[i] -= {lr} * m[i];")],
        ),
        Optimizer::Nesterov { momentum, .. } => {
            let mu = number(momentum);
            (
                vec![memory("m", 0.0)],
                vec![format!("m[i] = {mu} * m[i] + g[i];"), format!("p[i] -= {lr} * (g[i] + {mu} * m[i]);")],
            )
        }
        Optimizer::HeavyBall { momentum, .. } => (
            vec!["let mut previous = p;".to_owned()],
            vec![
                "let now = p[i];".to_owned(),
                format!("p[i] = now - {lr} * g[i] + {} * (now - previous[i]);", number(momentum)),
                "previous[i] = now;".to_owned(),
            ],
        ),
        Optimizer::Adagrad { initial_accumulator, epsilon, .. } => (
            vec![memory("s", initial_accumulator)],
            vec![
                "s[i] += g[i] * g[i];".to_owned(),
                format!("if s[i] > 0.0 {{ p[i] -= {lr} * g[i] / f64::sqrt(s[i] + {}); }}", number(epsilon)),
            ],
        ),
        Optimizer::Rmsprop { decay, epsilon, initial_accumulator, epsilon_in_root, .. } => {
            let (rho, eps) = (number(decay), number(epsilon));
            let divisor =
                if epsilon_in_root { format!("f64::sqrt(v[i] + {eps})") } else { format!("(f64::sqrt(v[i]) + {eps})") };
            (
                vec![memory("v", initial_accumulator)],
                vec![
                    format!("v[i] = {rho} * v[i] + (1.0 - {rho}) * g[i] * g[i];"),
                    format!("if g[i] != 0.0 {{ p[i] -= {lr} * g[i] / {divisor}; }}"),
                ],
            )
        }
        Optimizer::Adam { beta1, beta2, epsilon, .. } => adam(&lr, [beta1, beta2, epsilon], 0.0),
        Optimizer::Adamw { beta1, beta2, epsilon, weight_decay, .. } => {
            adam(&lr, [beta1, beta2, epsilon], weight_decay)
        }
        Optimizer::Newton { .. } | Optimizer::LineSearch { .. } => return Err(unsaid("optimizer", optimizer.kind())),
    })
}

fn adam(lr: &str, settings: [f64; 3], decay: f64) -> (Vec<String>, Vec<String>) {
    let [b1, b2, eps] = settings.map(number);
    let pull = if decay > 0.0 { format!(" + {} * p[i]", number(decay)) } else { String::new() };
    (
        vec!["let (mut m, mut v) = ([0.0; N], [0.0; N]);".to_owned()],
        vec![
            format!("m[i] = {b1} * m[i] + (1.0 - {b1}) * g[i];"),
            format!("v[i] = {b2} * v[i] + (1.0 - {b2}) * g[i] * g[i];"),
            format!("let mean = m[i] / (1.0 - {b1}_f64.powi(t));"),
            format!("let square: f64 = v[i] / (1.0 - {b2}_f64.powi(t));"),
            format!("let divisor = square.sqrt() + {eps};"),
            format!("p[i] -= {lr} * (if divisor > 0.0 {{ mean / divisor }} else {{ 0.0 }}{pull});"),
        ],
    )
}
