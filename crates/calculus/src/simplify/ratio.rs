//! Coefficients: numbers over numbers, so that a third stays a third.

use crate::syntax::gcd;

/// A coefficient n/d with d > 0. Whole numbers are kept in lowest terms; decimals are divided out where that leaves a
/// short decimal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ratio {
    pub n: f64,
    pub d: f64,
}

/// Whole numbers beyond this are no longer exact in a double.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn whole(x: f64) -> bool {
    x == x.trunc() && x.abs() < EXACT
}

impl Ratio {
    pub const ZERO: Ratio = Ratio { n: 0.0, d: 1.0 };
    pub const ONE: Ratio = Ratio { n: 1.0, d: 1.0 };

    pub fn new(n: f64, d: f64) -> Ratio {
        let (n, d) = if d < 0.0 { (-n, -d) } else { (n, d) };
        if n == 0.0 {
            return Ratio::ZERO;
        }
        if d == 1.0 {
            return Ratio { n, d };
        }
        if whole(n) && whole(d) {
            let divisor = gcd(n.abs() as u64, d as u64).max(1) as f64;
            return Ratio { n: n / divisor, d: d / divisor };
        }
        // A decimal over something: 0.5/2 is 0.25, but 0.1/3 stays.
        match short(n / d) {
            Some(quotient) => Ratio { n: quotient, d: 1.0 },
            None => Ratio { n, d },
        }
    }

    pub fn number(value: f64) -> Ratio {
        Ratio { n: if value == 0.0 { 0.0 } else { value }, d: 1.0 }
    }

    pub fn is_zero(self) -> bool {
        self.n == 0.0
    }

    pub fn is_one(self) -> bool {
        self.n == 1.0 && self.d == 1.0
    }

    pub fn negated(self) -> Ratio {
        Ratio { n: -self.n, d: self.d }
    }

    /// The product, or nothing where it would leave the range of a double.
    pub fn times(self, other: Ratio) -> Option<Ratio> {
        let product = Ratio::new(tidy(self.n * other.n), tidy(self.d * other.d));
        product.in_range(self.is_zero() || other.is_zero())
    }

    pub fn over(self, other: Ratio) -> Option<Ratio> {
        if other.is_zero() {
            return None;
        }
        let sign = other.n.signum();
        self.times(Ratio { n: other.d * sign, d: other.n.abs() })
    }

    pub fn plus(self, other: Ratio) -> Option<Ratio> {
        if self.d == other.d {
            return Ratio::new(tidy(self.n + other.n), self.d).in_range(true);
        }
        let (a, b, d) = (self.n * other.d, other.n * self.d, self.d * other.d);
        if whole(a) && whole(b) && whole(d) {
            return Ratio::new(a + b, d).in_range(true);
        }
        // Adding decimals to fractions: only if it comes out short.
        short(self.n / self.d + other.n / other.d).map(Ratio::number)
    }

    /// The value to a whole power, if it stays exact.
    pub fn to_the(self, power: i32) -> Option<Ratio> {
        if self.is_one() {
            return Some(self);
        }
        if power.unsigned_abs() > 64 || (power < 0 && self.is_zero()) {
            return None;
        }
        let raise = |x: f64| {
            let mut product = 1.0;
            for _ in 0..power.unsigned_abs() {
                product *= x;
            }
            Some(product).filter(|p: &f64| p.abs() < 1e15 && (p.fract() == 0.0 || short(*p) == Some(*p)))
        };
        let (n, d) = (raise(self.n)?, raise(self.d)?);
        Some(if power < 0 { Ratio::new(d, n) } else { Ratio::new(n, d) })
    }

    /// The exact real root, if there is one: of 4/9 the square root is 2/3.
    pub fn root(self, degree: u32) -> Option<Ratio> {
        let root = |x: f64| {
            let guess = match degree {
                2 => crate::math::sqrt(x),
                3 => crate::math::cbrt(x),
                _ => return None,
            }
            .round();
            let power = if degree == 2 { guess * guess } else { guess * guess * guess };
            (power == x && whole(x)).then_some(guess)
        };
        if degree == 2 && self.n < 0.0 {
            return None;
        }
        Some(Ratio { n: root(self.n)?, d: root(self.d)? })
    }

    fn in_range(self, may_vanish: bool) -> Option<Ratio> {
        let fine = self.n.is_finite() && self.d.is_finite() && self.d != 0.0 && (may_vanish || self.n != 0.0);
        fine.then_some(self)
    }
}

/// The number with at most 15 digits that is within two units in the last place, if there is one: 3·0.1 is 0.3.
pub(super) fn tidy(x: f64) -> f64 {
    if x == x.trunc() {
        return x;
    }
    // Most decimals met are already short, and Rust's shortest form is quick to measure.
    match fifteen_digits(x) {
        Some(near) if (near - x).abs() <= 2.0 * f64::EPSILON * x.abs() => near,
        _ => x,
    }
}

fn fifteen_digits(x: f64) -> Option<f64> {
    format!("{x:.14e}").parse().ok()
}

/// The number if it has at most twelve digits, allowing for rounding.
fn short(x: f64) -> Option<f64> {
    let near: f64 = format!("{x:.11e}").parse().ok()?;
    ((near - x).abs() <= 2.0 * f64::EPSILON * x.abs()).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_whole_numbers_stay_exact() {
        let third = Ratio::new(1.0, 3.0);
        assert_eq!(third.times(Ratio::number(6.0)), Some(Ratio::number(2.0)));
        assert_eq!(third.plus(Ratio::new(1.0, 6.0)), Some(Ratio { n: 1.0, d: 2.0 }));
        assert_eq!(Ratio::new(4.0, -6.0), Ratio { n: -2.0, d: 3.0 });
        assert_eq!(Ratio::new(2.0, 3.0).to_the(-2), Some(Ratio { n: 9.0, d: 4.0 }));
    }

    #[test]
    fn decimals_stay_short() {
        assert_eq!(Ratio::number(0.1).times(Ratio::number(3.0)), Some(Ratio::number(0.3)));
        assert_eq!(Ratio::number(0.1).plus(Ratio::number(0.2)), Some(Ratio::number(0.3)));
        assert_eq!(Ratio::new(0.5, 2.0), Ratio::number(0.25));
        assert_eq!(Ratio::new(0.1, 3.0), Ratio { n: 0.1, d: 3.0 });
    }

    #[test]
    fn what_leaves_the_range_is_refused() {
        assert_eq!(Ratio::number(1e300).times(Ratio::number(1e300)), None);
        assert_eq!(Ratio::number(1e-300).times(Ratio::number(1e-300)), None);
    }
}
