//! A run for a paper: objective, rule, and the first and last points.

use std::fmt::Write as _;

use calculus::Expression;

use crate::optimizer::Optimizer;
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
