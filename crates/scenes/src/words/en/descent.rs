//! `descent` in English.

use super::counted;
use crate::descent::words::{DescentWords, Factor, GroundWords, Side, bracketed};
use crate::readout::{Role, Span};
use crate::words::{En, Sentence};

fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}

impl DescentWords for En {
    fn prompts(&self, blind: bool, slip: bool) -> [&'static str; 7] {
        let [begin, going, elsewhere] = if blind {
            [
                "The curve is hidden. Feel the slope and find the lowest valley.",
                "Step on, or drag the ball and feel somewhere else.",
                "Settled. Lift the blindfold, or feel somewhere else.",
            ]
        } else {
            [
                "Press Step to walk downhill, or drag the ball somewhere else.",
                "Step on, or drag the ball somewhere else.",
                "Settled. Drag the ball and start from somewhere else.",
            ]
        };
        [
            begin,
            going,
            "The ball walks by itself. Press Pause to stop it.",
            elsewhere,
            "Stuck. Drag the ball to a place where the ground slopes.",
            "Running away. Take a smaller learning rate, or drag the ball back.",
            if slip {
                "Mend the formula to walk on."
            } else {
                "No step leads on from here. Drag the ball somewhere else."
            },
        ]
    }
    fn slope_name(&self) -> &'static str {
        "slope "
    }
    fn parameter(&self) -> &'static str {
        "parameter "
    }
    fn loss_axis(&self) -> &'static str {
        "loss "
    }
    fn loss_word(&self) -> &'static str {
        "loss"
    }
    fn loss_now(&self, loss: &str) -> String {
        if loss.is_empty() { String::new() } else { format!("loss {loss}") }
    }
    fn history_title(&self) -> &'static str {
        "The loss, step by step"
    }
    fn ball(&self, variable: &str) -> String {
        format!("parameter {variable}")
    }
    fn place(&self, variable: &str, place: &str, defined: bool) -> String {
        format!("{variable} = {place}{}", if defined { "" } else { ", undefined here" })
    }
    fn outside(&self, loss: &str) -> String {
        format!("outside: loss {loss}")
    }
    fn shallower(&self) -> [[&'static str; 2]; 2] {
        [["a second valley,", "not so deep"], ["shallower", "valley"]]
    }
    fn hidden(&self) -> &'static str {
        "The loss is hidden while you wear the blindfold."
    }
    fn fog(&self) -> &'static str {
        "Fog"
    }
    fn place_label(&self) -> &'static str {
        "Place"
    }
    fn did(&self, what: &str) -> &'static str {
        match what {
            "smaller-rate" => "took a smaller learning rate",
            "nudge" => "nudged the ball",
            "lift-blindfold" => "lifted the blindfold",
            _ => "moved the ball",
        }
    }
    fn figures(&self) -> [&'static str; 3] {
        ["step", "loss now", "slope here"]
    }
    fn next_place(&self) -> &'static str {
        "next place"
    }
    fn place_now(&self) -> &'static str {
        "place now"
    }
    fn learning_rate(&self) -> &'static str {
        "learning rate"
    }
    fn slope_here(&self) -> &'static str {
        "slope here"
    }
    fn share_kept(&self) -> &'static str {
        "share kept"
    }
    fn velocity_before(&self) -> &'static str {
        "velocity before"
    }
    fn average_slope(&self) -> &'static str {
        "average slope"
    }
    fn typical_size(&self) -> &'static str {
        "typical size"
    }
    fn no_single_slope(&self) -> &'static str {
        "no single slope"
    }
    fn spoken(&self, w: &str, next: &str, place: &str, rate: &str, factor: &Factor) -> String {
        match factor {
            Factor::Slope(slope) => {
                format!("{w} becomes {w} minus eta times the slope: {next} = {place} minus {rate} times {slope}.")
            }
            Factor::Velocity(keep, velocity, slope) => format!(
                "{w} becomes {w} minus eta times the new velocity, which is mu times the velocity before plus the slope: \
                 {next} = {place} minus {rate} times ({keep} times {velocity} plus {slope})."
            ),
            Factor::Quotient(mean, size) => format!(
                "{w} becomes {w} minus eta times the average slope over its typical size: \
                 {next} = {place} minus {rate} times {mean} over {size}."
            ),
        }
    }
    fn undefined_ground(&self) -> Sentence {
        Sentence::new().plain(
            "The loss is undefined here, so there is no slope to follow. Drag the point to where there is a curve.",
        )
    }
    fn no_slope(&self) -> Sentence {
        Sentence::new().plain("There is no slope to follow here. Drag the point to another place.")
    }
    fn upright(&self, downhill: Side) -> Sentence {
        Sentence::new().plain("The curve stands upright here: ").strong("no finite slope", Role::Gradient).plain(
            format!(
                ". Downhill is to the {}, but no step can be worked out. Drag the point a little aside.",
                side(downhill)
            ),
        )
    }
    fn kink(&self, left: &str, right: &str, used: &str) -> Sentence {
        Sentence::new()
            .plain("There is no single slope at this kink: ")
            .strong(left, Role::Gradient)
            .plain(" on the left, ")
            .strong(right, Role::Gradient)
            .plain(format!(" on the right. A computer uses {used} and steps on."))
    }
    fn level_line(&self) -> Sentence {
        Sentence::new().plain(
            "This formula has no variable, so the ground is level everywhere: the slope is 0 and no step leads anywhere.",
        )
    }
    fn no_next(&self) -> Sentence {
        Sentence::new().plain("The next place has no finite value, so no step can be taken from here.")
    }
    fn slope_says(&self, slope: &str, downhill: Option<Side>) -> Sentence {
        let sentence = Sentence::new().plain("The slope is ").strong(slope, Role::Gradient);
        match downhill {
            None => sentence.plain(": the ground is almost level here. "),
            // In the words of the way to the right, as the slope is counted.
            Some(Side::Left) => sentence.plain(": the ground rises to the right, so downhill is to the left. "),
            Some(Side::Right) => sentence.plain(": the ground falls to the right, so downhill is to the right. "),
        }
    }
    fn heard(&self, place: &str, loss: Option<&str>, slope: &str, downhill: Option<Side>) -> String {
        let loss = loss.map_or(String::new(), |loss| format!(", loss {loss}"));
        let way = match downhill {
            None => "level",
            Some(Side::Left) => "rising to the right",
            Some(Side::Right) => "falling to the right",
        };
        format!("{place}{loss}. Slope {slope}, {way}.")
    }
    fn no_move(&self, level: bool) -> &'static str {
        if level { "The next step goes almost nowhere." } else { "The next step is too short to see." }
    }
    fn step_says(&self, w: &str, to: Side, uphill: bool, how: &Factor, rate: &str, moved: Span) -> Sentence {
        let toward = side(to);
        let sentence = Sentence::new();
        let sentence = match how {
            Factor::Slope(slope) => {
                sentence.plain("The next step moves ").math(w).plain(format!(" {toward} by {rate} × {slope} = "))
            }
            // With the minus of the equation: the number is how far the arrow goes.
            Factor::Velocity(keep, velocity, slope) => {
                let sentence = if uphill {
                    sentence.plain("Its velocity still carries ").math(w).plain(format!(" uphill, to the {toward}: "))
                } else {
                    sentence.plain("The next step moves ").math(w).plain(format!(" {toward}: "))
                };
                let velocity = format!("{keep} × {} + {}", bracketed(velocity), bracketed(slope));
                sentence.plain(format!("−{rate} × ({velocity}) = "))
            }
            Factor::Quotient(mean, size) => sentence
                .plain("Adam divides the average slope by its typical size. The next step moves ")
                .math(w)
                .plain(format!(" {toward}: −{rate} × {} ÷ {size} = ", bracketed(mean))),
        };
        sentence.then([moved]).plain(".")
    }
    fn titles(&self) -> [&'static str; 3] {
        ["Settled", "Stuck", "Running away"]
    }
    fn settled(&self, deeper: bool) -> &'static str {
        if deeper {
            "The slope is almost zero: this is the floor of a valley. Another valley is deeper, but no step leads there."
        } else {
            "The slope is almost zero, so there is nowhere further down from here."
        }
    }
    fn stuck(&self) -> &'static str {
        "The slope is almost zero, yet this is no valley floor. A nudge brings the point back on a slope."
    }
    fn nudge(&self) -> &'static str {
        "Nudge"
    }
    fn limit(&self, valley: &str, rate: &str) -> String {
        format!("In the valley at {valley} no rate above {rate} can settle.")
    }
    fn tried(&self, rate: &str) -> String {
        format!("Tried from this start, {rate} settles.")
    }
    fn halve(&self) -> &'static str {
        "Halve the learning rate and try again."
    }
    fn elsewhere(&self) -> &'static str {
        "The ground falls without end here. Begin somewhere else."
    }
    fn use_rate(&self, rate: &str) -> String {
        format!("Use {rate} from the start")
    }
    fn settled_in_the_dark(&self) -> &'static str {
        "Settled in a valley"
    }
    fn dark(&self, steps: u64, leaps: u64) -> String {
        let mut moves = counted(steps, "step", "steps");
        if leaps > 0 {
            moves.push_str(&format!(" and {}", counted(leaps, "leap", "leaps")));
        }
        format!(
            "The slope is almost zero after {moves}. Is there a deeper valley? Lift the blindfold to see, or go on looking."
        )
    }
    fn lift(&self) -> &'static str {
        "Lift the blindfold"
    }
    fn curve_shape(&self, w: &str, valleys: Option<usize>) -> String {
        let shape = match valleys {
            None => {
                return format!(
                    "Blindfold on: only the point on the {w} axis, the slope under it and where it has been are visible."
                );
            }
            Some(0) => "a curve without a valley in view".to_owned(),
            Some(1) => "a curve with one valley".to_owned(),
            Some(2) => "a curve with two valleys".to_owned(),
            Some(n) => format!("a curve with {n} valleys"),
        };
        format!("Loss against parameter {w}: {shape}.")
    }
    fn moment(&self, w: &str, place: &str, moves: u64, slope: &GroundWords, next: Option<&str>) -> String {
        let slope = match slope {
            GroundWords::Undefined => "where the loss is undefined".to_owned(),
            GroundWords::Slope(slope) => format!("where the slope is {slope}"),
            GroundWords::Kink => "at a kink without a single slope".to_owned(),
            GroundWords::Upright => "where the curve stands upright".to_owned(),
            GroundWords::None => "where there is no slope".to_owned(),
        };
        let next = next.map_or(String::new(), |moved| format!(" The next step moves {w} by {moved}."));
        format!("The point stands at {w} = {place} {}, {slope}.{next}", after(moves))
    }
    fn losses(&self, first: &str, now: &str, moves: u64) -> String {
        match moves {
            0 => format!("The loss at each step: {now} at the start, no steps yet."),
            moves => format!("The loss at each step: from {first} to {now} {}.", after(moves)),
        }
    }
    fn losses_hidden(&self) -> &'static str {
        "The loss at each step is hidden by the blindfold."
    }
    fn caption(
        &self,
        w: &str,
        formula: Option<&str>,
        optimizer: &str,
        rate: &str,
        more: Option<(usize, u64)>,
    ) -> String {
        let part = more.map_or(String::new(), |(shown, all)| format!("; the last {shown} of {all} places"));
        let formula = formula.map_or("(hidden)".to_owned(), |formula| format!("= {formula}"));
        format!("The walk on L({w}) {formula} with {optimizer} at learning rate {rate}{part}")
    }
    fn columns(&self, w: &str) -> [String; 5] {
        ["step".into(), "how".into(), format!("parameter {w}"), "loss".into(), "slope".into()]
    }
    fn ways(&self) -> [&'static str; 3] {
        ["start", "step", "by hand"]
    }
    fn hidden_cell(&self) -> &'static str {
        "hidden"
    }
    fn optimizers(&self) -> [&'static str; 3] {
        ["plain gradient descent", "momentum", "Adam"]
    }
}

fn after(moves: u64) -> String {
    if moves == 0 { "at the start".into() } else { format!("after {}", counted(moves, "step", "steps")) }
}
