//! Intervals leave no true value out.

// In tests a failed expectation is the report.
#![allow(clippy::unwrap_used, clippy::panic)]

use calculus::interval::{Interval, Registers};
use serde_json::Value;

fn texts() -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for file in [
        include_str!("../../../tests/reference/derivatives.jsonl"),
        include_str!("../../../tests/reference/gradients.jsonl"),
        include_str!("../../../tests/reference/undefined.jsonl"),
        include_str!("../../../tests/reference/kinks.jsonl"),
    ] {
        texts.extend(file.lines().map(|line| {
            let case: Value = serde_json::from_str(line).unwrap();
            case["expr"].as_str().unwrap().to_string()
        }));
    }
    let more = "mod(x, 1)|round(x)|step(x)*ceil(x)|root(x, 5)|root(x, 4)|hypot(x, 3)|atan2(x, -1)|atan2(1, x)|logsumexp(x, 1)|x^(2/7)|sinc(x)|sinc(9*x)|erf(x)|if(x>0, ln(x), sqrt(-x))|sec(x)+csc(x)+cot(x)|tan(x)|tan(3*x)|clamp(x, -1, 1)|x^-7|asinh(x)+acosh(x)+atanh(x)|sech(x)|min(x,1/x)|max(x, x^2)|x^x|abs(x)^x|sin(1/x)|exp(1/x)|mod(x, sin(x))|mod(7, x)|floor(x^2)|sign(sin(x))|x^2.5|x^-0.5|2^x|log2(x)*log10(x)|abs(sin(x))|relu(x^2-1)|cosh(x)-sinh(x)|cbrt(x)|x^(-2/3)|acos(x)*asin(x)|atanh(x/2)|if(x != 1, x, 2)|if(x^2 <= 1, x, x + 1)";
    texts.extend(more.split('|').map(String::from));
    texts
}

#[test]
fn values_and_slopes_lie_in_their_enclosures() {
    let mut state = 1_u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / 9_007_199_254_740_992.0
    };
    let mut registers = Registers::default();
    let (mut sure, mut all) = (0, 0);
    for text in texts() {
        let formula = calculus::parse_with(&text, &["theta", "sigma", "rate", "mu"]).unwrap();
        let program = formula.program();
        for variable in 0..formula.variables().len() {
            let dependent = program.dependent_on(variable as u32);
            for _ in 0..60 {
                let mut at: Vec<f64> = (0..formula.variables().len()).map(|_| random() * 4.0 - 1.0).collect();
                let fixed = program.registers(&at);
                // Wide and narrow, some with ends on whole numbers.
                let width = 10_f64.powi(-(random() * 6.0) as i32) * random() * 8.0;
                let middle = if random() < 0.3 { (random() * 8.0 - 4.0).round() } else { random() * 8.0 - 4.0 };
                let range = if random() < 0.3 {
                    Interval::new(middle, middle + width)
                } else {
                    Interval::new(middle - width, middle + width)
                };
                let enclosure = program.enclose(variable as u32, range, &dependent, &fixed, &mut registers);
                all += 1;
                let certain = enclosure.doubts.is_empty() && !enclosure.never;
                sure += usize::from(certain);
                for step in 0..=12 {
                    let x = if step == 12 {
                        range.high
                    } else {
                        range.low + (range.high - range.low) * f64::from(step) / 12.0
                    };
                    at[variable] = x;
                    let slope = formula.slope(variable, &at);
                    let what = || format!("{text} at {at:?} in {range:?}: {slope:?}, {enclosure:?}");
                    if slope.value.is_finite() {
                        assert!(!enclosure.never, "{}", what());
                        assert!(enclosure.value.contains(slope.value), "{}", what());
                        // Far inside the range of the slopes' own rounding.
                        let near = |slope: f64| {
                            let slack = 1e-9 * (1.0 + slope.abs());
                            enclosure.slope.low - slack <= slope && slope <= enclosure.slope.high + slack
                        };
                        if let Some(slope) = slope.derivative {
                            assert!(near(slope), "{}", what());
                        }
                    } else if slope.value.is_nan() {
                        assert!(!certain, "{}", what());
                    }
                }
            }
        }
    }
    println!("{sure} of {all} certain");
    assert!(sure * 2 > all, "only {sure} of {all} are certain");
}

#[test]
fn doubts_are_raised_where_curves_break() {
    let mut registers = Registers::default();
    for (text, at) in [
        ("1/x", 0.0),
        ("tan(x)", core::f64::consts::FRAC_PI_2),
        ("floor(x)", 1.0),
        ("mod(x, 1)", 2.0),
        ("ln(x)", 0.0),
        ("sqrt(x)", 0.0),
        ("sign(x)", 0.0),
        ("if(x<0, -1, 1)", 0.0),
        ("x/x", 0.0),
        ("exp(1/x)", 0.0),
        ("acos(x)", 1.0),
        ("x^-2", 0.0),
        ("x^x", 0.0),
        ("x^(-2/3)", 0.0),
    ] {
        let formula = calculus::parse(text).unwrap();
        let program = formula.program();
        for (low, high, expected) in [(at - 0.1, at + 0.1, true), (at + 0.1, at + 0.2, false)] {
            let enclosure = program.enclose(
                0,
                Interval::new(low, high),
                &program.dependent_on(0),
                &program.registers(&[0.0]),
                &mut registers,
            );
            let doubtful = !enclosure.doubts.is_empty() || enclosure.never;
            assert!(
                doubtful == expected || (text == "acos(x)" && enclosure.never),
                "{text} on [{low}, {high}]: {enclosure:?}"
            );
        }
    }
}
