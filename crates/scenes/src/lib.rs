//! The widgets, without a page: what each can be told, shows and says, and the kit around them that does the rest.

#![forbid(unsafe_code)]

// The checking surface is shared with the tests outside of the crate, which know it by this name.
#[cfg(test)]
extern crate self as scenes;

pub mod catalog;
pub mod clip;
pub mod descent;
pub mod frame;
pub mod ground;
pub mod houses;
pub mod kit;
pub mod number;
pub mod painter;
pub mod readout;
pub mod surface;
pub mod svg;
pub mod tangent;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod ticks;
pub mod words;
