//! From sources to `web/dist/` (the npm package) and `dist/` (the static site). Every step is skipped when nothing it reads
//! has changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::failure::{Failure, Result};
use crate::process::{cargo, compile, program, run};
use crate::project::Project;
use crate::stamp::{self, Inputs, files_below};
use crate::tools::{self, node_script};

/// `cargo xtask build`.
pub fn build(project: &Project) -> Result<()> {
    tools::install(project)?;
    engine(project)?;
    scripts(project)?;
    course(project)?;
    site(project)
}

/// What `cargo xtask types` writes from the Rust declarations.
pub const GENERATED: [&str; 4] =
    ["web/src/engine/types.ts", "web/src/elements/schema.ts", "web/custom-elements.json", "web/site/teach.html"];

/// `cargo xtask types`: TypeScript, the schema of the widgets, the manifest for editors and the tables of attributes.
pub fn types(project: &Project) -> Result<()> {
    tools::install(project)?;
    for (name, text) in declarations(project)? {
        let file = project.path(name);
        fs::write(&file, text).map_err(|error| Failure::io(file.display(), &error))?;
        say!("Wrote {name}");
    }
    Ok(())
}

/// What the generated files ought to say, by their names.
pub fn declarations(project: &Project) -> Result<Vec<(&'static str, String)>> {
    let folder = project.target().join("declarations");
    let mut write = cargo(project);
    let package = ["run", "--quiet", "--package", "downhill-scenes"];
    write.args(package).args(["--features", "typescript", "--example", "types", "--"]);
    write.arg(project.root()).arg(&folder);
    compile(project, "writing the TypeScript declarations", "types", &mut write)?;
    GENERATED.iter().map(|name| Ok((*name, formatted(project, name, &folder.join(name))?))).collect()
}

/// A generated file as Biome sets it; pages stay as they are.
fn formatted(project: &Project, name: &str, file: &Path) -> Result<String> {
    let unread = |error| Failure::io(file.display(), &error);
    if name.ends_with(".html") {
        return fs::read_to_string(file).map_err(unread);
    }
    let mut format = node_script(project, "@biomejs/biome/bin/biome");
    format.args(["format", &format!("--stdin-file-path={name}")]);
    let formatted = format.stdin(fs::File::open(file).map_err(unread)?).output().map_err(unread)?;
    String::from_utf8(formatted.stdout)
        .ok()
        .filter(|text| formatted.status.success() && !text.is_empty())
        .ok_or_else(|| Failure::new(format!("Biome could not format {name}.")))
}

/// `cargo xtask figures`: the widgets' still pictures, drawn natively.
pub fn figures(project: &Project) -> Result<()> {
    let folder = project.path("dist/figures");
    run_course(project, "drawing the still pictures", "figures", &["figures".as_ref(), folder.as_os_str()])?;
    say!("Wrote {} pictures to dist/figures/", files_below(&folder)?.len());
    Ok(())
}

/// The wasm module and its glue: `web/src/engine/wasm/` for the scripts to import, `web/dist/downhill.wasm` to ship.
pub fn engine(project: &Project) -> Result<()> {
    let timer = Step::start("Engine: Rust to WebAssembly", "half a minute to 2 minutes the first time");
    let mut command = cargo(project);
    command.args([
        "build",
        "--release",
        "--locked",
        "--target",
        "wasm32-unknown-unknown",
        "--package",
        "downhill-wasm",
    ]);
    compile(project, "compiling the engine", "engine", &mut command)?;
    let module = project.target().join("wasm32-unknown-unknown/release/downhill_wasm.wasm");
    let glue = project.path("web/src/engine/wasm");
    let shipped = project.path("web/dist/downhill.wasm");
    let inputs = Inputs::default()
        .path(&module)?
        .word(&project.locked_version("wasm-bindgen")?)
        .path(&project.path("web/package-lock.json"))?
        .word(&format!("{BINDGEN_FLAGS:?}{OPT_FLAGS:?}"));
    let outputs = [glue.join("downhill.js"), glue.join("downhill.d.ts"), shipped.clone()];
    stamp::unless_done(project, "engine", inputs, &outputs, || {
        let mut bindgen = program(project, tools::tool(project, "wasm-bindgen"));
        bindgen.args(BINDGEN_FLAGS).arg("--out-dir").arg(&glue).arg(&module);
        run(project, "generating the bindings", "wasm-bindgen", &mut bindgen)?;
        make_folder(&project.path("web/dist"))?;
        let mut shrink = node_script(project, "binaryen/bin/wasm-opt");
        shrink.args(OPT_FLAGS).arg(glue.join("downhill_bg.wasm")).arg("-o").arg(&shipped);
        run(project, "optimising the engine", "wasm-opt", &mut shrink).map(drop)
    })?;
    timer.end();
    Ok(())
}

const BINDGEN_FLAGS: [&str; 7] = [
    "--target",
    "web",
    "--out-name",
    "downhill",
    // The engine's loader names the file itself; a second default name would send bundlers after a file that is not shipped.
    "--omit-default-module-path",
    // Exports `__wbg_reset_state()`: a fresh instance in place of one that trapped.
    "--experimental-reset-state-function",
    "--remove-producers-section",
];

const OPT_FLAGS: [&str; 9] = [
    "-O3",
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
];

/// The table that is shipped beside the scripts.
const SALES: &str = "lessons/data/ames-housing.csv";

/// TypeScript to the scripts and declarations of the npm package, and the table that they fetch.
fn scripts(project: &Project) -> Result<()> {
    let timer = Step::start("Scripts: TypeScript to web/dist", "5 seconds");
    let dist = project.path("web/dist");
    let inputs = Inputs::default()
        .path(&project.path("web/src"))?
        .path(&project.path("web/site"))?
        .path(&project.path("web/build"))?
        .path(&project.path("web/tsconfig.json"))?
        .path(&project.path("web/tsconfig.types.json"))?
        .path(&project.path("web/package-lock.json"))?
        .path(&project.path(SALES))?;
    let outputs =
        ["core.js", "downhill.js", "worker.js", "ames.csv", "types/core.d.ts", "site"].map(|name| dist.join(name));
    stamp::unless_done(project, "scripts", inputs, &outputs, || {
        let _ = fs::remove_dir_all(dist.join("types"));
        let mut types = node_script(project, "typescript/bin/tsc");
        types.args(["--project", "web/tsconfig.types.json"]);
        compile(project, "writing the type declarations", "tsc-types", &mut types)?;
        copy_tree(&project.path("web/src/engine/wasm"), &dist.join("types/engine/wasm"), &|file| {
            has_extension(file, "ts")
        })?;
        let mut bundle = program(project, "node");
        bundle.arg(project.path("web/build/bundle.mjs"));
        compile(project, "bundling the scripts", "esbuild", &mut bundle)?;
        copy(&project.path(SALES), &dist.join("ames.csv"))
    })?;
    timer.end();
    Ok(())
}

/// The course, from `lessons/` to `lessons/book/`.
fn course(project: &Project) -> Result<()> {
    let timer = Step::start("Course: chapters to pages", "2 minutes the first time");
    let mut command = cargo(project);
    command.args(["build", "--locked", "--package", "downhill-course"]);
    compile(project, "compiling the course's builder", "course-builder", &mut command)?;
    let inputs = Inputs::default()
        .path(&course_builder(project))?
        .path(&project.path("lessons/book.toml"))?
        .path(&project.path("lessons/src"))?
        .path(&project.path("lessons/theme"))?;
    let book = project.path("lessons/book");
    stamp::unless_done(project, "course", inputs, &[book.join("index.html")], || {
        let lessons = project.path("lessons");
        run_course(project, "building the course", "course", &["book".as_ref(), lessons.as_os_str(), book.as_os_str()])
    })?;
    timer.end();
    Ok(())
}

fn run_course(project: &Project, doing: &str, log: &str, arguments: &[&std::ffi::OsStr]) -> Result<()> {
    let mut build = cargo(project);
    build.args(["build", "--locked", "--package", "downhill-course"]);
    compile(project, "compiling the course's builder", "course-builder", &mut build)?;
    compile(project, doing, log, program(project, course_builder(project)).args(arguments)).map(drop)
}

fn course_builder(project: &Project) -> PathBuf {
    project.target().join(format!("debug/downhill-course{}", std::env::consts::EXE_SUFFIX))
}

/// Everything that a static host needs, put together in `dist/`.
fn site(project: &Project) -> Result<()> {
    let dist = project.path("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).map_err(|error| Failure::io(dist.display(), &error))?;
    }
    copy_tree(&project.path("web/site"), &dist, &|file| !has_extension(file, "ts"))?;
    copy_tree(&project.path("web/dist/site"), &dist, &|_| true)?;
    for file in ["downhill.js", "core.js", "worker.js", "downhill.wasm", "ames.csv"] {
        copy(&project.path("web/dist").join(file), &dist.join(file))?;
    }
    copy(&project.path("web/src/elements/tokens.css"), &dist.join("tokens.css"))?;
    // The picture that chats show beside a link.
    copy(&project.path("docs/widgets.png"), &dist.join("card.png"))?;
    copy_tree(&project.path("lessons/book"), &dist.join("course"), &|_| true)
}

/// One line of the build: what it does before it starts, how long it took after it ended.
struct Step {
    name: &'static str,
    started: Instant,
}

impl Step {
    fn start(name: &'static str, usually: &str) -> Self {
        say!("{name} (usually {usually})");
        Self { name, started: Instant::now() }
    }

    fn end(self) {
        let seconds = self.started.elapsed().as_secs_f64();
        // A step that found nothing to do needs no second line.
        if seconds >= 1.0 {
            let (stage, _) = self.name.split_once(':').unwrap_or((self.name, ""));
            say!("{stage} done in {seconds:.0} s");
        }
    }
}

fn has_extension(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}

fn copy_tree(from: &Path, to: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<()> {
    for file in files_below(from)? {
        if let Ok(relative) = file.strip_prefix(from)
            && wanted(&file)
        {
            copy(&file, &to.join(relative))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    fs::copy(from, to).map(drop).map_err(|error| Failure::io(to.display(), &error))
}

fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Failure::io(folder.display(), &error))
}
