//! Reads CSV text into a [`Table`].

use calculus::sort::sort_by_key;
use std::fmt;

use super::number::{self, Reading, Style};
use super::{Cells, Column, ColumnSummary, Gaps, ISSUES_KEPT, Report, RowIssue, Table, delimiter};

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
    /// A header and nothing below it, or no row that fits it.
    NoRows {
        /// How many rows do not fit the header.
        malformed: usize,
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
            Self::NoRows { .. } => "E_TABLE_NO_ROWS",
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
            Self::Empty | Self::NoRows { .. } => {
                "Start with a line of column names, such as area,price, then one house a line, such as 1656,215000."
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
            Self::NoRows { malformed: 0 } => {
                write!(f, "There are column names but no rows below them.")
            }
            Self::NoRows { malformed } => {
                write!(f, "None of the {malformed} rows has as many cells as the first line.")
            }
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
    let delimiter = delimiter::detect(&text);
    let mut issues = Issues::default();
    let mut records = records(&text, delimiter, limits, &mut issues)?;
    let Some(first) = records.first() else {
        return Err(TableError::Empty);
    };
    let width = first.cells.len();
    let has_header = looks_like_header(&records);
    let mut notes = Vec::new();
    let names = if has_header {
        let header = records.remove(0);
        names(&header.cells, &mut notes)
    } else {
        notes.push("The first line holds numbers, so the columns are named column 1, column 2 and so on.".to_owned());
        (1..=width).map(|n| format!("column {n}")).collect()
    };
    if records.len() > limits.rows {
        return Err(TableError::TooManyRows { limit: limits.rows });
    }
    let malformed_rows = drop_malformed(&mut records, width, &mut issues);
    if records.is_empty() {
        return Err(TableError::NoRows { malformed: malformed_rows });
    }
    let columns: Vec<Column> = names
        .into_iter()
        .enumerate()
        .map(|(index, name)| column(index, name, &records, delimiter, &mut issues))
        .collect();
    let gaps = columns.iter().enumerate().map(|(index, column)| {
        let cells = records.iter().map(|r| (r.line, r.cells.get(index).map_or("", String::as_str)));
        Gaps::of(&column.name, cells)
    });
    let gaps = gaps.collect();
    sort_by_key(&mut issues.list, |issue| issue.line);
    issues.list.truncate(ISSUES_KEPT);
    let report = Report {
        rows: records.len(),
        delimiter: char::from(delimiter).to_string(),
        has_header,
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
        malformed_rows,
        notes,
    };
    Ok(Table { columns, lines: records.iter().map(|record| record.line).collect(), gaps, report })
}

/// Problems found so far: the list is bounded a good way above what is kept, so that sorting by line finds the first ones.
#[derive(Default)]
struct Issues {
    list: Vec<RowIssue>,
    count: usize,
}

impl Issues {
    fn add(&mut self, line: u32, column: Option<&str>, reason: impl FnOnce() -> String) {
        self.count += 1;
        if self.list.len() >= 64 * ISSUES_KEPT {
            sort_by_key(&mut self.list, |issue| issue.line);
            self.list.truncate(ISSUES_KEPT);
        }
        self.list.push(RowIssue { line, column: column.map(str::to_owned), reason: reason() });
    }
}

/// A row of the text.
struct Record {
    line: u32,
    cells: Vec<String>,
}

/// Splits the text into rows, with the line each starts on.
fn records(text: &str, delimiter: u8, limits: Limits, issues: &mut Issues) -> Result<Vec<Record>, TableError> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
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
        records.push(Record { line, cells: record.iter().map(|cell| cell.trim().to_owned()).collect() });
    }
    let last = text.get(counted_to..).unwrap_or("");
    if last.bytes().filter(|&b| b == b'"').count() % 2 == 1 && last.trim_end().contains('\n') {
        issues.add(line, None, || {
            "A quotation mark opened here is never closed, so all lines below it were read as one cell.".to_owned()
        });
    }
    Ok(records)
}

/// Whether the first row names the columns: it holds no number at all, or words above a column of numbers.
fn looks_like_header(records: &[Record]) -> bool {
    const SAMPLE: usize = 20;
    let Some((first, rest)) = records.split_first() else {
        return false;
    };
    let is_number =
        |cell: &str| number::read(cell, Style::Point).or_else(|| number::read(cell, Style::Comma)).is_some();
    if !first.cells.iter().any(|cell| is_number(cell)) {
        return true;
    }
    first.cells.iter().enumerate().any(|(index, cell)| {
        let below = rest.iter().take(SAMPLE).filter_map(|record| record.cells.get(index));
        let present: Vec<bool> = below.filter(|c| !number::is_missing(c)).map(|c| is_number(c)).collect();
        let numbers = present.iter().filter(|&&n| n).count();
        !number::is_missing(cell) && !is_number(cell) && numbers * 2 > present.len()
    })
}

/// Unique, non-empty names, saying what was changed.
fn names(header: &[String], notes: &mut Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (index, cell) in header.iter().enumerate() {
        let mut name = cell.clone();
        if name.is_empty() {
            name = format!("column {}", index + 1);
            notes.push(format!("Column {} has no name; it is called \"{name}\".", index + 1));
        }
        let wanted = name.clone();
        let mut copy = 1;
        while names.contains(&name) {
            copy += 1;
            name = format!("{wanted} ({copy})");
        }
        if copy > 1 {
            notes.push(format!("Two columns are called \"{wanted}\"; the later one is called \"{name}\"."));
        }
        names.push(name);
    }
    names
}

/// Leaves out rows with too few or too many cells and says how many there were.
fn drop_malformed(records: &mut Vec<Record>, width: usize, issues: &mut Issues) -> usize {
    let before = records.len();
    records.retain(|record| {
        // A delimiter at the end of a line is a habit of some programs, not a cell.
        let extra_blank = record.cells.get(width..).unwrap_or(&[]).iter().all(String::is_empty);
        let fits = record.cells.len() >= width && extra_blank;
        if !fits {
            issues.add(record.line, None, || {
                format!("The row has {}; the first line has {width}.", cells(record.cells.len()))
            });
        }
        fits
    });
    before - records.len()
}

fn cells(count: usize) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") }
}

/// Reads one column as numbers or words.
fn column(index: usize, name: String, records: &[Record], delimiter: u8, issues: &mut Issues) -> Column {
    let cells = records.iter().map(|r| r.cells.get(index).map_or("", String::as_str));
    let reading = number::decide(cells.clone(), delimiter == b',');
    let Reading::Numbers(style) = reading else {
        if reading == Reading::Ambiguous {
            let line = records.first().map_or(1, |record| record.line);
            issues.add(line, Some(&name), || {
                "Numbers such as 1,234 could mean 1234 or 1.234 here. Write them without the comma, or with a point.".to_owned()
            });
        }
        let words = cells.map(|cell| (!number::is_missing(cell)).then(|| cell.to_owned()));
        return Column { name, cells: Cells::Words(words.collect()) };
    };
    let mut numbers = Vec::with_capacity(records.len());
    for (cell, record) in cells.zip(records) {
        let value = number::read(cell, style);
        if value.is_none() && !number::is_missing(cell) {
            issues.add(record.line, Some(&name), || format!("\"{}\" is not a number.", shortened(cell)));
        }
        numbers.push(value);
    }
    Column { name, cells: Cells::Numbers(numbers) }
}

/// At most 40 characters of a cell.
fn shortened(cell: &str) -> String {
    const SHOWN: usize = 40;
    if cell.chars().count() <= SHOWN {
        return cell.to_owned();
    }
    let start: String = cell.chars().take(SHOWN).collect();
    format!("{start}…")
}
