//! Plain text. A stack in place of recursion: a sum of a thousand terms is a thousand deep.

use super::{Level, MOST_PRINTED, constant_name, number, outermost};
use crate::graph::Relation;
use crate::syntax::{MOST_BYTES, Operator, Term, TermId, Tree};

enum Piece {
    Term(TermId, Level),
    Text(&'static str),
    /// Between two factors with no sign between them.
    Joint(TermId, TermId),
}

pub(super) fn text(tree: &Tree, names: &[String]) -> String {
    let roomy = write(tree, names, true);
    if roomy.len() <= MOST_BYTES {
        return roomy;
    }
    // Without the spaces it may still be read back.
    write(tree, names, false)
}

fn write(tree: &Tree, names: &[String], roomy: bool) -> String {
    let mut out = String::new();
    let mut stack = vec![Piece::Term(tree.root(), Level::Whole)];
    let mut printed = 0;
    while let Some(piece) = stack.pop() {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Joint(left, right) => {
                if needs_space(tree, names, left, right, &out) {
                    out.push(' ');
                }
            }
            Piece::Term(id, least) => {
                printed += 1;
                let mut term = tree.term(id);
                if printed > MOST_PRINTED {
                    term = Term::Elided;
                }
                if level(term, tree, least) < least {
                    out.push('(');
                    stack.push(Piece::Text(")"));
                }
                let from = stack.len();
                pieces(tree, names, term, roomy, &mut out, &mut stack);
                // What was pushed first is to be printed first.
                if let Some(pushed) = stack.get_mut(from..) {
                    pushed.reverse();
                }
            }
        }
    }
    out
}

/// How tightly a term holds where `least` is asked for. A sign may stand right after any operator, if what follows it
/// holds as tightly as the operator asks.
fn level(term: Term, tree: &Tree, least: Level) -> Level {
    match term {
        Term::Negate(a) | Term::Plus(a) => {
            // Asked for exactly `Power` means: after `*`, `/` or `^`.
            if least == Level::Power {
                level(tree.term(a), tree, Level::Power).min(Level::Power)
            } else {
                Level::Product
            }
        }
        Term::Binary(Operator::Add | Operator::Subtract, ..) => Level::Sum,
        Term::Binary(Operator::Power, ..) => Level::Power,
        Term::Binary(..) => Level::Product,
        _ => Level::Atom,
    }
}

fn pieces(tree: &Tree, names: &[String], term: Term, roomy: bool, out: &mut String, stack: &mut Vec<Piece>) {
    match term {
        Term::Number(value) => out.push_str(&number(value)),
        Term::Constant(constant) => out.push_str(constant_name(constant)),
        Term::Variable(slot) => out.push_str(names.get(slot as usize).map_or("?", String::as_str)),
        Term::Elided => out.push('…'),
        Term::Negate(a) | Term::Plus(a) => {
            out.push(if matches!(term, Term::Negate(_)) { '-' } else { '+' });
            // Inside, a sign takes a whole product; the brackets around it, if any, were settled by `level`.
            stack.push(Piece::Term(a, Level::Product));
        }
        Term::Binary(operator, a, b) => binary(tree, operator, a, b, roomy, stack),
        Term::Call { callable, first, count } => {
            out.push_str(callable.name());
            out.push('(');
            for place in first..first + count {
                if place > first {
                    stack.push(Piece::Text(", "));
                }
                stack.push(Piece::Term(tree.argument(place), Level::Whole));
            }
            stack.push(Piece::Text(")"));
        }
        Term::CallPower(callable, exponent, argument) => {
            out.push_str(callable.name());
            out.push('^');
            out.push_str(&exponent.to_string());
            out.push('(');
            stack.extend([Piece::Term(argument, Level::Whole), Piece::Text(")")]);
        }
        Term::Bars(a) => {
            out.push('|');
            stack.extend([Piece::Term(a, Level::Whole), Piece::Text("|")]);
        }
        Term::If(relation, first) => {
            let [a, b, then, otherwise] =
                [0, 1, 2, 3].map(|ahead| Piece::Term(tree.argument(first + ahead), Level::Whole));
            let sign = match relation {
                Relation::Less => " < ",
                Relation::LessEqual => " <= ",
                Relation::Greater => " > ",
                Relation::GreaterEqual => " >= ",
                Relation::Equal => " = ",
                Relation::NotEqual => " != ",
            };
            out.push_str("if(");
            let [comma, close] = [", ", ")"].map(Piece::Text);
            stack.extend([a, Piece::Text(sign), b, comma, then, Piece::Text(", "), otherwise, close]);
        }
    }
}

fn binary(tree: &Tree, operator: Operator, a: TermId, b: TermId, roomy: bool, stack: &mut Vec<Piece>) {
    let (left, sign, right) = match operator {
        Operator::Add => (Level::Sum, if roomy { " + " } else { "+" }, Level::Product),
        Operator::Subtract => (Level::Sum, if roomy { " - " } else { "-" }, Level::Product),
        Operator::Multiply => (Level::Product, "*", Level::Power),
        Operator::Divide => (Level::Product, "/", Level::Power),
        Operator::Juxtapose => (Level::Product, "", Level::Power),
        Operator::Power => (Level::Atom, "^", Level::Power),
    };
    // A sign in front of the first factor would take the whole product with it.
    let left_starts_with_sign = left == Level::Product && matches!(tree.term(a), Term::Negate(_) | Term::Plus(_));
    stack.push(Piece::Term(a, if left_starts_with_sign { Level::Atom } else { left }));
    if operator == Operator::Juxtapose {
        stack.push(Piece::Joint(a, b));
        let starts_with_number = matches!(outermost(tree, b, true), Term::Number(_));
        let signed = matches!(tree.term(b), Term::Negate(_) | Term::Plus(_));
        if starts_with_number || signed {
            stack.extend([Piece::Text("("), Piece::Term(b, Level::Whole), Piece::Text(")")]);
            return;
        }
    } else {
        stack.push(Piece::Text(sign));
    }
    stack.push(Piece::Term(b, right));
}

/// Whether two factors would run together: `2x` may, `2e`, `x y` and `0x1` may not.
fn needs_space(tree: &Tree, names: &[String], left: TermId, right: TermId, out: &str) -> bool {
    let next = match outermost(tree, right, true) {
        Term::Variable(slot) => names.get(slot as usize).and_then(|name| name.chars().next()),
        Term::Constant(constant) => constant_name(constant).chars().next(),
        Term::Call { callable, .. } | Term::CallPower(callable, ..) => callable.name().chars().next(),
        Term::Bars(_) | Term::If(..) => Some('|'),
        // These stand in brackets.
        _ => return false,
    };
    // A base in brackets begins with a bracket, whatever stands in it.
    if let Term::Binary(Operator::Power, base, _) = tree.term(right)
        && level(tree.term(base), tree, Level::Atom) < Level::Atom
    {
        return false;
    }
    if level(tree.term(right), tree, Level::Power) < Level::Power {
        return false;
    }
    let after_number =
        matches!(outermost(tree, left, false), Term::Number(_)) && out.ends_with(|c: char| c.is_ascii_digit());
    let runs_on = matches!(next, Some('e' | 'E')) || out.ends_with('0');
    !after_number || runs_on || next == Some('|')
}

#[cfg(test)]
mod tests {
    use crate::parse;

    #[test]
    fn text_keeps_what_was_typed_without_spare_brackets() {
        for (typed, printed) in [
            ("2x", "2x"),
            ("2*x", "2*x"),
            ("2 e", "2 e"),
            ("2 e3", "2 e3"),
            ("x y", "x y"),
            ("10x", "10 x"),
            ("(x+1)(x-1)", "(x + 1)(x - 1)"),
            ("-(2x)^2", "-(2x)^2"),
            ("(-2)x", "(-2) x"),
            ("-2x", "-2x"),
            ("1--2*x", "1 - -2*x"),
            ("2*-3*x", "2*-3*x"),
            ("2*(-(3*x))", "2*(-3*x)"),
            ("2^-x", "2^-x"),
            ("2^-x^2", "2^-x^2"),
            ("2^(-x*y)", "2^(-x*y)"),
            ("(2^3)^4", "(2^3)^4"),
            ("2^3^4", "2^3^4"),
            ("a-(b-c)-d", "a - (b - c) - d"),
            ("a/(b*c)/d", "a/(b*c)/d"),
            ("sin²(x)", "sin^2(x)"),
            ("|x-1|(3)", "|x - 1|(3)"),
            ("log(x)", "ln(x)"),
            ("1e300 + 1e-9 + 0.1", "1e300 + 1e-9 + 0.1"),
            ("if(x=1,2,-x)", "if(x = 1, 2, -x)"),
            ("(x+1)^2y", "(x + 1)^2y"),
            ("2(x+1)^2", "2(x + 1)^2"),
            ("--x", "--x"),
            ("+x", "+x"),
        ] {
            let formula = parse(typed).unwrap();
            assert_eq!(formula.text(), printed);
            assert_eq!(parse(printed).unwrap().tree(), formula.tree(), "{typed}");
        }
    }

    #[test]
    fn a_long_sum_is_printed_so_that_it_can_be_read_back() {
        let sum = vec!["x1"; 1000].join("+");
        let formula = parse(&sum).unwrap();
        assert_eq!(parse(&formula.text()).unwrap().tree(), formula.tree());
    }
}
