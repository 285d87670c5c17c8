//! Every vector of `tests/reference/semantics.jsonl`, and the spans, hints and limits behind them.

// A failed expectation is the report of a test.
#![allow(clippy::unwrap_used, clippy::panic)]

use calculus::{ErrorCode, Fault, Instead, Remark, parse, parse_with};
use serde_json::Value;

fn vectors() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/semantics.jsonl");
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn refused(text: &str) -> calculus::FormulaError {
    match parse(text) {
        Ok(_) => panic!("{text} is accepted"),
        Err(error) => error,
    }
}

#[test]
fn every_semantics_vector_holds() {
    let mut seen = 0;
    for vector in vectors() {
        let input = vector["input"].as_str().unwrap();
        seen += 1;
        if let Some(code) = vector["error"].as_str() {
            let error = refused(input);
            assert_eq!(error.code.as_str(), code, "{input}: {error}");
            assert!(error.start <= error.end && error.end <= input.len(), "{input}: {error:?}");
            assert!(input.is_char_boundary(error.start) && input.is_char_boundary(error.end), "{input}: {error:?}");
            assert!(error.hint.is_some(), "{input}: no hint");
            continue;
        }
        let formula = parse(input).unwrap_or_else(|error| panic!("{input}: {error}"));
        let at: Vec<f64> = formula
            .variables()
            .iter()
            .map(|name| match &vector["vars"] {
                Value::Object(bindings) => bindings[name].as_f64().unwrap(),
                _ => vector["x"].as_f64().unwrap(),
            })
            .collect();
        let value = formula.evaluate(&at);
        match &vector["value"] {
            Value::Number(expected) => {
                let expected = expected.as_f64().unwrap();
                assert!((value - expected).abs() <= 1e-14 * expected.abs(), "{input}: {value}, not {expected}");
            }
            Value::String(word) if word == "-inf" => {
                assert_eq!(value, f64::NEG_INFINITY, "{input}")
            }
            Value::String(word) if word == "undefined" => {
                assert!(!value.is_finite(), "{input}: {value}")
            }
            other => panic!("{input}: what is {other}?"),
        }
    }
    assert_eq!(seen, 76);
}

#[test]
fn errors_point_at_the_characters_that_are_wrong() {
    for (text, code, start, end) in [
        ("2 + sni(x)", ErrorCode::Name, 4, 7),
        ("2*(x + (1 - x)", ErrorCode::Paren, 2, 3),
        ("x + 5 % 3", ErrorCode::Percent, 6, 7),
        ("x + х", ErrorCode::Confusable, 4, 6),
        ("3 +", ErrorCode::Eof, 3, 3),
        ("x + ()", ErrorCode::Empty, 4, 6),
        ("x) + 1", ErrorCode::Paren, 1, 2),
        ("1 + 1.2.3", ErrorCode::Number, 4, 9),
        ("x + sin x", ErrorCode::CallParens, 4, 7),
        ("||x|-1|", ErrorCode::Bars, 0, 2),
        ("(|x| + |x - |y||)", ErrorCode::Bars, 12, 13),
        ("|x + 1", ErrorCode::Bars, 0, 1),
        ("2 3", ErrorCode::Number, 0, 3),
        ("x < 1", ErrorCode::Relation, 2, 3),
        ("if(x, 1, 2)", ErrorCode::Relation, 3, 4),
        ("max(x)", ErrorCode::Arity, 0, 6),
        ("(1 + )", ErrorCode::Operand, 5, 6),
        ("x + sin()", ErrorCode::Empty, 7, 9),
        ("x**2", ErrorCode::Operand, 1, 3),
    ] {
        let error = refused(text);
        assert_eq!((error.code, error.start, error.end), (code, start, end), "{text}: {error}");
    }
}

#[test]
fn errors_teach() {
    assert_eq!(refused("sni(x)").hint.as_deref(), Some("Did you mean sin?"));
    assert_eq!(refused("(x").message, "The bracket opened here is never closed.");
    assert_eq!(refused("xy").hint.as_deref(), Some("To multiply, write x*y."));
    assert_eq!(refused("xsin(x)").hint.as_deref(), Some("To multiply, write x*sin(…)."));
    assert_eq!(refused("sin^-1(x)").hint.as_deref(), Some("Write asin(x) for the inverse, or 1/sin(x)."));
    assert_eq!(refused("sin x").hint.as_deref(), Some("Write sin(x)."));
    assert_eq!(refused("2Pi").hint.as_deref(), Some("Did you mean pi?"));
}

#[test]
fn a_greek_letter_may_be_spelled_out() {
    let formula = parse("exp(-(x - mu)^2/(2*sigma_1^2))").unwrap();
    assert_eq!(formula.variables(), ["x", "mu", "sigma_1"]);
    assert_eq!(parse("theta").unwrap().latex().trim(), r"\theta");
    assert!(parse("theta").unwrap().mathml().contains("<mi>θ</mi>"));
    assert_eq!(refused("mux").code, ErrorCode::Name);
}

#[test]
fn a_name_of_several_letters_is_a_variable_only_when_declared() {
    assert_eq!(refused("learning_rate*g").code, ErrorCode::Name);
    let formula = parse_with("learning_rate*g", &["learning_rate"]).unwrap();
    assert_eq!(formula.evaluate(&[0.5, 4.0]), 2.0);
}

#[test]
fn a_letter_before_a_bracket_is_a_factor_when_it_is_a_variable() {
    assert_eq!(parse("w(x+1)").unwrap().evaluate(&[2.0, 3.0]), 8.0);
    assert_eq!(refused("g(x)").code, ErrorCode::Name);
    assert_eq!(parse("g + g(x)").unwrap().evaluate(&[2.0, 3.0]), 8.0);
}

#[test]
fn ambiguity_is_noted_and_brackets_settle_it() {
    let codes = |text: &str| -> Vec<&str> { parse(text).unwrap().notes().iter().map(|note| note.code).collect() };
    assert_eq!(codes("1/2x"), ["N_LEFT_TO_RIGHT"]);
    assert_eq!(codes("6/2(1+2)"), ["N_LEFT_TO_RIGHT"]);
    assert_eq!(codes("(1/2)x"), [] as [&str; 0]);
    assert_eq!(codes("0^0"), ["N_ZERO_POWER"]);
    assert_eq!(codes("log(x)"), ["N_NATURAL_LOG"]);
}

#[test]
fn the_limits_hold_one_over_and_not_at_them() {
    let brackets = |depth: usize| format!("{}x{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&brackets(128)).is_ok());
    assert_eq!(refused(&brackets(129)).code, ErrorCode::Depth);
    assert!(parse(&format!("{}x", "-".repeat(128))).is_ok());
    assert_eq!(refused(&format!("{}x", "-".repeat(129))).code, ErrorCode::Depth);
    assert_eq!(refused(&format!("x{}", "^x".repeat(129))).code, ErrorCode::Depth);
    // n letters and n - 1 signs.
    let sum = |letters: usize| vec!["x"; letters].join("+");
    assert!(parse(&sum(1000)).is_ok());
    assert_eq!(refused(&sum(1001)).code, ErrorCode::Size);
    assert!(parse(&format!("{:>4096}", "x")).is_ok());
    assert_eq!(refused(&format!("{:>4097}", "x")).code, ErrorCode::Size);
    for text in ["(", "-", "x^", "|", "sin(", "2(", "x+", "é", "√"] {
        let _ = refused(&text.repeat(1_000_000));
    }
}

#[test]
fn other_spellings_are_read_as_meant() {
    for (text, x, value) in [
        ("x³", 2.0, 8.0),
        ("x⁻¹", 2.0, 0.5),
        ("2x²", 3.0, 18.0),
        ("√(x)", 9.0, 3.0),
        ("√x + 1", 9.0, 4.0),
        ("sin²(x)", 0.0, 0.0),
        ("x ÷ 2", 3.0, 1.5),
        ("2x(x+1)(x-1)", 2.0, 12.0),
        ("|x||x|", -3.0, 9.0),
        ("2|x - 1|x", -3.0, -24.0),
        ("if(x <= 0, -x, 2x)", 3.0, 6.0),
        ("if(x = 3, 1, 0)", 3.0, 1.0),
        ("clamp(x, -1, 1)", 3.0, 1.0),
        ("max(x, 1, 7)", 3.0, 7.0),
        ("-2^-x^2", 1.0, -0.5),
        ("2-3-x", 1.0, -2.0),
        ("8/2/x", 2.0, 2.0),
        ("1.5E2x", 2.0, 300.0),
        ("2e-x", 1.0, 2.0 * std::f64::consts::E - 1.0),
        ("(x+1)2", 3.0, 8.0),
        ("1/(1+e^(-x))", 0.0, 0.5),
    ] {
        assert_eq!(parse(text).unwrap().evaluate(&[x]), value, "{text}");
    }
}

#[test]
fn a_mistake_carries_the_particulars_that_its_sentence_is_written_from() {
    for (text, fault) in [
        ("sin x", Fault::NoBrackets("sin".into(), "x".into())),
        ("2Pi", Fault::Unknown("Pi".into(), Instead::Name("pi".into()))),
        ("xy", Fault::Unknown("xy".into(), Instead::Product("x*y".into()))),
        ("0x10", Fault::Unknown("0x10".into(), Instead::Decimal)),
        ("max(x)", Fault::Arguments { of: "max".into(), least: 2, most: 64, got: 1 }),
        ("sin^-1(x)", Fault::Inverse("sin".into(), Some("asin"))),
    ] {
        let error = refused(text);
        assert_eq!((&error.fault, error.code), (&fault, fault.code()), "{text}");
        assert_eq!([error.message, error.hint.unwrap_or_default()], fault.english(), "{text}");
    }
    let note = parse("a(b + 1)").unwrap().notes()[0].clone();
    assert_eq!((note.remark.clone(), note.message), (Remark::Product("a".into()), note.remark.english()));
}
