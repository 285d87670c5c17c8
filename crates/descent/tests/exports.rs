//! Exported programs run and give the same way. Needs python3 with numpy, jax or torch, and rustc; says loudly what it skips.
//! `PYTHON` names another interpreter.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use std::path::PathBuf;
use std::process::Command;

use descent::export::{Language, export_regression, export_run, export_training};
use descent::loss::LossKind;
use descent::network::{Activation, Network, NetworkSpec, Precision, TrainOptions, Training};
use descent::optimizer::Optimizer;
use descent::regression::{DescentOptions, LinearRegression, Standardize};
use descent::run::{DescendRequest, descend};
use serde_json::{Value, json};

fn python() -> String {
    std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

fn importable(module: &str) -> bool {
    let found =
        Command::new(python()).args(["-c", &format!("import {module}")]).output().is_ok_and(|o| o.status.success());
    if !found {
        println!("skipped: {} cannot import {module}, so exported programs that need it were NOT run", python());
    }
    found
}

fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The numbers that a program prints, row by row without the step.
fn numbers(text: &str) -> Vec<Vec<f64>> {
    let rows = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    rows.map(|line| line.split(',').skip(1).map(|cell| cell.parse().unwrap()).collect()).collect()
}

fn requests() -> Vec<DescendRequest> {
    let optimizers: [Value; 14] = [
        json!({ "kind": "sgd", "learningRate": 0.01 }),
        json!({ "kind": "momentum", "learningRate": 0.005 }),
        json!({ "kind": "nesterov", "learningRate": 0.005 }),
        json!({ "kind": "heavyBall", "learningRate": 0.005, "momentum": 0.5 }),
        json!({ "kind": "adagrad", "learningRate": 0.3 }),
        json!({ "kind": "adagrad", "learningRate": 0.3, "initialAccumulator": 0, "epsilon": 0 }),
        json!({ "kind": "rmsprop", "learningRate": 0.03 }),
        json!({ "kind": "rmsprop", "learningRate": 0.03, "epsilonInRoot": false }),
        json!({ "kind": "adam", "learningRate": 0.1 }),
        json!({ "kind": "adamw", "learningRate": 0.1, "weightDecay": 0.1 }),
        json!({ "kind": "newton" }),
        json!({ "kind": "lineSearch" }),
        json!({ "kind": "newton" }),
        json!({ "kind": "sgd", "learningRate": 0.02 }),
    ];
    let formulas = [
        ("(1 - x)^2 + 3(y - x^2)^2", 0.4, -0.3),
        ("tanh(2x*y) + softplus(x) - sigmoid(y)/3 + 0.1x^2 + y^2/5", 0.7, -1.3),
        ("exp(-x^2) * sin(3y) + sqrt(1 + y^2) + ln(2 + cos(x)) + abs(x - 9) / 7", 0.5, 0.2),
        ("max(x, y^2) + relu(x - y) + (x^2 + 1)^(y/4) + atan(x) * cosh(y/3) + x/(2 + y^2)", 1.1, 0.6),
        (
            "erf(x) * y^2 + sinc(x + 1) + step(x - 9) + mod(x^2, 7) / 9 + (y - 4)^(2/3) + root(x - 5, 3)^2 + clamp(y, -2, 2)^2",
            0.7,
            0.4,
        ),
        ("if(x < 0, x^2, 2x^2) + hypot(x, y) + cbrt(y + 5) + log10(x^2 + 3) + pi*y^4/8 - x^3/(1 + x^4)", 0.8, 0.9),
    ];
    let mut all: Vec<DescendRequest> = Vec::new();
    for (index, optimizer) in optimizers.iter().enumerate() {
        for (formula, (text, x, y)) in formulas.iter().enumerate() {
            // Every optimiser on one formula, every formula with two optimisers.
            if formula == index % formulas.len() {
                let noise = if index == 0 { 0.05 } else { 0.0 };
                let request = json!({ "objective": text, "start": { "x": x, "y": y }, "optimizer": optimizer, "steps": 40, "noise": noise, "seed": 3 });
                all.push(serde_json::from_value(request).unwrap());
            }
        }
    }
    // An undefined branch, names that programs use themselves, constants under functions, a saturated tanh, an ε of 0, an early end.
    for (objective, optimizer) in [
        ("if(x < 5, x^2, sqrt(x - 5)) + y^2", json!({ "kind": "sgd", "learningRate": 0.1 })),
        ("(N - 1)^2 + logsumexp(x, -1) * sin(2/3) + x^2", json!({ "kind": "momentum", "learningRate": 0.05 })),
        ("tanh(9x) + tanh(x/2)^2 + y^2", json!({ "kind": "adam", "learningRate": 0.01 })),
        ("x^2 + 0y", json!({ "kind": "adam", "learningRate": 0.1, "epsilon": 0 })),
        ("x^4 + y^2", json!({ "kind": "sgd", "learningRate": 1e3 })),
    ] {
        let start = json!({ "x": 1.5, "y": -0.5, "N": 3 });
        let run = json!({ "objective": objective, "start": start, "optimizer": optimizer, "steps": 25 });
        all.push(serde_json::from_value(run).unwrap());
    }
    all.push(serde_json::from_value(json!({ "objective": "(t1^2 - 1)^2 + 0.3t1", "start": { "t1": 1.6 }, "optimizer": { "kind": "sgd", "learningRate": 0.05 }, "steps": 30 })).unwrap());
    all
}

fn compare(what: &str, request: &DescendRequest, rows: &[Vec<f64>], tolerance: f64) {
    let way = descend(request).unwrap();
    let width = way.variables.len();
    assert_eq!(rows.len(), way.values.len(), "{what}: {}", request.objective);
    for (row, (point, value)) in rows.iter().zip(way.points.chunks_exact(width).zip(&way.values)) {
        let scale = point.iter().fold(1.0f64, |m, v| m.max(v.abs()));
        for (got, expected) in row.iter().zip(point.iter().chain([value])) {
            assert!(
                (got - expected).abs() <= tolerance * scale,
                "{what}: {} {:?}: {got} {expected}",
                request.objective,
                request.optimizer
            );
        }
    }
}

/// Runs programs one after another in one interpreter, which takes its time to start.
fn python_agrees(language: Language, module: &str) {
    const RUN_ALL: &str =
        "import runpy, sys\nfor path in sys.argv[1:]:\n    print('# program')\n    runpy.run_path(path)";
    if !importable(module) {
        return;
    }
    let mut programs: Vec<String> = requests().iter().map(|request| export_run(request, language).unwrap()).collect();
    programs.extend(lines().iter().map(|(line, options)| export_regression(line, options, language).unwrap()));
    programs.extend(lessons().iter().map(|lesson| lesson.export(language)));
    let mut command = Command::new(python());
    command.args(["-c", RUN_ALL]);
    for (index, program) in programs.iter().enumerate() {
        let path = place(&format!("{module}_{index}.py"));
        std::fs::write(&path, program).unwrap();
        command.arg(path);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let told: Vec<&str> = text.split("# program\n").skip(1).collect();
    assert_eq!(told.len(), programs.len());
    let (formulas, rest) = told.split_at(requests().len());
    let (regressions, networks) = rest.split_at(lines().len());
    for (request, text) in requests().iter().zip(formulas) {
        compare(module, request, &numbers(text), 1e-10);
    }
    for ((line, options), text) in lines().iter().zip(regressions) {
        line_agrees(line, options, &numbers(text));
    }
    for (lesson, text) in lessons().iter().zip(networks) {
        lesson.agrees(module, text);
    }
    println!("figure: {} exported {module} programs gave the same way to 1e-10", programs.len());
}

/// Regressions to export: whole and in batches, from zero and from elsewhere.
fn lines() -> Vec<(LinearRegression, DescentOptions)> {
    let plain = |optimizer| DescentOptions { optimizer, steps: 30, batch_size: None, seed: 0, start: None };
    let batched = DescentOptions {
        batch_size: Some(7),
        seed: 5,
        start: Some(vec![100.0, 20_000.0]),
        ..plain(Optimizer::Sgd { learning_rate: 0.05 })
    };
    let newton: Optimizer = serde_json::from_value(json!({ "kind": "newton" })).unwrap();
    [plain(Optimizer::momentum(0.05)), batched, plain(newton)].map(|options| (line().0, options)).into()
}

/// A training to export.
struct Lesson {
    network: Network,
    inputs: Vec<f64>,
    targets: Vec<f64>,
    options: TrainOptions,
}

impl Lesson {
    fn export(&self, language: Language) -> String {
        export_training(&self.network, &self.inputs, &self.targets, &self.options, language).unwrap()
    }

    /// Losses and parameters are those of the engine.
    fn agrees(&self, what: &str, text: &str) {
        let mut training =
            Training::new(self.network.clone(), self.inputs.clone(), self.targets.clone(), self.options).unwrap();
        training.train();
        let rows = numbers(text);
        let losses: Vec<f64> = rows.iter().map(|row| row[0]).collect();
        let told = text.lines().find_map(|line| line.strip_prefix("parameters,")).unwrap();
        let parameters: Vec<f64> = told.split(',').map(|cell| cell.parse().unwrap()).collect();
        let near = |name: &str, got: &[f64], expected: &[f64]| {
            assert_eq!(got.len(), expected.len(), "{what} {name}");
            let scale = expected.iter().fold(0.0f64, |m, v| m.max(v.abs()));
            for (g, e) in got.iter().zip(expected) {
                assert!((g - e).abs() <= 1e-10 * scale, "{what} {:?} {name}: {g} {e}", self.network.loss());
            }
        };
        near("losses", &losses, training.losses());
        near("parameters", &parameters, training.network().parameters());
    }
}

/// Every loss, every activation, several optimisers, with and without shuffling and penalties.
fn lessons() -> Vec<Lesson> {
    let sgd = Optimizer::Sgd { learning_rate: 0.05 };
    let adam: Optimizer = serde_json::from_value(json!({ "kind": "adam", "learningRate": 0.02 })).unwrap();
    let plans = [
        (LossKind::Mse, Activation::Tanh, sgd, None, 0.0),
        (LossKind::Mae, Activation::Softplus, adam, Some(3), 0.0),
        (LossKind::Huber, Activation::Sigmoid, sgd, Some(1), 0.01),
        (LossKind::LogCosh, Activation::Tanh, Optimizer::momentum(0.01), None, 0.0),
        (LossKind::Quantile, Activation::Relu, sgd, None, 0.0),
        (LossKind::BinaryCrossEntropy, Activation::Relu, adam, Some(8), 0.002),
        (LossKind::Hinge, Activation::Tanh, sgd, None, 0.0),
        (LossKind::SquaredHinge, Activation::Identity, sgd, None, 0.0),
        (LossKind::SoftmaxCrossEntropy, Activation::Tanh, adam, Some(2), 0.0),
    ];
    plans
        .map(|(loss, activation, optimizer, shuffle, penalty)| {
            let outputs = if loss == LossKind::SoftmaxCrossEntropy { 3 } else { 1 };
            let network = Network::new(&NetworkSpec {
                layers: vec![2, 4, 3, outputs],
                activation,
                hidden_activations: None,
                output_activation: Activation::Identity,
                loss,
                seed: 4,
                precision: Precision::F64,
            })
            .unwrap();
            let inputs: Vec<f64> = (0..24).map(|i| f64::from(i * 7 % 24) / 12.0 - 0.97).collect();
            let targets = (0..12usize).flat_map(|row| match loss {
                LossKind::SoftmaxCrossEntropy => (0..3).map(|class| f64::from(u8::from(class == row % 3))).collect(),
                LossKind::Hinge | LossKind::SquaredHinge => vec![if row % 2 == 0 { 1.0 } else { -1.0 }],
                _ => vec![f64::from(u8::from(row % 2 == 0))],
            });
            let options = TrainOptions { optimizer, batch_size: 5, epochs: 6, shuffle, l1: penalty, l2: 2.0 * penalty };
            Lesson { network, inputs, targets: targets.collect(), options }
        })
        .into()
}

/// A name that would end a comment, or a text, if it could.
const AREA: &str = "area\"\"\"\nimport nothing_like_this # \\";

fn line() -> (LinearRegression, DescentOptions) {
    let x: Vec<f64> = (0..30).map(|i| f64::from(i * i % 23) * 40.0 + 900.0).collect();
    let y: Vec<f64> =
        x.iter().enumerate().map(|(i, x)| 90.0 * x + 10_000.0 + f64::from(i as u32 % 7) * 900.0).collect();
    let regression = LinearRegression::new(vec![x], y, Some(vec![AREA.to_owned()]), Standardize::Features).unwrap();
    (
        regression,
        DescentOptions { optimizer: Optimizer::momentum(0.05), steps: 30, batch_size: None, seed: 0, start: None },
    )
}

fn line_agrees(regression: &LinearRegression, options: &DescentOptions, rows: &[Vec<f64>]) {
    let way = regression.descend(options).unwrap();
    assert_eq!(rows.len(), way.losses.len());
    let last = rows.len() - 1;
    for (row, loss) in rows.iter().zip(&way.losses) {
        assert!((row[2] - loss).abs() <= 1e-10 * way.losses[0], "{} {loss}", row[2]);
    }
    for (got, expected) in rows[last].iter().zip(&way.trained) {
        assert!((got - expected).abs() <= 1e-10 * way.trained[1].abs());
    }
}

#[test]
fn numpy_programs_give_the_same_way_to_1e_10() {
    python_agrees(Language::PythonNumpy, "numpy");
}

#[test]
fn jax_programs_give_the_same_way_to_1e_10() {
    python_agrees(Language::PythonJax, "jax");
}

#[test]
fn pytorch_programs_give_the_same_way_to_1e_10() {
    python_agrees(Language::PythonPytorch, "torch");
}

#[test]
fn rust_programs_give_the_same_way_to_1e_10() {
    // Some suffice: a compiler takes its time.
    let (requests, lines, lessons) = (requests(), lines(), lessons());
    let mut programs: Vec<String> = vec![];
    let chosen = [0usize, 4, 8, 10, 12, 14, 15, 17, 18];
    programs.extend(chosen.iter().map(|&i| export_run(&requests[i], Language::Rust).unwrap()));
    programs.extend(lines.iter().map(|(line, options)| export_regression(line, options, Language::Rust).unwrap()));
    programs.extend([5, 8].iter().map(|&i: &usize| lessons[i].export(Language::Rust)));
    for (index, program) in programs.iter().enumerate() {
        let source = place(&format!("run_{index}.rs"));
        let binary = place(&format!("run_{index}"));
        std::fs::write(&source, program).unwrap();
        let built = Command::new("rustc").args(["--edition", "2021", "-o"]).arg(&binary).arg(&source).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let output = Command::new(&binary).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        match index.checked_sub(chosen.len()) {
            None => compare("rust", &requests[chosen[index]], &numbers(&text), 1e-10),
            Some(line) if line < lines.len() => line_agrees(&lines[line].0, &lines[line].1, &numbers(&text)),
            Some(lesson) => lessons[[5, 8][lesson - lines.len()]].agrees("rust", &text),
        }
    }
    println!("figure: {} exported Rust programs gave the same way to 1e-10", programs.len());
}

#[test]
fn a_table_holds_every_step_and_latex_the_ends() {
    let request = &requests()[1];
    let way = descend(request).unwrap();
    let table = export_run(request, Language::Csv).unwrap();
    assert!(table.starts_with("step,x,y,value,gradient_x,gradient_y\n0,0.7,-1.3,"));
    assert_eq!(table.lines().count(), 42);
    let last: Vec<f64> = table.lines().last().unwrap().split(',').map(|c| c.parse().unwrap()).collect();
    assert_eq!(last[1..3], way.points[80..82]);
    let latex = export_run(request, Language::Latex).unwrap();
    assert!(latex.contains("\\begin{align*}") && latex.contains("\\tanh") && latex.contains("\\vdots"), "{latex}");
    assert_eq!(latex.matches('{').count(), latex.matches('}').count());
}

#[test]
fn regressions_and_networks_become_tables_and_documents_too() {
    let (regression, options) = &lines()[1];
    let losses = regression.descend(options).unwrap().losses;
    let table = export_regression(regression, options, Language::Csv).unwrap();
    assert_eq!(numbers(&table).concat(), losses);
    let latex = export_regression(regression, options, Language::Latex).unwrap();
    assert!(latex.contains("w_{1} x_{i1}") && latex.contains("\\text{area"), "{latex}");
    for lesson in lessons() {
        let mut training =
            Training::new(lesson.network.clone(), lesson.inputs.clone(), lesson.targets.clone(), lesson.options)
                .unwrap();
        training.train();
        assert_eq!(numbers(&lesson.export(Language::Csv)).concat(), training.losses());
        let latex = lesson.export(Language::Latex);
        assert!(latex.contains("a_{3} &= a_{2} W_{3} + b_{3}") && latex.contains("\\frac{1}{n}"), "{latex}");
        assert_eq!(latex.matches('{').count(), latex.matches('}').count());
    }
}

#[test]
fn what_a_program_cannot_say_is_refused() {
    let request = |objective: &str| -> DescendRequest {
        let optimizer = json!({ "kind": "sgd", "learningRate": 0.1 });
        let run = json!({ "objective": objective, "start": { "x": 1 }, "optimizer": optimizer, "steps": 3 });
        serde_json::from_value(run).unwrap()
    };
    let told = export_run(&request("root(x + 3, x + 1)"), Language::PythonNumpy).unwrap_err().to_string();
    assert!(told.starts_with("objective is root(x + 3, x + 1)"), "{told}");
    assert!(export_run(&request("root(x + 3, x + 1)"), Language::Csv).is_ok());
    let lesson = &lessons()[1];
    let endless = TrainOptions { epochs: 10_000, ..lesson.options };
    let told = export_training(&lesson.network, &lesson.inputs, &lesson.targets, &endless, Language::Rust);
    assert!(told.unwrap_err().to_string().contains("at most 20000"));
    let beyond = TrainOptions { epochs: 1 << 40, ..lesson.options };
    let told = export_training(&lesson.network, &lesson.inputs, &lesson.targets, &beyond, Language::PythonNumpy);
    assert!(told.unwrap_err().to_string().contains("at most 20000"));
    let language: Language = serde_json::from_value(json!("python-pytorch")).unwrap();
    assert_eq!(language, Language::PythonPytorch);
}
