//! Where a run stands, in one word.

use serde::{Deserialize, Serialize};

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Status {
    /// Nothing has been stepped yet.
    #[default]
    Idle,
    /// Stepping by itself.
    Running,
    /// Some steps were taken; waiting.
    Paused,
    /// The slope is almost zero at a valley floor.
    Converged,
    /// The slope is almost zero, or the steps are, but this is no valley floor.
    Stalled,
    /// The loss has grown five steps in a row or has no finite value.
    Diverged,
}
