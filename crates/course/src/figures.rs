//! The still picture of each widget, drawn by the same Rust code that draws it in the browser. It stands inside the element:
//! for pages without the engine, for print and for readers.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use scenes::catalog;
use scenes::frame::Size;
use scenes::svg::to_svg;
use scenes::theme::Theme;

use crate::tags::Tag as Element;
use crate::widgets;

/// The colours, as the page has them.
const TOKENS: &str = include_str!("../../../web/src/elements/tokens.css");
/// CSS pixels of a picture that fills its column.
const WIDTH: f64 = 960.0;
/// CSS pixels of a stage that shares the column with others beside it.
const SHARED_WIDTH: f64 = 640.0;

/// One file to be written beside the pages.
pub struct File {
    /// Its name below `figures/`.
    pub name: String,
    /// The SVG document.
    pub svg: String,
}

/// A still picture in both themes.
struct Still {
    light: String,
    dark: String,
    description: String,
    size: Size,
}

/// Writes the pictures of every widget in its first state to `out`.
///
/// # Errors
/// What drawing or writing reports.
pub fn write_all(out: &Path) -> Result<()> {
    fs::create_dir_all(out)?;
    for entry in catalog::ALL {
        let still = still(&Element { name: entry.tag(), attributes: Vec::new(), range: 0..0 })?;
        let name = entry.kind;
        fs::write(out.join(format!("{name}.svg")), still.light)?;
        fs::write(out.join(format!("{name}-dark.svg")), still.dark)?;
    }
    Ok(())
}

/// `markdown` with a still picture at the start of every widget, and the pictures to write to `figures/`.
/// `chapter` begins their names.
///
/// # Errors
/// What drawing reports, or attributes that the widget would not read.
pub fn place(markdown: &str, chapter: &str) -> Result<(String, Vec<File>)> {
    let mut out = String::with_capacity(markdown.len());
    let mut files = Vec::new();
    let mut copied = 0;
    for element in widgets::in_chapter(markdown) {
        let still = still(&element)?;
        let name = format!("{chapter}-{}", files.len() / 2 + 1);
        out.push_str(&markdown[copied..element.range.end]);
        out.push_str(&format!(
            "<picture><source srcset=\"figures/{name}-dark.svg\" media=\"(prefers-color-scheme: dark)\">\
             <img src=\"figures/{name}.svg\" alt=\"{}\" width=\"{}\" height=\"{}\"></picture>",
            attribute_text(&still.description),
            still.size.width,
            still.size.height
        ));
        copied = element.range.end;
        files.push(File { name: format!("{name}.svg"), svg: still.light });
        files.push(File { name: format!("{name}-dark.svg"), svg: still.dark });
    }
    out.push_str(&markdown[copied..]);
    Ok((out, files))
}

/// The first stage of a widget in the moment that its attributes ask for.
fn still(element: &Element) -> Result<Still> {
    let mut scene = widgets::scene(element)?;
    let stages = scene.stages();
    let stage = stages.first().context("a scene without a stage")?;
    // A map beside it takes some of the room.
    let width = if scene.is_linked() { SHARED_WIDTH } else { WIDTH };
    let size = Size { width, height: (width * stage.wide_aspect).round() };
    let picture =
        |dark| to_svg(&*scene, 0, &Theme::of_css(TOKENS, dark), size).map_err(|error| anyhow!("drawing: {error:?}"));
    let (light, dark) = (picture(false)?, picture(true)?);
    Ok(Still { light, dark, description: scene.description(0), size })
}

fn attribute_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_widget_begins_with_its_picture_in_both_themes_and_keeps_what_the_author_wrote() {
        let (html, files) =
            place("<downhill-descent start=\"1\">\n<p>words</p>\n</downhill-descent>\n", "one").unwrap();
        assert!(html.starts_with("<downhill-descent start=\"1\"><picture>") && html.contains("<p>words</p>"), "{html}");
        assert!(html.contains("src=\"figures/one-1.svg\" alt=\"") && !html.contains("alt=\"\""));
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["one-1.svg", "one-1-dark.svg"]);
        assert!(files.iter().all(|file| file.svg.starts_with("<svg")));
        assert_ne!(files[0].svg, files[1].svg);
    }

    #[test]
    fn the_picture_follows_the_attributes() {
        let picture =
            |attributes: &str| place(&format!("<downhill-descent {attributes}>"), "c").unwrap().1[0].svg.clone();
        assert_ne!(picture("start=\"1\""), picture("start=\"2\""));
        assert_ne!(picture("function=\"w^2\""), picture("function=\"abs(w)\""));
        assert_ne!(picture(""), picture("blindfold"));
    }

    #[test]
    fn code_that_shows_a_tag_gets_no_picture() {
        let text = "`<downhill-descent>` and\n\n```html\n<downhill-descent>\n```\n";
        assert_eq!(place(text, "c").unwrap().0, text);
    }
}
