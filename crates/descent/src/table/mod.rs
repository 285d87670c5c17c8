//! A table of data read from text: named columns of numbers or words, and a plain account of every row that did not fit.
//!
//! `read` turns text, as spreadsheets, databases and people write tables, into a [`Table`]; `select` turns columns of it into numbers to learn from. Reading never fails on a bad
//! row: the row is named by line and left out. It fails only on what would hurt (limits) or leaves nothing to read.

mod column;
mod design;
mod gaps;
mod lines;
mod problem;
mod read;
mod select;
mod separator;

pub use design::{Design, FeatureSpec, Missing, Split};
pub use gaps::Gaps;
pub use problem::{Note, Problem, RowIssue};
pub use read::{Limits, TableError, read, read_within};
pub use select::{DropReason, Dropped, Pairs, Rows};

/// The most [`RowIssue`]s kept in a table; all are counted, the first so many are named.
pub const ISSUES_KEPT: usize = 200;

/// Columns of equal length, with what was learnt while reading them.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub(crate) columns: Vec<Column>,
    /// The line in the text where each row starts, from 1.
    pub(crate) lines: Vec<u32>,
    /// What is missing in each column.
    pub(crate) gaps: Vec<Gaps>,
    pub(crate) report: Report,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The header's name, made unique; "column 3" where there is none.
    pub name: String,
    /// The cells, one a row.
    pub cells: Cells,
}

/// The cells of a column, all numbers or all words; `None` is a missing cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Finite numbers.
    Numbers(Vec<Option<f64>>),
    /// Words as typed, without the blanks around them.
    Words(Vec<Option<String>>),
}

impl Column {
    /// Whether the column holds numbers.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        matches!(self.cells, Cells::Numbers(_))
    }

    /// How many cells are missing.
    #[must_use]
    pub fn missing(&self) -> usize {
        match &self.cells {
            Cells::Numbers(cells) => cells.iter().filter(|c| c.is_none()).count(),
            Cells::Words(cells) => cells.iter().filter(|c| c.is_none()).count(),
        }
    }
}

/// What reading found, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Rows kept.
    pub rows: usize,
    /// The character between cells: `,`, `;`, `|`, a tab, another that the text names; a blank for columns set apart by blanks.
    pub delimiter: String,
    /// Whether the first row was taken as names.
    pub has_header: bool,
    /// The columns in order.
    pub columns: Vec<ColumnSummary>,
    /// The first problems, by line; at most [`ISSUES_KEPT`].
    pub issues: Vec<RowIssue>,
    /// How many problems there are in all.
    pub issue_count: usize,
    /// How many rows were left out because they do not fit the header.
    pub malformed_rows: usize,
    /// For each column that is none of numbers, its first cell that is not one.
    pub refused: Vec<RowIssue>,
    /// What was done to read the text as a table.
    pub notes: Vec<Note>,
}

/// A column in brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSummary {
    /// Its name.
    pub name: String,
    /// Whether it holds numbers.
    pub numeric: bool,
    /// How many of its cells are missing or unreadable.
    pub missing: usize,
}

impl Table {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The columns in the order of the text.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The names of the columns of numbers.
    #[must_use]
    pub fn numeric_names(&self) -> Vec<String> {
        let numeric = self.columns.iter().filter(|c| c.is_numeric());
        numeric.map(|c| c.name.clone()).collect()
    }

    /// The column with this name, ignoring case where no name fits exactly.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        let exact = self.columns.iter().find(|c| c.name == name);
        exact.or_else(|| {
            let wanted = name.trim();
            self.columns.iter().find(|c| c.name.eq_ignore_ascii_case(wanted))
        })
    }

    /// The line of the text where a row starts, from 1.
    #[must_use]
    pub fn line(&self, row: usize) -> Option<u32> {
        self.lines.get(row).copied()
    }

    /// The missing cells of the column with this name, found as [`Table::column`] finds it.
    #[must_use]
    pub fn gaps(&self, name: &str) -> Option<&Gaps> {
        let column = self.column(name)?;
        let at = self.columns.iter().position(|c| c.name == column.name)?;
        self.gaps.get(at)
    }

    /// What reading found.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }
}
