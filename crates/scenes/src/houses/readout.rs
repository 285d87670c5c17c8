//! The numbers around the pictures, always in the units of the data, and what seldom changes: columns and table.

use super::Houses;
use crate::kit::json::{Json, Plain};
use crate::kit::tables::{Column, FeatureChoice, Unit};
use crate::plain;
use crate::readout::{ChoiceInfo, Control, ControlKind};
use crate::words::Language;

plain! {
    /// The exact least-squares fit.
    pub struct ExactFit {
        /// The slope.
        coefficients / "coefficients": Vec<f64>,
        /// The line where the feature is 0.
        intercept / "intercept": f64,
        /// Its mean squared error.
        mse / "mse": f64,
    }
}

plain! {
    /// The called-out house.
    pub struct HouseReadout {
        /// Which one, from 0.
        index / "index": usize,
        /// Its feature.
        x / "x": f64,
        /// What the line says.
        guessed / "guessed": f64,
        /// Its target.
        sold / "sold": f64,
        /// Sold less guessed.
        wrong_by / "wrongBy": f64,
    }
}

plain! {
    /// The numbers of `<downhill-houses>`. Those that are not finite are null.
    pub struct HousesNumbers {
        /// The slope: target units per feature unit.
        coefficients / "coefficients": Vec<f64>,
        /// The line where the feature is 0, target units.
        intercept / "intercept": f64,
        /// Mean squared error (1/n) Σ r², target units squared.
        mse / "mse": f64,
        /// Its root, the typical miss, target units.
        rmse / "rmse": f64,
        /// Share of the target's variance explained; null where the target never changes.
        r_squared / "rSquared": Option<f64>,
        /// Steps taken.
        steps / "steps": u64,
        /// The learning rate of the next step.
        learning_rate / "learningRate": f64,
        /// The ends of its slider.
        learning_rate_range / "learningRateRange": (f64, f64),
        /// For plain gradient descent on this loss: 2 over its largest curvature.
        largest_stable_learning_rate / "largestStableLearningRate": f64,
        /// The optimiser.
        optimizer / "optimizer": String,
        /// The least-squares line.
        exact / "exact": ExactFit,
        /// Whether the feature is standardised before learning.
        standardize / "standardize": bool,
        /// The column that the line guesses from.
        feature / "feature": String,
        /// The column that it guesses.
        target / "target": String,
        /// The called-out house; null where the line has no finite guess for it.
        house / "house": Option<HouseReadout>,
        /// How many houses were moved.
        moved / "moved": usize,
        /// Whether the contours are circles.
        contours_round / "contoursRound": bool,
        /// Whether misses are drawn.
        misses / "misses": bool,
        /// Whether the called-out house can be moved.
        moving / "moving": bool,
    }
}

impl Houses {
    pub(super) fn read_out(&self) -> HousesNumbers {
        let (line, best, mse) = (self.line(), self.fit.best_line(), self.loss());
        let ((x, sold), kind) = (self.called_house(), self.settings.optimizer);
        let guessed = line.at(x);
        let house = HouseReadout { index: self.called(), x, guessed, sold, wrong_by: sold - guessed };
        let (coefficients, intercept) = (vec![best.slope], best.intercept);
        HousesNumbers {
            coefficients: vec![line.slope],
            intercept: line.intercept,
            mse,
            rmse: mse.sqrt(),
            r_squared: self.fit.r_squared(mse),
            steps: self.walk.steps(),
            learning_rate: self.rate(),
            learning_rate_range: self.fit.rate_range(kind),
            largest_stable_learning_rate: self.fit.largest_stable_rate(),
            optimizer: kind.word().into(),
            exact: ExactFit { coefficients, intercept, mse: self.fit.floor },
            standardize: self.settings.standardize,
            feature: self.ground.rows.feature.id.clone(),
            target: self.ground.rows.target.id.clone(),
            house: guessed.is_finite().then_some(house),
            moved: self.settings.moved.len() / 3,
            contours_round: self.settings.standardize && self.fit.curved,
            misses: self.settings.misses,
            moving: self.settings.moving,
        }
    }

    pub(super) fn write_part(&self, name: &str, language: Language, out: &mut String) {
        match name {
            "features" => self.choices(Some(&self.ground.rows.target), language).write(out),
            "targets" => self.choices(None, language).write(out),
            _ => {
                let error = self.trouble.as_ref().map(|(error, _)| error);
                self.ground.sheet.read_out(&self.ground.rows, error, super::say::words(language)).write(out);
            }
        }
    }

    fn choices(&self, but: Option<&Column>, language: Language) -> Vec<FeatureChoice> {
        let voice = self.voice(language);
        let unit = |column: &Column| match column.unit {
            Unit::Dollars => "$",
            other => voice.say.unit(other),
        };
        let choice = |column: &Column| FeatureChoice {
            id: column.id.clone(),
            label: voice.with_unit(column),
            unit: unit(column).into(),
        };
        self.ground.sheet.columns.iter().filter(|column| Some(*column) != but).map(choice).collect()
    }

    pub(super) fn show_controls(&self, language: Language) -> Vec<Control> {
        let [scale, show, slope, intercept, exact, what_if] = super::say::words(language).controls();
        let (low, high) = self.fit.rate_range(self.settings.optimizer);
        let switch = |setting, heading: &'static str| Control {
            heading: heading.into(),
            row: "scale".into(),
            ..Control::of(setting, ControlKind::Switch)
        };
        let columns = self.choices(Some(&self.ground.rows.target), language);
        let choices = columns.into_iter().map(|c| ChoiceInfo { value: c.id.into(), label: c.label.into() }).collect();
        let line = self.line();
        let number = |act, label: &'static str, symbol: &'static str, value: f64| Control {
            symbol: symbol.into(),
            value: value.into(),
            row: "line".into(),
            ..Control::acting("line", act, ControlKind::Number, label)
        };
        let rate = Control {
            symbol: "η".into(),
            value: self.rate().into(),
            min: Some(low),
            max: Some(high),
            ..Control::of("learningRate", ControlKind::Rate)
        };
        let value: Json = self.ground.rows.feature.id.as_str().into();
        vec![
            rate,
            Control::of("optimizer", ControlKind::Choice),
            switch("standardize", scale),
            switch("misses", show),
            switch("moving", what_if),
            Control { value, choices, ..Control::of("features", ControlKind::List) },
            number("slope", slope, "m", line.slope),
            number("intercept", intercept, "b", line.intercept),
            Control { row: "line".into(), ..Control::acting("line", "exact", ControlKind::Button, exact) },
        ]
    }
}
