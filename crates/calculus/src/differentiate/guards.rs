//! What keeps the domain of a derivative no larger than its function's.

use crate::function::Function;
use crate::graph::{Graph, Node, NodeId};
use crate::simplify::{Facts, NONNEGATIVE, NONZERO, TOTAL};

/// Nodes that have a value only where the function has: each operation of it that is not defined everywhere. Inside an `if` a
/// branch may be undefined while it sleeps, so then the whole function stands guard.
pub(super) fn of_domain(graph: &Graph, root: NodeId) -> Vec<NodeId> {
    let needed = graph.reachable(&[root]);
    let used = || graph.nodes().iter().zip(&needed).enumerate().filter(|(_, (_, needed))| **needed);
    if used().any(|(_, (node, _))| matches!(node, Node::If(..))) {
        return vec![root];
    }
    let mut facts = Facts::default();
    used()
        .filter(|(index, (node, _))| may_be_undefined(graph, &mut facts, NodeId(*index as u32), **node))
        .map(|(index, _)| NodeId(index as u32))
        .collect()
}

/// Whether an operation may have no value although its operands have.
fn may_be_undefined(graph: &Graph, facts: &mut Facts, id: NodeId, node: Node) -> bool {
    if facts.hold(graph, id, TOTAL) {
        return false;
    }
    match node {
        Node::Number(_)
        | Node::Constant(_)
        | Node::Variable(_)
        | Node::Negate(_)
        | Node::Add(..)
        | Node::Subtract(..)
        | Node::Multiply(..) => false,
        Node::Divide(_, b) => !facts.hold(graph, b, NONZERO),
        Node::Power(a, b) => {
            let whole = graph.as_number(b).is_some_and(|k| k >= 0.0 && k == k.trunc());
            !whole && !facts.hold(graph, a, NONNEGATIVE | NONZERO)
        }
        Node::RationalPower(a, p, _) => p < 0 && !facts.hold(graph, a, NONZERO),
        Node::Call(function, a) => match function {
            Function::Tan
            | Function::Sec
            | Function::Csc
            | Function::Cot
            | Function::Asin
            | Function::Acos
            | Function::Acosh
            | Function::Atanh => true,
            Function::Ln | Function::Log10 | Function::Log2 => !facts.hold(graph, a, NONNEGATIVE | NONZERO),
            Function::Sqrt => !facts.hold(graph, a, NONNEGATIVE),
            _ => false,
        },
        Node::Call2(function, ..) => matches!(function, Function::Root | Function::Mod | Function::Atan2),
        Node::If(..) => true,
    }
}

/// Drops guards (all but the first of `roots`) that the first needs anyway, or that another operation of it implies.
pub(super) fn drop_implied(graph: &Graph, roots: &mut Vec<NodeId>) {
    let Some(&root) = roots.first() else { return };
    // An `if` sleeps in part: what it reaches need not be defined.
    let awake = graph.reachable(&[root]);
    let is_awake = |id: NodeId| awake.get(id.index()).copied().unwrap_or(false);
    let needed = || graph.nodes().iter().enumerate().filter(|(index, _)| is_awake(NodeId(*index as u32)));
    if needed().any(|(_, node)| matches!(node, Node::If(..))) {
        return;
    }
    // A quotient is defined where what is below it is not zero, so any quotient over the same bases will do; a root where its
    // base is not negative, so any root of it will do.
    let (mut bases, mut roots_of) = (Vec::new(), Vec::new());
    for (_, node) in needed() {
        match *node {
            Node::Divide(_, below) => divisors(graph, below, &mut bases),
            Node::Call(Function::Sqrt, a) => roots_of.push(a),
            Node::Power(a, k) if graph.as_number(k).is_some_and(|k| k.fract() != 0.0) => roots_of.push(a),
            _ => {}
        }
    }
    let mut first = true;
    roots.retain(|&id| {
        let implied = match graph.node(id) {
            _ if is_awake(id) => true,
            Node::Divide(_, below) => {
                let mut own = Vec::new();
                divisors(graph, below, &mut own);
                own.iter().all(|base| bases.contains(base))
            }
            Node::Power(a, k) => graph.as_number(k).is_some_and(|k| k > 0.0) && roots_of.contains(&a),
            Node::Call(Function::Tan | Function::Sec, u) => {
                graph.find(Node::Call(Function::Cos, u)).is_some_and(|cos| bases.contains(&cos))
            }
            _ => false,
        };
        std::mem::take(&mut first) || !implied
    });
}

/// What must not be zero for a quotient over `below` to be defined.
fn divisors(graph: &Graph, below: NodeId, bases: &mut Vec<NodeId>) {
    let mut stack = vec![below];
    while let Some(id) = stack.pop() {
        match graph.node(id) {
            Node::Number(value) if value != 0.0 => {}
            Node::Multiply(a, b) if stack.len() + bases.len() < 64 => stack.extend([a, b]),
            Node::Power(a, k) if graph.as_number(k).is_some_and(|k| k > 0.0) => stack.push(a),
            Node::RationalPower(a, 1.., _) | Node::Call(Function::Sqrt | Function::Cbrt, a) => stack.push(a),
            _ => bases.push(id),
        }
    }
}
