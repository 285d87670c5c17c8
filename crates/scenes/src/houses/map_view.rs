//! Where on the map a line lies, and which part of the endless plane of lines the map shows.

use super::bowl::{Basis, Bowl, Line};
use crate::clip::Rect;

/// The window of a map: parameters to CSS pixels and back. Affine in each axis, so ellipses stay ellipses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapView {
    /// The parameters' basis.
    pub basis: Basis,
    /// The drawn rectangle.
    pub frame: Rect,
    /// Parameters at the middle of the frame.
    pub centre: [f64; 2],
    /// Parameter units in half the frame's width and height.
    pub half: [f64; 2],
}

/// The part of the plane that is worth showing, before a frame is known: a point and how far from the best line it reaches, in
/// target units (the square root of the loss above its floor).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Distance from the best line, target units.
    pub reach: f64,
    /// The line that the window is made to hold.
    pub anchor: Line,
}

/// Room around the start and the best line, as a share of their distance.
const MARGIN: f64 = 1.45;

impl Extent {
    /// Reaches from the best line to `anchor` with some room, and at least far enough for the first contours.
    #[must_use]
    pub fn around(bowl: &Bowl, anchor: Line) -> Self {
        let [w, c] = bowl.offset(Basis::RAW, Basis::RAW.parameters(anchor));
        let far = w.abs().max(c.abs()) * MARGIN;
        let least = 0.75 * bowl.floor.sqrt();
        let fallback = (1e-3 * bowl.mean_y.abs()).max(1e-3);
        let reach = [far, least, fallback].into_iter().filter(|r| r.is_finite()).fold(0.0, f64::max);
        Self { reach, anchor }
    }

    /// The window on a frame. Standardised parameters share one scale, so that level sets are circles; raw ones get the box
    /// around the ellipse of the reach, with room.
    #[must_use]
    pub fn view(self, bowl: &Bowl, standardize: bool, frame: Rect) -> MapView {
        let basis = bowl.basis(standardize);
        let centre = basis.parameters(bowl.best());
        let half = if standardize {
            let (w, h) = (frame.width(), frame.height());
            let unit = self.reach / (w.min(h) / 2.0);
            [unit * w / 2.0, unit * h / 2.0]
        } else {
            // The ellipse (m·s)² + (b + m·x̄)² = r² reaches r/s sideways and r·√(1 + (x̄/s)²) upwards. A little more than half of it
            // shows the needle and leaves the path room; the anchor is inside in any case.
            let (s, m) = (bowl.deviation_x, bowl.mean_x / bowl.deviation_x);
            let reach = [self.reach / s, self.reach * (1.0 + m * m).sqrt()].map(|r| 0.55 * r);
            let far = basis.parameters(self.anchor);
            let [x, y] = reach;
            [x.max(1.3 * (far[0] - centre[0]).abs()), y.max(1.3 * (far[1] - centre[1]).abs())]
        };
        MapView { basis, frame, centre, half }
    }
}

impl MapView {
    /// CSS pixels of parameters. Far outside the frame the numbers grow large but stay finite for finite parameters below 1e200.
    #[must_use]
    pub fn to_px(self, p: [f64; 2]) -> (f64, f64) {
        let (cx, cy) = middle(&self.frame);
        (
            cx + (p[0] - self.centre[0]) / self.half[0] * self.frame.width() / 2.0,
            cy - (p[1] - self.centre[1]) / self.half[1] * self.frame.height() / 2.0,
        )
    }

    /// Parameters at CSS pixels.
    #[must_use]
    pub fn at_px(self, (x, y): (f64, f64)) -> [f64; 2] {
        let (cx, cy) = middle(&self.frame);
        [
            self.centre[0] + (x - cx) / (self.frame.width() / 2.0) * self.half[0],
            self.centre[1] - (y - cy) / (self.frame.height() / 2.0) * self.half[1],
        ]
    }

    /// Where the knob of a spot stands: on it, or inside the edge through which it left, so that it can be fetched back.
    #[must_use]
    pub fn held(&self, (x, y): (f64, f64)) -> (f64, f64) {
        if self.frame.contains((x, y)) {
            return (x, y);
        }
        let edge = self.frame.grown(-12.0);
        (x.clamp(edge.left, edge.right), y.clamp(edge.top, edge.bottom))
    }

    /// Lowest and highest value of one parameter in the window.
    #[must_use]
    pub fn range(self, axis: usize) -> (f64, f64) {
        let (centre, half) = if axis == 0 { (self.centre[0], self.half[0]) } else { (self.centre[1], self.half[1]) };
        (centre - half, centre + half)
    }

    /// CSS pixels of an offset from the best line in standard coordinates (see [`Bowl::offset`]).
    #[must_use]
    pub fn offset_to_px(&self, bowl: &Bowl, offset: [f64; 2]) -> (f64, f64) {
        let standard = bowl.standard();
        let p = [bowl.best_w + offset[0], bowl.mean_y + offset[1]];
        self.to_px(if self.basis == standard { p } else { self.basis.parameters(standard.line(p)) })
    }

    /// The outline of the level set at this distance from the best line: an ellipse, or where the feature never changes a strip;
    /// already cut to the frame, and empty where the frame shows nothing of it.
    #[must_use]
    pub fn level_set(&self, bowl: &Bowl, distance: f64) -> Vec<(f64, f64)> {
        let outline = if bowl.curvature > 0.0 { self.ellipse(bowl, distance) } else { self.strip(bowl, distance) };
        clip_polygon(&outline, &self.frame)
    }

    fn ellipse(&self, bowl: &Bowl, distance: f64) -> Vec<(f64, f64)> {
        let centre = self.offset_to_px(bowl, [0.0, 0.0]);
        let radius = |offset| {
            let p = self.offset_to_px(bowl, offset);
            (p.0 - centre.0).abs().max((p.1 - centre.1).abs())
        };
        let longest = radius([distance, 0.0]) + radius([0.0, distance]);
        // A chord over an angle a lies a²/8 of the radius inside the arc: keep that below a tenth of a pixel. 512 a quarter is
        // enough for an ellipse 2 million pixels long.
        let quarter = ((longest.max(1.0) * 2.0).sqrt().ceil()).clamp(12.0, 512.0) as usize;
        let mut outline = Vec::with_capacity(4 * quarter);
        for turn in 0..4 {
            for i in 0..quarter {
                // A quarter circle in rational form: ((1 − t²)/(1 + t²), 2t/(1 + t²)) for t from 0 to 1.
                let t = i as f64 / quarter as f64;
                let (x, y) = ((1.0 - t * t) / (1.0 + t * t) * distance, 2.0 * t / (1.0 + t * t) * distance);
                let offset = match turn {
                    0 => [x, y],
                    1 => [-y, x],
                    2 => [-x, -y],
                    _ => [y, -x],
                };
                outline.push(self.offset_to_px(bowl, offset));
            }
        }
        outline
    }

    /// |c − ȳ| ≤ distance, whatever w is: between two parallel lines, long enough to leave the frame at both ends.
    fn strip(&self, bowl: &Bowl, distance: f64) -> Vec<(f64, f64)> {
        let long = 4.0 * self.half[0] * bowl.deviation_x / self.basis.scale;
        [[-long, -distance], [long, -distance], [long, distance], [-long, distance]]
            .map(|offset| self.offset_to_px(bowl, offset))
            .to_vec()
    }
}

fn middle(frame: &Rect) -> (f64, f64) {
    ((frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0)
}

/// The part of a convex polygon inside a rectangle (Sutherland and Hodgman, "Reentrant polygon clipping", CACM 17, 1974).
fn clip_polygon(polygon: &[(f64, f64)], frame: &Rect) -> Vec<(f64, f64)> {
    // How far inside each edge a point lies.
    let edges: [&dyn Fn((f64, f64)) -> f64; 4] =
        [&|p| p.0 - frame.left, &|p| frame.right - p.0, &|p| p.1 - frame.top, &|p| frame.bottom - p.1];
    let mut kept: Vec<(f64, f64)> = polygon.iter().copied().filter(|p| p.0.is_finite() && p.1.is_finite()).collect();
    for inside in edges {
        let Some(&(mut from)) = kept.last() else { break };
        let mut cut = Vec::with_capacity(kept.len() + 2);
        for &to in &kept {
            let (a, b) = (inside(from), inside(to));
            if (a >= 0.0) != (b >= 0.0) {
                let t = a / (a - b);
                cut.push((from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t));
            }
            if b >= 0.0 {
                cut.push(to);
            }
            from = to;
        }
        kept = cut;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { left: 54.0, top: 36.0, right: 374.0, bottom: 370.0 };

    fn bowl() -> Bowl {
        Bowl::new(&[800.0, 1200.0, 1500.0, 2600.0], &[90e3, 150e3, 160e3, 310e3])
    }

    #[test]
    fn pixels_and_parameters_are_each_other_s_inverse() {
        for standardize in [true, false] {
            let bowl = bowl();
            let view = Extent::around(&bowl, Line { slope: 0.0, intercept: 0.0 }).view(&bowl, standardize, FRAME);
            let p = [0.3 * view.half[0] + view.centre[0], view.centre[1] - 0.7 * view.half[1]];
            let back = view.at_px(view.to_px(p));
            for i in 0..2 {
                assert!((back[i] - p[i]).abs() < 1e-12 * view.half[i].max(p[i].abs()));
            }
        }
    }

    #[test]
    fn every_point_of_a_contour_has_the_level_s_loss() {
        let bowl = bowl();
        for standardize in [true, false] {
            let view = Extent::around(&bowl, Line { slope: 0.0, intercept: 0.0 }).view(&bowl, standardize, FRAME);
            let distance = 40e3;
            let wanted = bowl.floor + distance * distance;
            let outline = view.level_set(&bowl, distance);
            assert!(outline.len() > 40);
            let inside = |p: &(f64, f64)| p.0 > 54.5 && p.0 < 373.5 && p.1 > 36.5 && p.1 < 369.5;
            for &point in outline.iter().filter(|p| inside(p)) {
                let loss = bowl.loss(view.basis, view.at_px(point));
                assert!((loss - wanted).abs() < 1e-9 * wanted, "{loss} {wanted}");
            }
        }
    }

    #[test]
    fn standardised_contours_are_circles_on_the_screen() {
        let bowl = bowl();
        let view = Extent::around(&bowl, Line { slope: 0.0, intercept: 0.0 }).view(&bowl, true, FRAME);
        let centre = view.offset_to_px(&bowl, [0.0, 0.0]);
        let radii: Vec<f64> = view
            .ellipse(&bowl, 30e3)
            .iter()
            .map(|p| ((p.0 - centre.0).powi(2) + (p.1 - centre.1).powi(2)).sqrt())
            .collect();
        let (low, high) = radii.iter().fold((f64::MAX, 0.0f64), |(l, h), r| (l.min(*r), h.max(*r)));
        assert!(high - low < 1e-9 * high, "{low} {high}");
    }

    #[test]
    fn start_and_best_line_are_both_in_the_window() {
        let bowl = bowl();
        let start = Line { slope: 0.0, intercept: 0.0 };
        for standardize in [true, false] {
            let view = Extent::around(&bowl, start).view(&bowl, standardize, FRAME);
            for line in [start, bowl.best()] {
                assert!(FRAME.contains(view.to_px(view.basis.parameters(line))), "{line:?}");
            }
        }
    }

    #[test]
    fn a_trough_is_drawn_as_a_strip_across_the_frame() {
        let bowl = Bowl::new(&[3.0, 3.0, 3.0], &[1.0, 2.0, 6.0]);
        for standardize in [true, false] {
            let view = Extent::around(&bowl, Line { slope: 0.0, intercept: 0.0 }).view(&bowl, standardize, FRAME);
            let strip = view.level_set(&bowl, 1.0);
            let (left, right) = strip.iter().fold((f64::MAX, 0.0f64), |(l, r), p| (l.min(p.0), r.max(p.0)));
            assert!(strip.len() >= 3, "{strip:?}");
            assert!(!standardize || (left - FRAME.left).abs() < 1e-9 && (right - FRAME.right).abs() < 1e-9);
            assert!(strip.iter().all(|p| p.0.is_finite() && p.1.is_finite()));
        }
    }
}
