//! Drawing in CSS pixels on a [`crate::surface::Surface`].

pub mod fallback;
