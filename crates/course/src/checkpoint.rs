//! Checkpoints: a question, its options, and for each option what choosing it shows.
//!
//! ````text
//! ```checkpoint
//! question = "The slope is $-2$. Which way is downhill?"
//! [[option]]
//! text = "To the right."
//! right = true
//! feedback = "A negative slope falls to the right."
//! [[option]]
//! text = "To the left."
//! feedback = "That is where the ground rises: the slope is negative."
//! ```
//! ````

use std::fmt::Write as _;

use anyhow::{Context as _, Result, bail};
use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, html};
use serde::Deserialize;

use crate::formulas;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checkpoint {
    question: String,
    option: Vec<Choice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    text: String,
    #[serde(default)]
    right: bool,
    feedback: String,
}

/// `markdown` with each fenced block `checkpoint` replaced by HTML.
///
/// # Errors
/// Says what is missing or misspelt in a checkpoint: every option needs feedback, and at least one must be right.
pub fn expand(markdown: &str) -> Result<String> {
    let mut out = String::with_capacity(markdown.len());
    let mut copied = 0;
    let mut number = 0;
    let mut block = None;
    for (event, range) in Parser::new_ext(markdown, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if &*kind == "checkpoint" => {
                block = Some((range, String::new()));
            }
            Event::Text(text) => {
                if let Some((_, toml)) = &mut block {
                    toml.push_str(&text);
                }
            }
            Event::End(_) => {
                if let Some((range, toml)) = block.take() {
                    number += 1;
                    out.push_str(&markdown[copied..range.start]);
                    out.push_str(&page_part(number, &toml).with_context(|| format!("checkpoint {number}"))?);
                    copied = range.end;
                }
            }
            _ => {}
        }
    }
    out.push_str(&markdown[copied..]);
    Ok(out)
}

fn page_part(number: usize, source: &str) -> Result<String> {
    let checkpoint: Checkpoint = toml::from_str(source)?;
    if checkpoint.option.len() < 2 || !checkpoint.option.iter().any(|choice| choice.right) {
        bail!("\"{}\" needs two options or more, and a right one among them", checkpoint.question);
    }
    let name = format!("checkpoint-{number}");
    let mut options = String::new();
    let mut feedback = String::new();
    for (index, choice) in checkpoint.option.iter().enumerate() {
        let id = format!("{name}-{}", index + 1);
        write!(
            options,
            "<label class=\"opt\"><input type=\"radio\" name=\"{name}\" value=\"{id}\"><span>{}</span></label>",
            sentence(&choice.text)?
        )?;
        let verdict = if choice.right { "right" } else { "wrong" };
        write!(
            feedback,
            "<p class=\"fb\" id=\"{id}\" data-verdict=\"{verdict}\" hidden>{}</p>",
            sentence(&choice.feedback)?
        )?;
    }
    // One HTML block to Markdown: it must not hold an empty line.
    Ok(format!(
        "<section class=\"check\" aria-labelledby=\"{name}-title\"><h3 id=\"{name}-title\">Checkpoint</h3>\
         <fieldset><legend class=\"q\">{}</legend>{options}</fieldset>\
         <div role=\"status\">{feedback}</div></section>\n\n",
        sentence(&checkpoint.question)?,
    ))
}

/// Markdown on one line, as what may stand inside a paragraph.
fn sentence(markdown: &str) -> Result<String> {
    let markdown = formulas::typeset(markdown.trim())?;
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(&markdown, Options::ENABLE_SMART_PUNCTUATION));
    let inner = out.trim().trim_start_matches("<p>").trim_end_matches("</p>").replace('\n', " ");
    if inner.contains("<p>") {
        bail!("\"{markdown}\" must be one paragraph");
    }
    Ok(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "Before.\n\n```checkpoint\nquestion = \"Where is $w$?\"\n[[option]]\ntext = \"*Here*\"\nright = true\n\
        feedback = \"Yes, $w$.\"\n[[option]]\ntext = \"There\"\nfeedback = \"No.\"\n```\n\nAfter.\n";

    #[test]
    fn a_checkpoint_is_a_group_of_radio_buttons_with_feedback_for_each() {
        let html = expand(SOURCE).unwrap();
        assert!(html.starts_with("Before.") && html.trim_end().ends_with("After."));
        assert_eq!(html.matches("type=\"radio\" name=\"checkpoint-1\"").count(), 2);
        assert_eq!(html.matches("class=\"fb\"").count(), 2);
        assert!(html.contains("<em>Here</em>") && html.contains("<math"));
        assert!(html.contains("id=\"checkpoint-1-1\" data-verdict=\"right\" hidden"));
    }

    #[test]
    fn a_question_without_a_right_answer_or_with_a_misspelt_key_stops_the_build() {
        assert!(expand(&SOURCE.replace("right = true\n", "")).is_err());
        assert!(expand(&SOURCE.replace("right", "rihgt")).is_err());
        assert!(expand(&SOURCE.replace("feedback = \"No.\"\n", "")).is_err());
    }

    #[test]
    fn other_code_blocks_stay() {
        let text = "```rust\nfn main() {}\n```\n";
        assert_eq!(expand(text).unwrap(), text);
    }
}
