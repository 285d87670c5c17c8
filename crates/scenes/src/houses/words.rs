//! The sentences of the widget: prompt, explanation of the moment, descriptions of the pictures.

use super::data::Unit;
use super::{HousesScene, OptimizerKind, levels, map_view::Extent};
use crate::number::{MINUS, decade, fixed, significant, trimmed};
use crate::readout::{Role, Span, Status};

/// Words of one role.
fn span(text: impl Into<String>, role: Role, strong: bool) -> Span {
    Span { text: text.into(), role, strong }
}

fn plain(text: impl Into<String>) -> Span {
    span(text, Role::Ink, false)
}

/// The name of an optimiser in a sentence.
pub(super) fn optimizer_name(kind: OptimizerKind) -> &'static str {
    match kind {
        OptimizerKind::Sgd => "gradient descent",
        OptimizerKind::Momentum => "momentum",
        OptimizerKind::Adam => "Adam",
    }
}

/// A learning rate: three digits, without trailing zeros.
pub(super) fn rate(value: f64) -> String {
    let text = trimmed(value, 3);
    match text.split_once('×') {
        Some((mantissa, power)) if mantissa.contains('.') => {
            format!("{}×{power}", mantissa.trim_end_matches('0').trim_end_matches('.'))
        }
        _ => text,
    }
}

impl HousesScene {
    /// How many houses, in words.
    pub(super) fn count(&self) -> String {
        fixed(self.xs.len() as f64, 0)
    }

    /// Guessed and sold for the called-out house and the miss between them, all from the rounded numbers that are shown.
    pub(super) fn verdict(&self) -> (f64, f64, f64) {
        let (x, sold) = self.called_house();
        let guessed = self.rounded(self.line().at(x));
        let sold = self.rounded(sold);
        (guessed, sold, sold - guessed)
    }

    /// Decimals of amounts of the target: none for dollars, else those that five digits of the largest need.
    pub(super) fn decimals(&self) -> usize {
        let largest = self.range_y.0.abs().max(self.range_y.1.abs());
        match self.target.unit {
            Unit::Dollars => 0,
            _ => usize::try_from(4 - decade(largest)).unwrap_or(0).min(12),
        }
    }

    /// An amount as it is shown. Guess, price and miss are rounded alike, so that they add up on the screen.
    pub(super) fn rounded(&self, value: f64) -> f64 {
        crate::number::rounded(value, self.decimals())
    }

    /// An amount of the target in words.
    pub(super) fn amount(&self, value: f64) -> String {
        self.amount_to(value, self.decimals())
    }

    /// The same with so many decimals.
    pub(super) fn amount_to(&self, value: f64, decimals: usize) -> String {
        let mut text = if value.abs() < 1e12 { fixed(value, decimals) } else { significant(value, 4) };
        if self.target.unit != Unit::Dollars && text.contains('.') && !text.contains('×') {
            text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
        }
        match (self.target.unit, text.strip_prefix(MINUS)) {
            (Unit::Dollars, Some(size)) => format!("{MINUS}${size}"),
            (Unit::Dollars, None) => format!("${text}"),
            _ => text,
        }
    }

    /// "at the average house", or at the average of whatever a learner's table counts.
    pub(super) fn at_average(&self) -> String {
        if self.sales.built_in {
            "at the average house".into()
        } else {
            format!("at the average {}", self.feature.label)
        }
    }

    /// What to do.
    pub(super) fn prompt(&self) -> String {
        "Press Step and watch all three pictures move together, or drag the line by hand and try to beat it.".into()
    }

    /// The present moment in one or two sentences.
    pub(super) fn explain(&self) -> Vec<Span> {
        let (guessed, sold, miss) = self.verdict();
        let mut spans = vec![
            plain("The line guesses "),
            span(self.amount(guessed), Role::Prediction, true),
            plain(match self.target.unit {
                Unit::Dollars => ", the house sold for ",
                _ => ", the table says ",
            }),
            span(self.amount(sold), Role::Data, true),
            plain(": "),
        ];
        if miss == 0.0 {
            spans.push(span("no miss", Role::Loss, true));
            spans.push(plain("."));
        } else {
            spans.push(plain(if miss > 0.0 { "too low by " } else { "too high by " }));
            spans.push(span(self.amount(miss.abs()), Role::Loss, true));
            spans.push(plain("."));
        }
        spans.extend(self.second_sentence());
        spans
    }

    fn second_sentence(&self) -> Vec<Span> {
        let typical = self.target.brief(self.typical_miss());
        match self.status() {
            Status::Converged => vec![
                plain(" Over all houses the typical miss is "),
                span(typical, Role::Loss, true),
                plain(", and no line does better."),
            ],
            Status::Diverged => vec![
                plain(" Each step overshoots: the typical miss has grown to "),
                span(typical, Role::Loss, true),
                plain("."),
            ],
            Status::Idle if self.drag.is_none() && self.walk.start() == [0.0, 0.0] => {
                let nothing = self.amount(0.0);
                vec![plain(format!(
                    " Before the first step the line knows nothing: it says {nothing} for every house."
                ))]
            }
            _ => {
                let best = self.target.brief(self.bowl.floor.sqrt());
                let compared = if best == typical {
                    ", hardly more than the best line’s.".into()
                } else {
                    format!("; the best line’s is {best}.")
                };
                vec![plain(" Over all houses the typical miss is "), span(typical, Role::Loss, true), plain(compared)]
            }
        }
    }

    /// The three pictures in words.
    pub(super) fn descriptions(&self) -> Vec<String> {
        vec![self.describe_scatter(), self.describe_map(), self.describe_history()]
    }

    fn describe_scatter(&self) -> String {
        let (x, _) = self.called_house();
        let (guessed, sold, _) = self.verdict();
        let sticks = match (self.misses, self.stick_count()) {
            (false, _) => " Misses are not drawn.".to_owned(),
            (true, shown) if shown < self.xs.len() => {
                format!(
                    " Sticks show the misses of {shown} houses spread evenly over all; the others are counted as well."
                )
            }
            (true, _) => " Sticks show every miss.".to_owned(),
        };
        format!(
            "Scatter plot of {} houses, {} against {}, with the current line. The marked house, {} {}, is guessed at {} and sold for {}.{sticks}",
            self.count(),
            self.target.label,
            self.feature.label,
            self.feature.label,
            self.feature.words(x),
            self.amount(guessed),
            self.amount(sold),
        )
    }

    fn describe_map(&self) -> String {
        let shape = if self.bowl.curvature == 0.0 {
            "Contours are straight bands: the feature never changes, so no slope is better than another."
        } else if self.standardize {
            "Contours are circles around the best line, because the feature is standardised."
        } else {
            "Contours are long thin ellipses around the best line, because the feature is raw. The two axes have different scales."
        };
        let reach = Extent::around(&self.bowl, self.anchor).reach;
        let levels: Vec<String> =
            levels::levels(&self.bowl, reach).iter().map(|level| self.target.brief(level.miss)).collect();
        let path = match self.walk.steps() {
            0 => "No step is taken yet.".to_owned(),
            1 => "The path of 1 step leads from the start to the present line.".to_owned(),
            n => format!("The path of {} steps leads from the start to the present line.", fixed(n as f64, 0)),
        };
        format!(
            "Map of the typical miss for every slope and height of the line. {shape} Levels: {}. {path}",
            if levels.is_empty() { "none".to_owned() } else { levels.join(", ") }
        )
    }

    fn describe_history(&self) -> String {
        let first = self.walk.losses().first().copied().unwrap_or(0.0).sqrt();
        format!(
            "Typical miss at each step: {} at the start, {} at step {}. No line can beat {}.",
            self.target.brief(first),
            self.target.brief(self.typical_miss()),
            fixed(self.walk.steps() as f64, 0),
            self.target.brief(self.bowl.floor.sqrt()),
        )
    }

    /// Titles over the stages.
    pub(super) fn titles(&self) -> [String; 3] {
        [
            format!("One line, {} misses", self.count()),
            "Every possible line is a spot on this map".into(),
            "The typical miss, step by step".into(),
        ]
    }
}
