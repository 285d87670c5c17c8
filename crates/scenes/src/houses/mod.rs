//! `houses`: a straight line fitted to real sales, as a scatter of houses, as a spot on the map of all lines, and as a loss that
//! falls step by step. The three pictures are one state: whatever moves in one moves in all.

mod bowl;
mod callouts;
mod data;
mod draw_history;
mod draw_map;
mod draw_scatter;
mod equation;
mod handles;
mod issues;
mod layout;
mod levels;
mod map_shapes;
mod map_view;
mod memory;
mod notices;
mod pointer;
mod readout;
mod settings;
mod speed;
mod update;
mod walk;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use bowl::{Basis, Bowl, Line};
pub use data::{Column, DataError, Houses, Sales, Unit};
pub use issues::Issues;
pub use readout::{DataReadout, ExactFit, FeatureChoice, HouseReadout, HousesReadout, Shortfall};
pub use settings::{Edit, HousesConfig, HousesSetting, HousesState, OptimizerKind, StateError};
pub use walk::Leg;

use crate::readout::{Notice, StageInfo, Status, Table};
use crate::scene::{Input, Layer, Outcome, Scene, Size};
use crate::surface::{DrawError, Ink};
use crate::theme::Theme;
use memory::Memory;
use pointer::Drag;
use walk::{Footing, Walk};

/// Index of the scatter of houses.
pub const SCATTER: usize = 0;
/// Index of the map of lines.
pub const MAP: usize = 1;
/// Index of the loss by steps.
pub const HISTORY: usize = 2;

/// The scene.
#[derive(Clone, Debug)]
pub struct HousesScene {
    sales: Arc<Sales>,
    feature: Column,
    target: Column,
    /// Complete rows as they stand in the table.
    original: Arc<Houses>,
    /// The same with the learner's moves.
    xs: Vec<f64>,
    ys: Vec<f64>,
    edits: Vec<Edit>,
    bowl: Bowl,
    /// What the scatter shows: ranges of the feature and the target.
    range_x: (f64, f64),
    range_y: (f64, f64),
    standardize: bool,
    optimizer: OptimizerKind,
    /// η by basis (standardised first) and optimiser, where it was chosen.
    rates: [[Option<f64>; 3]; 2],
    walk: Walk,
    footing: Footing,
    /// The line that the map's window is made to hold.
    anchor: Line,
    /// Where a reset leads.
    home: Line,
    called: usize,
    misses: bool,
    running: Option<Pace>,
    motion: Option<Motion>,
    drag: Option<Drag>,
    hover: Option<String>,
    focus: Option<String>,
    data_error: Option<DataError>,
    setting_notice: Option<Notice>,
    undo: Vec<Memory>,
    sizes: [Size; 3],
    reduced_motion: bool,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pace {
    /// Milliseconds not yet spent on steps.
    budget: f64,
    /// Steps since Run was pressed.
    steps: usize,
}

/// One step on its way across the pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Motion {
    from: [f64; 2],
    elapsed: f64,
}

impl Motion {
    /// The arrow grows.
    const GROW: f64 = 160.0;
    /// Then the point slides.
    const SLIDE: f64 = 260.0;
}

impl HousesScene {
    /// A scene on the sales of Ames. What the config asks for and cannot have is told in the readout.
    #[must_use]
    pub fn new(config: HousesConfig) -> Self {
        let mut scene = Self::blank(Sales::ames(), data::AMES_FEATURE, data::AMES_TARGET);
        if let Some(name) = config.data.filter(|name| !name.trim().is_empty() && name.trim() != data::AMES) {
            scene.setting_notice = Some(notices::unknown_data(&name));
        }
        let mut apply = |setting| scene.set(setting);
        if let Some(feature) = config.feature {
            apply(HousesSetting::Feature(feature));
        }
        if let Some(standardize) = config.standardize {
            apply(HousesSetting::Standardize(standardize));
        }
        if let Some(optimizer) = config.optimizer {
            apply(HousesSetting::Optimizer(optimizer));
        }
        if let Some(rate) = config.learning_rate {
            apply(HousesSetting::LearningRate(rate));
        }
        if let Some(house) = config.house {
            apply(HousesSetting::House(house));
        }
        if let Some(misses) = config.misses {
            apply(HousesSetting::Misses(misses));
        }
        if let Some([slope, intercept]) = config.start {
            let line = Line { slope, intercept };
            if scene.sound(line) {
                scene.home = line;
                scene.place(line);
            }
        }
        scene.undo.clear();
        scene
    }

    /// The scene of a link.
    ///
    /// # Errors
    /// [`StateError`] for a state that this version cannot show. A link made with a learner's own table shows Ames and says so.
    pub fn from_state(state: &HousesState) -> Result<Self, StateError> {
        let mut scene = Self::new(HousesConfig::default());
        scene.restore_link(state)?;
        Ok(scene)
    }

    /// A scene on two columns of a table; without complete rows it stands on a line of two made-up houses, which only a
    /// table that cannot be read would show.
    fn blank(sales: Arc<Sales>, feature: &str, target: &str) -> Self {
        let houses = sales.houses(feature, target).unwrap_or_else(|_| Houses {
            x: vec![0.0, 1.0],
            y: vec![0.0, 1.0],
            ..Houses::default()
        });
        let named = |id: &str| sales.column(id).cloned().unwrap_or_else(|_| Column::new(id));
        let (feature, target) = (named(feature), named(target));
        let bowl = Bowl::new(&houses.x, &houses.y);
        let home = Line { slope: 0.0, intercept: 0.0 };
        let basis = bowl.standard();
        let walk = Walk::new(&bowl, basis, basis.parameters(home));
        let mut scene = Self {
            range_x: layout::range(&houses.x),
            range_y: layout::range(&houses.y),
            xs: houses.x.clone(),
            ys: houses.y.clone(),
            original: Arc::new(houses),
            sales,
            feature,
            target,
            edits: Vec::new(),
            bowl,
            standardize: true,
            optimizer: OptimizerKind::Sgd,
            rates: [[None; 3]; 2],
            walk,
            footing: Footing::Walking,
            anchor: home,
            home,
            called: 0,
            misses: true,
            running: None,
            motion: None,
            drag: None,
            hover: None,
            focus: None,
            data_error: None,
            setting_notice: None,
            undo: Vec::new(),
            sizes: [(548.0, 420.0), (388.0, 420.0), (548.0, 172.0)].map(|(width, height)| Size { width, height }),
            reduced_motion: false,
        };
        scene.called = scene.telling_house();
        scene
    }

    /// The line as it stands.
    #[must_use]
    pub fn line(&self) -> Line {
        self.walk.line()
    }

    /// η of the next step.
    #[must_use]
    pub fn learning_rate(&self) -> f64 {
        let chosen = self.rates.get(usize::from(!self.standardize)).and_then(|row| row.get(self.optimizer as usize));
        chosen.copied().flatten().unwrap_or_else(|| speed::default_rate(&self.bowl, self.basis(), self.optimizer))
    }

    /// Where the run stands.
    #[must_use]
    pub fn status(&self) -> Status {
        match self.footing {
            _ if self.running.is_some() => Status::Running,
            Footing::Arrived => Status::Converged,
            Footing::Stalled | Footing::Full => Status::Stalled,
            Footing::Rising | Footing::Endless => Status::Diverged,
            Footing::Walking if self.walk.steps() > 0 => Status::Paused,
            Footing::Walking => Status::Idle,
        }
    }

    fn basis(&self) -> Basis {
        self.bowl.basis(self.standardize)
    }

    /// Whether a walk can begin at a line: it can be said in either basis, with room for its loss.
    fn sound(&self, line: Line) -> bool {
        let small = |p: [f64; 2]| p.iter().all(|v| v.abs() <= settings::LARGEST_PARAMETER);
        small(Basis::RAW.parameters(line)) && small(self.bowl.standard().parameters(line))
    }

    /// The typical miss of the line as it stands: the root of the mean squared error.
    fn typical_miss(&self) -> f64 {
        self.walk.loss().sqrt()
    }

    /// The house that tells most: a large one (two deviations above the mean) that sold for well above what the best line says
    /// (two and three quarter typical misses). On Ames it is the thread of the course: guessed near $300,000, sold near $450,000.
    fn telling_house(&self) -> usize {
        let (bowl, miss) = (&self.bowl, self.bowl.floor.sqrt().max(1e-300));
        let score = |x: f64, y: f64| {
            let large = (x - bowl.mean_x) / bowl.deviation_x - 2.0;
            let above = (y - bowl.best().at(x)) / miss - 2.75;
            large * large + above * above
        };
        let scores = self.xs.iter().zip(&self.ys).map(|(x, y)| score(*x, *y));
        scores.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
    }

    /// Feature and target of the called-out house.
    fn called_house(&self) -> (f64, f64) {
        let at = |values: &[f64]| values.get(self.called).copied().unwrap_or(0.0);
        (at(&self.xs), at(&self.ys))
    }

    /// The parameters as shown: on their way while a step is animated.
    fn shown(&self) -> [f64; 2] {
        let here = self.walk.here();
        let Some(motion) = self.motion else { return here };
        let t = ((motion.elapsed - Motion::GROW) / Motion::SLIDE).clamp(0.0, 1.0);
        // Fast, then easing out, as the interface does.
        let eased = 1.0 - (1.0 - t) * (1.0 - t) * (1.0 - t);
        [0, 1].map(|i| {
            let (from, to) =
                (if i == 0 { motion.from[0] } else { motion.from[1] }, if i == 0 { here[0] } else { here[1] });
            from + (to - from) * eased
        })
    }
}

impl Scene for HousesScene {
    type Setting = HousesSetting;
    type Readout = HousesReadout;
    type State = HousesState;

    fn stages(&self) -> Vec<StageInfo> {
        self.stage_infos()
    }

    fn resize(&mut self, stage: usize, size: Size) {
        let usable = size.width.is_finite() && size.height.is_finite() && size.width >= 40.0 && size.height >= 40.0;
        if let Some(kept) = self.sizes.get_mut(stage).filter(|_| usable && size.width <= 1e4 && size.height <= 1e4) {
            *kept = size;
        }
    }

    fn set_reduced_motion(&mut self, reduced: bool) {
        self.reduced_motion = reduced;
        if reduced {
            self.motion = None;
        }
    }

    fn update(&mut self, input: Input<HousesSetting>) -> Outcome {
        self.apply(input)
    }

    fn readout(&self) -> HousesReadout {
        self.read_out()
    }

    fn description(&self, stage: usize) -> String {
        self.descriptions().into_iter().nth(stage).unwrap_or_default()
    }

    fn table(&self) -> Table {
        self.tabulate()
    }

    fn base_version(&self, stage: usize) -> u64 {
        self.version(stage)
    }

    fn paint(&self, stage: usize, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError> {
        match stage {
            SCATTER => self.draw_scatter(layer, surface, theme),
            MAP => self.draw_map(layer, surface, theme),
            HISTORY => self.draw_history(layer, surface, theme),
            _ => Ok(()),
        }
    }

    fn state(&self) -> HousesState {
        self.state_now()
    }
}
