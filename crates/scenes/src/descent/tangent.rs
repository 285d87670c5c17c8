//! The tangent through the ball, with the triangle of its rise and run; two half tangents at a kink.

use super::DescentScene;
use super::curve::{Ground, Slope};
use crate::clip;
use crate::frame::Frame;
use crate::number::{Rounded, decade, fixed, ten_to};
use crate::painter::{Candidate, LabelPlan, Painter, Priority, Text, solid, variable_name};
use crate::surface::{Align, DrawError};
use crate::theme::Theme;

/// The triangle under the tangent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Triangle {
    /// Along the parameter, positive.
    pub run: f64,
    /// Slope times run.
    pub rise: f64,
    /// Left end, right angle, right end in CSS pixels.
    pub corners: [(f64, f64); 3],
}

impl DescentScene {
    /// The triangle that is drawn now, if any.
    pub(super) fn triangle(&self) -> Option<Triangle> {
        self.triangle_at(self.walk.here().ground)
    }

    /// Run 1, or the largest of a half, a fifth, a tenth and so on that fits; to the right where there is room.
    fn triangle_at(&self, ground: Ground) -> Option<Triangle> {
        let Slope::Smooth(slope) = ground.slope else { return None };
        if self.blindfold || !self.in_plot(ground) {
            return None;
        }
        let frame = &self.pictures.frame;
        let value = ground.value?;
        // Room for the words beside and below it.
        let room = clip::Rect::new(frame.plot.left, frame.plot.top + 6.0, frame.plot.right, frame.plot.bottom);
        let fits = |run: f64, side: f64| {
            let rise = slope * run;
            let (left, right) = if side > 0.0 {
                ((ground.x, value), (ground.x + run, value + rise))
            } else {
                ((ground.x - run, value - rise), (ground.x, value))
            };
            let corners = [frame.place(left.0, left.1), frame.place(right.0, left.1), frame.place(right.0, right.1)];
            corners.iter().all(|c| room.contains(*c)).then_some(Triangle { run, rise, corners })
        };
        let (narrowest, widest) = (12.0, 0.24 * frame.plot.width());
        // One is the run that is easiest to read a slope from; far from one, the scale of the axis decides.
        let one = frame.x.per_unit();
        let unit = if (32.0..=widest * 1.25).contains(&one) { 1.0 } else { ten_to(decade(widest / one)) };
        let shares: &[f64] = if unit == 1.0 { &[1.0, 2.0, 5.0, 10.0] } else { &[0.2, 0.5, 1.0, 2.0, 5.0, 10.0] };
        let runs =
            shares.iter().map(|share| unit / share).filter(|run| run * one >= narrowest && run * one <= widest * 1.25);
        // First large ones on the right, then large ones on the left, then whatever there is room for.
        let large = |run: &f64| run * one >= 40.0;
        // On level ground there is no triangle to see.
        if runs.clone().next().is_none_or(|run| (slope * run * frame.y.per_unit()).abs() < 3.0) {
            return None;
        }
        let right = runs.clone().filter(large).find_map(|run| fits(run, 1.0));
        right
            .or_else(|| runs.clone().filter(large).find_map(|run| fits(run, -1.0)))
            .or_else(|| runs.clone().find_map(|run| fits(run, 1.0).or_else(|| fits(run, -1.0))))
    }

    pub(super) fn draw_tangent(
        &self,
        painter: &mut Painter<'_>,
        here: Ground,
        plan: &mut LabelPlan,
    ) -> Result<(), DrawError> {
        let frame = self.pictures.frame;
        let theme = painter.theme;
        let at = self.pinned(here);
        let stroke = solid(theme.gradient.stroke, 2.25);
        match here.slope {
            Slope::Smooth(slope) => {
                let triangle = self.triangle_at(here);
                if let Some(Triangle { corners: [a, b, c], .. }) = triangle {
                    painter.polygon(&[a, b, c], theme.gradient.soft)?;
                }
                let ends = tangent(&frame, at, slope, triangle.as_ref());
                for piece in clip::polyline(&ends, &frame.window()) {
                    painter.line(&piece, &stroke)?;
                }
                plan.avoid_line(&ends);
                if let Some(t) = triangle {
                    let [a, b, c] = t.corners;
                    painter.line(&[a, b, c], &solid(theme.gradient.stroke, 1.5))?;
                    plan.avoid_line(&[a, b, c]);
                    self.want_triangle_labels(plan, theme, &t);
                }
                self.want_slope_label(plan, theme, slope, at, triangle.as_ref());
            }
            Slope::Kink { left, right, .. } => {
                let digits = self.slope_decimals();
                for (slope, side, name) in [(left, -1.0, "left"), (right, 1.0, "right")] {
                    let Some(slope) = slope else { continue };
                    let end = along(&frame, at, slope, side * 96.0);
                    for piece in clip::polyline(&[at, end], &frame.window()) {
                        painter.line(&piece, &stroke)?;
                    }
                    let text = Text::label(theme.gradient.text).plain(&format!("{name} {}", fixed(slope, digits)));
                    let align = if side < 0.0 { Align::End } else { Align::Start };
                    let places = [(8.0, 0.0), (8.0, -16.0), (8.0, 16.0), (-12.0, -26.0), (-12.0, 26.0)]
                        .map(|(dx, dy)| Candidate::new(end.0 + side * dx, end.1 + dy, align));
                    plan.want(Priority::Slope, text, places.to_vec());
                }
            }
            Slope::Vertical { .. } => {
                let ends = [(at.0, at.1 - 90.0), (at.0, at.1 + 60.0)];
                for piece in clip::polyline(&ends, &frame.window()) {
                    painter.line(&piece, &stroke)?;
                }
                let words = if frame.narrow { "no finite slope" } else { "vertical: no finite slope" };
                let text = Text::emphasis(theme.gradient.text).plain(words);
                let places = [
                    (14.0, -60.0, Align::Start),
                    (-14.0, -60.0, Align::End),
                    (14.0, 48.0, Align::Start),
                    (-14.0, 48.0, Align::End),
                ]
                .map(|(dx, dy, align)| Candidate::new(at.0 + dx, at.1 + dy, align));
                plan.want(Priority::Slope, text, places.to_vec());
            }
            Slope::Missing => {}
        }
        Ok(())
    }

    fn want_triangle_labels(&self, plan: &mut LabelPlan, theme: &Theme, triangle: &Triangle) {
        let [a, b, c] = triangle.corners;
        let run = crate::number::trimmed(triangle.run, 3);
        let middle = (a.0 + b.0) / 2.0;
        // Away from the hypotenuse: below where it rises, above where it falls.
        let away = if c.1 < b.1 { 1.0 } else { -1.0 };
        let run_places = [(0.0, 15.0), (14.0, 15.0), (24.0, 15.0), (0.0, 20.0), (0.0, -15.0)]
            .map(|(dx, dy)| Candidate::new(middle + dx, b.1 + away * dy, Align::Middle));
        plan.want(Priority::Run, Text::label(theme.gradient.text).plain(&format!("run {run}")), run_places.to_vec());
        let rise = self.rise_text(triangle);
        let upright = (b.1 + c.1) / 2.0;
        let rise_places =
            [(10.0, 0.0), (10.0, -14.0), (10.0, 14.0), (10.0, -28.0), (10.0, 28.0), (10.0, -42.0), (10.0, 42.0)]
                .map(|(dx, dy)| Candidate::new(b.0 + dx, upright + dy, Align::Start));
        plan.want(
            Priority::Rise,
            Text::label(theme.gradient.text).plain(&format!("rise {rise}")),
            rise_places.to_vec(),
        );
    }

    /// The rise as shown: the slope as shown times the run, so that dividing on paper gives the slope back.
    fn rise_text(&self, triangle: &Triangle) -> String {
        let digits = self.next_step().map_or(self.slope_decimals(), |s| s.slope.decimals);
        let slope = Rounded::new(triangle.rise / triangle.run, digits).map_or(0.0, |r| r.value);
        let finer = usize::try_from(-decade(triangle.run)).unwrap_or(0);
        let text = fixed(slope * triangle.run, digits + finer);
        match text.split_once('.') {
            Some((whole, fraction)) if finer > 0 => {
                let kept = fraction.trim_end_matches('0').len().max(digits);
                let fraction: String = fraction.chars().take(kept).collect();
                if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
            }
            _ => text,
        }
    }

    fn want_slope_label(
        &self,
        plan: &mut LabelPlan,
        theme: &Theme,
        slope: f64,
        at: (f64, f64),
        triangle: Option<&Triangle>,
    ) {
        let w = variable_name(self.curve.variable());
        let digits = self.next_step().map_or(self.slope_decimals(), |s| s.slope.decimals);
        let shown = fixed(slope, digits);
        let narrow = self.pictures.frame.narrow;
        let text = if narrow {
            Text::emphasis(theme.gradient.text).plain(&format!("slope {shown}"))
        } else {
            Text::emphasis(theme.gradient.text)
                .plain("slope ")
                .math("L")
                .plain("′(")
                .math(&w)
                .plain(&format!(") = {shown}"))
        };
        let mut places = Vec::new();
        if let Some(Triangle { corners: [a, b, c], .. }) = triangle {
            let upright = (b.1 + c.1) / 2.0;
            for dy in [20.0, 28.0, -20.0, 44.0, -36.0] {
                places.push(Candidate::new(b.0 + 10.0, upright + dy, Align::Start));
            }
            places.push(Candidate::new(c.0 + 14.0, c.1 - 6.0, Align::Start));
            let outer = if c.1 < b.1 { b.1.max(a.1) + 34.0 } else { b.1.min(a.1) - 34.0 };
            places.push(Candidate::new((a.0 + b.0) / 2.0, outer, Align::Middle));
            places.push(Candidate::new(a.0 - 26.0, (a.1 + c.1) / 2.0, Align::End));
        }
        for (dx, dy, align) in [
            (0.0, -36.0, Align::Middle),
            (26.0, -30.0, Align::Start),
            (-26.0, -30.0, Align::End),
            (0.0, 40.0, Align::Middle),
            (26.0, 34.0, Align::Start),
            (-26.0, 34.0, Align::End),
            (0.0, -60.0, Align::Middle),
            (40.0, -60.0, Align::Start),
            (-40.0, -60.0, Align::End),
            (70.0, 24.0, Align::Start),
            (70.0, -24.0, Align::Start),
            (-70.0, 24.0, Align::End),
            (-70.0, -24.0, Align::End),
        ] {
            places.push(Candidate::new(at.0 + dx, at.1 + dy, align));
        }
        plan.want(Priority::Slope, text, places);
    }
}

/// The point so many pixels along a line of this slope (in data) through a point.
fn along(frame: &Frame, at: (f64, f64), slope: f64, pixels: f64) -> (f64, f64) {
    let (dx, dy) = direction(frame, slope);
    (at.0 + dx * pixels, at.1 + dy * pixels)
}

/// The direction of a slope on the screen, of length 1, pointing right.
fn direction(frame: &Frame, slope: f64) -> (f64, f64) {
    let steep = -slope * frame.y.per_unit() / frame.x.per_unit();
    if !steep.is_finite() {
        return (0.0, -slope.signum());
    }
    let length = if steep.abs() > 1e100 { steep.abs() } else { (1.0 + steep * steep).sqrt() };
    (1.0 / length, steep / length)
}

/// The tangent: 0.4 of the run behind and 1.2 ahead, and never shorter than can be seen.
pub(super) fn tangent(frame: &Frame, at: (f64, f64), slope: f64, triangle: Option<&Triangle>) -> [(f64, f64); 2] {
    const SHORTEST: (f64, f64) = (36.0, 60.0);
    let (dx, _) = direction(frame, slope);
    let run = triangle.map_or(0.0, |t| t.run * frame.x.per_unit());
    let to_right = triangle.is_none_or(|t| t.corners.first().is_some_and(|a| (a.0 - at.0).abs() < 0.5));
    let behind = (0.4 * run / dx.max(1e-9)).max(SHORTEST.0);
    let ahead = (1.2 * run / dx.max(1e-9)).max(SHORTEST.1);
    let (behind, ahead) =
        if triangle.is_none() { (SHORTEST.1, SHORTEST.1) } else { (behind.min(400.0), ahead.min(600.0)) };
    let (left, right) = if to_right { (behind, ahead) } else { (ahead, behind) };
    [along(frame, at, slope, -left), along(frame, at, slope, right)]
}
