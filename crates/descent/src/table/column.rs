//! A column of numbers or of words, and what a comma and a point mean in it.
//!
//! What they mean is decided for a whole column. Where it is nothing but `1.234`, the other columns decide, and then the comma between
//! the cells: such files come from places that write decimals with a point. What nothing decides is refused rather than guessed.

use super::lines::Record;
use super::problem::shortened;
use super::{Cells, Column, Note, Problem, RowIssue};
use crate::number::{Decimal, Slip, is_missing, read_cell};

/// How a column's cells can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// Numbers that can be read this way only.
    Only(Decimal),
    /// Numbers that are the same either way.
    Either,
    /// Numbers that are others the other way.
    Ambiguous,
    /// At least half of the cells are no numbers either way.
    Words,
}

/// Reads the columns, tells what is wrong in which line, and gives back why each column of words is none of numbers, and what was
/// decided.
pub(super) fn read_all(
    names: Vec<String>,
    rows: &[Record],
    comma_separated: bool,
    mut tell: impl FnMut(u32, &str, Problem),
) -> (Vec<Column>, Vec<RowIssue>, Vec<Note>) {
    let column = |(index, name)| Written::new(name, rows.iter().map(|row| row.cell(index)).collect());
    let columns: Vec<Written<'_>> = names.into_iter().enumerate().map(column).collect();
    let only = |decimal| columns.iter().filter(|column| column.reading == Reading::Only(decimal)).count();
    let told = match [Decimal::Point, Decimal::Comma].map(only) {
        [points, 0] if points > 0 => Some(Decimal::Point),
        [0, commas] if commas > 0 => Some(Decimal::Comma),
        _ => comma_separated.then_some(Decimal::Point),
    };
    let (mut read, mut refused, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for column in columns {
        let decimal = match column.reading {
            Reading::Only(decimal) => Some(decimal),
            Reading::Either => Some(Decimal::Point),
            Reading::Ambiguous => told,
            Reading::Words => None,
        };
        read.push(match decimal {
            Some(decimal) => column.numbers(decimal, &mut notes, &mut tell),
            None => column.words(&mut refused, &mut notes, &mut tell),
        });
    }
    (read, refused, notes)
}

/// A column as it stands in the text.
struct Written<'a> {
    name: String,
    /// Each cell with its line.
    cells: Vec<(u32, &'a str)>,
    reading: Reading,
    /// The first cell that is another number with the other decimal mark.
    doubtful: Option<usize>,
    /// How many cells are numbers, with the mark that suits more of them, and how many are not missing.
    numbers: usize,
    present: usize,
}

impl<'a> Written<'a> {
    fn new(name: String, cells: Vec<(u32, &'a str)>) -> Self {
        let (mut counts, mut present, mut doubtful) = ([0usize; 2], 0, None);
        for (at, (_, cell)) in cells.iter().enumerate().filter(|(_, (_, cell))| !is_missing(cell)) {
            let values = [Decimal::Point, Decimal::Comma].map(|decimal| read_cell(cell, decimal).ok().map(|a| a.value));
            present += 1;
            for (count, value) in counts.iter_mut().zip(values) {
                *count += usize::from(value.is_some());
            }
            if let [Some(point), Some(comma)] = values
                && point != comma
            {
                doubtful = doubtful.or(Some(at));
            }
        }
        let [point, comma] = counts;
        let numbers = point.max(comma);
        let reading = match () {
            () if numbers == 0 || numbers * 2 <= present => Reading::Words,
            () if point > comma => Reading::Only(Decimal::Point),
            () if comma > point => Reading::Only(Decimal::Comma),
            () if doubtful.is_some() => Reading::Ambiguous,
            () => Reading::Either,
        };
        Self { name, cells, reading, doubtful, numbers, present }
    }

    fn cell(&self, at: Option<usize>) -> Option<(u32, &'a str)> {
        self.cells.get(at?).copied()
    }

    /// The first cell that is neither missing nor a number, if there is one that is no number either way.
    fn wrong(&self) -> Option<usize> {
        let first = |either: bool| {
            let is = |decimal, cell| read_cell(cell, decimal).is_ok();
            let wrong = |cell| !(is(Decimal::Point, cell) || either && is(Decimal::Comma, cell));
            self.cells.iter().position(|(_, cell)| !is_missing(cell) && wrong(cell))
        };
        first(true).or_else(|| first(false))
    }

    fn numbers(self, decimal: Decimal, notes: &mut Vec<Note>, tell: &mut impl FnMut(u32, &str, Problem)) -> Column {
        if let (Reading::Ambiguous, Some((_, cell))) = (self.reading, self.cell(self.doubtful))
            && let Ok(amount) = read_cell(cell, decimal)
        {
            notes.push(Note::Read { column: self.name.clone(), cell: shortened(cell), value: amount.value });
        }
        let (mut numbers, mut units) = (Vec::with_capacity(self.cells.len()), Vec::new());
        for &(line, cell) in &self.cells {
            let read = if is_missing(cell) { Err(Slip::Empty) } else { read_cell(cell, decimal) };
            numbers.push(read.as_ref().ok().map(|amount| amount.value));
            match read {
                Ok(amount) if !units.contains(&amount.unit) => units.push(amount.unit),
                Ok(_) | Err(Slip::Empty) => {}
                Err(slip) => tell(line, &self.name, Problem::NotNumber { cell: shortened(cell), slip }),
            }
        }
        // Most people write a currency only once, but ten per cent are not ten.
        let several = units.iter().filter(|unit| !unit.is_empty()).count() > 1;
        if several || (units.len() > 1 && units.iter().any(|unit| unit == "%")) {
            units.truncate(4);
            notes.push(Note::Units { column: self.name.clone(), units });
        }
        Column { name: self.name, cells: Cells::Numbers(numbers) }
    }

    fn words(
        self,
        refused: &mut Vec<RowIssue>,
        notes: &mut Vec<Note>,
        tell: &mut impl FnMut(u32, &str, Problem),
    ) -> Column {
        let ambiguous = self.reading == Reading::Ambiguous;
        let problem = |cell: &str| {
            let readings = [Decimal::Point, Decimal::Comma].map(|decimal| read_cell(cell, decimal));
            match readings {
                [Ok(point), Ok(comma)] => {
                    Problem::Ambiguous { cell: shortened(cell), readings: [point.value, comma.value] }
                }
                [Err(slip), _] | [_, Err(slip)] => Problem::NotNumber { cell: shortened(cell), slip },
            }
        };
        if let Some((line, cell)) = self.cell(if ambiguous { self.doubtful } else { self.wrong() }) {
            let problem = problem(cell);
            if ambiguous {
                tell(line, &self.name, problem.clone());
            } else if self.numbers > 0 {
                notes.push(Note::Words {
                    column: self.name.clone(),
                    numbers: self.numbers,
                    present: self.present,
                    line,
                    cell: shortened(cell),
                });
            }
            refused.push(RowIssue { line, column: Some(self.name.clone()), problem });
        } else if let Some((line, cell)) = self.cell(Some(0)) {
            let problem = if cell.is_empty() { Problem::Empty } else { Problem::Missing { cell: shortened(cell) } };
            refused.push(RowIssue { line, column: Some(self.name.clone()), problem });
        }
        let words = self.cells.into_iter().map(|(_, cell)| (!is_missing(cell)).then(|| cell.to_owned()));
        Column { name: self.name, cells: Cells::Words(words.collect()) }
    }
}
