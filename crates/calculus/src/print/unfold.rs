//! From meaning back to something to read: a tree for a formula that nobody typed.

use crate::function::{Callable, Function};
use crate::graph::{Graph, Node, NodeId};
use crate::syntax::{Operator, Term, TermId, Tree};

/// The tree of a node. Parts that the graph shares the tree shares too.
pub(crate) fn unfold(graph: &Graph, root: NodeId) -> Tree {
    let mut tree = Tree::default();
    let mut places: Vec<TermId> = Vec::with_capacity(graph.len());
    let needed = graph.reachable(&[root]);
    for (node, needed) in graph.nodes().iter().zip(needed) {
        let id = if needed { term(graph, &mut tree, &places, *node) } else { 0 };
        places.push(id);
        if places.len() == root.index() + 1 {
            break;
        }
    }
    // The last term is the whole.
    if let Some(&place) = places.last()
        && place != tree.root()
    {
        let whole = tree.term(place);
        tree.push(whole, 0, 0);
    }
    tree
}

fn term(graph: &Graph, tree: &mut Tree, places: &[TermId], node: Node) -> TermId {
    let at = |id: NodeId| places.get(id.index()).copied().unwrap_or(0);
    let push = |tree: &mut Tree, term| tree.push(term, 0, 0);
    let number = |tree: &mut Tree, value: f64| {
        let size = tree.push(Term::Number(value.abs()), 0, 0);
        if value.is_sign_negative() { tree.push(Term::Negate(size), 0, 0) } else { size }
    };
    let binary = |tree: &mut Tree, operator, a, b| tree.push(Term::Binary(operator, a, b), 0, 0);
    let call = |tree: &mut Tree, function, arguments: &[TermId]| {
        let first = tree.arguments.len() as u32;
        tree.arguments.extend_from_slice(arguments);
        let callable = Callable::Function(function);
        tree.push(Term::Call { callable, first, count: arguments.len() as u32 }, 0, 0)
    };
    match node {
        Node::Number(value) => number(tree, value),
        Node::Constant(constant) => push(tree, Term::Constant(constant)),
        Node::Variable(slot) => push(tree, Term::Variable(slot)),
        Node::Negate(a) => push(tree, Term::Negate(at(a))),
        Node::Add(a, b) => binary(tree, Operator::Add, at(a), at(b)),
        Node::Subtract(a, b) => binary(tree, Operator::Subtract, at(a), at(b)),
        Node::Multiply(a, b) => binary(tree, Operator::Multiply, at(a), at(b)),
        Node::Divide(a, b) => binary(tree, Operator::Divide, at(a), at(b)),
        Node::Power(a, b) => match graph.node(a) {
            // The slope of tanh: computed as sech² because that is exact, shown as it is taught.
            Node::Call(Function::Sech, u) if graph.as_number(b) == Some(2.0) => {
                let tanh = call(tree, Function::Tanh, &[at(u)]);
                let square = binary(tree, Operator::Power, tanh, at(b));
                let one = number(tree, 1.0);
                binary(tree, Operator::Subtract, one, square)
            }
            _ => binary(tree, Operator::Power, at(a), at(b)),
        },
        Node::RationalPower(a, p, q) => {
            let above = number(tree, f64::from(p.unsigned_abs()));
            let below = number(tree, f64::from(q));
            let mut exponent = binary(tree, Operator::Divide, above, below);
            if p < 0 {
                exponent = push(tree, Term::Negate(exponent));
            }
            binary(tree, Operator::Power, at(a), exponent)
        }
        Node::Call(Function::Sigmoid, a) => match graph.node(a) {
            // Likewise sigmoid(-u) beside sigmoid(u) is 1 - sigmoid(u).
            Node::Negate(u) if graph.find(Node::Call(Function::Sigmoid, u)).is_some() => {
                let one = number(tree, 1.0);
                let sigmoid = call(tree, Function::Sigmoid, &[at(u)]);
                binary(tree, Operator::Subtract, one, sigmoid)
            }
            _ => call(tree, Function::Sigmoid, &[at(a)]),
        },
        Node::Call(function, a) => call(tree, function, &[at(a)]),
        Node::Call2(function, a, b) => call(tree, function, &[at(a), at(b)]),
        Node::If(relation, a, b, then, otherwise) => {
            let first = tree.arguments.len() as u32;
            tree.arguments.extend([at(a), at(b), at(then), at(otherwise)]);
            push(tree, Term::If(relation, first))
        }
    }
}
