//! Shapes on the map that know nothing of houses: thinned and cut paths, rays, round corners.

use crate::clip::{self, Rect};

/// The most vertices of a drawn path.
const MOST_VERTICES: usize = 600;

/// Which of `count` places are drawn: all, or the first, every so many, and the last ones. The stride is odd, so that a zigzag
/// stays a zigzag.
pub(super) fn thinned(count: usize) -> Vec<usize> {
    if count <= MOST_VERTICES {
        return (0..count).collect();
    }
    let (first, last) = (MOST_VERTICES / 3, count - MOST_VERTICES / 6);
    let stride = ((last - first) / (MOST_VERTICES / 2)) | 1;
    (0..first).chain((first..last).step_by(stride.max(1))).chain(last..count).collect()
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
    all.sort_by(|a, b| order(a).total_cmp(&order(b)));
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

/// A rectangle with round corners.
pub(super) fn rounded(r: &Rect, radius: f64) -> Vec<(f64, f64)> {
    let turns = [
        (r.right - radius, r.top + radius, 1.0, -1.0),
        (r.right - radius, r.bottom - radius, 1.0, 1.0),
        (r.left + radius, r.bottom - radius, -1.0, 1.0),
        (r.left + radius, r.top + radius, -1.0, -1.0),
    ];
    let mut points = Vec::with_capacity(36);
    for (i, (cx, cy, sx, sy)) in turns.into_iter().enumerate() {
        let mut arc: Vec<_> = quarter().map(|(c, s)| (cx + sx * c * radius, cy + sy * s * radius)).collect();
        if i % 2 == 0 {
            arc.reverse();
        }
        points.extend(arc);
    }
    points
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

/// Cosines and sines of a quarter turn, in rational form.
fn quarter() -> impl Iterator<Item = (f64, f64)> {
    (0..=8).map(|i| {
        let t = f64::from(i) / 8.0;
        ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_is_thinned_with_its_ends_and_its_zigzag_kept() {
        let kept = thinned(100_000);
        assert!(kept.len() <= MOST_VERTICES + 2 && kept[0] == 0 && kept.last() == Some(&99_999));
        assert!(kept.windows(2).all(|pair| pair[1] > pair[0]));
        let turns = kept.windows(2).filter(|pair| (pair[1] - pair[0]) % 2 == 1).count();
        assert!(turns + 2 >= kept.len() - 1, "steps between kept places are odd");
        assert_eq!(thinned(5), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn the_first_ray_lies_across_the_way() {
        let rays = rays((-60.0, 180.0));
        let across = (rays[0].0 * -60.0 + rays[0].1 * 180.0).abs() / (100.0 * 189.7);
        assert!(across < 0.25, "{across}");
        assert_eq!(rays.len(), 16);
    }
}
