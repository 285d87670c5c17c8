//! A run for a paper: objective, rule, and the first and last points.

use std::fmt::Write as _;

use calculus::Expression;

use crate::loss::Loss;
use crate::network::{Activation, Network, TrainOptions};
use crate::optimizer::Optimizer;
use crate::regression::{DescentOptions, RegressionDescent};
use crate::run::{DescendRequest, Descent};

/// How many points from each end are shown.
const SHOWN: usize = 6;

/// A fragment for the body of a document that loads amsmath.
pub(super) fn formula(expression: &Expression, run: &DescendRequest, way: &Descent) -> String {
    let width = way.variables.len();
    let names: Vec<String> =
        way.variables.iter().map(|v| calculus::parse(v).map_or_else(|_| v.clone(), |e| e.latex())).collect();
    let mut out = format!(
        "\\begin{{align*}}\n  L({}) &= {} \\\\\n  {}\n\\end{{align*}}\n\n",
        names.join(", "),
        expression.latex(),
        rule(&run.optimizer)
    );
    let _ = writeln!(out, "\\begin{{tabular}}{{r{}}}", "r".repeat(width + 1));
    let heads: Vec<String> = names.iter().map(|n| format!("${n}$")).collect();
    let _ = writeln!(out, "  step & {} & $L$ \\\\ \\hline", heads.join(" & "));
    let count = way.values.len();
    for (step, (point, value)) in way.points.chunks_exact(width.max(1)).zip(&way.values).enumerate() {
        if step >= SHOWN && step + SHOWN < count {
            if step == SHOWN {
                let _ = writeln!(out, "  \\vdots &{} \\\\", " &".repeat(width));
            }
            continue;
        }
        let cells: Vec<String> = point.iter().chain([value]).map(|v| scientific(*v)).collect();
        let _ = writeln!(out, "  {step} & {} \\\\", cells.join(" & "));
    }
    out.push_str("\\end{tabular}\n");
    out
}

/// A regression: loss, rule, the fit that came out in original units, and the first and last losses.
pub(super) fn regression(names: &[String], options: &DescentOptions, way: &RegressionDescent) -> String {
    let width = names.len();
    let sum: Vec<String> = (1..=width).map(|n| format!("w_{{{n}}} x_{{i{n}}}")).collect();
    let mut out = format!(
        "\\begin{{align*}}\n  L(w, b) &= \\frac{{1}}{{n}} \\sum_{{i=1}}^{{n}} \\left({} + b - y_i\\right)^2 \\\\\n  {}\n\\end{{align*}}\n\n",
        sum.join(" + "),
        rule(&options.optimizer)
    );
    let fit: Vec<String> = way.parameters.iter().map(|v| scientific(*v).replace('$', "")).collect();
    let terms = fit.iter().zip(names).map(|(w, name)| format!("{w} \\cdot \\text{{{}}}", escaped(name)));
    let terms: Vec<String> = terms.chain(fit.last().cloned()).collect();
    let _ = writeln!(out, "\\[ \\hat y = {} \\]\n", terms.join(" + "));
    losses(&mut out, "step", &way.losses);
    out
}

/// A network: forward and backward pass, loss, rule, and the first and last losses.
pub(super) fn network(network: &Network, options: &TrainOptions, after: &[f64]) -> String {
    let mut out = "\\begin{align*}\n  a_0 &= x \\\\\n".to_owned();
    let activations = network.layer_activations();
    let last = activations.len();
    for (index, activation) in activations.iter().enumerate() {
        let layer = index + 1;
        let f = match activation {
            Activation::Tanh => "\\tanh",
            Activation::Relu => "\\operatorname{relu}",
            Activation::Sigmoid => "\\sigma",
            Activation::Softplus => "\\operatorname{softplus}",
            Activation::Identity => "",
        };
        let sum = format!("a_{{{index}}} W_{{{layer}}} + b_{{{layer}}}");
        let right = if f.is_empty() { sum } else { format!("{f}({sum})") };
        let sizes = network.layers().get(index).zip(network.layers().get(layer));
        let shape = sizes
            .map(|(i, o)| format!(", \\quad W_{{{layer}}} \\in \\mathbb{{R}}^{{{i} \\times {o}}}"))
            .unwrap_or_default();
        let _ = writeln!(out, "  a_{{{layer}}} &= {right}{shape} \\\\");
    }
    let _ = writeln!(out, "  L &= {} \\\\", loss(network.loss(), last));
    let _ = writeln!(
        out,
        "  \\delta_{{{last}}} &= \\frac{{\\partial L}}{{\\partial a_{{{last}}}}} \\odot f_{{{last}}}', \\quad \\delta_{{l}} = \\delta_{{l+1}} W_{{l+1}}^{{\\mathsf T}} \\odot f_l' \\\\"
    );
    out.push_str("  \\frac{\\partial L}{\\partial W_l} &= a_{l-1}^{\\mathsf T} \\delta_l, \\quad \\frac{\\partial L}{\\partial b_l} = \\sum_{\\text{rows}} \\delta_l \\\\\n");
    let _ = writeln!(out, "  {}\n\\end{{align*}}\n", rule(&options.optimizer));
    losses(&mut out, "epoch", after);
    out
}

/// The mean over n entries, or rows for softmax; t are the targets, r the errors.
fn loss(loss: &Loss, last: usize) -> String {
    let a = format!("a_{{{last}}}");
    let n = |v: f64| scientific(v).replace('$', "");
    let (terms, note) = match *loss {
        Loss::Mse => ("r^2".to_owned(), true),
        Loss::Mae => ("|r|".to_owned(), true),
        Loss::Huber { delta } => {
            let d = n(delta);
            (
                format!(
                    "\\begin{{cases}} r^2 / 2 & |r| \\le {d} \\\\ {d} (|r| - {d} / 2) & \\text{{else}} \\end{{cases}}"
                ),
                true,
            )
        }
        Loss::LogCosh => ("\\ln \\cosh r".to_owned(), true),
        Loss::Quantile { quantile } => (format!("\\max(-{q} r, (1 - {q}) r)", q = n(quantile)), true),
        Loss::BinaryCrossEntropy => (format!("\\ln(1 + e^{{{a}}}) - t {a}"), false),
        Loss::Hinge => (format!("\\max(0, 1 - t {a})"), false),
        Loss::SquaredHinge => (format!("\\max(0, 1 - t {a})^2"), false),
        Loss::SoftmaxCrossEntropy { .. } => (
            format!("\\sum_k t_k \\left(\\ln \\sum_j e^{{{a},j}} - {a},k\\right)")
                .replace(&format!("{a},j"), &format!("a_{{{last},j}}"))
                .replace(&format!("{a},k"), &format!("a_{{{last},k}}")),
            false,
        ),
    };
    let errors = if note { format!(", \\quad r = {a} - t") } else { String::new() };
    format!("\\frac{{1}}{{n}} \\sum {terms}{errors}")
}

/// A table of the first and last losses.
fn losses(out: &mut String, what: &str, values: &[f64]) {
    let _ = writeln!(out, "\\begin{{tabular}}{{rr}}\n  {what} & $L$ \\\\ \\hline");
    for (index, value) in values.iter().enumerate() {
        if index >= SHOWN && index + SHOWN < values.len() {
            if index == SHOWN {
                out.push_str("  \\vdots & \\\\\n");
            }
            continue;
        }
        let _ = writeln!(out, "  {index} & {} \\\\", scientific(*value));
    }
    out.push_str("\\end{tabular}\n");
}

/// A name as text of a document.
fn escaped(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Eight significant digits, as $1.2345678 \cdot 10^{-3}$ where the size asks for it.
fn scientific(value: f64) -> String {
    let text = format!("{value:.7e}");
    match text.split_once('e') {
        Some((digits, "0")) => format!("${digits}$"),
        Some((digits, exponent)) => format!("${digits} \\cdot 10^{{{exponent}}}$"),
        None => format!("${text}$"),
    }
}

/// The update, with g for the gradient.
fn rule(optimizer: &Optimizer) -> String {
    let eta = scientific(optimizer.learning_rate()).replace('$', "");
    let n = |v: f64| scientific(v).replace('$', "");
    match *optimizer {
        Optimizer::Sgd { .. } => format!("x &\\leftarrow x - \\eta g, \\quad \\eta = {eta}"),
        Optimizer::Momentum { momentum, .. } => {
            format!(
                "m &\\leftarrow \\mu m + g, \\quad x \\leftarrow x - \\eta m, \\quad \\eta = {eta},\\ \\mu = {}",
                n(momentum)
            )
        }
        Optimizer::Nesterov { momentum, .. } => format!(
            "m &\\leftarrow \\mu m + g, \\quad x \\leftarrow x - \\eta (g + \\mu m), \\quad \\eta = {eta},\\ \\mu = {}",
            n(momentum)
        ),
        Optimizer::HeavyBall { momentum, .. } => format!(
            "x_{{k+1}} &= x_k - \\eta g + \\mu (x_k - x_{{k-1}}), \\quad \\eta = {eta},\\ \\mu = {}",
            n(momentum)
        ),
        Optimizer::Adagrad { epsilon, .. } => format!(
            "s &\\leftarrow s + g^2, \\quad x \\leftarrow x - \\eta g / \\sqrt{{s + \\varepsilon}}, \\quad \\eta = {eta},\\ \\varepsilon = {}",
            n(epsilon)
        ),
        Optimizer::Rmsprop { decay, epsilon, epsilon_in_root, .. } => format!(
            "v &\\leftarrow \\rho v + (1 - \\rho) g^2, \\quad x \\leftarrow x - \\eta g / {}, \\quad \\eta = {eta},\\ \\rho = {},\\ \\varepsilon = {}",
            if epsilon_in_root { "\\sqrt{v + \\varepsilon}" } else { "(\\sqrt{v} + \\varepsilon)" },
            n(decay),
            n(epsilon)
        ),
        Optimizer::Adam { beta1, beta2, epsilon, .. } => adam(&eta, [beta1, beta2, epsilon].map(n), None),
        Optimizer::Adamw { beta1, beta2, epsilon, weight_decay, .. } => {
            adam(&eta, [beta1, beta2, epsilon].map(n), Some(n(weight_decay)))
        }
        Optimizer::Newton { .. } => format!("x &\\leftarrow x - \\eta H^{{-1}} g, \\quad \\eta = {eta}"),
        Optimizer::LineSearch { .. } => {
            format!(
                "x &\\leftarrow x - \\eta g, \\quad \\eta \\text{{ halved from }} {eta} \\text{{ until }} L \\text{{ falls enough}}"
            )
        }
    }
}

fn adam(eta: &str, [b1, b2, eps]: [String; 3], decay: Option<String>) -> String {
    let (pull, setting) = match decay {
        Some(decay) => (" + \\lambda x", format!(",\\ \\lambda = {decay}")),
        None => ("", String::new()),
    };
    format!(
        "m &\\leftarrow \\beta_1 m + (1 - \\beta_1) g, \\quad v \\leftarrow \\beta_2 v + (1 - \\beta_2) g^2 \\\\\n  x &\\leftarrow x - \\eta \\left(\\frac{{m / (1 - \\beta_1^t)}}{{\\sqrt{{v / (1 - \\beta_2^t)}} + \\varepsilon}}{pull}\\right), \\quad \\eta = {eta},\\ \\beta_1 = {b1},\\ \\beta_2 = {b2},\\ \\varepsilon = {eps}{setting}"
    )
}
