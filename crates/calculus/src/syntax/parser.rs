//! Tokens to the faithful tree: operator precedence after Pratt, with every mistake told where it stands.

use crate::error::{FormulaError, Note};
use crate::fault::{Fault, Remark};
use crate::function::{Callable, Function};
use crate::graph::{Constant, Relation};
use crate::syntax::lexer::{Kind, Lexer, Token};
use crate::syntax::{MOST_BYTES, MOST_NESTING, MOST_TYPED_NODES, Operator, Term, TermId, Tree, names};

/// How tightly operators bind. A minus before a term takes a whole product (`-2*x` is −(2x)) unless it stands after an
/// operator that binds tighter.
const SUM: u8 = 10;
const PRODUCT: u8 = 20;
const POWER: u8 = 30;

pub(crate) struct Parsed {
    pub tree: Tree,
    pub variables: Vec<String>,
    pub notes: Vec<Note>,
}

/// Reads a formula. `declared` are names of several letters that may stand for variables.
pub(crate) fn read(text: &str, declared: &[&str]) -> Result<Parsed, FormulaError> {
    if text.len() > MOST_BYTES {
        let start = (0..=MOST_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        return Err(FormulaError::new(Fault::Length, start, text.len()));
    }
    let mut lexer = Lexer::new(text);
    let token = lexer.next()?;
    if token.kind == Kind::End {
        return Err(FormulaError::new(Fault::Nothing, 0, text.len()));
    }
    let tree = Tree { terms: Vec::with_capacity(32), spans: Vec::with_capacity(32), arguments: Vec::new() };
    let mut parser = Parser {
        text,
        declared,
        lexer,
        token,
        previous_end: 0,
        parsed: Parsed { tree, variables: Vec::new(), notes: Vec::new() },
        depth: 0,
        bar: None,
        open: 0,
    };
    parser.expression(0)?;
    match parser.token.kind {
        Kind::End => Ok(parser.parsed),
        _ => Err(parser.unexpected()),
    }
}

struct Parser<'t> {
    text: &'t str,
    declared: &'t [&'t str],
    lexer: Lexer<'t>,
    token: Token,
    previous_end: usize,
    parsed: Parsed,
    depth: usize,
    /// Where the bar that is open stands.
    bar: Option<usize>,
    /// How many brackets are open.
    open: usize,
}

type Read<T> = Result<T, FormulaError>;

impl<'t> Parser<'t> {
    fn bump(&mut self) -> Read<Token> {
        let token = self.token;
        self.previous_end = token.end;
        self.token = self.lexer.next()?;
        Ok(token)
    }

    fn name(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    fn push(&mut self, term: Term, start: usize) -> Read<TermId> {
        if self.parsed.tree.terms.len() >= MOST_TYPED_NODES {
            return Err(FormulaError::new(Fault::Parts, start, self.previous_end));
        }
        Ok(self.parsed.tree.push(term, start, self.previous_end))
    }

    fn note(&mut self, remark: Remark, start: usize) {
        self.parsed.notes.push(Note::new(remark, start, self.previous_end));
    }

    fn term(&self, id: TermId) -> Term {
        self.parsed.tree.term(id)
    }

    fn start_of(&self, id: TermId) -> usize {
        self.parsed.tree.span(id).0 as usize
    }

    /// One level deeper, if there is one.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= MOST_NESTING {
            return Err(FormulaError::new(Fault::Depth, self.token.start, self.token.end));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn expression(&mut self, least: u8) -> Read<TermId> {
        let mut left = self.operand(least)?;
        loop {
            let start = self.start_of(left);
            let (operator, binds) = match self.token.kind {
                Kind::Plus => (Operator::Add, SUM),
                Kind::Minus => (Operator::Subtract, SUM),
                Kind::Times => (Operator::Multiply, PRODUCT),
                Kind::Divide => (Operator::Divide, PRODUCT),
                Kind::Power => (Operator::Power, POWER),
                Kind::Superscript(exponent) if least <= POWER => {
                    self.bump()?;
                    left = self.power_of(left, exponent, start)?;
                    continue;
                }
                Kind::Name | Kind::Open | Kind::Root | Kind::Number(_) => (Operator::Juxtapose, PRODUCT),
                Kind::Bar if self.bar.is_none() => (Operator::Juxtapose, PRODUCT),
                _ => return Ok(left),
            };
            if binds < least {
                return Ok(left);
            }
            let right = match operator {
                Operator::Power => {
                    self.bump()?;
                    self.deeper(|parser| parser.expression(POWER))?
                }
                Operator::Juxtapose => {
                    self.check_juxtaposition(left)?;
                    self.expression(binds + 1)?
                }
                _ => {
                    self.bump()?;
                    self.expression(binds + 1)?
                }
            };
            if operator == Operator::Juxtapose {
                self.note_juxtaposition(left, start);
            }
            let is_zero = |term| matches!(term, Term::Number(0.0));
            if operator == Operator::Power && is_zero(self.term(left)) && is_zero(self.term(right)) {
                self.note(Remark::ZeroPower, start);
            }
            left = self.push(Term::Binary(operator, left, right), start)?;
        }
    }

    fn power_of(&mut self, base: TermId, exponent: i32, start: usize) -> Read<TermId> {
        let mut right = self.push(Term::Number(f64::from(exponent.abs())), self.previous_end)?;
        if exponent < 0 {
            right = self.push(Term::Negate(right), self.previous_end)?;
        }
        self.push(Term::Binary(Operator::Power, base, right), start)
    }

    fn check_juxtaposition(&mut self, left: TermId) -> Read<()> {
        if let (Kind::Number(_), Term::Number(_)) = (self.token.kind, self.term(left)) {
            let start = self.start_of(left);
            return Err(FormulaError::new(Fault::TwoNumbers, start, self.token.end));
        }
        Ok(())
    }

    fn note_juxtaposition(&mut self, left: TermId, start: usize) {
        if let Term::Binary(Operator::Divide, above, below) = self.term(left) {
            // `(1/2)x` was said with brackets and needs no note: then the fraction's span is wider than its parts.
            let tree = &self.parsed.tree;
            let bracketed = tree.span(left).0 < tree.span(above).0 && tree.span(left).1 > tree.span(below).1;
            if !bracketed {
                self.note(Remark::LeftToRight, start);
            }
        }
    }

    fn operand(&mut self, least: u8) -> Read<TermId> {
        let start = self.token.start;
        match self.token.kind {
            Kind::Number(value) => {
                self.bump()?;
                self.push(Term::Number(value), start)
            }
            Kind::Name => self.named(),
            Kind::Minus | Kind::Plus => {
                let sign = self.bump()?;
                let inner = self.deeper(|parser| parser.expression(least.max(PRODUCT)))?;
                let term = if sign.kind == Kind::Minus { Term::Negate(inner) } else { Term::Plus(inner) };
                self.push(term, start)
            }
            Kind::Open => self.bracketed(),
            Kind::Bar => self.bars(),
            Kind::Root => {
                self.bump()?;
                let inner = self.deeper(|parser| parser.operand(POWER))?;
                self.call(Callable::Function(Function::Sqrt), &[inner], start)
            }
            Kind::End => Err(self.ended()),
            _ => Err(self.unexpected()),
        }
    }

    fn bracketed(&mut self) -> Read<TermId> {
        let open = self.bump()?;
        if self.token.kind == Kind::Close {
            return Err(FormulaError::new(Fault::EmptyBrackets, open.start, self.token.end));
        }
        self.open += 1;
        let inner = self.deeper(|parser| parser.expression(0))?;
        self.open -= 1;
        self.close(open.start)?;
        // The span of a bracketed term covers its brackets.
        let end = self.previous_end as u32;
        if let Some(span) = self.parsed.tree.spans.get_mut(inner as usize) {
            *span = (open.start as u32, end);
        }
        Ok(inner)
    }

    fn close(&mut self, open: usize) -> Read<()> {
        match self.token.kind {
            Kind::Close => {
                self.bump()?;
                Ok(())
            }
            Kind::End => Err(FormulaError::new(Fault::Unclosed, open, open + 1)),
            _ => Err(self.unexpected()),
        }
    }

    fn bars(&mut self) -> Read<TermId> {
        let open = self.token.start;
        if self.bar.is_some() {
            return Err(FormulaError::new(Fault::NestedBars, open, self.token.end));
        }
        self.bump()?;
        if self.token.kind == Kind::Bar {
            return Err(FormulaError::new(Fault::EmptyBars, open, self.token.end));
        }
        self.bar = Some(open);
        let inner = self.deeper(|parser| parser.expression(0))?;
        self.bar = None;
        match self.token.kind {
            Kind::Bar => {
                self.bump()?;
                self.push(Term::Bars(inner), open)
            }
            Kind::End => Err(FormulaError::new(Fault::UnclosedBar, open, open + 1)),
            _ => Err(self.unexpected()),
        }
    }

    fn named(&mut self) -> Read<TermId> {
        let token = self.bump()?;
        let name = self.name(token);
        let called = self.token.kind == Kind::Open;
        let declared = self.declared.contains(&name);
        if let (Some(callable), false) = (Callable::named(name), declared && !called) {
            return self.callable(callable, token);
        }
        if declared {
            return self.variable(name, token.start);
        }
        match name {
            "e" => return self.push(Term::Constant(Constant::E), token.start),
            "pi" | "π" => return self.push(Term::Constant(Constant::Pi), token.start),
            _ => {}
        }
        if !names::is_variable(name) || (called && !self.is_factor(name)) {
            return Err(names::unknown(name, token.start, called, self.declared));
        }
        let id = self.variable(name, token.start)?;
        if called && !name.contains(['x', 'y', 'z']) {
            self.note(Remark::Product(name.into()), token.start);
        }
        Ok(id)
    }

    /// Whether a letter before a bracket is a variable. `f`, `g` and `h` are functions to every reader unless they stand
    /// elsewhere in the formula without a bracket.
    fn is_factor(&self, name: &str) -> bool {
        if !matches!(name, "f" | "g" | "h" | "F" | "G" | "H") {
            return true;
        }
        self.text.match_indices(name).any(|(at, _)| {
            let before = self.text.get(..at).and_then(|text| text.chars().next_back());
            let after = self.text.get(at + name.len()..).unwrap_or("").trim_start().chars().next();
            let in_a_name = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '_' || names::is_letter(c));
            !before.is_some_and(|c| c == '_' || names::is_letter(c)) && !in_a_name(after) && after != Some('(')
        })
    }

    fn variable(&mut self, name: &str, start: usize) -> Read<TermId> {
        let variables = &mut self.parsed.variables;
        let slot = variables.iter().position(|known| known == name).unwrap_or_else(|| {
            variables.push(name.to_owned());
            variables.len() - 1
        });
        self.push(Term::Variable(slot as u32), start)
    }

    /// After the name of a function: its power if it has one, and its arguments.
    fn callable(&mut self, callable: Callable, name: Token) -> Read<TermId> {
        let word = self.name(name);
        let mut power = None;
        if let Kind::Power | Kind::Superscript(_) = self.token.kind {
            let caret = self.bump()?;
            let exponent = match (caret.kind, self.token.kind) {
                (Kind::Superscript(exponent), _) => exponent,
                (_, Kind::Number(value)) if (1.0..=1e6).contains(&value) && value == value.trunc() => {
                    self.bump()?;
                    value as i32
                }
                (_, Kind::Minus) => -1,
                _ => 0,
            };
            if exponent < 0 {
                let inverse = Callable::named(&format!("a{word}")).map(Callable::name);
                return Err(FormulaError::new(Fault::Inverse(word.into(), inverse), name.start, self.token.end));
            }
            if exponent == 0 || callable.arity() != (1, 1) {
                return Err(FormulaError::new(Fault::PowerOfName(word.into()), name.start, self.previous_end));
            }
            power = Some(exponent as u32);
        }
        if self.token.kind != Kind::Open {
            let after = match self.token.kind {
                Kind::Name => self.name(self.token),
                _ => "x",
            };
            return Err(FormulaError::new(Fault::NoBrackets(word.into(), after.into()), name.start, name.end));
        }
        if callable == Callable::If {
            return self.conditional(name);
        }
        let arguments = self.arguments(callable, name)?;
        match (power, arguments.as_slice()) {
            (Some(power), [argument]) => self.push(Term::CallPower(callable, power, *argument), name.start),
            _ => {
                let id = self.call(callable, &arguments, name.start)?;
                if word == "log" {
                    self.note(Remark::NaturalLog, name.start);
                }
                Ok(id)
            }
        }
    }

    fn call(&mut self, callable: Callable, arguments: &[TermId], start: usize) -> Read<TermId> {
        let first = self.parsed.tree.arguments.len() as u32;
        self.parsed.tree.arguments.extend_from_slice(arguments);
        self.push(Term::Call { callable, first, count: arguments.len() as u32 }, start)
    }

    fn arguments(&mut self, callable: Callable, name: Token) -> Read<Vec<TermId>> {
        let open = self.bump()?;
        let word = self.name(name);
        if self.token.kind == Kind::Close {
            return Err(FormulaError::new(Fault::EmptyCall(word.into()), open.start, self.token.end));
        }
        let bar = self.bar.take();
        self.open += 1;
        let mut arguments = Vec::with_capacity(2);
        loop {
            arguments.push(self.deeper(|parser| parser.expression(0))?);
            if self.token.kind != Kind::Comma {
                break;
            }
            self.bump()?;
        }
        self.bar = bar;
        self.open -= 1;
        self.close(open.start)?;
        let (least, most) = callable.arity();
        if arguments.len() < least as usize || arguments.len() > most as usize {
            return Err(self.arity(word, least, most, arguments.len(), name.start));
        }
        Ok(arguments)
    }

    fn arity(&self, word: &str, least: u8, most: u8, got: usize, start: usize) -> FormulaError {
        FormulaError::new(Fault::Arguments { of: word.into(), least, most, got }, start, self.previous_end)
    }

    /// `if(a < b, then, otherwise)` from its bracket on.
    fn conditional(&mut self, name: Token) -> Read<TermId> {
        let open = self.bump()?;
        if self.token.kind == Kind::Close {
            return Err(FormulaError::new(Fault::EmptyIf, open.start, self.token.end));
        }
        let bar = self.bar.take();
        self.open += 1;
        let a = self.deeper(|parser| parser.expression(0))?;
        let relation = match self.token.kind {
            Kind::Relation(relation) => relation,
            Kind::Assign => Relation::Equal,
            Kind::End => return Err(self.ended()),
            _ => {
                let start = self.start_of(a);
                return Err(FormulaError::new(Fault::NoComparison, start, self.previous_end));
            }
        };
        self.bump()?;
        let b = self.deeper(|parser| parser.expression(0))?;
        let mut branches = [a, b, 0, 0];
        for (found, branch) in branches.iter_mut().enumerate().skip(2) {
            match self.token.kind {
                Kind::Comma => self.bump()?,
                Kind::Close => return Err(self.arity("if", 3, 3, found - 1, name.start)),
                Kind::End => return Err(self.ended()),
                _ => return Err(self.unexpected()),
            };
            *branch = self.deeper(|parser| parser.expression(0))?;
        }
        self.bar = bar;
        self.open -= 1;
        if self.token.kind == Kind::Comma {
            return Err(FormulaError::new(Fault::MoreInIf, name.start, self.token.end));
        }
        self.close(open.start)?;
        let first = self.parsed.tree.arguments.len() as u32;
        self.parsed.tree.arguments.extend_from_slice(&branches);
        self.push(Term::If(relation, first), name.start)
    }

    fn ended(&self) -> FormulaError {
        let end = self.text.len();
        FormulaError::new(Fault::Unfinished, end, end)
    }

    /// The error for a token that cannot stand where it does.
    fn unexpected(&self) -> FormulaError {
        let (start, end) = (self.token.start, self.token.end);
        let fault = match self.token.kind {
            Kind::Close if self.open > 0 => Fault::NothingBeforeBracket,
            Kind::Close => Fault::Unopened,
            Kind::Comma => {
                let digit =
                    |at: Option<usize>| at.and_then(|at| self.text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
                if digit(start.checked_sub(1)) && digit(Some(end)) { Fault::CommaInNumber } else { Fault::Comma }
            }
            Kind::Assign => Fault::Equals,
            Kind::Relation(_) => Fault::Comparison,
            Kind::Bar => Fault::StrayBar,
            Kind::End => return self.ended(),
            _ => Fault::NothingBeforeSign,
        };
        FormulaError::new(fault, start, end)
    }
}
