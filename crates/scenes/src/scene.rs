//! What every widget is: a state, what an input does to it, what it reads out, how it draws itself.

use crate::readout::{Event, StageInfo, Table};
use crate::surface::{DrawError, Ink, Surface};
use crate::theme::Theme;

/// Width and height of a stage in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// CSS pixels.
    pub width: f64,
    /// CSS pixels.
    pub height: f64,
}

/// What holds the pointer; a finger gets larger targets than a mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerKind {
    /// A mouse or a track pad.
    Mouse,
    /// A finger.
    Touch,
    /// A stylus.
    Pen,
}

/// What the pointer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerPhase {
    /// A button went down or a finger touched.
    Down,
    /// It moved, pressed or not.
    Move,
    /// It was released: a drag ends where it is.
    Up,
    /// The browser took it away: a drag ends where it is.
    Cancel,
    /// It left the stage unpressed: nothing is hovered any more.
    Leave,
}

/// A key that moves a handle. The meaning of each is that of the ARIA slider pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// One step down the value (along x for a handle that moves both ways).
    Left,
    /// One step up the value (along x).
    Right,
    /// One step up the value (along y for a handle that moves both ways).
    Up,
    /// One step down the value (along y).
    Down,
    /// Ten steps up.
    PageUp,
    /// Ten steps down.
    PageDown,
    /// The lowest value.
    Home,
    /// The highest value.
    End,
}

/// One input to a scene. `S` is the scene's own set of named settings.
#[derive(Clone, Debug, PartialEq)]
pub enum Input<S> {
    /// A pointer event on a stage, in CSS pixels from the stage's top left corner.
    Pointer {
        /// Index of the stage in [`Scene::stages`].
        stage: usize,
        /// What happened.
        phase: PointerPhase,
        /// What holds the pointer.
        kind: PointerKind,
        /// CSS pixels from the left.
        x: f64,
        /// CSS pixels from the top.
        y: f64,
    },
    /// A key pressed while the handle with this id has the focus. Shift makes the movement fine: a tenth.
    Key {
        /// The handle's id.
        handle: String,
        /// Which key.
        key: Key,
        /// Whether Shift is held.
        shift: bool,
    },
    /// A value typed for the handle with this id, in the handle's units.
    SetHandle {
        /// The handle's id.
        handle: String,
        /// The value; a value out of range is clamped to it, one that is not finite changes nothing.
        value: f64,
    },
    /// Which handle has the keyboard focus, if any: it is drawn with a ring.
    Focus {
        /// The handle's id, or none.
        handle: Option<String>,
    },
    /// A named setting changed.
    Set(S),
    /// Take this many steps at once, without animation when more than one.
    Step(u32),
    /// Undo this many steps exactly.
    StepBack(u32),
    /// Keep stepping on every tick.
    Run,
    /// Stop stepping.
    Pause,
    /// This many milliseconds have passed.
    Tick {
        /// Milliseconds since the last tick.
        milliseconds: f64,
    },
    /// Back to the start, with the settings kept.
    Reset,
    /// Take back the last thing the learner changed that steps do not cover (a formula, an outlier, a data set).
    Undo,
}

/// What an input led to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The readout or a picture changed.
    pub changed: bool,
    /// The pointer landed on something that can be dragged: the page should capture it and not scroll.
    pub captured: bool,
    /// Something moves: another tick is wanted.
    pub animating: bool,
    /// What a page may want to hear of, in order. Only what a learner did, never what a program set.
    pub events: Vec<Event>,
}

/// A stage has two layers, so that what seldom changes is not drawn at every frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Grid, data, contours: redrawn only when [`Scene::base_version`] changes.
    Base,
    /// Line, handles, arrows: redrawn at every change. Drawn over the base, on a transparent ground.
    Live,
}

/// A widget, but for its pixels on the page.
pub trait Scene {
    /// The named settings a learner may change.
    type Setting;
    /// What is read out around the chart.
    type Readout;
    /// Everything needed to show the scene again: plain data, versioned, small.
    type State;

    /// The stages, in the order in which they are laid out. Their number never changes.
    fn stages(&self) -> Vec<StageInfo>;
    /// The page gave a stage this size. Sizes that are not finite or below 40 pixels are ignored.
    fn resize(&mut self, stage: usize, size: Size);
    /// With reduced motion nothing is animated: a step jumps, Run makes one jump per 600 ms.
    fn set_reduced_motion(&mut self, reduced: bool);
    /// Applies one input. Pure: no clock, no callback.
    fn update(&mut self, input: Input<Self::Setting>) -> Outcome;
    /// The numbers, words and formulas around the chart, and the handles on it.
    fn readout(&self) -> Self::Readout;
    /// What one stage shows, in words: its shape and the present moment.
    fn description(&self, stage: usize) -> String;
    /// The plotted numbers as a table, for readers who do not see the picture.
    fn table(&self) -> Table;
    /// Changes whenever the base layer of this stage would look different.
    fn base_version(&self, stage: usize) -> u64;
    /// Draws one layer of one stage.
    ///
    /// # Errors
    /// Only what the surface itself reports.
    fn draw<S: Surface>(&self, stage: usize, layer: Layer, surface: &mut S, theme: &Theme) -> Result<(), DrawError> {
        self.paint(stage, layer, surface, theme)
    }
    /// What [`Scene::draw`] does, once for all kinds of surface.
    ///
    /// # Errors
    /// Only what the surface itself reports.
    fn paint(&self, stage: usize, layer: Layer, surface: &mut dyn Ink, theme: &Theme) -> Result<(), DrawError>;
    /// What a share link carries.
    fn state(&self) -> Self::State;
}
