//! From what was typed to what it means: the tree becomes a graph in which equal parts are one.
//!
//! On the way, forms that plain arithmetic gets wrong far from 0 become the functions they are: `ln(1 + exp(x))` is softplus,
//! `1/(1 + exp(-x))` sigmoid, `1 - tanh(x)^2` the square of sech. Each has the same value and domain on the reals.

use crate::function::{Callable, Function};
use crate::graph::{Constant, Graph, Node, NodeId};
use crate::syntax::{Operator, Term, Tree};

/// The graph of a tree and the place of its root.
pub(crate) fn lower(tree: &Tree) -> (Graph, NodeId) {
    let mut graph = Graph::new();
    let mut places: Vec<NodeId> = Vec::with_capacity(tree.terms().len());
    for term in tree.terms() {
        let place = |id: u32| places.get(id as usize).copied().unwrap_or(NodeId(0));
        let id = match *term {
            Term::Number(value) => graph.number(value),
            Term::Constant(constant) => graph.add(Node::Constant(constant)),
            Term::Variable(slot) => graph.add(Node::Variable(slot)),
            Term::Negate(a) => negate(&mut graph, place(a)),
            Term::Plus(a) => place(a),
            Term::Binary(operator, a, b) => binary(&mut graph, operator, place(a), place(b)),
            Term::Call { callable, first, count } => {
                let mut arguments = (first..first + count).map(|at| place(tree.argument(at)));
                call(&mut graph, callable, &mut arguments)
            }
            Term::CallPower(callable, exponent, argument) => {
                let base = call(&mut graph, callable, &mut std::iter::once(place(argument)));
                let exponent = graph.number(f64::from(exponent));
                power(&mut graph, base, exponent)
            }
            Term::Bars(a) => graph.add(Node::Call(Function::Abs, place(a))),
            Term::If(relation, first) => {
                let [a, b, c, d] = [0, 1, 2, 3].map(|ahead| place(tree.argument(first + ahead)));
                graph.add(Node::If(relation, a, b, c, d))
            }
            Term::Elided => graph.number(f64::NAN),
        };
        places.push(id);
    }
    let root = places.last().copied().unwrap_or(NodeId(0));
    // Recognised forms leave parts behind that nothing needs any more.
    if graph.reachable(&[root]).contains(&false) {
        let (small, roots) = graph.compacted(&[root]);
        return (small, roots.first().copied().unwrap_or(NodeId(0)));
    }
    (graph, root)
}

fn negate(graph: &mut Graph, a: NodeId) -> NodeId {
    match graph.node(a) {
        Node::Number(value) => graph.number(-value),
        _ => graph.add(Node::Negate(a)),
    }
}

fn binary(graph: &mut Graph, operator: Operator, a: NodeId, b: NodeId) -> NodeId {
    match operator {
        Operator::Add => graph.add(Node::Add(a, b)),
        Operator::Subtract => subtract(graph, a, b),
        Operator::Multiply | Operator::Juxtapose => graph.add(Node::Multiply(a, b)),
        Operator::Divide => divide(graph, a, b),
        Operator::Power => power(graph, a, b),
    }
}

fn subtract(graph: &mut Graph, a: NodeId, b: NodeId) -> NodeId {
    if graph.as_number(a) == Some(1.0) {
        match graph.node(b) {
            Node::Call(Function::Sigmoid, u) => {
                let minus = opposite(graph, u);
                return graph.add(Node::Call(Function::Sigmoid, minus));
            }
            Node::Power(base, exponent) if graph.as_number(exponent) == Some(2.0) => {
                if let Node::Call(Function::Tanh, u) = graph.node(base) {
                    let sech = graph.add(Node::Call(Function::Sech, u));
                    return graph.add(Node::Power(sech, exponent));
                }
            }
            _ => {}
        }
    }
    graph.add(Node::Subtract(a, b))
}

/// −u, without two minus signs.
pub(crate) fn opposite(graph: &mut Graph, u: NodeId) -> NodeId {
    match graph.node(u) {
        Node::Negate(inner) => inner,
        _ => negate(graph, u),
    }
}

/// u, if the node is exp(u).
fn exponent_of(graph: &Graph, id: NodeId) -> Option<NodeId> {
    match graph.node(id) {
        Node::Call(Function::Exp, u) => Some(u),
        _ => None,
    }
}

/// u, if the node is 1 + exp(u) in either order.
fn one_plus_exp(graph: &Graph, id: NodeId) -> Option<NodeId> {
    let Node::Add(a, b) = graph.node(id) else {
        return None;
    };
    if graph.as_number(a) == Some(1.0) {
        exponent_of(graph, b)
    } else if graph.as_number(b) == Some(1.0) {
        exponent_of(graph, a)
    } else {
        None
    }
}

fn divide(graph: &mut Graph, a: NodeId, b: NodeId) -> NodeId {
    if let Some(u) = one_plus_exp(graph, b) {
        if graph.as_number(a) == Some(1.0) {
            let minus = opposite(graph, u);
            return graph.add(Node::Call(Function::Sigmoid, minus));
        }
        if exponent_of(graph, a) == Some(u) {
            return graph.add(Node::Call(Function::Sigmoid, u));
        }
    }
    match (graph.node(a), graph.node(b)) {
        (Node::Call(Function::Sinh, u), Node::Call(Function::Cosh, v)) if u == v => {
            return graph.add(Node::Call(Function::Tanh, u));
        }
        // (eᵘ − e⁻ᵘ)/(eᵘ + e⁻ᵘ)
        (Node::Subtract(p, q), Node::Add(r, s)) if p == r && q == s => {
            if let (Some(u), Some(v)) = (exponent_of(graph, p), exponent_of(graph, q))
                && graph.node(v) == Node::Negate(u)
            {
                return graph.add(Node::Call(Function::Tanh, u));
            }
        }
        _ => {}
    }
    graph.add(Node::Divide(a, b))
}

/// p and q of an exponent typed as a fraction of whole numbers, in lowest terms with q > 0.
pub(crate) fn typed_fraction(graph: &Graph, exponent: NodeId) -> Option<(i32, u32)> {
    let (fraction, sign) = match graph.node(exponent) {
        Node::Negate(inner) => (graph.node(inner), -1),
        node => (node, 1),
    };
    let Node::Divide(p, q) = fraction else {
        return None;
    };
    let whole = |id| graph.as_number(id).filter(|v| *v == v.trunc() && v.abs() < 1e9).map(|v| v as i64);
    let (mut p, mut q) = (whole(p)? * sign, whole(q)?);
    if q == 0 {
        return None;
    }
    if q < 0 {
        (p, q) = (-p, -q);
    }
    let divisor = gcd(p.unsigned_abs(), q.unsigned_abs()).max(1) as i64;
    Some(((p / divisor) as i32, (q / divisor) as u32))
}

/// The greatest common divisor; gcd(0, n) is n.
pub(crate) fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

pub(crate) fn power(graph: &mut Graph, base: NodeId, exponent: NodeId) -> NodeId {
    if graph.node(base) == Node::Constant(Constant::E) {
        return graph.add(Node::Call(Function::Exp, exponent));
    }
    if let Some((p, q)) = typed_fraction(graph, exponent) {
        if q == 1 {
            let p = graph.number(f64::from(p));
            return graph.add(Node::Power(base, p));
        }
        if q % 2 == 1 {
            return graph.add(Node::RationalPower(base, p, q));
        }
    }
    graph.add(Node::Power(base, exponent))
}

fn call(graph: &mut Graph, callable: Callable, arguments: &mut dyn Iterator<Item = NodeId>) -> NodeId {
    let first = arguments.next().unwrap_or(NodeId(0));
    let function = match callable {
        Callable::Function(function) => function,
        Callable::Clamp | Callable::If => {
            let low = arguments.next().unwrap_or(first);
            let high = arguments.next().unwrap_or(first);
            let floor = graph.add(Node::Call2(Function::Max, first, low));
            return graph.add(Node::Call2(Function::Min, floor, high));
        }
    };
    match function {
        Function::Ln => logarithm(graph, first),
        Function::Root => {
            let degree = arguments.next().unwrap_or(first);
            root(graph, first, degree)
        }
        _ if function.is_binary() => {
            let mut folded = first;
            for argument in arguments {
                folded = graph.add(Node::Call2(function, folded, argument));
            }
            folded
        }
        _ => graph.add(Node::Call(function, first)),
    }
}

fn root(graph: &mut Graph, radicand: NodeId, degree: NodeId) -> NodeId {
    let whole = graph.as_number(degree).filter(|n| *n == n.trunc() && (2.0..1e9).contains(n));
    match whole.map(|n| n as u32) {
        Some(2) => graph.add(Node::Call(Function::Sqrt, radicand)),
        Some(3) => graph.add(Node::Call(Function::Cbrt, radicand)),
        Some(n) if n % 2 == 1 => graph.add(Node::RationalPower(radicand, 1, n)),
        _ => graph.add(Node::Call2(Function::Root, radicand, degree)),
    }
}

fn logarithm(graph: &mut Graph, a: NodeId) -> NodeId {
    if let Some(u) = one_plus_exp(graph, a) {
        return graph.add(Node::Call(Function::Softplus, u));
    }
    if let Node::Call(Function::Sigmoid, u) = graph.node(a) {
        let minus = opposite(graph, u);
        let softplus = graph.add(Node::Call(Function::Softplus, minus));
        return graph.add(Node::Negate(softplus));
    }
    // ln(eᵃ + eᵇ + …), as long as every term is an exponential.
    let mut exponents = Vec::new();
    let mut rest = a;
    while let Node::Add(front, last) = graph.node(rest) {
        match exponent_of(graph, last) {
            Some(u) => exponents.push(u),
            None => return graph.add(Node::Call(Function::Ln, a)),
        }
        rest = front;
    }
    match (exponent_of(graph, rest), exponents.is_empty()) {
        (Some(first), false) => {
            let mut folded = first;
            for exponent in exponents.into_iter().rev() {
                folded = graph.add(Node::Call2(Function::LogSumExp, folded, exponent));
            }
            folded
        }
        _ => graph.add(Node::Call(Function::Ln, a)),
    }
}
