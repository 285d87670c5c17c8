//! Exported programs run and give the same way. Needs python3 with numpy, jax or torch, and rustc; says loudly what it skips.
//! `PYTHON` names another interpreter.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use std::path::PathBuf;
use std::process::Command;

use descent::export::{Language, export_regression, export_run};
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
        eprintln!("\n*** SKIPPED: {} cannot import {module}, so exports that need it were NOT run. ***\n", python());
    }
    found
}

fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The numbers that a program prints, row by row without the step.
fn printed(mut command: Command) -> Vec<Vec<f64>> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    numbers(&String::from_utf8(output.stdout).unwrap())
}

fn numbers(text: &str) -> Vec<Vec<f64>> {
    let rows = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    rows.map(|line| line.split(',').skip(1).map(|cell| cell.parse().unwrap()).collect()).collect()
}

fn requests() -> Vec<DescendRequest> {
    let optimizers: [Value; 10] = [
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
    ];
    let formulas = [
        ("(1 - x)^2 + 3(y - x^2)^2", 0.4, -0.3),
        ("tanh(2x*y) + softplus(x) - sigmoid(y)/3 + 0.1x^2 + y^2/5", 0.7, -1.3),
        ("exp(-x^2) * sin(3y) + sqrt(1 + y^2) + ln(2 + cos(x)) + abs(x - 9) / 7", 0.5, 0.2),
        ("max(x, y^2) + relu(x - y) + (x^2 + 1)^(y/4) + atan(x) * cosh(y/3) + x/(2 + y^2)", 1.1, 0.6),
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
    let (regression, options) = line();
    let line =
        export_regression(&regression, Standardize::Features, options.optimizer, options.steps, language).unwrap();
    let mut programs: Vec<String> = requests().iter().map(|request| export_run(request, language).unwrap()).collect();
    programs.push(line);
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
    let ways: Vec<Vec<Vec<f64>>> = text.split("# program\n").skip(1).map(numbers).collect();
    let (line, formulas) = ways.split_last().unwrap();
    assert_eq!(formulas.len(), requests().len());
    for (request, rows) in requests().iter().zip(formulas) {
        compare(module, request, rows, 1e-10);
    }
    line_agrees(&regression, &options, line);
}

fn line() -> (LinearRegression, DescentOptions) {
    let x: Vec<f64> = (0..30).map(|i| f64::from(i * i % 23) * 40.0 + 900.0).collect();
    let y: Vec<f64> =
        x.iter().enumerate().map(|(i, x)| 90.0 * x + 10_000.0 + f64::from(i as u32 % 7) * 900.0).collect();
    let regression = LinearRegression::new(vec![x], y, Some(vec!["area".to_owned()]), Standardize::Features).unwrap();
    (
        regression,
        DescentOptions { optimizer: Optimizer::momentum(0.05), steps: 30, batch_size: None, seed: 0, start: None },
    )
}

fn line_agrees(regression: &LinearRegression, options: &DescentOptions, rows: &[Vec<f64>]) {
    let way = regression.descend(options).unwrap();
    assert_eq!(rows.len(), way.losses.len());
    for (row, loss) in rows.iter().zip(&way.losses) {
        assert!((row[2] - loss).abs() <= 1e-10 * way.losses[0], "{} {loss}", row[2]);
    }
    for (got, expected) in rows[30].iter().zip(&way.trained) {
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
    // Three suffice: a compiler takes its time.
    let requests = requests();
    let mut programs: Vec<(String, Option<&DescendRequest>)> = [0usize, 4, 8]
        .iter()
        .map(|&i| (export_run(&requests[i], Language::Rust).unwrap(), Some(&requests[i])))
        .collect();
    let (regression, options) = line();
    let program =
        export_regression(&regression, Standardize::Features, options.optimizer, options.steps, Language::Rust)
            .unwrap();
    programs.push((program, None));
    for (index, (program, request)) in programs.iter().enumerate() {
        let source = place(&format!("run_{index}.rs"));
        let binary = place(&format!("run_{index}"));
        std::fs::write(&source, program).unwrap();
        let built = Command::new("rustc").args(["--edition", "2021", "-o"]).arg(&binary).arg(&source).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let rows = printed(Command::new(&binary));
        match request {
            Some(request) => compare("rust", request, &rows, 1e-10),
            None => line_agrees(&regression, &options, &rows),
        }
    }
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
fn what_a_program_cannot_say_is_refused() {
    let request: DescendRequest = serde_json::from_value(
        json!({ "objective": "x^2", "start": { "x": 1 }, "optimizer": { "kind": "newton" }, "steps": 3 }),
    )
    .unwrap();
    assert!(export_run(&request, Language::PythonNumpy).unwrap_err().to_string().starts_with("optimizer is newton"));
    assert!(export_run(&request, Language::Csv).is_ok() && export_run(&request, Language::Latex).is_ok());
    let language: Language = serde_json::from_value(json!("python-pytorch")).unwrap();
    assert_eq!(language, Language::PythonPytorch);
}
