//! `$…$` and `$$…$$` become MathML while the book is built, so that no page needs a TeX engine.

use anyhow::{Result, anyhow};
use mdbook_markdown::pulldown_cmark::{Event, Options, Parser};
use pulldown_latex::config::DisplayMode;
use pulldown_latex::{RenderConfig, Storage, push_mathml};

/// `markdown` with every formula replaced by MathML. Code is left alone, and so is `\$`.
///
/// # Errors
/// Names the formula that LaTeX would not read.
pub fn typeset(markdown: &str) -> Result<String> {
    let options = Options::ENABLE_MATH | Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let mut out = String::with_capacity(markdown.len());
    let mut copied = 0;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        let (formula, mode) = match event {
            Event::InlineMath(formula) => (formula, DisplayMode::Inline),
            Event::DisplayMath(formula) => (formula, DisplayMode::Block),
            _ => continue,
        };
        out.push_str(&markdown[copied..range.start]);
        out.push_str(&inert(&mathml(&formula, mode)?));
        copied = range.end;
    }
    out.push_str(&markdown[copied..]);
    Ok(out)
}

/// The `<math>` element of a LaTeX formula, on one line.
fn mathml(formula: &str, display_mode: DisplayMode) -> Result<String> {
    let storage = Storage::new();
    let with_primes = primes_raised(formula);
    let events: Vec<_> = pulldown_latex::Parser::new(&with_primes, &storage).collect();
    if let Some(error) = events.iter().find_map(|event| event.as_ref().err()) {
        let told = error.to_string();
        return Err(anyhow!("the formula ${formula}$ cannot be read: {}", told.lines().next().unwrap_or_default()));
    }
    let mut out = String::new();
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    push_mathml(&mut out, events.into_iter(), config)?;
    Ok(out.replace('\n', " "))
}

/// `f''` as `f^{\prime\prime}`: without it the primes would stand on the line and not above it.
fn primes_raised(formula: &str) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(at) = rest.find('\'') {
        let count = rest[at..].chars().take_while(|c| *c == '\'').count();
        out.push_str(&rest[..at]);
        out.push_str(&format!("^{{{}}}", "\\prime ".repeat(count)));
        rest = &rest[at + count..];
    }
    out.push_str(rest);
    out
}

/// MathML that Markdown leaves as it is: outside of tags, every character that Markdown might read as markup is written as
/// a character reference.
fn inert(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                out.push(c);
                continue;
            }
            _ => {}
        }
        if !in_tag && c.is_ascii_punctuation() && !"&#;".contains(c) {
            out.push_str(&format!("&#{};", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_in_a_sentence_becomes_mathml_in_that_sentence() {
        let html = typeset("so $L'(w) = 2w$ here").unwrap();
        assert!(html.starts_with("so <math") && html.ends_with("</math> here"), "{html}");
    }

    #[test]
    fn two_dollars_make_a_block() {
        assert!(typeset("$$w \\leftarrow w - \\eta$$").unwrap().contains("display=\"block\""));
    }

    #[test]
    fn a_prime_is_raised() {
        assert!(typeset("$f''(x)$").unwrap().contains("<msup><mi>f</mi>"));
    }

    #[test]
    fn money_and_code_are_no_formulas() {
        for text in ["\\$300,000 and \\$450,000", "`$a$`", "```\n$a$\n```\n"] {
            assert_eq!(typeset(text).unwrap(), text);
        }
    }

    #[test]
    fn a_formula_that_cannot_be_read_stops_the_build_and_is_named() {
        let error = typeset("see $\\frac{1}$").unwrap_err().to_string();
        assert!(error.contains("\\frac{1}"), "{error}");
    }

    #[test]
    fn markdown_finds_no_markup_in_a_typeset_formula() {
        let html = typeset("$a * b * c_1 [x](y)$").unwrap();
        let mut rendered = String::new();
        mdbook_markdown::pulldown_cmark::html::push_html(&mut rendered, Parser::new(&html));
        assert!(!rendered.contains("<em>") && !rendered.contains("<a "), "{rendered}");
    }
}
