//! Links and undo: writing the state down and building the scene up again from it.

use std::sync::Arc;

use super::bowl::{Bowl, Line};
use super::data::{AMES, Houses, Sales};
use super::settings::{HousesState, LARGEST_PARAMETER, MOST_EDITS, STATE_VERSION, StateError};
use super::walk::{Footing, Walk, arrived};
use super::{HousesScene, layout, notices};

/// What undo goes back to.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    /// What was done since, in words: "moved house".
    pub what: &'static str,
    sales: Arc<Sales>,
    state: HousesState,
    rates: [[Option<f64>; 3]; 2],
    home: Line,
    anchor: Line,
}

/// The most things that can be undone.
const MOST_MEMORIES: usize = 50;

/// The name of a learner's own table in a state.
const OWN: &str = "own";

impl HousesScene {
    /// The state to be shared.
    pub(super) fn state_now(&self) -> HousesState {
        HousesState {
            version: STATE_VERSION,
            data: if self.sales.built_in { AMES.to_owned() } else { OWN.to_owned() },
            feature: self.feature.id.clone(),
            target: self.target.id.clone(),
            standardize: self.standardize,
            optimizer: self.optimizer,
            learning_rate: self.learning_rate(),
            start: self.walk.start(),
            legs: self.walk.legs().to_vec(),
            edits: self.edits.clone(),
            house: self.called,
            misses: self.misses,
        }
    }

    /// Shows the state of a link.
    pub(super) fn restore_link(&mut self, state: &HousesState) -> Result<(), StateError> {
        if state.version != STATE_VERSION {
            return Err(StateError::Version { got: state.version });
        }
        match state.data.as_str() {
            AMES => self.restore(Sales::ames(), state),
            OWN => {
                self.setting_notice = Some(notices::own_data_stays());
                Ok(())
            }
            other => Err(StateError::Data { got: other.chars().take(80).collect() }),
        }
    }

    /// Builds the scene up again; on an error nothing has changed.
    fn restore(&mut self, sales: Arc<Sales>, state: &HousesState) -> Result<(), StateError> {
        let number = |field| StateError::Number { field };
        let usable = |v: f64| v.abs() <= LARGEST_PARAMETER;
        if !(1e-60..=1e60).contains(&state.learning_rate) {
            return Err(number("learningRate"));
        }
        if !state.start.iter().all(|v| usable(*v)) {
            return Err(number("start"));
        }
        let feature = sales.column(&state.feature).map_err(StateError::Columns)?.clone();
        let target = sales.column(&state.target).map_err(StateError::Columns)?.clone();
        let houses = sales.houses(&feature.id, &target.id).map_err(StateError::Columns)?;
        if state.house >= houses.x.len() {
            return Err(number("house"));
        }
        if state.edits.len() > MOST_EDITS {
            return Err(StateError::Walk);
        }
        let (mut xs, mut ys) = (houses.x.clone(), houses.y.clone());
        for edit in &state.edits {
            match (xs.get_mut(edit.house), ys.get_mut(edit.house)) {
                (Some(x), Some(y)) if edit.x.abs() <= 1e50 && edit.y.abs() <= 1e50 => (*x, *y) = (edit.x, edit.y),
                _ => return Err(number("edits")),
            }
        }
        let bowl = Bowl::new(&xs, &ys);
        let basis = bowl.basis(state.standardize);
        let (walk, footing) = Walk::replay(&bowl, basis, state.start, &state.legs).ok_or(StateError::Walk)?;
        if !walk.line().is_finite() {
            return Err(number("start"));
        }
        self.take(sales, feature, target, houses);
        (self.xs, self.ys, self.edits) = (xs, ys, state.edits.clone());
        self.bowl = bowl;
        (self.standardize, self.optimizer) = (state.standardize, state.optimizer);
        self.remember_rate(state.learning_rate);
        self.walk = walk;
        self.footing = footing;
        self.settle();
        (self.called, self.misses) = (state.house, state.misses);
        self.keep_in_window();
        Ok(())
    }

    /// Puts the rows of two columns in place, with nothing moved, nothing learnt and no walk yet.
    pub(super) fn take(&mut self, sales: Arc<Sales>, feature: super::Column, target: super::Column, houses: Houses) {
        self.sales = sales;
        self.feature = feature;
        self.target = target;
        self.range_x = layout::range(&houses.x);
        self.range_y = layout::range(&houses.y);
        (self.xs, self.ys) = (houses.x.clone(), houses.y.clone());
        self.original = Arc::new(houses);
        self.edits.clear();
        self.bowl = Bowl::new(&self.xs, &self.ys);
        self.rates = [[None; 3]; 2];
        self.home = Line { slope: 0.0, intercept: 0.0 };
        self.anchor = self.home;
        self.drag = None;
        self.motion = None;
        self.running = None;
    }

    /// A walk that begins at the best line has arrived.
    pub(super) fn settle(&mut self) {
        if self.walk.steps() == 0 {
            let there = arrived(&self.bowl, self.walk.basis(), self.walk.here());
            self.footing = if there { Footing::Arrived } else { Footing::Walking };
        }
    }

    /// Remembers how things are, for undo. Doing the same again soon after is one thing to undo.
    pub(super) fn remember(&mut self, what: &'static str, merge: bool) {
        if merge && self.undo.last().is_some_and(|last| last.what == what) && self.walk.steps() == 0 {
            return;
        }
        if self.undo.len() >= MOST_MEMORIES {
            self.undo.remove(0);
        }
        let (sales, state) = (self.sales.clone(), self.state_now());
        self.undo.push(Memory { what, sales, state, rates: self.rates, home: self.home, anchor: self.anchor });
    }

    /// Goes back to the last thing remembered; whether there was one.
    pub(super) fn undo_last(&mut self) -> bool {
        let Some(memory) = self.undo.pop() else { return false };
        if self.restore(memory.sales.clone(), &memory.state).is_err() {
            return false;
        }
        (self.rates, self.home, self.anchor) = (memory.rates, memory.home, memory.anchor);
        self.data_error = None;
        self.setting_notice = None;
        true
    }
}
