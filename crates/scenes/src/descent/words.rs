//! What is said: the explain line, the notices, the descriptions. Second person, present tense, short words.

use super::curve::Slope;
use super::ending::Ending;
use super::equation::{Direction, NextStep, rate_text};
use super::walk::LONGEST;
use super::{DescentScene, OptimizerKind};
use crate::number::{Rounded, fixed, significant};
use crate::painter::variable_name;
use crate::readout::{Action, Notice, NoticeKind, Role, Span};

/// Builds a sentence of plain and marked stretches.
#[derive(Default)]
struct Sentence(Vec<Span>);

impl Sentence {
    fn plain(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span { text: text.into(), role: Role::Ink, strong: false });
        self
    }
    fn strong(mut self, text: impl Into<String>, role: Role) -> Self {
        self.0.push(Span { text: text.into(), role, strong: true });
        self
    }
}

/// `left` for a step that makes the parameter smaller.
fn side(moved: f64) -> &'static str {
    if moved > 0.0 { "left" } else { "right" }
}

impl DescentScene {
    /// One sentence that says what to do.
    pub(super) fn prompt(&self) -> String {
        if self.blindfold {
            "The curve is hidden. Feel the slope, press Step and find the lowest valley.".into()
        } else {
            "Press Step to walk downhill, then drag the point and start from somewhere else.".into()
        }
    }

    /// One or two sentences about this very moment.
    pub(super) fn explain(&self, step: Option<&NextStep>) -> Vec<Span> {
        let w = variable_name(self.curve.variable());
        let here = self.walk.here().ground;
        let sentence = Sentence::default();
        match here.slope {
            Slope::Missing if here.value.is_none() => sentence
                .plain("The loss is undefined here, so there is no slope to follow. Drag the point to where there is a curve."),
            Slope::Missing => sentence.plain("There is no slope to follow here. Drag the point to another place."),
            Slope::Vertical { rising } => sentence
                .plain("The curve stands upright here: ")
                .strong("no finite slope", Role::Gradient)
                .plain(format!(
                    ". Downhill is to the {}, but no step can be worked out. Drag the point a little aside.",
                    side(if rising { 1.0 } else { -1.0 })
                )),
            Slope::Kink { left, right, used } => {
                let digits = self.slope_decimals();
                let said = |slope: Option<f64>| slope.map_or("none".into(), |s| fixed(s, digits));
                sentence
                    .plain("There is no single slope at this kink: ")
                    .strong(said(left), Role::Gradient)
                    .plain(" on the left, ")
                    .strong(said(right), Role::Gradient)
                    .plain(format!(" on the right. A computer uses {} and steps on.", fixed(used, digits)))
            }
            Slope::Smooth(_) if self.curve.is_level() => sentence.plain(
                "This formula has no variable, so the ground is level everywhere: the slope is 0 and no step leads anywhere.",
            ),
            Slope::Smooth(_) => match step {
                Some(step) => return self.explain_step(step, &w),
                None => sentence.plain("The next place has no finite value, so no step can be taken from here."),
            },
        }
        .0
    }

    fn explain_step(&self, step: &NextStep, w: &str) -> Vec<Span> {
        let slope = step.slope.value;
        let sentence = Sentence::default().plain("The slope is ").strong(step.slope.text(), Role::Gradient);
        let sentence = if slope == 0.0 {
            sentence.plain(": the ground is almost level here. ")
        } else {
            let (up, down) = if slope > 0.0 { ("right", "left") } else { ("left", "right") };
            sentence.plain(format!(": the ground rises to the {up}, so downhill is to the {down}. "))
        };
        if step.moved.value == 0.0 {
            let short =
                if slope == 0.0 { "The next step goes almost nowhere." } else { "The next step is too short to see." };
            return sentence.plain(short).0;
        }
        let toward = side(step.moved.value);
        let rate = &step.rate;
        let sign = if step.moved.value < 0.0 { "−" } else { "" };
        match &step.direction {
            Direction::Slope => sentence
                .plain(format!("The next step moves {w} {toward} by {rate} × {} = ", step.slope.size()))
                .strong(step.moved.size(), Role::Step),
            Direction::Velocity { keep, velocity } => {
                let uphill = step.moved.value * slope < 0.0;
                let sentence = if uphill {
                    sentence.plain(format!("Its velocity still carries {w} uphill, to the {toward}: "))
                } else {
                    sentence.plain(format!("The next step moves {w} {toward}: "))
                };
                sentence
                    .plain(format!("{rate} × ({} × {} + {}) = ", fixed(*keep, 2), velocity.text(), step.slope.text()))
                    .strong(format!("{sign}{}", step.moved.size()), Role::Step)
            }
            Direction::Quotient { mean, size } => sentence
                .plain(format!(
                    "Adam divides the average slope by its typical size. The next step moves {w} {toward}: {rate} × {} ÷ {} = ",
                    mean.text(),
                    size.text()
                ))
                .strong(format!("{sign}{}", step.moved.size()), Role::Step),
        }
        .plain(".")
        .0
    }

    /// How the walk ended. A mistake in the formula is told beside the formula.
    pub(super) fn notice(&self) -> Option<Notice> {
        let notice = |kind, title: &str, text: String, action: Option<(&str, String)>| Notice {
            kind,
            title: title.into(),
            text,
            action: action.map(|(id, label)| Action { id: id.into(), label }),
        };
        Some(match self.ending()? {
            Ending::Settled if self.blindfold => return Some(self.settled_in_the_dark()),
            Ending::Settled => notice(
                NoticeKind::Converged,
                "Settled",
                "The slope is almost zero, so there is nowhere further down from here.".into(),
                None,
            ),
            Ending::Stuck => notice(
                NoticeKind::Stalled,
                "Stuck",
                "The slope is almost zero, yet this is no valley floor. A nudge brings the point back on a slope."
                    .into(),
                Some(("nudge", "Nudge".into())),
            ),
            Ending::TooLong => notice(
                NoticeKind::Info,
                "A long walk",
                format!("That was step {LONGEST}, the last one kept. Reset to walk on."),
                None,
            ),
            ending => {
                let (text, action) = self.running_away(ending);
                notice(NoticeKind::Diverged, "Running away", text, Some(("smaller-rate", action)))
            }
        })
    }

    /// What went wrong, and the smaller rate that was tried.
    fn running_away(&self, ending: Ending) -> (String, String) {
        let reason = self.reason_of(ending);
        match self.suggestion {
            Some(rate) => {
                let rate = rate_text(rate);
                let limit = match (self.largest_stable_rate(), self.land.nearest(self.walk.start())) {
                    (Some(limit), Some(valley)) => format!(
                        " Near the valley at {} = {}, rates under {} settle.",
                        variable_name(self.curve.variable()),
                        fixed(valley.x, self.place_decimals()),
                        significant(limit, 2)
                    ),
                    _ => String::new(),
                };
                (format!("{reason}{limit} Try {rate}."), format!("Use {rate} from the start"))
            }
            None => (
                format!("{reason} Halve the learning rate and try again."),
                format!("Use {} from the start", rate_text(self.rate / 2.0)),
            ),
        }
    }

    /// Why a run ended, in one sentence; none if it did not.
    pub(super) fn reason(&self) -> Option<String> {
        self.ending().map(|ending| self.reason_of(ending))
    }

    fn reason_of(&self, ending: Ending) -> String {
        match ending {
            Ending::Settled => "The slope is almost zero at a valley floor.".into(),
            Ending::Stuck => "The slope is almost zero, but this is no valley floor.".into(),
            Ending::Rising => "The loss has grown five steps in a row.".into(),
            Ending::NoValue => "The next step leads to a place without a finite loss.".into(),
            Ending::Lost => "The point has left the picture by more than a thousand times its width.".into(),
            Ending::TooLong => format!("The walk has {LONGEST} steps, the most that are kept."),
        }
    }

    fn settled_in_the_dark(&self) -> Notice {
        let (steps, leaps) = (self.walk.steps(), self.walk.leaps());
        let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let mut moves = count(steps, "step", "steps");
        if leaps > 0 {
            moves.push_str(&format!(" and {}", count(leaps, "leap", "leaps")));
        }
        let lowest = self.found_the_lowest();
        let text = match lowest {
            Some(true) => format!("The slope is almost zero after {moves}, and this is the lowest valley in view."),
            Some(false) => format!(
                "The slope is almost zero after {moves}, but there is a deeper valley. Lift the blindfold to see it, or go on looking."
            ),
            None => format!("The slope is almost zero after {moves}."),
        };
        let action = Some(Action { id: "lift-blindfold".into(), label: "Lift the blindfold".into() });
        Notice { kind: NoticeKind::Converged, title: "Settled in a valley".into(), text, action }
    }

    /// Whether the ball is in the deepest valley in view; none where there are none.
    pub(super) fn found_the_lowest(&self) -> Option<bool> {
        let deepest = self.land.deepest()?;
        let here = self.walk.here().ground;
        let hair = 1e-3 * self.land.rise();
        Some(here.value? <= deepest.value + hair)
    }

    /// A sentence for each stage.
    pub(super) fn descriptions(&self, step: Option<&NextStep>) -> Vec<String> {
        let w = self.curve.variable();
        let here = self.walk.here().ground;
        let place = fixed(here.x, self.place_decimals());
        let moves = match self.walk.len() {
            0 => "at the start".to_owned(),
            1 => "after 1 step".to_owned(),
            n => format!("after {n} steps"),
        };
        let slope = match (here.slope, here.value) {
            (_, None) => "where the loss is undefined".to_owned(),
            (Slope::Smooth(s), _) => format!("where the slope is {}", fixed(s, self.slope_decimals())),
            (Slope::Kink { .. }, _) => "at a kink without a single slope".to_owned(),
            (Slope::Vertical { .. }, _) => "where the curve stands upright".to_owned(),
            (Slope::Missing, _) => "where there is no slope".to_owned(),
        };
        let next = step
            .and_then(|s| Rounded::new(-s.moved.value, s.moved.decimals))
            .map_or(String::new(), |moved| format!(" The next step moves {w} by {}.", moved.text()));
        let shape = if self.blindfold {
            format!(
                "Blindfold on: only the point on the {w} axis, the slope under it and where it has been are visible."
            )
        } else {
            let valleys = match self.land.valleys.len() {
                0 => "a curve without a valley in view".to_owned(),
                1 => "a curve with one valley".to_owned(),
                2 => "a curve with two valleys".to_owned(),
                n => format!("a curve with {n} valleys"),
            };
            format!("Loss against parameter {w}: {valleys}.")
        };
        let curve = format!("{shape} The point stands at {w} = {place} {moves}, {slope}.{next}");
        let digits = self.value_decimals();
        let loss = |v: Option<f64>| v.map_or("undefined".to_owned(), |v| fixed(v, digits));
        let history = match (self.blindfold, self.walk.is_empty()) {
            (true, _) => "The loss at each step is hidden by the blindfold.".to_owned(),
            (false, true) => format!("The loss at each step: {} at the start, no steps yet.", loss(here.value)),
            (false, false) => {
                let first = self.walk.entries().next().and_then(|e| e.ground.value);
                format!("The loss at each step: from {} to {} {moves}.", loss(first), loss(here.value))
            }
        };
        vec![curve, history]
    }

    /// The optimiser's name as it is shown.
    pub(super) fn optimizer_name(&self) -> &'static str {
        match self.optimizer {
            OptimizerKind::Sgd => "plain gradient descent",
            OptimizerKind::Momentum => "momentum",
            OptimizerKind::Adam => "Adam",
        }
    }
}
