//! A sampled curve, and the tangent at a place of it with the triangle of rise and run.

use calculus::{End, Plot};

use super::Scenery;
use crate::clip;
use crate::frame::Frame;
use crate::ground::Slope;
use crate::kit::{Mark, Rich, Weight};
use crate::number::{Rounded, decade, ten_to};
use crate::painter::{Candidate, LabelPlan, Painter, Text, Wanted, solid};
use crate::surface::{Align, DrawError};
use crate::theme::Color;

/// The pieces of a curve in CSS pixels, cut at the edges of the plot, never joined.
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
    let plot_area = frame.plot;
    let ends = |wanted: End| {
        plot.pieces.iter().flat_map(move |piece| {
            let first = piece.points.first().filter(|_| piece.start == wanted);
            let last = piece.points.last().filter(|_| piece.end == wanted);
            first.into_iter().chain(last)
        })
    };
    let visible = |points: &mut dyn Iterator<Item = &(f64, f64)>| -> Vec<(f64, f64)> {
        points.map(|&(x, y)| frame.place(x, y)).filter(|p| plot_area.contains(*p)).collect()
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

/// The triangle at a tangent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Triangle {
    /// Along x, positive.
    pub run: f64,
    /// Slope times run.
    pub rise: f64,
    /// The ends of the tangent's part, left and right, in CSS pixels.
    pub ends: [(f64, f64); 2],
    /// The right angle, in CSS pixels.
    pub corner: (f64, f64),
}

impl Triangle {
    /// Height of the run leg.
    fn level(&self) -> f64 {
        self.corner.1
    }

    /// Ends of the run leg, left and right.
    fn run_leg(&self) -> (f64, f64) {
        let [left, right] = self.ends;
        (left.0, right.0)
    }

    /// Ends of the run leg, the one at this place along x first.
    pub(super) fn run_from(&self, x: f64) -> [(f64, f64); 2] {
        let ((left, right), level) = (self.run_leg(), self.level());
        let ends = [(left, level), (right, level)];
        if (left - x).abs() <= (right - x).abs() { ends } else { [ends[1], ends[0]] }
    }

    /// Middle of the rise leg.
    fn rise_middle(&self) -> f64 {
        let [left, right] = self.ends;
        (left.1 + right.1) / 2.0
    }

    /// Away from the triangle at its corner: along x, and along y.
    fn outward(&self) -> (f64, f64) {
        let [left, right] = self.ends;
        let across = if self.corner.0 < (left.0 + right.0) / 2.0 { -1.0 } else { 1.0 };
        (across, if self.corner.1 < self.rise_middle() { -1.0 } else { 1.0 })
    }

    /// Places beside the rise leg, so far below its middle.
    fn beside<const N: usize>(&self, below: [f64; N]) -> Vec<Candidate> {
        let (across, _) = self.outward();
        let align = if across > 0.0 { Align::Start } else { Align::End };
        below.map(|dy| Candidate::new(self.corner.0 + 10.0 * across, self.rise_middle() + dy, align)).to_vec()
    }

    /// A place beyond the acute angle of the run leg.
    fn opposite(&self) -> Candidate {
        let ((left, right), (across, _)) = (self.run_leg(), self.outward());
        let (x, align) = if across > 0.0 { (left - 26.0, Align::End) } else { (right + 26.0, Align::Start) };
        Candidate::new(x, self.rise_middle(), align)
    }

    /// Whether the run leg keeps clear of an arrow that lies at this height between these places.
    fn clears(&self, ((from, height), tip): ((f64, f64), f64)) -> bool {
        // Half a head, and some air.
        const APART: f64 = 12.0;
        let (left, right) = self.run_leg();
        let shared = right.min(from.max(tip)) - left.max(from.min(tip));
        shared <= 3.0 || (self.level() - height).abs() >= APART
    }
}

/// The triangle at a place with this slope, where there is room for one: run 1, or the largest of a half, a fifth, a tenth and so on
/// that fits; to the right where there is room; its right angle below unless it would lie on the arrow of the step, which leads to
/// `arrow` along x.
pub(crate) fn triangle(frame: &Frame, (x, value): (f64, f64), slope: f64, arrow: Option<f64>) -> Option<Triangle> {
    // Room for the words beside and below it.
    let room = clip::Rect::new(frame.plot.left, frame.plot.top + 6.0, frame.plot.right, frame.plot.bottom);
    let from = frame.place(x, value);
    let arrow = arrow.map(|to| (from, frame.x.to_pixels(to)));
    let fits = |run: f64, side: f64| {
        let rise = slope * run;
        let other = frame.place(x + side * run, value + side * rise);
        let ends = if side > 0.0 { [from, other] } else { [other, from] };
        let [left, right] = ends;
        let (low, high) = if left.1 > right.1 { (left, right) } else { (right, left) };
        let corners = [(high.0, low.1), (low.0, high.1)];
        let triangles = corners.map(|corner| Triangle { run, rise, ends, corner });
        let seen = [from, other].iter().all(|end| room.contains(*end));
        triangles.into_iter().find(|t| seen && arrow.is_none_or(|arrow| t.clears(arrow)))
    };
    let (narrowest, widest) = (12.0, 0.3 * frame.plot.width());
    // One is the run that is easiest to read a slope from; far from one, the scale of the axis decides.
    let one = frame.x.per_unit();
    let unit = if (28.0..=1.2 * widest).contains(&one) { 1.0 } else { ten_to(decade(0.8 * widest / one)) };
    let shares: &[f64] = if unit == 1.0 { &[1.0, 2.0, 5.0, 10.0] } else { &[0.2, 0.5, 1.0, 2.0, 5.0, 10.0] };
    let runs = shares
        .iter()
        .map(|share| unit / share)
        .filter(|run| run * one >= narrowest && (*run == 1.0 || run * one <= widest));
    // On level ground there is no triangle to see.
    if runs.clone().next().is_none_or(|run| (slope * run * frame.y.per_unit()).abs() < 3.0) {
        return None;
    }
    // First large ones on the right, then large ones on the left, then whatever there is room for.
    let large = |run: &f64| run * one >= 40.0;
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
    pub arrow: Option<f64>,
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
        let found = if self.triangle { triangle(frame, self.at, slope, self.arrow) } else { None };
        if let Some(Triangle { ends: [a, c], corner, .. }) = found {
            painter.polygon(&[a, corner, c], theme.gradient.soft)?;
        }
        let ends = line_through(frame, at, slope, found.as_ref());
        for piece in clip::polyline(&ends, &frame.plot) {
            painter.line(&piece, &solid(theme.gradient.stroke, 2.25))?;
        }
        plan.avoid_line(&ends);
        if let Some(t) = &found {
            let legs = [t.ends[0], t.corner, t.ends[1]];
            painter.line(&legs, &solid(theme.gradient.stroke, 1.5))?;
            plan.avoid_line(&legs);
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
            for piece in clip::polyline(&[at, end], &frame.plot) {
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
        let ((left, right), (across, away)) = (triangle.run_leg(), triangle.outward());
        let run = language.kit().run(&Self::run_text(triangle, painter));
        let middle = (left + right) / 2.0;
        let places = [(0.0, 15.0), (-14.0, 15.0), (-24.0, 15.0), (0.0, 20.0), (0.0, -15.0)]
            .map(|(dx, dy)| Candidate::new(middle - across * dx, triangle.level() + away * dy, Align::Middle));
        plan.want(Wanted::one(Weight::Run, Text::label(theme.gradient.text).plain(&run), places.to_vec()));
        let rise = language.kit().rise(&self.rise_text(triangle, painter));
        let beside = triangle.beside([0.0, -14.0, 14.0, -28.0, 28.0, -42.0, 42.0]);
        plan.want(Wanted::one(Weight::Rise, Text::label(theme.gradient.text).plain(&rise), beside));
    }

    fn run_text(triangle: &Triangle, painter: &Painter<'_>) -> String {
        painter.language.locale().trimmed(triangle.run, 3)
    }

    /// How a slope follows from rise and run: `−30,000 / 50 = −600`. Over a run of one the rise says it already.
    fn quotient(&self, triangle: &Triangle, shown: &str, painter: &Painter<'_>) -> String {
        if triangle.run == 1.0 {
            return shown.to_owned();
        }
        format!("{} / {} = {shown}", self.rise_text(triangle, painter), Self::run_text(triangle, painter))
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
        let mut places = Vec::new();
        // The longest words that find room: the name and how it follows, beside the triangle alone.
        let mut longer = Vec::new();
        let named = (!frame.narrow && !self.name.0.is_empty()).then(|| text.clone().rich(self.name));
        if let Some(triangle) = triangle {
            places.extend(triangle.beside([20.0, 28.0, -20.0, 44.0, -36.0]));
            let ((left, right), (_, away)) = (triangle.run_leg(), triangle.outward());
            for (end, (side, align)) in triangle.ends.into_iter().zip([(-1.0, Align::End), (1.0, Align::Start)]) {
                places.extend([-6.0, -26.0, 18.0].map(|dy| Candidate::new(end.0 + side * 14.0, end.1 + dy, align)));
            }
            places.push(Candidate::new(
                (right + 200.0).min(frame.size.width - 6.0),
                triangle.level() - 6.0,
                Align::End,
            ));
            places.push(Candidate::new((left + right) / 2.0, triangle.level() + away * 34.0, Align::Middle));
            places.push(triangle.opposite());
            let quotient = self.quotient(triangle, &shown, painter);
            let named = named.clone().map(|named| named.plain(&quotient));
            let short = text.clone().plain(&language.kit().slope(&quotient));
            // A number alone says what it is of by how it follows.
            let bare = (triangle.run != 1.0).then(|| text.clone().plain(&quotient));
            let told = named.into_iter().chain([short]).chain(bare);
            longer.extend(told.map(|text| (text, places.clone(), false)));
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
        longer.extend(named.map(|named| (named.plain(&shown), places.clone(), true)));
        let shortest = Wanted::one(Weight::Slope, text.plain(&language.kit().slope(&shown)), places);
        let wanted = longer.into_iter().rev().fold(shortest, |shorter, (text, places, may_cross)| Wanted {
            shorter: Some(Box::new(shorter)),
            may_cross,
            ..Wanted::one(Weight::Slope, text, places)
        });
        plan.want(wanted);
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

/// The number of the slope leaves its label for the equation, which stands below the stage.
pub(super) fn slope_leaves(
    marks: &[Mark],
    share: f64,
    scenery: &Scenery,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let told = marks.iter().find_map(|mark| match mark {
        Mark::Tangent { slope: Slope::Smooth(slope), digits, .. } => Some((*slope, *digits)),
        _ => None,
    });
    let (Some((slope, digits)), Some(from)) = (told, scenery.plan.place_of(Weight::Slope)) else { return Ok(()) };
    // It has not left yet.
    if share == 0.0 {
        return Ok(());
    }
    // Gently off and gone at the edge: there the number of the equation is lit.
    let size = scenery.frame.size;
    let to = (0.6 * size.width, size.height + 12.0);
    let at = (from.0 + (to.0 - from.0) * share, from.1 + 16.0 + (to.1 - from.1 - 16.0) * share * share);
    let text = Text::emphasis(painter.theme.gradient.text).plain(&painter.language.locale().fixed(slope, digits));
    painter.text(at, Align::Middle, &text)
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
    for piece in clip::polyline(&[(at.0, at.1 - 90.0), (at.0, at.1 + 60.0)], &frame.plot) {
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
    let to_right = triangle.is_none_or(|t| (t.run_leg().0 - at.0).abs() < 0.5);
    let behind = (0.4 * run / dx.max(1e-9)).max(SHORTEST.0);
    let ahead = (1.2 * run / dx.max(1e-9)).max(SHORTEST.1);
    let (behind, ahead) =
        if triangle.is_none() { (SHORTEST.1, SHORTEST.1) } else { (behind.min(400.0), ahead.min(600.0)) };
    let (left, right) = if to_right { (behind, ahead) } else { (ahead, behind) };
    [along(frame, at, slope, -left), along(frame, at, slope, right)]
}
