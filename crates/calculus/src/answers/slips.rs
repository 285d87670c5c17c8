//! Doing the mistakes on purpose: what each slip, made at one place of the function or at all, would give.
//!
//! The slips stand in order of likelihood, for one wrong answer may have several explanations.

use crate::differentiate::{Rule, differentiate_node, minus, outer_slope, times, whole_power};
use crate::function::Function;
use crate::graph::{Constant, Graph, Node, NodeId};

/// What a slip would give.
pub(super) struct Candidate {
    pub code: &'static str,
    pub slope: NodeId,
    /// The part of the function where it was made, if at one place.
    pub at: Option<NodeId>,
}

type Slopes = [Option<(NodeId, Rule)>];
type Slip = fn(&mut Graph, &Slopes, NodeId) -> Vec<NodeId>;

static SLIPS: &[(&str, Slip)] = &[
    ("quotient_rule_sign", quotient_sign),
    ("sign_error", sign),
    ("missing_ln_factor", missing_ln),
    ("log_base_ignored", log_base),
    ("power_rule_on_exponential", power_rule_on_exponential),
    ("exponential_rule_with_variable_base", exponential_rule),
    ("missing_inner_derivative", missing_inner),
    ("dropped_inner_argument", dropped_argument),
    ("outer_derivative_at_inner_derivative", outer_at_inner),
    ("product_rule_as_product", product_as_product),
    ("one_term_of_product_rule", one_term),
    ("quotient_rule_as_quotient", quotient_as_quotient),
    ("denominator_not_squared", not_squared),
    ("wrong_trig_derivative", wrong_function),
    ("missing_absolute_value", missing_absolute_value),
    ("missing_square", missing_square),
    ("extra_square", extra_square),
    ("exponent_sign", exponent_sign),
    ("off_by_one_power", off_by_one),
    ("constant_kept", constant_kept),
    ("dropped_term", dropped_term),
    ("missing_constant_factor", missing_constant),
];

/// The rules applied to the nodes up to `root`, except where `slip` says otherwise.
fn slopes_with(
    graph: &mut Graph,
    root: NodeId,
    slot: u32,
    mut slip: impl FnMut(&mut Graph, &Slopes, NodeId) -> Option<NodeId>,
) -> Vec<Option<(NodeId, Rule)>> {
    let mut slopes: Vec<Option<(NodeId, Rule)>> = Vec::with_capacity(root.index() + 1);
    for index in 0..=root.index() {
        let id = NodeId(index as u32);
        let right = differentiate_node(graph, &slopes, id, slot);
        slopes.push(right);
        if let (Some(rule), Some(wrong)) = (right.map(|(_, rule)| rule), slip(graph, &slopes, id))
            && let Some(last) = slopes.last_mut()
        {
            *last = Some((wrong, rule));
        }
    }
    slopes
}

fn last(slopes: &Slopes) -> Option<NodeId> {
    slopes.last().copied().flatten().map(|(slope, _)| slope)
}

/// The derivative by the rules alone, not simplified.
pub(super) fn plain_slope(graph: &mut Graph, root: NodeId, slot: u32) -> Option<NodeId> {
    let slopes = slopes_with(graph, root, slot, |_, _, _| None);
    last(&slopes)
}

/// Most places at which slips are tried; a longer function is not an exercise. A guess.
const MOST_PLACES: usize = 80;

/// All slips in all places.
pub(super) fn candidates(graph: &mut Graph, root: NodeId, slot: u32, variables: usize) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    if root.index() > MOST_PLACES {
        return candidates;
    }
    let right = slopes_with(graph, root, slot, |_, _, _| None);
    let Some(slope) = last(&right) else { return candidates };
    if !matches!(graph.node(root), Node::Divide(..)) {
        let opposite = minus(graph, slope);
        candidates.push(Candidate { code: "sign_error", slope: opposite, at: None });
    }
    for (code, slip) in SLIPS {
        if *code == "constant_kept" {
            // Before the slips with terms come those with letters.
            for (powers, roots) in [(true, false), (false, true), (true, true)] {
                candidates.extend(term_by_term(graph, slope, powers, roots));
            }
            other_variables(graph, root, slot, variables, &right, &mut candidates);
        }
        let mut places = Vec::new();
        for index in 0..=root.index() {
            let id = NodeId(index as u32);
            if right.get(index).copied().flatten().is_none() {
                continue;
            }
            let variants = slip(graph, right.get(..=index).unwrap_or(&[]), id).len();
            for variant in 0..variants {
                let slopes = slopes_with(graph, root, slot, |graph, slopes, at| {
                    if at == id { slip(graph, slopes, at).get(variant).copied() } else { None }
                });
                if let Some(slope) = last(&slopes) {
                    let code = named(code, graph, root, id, slot);
                    candidates.push(Candidate { code, slope, at: Some(id) });
                }
            }
            if variants > 0 {
                places.push(id);
            }
        }
        if places.len() > 1 {
            let slopes = slopes_with(graph, root, slot, |graph, slopes, at| slip(graph, slopes, at).first().copied());
            if let Some(slope) = last(&slopes) {
                candidates.push(Candidate { code, slope, at: None });
            }
        }
    }
    candidates
}

/// The name of a slip where its place decides: half a product inside a sum is a dropped term; a dropped term that is another
/// letter times the variable is a dropped constant.
fn named(code: &'static str, graph: &Graph, root: NodeId, at: NodeId, slot: u32) -> &'static str {
    match code {
        "one_term_of_product_rule" if at != root && matches!(graph.node(root), Node::Add(..) | Node::Subtract(..)) => {
            "dropped_term"
        }
        "dropped_term" => {
            let has_other = |id: NodeId| {
                let needed = graph.reachable(&[id]);
                let mut letters = graph.nodes().iter().zip(&needed).filter(|(_, needed)| **needed);
                letters.any(|(node, _)| matches!(node, Node::Variable(other) if *other != slot))
            };
            match graph.node(at) {
                Node::Add(a, b) | Node::Subtract(a, b) if has_other(a) || has_other(b) => "constant_dropped",
                _ => code,
            }
        }
        _ => code,
    }
}

/// Another letter taken for the variable: throughout, or in one term.
fn other_variables(
    graph: &mut Graph,
    root: NodeId,
    slot: u32,
    variables: usize,
    right: &Slopes,
    candidates: &mut Vec<Candidate>,
) {
    for other in (0..variables as u32).filter(|other| *other != slot) {
        let slopes = slopes_with(graph, root, other, |_, _, _| None);
        let of = |slopes: &Slopes, id: NodeId| slopes.get(id.index()).copied().flatten().map(|(slope, _)| slope);
        let mut found: Vec<NodeId> = of(&slopes, root).into_iter().collect();
        if let Node::Add(a, b) | Node::Subtract(a, b) = graph.node(root) {
            let plus = matches!(graph.node(root), Node::Add(..));
            for (left, right) in [(of(&slopes, a), of(right, b)), (of(right, a), of(&slopes, b))] {
                if let (Some(left), Some(right)) = (left, right) {
                    found.push(graph.add(if plus { Node::Add(left, right) } else { Node::Subtract(left, right) }));
                }
            }
        }
        if let (Some(one), Some(two)) = (of(right, root), of(&slopes, root)) {
            found.push(graph.add(Node::Add(one, two)));
        }
        candidates.extend(found.into_iter().map(|slope| Candidate { code: "wrong_variable", slope, at: None }));
    }
}

/// Powers and roots taken term by term in the right derivative: (a + b)² as a² + b², √(a² + b²) as a + b, (2x)² as 2x².
fn term_by_term(graph: &mut Graph, slope: NodeId, powers: bool, roots: bool) -> Option<Candidate> {
    let needed = graph.reachable(&[slope]);
    let mut places: Vec<NodeId> = Vec::with_capacity(slope.index() + 1);
    let mut changed = false;
    for index in 0..=slope.index() {
        let id = NodeId(index as u32);
        if !needed.get(index).copied().unwrap_or(false) {
            places.push(id);
            continue;
        }
        let node = graph.node(id).map_children(|child| places.get(child.index()).copied().unwrap_or(child));
        let wrong = match node {
            Node::Power(base, n) if powers && graph.as_number(n).is_some_and(|n| n >= 2.0) => match graph.node(base) {
                Node::Add(a, b) => {
                    let [a, b] = [a, b].map(|side| graph.add(Node::Power(side, n)));
                    Some(Node::Add(a, b))
                }
                Node::Subtract(a, b) => {
                    let [a, b] = [a, b].map(|side| graph.add(Node::Power(side, n)));
                    Some(Node::Subtract(a, b))
                }
                Node::Multiply(c, u) if graph.as_number(c).is_some() => {
                    let power = graph.add(Node::Power(u, n));
                    Some(Node::Multiply(c, power))
                }
                _ => None,
            },
            Node::Call(Function::Sqrt, inside) if roots => match graph.node(inside) {
                Node::Add(a, b) => {
                    let [a, b] = [a, b].map(|side| bare_root(graph, side));
                    Some(Node::Add(a, b))
                }
                Node::Subtract(a, b) => {
                    let [a, b] = [a, b].map(|side| bare_root(graph, side));
                    Some(Node::Subtract(a, b))
                }
                _ => None,
            },
            _ => None,
        };
        changed |= wrong.is_some();
        places.push(graph.add(wrong.unwrap_or(node)));
    }
    let slope = places.last().copied().filter(|_| changed)?;
    Some(Candidate { code: "linear_over_power", slope, at: None })
}

fn bare_root(graph: &mut Graph, a: NodeId) -> NodeId {
    match graph.node(a) {
        Node::Power(u, n) if graph.as_number(n) == Some(2.0) => u,
        _ => graph.add(Node::Call(Function::Sqrt, a)),
    }
}

fn slope_of(slopes: &Slopes, id: NodeId) -> Option<NodeId> {
    slopes.get(id.index()).copied().flatten().map(|(slope, _)| slope)
}

/// What is inside a function or power, its slope, and the slope of the outside.
fn chain(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Option<(NodeId, NodeId, NodeId)> {
    match graph.node(id) {
        Node::Call(function, u) => {
            let du = slope_of(slopes, u)?;
            Some((u, du, outer_slope(graph, function, id, u)))
        }
        Node::Power(u, n) => match (slope_of(slopes, u), slope_of(slopes, n)) {
            (Some(du), None) => {
                let outer = power_slope(graph, u, n, -1.0);
                Some((u, du, outer))
            }
            (None, Some(dn)) => {
                let ln = graph.add(Node::Call(Function::Ln, u));
                let outer = times(graph, id, ln);
                Some((n, dn, outer))
            }
            _ => None,
        },
        _ => None,
    }
}

/// n·u^(n + change).
fn power_slope(graph: &mut Graph, u: NodeId, n: NodeId, change: f64) -> NodeId {
    let exponent = match graph.as_number(n) {
        Some(value) => graph.number(value + change),
        None => {
            let change = graph.number(change);
            graph.add(Node::Add(n, change))
        }
    };
    let power = graph.add(Node::Power(u, exponent));
    times(graph, n, power)
}

/// A constant power in any of its spellings: base, exponent, constant factor.
fn constant_power(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Option<(NodeId, f64, Option<NodeId>)> {
    let (base, exponent, factor) = match graph.node(id) {
        Node::Power(u, n) => match graph.node(n) {
            Node::Number(n) => (u, n, None),
            Node::Divide(p, q) => (u, graph.as_number(p)? / graph.as_number(q)?, None),
            _ => return None,
        },
        Node::RationalPower(u, p, q) => (u, f64::from(p) / f64::from(q), None),
        Node::Call(Function::Sqrt, u) => (u, 0.5, None),
        Node::Call(Function::Cbrt, u) => (u, 1.0 / 3.0, None),
        Node::Divide(c, below) if slope_of(slopes, c).is_none() => match graph.node(below) {
            Node::Power(u, n) => (u, -graph.as_number(n)?, Some(c)),
            _ => (below, -1.0, Some(c)),
        },
        _ => return None,
    };
    slope_of(slopes, base)?;
    Some((base, exponent, factor))
}

/// factor·scale·uᵖ·u′. A third as exponent means the real root.
fn wrong_power(
    graph: &mut Graph,
    slopes: &Slopes,
    (u, factor): (NodeId, Option<NodeId>),
    scale: f64,
    p: f64,
) -> Option<NodeId> {
    let du = slope_of(slopes, u)?;
    let thirds = (p * 3.0).round();
    let power = if p != p.round() && (p * 3.0 - thirds).abs() < 1e-12 {
        graph.add(Node::RationalPower(u, thirds as i32, 3))
    } else {
        whole_power(graph, u, p)
    };
    let scale = graph.number(scale);
    let scaled = graph.add(Node::Multiply(scale, power));
    let slope = times(graph, scaled, du);
    Some(match factor {
        Some(factor) => times(graph, factor, slope),
        None => slope,
    })
}

fn sign(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    match graph.node(id) {
        // Changing the sign of a whole sum is not a slip of one sign.
        Node::Add(..) | Node::Subtract(..) | Node::Variable(_) => Vec::new(),
        Node::Multiply(a, b) => match (slope_of(slopes, a), slope_of(slopes, b)) {
            (Some(da), Some(db)) => {
                let (left, right) = (times(graph, da, b), times(graph, a, db));
                vec![graph.add(Node::Subtract(left, right)), graph.add(Node::Subtract(right, left))]
            }
            _ => Vec::new(),
        },
        _ => slope_of(slopes, id).map(|slope| minus(graph, slope)).into_iter().collect(),
    }
}

fn missing_ln(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    match graph.node(id) {
        Node::Power(a, n) if slope_of(slopes, a).is_none() => {
            slope_of(slopes, n).map(|dn| times(graph, id, dn)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn log_base(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    match graph.node(id) {
        Node::Call(Function::Log10 | Function::Log2, u) => {
            slope_of(slopes, u).map(|du| graph.add(Node::Divide(du, u))).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn power_rule_on_exponential(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let one = graph.number(1.0);
    let (exponent, lowered) = match graph.node(id) {
        Node::Call(Function::Exp, u) => {
            let less = graph.add(Node::Subtract(u, one));
            (u, graph.add(Node::Call(Function::Exp, less)))
        }
        Node::Power(a, n) if slope_of(slopes, n).is_some() => {
            let less = graph.add(Node::Subtract(n, one));
            (n, graph.add(Node::Power(a, less)))
        }
        _ => return Vec::new(),
    };
    let wrong = times(graph, exponent, lowered);
    let with_inner = slope_of(slopes, exponent).map(|slope| times(graph, wrong, slope));
    std::iter::once(wrong).chain(with_inner).collect()
}

fn exponential_rule(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Node::Power(a, n) = graph.node(id) else { return Vec::new() };
    match (slope_of(slopes, a), slope_of(slopes, n)) {
        (Some(_), Some(dn)) => {
            let ln = graph.add(Node::Call(Function::Ln, a));
            let outer = times(graph, id, ln);
            vec![times(graph, outer, dn)]
        }
        _ => Vec::new(),
    }
}

fn missing_inner(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    match chain(graph, slopes, id) {
        Some((_, du, outer)) if graph.as_number(du) != Some(1.0) => vec![outer],
        _ => Vec::new(),
    }
}

fn dropped_argument(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Node::Call(function, u) = graph.node(id) else { return Vec::new() };
    let inside = graph.reachable(&[u]);
    let letter = (0..=u.index()).map(|index| NodeId(index as u32)).find(|id| {
        inside.get(id.index()) == Some(&true)
            && matches!(graph.node(*id), Node::Variable(_))
            && slope_of(slopes, *id).is_some()
    });
    match (letter.filter(|letter| *letter != u), slope_of(slopes, u)) {
        (Some(letter), Some(du)) => {
            let call = graph.add(Node::Call(function, letter));
            let outer = outer_slope(graph, function, call, letter);
            vec![times(graph, outer, du)]
        }
        _ => Vec::new(),
    }
}

fn outer_at_inner(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    match graph.node(id) {
        Node::Call(function, u) => match slope_of(slopes, u) {
            Some(du) if graph.as_number(du) != Some(1.0) => {
                let call = graph.add(Node::Call(function, du));
                vec![outer_slope(graph, function, call, du)]
            }
            _ => Vec::new(),
        },
        Node::Power(u, n) => match (slope_of(slopes, u), slope_of(slopes, n)) {
            (Some(du), None) if graph.as_number(du) != Some(1.0) => vec![power_slope(graph, du, n, -1.0)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn product_as_product(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Node::Multiply(a, b) = graph.node(id) else { return Vec::new() };
    slope_of(slopes, a).zip(slope_of(slopes, b)).map(|(da, db)| times(graph, da, db)).into_iter().collect()
}

fn one_term(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Node::Multiply(a, b) = graph.node(id) else { return Vec::new() };
    match (slope_of(slopes, a), slope_of(slopes, b)) {
        (Some(da), Some(db)) => vec![times(graph, da, b), times(graph, a, db)],
        _ => Vec::new(),
    }
}

/// u, u′ if it changes, v, v′ of a quotient whose bottom changes.
fn quotient(graph: &Graph, slopes: &Slopes, id: NodeId) -> Option<(NodeId, Option<NodeId>, NodeId, NodeId)> {
    let Node::Divide(a, b) = graph.node(id) else { return None };
    Some((a, slope_of(slopes, a), b, slope_of(slopes, b)?))
}

fn quotient_sign(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Some((a, Some(da), b, db)) = quotient(graph, slopes, id) else { return Vec::new() };
    let (rising, falling) = (times(graph, da, b), times(graph, a, db));
    let square = whole_power(graph, b, 2.0);
    [Node::Add(rising, falling), Node::Subtract(falling, rising)]
        .into_iter()
        .map(|above| {
            let above = graph.add(above);
            graph.add(Node::Divide(above, square))
        })
        .collect()
}

fn quotient_as_quotient(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Some((a, da, _, db)) = quotient(graph, slopes, id) else { return Vec::new() };
    vec![graph.add(Node::Divide(da.unwrap_or(a), db))]
}

fn not_squared(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Some((a, da, b, db)) = quotient(graph, slopes, id) else { return Vec::new() };
    // Of 1/u² a power rule gone wrong is likelier.
    if da.is_none() && matches!(graph.node(b), Node::Power(..)) {
        return Vec::new();
    }
    let falling = times(graph, a, db);
    let above = match da {
        Some(da) => {
            let rising = times(graph, da, b);
            graph.add(Node::Subtract(rising, falling))
        }
        None => minus(graph, falling),
    };
    vec![graph.add(Node::Divide(above, b))]
}

/// Derivatives of other functions that are taken for this one's.
fn wrong_function(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    use Function::*;
    match graph.node(id) {
        // sin(u)² taken to (sin′(u))².
        Node::Power(base, n) if slope_of(slopes, n).is_none() => match graph.node(base) {
            Node::Call(Sin | Cos | Tan | Sinh | Cosh | Tanh, _) => {
                slope_of(slopes, base).map(|slope| graph.add(Node::Power(slope, n))).into_iter().collect()
            }
            _ => Vec::new(),
        },
        Node::Call(function, u) => {
            let Some(du) = slope_of(slopes, u) else { return Vec::new() };
            let one = graph.number(1.0);
            let square = whole_power(graph, u, 2.0);
            let mut call = |function| graph.add(Node::Call(function, u));
            let outers: Vec<Node> = match function {
                Sin => vec![Node::Divide(one, call(Sin)), Node::Call(Tan, u)],
                Cos => vec![Node::Call(Cos, u), Node::Divide(one, call(Cos))],
                Tan => {
                    let (sin, cos) = (call(Sin), call(Cos));
                    let sin_square = whole_power(graph, sin, 2.0);
                    let cos_square = whole_power(graph, cos, 2.0);
                    let below = minus(graph, sin_square);
                    vec![
                        Node::Divide(one, below),
                        Node::Divide(one, cos),
                        Node::Divide(one, sin_square),
                        Node::Divide(sin, cos_square),
                        Node::Call(Cot, u),
                    ]
                }
                Asin | Acos | Atan => {
                    let namesake = call(match function {
                        Asin => Sin,
                        Acos => Cos,
                        _ => Tan,
                    });
                    let (plus, less) = (graph.add(Node::Add(one, square)), graph.add(Node::Subtract(one, square)));
                    let [root_plus, root_less] = [plus, less].map(|inside| graph.add(Node::Call(Sqrt, inside)));
                    let mut below = vec![namesake, root_plus, less];
                    below.push(if function == Atan { root_less } else { plus });
                    below.into_iter().map(|below| Node::Divide(one, below)).collect()
                }
                Sinh => vec![Node::Negate(call(Cosh)), Node::Call(Cos, u)],
                Cosh => vec![Node::Call(Sin, u), Node::Negate(call(Sin))],
                Tanh => {
                    let tanh = call(Tanh);
                    let square = whole_power(graph, tanh, 2.0);
                    vec![Node::Add(one, square), Node::Call(Sech, u)]
                }
                _ => Vec::new(),
            };
            outers
                .into_iter()
                .map(|outer| {
                    let outer = graph.add(outer);
                    times(graph, outer, du)
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn missing_absolute_value(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    match graph.node(id) {
        Node::Call(Function::Abs, u) => slope_of(slopes, u).map(|du| vec![du, minus(graph, du)]).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn missing_square(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Node::Call(function, u) = graph.node(id) else { return Vec::new() };
    let Some(du) = slope_of(slopes, u) else { return Vec::new() };
    let one = graph.number(1.0);
    let outer = match function {
        Function::Tanh => graph.add(Node::Subtract(one, id)),
        Function::Tan => graph.add(Node::Add(one, id)),
        Function::Atan => {
            let below = graph.add(Node::Add(one, u));
            graph.add(Node::Divide(one, below))
        }
        Function::Cbrt => {
            let three = graph.number(3.0);
            let below = graph.add(Node::Multiply(three, id));
            graph.add(Node::Divide(one, below))
        }
        _ => return Vec::new(),
    };
    vec![times(graph, outer, du)]
}

fn extra_square(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Node::Call(Function::Sigmoid, u) = graph.node(id) else { return Vec::new() };
    let Some(slope) = slope_of(slopes, id) else { return Vec::new() };
    let opposite = minus(graph, u);
    let other = graph.add(Node::Call(Function::Sigmoid, opposite));
    vec![times(graph, slope, other), times(graph, slope, id)]
}

fn exponent_sign(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Some((u, n, factor)) = constant_power(graph, slopes, id) else { return Vec::new() };
    wrong_power(graph, slopes, (u, factor), n, 1.0 - n).into_iter().collect()
}

fn off_by_one(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let Some((u, n, factor)) = constant_power(graph, slopes, id) else { return Vec::new() };
    [(n, n), (n - 1.0, n - 1.0), (n, n + 1.0), (n, n - 2.0), (n + 1.0, n - 1.0)]
        .into_iter()
        // A factor of one is a forgotten factor.
        .filter(|(scale, _)| *scale != 1.0)
        .filter_map(|(scale, p)| wrong_power(graph, slopes, (u, factor), scale, p))
        .collect()
}

fn constant_kept(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let (a, b, plus) = match graph.node(id) {
        Node::Add(a, b) => (a, b, true),
        Node::Subtract(a, b) => (a, b, false),
        _ => return Vec::new(),
    };
    let kept = match (slope_of(slopes, a), slope_of(slopes, b)) {
        (Some(da), None) if plus => Node::Add(da, b),
        (Some(da), None) => Node::Subtract(da, b),
        (None, Some(db)) if plus => Node::Add(a, db),
        (None, Some(db)) => Node::Subtract(a, db),
        _ => return Vec::new(),
    };
    vec![graph.add(kept)]
}

fn dropped_term(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    let (a, b, plus) = match graph.node(id) {
        Node::Add(a, b) => (a, b, true),
        Node::Subtract(a, b) => (a, b, false),
        _ => return Vec::new(),
    };
    match (slope_of(slopes, a), slope_of(slopes, b)) {
        (Some(da), Some(db)) => vec![da, if plus { db } else { minus(graph, db) }],
        _ => Vec::new(),
    }
}

fn missing_constant(graph: &mut Graph, slopes: &Slopes, id: NodeId) -> Vec<NodeId> {
    if let Some((u, n, factor)) = constant_power(graph, slopes, id) {
        return wrong_power(graph, slopes, (u, factor), 1.0, n - 1.0).into_iter().collect();
    }
    match graph.node(id) {
        Node::Multiply(a, b) => match (slope_of(slopes, a), slope_of(slopes, b)) {
            (None, Some(slope)) if is_constant(graph, a) => vec![slope],
            (Some(slope), None) if is_constant(graph, b) => vec![slope],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn is_constant(graph: &Graph, id: NodeId) -> bool {
    matches!(graph.node(id), Node::Number(_) | Node::Constant(Constant::Pi | Constant::E))
}
