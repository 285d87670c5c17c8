//! The card below the readout: how a run ended, what could not be read, and what to do next.

use super::walk::{Footing, MOST_STEPS};
use super::words::{optimizer_name, rate};
use super::{HousesScene, OptimizerKind, speed};
use crate::number::{fixed, significant};
use crate::readout::{Action, Notice, NoticeKind};

/// Button: half of the largest stable rate, from the start.
pub(super) const SAFE_RATE: &str = "safeRate";
/// Button: standardise the feature.
pub(super) const STANDARDIZE: &str = "standardize";
/// Button: the least-squares line.
pub(super) const EXACT: &str = "exact";
/// Button: close the card.
pub(super) const DISMISS: &str = "dismiss";

fn action(id: &str, label: impl Into<String>) -> Option<Action> {
    Some(Action { id: id.into(), label: label.into() })
}

fn info(title: &str, text: String) -> Notice {
    Notice { kind: NoticeKind::Info, title: title.into(), text, action: action(DISMISS, "Close") }
}

/// An attribute names a table that is not here.
pub(super) fn unknown_data(name: &str) -> Notice {
    let name: String = name.chars().take(40).collect();
    info(
        "Another table",
        format!(
            "There is no built-in table called “{name}”. These are the Ames sales; drop a CSV file to use your own."
        ),
    )
}

/// A link was made with someone's own table.
pub(super) fn own_data_stays() -> Notice {
    info(
        "A table of one’s own",
        "This link was made with a table that never left its owner’s browser. These are the Ames sales instead; drop a CSV file to use your own.".into(),
    )
}

/// No more houses can be moved.
pub(super) fn too_many_moved() -> Notice {
    let most = super::settings::MOST_EDITS;
    info(
        "Enough moved",
        format!("{most} houses have been moved, as many as are kept. Undo a move, or move one of them again."),
    )
}

impl HousesScene {
    /// What is to be told just now: a mistake first, then how the run ended.
    pub(super) fn notice(&self) -> Option<Notice> {
        if let Some(error) = &self.data_error {
            return Some(Notice {
                kind: NoticeKind::Error,
                title: "This table cannot be used".into(),
                text: format!("{error} The picture still shows {}.", self.shown_table()),
                action: action(DISMISS, "Close"),
            });
        }
        if let Some(notice) = &self.setting_notice {
            return Some(notice.clone());
        }
        if self.running.is_some() {
            return None;
        }
        match self.footing {
            Footing::Walking => None,
            Footing::Arrived => Some(self.arrived()),
            Footing::Rising | Footing::Endless => Some(self.ran_away()),
            Footing::Stalled => Some(self.stalled()),
            Footing::Full => Some(self.full()),
        }
    }

    fn shown_table(&self) -> String {
        if self.sales.built_in { "the Ames sales".into() } else { format!("“{}”", self.sales.label) }
    }

    /// Why the run ended, in a few words.
    pub(super) fn reason(&self) -> Option<String> {
        if self.running.is_some() {
            return None;
        }
        match self.footing {
            Footing::Walking => None,
            Footing::Arrived => Some("The slope is almost zero in both directions.".into()),
            Footing::Rising => Some("The loss has grown five steps in a row.".into()),
            Footing::Endless => Some("The next step would lead to numbers without end.".into()),
            Footing::Stalled => Some("500 steps together gained less than a millionth of the loss.".into()),
            Footing::Full => Some(format!("{} steps are taken, as many as are kept.", fixed(MOST_STEPS as f64, 0))),
        }
    }

    fn arrived(&self) -> Notice {
        let miss = self.target.brief(self.typical_miss());
        let text = if self.walk.steps() == 0 {
            format!(
                "This is the least-squares line: its typical miss is {miss}, and the slope of the loss is zero in both directions."
            )
        } else {
            format!(
                "The slope is almost zero, so there is nowhere further down from here. After {} the typical miss is {miss}, and no line does better.",
                steps(self.walk.steps())
            )
        };
        Notice { kind: NoticeKind::Converged, title: "Settled".into(), text, action: None }
    }

    fn ran_away(&self) -> Notice {
        let happened = match self.footing {
            Footing::Endless => "The next step would lead to numbers without end.",
            _ => "The loss has grown five steps in a row.",
        };
        let limit = speed::largest_stable(&self.bowl, self.basis(), self.optimizer);
        let safe = speed::safe_rate(&self.bowl, self.basis(), self.optimizer);
        let name = optimizer_name(self.optimizer);
        let now = rate(self.learning_rate());
        let why = match limit {
            Some(limit) if self.learning_rate() > limit => {
                let raw = if self.standardize || self.optimizer == OptimizerKind::Adam {
                    ""
                } else {
                    " A raw feature makes one direction very steep, and it sets the limit."
                };
                format!(
                    "With {name} here the largest stable learning rate is {}, and {now} is more.{raw}",
                    significant(limit, 3)
                )
            }
            _ => format!("A learning rate of {now} is too large for {name} here."),
        };
        let label = match limit {
            Some(_) => format!("Use half of it, {}", rate(safe)),
            None => format!("Use {}", rate(safe)),
        };
        Notice {
            kind: NoticeKind::Diverged,
            title: "Running away".into(),
            text: format!("{happened} {why}"),
            action: action(SAFE_RATE, label),
        }
    }

    fn stalled(&self) -> Notice {
        let (miss, best) = (self.target.brief(self.typical_miss()), self.target.brief(self.bowl.floor.sqrt()));
        let (steep, flat) = self.bowl.curvatures(self.basis());
        let gap = format!("The typical miss is {miss}; the best line’s is {best}.");
        if self.standardize || self.optimizer == OptimizerKind::Adam || flat <= 0.0 {
            return Notice {
                kind: NoticeKind::Stalled,
                title: "Hardly moving".into(),
                text: format!(
                    "500 steps together gained almost nothing, although this is not the valley floor. {gap} Try another learning rate."
                ),
                action: action(EXACT, "Jump to the best line"),
            };
        }
        Notice {
            kind: NoticeKind::Stalled,
            title: "Stuck in a needle".into(),
            text: format!(
                "The walls of the valley are {} times steeper than its floor. Steps small enough for the walls creep along the floor. {gap} Standardise the feature and the valley is round.",
                significant(steep / flat, 2)
            ),
            action: action(STANDARDIZE, "Standardise"),
        }
    }

    fn full(&self) -> Notice {
        let button =
            if self.standardize { action(EXACT, "Jump to the best line") } else { action(STANDARDIZE, "Standardise") };
        Notice {
            kind: NoticeKind::Stalled,
            title: "Far enough".into(),
            text: format!(
                "{} are as many as are kept. {}",
                capital(&steps(MOST_STEPS)),
                if self.standardize {
                    "Take a larger learning rate, or jump to the best line."
                } else {
                    "Standardise the feature and a few dozen are enough."
                }
            ),
            action: button,
        }
    }
}

fn steps(n: usize) -> String {
    if n == 1 { "1 step".into() } else { format!("{} steps", fixed(n as f64, 0)) }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
