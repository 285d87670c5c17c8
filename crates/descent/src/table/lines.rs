//! Which lines of a text are the table: its names and its rows, without the titles, comments and rules that people put around them.

use super::problem::shortened;
use super::separator::{Separator, commonest};
use super::{Note, Problem, TableError};
use crate::number::{self, Decimal};

/// How many rows are looked at to see what most of them are like.
const SAMPLE: usize = 100;

/// A row of the text.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The line where it starts.
    pub line: u32,
    /// Its cells, without the blanks around them.
    pub cells: Vec<String>,
}

impl Record {
    pub(crate) fn new(line: u32, record: &csv::StringRecord) -> Self {
        Self { line, cells: record.iter().map(|cell| cell.trim().to_owned()).collect() }
    }

    /// A cell with its line; an empty one where there is none.
    pub(crate) fn cell(&self, at: usize) -> (u32, &str) {
        (self.line, self.cells.get(at).map_or("", String::as_str))
    }

    /// How many cells are not empty.
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    /// Its cells up to the last one that is not empty.
    fn reach(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
    }

    pub(crate) fn is_comment(&self) -> bool {
        self.cells.first().is_some_and(|cell| cell.starts_with('#'))
    }

    /// Whether there is nothing in it but lines: `---`, `:--:`, `==== ====`, `-----+-----`.
    pub(crate) fn is_rule(&self) -> bool {
        let drawn = |cell: &String| cell.len() >= 3 && cell.chars().all(|c| matches!(c, '-' | '=' | '+' | ':' | '|'));
        self.filled() > 0 && self.cells.iter().filter(|cell| !cell.is_empty()).all(drawn)
    }

    /// Whether it can name the columns of rows that have so many cells. Blanks cannot show that the first column has no name, as where it
    /// numbers the rows.
    fn fits(&self, width: usize, separator: Separator) -> bool {
        self.filled() > 1 && (self.cells.len() == width || self.reach() == width || self.lacks_one(width, separator))
    }

    fn lacks_one(&self, width: usize, separator: Separator) -> bool {
        matches!(separator, Separator::Blanks(_)) && width > 2 && self.cells.len() + 1 == width
    }
}

/// The names and the rows of a table.
pub(crate) struct Lines {
    /// The columns' names as they stand, empty where there is none.
    pub names: Vec<String>,
    /// Whether a line holds them.
    pub has_names: bool,
    /// The rows.
    pub rows: Vec<Record>,
}

/// Whether a cell is a number in any country.
fn is_number(cell: &str) -> bool {
    [Decimal::Point, Decimal::Comma].iter().any(|decimal| number::read_cell(cell, *decimal).is_ok())
}

/// Whether there are cells, and none of them is a number.
pub(crate) fn is_wordy(cells: &[String]) -> bool {
    !cells.is_empty() && !cells.iter().any(|cell| is_number(cell))
}

impl Lines {
    /// Finds names and rows among all records of a text.
    pub(crate) fn of(mut records: Vec<Record>, separator: Separator, notes: &mut Vec<Note>) -> Self {
        records.retain(|record| !record.is_rule());
        let widths: Vec<usize> =
            records.iter().filter(|r| !r.is_comment()).take(SAMPLE).map(|r| r.cells.len()).collect();
        let width = commonest(&widths).unwrap_or(0);
        let named = names_among(&records, width, separator);
        let first = named.unwrap_or_else(|| records.iter().take_while(|record| is_title(record, width)).count());
        let mut aside: Vec<Record> = records.drain(..first.min(records.len())).collect();
        let has_names = named.is_some() || looks_like_names(&records);
        let mut names = Vec::new();
        if has_names && !records.is_empty() {
            let record = records.remove(0);
            let lacking = record.lacks_one(width, separator).then(String::new);
            names = lacking.into_iter().chain(record.cells).collect();
        }
        if let Some(name) = names.first_mut().filter(|name| name.len() > 1 && name.starts_with('#')) {
            *name = name.trim_start_matches(['#', ' ']).to_owned();
        }
        let is_row = |record: &Record| !record.is_comment() || record.cells.len() == width;
        let (rows, comments) = records.into_iter().partition(is_row);
        aside.extend::<Vec<Record>>(comments);
        if let Some(first) = aside.first() {
            let text = first.cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
            notes.push(Note::Aside { line: first.line, text: shortened(&text), more: aside.len() - 1 });
        }
        if !has_names {
            notes.push(Note::NoNames);
            names = (1..=width).map(|n| format!("column {n}")).collect();
        }
        Self { names, has_names, rows }.without_nothing()
    }

    /// Without columns that have neither a name nor a cell: a separator at the end of a line, or bars at both, are no column.
    fn without_nothing(mut self) -> Self {
        let used = |at: usize| self.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty()));
        let nothing: Vec<usize> = self
            .names
            .iter()
            .enumerate()
            .filter(|(at, name)| name.is_empty() && !used(*at))
            .map(|(at, _)| at)
            .collect();
        for at in nothing.into_iter().rev() {
            self.names.remove(at);
            for row in &mut self.rows {
                if at < row.cells.len() {
                    row.cells.remove(at);
                }
            }
        }
        self
    }

    /// Leaves out rows that have too few cells or too many, and says which.
    pub(crate) fn keep_fitting(&mut self, mut tell: impl FnMut(u32, Problem)) -> Result<usize, TableError> {
        let (before, expected) = (self.rows.len(), self.names.len());
        let mut first = None;
        self.rows.retain(|row| {
            let fits = row.cells.len() >= expected && row.reach() <= expected;
            if !fits {
                let got = row.cells.len();
                tell(row.line, Problem::Cells { got, expected });
                first.get_or_insert((row.line, got));
            }
            fits
        });
        match (self.rows.is_empty(), first) {
            (true, None) => Err(TableError::NoRows),
            (true, Some((line, got))) => Err(TableError::NoFittingRows { malformed: before, line, got, expected }),
            (false, _) => Ok(before - self.rows.len()),
        }
    }
}

/// Where the names stand: the first line of words with as many cells as the rows have, above all rows with numbers. A comment is taken
/// for them only where no other line is.
pub(crate) fn names_among(records: &[Record], width: usize, separator: Separator) -> Option<usize> {
    let is_row = |record: &Record| record.cells.len() == width && !is_wordy(&record.cells);
    let rows = records.iter().position(is_row).unwrap_or(records.len());
    let above = records.get(..rows).unwrap_or_default();
    let fits = |record: &Record| is_wordy(&record.cells) && record.fits(width, separator);
    let lone = |record: &Record| record.cells.first().is_some_and(|cell| cell == "#");
    let plain = above.iter().position(|record| fits(record) && (!record.is_comment() || lone(record)));
    plain.or_else(|| above.iter().rposition(fits))
}

/// Whether a line above the table is no part of it: a comment, or words in one cell above rows that have more.
fn is_title(record: &Record, width: usize) -> bool {
    is_wordy(&record.cells) && (record.is_comment() || (width > 1 && record.filled() == 1))
}

/// Whether the first row names the columns: it holds no number at all, or words above a column of numbers.
fn looks_like_names(records: &[Record]) -> bool {
    let Some((first, rest)) = records.split_first() else {
        return false;
    };
    if is_wordy(&first.cells) {
        return true;
    }
    first.cells.iter().enumerate().any(|(index, cell)| {
        let below = rest.iter().take(SAMPLE).filter_map(|record| record.cells.get(index));
        let present: Vec<bool> = below.filter(|c| !number::is_missing(c)).map(|c| is_number(c)).collect();
        let numbers = present.iter().filter(|&&n| n).count();
        !number::is_missing(cell) && !is_number(cell) && numbers * 2 > present.len()
    })
}
