//! `descent`.
