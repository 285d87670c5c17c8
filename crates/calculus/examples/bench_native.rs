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

/// One gradient against one evaluation, for ever more parameters.
fn gradients() {
    use calculus::autodiff::Record;
    use calculus::function::Function;
    for count in [2_usize, 10, 1_000, 100_000, 10_000_000] {
        let mut record = Record::new();
        let parameters: Vec<_> = (0..count).map(|i| record.input(0.3 + i as f64 / count as f64)).collect();
        let mut sum = record.input(0.1);
        for pair in parameters.chunks(2) {
            if let [w, b] = pair {
                sum = record.multiply_add(*w, sum, *b);
                sum = record.call(Function::Tanh, sum);
            }
        }
        let mut least = [f64::INFINITY; 2];
        for _ in 0..(20_000_000 / count).clamp(3, 2000) {
            let start = Instant::now();
            record.evaluate();
            least[0] = least[0].min(start.elapsed().as_nanos() as f64);
            let start = Instant::now();
            record.evaluate();
            black_box(record.gradient(sum));
            least[1] = least[1].min(start.elapsed().as_nanos() as f64);
        }
        let ratio = least[1] / least[0];
        println!("{count:9} parameters: evaluation {:.0} ns, gradient {:.0} ns, {ratio:.2} times", least[0], least[1]);
    }
    for terms in [2, 10, 100] {
        let names: Vec<String> = (0..terms).map(|i| format!("x_{i}")).collect();
        let text: Vec<String> = names.iter().map(|x| format!("sin({x})*exp(-{x}^2)/{}", terms)).collect();
        let formula = calculus::parse(&text.join(" + ")).unwrap();
        let at: Vec<f64> = (0..terms).map(|i| f64::from(i) / 10.0).collect();
        let mut least = [f64::INFINITY; 2];
        for _ in 0..2000 {
            let start = Instant::now();
            black_box(formula.evaluate(black_box(&at)));
            least[0] = least[0].min(start.elapsed().as_nanos() as f64);
            let start = Instant::now();
            black_box(formula.gradient(black_box(&at)));
            least[1] = least[1].min(start.elapsed().as_nanos() as f64);
        }
        println!(
            "formula of {terms} variables: {:.0} ns, gradient {:.0} ns, {:.2} times",
            least[0],
            least[1],
            least[1] / least[0]
        );
    }
}

fn main() {
    gradients();
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
