//! What a caller got wrong, as data: which argument, what was expected, what came instead.

use std::fmt;

/// A misuse that the caller can mend. Every variant names the argument at fault.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DescentError {
    /// Two lists that must be equally long are not.
    Length {
        /// The argument at fault.
        argument: String,
        /// The length that would fit, and why.
        expected: String,
        /// The length that came.
        got: usize,
    },
    /// A list that must hold something is empty.
    Empty {
        /// The argument at fault.
        argument: String,
    },
    /// A number is NaN or infinite.
    NotFinite {
        /// The argument at fault.
        argument: String,
        /// The index of the first such number, from 0.
        index: usize,
    },
    /// A setting is outside its range.
    OutOfRange {
        /// The argument at fault.
        argument: String,
        /// The range in words, such as "a number above 0".
        expected: String,
        /// What came, printed.
        got: String,
    },
    /// There are fewer rows than the work needs.
    TooFewRows {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        got: usize,
    },
    /// Every row of the column holds the same number, so nothing can be learnt from it.
    ConstantColumn {
        /// The column's name.
        column: String,
        /// Its only value.
        value: f64,
    },
    /// Columns can be computed from other columns, so there is no single best fit.
    RankDeficient {
        /// The columns to leave out.
        columns: Vec<String>,
        /// The columns they can be computed from.
        from: Vec<String>,
    },
    /// No column has this name.
    UnknownColumn {
        /// The name that came.
        column: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The column holds words where numbers are needed.
    NotNumeric {
        /// The column's name.
        column: String,
        /// One of its cells.
        example: String,
    },
    /// The column holds numbers where words are needed, or too many different words.
    NotCategorical {
        /// The column's name.
        column: String,
        /// How many different values it has.
        values: usize,
        /// The most that are taken.
        limit: usize,
    },
    /// The objective is not a formula that can be descended.
    Objective {
        /// What is wrong with it.
        message: String,
    },
}

impl DescentError {
    /// A short stable name for programs, such as `E_LENGTH`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "E_LENGTH",
            Self::Empty { .. } => "E_EMPTY_DATA",
            Self::NotFinite { .. } => "E_NOT_FINITE",
            Self::OutOfRange { .. } => "E_RANGE",
            Self::TooFewRows { .. } => "E_TOO_FEW_ROWS",
            Self::ConstantColumn { .. } => "E_CONSTANT_COLUMN",
            Self::RankDeficient { .. } => "E_RANK_DEFICIENT",
            Self::UnknownColumn { .. } => "E_UNKNOWN_COLUMN",
            Self::NotNumeric { .. } => "E_NOT_NUMERIC",
            Self::NotCategorical { .. } => "E_NOT_CATEGORICAL",
            Self::Objective { .. } => "E_OBJECTIVE",
        }
    }

    pub(crate) fn range(argument: &str, expected: &str, got: f64) -> Self {
        Self::OutOfRange { argument: argument.to_owned(), expected: expected.to_owned(), got: format!("{got}") }
    }

    pub(crate) fn length(argument: &str, expected: impl Into<String>, got: usize) -> Self {
        Self::Length { argument: argument.to_owned(), expected: expected.into(), got }
    }
}

impl fmt::Display for DescentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { argument, expected, got } => {
                write!(f, "{argument} has {}; expected {expected}.", counted(*got, "entry", "entries"))
            }
            Self::Empty { argument } => {
                write!(f, "{argument} is empty; at least one entry is needed.")
            }
            Self::NotFinite { argument, index } => {
                write!(f, "{argument}[{index}] is not a finite number. Leave that entry out or correct it.")
            }
            Self::OutOfRange { argument, expected, got } => write!(f, "{argument} is {got}; expected {expected}."),
            Self::TooFewRows { needed, got } => write!(
                f,
                "There {} {}; at least {needed} are needed.",
                if *got == 1 { "is" } else { "are" },
                counted(*got, "complete row", "complete rows")
            ),
            Self::ConstantColumn { column, value } => write!(
                f,
                "{column} is {value} in every row, so it cannot explain any difference. Choose another column."
            ),
            Self::RankDeficient { columns, from } if from.is_empty() => {
                write!(f, "{} never changes, so there is no single best fit. Leave it out.", listed(columns))
            }
            Self::RankDeficient { columns, from } => write!(
                f,
                "{} can be computed from {}, so there is no single best fit. Leave {} out.",
                listed(columns),
                listed(from),
                if columns.len() == 1 { "it" } else { "them" }
            ),
            Self::UnknownColumn { column, known } => {
                write!(f, "There is no column called \"{column}\". The columns are {}.", listed(known))
            }
            Self::NotNumeric { column, example } => write!(
                f,
                "{column} holds words, such as \"{example}\", where numbers are needed. Choose a column of numbers."
            ),
            Self::NotCategorical { column, values, limit } => {
                write!(f, "{column} has {values} different values; at most {limit} can become indicator columns.")
            }
            Self::Objective { message } => write!(f, "{message}"),
        }
    }
}

impl std::error::Error for DescentError {}

/// "1 row", "2 rows".
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// "a", "a and b", "a, b and c"; long lists end in a count.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    match names {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        _ if names.len() > SHOWN => {
            let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>();
            format!("{} and {} more", shown.join(", "), names.len() - SHOWN)
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Fails on the first entry that is NaN or infinite.
pub(crate) fn all_finite(argument: &str, values: &[f64]) -> Result<(), DescentError> {
    match values.iter().position(|v| !v.is_finite()) {
        Some(index) => Err(DescentError::NotFinite { argument: argument.to_owned(), index }),
        None => Ok(()),
    }
}

/// Fails unless the setting is finite and above 0.
pub(crate) fn positive(argument: &str, value: f64) -> Result<(), DescentError> {
    if value.is_finite() && value > 0.0 {
        Ok(())
    } else {
        Err(DescentError::range(argument, "a finite number above 0", value))
    }
}

/// Fails unless the setting is finite and at least 0.
pub(crate) fn not_negative(argument: &str, value: f64) -> Result<(), DescentError> {
    if value.is_finite() && value >= 0.0 {
        Ok(())
    } else {
        Err(DescentError::range(argument, "a finite number, 0 or more", value))
    }
}

/// Fails unless 0 ≤ value < 1, the range of every decay rate.
pub(crate) fn fraction(argument: &str, value: f64) -> Result<(), DescentError> {
    if (0.0..1.0).contains(&value) {
        Ok(())
    } else {
        Err(DescentError::range(argument, "a number from 0 up to, but not, 1", value))
    }
}
