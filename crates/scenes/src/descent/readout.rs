//! The numbers, words and formulas around the chart.

use serde::Serialize;

use super::curve::Slope;
use super::walk::{OptimizerKind, Way};
use super::{CURVE, DescentScene, HANDLE};
use crate::number::{decade, fixed, significant, ten_to};
use crate::readout::{Figure, FormulaMistake, Handle, Panel, Role, Status, Table};

/// What the widget reads out. Numbers that are not finite are absent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DescentReadout {
    /// What every widget reads out.
    #[serde(flatten)]
    pub panel: Panel,
    /// The parameter: one number.
    pub at: Vec<f64>,
    /// The loss there.
    pub value: Option<f64>,
    /// The slope there that a step follows: one number, or none.
    pub gradient: Vec<f64>,
    /// Where the next step leads: one number, or none.
    pub next: Vec<f64>,
    /// Steps taken.
    pub steps: usize,
    /// The learning rate.
    pub learning_rate: f64,
    /// The optimiser.
    pub optimizer: OptimizerKind,
    /// Where the run stands.
    pub status: Status,
    /// Why it ended, in one sentence.
    pub reason: Option<String>,
    /// The formula.
    pub formula: FormulaReadout,
    /// The blindfold.
    pub blindfold: BlindfoldReadout,
    /// The triangle under the tangent, if one is drawn.
    pub triangle: Option<TriangleReadout>,
    /// A smaller rate that settles, offered when a run ran away.
    pub suggested_learning_rate: Option<f64>,
    /// Rates below this settle in the nearest valley, near its floor.
    pub largest_stable_learning_rate: Option<f64>,
    /// The ends of the logarithmic slider.
    pub learning_rate_range: (f64, f64),
    /// The stretch of the parameter that is shown.
    pub domain: (f64, f64),
}

/// The formula and its derivative.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormulaReadout {
    /// The formula that is drawn, as typed.
    pub text: String,
    /// The same, typeset: a whole `<math>` element.
    pub mathml: String,
    /// Its variable.
    pub variable: String,
    /// Its derivative as text.
    pub derivative_text: String,
    /// The same, typeset.
    pub derivative_mathml: String,
    /// What is wrong with what was typed last, if anything.
    pub mistake: Option<FormulaMistake>,
    /// What was typed last, if something is wrong with it.
    pub mistake_text: Option<String>,
    /// How ambiguous spellings were read.
    pub notes: Vec<String>,
}

/// What the blindfold hides and counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BlindfoldReadout {
    /// Whether it is on.
    pub on: bool,
    /// Moves since the start: steps, and each leap by hand as one.
    pub steps_taken: usize,
    /// How many of them were leaps.
    pub leaps: usize,
    /// The lowest place stood on so far.
    pub lowest_found: Option<f64>,
    /// Whether the ball has settled in the lowest valley in view; none while it has not settled.
    pub in_lowest_valley: Option<bool>,
}

/// Rise and run of the tangent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TriangleReadout {
    /// Along the parameter.
    pub run: f64,
    /// Along the loss: the slope times the run.
    pub rise: f64,
}

impl DescentScene {
    pub(super) fn read_out(&self) -> DescentReadout {
        let step = self.next_step();
        let here = self.walk.here().ground;
        let status = self.status();
        let finite = |v: f64| v.is_finite().then_some(v);
        let next = self.walk.next(self.optimizer, self.rate).ok().map(|(x, _)| x);
        let notice = self.notice();
        let diverged = status == Status::Diverged;
        let panel = Panel {
            prompt: self.prompt(),
            figures: self.figures(),
            equation: step.as_ref().map(|s| self.equation(s)).unwrap_or_default(),
            equation_spoken: step.as_ref().map(|s| self.equation_spoken(s)).unwrap_or_default(),
            explain: self.explain(step.as_ref()),
            notice,
            descriptions: self.descriptions(step.as_ref()),
            handles: vec![self.handle()],
            can_step: next.is_some() && !diverged && self.mistake.is_none() && self.walk.len() < super::LONGEST,
            can_step_back: !self.walk.is_empty() || self.walk.refused(),
            can_reset: self.can_reset(),
            undo: self.before.as_ref().map(|b| format!("Undo: {}", b.what)),
        };
        DescentReadout {
            panel,
            at: vec![here.x],
            value: here.value,
            gradient: here.gradient().into_iter().collect(),
            next: next.into_iter().collect(),
            steps: self.walk.steps(),
            learning_rate: self.rate,
            optimizer: self.optimizer,
            status,
            reason: self.reason(),
            formula: self.formula(),
            blindfold: self.blindfold_readout(),
            triangle: self.triangle().map(|t| TriangleReadout { run: t.run, rise: t.rise }),
            suggested_learning_rate: self.suggestion,
            largest_stable_learning_rate: self.largest_stable_rate().and_then(finite),
            learning_rate_range: self.rate_range(),
            domain: self.land.domain,
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let here = self.walk.here().ground;
        let figure =
            |id: &str, label: &str, value: String, role| Figure { id: id.into(), label: label.into(), value, role };
        let steps = if self.blindfold { self.walk.len() } else { self.walk.steps() };
        let step = figure("step", "step", fixed(steps as f64, 0), Role::Ink);
        if self.blindfold {
            let slope = match here.slope {
                Slope::Smooth(slope) => fixed(slope, self.slope_decimals()),
                Slope::Kink { .. } => "no single slope".into(),
                Slope::Vertical { .. } => "no finite value".into(),
                Slope::Missing => "undefined".into(),
            };
            return vec![step, figure("slope", "slope here", slope, Role::Gradient)];
        }
        let loss = here.value.map_or("undefined here".into(), |v| self.loss_text(v));
        vec![step, figure("loss", "loss now", loss, Role::Loss)]
    }

    /// A loss as it is shown everywhere.
    pub(super) fn loss_text(&self, value: f64) -> String {
        if value.abs() > 1e4 * self.land.rise().max(1e-300) && value.abs() >= 1e6 {
            return significant(value, 3);
        }
        fixed(value, self.value_decimals())
    }

    fn handle(&self) -> Handle {
        let x = self.walk.here().ground.x;
        let (px, py) = self.handle_place();
        let variable = self.curve.variable();
        let digits = self.place_decimals();
        let value_text = match self.walk.here().ground.value {
            Some(_) => format!("{variable} = {}", fixed(x, digits)),
            None => format!("{variable} = {}, undefined here", fixed(x, digits)),
        };
        Handle {
            id: HANDLE.into(),
            stage: CURVE,
            label: format!("parameter {variable}"),
            x: px,
            y: py,
            value: x,
            value_text,
            min: self.land.domain.0,
            max: self.land.domain.1,
        }
    }

    fn formula(&self) -> FormulaReadout {
        let expression = self.curve.expression();
        let derivative = self.curve.derivative();
        FormulaReadout {
            text: self.curve.text().to_owned(),
            mathml: expression.mathml(),
            variable: self.curve.variable().to_owned(),
            derivative_text: derivative.map(|d| d.text()).unwrap_or_default(),
            derivative_mathml: derivative.map(|d| d.mathml()).unwrap_or_default(),
            mistake: self.mistake.as_ref().map(|(_, mistake)| mistake.clone()),
            mistake_text: self.mistake.as_ref().map(|(text, _)| text.clone()),
            notes: expression.notes().iter().map(|note| note.message.clone()).collect(),
        }
    }

    fn blindfold_readout(&self) -> BlindfoldReadout {
        let lowest = self.walk.entries().filter_map(|e| e.ground.value.map(|v| (e.ground.x, v)));
        BlindfoldReadout {
            on: self.blindfold,
            steps_taken: self.walk.len(),
            leaps: self.walk.leaps(),
            lowest_found: lowest.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(x, _)| x),
            in_lowest_valley: (self.ending() == Some(super::ending::Ending::Settled))
                .then(|| self.found_the_lowest())
                .flatten(),
        }
    }

    /// From a crawl to past the largest rate that settles, in whole powers of ten, with the present rate inside.
    fn rate_range(&self) -> (f64, f64) {
        let limit = self.land.nearest(self.walk.start()).and_then(|v| v.curvature).map_or(0.5, |c| 2.0 / c);
        let limit = if (1e-9..=1e9).contains(&limit) { limit } else { 0.5 };
        let at_least = |v: f64| ten_to(decade(v) + i32::from(ten_to(decade(v)) < v * (1.0 - 1e-12)));
        let low = ten_to(decade(limit / 30.0)).min(ten_to(decade(self.rate)));
        let high = at_least(limit * 1.6).max(at_least(self.rate));
        (low, high)
    }

    /// The plotted numbers.
    pub(super) fn tabulate(&self) -> Table {
        const MOST: usize = 200;
        let w = self.curve.variable();
        let total = self.walk.len() + 1;
        let (xs, ls, ss) = (self.place_decimals() + 2, self.value_decimals() + 2, self.slope_decimals() + 2);
        let first = total.saturating_sub(MOST);
        let rows = self
            .walk
            .entries()
            .enumerate()
            .skip(first)
            .map(|(i, entry)| {
                let ground = entry.ground;
                let loss = match (self.blindfold, ground.value) {
                    (true, _) => "hidden".into(),
                    (false, Some(v)) => fixed(v, ls),
                    (false, None) => "undefined".into(),
                };
                let slope = ground.gradient().map_or("no finite value".into(), |s| fixed(s, ss));
                let how = match entry.way {
                    Way::Start => "start",
                    Way::Step { .. } => "step",
                    Way::Leap => "by hand",
                };
                vec![i.to_string(), how.to_owned(), fixed(ground.x, xs), loss, slope]
            })
            .collect();
        let part = if first > 0 { format!("; the last {MOST} of {total} places") } else { String::new() };
        Table {
            caption: format!(
                "The walk on L({w}) = {} with {} at learning rate {}{part}",
                self.curve.text(),
                self.optimizer_name(),
                super::equation::rate_text(self.rate)
            ),
            columns: vec!["step".into(), "how".into(), format!("parameter {w}"), "loss".into(), "slope".into()],
            rows,
        }
    }
}
