//! The first Taylor coefficients of the smooth functions at a point.

use crate::function::Function;
use crate::math;

/// How many coefficients, the value included.
pub const COUNT: usize = 8;

/// f(c), f′(c), f″(c)/2, … at a point inside the domain; none for functions that are made from others, or not smooth there.
pub fn taylor(function: Function, c: f64) -> Option<[f64; COUNT]> {
    Some(match function {
        Function::Exp => {
            // A value too small for a double is still not nothing.
            let value = math::exp(c);
            over_factorials([if value == 0.0 { f64::MIN_POSITIVE } else { value }; 4])
        }
        Function::Sin => over_factorials([math::sin(c), math::cos(c), -math::sin(c), -math::cos(c)]),
        Function::Cos => over_factorials([math::cos(c), -math::sin(c), -math::cos(c), math::sin(c)]),
        Function::Sinh => over_factorials([math::sinh(c), math::cosh(c), math::sinh(c), math::cosh(c)]),
        Function::Cosh => over_factorials([math::cosh(c), math::sinh(c), math::cosh(c), math::sinh(c)]),
        Function::Ln => logarithm(c, 1.0, math::ln(c)),
        Function::Log10 => logarithm(c, core::f64::consts::LOG10_E, math::log10(c)),
        Function::Log2 => logarithm(c, core::f64::consts::LOG2_E, math::log2(c)),
        Function::Tanh => {
            // y′ = 1 − y²
            let mut a = [0.0; COUNT];
            set(&mut a, 0, math::tanh(c));
            let sech = math::sech(c);
            set(&mut a, 1, sech * sech);
            for k in 1..COUNT - 1 {
                let square: f64 = (0..=k).map(|i| get(&a, i) * get(&a, k - i)).sum();
                set(&mut a, k + 1, -square / (k as f64 + 1.0));
            }
            a
        }
        Function::Sigmoid => sigmoid(c),
        Function::Softplus => integral(math::softplus(c), &sigmoid(c)),
        Function::Atan => integral(math::atan(c), &quadratic_power([1.0 + c * c, 2.0 * c, 1.0], -1.0)),
        Function::Asinh => integral(math::asinh(c), &quadratic_power([1.0 + c * c, 2.0 * c, 1.0], -0.5)),
        Function::Acosh => integral(math::acosh(c), &quadratic_power([(c - 1.0) * (c + 1.0), 2.0 * c, 1.0], -0.5)),
        Function::Atanh => integral(math::atanh(c), &quadratic_power([(1.0 - c) * (1.0 + c), -2.0 * c, -1.0], -1.0)),
        Function::Asin => integral(math::asin(c), &quadratic_power([(1.0 - c) * (1.0 + c), -2.0 * c, -1.0], -0.5)),
        Function::Acos => {
            let slope = quadratic_power([(1.0 - c) * (1.0 + c), -2.0 * c, -1.0], -0.5);
            integral(math::acos(c), &slope.map(|a| -a))
        }
        Function::Erf => {
            // y′ = −2 x y for the slope
            let mut y = [0.0; COUNT];
            set(&mut y, 0, core::f64::consts::FRAC_2_SQRT_PI * math::exp(-c * c));
            for k in 0..COUNT - 1 {
                let before = if k == 0 { 0.0 } else { get(&y, k - 1) };
                let next = -2.0 * (c * get(&y, k) + before) / (k as f64 + 1.0);
                set(&mut y, k + 1, next);
            }
            integral(math::erf(c), &y)
        }
        Function::Sinc if c == 0.0 => {
            let mut a = over_factorials([0.0, 1.0, 0.0, -1.0]);
            a.rotate_left(1);
            set(&mut a, COUNT - 1, 0.0);
            a
        }
        _ => return None,
    })
}

fn get(a: &[f64], index: usize) -> f64 {
    a.get(index).copied().unwrap_or(0.0)
}

fn set(a: &mut [f64], index: usize, value: f64) {
    if let Some(place) = a.get_mut(index) {
        *place = value;
    }
}

/// The coefficients of a function whose derivatives repeat after four.
fn over_factorials(derivatives: [f64; 4]) -> [f64; COUNT] {
    let mut factorial = 1.0;
    core::array::from_fn(|k| {
        factorial *= k.max(1) as f64;
        get(&derivatives, k % 4) / factorial
    })
}

fn logarithm(c: f64, factor: f64, value: f64) -> [f64; COUNT] {
    let mut power = -factor;
    core::array::from_fn(|k| {
        if k == 0 {
            return value;
        }
        power /= -c;
        power / k as f64
    })
}

fn sigmoid(c: f64) -> [f64; COUNT] {
    // y′ = y (1 − y), both factors without cancellation.
    let mut y = [0.0; COUNT];
    let mut rest = [0.0; COUNT];
    set(&mut y, 0, math::sigmoid(c));
    set(&mut rest, 0, math::sigmoid(-c));
    for k in 0..COUNT - 1 {
        let product: f64 = (0..=k).map(|i| get(&y, i) * get(&rest, k - i)).sum();
        set(&mut y, k + 1, product / (k as f64 + 1.0));
        set(&mut rest, k + 1, -product / (k as f64 + 1.0));
    }
    y
}

/// The coefficients of a function from its value and those of its slope.
fn integral(value: f64, slope: &[f64; COUNT]) -> [f64; COUNT] {
    core::array::from_fn(|k| if k == 0 { value } else { get(slope, k - 1) / k as f64 })
}

/// (p₀ + p₁ t + p₂ t²)^power, by the recurrence of J. C. P. Miller.
fn quadratic_power(p: [f64; 3], power: f64) -> [f64; COUNT] {
    let mut b = [0.0; COUNT];
    set(&mut b, 0, math::powf(get(&p, 0), power));
    for k in 1..COUNT {
        let sum: f64 = (1..=k.min(2)).map(|j| (power * j as f64 - (k - j) as f64) * get(&p, j) * get(&b, k - j)).sum();
        set(&mut b, k, sum / (k as f64 * get(&p, 0)));
    }
    b
}
