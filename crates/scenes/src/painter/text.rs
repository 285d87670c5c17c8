//! Words on a chart: plain text and the letters of variables in one line.

use crate::surface::{Align, Ink, Label};
use crate::theme::{Color, Theme};

/// How much larger a mathematical letter is set than the words around it.
const MATH_SCALE: f64 = 1.15;

/// A line of words on a chart, in which the letters of variables are set in mathematical italic.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    runs: Vec<(String, bool)>,
    /// CSS pixels.
    pub size: f64,
    /// CSS weight.
    pub weight: u16,
    /// Colour of the words.
    pub color: Color,
    /// Whether a halo in the stage's colour keeps the words clear of lines.
    pub halo: bool,
}

impl Text {
    fn new(size: f64, weight: u16, color: Color) -> Self {
        Self { runs: Vec::new(), size, weight, color, halo: true }
    }

    /// A tick label: 12 px.
    pub fn tick(theme: &Theme, words: &str) -> Self {
        Self { halo: false, ..Self::new(12.0, 400, theme.ink_3) }.plain(words)
    }

    /// A name or a label: 13 px.
    pub fn label(color: Color) -> Self {
        Self::new(13.0, 550, color)
    }

    /// A label that matters most: 15 px.
    pub fn emphasis(color: Color) -> Self {
        Self::new(15.0, 650, color)
    }

    /// A quiet remark: 12.5 px.
    pub fn note(theme: &Theme, words: &str) -> Self {
        Self::new(12.5, 400, theme.ink_3).plain(words)
    }

    /// Adds words that may hold mathematical letters.
    #[must_use]
    pub fn rich(mut self, words: &crate::kit::Rich) -> Self {
        self.runs.extend(words.0.iter().cloned());
        self
    }

    /// Adds plain words.
    #[must_use]
    pub fn plain(mut self, words: &str) -> Self {
        self.runs.push((words.to_owned(), false));
        self
    }

    /// Adds a mathematical letter.
    #[must_use]
    pub fn math(mut self, letter: &str) -> Self {
        self.runs.push((letter.to_owned(), true));
        self
    }

    /// All words, for measuring and for tests.
    pub fn words(&self) -> String {
        self.runs.iter().map(|(words, _)| words.as_str()).collect()
    }

    /// The runs as labels that begin where the one before ends.
    pub fn labels<'a>(&'a self, theme: &'a Theme) -> impl Iterator<Item = Label<'a>> + 'a {
        self.runs.iter().filter(|(words, _)| !words.is_empty()).map(move |(words, math)| Label {
            text: words,
            size: if *math { self.size * MATH_SCALE } else { self.size },
            weight: self.weight,
            math: *math,
            align: Align::Start,
            color: self.color,
            halo: self.halo.then_some(theme.stage),
            family: if *math { &theme.font_math } else { &theme.font_ui },
        })
    }

    /// Its width on a surface, CSS pixels.
    pub fn width(&self, surface: &dyn Ink, theme: &Theme) -> f64 {
        self.labels(theme).map(|label| surface.label_width(&label)).sum()
    }
}

/// A variable's name as it is set on a chart: digits after the letter sink (`w1` becomes `w₁`).
pub fn variable_name(name: &str) -> String {
    let (head, digits) = name.split_at(name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len()));
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return name.to_owned();
    }
    let sunk = digits.chars().filter_map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x2080 + d)));
    head.trim_end_matches('_').chars().chain(sunk).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_a_name_sink() {
        assert_eq!(variable_name("w1"), "w₁");
        assert_eq!(variable_name("w_12"), "w₁₂");
        assert_eq!(variable_name("θ"), "θ");
    }

    #[test]
    fn a_mathematical_letter_is_larger_than_the_words_around_it() {
        let theme = Theme::light();
        let text = Text::label(theme.step.text).plain("parameter ").math("w");
        let sizes: Vec<_> = text.labels(&theme).map(|l| l.size).collect();
        assert_eq!(sizes, [13.0, 13.0 * MATH_SCALE]);
        assert_eq!(text.words(), "parameter w");
    }
}
