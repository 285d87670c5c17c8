//! One module per widget: its state, what an input does to it, what it reads out, how it draws itself on any plotters backend.

#![forbid(unsafe_code)]

pub mod clip;
pub mod descent;
pub mod frame;
pub mod houses;
pub mod number;
pub mod painter;
pub mod readout;
pub mod scene;
pub mod surface;
pub mod svg;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod ticks;
