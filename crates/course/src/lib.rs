//! The course: the mdBook with the project's own preprocessor, the still pictures of its widgets, and its checks.

pub mod book;
mod check;
mod checkpoint;
pub mod figures;
mod formulas;
pub mod tags;
pub mod widgets;
