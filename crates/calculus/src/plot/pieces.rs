//! Stringing stretches together into pieces.

use super::breaks::{self, Break, Towards};
use super::cells::{Cell, Kind};
use super::{Curve, End, Piece, Plot, View};
use crate::interval::{Doubt, Interval};
use crate::math;

/// Samples inside a lively stretch of half a pixel: a sixteenth of a pixel apart, all but the fastest swings are seen whole.
const SAMPLES: usize = 8;
/// This many turns among the samples of one stretch, and it is drawn as a band.
const TURNS: usize = 4;
/// A lively stretch whose samples leave more than this many pixels open is sampled more finely.
const BEND: f64 = 0.25;
/// Samples of such a stretch.
const FINE: usize = 64;

/// Fills a plot from its stretches.
pub(super) fn string(curve: &Curve<'_>, cells: &[Cell], view: &View, plot: &mut Plot) {
    // All values that are sure to be needed, at once.
    let mut xs = Vec::with_capacity(cells.len() * 2);
    for cell in cells {
        match cell.kind {
            Kind::Straight => xs.extend([cell.low, cell.high]),
            Kind::Guessed => xs.extend([cell.low, cell.part(1, 2), cell.high]),
            Kind::Lively(_) => xs.extend((0..=SAMPLES).map(|k| cell.part(k, SAMPLES))),
            _ => {}
        }
    }
    let ys = curve.values(&xs);
    let mut samples = xs.iter().copied().zip(ys);
    let mut thread = Thread::new(view, plot);
    let mut last_break = f64::NAN;
    for cell in cells {
        match &cell.kind {
            Kind::Straight => samples.by_ref().take(2).for_each(|(x, y)| thread.go(x, y)),
            Kind::Lively(bounds) => {
                let mut stretch: Vec<(f64, f64)> = samples.by_ref().take(SAMPLES + 1).collect();
                if bends(&stretch) * view.scales().1 > BEND {
                    let xs: Vec<f64> = (0..=FINE).map(|k| cell.part(k, FINE)).collect();
                    stretch = xs.iter().copied().zip(curve.values(&xs)).collect();
                }
                thread.lively(&stretch, *bounds);
            }
            Kind::Guessed => {
                let points: Vec<(f64, f64)> = samples.by_ref().take(3).collect();
                unproven(curve, &points, view.scales().1, &mut thread);
            }
            Kind::Away | Kind::Gap => thread.cut(End::Runs),
            Kind::Doubtful(doubts) => doubtful(curve, cell, doubts, view, &mut thread, &mut last_break),
        }
    }
    thread.cut(End::Runs);
}

impl Cell {
    /// The k-th of `count` equal parts' ends.
    fn part(&self, k: usize, count: usize) -> f64 {
        if k == count { self.high } else { self.low + (self.high - self.low) * (k as f64 / count as f64) }
    }
}

/// How far a curve through the points may be from the lines between them: an eighth of the largest second difference.
fn bends(points: &[(f64, f64)]) -> f64 {
    let bend = |three: &[(f64, f64)]| match three {
        [(_, a), (_, b), (_, c)] => (a - 2.0 * b + c).abs() / 8.0,
        _ => 0.0,
    };
    points.windows(3).map(bend).fold(0.0, f64::max)
}

/// A stretch that may hold breaks.
fn doubtful(
    curve: &Curve<'_>,
    cell: &Cell,
    doubts: &[Doubt],
    view: &View,
    thread: &mut Thread<'_>,
    last_break: &mut f64,
) {
    let (along, up) = view.scales();
    let Some(breaks) = breaks::find(curve, cell.low, cell.high, doubts) else {
        thread.cut(End::Runs);
        if !curve.may_work(2 * SAMPLES) {
            // Left out; the plot says that it is not complete.
            thread.plot.complete = false;
            return;
        }
        // Too many to tell apart: a band, joined to nothing.
        let xs: Vec<f64> =
            (0..=4 * SAMPLES).map(|k| cell.low + (cell.high - cell.low) * (k as f64 / (4 * SAMPLES) as f64)).collect();
        let stretch: Vec<(f64, f64)> = xs.iter().copied().zip(curve.values(&xs)).filter(|(_, y)| !y.is_nan()).collect();
        thread.band(&stretch, Interval::ALL);
        thread.cut(End::Runs);
        return;
    };
    let mut from = cell.low;
    let mut open_start = false;
    for place in &breaks {
        if place.left <= *last_break {
            // Seen at the end of the stretch before, or by another doubt.
            from = from.max(place.right);
            open_start |= place.right == cell.low;
            continue;
        }
        stretch(curve, (from, open_start), (place.left, true), up, thread);
        *last_break = place.right;
        let step = 1e-5 / along;
        let (mut left, value, mut right) = place.sides(curve, step);
        // What lies outside the view is not drawn.
        if place.left <= view.x.0 {
            left = Towards::Nothing;
        }
        if place.right >= view.x.1 {
            right = Towards::Nothing;
        }
        thread.join(place, (left, value, right), up);
        (from, open_start) = (place.right, true);
    }
    if from < cell.high {
        stretch(curve, (from, open_start), (cell.high, false), up, thread);
    }
}

/// The curve between two places; ends that are breaks are left out, their limits are put there by the break.
fn stretch(
    curve: &Curve<'_>,
    (from, open): (f64, bool),
    (to, open_end): (f64, bool),
    up: f64,
    thread: &mut Thread<'_>,
) {
    if from >= to {
        return;
    }
    let xs: Vec<f64> = (0..=SAMPLES)
        .filter(|k| !(open && *k == 0 || open_end && *k == SAMPLES))
        .map(|k| if k == SAMPLES { to } else { from + (to - from) * (k as f64 / SAMPLES as f64) })
        .collect();
    let points: Vec<(f64, f64)> = xs.iter().copied().zip(curve.values(&xs)).collect();
    if turns(&points) >= TURNS {
        thread.lively(&points, Interval::ALL);
        return;
    }
    unproven(curve, &points, up, thread);
}

/// Samples of a stretch that is not proven whole.
fn unproven(curve: &Curve<'_>, points: &[(f64, f64)], up: f64, thread: &mut Thread<'_>) {
    let mut before = thread.points.last().copied();
    for (x, y) in points.iter().copied() {
        // No proof says that the curve is whole here: a great leap is followed to its ground.
        if let Some((a, b)) = before
            && (y - b).abs() * up > 16.0
            && x > a
            && leaps(curve, (a, b), (x, y))
        {
            thread.cut(End::Runs);
        }
        thread.go(x, y);
        before = Some((x, y));
    }
}

/// Whether the difference between two samples is all made in one leap between neighbouring doubles.
fn leaps(curve: &Curve<'_>, (mut a, mut f): (f64, f64), (mut b, mut g): (f64, f64)) -> bool {
    let whole = (g - f).abs();
    for _ in 0..64 {
        if !curve.may_work(1) {
            return true;
        }
        let middle = a + 0.5 * (b - a);
        if !(a < middle && middle < b) {
            break;
        }
        let y = curve.value(middle);
        if !y.is_finite() {
            return true;
        }
        if (y - f).abs() >= (g - y).abs() {
            (b, g) = (middle, y);
        } else {
            (a, f) = (middle, y);
        }
        if (g - f).abs() < 0.25 * whole {
            return false;
        }
    }
    true
}

/// How often a row of points turns from rising to falling or back.
fn turns(points: &[(f64, f64)]) -> usize {
    let steps: Vec<f64> = points.windows(2).filter_map(|pair| Some(pair.get(1)?.1 - pair.first()?.1)).collect();
    steps.windows(2).filter(|pair| matches!(pair, [a, b] if a * b < 0.0)).count()
}

/// The piece being made.
struct Thread<'a> {
    plot: &'a mut Plot,
    points: Vec<(f64, f64)>,
    start: End,
    dense: bool,
    reach: (f64, f64),
    scales: (f64, f64),
}

impl<'a> Thread<'a> {
    fn new(view: &View, plot: &'a mut Plot) -> Thread<'a> {
        Thread { plot, points: Vec::new(), start: End::Runs, dense: false, reach: view.reach(), scales: view.scales() }
    }

    /// Goes on to a point. What is not a number ends the piece; what is infinite leads it out of sight first.
    fn go(&mut self, x: f64, y: f64) {
        if y.is_nan() {
            return self.cut(End::Runs);
        }
        if self.dense {
            self.cut(End::Runs);
        }
        if y.is_infinite() {
            self.go(x, self.beyond(y));
            return self.cut(End::Runs);
        }
        if self.points.last().is_some_and(|(last, value)| *last == x && *value == y) {
            return;
        }
        self.points.push((x, y));
    }

    /// A value out of reach, above or below.
    fn beyond(&self, y: f64) -> f64 {
        let (bottom, top) = self.reach;
        if y > 0.0 { top + (top - bottom) } else { bottom - (top - bottom) }
    }

    /// A stretch that is continuous: a line if its samples show it whole, else a band.
    fn lively(&mut self, points: &[(f64, f64)], bounds: Interval) {
        let height = {
            let (least, most) = extremes(points);
            (most - least) * self.scales.1
        };
        if turns(points) >= TURNS && height > 1.0 {
            self.band(points, bounds);
        } else {
            points.iter().for_each(|(x, y)| self.go(*x, *y));
        }
    }

    /// A stretch in which the curve swings too fast: from its least to its greatest value.
    fn band(&mut self, points: &[(f64, f64)], bounds: Interval) {
        let (Some((first, _)), Some((last, _))) = (points.first(), points.last()) else { return };
        let (least, most) = extremes(points);
        if least > most {
            return;
        }
        if !self.dense {
            self.cut(End::Runs);
            self.dense = true;
        }
        // The samples miss the crests by a little; the proven bounds, where they are near, do not.
        let slack = 0.3 * (most - least);
        let low = (least - slack).max(bounds.low).min(least).clamp(self.reach.0, self.reach.1);
        let high = (most + slack).min(bounds.high).max(most).clamp(self.reach.0, self.reach.1);
        let (low, high) =
            if bounds == Interval::ALL { (least.max(self.reach.0), most.min(self.reach.1)) } else { (low, high) };
        let middle = 0.5 * (first + last);
        self.points.push((middle, low));
        self.points.push((middle, high));
    }

    /// Ends the piece.
    fn cut(&mut self, end: End) {
        let points = core::mem::take(&mut self.points);
        let (start, dense) = (self.start, self.dense);
        self.start = End::Runs;
        self.dense = false;
        if points.is_empty() {
            return;
        }
        if dense {
            self.plot.pieces.push(Piece { points, start, end, dense });
            return;
        }
        let points = self.thinned(&points);
        self.clip(&points, start, end);
    }

    /// Ends the piece at a break and begins the next, with the marks that belong there.
    fn join(&mut self, place: &Break, (left, value, right): (Towards, f64, Towards), up: f64) {
        let x = place.left;
        let same = |a: f64, b: f64| a == b || (a - b).abs() * up < 0.05 || (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
        let finite = |side: Towards| match side {
            Towards::Limit(limit) if limit.is_finite() => Some(limit),
            _ => None,
        };
        if let (Some(l), Some(r)) = (finite(left), finite(right))
            && same(l, r)
        {
            let between = place.left < place.right;
            if (value.is_finite() && same(value, l)) || (between && !place.pole) {
                return self.go(x, if value.is_finite() { value } else { l });
            }
            self.mark(x, l);
            self.plot.holes.push((x, l));
            if value.is_finite() {
                self.plot.dots.push((x, value));
            }
            self.start = End::Open;
            return self.go(place.right, r);
        }
        let owns = |limit: f64| if value.is_finite() && same(value, limit) { End::Closed } else { End::Open };
        // Between two doubles the break itself is on neither side.
        let owns = |limit: f64| if place.left < place.right && !place.pole { End::Runs } else { owns(limit) };
        match left {
            Towards::Limit(l) if l.is_finite() => {
                self.go(x, l);
                self.cut(owns(l));
            }
            Towards::Limit(l) => {
                self.go(x, l);
                self.cut(End::Runs);
            }
            _ => self.cut(End::Runs),
        }
        let alone = value.is_finite()
            && ![left, right].iter().any(|side| finite(*side).is_some_and(|limit| same(limit, value)));
        if alone {
            self.plot.dots.push((x, value));
        }
        match right {
            Towards::Limit(r) if r.is_finite() => {
                self.start = owns(r);
                self.go(place.right, r);
            }
            Towards::Limit(r) => {
                self.start = End::Runs;
                let y = self.beyond(r);
                self.go(place.right, y);
            }
            _ => {}
        }
    }

    /// Ends the piece with an open circle.
    fn mark(&mut self, x: f64, y: f64) {
        self.go(x, y);
        self.cut(End::Open);
    }

    /// The points without those that lie on the line between their neighbours, to a fraction of a pixel that three dots of a sharp screen cannot show.
    fn thinned(&self, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        const SLACK: f64 = 0.03;
        let (along, up) = self.scales;
        let mut kept: Vec<(f64, f64)> = Vec::with_capacity(points.len());
        // The directions from the last kept point that pass all points since within the slack.
        let (mut least, mut most) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut farthest = 0.0_f64;
        let mut before: Option<(f64, f64)> = None;
        let polar = |from: (f64, f64), to: (f64, f64)| {
            let (run, rise) = ((to.0 - from.0) * along, (to.1 - from.1) * up);
            (math::hypot(run, rise), math::atan2(rise, run))
        };
        for point in points {
            let Some(origin) = kept.last().copied() else {
                kept.push(*point);
                before = Some(*point);
                continue;
            };
            let (mut distance, mut angle) = polar(origin, *point);
            if let Some(previous) = before
                && previous != origin
                && (!(least <= angle && angle <= most) || distance < farthest)
            {
                kept.push(previous);
                (least, most, farthest) = (f64::NEG_INFINITY, f64::INFINITY, 0.0);
                (distance, angle) = polar(previous, *point);
            }
            if distance > SLACK {
                // The sine of the half angle under which the slack is seen; its arc is a little wider.
                let half = SLACK / distance;
                least = least.max(angle - half);
                most = most.min(angle + half);
            }
            farthest = farthest.max(distance);
            before = Some(*point);
        }
        if let Some(last) = before
            && kept.last() != Some(&last)
        {
            kept.push(last);
        }
        kept
    }

    /// Adds what lies within reach, as one piece or several.
    fn clip(&mut self, points: &[(f64, f64)], start: End, end: End) {
        let (bottom, top) = self.reach;
        let inside = |y: f64| (bottom..=top).contains(&y);
        let mut piece: Vec<(f64, f64)> = Vec::with_capacity(points.len());
        let mut begins = start;
        let mut before: Option<(f64, f64)> = None;
        let mut done = Vec::new();
        for (x, y) in points.iter().copied() {
            if let Some((a, b)) = before
                && !(inside(b) && inside(y))
            {
                // Where the line between crosses the limits.
                let cross = |limit: f64| (a + (x - a) * ((limit - b) / (y - b)), limit);
                if inside(b) {
                    piece.push(cross(if y > top { top } else { bottom }));
                    done.push((core::mem::take(&mut piece), begins, End::Runs));
                    begins = End::Runs;
                } else if inside(y) {
                    begins = End::Runs;
                    piece.push(cross(if b > top { top } else { bottom }));
                } else if (b > top) != (y > top) {
                    let (enter, leave) = if b > top { (top, bottom) } else { (bottom, top) };
                    done.push((vec![cross(enter), cross(leave)], End::Runs, End::Runs));
                }
            }
            if inside(y) {
                piece.push((x, y));
            } else if before.is_none() {
                begins = End::Runs;
            }
            before = Some((x, y));
        }
        if !piece.is_empty() {
            done.push((piece, begins, end));
        }
        let pieces = done.into_iter().map(|(points, start, end)| Piece { points, start, end, dense: false });
        self.plot.pieces.extend(pieces);
    }
}

fn extremes(points: &[(f64, f64)]) -> (f64, f64) {
    points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), (_, y)| (least.min(*y), most.max(*y)))
}
