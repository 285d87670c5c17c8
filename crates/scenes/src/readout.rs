//! The plain data that a scene hands to the page: numbers, words, formulas, handles. Numbers that are not finite are absent.

use serde::{Deserialize, Serialize};

/// The role of a colour: the same hue for the same idea everywhere (visual language, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Role {
    /// Plain ink.
    Ink,
    /// What really happened.
    Data,
    /// What the model says.
    Prediction,
    /// How high: the loss.
    Loss,
    /// How steep: slopes and gradients.
    Gradient,
    /// What moves: parameters and steps.
    Step,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Status {
    /// Nothing has been stepped yet.
    #[default]
    Idle,
    /// Stepping by itself.
    Running,
    /// Some steps were taken; waiting.
    Paused,
    /// The slope is almost zero at a valley floor.
    Converged,
    /// The slope is almost zero, but this is no valley floor.
    Stalled,
    /// The loss grew five steps in a row or has no finite value.
    Diverged,
}

/// One stage of a widget.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StageInfo {
    /// A name for code and for `::part()`: `curve`, `history`, `scatter`, `map`.
    pub id: String,
    /// A short title shown above the stage; empty for none.
    pub title: String,
    /// Height over width at 960 CSS pixels of the whole widget.
    pub wide_aspect: f64,
    /// Height over width when the widget is narrower than 560 CSS pixels.
    pub narrow_aspect: f64,
}

/// A figure of the readout row: a small label over a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Figure {
    /// Stable name.
    pub id: String,
    /// The label.
    pub label: String,
    /// The number as shown, rounded once for everyone.
    pub value: String,
    /// Its colour.
    pub role: Role,
}

/// One column of the live equation: symbol, value and a two-word meaning, under one another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Term {
    /// The symbol or operator as plain text (`w`, `η`, `L′(w)`, `×`), set in the mathematical face.
    pub symbol: String,
    /// The value as shown; empty under an operator that stays the same.
    pub value: String,
    /// The meaning in two words; empty under an operator.
    pub meaning: String,
    /// Its colour.
    pub role: Role,
    /// True for `=`, `−`, `×`, `←`.
    pub operator: bool,
}

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Span {
    /// The words.
    pub text: String,
    /// Its colour.
    pub role: Role,
    /// Whether it is set bold: numbers that also stand in the picture.
    pub strong: bool,
}

/// A card below the readout: how a run ended, or what to do next.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Notice {
    /// Which icon and border.
    pub kind: NoticeKind,
    /// Two or three words.
    pub title: String,
    /// One or two sentences: what happened and what to do.
    pub text: String,
    /// A button, if something can be done at once.
    pub action: Option<Action>,
}

/// The kinds of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum NoticeKind {
    /// Neutral.
    Info,
    /// Check icon.
    Converged,
    /// Pause icon.
    Stalled,
    /// Triangle icon.
    Diverged,
    /// Alert: something could not be read.
    Error,
}

/// A button whose press is sent back as `act(id)`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Action {
    /// What the scene is told.
    pub id: String,
    /// What the button says.
    pub label: String,
}

/// Something that can be dragged, moved by keys and typed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Handle {
    /// Stable name.
    pub id: String,
    /// Index of the stage it lies on.
    pub stage: usize,
    /// What it is, for a screen reader and for the typed field: "parameter w".
    pub label: String,
    /// CSS pixels from the stage's left.
    pub x: f64,
    /// CSS pixels from the stage's top.
    pub y: f64,
    /// Its value, in units of the axis it moves along (x where it moves both ways).
    pub value: f64,
    /// Its value in words, with units.
    pub value_text: String,
    /// Lowest value.
    pub min: f64,
    /// Highest value.
    pub max: f64,
}

/// A table of the plotted numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Table {
    /// What the table holds.
    pub caption: String,
    /// Column headings, with units.
    pub columns: Vec<String>,
    /// Rows of cells as shown. At most 200; the caption says when there are more.
    pub rows: Vec<Vec<String>>,
}

/// What every widget reads out besides its own numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Panel {
    /// One sentence that says what to do.
    pub prompt: String,
    /// Two or three figures.
    pub figures: Vec<Figure>,
    /// The live equation, column by column.
    pub equation: Vec<Term>,
    /// The equation as one spoken sentence.
    pub equation_spoken: String,
    /// One or two plain sentences about this very moment.
    pub explain: Vec<Span>,
    /// How the run ended or what went wrong.
    pub notice: Option<Notice>,
    /// A sentence for each stage: the shape of the picture and the present moment.
    pub descriptions: Vec<String>,
    /// What can be dragged.
    pub handles: Vec<Handle>,
    /// Whether a step can be taken.
    pub can_step: bool,
    /// Whether a step can be taken back.
    pub can_step_back: bool,
    /// Whether a reset would change anything.
    pub can_reset: bool,
    /// Whether there is something to undo, and what: "Undo: moved house".
    pub undo: Option<String>,
}

/// What a page hears of, as a DOM event of the same name with `downhill-` before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Event {
    /// A learner changed something.
    Change,
    /// A step was taken.
    Step,
    /// The run settled.
    Converged,
    /// The run ran away.
    Diverged,
    /// A question was answered.
    Answer,
    /// Something a learner typed or dropped could not be read.
    Error,
}

/// A mistake in a formula, ready for the caret under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormulaMistake {
    /// The code, such as `E_NAME`.
    pub code: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to try, where there is a guess.
    pub hint: Option<String>,
    /// First wrong character, in UTF-16 units.
    pub start: usize,
    /// One past the last wrong character, in UTF-16 units.
    pub end: usize,
}
