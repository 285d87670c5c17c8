//! The kit: what makes a widget small.
//!
//! A widget says what it can be told ([`settings`]), what it shows ([`Mark`]) and what it says ([`Story`]); the [`Shell`] around it
//! does the rest, once for all: sizes and layers, pointer, keys, focus, undo and redo, the run and its pace, states and their
//! versions, the readout, the table.

mod given;
pub mod json;
pub mod marks;
mod paint;
mod readout;
mod refusal;
pub mod settings;
mod shell;
mod state;
mod supply;
pub mod tables;
mod time;
pub mod walk;
mod widget;

pub use given::{Given, SHARED_ATTRIBUTES, SHELL_CONTROLS};
pub use marks::{Beside, Handle, Knob, LineLook, Mark, Marks, Past, Phase, Point, Rich, Weight, tangent};
pub use shell::{AnyScene, Input, Key, Layer, Outcome, PointerKind, PointerPhase, Shell};
pub use state::{VERSION, other_version};
pub use supply::{Named, Supply};
pub use walk::{OptimizerKind, Stepping, Walk};
pub use widget::{Axis, Change, Prompts, Shape, Stage, Standing, Story, Widget};
