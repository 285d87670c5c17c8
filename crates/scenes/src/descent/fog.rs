//! The blindfold: fog over the stage, a clearing around the ball, the few pixels of ground that were felt.

use super::{Descent, words};
use crate::clip;
use crate::frame::Frame;
use crate::ground::Ground;
use crate::painter::{Painter, Text, solid};
use crate::surface::{Align, DrawError};

/// So far on each side of a place one has stood on the ground is known, CSS pixels.
const FELT: f64 = 9.0;
/// How far the fog clears around the ball, CSS pixels.
const CLEARING: f64 = 84.0;

impl Descent {
    pub(super) fn paint_fog(
        &self,
        what: &'static str,
        painter: &mut Painter<'_>,
        frame: &Frame,
    ) -> Result<(), DrawError> {
        let theme = painter.theme;
        match what {
            "fog" => {
                let all = clip::Rect::new(0.0, 0.0, frame.size.width, frame.size.height);
                painter.polygon(&clip::rounded(&all, 14.0), theme.sunk)
            }
            "clearing" => {
                let at = held(frame, self.here());
                for ring in 0..=14 {
                    let share = f64::from(ring) / 14.0;
                    let color = theme.stage.mixed_into(theme.sunk, share);
                    painter.disc(at, CLEARING * (1.0 - 0.65 * share), color)?;
                }
                Ok(())
            }
            "felt" => self.paint_felt(painter, frame),
            _ => {
                let note = Text::note(theme, words(painter.language).hidden());
                painter.text((frame.size.width / 2.0, frame.size.height / 2.0), Align::Middle, &note)
            }
        }
    }

    /// The few pixels of curve around every place one has stood on. Nothing between them is known.
    fn paint_felt(&self, painter: &mut Painter<'_>, frame: &Frame) -> Result<(), DrawError> {
        let theme = painter.theme;
        let curve = self.site.curve();
        let path = self.walk.path(600);
        // Places that share a pixel are drawn once.
        let mut last = f64::NAN;
        for (place, value) in path.points.iter().zip(&path.values) {
            let (x, y) = frame.place(*place, *value);
            if (x - last).abs() < 0.5 || !frame.plot.contains((x, y)) {
                continue;
            }
            last = x;
            let felt: Vec<(f64, f64)> = (-6..=6)
                .filter_map(|i| {
                    let at = frame.x.to_data(x + FELT * f64::from(i) / 6.0);
                    curve.value(at).map(|v| frame.place(at, v))
                })
                // Across a pole or a jump the ground is not the same ground.
                .filter(|p| (p.1 - y).abs() <= 60.0)
                .collect();
            for piece in clip::polyline(&felt, &frame.plot) {
                painter.line(&piece, &solid(theme.loss.stroke.mixed_into(theme.sunk, 0.75), 2.75))?;
            }
            painter.line(&[(x, frame.plot.bottom - 7.0), (x, frame.plot.bottom)], &solid(theme.step.stroke, 2.0))?;
        }
        Ok(())
    }
}

/// The ball's place in CSS pixels, held at the edge of the plot.
fn held(frame: &Frame, ground: Ground) -> (f64, f64) {
    crate::kit::held(frame, (ground.x, ground.value))
}
