//! Builds the course. Run by `cargo xtask build` and `cargo xtask figures`:
//!
//! - `downhill-course book LESSONS OUT`: the mdBook in `LESSONS`, as pages in `OUT` that load nothing from elsewhere;
//! - `downhill-course figures OUT`: the widgets' still pictures.

use course::{book, figures};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["book", lessons, out] => book::build(Path::new(lessons), Path::new(out)),
        ["figures", out] => figures::write_all(Path::new(out)),
        _ => Err(anyhow::anyhow!("usage: downhill-course book LESSONS OUT | downhill-course figures OUT")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
