//! The curve's stage under the blindfold: only the ball, the slope under it, and the few places one has stood on.

use super::DescentScene;
use super::curve::Slope;
use super::motion::Phase;
use super::tangent::tangent;
use crate::clip;
use crate::frame::Axes;
use crate::number::fixed;
use crate::painter::{Candidate, LabelPlan, Painter, Priority, Text, solid};
use crate::surface::{Align, DrawError};

/// So far on each side of a place one has stood on the ground is known, CSS pixels.
const FELT: f64 = 9.0;
/// How far the fog clears around the ball, CSS pixels.
const CLEARING: f64 = 84.0;
/// The corner of a stage, CSS pixels.
const CORNER: f64 = 14.0;

impl DescentScene {
    /// Fog over the whole stage.
    pub(super) fn draw_fog(&self, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let size = self.pictures.frame.size;
        painter.polygon(&rounded_rectangle(size.width, size.height), painter.theme.sunk)
    }

    /// What can be felt.
    pub(super) fn draw_blind(&self, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let theme = painter.theme;
        let frame = self.pictures.frame;
        let (shown, phase) = self.shown();
        let at = self.pinned(shown);
        for ring in 0..=14 {
            let share = f64::from(ring) / 14.0;
            let color = theme.stage.mixed_into(theme.sunk, share);
            painter.disc(at, CLEARING * (1.0 - 0.65 * share), color)?;
        }
        let mut axes = Axes { mute_y: true, y_name: Text::label(theme.ink_2), ..self.axes(theme) };
        axes.x_name.halo = false;
        frame.draw(painter, &axes)?;
        self.draw_felt(painter)?;

        let mut plan = LabelPlan::new(frame.size.width, frame.plot.bottom);
        plan.avoid_disc(at, 18.0);
        if let Slope::Smooth(slope) = shown.slope {
            let ends = tangent(&frame, at, slope, None);
            for piece in clip::polyline(&ends, &frame.window()) {
                painter.line(&piece, &solid(theme.gradient.stroke, 2.25))?;
            }
            plan.avoid_line(&ends);
            let words = format!("slope {}", fixed(slope, self.slope_decimals()));
            let side = if slope > 0.0 { 1.0 } else { -1.0 };
            let places = [(34.0, 22.0), (34.0, 34.0), (-34.0, -26.0), (-34.0, -38.0), (34.0, -44.0)].map(|(dx, dy)| {
                let align = if dx > 0.0 { Align::Start } else { Align::End };
                Candidate::new(at.0 + dx, at.1 + side * dy, align)
            });
            plan.want(Priority::Slope, Text::emphasis(theme.gradient.text).plain(&words), places.to_vec());
        } else {
            self.draw_tangent(painter, shown, &mut plan)?;
        }
        self.draw_step(painter, shown, phase, &mut plan)?;
        painter.handle(at, &self.look(shown))?;
        if phase == Phase::Still {
            plan.draw(painter)?;
        }
        Ok(())
    }

    /// The few pixels of curve around every place one has stood on. Nothing between them is known.
    fn draw_felt(&self, painter: &mut Painter<'_>) -> Result<(), DrawError> {
        let frame = self.pictures.frame;
        let theme = painter.theme;
        // Places that share a pixel are drawn once.
        let mut last = f64::NAN;
        for entry in self.walk.entries() {
            let Some(value) = entry.ground.value else { continue };
            let (x, y) = frame.place(entry.ground.x, value);
            if (x - last).abs() < 0.5 || !frame.plot.contains((x, y)) {
                continue;
            }
            last = x;
            let steps = 6;
            let felt: Vec<(f64, f64)> = (0..=2 * steps)
                .filter_map(|i| {
                    let px = x + FELT * (f64::from(i) / f64::from(steps) - 1.0);
                    let at = frame.x.to_data(px);
                    self.curve.value(at).map(|v| frame.place(at, v))
                })
                // Across a pole or a jump the ground is not the same ground.
                .filter(|p| (p.1 - y).abs() <= 60.0)
                .collect();
            for piece in clip::polyline(&felt, &frame.window()) {
                painter.line(&piece, &solid(theme.loss.stroke.mixed_into(theme.sunk, 0.75), 2.75))?;
            }
            painter.line(&[(x, frame.plot.bottom - 7.0), (x, frame.plot.bottom)], &solid(theme.step.stroke, 2.0))?;
        }
        Ok(())
    }
}

/// The outline of a stage.
fn rounded_rectangle(width: f64, height: f64) -> Vec<(f64, f64)> {
    // Cosines of 0, 15, …, 90 degrees.
    const COSINES: [f64; 7] = [
        1.0,
        0.965_925_826_289_068_3,
        0.866_025_403_784_438_6,
        core::f64::consts::FRAC_1_SQRT_2,
        0.5,
        0.258_819_045_102_520_8,
        0.0,
    ];
    let (r, w, h) = (CORNER, width, height);
    let arc = |cx: f64, cy: f64, sx: f64, sy: f64, swap: bool| {
        COSINES.iter().zip(COSINES.iter().rev()).map(move |(&c, &s)| {
            let (c, s) = if swap { (s, c) } else { (c, s) };
            (cx + sx * r * c, cy + sy * r * s)
        })
    };
    arc(w - r, h - r, 1.0, 1.0, false)
        .chain(arc(r, h - r, -1.0, 1.0, true))
        .chain(arc(r, r, -1.0, -1.0, false))
        .chain(arc(w - r, r, 1.0, -1.0, true))
        .collect()
}
