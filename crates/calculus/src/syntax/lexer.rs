//! Text to tokens, one at a time, so that the first mistake from the left is the one told.
//!
//! Written by hand, as the parser is: what a learner sees of it are codes, spans and hints, and a combinator library's error
//! channel would need as much code to carry them as the whole lexer has.

use crate::error::FormulaError;
use crate::fault::{Fault, Instead};
use crate::graph::Relation;
use crate::syntax::names;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    Name,
    Plus,
    Minus,
    Times,
    Divide,
    Power,
    /// `²`, `⁻¹`: an exponent written small.
    Superscript(i32),
    /// `√`
    Root,
    Open,
    Close,
    Comma,
    Bar,
    Relation(Relation),
    /// A single `=`.
    Assign,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub fn new(text: &'t str) -> Lexer<'t> {
        Lexer { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    pub fn next(&mut self) -> Result<Token, FormulaError> {
        loop {
            let c = match self.byte(0) {
                b' ' | b'\t' | b'\n' | b'\r' => ' ',
                0 if self.at >= self.text.len() => {
                    return Ok(Token { kind: Kind::End, start: self.at, end: self.at });
                }
                byte if byte < 128 => byte as char,
                _ => self.rest().chars().next().unwrap_or(' '),
            };
            // No-break and thin spaces, and the invisible "function application", come along with copied formulas.
            if c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2061}' | '\u{FEFF}') {
                self.at += c.len_utf8();
                continue;
            }
            return self.token(c);
        }
    }

    fn token(&mut self, c: char) -> Result<Token, FormulaError> {
        let start = self.at;
        let (kind, length) = match c {
            '0'..='9' | '.' => return self.number(),
            '+' => (Kind::Plus, 1),
            '-' | '−' | '–' => (Kind::Minus, c.len_utf8()),
            '*' if self.byte(1) == b'*' => {
                return Err(FormulaError::new(Fault::Stars, start, start + 2));
            }
            '*' | '·' | '×' | '⋅' | '∙' | '∗' | '\u{2062}' => (Kind::Times, c.len_utf8()),
            '/' | '÷' | '∕' => (Kind::Divide, c.len_utf8()),
            '^' => (Kind::Power, 1),
            '√' => (Kind::Root, c.len_utf8()),
            '(' => (Kind::Open, 1),
            ')' => (Kind::Close, 1),
            ',' => (Kind::Comma, 1),
            '|' => (Kind::Bar, 1),
            '<' if self.byte(1) == b'=' => (Kind::Relation(Relation::LessEqual), 2),
            '>' if self.byte(1) == b'=' => (Kind::Relation(Relation::GreaterEqual), 2),
            '!' if self.byte(1) == b'=' => (Kind::Relation(Relation::NotEqual), 2),
            '=' if self.byte(1) == b'=' => (Kind::Relation(Relation::Equal), 2),
            '=' => (Kind::Assign, 1),
            '<' => (Kind::Relation(Relation::Less), 1),
            '>' => (Kind::Relation(Relation::Greater), 1),
            '≤' => (Kind::Relation(Relation::LessEqual), c.len_utf8()),
            '≥' => (Kind::Relation(Relation::GreaterEqual), c.len_utf8()),
            '≠' => (Kind::Relation(Relation::NotEqual), c.len_utf8()),
            _ if names::superscript(c).is_some() || c == '⁻' => return self.superscript(),
            _ if names::is_letter(c) || c == '_' => return Ok(self.name()),
            _ => return Err(names::stray_character(c, start)),
        };
        self.at += length;
        Ok(Token { kind, start, end: self.at })
    }

    fn digits(&mut self) {
        while self.byte(0).is_ascii_digit() {
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<Token, FormulaError> {
        let start = self.at;
        self.digits();
        if self.byte(0) == b'.' {
            self.at += 1;
            self.digits();
        }
        let lone_dot = self.at - start == 1 && self.text.as_bytes().get(start) == Some(&b'.');
        if lone_dot || self.byte(0) == b'.' {
            while matches!(self.byte(0), b'.' | b'0'..=b'9') {
                self.at += 1;
            }
            let fault = if lone_dot && self.at - start == 1 { Fault::LonePoint } else { Fault::Points };
            return Err(FormulaError::new(fault, start, self.at));
        }
        // `2e3` is a number, `2e` and `2e-x` are products with e.
        if matches!(self.byte(0), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(1), b'+' | b'-'));
            if self.byte(1 + sign).is_ascii_digit() {
                self.at += 1 + sign;
                self.digits();
            }
        }
        let literal = self.text.get(start..self.at).unwrap_or("");
        if literal == "0" && matches!(self.byte(0), b'x' | b'b' | b'o') && self.byte(1).is_ascii_hexdigit() {
            self.at += 1;
            while self.byte(0).is_ascii_alphanumeric() {
                self.at += 1;
            }
            let name = self.text.get(start..self.at).unwrap_or("");
            return Err(FormulaError::new(Fault::Unknown(name.into(), Instead::Decimal), start, self.at));
        }
        let value: f64 = small_integer(literal).unwrap_or_else(|| literal.parse().unwrap_or(f64::NAN));
        if value.is_infinite() {
            return Err(FormulaError::new(Fault::Overflow, start, self.at));
        }
        Ok(Token { kind: Kind::Number(value), start, end: self.at })
    }

    fn superscript(&mut self) -> Result<Token, FormulaError> {
        let start = self.at;
        let mut negative = false;
        let mut value: i32 = 0;
        let mut any = false;
        for c in self.rest().chars() {
            match names::superscript(c) {
                Some(digit) => {
                    value = value.saturating_mul(10).saturating_add(digit);
                    any = true;
                }
                None if c == '⁻' && !any && !negative => negative = true,
                None => break,
            }
            self.at += c.len_utf8();
        }
        if !any || value > 1_000_000 {
            return Err(FormulaError::new(Fault::Superscript, start, self.at));
        }
        let kind = Kind::Superscript(if negative { -value } else { value });
        Ok(Token { kind, start, end: self.at })
    }

    /// A letter or an underscore and all letters, digits and underscores after it. Superscript digits are letters to nobody.
    fn name(&mut self) -> Token {
        let start = self.at;
        for c in self.rest().chars() {
            if !(c.is_ascii_digit() || c == '_' || names::is_letter(c)) {
                break;
            }
            self.at += c.len_utf8();
        }
        Token { kind: Kind::Name, start, end: self.at }
    }
}

/// The value of a literal of up to 15 digits and nothing else: most of them, and the general reader takes longer.
fn small_integer(literal: &str) -> Option<f64> {
    if literal.len() > 15 {
        return None;
    }
    let mut value: u64 = 0;
    for byte in literal.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u64::from(byte - b'0');
    }
    Some(value as f64)
}
