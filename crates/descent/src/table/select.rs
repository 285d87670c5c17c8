//! From columns of a table to numbers to learn from.

use serde::Serialize;

use super::{Cells, Column, Table};
use crate::error::DescentError;

/// One feature against the target, complete rows only.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs {
    /// The feature, one value a row.
    pub x: Vec<f64>,
    /// The target, one value a row.
    pub y: Vec<f64>,
    /// The table's row of each pair.
    pub rows: Vec<usize>,
    /// Rows left out, by reason.
    pub dropped: Vec<Dropped>,
}

/// Several features against the target, complete rows only.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The names of the features.
    pub names: Vec<String>,
    /// One column each, equally long.
    pub features: Vec<Vec<f64>>,
    /// The target, one value a row.
    pub target: Vec<f64>,
    /// The table's row of each row here.
    pub rows: Vec<usize>,
    /// Rows left out, by reason.
    pub dropped: Vec<Dropped>,
}

/// How many rows were left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Dropped {
    /// Why.
    pub reason: DropReason,
    /// The column at fault.
    pub column: String,
    /// How many rows. A row that lacks several columns counts for the first of them.
    pub rows: usize,
}

/// Why a row was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DropReason {
    /// The cell is empty or unreadable.
    Missing,
}

impl Table {
    /// The complete rows of one feature and a target.
    ///
    /// # Errors
    /// [`DescentError::UnknownColumn`], [`DescentError::NotNumeric`], or [`DescentError::TooFewRows`] for fewer than two rows.
    pub fn pairs(&self, feature: &str, target: &str) -> Result<Pairs, DescentError> {
        let mut selected = self.select(&[feature], target)?;
        let x = selected.features.pop().unwrap_or_default();
        Ok(Pairs { x, y: selected.target, rows: selected.rows, dropped: selected.dropped })
    }

    /// The complete rows of several features and a target.
    ///
    /// # Errors
    /// As [`Table::pairs`]; [`DescentError::Empty`] without a feature.
    pub fn select(&self, features: &[&str], target: &str) -> Result<Rows, DescentError> {
        if features.is_empty() {
            return Err(DescentError::Empty { argument: "features".to_owned() });
        }
        let mut wanted = Vec::with_capacity(features.len() + 1);
        for name in features.iter().chain([&target]) {
            let column = self.known(name)?;
            wanted.push((column.name.as_str(), numbers(column)?));
        }
        let mut dropped: Vec<Dropped> = Vec::new();
        let mut rows = Vec::with_capacity(self.rows());
        for row in 0..self.rows() {
            match wanted.iter().find(|(_, cells)| cells.get(row).copied().flatten().is_none()) {
                None => rows.push(row),
                Some((column, _)) => count(&mut dropped, column, DropReason::Missing),
            }
        }
        if rows.len() < 2 {
            return Err(DescentError::TooFewRows { needed: 2, got: rows.len() });
        }
        let pick = |cells: &[Option<f64>]| -> Vec<f64> {
            rows.iter().filter_map(|&row| cells.get(row).copied().flatten()).collect()
        };
        let target = wanted.pop().map(|(_, cells)| pick(cells)).unwrap_or_default();
        Ok(Rows {
            names: wanted.iter().map(|(name, _)| (*name).to_owned()).collect(),
            features: wanted.iter().map(|(_, cells)| pick(cells)).collect(),
            target,
            rows,
            dropped,
        })
    }

    pub(crate) fn known(&self, name: &str) -> Result<&Column, DescentError> {
        self.column(name).ok_or_else(|| DescentError::UnknownColumn {
            column: name.to_owned(),
            known: self.columns.iter().map(|c| c.name.clone()).collect(),
        })
    }
}

fn numbers(column: &Column) -> Result<&[Option<f64>], DescentError> {
    match &column.cells {
        Cells::Numbers(cells) => Ok(cells),
        Cells::Words(_) => Err(not_numeric(column)),
    }
}

/// The error for a column of words, with one of them.
pub(super) fn not_numeric(column: &Column) -> DescentError {
    let example = match &column.cells {
        Cells::Words(cells) => cells.iter().flatten().next().cloned().unwrap_or_default(),
        Cells::Numbers(_) => String::new(),
    };
    DescentError::NotNumeric { column: column.name.clone(), example }
}

/// Counts a row left out.
pub(super) fn count(dropped: &mut Vec<Dropped>, column: &str, reason: DropReason) {
    match dropped.iter_mut().find(|d| d.column == column && d.reason == reason) {
        Some(known) => known.rows += 1,
        None => dropped.push(Dropped { reason, column: column.to_owned(), rows: 1 }),
    }
}
