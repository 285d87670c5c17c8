//! A walk on a curve: the arrow of the step, the drop to where it leads, past places with ticks of the same age, and a quantity step
//! by step.

use super::axes::is_low;
use super::{Scenery, hue};
use crate::clip;
use crate::frame::Frame;
use crate::kit::{Past, Phase, Weight};
use crate::painter::{Candidate, Painter, Text, Wanted, solid};
use crate::readout::Role;
use crate::surface::{Align, DrawError};

/// An arrow as it is wanted.
pub(super) struct Stride<'a> {
    pub from: (f64, f64),
    pub tip: f64,
    pub ghost: Option<(f64, f64)>,
    pub phase: Phase,
    /// Run leg of the triangle that it is made of: the end at the point first.
    pub leg: Option<[(f64, f64); 2]>,
    pub length: &'a str,
    pub product: Option<&'a str>,
    pub radius: f64,
}

impl Stride<'_> {
    /// The arrow at the height of the point, exactly as long as the step; then the drop to the ghost of the next place. A step that is
    /// shown makes it of the run of the triangle, drops it to the axis, and uses it up there.
    pub(super) fn draw(&self, scenery: &mut Scenery, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let (theme, frame, radius) = (painter.theme, scenery.frame, self.radius);
        let ((x, y), tip) = (self.from, self.tip);
        let seen = self.seen(&frame);
        match self.phase {
            Phase::Dropping(share) => self.arrow_at(y + (frame.plot.bottom - y) * share, seen, painter)?,
            Phase::Sliding(_) => return self.arrow_at(frame.plot.bottom, seen, painter),
            _ => self.arrow(seen, painter)?,
        }
        if let (Phase::Scaling(share), Some([near, far])) = (self.phase, self.leg) {
            let toward = |from: (f64, f64), to: f64| (from.0 + (to - from.0) * share, from.1 + (y - from.1) * share);
            let color = theme.step.stroke.mixed_into(theme.gradient.stroke, share);
            painter.line(&[toward(near, x), toward(far, seen)], &solid(color, 1.5 + 1.5 * share))?;
        }
        let visible = seen == tip;
        let still = !matches!(self.phase, Phase::Dropping(_));
        scenery.plan.avoid_rectangle((x, y - 6.0), (seen, y + 6.0));
        if still && (tip - x).abs() >= 14.0 + radius {
            self.want_length(scenery, painter);
        }
        let (Some(ghost), true) = (self.ghost, visible && (tip - x).abs() >= 6.0) else { return Ok(()) };
        if !frame.plot.contains(ghost) {
            // The next place is outside of the picture: the drop or the climb goes to its edge.
            return painter.guide((tip, y), (tip, clip::within(ghost.1, frame.plot.top, frame.plot.bottom)));
        }
        let toward = if ghost.1 > y { 1.0 } else { -1.0 };
        if (ghost.1 - y).abs() > 10.0 {
            painter.guide((tip, y), (tip, ghost.1 - 8.0 * toward))?;
        }
        painter.guide((tip, ghost.1.max(y) + 8.0), (tip, frame.plot.bottom))?;
        scenery.plan.avoid_line(&[(tip, y.min(ghost.1)), (tip, frame.plot.bottom)]);
        let (dx, dy) = (ghost.0 - x, ghost.1 - y);
        if dx * dx + dy * dy < (radius + 6.0) * (radius + 6.0) {
            return Ok(());
        }
        painter.ghost(ghost, if frame.narrow { 6.5 } else { 7.5 })?;
        scenery.plan.avoid_disc(ghost, 9.0);
        if !frame.narrow && dx.abs().max(dy.abs()) > 26.0 {
            let places = [
                (-10.0, 22.0, Align::End),
                (10.0, 22.0, Align::Start),
                (-14.0, -16.0, Align::End),
                (14.0, -16.0, Align::Start),
                (14.0, 0.0, Align::Start),
                (-14.0, 0.0, Align::End),
            ]
            .map(|(dx, dy, align)| Candidate::new(ghost.0 + dx, ghost.1 + dy, align));
            let text = Text::note(theme, painter.language.kit().next());
            scenery.plan.want(Wanted::one(Weight::Note, text, places.to_vec()));
        }
        Ok(())
    }

    /// The shaft leaves the ring of the knob. A step that is too short for a shaft shows its head, drawn under the knob from inside the
    /// ring.
    fn arrow(&self, seen: f64, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        const HEAD: f64 = 7.0;
        let (x, y) = self.from;
        let (side, length) = ((seen - x).signum(), (seen - x).abs());
        let rim = self.radius + 4.0;
        let tail = if length < rim + HEAD { length - HEAD } else { rim };
        let color = painter.theme.step.stroke;
        // While its run becomes the arrow, the arrow is only hinted at.
        let strength = match (self.phase, self.leg) {
            (Phase::Reading(share), Some(_)) => 1.0 - 0.8 * share,
            (Phase::Scaling(share), Some(_)) => 0.2 + 0.8 * share,
            _ => 1.0,
        };
        painter.arrow((x + side * tail, y), (seen, y), color.mixed_into(painter.theme.stage, strength))
    }

    /// The arrow away from its knob.
    fn arrow_at(&self, y: f64, seen: f64, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let x = self.from.0;
        if (seen - x).abs() < 1.0 {
            return Ok(());
        }
        painter.arrow((x, y), (seen, y), painter.theme.step.stroke)
    }

    /// Where the arrow is seen to end: exactly where the step leads; one that leads out of the picture has its head at the edge, clear of
    /// a knob that stands there.
    fn seen(&self, frame: &Frame) -> f64 {
        let ((x, _), clear) = (self.from, self.radius + 12.0);
        let (left, right) = (frame.plot.left.min(x - clear), frame.plot.right.max(x + clear));
        clip::within(self.tip, left.max(3.0), right.min(frame.size.width - 3.0))
    }

    fn want_length(&self, scenery: &mut Scenery, painter: &Painter<'_>) {
        let ((x, y), tip) = (self.from, self.seen(&scenery.frame));
        let kit = painter.language.kit();
        let words = match scenery.frame.narrow {
            _ if let (Phase::Scaling(_), Some(product)) = (self.phase, self.product) => product.to_owned(),
            _ if tip != self.tip => kit.step_beyond(self.length),
            true => self.length.to_owned(),
            false => kit.step_of(self.length),
        };
        let text = Text::label(painter.theme.step.text).plain(&words);
        let middle = (x + tip) / 2.0;
        let side = (tip - x).signum();
        let near = x + side * 22.0;
        let (toward, toward_back) = if side < 0.0 { (Align::End, Align::Start) } else { (Align::Start, Align::End) };
        let places = vec![
            Candidate::new(near, y - 14.0, toward),
            Candidate::new(middle, y - 16.0, Align::Middle),
            Candidate::new(near, y + 17.0, toward),
            Candidate::new(tip, y - 16.0, Align::Middle),
            Candidate::new(tip, y - 16.0, toward_back),
            Candidate::new(tip, y + 18.0, toward_back),
            Candidate::new(tip + side * 10.0, y, toward),
            Candidate::new(middle, y - 26.0, Align::Middle),
            Candidate::new(middle, y + 24.0, Align::Middle),
        ];
        scenery.plan.want(Wanted::one(Weight::Step, text, places));
    }
}

/// How much of the step colour a past place keeps: 0.88 the newest, 0.30 the oldest of those drawn.
fn freshness(age: usize, drawn: usize) -> f64 {
    0.88 - 0.58 * (age as f64 / drawn.max(5).saturating_sub(1) as f64).min(1.0)
}

/// Past places on the curve with ticks of the same age on the axis; where a step crossed a valley, its chord.
pub(super) fn trail(
    past: &[Past],
    here: (f64, Option<f64>),
    fade: f64,
    whole: bool,
    scenery: &mut Scenery,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let (theme, frame) = (painter.theme, scenery.frame);
    let radius = if frame.narrow { 5.0 } else { 6.0 };
    let mut later = here;
    let mut dots = Vec::with_capacity(past.len());
    for (age, place) in past.iter().enumerate() {
        let fresh = freshness(age, past.len());
        let aged = if age == 0 { fresh + (1.0 - fresh) * fade } else { fresh };
        let color = theme.step.stroke.mixed_into(theme.stage, aged);
        if let (true, Some(value), Some(other)) = (place.crossed, place.at.1, later.1) {
            let chord = [frame.place(place.at.0, value), frame.place(later.0, other)];
            scenery.plan.avoid_line(&chord);
            for piece in clip::polyline(&chord, &frame.plot) {
                painter.line(&piece, &solid(color, 1.75))?;
            }
        }
        later = place.at;
        let Some(value) = place.at.1 else { continue };
        let at = frame.place(place.at.0, value);
        if at.0 >= 0.0 && at.0 <= frame.size.width {
            let base = frame.plot.bottom;
            painter.line(&[(at.0, base - 7.0), (at.0, base)], &solid(color, 2.0))?;
        }
        if frame.plot.grown(radius).contains(at) && at.1 <= frame.plot.bottom {
            dots.push((at, aged));
        }
    }
    // The oldest at the bottom.
    for (at, share) in dots.iter().rev() {
        painter.past_dot(*at, radius, *share)?;
        scenery.plan.avoid_disc(*at, radius);
    }
    let (x, y) = scenery.pinned(here);
    if let (Some((at, _)), true, false) = (dots.last(), whole, frame.narrow)
        && ((at.0 - x).abs() > 26.0 || (at.1 - y).abs() > 26.0)
    {
        let places = [
            (4.0, -16.0, Align::Middle),
            (-12.0, -12.0, Align::End),
            (12.0, -12.0, Align::Start),
            (0.0, 18.0, Align::Middle),
            (14.0, 0.0, Align::Start),
            (-14.0, 0.0, Align::End),
        ]
        .map(|(dx, dy, align)| Candidate::new(at.0 + dx, at.1 + dy, align));
        let text = Text::note(theme, painter.language.kit().start());
        scenery.plan.want(Wanted::one(Weight::Note, text, places.to_vec()));
    }
    Ok(())
}

/// Dots on every step while there are so few that they stay apart.
const MOST_DOTS: usize = 40;

/// A quantity step by step, above the line that none can beat.
pub(super) fn series(
    points: &[(f64, f64)],
    name: &str,
    floor: Option<&(f64, Vec<String>)>,
    role: Role,
    scenery: &mut Scenery,
    painter: &mut Painter<'_>,
) -> Result<(), DrawError> {
    let (theme, frame) = (painter.theme, scenery.frame);
    let (plot, color) = (frame.plot, hue(theme, role));
    let pixels: Vec<_> = points.iter().map(|&(x, y)| frame.place(x, y)).collect();
    let pieces = clip::polyline(&pixels, &clip::Rect::new(plot.left, 2.0, plot.right, plot.bottom));
    let borrowed: Vec<&[(f64, f64)]> = pieces.iter().map(Vec::as_slice).collect();
    painter.lines(&borrowed, &solid(color.stroke, 2.75))?;
    let low = is_low(frame.size);
    scenery.plan = crate::painter::LabelPlan::new(clip::Rect::new(plot.left + 2.0, 3.0, plot.right, plot.bottom - 2.0));
    scenery.plan.avoid_line(&pixels);
    let seen = |at: &(f64, f64)| at.1 >= 2.0 && at.1 <= plot.bottom + 0.5;
    if pixels.len() <= MOST_DOTS {
        for at in pixels.iter().rev().skip(1).filter(|at| seen(at)) {
            painter.disc(*at, 3.5, theme.stage)?;
            painter.circle(*at, 3.5, &solid(color.stroke, 1.75))?;
        }
    }
    let Some(&at) = pixels.last() else { return Ok(()) };
    if seen(&at) {
        painter.disc(at, 6.0, color.stroke)?;
    }
    scenery.plan.avoid_disc(at, 7.0);
    let y = clip::within(at.1, 12.0, plot.bottom - 12.0);
    let places = vec![
        Candidate::new(at.0 + 12.0, y - 10.0, Align::Start),
        Candidate::new(at.0 + 12.0, y - 24.0, Align::Start),
        Candidate::new(at.0 - 12.0, y - 24.0, Align::End),
        Candidate::new(at.0, y - 20.0, Align::End),
        Candidate::new(at.0 + 12.0, y + 14.0, Align::Start),
        Candidate::new(at.0 - 12.0, y + 14.0, Align::End),
        Candidate::new(at.0 - 12.0, y, Align::End),
        Candidate::new(plot.right - 4.0, 14.0, Align::End),
    ];
    let text = if low { Text::label(color.text) } else { Text::emphasis(color.text) }.plain(name);
    scenery.plan.want(Wanted { may_cross: true, ..Wanted::one(Weight::Slope, text, places) });
    let Some((floor, names)) = floor else { return Ok(()) };
    let floor = frame.y.to_pixels(*floor);
    scenery.plan.avoid_line(&[(plot.left, floor), (plot.right, floor)]);
    let places = vec![
        Candidate::new(plot.right - 4.0, floor + 14.0, Align::End),
        Candidate::new(plot.right - 4.0, floor - 13.0, Align::End),
        Candidate::new(plot.left + 8.0, floor + 14.0, Align::Start),
        Candidate::new((plot.left + plot.right) / 2.0, floor + 14.0, Align::Middle),
    ];
    let mut wanted: Option<Wanted> = None;
    for words in names.iter().rev() {
        let one = Wanted::one(Weight::Note, Text::note(theme, words), places.clone());
        wanted = Some(Wanted { may_cross: true, shorter: wanted.map(Box::new), ..one });
    }
    if let Some(wanted) = wanted {
        scenery.plan.want(wanted);
    }
    Ok(())
}
