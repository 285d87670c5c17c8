//! Skipping what is already done: a stamp is the hash of everything a step reads, kept after the step succeeded.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::project::Project;

/// The contents of a step's inputs, hashed as they are added.
#[derive(Default)]
pub struct Inputs(DefaultHasher);

impl Inputs {
    /// Adds a word, such as a version or a flag.
    pub fn word(mut self, word: &str) -> Self {
        word.hash(&mut self.0);
        self
    }

    /// Adds a file, or every file below a folder, by path and content. What does not exist counts as absent.
    pub fn path(mut self, path: &Path) -> Result<Self> {
        for file in files_below(path)? {
            file.hash(&mut self.0);
            let bytes = fs::read(&file).map_err(|error| Failure::io(file.display(), &error))?;
            bytes.hash(&mut self.0);
        }
        Ok(self)
    }
}

/// Runs `step` unless it has already run on the same `inputs` and all of `outputs` are still there.
pub fn unless_done(
    project: &Project,
    name: &str,
    inputs: Inputs,
    outputs: &[PathBuf],
    step: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let folder = project.tools().join("stamp");
    let stamp = folder.join(name);
    let hash = format!("{:016x}", inputs.0.finish());
    if outputs.iter().all(|output| output.exists()) && fs::read_to_string(&stamp).is_ok_and(|old| old == hash) {
        return Ok(());
    }
    // A step that is cut short must not look done.
    let _ = fs::remove_file(&stamp);
    step()?;
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&stamp, hash))
        .map_err(|error| Failure::io(stamp.display(), &error))
}

/// `path` itself where it is a file, every file below it where it is a folder, sorted; nothing where it does not exist.
pub fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|error| Failure::io(path.display(), &error))?;
        let mut children: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        children.sort();
        for child in children {
            files.extend(files_below(&child)?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(path: &Path) -> u64 {
        Inputs::default().path(path).map(|inputs| inputs.0.finish()).unwrap_or_default()
    }

    #[test]
    fn a_changed_byte_and_a_new_file_both_change_the_hash() -> std::io::Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner"))?;
        fs::write(folder.join("inner/a"), "one")?;
        let first = hash(&folder);
        assert_eq!(first, hash(&folder));
        fs::write(folder.join("inner/a"), "two")?;
        let second = hash(&folder);
        fs::write(folder.join("b"), "")?;
        let third = hash(&folder);
        fs::remove_dir_all(&folder)?;
        assert!(first != second && second != third && first != third);
        Ok(())
    }
}
