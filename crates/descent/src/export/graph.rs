//! A formula as lines of a program: forward, one line an operation, and backward, one line an adjoint.

use calculus::Expression;
use calculus::function::Function;
use calculus::graph::{Node, Relation};

use super::dialect::Dialect;
use super::unsaid;
use crate::error::DescentError;

/// The lines that compute a formula.
pub(super) struct Lines {
    /// Assignments `t1 = …`, in order: name and right-hand side.
    pub(super) forward: Vec<(String, String)>,
    /// What holds the value.
    pub(super) value: String,
    /// Additions to adjoints, in order: name and what is added.
    pub(super) backward: Vec<(String, String)>,
    /// Every name that has an adjoint.
    pub(super) adjoints: Vec<String>,
}

/// Writes a formula in a dialect; with adjoints where the language has no automatic differentiation.
pub(super) fn lines(expression: &Expression, dialect: Dialect, with_adjoints: bool) -> Result<Lines, DescentError> {
    let graph = expression.graph();
    let mut needed = vec![false; graph.len()];
    if let Some(root) = needed.get_mut(expression.root().index()) {
        *root = true;
    }
    for (index, node) in graph.nodes().iter().enumerate().rev() {
        if needed.get(index).copied().unwrap_or(false) {
            node.for_each_child(|child| {
                if let Some(slot) = needed.get_mut(child.index()) {
                    *slot = true;
                }
            });
        }
    }
    let mut lines = Lines { forward: Vec::new(), value: String::new(), backward: Vec::new(), adjoints: Vec::new() };
    let mut names: Vec<String> = Vec::with_capacity(graph.len());
    let variables = expression.variables();
    lines.adjoints.extend(variables.iter().map(|v| dialect.safe(v)));
    let mut constant: Vec<bool> = Vec::with_capacity(graph.len());
    for (node, needed) in graph.nodes().iter().zip(&needed) {
        let mut all = !matches!(node, Node::Variable(_));
        node.for_each_child(|child| all &= constant.get(child.index()).copied().unwrap_or(false));
        constant.push(all);
        if !needed {
            names.push(String::new());
            continue;
        }
        let name = match *node {
            Node::Number(value) => dialect.constant(value),
            Node::Constant(constant) => dialect.constant(constant.value()),
            Node::Variable(slot) => variables.get(slot as usize).map(|v| dialect.safe(v)).unwrap_or_default(),
            _ => {
                let right = operation(node, graph.nodes(), &names, dialect)
                    .ok_or_else(|| unsaid("objective", &expression.text()))?;
                // PyTorch's functions take tensors only, and plain numbers make plain numbers.
                let right = if all && dialect == Dialect::Torch { format!("torch.as_tensor({right})") } else { right };
                let name = format!("t{}", lines.forward.len() + 1);
                lines.forward.push((name.clone(), right));
                lines.adjoints.push(name.clone());
                name
            }
        };
        names.push(name);
    }
    lines.value = names.get(expression.root().index()).cloned().unwrap_or_default();
    let chooses = graph.nodes().iter().zip(&needed).any(|(node, needed)| *needed && matches!(node, Node::If(..)));
    if with_adjoints {
        for (index, node) in graph.nodes().iter().enumerate().rev() {
            if needed.get(index).copied().unwrap_or(false) {
                let name = names.get(index).cloned().unwrap_or_default();
                let shares = pull_back(node, &name, graph.nodes(), &names, dialect)
                    .ok_or_else(|| unsaid("objective", &expression.text()))?;
                // What reaches nothing adds nothing, even where its slope is undefined: as in the branch not taken of an `if`.
                let guarded = |share: String| {
                    let reaches = format!("d_{name}");
                    if chooses { dialect.choose(Relation::NotEqual, [&reaches, "0.0", &share, "0.0"]) } else { share }
                };
                let shares = shares.into_iter().map(|(to, share)| (to, guarded(share)));
                lines.backward.extend(shares.filter(|(to, _)| lines.adjoints.contains(to)));
            }
        }
    }
    Ok(lines)
}

fn whole(nodes: &[Node], index: usize) -> Option<i32> {
    match nodes.get(index) {
        Some(Node::Number(value)) if value.fract() == 0.0 && value.abs() < 1000.0 => Some(*value as i32),
        _ => None,
    }
}

/// The right-hand side of an operation's line.
fn operation(node: &Node, nodes: &[Node], names: &[String], dialect: Dialect) -> Option<String> {
    let name = |id: calculus::graph::NodeId| names.get(id.index()).map_or("", String::as_str);
    Some(match *node {
        Node::Negate(a) => format!("-{}", name(a)),
        Node::Add(a, b) => format!("{} + {}", name(a), name(b)),
        Node::Subtract(a, b) => format!("{} - {}", name(a), name(b)),
        Node::Multiply(a, b) => format!("{} * {}", name(a), name(b)),
        Node::Divide(a, b) => format!("{} / {}", name(a), name(b)),
        Node::Power(a, b) => {
            let base = name(a);
            let base = if base.starts_with('-') { format!("({base})") } else { base.to_owned() };
            dialect.power(&base, name(b), whole(nodes, b.index()))
        }
        Node::Call(function, a) => dialect.call(function, name(a))?,
        Node::Call2(function, a, b) => dialect.call2(function, name(a), name(b))?,
        Node::If(relation, a, b, then, otherwise) => {
            dialect.choose(relation, [name(a), name(b), name(then), name(otherwise)])
        }
        Node::RationalPower(a, p, q) => dialect.rational_power(name(a), p, q),
        Node::Number(_) | Node::Constant(_) | Node::Variable(_) => return None,
    })
}

/// What an operation's adjoint adds to the adjoints of its operands.
fn pull_back(
    node: &Node,
    y: &str,
    nodes: &[Node],
    names: &[String],
    dialect: Dialect,
) -> Option<Vec<(String, String)>> {
    let name = |id: calculus::graph::NodeId| names.get(id.index()).cloned().unwrap_or_default();
    let d = format!("d_{y}");
    Some(match *node {
        Node::Number(_) | Node::Constant(_) | Node::Variable(_) => Vec::new(),
        Node::Negate(a) => vec![(name(a), format!("-{d}"))],
        Node::Add(a, b) => vec![(name(a), d.clone()), (name(b), d)],
        Node::Subtract(a, b) => vec![(name(a), d.clone()), (name(b), format!("-{d}"))],
        Node::Multiply(a, b) => vec![(name(a), format!("{d} * {}", name(b))), (name(b), format!("{d} * {}", name(a)))],
        Node::Divide(a, b) => {
            vec![(name(a), format!("{d} / {}", name(b))), (name(b), format!("-{d} * {y} / {}", name(b)))]
        }
        Node::Power(a, b) => {
            let (base, exponent) = (name(a), name(b));
            let lower = match whole(nodes, b.index()) {
                Some(1) => "1.0".to_owned(),
                Some(n) => dialect.power(&base, "", Some(n - 1)),
                None => dialect.power(&base, &format!("({exponent} - 1.0)"), None),
            };
            let mut shares = vec![(base.clone(), format!("{d} * {exponent} * {lower}"))];
            if !matches!(nodes.get(b.index()), Some(Node::Number(_) | Node::Constant(_))) {
                shares.push((exponent, format!("{d} * {y} * {}", dialect.call(Function::Ln, &base)?)));
            }
            shares
        }
        Node::Call(function, a) => vec![(name(a), format!("{d} * ({})", slope(function, &name(a), y, dialect)?))],
        Node::Call2(function, a, b) => {
            let (by_a, by_b) = slopes2(function, &name(a), &name(b), y, dialect)?;
            vec![(name(a), format!("{d} * ({by_a})")), (name(b), format!("{d} * ({by_b})"))]
        }
        Node::If(relation, a, b, then, otherwise) => {
            let (a, b) = (name(a), name(b));
            vec![
                (name(then), dialect.choose(relation, [&a, &b, &d, "0.0"])),
                (name(otherwise), dialect.choose(relation, [&a, &b, "0.0", &d])),
            ]
        }
        Node::RationalPower(a, p, q) => {
            let exponent = dialect.constant(f64::from(p) / f64::from(q));
            vec![(name(a), format!("{d} * {exponent} * {y} / {}", name(a)))]
        }
    })
}

/// f′(x), where y = f(x).
fn slope(function: Function, x: &str, y: &str, dialect: Dialect) -> Option<String> {
    let call = |function, x: &str| dialect.call(function, x);
    Some(match function {
        Function::Sin => call(Function::Cos, x)?,
        Function::Cos => format!("-{}", call(Function::Sin, x)?),
        Function::Tan => format!("1.0 + {y} * {y}"),
        Function::Asin => format!("1.0 / {}", call(Function::Sqrt, &format!("1.0 - {x} * {x}"))?),
        Function::Acos => format!("-1.0 / {}", call(Function::Sqrt, &format!("1.0 - {x} * {x}"))?),
        Function::Atan => format!("1.0 / (1.0 + {x} * {x})"),
        Function::Sinh => call(Function::Cosh, x)?,
        Function::Cosh => call(Function::Sinh, x)?,
        // 1 − y² would lose its digits where tanh is all but 1.
        Function::Tanh => format!("({0}) * ({0})", call(Function::Sech, x)?),
        Function::Asinh => format!("1.0 / {}", call(Function::Sqrt, &format!("{x} * {x} + 1.0"))?),
        Function::Acosh => format!("1.0 / {}", call(Function::Sqrt, &format!("{x} * {x} - 1.0"))?),
        Function::Atanh => format!("1.0 / (1.0 - {x} * {x})"),
        Function::Sech => format!("-{y} * {}", call(Function::Tanh, x)?),
        Function::Sec => format!("{y} * {}", call(Function::Tan, x)?),
        Function::Csc => format!("-{y} * ({})", call(Function::Cot, x)?),
        Function::Cot => format!("-(1.0 + {y} * {y})"),
        Function::Exp => y.to_owned(),
        Function::Ln => format!("1.0 / {x}"),
        Function::Log10 => format!("{:?} / {x}", std::f64::consts::LOG10_E),
        Function::Log2 => format!("{:?} / {x}", std::f64::consts::LOG2_E),
        Function::Sqrt => format!("0.5 / {y}"),
        Function::Cbrt => format!("1.0 / (3.0 * {y} * {y})"),
        Function::Abs => call(Function::Sign, x)?,
        Function::Sign | Function::Step | Function::Floor | Function::Ceil | Function::Round => "0.0".to_owned(),
        Function::Sinc => {
            let away = format!("({} - {y}) / {x}", call(Function::Cos, x)?);
            dialect.choose(calculus::graph::Relation::Equal, [x, "0.0", "0.0", &away])
        }
        Function::Erf => {
            let bell = call(Function::Exp, &format!("-({x} * {x})"))?;
            format!("{:?} * {bell}", std::f64::consts::FRAC_2_SQRT_PI)
        }
        Function::Relu => dialect.choose(calculus::graph::Relation::Greater, [x, "0.0", "1.0", "0.0"]),
        Function::Sigmoid => format!("{y} * (1.0 - {y})"),
        Function::Softplus => call(Function::Sigmoid, x)?,
        _ => return None,
    })
}

/// ∂f/∂a and ∂f/∂b, where y = f(a, b).
fn slopes2(function: Function, a: &str, b: &str, y: &str, dialect: Dialect) -> Option<(String, String)> {
    use calculus::graph::Relation;
    // A tie of minimum or maximum gives half to each, as automatic differentiation in JAX has it.
    let pick = |relation| {
        let tie = dialect.choose(Relation::Equal, [a, b, "0.5", "0.0"]);
        let (left, right) =
            (dialect.choose(relation, [a, b, "1.0", "0.0"]), dialect.choose(relation, [b, a, "1.0", "0.0"]));
        (format!("({left}) + ({tie})"), format!("({right}) + ({tie})"))
    };
    Some(match function {
        Function::Min => pick(Relation::Less),
        Function::Max => pick(Relation::Greater),
        Function::Hypot => (format!("{a} / {y}"), format!("{b} / {y}")),
        Function::Atan2 => (format!("{b} / ({a} * {a} + {b} * {b})"), format!("-{a} / ({a} * {a} + {b} * {b})")),
        Function::Mod => ("1.0".to_owned(), format!("-{}", dialect.call(Function::Floor, &format!("({a} / {b})"))?)),
        Function::LogSumExp => {
            let exp = |side: &str| dialect.call(Function::Exp, &format!("{side} - {y}"));
            (exp(a)?, exp(b)?)
        }
        _ => return None,
    })
}
