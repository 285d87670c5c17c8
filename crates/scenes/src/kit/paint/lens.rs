//! A lens around a place: the curve there, magnified, with its tangent.

use super::Scenery;
use crate::clip;
use crate::ground::Slope;
use crate::kit::{Point, Weight};
use crate::painter::{Candidate, Painter, Text, Wanted, solid};
use crate::surface::{Align, DrawError};

/// Radius on a wide and on a narrow picture, CSS pixels.
const RADII: (f64, f64) = (62.0, 50.0);
/// So far the tangent is seen outside of the glass, CSS pixels.
const PAST: f64 = 40.0;

/// A lens as it is wanted.
pub(super) struct Lens<'a> {
    pub at: Point,
    pub power: f64,
    pub pieces: &'a [Vec<Point>],
    pub slope: Slope,
}

impl Lens<'_> {
    /// Draws the glass over what is there, then what is seen through it.
    pub(super) fn draw(&self, scenery: &mut Scenery, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let (theme, frame) = (painter.theme, scenery.frame);
        let middle = scenery.pinned((self.at.0, Some(self.at.1)));
        let radius = if frame.narrow { RADII.1 } else { RADII.0 };
        let (right, up) = (self.power * frame.x.per_unit(), self.power * frame.y.per_unit());
        if let Slope::Smooth(slope) = self.slope {
            let ends = [-1.0, 1.0].map(|side| super::curve::along(&frame, middle, slope, side * (radius + PAST)));
            for part in clip::polyline(&ends, &frame.plot) {
                painter.line(&part, &solid(theme.gradient.stroke, 2.25))?;
            }
            scenery.plan.avoid_line(&ends);
        }
        painter.disc(middle, radius, theme.stage)?;
        let seen = |line: &[Point]| -> Vec<Vec<Point>> {
            let pixels: Vec<Point> = line.iter().map(|(dx, dy)| (middle.0 + dx * right, middle.1 - dy * up)).collect();
            clip::polyline(
                &pixels,
                &clip::Rect::new(middle.0 - radius, middle.1 - radius, middle.0 + radius, middle.1 + radius),
            )
            .iter()
            .flat_map(|part| clip::in_circle(part, middle, radius))
            .collect()
        };
        for half in self.tangents(2.0 * radius / right, 2.0 * radius / up) {
            for part in seen(&half) {
                painter.line(&part, &solid(theme.gradient.stroke, 2.25))?;
            }
        }
        for part in self.pieces.iter().flat_map(|piece| seen(piece)) {
            painter.line(&part, &solid(theme.loss.stroke, 3.5))?;
        }
        painter.circle(middle, radius, &solid(theme.ink_3, 1.25))?;
        scenery.plan.avoid_disc(middle, radius + 6.0);
        let locale = painter.language.locale();
        let across = locale.significant(2.0 * radius / right, 2);
        let words = painter.language.kit().lens(&locale.trimmed(self.power, 2), &across);
        let out = radius + 10.0;
        let side = |dx: f64| if dx > 0.0 { Align::Start } else { Align::End };
        let beside = [-0.6, 0.6, -0.9, 0.9, 0.0].into_iter().flat_map(|up| [(out, up), (-out, up)]);
        let mut places: Vec<Candidate> =
            beside.map(|(dx, up)| Candidate::new(middle.0 + dx, middle.1 + up * radius, side(dx))).collect();
        places.extend([16.0, 38.0, 60.0].map(|up| Candidate::new(middle.0, middle.1 - radius - up, Align::Middle)));
        let text = Text::label(theme.ink_2).plain(&words);
        scenery.plan.want(Wanted::one(Weight::Step, text, places.to_vec()));
        Ok(())
    }

    /// The tangent as lines of distances from the place, long enough to leave the glass.
    fn tangents(&self, far: f64, high: f64) -> Vec<[Point; 2]> {
        let half = |slope: Option<f64>, side: f64| slope.map(|s| [(0.0, 0.0), (side * far, side * far * s)]);
        match self.slope {
            Slope::Smooth(slope) => vec![[(-far, -far * slope), (far, far * slope)]],
            Slope::Kink { left, right, .. } => half(left, -1.0).into_iter().chain(half(right, 1.0)).collect(),
            Slope::Vertical { .. } => vec![[(0.0, -high), (0.0, high)]],
            Slope::Missing => Vec::new(),
        }
    }
}
