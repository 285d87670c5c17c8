//! The numbers around the pictures, always in the units of the data.

use descent::table::RowIssue;
use serde::Serialize;

use super::bowl::Line;
use super::data::Unit;
use super::settings::OptimizerKind;
use super::walk::Footing;
use super::{HousesScene, speed};
use crate::number::{fixed, significant};
use crate::readout::{Figure, Panel, Role, Status, Table};

/// The readout of `houses`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HousesReadout {
    /// What every widget reads out.
    #[serde(flatten)]
    pub panel: Panel,
    /// The slope: target units per feature unit.
    pub coefficients: Vec<f64>,
    /// The line where the feature is 0, target units.
    pub intercept: f64,
    /// Mean squared error (1/n) Σ r², target units squared.
    pub mse: f64,
    /// Its root, the typical miss, target units.
    pub rmse: f64,
    /// Share of the target's variance explained; none where the target never changes.
    pub r_squared: Option<f64>,
    /// Steps taken.
    pub steps: usize,
    /// η of the next step.
    pub learning_rate: f64,
    /// Ends of the learning rate's slider.
    pub learning_rate_range: [f64; 2],
    /// For plain gradient descent on this loss: 2 over its largest curvature.
    pub largest_stable_learning_rate: f64,
    /// Which optimiser.
    pub optimizer: OptimizerKind,
    /// Where the run stands.
    pub status: Status,
    /// Why it ended.
    pub reason: Option<String>,
    /// The least-squares line.
    pub exact: ExactFit,
    /// Whether the feature is standardised before learning.
    pub standardize: bool,
    /// The column the line guesses from.
    pub feature: String,
    /// The column it guesses.
    pub target: String,
    /// The columns to choose from, the target left out.
    pub features: Vec<FeatureChoice>,
    /// The columns that can be the target.
    pub targets: Vec<FeatureChoice>,
    /// The called-out house.
    pub house: Option<HouseReadout>,
    /// The table.
    pub data: DataReadout,
    /// How many houses were moved.
    pub moved: usize,
    /// Whether the contours are circles.
    pub contours_round: bool,
    /// Whether misses are drawn.
    pub misses: bool,
    /// What a link to this moment will not carry, if anything.
    pub share_note: Option<String>,
}

/// The exact least-squares fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ExactFit {
    /// The slope.
    pub coefficients: Vec<f64>,
    /// Where the feature is 0.
    pub intercept: f64,
    /// Its mean squared error.
    pub mse: f64,
}

/// A column to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FeatureChoice {
    /// Its name in the table.
    pub id: String,
    /// Its name for people, with its unit: "living area, sq ft".
    pub label: String,
    /// What it counts: "$", "sq ft", "year" or nothing.
    pub unit: String,
}

/// The called-out house.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HouseReadout {
    /// Which one, from 0.
    pub index: usize,
    /// Its feature.
    pub x: f64,
    /// What the line says.
    pub guessed: f64,
    /// Its target.
    pub sold: f64,
    /// Sold less guessed.
    pub wrong_by: f64,
}

/// The table behind the picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DataReadout {
    /// "ames", or what the learner's table is called.
    pub label: String,
    /// Rows read.
    pub rows: usize,
    /// Rows used: those with a number in both columns.
    pub used: usize,
    /// Rows left out, by reason.
    pub dropped: Vec<Shortfall>,
    /// The first twenty problems, by line.
    pub issues: Vec<RowIssue>,
    /// How many problems there are in all.
    pub issue_count: usize,
    /// What was done to the header.
    pub notes: Vec<String>,
    /// Why the last table or choice of columns could not be used, if so: the one before is kept.
    pub error: Option<DataProblem>,
    /// What may be dropped here, in one sentence.
    pub limits: String,
}

/// Why a table cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DataProblem {
    /// A short stable name for programs.
    pub code: String,
    /// A few words.
    pub title: String,
    /// What is wrong and what to do.
    pub text: String,
}

/// Rows left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Shortfall {
    /// Why.
    pub reason: String,
    /// How many.
    pub count: usize,
}

/// The most rows of the table for readers who do not see the picture.
const ROWS_SHOWN: usize = 200;

impl HousesScene {
    /// The readout of this moment.
    pub(super) fn read_out(&self) -> HousesReadout {
        let (line, best) = (self.line(), self.bowl.best());
        let mse = self.walk.loss();
        let (low, high) = speed::rate_range(&self.bowl, self.basis(), self.optimizer);
        let (x, sold) = self.called_house();
        let guessed = line.at(x);
        let choices = |but: &str| {
            let columns = self.sales.columns.iter().filter(|c| c.id != but);
            columns
                .map(|c| FeatureChoice { id: c.id.clone(), label: c.label_with_unit(), unit: unit_word(c.unit).into() })
                .collect()
        };
        HousesReadout {
            panel: self.panel(),
            coefficients: vec![line.slope],
            intercept: line.intercept,
            mse,
            rmse: mse.sqrt(),
            r_squared: self.bowl.r_squared(mse),
            steps: self.walk.steps(),
            learning_rate: self.learning_rate(),
            learning_rate_range: [low, high],
            largest_stable_learning_rate: self.bowl.largest_stable_rate(self.basis()),
            optimizer: self.optimizer,
            status: self.status(),
            reason: self.reason(),
            exact: exact(best, self.bowl.floor),
            standardize: self.standardize,
            feature: self.feature.id.clone(),
            target: self.target.id.clone(),
            features: choices(&self.target.id),
            targets: choices(""),
            house: guessed.is_finite().then_some(HouseReadout {
                index: self.called,
                x,
                guessed,
                sold,
                wrong_by: sold - guessed,
            }),
            data: self.data_readout(),
            moved: self.edits.len(),
            contours_round: self.standardize && self.bowl.curvature > 0.0,
            misses: self.misses,
            share_note: (!self.sales.built_in).then(|| {
                "A link never carries your table: whoever opens it sees the Ames sales. Your rows stay in this browser.".into()
            }),
        }
    }

    fn data_readout(&self) -> DataReadout {
        let report = &self.sales.report;
        DataReadout {
            label: self.sales.label.clone(),
            rows: report.rows,
            used: self.xs.len(),
            dropped: self
                .original
                .dropped
                .iter()
                .map(|(reason, count)| Shortfall { reason: reason.clone(), count: *count })
                .collect(),
            issues: self.original.issues.named.clone(),
            issue_count: self.original.issues.count,
            notes: report.notes.clone(),
            error: self.data_error.as_ref().map(|error| DataProblem {
                code: error.code().into(),
                title: "This table cannot be used".into(),
                text: error.to_string(),
            }),
            limits: "CSV with a line of names, up to 1 MiB, 50,000 rows and 64 columns. It stays in this browser."
                .into(),
        }
    }

    fn panel(&self) -> Panel {
        Panel {
            prompt: self.prompt(),
            figures: self.figures(),
            equation: self.equation(),
            equation_spoken: self.equation_spoken(),
            explain: self.explain(),
            notice: self.notice(),
            descriptions: self.descriptions(),
            handles: self.handles(),
            can_step: !matches!(self.footing, Footing::Rising | Footing::Endless | Footing::Full),
            can_step_back: self.walk.steps() > 0,
            can_reset: self.can_reset(),
            undo: self.undo.last().map(|memory| format!("Undo: {}", memory.what)),
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let mse = self.walk.loss();
        let figure =
            |id: &str, label: &str, value: String, role| Figure { id: id.into(), label: label.into(), value, role };
        let (label, squared) = match self.target.unit {
            // A million square dollars is a thousand dollars squared.
            Unit::Dollars if mse >= 1e5 => ("mean squared error, ($1,000)²", in_thousands(mse / 1e6)),
            Unit::Dollars => ("mean squared error, $²", significant(mse, 4)),
            _ => ("mean squared error", significant(mse, 4)),
        };
        let share = self
            .bowl
            .r_squared(mse)
            .map_or("undefined".into(), |r| if r < -99.0 { "below −99".into() } else { fixed(r, 2) });
        vec![
            figure("rmse", "typical miss", self.amount(self.rounded(self.typical_miss())), Role::Loss),
            figure("mse", label, squared, Role::Loss),
            figure("rSquared", "share explained, R²", share, Role::Prediction),
        ]
    }

    /// The houses as a table, evenly spread where there are more than are shown.
    pub(super) fn tabulate(&self) -> Table {
        let line = self.line();
        let shown = evenly(self.xs.len(), ROWS_SHOWN);
        let rows = shown.iter().filter_map(|&house| {
            let (x, sold) = (*self.xs.get(house)?, *self.ys.get(house)?);
            let (guessed, sold) = (self.rounded(line.at(x)), self.rounded(sold));
            Some(vec![
                (house + 1).to_string(),
                self.feature.number(x),
                self.amount(sold),
                self.amount(guessed),
                self.amount(sold - guessed),
            ])
        });
        let all = self.xs.len();
        let caption = if shown.len() < all {
            format!(
                "{} of {} houses, spread evenly over all, with the guess of the present line",
                shown.len(),
                fixed(all as f64, 0)
            )
        } else {
            format!("All {all} houses with the guess of the present line")
        };
        Table {
            caption,
            columns: vec![
                "house".into(),
                self.feature.label_with_unit(),
                self.target.label.clone(),
                "guess".into(),
                "sold less guessed".into(),
            ],
            rows: rows.collect(),
        }
    }
}

fn exact(best: Line, floor: f64) -> ExactFit {
    ExactFit { coefficients: vec![best.slope], intercept: best.intercept, mse: floor }
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Dollars => "$",
        Unit::SquareFeet => "sq ft",
        Unit::Year => "year",
        Unit::Plain => "",
    }
}

fn in_thousands(value: f64) -> String {
    if value >= 1e9 { significant(value, 3) } else { fixed(value, usize::from(value < 10.0)) }
}

/// At most `most` indices below `all`, evenly spaced, the first and the last among them.
pub(super) fn evenly(all: usize, most: usize) -> Vec<usize> {
    if all <= most || most < 2 {
        return (0..all.min(most.max(all.min(1)))).collect();
    }
    (0..most).map(|i| i * (all - 1) / (most - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_selection_holds_both_ends() {
        assert_eq!(evenly(5, 200), [0, 1, 2, 3, 4]);
        let some = evenly(2930, 120);
        assert_eq!((some.len(), some[0], some[119]), (120, 0, 2929));
        assert!(some.windows(2).all(|pair| pair[1] > pair[0]));
    }
}
