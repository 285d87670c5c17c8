//! British English: second person, present tense, short words.

mod descent;
mod ground;
mod houses;
mod tangent;

use super::{En, KitWords};
use crate::kit::settings::Wanted;
use crate::kit::walk::Unwalkable;
use crate::number::Locale;
use ::descent::number::Slip;
use ::descent::run::Cause;

/// `1 step`, `3 steps`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", crate::number::Locale::ENGLISH.count(count), if count == 1 { one } else { many })
}

impl KitWords for En {
    fn quoted(&self, text: &str) -> String {
        format!("“{text}”")
    }
    fn unfit(&self, attribute: &str, wanted: &Wanted, got: &str) -> String {
        let wanted = match wanted {
            Wanted::Number => "a number",
            Wanted::Positive => "a number above 0",
            Wanted::AtLeast(low) => &format!("a number of at least {low}"),
            Wanted::Between(low, high) => &format!("a number from {low} to {high}"),
            Wanted::Count => "a whole number, 0 or more",
            Wanted::Flag => "true or false",
            Wanted::OneOf(words) => &format!("one of {words}"),
            Wanted::Range => "two numbers with the lower one first, such as -3 3",
            Wanted::Numbers(0) => "numbers with blanks between",
            Wanted::Numbers(count) => &format!("{count} numbers with blanks between"),
            Wanted::Names => "a name, or several with commas between",
            Wanted::Text => "a text",
        };
        format!("{attribute} is {wanted}, not {got}.")
    }
    fn no_setting(&self, name: &str) -> String {
        format!("{name}: there is no such setting.")
    }
    fn no_control(&self, name: &str) -> String {
        format!("controls names “{name}”, which is no control here.")
    }
    fn no_widget(&self, kind: &str) -> String {
        format!("There is no widget “{kind}”.")
    }
    fn no_element(&self, tag: &str) -> String {
        format!("There is no element <{tag}>.")
    }
    fn these_exist(&self, names: &str) -> String {
        format!("These exist: {names}.")
    }
    fn did_you_mean(&self, name: &str) -> String {
        format!("Did you mean {name}?")
    }
    fn shows_no_table(&self) -> &'static str {
        "This widget shows no table."
    }
    fn other_version(&self, version: u64, newest: u64) -> String {
        format!("This was saved by version {version}; this page reads versions 1 to {newest}.")
    }
    fn no_state(&self) -> &'static str {
        "This is no saved moment: it has no version."
    }
    fn other_kind(&self, kind: &str) -> String {
        format!("This moment was not saved by a “{kind}”.")
    }
    fn no_settings(&self) -> &'static str {
        "This moment has no settings."
    }
    fn unknown_saved(&self, name: &str) -> String {
        format!("This moment has a setting “{name}” that is not known.")
    }
    fn unfit_saved(&self, attribute: &str, why: &str) -> String {
        format!("The saved {attribute} cannot be used. {why}")
    }
    fn cannot_show(&self, why: &str) -> String {
        format!("The saved moment cannot be shown. {why}")
    }
    fn cannot_walk(&self, why: &Unwalkable) -> String {
        let why = match why {
            Unwalkable::Place => "a place that is none",
            Unwalkable::Steps => "steps without an optimiser, a rate and a number",
            Unwalkable::Move => "a move of no kind that is known",
            Unwalkable::Refused(error) => return format!("The saved walk cannot be walked again. {error}"),
        };
        format!("The saved walk cannot be walked again: {why}.")
    }
    fn no_finite_value(&self) -> &'static str {
        "no finite value"
    }
    fn undefined(&self) -> &'static str {
        "undefined"
    }
    fn undefined_here(&self) -> &'static str {
        "undefined here"
    }
    fn undo(&self, what: &str) -> String {
        format!("Undo: {what}")
    }
    fn redo(&self, what: &str) -> String {
        format!("Redo: {what}")
    }
    fn changed(&self, label: &str) -> String {
        format!("changed “{label}”")
    }
    fn went_back(&self) -> &'static str {
        "went back to the start"
    }
    fn steps(&self, count: u64) -> String {
        counted(count, "step", "steps")
    }
    fn ended(&self, cause: &Cause) -> &'static str {
        match cause {
            Cause::Floor { .. } | Cause::Hovering { .. } => "Settled",
            Cause::Creeping { .. } => "Hardly moving",
            Cause::TooShort { .. } => "Too short a step",
            Cause::Summit { .. } | Cause::Saddle { .. } | Cause::Plateau { .. } | Cause::Flat => "Stuck",
            Cause::Limit { .. } => "A long walk",
            _ => "Running away",
        }
    }
    fn cause(&self, cause: &Cause) -> String {
        match cause {
            Cause::Floor { .. } => "The slope is almost zero, so there is nowhere further down from here.".into(),
            Cause::Hovering { .. } => "The steps go to and fro across the valley floor, too short to see.".into(),
            Cause::Summit { .. } => {
                "The slope is almost zero, but this is a summit: the ground falls on all sides.".into()
            }
            Cause::Saddle { parameter } => {
                format!(
                    "The slope is almost zero, but this is a saddle: along {parameter} the ground falls on both sides."
                )
            }
            Cause::Plateau { .. } => "The ground is almost flat here, but this is no valley floor.".into(),
            Cause::Flat => "The ground is flat here: without a slope there is no direction to step in.".into(),
            Cause::TooShort { .. } => "The step is too short to change the numbers.".into(),
            Cause::Creeping { steps, .. } => format!(
                "{} together changed the loss by less than a millionth of itself, although this is not the valley floor.",
                counted(*steps, "step", "steps")
            ),
            Cause::Rises { count, .. } => match count {
                5 => "The loss has grown five steps in a row.".into(),
                count => format!("The loss has grown {count} steps in a row."),
            },
            Cause::Overflow { .. } => "The next step is too long for any number to hold.".into(),
            Cause::NoValue { .. } => "The next step leads to a place without a finite loss.".into(),
            Cause::NoSlope { .. } => "The next step leads to a place without a finite slope.".into(),
            Cause::LossOverflow { .. } => "The loss at the next step is too large for any number to hold.".into(),
            Cause::Limit { steps } => {
                format!("{} are taken, as many as are kept. Reset to walk on.", counted(*steps, "move", "moves"))
            }
        }
    }
    fn step_taken(&self, number: &str) -> String {
        format!("Step {number}.")
    }
    fn step_axis(&self) -> &'static str {
        "step"
    }
    fn start(&self) -> &'static str {
        "start"
    }
    fn next(&self) -> &'static str {
        "next"
    }
    fn step_of(&self, length: &str) -> String {
        format!("step {length}")
    }
    fn step_beyond(&self, length: &str) -> String {
        format!("step {length}, out of the picture")
    }
    fn run(&self, length: &str) -> String {
        format!("run {length}")
    }
    fn rise(&self, length: &str) -> String {
        format!("rise {length}")
    }
    fn half(&self, left: bool, slope: &str) -> String {
        format!("{} {slope}", if left { "left" } else { "right" })
    }
    fn vertical(&self, narrow: bool) -> &'static str {
        if narrow { "no finite slope" } else { "vertical: no finite slope" }
    }
    fn lens(&self, power: &str, across: &str) -> String {
        format!("×{power}, {across} across")
    }
    fn slope(&self, slope: &str) -> String {
        format!("slope {slope}")
    }
    fn step_column(&self) -> &'static str {
        "step"
    }
    fn slip(&self, text: &str, slip: Slip) -> String {
        match slip {
            Slip::Empty => "Type a number, such as 0.3.".into(),
            Slip::OtherMark(value) => format!("Use a point for the decimals: {}.", Locale::ENGLISH.typed(value)),
            Slip::Marks => {
                format!(
                    "“{text}” is not a number. A point stands before the decimals; commas set groups of three apart: 1,234.5."
                )
            }
            Slip::TooLarge => format!("“{text}” is too large a number."),
            Slip::NotNumber => format!("“{text}” is not a number. Type digits, such as 0.3 or −2."),
        }
    }
}
