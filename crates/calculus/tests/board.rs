//! What simplifying and differentiating look like on the board, and that sharing keeps them small.

// A failed expectation is the report of a test.
#![allow(clippy::unwrap_used, clippy::panic)]

use calculus::{ErrorCode, parse};

fn slope(text: &str) -> String {
    parse(text).unwrap().derivative("x").unwrap().text()
}

#[test]
fn derivatives_read_as_a_teacher_writes_them() {
    for (function, derivative) in [
        ("sin(x^2)", "2*x*cos(x^2)"),
        ("x^3 - 6*x^2 + 11*x - 6", "3*x^2 - 12*x + 11"),
        ("x*x*x", "3*x^2"),
        ("(x + 1)^5", "5*(x + 1)^4"),
        ("x^2*sin(x)", "2*x*sin(x) + x^2*cos(x)"),
        ("sin(x)/x", "(x*cos(x) - sin(x))/x^2"),
        ("x/(x + 1)", "1/(x + 1)^2"),
        ("1/x^2", "-2/x^3"),
        ("ln(5*x)", "1/x"),
        ("x*ln(x) - x", "ln(x)"),
        ("x^x", "x^x*(ln(x) + 1)"),
        ("2^x", "2^x*ln(2)"),
        ("sqrt(x)", "1/(2*sqrt(x))"),
        ("x^(3/2)", "3*sqrt(x)/2"),
        ("cbrt(x)", "1/(3*x^(2/3))"),
        ("tanh(x)", "1 - tanh(x)^2"),
        ("1/(1 + exp(-x))", "sigmoid(x)*(1 - sigmoid(x))"),
        ("ln(1 + exp(x))", "sigmoid(x)"),
        ("x*abs(x)", "2*abs(x)"),
        ("sin(x)/cos(x)", "1/cos(x)^2"),
        ("x^3/exp(x)", "(3*x^2 - x^3)/exp(x)"),
        ("softplus(3*x)", "3*sigmoid(3*x)"),
        ("7", "0"),
    ] {
        assert_eq!(slope(function), derivative, "of {function}");
    }
}

#[test]
fn simplifying_keeps_holes_and_joins_what_may_be_joined() {
    for (typed, simple) in [
        ("x/x", "x/x"),
        ("x^2/x", "x^2/x"),
        ("ln(x) - ln(x)", "0*ln(x)"),
        ("sqrt(x)^2", "sqrt(x)^2"),
        ("exp(ln(x))", "exp(ln(x))"),
        ("(x^2)^(1/2)", "abs(x)"),
        ("(x^2)^0.5", "abs(x)"),
        ("3*x^2/x^3", "3/x"),
        ("x - x + 1/3 + 1/6", "1/2"),
        ("0.1*x + 0.2*x", "0.3*x"),
        ("(x + 1)*(1 + x)", "(x + 1)^2"),
        ("cos(-x) + sin(-x)", "cos(x) - sin(x)"),
        ("sin(x)^2 + cos(x)^2", "1"),
        ("x*y*x*2", "2*x^2*y"),
        ("sqrt(4*x)", "2*sqrt(x)"),
        ("cbrt(-8)", "-2"),
    ] {
        assert_eq!(parse(typed).unwrap().simplify().text(), simple, "of {typed}");
    }
}

#[test]
fn a_derivative_shares_what_its_function_shares() {
    let nested = |depth: usize| format!("{}x{}", "sin(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(60)).unwrap().derivative("x").unwrap().graph().len() < 400);
    let sum: Vec<String> = (1..=100).map(|k| format!("sin({k}*x)/{k}")).collect();
    assert!(parse(&sum.join("+")).unwrap().derivative("x").unwrap().graph().len() < 600);
    let towers = format!("{}x{}", "x^(".repeat(60), ")".repeat(60));
    assert!(parse(&towers).unwrap().derivative("x").unwrap().graph().len() < 2_000);
}

#[test]
fn differentiating_again_and_again_ends_in_a_located_error_at_worst() {
    let mut formula = parse("exp(sin(x))/(x^2 + cos(x))^3*ln(x)^x").unwrap();
    for order in 0..40 {
        match formula.derivative("x") {
            Ok(derivative) => formula = derivative,
            Err(error) => {
                assert_eq!(error.code, ErrorCode::Size);
                assert!(order > 3, "refused at order {order}");
                return;
            }
        }
    }
    panic!("forty derivatives and still small");
}

#[test]
fn a_derivative_keeps_the_variables_in_their_places() {
    let formula = parse("a*x^2 + y").unwrap();
    let slope = formula.derivative("x").unwrap();
    assert_eq!(slope.variables(), formula.variables());
    assert_eq!(slope.evaluate(&[3.0, 2.0, f64::NAN]), 12.0);
    assert_eq!(formula.derivative("z").unwrap().text(), "0");
}

#[test]
fn a_derivative_is_defined_nowhere_but_where_its_function_is() {
    let undefined = |text: &str, x: f64| {
        let slope = parse(text).unwrap().derivative("x").unwrap();
        assert!(slope.evaluate(&[x]).is_nan(), "{text} at {x}: {}", slope.text());
    };
    undefined("ln(x)", -1.0);
    undefined("x/x", 0.0);
    undefined("acosh(x)", -2.0);
    undefined("exp(ln(x))", -1.0);
    undefined("0*sqrt(x)", -1.0);
    undefined("if(x > 0, ln(x), 0) + abs(x - 1)", 1.0);
    let sleeping = parse("if(x > 0, abs(x + 1), 2*x)").unwrap().derivative("x").unwrap();
    assert_eq!(sleeping.evaluate(&[-1.0]), 2.0);
}
