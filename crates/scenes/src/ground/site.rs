//! Where a widget on a curve stands: the formula that is being typed, the part of its curve that is looked at, and how numbers of it are
//! written.

use std::sync::Arc;

use super::{Curve, Ground, Landscape, Typed, undrawable};
use crate::kit::settings::Refusal;
use crate::kit::{Beside, Mark, Point, Weight};
use crate::number::decimals_for_span;
use crate::painter::variable_name;
use crate::readout::Role;
use crate::words::Language;

/// A formula and what is seen of it.
#[derive(Clone, Debug)]
pub struct Site {
    /// The formula.
    pub typed: Typed,
    /// The part of its curve that is looked at.
    pub land: Landscape,
}

impl Site {
    /// A formula in a domain. Either may be refused: then there is `instead`, and the domain is chosen by looking at the curve.
    pub fn new(text: &str, instead: &str, domain: &mut Option<(f64, f64)>, refused: &mut Vec<Refusal>) -> Self {
        if let Some(refusal) = undrawable(*domain) {
            refused.push(refusal);
            *domain = None;
        }
        let typed = Typed::new(text, instead, refused);
        let land = Landscape::survey(typed.curve(), *domain);
        Self { typed, land }
    }

    /// The curve.
    pub fn curve(&self) -> &Arc<Curve> {
        self.typed.curve()
    }

    /// The letter of the parameter as it is set.
    pub fn symbol(&self) -> String {
        variable_name(self.curve().variable())
    }

    /// Decimals of a place.
    pub fn place_decimals(&self) -> usize {
        decimals_for_span(self.land.span())
    }

    /// Decimals of a height.
    pub fn height_decimals(&self) -> usize {
        decimals_for_span(self.land.rise())
    }

    /// A place as it is shown everywhere.
    pub fn place(&self, x: f64, language: Language) -> String {
        language.locale().fixed(x, self.place_decimals())
    }

    /// `w = 0.5`.
    pub fn at(&self, x: f64, language: Language) -> String {
        format!("{} = {}", self.symbol(), self.place(x, language))
    }

    /// A height as it is shown everywhere: far outside of the picture three digits and a power of ten.
    pub fn height(&self, value: f64, language: Language) -> String {
        let locale = language.locale();
        if value.abs() > 1e4 * self.land.rise().max(1e-300) && value.abs() >= 1e6 {
            return locale.significant(value, 3);
        }
        locale.fixed(value, self.height_decimals())
    }

    /// Whether a place is seen.
    pub fn in_view(&self, x: f64) -> bool {
        x >= self.land.domain.0 && x <= self.land.domain.1
    }

    /// Whether the curve passes this near to a place.
    pub fn is_near(&self, (x, y): Point, reach: Point) -> bool {
        self.curve().value(x).is_some_and(|value| (value - y).abs() <= reach.1)
    }

    /// What stands beside a point that is not on the curve in the picture: that there is no value, or `outside` with its height.
    pub fn note(&self, ground: Ground, language: Language, outside: impl Fn(&str) -> String) -> Option<Mark> {
        let (low, high) = self.land.range;
        let (height, text) = match ground.value {
            None => (low, language.kit().undefined_here().to_owned()),
            Some(value) if value < low || value > high => (value, outside(&self.height(value, language))),
            Some(_) => return None,
        };
        let (near, lines, narrow) = ((ground.x, height), vec![text.into()], Vec::new());
        Some(Mark::Label { near, lines, narrow, role: Role::Ink, weight: Weight::Step, beside: Beside::Any })
    }
}
