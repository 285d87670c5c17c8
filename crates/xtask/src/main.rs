//! `cargo xtask COMMAND`: what a developer runs.
//!
//! Whatever a command needs and the machine lacks is installed into `.tools/` (ignored by git) at a pinned version. What goes
//! wrong is told in one line; the whole output of the tool that failed is kept in `.tools/log/`.

#[macro_use]
mod output;
mod bench;
mod browser;
mod build;
mod counts;
mod failure;
mod http;
mod kit;
mod process;
mod project;
mod serve;
mod stamp;
mod test;
mod tools;

use std::process::ExitCode;

use failure::{Failure, Result};
use project::Project;

const USAGE: &str = "\
cargo xtask COMMAND, run from the project's root

  serve [--port N]  build the site and serve it on this machine (port 8080 unless told)
  test              format, lints and every test; ends in one line of counts
  build             write the npm package to web/dist/ and the site to dist/
  lint              format and lints only
  bench [NAME]      the benchmarks, or those whose name contains NAME, as a table
  figures           write the widgets' still pictures to dist/figures/
  kit               how small the widgets are, and how many places decide one thing
  types             write what is generated from the Rust declarations";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_told() {
                complain!("{failure}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (*command, rest),
        None => ("help", [].as_slice()),
    };
    let project = Project::find()?;
    match (command, rest) {
        ("serve", rest) => serve::serve(&project, serve::port(rest)?),
        ("test", []) => test::test(&project),
        ("build", []) => build::build(&project),
        ("lint", []) => test::lint(&project),
        ("bench", []) => bench::bench(&project, None),
        ("bench", [name]) => bench::bench(&project, Some(name)),
        ("figures", []) => build::figures(&project),
        ("types", []) => build::types(&project),
        ("kit", []) => kit::kit(&project),
        ("help" | "--help" | "-h", _) => {
            say!("{USAGE}");
            Ok(())
        }
        ("test" | "build" | "lint" | "figures" | "types" | "kit" | "bench", [.., extra]) => Err(Failure::new(format!(
            "`cargo xtask {command}` does not know the argument \"{extra}\"; see `cargo xtask help`."
        ))),
        (unknown, _) => Err(Failure::new(format!("There is no command \"{unknown}\"; see `cargo xtask help`."))),
    }
}
