//! `cargo xtask test` and `cargo xtask lint`: every check, one line each, and one line of counts at the end.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use crate::browser::{self, Browser};
use crate::build;
use crate::counts::Counts;
use crate::failure::{Failure, Result};
use crate::process::{Finished, cargo, finish, program};
use crate::project::Project;
use crate::stamp::files_below;
use crate::tools::{self, node_script, path_with_tools, tool};

const XTASK: &str = "crates/xtask/Cargo.toml";
/// How much of a failing stage's output is shown, in lines; the log has it all.
const SHOWN_LINES: usize = 150;

/// Format and lints.
pub fn lint(project: &Project) -> Result<()> {
    tools::install(project)?;
    build::engine(project)?;
    close(lints(project))
}

/// Everything.
pub fn test(project: &Project) -> Result<()> {
    let browser = browser::find_or_install_all(project)?;
    tools::install(project)?;
    let mut counts = Counts::default();
    // Sources that do not build are a finding like any other: what can still be tested is tested.
    let built = build::build(project).inspect_err(|failure| complain!("{failure}")).is_ok();
    if !built {
        counts += Counts::check(false);
    }
    counts += lints(project);
    counts += rust_tests(project);
    counts += declarations_are_fresh(project);
    counts += wasm_tests(project, &browser)?;
    if built {
        counts += node_tests(project, "Package in Node", "tests/node", &browser)?;
        counts += node_tests(project, "Site in Chromium", "tests/browser", &browser)?;
    }
    close(counts)
}

/// The counts are the very last line, whichever way the run went.
fn close(counts: Counts) -> Result<()> {
    if counts.good() {
        say!("\n{counts}");
        return Ok(());
    }
    say!("\nNot everything holds; the failing output is shown above, and whole logs are in .tools/log/.\n{counts}");
    Err(Failure::already_told())
}

fn lints(project: &Project) -> Counts {
    let clippy = |arguments: &[&str]| {
        let mut command = cargo(project);
        command.arg("clippy").args(arguments).args(["--quiet", "--", "--deny", "warnings"]);
        command
    };
    let fmt = |arguments: &[&str]| {
        let mut command = cargo(project);
        command.arg("fmt").args(arguments).arg("--check");
        command
    };
    let mut biome = node_script(project, "@biomejs/biome/bin/biome");
    biome.args(["check", "--error-on-warnings", "--no-errors-on-unmatched", "--colors=off"]);
    let mut tsc = node_script(project, "typescript/bin/tsc");
    tsc.args(["--project", "web/tsconfig.json", "--noEmit", "--pretty", "false"]);
    let checks = [
        ("rustfmt", "rustfmt", fmt(&["--all"])),
        ("rustfmt, developer commands", "rustfmt-xtask", fmt(&["--manifest-path", XTASK])),
        ("clippy, host", "clippy-host", clippy(&["--workspace", "--all-targets", "--locked"])),
        (
            "clippy, wasm32",
            "clippy-wasm",
            clippy(&["--package", "downhill-wasm", "--all-targets", "--locked", "--target", "wasm32-unknown-unknown"]),
        ),
        (
            "clippy, developer commands",
            "clippy-xtask",
            clippy(&["--manifest-path", XTASK, "--all-targets", "--target-dir", "target/xtask"]),
        ),
        ("Biome", "biome", biome),
        ("tsc", "tsc", tsc),
    ];
    let mut counts = Counts::default();
    for (name, log, mut command) in checks {
        counts += stage(project, name, log, &mut command, |finished| Counts::check(finished.status.success()));
    }
    counts
}

fn rust_tests(project: &Project) -> Counts {
    let read = |finished: &Finished| Counts::of_runner(Counts::from_cargo(&finished.output), finished.status.success());
    let mut native = cargo(project);
    native.args(["test", "--workspace", "--locked", "--no-fail-fast", "--", "--show-output"]);
    let mut own = cargo(project);
    own.args(["test", "--manifest-path", XTASK, "--target-dir", "target/xtask", "--no-fail-fast"]);
    own.args(["--", "--show-output"]);
    stage(project, "Rust, native", "rust-tests", &mut native, read)
        + stage(project, "Developer commands and invariants", "xtask-tests", &mut own, read)
}

/// The committed declarations are those that the Rust types give today.
fn declarations_are_fresh(project: &Project) -> Counts {
    begin("What is generated matches Rust");
    let stale = |(name, today): &(&str, String)| fs::read_to_string(project.path(name)).unwrap_or_default() != *today;
    match build::declarations(project) {
        Ok(files) => {
            let old: Vec<&str> = files.iter().filter(|file| stale(file)).map(|(name, _)| *name).collect();
            let counts = Counts::check(old.is_empty());
            end(counts, None);
            for name in old {
                say!("    {name} is out of date; run: cargo xtask types");
            }
            counts
        }
        Err(failure) => broken(&failure),
    }
}

fn wasm_tests(project: &Project, browser: &Browser) -> Result<Counts> {
    let settings = project.tools().join("webdriver.json");
    fs::write(&settings, webdriver_settings(browser)).map_err(|error| Failure::io(settings.display(), &error))?;
    let mut command = program(project, tool(project, "wasm-pack"));
    command
        .args(["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"])
        .arg(&browser.driver)
        .arg("crates/wasm")
        .env("PATH", path_with_tools(project))
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &settings)
        // Seconds. Reference vectors in an unoptimised build on a busy machine take longer than the usual 20.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    Ok(stage(project, "Rust, wasm in Chromium", "wasm-tests", &mut command, |finished| {
        Counts::of_runner(Counts::from_cargo(&finished.output), finished.status.success())
    }))
}

/// What chromedriver is asked for. The sandbox needs privileges that root in a container lacks, and nothing foreign is loaded.
fn webdriver_settings(browser: &Browser) -> String {
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
    ];
    // Debug formatting quotes as JSON does for the characters that occur in paths.
    format!("{{\"goog:chromeOptions\": {{\"binary\": {:?}, \"args\": {flags:?}}}}}\n", browser.chrome)
}

fn node_tests(project: &Project, name: &str, folder: &str, browser: &Browser) -> Result<Counts> {
    let files: Vec<PathBuf> = files_below(&project.path(folder))?
        .into_iter()
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    let log = folder.replace('/', "-");
    let mut command = program(project, "node");
    // One file at a time: browsers that share two cores make each other's timings useless.
    command.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(files).env("CHROME", &browser.chrome);
    if let Some(firefox) = &browser.firefox {
        command.env("FIREFOX", firefox);
    }
    Ok(stage(project, name, &log, &mut command, |finished| {
        Counts::of_runner(Counts::from_node(&finished.output), finished.status.success())
    }))
}

/// One line of the run. A runner that cannot be started, or has to be stopped, is a finding like any other.
fn stage(
    project: &Project,
    name: &str,
    log: &str,
    command: &mut Command,
    read: impl Fn(&Finished) -> Counts,
) -> Counts {
    begin(name);
    match finish(project, log, command) {
        Ok(finished) => {
            let counts = read(&finished);
            end(counts, Some(finished.seconds));
            for figure in figures(&finished.output) {
                say!("    {figure}");
            }
            if !counts.good() {
                show(&finished);
            }
            counts
        }
        Err(failure) => broken(&failure),
    }
}

/// What tests measured and printed as a line that starts with "figure: ", in the order of their names, and what they skipped.
fn figures(output: &str) -> Vec<&str> {
    let lines = output.lines().map(str::trim);
    let mut told: Vec<&str> = lines
        .filter_map(|line| line.strip_prefix("figure: ").or_else(|| line.starts_with("skipped: ").then_some(line)))
        .collect();
    told.sort_unstable();
    told.dedup();
    told
}

fn broken(failure: &Failure) -> Counts {
    let counts = Counts::check(false);
    end(counts, None);
    say!("    {failure}");
    counts
}

fn begin(name: &str) {
    let mut out = std::io::stdout().lock();
    let _ = write!(out, "{name:<36}");
    let _ = out.flush();
}

fn end(counts: Counts, seconds: Option<f64>) {
    let verdict = match counts {
        Counts { passed: 1, failed: 0, skipped: 0 } => "ok".to_owned(),
        Counts { passed: 0, failed: 1, skipped: 0 } => "FAILED".to_owned(),
        Counts { passed, failed: 0, skipped: 0 } => format!("{passed} ok"),
        Counts { passed, failed, skipped } => format!("{passed} ok, {failed} FAILED, {skipped} skipped"),
    };
    match seconds {
        Some(seconds) => say!("{verdict}  ({seconds:.1} s)"),
        None => say!("{verdict}"),
    }
}

fn show(finished: &Finished) {
    let telling: Vec<&str> = finished.output.lines().skip(1).filter(|line| !is_noise(line)).collect();
    let from = telling.len().saturating_sub(SHOWN_LINES);
    for line in telling.iter().skip(from) {
        say!("    {line}");
    }
    say!("    (whole log: {})", finished.log);
}

/// Lines about what went well. Result lines of single binaries are left out too: one line of counts closes the whole run.
fn is_noise(line: &str) -> bool {
    let line = line.trim_start();
    [
        "Compiling ",
        "Downloaded ",
        "Downloading ",
        "Finished ",
        "Running ",
        "Fresh ",
        "✔ ",
        "ℹ ",
        "running ",
        "test result:",
        "Doc-tests ",
    ]
    .iter()
    .any(|prefix| line.starts_with(prefix))
        || (line.starts_with("test ") && line.ends_with("... ok"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_failing_run_is_what_failed() {
        assert!(is_noise("test parse::tests::reads ... ok"));
        assert!(is_noise("test result: FAILED. 1 passed; 1 failed; 0 ignored"));
        assert!(!is_noise("test parse::tests::reads ... FAILED"));
        assert!(!is_noise("thread 'parse::tests::reads' panicked at src/parse.rs:1:1:"));
    }

    #[test]
    fn figures_are_the_lines_that_say_so() {
        let output = "---- a stdout ----\nfigure: C2 20,000 formulas\nother\n  figure: C1 370 cases\nskipped: no JAX\n";
        assert_eq!(figures(output), ["C1 370 cases", "C2 20,000 formulas", "skipped: no JAX"]);
    }

    #[test]
    fn the_settings_for_chromedriver_name_the_browser_that_was_found() {
        let browser = Browser { chrome: "/opt/my browser/chrome".into(), driver: "driver".into(), firefox: None };
        assert!(
            webdriver_settings(&browser).contains(r#""binary": "/opt/my browser/chrome", "args": ["--headless", "#)
        );
    }
}
