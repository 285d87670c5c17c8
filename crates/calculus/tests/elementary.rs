//! Elementary functions against true values of 60 digits: `tests/reference/elementary.jsonl`, whose generator says what it holds.

// In tests a failed expectation is the report.
#![allow(clippy::unwrap_used, clippy::panic)]

use calculus::math;
use serde_json::Value;
use wide::f64x2;

/// The generator of the points (Steele, Lea and Flood 2014), as in `generate_elementary.py`.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / 9_007_199_254_740_992.0
    }
    fn whole(&mut self, low: f64, high: f64) -> f64 {
        low + (self.next() % (high - low + 1.0) as u64) as f64
    }
}

/// 2ᵏ, k whole, above the subnormals.
fn two_to(k: f64) -> f64 {
    f64::from_bits(((k + 1023.0) as u64) << 52)
}

fn draw(random: &mut SplitMix, segment: &Value) -> f64 {
    let (a, b) = (segment[1].as_f64().unwrap(), segment[2].as_f64().unwrap());
    let kind = segment[0].as_str().unwrap();
    match kind {
        "uniform" => return a + (b - a) * random.unit(),
        "whole" => return random.whole(a, b),
        _ => {}
    }
    let sign = if random.next().is_multiple_of(2) { 1.0 } else { -1.0 };
    let mantissa = 1.0 + random.unit();
    if kind == "near" {
        let k = random.whole(1.0, 52.0);
        let sign = if b == 0.0 { sign } else { b };
        return a * (1.0 + sign * (mantissa * two_to(-k)));
    }
    let k = random.whole(a, b);
    let value = mantissa * two_to(k.max(-1022.0)) * if k < -1022.0 { two_to(k + 1022.0) } else { 1.0 };
    if kind == "positive" { value } else { sign * value }
}

fn decode(text: &str) -> Vec<u16> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = four.iter().enumerate().fold(0_u32, |bits, (i, &c)| bits | u32::from(digit(c)) << (18 - 6 * i));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
}

/// How far a result lies from the true value, in units in the last place, to a sixteenth.
fn ulps(got: f64, place: u16) -> f64 {
    let magnitude = got.abs().to_bits() as i64;
    let number = if got < 0.0 { -magnitude } else { magnitude };
    let difference = (number.wrapping_mul(16) as u16).wrapping_sub(place) as i16;
    if got.is_finite() { f64::from(difference).abs() / 16.0 } else { f64::INFINITY }
}

type Case = (String, Vec<(Vec<f64>, u16)>);

fn cases() -> Vec<Case> {
    include_str!("../../../tests/reference/elementary.jsonl")
        .lines()
        .map(|line| {
            let case: Value = serde_json::from_str(line).unwrap();
            let mut random = SplitMix(case["seed"].as_u64().unwrap());
            let mut points = Vec::new();
            for segment in case["segments"].as_array().unwrap() {
                let segment = segment.as_array().unwrap();
                let count = segment.last().unwrap().as_u64().unwrap();
                for _ in 0..count {
                    points.push(if segment[0].is_array() {
                        vec![draw(&mut random, &segment[0]), draw(&mut random, &segment[1])]
                    } else {
                        vec![draw(&mut random, &Value::from(segment.clone()))]
                    });
                }
            }
            let places = decode(case["places"].as_str().unwrap());
            assert_eq!(points.len(), places.len());
            (case["name"].as_str().unwrap().to_string(), points.into_iter().zip(places).collect())
        })
        .collect()
}

fn value(name: &str, at: &[f64]) -> f64 {
    let x = at[0];
    match name {
        "exp" => math::exp(x),
        "expm1" => math::expm1(x),
        "ln" => math::ln(x),
        "ln1p" => math::ln_1p(x),
        "log10" => math::log10(x),
        "log2" => math::log2(x),
        "sin" => math::sin(x),
        "cos" => math::cos(x),
        "tan" => math::tan(x),
        "asin" => math::asin(x),
        "acos" => math::acos(x),
        "atan" => math::atan(x),
        "sinh" => math::sinh(x),
        "cosh" => math::cosh(x),
        "tanh" => math::tanh(x),
        "asinh" => math::asinh(x),
        "acosh" => math::acosh(x),
        "atanh" => math::atanh(x),
        "sqrt" => math::sqrt(x),
        "cbrt" => math::cbrt(x),
        "sigmoid" => math::sigmoid(x),
        "softplus" => math::softplus(x),
        "erf" => math::erf(x),
        "sinc" => math::sinc(x),
        "sech" => math::sech(x),
        "sec" => math::sec(x),
        "csc" => math::csc(x),
        "cot" => math::cot(x),
        "powf" => math::powf(x, at[1]),
        "powi" => math::powi(x, at[1] as i32),
        "hypot" => math::hypot(x, at[1]),
        "atan2" => math::atan2(x, at[1]),
        "logaddexp" => math::logaddexp(x, at[1]),
        other => panic!("no function {other}"),
    }
}

#[test]
fn every_function_is_within_two_ulp_of_the_true_value() {
    let mut worst = Vec::new();
    for (name, points) in cases() {
        let (mut most, mut place_of_most) = (0.0, vec![]);
        for (at, place) in points {
            let error = ulps(value(&name, &at), place);
            if error > most {
                (most, place_of_most) = (error, at);
            }
        }
        println!("{name:10} {most:6.2} ulp at {place_of_most:?}");
        worst.push((name, most));
    }
    let most = worst.iter().fold(0.0_f64, |most, (_, error)| most.max(*error));
    println!("figure: C3 {} elementary functions, the worst {most:.2} ulp off", worst.len());
    assert!(worst.iter().all(|(_, most)| *most <= 2.0), "{worst:?}");
}

/// The kernels for two numbers at once.
fn paired(name: &str, x: f64x2) -> Option<f64x2> {
    Some(match name {
        "exp" => math::exp(x),
        "ln" => math::ln(x),
        "sin" => math::sin(x),
        "cos" => math::cos(x),
        "tanh" => math::tanh(x),
        "sigmoid" => math::sigmoid(x),
        "softplus" => math::softplus(x),
        "sqrt" => math::sqrt(x),
        _ => return None,
    })
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

#[test]
fn two_at_once_give_the_bits_of_one_at_a_time() {
    let edges = [
        0.0,
        -0.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        5e-324,
        -5e-324,
        1e308,
        -1e308,
        1.0,
        -1.0,
        710.5,
        -745.2,
        -800.0,
        1e22,
    ];
    for (name, points) in cases() {
        let xs: Vec<f64> = points.iter().map(|(at, _)| at[0]).chain(edges).collect();
        for pair in xs.windows(2) {
            if name == "powi" {
                for n in [2, 3, 4, 5, 7, 12, 100, -1, -2, -5, -12] {
                    let [a, b] = math::powi(f64x2::new([pair[0], pair[1]]), n).to_array();
                    assert!(same(a, math::powi(pair[0], n)) && same(b, math::powi(pair[1], n)), "{pair:?}^{n}");
                }
            } else if let Some(both) = paired(&name, f64x2::new([pair[0], pair[1]])) {
                let [a, b] = both.to_array();
                assert!(same(a, value(&name, &pair[..1])) && same(b, value(&name, &pair[1..])), "{name} at {pair:?}");
            }
        }
    }
}

#[test]
fn the_ends_of_the_domains_have_their_values() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    let table: &[(&str, &[f64], f64)] = &[
        ("exp", &[inf], inf),
        ("exp", &[-inf], 0.0),
        ("exp", &[0.0], 1.0),
        ("exp", &[709.782712893384], 1.7976931348622732e308),
        ("exp", &[710.0], inf),
        ("exp", &[-745.2], 0.0),
        ("exp", &[nan], nan),
        ("ln", &[0.0], -inf),
        ("ln", &[-0.0], -inf),
        ("ln", &[-1.0], nan),
        ("ln", &[-inf], nan),
        ("ln", &[inf], inf),
        ("ln", &[1.0], 0.0),
        ("ln", &[5e-324], -744.4400719213812),
        ("sin", &[-0.0], -0.0),
        ("sin", &[inf], nan),
        ("cos", &[inf], nan),
        ("cos", &[0.0], 1.0),
        ("tanh", &[inf], 1.0),
        ("tanh", &[-inf], -1.0),
        ("tanh", &[-0.0], -0.0),
        ("tanh", &[nan], nan),
        ("sigmoid", &[800.0], 1.0),
        ("sigmoid", &[-800.0], 0.0),
        ("sigmoid", &[0.0], 0.5),
        ("sigmoid", &[nan], nan),
        ("softplus", &[800.0], 800.0),
        ("softplus", &[-800.0], 0.0),
        ("softplus", &[inf], inf),
        ("softplus", &[-inf], 0.0),
        ("softplus", &[nan], nan),
        ("sqrt", &[-1.0], nan),
        ("sqrt", &[-0.0], -0.0),
        ("asin", &[1.0], core::f64::consts::FRAC_PI_2),
        ("asin", &[1.0000000000000002], nan),
        ("acos", &[1.0], 0.0),
        ("acos", &[-1.0], core::f64::consts::PI),
        ("acosh", &[1.0], 0.0),
        ("acosh", &[0.9999999999999999], nan),
        ("atanh", &[1.0], inf),
        ("atanh", &[-1.0], -inf),
        ("atanh", &[1.0000000000000002], nan),
        ("powf", &[0.0, 0.0], 1.0),
        ("powf", &[1.0, nan], nan),
        ("powf", &[nan, 0.0], nan),
        ("powf", &[-8.0, 3.0], -512.0),
        ("powf", &[-8.0, 1.0 / 3.0], nan),
        ("powi", &[0.0, 5.0], 0.0),
        ("powi", &[-0.0, 5.0], -0.0),
        ("powi", &[-2.0, 5.0], -32.0),
        ("powi", &[-2.0, -2.0], 0.25),
        ("powi", &[0.0, -6.0], inf),
        ("powi", &[-inf, 7.0], -inf),
        ("powi", &[nan, 7.0], nan),
        ("powi", &[1e300, 9.0], inf),
        ("powi", &[1e-300, 9.0], 0.0),
        ("powi", &[10.0, 22.0], 1e22),
        ("cbrt", &[-8.0], -2.0),
        ("sinc", &[0.0], 1.0),
        ("hypot", &[3.0, 4.0], 5.0),
        ("log10", &[1000.0], 3.0),
        ("log2", &[8.0], 3.0),
        ("erf", &[inf], 1.0),
    ];
    for (name, at, expected) in table {
        assert!(same(value(name, at), *expected), "{name}{at:?} = {} instead of {expected}", value(name, at));
    }
}

#[test]
fn sine_and_cosine_keep_their_digits_far_out() {
    assert_eq!(math::sin(1e22), -0.852_200_849_767_188_8);
    assert_eq!(math::cos(f64::MAX), -0.999_987_689_426_559_9);
    assert_eq!(math::sin(core::f64::consts::PI), 1.224_646_799_147_353_2e-16);
    assert_eq!(math::sin(f64x2::new([1e22, 0.5])).to_array()[0], math::sin(1e22));
}

#[test]
fn sine_and_cosine_take_their_round_values_and_stay_within_one() {
    let pi = core::f64::consts::PI;
    assert_eq!(math::sin(pi / 2.0), 1.0);
    assert_eq!(math::sin(-pi / 2.0), -1.0);
    assert_eq!(math::sin(pi / 6.0), 0.499_999_999_999_999_94);
    assert_eq!(math::cos(0.0), 1.0);
    assert_eq!(math::cos(1e-9), 1.0);
    assert_eq!(math::cos(pi), -1.0);
    for k in 0..2000 {
        let crest = pi * (f64::from(k) + 0.5);
        for step in -200..=200 {
            let x = crest + f64::from(step) * 1e-9;
            assert!(math::sin(x).abs() <= 1.0 && math::sin(x).abs() > 1.0 - 1e-13, "{x}");
        }
    }
}

#[test]
fn sine_keeps_its_digits_next_to_the_multiples_of_pi() {
    for k in 1..=320 {
        let mut x = core::f64::consts::PI * f64::from(k);
        x = x.next_down().next_down();
        for _ in 0..5 {
            let expected = libm::sin(x);
            assert!(
                (math::sin(x) - expected).abs() <= 2.3e-16 * expected.abs(),
                "{x}: {} and {expected}",
                math::sin(x)
            );
            x = x.next_up();
        }
    }
}

#[test]
fn a_nan_with_any_payload_stays_one() {
    for payload in [1_u64, 0x7ff, 0xfff, 0xdead_beef] {
        let nan = f64::from_bits(0x7ff8_0000_0000_0000 | payload);
        for function in ["exp", "ln", "sin", "cos", "tanh", "sigmoid", "softplus", "sqrt"] {
            assert!(value(function, &[nan]).is_nan(), "{function}");
        }
    }
}
