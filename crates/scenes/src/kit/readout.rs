//! The readout: JSON of which each part comes again only when it changed.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::json::{Json, Plain, close, property};
use super::settings::{Field, Kind, Refusal, Value};
use super::shell::Shell;
use super::widget::Widget;
use crate::readout::{Beat, ChoiceInfo, Control, ControlKind, Moment, Panel, Status, Warning};
use crate::words::Language;

/// The version of the readout's form.
const VERSION: u32 = 1;

/// What was sent last: the text of each part, but of the controls what they are, of the prompts the sentences, and of parts of the widget's own their number.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    texts: Vec<(&'static str, String)>,
    controls: Option<Vec<Control>>,
    prompts: Option<Vec<&'static str>>,
    numbers: Vec<(&'static str, u64)>,
}

impl Sent {
    /// Everything is to come again.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Appends a part, unless its text is the last one still.
    fn write(&mut self, name: &'static str, out: &mut String, write: &dyn Fn(&mut String)) {
        let before = out.len();
        let _ = write!(out, "\"{name}\":");
        let begin = out.len();
        write(out);
        let text = out.get(begin..).unwrap_or_default();
        match self.texts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, last)) if last == text => return out.truncate(before),
            Some((_, last)) => text.clone_into(last),
            None => self.texts.push((name, text.to_owned())),
        }
        out.push(',');
    }

    fn is_another(&mut self, name: &'static str, number: u64) -> bool {
        match self.numbers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, last)) => core::mem::replace(last, number) != number,
            None => {
                self.numbers.push((name, number));
                true
            }
        }
    }
}

/// The parts that changed since this was last asked: `{"version":1,"parts":{…}}`. The values of the controls are a list of their own:
/// they change with every move, and what they are called and choose from hardly ever.
pub(super) fn changed<W: Widget>(shell: &mut Shell<W>) -> String {
    let mut out = String::with_capacity(8192);
    let _ = write!(out, "{{\"version\":{VERSION},\"parts\":{{");
    let mut sent = core::mem::take(&mut shell.sent);
    let mut controls = controls(shell);
    let values: Vec<Json> = controls.iter_mut().map(|control| core::mem::take(&mut control.value)).collect();
    sent.write("numbers", &mut out, &|out| {
        out.push('{');
        write_numbers(shell, out);
        close(out);
    });
    let prompts = shell.widget.prompts(shell.language);
    let (all, now) = prompts.with(shell.standing());
    if sent.prompts.as_deref() != Some(all) {
        property(&mut out, "\"prompts\":", &all.to_vec());
        sent.prompts = Some(all.to_vec());
    }
    sent.write("panel", &mut out, &|out| panel(shell, all.get(now)).write(out));
    if sent.controls.as_ref() != Some(&controls) {
        property(&mut out, "\"controls\":", &controls);
        sent.controls = Some(controls);
    }
    sent.write("values", &mut out, &|out| values.write(out));
    sent.write("handles", &mut out, &|out| shell.handle_infos().write(out));
    for (name, number) in parts(&shell.widget) {
        if sent.is_another(name, number) {
            write_part(shell, name, &mut out);
        }
    }
    shell.sent = sent;
    close(&mut out);
    out.push('}');
    out
}

/// Everything in one object, as the page puts it together.
pub(super) fn whole<W: Widget>(shell: &Shell<W>) -> String {
    let mut out = String::from("{");
    write_numbers(shell, &mut out);
    let prompts = shell.widget.prompts(shell.language);
    let (all, now) = prompts.with(shell.standing());
    panel(shell, all.get(now)).write_properties(&mut out);
    property(&mut out, "\"prompts\":", &all.to_vec());
    property(&mut out, "\"controls\":", &controls(shell));
    property(&mut out, "\"handles\":", &shell.handle_infos());
    for (name, _) in parts(&shell.widget) {
        write_part(shell, name, &mut out);
    }
    close(&mut out);
    out
}

/// The part that every widget with a formula has.
const FORMULA: &str = "formula";

/// What seldom changes, with a number that changes whenever it does.
fn parts<W: Widget>(widget: &W) -> impl Iterator<Item = (&'static str, u64)> {
    widget.formula().map(|(typed, _)| (FORMULA, typed.version())).into_iter().chain(widget.parts())
}

fn write_part<W: Widget>(shell: &Shell<W>, name: &'static str, out: &mut String) {
    let _ = write!(out, "\"{name}\":");
    match shell.widget.formula() {
        Some((typed, letter)) if name == FORMULA => typed.write(letter, shell.language, out),
        _ => shell.widget.part(name, shell.language, out),
    }
    out.push(',');
}

fn write_numbers<W: Widget>(shell: &Shell<W>, out: &mut String) {
    let walk = shell.widget.walk();
    let status = match walk {
        Some(_) if shell.is_running() => Status::Running,
        Some(walk) => walk.status(),
        None => Status::Idle,
    };
    let reason = walk.and_then(|walk| walk.verdict()).map(|verdict| verdict.reason.clone());
    Moment { status, reason, triangle: shell.triangle() }.write_properties(out);
    shell.widget.numbers(out);
}

fn panel<W: Widget>(shell: &Shell<W>, prompt: Option<&&'static str>) -> Panel {
    let story = shell.widget.story(shell.language);
    let walk = shell.widget.walk();
    let (kit, locale) = (shell.language.kit(), shell.language.locale());
    let explained = || story.explain.iter().map(|span| span.text.as_str()).collect();
    // Told only after a step: at every other moment it is the sentence.
    let heard = walk.and_then(|walk| walk.step_here()).map(|step| kit.step_taken(&locale.count(step)));
    let heard = heard
        .map(|step| format!("{step} {}", shell.widget.heard(shell.language).unwrap_or_else(explained)))
        .unwrap_or_default();
    Panel {
        prompt: prompt.map_or(String::new(), |prompt| (*prompt).to_owned()),
        figures: story.figures,
        equation: story.equation,
        beats: story.beats.iter().map(|beat| beat.map_or("", Beat::word).to_owned()).collect(),
        equation_spoken: story.spoken,
        heard,
        explain: story.explain,
        notice: story.notice,
        warnings: shell.refused.iter().map(|refusal| warning(refusal, shell.language)).collect(),
        titles: shell.titles(),
        descriptions: shell.descriptions(),
        steppable: walk.is_some(),
        moves: walk.map_or(0, |walk| walk.moves()),
        length: walk.map_or(0, |walk| walk.length()),
        can_step: shell.widget.may_step() && walk.is_some_and(|walk| walk.can_step()),
        can_step_back: walk.is_some_and(|walk| walk.can_step_back()),
        can_reset: shell.widget.can_reset(),
        undo: shell.memories.undoes().map(|what| kit.undo(what)),
        redo: shell.memories.redoes().map(|what| kit.redo(what)),
        share_note: story.share_note,
    }
}

fn warning(refusal: &Refusal, language: Language) -> Warning {
    Warning { about: refusal.about.clone(), message: refusal.text(language) }
}

/// The widget's controls, with what their fields say of themselves.
fn controls<W: Widget>(shell: &Shell<W>) -> Vec<Control> {
    let values = shell.widget.values();
    let mut all = shell.widget.controls(shell.language);
    for control in &mut all {
        let Some(field) = W::FIELDS.iter().find(|field| field.name == control.setting) else { continue };
        complete(control, field, values.get(field.name), shell.language);
    }
    all
}

fn complete(control: &mut Control, field: &Field, value: Option<&Value>, language: Language) {
    if control.id.is_empty() {
        control.id = field.control.into();
    }
    if control.label.is_empty() {
        control.label = language.pick(field.labels).into();
    }
    if control.value == Json::Null
        && let Some(value) = value
    {
        control.value = value.to_json();
    }
    if let Kind::Choice(choices) = field.kind
        && control.choices.is_empty()
    {
        let choice =
            |c: &super::settings::Choice| ChoiceInfo { value: c.word.into(), label: language.pick(c.labels).into() };
        control.choices = choices.iter().map(choice).collect();
    }
}

impl Control {
    /// The control of a field.
    pub fn of(setting: &'static str, kind: ControlKind) -> Self {
        Self { setting: setting.into(), ..Self::blank(kind) }
    }
    /// A control that acts: a button, or a number of the widget's own.
    pub fn acting(id: &'static str, act: &'static str, kind: ControlKind, label: impl Into<Cow<'static, str>>) -> Self {
        Self { id: id.into(), act: act.into(), label: label.into(), ..Self::blank(kind) }
    }
    /// A field bound to a handle.
    pub fn placing(id: &'static str, handle: &'static str, label: impl Into<Cow<'static, str>>) -> Self {
        Self { id: id.into(), handle: handle.into(), label: label.into(), ..Self::blank(ControlKind::Place) }
    }
    fn blank(kind: ControlKind) -> Self {
        Self {
            id: Cow::Borrowed(""),
            kind,
            setting: Cow::Borrowed(""),
            act: Cow::Borrowed(""),
            handle: Cow::Borrowed(""),
            label: Cow::Borrowed(""),
            symbol: Cow::Borrowed(""),
            heading: Cow::Borrowed(""),
            value: Json::Null,
            min: None,
            max: None,
            choices: Vec::new(),
            row: Cow::Borrowed(""),
        }
    }
}
