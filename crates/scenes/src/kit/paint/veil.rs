//! The blindfold: a clearing around a place, the few pixels of ground that were felt, fog that lifts outward.

use crate::clip;
use crate::frame::Frame;
use crate::ground::Curve;
use crate::kit::Point;
use crate::painter::{Painter, solid};
use crate::surface::DrawError;

/// So far on each side of a place one has stood on the ground is known, CSS pixels.
const FELT: f64 = 9.0;
/// How far the fog clears around the ball, CSS pixels.
const CLEARING: f64 = 84.0;
/// How wide the edge of the fog is, CSS pixels.
const EDGE: f64 = 60.0;
/// Bands of the edge, each a little denser.
const BANDS: i32 = 6;

/// Covers the stage but for a window around a place, which grows until nothing is left of the fog.
pub(super) fn draw(x: f64, clear: f64, frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let (fog, size) = (painter.theme.sunk, frame.size);
    let farthest = x.max(size.width - x) + EDGE;
    for band in 0..=BANDS {
        // Bands lie over one another: the outermost is covered by all of them.
        let share = f64::from(band) / f64::from(BANDS);
        let half = clear * farthest - EDGE * (1.0 - share);
        let color = if band == BANDS { fog } else { fog.alpha(1.0 / f64::from(BANDS)) };
        for (left, right) in [(0.0, x - half.max(0.0)), (x + half.max(0.0), size.width)] {
            let (left, right) = (clip::within(left, 0.0, size.width), clip::within(right, 0.0, size.width));
            if right - left > 0.5 {
                let corners = [(left, 0.0), (right, 0.0), (right, size.height), (left, size.height)];
                painter.polygon(&corners, color)?;
            }
        }
    }
    Ok(())
}

/// The fog is thin around this place, given in CSS pixels.
pub(super) fn clearing(at: (f64, f64), painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let theme = painter.theme;
    for ring in 0..=14 {
        let share = f64::from(ring) / 14.0;
        painter.disc(at, CLEARING * (1.0 - 0.65 * share), theme.stage.mixed_into(theme.sunk, share))?;
    }
    Ok(())
}

/// The few pixels of curve around every place one has stood on. Nothing between them is known.
pub(super) fn felt(curve: &Curve, at: &[Point], frame: &Frame, painter: &mut Painter<'_>) -> Result<(), DrawError> {
    let theme = painter.theme;
    // Places that share a pixel are drawn once.
    let mut last = f64::NAN;
    for (x, y) in at.iter().map(|&(x, value)| frame.place(x, value)) {
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
