//! Reads CSV text into a [`Table`].

use calculus::sort::sort_by_key;
use std::fmt;

use super::lines::{Lines, Record};
use super::problem::shortened;
use super::separator::{self, Separator};
use super::{ColumnSummary, Gaps, ISSUES_KEPT, Note, Problem, Report, RowIssue, Table, column};

/// How much is read at most. Checked before the work is done, so that a page never freezes on a mistaken file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Rows below the header.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 20, rows: 50_000, columns: 64 }
    }
}

/// Why a text is not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableError {
    /// Nothing but blanks.
    Empty,
    /// Names and nothing below them.
    NoRows,
    /// No row has as many cells as there are names.
    NoFittingRows {
        /// How many rows there are.
        malformed: usize,
        /// The line of the first of them.
        line: u32,
        /// Its cells.
        got: usize,
        /// Names.
        expected: usize,
    },
    /// The text is too long.
    TooManyBytes {
        /// Its length.
        got: usize,
        /// The limit.
        limit: usize,
    },
    /// There are too many rows.
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// There are too many columns.
    TooManyColumns {
        /// How many.
        got: usize,
        /// The limit.
        limit: usize,
    },
    /// The text holds bytes that no text file holds.
    NotText {
        /// The line, from 1.
        line: u32,
    },
}

impl TableError {
    /// A short stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "E_TABLE_EMPTY",
            Self::NoRows | Self::NoFittingRows { .. } => "E_TABLE_NO_ROWS",
            Self::TooManyBytes { .. } => "E_TABLE_BYTES",
            Self::TooManyRows { .. } => "E_TABLE_ROWS",
            Self::TooManyColumns { .. } => "E_TABLE_COLUMNS",
            Self::NotText { .. } => "E_TABLE_NOT_TEXT",
        }
    }

    /// What to do next, as one sentence.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty | Self::NoRows => {
                "Start with a line of column names, such as area,price, then one house a line, such as 1656,215000."
            }
            Self::NoFittingRows { .. } => {
                "Put the same number of cells in each line, with a comma, a semicolon, a tab, a bar | or blanks between them."
            }
            Self::TooManyBytes { .. } | Self::TooManyRows { .. } => {
                "Keep a random part of the rows: a few thousand show the same line."
            }
            Self::TooManyColumns { .. } => "Keep the columns you want to learn from and delete the others.",
            Self::NotText { .. } => "Save the sheet as CSV (comma separated values) and use that file.",
        }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "There is nothing to read."),
            Self::NoRows => write!(f, "There are column names but no rows below them."),
            Self::NoFittingRows { malformed, line, got, expected } => write!(
                f,
                "None of the {malformed} rows has as many cells as the first line, {expected}; line {line} has {got}."
            ),
            Self::TooManyBytes { got, limit } => {
                write!(f, "The text is {} KiB long; at most {} KiB are read.", got.div_ceil(1024), limit / 1024)
            }
            Self::TooManyRows { limit } => write!(f, "There are more than {limit} rows; at most {limit} are read."),
            Self::TooManyColumns { got, limit } => {
                write!(f, "There are {got} columns; at most {limit} are read.")
            }
            Self::NotText { line } => write!(f, "Line {line} holds bytes that are not text. This is not a CSV file."),
        }
    }
}

impl std::error::Error for TableError {}

/// Reads a table within the usual limits: 1 MiB, 50,000 rows, 64 columns.
///
/// # Errors
/// [`TableError`] where nothing can be read or a limit is passed. Bad rows are no error: see [`Table::report`].
pub fn read(text: &str) -> Result<Table, TableError> {
    read_within(text, Limits::default())
}

/// Reads a table within given limits.
///
/// # Errors
/// As [`read`].
pub fn read_within(text: &str, limits: Limits) -> Result<Table, TableError> {
    if text.len() > limits.bytes {
        return Err(TableError::TooManyBytes { got: text.len(), limit: limits.bytes });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = text.find('\0') {
        let line = text.bytes().take(at).filter(|&b| b == b'\n').count() as u32 + 1;
        return Err(TableError::NotText { line });
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (separator, text) = Separator::of(&text);
    let (mut issues, mut notes) = (Issues::default(), Vec::new());
    let records = records(&text, separator, limits, &mut issues)?;
    if records.is_empty() {
        return Err(TableError::Empty);
    }
    let mut lines = Lines::of(records, separator, &mut notes);
    if lines.rows.len() > limits.rows {
        return Err(TableError::TooManyRows { limit: limits.rows });
    }
    let malformed_rows = lines.keep_fitting(|line, problem| issues.add(line, None, problem))?;
    let Lines { names, has_names, rows } = lines;
    let names = unique(names, &mut notes);
    let comma_separated = separator == Separator::Character(b',');
    let read = column::read_all(names, &rows, comma_separated, |line, column, problem| {
        issues.add(line, Some(column), problem);
    });
    let (columns, refused, more) = read;
    notes.extend(more);
    let gaps = columns
        .iter()
        .enumerate()
        .map(|(index, column)| Gaps::of(&column.name, rows.iter().map(|row| row.cell(index))));
    let gaps = gaps.collect();
    sort_by_key(&mut issues.list, |issue| issue.line);
    issues.list.truncate(ISSUES_KEPT);
    let report = Report {
        rows: rows.len(),
        delimiter: separator.shown(),
        has_header: has_names,
        columns: columns
            .iter()
            .map(|column| ColumnSummary {
                name: column.name.clone(),
                numeric: column.is_numeric(),
                missing: column.missing(),
            })
            .collect(),
        issues: issues.list,
        issue_count: issues.count,
        refused,
        malformed_rows,
        notes,
    };
    Ok(Table { columns, lines: rows.iter().map(|record| record.line).collect(), gaps, report })
}

/// Problems found so far: the list is bounded a good way above what is kept, so that sorting by line finds the first ones.
#[derive(Default)]
struct Issues {
    list: Vec<RowIssue>,
    count: usize,
}

impl Issues {
    fn add(&mut self, line: u32, column: Option<&str>, problem: Problem) {
        self.count += 1;
        if self.list.len() >= 64 * ISSUES_KEPT {
            sort_by_key(&mut self.list, |issue| issue.line);
            self.list.truncate(ISSUES_KEPT);
        }
        self.list.push(RowIssue { line, column: column.map(str::to_owned), problem });
    }
}

/// Splits the text into rows, with the line each starts on.
fn records(text: &str, separator: Separator, limits: Limits, issues: &mut Issues) -> Result<Vec<Record>, TableError> {
    let (text, delimiter) = separator.prepared(text);
    let mut reader = separator::reader(&text, delimiter);
    let mut records: Vec<Record> = Vec::new();
    let (mut line, mut counted_to) = (1u32, 0usize);
    let mut record = csv::StringRecord::new();
    // Reading from a string slice yields no I/O errors, and the text is valid UTF-8 already.
    while reader.read_record(&mut record).unwrap_or(false) {
        // The reader's position lies before any blank lines that it skipped.
        let mut start = record.position().map_or(0, |p| p.byte() as usize);
        let skipped = text.get(start..).unwrap_or("").bytes().take_while(|&b| b == b'\n').count();
        start += skipped;
        let between = text.get(counted_to..start).unwrap_or("");
        line += between.bytes().filter(|&b| b == b'\n').count() as u32;
        counted_to = start;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() > limits.columns && records.is_empty() {
            return Err(TableError::TooManyColumns { got: record.len(), limit: limits.columns });
        }
        if records.len() > limits.rows {
            return Err(TableError::TooManyRows { limit: limits.rows });
        }
        records.push(Record::new(line, &record));
    }
    let last = text.get(counted_to..).unwrap_or("");
    if last.bytes().filter(|&b| b == b'"').count() % 2 == 1 && last.trim_end().contains('\n') {
        issues.add(line, None, Problem::OpenQuote);
    }
    Ok(records)
}

/// Unique, non-empty names, saying what was changed.
fn unique(header: Vec<String>, notes: &mut Vec<Note>) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (index, cell) in header.into_iter().enumerate() {
        let mut name = cell;
        if name.is_empty() {
            name = format!("column {}", index + 1);
            notes.push(Note::NoName { column: index + 1, name: name.clone() });
        }
        let wanted = name.clone();
        let mut copy = 1;
        while names.contains(&name) {
            copy += 1;
            name = format!("{wanted} ({copy})");
        }
        if copy > 1 {
            notes.push(Note::SameName { name: shortened(&wanted), renamed: shortened(&name) });
        }
        names.push(name);
    }
    names
}
