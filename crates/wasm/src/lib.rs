//! `wasm`.
