//! Why something cannot be had, in every language: a refusal is made before it is known who will read it.

use crate::words::{Language, Said};

/// Why something cannot be had: a code, a sentence, what to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A short stable name for programs.
    pub code: String,
    /// What it concerns: a setting by its attribute, a tag, or nothing.
    pub about: String,
    /// What is wrong, in one sentence.
    pub message: Said,
    /// What to try, where there is a guess.
    pub hint: Option<Said>,
    /// First and one past the last wrong character of a formula, UTF-16 units.
    pub span: Option<(usize, usize)>,
}

impl Refusal {
    /// A refusal without a place in a formula.
    pub fn new(code: &str, about: impl Into<String>, message: impl Fn(Language) -> String) -> Self {
        Self { code: code.into(), about: about.into(), message: Said::new(message), hint: None, span: None }
    }
    /// With the known name nearest to a word that is none, if one is near enough to be meant.
    #[must_use]
    pub fn guess<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match calculus::spelling::nearest(word, known) {
            Some(meant) => self.hint(|language| language.kit().did_you_mean(meant)),
            None => self,
        }
    }
    /// With what to try.
    #[must_use]
    pub fn hint(mut self, hint: impl Fn(Language) -> String) -> Self {
        self.hint = Some(Said::new(hint));
        self
    }
    /// What is wrong and what to try, for whoever reads this language.
    pub fn text(&self, language: Language) -> String {
        let said = [Some(&self.message), self.hint.as_ref()];
        said.into_iter().flatten().map(|said| said.text(language)).collect::<Vec<_>>().join(" ")
    }
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.text(Language::English))
    }
}

impl core::error::Error for Refusal {}
