//! What ARCHITECTURE.md says always holds, as far as it can be read off the tree: who may depend on whom, and what no file
//! may contain. Each test names every offender.

#![allow(clippy::unwrap_used, reason = "in tests a failed expectation is the report, in their helpers too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The line, from left to right. A crate may use those before it.
const LINE: [&str; 5] =
    ["downhill-calculus", "downhill-descent", "downhill-scenes", "downhill-wasm", "downhill-course"];
/// The stations that know nothing of the machine they run on.
const CORE: [&str; 3] = ["calculus", "descent", "scenes"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_path_buf()
}

fn output_of(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The names of the packages that `package` depends on, as cargo's metadata has them, for every target.
fn dependencies(package: &str, edges: &str, depth: &str) -> Vec<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["tree", "--locked", "--package", package, "--target", "all", "--all-features", "--edges", edges];
    let tree =
        output_of(&cargo, &[&arguments[..], &["--depth", depth, "--prefix", "none", "--format", "{p}"]].concat());
    let mut names: Vec<String> =
        tree.lines().skip(1).filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect();
    names.sort();
    names.dedup();
    names
}

fn names_a_browser(package: &str) -> bool {
    ["wasm-bindgen", "web-sys", "js-sys", "serde-wasm-bindgen", "plotters-canvas", "gloo", "tsify", "console_error"]
        .iter()
        .any(|name| package.starts_with(name))
}

#[test]
fn only_the_wasm_crate_depends_on_browser_crates() {
    for package in ["downhill-calculus", "downhill-descent", "downhill-scenes"] {
        let named: Vec<String> =
            dependencies(package, "normal,build,dev", "1").into_iter().filter(|d| names_a_browser(d)).collect();
        assert!(named.is_empty(), "{package} names {named:?}");
        let reached: Vec<String> =
            dependencies(package, "normal", "99").into_iter().filter(|d| names_a_browser(d)).collect();
        assert!(reached.is_empty(), "{package} reaches {reached:?}");
    }
    assert!(
        dependencies("downhill-wasm", "normal", "1").iter().any(|d| names_a_browser(d)),
        "the test sees no browser crate at all"
    );
}

#[test]
fn crates_depend_only_on_what_stands_left_of_them() {
    for (place, package) in LINE.iter().enumerate() {
        for dependency in dependencies(package, "normal,build,dev", "1") {
            if let Some(other) = LINE.iter().position(|name| *name == dependency) {
                assert!(other < place, "{package} depends on {dependency}");
            }
        }
    }
    assert!(
        dependencies("downhill-descent", "normal", "1").contains(&"downhill-calculus".to_owned()),
        "the test sees no edge at all"
    );
}

#[test]
fn every_crate_of_the_workspace_has_its_place_on_the_line() {
    let folders = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let manifests = folders.map(|folder| folder.join("Cargo.toml")).filter(|manifest| manifest.is_file());
    for manifest in manifests {
        let text = fs::read_to_string(&manifest).unwrap();
        let name = text.lines().find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).unwrap().to_owned();
        assert!(LINE.contains(&name.as_str()) || name == "xtask", "{name} has no place on the line");
    }
}

/// The tracked files whose paths start with one of `folders` and end with one of `extensions`.
fn tracked(folders: &[&str], extensions: &[&str]) -> Vec<String> {
    let files = output_of("git", &["ls-files"]);
    files
        .lines()
        .filter(|file| folders.iter().any(|folder| file.starts_with(folder)))
        .filter(|file| extensions.iter().any(|extension| file.ends_with(extension)))
        .filter(|file| root().join(file).is_file())
        .map(str::to_owned)
        .collect()
}

fn text(file: &str) -> String {
    String::from_utf8_lossy(&fs::read(root().join(file)).unwrap()).into_owned()
}

#[test]
fn only_the_engine_imports_the_generated_wasm_package() {
    let mut importers = Vec::new();
    for file in tracked(&["web/src/", "web/site/"], &[".ts", ".js", ".mjs"]) {
        let imports = text(&file).lines().any(|line| {
            let quoted = line.split(['"', '\'']).skip(1).step_by(2);
            let is_import = ["import", "from", "export"].iter().any(|word| line.contains(word));
            is_import && quoted.into_iter().any(|path| path.contains("/wasm/") || path.ends_with("_bg.wasm"))
        });
        if imports {
            importers.push(file);
        }
    }
    assert!(!importers.is_empty(), "the test sees no import of the package at all");
    importers.retain(|file| !file.starts_with("web/src/engine/"));
    assert!(importers.is_empty(), "{importers:?}");
}

/// The part of a Rust file that is not its tests, without comments.
fn code(file: &str) -> String {
    let text = text(file);
    let shipped = text.split("\n#[cfg(test)]").next().unwrap_or_default();
    shipped.lines().filter_map(|line| line.split("//").next()).collect::<Vec<_>>().join("\n")
}

fn core_sources() -> Vec<String> {
    let folders: Vec<String> = CORE.iter().map(|name| format!("crates/{name}/src/")).collect();
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    tracked(&folders, &[".rs"])
}

#[test]
fn the_core_forbids_unsafe_code() {
    for name in CORE {
        assert!(
            text(&format!("crates/{name}/src/lib.rs")).contains("#![forbid(unsafe_code)]"),
            "crates/{name}/src/lib.rs"
        );
    }
    for file in core_sources() {
        let words = code(&file);
        assert!(!words.contains("unsafe ") && !words.contains("unsafe{"), "{file}");
    }
}

#[test]
fn the_core_knows_no_clock_no_files_and_no_global_randomness() {
    let foreign = [
        "std::time",
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "std::io",
        "SystemTime",
        "thread_rng",
        "getrandom",
    ];
    let sources = core_sources();
    assert!(sources.len() > 10, "the test sees no sources");
    for file in sources {
        let code = code(&file);
        let found: Vec<&&str> = foreign.iter().filter(|name| code.contains(**name)).collect();
        assert!(found.is_empty(), "{file} uses {found:?}");
    }
}

#[test]
fn every_path_that_the_documents_name_exists() {
    let mut lost = Vec::new();
    for document in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"] {
        for path in named_paths(&text(document)) {
            let ignored = || {
                Command::new("git")
                    .args(["check-ignore", "--quiet", &path])
                    .current_dir(root())
                    .status()
                    .unwrap()
                    .success()
            };
            if !root().join(&path).exists() && !ignored() {
                lost.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

/// What looks like a path of this project: the target of a link within it, or a word in backticks that starts like one.
fn named_paths(document: &str) -> Vec<String> {
    let links = document.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let links = links.filter(|target| !target.contains("://") && !target.starts_with('#'));
    let quoted = document.split('`').skip(1).step_by(2);
    let starts =
        ["crates/", "web/", "lessons/", "tests/", "dist/", ".tools/", ".ci/", ".cargo/", "examples/", "target/"];
    let quoted = quoted.filter(|word| {
        let looks_like_a_path = starts.iter().any(|start| word.starts_with(start));
        looks_like_a_path && !word.contains([' ', '*', '{', '<', '\n'])
    });
    links
        .chain(quoted)
        .map(|path| path.split('#').next().unwrap_or_default().trim_start_matches("./").to_owned())
        .collect()
}

#[test]
fn a_document_s_links_and_quoted_paths_are_found_and_its_commands_are_not() {
    let found = named_paths(
        "See [this](CHANGELOG.md) and [that](https://host.example/), `crates/wasm`, `cargo xtask test`, `tests/*.mjs`.",
    );
    assert_eq!(found, ["CHANGELOG.md", "crates/wasm"]);
}

#[test]
fn no_tracked_file_names_a_registry_host_or_a_place_on_somebody_s_machine() {
    // In parts, so that this file is no offender.
    let hosts = [
        ["registry.npmjs", ".org"],
        ["index.crates", ".io"],
        ["static.crates", ".io"],
        ["pypi", ".org/simple"],
        ["arti", "factory"],
    ];
    let places = [["/ro", "ot/"], ["/ho", "me/"], ["/Us", "ers/"], ["/wo", "rk/"], ["/tm", "p/"]];
    let forbidden: Vec<String> = hosts.iter().chain(&places).map(|parts| parts.concat()).collect();
    let mut found = Vec::new();
    for file in tracked(&[""], &[""]) {
        let text = text(&file);
        for (number, line) in text.lines().enumerate() {
            for word in &forbidden {
                // A path begins after a blank, a quote or a bracket; in the middle of a longer one it is just a folder's name.
                let stands_alone = line.match_indices(word.as_str()).any(|(at, _)| {
                    !word.starts_with('/')
                        || !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-/)}".contains(c))
                });
                if stands_alone {
                    found.push(format!("{file}:{}: {word}", number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
