//! Cutting lines at the edge of a plot. Clip, never clamp: no point is ever moved to the border along another line than its own.

/// A number brought between two bounds; to the lower one where a picture is so small that they have changed places.
pub fn within(v: f64, low: f64, high: f64) -> f64 {
    v.min(high).max(low)
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Rect {
    /// A rectangle from its four edges.
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right, bottom }
    }

    /// Width in CSS pixels.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height in CSS pixels.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a point lies in it or on its edge.
    pub fn contains(&self, (x, y): (f64, f64)) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }

    /// The same with every edge this much farther out.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self::new(self.left - by, self.top - by, self.right + by, self.bottom + by)
    }
}

/// A point and another, in CSS pixels.
pub type Segment = ((f64, f64), (f64, f64));

/// The part of a segment inside a rectangle, if any (Liang and Barsky, 1984). A segment with an end that is not finite has none.
pub fn segment(p: (f64, f64), q: (f64, f64), rect: &Rect) -> Option<Segment> {
    if ![p.0, p.1, q.0, q.1].iter().all(|v| v.is_finite()) {
        return None;
    }
    // Halves keep the difference of two huge numbers finite.
    let (dx, dy) = (q.0 / 2.0 - p.0 / 2.0, q.1 / 2.0 - p.1 / 2.0);
    let (mut enter, mut leave) = (0.0_f64, 2.0_f64);
    for (direction, room) in
        [(-dx, p.0 - rect.left), (dx, rect.right - p.0), (-dy, p.1 - rect.top), (dy, rect.bottom - p.1)]
    {
        if direction == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if direction < 0.0 {
            enter = enter.max(room / direction);
        } else {
            leave = leave.min(room / direction);
        }
    }
    if enter > leave {
        return None;
    }
    let at = |t: f64| (p.0 + dx * t, p.1 + dy * t);
    Some((if enter > 0.0 { at(enter) } else { p }, if leave < 2.0 { at(leave) } else { q }))
}

/// The pieces of a polyline inside a rectangle.
pub fn polyline(points: &[(f64, f64)], rect: &Rect) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut piece: Vec<(f64, f64)> = Vec::new();
    for pair in points.windows(2) {
        let &[p, q] = pair else { continue };
        match segment(p, q, rect) {
            None => {
                if piece.len() > 1 {
                    pieces.push(core::mem::take(&mut piece));
                }
                piece.clear();
            }
            Some((from, to)) => {
                if piece.last() != Some(&from) {
                    if piece.len() > 1 {
                        pieces.push(core::mem::take(&mut piece));
                    }
                    piece = vec![from];
                }
                piece.push(to);
            }
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

/// A rectangle with round corners.
pub fn rounded(r: &Rect, radius: f64) -> Vec<(f64, f64)> {
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

/// Cosines and sines of a quarter turn, in rational form.
pub(crate) fn quarter() -> impl Iterator<Item = (f64, f64)> {
    (0..=8).map(|i| {
        let t = f64::from(i) / 8.0;
        ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t))
    })
}

/// The parts of a polyline inside a circle.
pub fn in_circle(points: &[(f64, f64)], (cx, cy): (f64, f64), radius: f64) -> Vec<Vec<(f64, f64)>> {
    let mut parts: Vec<Vec<(f64, f64)>> = Vec::new();
    for pair in points.windows(2) {
        let &[p, q] = pair else { continue };
        let ((dx, dy), (fx, fy)) = ((q.0 - p.0, q.1 - p.1), (p.0 - cx, p.1 - cy));
        // |f + t d|² = r² for t from 0 to 1.
        let (a, b, c) = (dx * dx + dy * dy, fx * dx + fy * dy, fx * fx + fy * fy - radius * radius);
        let root = (b * b - a * c).sqrt();
        if a == 0.0 || root.is_nan() {
            continue;
        }
        let (enter, leave) = (((-b - root) / a).max(0.0), ((-b + root) / a).min(1.0));
        if enter >= leave {
            continue;
        }
        let at = |t: f64| (p.0 + t * dx, p.1 + t * dy);
        match parts.last_mut().filter(|part| enter == 0.0 && part.last() == Some(&p)) {
            Some(part) => part.push(at(leave)),
            None => parts.push(vec![at(enter), at(leave)]),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOX: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn a_line_that_leaves_the_plot_and_returns_is_two_pieces() {
        let pieces = polyline(&[(1.0, 5.0), (3.0, -5.0), (5.0, 5.0)], &BOX);
        assert_eq!(pieces, [vec![(1.0, 5.0), (2.0, 0.0)], vec![(4.0, 0.0), (5.0, 5.0)]]);
    }

    #[test]
    fn a_line_outside_draws_nothing_along_the_edge() {
        assert!(polyline(&[(1.0, -1.0), (5.0, -0.001), (9.0, -3.0)], &BOX).is_empty());
    }

    #[test]
    fn the_ends_of_a_line_inside_keep_their_bits() {
        let line = [(0.1, 0.2), (9.3, 9.7), (0.0, 10.0)];
        assert_eq!(polyline(&line, &BOX), [line.to_vec()]);
    }

    proptest! {
        #[test]
        fn a_clipped_piece_lies_in_the_plot_and_on_its_line(
            p in (-1e3..1e3, -1e3..1e3), q in (-1e3..1e3, -1e3..1e3),
        ) {
            if let Some((a, b)) = segment(p, q, &BOX) {
                for r in [a, b] {
                    prop_assert!(BOX.grown(1e-9).contains(r), "{r:?}");
                    let cross = (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
                    prop_assert!(cross.abs() <= 1e-7, "{cross}");
                }
            }
        }

        #[test]
        fn the_most_distant_points_are_cut_without_overflow(y in prop::num::f64::NORMAL) {
            if let Some((a, b)) = segment((5.0, 5.0), (5.0, y), &BOX) {
                prop_assert!(a.1.is_finite() && BOX.grown(1e-6).contains(b), "{b:?}");
            }
        }
    }
}
