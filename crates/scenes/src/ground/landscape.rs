//! Which part of a curve is worth looking at: a stretch of the parameter with its valleys, and a range of heights that no pole rules.

use super::curve::Curve;
use crate::kit::settings::Refusal;
use crate::number::{decade, ten_to};
use crate::words::Language;
use calculus::sort::sort_by;

/// Samples on a stretch. Guessed: fine enough for a dozen valleys, quick enough for every key of a formula being typed.
const SAMPLES: usize = 800;

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

    /// The deepest valley in view.
    pub fn deepest(&self) -> Option<&Valley> {
        self.valleys.iter().min_by(|a, b| a.value.total_cmp(&b.value))
    }

    /// The valley nearest to a place.
    pub fn nearest(&self, x: f64) -> Option<&Valley> {
        self.valleys.iter().min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs()))
    }

    /// A place to begin: where the loss is defined and slopes, a little to the left of the middle; 0 where that serves.
    pub fn start(&self, curve: &Curve) -> f64 {
        let (low, _) = self.domain;
        let steep_enough = self.typical_slope() * 0.05;
        let place = |share: f64| if share.is_nan() { 0.0 } else { low + share * self.span() };
        let good = |x: f64, needed: f64| {
            let here = curve.ground(x);
            let in_view = here.value.is_some_and(|v| v >= self.range.0 && v <= self.range.1);
            in_view && x >= low && x <= self.domain.1 && here.gradient().is_some_and(|g| g.abs() >= needed)
        };
        let places = [f64::NAN, 0.15, 0.85, 0.25, 0.75, 0.3, 0.7, 0.45, 0.55, 0.1, 0.9, 0.05, 0.95, 0.5].map(place);
        let found = places.iter().find(|x| good(**x, steep_enough)).or_else(|| places.iter().find(|x| good(**x, 0.0)));
        let x = found.copied().or_else(|| places.iter().copied().find(|x| curve.value(*x).is_some()));
        // A short number reads better than sixteen digits.
        let x = x.unwrap_or(low + self.span() / 2.0);
        let short = nice(x, ten_to(decade(self.span()) - 1), f64::round);
        if curve.value(short).is_some() { short } else { x }
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
            (x, curve.value(x))
        })
        .collect()
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
            let is_turn = || extreme(curve, &turn).is_some_and(|(_, value)| (value - here).abs() <= 2.0 * sides);
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
    for _ in 0..60 {
        let third = (high - low) / 3.0;
        let (a, b) = (low + third, high - third);
        let (left, right) = (curve.value(a)?, curve.value(b)?);
        if (left <= right) == turn.low { high = b } else { low = a }
    }
    let x = (low + high) / 2.0;
    Some((x, curve.value(x)?))
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
    let (lowest, highest) = (at(0.0), at(1.0));
    let turning = |f: fn(f64, f64) -> f64| turns.iter().map(|t| t.value).reduce(f);
    let (turn_low, turn_high) = (turning(f64::min), turning(f64::max));
    let (low, high, head) = match (turn_low, turn_high) {
        // Hills and valleys: they fill the picture, what rises beyond them may leave it.
        (Some(low), Some(high)) if high - low > 0.02 * (at(0.9) - low).abs() && high > low => (low, high, 0.62),
        _ => {
            // No hills: everything, unless a few values tower over the rest.
            let (q, p) = (at(0.05), at(0.95));
            let tame = highest - lowest <= 2.5 * (p - q);
            let low = turn_low.filter(|_| turns.iter().any(|t| t.low)).unwrap_or(if tame { lowest } else { at(0.1) });
            (low, if tame { highest } else { at(0.85) }, 0.1)
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

    #[test]
    fn a_start_lies_on_the_curve_and_on_a_slope() {
        for text in [DEFAULT_FORMULA, "(x - 250)^2", "ln(x)", "cos(x)", "abs(x)", "x^2"] {
            let curve = Curve::read(text).unwrap();
            let land = Landscape::survey(&curve, None);
            let here = curve.ground(land.start(&curve));
            assert!(here.gradient().is_some_and(|g| g != 0.0), "{text}: {here:?}");
        }
    }
}
