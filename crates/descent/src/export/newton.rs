//! What programs need beside a gradient when the step is Newton's, or as long as the loss allows: [`crate::optimizer::Newton`] and
//! [`crate::optimizer::LineSearch`], written out.

use std::fmt::Write as _;

use super::dialect::Dialect;
use super::{Objective, Program, graph, unsaid};
use crate::error::DescentError;
use crate::optimizer::{LARGEST_HESSIAN, Optimizer};

/// Functions `search`, and for Newton's method `newton`, in Python; nothing for other optimisers.
pub(super) fn python(out: &mut String, program: &Program, l: &str) -> Result<(), DescentError> {
    if !searches(&program.optimizer) {
        return Ok(());
    }
    let loss = if l == "np" { "objective(trial)[0]" } else { "objective(trial)" };
    let _ = writeln!(
        out,
        r#"
def search(p, value, g, direction, rate):
    """The point at the first of rate, rate/2, ... that lowers the loss enough (Armijo's condition), if any."""
    slope = g @ direction
    if not slope < 0:
        return None
    for _ in range(60):
        trial = p + rate * direction
        if {loss} <= value + 1e-4 * rate * slope:
            return trial
        rate /= 2
    return None
"#
    );
    if !is_newton(program)? {
        return Ok(());
    }
    match (l, &program.objective) {
        ("jnp", _) => out.push_str("\nhessian = jax.hessian(objective)\n"),
        ("torch", _) => {
            out.push_str("\n\ndef hessian(p):\n    return torch.autograd.functional.hessian(objective, p)\n")
        }
        (_, Objective::Line { .. }) => {
            out.push_str("\n\ndef hessian(p):\n    ones = np.column_stack([x, np.ones(len(y))])\n    return 2 / len(y) * ones.T @ ones\n");
        }
        (_, Objective::Formula(expression)) => {
            let variables: Vec<String> = program.names.iter().map(|name| Dialect::Numpy.safe(name)).collect();
            for (index, name) in program.names.iter().enumerate() {
                let slope = expression.derivative(name).map_err(|_| unsaid("objective", &expression.text()))?;
                let lines = graph::lines(&slope, Dialect::Numpy, true)?;
                let _ = writeln!(out, "\ndef row_{index}(p):\n    [{}] = p", variables.join(", "));
                for (name, right) in &lines.forward {
                    let _ = writeln!(out, "    {name} = {right}");
                }
                for name in &lines.adjoints {
                    let _ = writeln!(out, "    d_{name} = 0.0");
                }
                if lines.adjoints.contains(&lines.value) {
                    let _ = writeln!(out, "    d_{} += 1.0", lines.value);
                }
                for (name, share) in &lines.backward {
                    let _ = writeln!(out, "    d_{name} += {share}");
                }
                let row: Vec<String> = variables.iter().map(|name| format!("d_{name}")).collect();
                let _ = writeln!(out, "    return [{}]\n", row.join(", "));
            }
            let rows: Vec<String> = (0..program.names.len()).map(|index| format!("row_{index}(p)")).collect();
            let _ = writeln!(out, "\ndef hessian(p):\n    return np.array([{}])\n", rows.join(", "));
        }
    }
    let _ = writeln!(
        out,
        r#"
def newton(p, g):
    """Newton's step with every curvature replaced by its magnitude, so that it leads downhill from saddles too."""
    curvature = hessian(p)
    if not {l}.isfinite(curvature).all():
        return None
    sizes, axes = {l}.linalg.eigh(curvature)
    sizes = {l}.abs(sizes)
    if sizes.max() == 0:
        return None
    return -axes @ ((axes.T @ g) / {l}.maximum(sizes, 1e-8 * sizes.max()))
"#
    );
    Ok(())
}

/// Whether steps look for a length.
pub(super) fn searches(optimizer: &Optimizer) -> bool {
    matches!(optimizer, Optimizer::Newton { .. } | Optimizer::LineSearch { .. })
}

/// Whether the Hessian is needed. The engine does without it for many variables; such a run is not written as a program.
pub(super) fn is_newton(program: &Program) -> Result<bool, DescentError> {
    let is_newton = matches!(program.optimizer, Optimizer::Newton { .. });
    if is_newton && program.names.len() > LARGEST_HESSIAN {
        return Err(unsaid("optimizer", "newton with more than 64 variables"));
    }
    Ok(is_newton)
}

/// The same in Rust.
pub(super) fn rust(out: &mut String, program: &Program) -> Result<(), DescentError> {
    if !searches(&program.optimizer) {
        return Ok(());
    }
    out.push_str(RUST_SEARCH);
    if !is_newton(program)? {
        return Ok(());
    }
    match &program.objective {
        Objective::Line { .. } => out.push_str(RUST_LINE_HESSIAN),
        Objective::Formula(expression) => {
            let variables: Vec<String> = program.names.iter().map(|name| Dialect::Rust.safe(name)).collect();
            out.push_str("/// The second derivatives, a row a variable, each backwards through the slope.\n");
            out.push_str("#[allow(unused_mut, unused_variables, unused_assignments)]\nfn hessian(p: [f64; N]) -> [[f64; N]; N] {\n");
            let _ = writeln!(out, "    let [{}] = p;\n    [", variables.join(", "));
            for name in &program.names {
                let slope = expression.derivative(name).map_err(|_| unsaid("objective", &expression.text()))?;
                let lines = graph::lines(&slope, Dialect::Rust, true)?;
                out.push_str("        {\n");
                for (name, right) in &lines.forward {
                    let _ = writeln!(out, "            let {name}: f64 = {right};");
                }
                for name in &lines.adjoints {
                    let _ = writeln!(out, "            let mut d_{name} = 0.0_f64;");
                }
                if lines.adjoints.contains(&lines.value) {
                    let _ = writeln!(out, "            d_{} += 1.0;", lines.value);
                }
                for (name, share) in &lines.backward {
                    let _ = writeln!(out, "            d_{name} += {share};");
                }
                let row: Vec<String> = variables.iter().map(|name| format!("d_{name}")).collect();
                let _ = writeln!(out, "            [{}]\n        }},", row.join(", "));
            }
            out.push_str("    ]\n}\n\n");
        }
    }
    out.push_str(RUST_NEWTON);
    Ok(())
}

const RUST_SEARCH: &str =
    "/// The point at the first of rate, rate/2, … that lowers the loss enough (Armijo's condition), if any.
fn search(p: [f64; N], value: f64, g: [f64; N], direction: [f64; N], mut rate: f64) -> Option<[f64; N]> {
    let slope: f64 = (0..N).map(|i| g[i] * direction[i]).sum();
    if !(slope < 0.0) {
        return None;
    }
    for _ in 0..60 {
        let trial = std::array::from_fn(|i| p[i] + rate * direction[i]);
        if objective(trial).0 <= value + 1e-4 * rate * slope {
            return Some(trial);
        }
        rate /= 2.0;
    }
    None
}

";

const RUST_LINE_HESSIAN: &str = "/// The second derivatives.
fn hessian(_p: [f64; N]) -> [[f64; N]; N] {
    let mut h = [[0.0; N]; N];
    for (x, _) in &DATA {
        let row: Vec<f64> = x.iter().copied().chain([1.0]).collect();
        for i in 0..N {
            for j in 0..N {
                h[i][j] += 2.0 * row[i] * row[j] / DATA.len() as f64;
            }
        }
    }
    h
}

";

const RUST_NEWTON: &str = "/// Newton's step with every curvature replaced by its magnitude, so that it leads downhill from saddles too. Jacobi's rotations
/// find the curvatures and their axes.
fn newton(p: [f64; N], g: [f64; N]) -> Option<[f64; N]> {
    let mut h = hessian(p);
    if h.iter().flatten().any(|v| !v.is_finite()) {
        return None;
    }
    let mut axes = [[0.0; N]; N];
    for i in 0..N {
        axes[i][i] = 1.0;
    }
    for _ in 0..60 {
        for a in 0..N {
            for b in a + 1..N {
                if h[a][b] == 0.0 {
                    continue;
                }
                let theta = (h[b][b] - h[a][a]) / (2.0 * h[a][b]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for k in 0..N {
                    let (x, y) = (h[k][a], h[k][b]);
                    (h[k][a], h[k][b]) = (c * x - s * y, s * x + c * y);
                }
                for k in 0..N {
                    let (x, y) = (h[a][k], h[b][k]);
                    (h[a][k], h[b][k]) = (c * x - s * y, s * x + c * y);
                    let (x, y) = (axes[k][a], axes[k][b]);
                    (axes[k][a], axes[k][b]) = (c * x - s * y, s * x + c * y);
                }
            }
        }
    }
    let steepest = (0..N).map(|i| h[i][i].abs()).fold(0.0, f64::max);
    if steepest == 0.0 {
        return None;
    }
    let mut direction = [0.0; N];
    for a in 0..N {
        let along: f64 = (0..N).map(|k| axes[k][a] * g[k]).sum();
        for k in 0..N {
            direction[k] -= axes[k][a] * along / h[a][a].abs().max(1e-8 * steepest);
        }
    }
    Some(direction)
}

";
