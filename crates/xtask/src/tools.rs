//! Installing what is missing, at pinned versions, below `.tools/` and `web/node_modules/`. Of the machine only cargo,
//! rustup, node, npm and git are used.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::process::{cargo, first_line, program, run};
use crate::project::Project;
use crate::stamp::{self, Inputs};

/// wasm-pack runs the wasm tests; it has no entry in `Cargo.lock` to follow.
const WASM_PACK: &str = "0.15.1";
/// The oldest Node that everything here runs on.
const OLDEST_NODE: u32 = 20;

/// Everything that building and testing need, but for a browser.
pub fn install(project: &Project) -> Result<()> {
    // What costs nothing to check comes first, so that nobody waits minutes for a refusal.
    node(project)?;
    rust(project)?;
    npm_packages(project, "web", "npm packages", "half a minute")?;
    let wasm_bindgen = project.locked_version("wasm-bindgen")?;
    cargo_tool(project, "wasm-bindgen-cli", "wasm-bindgen", &wasm_bindgen, "3 minutes")?;
    cargo_tool(project, "wasm-pack", "wasm-pack", WASM_PACK, "2 to 3 minutes")?;
    // The compiled dependencies of those two are of no further use.
    let _ = fs::remove_dir_all(build_folder(project));
    Ok(())
}

/// An installed command-line tool.
pub fn tool(project: &Project, name: &str) -> PathBuf {
    bin(project).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A `node` command on a script that an npm package of `web/` brings.
pub fn node_script(project: &Project, script: &str) -> Command {
    let mut command = program(project, "node");
    command.arg(project.path("web/node_modules").join(script));
    command
}

/// PATH with our own tools before everything else.
pub fn path_with_tools(project: &Project) -> OsString {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(bin(project)).chain(std::env::split_paths(&old));
    // Only a folder with a path separator in its name cannot be joined; ours then stays the only one.
    std::env::join_paths(folders).unwrap_or_else(|_| bin(project).into_os_string())
}

/// `npm ci` in `folder` (relative to the root), unless what it would install is there already.
pub fn npm_packages(project: &Project, folder: &str, what: &str, usually: &str) -> Result<()> {
    let place = project.path(folder);
    let inputs = Inputs::default().path(&place.join("package.json"))?.path(&place.join("package-lock.json"))?;
    // npm writes this file last.
    let outputs = [place.join("node_modules/.package-lock.json")];
    let name = format!("npm-{}", folder.replace('/', "-"));
    stamp::unless_done(project, &name, inputs, &outputs, || {
        say!("Installing {what} into {folder}/node_modules, once; usually about {usually}");
        let mut npm = npm(project);
        // Nothing we use needs a package's install script, so none is allowed to run.
        npm.current_dir(&place).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        // npm's own patience lets a minute pass before it admits that there is no network.
        npm.args(["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]);
        run(project, &format!("installing {what}"), &name, &mut npm).map(drop)
    })
}

fn node(project: &Project) -> Result<()> {
    check_node(first_line(program(project, "node").arg("--version")).as_deref())?;
    match first_line(npm(project).arg("--version")) {
        Some(_) => Ok(()),
        None => Err(Failure::new(
            "npm was not found on PATH; it comes with Node, or as the package npm of your system. Install it, then run this again.",
        )),
    }
}

fn check_node(version: Option<&str>) -> Result<()> {
    let Some(version) = version else {
        return Err(Failure::new(format!(
            "Node was not found on PATH. Install Node {OLDEST_NODE} or newer, then run this again."
        )));
    };
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => Err(Failure::new(format!(
            "Node {version} is too old. Install Node {OLDEST_NODE} or newer, then run this again."
        ))),
    }
}

fn npm(project: &Project) -> Command {
    let mut npm = program(project, if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.env("npm_config_update_notifier", "false");
    npm
}

fn rust(project: &Project) -> Result<()> {
    let sysroot = first_line(program(project, "rustc").args(["--print", "sysroot"]))
        .ok_or_else(|| Failure::new("rustc was not found on PATH. Install Rust with rustup, then run this again."))?;
    if !Path::new(&sysroot).join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir() {
        say!("Installing Rust's wasm32-unknown-unknown target, once; usually about 10 seconds");
        rustup(project, &["target", "add", "wasm32-unknown-unknown"])?;
    }
    for (component, command) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if first_line(cargo(project).args([command, "--version"])).is_none() {
            say!("Installing {component}, once; usually about 10 seconds");
            rustup(project, &["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(project: &Project, arguments: &[&str]) -> Result<()> {
    if first_line(program(project, "rustup").arg("--version")).is_none() {
        let words = arguments.join(" ");
        return Err(Failure::new(format!(
            "rustup was not found on PATH, and `rustup {words}` is needed. Install Rust with rustup, then run this again."
        )));
    }
    run(project, &format!("rustup {}", arguments.join(" ")), "rustup", program(project, "rustup").args(arguments))
        .map(drop)
}

fn cargo_tool(project: &Project, package: &str, binary: &str, version: &str, usually: &str) -> Result<()> {
    let installed = first_line(program(project, tool(project, binary)).arg("--version"));
    if installed.is_some_and(|line| line.split_whitespace().any(|word| word == version)) {
        return Ok(());
    }
    say!("Installing {package} {version}, once; usually {usually}");
    let mut install = cargo(project);
    install
        .args(["install", package, "--locked", "--force", "--version", &format!("={version}")])
        .arg("--root")
        .arg(project.tools().join("cargo"))
        .arg("--target-dir")
        .arg(build_folder(project));
    run(project, &format!("installing {package} {version}"), package, &mut install).map(drop)
}

fn bin(project: &Project) -> PathBuf {
    project.tools().join("cargo/bin")
}

fn build_folder(project: &Project) -> PathBuf {
    project.tools().join("target")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(version: Option<&str>) -> String {
        check_node(version).err().map(|failure| failure.to_string()).unwrap_or_default()
    }

    #[test]
    fn node_20_and_later_will_do() {
        assert_eq!(told(Some("v20.0.0")), "");
        assert_eq!(told(Some("v24.1.0")), "");
    }

    #[test]
    fn an_older_node_and_none_are_told_apart() {
        assert_eq!(told(Some("v18.19.1")), "Node v18.19.1 is too old. Install Node 20 or newer, then run this again.");
        assert_eq!(told(None), "Node was not found on PATH. Install Node 20 or newer, then run this again.");
    }
}
