//! Facts about the whole scene.
