//! The surface's operations made of plotters' own primitives, for backends that know nothing better.

use crate::surface::{Align, DrawError, Label, Stroke, Surface, UNITS};
use crate::theme::Color;
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, FontFamily, FontStyle, FontTransform,
};

/// Width of the halo around a label, in CSS pixels on each side (a stroke of 4 pixels).
pub const HALO: f64 = 2.0;

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
///
/// # Errors
/// What the backend reports.
pub fn polylines<B: DrawingBackend>(
    backend: &mut B,
    lines: &[&[(f64, f64)]],
    stroke: &Stroke<'_>,
) -> Result<(), DrawError> {
    let pen = Pen { color: stroke.color, width: stroke.width };
    for line in lines {
        if stroke.dash.is_empty() {
            backend.draw_path(line.iter().map(|&p| units(p)), &pen).map_err(reported)?;
        } else {
            for piece in dashes(line, stroke.dash) {
                backend.draw_path(piece.into_iter().map(units), &pen).map_err(reported)?;
            }
        }
    }
    Ok(())
}

/// Cuts a polyline into the dashes of a pattern (dash, gap, dash, …; an odd pattern repeats as in SVG).
///
/// A pattern whose lengths are not positive and finite gives the whole line.
pub fn dashes(line: &[(f64, f64)], pattern: &[f64]) -> Vec<Vec<(f64, f64)>> {
    let usable = !pattern.is_empty() && pattern.iter().all(|d| d.is_finite() && *d > 0.0);
    let (Some(&first), true) = (line.first(), usable) else { return vec![line.to_vec()] };
    let mut pieces = Vec::new();
    let mut piece = vec![first];
    let mut lengths = pattern.iter().copied().cycle();
    let mut left = lengths.next().unwrap_or(1.0);
    let mut inked = true;
    for pair in line.windows(2) {
        let &[mut from, to] = pair else { continue };
        loop {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = (dx * dx + dy * dy).sqrt();
            if length <= left || length.is_nan() {
                left -= length;
                if inked {
                    piece.push(to);
                }
                break;
            }
            from = (from.0 + dx * left / length, from.1 + dy * left / length);
            if inked {
                piece.push(from);
                pieces.push(core::mem::take(&mut piece));
            } else {
                piece = vec![from];
            }
            inked = !inked;
            left = lengths.next().unwrap_or(1.0);
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

/// Polygons.
///
/// # Errors
/// What the backend reports.
pub fn polygons<B: DrawingBackend>(backend: &mut B, polygons: &[&[(f64, f64)]], color: Color) -> Result<(), DrawError> {
    let pen = Pen { color, width: 1.0 };
    for polygon in polygons {
        backend.fill_polygon(polygon.iter().map(|&p| units(p)), &pen).map_err(reported)?;
    }
    Ok(())
}

/// Discs.
///
/// # Errors
/// What the backend reports.
pub fn discs<B: DrawingBackend>(
    backend: &mut B,
    centres: &[(f64, f64)],
    radius: f64,
    color: Color,
) -> Result<(), DrawError> {
    let pen = Pen { color, width: 1.0 };
    for &centre in centres {
        backend.draw_circle(units(centre), (radius * UNITS).round().max(1.0) as u32, &pen, true).map_err(reported)?;
    }
    Ok(())
}

/// Circles.
///
/// # Errors
/// What the backend reports.
pub fn circles<B: DrawingBackend>(
    backend: &mut B,
    centres: &[(f64, f64)],
    radius: f64,
    stroke: &Stroke<'_>,
) -> Result<(), DrawError> {
    for &(x, y) in centres {
        let ring: Vec<_> = circle(radius).into_iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
        polylines(backend, &[&ring], stroke)?;
    }
    Ok(())
}

/// Circles as the backend draws them, undashed.
///
/// # Errors
/// What the backend reports.
pub fn rings<B: DrawingBackend>(
    backend: &mut B,
    centres: &[(f64, f64)],
    radius: f64,
    stroke: &Stroke<'_>,
) -> Result<(), DrawError> {
    let pen = Pen { color: stroke.color, width: stroke.width };
    for &centre in centres {
        backend.draw_circle(units(centre), (radius * UNITS).round().max(1.0) as u32, &pen, false).map_err(reported)?;
    }
    Ok(())
}

/// A closed circle of 64 chords around the origin.
fn circle(radius: f64) -> Vec<(f64, f64)> {
    // Cosine and sine of a 64th of a turn.
    let (cos, sin) = (0.995_184_726_672_196_9, 0.098_017_140_329_560_6);
    let mut at = (radius, 0.0);
    let mut points = vec![at];
    for _ in 1..64 {
        at = (at.0 * cos - at.1 * sin, at.0 * sin + at.1 * cos);
        points.push(at);
    }
    points.push((radius, 0.0));
    points
}

/// A label; its halo is made of copies of the words around their place.
///
/// # Errors
/// What the backend reports.
pub fn label<B: DrawingBackend>(backend: &mut B, at: (f64, f64), label: &Label<'_>) -> Result<(), DrawError> {
    if let Some(halo) = label.halo {
        let face = Face { label, color: halo };
        let (near, far) = (HALO * 0.7, HALO);
        for (dx, dy) in [
            (far, 0.0),
            (-far, 0.0),
            (0.0, far),
            (0.0, -far),
            (near, near),
            (near, -near),
            (-near, near),
            (-near, -near),
        ] {
            backend.draw_text(label.text, &face, units((at.0 + dx, at.1 + dy))).map_err(reported)?;
        }
    }
    backend.draw_text(label.text, &Face { label, color: label.color }, units(at)).map_err(reported)
}

/// Labels one after another: first every halo, then every word.
///
/// # Errors
/// What the surface reports.
pub fn label_line<S: Surface>(
    surface: &mut S,
    at: (f64, f64),
    align: Align,
    runs: &[Label<'_>],
) -> Result<(), DrawError> {
    if let [only] = runs {
        return surface.label(at, &Label { align, ..*only });
    }
    let widths: Vec<f64> = runs.iter().map(|run| surface.label_width(run)).collect();
    let whole: f64 = widths.iter().sum();
    let start = match align {
        Align::Start => at.0,
        Align::Middle => at.0 - whole / 2.0,
        Align::End => at.0 - whole,
    };
    for with_halo in [true, false] {
        let mut x = start;
        for (run, width) in runs.iter().zip(&widths) {
            if !with_halo || run.halo.is_some() {
                let halo = run.halo.filter(|_| with_halo);
                surface.label((x, at.1), &Label { align: Align::Start, halo, ..*run })?;
            }
            x += width;
        }
    }
    Ok(())
}

struct Face<'a> {
    label: &'a Label<'a>,
    color: Color,
}

impl BackendTextStyle for Face<'_> {
    type FontError = core::convert::Infallible;

    fn color(&self) -> BackendColor {
        BackendColor { alpha: self.color.a, rgb: (self.color.r, self.color.g, self.color.b) }
    }
    fn size(&self) -> f64 {
        self.label.size * UNITS
    }
    fn transform(&self) -> FontTransform {
        FontTransform::None
    }
    fn style(&self) -> FontStyle {
        if self.label.math {
            FontStyle::Italic
        } else if self.label.weight >= 600 {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        }
    }
    fn anchor(&self) -> Pos {
        let across = match self.label.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        Pos::new(across, VPos::Center)
    }
    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(self.label.family)
    }
    fn layout_box(&self, _text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        let (w, h) = units((label_width(self.label), self.label.size));
        Ok(((0, 0), (w, h)))
    }
    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _at: BackendCoord,
        _draw: F,
    ) -> Result<Result<(), E>, Self::FontError> {
        // Backends of pixels would rasterise a face here; every backend this project draws on sets type itself.
        Ok(Ok(()))
    }
}

/// An estimate of a label's width in CSS pixels, from the widths of a common sans-serif face (advance widths of Inter,
/// grouped and rounded up a little, so that estimated room is seldom too small).
pub fn label_width(label: &Label<'_>) -> f64 {
    let ems: f64 = label.text.chars().map(advance).sum();
    let bold = 1.0 + f64::from(label.weight.saturating_sub(400)) * 0.0002;
    let face = if label.math { 0.94 } else { bold };
    ems * label.size * face
}

fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '′' | ':' | ';' | '|' | '!' => 0.28,
        'f' | 't' | 'r' | '(' | ')' | ' ' | '[' | ']' => 0.36,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.88,
        'A'..='Z' | '−' | '+' | '=' | '×' | '<' | '>' => 0.68,
        '0'..='9' | '$' => 0.62,
        _ => 0.57,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Surface for plotters_svg::SVGBackend<'_> {}

    #[test]
    fn a_dashed_line_is_inked_in_the_share_of_its_pattern() {
        let line = [(0.0, 0.0), (7.0, 0.0), (30.0, 0.0)];
        let pieces = dashes(&line, &[9.0, 6.0]);
        let inked: Vec<_> =
            pieces.iter().map(|p| (p.first().copied().unwrap().0, p.last().copied().unwrap().0)).collect();
        assert_eq!(inked, [(0.0, 9.0), (15.0, 24.0)]);
        assert_eq!(pieces[0], [(0.0, 0.0), (7.0, 0.0), (9.0, 0.0)], "a dash keeps the corners it turns");
    }

    #[test]
    fn any_plotters_backend_is_a_surface() {
        let mut text = String::new();
        {
            let mut svg = plotters_svg::SVGBackend::with_string(&mut text, (1600, 800));
            let theme = crate::theme::Theme::light();
            let stroke = Stroke { color: theme.loss.stroke, width: 2.75, dash: &[] };
            svg.polylines(&[&[(1.0, 2.0), (3.5, 4.25)]], &stroke).unwrap();
            svg.discs(&[(10.0, 10.0)], 6.0, theme.step.stroke).unwrap();
            let label = Label {
                text: "run 1",
                size: 13.0,
                weight: 550,
                math: false,
                align: Align::Middle,
                color: theme.gradient.text,
                halo: Some(theme.stage),
                family: "sans-serif",
            };
            svg.label((50.0, 20.0), &label).unwrap();
            svg.present().unwrap();
        }
        assert!(text.contains("16,32 56,68"), "a vertex lies at sixteen units a pixel: {text}");
        assert!(text.contains("stroke-width=\"44\""), "2.75 pixels are 44 units: {text}");
        assert!(text.contains("r=\"96\""), "six pixels are 96 units: {text}");
        assert_eq!(text.matches("run 1").count(), 9, "eight copies make the halo");
    }
}
