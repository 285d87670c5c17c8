//! Where things are.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The project's folders.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The project that this program was built from.
    pub fn find() -> Result<Self> {
        // Cargo sets the variable when it runs us; the compiled-in path serves when the binary is started directly.
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        match manifest.ancestors().nth(2) {
            Some(root) if root.join("Cargo.lock").is_file() => Ok(Self { root: root.to_path_buf() }),
            _ => Err(Failure::new(format!("The project is no longer where it was built: {}.", manifest.display()))),
        }
    }

    /// The root of the working tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path given relative to the root, with forward slashes.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where installed tools, logs and stamps live; ignored by git.
    pub fn tools(&self) -> PathBuf {
        self.path(".tools")
    }

    /// Where cargo puts what it builds for the workspace.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), |target| self.root.join(target))
    }

    /// The version of `package` in `Cargo.lock`.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let lock = self.path("Cargo.lock");
        let text = std::fs::read_to_string(&lock).map_err(|error| Failure::io(lock.display(), &error))?;
        version_in_lock(&text, package).ok_or_else(|| Failure::new(format!("Cargo.lock names no package {package}.")))
    }
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.128\"\n";

    #[test]
    fn the_version_is_that_of_the_package_of_exactly_this_name() {
        assert_eq!(version_in_lock(LOCK, "wasm-bindgen").as_deref(), Some("0.2.128"));
        assert_eq!(version_in_lock(LOCK, "wasm"), None);
    }
}
