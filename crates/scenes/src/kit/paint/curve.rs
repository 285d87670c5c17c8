//! A sampled curve, and the tangent at a place of it with the triangle of rise and run.

use calculus::{End, Plot};

use super::Scenery;
use crate::clip;
use crate::frame::Frame;
use crate::ground::Slope;
use crate::kit::{Rich, Weight};
use crate::number::{Rounded, decade, ten_to};
use crate::painter::{Candidate, LabelPlan, Painter, Text, Wanted, solid};
use crate::surface::{Align, DrawError};
use crate::theme::Color;

/// The pieces of a curve in CSS pixels, cut at the window, never joined.
pub(super) fn pieces(plot: &Plot, frame: &Frame) -> Vec<Vec<(f64, f64)>> {
    plot.pieces.iter().flat_map(|piece| frame.cut(&piece.points)).collect()
}

pub(super) fn draw(
    plot: &Plot,
    frame: &Frame,
    color: Color,
    painter: &mut Painter<'_>,
) -> Result<Vec<Vec<(f64, f64)>>, DrawError> {
    let lines = pieces(plot, frame);
    let window = frame.window();
    let ends = |wanted: End| {
        plot.pieces.iter().flat_map(move |piece| {
            let first = piece.points.first().filter(|_| piece.start == wanted);
            let last = piece.points.last().filter(|_| piece.end == wanted);
            first.into_iter().chain(last)
        })
    };
    let visible = |points: &mut dyn Iterator<Item = &(f64, f64)>| -> Vec<(f64, f64)> {
        points.map(|&(x, y)| frame.place(x, y)).filter(|p| window.contains(*p)).collect()
    };
    let holes = visible(&mut ends(End::Open).chain(&plot.holes));
    // The end of a curve needs no mark where nothing else is near: only an end that faces an open one has a dot.
    let dots = visible(&mut plot.dots.iter().chain(ends(End::Closed).filter(|_| !holes.is_empty())));
    let borrowed: Vec<&[(f64, f64)]> = lines.iter().map(Vec::as_slice).collect();
    painter.lines(&borrowed, &solid(color, 2.75))?;
    painter.discs(&dots, 4.5, color)?;
    for hole in &holes {
        painter.hollow_dot(*hole, 4.5, color)?;
    }
    Ok(lines)
}

/// The triangle under a tangent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Triangle {
    /// Along x, positive.
    pub run: f64,
    /// Slope times run.
    pub rise: f64,
    /// Left end, right angle, right end in CSS pixels.
    pub corners: [(f64, f64); 3],
}

/// Run 1, or the largest of a half, a fifth, a tenth and so on that fits; to the right where there is room.
pub(crate) fn triangle(frame: &Frame, (x, value): (f64, f64), slope: f64) -> Option<Triangle> {
    // Room for the words beside and below it.
    let room = clip::Rect::new(frame.plot.left, frame.plot.top + 6.0, frame.plot.right, frame.plot.bottom);
    let fits = |run: f64, side: f64| {
        let rise = slope * run;
        let (left, right) =
            if side > 0.0 { ((x, value), (x + run, value + rise)) } else { ((x - run, value - rise), (x, value)) };
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

/// A tangent as it is wanted.
pub(super) struct Tangent<'a> {
    pub at: (f64, f64),
    pub slope: Slope,
    pub triangle: bool,
    pub name: &'a Rich,
    pub digits: usize,
}

impl Tangent<'_> {
    /// Draws it through this place in CSS pixels.
    pub(super) fn draw(
        &self,
        frame: &Frame,
        at: (f64, f64),
        plan: &mut LabelPlan,
        painter: &mut Painter<'_>,
    ) -> Result<(), DrawError> {
        match self.slope {
            Slope::Smooth(slope) => self.smooth(slope, frame, at, plan, painter),
            Slope::Kink { left, right, .. } => self.kink([left, right], frame, at, plan, painter),
            Slope::Vertical { .. } => upright(frame, at, plan, painter),
            Slope::Missing => Ok(()),
        }
    }

    fn smooth(
        &self,
        slope: f64,
        frame: &Frame,
        at: (f64, f64),
        plan: &mut LabelPlan,
        painter: &mut Painter<'_>,
    ) -> Result<(), DrawError> {
        let theme = painter.theme;
        let found = if self.triangle { triangle(frame, self.at, slope) } else { None };
        if let Some(Triangle { corners: [a, b, c], .. }) = found {
            painter.polygon(&[a, b, c], theme.gradient.soft)?;
        }
        let ends = line_through(frame, at, slope, found.as_ref());
        for piece in clip::polyline(&ends, &frame.window()) {
            painter.line(&piece, &solid(theme.gradient.stroke, 2.25))?;
        }
        plan.avoid_line(&ends);
        if let Some(t) = &found {
            let [a, b, c] = t.corners;
            painter.line(&[a, b, c], &solid(theme.gradient.stroke, 1.5))?;
            plan.avoid_line(&[a, b, c]);
            self.want_legs(t, plan, painter);
        }
        self.want_slope(slope, frame, at, found.as_ref(), plan, painter);
        Ok(())
    }

    fn kink(
        &self,
        sides: [Option<f64>; 2],
        frame: &Frame,
        at: (f64, f64),
        plan: &mut LabelPlan,
        painter: &mut Painter<'_>,
    ) -> Result<(), DrawError> {
        let (theme, language) = (painter.theme, painter.language);
        for (slope, side) in sides.into_iter().zip([-1.0, 1.0]) {
            let Some(slope) = slope else { continue };
            let end = along(frame, at, slope, side * 96.0);
            for piece in clip::polyline(&[at, end], &frame.window()) {
                painter.line(&piece, &solid(theme.gradient.stroke, 2.25))?;
            }
            let words = language.kit().half(side < 0.0, &language.locale().fixed(slope, self.digits));
            let align = if side < 0.0 { Align::End } else { Align::Start };
            let places = [(8.0, 0.0), (8.0, -16.0), (8.0, 16.0), (-12.0, -26.0), (-12.0, 26.0)]
                .map(|(dx, dy)| Candidate::new(end.0 + side * dx, end.1 + dy, align));
            let text = Text::label(theme.gradient.text).plain(&words);
            plan.want(Wanted::one(Weight::Slope, text, places.to_vec()));
        }
        Ok(())
    }

    fn want_legs(&self, triangle: &Triangle, plan: &mut LabelPlan, painter: &Painter<'_>) {
        let (theme, language) = (painter.theme, painter.language);
        let [a, b, c] = triangle.corners;
        let run = language.kit().run(&language.locale().trimmed(triangle.run, 3));
        let middle = (a.0 + b.0) / 2.0;
        // Away from the hypotenuse: below where it rises, above where it falls.
        let away = if c.1 < b.1 { 1.0 } else { -1.0 };
        let places = [(0.0, 15.0), (14.0, 15.0), (24.0, 15.0), (0.0, 20.0), (0.0, -15.0)]
            .map(|(dx, dy)| Candidate::new(middle + dx, b.1 + away * dy, Align::Middle));
        plan.want(Wanted::one(Weight::Run, Text::label(theme.gradient.text).plain(&run), places.to_vec()));
        let rise = language.kit().rise(&self.rise_text(triangle, painter));
        let upright = (b.1 + c.1) / 2.0;
        let places = [0.0, -14.0, 14.0, -28.0, 28.0, -42.0, 42.0]
            .map(|dy| Candidate::new(b.0 + 10.0, upright + dy, Align::Start));
        plan.want(Wanted::one(Weight::Rise, Text::label(theme.gradient.text).plain(&rise), places.to_vec()));
    }

    /// The rise as shown: the slope as shown times the run, so that dividing on paper gives the slope back.
    fn rise_text(&self, triangle: &Triangle, painter: &Painter<'_>) -> String {
        let locale = painter.language.locale();
        let slope = Rounded::new(triangle.rise / triangle.run, self.digits).map_or(0.0, |r| r.value);
        let finer = usize::try_from(-decade(triangle.run)).unwrap_or(0);
        let text = locale.fixed(slope * triangle.run, self.digits + finer);
        match text.split_once(locale.decimal) {
            Some((whole, fraction)) if finer > 0 => {
                let kept = fraction.trim_end_matches('0').len().max(self.digits);
                let fraction: String = fraction.chars().take(kept).collect();
                if fraction.is_empty() { whole.to_owned() } else { format!("{whole}{}{fraction}", locale.decimal) }
            }
            _ => text,
        }
    }

    fn want_slope(
        &self,
        slope: f64,
        frame: &Frame,
        at: (f64, f64),
        triangle: Option<&Triangle>,
        plan: &mut LabelPlan,
        painter: &Painter<'_>,
    ) {
        let (theme, language) = (painter.theme, painter.language);
        let shown = language.locale().fixed(slope, self.digits);
        let text = Text::emphasis(theme.gradient.text);
        let text = if frame.narrow || self.name.0.is_empty() {
            text.plain(&language.kit().slope(&shown))
        } else {
            text.rich(self.name).plain(&shown)
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
        if !self.triangle {
            // Alone in the fog, the words keep to the side that the step does not take.
            let side = if slope > 0.0 { 1.0 } else { -1.0 };
            let near = [(34.0, 22.0), (34.0, 34.0), (-34.0, -26.0), (-34.0, -38.0), (34.0, -44.0)];
            places.extend(near.map(|(dx, dy)| {
                let align = if dx > 0.0 { Align::Start } else { Align::End };
                Candidate::new(at.0 + dx, at.1 + side * dy, align)
            }));
        }
        places.extend(around(at));
        plan.want(Wanted::one(Weight::Slope, text, places));
    }
}

/// Rise and run between two places in CSS pixels.
pub(super) fn legs(
    from: (f64, f64),
    to: (f64, f64),
    (run, rise): (&str, &str),
    scenery: &mut Scenery,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let (theme, plot) = (painter.theme, scenery.frame.plot);
    let seen = [from, to].iter().all(|p| plot.grown(40.0).contains(*p));
    if !seen || (to.0 - from.0).abs() < 12.0 {
        return Ok(());
    }
    let corner = (to.0, from.1);
    painter.polygon(&[from, corner, to], theme.gradient.soft)?;
    painter.line(&[from, corner, to], &solid(theme.gradient.stroke, 1.5))?;
    scenery.plan.avoid_line(&[from, corner, to]);
    let text = |words: &str| Text::label(theme.gradient.text).plain(words);
    let away = if to.1 < from.1 { 1.0 } else { -1.0 };
    let middle = (from.0 + to.0) / 2.0;
    let below = [(0.0, 15.0), (-24.0, 15.0), (24.0, 15.0), (0.0, 36.0), (0.0, -15.0)]
        .map(|(dx, dy)| Candidate::new(middle + dx, from.1 + away * dy, Align::Middle));
    scenery.plan.want(Wanted::one(Weight::Run, text(run), below.to_vec()));
    let (side, align) = if to.0 > from.0 { (10.0, Align::Start) } else { (-10.0, Align::End) };
    let upright = (from.1 + to.1) / 2.0;
    let beside = [0.0, -14.0, 14.0, -28.0, 28.0].map(|dy| Candidate::new(to.0 + side, upright + dy, align));
    scenery.plan.want(Wanted::one(Weight::Rise, text(rise), beside.to_vec()));
    Ok(())
}

/// Places all around a knob, near ones first.
fn around(at: (f64, f64)) -> impl Iterator<Item = Candidate> {
    [
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
    ]
    .into_iter()
    .map(move |(dx, dy, align)| Candidate::new(at.0 + dx, at.1 + dy, align))
}

fn upright(frame: &Frame, at: (f64, f64), plan: &mut LabelPlan, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let theme = painter.theme;
    for piece in clip::polyline(&[(at.0, at.1 - 90.0), (at.0, at.1 + 60.0)], &frame.window()) {
        painter.line(&piece, &solid(theme.gradient.stroke, 2.25))?;
    }
    let text = Text::emphasis(theme.gradient.text).plain(painter.language.kit().vertical(frame.narrow));
    let places = [
        (14.0, -60.0, Align::Start),
        (-14.0, -60.0, Align::End),
        (14.0, 48.0, Align::Start),
        (-14.0, 48.0, Align::End),
    ]
    .map(|(dx, dy, align)| Candidate::new(at.0 + dx, at.1 + dy, align));
    plan.want(Wanted::one(Weight::Slope, text, places.to_vec()));
    Ok(())
}

/// The point so many pixels along a line of this slope (in data) through a point.
pub(super) fn along(frame: &Frame, at: (f64, f64), slope: f64, pixels: f64) -> (f64, f64) {
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
fn line_through(frame: &Frame, at: (f64, f64), slope: f64, triangle: Option<&Triangle>) -> [(f64, f64); 2] {
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
