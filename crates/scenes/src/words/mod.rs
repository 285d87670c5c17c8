//! What is said, in English and in German. A widget declares the words it needs as a trait; `en.rs` and `de.rs` implement each of
//! them, so that a sentence missing in one language does not compile.

mod de;
mod en;

use crate::ground::GroundWords;
use crate::kit::settings::Wanted;
use crate::kit::tables::TableWords;
use crate::kit::walk::Unwalkable;
use crate::number::Locale;
use crate::readout::{Role, Span};
use descent::number::Slip;
use descent::run::Cause;

/// The languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// British English.
    #[default]
    English,
    /// German.
    German,
}

/// English words.
#[derive(Debug)]
pub struct En;
/// German words.
#[derive(Debug)]
pub struct De;

impl Language {
    /// From a language tag, `de-AT` or `en`; English for any other.
    pub fn of(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("de") { Self::German } else { Self::English }
    }

    /// How it writes numbers.
    pub fn locale(self) -> Locale {
        match self {
            Self::English => Locale::ENGLISH,
            Self::German => Locale::GERMAN,
        }
    }

    /// Its place in a pair of labels.
    pub fn pick<T: Copy>(self, pair: [T; 2]) -> T {
        let [english, german] = pair;
        match self {
            Self::English => english,
            Self::German => german,
        }
    }

    /// The words that the kit itself says.
    pub fn kit(self) -> &'static dyn KitWords {
        match self {
            Self::English => &En,
            Self::German => &De,
        }
    }
}

/// A text in every language, for what is told before it is known who will read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said(Box<[String; 2]>);

impl Said {
    /// What this says in each language.
    pub fn new(say: impl Fn(Language) -> String) -> Self {
        Self(Box::new([Language::English, Language::German].map(say)))
    }

    /// The text in one language.
    pub fn text(&self, language: Language) -> &str {
        language.pick(self.0.each_ref().map(String::as_str))
    }
}

/// What every widget may have to say.
pub trait KitWords: GroundWords + TableWords {
    /// Something typed, in quotation marks.
    fn quoted(&self, text: &str) -> String;
    /// What was wanted for a setting, by its attribute, and what came instead.
    fn unfit(&self, attribute: &str, wanted: &Wanted, got: &str) -> String;
    /// A name that no setting has.
    fn no_setting(&self, name: &str) -> String;
    /// A word of `controls` that no control has.
    fn no_control(&self, name: &str) -> String;
    /// A kind that no widget has.
    fn no_widget(&self, kind: &str) -> String;
    /// A tag that no element has.
    fn no_element(&self, tag: &str) -> String;
    /// All that there are.
    fn these_exist(&self, names: &str) -> String;
    /// What may have been meant.
    fn did_you_mean(&self, name: &str) -> String;
    /// A widget without a table is handed one.
    fn shows_no_table(&self) -> &'static str;
    /// A state of a version that nobody reads; the newest that is read.
    fn other_version(&self, version: u64, newest: u64) -> String;
    /// A state without a version.
    fn no_state(&self) -> &'static str;
    /// A state of another kind than this.
    fn other_kind(&self, kind: &str) -> String;
    /// A state without settings.
    fn no_settings(&self) -> &'static str;
    /// A state with a setting that is not known.
    fn unknown_saved(&self, name: &str) -> String;
    /// A saved setting that cannot be used: why.
    fn unfit_saved(&self, attribute: &str, why: &str) -> String;
    /// A state that cannot be shown: why.
    fn cannot_show(&self, why: &str) -> String;
    /// A saved walk that cannot be walked again: why.
    fn cannot_walk(&self, why: &Unwalkable) -> String;
    /// In place of a number that is not finite.
    fn no_finite_value(&self) -> &'static str;
    /// In place of a value that is not defined.
    fn undefined(&self) -> &'static str;
    /// The same on a picture.
    fn undefined_here(&self) -> &'static str;
    /// A button that takes a change back.
    fn undo(&self, what: &str) -> String;
    /// A button that makes it again.
    fn redo(&self, what: &str) -> String;
    /// What was changed: a setting by its label.
    fn changed(&self, label: &str) -> String;
    /// What was changed: a reset.
    fn went_back(&self) -> &'static str;
    /// So many steps, in words.
    fn steps(&self, count: u64) -> String;
    /// A card's title for how a run ended.
    fn ended(&self, cause: &Cause) -> &'static str;
    /// Why a run ended, in one sentence.
    fn cause(&self, cause: &Cause) -> String;
    /// The name of an axis of steps.
    fn step_axis(&self) -> &'static str;
    /// The step that was taken, before what came of it.
    fn step_taken(&self, number: &str) -> String;
    /// Label at the first place of a trail.
    fn start(&self) -> &'static str;
    /// Label at the place to come.
    fn next(&self) -> &'static str;
    /// Label of a step's arrow, with its length.
    fn step_of(&self, length: &str) -> String;
    /// The same of one that leads out of the picture.
    fn step_beyond(&self, length: &str) -> String;
    /// Label of a triangle's horizontal leg.
    fn run(&self, length: &str) -> String;
    /// Label of a triangle's upright leg.
    fn rise(&self, length: &str) -> String;
    /// Label of a half tangent: `left −1`.
    fn half(&self, left: bool, slope: &str) -> String;
    /// Label of a vertical tangent, on a wide and on a narrow picture.
    fn vertical(&self, narrow: bool) -> &'static str;
    /// Label of a lens: its power, and how wide the part is that it shows.
    fn lens(&self, power: &str, across: &str) -> String;
    /// Label of a tangent on a narrow picture.
    fn slope(&self, slope: &str) -> String;
    /// Names of the columns of a table of steps.
    fn step_column(&self) -> &'static str;
    /// What was typed for a number is none: why, and what to type.
    fn slip(&self, text: &str, slip: Slip) -> String;
}

/// Builds a sentence of plain and marked stretches.
#[derive(Clone, Debug, Default)]
pub struct Sentence(pub Vec<Span>);

impl Sentence {
    /// Nothing said yet.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds plain words.
    #[must_use]
    pub fn plain(mut self, text: impl Into<String>) -> Self {
        self.add(Span { text: text.into(), role: Role::Ink, strong: false });
        self
    }
    /// Adds another sentence, or what was marked elsewhere.
    #[must_use]
    pub fn then(mut self, more: impl IntoIterator<Item = Span>) -> Self {
        more.into_iter().for_each(|span| self.add(span));
        self
    }
    /// Neighbours that look alike are one stretch.
    fn add(&mut self, span: Span) {
        match self.0.last_mut() {
            Some(last) if (last.role, last.strong) == (span.role, span.strong) => last.text.push_str(&span.text),
            _ => self.0.push(span),
        }
    }
    /// Adds the letter of a parameter.
    #[must_use]
    pub fn math(mut self, letter: impl Into<String>) -> Self {
        self.0.push(Span { text: letter.into(), role: Role::Step, strong: false });
        self
    }
    /// Adds marked words.
    #[must_use]
    pub fn strong(mut self, text: impl Into<String>, role: Role) -> Self {
        self.0.push(Span { text: text.into(), role, strong: true });
        self
    }
}

impl From<Sentence> for Vec<Span> {
    fn from(sentence: Sentence) -> Self {
        sentence.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_the_first_part_of_its_tag() {
        for (tag, language) in [("de", Language::German), ("de-AT", Language::German), ("DE", Language::German)] {
            assert_eq!(Language::of(tag), language, "{tag}");
        }
        for tag in ["en-GB", "", "deu", "fr"] {
            assert_eq!(Language::of(tag), Language::English, "{tag}");
        }
    }
}
