//! A surface that writes SVG: for print, for pages without the engine, and for snapshot tests.

use crate::surface::{Align, DrawError, Label, Stroke, Surface, UNITS};
use crate::theme::Color;
use core::fmt::Write;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

/// How far below its vertical middle the base line of a line of digits lies, in ems.
const BASELINE: f64 = 0.36;

/// Writes the elements of an SVG picture in CSS pixels. One drawing call makes one element.
#[derive(Debug)]
pub struct SvgSurface {
    body: String,
    width: f64,
    height: f64,
}

impl SvgSurface {
    /// An empty picture of this size in CSS pixels.
    pub fn new(width: f64, height: f64) -> Self {
        Self { body: String::new(), width, height }
    }

    /// The elements drawn so far, without the `<svg>` around them.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The whole picture on a ground with rounded corners, `description` for those who do not see it.
    pub fn finish(self, ground: Color, radius: f64, description: &str) -> String {
        let (w, h) = (short(self.width), short(self.height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\">\n\
             <title>{}</title>\n<rect width=\"{w}\" height=\"{h}\" rx=\"{}\"{}/>\n{}</svg>\n",
            escaped(description),
            short(radius),
            paint("fill", ground),
            self.body
        )
    }

    fn path(&mut self, d: &str, attributes: &str) {
        let _ = writeln!(self.body, "<path d=\"{d}\"{attributes}/>");
    }
}

/// A number with at most two decimals and no trailing zeros.
fn short(v: f64) -> String {
    let text = format!("{v:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn paint(attribute: &str, color: Color) -> String {
    let mut text = format!(" {attribute}=\"#{:02x}{:02x}{:02x}\"", color.r, color.g, color.b);
    if color.a < 1.0 {
        let _ = write!(text, " {attribute}-opacity=\"{}\"", short(color.a));
    }
    text
}

fn pen(stroke: &Stroke<'_>) -> String {
    let mut text = format!(
        " fill=\"none\"{} stroke-width=\"{}\" stroke-linejoin=\"round\"",
        paint("stroke", stroke.color),
        short(stroke.width)
    );
    // A round cap would fill short gaps and blunt the ends of thin rules.
    if stroke.dash.is_empty() && stroke.width >= 1.5 {
        text.push_str(" stroke-linecap=\"round\"");
    }
    if !stroke.dash.is_empty() {
        let pattern: Vec<_> = stroke.dash.iter().map(|d| short(*d)).collect();
        let _ = write!(text, " stroke-dasharray=\"{}\"", pattern.join(" "));
    }
    text
}

fn outline(d: &mut String, points: &[(f64, f64)], closed: bool) {
    for (i, &(x, y)) in points.iter().enumerate() {
        let _ = write!(d, "{}{} {}", if i == 0 { 'M' } else { 'L' }, short(x), short(y));
    }
    if closed {
        d.push('Z');
    }
}

fn face(label: &Label<'_>) -> String {
    let mut text = format!(
        " font-family=\"{}\" font-size=\"{}\" font-weight=\"{}\"",
        escaped(label.family),
        short(label.size),
        label.weight
    );
    if label.math {
        text.push_str(" font-style=\"italic\"");
    }
    text
}

impl Surface for SvgSurface {
    fn polylines(&mut self, lines: &[&[(f64, f64)]], stroke: &Stroke<'_>) -> Result<(), DrawError> {
        let mut d = String::new();
        for line in lines {
            outline(&mut d, line, false);
        }
        if !d.is_empty() {
            self.path(&d, &pen(stroke));
        }
        Ok(())
    }

    fn polygons(&mut self, polygons: &[&[(f64, f64)]], color: Color) -> Result<(), DrawError> {
        let mut d = String::new();
        for polygon in polygons {
            outline(&mut d, polygon, true);
        }
        if !d.is_empty() {
            self.path(&d, &paint("fill", color));
        }
        Ok(())
    }

    fn discs(&mut self, centres: &[(f64, f64)], radius: f64, color: Color) -> Result<(), DrawError> {
        for &(x, y) in centres {
            let _ = writeln!(
                self.body,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>",
                short(x),
                short(y),
                short(radius),
                paint("fill", color)
            );
        }
        Ok(())
    }

    fn circles(&mut self, centres: &[(f64, f64)], radius: f64, stroke: &Stroke<'_>) -> Result<(), DrawError> {
        for &(x, y) in centres {
            let _ = writeln!(
                self.body,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>",
                short(x),
                short(y),
                short(radius),
                pen(stroke)
            );
        }
        Ok(())
    }

    fn label(&mut self, at: (f64, f64), label: &Label<'_>) -> Result<(), DrawError> {
        self.label_line(at, label.align, core::slice::from_ref(label))
    }

    fn label_line(&mut self, at: (f64, f64), align: Align, runs: &[Label<'_>]) -> Result<(), DrawError> {
        let Some(first) = runs.first() else { return Ok(()) };
        let anchor = match align {
            Align::Start => "start",
            Align::Middle => "middle",
            Align::End => "end",
        };
        let plain = runs.iter().find(|run| !run.math).unwrap_or(first);
        let _ = write!(
            self.body,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\"{} font-variant=\"tabular-nums\"{}",
            short(at.0),
            short(at.1 + plain.size * BASELINE),
            face(plain),
            paint("fill", plain.color)
        );
        if let Some(halo) = plain.halo {
            let _ = write!(
                self.body,
                " paint-order=\"stroke\"{} stroke-width=\"4\" stroke-linejoin=\"round\"",
                paint("stroke", halo)
            );
        }
        self.body.push('>');
        for run in runs {
            let words = escaped(run.text);
            if run.math == plain.math {
                self.body.push_str(&words);
            } else {
                let _ = write!(self.body, "<tspan{}>{words}</tspan>", face(run));
            }
        }
        self.body.push_str("</text>\n");
        Ok(())
    }
}

/// Plotters' own primitives, so that what is written for plotters can be drawn beside a scene.
impl DrawingBackend for SvgSurface {
    type ErrorType = core::fmt::Error;

    fn get_size(&self) -> (u32, u32) {
        ((self.width * UNITS) as u32, (self.height * UNITS) as u32)
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let (x, y) = pixels(at);
        let unit = 1.0 / UNITS;
        done(self.polygons(&[&[(x, y), (x + unit, y), (x + unit, y + unit), (x, y + unit)]], ours(color)))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let points: Vec<_> = path.into_iter().map(pixels).collect();
        let width = f64::from(style.stroke_width()) / UNITS;
        done(self.polylines(&[&points], &Stroke { color: ours(style.color()), width, dash: &[] }))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let ((l, t), (r, b)) = (upper_left, bottom_right);
        let corners = [(l, t), (r, t), (r, b), (l, b), (l, t)];
        if fill { self.fill_polygon(corners, style) } else { self.draw_path(corners, style) }
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let (centre, radius, color) = ([pixels(centre)], f64::from(radius) / UNITS, ours(style.color()));
        let width = f64::from(style.stroke_width()) / UNITS;
        done(if fill {
            self.discs(&centre, radius, color)
        } else {
            self.circles(&centre, radius, &Stroke { color, width, dash: &[] })
        })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let points: Vec<_> = path.into_iter().map(pixels).collect();
        done(self.polygons(&[&points], ours(style.color())))
    }
}

fn pixels(at: BackendCoord) -> (f64, f64) {
    (f64::from(at.0) / UNITS, f64::from(at.1) / UNITS)
}

fn ours(color: BackendColor) -> Color {
    Color { r: color.rgb.0, g: color.rgb.1, b: color.rgb.2, a: color.alpha }
}

fn done(result: Result<(), DrawError>) -> Result<(), DrawingErrorKind<core::fmt::Error>> {
    result.map_err(|_| DrawingErrorKind::DrawingError(core::fmt::Error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    #[test]
    fn many_pieces_are_one_path() {
        let mut svg = SvgSurface::new(100.0, 50.0);
        let stroke = Stroke { color: Theme::light().loss.stroke, width: 2.75, dash: &[9.0, 6.0] };
        svg.polylines(&[&[(0.0, 0.0), (1.25, 2.0)], &[(3.0, 4.0), (5.006, -0.001)]], &stroke).unwrap();
        assert_eq!(
            svg.body(),
            "<path d=\"M0 0L1.25 2M3 4L5.01 0\" fill=\"none\" stroke=\"#0a5cc2\" stroke-width=\"2.75\" \
             stroke-linejoin=\"round\" stroke-dasharray=\"9 6\"/>\n"
        );
    }

    #[test]
    fn words_cannot_break_out_of_the_picture() {
        let mut svg = SvgSurface::new(100.0, 50.0);
        let theme = Theme::light();
        let text = crate::painter::Text::note(&theme, "<script>&\"");
        crate::painter::Painter::new(&mut svg, &theme).text((1.0, 1.0), Align::Start, &text).unwrap();
        let whole = svg.finish(theme.stage, 14.0, "a < b");
        assert!(whole.contains("&lt;script&gt;&amp;&quot;") && whole.contains("<title>a &lt; b</title>"), "{whole}");
        assert!(!whole.contains("<script>"));
    }
}
