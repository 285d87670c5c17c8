//! Houses as a data set for a network: columns of a table, standardised.

use super::{Dataset, Task};
use crate::error::DescentError;
use crate::regression::{Scale, Scaling};
use crate::table::Table;

/// The complete rows of a table as a data set: features and target in deviations from their means, with the scales to turn
/// predictions back into dollars.
///
/// # Errors
/// As [`Table::select`]; [`DescentError::ConstantColumn`] for a column that never changes.
pub fn houses(table: &Table, features: &[&str], target: &str) -> Result<(Dataset, Scaling), DescentError> {
    let rows = table.select(features, target)?;
    let scales = rows.names.iter().zip(&rows.features).map(|(name, column)| Scale::of(name, column));
    let scaling = Scaling { features: scales.collect::<Result<_, _>>()?, target: Scale::of(target, &rows.target)? };
    let mut inputs = Vec::with_capacity(rows.target.len() * rows.features.len());
    for row in 0..rows.target.len() {
        for (column, scale) in rows.features.iter().zip(&scaling.features) {
            inputs.push(scale.standardize(column.get(row).copied().unwrap_or(scale.mean)));
        }
    }
    let targets = rows.target.iter().map(|y| scaling.target.standardize(*y)).collect();
    let data = Dataset { inputs, width: rows.features.len(), targets, task: Task::Regression, names: rows.names };
    Ok((data, scaling))
}
