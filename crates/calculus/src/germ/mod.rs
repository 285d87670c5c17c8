//! Germs: how a formula behaves just beside a point, told exactly enough to speak of one-sided limits and slopes.
//!
//! Along a direction d, every part of a formula is a function of h as h falls to 0. Almost always it is a series of powers of h
//! ([`Series`]): `sqrt(x)` at 0 is h^½, `1/x²` is h⁻², `abs(x)` from the left is h. Floor, sign, max and `if` look at the sign of
//! the first term, which is what makes kinks, jumps and holes exact instead of guessed from nearby samples.

mod series;
mod taylor;

pub use series::Series;

use crate::function::Function;
use crate::program::{Operation, Program};
use taylor::taylor;

/// The behaviour of one part beside a point.
#[derive(Clone, Copy, Debug)]
pub enum Germ {
    /// Not defined on this side.
    Undefined,
    /// Defined, perhaps, but the series do not tell.
    Unknown,
    /// Tends to +∞ or −∞ in another way than a power: as a logarithm, or as exp(1/h).
    Infinite(f64),
    /// A series.
    Series(Series),
}

use Germ::{Infinite, Undefined, Unknown};

impl Germ {
    /// Whether there are no values on this side.
    pub fn is_undefined(&self) -> bool {
        matches!(self, Undefined)
    }

    /// The one-sided limit; not-a-number if there is none or it is not known.
    pub fn limit(&self) -> f64 {
        match self {
            Undefined | Unknown => f64::NAN,
            Infinite(sign) => sign * f64::INFINITY,
            Germ::Series(series) => series.limit(),
        }
    }

    /// The one-sided limit of the derivative with respect to h.
    pub fn slope(&self) -> f64 {
        match self {
            Undefined | Unknown => f64::NAN,
            // Growing away from the point: seen with rising h it falls back.
            Infinite(sign) => -sign * f64::INFINITY,
            Germ::Series(series) => series.slope(),
        }
    }

    fn from(series: Option<Series>) -> Germ {
        series.map_or(Undefined, Germ::Series)
    }

    fn constant(c: f64) -> Germ {
        if c.is_finite() { Germ::Series(Series::constant(c)) } else { Undefined }
    }
}

/// The sides from which a point of some coordinates is approached: both of one, all quadrants of two or three, a choice of
/// directions of more. With no coordinates there is nothing to approach from, and one empty direction stands for that.
pub fn directions(variables: usize) -> Vec<Vec<f64>> {
    let patterns = 1_u32 << variables.min(3);
    let mut directions: Vec<Vec<f64>> = (0..patterns)
        .map(|pattern| {
            // Unequal sizes, so that differences such as x − y do not vanish along the way.
            (0..variables)
                .map(|i| {
                    let size = 1.0 + (i as f64) * 0.618_033_988_749_894_9 % 1.0;
                    if pattern >> (i % 3) & 1 == 0 { size } else { -size }
                })
                .collect()
        })
        .collect();
    if variables >= 2 {
        // The other order of sizes, so that x − y is seen with either sign.
        let turned: Vec<Vec<f64>> =
            directions.iter().map(|d| d.iter().map(|v| v.signum() * (2.5 - v.abs())).collect()).collect();
        directions.extend(turned);
    }
    directions
}

impl Program {
    /// The germ of each operation along a direction.
    pub fn germs(&self, at: &[f64], direction: &[f64]) -> Vec<Germ> {
        let mut germs: Vec<Germ> = Vec::with_capacity(self.operations().len());
        for operation in self.operations() {
            let of = |slot: u32| germs.get(slot as usize).copied().unwrap_or(Undefined);
            let germ = match *operation {
                Operation::Constant(c) => Germ::constant(c),
                Operation::Variable(place) => {
                    let c = at.get(place as usize).copied().unwrap_or(f64::NAN);
                    let d = direction.get(place as usize).copied().unwrap_or(0.0);
                    if c.is_finite() { Germ::Series(Series::line(c, d)) } else { Undefined }
                }
                Operation::Negate(a) => negate(of(a)),
                Operation::Add(a, b) => add(of(a), of(b)),
                Operation::Subtract(a, b) => add(of(a), negate(of(b))),
                Operation::Multiply(a, b) => multiply(of(a), of(b)),
                Operation::Divide(a, b) => divide(of(a), of(b)),
                Operation::WholePower(a, n) => real_power(of(a), f64::from(n)),
                Operation::RationalPower(a, p, q) => rational_power(of(a), p, q),
                Operation::Power(a, b) => power(of(a), of(b)),
                Operation::Call(function, a) => call(function, of(a)),
                Operation::Call2(function, a, b) => call2(function, of(a), of(b)),
                Operation::If(relation, a, b, then, otherwise) => match sign(add(of(a), negate(of(b)))) {
                    Ok(sign) => of(if relation.holds(sign, 0.0) { then } else { otherwise }),
                    Err(germ) => germ,
                },
            };
            germs.push(germ);
        }
        germs
    }
}

fn negate(a: Germ) -> Germ {
    match a {
        Germ::Series(a) => Germ::Series(a.scaled(-1.0)),
        Infinite(sign) => Infinite(-sign),
        other => other,
    }
}

fn add(a: Germ, b: Germ) -> Germ {
    match (a, b) {
        (Undefined, _) | (_, Undefined) => Undefined,
        (Germ::Series(a), Germ::Series(b)) => Germ::Series(a.plus(&b)),
        (Infinite(s), Infinite(t)) if s == t => a,
        (Infinite(s), Germ::Series(b)) | (Germ::Series(b), Infinite(s)) => {
            let other = b.limit();
            if other.is_finite() || other == s * f64::INFINITY { Infinite(s) } else { Unknown }
        }
        _ => Unknown,
    }
}

fn multiply(a: Germ, b: Germ) -> Germ {
    match (a, b) {
        (Undefined, _) | (_, Undefined) => Undefined,
        (Germ::Series(a), Germ::Series(b)) => Germ::Series(a.times(&b)),
        (Infinite(s), Infinite(t)) => Infinite(s * t),
        (Infinite(s), Germ::Series(b)) | (Germ::Series(b), Infinite(s)) => match b.lead() {
            Some((e, c)) if e <= 0.0 => Infinite(s * c.signum()),
            _ => Unknown,
        },
        _ => Unknown,
    }
}

fn divide(a: Germ, b: Germ) -> Germ {
    match (a, b) {
        (Undefined, _) | (_, Undefined) => Undefined,
        (_, Germ::Series(b)) if b.is_zero() => Undefined,
        (Germ::Series(a), Germ::Series(b)) => a.over(&b).map_or(Unknown, Germ::Series),
        (Infinite(s), Germ::Series(b)) => match b.lead() {
            Some((e, c)) if e >= 0.0 => Infinite(s * c.signum()),
            _ => Unknown,
        },
        (Germ::Series(a), Infinite(_)) if a.limit().is_finite() => Germ::Series(Series::vanishing()),
        _ => Unknown,
    }
}

fn real_power(a: Germ, p: f64) -> Germ {
    match a {
        Germ::Series(a) if a.is_zero() && p < 0.0 => Undefined,
        Germ::Series(a) if a.lead().is_none() && p < 0.0 => Unknown,
        Germ::Series(a) => Germ::from(a.power(p)),
        Infinite(s) if p > 0.0 && (s > 0.0 || p % 2.0 == 0.0) => Infinite(1.0),
        Infinite(s) if p > 0.0 && p % 2.0 == 1.0 => Infinite(s),
        Infinite(_) => Unknown,
        other => other,
    }
}

fn rational_power(a: Germ, p: i32, q: u32) -> Germ {
    let exponent = f64::from(p) / f64::from(q);
    match sign(a) {
        Ok(s) if s < 0.0 => {
            let size = real_power(negate(a), exponent);
            if p % 2 == 0 { size } else { negate(size) }
        }
        Ok(_) => real_power(a, exponent),
        Err(germ) => germ,
    }
}

fn power(a: Germ, b: Germ) -> Germ {
    let (Germ::Series(base), Germ::Series(exponent)) = (a, b) else {
        return if a.is_undefined() || b.is_undefined() { Undefined } else { Unknown };
    };
    if let Some(p) = exponent.as_constant() {
        return real_power(a, p);
    }
    match base.lead() {
        // 0 to a power that changes: 0 while it is positive.
        None if base.is_zero() => match exponent.sign() {
            Some(s) if s > 0.0 => Germ::constant(0.0),
            _ => Undefined,
        },
        Some((_, c)) if c < 0.0 => Undefined,
        Some((0.0, _)) => call(Function::Exp, multiply(b, call(Function::Ln, a))),
        _ => Unknown,
    }
}

/// The sign just beside the point, or the germ that the whole becomes if there is none.
#[allow(clippy::result_large_err)] // The germ is the other answer, not a rare failure.
fn sign(a: Germ) -> Result<f64, Germ> {
    match a {
        Germ::Series(series) => series.sign().ok_or(Unknown),
        Infinite(sign) => Ok(sign),
        other => Err(other),
    }
}

fn floor(a: Germ) -> Germ {
    let Germ::Series(series) = a else { return if a.is_undefined() { Undefined } else { Unknown } };
    let Some((c, rest)) = series.at_zero() else { return Unknown };
    let whole = c.floor();
    if c != whole {
        return Germ::constant(whole);
    }
    match rest.sign() {
        Some(s) if s < 0.0 => Germ::constant(whole - 1.0),
        Some(_) => Germ::constant(whole),
        None => Unknown,
    }
}

fn call(function: Function, a: Germ) -> Germ {
    if a.is_undefined() {
        return Undefined;
    }
    let one = Germ::constant(1.0);
    match function {
        Function::Abs => sign(a).map_or_else(|germ| germ, |s| if s < 0.0 { negate(a) } else { a }),
        Function::Relu => sign(a).map_or_else(|germ| germ, |s| if s > 0.0 { a } else { Germ::constant(0.0) }),
        Function::Sign => sign(a).map_or_else(|germ| germ, Germ::constant),
        Function::Step => sign(a).map_or_else(|germ| germ, |s| Germ::constant(if s < 0.0 { 0.0 } else { 1.0 })),
        Function::Floor => floor(a),
        Function::Ceil => negate(floor(negate(a))),
        Function::Round => match sign(a) {
            Ok(s) if s < 0.0 => negate(floor(add(negate(a), Germ::constant(0.5)))),
            Ok(_) => floor(add(a, Germ::constant(0.5))),
            Err(germ) => germ,
        },
        Function::Sqrt => real_power(a, 0.5),
        Function::Cbrt => rational_power(a, 1, 3),
        Function::Tan => divide(call(Function::Sin, a), call(Function::Cos, a)),
        Function::Cot => divide(call(Function::Cos, a), call(Function::Sin, a)),
        Function::Sec => divide(one, call(Function::Cos, a)),
        Function::Csc => divide(one, call(Function::Sin, a)),
        Function::Sech => divide(one, call(Function::Cosh, a)),
        _ => smooth(function, a),
    }
}

/// A function that is a power series wherever it is defined, but for the ends of its domain.
fn smooth(function: Function, a: Germ) -> Germ {
    let far = match a {
        Germ::Series(series) => match series.at_zero() {
            Some((c, rest)) => return inside(function, a, c, &rest),
            None => series.limit(),
        },
        Infinite(sign) => sign * f64::INFINITY,
        other => return other,
    };
    // The argument grows beyond bounds (or is not known, which no arm takes).
    let up = far > 0.0;
    match function {
        _ if far.is_nan() => Unknown,
        Function::Exp if up => Infinite(1.0),
        Function::Exp => Germ::Series(Series::flat()),
        Function::Ln | Function::Log10 | Function::Log2 | Function::Acosh if !up => Undefined,
        Function::Ln | Function::Log10 | Function::Log2 | Function::Acosh | Function::Cosh => Infinite(1.0),
        Function::Asinh | Function::Sinh => Infinite(far.signum()),
        Function::Softplus if up => a,
        Function::Softplus => Germ::Series(Series::flat()),
        Function::Tanh | Function::Erf => add(Germ::constant(far.signum()), Germ::Series(Series::flat())),
        Function::Sigmoid => add(Germ::constant(if up { 1.0 } else { 0.0 }), Germ::Series(Series::flat())),
        Function::Atan => {
            let quarter = far.signum() * core::f64::consts::FRAC_PI_2;
            add(Germ::constant(quarter), negate(call(Function::Atan, divide(Germ::constant(1.0), a))))
        }
        Function::Asin | Function::Acos | Function::Atanh => Undefined,
        _ => Unknown,
    }
}

/// A function at an argument that tends to c, with the rest of the argument beside it.
fn inside(function: Function, a: Germ, c: f64, rest: &Series) -> Germ {
    let one = Germ::constant(1.0);
    match function {
        Function::Ln | Function::Log10 | Function::Log2 if c == 0.0 => {
            return match rest.sign() {
                Some(s) if s < 0.0 => Undefined,
                Some(_) => Infinite(-1.0),
                None => Unknown,
            };
        }
        Function::Ln | Function::Log10 | Function::Log2 if c < 0.0 => return Undefined,
        Function::Sinc if c != 0.0 => return divide(call(Function::Sin, a), a),
        Function::Asin | Function::Acos | Function::Atanh if c.abs() > 1.0 => return Undefined,
        Function::Acosh if c < 1.0 => return Undefined,
        Function::Asin | Function::Acos if c.abs() == 1.0 => {
            // asin x = 2 atan(x / (1 + √(1 − x²))), which is smooth at the ends but for the root.
            let root = real_power(add(one, negate(multiply(a, a))), 0.5);
            let asin = multiply(Germ::constant(2.0), call(Function::Atan, divide(a, add(one, root))));
            let quarter = Germ::constant(core::f64::consts::FRAC_PI_2);
            return if function == Function::Asin { asin } else { add(quarter, negate(asin)) };
        }
        Function::Acosh if c == 1.0 => {
            return call(Function::Asinh, real_power(add(multiply(a, a), negate(one)), 0.5));
        }
        Function::Atanh if c.abs() == 1.0 => {
            return match rest.sign() {
                Some(s) if s * c < 0.0 => Infinite(c),
                Some(_) => Undefined,
                None => Unknown,
            };
        }
        _ => {}
    }
    match taylor(function, c) {
        Some(coefficients) if coefficients.iter().all(|a| a.is_finite()) => Germ::Series(rest.compose(&coefficients)),
        _ => Unknown,
    }
}

fn call2(function: Function, a: Germ, b: Germ) -> Germ {
    if a.is_undefined() || b.is_undefined() {
        return Undefined;
    }
    match function {
        Function::Max | Function::Min => match sign(add(a, negate(b))) {
            Ok(s) if (s > 0.0) == (function == Function::Max) => a,
            Ok(_) => b,
            Err(germ) => germ,
        },
        Function::Root => match b {
            Germ::Series(n) => match n.as_constant() {
                Some(0.0) => Undefined,
                Some(n) if n == n.trunc() && n % 2.0 != 0.0 && n.abs() < 1e9 => {
                    let root = rational_power(a, 1, n.abs() as u32);
                    if n < 0.0 { divide(Germ::constant(1.0), root) } else { root }
                }
                Some(n) => real_power(a, 1.0 / n),
                None => power(a, divide(Germ::constant(1.0), b)),
            },
            _ => Unknown,
        },
        Function::Mod => add(a, negate(multiply(b, floor(divide(a, b))))),
        Function::Hypot => real_power(add(multiply(a, a), multiply(b, b)), 0.5),
        Function::LogSumExp => add(a, call(Function::Softplus, add(b, negate(a)))),
        Function::Atan2 => atan2(a, b),
        _ => Unknown,
    }
}

/// The angle of the point (x, y): the arc tangent of the smaller over the larger, and the angle of the axis it is near.
fn atan2(y: Germ, x: Germ) -> Germ {
    let (Germ::Series(a), Germ::Series(b)) = (y, x) else { return Unknown };
    let (Some(up), Some(right)) = (a.sign(), b.sign()) else { return Unknown };
    let (tall, wide) = (a.limit().abs(), b.limit().abs());
    if up == 0.0 && right == 0.0 {
        return Germ::constant(0.0);
    }
    let quarter = core::f64::consts::FRAC_PI_2;
    let turn = |angle: f64, ratio: Germ| add(Germ::constant(angle), call(Function::Atan, ratio));
    if right != 0.0 && (wide >= tall || up == 0.0) {
        let back = if right > 0.0 {
            0.0
        } else if up < 0.0 {
            -2.0 * quarter
        } else {
            2.0 * quarter
        };
        turn(back, divide(y, x))
    } else {
        turn(up * quarter, negate(divide(x, y)))
    }
}
