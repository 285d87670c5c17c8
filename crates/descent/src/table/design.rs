//! From a table of numbers and words to the columns of a regression: indicators for categories, powers for curves, a rule for missing
//! cells, and a split into rows to learn from and rows to judge by.

use calculus::sort::sort_by;
use serde::{Deserialize, Serialize};

use super::select::{DropReason, Dropped, count};
use super::{Cells, Table};
use crate::error::DescentError;
use crate::random::Random;

/// The most different words that become indicator columns.
const MOST_CATEGORIES: usize = 50;
/// The most columns a design may have.
const MOST_COLUMNS: usize = 256;

/// What becomes of a feature's missing cells. Rows without a target are always left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Missing {
    /// The row is left out.
    #[default]
    DropRow,
    /// Numbers become the mean of the column; words become a category of their own, "missing".
    Fill,
}

/// A feature and the columns it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FeatureSpec {
    /// The column's name.
    pub column: String,
    /// For numbers: x, x², … up to this power; 1 unless told. Powers are of (x − mean)/deviation, so that they stay of one size.
    #[serde(default = "one")]
    pub degree: u32,
}

fn one() -> u32 {
    1
}

/// The columns of a regression.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// A name for each column: "area", "area^2", "town = Ames".
    pub names: Vec<String>,
    /// One column each, equally long.
    pub features: Vec<Vec<f64>>,
    /// The target, one value a row.
    pub target: Vec<f64>,
    /// The table's row of each row here.
    pub rows: Vec<usize>,
    /// Rows left out, by the column at fault.
    pub dropped: Vec<Dropped>,
    /// Cells filled in, by column.
    pub filled: Vec<(String, usize)>,
    /// The category each set of indicators is measured from, by column: the commonest.
    pub baselines: Vec<(String, String)>,
}

/// A design cut in two.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// To learn from.
    pub train: Design,
    /// To judge by.
    pub test: Design,
}

/// The cells of a feature before missing ones are settled.
enum Raw<'a> {
    Numbers(&'a [Option<f64>]),
    Words(&'a [Option<String>]),
}

impl Table {
    /// Builds the columns of a regression.
    ///
    /// Words become one indicator column a category (1 where the row has it, else 0), but for the commonest, which the others are
    /// measured from: with it too the columns would add up to the intercept's.
    ///
    /// # Errors
    /// [`DescentError`]: an unknown column, a target of words, words with more than 50 different values, a degree outside 1 to 8,
    /// more than 256 columns, or fewer than two complete rows.
    pub fn design(&self, features: &[FeatureSpec], target: &str, missing: Missing) -> Result<Design, DescentError> {
        if features.is_empty() {
            return Err(DescentError::Empty { argument: "features".to_owned() });
        }
        let target_column = self.known(target)?;
        let Cells::Numbers(target_cells) = &target_column.cells else {
            return Err(super::select::not_numeric(target_column));
        };
        let mut raw = Vec::with_capacity(features.len());
        for spec in features {
            if !(1..=8).contains(&spec.degree) {
                return Err(DescentError::range("degree", "a whole number from 1 to 8", f64::from(spec.degree)));
            }
            let column = self.known(&spec.column)?;
            let cells = match &column.cells {
                Cells::Numbers(cells) => Raw::Numbers(cells),
                Cells::Words(cells) => Raw::Words(cells),
            };
            raw.push((column.name.as_str(), spec.degree, cells));
        }
        let (rows, dropped) = self.complete_rows((&target_column.name, target_cells), &raw, missing);
        if rows.len() < 2 {
            return Err(DescentError::TooFewRows { needed: 2, got: rows.len() });
        }
        let mut design = Design {
            names: Vec::new(),
            features: Vec::new(),
            target: rows.iter().filter_map(|&row| target_cells.get(row).copied().flatten()).collect(),
            rows,
            dropped,
            filled: Vec::new(),
            baselines: Vec::new(),
        };
        for (name, degree, cells) in raw {
            match cells {
                Raw::Numbers(cells) => design.add_numbers(name, degree, cells),
                Raw::Words(cells) => design.add_words(name, cells)?,
            }
            if design.features.len() > MOST_COLUMNS {
                return Err(DescentError::OutOfRange {
                    argument: "features".to_owned(),
                    expected: format!("features that become at most {MOST_COLUMNS} columns"),
                    got: "more".to_owned(),
                });
            }
        }
        Ok(design)
    }

    fn complete_rows(
        &self,
        (target, target_cells): (&str, &[Option<f64>]),
        features: &[(&str, u32, Raw<'_>)],
        missing: Missing,
    ) -> (Vec<usize>, Vec<Dropped>) {
        let lacks = |cells: &Raw<'_>, row: usize| match cells {
            Raw::Numbers(cells) => cells.get(row).is_none_or(Option::is_none),
            Raw::Words(cells) => cells.get(row).is_none_or(Option::is_none),
        };
        let (mut rows, mut dropped) = (Vec::new(), Vec::new());
        for row in 0..self.rows() {
            let at_fault = if target_cells.get(row).is_none_or(Option::is_none) {
                Some(target)
            } else if missing == Missing::DropRow {
                features.iter().find(|(_, _, cells)| lacks(cells, row)).map(|(name, _, _)| *name)
            } else {
                None
            };
            match at_fault {
                None => rows.push(row),
                Some(column) => count(&mut dropped, column, DropReason::Missing),
            }
        }
        (rows, dropped)
    }
}

impl Design {
    fn add_numbers(&mut self, name: &str, degree: u32, cells: &[Option<f64>]) {
        let picked: Vec<Option<f64>> = self.rows.iter().map(|&row| cells.get(row).copied().flatten()).collect();
        let present: Vec<f64> = picked.iter().flatten().copied().collect();
        let mean = crate::sums::mean(&present);
        let lacking = picked.len() - present.len();
        if lacking > 0 {
            self.filled.push((name.to_owned(), lacking));
        }
        let values: Vec<f64> = picked.iter().map(|cell| cell.unwrap_or(mean)).collect();
        if degree > 1 {
            // Powers of a centred, scaled column stay near one another in size and far from collinear.
            let deviation = crate::sums::deviation(&values, mean);
            let unit = if deviation > 0.0 { deviation } else { 1.0 };
            let mut power: Vec<f64> = values.iter().map(|v| (v - mean) / unit).collect();
            let base = power.clone();
            for exponent in 2..=degree {
                power.iter_mut().zip(&base).for_each(|(p, b)| *p *= b);
                self.names.push(format!("{name}^{exponent}"));
                self.features.push(power.clone());
            }
            // The first power is the column itself, before its powers.
            let first = self.features.len() + 1 - degree as usize;
            self.names.insert(first, name.to_owned());
            self.features.insert(first, values);
        } else {
            self.names.push(name.to_owned());
            self.features.push(values);
        }
    }

    fn add_words(&mut self, name: &str, cells: &[Option<String>]) -> Result<(), DescentError> {
        const MISSING: &str = "missing";
        let word = |row: usize| cells.get(row).and_then(Option::as_deref).unwrap_or(MISSING);
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for &row in &self.rows {
            match counts.iter().position(|(known, _)| *known == word(row)) {
                Some(at) => counts.iter_mut().skip(at).take(1).for_each(|(_, count)| *count += 1),
                None if counts.len() > MOST_CATEGORIES => break,
                None => counts.push((word(row), 1)),
            }
        }
        if counts.len() > MOST_CATEGORIES {
            let distinct: std::collections::BTreeSet<&str> = self.rows.iter().map(|&row| word(row)).collect();
            return Err(DescentError::NotCategorical {
                column: name.to_owned(),
                values: distinct.len(),
                limit: MOST_CATEGORIES,
            });
        }
        let lacking = self.rows.iter().filter(|&&row| cells.get(row).is_none_or(Option::is_none)).count();
        if lacking > 0 {
            self.filled.push((name.to_owned(), lacking));
        }
        // Commonest first, then by name, so that the order does not depend on the order of rows.
        sort_by(&mut counts, |a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let Some(((baseline, _), others)) = counts.split_first() else { return Ok(()) };
        self.baselines.push((name.to_owned(), (*baseline).to_owned()));
        for (category, _) in others {
            self.names.push(format!("{name} = {category}"));
            let indicator = self.rows.iter().map(|&row| f64::from(u8::from(word(row) == *category)));
            self.features.push(indicator.collect());
        }
        Ok(())
    }

    /// Cuts the rows in two at random: about `test_share` of them to judge by, the rest to learn from, each in its old order.
    ///
    /// # Errors
    /// [`DescentError::OutOfRange`] for a share that leaves either part without rows.
    pub fn split(&self, test_share: f64, seed: u64) -> Result<Split, DescentError> {
        let rows = self.target.len();
        let test = (rows as f64 * test_share).round();
        if !(test >= 1.0 && test < rows as f64) {
            return Err(DescentError::range(
                "testShare",
                "a share between 0 and 1 that leaves rows in both parts",
                test_share,
            ));
        }
        let mut order: Vec<usize> = (0..rows).collect();
        Random::new(seed).shuffle(&mut order);
        let (test, train) = order.split_at_mut(test as usize);
        test.sort_unstable();
        train.sort_unstable();
        Ok(Split { train: self.pick(train), test: self.pick(test) })
    }

    fn pick(&self, chosen: &[usize]) -> Self {
        let pick = |values: &[f64]| chosen.iter().filter_map(|&row| values.get(row).copied()).collect();
        Self {
            features: self.features.iter().map(|column| pick(column)).collect(),
            target: pick(&self.target),
            rows: chosen.iter().filter_map(|&row| self.rows.get(row).copied()).collect(),
            ..self.clone()
        }
    }
}
