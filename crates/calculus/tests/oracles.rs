//! The engines against two crates that know nothing of ours: num-dual's hyper-dual numbers for values and derivatives of a parsed
//! formula, and exmex, which reads the text itself and differentiates it symbolically.

// In tests a failed expectation is the report.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use calculus::function::Function;
use calculus::graph::Node;
use calculus::{Expression, parse_with};
use exmex::{Differentiate as _, Express as _};
use num_dual::{Dual2_64, DualNum};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let text = include_str!("../../../tests/reference/derivatives.jsonl");
    text.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn formula(case: &Value) -> Expression {
    let bindings = case["points"][0]["bindings"].as_object().unwrap();
    let names: Vec<&str> = bindings.keys().map(String::as_str).collect();
    parse_with(case["expr"].as_str().unwrap(), &names).unwrap()
}

fn point(formula: &Expression, at: &Value) -> Vec<f64> {
    formula.variables().iter().map(|name| at["bindings"][name.as_str()].as_f64().unwrap()).collect()
}

/// The formula's value in num-dual's numbers; nothing where it uses a function that they do not have.
fn dual<D: DualNum<Primitive = f64> + Copy>(formula: &Expression, at: &[D]) -> Option<D> {
    let number = |value: f64| at[0] * 0.0 + value;
    let mut values: Vec<Option<D>> = Vec::new();
    for node in formula.graph().nodes() {
        let of = |id: calculus::graph::NodeId| values[id.index()];
        let value = (|| {
            Some(match *node {
                Node::Number(value) => number(value),
                Node::Constant(constant) => number(constant.value()),
                Node::Variable(place) => at[place as usize],
                Node::Negate(a) => -of(a)?,
                Node::Add(a, b) => of(a)? + of(b)?,
                Node::Subtract(a, b) => of(a)? - of(b)?,
                Node::Multiply(a, b) => of(a)? * of(b)?,
                Node::Divide(a, b) => of(a)? / of(b)?,
                Node::Power(a, b) => match formula.graph().as_number(b) {
                    Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e9 => of(a)?.powi(whole as i32),
                    Some(exponent) => of(a)?.powf(exponent),
                    None => of(a)?.powd(of(b)?),
                },
                Node::Call(function, a) => call(function, of(a)?)?,
                Node::Call2(Function::Atan2, a, b) => of(a)?.atan2(of(b)?),
                _ => return None,
            })
        })();
        values.push(value);
    }
    values[formula.root().index()]
}

fn call<D: DualNum<Primitive = f64> + Copy>(function: Function, a: D) -> Option<D> {
    Some(match function {
        Function::Sin => a.sin(),
        Function::Cos => a.cos(),
        Function::Tan => a.tan(),
        Function::Asin => a.asin(),
        Function::Acos => a.acos(),
        Function::Atan => a.atan(),
        Function::Sinh => a.sinh(),
        Function::Cosh => a.cosh(),
        Function::Tanh => a.tanh(),
        Function::Asinh => a.asinh(),
        Function::Acosh => a.acosh(),
        Function::Atanh => a.atanh(),
        Function::Exp => a.exp(),
        Function::Ln => a.ln(),
        Function::Log10 => a.log10(),
        Function::Log2 => a.log2(),
        Function::Sqrt => a.sqrt(),
        Function::Cbrt => a.cbrt(),
        Function::Sec => a.cos().recip(),
        Function::Csc => a.sin().recip(),
        Function::Cot => a.tan().recip(),
        Function::Sech => a.cosh().recip(),
        Function::Sinc => a.sph_j0(),
        _ => return None,
    })
}

/// exmex goes through a long sum by recursion, as deep as the stack allows.
const LONG: usize = 60;

/// Relative to the largest of value, slope and curvature: the oracle cancels where our engines need not.
fn near(got: f64, wanted: f64, scale: f64, slack: f64) -> bool {
    (got - wanted).abs() <= 1e-11 * slack * scale.max(wanted.abs()) || got.to_bits() == wanted.to_bits()
}

#[test]
fn values_slopes_and_curvatures_are_those_of_num_dual() {
    let (mut compared, mut left_out, mut overflowed, mut inexact, mut wrong) = (0, 0, 0, 0, Vec::new());
    for case in cases() {
        let formula = formula(&case);
        let slack = case["slack"].as_f64().unwrap_or(1.0);
        let Some(slot) = formula.variable(case["var"].as_str().unwrap()) else { continue };
        for at in case["points"].as_array().unwrap() {
            let place = point(&formula, at);
            let seeded: Vec<Dual2_64> = place
                .iter()
                .enumerate()
                .map(
                    |(index, x)| if index == slot { Dual2_64::from_re(*x).derivative() } else { Dual2_64::from_re(*x) },
                )
                .collect();
            let Some(oracle) = dual(&formula, &seeded) else {
                left_out += 1;
                continue;
            };
            if !(oracle.re.is_finite() && oracle.v1.is_finite() && oracle.v2.is_finite()) {
                overflowed += 1;
                continue;
            }
            let scale = oracle.re.abs().max(oracle.v1.abs()).max(oracle.v2.abs());
            // Where its own rules cancel (tanh far out), the oracle misses the true value too.
            if !near(oracle.v2, at["second"].as_f64().unwrap(), scale, slack) {
                inexact += 1;
                continue;
            }
            compared += 1;
            let found = formula.hessian(&place);
            let symbolic = formula.derivative(case["var"].as_str().unwrap()).unwrap().evaluate(&place);
            for (engine, got, wanted) in [
                ("value", formula.evaluate(&place), oracle.re),
                ("symbolic", symbolic, oracle.v1),
                ("reverse", found.gradient[slot], oracle.v1),
                ("second", found.hessian[slot][slot], oracle.v2),
            ] {
                if !near(got, wanted, scale, slack) {
                    wrong.push(format!("{engine} of {} at {place:?}: {got}, num-dual has {wanted}", case["expr"]));
                }
            }
        }
    }
    println!(
        "figure: num-dual agrees at {compared} points; {left_out} use a function it lacks, {} are beyond its reach",
        overflowed + inexact
    );
    assert!(inexact < 10, "{inexact} points where num-dual misses the reference");
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    assert!(compared > 1_000, "{compared} compared");
}

#[test]
fn texts_mean_to_exmex_what_they_mean_to_us() {
    let (mut compared, mut unread, mut otherwise, mut wrong) = (0, 0, 0, Vec::new());
    for case in cases() {
        let formula = formula(&case);
        // One variable, and no spelling that exmex reads otherwise: its unary minus binds tighter than ^.
        let text = case["expr"].as_str().unwrap();
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let is_read_alike = text.len() < LONG
            && formula.variables().len() == 1
            && !text.contains('-')
            && !words.any(|word| ["e", "pi"].contains(&word));
        let Some(theirs) = is_read_alike.then(|| exmex::parse::<f64>(text).ok()).flatten() else {
            unread += 1;
            continue;
        };
        let Ok(slope) = theirs.clone().partial(0) else {
            unread += 1;
            continue;
        };
        for at in case["points"].as_array().unwrap() {
            let place = point(&formula, at);
            let (value, derivative) = (theirs.eval(&place).unwrap(), slope.eval(&place).unwrap());
            if !(value.is_finite() && derivative.is_finite()) {
                continue;
            }
            let slack = case["slack"].as_f64().unwrap_or(1.0);
            let scale = value.abs().max(derivative.abs());
            // Towers of powers are read from the left there, and one product of calls otherwise than SymPy reads it.
            if !near(value, at["value"].as_f64().unwrap(), scale, slack) {
                otherwise += 1;
                continue;
            }
            compared += 1;
            let found = formula.gradient(&place);
            if !(near(found.value, value, scale, slack) && near(found.gradient[0], derivative, scale, slack)) {
                wrong.push(format!("{text} at {place:?}: {found:?}, exmex has {value} and {derivative}"));
            }
        }
    }
    println!(
        "figure: exmex agrees at {compared} points; {unread} formulas are not for it, {otherwise} points read otherwise"
    );
    assert!(otherwise <= 16, "{otherwise} points where exmex misses the reference");
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    assert!(compared > 200, "{compared} compared, {unread} formulas unread");
}
