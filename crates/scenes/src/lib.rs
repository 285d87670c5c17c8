//! `scenes`.
