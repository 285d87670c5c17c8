//! Runs as Python programs.

use std::fmt::Write as _;

use super::dialect::Dialect;
use super::{Objective, Program, graph, list, newton, number, update};
use crate::error::DescentError;
use crate::optimizer::Optimizer;

/// NumPy, with forward and backward written out.
pub(super) fn numpy(program: &Program) -> Result<String, DescentError> {
    let mut out = header(program, "The gradient is written out by hand, backwards through every operation.");
    out.push_str("import math\n\nimport numpy as np\n\n");
    match &program.objective {
        Objective::Formula(expression) => {
            let lines = graph::lines(expression, Dialect::Numpy, true)?;
            let _ = writeln!(out, "\ndef objective(p):\n    {} = p", unpacked(program, Dialect::Numpy));
            for (name, right) in &lines.forward {
                let _ = writeln!(out, "    {name} = {right}");
            }
            let _ = writeln!(out, "    # Backwards: d_t is how much the value changes when t does.");
            let _ = writeln!(out, "    {} = 0.0", names(&lines.adjoints, "d_", " = "));
            let _ = writeln!(out, "    d_{} += 1.0", lines.value);
            for (name, share) in &lines.backward {
                let _ = writeln!(out, "    d_{name} += {share}");
            }
            let variables: Vec<String> = program.names.iter().map(|n| Dialect::Numpy.safe(n)).collect();
            let _ = writeln!(out, "    return {}, np.array([{}])\n", lines.value, names(&variables, "d_", ", "));
        }
        Objective::Line { rows, target } => {
            data(&mut out, "np.array", rows, target);
            of_batch(&mut out, program, "np");
            out.push_str("\ndef objective(p):\n    residual = x @ p[:-1] + p[-1] - y\n    gradient = 2 / len(y) * np.append(x.T @ residual, residual.sum())\n    return np.mean(residual**2), gradient\n\n");
        }
    }
    newton::python(&mut out, program, "np")?;
    let update = update::lines(&program.optimizer, "np")?;
    let _ = writeln!(out, "\np = np.array({})", list(&program.start));
    looped(&mut out, program, &update, "np.array", "value, g = objective(p)");
    Ok(out)
}

/// JAX, which differentiates by itself.
pub(super) fn jax(program: &Program) -> Result<String, DescentError> {
    let mut out = header(program, "JAX finds the gradient. Its usual precision is single: doubles are asked for.");
    out.push_str("import jax\nimport jax.numpy as jnp\n\njax.config.update(\"jax_enable_x64\", True)\n\n");
    value_only(&mut out, program, Dialect::Jax, "jnp.array", "jnp.mean")?;
    of_batch(&mut out, program, "jnp");
    newton::python(&mut out, program, "jnp")?;
    let update = update::lines(&program.optimizer, "jnp")?;
    let _ = writeln!(out, "\nvalue_and_gradient = jax.value_and_grad(objective)");
    let _ = writeln!(out, "p = jnp.array({})", list(&program.start));
    looped(&mut out, program, &update, "jnp.array", "value, g = value_and_gradient(p)");
    Ok(out)
}

/// PyTorch, which differentiates by itself. Its own optimisers are used where they agree with optax's definitions.
pub(super) fn pytorch(program: &Program) -> Result<String, DescentError> {
    let mut out = header(program, "PyTorch finds the gradient.");
    out.push_str("import torch\n\ntorch.set_default_dtype(torch.float64)\n\n");
    value_only(&mut out, program, Dialect::Torch, "torch.tensor", "torch.mean")?;
    of_batch(&mut out, program, "torch");
    let lr = number(program.optimizer.learning_rate());
    let own = match program.optimizer {
        Optimizer::Sgd { .. } => Some(format!("torch.optim.SGD([p], lr={lr})")),
        Optimizer::Momentum { momentum, .. } => {
            Some(format!("torch.optim.SGD([p], lr={lr}, momentum={})", number(momentum)))
        }
        Optimizer::Nesterov { momentum, .. } if momentum > 0.0 => {
            Some(format!("torch.optim.SGD([p], lr={lr}, momentum={}, nesterov=True)", number(momentum)))
        }
        // Where ε is 0 and a slope always was, PyTorch divides 0 by 0.
        Optimizer::Adam { beta1, beta2, epsilon, .. } if epsilon > 0.0 => {
            Some(format!("torch.optim.Adam([p], lr={lr}, betas=({beta1:?}, {beta2:?}), eps={epsilon:?})"))
        }
        Optimizer::Adamw { beta1, beta2, epsilon, weight_decay, .. } if epsilon > 0.0 => Some(format!(
            "torch.optim.AdamW([p], lr={lr}, betas=({beta1:?}, {beta2:?}), eps={epsilon:?}, weight_decay={weight_decay:?})"
        )),
        _ => None,
    };
    let _ = writeln!(out, "\np = torch.tensor({}, requires_grad=True)", list(&program.start));
    let Some(own) = own else {
        newton::python(&mut out, program, "torch")?;
        let update = update::lines(&program.optimizer, "torch")?;
        out.push_str("# torch.optim defines this optimiser differently (where epsilon stands, or not at all), so here it is by hand.\n");
        let gradient =
            "p = p.detach().requires_grad_(True)\n    value = objective(p)\n    (g,) = torch.autograd.grad(value, p)";
        looped(&mut out, program, &update, "torch.tensor", gradient);
        return Ok(out);
    };
    noise(&mut out, program, "torch.tensor");
    let _ = writeln!(
        out,
        "optimizer = {own}\nsteps = {}\nprint(\"step,{},value\")",
        program.steps,
        program.names.join(",")
    );
    out.push_str(
        "for step in range(steps + 1):\n    optimizer.zero_grad()\n    value = objective(p)\n    value.backward()\n",
    );
    out.push_str(PRINT);
    if !program.batches.is_empty() {
        out.push_str("    if step < steps:\n        p.grad = slopes(p.detach(), torch.tensor(batches[step]))\n");
    }
    if !program.noise.is_empty() {
        out.push_str("    if step < steps:\n        p.grad += noise[step]\n");
    }
    out.push_str("    if step < steps:\n        optimizer.step()\n");
    Ok(out)
}

const PRINT: &str = "    print(step, *(repr(float(x)) for x in p), repr(float(value)), sep=\",\")\n";

fn header(program: &Program, remark: &str) -> String {
    format!("\"\"\"{}.\n\nExported from Downhill. {remark}\n\"\"\"\n\n", program.title)
}

/// The objective alone, for libraries that differentiate.
fn value_only(
    out: &mut String,
    program: &Program,
    dialect: Dialect,
    array: &str,
    mean: &str,
) -> Result<(), DescentError> {
    match &program.objective {
        Objective::Formula(expression) => {
            let lines = graph::lines(expression, dialect, false)?;
            let _ = writeln!(out, "\ndef objective(p):\n    {} = p", unpacked(program, dialect));
            for (name, right) in &lines.forward {
                let _ = writeln!(out, "    {name} = {right}");
            }
            let _ = writeln!(out, "    return {}\n", lines.value);
        }
        Objective::Line { rows, target } => {
            data(out, array, rows, target);
            let _ = writeln!(
                out,
                "\ndef objective(p):\n    residual = x @ p[:-1] + p[-1] - y\n    return {mean}(residual**2)\n"
            );
        }
    }
    Ok(())
}

/// The loop over steps, printing as it goes.
fn looped(out: &mut String, program: &Program, update: &update::Update, array: &str, gradient: &str) {
    for line in &update.before {
        let _ = writeln!(out, "{line}");
    }
    noise(out, program, array);
    let _ = writeln!(out, "steps = {}\nprint(\"step,{},value\")", program.steps, program.names.join(","));
    let _ = writeln!(out, "for step in range(steps + 1):\n    {gradient}");
    out.push_str(PRINT);
    out.push_str("    if step == steps:\n        break\n");
    if !program.batches.is_empty() {
        let _ = writeln!(out, "    g = slopes(p, {array}(batches[step]))");
    }
    if !program.noise.is_empty() {
        out.push_str("    g = g + noise[step]\n");
    }
    if update.each.iter().any(|line| line.contains("**t")) {
        out.push_str("    t = step + 1\n");
    }
    for line in &update.each {
        let _ = writeln!(out, "    {line}");
    }
}

/// The gradient of the mean squared error over some rows, and which rows each step sees.
fn of_batch(out: &mut String, program: &Program, library: &str) {
    if program.batches.is_empty() {
        return;
    }
    let joined = match library {
        "torch" => "torch.cat([x[rows].T @ residual, residual.sum()[None]])".to_owned(),
        _ => format!("{library}.append(x[rows].T @ residual, residual.sum())"),
    };
    let _ = writeln!(
        out,
        "\ndef slopes(p, rows):\n    residual = x[rows] @ p[:-1] + p[-1] - y[rows]\n    return 2 / len(rows) * {joined}\n"
    );
    let rows: Vec<String> = program.batches.iter().map(|batch| format!("    {batch:?},\n")).collect();
    let _ = writeln!(out, "# The rows that each step sees.\nbatches = [\n{}]\n", rows.concat());
}

fn noise(out: &mut String, program: &Program, array: &str) {
    if !program.noise.is_empty() {
        let rows: Vec<String> = program.noise.iter().map(|row| list(row)).collect();
        let _ = writeln!(
            out,
            "# The noise that this run felt, a row a step.\nnoise = {array}([\n    {},\n])",
            rows.join(",\n    ")
        );
    }
}

fn data(out: &mut String, array: &str, rows: &[Vec<f64>], target: &[f64]) {
    let rows: Vec<String> = rows.iter().map(|row| list(row)).collect();
    let _ = writeln!(out, "x = {array}([\n    {},\n])\ny = {array}({})\n", rows.join(",\n    "), list(target));
}

/// "x, y" or, for one variable, "x,".
fn unpacked(program: &Program, dialect: Dialect) -> String {
    let safe: Vec<String> = program.names.iter().map(|name| dialect.safe(name)).collect();
    if safe.len() == 1 { format!("{},", safe.concat()) } else { safe.join(", ") }
}

fn names(names: &[String], prefix: &str, between: &str) -> String {
    names.iter().map(|name| format!("{prefix}{name}")).collect::<Vec<_>>().join(between)
}
