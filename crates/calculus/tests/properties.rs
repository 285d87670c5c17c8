//! Facts about random formulas: printing, simplifying and differentiating change nothing that they should not.
//!
//! The formulas come from proptest's own generator with a fixed seed, so that every run tests the same ones; the counts are the
//! constants below.

// A failed expectation is the report of a test.
#![allow(clippy::unwrap_used, clippy::panic)]

use calculus::{Expression, parse};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How many formulas the simplifier is tried on.
const SIMPLIFIED: usize = 100_000;
/// How many formulas are differentiated by every engine.
const DIFFERENTIATED: usize = 20_000;
/// How many formulas are printed and read back.
const PRINTED: usize = 20_000;

fn runner(seed: u8) -> TestRunner {
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
}

/// Text of a formula of x and y, up to four levels deep.
fn formula() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => Just("x".to_owned()),
        2 => Just("y".to_owned()),
        2 => (0..6_i32).prop_map(|n| n.to_string()),
        1 => prop_oneof![Just("0.5"), Just("1.5"), Just("0.1"), Just("pi"), Just("e")].prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            3 => pair.clone().prop_map(|(a, b)| format!("({a} + {b})")),
            2 => pair.clone().prop_map(|(a, b)| format!("({a} - {b})")),
            3 => pair.clone().prop_map(|(a, b)| format!("({a})*({b})")),
            2 => pair.clone().prop_map(|(a, b)| format!("({a})/({b})")),
            1 => inner.clone().prop_map(|a| format!("(-{a})")),
            2 => (inner.clone(), -3..5_i32).prop_map(|(a, n)| format!("({a})^({n})")),
            1 => (inner.clone(), prop_oneof![Just("1/2"), Just("1/3"), Just("2/3"), Just("-3/2"), Just("0.3"), Just("2.5")])
                .prop_map(|(a, n)| format!("({a})^({n})")),
            4 => (inner.clone(), prop_oneof![
                Just("sin"), Just("cos"), Just("tanh"), Just("exp"), Just("ln"), Just("sqrt"), Just("abs"), Just("atan"),
                Just("sigmoid"), Just("softplus"), Just("cbrt"), Just("relu"), Just("sign"), Just("sinh"), Just("cosh"),
            ]).prop_map(|(a, f)| format!("{f}({a})")),
            1 => (inner, prop_oneof![
                Just("tan"), Just("asin"), Just("erf"), Just("log2"), Just("asinh"), Just("sec"), Just("floor"), Just("sinc"),
                Just("acos"), Just("atanh"), Just("acosh"), Just("step"), Just("csc"), Just("cot"), Just("log10"), Just("ceil"),
            ]).prop_map(|(a, f)| format!("{f}({a})")),
            1 => (pair.clone(), prop_oneof![Just("min"), Just("max"), Just("hypot"), Just("atan2"), Just("logsumexp"), Just("mod")])
                .prop_map(|((a, b), f)| format!("{f}({a}, {b})")),
            1 => pair.prop_map(|(a, b)| format!("if(x < {a}, {b}, {a})")),
        ]
    })
}

/// Collects what is wrong, so that a failure shows more than its first case.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn unless(&mut self, holds: bool, say: impl FnOnce() -> String) {
        if !holds && self.0.len() < 20 {
            self.0.push(say());
        }
    }
}

impl Drop for Wrong {
    fn drop(&mut self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

/// The values of a formula's variables at x, y.
fn at(formula: &Expression, x: f64, y: f64) -> Vec<f64> {
    formula.variables().iter().map(|name| if name == "x" { x } else { y }).collect()
}

const POINTS: [(f64, f64); 3] = [(0.7, 1.3), (-1.2, 0.4), (0.0, -0.8)];

/// The largest magnitude of any part, and of the change in the value when the inputs change by their last bits: a measure of how
/// much rounding a value can carry.
fn conditioning(formula: &Expression, x: f64, y: f64) -> (f64, f64) {
    let point = at(formula, x, y);
    let tape = formula.tape(&point);
    let largest = tape.entries.iter().map(|entry| entry.value.abs()).filter(|v| v.is_finite()).fold(1.0, f64::max);
    let felt = tape.entries.iter().map(|entry| (entry.value * entry.adjoint).abs()).fold(0.0, f64::max);
    (largest, felt)
}

/// Whether a formula may jump: at a jump the last bit of an argument decides, and may decide otherwise after simplifying.
fn may_jump(text: &str) -> bool {
    ["mod(", "floor(", "ceil(", "step(", "sign(", "if("].iter().any(|name| text.contains(name))
}

/// Whether a formula may have corners or jumps.
fn may_bend(text: &str) -> bool {
    may_jump(text) || ["abs(", "relu(", "min(", "max("].iter().any(|name| text.contains(name))
}

/// The direction of one variable.
fn unit(count: usize, slot: usize) -> Vec<f64> {
    (0..count).map(|index| f64::from(u8::from(index == slot))).collect()
}

#[test]
fn printing_and_reading_back_gives_the_same_formula() {
    let mut runner = runner(1);
    let strategy = formula();
    for _ in 0..PRINTED {
        let text = strategy.new_tree(&mut runner).unwrap().current();
        let typed = parse(&text).unwrap();
        let printed = typed.text();
        let again = parse(&printed).unwrap_or_else(|error| panic!("{text} prints as {printed}: {error}"));
        assert_eq!(again.tree(), typed.tree(), "{text} prints as {printed}");
        assert_eq!(again.text(), printed);
    }
}

#[test]
fn simplifying_changes_neither_value_nor_domain() {
    let mut runner = runner(2);
    let strategy = formula();
    let (mut finite, mut undefined, mut at_jumps) = (0, 0, 0);
    let mut wrong = Wrong::default();
    for _ in 0..SIMPLIFIED {
        let text = strategy.new_tree(&mut runner).unwrap().current();
        let typed = parse(&text).unwrap();
        let simple = typed.simplify();
        for (x, y) in POINTS {
            let point = at(&typed, x, y);
            let (before, after) = (typed.evaluate(&point), simple.evaluate(&point));
            if before.is_finite() && after.is_finite() {
                finite += 1;
                if (before - after).abs() > 1e-12 * before.abs() {
                    let (_, felt) = conditioning(&typed, x, y);
                    let rounding = (before - after).abs() <= 1e-13 * felt.max(1.0);
                    if !rounding && may_jump(&text) {
                        at_jumps += 1;
                        continue;
                    }
                    wrong.unless(rounding, || format!("{text} at {x}, {y}: {before:e}; {}: {after:e}", simple.text()));
                }
            } else {
                undefined += 1;
                let overflow = conditioning(&typed, x, y).0 > 1e100 || conditioning(&simple, x, y).0 > 1e100;
                wrong.unless(before.is_finite() == after.is_finite() || overflow, || {
                    format!("{text} at {x}, {y}: {before}; {}: {after}", simple.text())
                });
            }
        }
    }
    println!(
        "figure: C6 {SIMPLIFIED} formulas simplified, {} values the same, {PRINTED} printed and read back",
        finite + undefined
    );
    assert!(finite > undefined, "{finite} finite, {undefined} not");
    assert!(at_jumps * 1000 < finite, "{at_jumps} of {finite} at jumps");
}

#[test]
fn symbolic_forward_and_reverse_derivatives_agree() {
    let mut runner = runner(3);
    let strategy = formula();
    let (mut tried, mut finite, mut smooth, mut bent) = (0, 0, 0, 0);
    let mut wrong = Wrong::default();
    while tried < DIFFERENTIATED {
        let text = strategy.new_tree(&mut runner).unwrap().current();
        let typed = parse(&text).unwrap();
        let Some(slot) = typed.variables().iter().position(|name| name == "x") else {
            continue;
        };
        tried += 1;
        let symbolic = typed.derivative("x").unwrap();
        let (x, y) = (0.83, 1.37);
        let point = at(&typed, x, y);
        let value = typed.evaluate(&point);
        let reverse = typed.gradient(&point).gradient[slot];
        let got = symbolic.evaluate(&point);
        if !value.is_finite() || !reverse.is_finite() {
            continue;
        }
        finite += 1;
        let (largest, felt) = conditioning(&typed, x, y);
        if largest > 1e12 || felt > 1e12 {
            continue;
        }
        let close = (got - reverse).abs() <= 1e-11 * got.abs().max(reverse.abs());
        // Where large parts cancel, the rounding of either is that of its largest part.
        let carried = conditioning(&symbolic, x, y).1;
        let forward = typed.directional_derivative(&point, &unit(point.len(), slot)).derivative;
        let rounding = 1e-11 * forward.abs().max(reverse.abs()) + 1e-14 * felt;
        wrong.unless((forward - reverse).abs() <= rounding, || {
            format!("{text}: {forward:e} forward, {reverse:e} in reverse")
        });
        if got.is_nan() && may_bend(&text) {
            // No derivative by the rules, a subgradient by the engines.
            bent += 1;
            continue;
        }
        wrong.unless(close || (got - reverse).abs() <= 1e-13 * carried.max(felt), || {
            format!("{text}: {got:e} by rules, {reverse:e} in reverse; {}", symbolic.text())
        });
        // Five-point stencil, where the function is smooth enough for one.
        let h = 1e-3;
        let around = |k: f64| {
            let mut moved = point.clone();
            moved[slot] += k * h;
            typed.evaluate(&moved)
        };
        let stencil = (8.0 * (around(1.0) - around(-1.0)) - (around(2.0) - around(-2.0))) / (12.0 * h);
        let wide = (8.0 * (around(2.0) - around(-2.0)) - (around(4.0) - around(-4.0))) / (24.0 * h);
        if stencil.is_finite() && (stencil - wide).abs() <= 1e-7 * stencil.abs().max(1.0) && carried < 1e3 {
            smooth += 1;
            wrong.unless((got - stencil).abs() <= 1e-6 * got.abs().max(1.0), || {
                format!("{text}: {got:e}, stencil {stencil:e}; {}", symbolic.text())
            });
        }
    }
    println!(
        "figure: C2 {DIFFERENTIATED} formulas, symbolic = forward = reverse: {} % finite, {smooth} also by the five-point stencil",
        finite * 100 / DIFFERENTIATED
    );
    assert!(finite * 100 >= DIFFERENTIATED * 60, "only {finite} of {DIFFERENTIATED} are finite");
    assert!(bent * 50 < finite, "{bent} of {finite} at corners");
    assert!(smooth * 2 > finite, "{smooth} smooth of {finite}");
}
