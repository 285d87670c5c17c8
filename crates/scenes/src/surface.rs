//! What a scene draws on: any plotters backend, with the few things plotters has no word for.

use crate::theme::Color;
use plotters_backend::DrawingBackend;

/// Units of a surface in one CSS pixel. Plotters' coordinates are whole numbers: at one unit a pixel a curve would climb in
/// stairs. Sixteen puts a vertex within 1/32 of a pixel of its place.
pub const UNITS: f64 = 16.0;

/// What went wrong while drawing, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawError(pub String);

impl core::fmt::Display for DrawError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for DrawError {}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke<'a> {
    /// Its colour.
    pub color: Color,
    /// Width in CSS pixels.
    pub width: f64,
    /// Lengths of dash and gap in CSS pixels; empty for a solid line.
    pub dash: &'a [f64],
}

/// Where a label stands in relation to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// How a label is written. Its vertical middle (of the digits) stands at the point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label<'a> {
    /// The words.
    pub text: &'a str,
    /// CSS pixels.
    pub size: f64,
    /// CSS weight, 400 to 700.
    pub weight: u16,
    /// Mathematical italic for letters of variables.
    pub math: bool,
    /// Where it stands.
    pub align: Align,
    /// Colour of the words.
    pub color: Color,
    /// The halo of 4 CSS pixels that keeps the words clear of lines, in the stage's colour.
    pub halo: Option<Color>,
    /// CSS font families.
    pub family: &'a str,
}

/// A plotters backend whose coordinates are [`UNITS`] to the CSS pixel.
///
/// Every method has a default made of plotters' own primitives, so any backend becomes a surface with an empty `impl`; the
/// browser's canvas overrides them with what it does natively. Points are in CSS pixels and finite: the painter sees to it.
pub trait Surface: DrawingBackend {
    /// Strokes open polylines (each a list of points) with one style.
    ///
    /// # Errors
    /// What the backend reports.
    fn polylines(&mut self, lines: &[&[(f64, f64)]], stroke: &Stroke<'_>) -> Result<(), DrawError> {
        crate::painter::fallback::polylines(self, lines, stroke)
    }

    /// Fills closed polygons with one colour.
    ///
    /// # Errors
    /// What the backend reports.
    fn polygons(&mut self, polygons: &[&[(f64, f64)]], color: Color) -> Result<(), DrawError> {
        crate::painter::fallback::polygons(self, polygons, color)
    }

    /// Fills discs of one radius and one colour, overlapping ones darkening one another when it is translucent.
    ///
    /// # Errors
    /// What the backend reports.
    fn discs(&mut self, centres: &[(f64, f64)], radius: f64, color: Color) -> Result<(), DrawError> {
        crate::painter::fallback::discs(self, centres, radius, color)
    }

    /// Strokes circles.
    ///
    /// # Errors
    /// What the backend reports.
    fn circles(&mut self, centres: &[(f64, f64)], radius: f64, stroke: &Stroke<'_>) -> Result<(), DrawError> {
        crate::painter::fallback::circles(self, centres, radius, stroke)
    }

    /// Writes a label at a point.
    ///
    /// # Errors
    /// What the backend reports.
    fn label(&mut self, at: (f64, f64), label: &Label<'_>) -> Result<(), DrawError> {
        crate::painter::fallback::label(self, at, label)
    }

    /// Writes labels as one line, each beginning where the one before ends; the line stands at `align`. The labels' own
    /// alignment does not matter. Halos are drawn before any words, so that none covers a neighbour.
    ///
    /// # Errors
    /// What the backend reports.
    fn label_line(&mut self, at: (f64, f64), align: Align, runs: &[Label<'_>]) -> Result<(), DrawError> {
        crate::painter::fallback::label_line(self, at, align, runs)
    }

    /// The width of a label in CSS pixels. The default is an estimate from the widths of a common sans-serif face.
    fn label_width(&self, label: &Label<'_>) -> f64 {
        crate::painter::fallback::label_width(label)
    }
}

/// The drawing operations of a [`Surface`] without its generic plotters half, so that a scene's drawing code is compiled once
/// for all surfaces and not once for each. Every surface has it.
pub trait Ink {
    /// As [`Surface::polylines`].
    ///
    /// # Errors
    /// What the surface reports, here and in all methods.
    fn polylines(&mut self, lines: &[&[(f64, f64)]], stroke: &Stroke<'_>) -> Result<(), DrawError>;
    /// As [`Surface::polygons`].
    ///
    /// # Errors
    /// What the surface reports.
    fn polygons(&mut self, polygons: &[&[(f64, f64)]], color: Color) -> Result<(), DrawError>;
    /// As [`Surface::discs`].
    ///
    /// # Errors
    /// What the surface reports.
    fn discs(&mut self, centres: &[(f64, f64)], radius: f64, color: Color) -> Result<(), DrawError>;
    /// As [`Surface::circles`].
    ///
    /// # Errors
    /// What the surface reports.
    fn circles(&mut self, centres: &[(f64, f64)], radius: f64, stroke: &Stroke<'_>) -> Result<(), DrawError>;
    /// As [`Surface::label_line`].
    ///
    /// # Errors
    /// What the surface reports.
    fn label_line(&mut self, at: (f64, f64), align: Align, runs: &[Label<'_>]) -> Result<(), DrawError>;
    /// As [`Surface::label_width`].
    fn label_width(&self, label: &Label<'_>) -> f64;
}

impl<S: Surface> Ink for S {
    fn polylines(&mut self, lines: &[&[(f64, f64)]], stroke: &Stroke<'_>) -> Result<(), DrawError> {
        Surface::polylines(self, lines, stroke)
    }
    fn polygons(&mut self, polygons: &[&[(f64, f64)]], color: Color) -> Result<(), DrawError> {
        Surface::polygons(self, polygons, color)
    }
    fn discs(&mut self, centres: &[(f64, f64)], radius: f64, color: Color) -> Result<(), DrawError> {
        Surface::discs(self, centres, radius, color)
    }
    fn circles(&mut self, centres: &[(f64, f64)], radius: f64, stroke: &Stroke<'_>) -> Result<(), DrawError> {
        Surface::circles(self, centres, radius, stroke)
    }
    fn label_line(&mut self, at: (f64, f64), align: Align, runs: &[Label<'_>]) -> Result<(), DrawError> {
        Surface::label_line(self, at, align, runs)
    }
    fn label_width(&self, label: &Label<'_>) -> f64 {
        Surface::label_width(self, label)
    }
}
