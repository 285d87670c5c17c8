//! `cargo xtask kit`: what keeps a widget small and a rule in one place, counted in the tree.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::project::Project;

/// A widget and what it costs, in lines.
struct Widget {
    kind: String,
    /// Rust of its module, tests included.
    rust: usize,
    /// Its words: what it has to say, and in every language.
    words: usize,
    /// Its TypeScript.
    script: usize,
    /// Files that are not its own and were written by hand, yet name it.
    shared: Vec<String>,
    /// Those of them that belong to another widget.
    foreign: Vec<String>,
}

/// What was counted.
struct Counted {
    widgets: Vec<Widget>,
    /// Files that say how many rises in a row mean divergence.
    rises: Vec<String>,
    /// Files that declare how a run stands.
    statuses: Vec<String>,
    /// Files that turn an attribute's text into a setting.
    readers: Vec<String>,
}

/// Prints the counts.
pub fn kit(project: &Project) -> Result<()> {
    for line in lines(&count(project)?) {
        say!("{line}");
    }
    Ok(())
}

fn lines(counted: &Counted) -> Vec<String> {
    let widget = |w: &Widget| {
        format!(
            "kit {}: {} lines of Rust with its tests, {} of words, {} of TypeScript; touches {} shared files ({}), {} of another widget",
            w.kind,
            w.rust,
            w.words,
            w.script,
            w.shared.len(),
            w.shared.join(", "),
            w.foreign.len()
        )
    };
    let mut all: Vec<String> = counted.widgets.iter().map(widget).collect();
    for (what, files) in
        [("rule for rises", &counted.rises), ("Status", &counted.statuses), ("reader of attributes", &counted.readers)]
    {
        all.push(format!("kit {} {what} ({})", files.len(), files.join(", ")));
    }
    all
}

fn count(project: &Project) -> Result<Counted> {
    let sources = Sources::of(project)?;
    let catalog = sources.text("crates/scenes/src/catalog.rs");
    let kinds: Vec<&str> = catalog
        .split("entry::<crate::")
        .skip(1)
        .filter_map(|rest| rest.split_once("::").map(|(module, _)| module))
        .collect();
    if kinds.is_empty() {
        return Err(Failure::new("The catalog names no widget."));
    }
    Ok(Counted {
        widgets: kinds.iter().map(|kind| sources.widget(kind, &kinds)).collect(),
        rises: sources.rust_with(|code| code.contains("const RISES") || has_counter(code, "rises")),
        statuses: sources.rust_with(|code| code.contains("enum Status")),
        readers: sources.rust_with(|code| code.contains("-> Result<Option<Value>, Refusal>")),
    })
}

/// Whether something of this name is counted up.
fn has_counter(code: &str, name: &str) -> bool {
    code.lines().any(|line| line.split_once("+=").is_some_and(|(left, _)| left.trim().ends_with(name)))
}

/// The tracked files and those about to be.
struct Sources {
    files: Vec<(String, String)>,
}

impl Sources {
    fn of(project: &Project) -> Result<Self> {
        let listed = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "crates", "web/src", "web/site"])
            .current_dir(project.root())
            .output()
            .map_err(|error| Failure::io("git ls-files", &error))?;
        let names = String::from_utf8_lossy(&listed.stdout);
        let read = |name: &str| Some((name.to_owned(), fs::read_to_string(project.path(name)).ok()?));
        Ok(Self { files: names.lines().filter_map(read).collect() })
    }

    fn text(&self, name: &str) -> &str {
        self.files.iter().find(|(file, _)| file == name).map_or("", |(_, text)| text.as_str())
    }

    /// Rust that ships, of which the code without its tests holds something.
    fn rust_with(&self, holds: impl Fn(&str) -> bool) -> Vec<String> {
        let ships = |file: &str| file.contains("/src/") && file.ends_with(".rs") && !file.starts_with("crates/xtask/");
        let code = |text: &str| text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
        let found = self.files.iter().filter(|(file, text)| ships(file) && holds(&code(text)));
        found.map(|(file, _)| file.clone()).collect()
    }

    fn widget(&self, kind: &str, kinds: &[&str]) -> Widget {
        let lines = |of: &dyn Fn(&str) -> bool| -> usize {
            self.files.iter().filter(|(file, _)| of(file)).map(|(_, text)| text.lines().count()).sum()
        };
        let is_own = |file: &str| owner(file, kinds) == Some(kind);
        let shared: Vec<&str> = self
            .files
            .iter()
            .filter(|(file, text)| !is_own(file) && is_hand_written(file, text) && names(text, kind))
            .map(|(file, _)| file.as_str())
            .collect();
        let foreign = shared.iter().filter(|file| owner(file, kinds).is_some());
        Widget {
            kind: kind.to_owned(),
            rust: lines(&|file| is_own(file) && file.ends_with(".rs") && !is_words(file)),
            words: lines(&|file| is_own(file) && is_words(file)),
            script: lines(&|file| is_own(file) && file.ends_with(".ts")),
            foreign: foreign.map(|file| (*file).to_owned()).collect(),
            shared: shared.iter().map(|file| (*file).to_owned()).collect(),
        }
    }
}

/// The widget that a file belongs to.
fn owner<'a>(file: &str, kinds: &[&'a str]) -> Option<&'a str> {
    let path = Path::new(file);
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    kinds.iter().copied().find(|kind| {
        file.starts_with(&format!("crates/scenes/src/{kind}/"))
            || file == format!("crates/scenes/src/{kind}.rs")
            || (file.starts_with("crates/scenes/src/words/") && stem == *kind)
            || stem == format!("downhill-{kind}")
    })
}

/// Whether a file holds words: the trait of a widget's sentences, or one language of them.
fn is_words(file: &str) -> bool {
    file.contains("/words/") || file.ends_with("/words.rs")
}

/// Whether a file ships and was written by hand.
fn is_hand_written(file: &str, text: &str) -> bool {
    let ships =
        file.starts_with("crates/scenes/src/") || file.starts_with("crates/wasm/src/") || file.starts_with("web/src/");
    ships && !text.contains("Do not edit.")
}

/// Whether code, not a comment, says the name of a widget: as a module, a type of its own, or a tag.
fn names(text: &str, kind: &str) -> bool {
    let shipped = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code = shipped.lines().map(str::trim_start).filter(|line| !line.starts_with("//") && !line.starts_with('*'));
    let says = [format!("mod {kind};"), format!("crate::{kind}::"), format!("downhill-{kind}"), format!("\"{kind}\"")];
    code.into_iter().any(|line| says.iter().any(|word| line.contains(word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of Rust of a typical widget, its tests included.
    const TYPICAL: usize = 600;
    /// Those that are larger, and may not grow: `descent` and `houses` walk and judge a run, `houses` reads tables of the learner's own, and
    /// `tangent` is four tools in one: ride, lens, secant, sketch.
    const ABOVE: [(&str, usize); 3] = [("descent", 1140), ("houses", 2275), ("tangent", 870)];

    fn counted() -> Counted {
        count(&Project::find().expect("the project's root")).expect("the tree is counted")
    }

    #[test]
    fn a_widget_is_small_and_no_other_widget_knows_it() {
        let counted = counted();
        for line in lines(&counted) {
            println!("figure: {line}");
        }
        for widget in &counted.widgets {
            assert!(widget.rust > 0, "the test sees no line of {}", widget.kind);
            assert!(widget.script <= 60, "{}: {} lines of TypeScript", widget.kind, widget.script);
            assert!(widget.foreign.is_empty(), "{} stands in {:?}", widget.kind, widget.foreign);
            assert!(widget.shared.len() <= 5, "{} touches {:?}", widget.kind, widget.shared);
            let most = ABOVE.iter().find(|(kind, _)| *kind == widget.kind).map_or(TYPICAL, |(_, most)| *most);
            assert!(widget.rust <= most, "{}: {} lines of Rust, at most {most}", widget.kind, widget.rust);
        }
        let both: usize =
            counted.widgets.iter().filter(|w| ["descent", "houses"].contains(&w.kind.as_str())).map(|w| w.rust).sum();
        assert!(both <= 3400, "descent and houses: {both} lines of Rust");
    }

    #[test]
    fn a_rule_stands_in_one_place() {
        let counted = counted();
        assert_eq!(counted.rises, ["crates/descent/src/run/rises.rs"]);
        assert_eq!(counted.statuses.len(), 1, "{:?}", counted.statuses);
        assert_eq!(counted.readers, ["crates/scenes/src/kit/settings.rs"]);
    }

    #[test]
    fn a_name_in_a_comment_is_no_use_of_it() {
        assert!(!names("// like downhill-descent\n", "descent"));
        assert!(names("const TAG: &str = \"downhill-descent\";\n", "descent"));
        assert!(!names("use ::descent::run::Run;\n", "descent"));
    }
}
