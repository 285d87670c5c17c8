//! Finding where a curve breaks, to the last bit, and what it does on either side.

use super::Curve;
use crate::autodiff::Dual;
use crate::interval::Doubt;
use crate::math;
use crate::sort::sort_by;

/// A place where the curve may break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Break {
    /// The place; if no double is exactly there, the two nearest.
    pub left: f64,
    pub right: f64,
    /// There is certainly no value at the place: it is a zero of a divisor.
    pub pole: bool,
}

/// What a curve tends to on one side of a break.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Towards {
    /// It is not defined on that side.
    Nothing,
    /// It tends to this number, or ±∞.
    Limit(f64),
    /// It does not settle, or nobody can tell.
    Unsettled,
}

/// The places in a doubtful stretch. `None` if there are too many to tell apart, or the work allowed is used up.
pub(super) fn find(curve: &Curve<'_>, low: f64, high: f64, doubts: &[Doubt]) -> Option<Vec<Break>> {
    let mut found: Vec<Break> = Vec::new();
    for doubt in doubts {
        // As many runs as a search takes.
        if !curve.may_work(4 * LOOKS) {
            return None;
        }
        let function = Critical { curve, doubt: *doubt, whole: 0.0 };
        let places = match doubt {
            Doubt::Whole(..) | Doubt::WholeQuotient(..) => whole_zeros(&function, low, high)?,
            _ => zeros(&function, low, high)?,
        };
        found.extend(places);
    }
    if found.is_empty() {
        // Some end of the domain that no doubt leads to.
        let defined = |x: f64| curve.value(x).is_finite();
        let first = defined(low);
        if first != defined(high) {
            let (left, right) = bisect(low, high, |x| if defined(x) == first { -1.0 } else { 1.0 });
            found.push(Break { left, right, pole: false });
        }
    }
    sort_by(&mut found, |a, b| a.left.total_cmp(&b.left));
    Some(found)
}

/// The function of the variable whose zeros are the breaks of one doubt.
struct Critical<'a> {
    curve: &'a Curve<'a>,
    doubt: Doubt,
    /// The whole number that steps are counted from.
    whole: f64,
}

impl Critical<'_> {
    /// The function and its slope.
    fn at(&self, x: f64) -> Dual {
        let registers = self.curve.program.dual_registers(&self.curve.point(x), &self.curve.direction(1.0));
        let of = |slot: u32| registers.get(slot as usize).copied().unwrap_or(Dual::new(f64::NAN, f64::NAN));
        match self.doubt {
            Doubt::Divisor(a) | Doubt::Zero(a) => of(a),
            Doubt::Equal(a, b) => of(a) - of(b),
            Doubt::Reaches(a, c) => of(a) - Dual::new(c, 0.0),
            Doubt::CosZero(a) => {
                let a = of(a);
                Dual::new(math::cos(a.value), -math::sin(a.value) * a.derivative)
            }
            Doubt::SinZero(a) => {
                let a = of(a);
                Dual::new(math::sin(a.value), math::cos(a.value) * a.derivative)
            }
            Doubt::Whole(a, offset) => of(a) + Dual::new(offset - self.whole, 0.0),
            Doubt::WholeQuotient(a, b) => of(a) / of(b) - Dual::new(self.whole, 0.0),
        }
    }

    fn is_pole(&self) -> bool {
        matches!(self.doubt, Doubt::Divisor(_) | Doubt::CosZero(_) | Doubt::SinZero(_))
    }
}

/// Looks at this many places inside a stretch before trusting that it holds no more zeros than signs show.
const LOOKS: usize = 8;

fn zeros(function: &Critical<'_>, low: f64, high: f64) -> Option<Vec<Break>> {
    let looks: Vec<(f64, Dual)> = (0..=LOOKS)
        .map(|k| {
            let x = if k == LOOKS { high } else { low + (high - low) * (k as f64 / LOOKS as f64) };
            (x, function.at(x))
        })
        .collect();
    let mut found = Vec::new();
    let pole = function.is_pole();
    let exact = |x: f64| Break { left: x, right: x, pole };
    for pair in looks.windows(2) {
        let [(a, f), (b, g)] = pair else { continue };
        if f.value == 0.0 {
            found.push(exact(*a));
        }
        if f.value * g.value < 0.0 {
            let (left, right) = bisect(*a, *b, |x| function.at(x).value);
            found.push(Break { left, right, pole });
        } else if f.value * g.value > 0.0 && f.value * f.derivative < 0.0 && g.value * g.derivative > 0.0 {
            // Towards 0 from both sides: it may touch, or cross twice.
            let sign = f.value.signum();
            let (left, right) = bisect(*a, *b, |x| sign * function.at(x).derivative);
            let lowest = if function.at(left).value.abs() <= function.at(right).value.abs() { left } else { right };
            let value = function.at(lowest).value;
            if value * sign < 0.0 {
                for (a, b) in [(*a, lowest), (lowest, *b)] {
                    let (left, right) = bisect(a, b, |x| function.at(x).value);
                    found.push(Break { left, right, pole });
                }
            } else if value.abs()
                <= 1e-14 * (f.value.abs() + g.value.abs()) + 4.0 * f64::EPSILON * lowest.abs() * f.derivative.abs()
            {
                // A touch, as near as rounding lets one see.
                let exactly = value == 0.0;
                let (left, right) = if exactly { (lowest, lowest) } else { (lowest.next_down(), lowest.next_up()) };
                found.push(Break { left, right, pole });
            }
        }
    }
    if let Some((x, f)) = looks.last()
        && f.value == 0.0
    {
        found.push(exact(*x));
    }
    (found.len() <= 2).then_some(found)
}

/// The places where the function, counted from any whole number, is whole.
fn whole_zeros(function: &Critical<'_>, low: f64, high: f64) -> Option<Vec<Break>> {
    let raw = Critical { whole: 0.0, ..*function };
    let (a, b) = (raw.at(low).value, raw.at(high).value);
    let middle = raw.at(low + 0.5 * (high - low)).value;
    let (least, most) = (a.min(b).min(middle), a.max(b).max(middle));
    if !(most - least).is_finite() || most - least > 2.5 {
        return None;
    }
    let mut found = Vec::new();
    // One more on either side, for a crest between the three places.
    let (first, last) = ((least - 0.25).ceil(), (most + 0.25).floor());
    let mut whole = first;
    while whole <= last {
        found.extend(zeros(&Critical { whole, ..*function }, low, high)?);
        whole += 1.0;
    }
    (found.len() <= 3).then_some(found)
}

/// The zero of a function whose signs at the ends differ: exactly, or the two doubles between which it changes sign.
fn bisect(mut low: f64, mut high: f64, function: impl Fn(f64) -> f64) -> (f64, f64) {
    let (mut f, mut g) = (function(low), function(high));
    if f == 0.0 {
        return (low, low);
    }
    if g == 0.0 {
        return (high, high);
    }
    // The secant's guess, with the Illinois weighting that keeps both ends moving, and halving every third time.
    for round in 0..200 {
        let middle = low + 0.5 * (high - low);
        if !(low < middle && middle < high) {
            break;
        }
        let secant = (low * g - high * f) / (g - f);
        let x = if round % 3 != 2 && secant > low && secant < high { secant } else { middle };
        let y = function(x);
        if y == 0.0 || y.is_nan() {
            return (x, x);
        }
        if (y < 0.0) == (f < 0.0) {
            (low, f) = (x, y);
            g *= 0.5;
        } else {
            (high, g) = (x, y);
            f *= 0.5;
        }
    }
    (low, high)
}

impl Break {
    /// What the curve does on either side, and its value there. `step` is a small fraction of a pixel.
    pub fn sides(&self, curve: &Curve<'_>, step: f64) -> (Towards, f64, Towards) {
        if self.left < self.right {
            return (approach(curve, self.left, -1.0, step), f64::NAN, approach(curve, self.right, 1.0, step));
        }
        let point = curve.point(self.left);
        let side = |sign: f64| match curve.program.limit_along(&point, &curve.direction(sign)) {
            None => Towards::Nothing,
            Some(limit) if limit.is_nan() => settled(curve, self.left, sign, step),
            // Rounding may hide the sign of what vanishes; the way there shows it.
            Some(limit) if limit.is_infinite() => match approach(curve, self.left, sign, step) {
                Towards::Limit(seen) if seen.is_infinite() => Towards::Limit(seen),
                _ => Towards::Limit(limit),
            },
            Some(limit) => Towards::Limit(limit),
        };
        (side(-1.0), curve.program.evaluate(&point), side(1.0))
    }
}

/// What the curve tends to on its way to a place, judged by three values ever nearer to it.
fn approach(curve: &Curve<'_>, x: f64, sign: f64, step: f64) -> Towards {
    // From a fraction of a pixel down to the spacing of doubles.
    let near = (x.abs() * 1e-13).max(step * 1e-9);
    let far = step.max(near * 1e6);
    let middle = (near * far).sqrt();
    let (a, b, c) = (curve.value(x + sign * far), curve.value(x + sign * middle), curve.value(x + sign * near));
    if c.is_infinite() {
        return Towards::Limit(c);
    }
    if b.is_nan() || c.is_nan() {
        return Towards::Nothing;
    }
    let (first, second) = (b - a, c - b);
    // What settles takes ever smaller steps; a logarithm keeps its pace, a pole gathers speed.
    let keeps_pace = second.abs() > 0.7 * first.abs() && first * second > 0.0 && first.abs() > 1e-6 * (1.0 + a.abs());
    if keeps_pace { Towards::Limit(second.signum() * f64::INFINITY) } else { Towards::Limit(b) }
}

/// As [`approach`], where even germs do not tell: only what has come to rest counts.
fn settled(curve: &Curve<'_>, x: f64, sign: f64, step: f64) -> Towards {
    let near = (x.abs() * 1e-13).max(step * 1e-9);
    let (a, b) = (curve.value(x + sign * near * 1e3), curve.value(x + sign * near));
    if (a - b).abs() <= 1e-4 * (1.0 + b.abs()) { Towards::Limit(b) } else { Towards::Unsettled }
}
