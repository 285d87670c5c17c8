//! Fog that lifts outward from a place.

use crate::clip;
use crate::frame::Frame;
use crate::painter::Painter;
use crate::surface::DrawError;

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
