//! The training of a network as a program. It prints the mean loss of the batches of each epoch, then the loss over all rows, then the
//! parameters: what [`crate::network::Training`] tells.

use std::fmt::Write as _;

use super::lesson::Lesson;
use super::{Language, MOST_NUMBERS, latex, list, number, rust_network, update};
use crate::batches::Batches;
use crate::error::DescentError;
use crate::loss::Loss;
use crate::network::{Activation, Network, Precision, TrainOptions, Training};

/// Writes the training of a network from its present parameters on, with its data. Programs compute in double precision.
///
/// # Errors
/// As [`Training::new`]; [`DescentError::OutOfRange`] for a program of more than 20,000 numbers.
pub fn export_training(
    network: &Network,
    inputs: &[f64],
    targets: &[f64],
    options: &TrainOptions,
    language: Language,
) -> Result<String, DescentError> {
    let mut training = Training::new(network.clone(), inputs.to_vec(), targets.to_vec(), *options)?;
    let rows = inputs.len() / network.layers().first().copied().unwrap_or(1).max(1);
    if language == Language::Csv || language == Language::Latex {
        training.train();
        let losses = training.losses();
        return Ok(if language == Language::Csv { table(losses) } else { latex::network(network, options, losses) });
    }
    // In 64 bits on every machine: so many epochs may be asked for that their product is beyond a page's 32.
    let orders = options.shuffle.map_or(0, |_| options.epochs.saturating_mul(rows as u64));
    let numbers = orders.saturating_add((network.parameters().len() + inputs.len() + targets.len()) as u64);
    if numbers > MOST_NUMBERS as u64 {
        return Err(DescentError::OutOfRange {
            argument: "run".to_owned(),
            expected: format!(
                "at most {MOST_NUMBERS} parameters, data and row numbers, so that the program stays readable"
            ),
            got: numbers.to_string(),
        });
    }
    let lesson = Lesson {
        layers: network.layers(),
        activations: network.layer_activations(),
        loss: network.loss(),
        parameters: network.parameters(),
        inputs,
        targets,
        options,
        orders: orders_of(rows, options),
        rows,
        single: network.precision() == Precision::F32,
    };
    match language {
        Language::PythonNumpy => lesson.python("numpy as np", "np"),
        Language::PythonJax => lesson.python("jax.numpy as jnp", "jnp"),
        Language::PythonPytorch => lesson.python("torch", "torch"),
        _ => rust_network::program(&lesson),
    }
}

fn table(losses: &[f64]) -> String {
    let rows: String = losses.iter().enumerate().map(|(epoch, loss)| format!("{epoch},{}\n", number(*loss))).collect();
    format!("epoch,loss\n{rows}")
}

/// Every epoch's order of rows, where they are shuffled.
fn orders_of(rows: usize, options: &TrainOptions) -> Vec<Vec<u32>> {
    if options.shuffle.is_none() {
        return Vec::new();
    }
    let mut batches = Batches::new(rows, rows, options.shuffle);
    (0..options.epochs).map(|epoch| batches.of_step(epoch).to_vec()).collect()
}

impl Lesson<'_> {
    /// The three libraries, called `l` in the program, differ in names and in who differentiates.
    fn python(&self, import: &str, l: &str) -> Result<String, DescentError> {
        let by_hand = l == "np";
        let array = if l == "torch" { "torch.tensor".to_owned() } else { format!("{l}.array") };
        let mut out = format!("\"\"\"{}.\n\nExported from Downhill.\n\"\"\"\n\n", self.title());
        if l == "jnp" {
            out.push_str("import jax\n");
        }
        let _ = writeln!(out, "import {import}\n");
        match l {
            "jnp" => out.push_str("jax.config.update(\"jax_enable_x64\", True)\n"),
            "torch" => out.push_str("torch.set_default_dtype(torch.float64)\n"),
            _ => {}
        }
        let (width, outputs) = self.ends();
        let _ = writeln!(out, "x = {array}({}).reshape(-1, {width})", list(self.inputs));
        let _ = writeln!(out, "y = {array}({}).reshape(-1, {outputs})", list(self.targets));
        let _ = writeln!(out, "# Layer by layer: weights row by row as [input][output], then biases.");
        let _ = writeln!(out, "p = {array}({})\n", list(self.parameters));
        self.functions(&mut out, l);
        self.objective(&mut out, l, by_hand);
        let update = update::lines(&self.options.optimizer, l)?;
        for line in &update.before {
            let _ = writeln!(out, "{line}");
        }
        self.training_loop(&mut out, l, &array, &update.each);
        Ok(out)
    }

    /// Activations with their slopes by the output, and the shapes of the layers.
    fn functions(&self, out: &mut String, l: &str) {
        let _ = writeln!(out, "\ndef sigmoid(z):\n    return 0.5 * (1 + {l}.tanh(0.5 * z))\n");
        let relu = match l {
            "np" => "np.maximum(z, 0.0)",
            "jnp" => "jax.nn.relu(z)",
            _ => "torch.relu(z)",
        };
        let shapes = self.layers.iter().zip(self.layers.iter().skip(1)).zip(&self.activations);
        let layers: Vec<String> = shapes
            .map(|((inputs, outputs), activation)| {
                let (f, slope) = match activation {
                    Activation::Tanh => (format!("{l}.tanh(z)"), "1 - a**2".to_owned()),
                    Activation::Relu => (relu.to_owned(), "1.0 * (a > 0)".to_owned()),
                    Activation::Sigmoid => ("sigmoid(z)".to_owned(), "a * (1 - a)".to_owned()),
                    Activation::Softplus => (format!("{l}.logaddexp(0 * z, z)"), format!("1 - {l}.exp(-a)")),
                    Activation::Identity => ("z".to_owned(), "1.0".to_owned()),
                };
                format!("    ({inputs}, {outputs}, lambda z: {f}, lambda a: {slope}),\n")
            })
            .collect();
        let _ = writeln!(
            out,
            "\n# Inputs, outputs, activation, and its slope told by what came out.\nlayers = [\n{}]\n",
            layers.concat()
        );
    }

    /// The mean loss of predictions q, and its slopes.
    fn loss_lines(&self, l: &str) -> (String, String) {
        let mean = |terms: String| format!("{l}.mean({terms})");
        let over = |slope: String| format!("{slope} / r.size");
        let size = |text: String| if l == "torch" { text.replace("r.size", "r.numel()") } else { text };
        // At the kink the slope is 0, as the engine has it; JAX would give a maximum half of it.
        let larger = match l {
            "torch" => "torch.relu(1 - q * y)",
            "jnp" => "jax.nn.relu(1 - q * y)",
            _ => "np.maximum(1 - q * y, 0.0)",
        };
        let (value, slope) = match *self.loss {
            Loss::Mse => (mean("r**2".to_owned()), over("2 * r".to_owned())),
            Loss::Mae => (mean(format!("{l}.abs(r)")), over(format!("{l}.sign(r)"))),
            Loss::Huber { delta } => {
                let d = number(delta);
                let inside = format!("{l}.abs(r) <= {d}");
                (
                    mean(format!("{l}.where({inside}, r**2 / 2, {d} * ({l}.abs(r) - {d} / 2))")),
                    over(format!("{l}.where({inside}, r, {d} * {l}.sign(r))")),
                )
            }
            Loss::LogCosh => (
                mean(format!("{l}.abs(r) + {l}.log1p({l}.exp(-2 * {l}.abs(r))) - {:?}", std::f64::consts::LN_2)),
                over(format!("{l}.tanh(r)")),
            ),
            Loss::Quantile { quantile } => {
                let (over_it, under) = (number(1.0 - quantile), number(quantile));
                (
                    mean(format!("{l}.where(r > 0, {over_it} * r, -{under} * r)")),
                    over(format!("({over_it} * (r > 0) - {under} * (r < 0))")),
                )
            }
            Loss::BinaryCrossEntropy => {
                (mean(format!("{l}.logaddexp(0 * q, q) - y * q")), over("(sigmoid(q) - y)".to_owned()))
            }
            Loss::Hinge => (mean(larger.to_owned()), over(format!("{l}.where(q * y < 1, -y, 0.0)"))),
            Loss::SquaredHinge => (mean(format!("{larger}**2")), over(format!("-2 * y * {larger}"))),
            Loss::SoftmaxCrossEntropy { .. } => {
                let (axis, keep) = if l == "torch" { ("dim=1", "keepdim=True") } else { ("axis=1", "keepdims=True") };
                let highest =
                    if l == "torch" { format!("q.amax({axis}, {keep})") } else { format!("q.max({axis}, {keep})") };
                let total = format!("({l}.log({l}.exp(q - {highest}).sum({axis}, {keep})) + {highest})");
                (
                    format!("(y * ({total} - q)).sum() / len(q)"),
                    format!("({l}.exp(q - {total}) * y.sum({axis}, {keep}) - y) / len(q)"),
                )
            }
        };
        (value, size(slope))
    }

    /// The loss of a batch as a function of all parameters; with its gradient where the library has none.
    fn objective(&self, out: &mut String, l: &str, by_hand: bool) {
        let (value, slope) = self.loss_lines(l);
        out.push_str("\ndef objective(p, x, y):\n    outputs, weights, start = [x], [], 0\n");
        out.push_str("    for inputs, units, f, _ in layers:\n        end = start + inputs * units\n");
        out.push_str("        weights.append(p[start:end].reshape(inputs, units))\n");
        out.push_str("        outputs.append(f(outputs[-1] @ weights[-1] + p[end : end + units]))\n        start = end + units\n");
        let _ = writeln!(out, "    q = outputs[-1]\n    r = q - y\n    value = {value}");
        let (l1, l2) = (number(self.options.l1), number(self.options.l2));
        if self.penalized() {
            let _ = writeln!(
                out,
                "    value = value + sum({l1} * {l}.abs(w).sum() + {l2} / 2 * (w**2).sum() for w in weights)"
            );
        }
        if !by_hand {
            out.push_str("    return value\n\n");
            return;
        }
        let _ = writeln!(out, "    delta = {slope}\n    gradient = []");
        out.push_str("    for index in reversed(range(len(layers))):\n        delta = delta * layers[index][3](outputs[index + 1])\n");
        out.push_str("        slopes = outputs[index].T @ delta\n");
        if self.penalized() {
            let _ = writeln!(out, "        slopes = slopes + {l1} * np.sign(weights[index]) + {l2} * weights[index]");
        }
        out.push_str("        gradient = [slopes.ravel(), delta.sum(axis=0), *gradient]\n        delta = delta @ weights[index].T\n");
        out.push_str("    return value, np.concatenate(gradient)\n\n");
    }

    fn training_loop(&self, out: &mut String, l: &str, array: &str, update: &[String]) {
        let TrainOptions { batch_size, epochs, .. } = *self.options;
        let order = if self.orders.is_empty() {
            format!("{l}.arange({})", self.rows)
        } else {
            let rows: Vec<String> = self.orders.iter().map(|order| format!("    {order:?},\n")).collect();
            let _ = writeln!(out, "# The order of the rows in each epoch.\norders = [\n{}]", rows.concat());
            format!("{array}(orders[epoch])")
        };
        if l == "jnp" {
            out.push_str("value_and_gradient = jax.jit(jax.value_and_grad(objective))\n");
        }
        let last = if l == "np" { "objective(p, x, y)[0]" } else { "objective(p, x, y)" };
        let _ = writeln!(
            out,
            "t = 0\nprint(\"epoch,loss\")\nfor epoch in range({epochs}):\n    order, losses = {order}, []"
        );
        let _ = writeln!(
            out,
            "    for start in range(0, {}, {batch_size}):\n        rows = order[start : start + {batch_size}]",
            self.rows
        );
        out.push_str(match l {
            "np" => "        value, g = objective(p, x[rows], y[rows])\n",
            "jnp" => "        value, g = value_and_gradient(p, x[rows], y[rows])\n",
            _ => "        p = p.detach().requires_grad_(True)\n        value = objective(p, x[rows], y[rows])\n        (g,) = torch.autograd.grad(value, p)\n",
        });
        out.push_str("        losses.append(float(value))\n        t += 1\n");
        for line in update {
            let _ = writeln!(out, "        {line}");
        }
        out.push_str("    print(epoch, repr(sum(losses) / len(losses)), sep=\",\")\n");
        let _ = writeln!(out, "print({epochs}, repr(float({last})), sep=\",\")");
        out.push_str("print(\"parameters\", *(repr(float(v)) for v in p), sep=\",\")\n");
    }
}
