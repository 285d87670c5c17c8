//! The rules. Formulas after the table of derivatives in any calculus text; where two forms are equal, the one that keeps its
//! digits far from 0 is used (sigmoid(u)·sigmoid(−u) rather than σ − σ², sech² rather than 1 − tanh²).

use super::{is, minus, times, whole_power};
use crate::function::Function;
use crate::graph::{Graph, Node, NodeId, Relation};

/// Which rule gave a derivative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The variable itself.
    Variable,
    /// Sums and differences, term by term; and a sign.
    Sum,
    /// A constant factor stays.
    ConstantFactor,
    /// (uv)′ = u′v + uv′
    Product,
    /// (u/v)′ = (u′v − uv′)/v²
    Quotient,
    /// (c/v)′ = −c v′/v²
    Reciprocal,
    /// (xⁿ)′ = n xⁿ⁻¹
    Power,
    /// (aˣ)′ = aˣ ln a
    Exponential,
    /// (uᵛ)′ = uᵛ (v′ ln u + v u′/u)
    GeneralPower,
    /// A function of the variable itself.
    Function(Function),
    /// A function (or a power) of something inside.
    Chain,
    /// A function of two arguments.
    TwoArguments(Function),
    /// Branch by branch.
    Piecewise,
}

type Slopes = [Option<(NodeId, Rule)>];

/// The derivative of one node, given those of the nodes before it; nothing if it does not depend on the variable.
pub(crate) fn differentiate(graph: &mut Graph, slopes: &Slopes, id: NodeId, slot: u32) -> Option<(NodeId, Rule)> {
    let slope = |id: NodeId| slopes.get(id.index()).copied().flatten().map(|(slope, _)| slope);
    match graph.node(id) {
        Node::Number(_) | Node::Constant(_) => None,
        Node::Variable(other) => (other == slot).then(|| (graph.number(1.0), Rule::Variable)),
        Node::Negate(a) => slope(a).map(|da| (minus(graph, da), Rule::ConstantFactor)),
        Node::Add(a, b) => {
            let sum = match (slope(a), slope(b)) {
                (Some(da), Some(db)) => graph.add(Node::Add(da, db)),
                (one, other) => one.or(other)?,
            };
            Some((sum, Rule::Sum))
        }
        Node::Subtract(a, b) => {
            let difference = match (slope(a), slope(b)) {
                (Some(da), Some(db)) => graph.add(Node::Subtract(da, db)),
                (Some(da), None) => da,
                (None, Some(db)) => minus(graph, db),
                (None, None) => return None,
            };
            Some((difference, Rule::Sum))
        }
        Node::Multiply(a, b) => Some(match (slope(a), slope(b)) {
            (Some(da), Some(db)) => {
                let (left, right) = (times(graph, da, b), times(graph, a, db));
                (graph.add(Node::Add(left, right)), Rule::Product)
            }
            (None, Some(db)) => (times(graph, a, db), Rule::ConstantFactor),
            (Some(da), None) => (times(graph, da, b), Rule::ConstantFactor),
            (None, None) => return None,
        }),
        Node::Divide(a, b) => {
            let inner = match graph.node(b) {
                Node::Power(u, _) => slope(u),
                _ => None,
            };
            quotient(graph, (a, slope(a)), (b, slope(b)), inner)
        }
        Node::Power(a, b) => power(graph, id, a, b, slope(a), slope(b)),
        Node::RationalPower(a, p, q) => {
            let da = slope(a)?;
            let (above, below) = (graph.number(f64::from(p)), graph.number(f64::from(q)));
            let exponent = graph.add(Node::Divide(above, below));
            let lowered = match p.checked_sub_unsigned(q) {
                Some(0) => graph.number(1.0),
                Some(rest) => graph.add(Node::RationalPower(a, rest, q)),
                None => graph.add(Node::Divide(id, a)),
            };
            let outer = times(graph, exponent, lowered);
            Some((times(graph, outer, da), if is(graph, da, 1.0) { Rule::Power } else { Rule::Chain }))
        }
        Node::Call(function, a) => {
            let da = slope(a)?;
            let rule = if matches!(graph.node(a), Node::Variable(_)) { Rule::Function(function) } else { Rule::Chain };
            let outer = outer_slope(graph, function, id, a);
            if is(graph, outer, 0.0) {
                return Some((outer, rule));
            }
            // 1/v · v′ reads better as v′/v.
            if let Node::Divide(one, below) = graph.node(outer)
                && is(graph, one, 1.0)
            {
                return Some((graph.add(Node::Divide(da, below)), rule));
            }
            Some((times(graph, outer, da), rule))
        }
        Node::Call2(function, a, b) => two_arguments(graph, function, id, a, b, slope(a), slope(b)),
        Node::If(relation, a, b, then, otherwise) => {
            if [a, b, then, otherwise].into_iter().all(|id| slope(id).is_none()) {
                return None;
            }
            let [then, otherwise] = [then, otherwise].map(|id| slope(id).unwrap_or_else(|| graph.number(0.0)));
            let slope = if then == otherwise { then } else { graph.add(Node::If(relation, a, b, then, otherwise)) };
            Some((slope, Rule::Piecewise))
        }
    }
}

fn quotient(
    graph: &mut Graph,
    (a, da): (NodeId, Option<NodeId>),
    (b, db): (NodeId, Option<NodeId>),
    inner: Option<NodeId>,
) -> Option<(NodeId, Rule)> {
    let Some(db) = db else {
        return da.map(|da| (graph.add(Node::Divide(da, b)), Rule::ConstantFactor));
    };
    // c/uⁿ is c·u⁻ⁿ: the power rule, without squaring what is below.
    if let (None, Node::Power(u, n)) = (da, graph.node(b))
        && let (Some(n), Some(du)) = (graph.as_number(n), inner)
    {
        let scale = graph.number(-n);
        let above = times(graph, scale, a);
        let above = times(graph, above, du);
        let below = whole_power(graph, u, n + 1.0);
        return Some((graph.add(Node::Divide(above, below)), Rule::Power));
    }
    let square = whole_power(graph, b, 2.0);
    let falling = times(graph, a, db);
    Some(match da {
        Some(da) => {
            let rising = times(graph, da, b);
            let above = graph.add(Node::Subtract(rising, falling));
            (graph.add(Node::Divide(above, square)), Rule::Quotient)
        }
        None => {
            let above = minus(graph, falling);
            (graph.add(Node::Divide(above, square)), Rule::Reciprocal)
        }
    })
}

fn power(
    graph: &mut Graph,
    id: NodeId,
    a: NodeId,
    b: NodeId,
    da: Option<NodeId>,
    db: Option<NodeId>,
) -> Option<(NodeId, Rule)> {
    match (da, db) {
        (None, None) => None,
        (Some(da), None) => {
            let lowered = lowered_power(graph, a, b);
            let outer = times(graph, b, lowered);
            Some((times(graph, outer, da), if is(graph, da, 1.0) { Rule::Power } else { Rule::Chain }))
        }
        (None, Some(db)) => {
            let ln = graph.add(Node::Call(Function::Ln, a));
            let outer = times(graph, id, ln);
            Some((times(graph, outer, db), if is(graph, db, 1.0) { Rule::Exponential } else { Rule::Chain }))
        }
        (Some(da), Some(db)) => {
            let ln = graph.add(Node::Call(Function::Ln, a));
            let left = times(graph, db, ln);
            let scaled = times(graph, b, da);
            let right = graph.add(Node::Divide(scaled, a));
            let sum = graph.add(Node::Add(left, right));
            Some((times(graph, id, sum), Rule::GeneralPower))
        }
    }
}

/// a^(b − 1) for a constant b.
fn lowered_power(graph: &mut Graph, a: NodeId, b: NodeId) -> NodeId {
    match graph.node(b) {
        Node::Number(1.0) => graph.number(1.0),
        Node::Number(n) => whole_power(graph, a, n - 1.0),
        node => {
            let exponent = match node {
                // p/q − 1 is (p − q)/q.
                Node::Divide(p, q) => match (graph.as_number(p), graph.as_number(q)) {
                    (Some(p), Some(q_value)) => {
                        let above = graph.number(p - q_value);
                        graph.add(Node::Divide(above, q))
                    }
                    _ => one_less(graph, b),
                },
                _ => one_less(graph, b),
            };
            graph.add(Node::Power(a, exponent))
        }
    }
}

fn one_less(graph: &mut Graph, b: NodeId) -> NodeId {
    let one = graph.number(1.0);
    graph.add(Node::Subtract(b, one))
}

/// f′(u) for the node f(u); the caller multiplies by u′.
pub(crate) fn outer_slope(graph: &mut Graph, function: Function, id: NodeId, u: NodeId) -> NodeId {
    use Function::*;
    let call = |graph: &mut Graph, function, a| graph.add(Node::Call(function, a));
    let square = |graph: &mut Graph, a| whole_power(graph, a, 2.0);
    let over = |graph: &mut Graph, value: f64, below| {
        let above = graph.number(value);
        graph.add(Node::Divide(above, below))
    };
    // 1 ± u², and its root.
    let one_and_square = |graph: &mut Graph, plus: bool| {
        let (one, square) = (graph.number(1.0), whole_power(graph, u, 2.0));
        graph.add(if plus { Node::Add(one, square) } else { Node::Subtract(one, square) })
    };
    match function {
        Sin => call(graph, Cos, u),
        Cos => {
            let sin = call(graph, Sin, u);
            minus(graph, sin)
        }
        Tan => {
            let cos = call(graph, Cos, u);
            let square = square(graph, cos);
            over(graph, 1.0, square)
        }
        Asin | Acos => {
            let inside = one_and_square(graph, false);
            let root = call(graph, Sqrt, inside);
            over(graph, if function == Asin { 1.0 } else { -1.0 }, root)
        }
        Atan => {
            let below = one_and_square(graph, true);
            over(graph, 1.0, below)
        }
        Sinh => call(graph, Cosh, u),
        Cosh => call(graph, Sinh, u),
        Tanh => {
            let sech = call(graph, Sech, u);
            square(graph, sech)
        }
        Asinh | Acosh => {
            let (one, squared) = (graph.number(1.0), square(graph, u));
            let inside =
                graph.add(if function == Asinh { Node::Add(squared, one) } else { Node::Subtract(squared, one) });
            let root = call(graph, Sqrt, inside);
            over(graph, 1.0, root)
        }
        Atanh => {
            let below = one_and_square(graph, false);
            over(graph, 1.0, below)
        }
        Sech => {
            let tanh = call(graph, Tanh, u);
            let product = times(graph, id, tanh);
            minus(graph, product)
        }
        Sec => {
            let tan = call(graph, Tan, u);
            times(graph, id, tan)
        }
        Csc => {
            let cot = call(graph, Cot, u);
            let product = times(graph, id, cot);
            minus(graph, product)
        }
        Cot => {
            let sin = call(graph, Sin, u);
            let square = square(graph, sin);
            over(graph, -1.0, square)
        }
        Exp => id,
        Ln => over(graph, 1.0, u),
        Log10 | Log2 => {
            let base = graph.number(if function == Log10 { 10.0 } else { 2.0 });
            let ln = call(graph, Ln, base);
            let below = times(graph, u, ln);
            over(graph, 1.0, below)
        }
        Sqrt => {
            let two = graph.number(2.0);
            let below = times(graph, two, id);
            over(graph, 1.0, below)
        }
        Cbrt => {
            let three = graph.number(3.0);
            let square = square(graph, id);
            let below = times(graph, three, square);
            over(graph, 1.0, below)
        }
        Abs => call(graph, Sign, u),
        Relu => call(graph, Step, u),
        // Flat between the jumps; the jumps themselves are guarded.
        Sign | Step | Floor | Ceil | Round => graph.number(0.0),
        Sigmoid => {
            let opposite = minus(graph, u);
            let falling = call(graph, Sigmoid, opposite);
            times(graph, id, falling)
        }
        Softplus => call(graph, Sigmoid, u),
        Sinc => {
            // (cos u − sinc u)/u, and 0 at 0, where the quotient is not defined.
            let cos = call(graph, Cos, u);
            let above = graph.add(Node::Subtract(cos, id));
            let quotient = graph.add(Node::Divide(above, u));
            let zero = graph.number(0.0);
            graph.add(Node::If(Relation::Equal, u, zero, zero, quotient))
        }
        Erf => {
            let squared = square(graph, u);
            let exponent = minus(graph, squared);
            let exp = call(graph, Exp, exponent);
            let two = graph.number(2.0);
            let above = times(graph, two, exp);
            let pi = graph.add(Node::Constant(crate::graph::Constant::Pi));
            let root = call(graph, Sqrt, pi);
            graph.add(Node::Divide(above, root))
        }
        // Functions of two arguments are not called with one.
        Root | Mod | Min | Max | Hypot | Atan2 | LogSumExp => graph.number(f64::NAN),
    }
}

fn two_arguments(
    graph: &mut Graph,
    function: Function,
    id: NodeId,
    a: NodeId,
    b: NodeId,
    da: Option<NodeId>,
    db: Option<NodeId>,
) -> Option<(NodeId, Rule)> {
    if da.is_none() && db.is_none() {
        return None;
    }
    let rule = Rule::TwoArguments(function);
    // The slope is pa·a′ + pb·b′ for the partial derivatives pa and pb.
    let combine = |graph: &mut Graph, pa: Option<NodeId>, pb: Option<NodeId>| {
        let left = da.zip(pa).map(|(da, pa)| times(graph, pa, da));
        let right = db.zip(pb).map(|(db, pb)| times(graph, pb, db));
        match (left, right) {
            (Some(left), Some(right)) => graph.add(Node::Add(left, right)),
            (one, other) => one.or(other).unwrap_or_else(|| graph.number(0.0)),
        }
    };
    let slope = match function {
        Function::Min | Function::Max => {
            let [da, db] = [da, db].map(|slope| slope.unwrap_or_else(|| graph.number(0.0)));
            let relation = if function == Function::Min { Relation::Less } else { Relation::Greater };
            graph.add(Node::If(relation, a, b, da, db))
        }
        Function::Mod => {
            let quotient = graph.add(Node::Divide(a, b));
            let floor = graph.add(Node::Call(Function::Floor, quotient));
            let (one, falling) = (graph.number(1.0), minus(graph, floor));
            combine(graph, Some(one), Some(falling))
        }
        Function::Hypot => {
            let [pa, pb] = [a, b].map(|side| graph.add(Node::Divide(side, id)));
            combine(graph, Some(pa), Some(pb))
        }
        Function::Atan2 => {
            let [aa, bb] = [a, b].map(|side| whole_power(graph, side, 2.0));
            let below = graph.add(Node::Add(bb, aa));
            let across = graph.add(Node::Divide(a, below));
            let (pa, pb) = (graph.add(Node::Divide(b, below)), minus(graph, across));
            combine(graph, Some(pa), Some(pb))
        }
        Function::LogSumExp => {
            let (up, down) = (graph.add(Node::Subtract(a, b)), graph.add(Node::Subtract(b, a)));
            let [pa, pb] = [up, down].map(|difference| graph.add(Node::Call(Function::Sigmoid, difference)));
            combine(graph, Some(pa), Some(pb))
        }
        _ => {
            // root(u, n) = u^(1/n): u′ root/(n u) − n′ root ln(u)/n².
            let below = times(graph, b, a);
            let pa = graph.add(Node::Divide(id, below));
            let ln = graph.add(Node::Call(Function::Ln, a));
            let above = times(graph, id, ln);
            let square = whole_power(graph, b, 2.0);
            let falling = graph.add(Node::Divide(above, square));
            let pb = minus(graph, falling);
            combine(graph, Some(pa), Some(pb))
        }
    };
    Some((slope, rule))
}
