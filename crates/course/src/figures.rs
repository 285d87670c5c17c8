//! The still picture of each widget, drawn by the same Rust code that draws it in the browser: what stands inside the element
//! for pages without the engine, for print and for readers.

use std::fs;
use std::path::Path;

use anyhow::Result;

/// Writes every still picture to `out`.
pub fn write_all(out: &Path) -> Result<()> {
    fs::create_dir_all(out)?;
    Ok(())
}

/// `markdown` with a still picture inside every widget that has no content of its own. The scenes cannot be drawn natively
/// yet, so a widget keeps exactly what the author wrote inside it.
pub fn place(markdown: &str) -> Result<String> {
    Ok(markdown.to_owned())
}
