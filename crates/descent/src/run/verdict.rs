//! How a run ends, and why, in words.

use std::sync::Arc;

use serde::Serialize;

use super::cause::Cause;
use super::status::Status;

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Verdict {
    /// Converged, stalled or diverged; paused at the limit of moves.
    pub status: Status,
    /// Why, as data.
    pub cause: Cause,
    /// The cause in English and, where there is something to do about it, what.
    pub reason: String,
    /// The move at which it was first seen.
    pub step: u64,
}

impl Verdict {
    /// Shared, because a run that keeps going carries its verdict from state to state.
    pub(super) fn new(cause: Cause, step: u64) -> Arc<Self> {
        Arc::new(Self { status: cause.status(), reason: cause.reason(), cause, step })
    }
}
