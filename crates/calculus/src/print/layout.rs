//! Formulas in two dimensions: one walk over the tree, two dialects.

use super::{Level, MOST_PRINTED, Notation, number, outermost};
use crate::function::{Callable, Function};
use crate::graph::Constant;
use crate::syntax::{Operator, Term, TermId, Tree};

/// What a dialect writes around and between parts.
struct Dialect {
    mathml: bool,
    fraction: [&'static str; 3],
    power: [&'static str; 3],
    square_root: [&'static str; 2],
    /// Before the radicand, between it and the degree, after.
    brackets: [&'static str; 2],
    bars: [&'static str; 2],
    floor: [&'static str; 2],
    ceiling: [&'static str; 2],
    invisible_times: &'static str,
    times: &'static str,
    plus: &'static str,
    minus: &'static str,
    sign_minus: &'static str,
    sign_plus: &'static str,
    slash: &'static str,
    /// Around the separator of arguments.
    comma: [&'static str; 2],
    apply: &'static str,
    /// `if`: before the first value, around the word before its condition, before the second value, around its word.
    cases: [&'static str; 6],
    /// In the order of [`crate::graph::Relation`].
    relations: [&'static str; 6],
    ellipsis: &'static str,
}

static LATEX: Dialect = Dialect {
    mathml: false,
    fraction: [r"\frac{", "}{", "}"],
    power: ["", "^{", "}"],
    square_root: [r"\sqrt{", "}"],
    brackets: [r"\left(", r"\right)"],
    bars: [r"\left|", r"\right|"],
    floor: [r"\left\lfloor ", r"\right\rfloor "],
    ceiling: [r"\left\lceil ", r"\right\rceil "],
    invisible_times: " ",
    times: r" \cdot ",
    plus: " + ",
    minus: " - ",
    sign_minus: "-",
    sign_plus: "+",
    slash: "/",
    comma: ["", " "],
    apply: "",
    cases: [r"\begin{cases} ", r" & \text{", " } ", r" \\ ", r" & \text{", r"} \end{cases}"],
    relations: [" < ", r" \le ", " > ", r" \ge ", " = ", r" \ne "],
    ellipsis: r"\dots ",
};

static MATHML: Dialect = Dialect {
    mathml: true,
    fraction: ["<mfrac><mrow>", "</mrow><mrow>", "</mrow></mfrac>"],
    power: ["<msup><mrow>", "</mrow><mrow>", "</mrow></msup>"],
    square_root: ["<msqrt>", "</msqrt>"],
    brackets: ["<mrow><mo>(</mo>", "<mo>)</mo></mrow>"],
    bars: ["<mrow><mo>|</mo>", "<mo>|</mo></mrow>"],
    floor: ["<mrow><mo>⌊</mo>", "<mo>⌋</mo></mrow>"],
    ceiling: ["<mrow><mo>⌈</mo>", "<mo>⌉</mo></mrow>"],
    invisible_times: "<mo>\u{2062}</mo>",
    times: "<mo>·</mo>",
    plus: "<mo>+</mo>",
    minus: "<mo>\u{2212}</mo>",
    sign_minus: "<mo form=\"prefix\">\u{2212}</mo>",
    sign_plus: "<mo form=\"prefix\">+</mo>",
    slash: "<mo>/</mo>",
    comma: ["<mo separator=\"true\">", "</mo>"],
    apply: "<mo>\u{2061}</mo>",
    cases: [
        "<mrow><mo>{</mo><mtable><mtr><mtd>",
        "</mtd><mtd><mtext>",
        "\u{a0}</mtext>",
        "</mtd></mtr><mtr><mtd>",
        "</mtd><mtd><mtext>",
        "</mtext></mtd></mtr></mtable></mrow>",
    ],
    relations: ["<mo>&lt;</mo>", "<mo>≤</mo>", "<mo>&gt;</mo>", "<mo>≥</mo>", "<mo>=</mo>", "<mo>≠</mo>"],
    ellipsis: "<mo>…</mo>",
};

pub(super) fn latex(tree: &Tree, names: &[String]) -> String {
    Walk { tree, names, dialect: &LATEX, notation: &Notation::ENGLISH, out: String::new() }.run()
}

pub(super) fn mathml(tree: &Tree, names: &[String], notation: &Notation) -> String {
    let inner = Walk { tree, names, dialect: &MATHML, notation, out: String::new() }.run();
    let mut whole = String::with_capacity(inner.len() + 80);
    whole.push_str("<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow>");
    whole.push_str(&inner);
    whole.push_str("</mrow></math>");
    whole
}

enum Piece {
    Term(TermId, Level),
    /// An exponent: fractions of numbers stand on one line in it.
    Exponent(TermId),
    Text(&'static str),
}

struct Walk<'t> {
    tree: &'t Tree,
    names: &'t [String],
    dialect: &'static Dialect,
    notation: &'t Notation,
    out: String,
}

impl Walk<'_> {
    fn run(mut self) -> String {
        let mut stack = vec![Piece::Term(self.tree.root(), Level::Whole)];
        let mut printed = 0;
        while let Some(piece) = stack.pop() {
            let from = stack.len();
            match piece {
                Piece::Text(text) => self.out.push_str(text),
                Piece::Term(id, least) => {
                    printed += 1;
                    let term = if printed > MOST_PRINTED { Term::Elided } else { self.tree.term(id) };
                    let bracketed = self.level(term) < least;
                    if bracketed {
                        self.out.push_str(self.dialect.brackets[0]);
                    }
                    self.pieces(term, &mut stack);
                    if bracketed {
                        stack.push(Piece::Text(self.dialect.brackets[1]));
                    }
                }
                Piece::Exponent(id) => self.exponent(id, &mut stack),
            }
            if let Some(pushed) = stack.get_mut(from..) {
                pushed.reverse();
            }
        }
        self.out
    }

    fn level(&self, term: Term) -> Level {
        match term {
            // A sign stands bare only at the very beginning.
            Term::Negate(_) | Term::Plus(_) => Level::Sum,
            Term::If(..) => Level::Whole,
            Term::Binary(Operator::Add | Operator::Subtract, ..) => Level::Sum,
            Term::Binary(Operator::Multiply | Operator::Juxtapose, ..) => Level::Product,
            Term::Binary(Operator::Divide | Operator::Power, ..) => Level::Power,
            Term::Number(value) if number(value).contains('e') => Level::Product,
            Term::Call { callable: Callable::Function(Function::Exp), .. } => Level::Power,
            _ => Level::Atom,
        }
    }

    fn exponent(&mut self, id: TermId, stack: &mut Vec<Piece>) {
        let (sign, inner) = match self.tree.term(id) {
            Term::Negate(inner) => (self.dialect.sign_minus, inner),
            _ => ("", id),
        };
        match self.tree.term(inner) {
            Term::Binary(Operator::Divide, a, b)
                if matches!((self.tree.term(a), self.tree.term(b)), (Term::Number(_), Term::Number(_))) =>
            {
                let atom = Level::Atom;
                stack.extend([
                    Piece::Text(sign),
                    Piece::Term(a, atom),
                    Piece::Text(self.dialect.slash),
                    Piece::Term(b, atom),
                ]);
            }
            _ => stack.push(Piece::Term(id, Level::Whole)),
        }
    }

    fn pieces(&mut self, term: Term, stack: &mut Vec<Piece>) {
        let dialect = self.dialect;
        match term {
            Term::Number(value) => self.number(value),
            Term::Constant(Constant::Pi) => self.out.push_str(if dialect.mathml { "<mi>π</mi>" } else { r"\pi " }),
            Term::Constant(Constant::E) => self.out.push_str(if dialect.mathml { "<mi>e</mi>" } else { "e" }),
            Term::Variable(slot) => self.variable(slot),
            Term::Elided => self.out.push_str(dialect.ellipsis),
            Term::Negate(a) | Term::Plus(a) => {
                let minus = matches!(term, Term::Negate(_));
                self.out.push_str(if minus { dialect.sign_minus } else { dialect.sign_plus });
                stack.push(Piece::Term(a, Level::Product));
            }
            Term::Binary(operator, a, b) => self.binary(operator, a, b, stack),
            Term::Call { callable, first, count } => self.call(callable, first, count, stack),
            Term::CallPower(callable, exponent, argument) => {
                self.call_power(callable, f64::from(exponent), argument, stack)
            }
            Term::Bars(a) => self.around(dialect.bars, a, stack),
            Term::If(relation, first) => {
                let [a, b, then, otherwise] =
                    [0, 1, 2, 3].map(|ahead| Piece::Term(self.tree.argument(first + ahead), Level::Sum));
                let [open, left, right, second, last, end] = dialect.cases.map(Piece::Text);
                let [when, else_] = self.notation.cases.map(Piece::Text);
                let sign = Piece::Text(dialect.relations.get(relation as usize).copied().unwrap_or(""));
                stack.extend([open, then, left, when, right, a, sign, b, second, otherwise, last, else_, end]);
            }
        }
    }

    fn around(&mut self, [open, close]: [&'static str; 2], inner: TermId, stack: &mut Vec<Piece>) {
        stack.extend([Piece::Text(open), Piece::Term(inner, Level::Whole), Piece::Text(close)]);
    }

    fn binary(&mut self, operator: Operator, a: TermId, b: TermId, stack: &mut Vec<Piece>) {
        let dialect = self.dialect;
        match operator {
            Operator::Add | Operator::Subtract => {
                let sign = if operator == Operator::Add { dialect.plus } else { dialect.minus };
                stack.extend([Piece::Term(a, Level::Sum), Piece::Text(sign), Piece::Term(b, Level::Product)]);
            }
            Operator::Multiply | Operator::Juxtapose => {
                let sign = if self.needs_dot(a, b) { dialect.times } else { dialect.invisible_times };
                stack.extend([Piece::Term(a, Level::Product), Piece::Text(sign), Piece::Term(b, Level::Power)]);
            }
            Operator::Divide => {
                let [open, middle, close] = dialect.fraction.map(Piece::Text);
                stack.extend([open, Piece::Term(a, Level::Whole), middle, Piece::Term(b, Level::Whole), close]);
            }
            Operator::Power => self.power(a, b, stack),
        }
    }

    fn power(&mut self, a: TermId, b: TermId, stack: &mut Vec<Piece>) {
        // sin(x)^2 is written sin²(x).
        if let (Term::Call { callable, first, count: 1 }, Term::Number(exponent)) =
            (self.tree.term(a), self.tree.term(b))
        {
            let squared = matches!(callable, Callable::Function(f) if f <= Function::Cot);
            if squared && exponent >= 2.0 && exponent == exponent.trunc() {
                let argument = self.tree.argument(first);
                return self.call_power(callable, exponent, argument, stack);
            }
        }
        let [open, middle, close] = self.dialect.power.map(Piece::Text);
        stack.extend([open, Piece::Term(a, Level::Atom), middle, Piece::Exponent(b), close]);
    }

    /// Whether a visible dot must stand between two factors: before a number, and beside names of several letters.
    fn needs_dot(&self, a: TermId, b: TermId) -> bool {
        let long = |term| match term {
            Term::Variable(slot) => self
                .names
                .get(slot as usize)
                .is_some_and(|name| name.chars().take_while(|c| c.is_alphabetic()).count() > 1),
            _ => false,
        };
        let next = outermost(self.tree, b, true);
        matches!(next, Term::Number(_)) || long(next) || long(outermost(self.tree, a, false))
    }

    fn call_power(&mut self, callable: Callable, exponent: f64, argument: TermId, stack: &mut Vec<Piece>) {
        let dialect = self.dialect;
        self.out.push_str(dialect.power[0]);
        self.function_name(callable);
        self.out.push_str(dialect.power[1]);
        self.number(exponent);
        self.out.push_str(dialect.power[2]);
        self.out.push_str(dialect.apply);
        self.around(dialect.brackets, argument, stack);
    }

    fn call(&mut self, callable: Callable, first: u32, count: u32, stack: &mut Vec<Piece>) {
        let dialect = self.dialect;
        let argument = self.tree.argument(first);
        if let Callable::Function(function) = callable {
            match function {
                Function::Abs => return self.around(dialect.bars, argument, stack),
                Function::Floor => return self.around(dialect.floor, argument, stack),
                Function::Ceil => return self.around(dialect.ceiling, argument, stack),
                Function::Sqrt => return self.around(dialect.square_root, argument, stack),
                Function::Exp => {
                    let e = if dialect.mathml { "<mi>e</mi>" } else { "e" };
                    let [open, middle, close] = dialect.power.map(Piece::Text);
                    return stack.extend([open, Piece::Text(e), middle, Piece::Exponent(argument), close]);
                }
                Function::Cbrt | Function::Root => {
                    let degree = match function {
                        Function::Cbrt => Piece::Text(if dialect.mathml { "<mn>3</mn>" } else { "3" }),
                        _ => Piece::Term(self.tree.argument(first + 1), Level::Whole),
                    };
                    let radicand = Piece::Term(argument, Level::Whole);
                    return if dialect.mathml {
                        let [open, middle, close] =
                            ["<mroot><mrow>", "</mrow><mrow>", "</mrow></mroot>"].map(Piece::Text);
                        stack.extend([open, radicand, middle, degree, close]);
                    } else {
                        let [open, middle, close] = [r"\sqrt[", "]{", "}"].map(Piece::Text);
                        stack.extend([open, degree, middle, radicand, close]);
                    };
                }
                _ => {}
            }
        }
        self.function_name(callable);
        self.out.push_str(dialect.apply);
        stack.push(Piece::Text(dialect.brackets[0]));
        for place in first..first + count {
            if place > first {
                let [open, close] = dialect.comma;
                stack.extend([open, self.notation.separator, close].map(Piece::Text));
            }
            stack.push(Piece::Term(self.tree.argument(place), Level::Whole));
        }
        stack.push(Piece::Text(dialect.brackets[1]));
    }

    fn function_name(&mut self, callable: Callable) {
        let name = callable.name();
        if let Some(base) = name.strip_prefix("log").filter(|base| !base.is_empty() && *base != "sumexp") {
            let parts = if self.dialect.mathml {
                ["<msub><mi>log</mi><mn>", base, "</mn></msub>"]
            } else {
                [r"\log_{", base, "}"]
            };
            parts.into_iter().for_each(|part| self.out.push_str(part));
            return;
        }
        let arc = matches!(name, "asin" | "acos" | "atan");
        if self.dialect.mathml {
            self.out.push_str(if arc { "<mi>arc" } else { "<mi>" });
            self.out.push_str(if arc { name.trim_start_matches('a') } else { name });
            self.out.push_str("</mi>");
            return;
        }
        let known = ["sin", "cos", "tan", "sinh", "cosh", "tanh", "sec", "csc", "cot", "ln", "min", "max"];
        let (open, close) = if arc {
            (r"\arc", "")
        } else if known.contains(&name) {
            ("\\", "")
        } else {
            (r"\operatorname{", "}")
        };
        self.out.push_str(open);
        self.out.push_str(if arc { name.trim_start_matches('a') } else { name });
        self.out.push_str(close);
    }

    /// A variable: a letter, with what follows it as a subscript.
    fn variable(&mut self, slot: u32) {
        let name = self.names.get(slot as usize).map_or("?", String::as_str);
        let letters = name.find(|c: char| !c.is_alphabetic()).unwrap_or(name.len());
        let (base, subscript) = name.split_at_checked(letters).unwrap_or((name, ""));
        let subscript = subscript.trim_start_matches('_');
        let digits = subscript.chars().all(|c| c.is_ascii_digit());
        let spelled = crate::syntax::greek_letter(base);
        if self.dialect.mathml {
            let letter = spelled.map(String::from);
            let base = letter.as_deref().unwrap_or(base);
            let tag = if digits { "mn" } else { "mi" };
            let text = match subscript {
                "" => format!("<mi>{base}</mi>"),
                _ => format!("<msub><mi>{base}</mi><{tag}>{subscript}</{tag}></msub>"),
            };
            self.out.push_str(&text);
            return;
        }
        let mut letters = base.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => match crate::syntax::greek_name(letter) {
                Some(spelled) => {
                    self.out.push('\\');
                    self.out.push_str(spelled);
                    self.out.push(' ');
                }
                None => self.out.push(letter),
            },
            _ if spelled.is_some() => {
                self.out.push('\\');
                self.out.push_str(base);
                self.out.push(' ');
            }
            _ => {
                self.out.push_str(r"\mathrm{");
                self.out.push_str(base);
                self.out.push('}');
            }
        }
        if !subscript.is_empty() {
            self.out.push_str(if digits { "_{" } else { r"_{\mathrm{" });
            self.out.push_str(&subscript.replace('_', r"\_"));
            self.out.push_str(if digits { "}" } else { "}}" });
        }
    }

    fn number(&mut self, value: f64) {
        let text = number(value);
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, ""));
        let digits = &digits.replace('.', self.notation.decimal);
        let mathml = self.dialect.mathml;
        let wrap = |out: &mut String, digits: &str| {
            out.push_str(if mathml { "<mn>" } else { "" });
            out.push_str(digits);
            out.push_str(if mathml { "</mn>" } else { "" });
        };
        wrap(&mut self.out, digits);
        if exponent.is_empty() {
            return;
        }
        self.out.push_str(self.dialect.times);
        let [open, middle, close] = self.dialect.power;
        self.out.push_str(open);
        wrap(&mut self.out, "10");
        self.out.push_str(middle);
        if exponent.starts_with('-') {
            self.out.push_str(self.dialect.sign_minus);
        }
        wrap(&mut self.out, exponent.trim_start_matches('-'));
        self.out.push_str(close);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Notation, parse};

    #[test]
    fn latex_is_what_one_would_typeset() {
        for (typed, latex) in [
            ("2x cos(x^2)", r"2 x \cos\left(x^{2}\right)"),
            ("1/(2*sqrt(x))", r"\frac{1}{2 \sqrt{x}}"),
            ("2*3", r"2 \cdot 3"),
            ("sin(x)^2", r"\sin^{2}\left(x\right)"),
            ("-(x+1)*y", r"-\left(x + 1\right) y"),
            ("a-(b-c)", r"a - \left(b - c\right)"),
            ("x^(1/3)", r"x^{1/3}"),
            ("e^(-x^2)", r"e^{-x^{2}}"),
            ("exp(x)^2", r"\left(e^{x}\right)^{2}"),
            ("w_2*θ", r"w_{2} \theta "),
            ("cbrt(x)+root(x,5)", r"\sqrt[3]{x} + \sqrt[5]{x}"),
            ("|x|", r"\left|x\right|"),
            ("1e-7*x", r"1 \cdot 10^{-7} x"),
            ("if(x<0,-x,x)", r"\begin{cases} -x & \text{if } x < 0 \\ x & \text{otherwise} \end{cases}"),
            ("2*-x", r"2 \left(-x\right)"),
            ("log10(x)*asin(x)", r"\log_{10}\left(x\right) \arcsin\left(x\right)"),
        ] {
            assert_eq!(parse(typed).unwrap().latex(), latex);
        }
    }

    #[test]
    fn mathml_speaks_its_invisible_signs() {
        let head = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow>";
        let tail = "</mrow></math>";
        for (typed, inner) in [
            ("2x", "<mn>2</mn><mo>\u{2062}</mo><mi>x</mi>"),
            ("-x", "<mo form=\"prefix\">\u{2212}</mo><mi>x</mi>"),
            ("sin(x)", "<mi>sin</mi><mo>\u{2061}</mo><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>"),
            ("w1^2", "<msup><mrow><msub><mi>w</mi><mn>1</mn></msub></mrow><mrow><mn>2</mn></mrow></msup>"),
            ("1/x", "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>x</mi></mrow></mfrac>"),
            ("sqrt(x)", "<msqrt><mi>x</mi></msqrt>"),
            ("root(x,4)", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>4</mn></mrow></mroot>"),
        ] {
            assert_eq!(parse(typed).unwrap().mathml(), format!("{head}{inner}{tail}"), "{typed}");
        }
    }

    #[test]
    fn mathml_is_written_as_the_language_writes() {
        let german = Notation { decimal: ",", separator: ";", cases: ["falls", "sonst"] };
        for (typed, parts) in [
            ("0.5x^2.5", ["<mn>0,5</mn>", "<mn>2,5</mn>"]),
            ("1.5e-9", ["<mn>1,5</mn>", "<mn>9</mn>"]),
            ("max(1.5, x)", ["<mn>1,5</mn><mo separator=\"true\">;</mo>", "<mi>x</mi>"]),
            ("if(x < 0, -x, x)", ["<mtext>falls\u{a0}</mtext>", "<mtext>sonst</mtext>"]),
        ] {
            let formula = parse(typed).unwrap();
            let text = formula.mathml_in(&german);
            assert!(parts.iter().all(|part| text.contains(part)), "{text}");
            assert_eq!(formula.mathml_in(&Notation::ENGLISH), formula.mathml());
        }
    }

    #[test]
    fn mathml_closes_every_element_it_opens() {
        let everything =
            "if(x <= 0, |x|*floor(ceil(x)), max(x, min(1, y_a)) + log10(cbrt(x))^2/exp(-1/3)) - sin^2(2*3e-9)";
        let text = parse(everything).unwrap().mathml();
        let mut open = Vec::new();
        for tag in text.split('<').skip(1) {
            let name: String = tag.chars().take_while(|c| c.is_ascii_alphabetic() || *c == '/').collect();
            match name.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed), "{text}"),
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}
