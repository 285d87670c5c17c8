//! The missing cells of a column, named by line.

use super::problem::shortened;
use super::{ISSUES_KEPT, Problem, RowIssue};
use crate::number::is_missing;

/// Where a column has nothing to read: cells that are empty or hold a word such as `NA`. A cell that holds something else which
/// cannot be read is no gap; the report of the table names it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gaps {
    /// The first gaps, by line; at most [`ISSUES_KEPT`].
    pub named: Vec<RowIssue>,
    /// How many gaps there are in all.
    pub count: usize,
}

impl Gaps {
    /// The gaps among the cells of a column, given with the line of each.
    pub(super) fn of<'a>(column: &str, cells: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let mut gaps = Self::default();
        for (line, cell) in cells.filter(|(_, cell)| is_missing(cell)) {
            gaps.count += 1;
            if gaps.named.len() < ISSUES_KEPT {
                let problem = if cell.is_empty() { Problem::Empty } else { Problem::Missing { cell: shortened(cell) } };
                gaps.named.push(RowIssue { line, column: Some(column.to_owned()), problem });
            }
        }
        gaps
    }
}
