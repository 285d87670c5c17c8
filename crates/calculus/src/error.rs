//! What is wrong with a formula, where, and what to do about it.

use crate::fault::{Fault, Remark};

/// The kinds of mistake a formula can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// Nothing was typed, or nothing stands between two brackets.
    Empty,
    /// The formula stops where something more is needed.
    Eof,
    /// A bracket without its partner.
    Paren,
    /// A name that means nothing here.
    Name,
    /// A function without the brackets around its argument.
    CallParens,
    /// `sin^-1(x)`: the inverse function or one over it?
    InverseAmbiguous,
    /// A number that cannot be read.
    Number,
    /// A number too large for a double.
    OverflowLiteral,
    /// A comma outside a function's arguments.
    Comma,
    /// A percent sign.
    Percent,
    /// An equals sign outside `if`.
    Assign,
    /// A comparison outside `if`, or none inside it.
    Relation,
    /// A character that has no meaning here.
    Char,
    /// A letter of another alphabet that looks like a Latin one.
    Confusable,
    /// Bars inside bars.
    Bars,
    /// Too few or too many arguments.
    Arity,
    /// An operator or bracket where a value should stand.
    Operand,
    /// Nested too deeply.
    Depth,
    /// Too long.
    Size,
}

impl ErrorCode {
    /// The code as it stands in data and in JavaScript: `"E_NAME"` and so on.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::Empty => "E_EMPTY",
            ErrorCode::Eof => "E_EOF",
            ErrorCode::Paren => "E_PAREN",
            ErrorCode::Name => "E_NAME",
            ErrorCode::CallParens => "E_CALL_PARENS",
            ErrorCode::InverseAmbiguous => "E_INVERSE_AMBIGUOUS",
            ErrorCode::Number => "E_NUMBER",
            ErrorCode::OverflowLiteral => "E_OVERFLOW_LITERAL",
            ErrorCode::Comma => "E_COMMA",
            ErrorCode::Percent => "E_PERCENT",
            ErrorCode::Assign => "E_ASSIGN",
            ErrorCode::Relation => "E_RELATION",
            ErrorCode::Char => "E_CHAR",
            ErrorCode::Confusable => "E_CONFUSABLE",
            ErrorCode::Bars => "E_BARS",
            ErrorCode::Arity => "E_ARITY",
            ErrorCode::Operand => "E_OPERAND",
            ErrorCode::Depth => "E_DEPTH",
            ErrorCode::Size => "E_SIZE",
        }
    }
}

/// A mistake in a formula, told to the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// What is wrong, for programs and other languages.
    pub fault: Fault,
    /// Which kind of mistake.
    pub code: ErrorCode,
    /// One sentence for whoever typed it, in English.
    pub message: String,
    /// What to do next, where there is something to suggest.
    pub hint: Option<String>,
    /// Where it begins, in bytes of the text.
    pub start: usize,
    /// Where it ends, in bytes of the text; may equal `start` at the end of the text.
    pub end: usize,
}

impl FormulaError {
    pub(crate) fn new(fault: Fault, start: usize, end: usize) -> FormulaError {
        let [message, hint] = fault.english();
        FormulaError { code: fault.code(), message, hint: Some(hint), fault, start, end }
    }

    /// The span in UTF-16 units of `text`, which is how JavaScript counts.
    pub fn utf16(&self, text: &str) -> (usize, usize) {
        (utf16_offset(text, self.start), utf16_offset(text, self.end))
    }
}

impl std::fmt::Display for FormulaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FormulaError {}

/// Something worth telling about a formula that is no mistake: how an ambiguous spelling was read, that 0⁰ was taken as 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What is told, for programs and other languages.
    pub remark: Remark,
    /// `"N_LEFT_TO_RIGHT"`, `"N_ZERO_POWER"`, `"N_PRODUCT"` or `"N_NATURAL_LOG"`.
    pub code: &'static str,
    /// One sentence for whoever typed it, in English.
    pub message: String,
    /// Where it begins, in bytes of the text.
    pub start: usize,
    /// Where it ends, in bytes of the text.
    pub end: usize,
}

impl Note {
    pub(crate) fn new(remark: Remark, start: usize, end: usize) -> Note {
        Note { code: remark.code(), message: remark.english(), remark, start, end }
    }

    /// The span in UTF-16 units of `text`.
    pub fn utf16(&self, text: &str) -> (usize, usize) {
        (utf16_offset(text, self.start), utf16_offset(text, self.end))
    }
}

fn utf16_offset(text: &str, bytes: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < bytes).map(|(_, c)| c.len_utf16()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_utf16_units_for_javascript() {
        // π is two bytes and one unit, 𝑥 is four bytes and two units.
        let text = "π+𝑥";
        let error = FormulaError::new(Fault::LooksLike('𝑥', 'x'), 3, 7);
        assert_eq!(error.utf16(text), (2, 4));
    }
}
