//! Answers against `tests/reference/equivalence.jsonl`: verdicts, mistakes, and what is said.

// A failed expectation is the report of a test.
#![allow(clippy::unwrap_used, clippy::panic)]

use calculus::{AnswerCheck, Verdict, check_answer, check_derivative};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference/equivalence.jsonl");
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn check(case: &Value) -> AnswerCheck {
    let text = |key: &str| case[key].as_str().unwrap();
    check_derivative(text("of"), text("var"), text("answer")).unwrap()
}

#[test]
fn every_verdict_of_the_reference_is_right() {
    let cases = cases();
    assert_eq!(cases.len(), 171);
    for case in &cases {
        let verdict = if case["equivalent"] == true { Verdict::Correct } else { Verdict::Incorrect };
        assert_eq!(check(case).verdict, verdict, "{case}");
        let (expected, answer) = (case["expected"].as_str().unwrap(), case["answer"].as_str().unwrap());
        assert_eq!(check_answer(expected, answer, &[]).unwrap().verdict, verdict, "{case}");
    }
}

#[test]
fn every_mistake_of_the_reference_is_named() {
    let (mut right, mut wrong) = (0, Vec::new());
    for case in cases() {
        let Some(expected) = case["mistake"].as_str() else { continue };
        let named = check(&case).mistake.map_or("nothing", |mistake| mistake.code);
        if named == expected {
            right += 1;
        } else {
            wrong.push(format!("{} ' {} given {}: {named}, not {expected}", case["id"], case["of"], case["answer"]));
        }
    }
    println!("figure: C8 {right} of {} mistakes named right; all 171 verdicts", right + wrong.len());
    assert!(wrong.is_empty(), "{right} right, {} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn messages_teach_and_do_not_give_the_answer_away() {
    for case in cases() {
        if let Some(mistake) = check(&case).mistake {
            let expected = case["expected"].as_str().unwrap();
            assert!(mistake.message.ends_with('.') && mistake.message.len() > 30, "{mistake:?}");
            let shown_before = case["of"].as_str().unwrap().contains(expected);
            assert!(shown_before || !mistake.message.contains(expected), "{mistake:?} of {case}");
        }
    }
}

#[test]
fn a_wrong_answer_comes_with_a_point_that_shows_it() {
    for case in cases().iter().filter(|case| case["equivalent"] == false) {
        let shown = check(case).counterexample.unwrap();
        assert!(shown.expected.is_finite() && shown.got.is_finite() && shown.expected != shown.got, "{case}");
        assert!(!shown.bindings.is_empty());
    }
    let shown = check_answer("x^2", "x^3", &[]).unwrap().counterexample.unwrap();
    assert_eq!((shown.bindings, shown.expected, shown.got), (vec![("x".to_owned(), 2.0)], 4.0, 8.0));
}

#[test]
fn an_unreadable_answer_is_a_verdict_and_an_unreadable_question_an_error() {
    let check = check_derivative("x^2", "x", "2x +").unwrap();
    assert_eq!(check.verdict, Verdict::Unreadable);
    assert_eq!(check.error.unwrap().code.as_str(), "E_EOF");
    assert!(check_derivative("x^", "x", "2x").is_err());
    assert!(check_answer("2 +", "2x", &[]).is_err());
}

#[test]
fn a_right_answer_need_not_be_simplified_but_is_told_apart() {
    let simplified = |answer: &str| {
        let check = check_derivative("x^2*sin(x)", "x", answer).unwrap();
        assert_eq!(check.verdict, Verdict::Correct, "{answer}");
        check.simplified
    };
    assert!(simplified("2x sin(x) + x^2 cos(x)"));
    assert!(simplified("x*(2*sin(x) + x*cos(x))"));
    assert!(!simplified("2*x^1*sin(x) + x^2*cos(x) + 0"));
    assert!(!simplified("x*sin(x) + x*sin(x) + x^2*cos(x)"));
}

#[test]
fn domain_differences_are_told() {
    let check = check_answer("ln(x^2)", "2*ln(x)", &[]).unwrap();
    assert_eq!(check.verdict, Verdict::Correct);
    assert!(check.note.unwrap().contains("has none at x = -1"));
    assert!(check_answer("2*ln(x)", "ln(x^2)", &[]).unwrap().note.unwrap().contains("also has one"));
    assert_eq!(check_answer("2*x", "x + x", &[]).unwrap().note, None);
}

#[test]
fn names_of_several_letters_are_read_where_they_are_declared() {
    assert_eq!(check_derivative("rate^3", "rate", "3*rate^2").unwrap().verdict, Verdict::Correct);
    assert_eq!(check_answer("2*rate", "rate + rate", &["rate"]).unwrap().verdict, Verdict::Correct);
}
