//! The widgets in what authors write: which there are, and the scene that each asks for. The book's pictures, its checks and the
//! test of its claims read elements here and nowhere else.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context as _, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mdbook_markdown::pulldown_cmark::{Event, Options, Parser, Tag as Piece};
use scenes::catalog::{self, Entry};
use scenes::kit::json::Json;
use scenes::kit::{AnyScene, Given, Supply};
use scenes::words::Language;

use crate::tags::{Tag, opening_tags};

/// The opening tags of the widgets in a chapter, but for those that code shows.
pub fn in_chapter(markdown: &str) -> Vec<Tag> {
    let code = code_ranges(markdown);
    let is_code = |tag: &Tag| code.iter().any(|range| range.contains(&tag.range.start));
    opening_tags(markdown, catalog::PREFIX).into_iter().filter(|tag| !is_code(tag)).collect()
}

/// The widgets on a finished page, in order, those that stand there several times as often.
pub fn on_page(html: &str) -> Vec<&'static Entry> {
    opening_tags(html, catalog::PREFIX).iter().filter_map(|tag| catalog::of_tag(&tag.name).ok()).collect()
}

fn code_ranges(markdown: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(markdown, Options::empty()).into_offset_iter();
    let code = events.filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Piece::CodeBlock(_))));
    code.map(|(_, range)| range).collect()
}

/// Fails on the first widget of a chapter that asks for something that cannot be had, with its line and a guess.
///
/// # Errors
/// `line 12: learnign-rate: there is no such setting. Did you mean learning-rate?`
pub fn check(markdown: &str) -> Result<()> {
    for tag in in_chapter(markdown) {
        let line = 1 + markdown[..tag.range.start].matches('\n').count();
        scene(&tag).with_context(|| format!("line {line}"))?;
    }
    Ok(())
}

/// The scene that an element asks for, as it stands when the page opens.
///
/// # Errors
/// What of it cannot be had: here a warning on the page is not enough.
pub fn scene(tag: &Tag) -> Result<Box<dyn AnyScene>> {
    let entry = catalog::of_tag(&tag.name)?;
    let text = |name: &str| tag.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone().unwrap_or_default());
    let given = Given {
        attributes: tag.attributes.iter().map(|(n, v)| (n.clone(), v.clone().unwrap_or_default())).collect(),
        language: Language::of(&text("lang").unwrap_or_default()),
        supply: tables()?.clone(),
        ..Given::default()
    };
    let scene = match text("state") {
        None => catalog::scene(entry.kind, &given),
        Some(state) => catalog::scene_of_state(entry.kind, &given, &moment(&state)?),
    };
    let scene = scene.map_err(|refusal| anyhow!("<{}>: {refusal}", tag.name))?;
    if let Some(refusal) = scene.refusals().first() {
        bail!("<{}>: {refusal}", tag.name);
    }
    Ok(scene)
}

/// A moment as a share link has it, or plain JSON.
fn moment(text: &str) -> Result<Json> {
    let text = text.trim();
    let bytes = match text.starts_with('{') {
        true => text.as_bytes().to_vec(),
        false => URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).context("state: this link is damaged")?,
    };
    let value: serde_json::Value = serde_json::from_slice(&bytes).context("state: this link is damaged")?;
    Ok(tree(&value))
}

/// The same data as scenes have it.
pub fn tree(value: &serde_json::Value) -> Json {
    match value {
        serde_json::Value::Null => Json::Null,
        serde_json::Value::Bool(on) => Json::Bool(*on),
        serde_json::Value::Number(number) => number.as_f64().map_or(Json::Null, Json::Number),
        serde_json::Value::String(text) => Json::Text(text.clone()),
        serde_json::Value::Array(list) => Json::List(list.iter().map(tree).collect()),
        serde_json::Value::Object(map) => Json::Object(map.iter().map(|(k, v)| (k.clone(), tree(v))).collect()),
    }
}

/// The tables that come with the widgets, as the page has them.
fn tables() -> Result<&'static Supply> {
    static TABLES: OnceLock<Supply> = OnceLock::new();
    if let Some(tables) = TABLES.get() {
        return Ok(tables);
    }
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons/data/ames-housing.csv");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    Ok(TABLES.get_or_init(|| Supply::none().with("ames", text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(markdown: &str) -> String {
        format!("{:#}", check(markdown).unwrap_err())
    }

    #[test]
    fn a_slip_stops_the_book_with_its_line_and_a_guess() {
        for (markdown, told) in [
            (
                "a\n\n<downhill-desecnt>",
                "line 3: There is no element <downhill-desecnt>. Did you mean <downhill-descent>?",
            ),
            (
                "<downhill-descent learnign-rate=\"0.1\">",
                "line 1: <downhill-descent>: learnign-rate: there is no such setting. Did you mean learning-rate?",
            ),
            ("\n<downhill-descent optimizer=\"adm\">", "Did you mean adam?"),
            ("<downhill-descent start=\"left\">", "start is a number, not “left”."),
            ("<downhill-descent function=\"w^\">", "line 1: <downhill-descent>: "),
            ("<downhill-descent state=\"abc\">", "this link is damaged"),
        ] {
            let said = refused(markdown);
            assert!(said.contains(told), "{markdown}: {said}");
        }
    }

    #[test]
    fn what_is_right_and_what_is_code_pass() {
        check("<downhill-descent class=\"wide\" start=\"−1.2\" domain=\"-3, 3\" blindfold>").unwrap();
        check("`<downhill-desecnt>`\n\n```html\n<downhill-nothing>\n```\n").unwrap();
    }

    #[test]
    fn a_moment_is_shown_as_a_link_has_it_and_as_json() {
        let plain = "<downhill-descent function=\"w^2\" start=\"2\">";
        let mut scene = scene(&in_chapter(plain)[0]).unwrap();
        scene.update(scenes::kit::Input::Step(3));
        let state = scene.state().to_text();
        let packed = URL_SAFE_NO_PAD.encode(&state);
        let quoted = state.replace('"', "&quot;");
        for attribute in [packed, quoted] {
            let html = format!("<downhill-descent state=\"{attribute}\">");
            let again = super::scene(&in_chapter(&html)[0]).unwrap();
            assert_eq!(again.state(), scene.state());
        }
    }
}
