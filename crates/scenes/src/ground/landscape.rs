//! Which part of a curve is worth looking at: a stretch of the parameter with its valleys, and a range of heights that no pole rules.

use super::curve::Curve;
use crate::kit::settings::Refusal;
use crate::number::{decade, ten_to};
use crate::words::Language;
use calculus::sort::sort_by;

/// Samples on a stretch. Guessed: fine enough for a dozen valleys, quick enough for every key of a formula being typed.
const SAMPLES: usize = 800;
/// A slope is seen where it is at least this share of the picture's diagonal: some six degrees. Guessed.
const SEEN_SLOPE: f64 = 0.25;

/// The axis of steps is at least this long, so that the first steps do not fill it.
pub const SHORTEST_HISTORY: f64 = 10.0;

/// A local minimum in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Valley {
    /// Where.
    pub x: f64,
    /// How deep.
    pub value: f64,
    /// The second derivative there, where it is finite and positive.
    pub curvature: Option<f64>,
}

/// What is shown of a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// The parameter, left to right.
    pub domain: (f64, f64),
    /// Heights, bottom to top.
    pub range: (f64, f64),
    /// The valleys in the domain, left to right.
    pub valleys: Vec<Valley>,
}

impl Landscape {
    /// Looks at a curve. A domain that is given is kept if it is one; otherwise the interesting part is looked for.
    pub fn survey(curve: &Curve, given: Option<(f64, f64)>) -> Self {
        let domain = given.filter(|d| usable(*d)).unwrap_or_else(|| interesting(curve));
        let samples = sample(curve, domain);
        let turns = turns(curve, &samples);
        let valleys = turns.iter().filter(|t| t.low).filter_map(|t| valley(curve, t)).collect();
        Self { domain, range: heights(&samples, &turns), valleys }
    }

    /// Width of the domain.
    pub fn span(&self) -> f64 {
        self.domain.1 - self.domain.0
    }

    /// Height of the range.
    pub fn rise(&self) -> f64 {
        self.range.1 - self.range.0
    }

    /// A slope of this size goes once across the picture from corner to corner.
    pub fn typical_slope(&self) -> f64 {
        self.rise() / self.span()
    }

    /// What a picture of the losses of a walk over it reaches along both axes: wide enough for the walk, high enough for the losses that
    /// lie in the curve's picture. What runs away, runs out of it.
    pub fn history(&self, losses: &[(f64, f64)], moves: u64) -> ((f64, f64), (f64, f64)) {
        let (low, high) = self.range;
        let seen = losses.iter().map(|l| l.1).filter(|v| *v >= low && *v <= high);
        let (least, most) = seen.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        let floor = self.deepest().map_or(least, |v| v.value.min(least));
        let (least, most) = if most.is_finite() && floor.is_finite() { (floor, most) } else { (low, high) };
        let room = (most - least).max(0.05 * self.rise());
        let bottom = if least >= 0.0 && least <= room { 0.0 } else { least - 0.12 * room };
        ((0.0, (moves as f64).max(SHORTEST_HISTORY)), (bottom, most + 0.15 * room))
    }

    /// The deepest valley in view.
    pub fn deepest(&self) -> Option<&Valley> {
        self.valleys.iter().min_by(|a, b| a.value.total_cmp(&b.value))
    }

    /// The valley nearest to a place.
    pub fn nearest(&self, x: f64) -> Option<&Valley> {
        self.valleys.iter().min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()))
    }

    /// A place to begin: in view and on a slope that is seen, a little to the left of the middle; 0 where that serves. Where no slope is
    /// seen, the steepest place.
    pub fn start(&self, curve: &Curve) -> f64 {
        // The name of the axis stands at the top.
        let (low, top) = (self.domain.0, self.range.1 - 0.1 * self.rise());
        let slope = |x: f64| {
            let here = curve.ground(x);
            let seen = self.domain.0 <= x && x <= self.domain.1;
            here.value.filter(|v| seen && *v >= self.range.0 && *v <= top)?;
            here.gradient().map(f64::abs)
        };
        let good = |x: f64| slope(x).is_some_and(|slope| slope >= SEEN_SLOPE * self.typical_slope());
        let place = |share: f64| low + share * self.span();
        // A short number reads better than sixteen digits.
        let short = |x: f64| nice(x, ten_to(decade(self.span()) - 1), f64::round);
        let liked =
            [0.15, 0.85, 0.25, 0.75, 0.3, 0.7, 0.45, 0.55, 0.1, 0.9, 0.05, 0.95, 0.5].map(|share| short(place(share)));
        let mut liked = core::iter::once(0.0).chain(liked);
        let all = liked.clone().chain((1..SAMPLES).map(|i| place(i as f64 / SAMPLES as f64)));
        let steeper = |best: (f64, f64), other: (f64, f64)| if other.1 > best.1 { other } else { best };
        let steepest = || all.clone().filter_map(|x| Some((x, slope(x)?))).reduce(steeper).map(|(x, _)| x);
        let defined = || all.clone().find(|x| curve.value(*x).is_some());
        liked.find(|x| good(*x)).or_else(steepest).or_else(defined).unwrap_or(place(0.5))
    }
}

/// Why this domain cannot be had, if it cannot.
pub fn undrawable(domain: Option<(f64, f64)>) -> Option<Refusal> {
    let message = |language: Language| language.kit().undrawable().into();
    domain.filter(|domain| !usable(*domain)).map(|_| Refusal::new("E_SETTING", "domain", message))
}

/// Whether a pair is a stretch that can be drawn: finite, rising, and wide enough for doubles to tell its places apart.
fn usable((low, high): (f64, f64)) -> bool {
    let span = high - low;
    let largest = low.abs().max(high.abs());
    low.is_finite() && high.is_finite() && span > 1e-9 * largest && span > 1e-100 && largest <= 1e100
}

type Sample = (f64, Option<f64>);

fn sample(curve: &Curve, (low, high): (f64, f64)) -> Vec<Sample> {
    (0..=SAMPLES)
        .map(|i| {
            let x = low + (high - low) * (i as f64 / SAMPLES as f64);
            (x, height(curve, x, (high - low) / SAMPLES as f64))
        })
        .collect()
}

/// The height at a place. At a single missing point it is the height that the curve has on both sides: there it settles the nearer one
/// comes, which it does not at a pole, and both sides agree, which they do not at a jump.
fn height(curve: &Curve, x: f64, step: f64) -> Option<f64> {
    let ring = |h: f64| Some([curve.value(x - h)?, curve.value(x + h)?]);
    curve.value(x).or_else(|| {
        // Not so near that rounding speaks.
        let [nearest, near, far] = [ring(step / 64.0)?, ring(step / 8.0)?, ring(step)?];
        let apart = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).abs().max((a[1] - b[1]).abs());
        let [left, right] = nearest;
        let little = 0.5 * apart(near, far) + 1e-9 * left.abs();
        let settles = apart(nearest, near) <= little && (left - right).abs() <= little;
        settles.then_some(left / 2.0 + right / 2.0)
    })
}

/// A place where the samples turn: lower (or higher) than what is left and right of it.
#[derive(Clone, Copy, Debug)]
struct Turn {
    before: f64,
    at: f64,
    after: f64,
    value: f64,
    low: bool,
}

fn turns(curve: &Curve, samples: &[Sample]) -> Vec<Turn> {
    let mut found = Vec::new();
    let values: Vec<f64> = samples.iter().filter_map(|s| s.1).collect();
    let largest = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let hair = largest * 1e-12;
    let mut i = 1;
    while i + 1 < samples.len() {
        let (Some(&(before, Some(left))), Some(&(at, Some(here)))) = (samples.get(i - 1), samples.get(i)) else {
            i += 1;
            continue;
        };
        // A floor of equal samples is one turn.
        let mut j = i + 1;
        while samples.get(j).is_some_and(|s| s.1.is_some_and(|v| (v - here).abs() <= hair)) {
            j += 1;
        }
        if let Some(&(after, Some(right))) = samples.get(j) {
            let low = left > here + hair && right > here + hair;
            let high = left < here - hair && right < here - hair;
            let middle = if j > i + 1 { (at + after) / 2.0 } else { at };
            let turn = Turn { before, at: middle, after, value: here, low };
            // Beside a pole the samples turn too, but looked at closely the curve runs off instead.
            let sides = (left - here).abs().max((right - here).abs());
            let farther = |value: f64| if low { here - value } else { value - here };
            let is_turn = || extreme(curve, &turn).is_some_and(|(_, value)| farther(value) <= 2.0 * sides);
            if (low || high) && is_turn() {
                found.push(turn);
            }
        }
        i = j;
    }
    found
}

/// The bottom or the top that lies between two samples, by thirds: where and how high.
fn extreme(curve: &Curve, turn: &Turn) -> Option<(f64, f64)> {
    let (mut low, mut high) = (turn.before, turn.after);
    let value = |x: f64| height(curve, x, (turn.after - turn.before) / 2.0);
    for _ in 0..60 {
        let third = (high - low) / 3.0;
        let (a, b) = (low + third, high - third);
        let (left, right) = (value(a)?, value(b)?);
        if (left <= right) == turn.low { high = b } else { low = a }
    }
    let x = (low + high) / 2.0;
    Some((x, value(x)?))
}

/// The valley at a turn.
fn valley(curve: &Curve, turn: &Turn) -> Option<Valley> {
    let (x, value) = extreme(curve, turn)?;
    Some(Valley { x, value, curvature: curve.curvature(x).filter(|c| *c > 0.0) })
}

/// The stretch around the turns nearest to zero, or what is defined near zero.
fn interesting(curve: &Curve) -> (f64, f64) {
    const REACHES: [f64; 8] = [10.0, 100.0, 1000.0, 1e4, 1e5, 1.0, 0.1, 0.01];
    if curve.is_level() {
        return (-5.0, 5.0);
    }
    for reach in REACHES {
        let samples = sample(curve, (-reach, reach));
        let mut turns = turns(curve, &samples);
        sort_by(&mut turns, |a, b| a.at.abs().total_cmp(&b.at.abs()));
        turns.truncate(5);
        let (Some(left), Some(right)) =
            (turns.iter().map(|t| t.at).min_by(f64::total_cmp), turns.iter().map(|t| t.at).max_by(f64::total_cmp))
        else {
            continue;
        };
        let width = right - left;
        let pad = if turns.len() > 1 { 0.35 * width } else { (1.25 * left.abs()).max(reach.min(10.0) * 0.3) };
        return rounded_out(defined_part(curve, (left - pad, right + pad)));
    }
    for reach in [5.0, 50.0, 500.0, 5000.0, 0.5, 0.05] {
        let samples = sample(curve, (-reach, reach));
        let defined = samples.iter().filter(|s| s.1.is_some()).count();
        if defined * 50 >= samples.len() {
            return rounded_out(defined_part(curve, (-reach, reach)));
        }
    }
    (-5.0, 5.0)
}

/// A stretch without the wide empty margins where the curve is undefined; a tenth of them stays, to show that it ends.
fn defined_part(curve: &Curve, (low, high): (f64, f64)) -> (f64, f64) {
    let samples = sample(curve, (low, high));
    let first = samples.iter().find(|s| s.1.is_some()).map_or(low, |s| s.0);
    let last = samples.iter().rev().find(|s| s.1.is_some()).map_or(high, |s| s.0);
    let margin = 0.1 * (last - first);
    let part = ((first - margin).max(low), (last + margin).min(high));
    if usable(part) { part } else { (low, high) }
}

fn rounded_out((low, high): (f64, f64)) -> (f64, f64) {
    let unit = ten_to(decade(high - low) - 1);
    let out = (nice(low, unit, f64::floor), nice(high, unit, f64::ceil));
    if usable(out) { out } else { (low, high) }
}

/// `x` brought to a whole multiple of a power of ten, free of the rounding of `0.1 × 3`.
fn nice(x: f64, unit: f64, toward: fn(f64) -> f64) -> f64 {
    // A hair inwards, so that 2.0000000001 does not become 2.1.
    let count = x / unit;
    let near = count.round();
    let whole = if (count - near).abs() < 1e-6 { near } else { toward(count) };
    let value = if unit < 1.0 { whole / (1.0 / unit).round() } else { whole * unit };
    if value == 0.0 { 0.0 } else { value }
}

/// Bottom and top of the picture.
fn heights(samples: &[Sample], turns: &[Turn]) -> (f64, f64) {
    let mut values: Vec<f64> = samples.iter().filter_map(|s| s.1).filter(|v| v.abs() <= 1e100).collect();
    sort_by(&mut values, f64::total_cmp);
    let at = |share: f64| values.get((share * values.len().saturating_sub(1) as f64) as usize).copied().unwrap_or(0.0);
    let highest = at(1.0);
    let turning = |f: fn(f64, f64) -> f64| turns.iter().map(|t| t.value).reduce(f);
    let (turn_low, turn_high) = (turning(f64::min), turning(f64::max));
    let (low, high, head) = match (turn_low, turn_high) {
        // Hills and valleys: they fill the picture, what rises beyond them may leave it.
        (Some(low), Some(high)) if high - low > 0.02 * (at(0.9) - low).abs() && high > low => (low, high, 0.62),
        _ => {
            let (low, high) = main_part(samples, &at);
            (turn_low.map_or(low, |turn| turn.min(low)), turn_high.map_or(high, |turn| turn.max(high)), 0.1)
        }
    };
    let (head, high) = if high + head * (high - low) > highest && highest >= high {
        // Nothing to see above the highest point but a little air.
        (0.0, highest + 0.12 * (highest - low))
    } else {
        (head, high)
    };
    let tall = high - low;
    let smallest = 1e-9 * low.abs().max(high.abs());
    if !tall.is_finite() || tall <= smallest || tall < 1e-100 {
        let room = if low == 0.0 { 1.0 } else { low.abs() * 0.5 };
        return (low - room, low + room);
    }
    // Zero at the bottom wherever it is near: heights can then be compared.
    let bottom = if low >= 0.1 * tall && low <= 0.6 * tall { 0.0 } else { low - 0.16 * tall };
    (bottom, high + head * tall)
}

/// The heights that most of a curve has, `at` being the height that this share of it lies below: all of them, unless a few tower over the
/// rest. Then those near the middle half, and so few of them that the typical slope is seen.
fn main_part(samples: &[Sample], at: &impl Fn(f64) -> f64) -> (f64, f64) {
    const REACH: f64 = 2.5;
    let (lowest, highest, middle) = (at(0.0), at(1.0), at(0.5));
    let half = at(0.75) - at(0.25);
    let (low, high) = (lowest.max(at(0.25) - REACH * half), highest.min(at(0.75) + REACH * half));
    if half == 0.0 || (low <= lowest && high >= highest) {
        return (lowest, highest);
    }
    let slope = |pair: &[Sample]| match pair {
        [(a, Some(f)), (b, Some(g))] => Some(((g - f) / (b - a)).abs()),
        _ => None,
    };
    let mut slopes: Vec<f64> = samples.windows(2).filter_map(slope).collect();
    sort_by(&mut slopes, f64::total_cmp);
    let typical = slopes.get(slopes.len() / 2).copied().unwrap_or(0.0);
    let span = samples.last().map_or(0.0, |last| last.0) - samples.first().map_or(0.0, |first| first.0);
    // What towers over the samples tells nothing about those that are seen.
    let most = typical * span / (2.0 * SEEN_SLOPE);
    let part = if most > 0.0 { (most / (high - low)).min(1.0) } else { 1.0 };
    (middle - (middle - low) * part, middle + (high - middle) * part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::DEFAULT_FORMULA;

    fn survey(text: &str) -> Landscape {
        Landscape::survey(&Curve::read(text).unwrap(), None)
    }

    #[test]
    fn the_default_loss_shows_both_valleys() {
        let land = survey(DEFAULT_FORMULA);
        assert_eq!(land.domain, (-3.5, 3.3));
        let at: Vec<f64> = land.valleys.iter().map(|v| (v.x * 1000.0).round() / 1000.0).collect();
        assert_eq!(at, [-2.079, 1.911]);
        assert!(land.range.0 == 0.0 && (5.0..6.0).contains(&land.range.1), "{:?}", land.range);
        assert!(land.deepest().is_some_and(|v| v.x < 0.0));
    }

    #[test]
    fn a_valley_far_away_is_found() {
        let land = survey("(x - 250)^2");
        assert!(land.domain.0 < 200.0 && land.domain.1 > 300.0, "{:?}", land.domain);
    }

    #[test]
    fn a_pole_does_not_rule_the_heights() {
        let land = survey("1/x + x");
        assert!(land.range.1 < 100.0 && land.range.0 > -100.0, "{:?}", land.range);
        assert!(survey("1/x^2").range.1 < 1e4);
        let tangent = survey("tan(x)");
        assert!(tangent.valleys.is_empty() && tangent.range.1 < 100.0, "{tangent:?}");
    }

    #[test]
    fn an_undefined_side_takes_little_room() {
        let land = survey("ln(x)");
        assert!(land.domain.0 > -1.5 && land.domain.0 <= 0.0 && land.domain.1 >= 4.0, "{:?}", land.domain);
    }

    #[test]
    fn whatever_the_formula_there_is_something_to_draw() {
        for text in
            ["0", "7", "x", "1e300*x", "exp(exp(x))", "sqrt(-1-x^2)", "1/x", "sin(1/x)", "1e-300*x^2", "floor(x)"]
        {
            let land = survey(text);
            assert!(usable(land.domain), "{text}: {:?}", land.domain);
            assert!(land.rise() > 0.0 && land.rise().is_finite(), "{text}: {:?}", land.range);
        }
    }

    /// What people type, and what they should not have.
    const TYPED: [&str; 60] = [
        DEFAULT_FORMULA,
        "x",
        "-3x + 1",
        "x^2",
        "-x^2",
        "x^3",
        "x^4",
        "x^5",
        "x^20",
        "-x^3",
        "x^3 - 3x",
        "x^4 - 4x^2",
        "x^4 - 4x^2 + x",
        "(x - 250)^2",
        "(2x - 450)^2",
        "(x - 3)^2*(x + 1)^2",
        "x^9 - x",
        "exp(x)",
        "exp(-x)",
        "exp(x) - 3x",
        "exp(exp(x))",
        "exp(-x^2)",
        "exp(-100x^2)",
        "2^x",
        "cosh(x)",
        "tanh(x)",
        "1/(1 + exp(-x))",
        "ln(1 + exp(x))",
        "ln(x)",
        "ln(x^2)",
        "ln(abs(x))",
        "x*ln(x)",
        "x - ln(x)",
        "x + ln(x)",
        "-ln(x) - ln(1 - x)",
        "sqrt(x)",
        "sqrt(4 - x^2)",
        "sqrt(x)*sin(x)",
        "asin(x)",
        "atan(x)",
        "acosh(x)",
        "1/x",
        "1/x^2",
        "1/x + x",
        "1/x + x^2",
        "1/(x^2 + 1)",
        "1/(x^2 - 1)",
        "x/(x^2 + 1)",
        "sin(x)/x",
        "sin(5x)/x",
        "(x^2 - 1)/(x - 1)",
        "(1 - cos(x))/x^2",
        "x^2/x",
        "sin(x)",
        "tan(x)",
        "x*sin(x)",
        "cos(x) + x^2/9",
        "abs(x)",
        "max(0, x - 1)",
        "x^x",
    ];

    fn steps(land: &Landscape) -> impl Iterator<Item = f64> {
        let (low, span) = (land.domain.0, land.span());
        (1..397).map(move |i| low + span * f64::from(i) / 397.0)
    }

    #[test]
    fn one_begins_in_view_on_a_slope_that_is_seen() {
        for text in TYPED {
            let curve = Curve::read(text).unwrap();
            let land = Landscape::survey(&curve, None);
            let x = land.start(&curve);
            let here = curve.ground(x);
            assert!(here.value.is_some_and(|v| land.range.0 <= v && v <= land.range.1), "{text}: {here:?} in {land:?}");
            // Five degrees on the wide picture, 880 by 372.
            let seen = |slope: f64| (slope / land.typical_slope()).abs() * 372.0 / 880.0 >= 0.0875;
            assert!(here.gradient().is_some_and(seen), "{text}: from {x} in {land:?}");
        }
    }

    #[test]
    fn hills_and_valleys_are_in_view_holes_or_not() {
        for text in TYPED {
            let curve = Curve::read(text).unwrap();
            let land = Landscape::survey(&curve, None);
            // Found by other means: where the slope changes its sign and is small.
            let slope = |x: f64| curve.ground(x).gradient();
            let places: Vec<f64> = steps(&land).collect();
            for pair in places.windows(2) {
                let (Some(f), Some(g)) = (slope(pair[0]), slope(pair[1])) else { continue };
                let high = |x: f64| curve.value(x).unwrap();
                let between = (high(pair[0]), high(pair[1]));
                // Not across a pole, where the middle lies far away or nowhere.
                let reach = (f.abs() + g.abs()) * (pair[1] - pair[0]);
                let middle = curve.value((pair[0] + pair[1]) / 2.0);
                let smooth = middle.is_some_and(|m| (m - between.0).abs().max((m - between.1).abs()) <= reach);
                if f * g < 0.0 && smooth {
                    let seen = |v: f64| land.range.0 <= v && v <= land.range.1;
                    assert!(seen(between.0) && seen(between.1), "{text}: {pair:?} at {between:?} in {land:?}");
                }
            }
        }
        for (text, peak) in [("sin(x)/x", 1.0), ("sin(5x)/x", 5.0), ("(1 - cos(x))/x^2", 0.5), ("sin(x)^2/x^2", 1.0)] {
            let land = survey(text);
            assert!(land.range.1 > peak && land.range.1 < 1.7 * peak, "{text}: {land:?}");
        }
    }

    #[test]
    fn the_ends_of_a_curve_are_in_view() {
        for (text, end) in [
            ("sqrt(x)", (0.0, 0.0)),
            ("sqrt(4 - x^2)", (2.0, 0.0)),
            ("x*ln(x)", (0.0, 0.0)),
            ("asin(x)", (1.0, 1.57)),
            ("acosh(x)", (1.0, 0.0)),
            ("sqrt(x)*sin(x)", (0.0, 0.0)),
            ("x^x", (0.0, 1.0)),
            ("sqrt(x - 30)", (30.0, 0.0)),
        ] {
            let Landscape { domain, range, .. } = survey(text);
            let seen = domain.0 < end.0 && end.0 < domain.1 && range.0 < end.1 && end.1 < range.1;
            assert!(seen, "{text}: {end:?} in {domain:?}, {range:?}");
        }
    }

    /// Much of the picture shows something: the curve is neither flat over most of it nor out of it.
    #[test]
    fn the_curve_is_neither_squashed_nor_lost() {
        for text in TYPED {
            let curve = Curve::read(text).unwrap();
            let land = Landscape::survey(&curve, None);
            let defined = steps(&land).filter(|x| curve.value(*x).is_some()).count();
            let seen = |x: &f64| curve.value(*x).is_some_and(|v| land.range.0 <= v && v <= land.range.1);
            let sloped = |x: &f64| curve.ground(*x).gradient().is_some_and(|g| g.abs() >= 0.1 * land.typical_slope());
            let (inside, lively) =
                (steps(&land).filter(seen).count(), steps(&land).filter(|x| seen(x) && sloped(x)).count());
            assert!(2 * inside >= defined, "{text}: {inside} of {defined} in {land:?}");
            // One narrow peak is flat beside it whatever is done.
            assert!(5 * lively >= inside || text.starts_with("exp(-100"), "{text}: {lively} of {inside} in {land:?}");
        }
    }
}
