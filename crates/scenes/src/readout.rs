//! The plain data that a scene hands to the page: numbers, words, formulas, handles. Numbers that are not finite are absent.

use crate::kit::json::{Json, Plain};
use crate::plain;
use std::borrow::Cow;

pub use descent::run::Status;

impl Plain for Status {
    fn write(&self, out: &mut String) {
        let word = match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Converged => "converged",
            Self::Stalled => "stalled",
            Self::Diverged => "diverged",
        };
        word.write(out);
    }
    fn typescript() -> String {
        "Status".into()
    }
}

plain! {
    /// The role of a colour: the same hue for the same idea everywhere (visual language, section 2).
    pub enum Role {
        /// Plain ink.
        Ink / "ink",
        /// What really happened.
        Data / "data",
        /// What the model says.
        Prediction / "prediction",
        /// How high: the loss.
        Loss / "loss",
        /// How steep: slopes and gradients.
        Gradient / "gradient",
        /// What moves: parameters and steps.
        Step / "step",
    }
}

plain! {
    /// Where a stage stands in the widget.
    pub enum StagePlace {
        /// Above the buttons: what is seen while one steps.
        Front / "front",
        /// A low strip below the buttons.
        Strip / "strip",
        /// Behind More.
        More / "more",
    }
}

plain! {
    /// One stage of a widget.
    pub struct StageInfo {
        /// A name for code and for `::part()`: `curve`, `history`, `scatter`, `map`.
        id / "id": String,
        /// Where it stands.
        place / "place": StagePlace,
        /// Height over width at 960 CSS pixels of the whole widget.
        wide_aspect / "wideAspect": f64,
        /// Height over width when the widget is narrower than 560 CSS pixels.
        narrow_aspect / "narrowAspect": f64,
    }
}

plain! {
    /// A figure of the readout row: a small label over a number.
    pub struct Figure {
        /// Stable name.
        id / "id": String,
        /// The label.
        label / "label": String,
        /// The number as shown, rounded once for everyone.
        value / "value": String,
        /// Its colour.
        role / "role": Role,
    }
}

impl Figure {
    /// A number under its label.
    pub fn new(id: &str, label: impl Into<String>, value: String, role: Role) -> Self {
        Self { id: id.into(), label: label.into(), value, role }
    }
}

plain! {
    /// One column of the live equation: symbol, value and a two-word meaning, under one another.
    pub struct Term {
        /// The symbol or operator as plain text (`w`, `η`, `L′(w)`, `×`), set in the mathematical face.
        symbol / "symbol": String,
        /// The value as shown; empty under an operator that stays the same.
        value / "value": String,
        /// The meaning in two words; empty under an operator.
        meaning / "meaning": String,
        /// Its colour.
        role / "role": Role,
        /// True for `=`, `−`, `×`, `←`.
        operator / "operator": bool,
    }
}

plain! {
    /// The beats in which a step is shown, each about one number of the equation.
    pub enum Beat {
        /// The slope is read off.
        Slope / "slope",
        /// The learning rate makes a step of it.
        Rate / "rate",
        /// The step is laid off from the place.
        Place / "place",
        /// The next place is reached.
        Next / "next",
    }
}

impl Term {
    /// A symbol with its value.
    pub fn new(symbol: impl Into<String>, value: impl Into<String>, meaning: impl Into<String>, role: Role) -> Self {
        Self { symbol: symbol.into(), value: value.into(), meaning: meaning.into(), role, operator: false }
    }
    /// An operator; `value` stands under it, empty where it is the same.
    pub fn operator(symbol: &str, value: &str) -> Self {
        Self { symbol: symbol.into(), value: value.into(), meaning: String::new(), role: Role::Ink, operator: true }
    }
}

plain! {
    /// A stretch of a sentence.
    pub struct Span {
        /// The words.
        text / "text": String,
        /// Its colour; coloured and not bold it is the letter of a parameter, set in the mathematical face.
        role / "role": Role,
        /// Whether it is set bold: numbers that also stand in the picture.
        strong / "strong": bool,
    }
}

plain! {
    /// The kinds of notice.
    pub enum NoticeKind {
        /// Neutral.
        Info / "info",
        /// Check icon.
        Converged / "converged",
        /// Pause icon.
        Stalled / "stalled",
        /// Triangle icon.
        Diverged / "diverged",
        /// Alert: something could not be read.
        Error / "error",
    }
}

plain! {
    /// A button whose press is sent back as `act(id)`.
    pub struct Action {
        /// What the scene is told.
        id / "id": String,
        /// What the button says.
        label / "label": String,
    }
}

plain! {
    /// A card below the readout: how a run ended, or what to do next.
    pub struct Notice {
        /// Which icon and border.
        kind / "kind": NoticeKind,
        /// Two or three words.
        title / "title": String,
        /// One or two sentences: what happened and what to do.
        text / "text": String,
        /// A button, if something can be done at once.
        action / "action": Option<Action>,
    }
}

impl Notice {
    /// A card, with a button that has an id and a label.
    pub fn new(kind: NoticeKind, title: impl Into<String>, text: String, action: Option<(&str, String)>) -> Self {
        let action = action.map(|(id, label)| Action { id: id.into(), label });
        Self { kind, title: title.into(), text, action }
    }
}

plain! {
    /// Something a page asked for that cannot be had; what was right stays.
    pub struct Warning {
        /// The attribute it concerns, or the tag.
        about / "about": String,
        /// What is wrong and what to try, in one or two sentences.
        message / "message": String,
    }
}

plain! {
    /// Something that can be dragged, moved by keys and typed.
    pub struct HandleInfo {
        /// Stable name.
        id / "id": String,
        /// Index of the stage it lies on.
        stage / "stage": usize,
        /// What it is, for a screen reader and for the typed field: "parameter w".
        label / "label": String,
        /// CSS pixels from the stage's left.
        x / "x": f64,
        /// CSS pixels from the stage's top.
        y / "y": f64,
        /// Its value, in units of the axis it moves along (x where it moves both ways).
        value / "value": f64,
        /// Its value in words, with units.
        value_text / "valueText": String,
        /// Its value as it stands in the equation and in the sentence; empty where the page writes it.
        shown / "shown": String,
        /// Lowest value.
        min / "min": f64,
        /// Highest value.
        max / "max": f64,
    }
}

plain! {
    /// Rise and run of a tangent's triangle.
    pub struct TriangleInfo {
        /// Along x.
        run / "run": f64,
        /// Along y: the slope times the run.
        rise / "rise": f64,
    }
}

plain! {
    /// One of several to choose from.
    pub struct ChoiceInfo {
        /// What the scene is told.
        value / "value": Cow<'static, str>,
        /// What a learner reads.
        label / "label": Cow<'static, str>,
    }
}

plain! {
    /// Which control a page gives a learner.
    pub enum ControlKind {
        /// A field for a formula, with its typeset echo.
        Formula / "formula",
        /// A field for a number.
        Number / "number",
        /// A logarithmic slider with a field.
        Rate / "rate",
        /// One of a few, side by side.
        Choice / "choice",
        /// On or off.
        Switch / "switch",
        /// One of many.
        List / "list",
        /// A field bound to a handle.
        Place / "place",
        /// A button.
        Button / "button",
    }
}

plain! {
    /// A control that a learner may have, in the order in which they stand.
    pub struct Control {
        /// Its name in the `controls` attribute.
        id / "id": Cow<'static, str>,
        /// Which control.
        kind / "kind": ControlKind,
        /// The setting it sets; empty where it acts or moves a handle.
        setting / "setting": Cow<'static, str>,
        /// What it does, for `act`; empty where it sets.
        act / "act": Cow<'static, str>,
        /// The handle it moves; empty for none.
        handle / "handle": Cow<'static, str>,
        /// What a learner reads.
        label / "label": Cow<'static, str>,
        /// A letter in mathematical italic behind the label; empty for none.
        symbol / "symbol": Cow<'static, str>,
        /// A word over a switch; empty for none.
        heading / "heading": Cow<'static, str>,
        /// Its value now.
        value / "value": Json,
        /// Lowest value.
        min / "min": Option<f64>,
        /// Highest value.
        max / "max": Option<f64>,
        /// What there is to choose from.
        choices / "choices": Vec<ChoiceInfo>,
        /// Controls of one row share a word; empty alone.
        row / "row": Cow<'static, str>,
    }
}

plain! {
    /// A table of the plotted numbers.
    #[derive(Default)]
    pub struct Table {
        /// What the table holds.
        caption / "caption": String,
        /// Column headings, with units.
        columns / "columns": Vec<String>,
        /// Rows of cells as shown. At most 200; the caption says when there are more.
        rows / "rows": Vec<Vec<String>>,
    }
}

impl Table {
    /// The table as a CSV file, headings first; with plain hyphens for signs, which other programs read.
    pub fn to_csv(&self) -> String {
        let mut writer =
            csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let rows = core::iter::once(&self.columns).chain(&self.rows);
        // Rows written to memory cannot fail.
        for row in rows {
            let _ = writer.write_record(row.iter().map(|cell| cell.replace('−', "-")));
        }
        writer.into_inner().map_or_else(|_| String::new(), |bytes| String::from_utf8_lossy(&bytes).into_owned())
    }
}

plain! {
    /// How the walk of a widget stands; one that does not walk is idle.
    pub struct Moment {
        /// Whether it runs, and how it ended.
        status / "status": Status,
        /// Why it ended, in the engine's own words; none while it has not.
        reason / "reason": Option<String>,
        /// Run and rise of the triangle under the tangent, if one is drawn.
        triangle / "triangle": Option<TriangleInfo>,
    }
}

plain! {
    /// What every widget reads out besides its own numbers.
    pub struct Panel {
        /// One sentence that says what to do.
        prompt / "prompt": String,
        /// Two or three figures.
        figures / "figures": Vec<Figure>,
        /// The live equation, column by column.
        equation / "equation": Vec<Term>,
        /// Of the equation of a step the beat in which each column is lit, as its word, or an empty text; no list for every other equation.
        beats / "beats": Vec<String>,
        /// The equation as one spoken sentence.
        equation_spoken / "equationSpoken": String,
        /// One or two plain sentences about this very moment.
        explain / "explain": Vec<Span>,
        /// What a screen reader is told after a step instead of `explain`: its number, and what came of it. Empty at other moments.
        heard / "heard": String,
        /// How the run ended or what went wrong.
        notice / "notice": Option<Notice>,
        /// What a page asked for in vain.
        warnings / "warnings": Vec<Warning>,
        /// A short title over each stage; empty for none.
        titles / "titles": Vec<String>,
        /// A sentence for each stage: the shape of the picture and the present moment.
        descriptions / "descriptions": Vec<String>,
        /// Whether this widget steps at all.
        steppable / "steppable": bool,
        /// Moves made up to this moment: steps, and leaps by hand.
        moves / "moves": u64,
        /// Moves there are, those ahead after scrubbing back included.
        length / "length": u64,
        /// Whether a step can be taken.
        can_step / "canStep": bool,
        /// Whether a step can be taken back.
        can_step_back / "canStepBack": bool,
        /// Whether a reset would change anything.
        can_reset / "canReset": bool,
        /// Whether there is something to undo, and what: "Undo: moved house".
        undo / "undo": Option<String>,
        /// Whether something undone can be done again, and what.
        redo / "redo": Option<String>,
        /// What a link to this moment leaves out, in one sentence.
        share_note / "shareNote": Option<String>,
    }
}

plain! {
    /// What a page hears of, as a DOM event of the same name with `downhill-` before it.
    pub enum Event {
        /// A learner changed something.
        Change / "change",
        /// A step was taken.
        Step / "step",
        /// The run settled.
        Converged / "converged",
        /// The run ran away.
        Diverged / "diverged",
        /// A question was answered.
        Answer / "answer",
        /// Something a learner typed or dropped could not be read.
        Error / "error",
    }
}

plain! {
    /// A mistake in a formula, ready for the caret under it.
    pub struct FormulaMistake {
        /// The code, such as `E_NAME`.
        code / "code": String,
        /// What is wrong, in one sentence.
        message / "message": String,
        /// What to try, where there is a guess.
        hint / "hint": Option<String>,
        /// First wrong character, in UTF-16 units.
        start / "start": usize,
        /// One past the last wrong character, in UTF-16 units.
        end / "end": usize,
    }
}

plain! {
    /// A formula with its derivative, typeset.
    pub struct FormulaReadout {
        /// The formula that is drawn, as typed.
        text / "text": String,
        /// The same, typeset: a whole `<math>` element.
        mathml / "mathml": String,
        /// Its variable.
        variable / "variable": String,
        /// What its value is called: `L` or `f`.
        name / "name": String,
        /// Its derivative as text.
        derivative_text / "derivativeText": String,
        /// The same, typeset.
        derivative_mathml / "derivativeMathml": String,
        /// What is wrong with what was typed last, if anything.
        mistake / "mistake": Option<FormulaMistake>,
        /// What was typed last, if something is wrong with it.
        mistake_text / "mistakeText": Option<String>,
        /// How ambiguous spellings were read.
        notes / "notes": Vec<String>,
    }
}
