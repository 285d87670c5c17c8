//! Drawing in CSS pixels on a [`Surface`], with the strokes and marks of the visual language.

pub mod fallback;
mod labels;
mod marks;
mod svg;
mod text;

pub use labels::{Candidate, LabelPlan, Leader, Wanted};
pub use marks::{Grip, HandleLook, arrow_head_length};
pub use svg::SvgSurface;
pub use text::{Text, variable_name};

use crate::surface::{Align, DrawError, Ink, Stroke};
use crate::theme::{Color, Theme};
use crate::words::Language;

/// Coordinates beyond this many CSS pixels are taken for a mistake and not drawn.
const FARTHEST: f64 = 1e6;

/// Borrows a surface and a theme and draws in CSS pixels. A mark with a coordinate that is not finite is left out whole:
/// no backend ever sees it.
pub struct Painter<'a> {
    surface: &'a mut dyn Ink,
    /// The colours to draw with.
    pub theme: &'a Theme,
    /// The language of words and numbers.
    pub language: Language,
}

/// Dash pattern of a guide line.
pub const GUIDE: &[f64] = &[2.0, 4.0];
/// Dash pattern of the second of a family, and of a secant.
pub const DASHED: &[f64] = &[9.0, 6.0];
/// Dash pattern of the third of a family.
pub const DOTTED: &[f64] = &[1.5, 6.0];

fn drawable(p: &(f64, f64)) -> bool {
    p.0.abs() <= FARTHEST && p.1.abs() <= FARTHEST
}

/// A solid stroke.
pub fn solid(color: Color, width: f64) -> Stroke<'static> {
    Stroke { color, width, dash: &[] }
}

impl<'a> Painter<'a> {
    /// A painter on this surface.
    pub fn new(surface: &'a mut dyn Ink, theme: &'a Theme) -> Self {
        Self { surface, theme, language: Language::English }
    }

    /// The same in another language.
    #[must_use]
    pub fn speaking(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// One open polyline.
    ///
    /// # Errors
    /// What the surface reports, here and in all methods.
    pub fn line(&mut self, points: &[(f64, f64)], stroke: &Stroke<'_>) -> Result<(), DrawError> {
        self.lines(&[points], stroke)
    }

    /// Open polylines of one style.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn lines(&mut self, lines: &[&[(f64, f64)]], stroke: &Stroke<'_>) -> Result<(), DrawError> {
        let sound: Vec<_> = lines.iter().copied().filter(|l| l.len() > 1 && l.iter().all(drawable)).collect();
        if sound.is_empty() { Ok(()) } else { self.surface.polylines(&sound, stroke) }
    }

    /// A filled polygon.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn polygon(&mut self, points: &[(f64, f64)], color: Color) -> Result<(), DrawError> {
        self.polygons(&[points], color)
    }

    /// Filled polygons of one colour.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn polygons(&mut self, polygons: &[&[(f64, f64)]], color: Color) -> Result<(), DrawError> {
        let sound: Vec<_> = polygons.iter().copied().filter(|l| l.len() > 2 && l.iter().all(drawable)).collect();
        if sound.is_empty() { Ok(()) } else { self.surface.polygons(&sound, color) }
    }

    /// Filled discs of one radius and colour.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn discs(&mut self, centres: &[(f64, f64)], radius: f64, color: Color) -> Result<(), DrawError> {
        if centres.iter().all(drawable) {
            return if centres.is_empty() { Ok(()) } else { self.surface.discs(centres, radius, color) };
        }
        let sound: Vec<_> = centres.iter().copied().filter(drawable).collect();
        if sound.is_empty() { Ok(()) } else { self.surface.discs(&sound, radius, color) }
    }

    /// A filled disc.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn disc(&mut self, centre: (f64, f64), radius: f64, color: Color) -> Result<(), DrawError> {
        self.discs(&[centre], radius, color)
    }

    /// A stroked circle.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn circle(&mut self, centre: (f64, f64), radius: f64, stroke: &Stroke<'_>) -> Result<(), DrawError> {
        if drawable(&centre) { self.surface.circles(&[centre], radius, stroke) } else { Ok(()) }
    }

    /// Words; their vertical middle stands at the point.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn text(&mut self, at: (f64, f64), align: Align, text: &Text) -> Result<(), DrawError> {
        if !drawable(&at) {
            return Ok(());
        }
        let runs: Vec<_> = text.labels(self.theme).collect();
        if runs.is_empty() { Ok(()) } else { self.surface.label_line(at, align, &runs) }
    }

    /// The width of words in CSS pixels on this surface.
    pub fn width(&self, text: &Text) -> f64 {
        text.width(self.surface, self.theme)
    }

    /// A dotted guide line.
    ///
    /// # Errors
    /// What the surface reports.
    pub fn guide(&mut self, from: (f64, f64), to: (f64, f64)) -> Result<(), DrawError> {
        let stroke = Stroke { color: self.theme.ink_3, width: 1.25, dash: GUIDE };
        self.line(&[from, to], &stroke)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_that_is_not_finite_is_left_out_whole() {
        let theme = Theme::light();
        let mut svg = SvgSurface::new(100.0, 100.0);
        let mut painter = Painter::new(&mut svg, &theme);
        painter.line(&[(0.0, 0.0), (f64::NAN, 1.0), (2.0, 2.0)], &solid(theme.axis, 1.0)).unwrap();
        painter.discs(&[(f64::INFINITY, 0.0), (3.0, 4.0)], 2.0, theme.axis).unwrap();
        painter.text((0.0, 1e300), Align::Start, &Text::note(&theme, "lost")).unwrap();
        assert_eq!(svg.body(), "<circle cx=\"3\" cy=\"4\" r=\"2\" fill=\"#a9b5b1\"/>\n");
    }
}
