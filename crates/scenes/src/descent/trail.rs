//! Where the ball has been: past places, ticks of the same age on the axis, chords across a valley.

use super::DescentScene;
use super::curve::Ground;
use super::motion::Phase;
use super::walk::{Entry, Way};
use crate::clip;
use crate::painter::{Candidate, LabelPlan, Painter, Priority, Text, solid};
use crate::surface::{Align, DrawError};

/// Past places that are drawn.
const TRAIL: usize = 12;

/// How much of the step colour a past place keeps: 0.88 the newest, 0.30 the oldest of those drawn.
fn freshness(age: usize, drawn: usize) -> f64 {
    0.88 - 0.58 * (age as f64 / drawn.max(5).saturating_sub(1) as f64).min(1.0)
}

impl DescentScene {
    /// Past places on the curve with ticks of the same age on the axis; where a step crossed a valley, its chord.
    pub(super) fn draw_trail(
        &self,
        painter: &mut Painter<'_>,
        shown: Ground,
        phase: Phase,
        plan: &mut LabelPlan,
    ) -> Result<(), DrawError> {
        let frame = self.pictures.frame;
        let theme = painter.theme;
        let radius = if frame.narrow { 5.0 } else { 6.0 };
        let skipped = match phase {
            Phase::Growing(_) => 2,
            Phase::Still | Phase::Sliding(_) => 1,
        };
        let past: Vec<&Entry> = self.walk.entries().rev().skip(skipped).take(TRAIL).collect();
        let fade = if let Phase::Sliding(share) = phase { 1.0 - share } else { 0.0 };
        let newest = self.walk.entries().rev().nth(skipped - 1);
        let mut later = newest.map(|e| (shown, e.way));
        let mut dots = Vec::with_capacity(past.len());
        for (age, entry) in past.iter().enumerate() {
            let fresh = freshness(age, past.len());
            let aged = if age == 0 { fresh + (1.0 - fresh) * fade } else { fresh };
            let color = theme.step.stroke.mixed_into(theme.stage, aged);
            let ground = entry.ground;
            if let (Some((next, Way::Step { .. })), Some(value)) = (later, ground.value)
                && crossed(&ground, &next)
                && let Some(other) = next.value
            {
                let chord = [frame.place(ground.x, value), frame.place(next.x, other)];
                plan.avoid_line(&chord);
                for piece in clip::polyline(&chord, &frame.window()) {
                    painter.line(&piece, &solid(color, 1.75))?;
                }
            }
            later = Some((ground, entry.way));
            let Some(value) = ground.value else { continue };
            let at = frame.place(ground.x, value);
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
            plan.avoid_disc(*at, radius);
        }
        let (x, y) = self.pinned(shown);
        let whole = self.walk.len() + 1 - skipped <= TRAIL;
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
            plan.want(Priority::Note, Text::note(theme, "start"), places.to_vec());
        }
        Ok(())
    }
}

/// Whether a step went from one side of a valley to the other.
fn crossed(from: &Ground, to: &Ground) -> bool {
    matches!((from.gradient(), to.gradient()), (Some(a), Some(b)) if a * b < 0.0)
}
