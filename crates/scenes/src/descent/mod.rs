//! `<downhill-descent>` on a curve: a ball on a loss of one parameter, stepped downhill.

mod blindfold;
mod curve;
mod draw;
mod ending;
mod equation;
mod history;
mod landscape;
mod motion;
mod picture;
mod readout;
mod state;
mod tangent;
mod trail;
mod update;
mod walk;
mod words;

pub use curve::{Curve, DEFAULT_FORMULA, Ground, Slope};
pub use landscape::{Landscape, Valley};
pub use readout::{BlindfoldReadout, DescentReadout, FormulaReadout, TriangleReadout};
pub use state::{DescentConfig, DescentSetting, DescentState, StateError, VERSION};
pub use walk::{LONGEST, Move, OptimizerKind, RISES, Walk};

use crate::readout::{FormulaMistake, StageInfo, Table};
use crate::scene::{Input, Layer, Outcome, Scene, Size};
use crate::surface::{DrawError, Ink};
use crate::theme::Theme;
use motion::Motion;
use picture::Pictures;

/// The stage with the curve.
pub const CURVE: usize = 0;
/// The stage with the loss against steps.
pub const HISTORY: usize = 1;
/// The id of the only handle.
pub const HANDLE: &str = "at";

/// The learning rate at the start.
const DEFAULT_RATE: f64 = 0.3;

/// What the pointer and the keyboard are doing.
#[derive(Clone, Copy, Debug, Default)]
struct Touching {
    hovered: bool,
    focused: bool,
    /// While dragging: how far right of the pointer the ball was taken, CSS pixels, and whether it has moved yet.
    dragging: Option<Drag>,
    /// The last move was made by keys and may go on as the same leap.
    by_keys: bool,
}

#[derive(Clone, Copy, Debug)]
struct Drag {
    offset: f64,
    moved: bool,
}

/// What the last undoable change can be taken back to.
#[derive(Clone, Debug)]
struct Before {
    what: &'static str,
    state: DescentState,
}

/// The widget.
#[derive(Clone, Debug)]
pub struct DescentScene {
    curve: Curve,
    /// A formula that could not be read, as typed, and why.
    mistake: Option<(String, FormulaMistake)>,
    land: Landscape,
    domain: Option<(f64, f64)>,
    home: Option<f64>,
    rate: f64,
    optimizer: OptimizerKind,
    blindfold: bool,
    walk: Walk,
    running: bool,
    motion: Motion,
    touching: Touching,
    before: Option<Before>,
    /// After a run ran away: a smaller rate that was tried and settles. Trying takes a while, so it is done once.
    suggestion: Option<f64>,
    pictures: Pictures,
}

impl DescentScene {
    /// A scene from what a page asks for. A formula that cannot be read leaves the default one and tells of the mistake.
    pub fn new(config: DescentConfig) -> Self {
        let (curve, mistake) = match config.formula.as_deref().map(|text| (text, Curve::read(text))) {
            Some((_, Ok(curve))) => (Some(curve), None),
            Some((text, Err(mistake))) => (None, Some((text.to_owned(), mistake))),
            None => (None, None),
        };
        let curve = curve.unwrap_or_else(Curve::default_loss);
        let domain = config.domain.filter(|d| landscape::usable(*d));
        let home = config.start.filter(|x| x.is_finite());
        let land = Landscape::survey(&curve, domain);
        let start = start_of(&curve, &land, home);
        Self {
            walk: Walk::new(&curve, start),
            pictures: Pictures::new(),
            curve,
            mistake,
            land,
            domain,
            home,
            rate: config.learning_rate.filter(|r| usable_rate(*r)).unwrap_or(DEFAULT_RATE),
            optimizer: config.optimizer.unwrap_or_default(),
            blindfold: config.blindfold.unwrap_or(false),
            running: false,
            motion: Motion::default(),
            touching: Touching::default(),
            before: None,
            suggestion: None,
        }
        .pictured()
    }

    /// A scene from a link, with the same bits.
    ///
    /// # Errors
    /// What in the state makes no sense.
    pub fn from_state(state: DescentState) -> Result<Self, StateError> {
        if state.version != VERSION {
            return Err(StateError::Version(state.version));
        }
        let curve = Curve::read(&state.formula).map_err(|mistake| StateError::Formula(mistake.message))?;
        if !state.start.is_finite() {
            return Err(StateError::Number("start"));
        }
        if state.home.is_some_and(|x| !x.is_finite()) {
            return Err(StateError::Number("home"));
        }
        if !usable_rate(state.learning_rate) {
            return Err(StateError::Number("learning rate"));
        }
        if state.domain.is_some_and(|d| !landscape::usable(d)) {
            return Err(StateError::Number("domain"));
        }
        let walk = Walk::replay(&curve, state.start, &state.moves, state.refused).map_err(StateError::Moves)?;
        Ok(Self {
            walk,
            pictures: Pictures::new(),
            land: Landscape::survey(&curve, state.domain),
            curve,
            mistake: None,
            domain: state.domain,
            home: state.home,
            rate: state.learning_rate,
            optimizer: state.optimizer,
            blindfold: state.blindfold,
            running: false,
            motion: Motion::default(),
            touching: Touching::default(),
            before: None,
            suggestion: None,
        }
        .pictured())
    }

    /// The handle under a point of a stage, if any. A finger reaches farther than a mouse.
    pub fn hit(&self, stage: usize, kind: crate::scene::PointerKind, x: f64, y: f64) -> Option<&'static str> {
        self.hits(stage, kind, x, y).then_some(HANDLE)
    }

    /// The curve, as it is drawn now.
    pub fn curve(&self) -> &Curve {
        &self.curve
    }

    /// What is shown of it.
    pub fn landscape(&self) -> &Landscape {
        &self.land
    }

    /// The walk so far.
    pub fn walk(&self) -> &Walk {
        &self.walk
    }

    fn pictured(mut self) -> Self {
        self.try_smaller_rates();
        self.redraw_base();
        self
    }

    /// Makes the base layers anew: after another formula, view, size or blindfold.
    fn redraw_base(&mut self) {
        self.pictures.renew(&self.curve, &self.land);
    }
}

/// Where a walk over a new curve begins.
fn start_of(curve: &Curve, land: &Landscape, home: Option<f64>) -> f64 {
    home.filter(|x| curve.value(*x).is_some()).unwrap_or_else(|| land.start(curve))
}

fn usable_rate(rate: f64) -> bool {
    rate.is_finite() && rate > 0.0 && (1e-12..=1e12).contains(&rate)
}

impl Scene for DescentScene {
    type Setting = DescentSetting;
    type Readout = DescentReadout;
    type State = DescentState;

    fn stages(&self) -> Vec<StageInfo> {
        let stage = |id: &str, title: &str, wide_aspect, narrow_aspect| StageInfo {
            id: id.into(),
            title: title.into(),
            wide_aspect,
            narrow_aspect,
        };
        vec![
            stage("curve", "", 430.0 / 960.0, 330.0 / 350.0),
            stage("history", "The loss, step by step", 190.0 / 960.0, 170.0 / 350.0),
        ]
    }

    fn resize(&mut self, stage: usize, size: Size) {
        let sound = |v: f64| v.is_finite() && (40.0..=20_000.0).contains(&v);
        if sound(size.width) && sound(size.height) && self.pictures.resize(stage, size) {
            self.redraw_base();
        }
    }

    fn set_reduced_motion(&mut self, reduced: bool) {
        self.motion.set_reduced(reduced);
    }

    fn update(&mut self, input: Input<DescentSetting>) -> Outcome {
        self.take(input)
    }

    fn readout(&self) -> DescentReadout {
        self.read_out()
    }

    fn description(&self, stage: usize) -> String {
        self.descriptions(self.next_step().as_ref()).into_iter().nth(stage).unwrap_or_default()
    }

    fn table(&self) -> Table {
        self.tabulate()
    }

    fn base_version(&self, stage: usize) -> u64 {
        self.pictures.version(stage)
    }

    fn paint(&self, stage: usize, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError> {
        match stage {
            CURVE => self.draw_curve(layer, surface, theme),
            HISTORY => self.draw_history(layer, surface, theme),
            _ => Ok(()),
        }
    }

    fn state(&self) -> DescentState {
        DescentState {
            version: VERSION,
            formula: self.curve.text().to_owned(),
            home: self.home,
            domain: self.domain,
            learning_rate: self.rate,
            optimizer: self.optimizer,
            blindfold: self.blindfold,
            start: self.walk.start(),
            moves: self.walk.moves(),
            refused: self.walk.refused(),
        }
    }
}
