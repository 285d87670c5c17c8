//! How long the numeric engines take on this machine: `cargo run --release -p downhill-calculus --example bench_native`.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::time::Instant;

/// The least time of some rounds, in nanoseconds a call.
fn time(name: &str, per: &str, count: f64, mut work: impl FnMut()) {
    let mut best = f64::INFINITY;
    let start = Instant::now();
    while start.elapsed().as_millis() < 200 {
        let round = Instant::now();
        work();
        best = best.min(round.elapsed().as_nanos() as f64);
    }
    println!("{name:58} {:10.2} ns {per}  ({:.1} µs in all)", best / count, best / 1000.0);
}

fn main() {
    let values: Vec<f64> = (0..10_000).map(|i| -3.0 + 6.0 * f64::from(i) / 9999.0).collect();
    let mut out = vec![0.0; values.len()];
    for text in [
        "x^4 - 3*x^2 + x",
        "x^4 - 3*x^2 + x + sin(x)*exp(-x^2)",
        "sin(x)",
        "exp(x)",
        "ln(x^2+1)",
        "tanh(x)",
        "sigmoid(x)",
        "softplus(x)",
        "sqrt(x)",
        "x^9",
        "tan(x)",
        "x^2.5",
        "tan(x)",
        "1/x",
        "floor(x)",
        "sin(100*x)",
        "sin(1/x)",
        "floor(20*x)",
        "exp(-x^2)*cos(20*x)",
        "ln(abs(sin(x)))",
    ] {
        let formula = calculus::parse(text).unwrap();
        time(&format!("evaluate_many {text}"), "a point", 1e4, || {
            formula.evaluate_many(0, black_box(&values), &[0.0], &mut out)
        });
        let point = [0.7];
        time(&format!("gradient      {text}"), "a call", 1.0, || {
            black_box(formula.gradient(black_box(&point)));
        });
        let view = calculus::View { x: (-3.0, 3.0), y: (-3.0, 3.0), width: 960.0, height: 430.0 };
        time(&format!("sample        {text}"), "a call", 1.0, || {
            black_box(formula.sample(0, black_box(&point), &view));
        });
        time(&format!("evaluate      {text}"), "a point", 1e4, || {
            for (x, out) in values.iter().zip(&mut out) {
                *out = formula.evaluate(black_box(&[*x]));
            }
        });
    }
}
