//! Products: a coefficient and powers of different bases.

use super::Simplifier;
use super::facts::{NONNEGATIVE, NONZERO};
use super::ratio::{Ratio, tidy};
use crate::function::Function;
use crate::graph::{Node, NodeId};
use crate::sort::sort_by_key;
use crate::syntax::gcd;

/// A constant exponent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Exponent {
    /// p/q in lowest terms. With q odd the real root is meant, with q even the base may not be negative.
    Ratio(i32, u32),
    /// A decimal such as 1.7, with IEEE `pow`'s meaning.
    Real(f64),
}

impl Exponent {
    const ONE: Exponent = Exponent::Ratio(1, 1);

    pub fn real(value: f64) -> Exponent {
        if value == value.trunc() && value.abs() < 1e9 {
            Exponent::Ratio(value as i32, 1)
        } else if value.abs() == 0.5 {
            Exponent::Ratio(value.signum() as i32, 2)
        } else {
            Exponent::Real(value)
        }
    }

    fn ratio(p: i64, q: i64) -> Option<Exponent> {
        let divisor = gcd(p.unsigned_abs(), q.unsigned_abs()).max(1) as i64;
        let (p, q) = (p / divisor, q / divisor);
        Some(Exponent::Ratio(i32::try_from(p).ok().filter(|p| p.abs() < 1_000_000_000)?, u32::try_from(q).ok()?))
    }

    fn value(self) -> f64 {
        match self {
            Exponent::Ratio(p, q) => f64::from(p) / f64::from(q),
            Exponent::Real(value) => value,
        }
    }

    fn is_zero(self) -> bool {
        self == Exponent::Ratio(0, 1)
    }

    fn is_negative(self) -> bool {
        self.value() < 0.0
    }

    /// Whether the base may not be negative.
    fn needs_nonnegative(self) -> bool {
        match self {
            Exponent::Ratio(_, q) => q % 2 == 0,
            Exponent::Real(_) => true,
        }
    }

    fn negated(self) -> Exponent {
        match self {
            Exponent::Ratio(p, q) => Exponent::Ratio(-p, q),
            Exponent::Real(value) => Exponent::Real(-value),
        }
    }

    fn plus(self, other: Exponent) -> Option<Exponent> {
        match (self, other) {
            (Exponent::Ratio(p, q), Exponent::Ratio(r, s)) => {
                let (p, q, r, s) = (i64::from(p), i64::from(q), i64::from(r), i64::from(s));
                Exponent::ratio(p.checked_mul(s)?.checked_add(r.checked_mul(q)?)?, q.checked_mul(s)?)
            }
            // A decimal and a third have no common spelling.
            (Exponent::Ratio(_, q), _) | (_, Exponent::Ratio(_, q)) if q > 2 => None,
            _ => Some(Exponent::real(tidy(self.value() + other.value()))),
        }
    }

    fn times(self, other: Exponent) -> Option<Exponent> {
        match (self, other) {
            (Exponent::Ratio(p, q), Exponent::Ratio(r, s)) => {
                let (p, q, r, s) = (i64::from(p), i64::from(q), i64::from(r), i64::from(s));
                Exponent::ratio(p.checked_mul(r)?, q.checked_mul(s)?)
            }
            (Exponent::Ratio(_, q), _) | (_, Exponent::Ratio(_, q)) if q > 2 => None,
            _ => Some(Exponent::real(tidy(self.value() * other.value()))),
        }
    }
}

/// A coefficient times powers of bases.
pub(super) struct Product {
    pub coefficient: Ratio,
    factors: Vec<(NodeId, Exponent)>,
}

impl Product {
    fn new() -> Product {
        Product { coefficient: Ratio::ONE, factors: Vec::with_capacity(6) }
    }

    pub fn is_number(&self) -> bool {
        self.factors.is_empty()
    }
}

impl Simplifier<'_> {
    /// The product of finished nodes, each with whether it divides.
    pub(super) fn product(&mut self, negative: bool, parts: &[(bool, NodeId)]) -> NodeId {
        let mut product = Product::new();
        if negative {
            product.coefficient = product.coefficient.negated();
        }
        for &(below, part) in parts {
            self.multiply(&mut product, part, below);
        }
        self.join_signs(&mut product);
        self.cancel(&mut product);
        self.emit(product)
    }

    /// The empty product.
    pub(super) fn one(&self) -> Product {
        Product::new()
    }

    /// A finished node taken apart.
    pub(super) fn decompose(&mut self, id: NodeId) -> Product {
        let mut product = Product::new();
        self.multiply(&mut product, id, false);
        product
    }

    /// Multiplies (or divides) a product by a finished node.
    fn multiply(&mut self, product: &mut Product, root: NodeId, root_below: bool) {
        let mut stack = Vec::new();
        let mut next = Some((root_below, root));
        while let Some((below, id)) = next.take().or_else(|| stack.pop()) {
            let (base, exponent) = match self.out.node(id) {
                Node::Number(value) => {
                    let number = Ratio::number(value);
                    let scaled =
                        if below { product.coefficient.over(number) } else { product.coefficient.times(number) };
                    match scaled {
                        Some(coefficient) => {
                            product.coefficient = coefficient;
                            continue;
                        }
                        None => (id, Exponent::ONE),
                    }
                }
                Node::Negate(a) => {
                    product.coefficient = product.coefficient.negated();
                    next = Some((below, a));
                    continue;
                }
                Node::Multiply(a, b) => {
                    stack.push((below, b));
                    next = Some((below, a));
                    continue;
                }
                Node::Divide(a, b) if !below || self.guarded => {
                    stack.push((!below, b));
                    next = Some((below, a));
                    continue;
                }
                Node::Power(a, b) => match self.constant_exponent(b) {
                    Some(exponent) => (a, exponent),
                    None => (id, Exponent::ONE),
                },
                Node::RationalPower(a, p, q) => (a, Exponent::Ratio(p, q)),
                Node::Call(Function::Sqrt, a) => (a, Exponent::Ratio(1, 2)),
                Node::Call(Function::Cbrt, a) => (a, Exponent::Ratio(1, 3)),
                _ => (id, Exponent::ONE),
            };
            self.include(product, base, if below { exponent.negated() } else { exponent });
        }
    }

    /// The exponent a finished node stands for, if it is a number or a fraction with an even denominator.
    fn constant_exponent(&self, id: NodeId) -> Option<Exponent> {
        let (id, sign) = match self.out.node(id) {
            Node::Negate(a) => (a, -1.0),
            _ => (id, 1.0),
        };
        match self.out.node(id) {
            Node::Number(value) if value.is_finite() => Some(Exponent::real(sign * value)),
            Node::Divide(p, q) => {
                let (p, q) = (self.out.as_number(p)? * sign, self.out.as_number(q)?);
                let whole = p == p.trunc() && q == q.trunc() && p.abs() < 1e9 && q > 0.0 && q < 1e9;
                (whole && q % 2.0 == 0.0).then(|| Exponent::ratio(p as i64, q as i64))?
            }
            _ => None,
        }
    }

    /// Multiplies a product by a power, joining it to the same base where that keeps the domain.
    fn include(&mut self, product: &mut Product, base: NodeId, exponent: Exponent) {
        // |u|² is u².
        if let (Node::Call(Function::Abs, u), Exponent::Ratio(p, 1)) = (self.out.node(base), exponent)
            && p % 2 == 0
            && p != 0
        {
            return self.include(product, u, exponent);
        }
        for place in 0..product.factors.len() {
            let Some(&(other, present)) = product.factors.get(place) else { break };
            if other != base {
                continue;
            }
            let Some(joined) = present.plus(exponent) else { continue };
            let nonnegative = present.needs_nonnegative() || exponent.needs_nonnegative();
            let nonzero = present.is_negative() || exponent.is_negative();
            if !self.keeps_domain(base, nonnegative, nonzero, joined) {
                continue;
            }
            product.factors.remove(place);
            // The sum of exponents may meet a third of the same base, as in x^(1/2) x^(1/3) x^(1/6).
            if !joined.is_zero() {
                self.include(product, base, joined);
            }
            return;
        }
        product.factors.push((base, exponent));
    }

    /// Whether base^exponent is defined nowhere but where the base is, is not negative (if that was needed) and not zero
    /// (if that was needed).
    fn keeps_domain(&mut self, base: NodeId, nonnegative: bool, nonzero: bool, exponent: Exponent) -> bool {
        if self.guarded {
            return true;
        }
        (!exponent.is_zero() || self.may_drop(base))
            && (!nonnegative || exponent.needs_nonnegative() || self.holds(base, NONNEGATIVE))
            && (!nonzero || exponent.is_negative() || self.holds(base, NONZERO))
    }

    /// u·sign(u) is |u|, sign(u)·|u| is u, sinh(u)/cosh(u) is tanh(u).
    fn join_signs(&mut self, product: &mut Product) {
        let one = Exponent::ONE;
        for place in 0..product.factors.len() {
            let Some(&(base, exponent)) = product.factors.get(place) else { return };
            let (u, partner, becomes) = match self.out.node(base) {
                Node::Call(Function::Sign, u) if exponent == one => (u, None, Function::Abs),
                Node::Call(Function::Sinh, u) if exponent == one => (u, Some(Function::Cosh), Function::Tanh),
                _ => continue,
            };
            let has = |product: &Product, id: NodeId, test: &dyn Fn(Exponent) -> bool| {
                product.factors.iter().position(|(base, exponent)| *base == id && test(*exponent))
            };
            let positive = |e: Exponent| matches!(e, Exponent::Ratio(p, 1) if p > 0);
            let found = match partner {
                None => {
                    let abs = self.out.find(Node::Call(Function::Abs, u));
                    if let Some(other) = abs.and_then(|abs| has(product, abs, &|e| e == one)) {
                        product.factors.remove(place.max(other));
                        product.factors.remove(place.min(other));
                        return self.include(product, u, one);
                    }
                    has(product, u, &positive)
                }
                Some(partner) => {
                    let cosh = self.out.find(Node::Call(partner, u));
                    cosh.and_then(|cosh| has(product, cosh, &|e| e == one.negated()))
                }
            };
            if let Some(other) = found {
                let rest = product.factors.get(other).map_or(one, |(_, exponent)| *exponent);
                product.factors.remove(place.max(other));
                product.factors.remove(place.min(other));
                let joined = self.out.add(Node::Call(becomes, u));
                self.include(product, joined, one);
                if let (None, Some(rest)) = (partner, rest.plus(one.negated()).filter(|rest| !rest.is_zero())) {
                    self.include(product, u, rest);
                }
                return;
            }
        }
    }

    /// Takes what all terms of a sum above the line share with what is below it: (2x·eˣ − x²·eˣ)/(3eˣ).
    fn cancel(&mut self, product: &mut Product) {
        let below = product.coefficient.d != 1.0 || product.factors.iter().any(|(_, exponent)| exponent.is_negative());
        let sum = product
            .factors
            .iter()
            .position(|(base, exponent)| *exponent == Exponent::ONE && super::is_sum(self.out.node(*base)));
        let (true, Some(place)) = (below, sum) else { return };
        let Some(&(sum, _)) = product.factors.get(place) else { return };
        let mut terms = Vec::new();
        let mut stack = vec![(false, sum)];
        while let Some((minus, id)) = stack.pop() {
            match self.out.node(id) {
                Node::Add(a, b) => stack.extend([(minus, b), (minus, a)]),
                Node::Subtract(a, b) => stack.extend([(!minus, b), (minus, a)]),
                _ => {
                    let mut term = self.decompose(id);
                    if minus {
                        term.coefficient = term.coefficient.negated();
                    }
                    terms.push(term);
                }
            }
        }
        let mut shared = Product::new();
        let whole = terms.iter().all(|term| term.coefficient.d == 1.0 && term.coefficient.n.fract() == 0.0);
        if whole && product.coefficient.d.fract() == 0.0 {
            let content = terms.iter().fold(product.coefficient.d, |divisor, term| {
                gcd(divisor as u64, term.coefficient.n.abs() as u64) as f64
            });
            shared.coefficient = Ratio::number(content);
        }
        for (base, exponent) in product.factors.clone() {
            let Exponent::Ratio(p @ ..0, 1) = exponent else { continue };
            let least = terms.iter().map(|term| whole_power_of(term, base)).min().unwrap_or(0).min(-p);
            if least > 0 && self.keeps_domain(base, false, true, Exponent::Ratio(p + least, 1)) {
                shared.factors.push((base, Exponent::Ratio(least, 1)));
            }
        }
        if shared.is_number() && shared.coefficient.is_one() {
            return;
        }
        let mut reduced = Vec::with_capacity(terms.len());
        for mut term in terms {
            let Some(coefficient) = term.coefficient.over(shared.coefficient) else { return };
            term.coefficient = coefficient;
            for &(base, exponent) in &shared.factors {
                for (other, present) in &mut term.factors {
                    if let (true, Some(left)) = (*other == base, present.plus(exponent.negated())) {
                        *present = left;
                    }
                }
            }
            term.factors.retain(|(_, exponent)| !exponent.is_zero());
            reduced.push((false, self.emit(term)));
        }
        let Some(coefficient) = product.coefficient.times(shared.coefficient) else { return };
        product.coefficient = coefficient;
        product.factors.remove(place);
        for (base, exponent) in shared.factors {
            self.include(product, base, exponent);
        }
        let sum = self.sum(&reduced);
        self.multiply(product, sum, false);
    }

    /// How tightly a factor reads, for the order on the board: numbers, letters, roots, exponentials, sums, functions.
    fn rank(&self, base: NodeId, exponent: Exponent) -> u8 {
        match self.out.node(base) {
            Node::Number(_) | Node::Constant(_) => 0,
            Node::Variable(_) if matches!(exponent, Exponent::Ratio(_, 1)) => 1,
            Node::Variable(_) => 2,
            Node::Call(Function::Exp, _) | Node::Power(..) => 3,
            Node::Add(..) | Node::Subtract(..) => 4,
            _ => 5,
        }
    }

    /// The node of a product.
    pub(super) fn emit(&mut self, mut product: Product) -> NodeId {
        if product.coefficient.is_zero() {
            let gone = product.factors.clone().into_iter().all(|(base, exponent)| {
                let simple = matches!(exponent, Exponent::Ratio(p, 1) if p > 0);
                self.guarded || (simple && self.may_drop(base))
            });
            if gone {
                return self.out.number(0.0);
            }
        }
        if product.factors.len() > 1 {
            let mut factors = std::mem::take(&mut product.factors);
            sort_by_key(&mut factors, |(base, exponent)| (self.rank(*base, *exponent), *base));
            product.factors = factors;
        }
        let Ratio { n, d } = product.coefficient;
        let (mut above, mut below) = (None, None);
        if n.abs() != 1.0 {
            above = Some(self.out.number(n.abs()));
        }
        if d != 1.0 {
            below = Some(self.out.number(d));
        }
        for (base, exponent) in product.factors {
            let negative = exponent.is_negative();
            let factor = self.power_node(base, if negative { exponent.negated() } else { exponent });
            let side = if negative { &mut below } else { &mut above };
            *side = Some(match *side {
                Some(before) => self.out.add(Node::Multiply(before, factor)),
                None => factor,
            });
        }
        if let (None, None) = (above, below) {
            return self.out.number(n);
        }
        if let (Some(above), None) = (above, below)
            && let Some(value) = self.out.as_number(above)
        {
            return self.out.number(value.copysign(n));
        }
        let above = above.unwrap_or_else(|| self.out.number(1.0));
        let whole = match below {
            Some(below) => self.out.add(Node::Divide(above, below)),
            None => above,
        };
        if n < 0.0 { self.out.add(Node::Negate(whole)) } else { whole }
    }

    fn power_node(&mut self, base: NodeId, exponent: Exponent) -> NodeId {
        match exponent {
            Exponent::Ratio(1, 1) => base,
            Exponent::Ratio(1, 2) => self.out.add(Node::Call(Function::Sqrt, base)),
            Exponent::Ratio(1, 3) => self.out.add(Node::Call(Function::Cbrt, base)),
            Exponent::Ratio(p, 1) => {
                let exponent = self.out.number(f64::from(p));
                self.out.add(Node::Power(base, exponent))
            }
            Exponent::Ratio(p, q) if q % 2 == 1 => self.out.add(Node::RationalPower(base, p, q)),
            Exponent::Ratio(p, q) => {
                let (p, q) = (self.out.number(f64::from(p)), self.out.number(f64::from(q)));
                let exponent = self.out.add(Node::Divide(p, q));
                self.out.add(Node::Power(base, exponent))
            }
            Exponent::Real(value) => {
                let exponent = self.out.number(value);
                self.out.add(Node::Power(base, exponent))
            }
        }
    }

    /// aᵇ of finished nodes.
    pub(super) fn power(&mut self, a: NodeId, b: NodeId) -> NodeId {
        if let Some(exponent) = self.constant_exponent(b) {
            return self.raise(a, exponent);
        }
        let exponent = self.decompose(b);
        if exponent.is_number() {
            // A third that was not typed as 1/3 is a decimal, not a root: it must not read as one.
            let Ratio { n, d } = exponent.coefficient;
            let b = self.out.number(n / d);
            return self.out.add(Node::Power(a, b));
        }
        self.out.add(Node::Power(a, b))
    }

    /// The real root a^(p/q), q odd, of a finished node.
    pub(super) fn rational_power(&mut self, a: NodeId, p: i32, q: u32) -> NodeId {
        self.raise(a, Exponent::Ratio(p, q))
    }

    /// A finished node to a constant power.
    pub(super) fn raise(&mut self, a: NodeId, exponent: Exponent) -> NodeId {
        if exponent == Exponent::ONE {
            return a;
        }
        let inner = self.decompose(a);
        let raised = match exponent {
            Exponent::Ratio(0, 1) if self.may_drop(a) => Some(Product::new()),
            Exponent::Ratio(k, 1) => self.raise_whole(&inner, k),
            _ => self.raise_root(&inner, exponent),
        };
        match raised {
            Some(product) => self.emit(product),
            None => {
                let mut product = Product::new();
                self.include(&mut product, a, exponent);
                self.emit(product)
            }
        }
    }

    /// A product to a whole power, factor by factor, if that keeps the domain.
    fn raise_whole(&mut self, inner: &Product, k: i32) -> Option<Product> {
        let mut product = Product { coefficient: inner.coefficient.to_the(k)?, factors: Vec::new() };
        for &(base, exponent) in &inner.factors {
            let raised = exponent.times(Exponent::Ratio(k, 1))?;
            let nonzero = exponent.is_negative() || k < 0;
            if raised.is_zero() || !self.keeps_domain(base, exponent.needs_nonnegative(), nonzero, raised) {
                return None;
            }
            self.include(&mut product, base, raised);
        }
        Some(product)
    }

    /// A product to a fractional power: numbers with exact roots, and a single power.
    fn raise_root(&mut self, inner: &Product, exponent: Exponent) -> Option<Product> {
        let Exponent::Ratio(p, q) = exponent else {
            return self.raise_single(inner, exponent);
        };
        let root = inner.coefficient.root(q);
        let (Some(root), true) = (root, inner.coefficient.n != 0.0) else {
            return self.raise_single(inner, exponent);
        };
        let unit = Product { coefficient: Ratio::ONE, factors: inner.factors.clone() };
        let mut product = match (unit.is_number(), self.raise_single(&unit, exponent)) {
            (true, _) => Product::new(),
            (false, Some(product)) => product,
            (false, None) if root.is_one() => return None,
            (false, None) => {
                let mut product = Product::new();
                let rest = self.emit(unit);
                self.include(&mut product, rest, exponent);
                product
            }
        };
        product.coefficient = product.coefficient.times(root.to_the(p)?)?;
        Some(product)
    }

    /// (bᵐ)ʳ for a fractional r: |b|^(mr) where m is even, b^(mr) where that has the same domain.
    fn raise_single(&mut self, inner: &Product, r: Exponent) -> Option<Product> {
        let (&[(base, m)], true) = (inner.factors.as_slice(), inner.coefficient.is_one()) else { return None };
        if m == Exponent::ONE {
            return None;
        }
        let joined = m.times(r)?;
        let mut product = Product::new();
        match m {
            Exponent::Ratio(m, 1) if m % 2 == 0 => {
                let even = matches!(joined, Exponent::Ratio(p, _) if p % 2 == 0);
                let base = if even { base } else { self.call(Function::Abs, base) };
                let nonzero = m < 0 || r.is_negative();
                if !self.keeps_domain(base, false, nonzero, joined) {
                    return None;
                }
                self.include(&mut product, base, joined);
            }
            _ => {
                let nonnegative = m.needs_nonnegative() || r.needs_nonnegative();
                let nonzero = m.is_negative() || r.is_negative();
                if nonnegative != joined.needs_nonnegative() || !self.keeps_domain(base, nonnegative, nonzero, joined) {
                    return None;
                }
                self.include(&mut product, base, joined);
            }
        }
        Some(product)
    }
}

/// The whole positive power of a base in a product; 0 where it is not there, or twice (as in x/x, which keeps its hole).
fn whole_power_of(term: &Product, base: NodeId) -> i32 {
    let mut powers = term.factors.iter().filter(|(other, _)| *other == base).map(|(_, exponent)| *exponent);
    match (powers.next(), powers.next()) {
        (Some(Exponent::Ratio(p, 1)), None) => p.max(0),
        _ => 0,
    }
}
