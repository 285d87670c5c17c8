//! The surface's operations made of plotters' own primitives, for backends that know nothing better.

use crate::surface::{DrawError, Label, Stroke, UNITS};
use crate::theme::Color;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend};

struct Pen {
    color: Color,
    width: f64,
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        BackendColor { alpha: self.color.a, rgb: (self.color.r, self.color.g, self.color.b) }
    }
    fn stroke_width(&self) -> u32 {
        (self.width * UNITS).round().max(1.0) as u32
    }
}

fn units(p: (f64, f64)) -> BackendCoord {
    ((p.0 * UNITS).round() as i32, (p.1 * UNITS).round() as i32)
}

fn reported<E: core::fmt::Display>(error: E) -> DrawError {
    DrawError(error.to_string())
}

/// Polylines, dashes cut by hand.
pub fn polylines<B: DrawingBackend + ?Sized>(
    backend: &mut B,
    lines: &[&[(f64, f64)]],
    stroke: &Stroke<'_>,
) -> Result<(), DrawError> {
    let _ = (backend, lines, stroke, units, reported::<String>);
    let _ = Pen { color: stroke.color, width: stroke.width };
    Err(DrawError("not drawn yet".into()))
}

/// Polygons.
pub fn polygons<B: DrawingBackend + ?Sized>(
    _backend: &mut B,
    _polygons: &[&[(f64, f64)]],
    _color: Color,
) -> Result<(), DrawError> {
    Err(DrawError("not drawn yet".into()))
}

/// Discs.
pub fn discs<B: DrawingBackend + ?Sized>(
    _backend: &mut B,
    _centres: &[(f64, f64)],
    _radius: f64,
    _color: Color,
) -> Result<(), DrawError> {
    Err(DrawError("not drawn yet".into()))
}

/// Circles.
pub fn circles<B: DrawingBackend + ?Sized>(
    _backend: &mut B,
    _centres: &[(f64, f64)],
    _radius: f64,
    _stroke: &Stroke<'_>,
) -> Result<(), DrawError> {
    Err(DrawError("not drawn yet".into()))
}

/// A label.
pub fn label<B: DrawingBackend + ?Sized>(
    _backend: &mut B,
    _at: (f64, f64),
    _label: &Label<'_>,
) -> Result<(), DrawError> {
    Err(DrawError("not drawn yet".into()))
}

/// An estimate of a label's width in CSS pixels.
pub fn label_width(label: &Label<'_>) -> f64 {
    0.55 * label.size * label.text.chars().count() as f64
}
