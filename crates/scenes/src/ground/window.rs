//! Which part of the endless plane of lines a map shows, and which contours.

use super::fit::{Basis, Fit, Line};

/// Contours on a map; with them nine bands, as many as the visual language has colours for.
const LEVELS: usize = 8;
/// Room around the start and the best line, as a share of their distance.
const MARGIN: f64 = 1.45;

/// The part of the plane that is shown, in the parameters that are learnt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    /// Distance from the best line, target units: the square root of the loss above its floor.
    pub reach: f64,
    /// The best line's parameters.
    pub centre: [f64; 2],
    /// How far to either side.
    pub half: [f64; 2],
}

impl Window {
    /// From the best line to `anchor` with some room, and at least as far as the first contours. Standardised parameters share one scale;
    /// raw ones get a box around the ellipse of that reach.
    pub(crate) fn around(fit: &Fit, anchor: Line) -> Self {
        let [w, c] = fit.offset(Basis::RAW, Basis::RAW.parameters(anchor));
        let wanted = [MARGIN * w.abs().max(c.abs()), 0.75 * fit.floor.sqrt(), (1e-3 * fit.best[1].abs()).max(1e-3)];
        let reach = wanted.into_iter().filter(|r| r.is_finite()).fold(0.0, f64::max);
        let centre = fit.basis.parameters(fit.best_line());
        if fit.basis == fit.standard {
            return Self { reach, centre, half: [reach; 2] };
        }
        // The ellipse (m·s)² + (b + m·x̄)² = r² reaches r/s sideways and r·√(1 + (x̄/s)²) upwards. A little more than half of it shows the
        // needle and leaves the path room; the anchor is inside in any case.
        let mean = fit.standard.centre / fit.standard.scale;
        let far = fit.basis.parameters(anchor);
        let sideways = (0.55 * (reach / fit.standard.scale)).max(1.3 * (far[0] - centre[0]).abs());
        let upwards = (0.55 * (reach * (1.0 + mean * mean).sqrt())).max(1.3 * (far[1] - centre[1]).abs());
        Self { reach, centre, half: [sideways, upwards] }
    }

    /// The range along one axis, or a share of it.
    pub(crate) fn range(&self, axis: usize, share: f64) -> (f64, f64) {
        let ([c, d], [h, k]) = (self.centre, self.half);
        let (centre, half) = if axis == 0 { (c, h) } else { (d, k) };
        (centre - share * half, centre + share * half)
    }

    /// How steep a slope is beside that at the edge, as a root: so that it fades downhill, and is still seen halfway.
    pub(crate) fn steepness(&self, slope: [f64; 2]) -> f64 {
        let climb = (slope[0] * self.half[0]).abs().max((slope[1] * self.half[1]).abs());
        // The loss climbs by the square of the reach.
        (climb / (2.0 * self.reach * self.reach)).sqrt().clamp(0.0, 1.0)
    }

    /// Whether parameters lie well inside, so that a knob there is whole.
    pub(crate) fn holds(&self, [p, q]: [f64; 2]) -> bool {
        let inside = |v: f64, (low, high): (f64, f64)| (low..=high).contains(&v);
        inside(p, self.range(0, 0.95)) && inside(q, self.range(1, 0.95))
    }

    /// Up to eight contours, from just above the floor to about the reach: the typical miss along each, a round number, and its
    /// distance √(miss² − floor) from the best line.
    pub(crate) fn levels(&self, fit: &Fit) -> Vec<(f64, f64)> {
        let floor = fit.floor.sqrt();
        let highest = (fit.floor + self.reach * self.reach).sqrt();
        let step = round_step(1.5 * (highest - floor) / (2 * LEVELS) as f64);
        let mut found: Vec<(f64, f64)> = Vec::with_capacity(LEVELS);
        if !(step > 0.0 && step.is_finite()) {
            return found;
        }
        for i in 1..=LEVELS {
            // Distances grow a little faster than evenly: x^1.25 written with two square roots.
            let share = i as f64 / LEVELS as f64;
            let wanted = self.reach * share * share.sqrt().sqrt();
            let miss = ((fit.floor + wanted * wanted).sqrt() / step).round().max((floor / step).floor() + 1.0) * step;
            let distance = ((miss - floor) * (miss + floor)).max(0.0).sqrt();
            let further = found.last().is_none_or(|(last, _)| miss > last + 0.5 * step);
            if further && distance > 0.0 && miss.is_finite() {
                found.push((miss, distance));
            }
        }
        found
    }
}

impl Line {
    /// Where its two ends are taken hold of, along x, in a picture of these ranges: on its visible part where there is one, not too near
    /// to the ends of that.
    pub(crate) fn grips(self, [(x0, x1), (y0, y1)]: [(f64, f64); 2]) -> [f64; 2] {
        // Shares of the ranges: on a wide picture 14 pixels from the edges, 48 from one another.
        const EDGE: (f64, f64) = (0.03, 0.038);
        const APART: f64 = 0.102;
        let (width, height) = (x1 - x0, y1 - y0);
        let inner = (x0 + EDGE.0 * width, x1 - EDGE.0 * width);
        let crossing = |y: f64| (y - self.intercept) / self.slope;
        let (a, b) = (crossing(y0 + EDGE.1 * height), crossing(y1 - EDGE.1 * height));
        let (from, to) = (inner.0.max(a.min(b)), inner.1.min(a.max(b)));
        let (from, to) = if self.slope != 0.0 && from <= to { (from, to) } else { inner };
        let [left, right] = [x0 + 0.22 * width, x0 + 0.93 * width].map(|x| x.clamp(from, to));
        // A steep line shows little of itself: kept apart, or they cover one another.
        let half = APART * width / 2.0;
        if right - left >= 2.0 * half {
            return [left, right];
        }
        let middle = ((left + right) / 2.0).clamp(inner.0 + half, inner.1 - half);
        [middle - half, middle + half]
    }
}

/// The largest 1, 2 or 5 times a power of ten that is at most `about`; 0 for what is not a positive number.
fn round_step(about: f64) -> f64 {
    if !(1e-60..=1e60).contains(&about) {
        return 0.0;
    }
    let mut decade = 1.0;
    while decade > about {
        decade /= 10.0;
    }
    while decade * 10.0 <= about {
        decade *= 10.0;
    }
    [5.0, 2.0].into_iter().map(|f| f * decade).find(|step| *step <= about).unwrap_or(decade)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like_ames() -> Fit {
        let mut fit = Fit::new(&[(1.0, 1.0), (2.0, 2.0), (3.0, 4.0)], true);
        fit.floor = 3_192_801_087.386;
        fit
    }

    #[test]
    fn levels_are_round_lie_above_the_floor_and_climb_in_widening_steps() {
        let fit = like_ames();
        let found = Window { reach: 210e3, centre: [0.0; 2], half: [1.0; 2] }.levels(&fit);
        assert!(found.len() >= 6 && found[0].0 == 60_000.0, "{found:?}");
        for (miss, distance) in &found {
            assert_eq!(miss % 10_000.0, 0.0);
            assert!(((fit.floor + distance * distance).sqrt() - miss).abs() < 1e-9 * miss);
        }
        let last = found[found.len() - 1].1 - found[found.len() - 2].1;
        assert!(last > found[1].1 - found[0].1 - 10e3, "{found:?}");
    }

    #[test]
    fn a_perfect_line_still_has_contours_around_it() {
        let fit = Fit::new(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)], true);
        let levels = |reach| Window { reach, centre: [0.0; 2], half: [1.0; 2] }.levels(&fit).len();
        assert_eq!((levels(10.0), levels(0.0)), (LEVELS, 0));
    }

    #[test]
    fn steps_are_one_two_or_five_of_a_power_of_ten() {
        assert_eq!([7.3, 4_999.0, 0.011, f64::NAN].map(round_step), [5.0, 2_000.0, 0.01, 0.0]);
    }
}
