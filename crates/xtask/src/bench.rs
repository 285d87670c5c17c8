//! `cargo xtask bench`: our work beside that of our peers, in the same browser, as one table.

use std::path::PathBuf;

use crate::browser;
use crate::build;
use crate::failure::{Failure, Result};
use crate::process::program;
use crate::project::Project;
use crate::stamp::files_below;
use crate::tools;

/// Runs the benchmarks of `tests/bench/`, all or those whose name contains `name`.
pub fn bench(project: &Project, name: Option<&str>) -> Result<()> {
    let browser = browser::find_or_install(project)?;
    build::build(project)?;
    tools::npm_packages(project, "tests/bench", "the peers to compare with", "20 seconds")?;
    let all = files_below(&project.path("tests/bench"))?;
    let chosen: Vec<PathBuf> = all
        .into_iter()
        .filter(|file| {
            let file_name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            file_name.ends_with(".bench.mjs")
                && !file.components().any(|part| part.as_os_str() == "node_modules")
                && name.is_none_or(|name| file_name.contains(name))
        })
        .collect();
    if chosen.is_empty() {
        return Err(Failure::new(format!("There is no benchmark \"{}\" in tests/bench/.", name.unwrap_or_default())));
    }
    let mut command = program(project, "node");
    command.arg(project.path("tests/bench/run.mjs")).args(chosen).env("CHROME", &browser.chrome);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::new("A benchmark could not be run; see the lines above.")),
        Err(error) => Err(Failure::io("node", &error)),
    }
}
