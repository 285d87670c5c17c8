//! A plotters backend over a canvas, in fractions of a CSS pixel.
//!
//! The stock backend rounds to whole pixels, draws a curve as many paths and measures words by inserting a `<span>` into the
//! host's page. This one scales the context by the device's pixel ratio, sends a curve as one path, measures with
//! `measureText`, and touches nothing but the context it is given.

use core::cell::RefCell;
use core::f64::consts::TAU;
use core::fmt::Write as _;
use js_sys::Array;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontFamily, FontStyle,
};
use scenes::scene::Size;
use scenes::surface::{Align, DrawError, Label, Stroke, Surface, UNITS};
use scenes::theme::Color;
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d as Context;

/// The halo of a label reaches this far beyond its letters on every side, in CSS pixels (visual language, section 4).
const HALO: f64 = 4.0;
/// Digits of common faces are about 0.71 of their size tall: half of it lifts the baseline so that their middle is at the point.
const DIGIT_MIDDLE: f64 = 0.355;
/// What cannot fail with these arguments still returns a result: radii are never negative, so `arc` never throws.
const LINE_JOIN: &str = "round";

/// What the context was last told, so that a string crosses to JavaScript only when it changes.
#[derive(Default)]
struct Told {
    fill: Option<Color>,
    stroke: Option<Color>,
    width: f64,
    dash: Vec<f64>,
    font: String,
    align: &'static str,
    cap: &'static str,
}

/// One layer of one stage on the page.
pub(crate) struct CanvasSurface<'a> {
    context: &'a Context,
    size: Size,
    told: RefCell<Told>,
}

impl<'a> CanvasSurface<'a> {
    /// Clears the layer and sets the scale; drawing then happens in CSS pixels.
    pub(crate) fn new(context: &'a Context, size: Size, pixel_ratio: f64) -> Self {
        let ratio = if pixel_ratio.is_finite() && pixel_ratio > 0.0 { pixel_ratio } else { 1.0 };
        // A transform of finite numbers is never refused.
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, size.width, size.height);
        context.set_line_join(LINE_JOIN);
        context.set_text_baseline("alphabetic");
        Self { context, size, told: RefCell::new(Told { width: f64::NAN, dash: vec![f64::NAN], ..Told::default() }) }
    }

    fn fill_with(&self, color: Color) {
        let mut told = self.told.borrow_mut();
        if told.fill != Some(color) {
            told.fill = Some(color);
            self.context.set_fill_style_str(&css(color));
        }
    }

    fn stroke_with(&self, color: Color, width: f64, cap: &'static str) {
        let mut told = self.told.borrow_mut();
        if told.stroke != Some(color) {
            told.stroke = Some(color);
            self.context.set_stroke_style_str(&css(color));
        }
        if told.width != width {
            told.width = width;
            self.context.set_line_width(width);
        }
        if told.cap != cap {
            told.cap = cap;
            self.context.set_line_cap(cap);
        }
    }

    fn dash(&self, lengths: &[f64]) {
        let mut told = self.told.borrow_mut();
        if told.dash != lengths {
            told.dash = lengths.to_vec();
            let array: Array = lengths.iter().map(|length| JsValue::from_f64(*length)).collect();
            // Only negative or infinite lengths are refused, and then the line is drawn solid.
            let _ = self.context.set_line_dash(&array);
        }
    }

    fn style(&self, stroke: &Stroke<'_>) {
        // A solid line ends round like the mock's; dashes keep their lengths only with flat ends, dots need round ones.
        let dotted = stroke.dash.first().is_some_and(|length| *length <= stroke.width);
        let cap = if stroke.dash.is_empty() || dotted { "round" } else { "butt" };
        self.stroke_with(stroke.color, stroke.width, cap);
        self.dash(stroke.dash);
    }

    fn font(&self, label: &Label<'_>) {
        let slant = if label.math { "italic " } else { "" };
        let font = format!("{slant}{} {}px {}", label.weight, label.size, label.family);
        let mut told = self.told.borrow_mut();
        if told.font != font {
            self.context.set_font(&font);
            told.font = font;
        }
    }

    fn align(&self, align: Align) {
        let word = match align {
            Align::Start => "left",
            Align::Middle => "center",
            Align::End => "right",
        };
        let mut told = self.told.borrow_mut();
        if told.align != word {
            told.align = word;
            self.context.set_text_align(word);
        }
    }

    fn trace(&self, points: &[(f64, f64)]) {
        let Some(((x, y), rest)) = points.split_first() else { return };
        self.context.move_to(*x, *y);
        for (x, y) in rest {
            self.context.line_to(*x, *y);
        }
    }

    fn ring(&self, (x, y): (f64, f64), radius: f64) {
        self.context.move_to(x + radius, y);
        let _ = self.context.arc(x, y, radius, 0.0, TAU);
    }
}

impl Surface for CanvasSurface<'_> {
    fn polylines(&mut self, lines: &[&[(f64, f64)]], stroke: &Stroke<'_>) -> Result<(), DrawError> {
        self.style(stroke);
        self.context.begin_path();
        for line in lines {
            self.trace(line);
        }
        self.context.stroke();
        Ok(())
    }

    fn polygons(&mut self, polygons: &[&[(f64, f64)]], color: Color) -> Result<(), DrawError> {
        self.fill_with(color);
        self.context.begin_path();
        for polygon in polygons {
            self.trace(polygon);
            self.context.close_path();
        }
        self.context.fill();
        Ok(())
    }

    fn discs(&mut self, centres: &[(f64, f64)], radius: f64, color: Color) -> Result<(), DrawError> {
        self.fill_with(color);
        let radius = radius.max(0.0);
        if color.a < 1.0 {
            // One path each: overlapping discs read as density.
            for centre in centres {
                self.context.begin_path();
                self.ring(*centre, radius);
                self.context.fill();
            }
        } else {
            self.context.begin_path();
            for centre in centres {
                self.ring(*centre, radius);
            }
            self.context.fill();
        }
        Ok(())
    }

    fn circles(&mut self, centres: &[(f64, f64)], radius: f64, stroke: &Stroke<'_>) -> Result<(), DrawError> {
        self.style(stroke);
        self.context.begin_path();
        for centre in centres {
            self.ring(*centre, radius.max(0.0));
        }
        self.context.stroke();
        Ok(())
    }

    fn label(&mut self, at: (f64, f64), label: &Label<'_>) -> Result<(), DrawError> {
        self.font(label);
        self.align(label.align);
        let (x, y) = (at.0, at.1 + label.size * DIGIT_MIDDLE);
        if let Some(halo) = label.halo {
            self.stroke_with(halo, HALO, "round");
            self.dash(&[]);
            self.context.stroke_text(label.text, x, y).map_err(refused)?;
        }
        self.fill_with(label.color);
        self.context.fill_text(label.text, x, y).map_err(refused)
    }

    fn label_width(&self, label: &Label<'_>) -> f64 {
        self.font(label);
        self.context.measure_text(label.text).map_or(0.0, |metrics| metrics.width())
    }
}

// Plotters' own primitives, for elements of plotters drawn on the same canvas.
impl DrawingBackend for CanvasSurface<'_> {
    type ErrorType = DrawError;

    fn get_size(&self) -> (u32, u32) {
        ((self.size.width * UNITS) as u32, (self.size.height * UNITS) as u32)
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<DrawError>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<DrawError>> {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), DrawingErrorKind<DrawError>> {
        self.fill_with(ours(color));
        let (x, y) = pixels(point);
        self.context.fill_rect(x, y, 1.0 / UNITS, 1.0 / UNITS);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<DrawError>> {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<DrawError>> {
        let ((left, top), (right, bottom)) = (pixels(upper_left), pixels(bottom_right));
        if fill {
            self.fill_with(ours(style.color()));
            self.context.fill_rect(left, top, right - left, bottom - top);
        } else {
            self.style(&pen(style));
            self.context.stroke_rect(left, top, right - left, bottom - top);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<DrawError>> {
        let points: Vec<_> = path.into_iter().map(pixels).collect();
        self.polylines(&[&points], &pen(style)).map_err(DrawingErrorKind::DrawingError)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<DrawError>> {
        let (centre, radius) = ([pixels(center)], f64::from(radius) / UNITS);
        let drawn = if fill {
            self.discs(&centre, radius, ours(style.color()))
        } else {
            self.circles(&centre, radius, &pen(style))
        };
        drawn.map_err(DrawingErrorKind::DrawingError)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<DrawError>> {
        let points: Vec<_> = vertices.into_iter().map(pixels).collect();
        self.polygons(&[&points], ours(style.color())).map_err(DrawingErrorKind::DrawingError)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Result<(), DrawingErrorKind<DrawError>> {
        let anchor = style.anchor();
        let size = style.size() / UNITS;
        let (x, y) = pixels(at);
        let lift = match anchor.v_pos {
            VPos::Top => size / 2.0,
            VPos::Center => 0.0,
            VPos::Bottom => -size / 2.0,
        };
        let align = match anchor.h_pos {
            HPos::Left => Align::Start,
            HPos::Center => Align::Middle,
            HPos::Right => Align::End,
        };
        let family = style.family();
        let label = plain_label(text, style, &family, align);
        self.label((x, y + lift), &label).map_err(DrawingErrorKind::DrawingError)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<DrawError>> {
        let family = style.family();
        let label = plain_label(text, style, &family, Align::Start);
        Ok(((self.label_width(&label) * UNITS).ceil() as u32, style.size().ceil() as u32))
    }
}

/// The label that plotters means by a text style; `family` is the style's own, kept by the caller.
fn plain_label<'a, S: BackendTextStyle>(
    text: &'a str,
    style: &S,
    family: &'a FontFamily<'_>,
    align: Align,
) -> Label<'a> {
    let (weight, math) = match style.style() {
        FontStyle::Bold => (700, false),
        FontStyle::Italic | FontStyle::Oblique => (400, true),
        FontStyle::Normal => (400, false),
    };
    let color = ours(style.color());
    Label { text, size: style.size() / UNITS, weight, math, align, color, halo: None, family: family.as_str() }
}

fn pen<S: BackendStyle>(style: &S) -> Stroke<'static> {
    Stroke { color: ours(style.color()), width: f64::from(style.stroke_width()) / UNITS, dash: &[] }
}

fn ours(color: BackendColor) -> Color {
    let (r, g, b) = color.rgb;
    Color { r, g, b, a: color.alpha }
}

fn pixels(point: BackendCoord) -> (f64, f64) {
    (f64::from(point.0) / UNITS, f64::from(point.1) / UNITS)
}

fn css(color: Color) -> String {
    let mut text = String::with_capacity(24);
    // Writing to a string cannot fail.
    let _ = write!(text, "rgba({},{},{},{})", color.r, color.g, color.b, color.a);
    text
}

fn refused(error: JsValue) -> DrawError {
    DrawError(error.as_string().unwrap_or_else(|| "the canvas refused to draw".into()))
}
