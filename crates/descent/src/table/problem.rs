//! What is wrong in a line of a table, and what was done to read it, as data. Display says each in an English sentence.

use core::fmt;

use crate::number::Slip;

/// One thing wrong in one line of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct RowIssue {
    /// The line in the text, from 1.
    pub line: u32,
    /// The column's name, where one column is at fault.
    pub column: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong in a line. Cells are as they stand in the text, at most forty characters of each.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// The row has another number of cells than there are columns.
    Cells {
        /// So many.
        got: usize,
        /// Columns.
        expected: usize,
    },
    /// A cell in a column of numbers is none.
    NotNumber {
        /// The cell.
        cell: String,
        /// Why.
        slip: Slip,
    },
    /// A cell that is one number or another, and nothing else in the table tells which.
    Ambiguous {
        /// The cell.
        cell: String,
        /// With a decimal point, and with a decimal comma.
        readings: [f64; 2],
    },
    /// A quotation mark opens here and never closes: all below is one cell.
    OpenQuote,
    /// The cell is empty.
    Empty,
    /// The cell says that there is no value.
    Missing {
        /// The cell.
        cell: String,
    },
}

/// What was done to read the table as one, in the order of the text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Note {
    /// Lines that are no rows: titles and comments.
    Aside {
        /// The first of them.
        line: u32,
        /// What it says.
        text: String,
        /// How many more there are.
        more: usize,
    },
    /// The first line holds numbers: the columns are called column 1 and so on.
    NoNames,
    /// A column without a name got one.
    NoName {
        /// Which, from 1.
        column: usize,
        /// The name it got.
        name: String,
    },
    /// Two columns have one name: the later one got another.
    SameName {
        /// The name.
        name: String,
        /// The other.
        renamed: String,
    },
    /// Numbers such as this one could be read otherwise: other columns, or the comma between cells, told how.
    Read {
        /// The column.
        column: String,
        /// The first such cell.
        cell: String,
        /// As it is read.
        value: f64,
    },
    /// A column that holds more words than numbers is a column of words.
    Words {
        /// The column.
        column: String,
        /// Cells that are numbers.
        numbers: usize,
        /// Cells that are not missing.
        present: usize,
        /// The first that is no number.
        line: u32,
        /// What it says.
        cell: String,
    },
    /// A column counts several things: its numbers are taken as they stand.
    Units {
        /// The column.
        column: String,
        /// What it counts, in order; empty for cells that name nothing.
        units: Vec<String>,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cells { got, expected } => {
                let cells = if *got == 1 { "cell" } else { "cells" };
                write!(f, "The row has {got} {cells}; the first line has {expected}.")
            }
            Self::NotNumber { cell, slip: Slip::OtherMark(value) } => {
                write!(f, "“{cell}” has another decimal mark than the rest of the column. It would be {value}.")
            }
            Self::NotNumber { cell, slip: Slip::Marks } => {
                write!(f, "“{cell}” is not a number: its marks stand where no number has them.")
            }
            Self::NotNumber { cell, slip: Slip::TooLarge } => write!(f, "“{cell}” is too large a number."),
            Self::NotNumber { cell, slip: Slip::Empty | Slip::NotNumber } => write!(f, "“{cell}” is not a number."),
            Self::Ambiguous { cell, readings: [point, comma] } => {
                write!(f, "“{cell}” could mean {point} or {comma}. Write it as one of them.")
            }
            Self::OpenQuote => {
                write!(f, "A quotation mark opened here is never closed, so all lines below it were read as one cell.")
            }
            Self::Empty => write!(f, "The cell is empty."),
            Self::Missing { cell } => write!(f, "“{cell}” stands for a missing value."),
        }
    }
}

impl fmt::Display for RowIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Aside { line, text, more: 0 } => write!(f, "Line {line} is no row: “{text}”."),
            Self::Aside { line, text, more } => {
                let lines = if *more == 1 { "line" } else { "lines" };
                write!(f, "Line {line} is no row: “{text}”. Nor are {more} more {lines}.")
            }
            Self::NoNames => {
                write!(f, "The first line holds numbers, so the columns are named column 1, column 2 and so on.")
            }
            Self::NoName { column, name } => write!(f, "Column {column} has no name; it is called “{name}”."),
            Self::SameName { name, renamed } => {
                write!(f, "Two columns are called “{name}”; the later one is called “{renamed}”.")
            }
            Self::Read { column, cell, value } => {
                write!(f, "In “{column}” numbers such as {cell} are read as {value}.")
            }
            Self::Words { column, numbers, present, line, cell } => write!(
                f,
                "“{column}” is taken for words: {numbers} of its {present} cells are numbers. The first that is none is “{cell}” in line {line}."
            ),
            Self::Units { column, units } => {
                let units: Vec<&str> = units.iter().map(|u| if u.is_empty() { "nothing" } else { u }).collect();
                write!(f, "“{column}” counts {}; the numbers are taken as they stand.", units.join(" and "))
            }
        }
    }
}

/// At most forty characters of a cell.
pub(super) fn shortened(cell: &str) -> String {
    const SHOWN: usize = 40;
    match cell.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", cell.get(..at).unwrap_or_default()),
        None => cell.to_owned(),
    }
}
