//! Two formulas at well-chosen points.

use super::{Counterexample, Exercise};
use crate::graph::{Graph, Node, NodeId};
use crate::operate;
use crate::sort::sort_by;

/// Points at which formulas are compared: first simple ones, at which a difference is easily followed, then quasi-random ones
/// in ranges that functions of lessons are defined on.
const SIMPLE: [f64; 8] = [1.0, 2.0, -1.0, 0.5, 3.0, 0.0, -2.0, 0.25];
const RANGES: [(f64, f64); 6] = [(-3.0, 3.0), (0.2, 2.9), (-0.5, 0.5), (1.2, 6.0), (0.05, 1.0), (-1.3, 1.3)];
const PER_RANGE: usize = 16;

/// How far two equal formulas may lie apart through rounding: relative to the value, and to the largest value met. Wrong
/// answers, even with a constant rounded to two digits, are a thousand times further off.
const RELATIVE: f64 = 1e-7;
const ABSOLUTE: f64 = 1e-10;

/// At how many points slips are compared: enough that two do not agree by chance.
const MOST_FOR_DIAGNOSIS: usize = 16;

pub(super) enum Comparison {
    Equal,
    /// At the point of this index.
    Different(usize),
    NothingInCommon,
}

pub(super) struct Samples {
    points: Vec<Vec<f64>>,
    expected: Vec<f64>,
    answer: Vec<f64>,
}

impl Samples {
    pub fn of(exercise: &Exercise<'_>) -> Samples {
        let count = exercise.variables.len();
        let mut points = Vec::new();
        for (index, _) in SIMPLE.iter().enumerate() {
            // Each variable a different simple value, so that no two are equal by chance.
            points
                .push((0..count).map(|i| SIMPLE.get((index + 3 * i) % SIMPLE.len()).copied().unwrap_or(1.0)).collect());
        }
        // Additive recurrences with the roots of primes: spread evenly, and never on a special value.
        let steps = [
            std::f64::consts::SQRT_2,
            1.732_050_807_568_877,
            2.236_067_977_499_79,
            2.645_751_311_064_591,
            3.316_624_790_355_4,
            3.605_551_275_463_989,
        ];
        for (low, high) in RANGES {
            for k in 1..=PER_RANGE {
                let point = (0..count).map(|i| {
                    let step = steps.get(i % steps.len()).copied().unwrap_or(1.0) + (i / steps.len()) as f64 * 0.577;
                    low + (high - low) * (k as f64 * step).fract()
                });
                points.push(point.collect());
            }
        }
        let mut expected = values(&exercise.graph, exercise.expected, &points);
        for guard in &exercise.expected_guards {
            for (value, guard) in expected.iter_mut().zip(values(&exercise.graph, *guard, &points)) {
                if !guard.is_finite() {
                    *value = f64::NAN;
                }
            }
        }
        let answer = values(&exercise.graph, exercise.answer, &points);
        Samples { points, expected, answer }
    }

    pub fn compare(&self) -> Comparison {
        let scale = scale(&self.expected);
        let mut common = 0;
        for (index, (a, b)) in self.expected.iter().zip(&self.answer).enumerate() {
            if a.is_finite() && b.is_finite() {
                common += 1;
                if !near(*a, *b, scale) {
                    return Comparison::Different(index);
                }
            }
        }
        let defined = self.expected.iter().filter(|v| v.is_finite()).count();
        // Where the expected formula has no value at any of the points, there is nothing to be wrong about.
        if common >= 3 || (defined == 0 && self.answer.iter().all(|v| !v.is_finite())) {
            Comparison::Equal
        } else {
            Comparison::NothingInCommon
        }
    }

    pub fn counterexample(&self, index: usize, variables: &[String]) -> Option<Counterexample> {
        let point = self.points.get(index)?;
        Some(Counterexample {
            bindings: variables.iter().cloned().zip(point.iter().copied()).collect(),
            expected: *self.expected.get(index)?,
            got: *self.answer.get(index)?,
        })
    }

    /// Points without special values at which the expected formula is defined, spread over the ranges.
    pub fn for_diagnosis(&self) -> Vec<Vec<f64>> {
        let spread = self.points.iter().zip(&self.expected).skip(SIMPLE.len());
        let defined: Vec<&Vec<f64>> = spread.filter(|(_, value)| value.is_finite()).map(|(point, _)| point).collect();
        let stride = defined.len().div_ceil(MOST_FOR_DIAGNOSIS).max(1);
        defined.into_iter().step_by(stride).cloned().collect()
    }

    /// Where one is defined and the other is not.
    pub fn domain_note(&self, variables: &[String]) -> Option<String> {
        let place = |wanted: fn(&f64, &f64) -> bool| {
            let found = self.expected.iter().zip(&self.answer).position(|(a, b)| wanted(a, b))?;
            let point = self.points.get(found)?;
            let bindings =
                variables.iter().zip(point).map(|(name, value)| format!("{name} = {}", crate::print::number(*value)));
            Some(bindings.collect::<Vec<String>>().join(", "))
        };
        if let Some(place) = place(|expected, answer| expected.is_finite() && answer.is_nan()) {
            return Some(format!(
                "Equal wherever both have a value, but yours has none at {place}, where the expected formula has one."
            ));
        }
        let place = place(|expected, answer| expected.is_nan() && answer.is_finite())?;
        Some(format!(
            "Equal wherever both have a value, but yours also has one at {place}, where the expected formula has none."
        ))
    }
}

fn scale(values: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = values.iter().map(|v| v.abs()).filter(|v| v.is_finite()).collect();
    sort_by(&mut sizes, f64::total_cmp);
    // The middle one: a pole nearby does not count.
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

fn near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= RELATIVE * a.abs().max(b.abs()) + ABSOLUTE * scale.max(1e-3)
}

/// Whether two lists of values agree where both are finite, which must be at several points.
pub(super) fn agree(a: &[f64], b: &[f64]) -> bool {
    let scale = scale(b);
    let mut common = 0;
    for (a, b) in a.iter().zip(b) {
        if a.is_finite() && b.is_finite() {
            common += 1;
            if !near(*a, *b, scale) {
                return false;
            }
        }
    }
    common >= 4
}

/// The constant by which one list is the multiple of the other, if it is; rounded to −1 where it is that.
pub(super) fn ratio(a: &[f64], b: &[f64]) -> Option<f64> {
    let scale = scale(b);
    let mut ratio = None;
    let mut common = 0;
    for (a, b) in a.iter().zip(b) {
        if a.is_finite() && b.is_finite() && b.abs() > 1e-6 * scale {
            common += 1;
            let this = a / b;
            match ratio {
                None => ratio = Some(this),
                Some(ratio) if !near(ratio, this, 1.0) => return None,
                Some(_) => {}
            }
        }
    }
    let ratio = ratio.filter(|ratio| common >= 4 && *ratio != 0.0)?;
    Some(if near(ratio, -1.0, 1.0) { -1.0 } else { ratio })
}

/// Whether a is b times x, x², 1/x or 1/x².
pub(super) fn is_power_of(a: &[f64], b: &[f64], x: &[f64]) -> bool {
    [1, 2, -1, -2].into_iter().any(|k| {
        let scaled: Vec<f64> = b.iter().zip(x).map(|(b, x)| b * crate::math::powi(*x, k)).collect();
        agree(a, &scaled)
    })
}

/// The values of all nodes of a graph at points.
pub(super) struct Table {
    points: usize,
    values: Vec<f64>,
}

impl Table {
    pub fn new(graph: &Graph, points: &[Vec<f64>]) -> Table {
        let mut table = Table { points: points.len(), values: vec![0.0; graph.len() * points.len()] };
        let mut column = vec![0.0; graph.len()];
        for (at, point) in points.iter().enumerate() {
            for (index, node) in graph.nodes().iter().enumerate() {
                let result = value(*node, point, &column);
                if let Some(place) = column.get_mut(index) {
                    *place = result;
                }
                if let Some(place) = table.values.get_mut(index * points.len() + at) {
                    *place = result;
                }
            }
        }
        table
    }

    /// The values of a node, point by point.
    pub fn of(&self, id: NodeId) -> &[f64] {
        let from = id.index() * self.points;
        self.values.get(from..from + self.points).unwrap_or(&[])
    }
}

/// The values of a node at points. An operand that is not finite leaves the whole without a value.
pub(super) fn values(graph: &Graph, root: NodeId, points: &[Vec<f64>]) -> Vec<f64> {
    let needed = graph.reachable(&[root]);
    let mut values = vec![0.0; root.index() + 1];
    let mut results = Vec::with_capacity(points.len());
    for point in points {
        for (index, node) in graph.nodes().iter().enumerate().take(root.index() + 1) {
            if needed.get(index).copied().unwrap_or(false) {
                let result = value(*node, point, &values);
                if let Some(place) = values.get_mut(index) {
                    *place = result;
                }
            }
        }
        results.push(values.last().copied().unwrap_or(f64::NAN));
    }
    results
}

fn value(node: Node, point: &[f64], values: &[f64]) -> f64 {
    let of = |id: NodeId| values.get(id.index()).copied().filter(|v| v.is_finite()).unwrap_or(f64::NAN);
    match node {
        Node::Number(value) => value,
        Node::Constant(constant) => constant.value(),
        Node::Variable(slot) => point.get(slot as usize).copied().unwrap_or(f64::NAN),
        Node::Negate(a) => -of(a),
        Node::Add(a, b) => of(a) + of(b),
        Node::Subtract(a, b) => of(a) - of(b),
        Node::Multiply(a, b) => of(a) * of(b),
        Node::Divide(_, b) if of(b) == 0.0 => f64::NAN,
        Node::Divide(a, b) => of(a) / of(b),
        Node::Power(a, b) => match (of(a), of(b)) {
            (a, b) if a.is_nan() || b.is_nan() => f64::NAN,
            (a, b) => crate::math::powf(a, b),
        },
        Node::RationalPower(a, p, q) => match of(a) {
            a if a.is_nan() => a,
            a => {
                let size = crate::math::powf(a.abs(), f64::from(p) / f64::from(q));
                if a < 0.0 && p % 2 != 0 { -size } else { size }
            }
        },
        Node::Call(function, a) => operate::call_one(function, of(a)),
        Node::Call2(function, a, b) => operate::call2(function, of(a), of(b)),
        Node::If(relation, a, b, then, otherwise) => operate::choose(relation, of(a), of(b), of(then), of(otherwise)),
    }
}
