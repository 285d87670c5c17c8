//! The page's canvas: the plotters canvas backend at [`UNITS`] to the CSS pixel, with what plotters has no word for: dashes, rings,
//! halos and a measure of words that leaves the page alone.

use js_sys::Array;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use scenes::frame::Size;
use scenes::painter::fallback;
use scenes::surface::{Align, DrawError, Label, Stroke, Surface, UNITS};
use scenes::theme::Color;
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d as Context;

/// The width of the line around a label that makes its halo, in CSS pixels: half of it lies outside of the letters.
const HALO: f64 = 2.0 * fallback::HALO;
/// Digits of common faces are about 0.71 of their size tall: half of it lifts the baseline so that their middle is at the point.
const DIGIT_MIDDLE: f64 = 0.355;

type Failed = <CanvasBackend as DrawingBackend>::ErrorType;
type Done = Result<(), DrawingErrorKind<Failed>>;

/// One layer of one stage on the page.
pub(crate) struct CanvasSurface<'a> {
    backend: CanvasBackend,
    context: &'a Context,
    size: Size,
    ratio: f64,
}

impl<'a> CanvasSurface<'a> {
    /// Clears the layer and sets the scale. None for a context without a canvas in a page.
    pub(crate) fn new(context: &'a Context, size: Size, pixel_ratio: f64) -> Option<Self> {
        let ratio = if pixel_ratio.is_finite() && pixel_ratio > 0.0 { pixel_ratio } else { 1.0 };
        let backend = CanvasBackend::with_canvas_object(context.canvas()?)?;
        let surface = Self { backend, context, size, ratio };
        surface.scale(1.0);
        context.clear_rect(0.0, 0.0, size.width, size.height);
        surface.scale(UNITS);
        context.set_line_join("round");
        context.set_text_baseline("alphabetic");
        Some(surface)
    }

    /// So many of the coordinates that follow make a CSS pixel. A transform of finite numbers is never refused.
    fn scale(&self, units: f64) {
        let scale = self.ratio / units;
        let _ = self.context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
    }

    /// What the backend leaves as it finds it: ends and dashes.
    fn ends(&self, stroke: &Stroke<'_>) {
        // A solid line ends round like the mock's; dashes keep their lengths only with flat ends, dots need round ones.
        let dotted = stroke.dash.first().is_some_and(|length| *length <= stroke.width);
        self.context.set_line_cap(if stroke.dash.is_empty() || dotted { "round" } else { "butt" });
        let dash: Array = stroke.dash.iter().map(|length| JsValue::from_f64(length * UNITS)).collect();
        // Only negative or infinite lengths are refused, and then the line is drawn solid.
        let _ = self.context.set_line_dash(&dash);
    }

    fn face(&self, label: &Label<'_>) {
        let slant = if label.math { "italic " } else { "" };
        self.context.set_font(&format!("{slant}{} {}px {}", label.weight, label.size, label.family));
    }
}

impl Surface for CanvasSurface<'_> {
    fn polylines(&mut self, lines: &[&[(f64, f64)]], stroke: &Stroke<'_>) -> Result<(), DrawError> {
        // One path for all of them, as in a saved picture: where translucent lines cross they do not darken one another.
        self.ends(stroke);
        self.context.set_stroke_style_str(&css(stroke.color));
        self.context.set_line_width(stroke.width * UNITS);
        self.context.begin_path();
        for line in lines {
            for (i, (x, y)) in line.iter().enumerate() {
                match i {
                    0 => self.context.move_to(x * UNITS, y * UNITS),
                    _ => self.context.line_to(x * UNITS, y * UNITS),
                }
            }
        }
        self.context.stroke();
        Ok(())
    }

    fn circles(&mut self, centres: &[(f64, f64)], radius: f64, stroke: &Stroke<'_>) -> Result<(), DrawError> {
        self.ends(stroke);
        fallback::rings(self, centres, radius, stroke)
    }

    fn label(&mut self, at: (f64, f64), label: &Label<'_>) -> Result<(), DrawError> {
        self.scale(1.0);
        self.face(label);
        self.context.set_text_align(match label.align {
            Align::Start => "left",
            Align::Middle => "center",
            Align::End => "right",
        });
        let (x, y) = (at.0, at.1 + label.size * DIGIT_MIDDLE);
        let drawn = self.words(label, x, y);
        self.scale(UNITS);
        drawn
    }

    fn label_width(&self, label: &Label<'_>) -> f64 {
        self.face(label);
        self.context.measure_text(label.text).map_or(0.0, |metrics| metrics.width())
    }
}

impl CanvasSurface<'_> {
    fn words(&self, label: &Label<'_>, x: f64, y: f64) -> Result<(), DrawError> {
        if let Some(halo) = label.halo {
            self.ends(&Stroke { color: halo, width: HALO, dash: &[] });
            self.context.set_stroke_style_str(&css(halo));
            self.context.set_line_width(HALO);
            self.context.stroke_text(label.text, x, y).map_err(refused)?;
        }
        self.context.set_fill_style_str(&css(label.color));
        self.context.fill_text(label.text, x, y).map_err(refused)
    }
}

impl DrawingBackend for CanvasSurface<'_> {
    type ErrorType = Failed;

    fn get_size(&self) -> (u32, u32) {
        ((self.size.width * UNITS) as u32, (self.size.height * UNITS) as u32)
    }
    fn ensure_prepared(&mut self) -> Done {
        self.backend.ensure_prepared()
    }
    fn present(&mut self) -> Done {
        self.backend.present()
    }
    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Done {
        self.backend.draw_pixel(at, color)
    }
    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        // The backend would move upright lines by half of its unit.
        self.backend.draw_path([from, to], style)
    }
    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Done {
        self.backend.draw_rect(a, b, style, fill)
    }
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.backend.draw_path(path, style)
    }
    fn draw_circle<S: BackendStyle>(&mut self, at: BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        self.backend.draw_circle(at, radius, style, fill)
    }
    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vertices: I, style: &S) -> Done {
        self.backend.fill_polygon(vertices, style)
    }
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Done {
        self.backend.draw_text(text, style, at)
    }
}

fn css(color: Color) -> String {
    format!("rgba({},{},{},{})", color.r, color.g, color.b, color.a)
}

fn refused(error: JsValue) -> DrawError {
    DrawError(error.as_string().unwrap_or_else(|| "the canvas refused to draw".into()))
}
