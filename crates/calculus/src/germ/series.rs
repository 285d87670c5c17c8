//! Arithmetic of one-sided series: a few terms c·hᵉ with rising real exponents, and the order of what was left out.

use crate::math;

/// The most terms kept. Enough for the quotient of two functions that both vanish to third order.
const TERMS: usize = 8;
/// Two exponents this near are the same one (they are sums of few fractions, so others are far apart).
const SAME: f64 = 1e-9;
/// A sum this small against its parts is rounding, except of constant terms, which are the values themselves.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

/// c₁·h^e₁ + c₂·h^e₂ + … + O(h^order) as h falls to 0 from above.
#[derive(Clone, Copy, Debug)]
pub struct Series {
    terms: [(f64, f64); TERMS],
    count: usize,
    /// The exponent of the first term not known; infinite if the series is exact.
    order: f64,
}

impl Series {
    /// The number c.
    pub fn constant(c: f64) -> Series {
        Series::exact(&[(0.0, c)])
    }

    /// c + d·h.
    pub fn line(c: f64, d: f64) -> Series {
        Series::exact(&[(0.0, c), (1.0, d)])
    }

    fn exact(terms: &[(f64, f64)]) -> Series {
        let mut series = Series { terms: [(0.0, 0.0); TERMS], count: 0, order: f64::INFINITY };
        terms.iter().for_each(|(exponent, c)| series.push(*exponent, *c));
        series
    }

    /// Something that falls to 0 faster than any power.
    pub fn flat() -> Series {
        Series { order: 1e9, ..Series::exact(&[]) }
    }

    /// Something that falls to 0, nobody knows how slowly.
    pub fn vanishing() -> Series {
        Series { order: 1e-3, ..Series::exact(&[]) }
    }

    /// The known terms, (exponent, coefficient), by rising exponent.
    pub fn terms(&self) -> &[(f64, f64)] {
        self.terms.get(..self.count).unwrap_or(&[])
    }

    /// The first term.
    pub fn lead(&self) -> Option<(f64, f64)> {
        self.terms().first().copied()
    }

    /// Whether it is 0 for certain.
    pub fn is_zero(&self) -> bool {
        self.count == 0 && self.order == f64::INFINITY
    }

    /// Whether it is a number for certain.
    pub fn as_constant(&self) -> Option<f64> {
        match self.terms() {
            [] if self.order == f64::INFINITY => Some(0.0),
            [(0.0, c)] if self.order == f64::INFINITY => Some(*c),
            _ => None,
        }
    }

    /// The sign for small h: 0 only where the series is 0 for certain, none where no term is known.
    pub fn sign(&self) -> Option<f64> {
        match self.lead() {
            Some((_, c)) => Some(c.signum()),
            None => self.is_zero().then_some(0.0),
        }
    }

    /// The constant term, and the series without it; none if there are negative powers.
    pub fn at_zero(&self) -> Option<(f64, Series)> {
        match self.lead() {
            Some((e, _)) if e < 0.0 => None,
            Some((0.0, c)) => {
                let mut rest = Series { count: 0, ..*self };
                self.terms().iter().skip(1).for_each(|(e, c)| rest.push(*e, *c));
                Some((c, rest))
            }
            _ => (self.order > 0.0).then_some((0.0, *self)),
        }
    }

    /// Adds a term at the end, unless it is nothing or beyond what is known.
    fn push(&mut self, exponent: f64, c: f64) {
        if c == 0.0 || exponent >= self.order - SAME {
            return;
        }
        match self.terms.get_mut(self.count) {
            Some(place) => {
                *place = (exponent, c);
                self.count += 1;
            }
            None => self.order = exponent,
        }
    }

    /// Multiplied by a number.
    pub fn scaled(&self, factor: f64) -> Series {
        let mut result = Series { count: 0, ..*self };
        self.terms().iter().for_each(|(e, c)| result.push(*e, c * factor));
        result
    }

    /// The sum.
    pub fn plus(&self, other: &Series) -> Series {
        let mut result = Series { order: self.order.min(other.order), ..Series::exact(&[]) };
        let (mut left, mut right) = (self.terms().iter().peekable(), other.terms().iter().peekable());
        loop {
            let (e, c) = match (left.peek(), right.peek()) {
                (Some((e, a)), Some((f, b))) if (e - f).abs() < SAME => {
                    let sum = a + b;
                    let noise = *e != 0.0 && sum.abs() <= ROUNDING * a.abs().max(b.abs());
                    let term = (*e, if noise { 0.0 } else { sum });
                    left.next();
                    right.next();
                    term
                }
                (Some((e, _)), Some((f, b))) if e > f => {
                    let term = (*f, *b);
                    right.next();
                    term
                }
                (Some((e, a)), _) => {
                    let term = (*e, *a);
                    left.next();
                    term
                }
                (None, Some((f, b))) => {
                    let term = (*f, *b);
                    right.next();
                    term
                }
                (None, None) => return result,
            };
            result.push(e, c);
        }
    }

    /// The difference.
    pub fn minus(&self, other: &Series) -> Series {
        self.plus(&other.scaled(-1.0))
    }

    /// The product.
    pub fn times(&self, other: &Series) -> Series {
        if self.is_zero() || other.is_zero() {
            return Series::exact(&[]);
        }
        // What is unknown of one times the largest of the other.
        let floor = |series: &Series| series.lead().map_or(series.order, |(e, _)| e);
        let order = (self.order + floor(other)).min(other.order + floor(self));
        let mut result = Series { order, ..Series::exact(&[]) };
        for (e, c) in self.terms() {
            let mut row = Series { order, ..Series::exact(&[]) };
            other.terms().iter().for_each(|(f, d)| row.push(e + f, c * d));
            result = result.plus(&row);
        }
        result
    }

    /// Raised to a real power; a negative base only to a whole one. None where that is undefined, or unknown.
    pub fn power(&self, p: f64) -> Option<Series> {
        if p == 0.0 {
            return Some(Series::constant(1.0));
        }
        let Some((e, c)) = self.lead() else {
            return (p > 0.0).then_some(Series { order: self.order * p, ..*self });
        };
        let whole = p == p.trunc();
        if c < 0.0 && !whole {
            return None;
        }
        // (c hᵉ)ᵖ (1 + u)ᵖ, the second factor by the binomial series.
        let mut u = Series { count: 0, order: self.order - e, ..*self };
        self.terms().iter().skip(1).for_each(|(f, d)| u.push(f - e, d / c));
        let mut factor = Series::constant(1.0);
        let mut power = Series::constant(1.0);
        let mut binomial = 1.0;
        let step = u.lead().map_or(u.order, |(f, _)| f);
        let ends = whole && p > 0.0 && p < TERMS as f64;
        if !u.is_zero() {
            for k in 1..=TERMS {
                binomial *= (p - (k as f64 - 1.0)) / k as f64;
                if binomial == 0.0 {
                    break;
                }
                power = power.times(&u);
                factor = factor.plus(&power.scaled(binomial));
            }
            if !ends {
                factor = factor.cut(step * (TERMS as f64 + 1.0));
            }
        }
        let lead = Series::exact(&[(e * p, if p == -1.0 { 1.0 / c } else { math::powf(c, p) })]);
        Some(lead.times(&factor))
    }

    /// The quotient, unless the divisor is nothing or unknown.
    pub fn over(&self, divisor: &Series) -> Option<Series> {
        divisor.lead()?;
        let mut quotient = self.times(&divisor.power(-1.0)?);
        // The first coefficient rounded once, as a division of the numbers themselves would be.
        if let (Some((_, a)), Some((_, b)), Some(first)) = (self.lead(), divisor.lead(), quotient.terms.first_mut()) {
            first.1 = a / b;
        }
        Some(quotient)
    }

    /// The series up to an order.
    fn cut(&self, order: f64) -> Series {
        let mut result = Series { count: 0, order: self.order.min(order), ..*self };
        self.terms().iter().for_each(|(e, c)| result.push(*e, *c));
        result
    }

    /// Σ aₖ uᵏ, u being this series, which starts with a positive power.
    pub fn compose(&self, coefficients: &[f64]) -> Series {
        let mut result = Series::exact(&[]);
        for c in coefficients.iter().rev() {
            result = result.times(self).plus(&Series::constant(*c));
        }
        let step = self.lead().map_or(self.order, |(e, _)| e);
        if self.is_zero() { result } else { result.cut(step * coefficients.len() as f64) }
    }

    /// The limit as h falls to 0; not-a-number if no term tells.
    pub fn limit(&self) -> f64 {
        match self.lead() {
            Some((e, c)) if e < 0.0 => c.signum() * f64::INFINITY,
            Some((0.0, c)) => c,
            _ if self.order > 0.0 => 0.0,
            _ => f64::NAN,
        }
    }

    /// The limit of the derivative with respect to h; not-a-number if no term tells.
    pub fn slope(&self) -> f64 {
        match self.terms().iter().find(|(e, _)| *e != 0.0) {
            Some((e, c)) if (e - 1.0).abs() < SAME => *c,
            Some((e, c)) if *e < 1.0 => (e * c).signum() * f64::INFINITY,
            Some(_) => 0.0,
            None if self.order > 1.0 => 0.0,
            None => f64::NAN,
        }
    }
}
