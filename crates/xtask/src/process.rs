//! Running other programs: quietly, with their whole output kept.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Cause, Failure, Result};
use crate::project::Project;

/// A step that takes longer hangs: guessed, three times what the longest took on two slow cores.
const LONGEST: Duration = Duration::from_secs(40 * 60);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What a program that ran to its end left behind.
pub struct Finished {
    /// How it ended.
    pub status: ExitStatus,
    /// Everything it printed, both streams in the order written.
    pub output: String,
    /// Where that output is kept, relative to the root.
    pub log: String,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// A program to run in `project`'s root, freed of the variables that `cargo run` set for this one.
pub fn program(project: &Project, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(project.root()).stdin(Stdio::null());
    for (key, _) in std::env::vars_os() {
        let key_text = key.to_string_lossy();
        let ours = ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|prefix| key_text.starts_with(prefix));
        if ours || key_text == "CARGO_BIN_NAME" || key_text == "CARGO_CRATE_NAME" || key_text == "CARGO_PRIMARY_PACKAGE"
        {
            command.env_remove(key);
        }
    }
    command
}

/// The cargo that runs us.
pub fn cargo(project: &Project) -> Command {
    let mut command = program(project, std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_TERM_COLOR", "never").env("CARGO_TERM_PROGRESS_WHEN", "never");
    command
}

/// Runs `command` to its end whatever its exit code, its output going to `.tools/log/{log}.log`.
pub fn finish(project: &Project, log: &str, command: &mut Command) -> Result<Finished> {
    let folder = project.tools().join("log");
    fs::create_dir_all(&folder).map_err(|error| Failure::io(folder.display(), &error))?;
    let path: PathBuf = folder.join(format!("{log}.log"));
    let open = || -> io::Result<(File, File)> {
        let mut file = File::create(&path)?;
        writeln!(file, "$ {}", shown(command))?;
        let second = file.try_clone()?;
        Ok((file, second))
    };
    let (out, err) = open().map_err(|error| Failure::io(path.display(), &error))?;
    let started = Instant::now();
    let mut child = command.stdout(out).stderr(err).spawn().map_err(|error| not_started(command, &error))?;
    let status = loop {
        match child.try_wait().map_err(|error| Failure::io(command.get_program().display(), &error))? {
            Some(status) => break status,
            None if started.elapsed() < LONGEST => thread::sleep(LOOK_EVERY),
            None => {
                let _ = child.kill();
                let _ = child.wait();
                let name = command.get_program().display();
                return Err(Failure::new(format!(
                    "{name} was still running after {} minutes and was stopped. Its output is in .tools/log/{log}.log.",
                    LONGEST.as_secs() / 60
                )));
            }
        }
    };
    let bytes = fs::read(&path).map_err(|error| Failure::io(path.display(), &error))?;
    Ok(Finished {
        status,
        output: String::from_utf8_lossy(&bytes).into_owned(),
        log: format!(".tools/log/{log}.log"),
        seconds: started.elapsed().as_secs_f64(),
    })
}

/// Runs `command` and fails, naming what it was `doing`, unless it succeeds.
pub fn run(project: &Project, doing: &str, log: &str, command: &mut Command) -> Result<Finished> {
    let finished = finish(project, log, command)?;
    if finished.status.success() {
        return Ok(finished);
    }
    Err(failed(project, doing, &finished))
}

/// The failure of `finished`. A tool on a full disk cannot always say so, not even in its log: hence the second look.
pub fn failed(project: &Project, doing: &str, finished: &Finished) -> Failure {
    if Cause::of(&finished.output) != Cause::Network && no_room(project) {
        return Failure::disk_full(doing, Some(&finished.log));
    }
    Failure::tool(doing, &finished.output, &finished.log)
}

/// As [`run`], for compiling our own sources: a compiler's complaint is shown, because it is about what one just wrote.
pub fn compile(project: &Project, doing: &str, log: &str, command: &mut Command) -> Result<Finished> {
    let finished = finish(project, log, command)?;
    if finished.status.success() {
        return Ok(finished);
    }
    if Cause::of(&finished.output) == Cause::Unknown && !no_room(project) {
        say!("{}", finished.output.lines().skip(1).collect::<Vec<_>>().join("\n"));
    }
    Err(failed(project, doing, &finished))
}

/// The first line that a program prints, or nothing where it cannot be run.
pub fn first_line(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    String::from_utf8(output.stdout).ok()?.lines().next().map(|line| line.trim().to_owned())
}

fn no_room(project: &Project) -> bool {
    let probe = project.tools().join("probe");
    let full = matches!(
        fs::write(&probe, [0_u8; 65_536]),
        Err(error) if error.kind() == io::ErrorKind::StorageFull || error.kind() == io::ErrorKind::QuotaExceeded
    );
    let _ = fs::remove_file(&probe);
    full
}

fn not_started(command: &Command, error: &io::Error) -> Failure {
    let name = command.get_program().to_string_lossy();
    match error.kind() {
        io::ErrorKind::NotFound => Failure::new(format!("The program {name} was not found.")),
        _ => Failure::io(name, error),
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
