//! mdBook as a library: our preprocessor before it, and after it away with everything that our theme does not use.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context as _, Result};
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::{check, checkpoint, figures, formulas, widgets};

/// Builds the book of `lessons` into `out`, which is emptied first.
pub fn build(lessons: &Path, out: &Path) -> Result<()> {
    let mut book = MDBook::load(lessons).context("reading the book")?;
    // mdBook would take a relative folder as one below the book's own.
    book.config.build.build_dir = std::path::absolute(out)?;
    let figures = Rc::new(RefCell::new(Vec::new()));
    book.with_preprocessor(Chapters { figures: Rc::clone(&figures) });
    book.build()?;
    drop_unused(out)?;
    let folder = out.join("figures");
    fs::create_dir_all(&folder)?;
    for figure in figures.borrow().iter() {
        fs::write(folder.join(&figure.name), &figure.svg)?;
    }
    mend_pages(out)?;
    copy_theme(&lessons.join("theme"), out)?;
    check::loads_nothing_from_elsewhere(out)
}

/// What a chapter's Markdown is turned into before mdBook renders it.
struct Chapters {
    /// The pictures that the chapters' widgets need, to be written once mdBook has emptied and filled the folder.
    figures: Rc<RefCell<Vec<figures::File>>>,
}

impl Chapters {
    /// Checkpoints first, because their questions may hold formulas; pictures last, because nothing in them is Markdown.
    fn markdown(&self, source: &str, chapter: &str) -> Result<String> {
        // What the author wrote, while its lines are still the author's.
        widgets::check(source)?;
        let source = checkpoint::expand(source)?;
        let source = formulas::typeset(&source)?;
        let (source, mut files) = figures::place(&source, chapter)?;
        self.figures.borrow_mut().append(&mut files);
        Ok(source)
    }
}

impl Preprocessor for Chapters {
    fn name(&self) -> &str {
        "downhill"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut failed = None;
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && failed.is_none()
            {
                let path = chapter.path.as_deref().unwrap_or(Path::new("chapter"));
                let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("chapter");
                match self.markdown(&chapter.content, name) {
                    Ok(content) => chapter.content = content,
                    Err(error) => failed = Some(error.context(format!("in {}", path.display()))),
                }
            }
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(book),
        }
    }
}

/// mdBook writes the parts of its own theme whether or not the pages refer to them.
fn drop_unused(out: &Path) -> Result<()> {
    for entry in fs::read_dir(out)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && ["css", "fonts", "FontAwesome"].contains(&name) {
            fs::remove_dir_all(&path)?;
        } else if path.is_file() && (!name.ends_with(".html") || name == "toc.html") {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// In its list of chapters mdBook gives the theme the names of the sources: they become those of the pages. It makes a link of every
/// heading, to itself: a place to point at, and no stop for whoever goes through a page by keys. And each page says in its head what its
/// widgets will ask for.
fn mend_pages(out: &Path) -> Result<()> {
    for entry in fs::read_dir(out)? {
        let page = entry?.path();
        if page.extension().is_some_and(|extension| extension == "html") {
            let text = fs::read_to_string(&page)?;
            let text = with_links_to_pages(&text).replace(HEADING, STILL_HEADING);
            fs::write(&page, with_hints(&text))?;
        }
    }
    Ok(())
}

const HEADING: &str = r#"<a class="header" "#;
const STILL_HEADING: &str = r#"<a class="header" tabindex="-1" "#;

/// `href="a.md"` becomes `href="a.html"`, unless it leads to another host.
fn with_links_to_pages(page: &str) -> String {
    const LINK: &str = "href=\"";
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find(LINK) {
        let (before, after) = rest.split_at(at + LINK.len());
        let target = after.split('"').next().unwrap_or_default();
        out.push_str(before);
        match target.strip_suffix(".md") {
            Some(chapter) if !target.contains("://") => {
                out.push_str(chapter);
                out.push_str(".html");
            }
            _ => out.push_str(target),
        }
        rest = after.strip_prefix(target).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What the widgets of a page load, for the browser to begin with before it has read the script that asks for it.
fn with_hints(page: &str) -> String {
    let widgets = widgets::on_page(page);
    let mut files: Vec<(String, &str)> = widgets.iter().map(|_| ("downhill.wasm".into(), "application/wasm")).collect();
    files.extend(widgets.iter().flat_map(|entry| entry.tables).map(|name| (format!("{name}.csv"), "text/csv")));
    files.dedup();
    let hint = |(file, kind): &(String, &str)| {
        format!("    <link rel=\"preload\" href=\"../{file}\" as=\"fetch\" type=\"{kind}\" crossorigin>\n")
    };
    page.replacen("  </head>", &format!("{}  </head>", files.iter().map(hint).collect::<String>()), 1)
}

/// The theme's styles, scripts and pictures, beside the pages.
fn copy_theme(theme: &Path, out: &Path) -> Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(theme)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    for file in files {
        let kind = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if let Some(name) = file.file_name()
            && ["css", "js", "svg", "png"].contains(&kind)
        {
            fs::copy(&file, out.join(name)).with_context(|| format!("copying {}", file.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_hints_at_what_its_widgets_load_once_and_at_nothing_else() {
        let page = |body: &str| with_hints(&format!("<html>\n  </head>\n{body}"));
        assert_eq!(page("<p></p>"), "<html>\n  </head>\n<p></p>");
        assert_eq!(page("<downhill-descent>").matches("preload").count(), 1);
        let both = page("<downhill-houses></downhill-houses><downhill-descent></downhill-descent><downhill-houses>");
        assert_eq!(both.matches("preload").count(), 2);
        assert!(both.contains("href=\"../ames.csv\" as=\"fetch\" type=\"text/csv\" crossorigin>\n  </head>"), "{both}");
    }

    #[test]
    fn the_hillside_leads_to_pages() {
        let nav = r#"<a href="a.md">A</a> <a href="b.html">B</a> <a href="https://host.example/c.md">C</a> d.md"#;
        let mended = r#"<a href="a.html">A</a> <a href="b.html">B</a> <a href="https://host.example/c.md">C</a> d.md"#;
        assert_eq!(with_links_to_pages(nav), mended);
    }
}
