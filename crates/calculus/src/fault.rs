//! What can be wrong with a formula, with its particulars, and how that is said in English. Another language is written from the same.

use crate::error::ErrorCode;
use crate::syntax::{MOST_BYTES, MOST_NESTING, MOST_TYPED_NODES};

/// What is wrong with a formula. Words are as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is typed.
    Nothing,
    /// Nothing stands between two brackets.
    EmptyBrackets,
    /// This function is applied to nothing.
    EmptyCall(Box<str>),
    /// `if` is applied to nothing.
    EmptyIf,
    /// The formula stops where something more is needed.
    Unfinished,
    /// A bracket is never closed.
    Unclosed,
    /// A bracket was never opened.
    Unopened,
    /// A name that means nothing here.
    Unknown(Box<str>, Instead),
    /// No brackets around what this function is applied to, such as the second word.
    NoBrackets(Box<str>, Box<str>),
    /// The power of this function stands before its brackets.
    PowerOfName(Box<str>),
    /// This function to a negative power, and its inverse if it has one.
    Inverse(Box<str>, Option<&'static str>),
    /// A point that is no number.
    LonePoint,
    /// A number with more than one point.
    Points,
    /// Two numbers side by side.
    TwoNumbers,
    /// A small exponent that cannot be read.
    Superscript,
    /// A number too large for a double.
    Overflow,
    /// A comma inside a number.
    CommaInNumber,
    /// A comma outside a function's arguments.
    Comma,
    /// A percent sign.
    Percent,
    /// An equals sign outside `if`.
    Equals,
    /// A comparison outside `if`.
    Comparison,
    /// `if` without a comparison.
    NoComparison,
    /// A semicolon.
    Semicolon,
    /// A quotation mark.
    Quotes,
    /// A bracket that is not round.
    Bracket(char),
    /// An exclamation mark.
    Factorial,
    /// A sign of a currency.
    Currency,
    /// Any other character without a meaning.
    Stray(char),
    /// A character of another alphabet, and the Latin letter it looks like.
    LooksLike(char, char),
    /// Bars inside bars.
    NestedBars,
    /// Nothing between two bars.
    EmptyBars,
    /// A bar is never closed.
    UnclosedBar,
    /// A bar that closes nothing.
    StrayBar,
    /// This function takes from so many to so many arguments, and has this many.
    Arguments {
        /// The function.
        of: Box<str>,
        /// At least.
        least: u8,
        /// At most.
        most: u8,
        /// How many there are.
        got: usize,
    },
    /// `if` with more than three arguments.
    MoreInIf,
    /// A bracket closes where a value should stand.
    NothingBeforeBracket,
    /// An operator where a value should stand.
    NothingBeforeSign,
    /// Two stars for a power.
    Stars,
    /// Nested too deeply.
    Depth,
    /// Too long a text.
    Length,
    /// Too many parts.
    Parts,
    /// The derivative has too many parts.
    Derivative,
}

/// What may stand in the place of a name that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// This name.
    Name(Box<str>),
    /// This product.
    Product(Box<str>),
    /// A number written in decimal.
    Decimal,
    /// A function that there is.
    Function,
    /// A variable.
    Variable,
}

impl Fault {
    /// Which kind of mistake it is.
    pub fn code(&self) -> ErrorCode {
        match self {
            Fault::Nothing | Fault::EmptyBrackets | Fault::EmptyCall(_) | Fault::EmptyIf => ErrorCode::Empty,
            Fault::Unfinished => ErrorCode::Eof,
            Fault::Unclosed | Fault::Unopened => ErrorCode::Paren,
            Fault::Unknown(..) => ErrorCode::Name,
            Fault::NoBrackets(..) | Fault::PowerOfName(_) => ErrorCode::CallParens,
            Fault::Inverse(..) => ErrorCode::InverseAmbiguous,
            Fault::LonePoint | Fault::Points | Fault::TwoNumbers | Fault::Superscript => ErrorCode::Number,
            Fault::Overflow => ErrorCode::OverflowLiteral,
            Fault::CommaInNumber | Fault::Comma => ErrorCode::Comma,
            Fault::Percent => ErrorCode::Percent,
            Fault::Equals => ErrorCode::Assign,
            Fault::Comparison | Fault::NoComparison => ErrorCode::Relation,
            Fault::Semicolon
            | Fault::Quotes
            | Fault::Bracket(_)
            | Fault::Factorial
            | Fault::Currency
            | Fault::Stray(_) => ErrorCode::Char,
            Fault::LooksLike(..) => ErrorCode::Confusable,
            Fault::NestedBars | Fault::EmptyBars | Fault::UnclosedBar | Fault::StrayBar => ErrorCode::Bars,
            Fault::Arguments { .. } | Fault::MoreInIf => ErrorCode::Arity,
            Fault::NothingBeforeBracket | Fault::NothingBeforeSign | Fault::Stars => ErrorCode::Operand,
            Fault::Depth => ErrorCode::Depth,
            Fault::Length | Fault::Parts | Fault::Derivative => ErrorCode::Size,
        }
    }

    /// What is wrong and what to do, a sentence each, in English.
    pub fn english(&self) -> [String; 2] {
        const A_VALUE: &str = "Type a number, a letter or a bracket before it.";
        const AN_IF: &str = "Write if(x < 0, -x, x).";
        let said = match self {
            Fault::Nothing => ["Nothing is typed yet.", "Type a formula, such as x^2."],
            Fault::EmptyBrackets => {
                ["Nothing stands between these brackets.", "Type a term inside, or leave the brackets out."]
            }
            Fault::EmptyCall(of) => {
                return [
                    format!("{of} is applied to nothing."),
                    format!("Type what {of} is applied to between the brackets."),
                ];
            }
            Fault::EmptyIf => ["if is applied to nothing.", AN_IF],
            Fault::Unfinished => [
                "The formula stops here, but something is still missing.",
                "Type the number, letter or bracket that comes next.",
            ],
            Fault::Unclosed => ["The bracket opened here is never closed.", "Add the missing )."],
            Fault::Unopened => ["This bracket was never opened.", "Leave it out, or add the ( that belongs to it."],
            Fault::Unknown(name, instead) => return unknown(name, instead),
            Fault::NoBrackets(of, what) => {
                return [format!("{of} needs brackets around what it is applied to."), format!("Write {of}({what}).")];
            }
            Fault::PowerOfName(of) => {
                return [format!("The power of {of} goes after its brackets."), format!("Write {of}(x)^2.")];
            }
            Fault::Inverse(of, inverse) => {
                return [
                    format!("{of} to a negative power can mean its inverse or one over it."),
                    match inverse {
                        Some(inverse) => format!("Write {inverse}(x) for the inverse, or 1/{of}(x)."),
                        None => format!("Write 1/{of}(x)."),
                    },
                ];
            }
            Fault::LonePoint => {
                ["A point alone is not a number.", "Write numbers like 0.5 or 12.25; for a product write *."]
            }
            Fault::Points => {
                ["A number has one decimal point.", "Write numbers like 0.5 or 12.25; for a product write *."]
            }
            Fault::TwoNumbers => ["Two numbers stand side by side.", "Write an operator between them."],
            Fault::Superscript => ["I cannot read this exponent.", "Write it with ^, as in x^2."],
            Fault::Overflow => ["This number is too large to compute with.", "The largest number is about 1.8e308."],
            Fault::CommaInNumber => {
                ["A comma stands in this number.", "Write a decimal point, as in 1.5; do not group thousands."]
            }
            Fault::Comma => [
                "A comma separates the arguments of a function, and this is outside one.",
                "Leave it out, or write a decimal point.",
            ],
            Fault::Percent => [
                "A percent sign has no meaning here.",
                "For the remainder write mod(5, 3); for 5 per cent write 5/100.",
            ],
            Fault::Equals => ["A formula has no equals sign.", "Type only the right-hand side."],
            Fault::Comparison => {
                ["A comparison has no value by itself.", "Write it inside if, as in if(x < 0, -x, x)."]
            }
            Fault::NoComparison => ["if begins with a comparison.", AN_IF],
            Fault::Semicolon => {
                ["A semicolon has no meaning here.", "Type one formula; arguments are separated by a comma."]
            }
            Fault::Quotes => ["Quotation marks have no meaning here.", "Type the formula without them."],
            Fault::Bracket(typed) => {
                return [format!("Only round brackets group terms, not “{typed}”."), "Write ( and ).".into()];
            }
            Fault::Factorial => ["The factorial is not available.", "Write the product out, as in 3*2*1."],
            Fault::Currency => ["A formula has no units.", "Leave the currency sign out."],
            Fault::Stray(typed) => {
                return [
                    format!("“{typed}” has no meaning here."),
                    "A formula has numbers, letters, + - * / ^ and round brackets.".into(),
                ];
            }
            Fault::LooksLike(typed, latin) => {
                return [
                    format!("This “{typed}” is from another alphabet, although it looks like the letter {latin}."),
                    format!("Type {latin} on a Latin keyboard."),
                ];
            }
            Fault::NestedBars => ["Bars inside bars can be read in two ways.", "Write abs(…) instead."],
            Fault::EmptyBars => [
                "Nothing stands between these bars.",
                "Write a term inside, as in |x|. For bars inside bars write abs(…).",
            ],
            Fault::UnclosedBar => ["The bar opened here is never closed.", "Add the second |, or write abs(…)."],
            Fault::StrayBar => ["This bar does not close what stands before it.", "Write abs(…) instead."],
            Fault::Arguments { of, least, most, got } => {
                let wants = match (least, most) {
                    (1, 1) => "one argument",
                    (2, 2) => "two arguments",
                    (3, 3) => "three arguments",
                    _ => "at least two arguments",
                };
                let hint = match most {
                    1 => "If you meant a decimal number, write a point, as in 1.5.",
                    _ => "Separate arguments with a comma.",
                };
                return [format!("{of} takes {wants}, but here it has {got}."), hint.into()];
            }
            Fault::MoreInIf => ["if takes three arguments.", AN_IF],
            Fault::NothingBeforeBracket => ["Something is missing before this bracket.", A_VALUE],
            Fault::NothingBeforeSign => ["Something is missing before this sign.", A_VALUE],
            Fault::Stars => ["Two stars stand side by side.", "For a power, write ^, as in x^2."],
            Fault::Depth => {
                return [
                    "This formula is nested too deeply.".into(),
                    format!("Brackets, signs and exponents may nest {MOST_NESTING} deep."),
                ];
            }
            Fault::Length => {
                return ["This formula is too long.".into(), format!("A formula may have {MOST_BYTES} characters.")];
            }
            Fault::Parts => {
                return [
                    "This formula has too many parts.".into(),
                    format!("A formula may have {MOST_TYPED_NODES} numbers, letters and signs."),
                ];
            }
            Fault::Derivative => {
                ["The derivative of this formula is too long.", "Differentiate a shorter formula, or fewer times."]
            }
        };
        said.map(str::to_owned)
    }
}

fn unknown(name: &str, instead: &Instead) -> [String; 2] {
    let unknown = format!("I do not know “{name}”.");
    let hint = match instead {
        Instead::Name(meant) => format!("Did you mean {meant}?"),
        Instead::Product(product) => format!("To multiply, write {product}."),
        Instead::Decimal => "Numbers are written in decimal; for a product write 0*x.".into(),
        Instead::Function => {
            "Functions are sin, cos, exp, ln, sqrt, abs and their like; to multiply, write * before the bracket.".into()
        }
        Instead::Variable => "A variable is one letter, such as x, w1 or w_2.".into(),
    };
    [unknown, hint]
}

/// Something worth telling about a formula that is no mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A division was read before the product that follows it.
    LeftToRight,
    /// 0⁰ was taken as 1.
    ZeroPower,
    /// This name before a bracket was read as a factor.
    Product(Box<str>),
    /// `log` was read as the natural logarithm.
    NaturalLog,
}

impl Remark {
    /// `"N_LEFT_TO_RIGHT"` and so on.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Remark::LeftToRight => "N_LEFT_TO_RIGHT",
            Remark::ZeroPower => "N_ZERO_POWER",
            Remark::Product(_) => "N_PRODUCT",
            Remark::NaturalLog => "N_NATURAL_LOG",
        }
    }

    /// One sentence in English.
    pub fn english(&self) -> String {
        match self {
            Remark::LeftToRight => {
                "Read from left to right: first the division, then the product. Use brackets if you mean it otherwise."
                    .into()
            }
            Remark::ZeroPower => "0^0 is taken as 1.".into(),
            Remark::Product(name) => format!("{name} before a bracket is read as a product."),
            Remark::NaturalLog => "log is the natural logarithm, ln. Base ten is log10.".into(),
        }
    }
}
