//! The course works offline: no page, style or script of it may name a file on another host.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

/// Where a file is named that will be loaded, as opposed to a link that a reader may follow.
const LOADS: [&str; 9] =
    ["src=\"", "src='", "srcset=\"", "poster=\"", "<link ", "url(", "@import", "import ", "fetch("];

/// Fails on the first file below `out` that would load something from another host.
pub fn loads_nothing_from_elsewhere(out: &Path) -> Result<()> {
    for entry in fs::read_dir(out)? {
        let path = entry?.path();
        if path.is_dir() {
            loads_nothing_from_elsewhere(&path)?;
        } else if let Ok(text) = fs::read_to_string(&path)
            && let Some(found) = foreign_load(&text)
        {
            bail!("{} loads from elsewhere: {found}", path.display());
        }
    }
    Ok(())
}

fn foreign_load(text: &str) -> Option<String> {
    for start in LOADS {
        for (at, _) in text.match_indices(start) {
            let rest = &text[at + start.len()..];
            // What is loaded stands before the tag, the call or the statement ends.
            let end = rest.find(['>', ')', ';', '\n']).unwrap_or(rest.len());
            let named = &rest[..end];
            if named.contains("http://")
                || named.contains("https://")
                || named.trim_start_matches(['"', '\'']).starts_with("//")
            {
                return Some(format!("{start}{named}"));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_on_another_host_is_found_wherever_it_is_named() {
        for text in [
            "<script src=\"https://host.example/a.js\"></script>",
            "<script src=\"//host.example/a.js\"></script>",
            "<link rel=\"stylesheet\" href=\"http://host.example/a.css\">",
            "body { background: url(https://host.example/a.png) }",
            "@import \"https://host.example/a.css\";",
            "import x from \"https://host.example/a.js\";",
        ] {
            assert!(foreign_load(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_link_to_follow_and_a_name_space_are_no_loads() {
        for text in [
            "<a href=\"https://host.example/\">elsewhere</a>",
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"></math>",
            "<script src=\"../downhill.js\"></script> see https://host.example/",
        ] {
            assert_eq!(foreign_load(text), None, "{text}");
        }
    }
}
