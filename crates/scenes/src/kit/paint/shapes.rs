//! Shapes in CSS pixels that know nothing of widgets: ellipses, cut polygons and paths, rays, round corners.

use crate::clip::{self, Rect, quarter};
use calculus::sort::sort_by;

/// The points of an ellipse: the unit circle at this distance, taken to CSS pixels by `place`.
pub(super) fn ellipse(distance: f64, place: impl Fn((f64, f64)) -> (f64, f64)) -> Vec<(f64, f64)> {
    let centre = place((0.0, 0.0));
    let radius = |offset| {
        let p = place(offset);
        (p.0 - centre.0).abs().max((p.1 - centre.1).abs())
    };
    let longest = radius((distance, 0.0)) + radius((0.0, distance));
    // A chord over an angle a lies a²/8 of the radius inside the arc: keep that below a tenth of a pixel. 512 a quarter is enough for
    // an ellipse 2 million pixels long.
    let quarter = ((longest.max(1.0) * 2.0).sqrt().ceil()).clamp(12.0, 512.0) as usize;
    let mut outline = Vec::with_capacity(4 * quarter);
    for turn in 0..4 {
        for i in 0..quarter {
            // A quarter circle in rational form: ((1 − t²)/(1 + t²), 2t/(1 + t²)) for t from 0 to 1.
            let t = i as f64 / quarter as f64;
            let (x, y) = ((1.0 - t * t) / (1.0 + t * t) * distance, 2.0 * t / (1.0 + t * t) * distance);
            outline.push(place(match turn {
                0 => (x, y),
                1 => (-y, x),
                2 => (-x, -y),
                _ => (y, -x),
            }));
        }
    }
    outline
}

/// The part of a convex polygon inside a rectangle (Sutherland and Hodgman, "Reentrant polygon clipping", CACM 17, 1974).
pub(super) fn clip_polygon(polygon: &[(f64, f64)], frame: &Rect) -> Vec<(f64, f64)> {
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

/// Sixteen directions, those across the way from the start to the best line first.
pub(super) fn rays(way: (f64, f64)) -> Vec<(f64, f64)> {
    // cos and sin of 22.5°, from half-angle formulas.
    const TURN: (f64, f64) = (0.923_879_532_511_286_7, 0.382_683_432_365_089_8);
    let mut ray = (100.0, 0.0);
    let mut all = Vec::with_capacity(16);
    for _ in 0..16 {
        all.push(ray);
        ray = (ray.0 * TURN.0 - ray.1 * TURN.1, ray.0 * TURN.1 + ray.1 * TURN.0);
    }
    let size = (way.0 * way.0 + way.1 * way.1).sqrt();
    let along = |r: &(f64, f64)| if size > 0.0 { ((r.0 * way.0 + r.1 * way.1) / (100.0 * size)).abs() } else { 0.0 };
    // Downwards to the right first, as on the mock-up of a map: there the words of the path seldom stand.
    let order = |r: &(f64, f64)| (along(r) * 4.0).floor() - (r.0 + 1.5 * r.1) / 400.0;
    sort_by(&mut all, |a, b| order(a).total_cmp(&order(b)));
    all
}

/// The pieces of a path inside the frame. A run that runs away leaves by so far that the way back would be lost in rounding, so
/// every segment is cut starting from its nearer end, and one whose ends are both beyond a million pixels is left out.
pub(super) fn cut_path(path: &[(f64, f64)], frame: &Rect) -> Vec<Vec<(f64, f64)>> {
    let far = |p: (f64, f64)| p.0.abs().max(p.1.abs());
    let mut pieces: Vec<Vec<(f64, f64)>> = Vec::new();
    for pair in path.windows(2) {
        let &[p, q] = pair else { continue };
        let back = far(p) > far(q);
        let (near, other) = if back { (q, p) } else { (p, q) };
        if far(near) > 1e6 {
            continue;
        }
        let Some((a, b)) = clip::segment(near, other, frame) else { continue };
        let (a, b) = if back { (b, a) } else { (a, b) };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&a) => piece.push(b),
            _ => pieces.push(vec![a, b]),
        }
    }
    pieces
}

/// What lies between a sharp corner and a round one, for all four.
pub(super) fn corners(r: &Rect, radius: f64) -> [Vec<(f64, f64)>; 4] {
    // Half a pixel beyond the edge, so that no hair of colour is left.
    let corner = |x: f64, y: f64, sx: f64, sy: f64| {
        let (cx, cy) = (x - sx * radius, y - sy * radius);
        let mut points = vec![(x + sx * 0.5, y + sy * 0.5), (x + sx * 0.5, cy)];
        points.extend(quarter().map(|(c, s)| (cx + sx * c * radius, cy + sy * s * radius)));
        points.push((cx, y + sy * 0.5));
        points
    };
    [
        corner(r.right, r.top, 1.0, -1.0),
        corner(r.right, r.bottom, 1.0, 1.0),
        corner(r.left, r.bottom, -1.0, 1.0),
        corner(r.left, r.top, -1.0, -1.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_ray_lies_across_the_way() {
        let rays = rays((-60.0, 180.0));
        let across = (rays[0].0 * -60.0 + rays[0].1 * 180.0).abs() / (100.0 * 189.7);
        assert!(across < 0.25, "{across}");
        assert_eq!(rays.len(), 16);
    }
}
