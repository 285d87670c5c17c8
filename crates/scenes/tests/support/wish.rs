//! What a learner or a page might do next, drawn at random, and made an input of whatever widget it meets.

use proptest::prelude::*;
use proptest::sample::Index;
use scenes::kit::json::Json;
use scenes::kit::settings::{Field, Kind};
use scenes::kit::{Input, Key, PointerKind, PointerPhase};
use scenes::words::Language;
use serde_json::Value;

use super::{Driven, FORMULAS, STRANGE_FORMULAS};
use scenes::frame::Size;

/// Something done to a widget; which handle, setting or button it concerns is chosen when it meets one.
#[derive(Clone, Debug)]
pub enum Wish {
    Point { stage: usize, phase: PointerPhase, kind: PointerKind, at: (f64, f64), handle: Option<Index> },
    Press { handle: Index, key: Key, shift: bool },
    Type { handle: Index, share: f64, value: Option<f64> },
    Focus(Option<Index>),
    Set { field: Index, learner: bool, value: Json, seed: (Index, f64, f64), sensible: bool },
    Act { which: Index, value: Option<f64> },
    Table(String),
    Step(u32),
    Back(u32),
    Scrub(u64),
    Run,
    Pause,
    Tick(f64),
    Reset,
    Undo,
    Redo,
    Resize { stage: usize, size: (f64, f64) },
    Standard { narrow: bool },
    Speak(bool),
    Calm(bool),
}

pub fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -10.0..10.0,
        2 => -1e4..1e4,
        1 => prop::num::f64::ANY,
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 5e-324, 0.0, -0.0]),
    ]
}

/// Plain data of every type, most of it nonsense for most settings.
pub fn any_json() -> impl Strategy<Value = Json> {
    let words = prop::sample::select(vec![
        "",
        " ",
        "0.25",
        "−1.5, 3",
        "3 -3",
        "1e400",
        "NaN",
        "fast",
        "true",
        "off",
        "adam",
        "SGD",
        "Momentum ",
        "w^2",
        "sni(w)",
        "a, b",
        "year_built",
        "price_usd",
        "living_area_sqft",
        "ames",
        "</script>",
        "\u{0}",
        "🏠",
    ]);
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any_number().prop_map(Json::Number),
        words.prop_map(Json::from),
        ".{0,12}".prop_map(Json::Text),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::List),
            prop::collection::vec(("[a-z]{1,4}", inner), 0..3).prop_map(Json::Object),
        ]
    })
}

fn any_table() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("size,price\n1,2\n2,3\n3,1\n".to_owned()),
        Just("a,b\n5,5\n5,5\n5,7\n".to_owned()),
        Just("a,b\n1,3\n2,3\n9,3\n".to_owned()),
        Just("a,b\n1e49,-1e49\n-1e49,1e49\n2,3\n".to_owned()),
        Just("a,b\n1e-40,1\n2e-40,2\n".to_owned()),
        "[0-9,.a\n-]{0,60}",
    ]
}

/// What stays inside a widget: no other size, no other language.
pub fn any_deed() -> impl Strategy<Value = Wish> {
    let phase = prop::sample::select(vec![
        PointerPhase::Down,
        PointerPhase::Move,
        PointerPhase::Up,
        PointerPhase::Cancel,
        PointerPhase::Leave,
    ]);
    let pointer = || prop::sample::select(vec![PointerKind::Mouse, PointerKind::Touch, PointerKind::Pen]);
    let key = prop::sample::select(vec![
        Key::Left,
        Key::Right,
        Key::Up,
        Key::Down,
        Key::PageUp,
        Key::PageDown,
        Key::Home,
        Key::End,
    ]);
    let place = || prop_oneof![9 => -20.0..980.0, 1 => any_number()];
    prop_oneof![
        5 => (0_usize..4, phase, pointer(), (place(), place()), prop::option::of(any::<Index>()))
            .prop_map(|(stage, phase, kind, at, handle)| Wish::Point { stage, phase, kind, at, handle }),
        3 => (any::<Index>(), key, any::<bool>()).prop_map(|(handle, key, shift)| Wish::Press { handle, key, shift }),
        3 => (any::<Index>(), -0.1..1.1, prop::option::weighted(0.2, any_number()))
            .prop_map(|(handle, share, value)| Wish::Type { handle, share, value }),
        1 => prop::option::of(any::<Index>()).prop_map(Wish::Focus),
        6 => (any::<Index>(), any::<bool>(), any_json(), (any::<Index>(), 0.0..1.0, 0.0..1.0), any::<bool>()).prop_map(
            |(field, learner, value, seed, sensible)| Wish::Set { field, learner, value, seed, sensible }
        ),
        4 => (any::<Index>(), prop::option::weighted(0.3, any_number()))
            .prop_map(|(which, value)| Wish::Act { which, value }),
        1 => any_table().prop_map(Wish::Table),
        4 => (0_u32..40).prop_map(Wish::Step),
        2 => (0_u32..40).prop_map(Wish::Back),
        2 => (0_u64..60).prop_map(Wish::Scrub),
        2 => Just(Wish::Run),
        1 => Just(Wish::Pause),
        3 => prop_oneof![0.0..500.0, any_number()].prop_map(Wish::Tick),
        1 => Just(Wish::Reset),
        2 => Just(Wish::Undo),
        1 => Just(Wish::Redo),
    ]
}

/// Anything at all.
pub fn any_wish() -> impl Strategy<Value = Wish> {
    let side = || prop_oneof![4 => 40.0..1_400.0, 1 => any_number()];
    prop_oneof![
        12 => any_deed(),
        1 => (0_usize..4, (side(), side())).prop_map(|(stage, size)| Wish::Resize { stage, size }),
        1 => any::<bool>().prop_map(|narrow| Wish::Standard { narrow }),
        1 => any::<bool>().prop_map(Wish::Speak),
        1 => any::<bool>().prop_map(Wish::Calm),
    ]
}

/// A value that a field may well hold.
pub fn sensible(field: &Field, (which, share, other): (Index, f64, f64)) -> Json {
    let pick = |words: &[&str]| Json::from(*which.get(words));
    let between = |low: f64, high: f64| low.max(-10.0) + share * (high.min(10.0) - low.max(-10.0));
    match field.kind {
        Kind::Formula { .. } => pick(&FORMULAS),
        Kind::Number { low, high, log: true } => {
            let (low, high) = (low.max(1e-6), high.min(1e6));
            let ln = calculus::math::ln;
            Json::Number(calculus::math::exp(ln(low) + share * (ln(high) - ln(low))).clamp(low, high))
        }
        Kind::Number { low, high, log: false } => Json::Number(between(low, high)),
        Kind::Count => Json::Number((share * 3_000.0).floor()),
        Kind::Flag => Json::Bool(share < 0.5),
        Kind::Choice(choices) => Json::from(which.get(choices).word),
        Kind::Range => vec![-10.0 * share - 0.1, 10.0 * other + 0.1].into(),
        Kind::Numbers { count: 0 } => vec![share * 10.0; which.index(8)].into(),
        Kind::Numbers { count } => vec![share * 100.0; count].into(),
        Kind::Names | Kind::Text => {
            pick(&["year_built", "living_area_sqft", "price_usd", "overall_quality", "ames", "a", "b"])
        }
    }
}

fn ids(all: &Value, list: &str, name: &str) -> Vec<String> {
    let entries = all[list].as_array().into_iter().flatten();
    entries.filter_map(|one| one[name].as_str()).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// The sizes of the two drawings, stage by stage.
pub fn standard_sizes(scene: &mut Driven, narrow: bool) -> Vec<Size> {
    let infos = scene.0.stages();
    let beside = infos.len() > 2;
    let size = |(stage, info): (usize, &scenes::readout::StageInfo)| {
        let (width, aspect) = match (narrow, beside, stage) {
            (true, _, _) => (350.0, info.narrow_aspect),
            (false, true, 1) => (388.0, info.wide_aspect),
            (false, true, 0) => (548.0, info.wide_aspect),
            (false, _, _) => (960.0, info.wide_aspect),
        };
        Size { width, height: (width * aspect).round() }
    };
    infos.iter().enumerate().map(size).collect()
}

impl Driven {
    /// The drawing of a laptop or of a phone.
    pub fn resize(&mut self, narrow: bool) {
        for (stage, size) in standard_sizes(self, narrow).into_iter().enumerate() {
            self.0.resize(stage, size);
        }
    }

    /// The sizes of the stages of one of the two drawings.
    pub fn sizes(&mut self, narrow: bool) -> Vec<Size> {
        standard_sizes(self, narrow)
    }

    /// Does what is wished, as far as it makes sense here; whether it can be undone by the learner is for the readout to say.
    pub fn grant(&mut self, wish: &Wish) -> scenes::kit::Outcome {
        let input = match wish.clone() {
            Wish::Point { stage, phase, kind, at, handle } => {
                let at = match handle {
                    Some(which) => {
                        let all = self.read();
                        let handles = all["handles"].as_array().filter(|list| !list.is_empty());
                        handles.map_or((stage, at), |list| {
                            let found = &list[which.index(list.len())];
                            let place = |name: &str| found[name].as_f64().unwrap();
                            (found["stage"].as_u64().unwrap() as usize, (place("x") + at.0 % 20.0, place("y")))
                        })
                    }
                    None => (stage, at),
                };
                Input::Pointer { stage: at.0, phase, kind, x: at.1.0, y: at.1.1 }
            }
            Wish::Press { handle, key, shift } => Input::Key { handle: self.some_handle(&handle).0, key, shift },
            Wish::Type { handle, share, value } => {
                let (handle, (low, high)) = self.some_handle(&handle);
                Input::SetHandle { handle, value: value.unwrap_or(low + share * (high - low)) }
            }
            Wish::Focus(which) => Input::Focus { handle: which.map(|which| self.some_handle(&which).0) },
            Wish::Set { field, learner, value, seed, sensible: good } => {
                let fields = self.0.fields();
                let field = &fields[field.index(fields.len())];
                let value = if good { sensible(field, seed) } else { value };
                let name = field.name.to_owned();
                if learner { Input::Set { name, value } } else { Input::Ask { name, value } }
            }
            Wish::Act { which, value } => {
                let all = self.read();
                let mut known = ids(&all, "controls", "act");
                known.extend(all["notice"]["action"]["id"].as_str().map(str::to_owned));
                known.extend(["nudge", "smaller-rate", "dismiss", "?"].map(str::to_owned));
                Input::Act { id: known[which.index(known.len())].clone(), value }
            }
            Wish::Table(text) => Input::Table { label: "own".into(), text },
            Wish::Step(count) => Input::Step(count),
            Wish::Back(count) => Input::StepBack(count),
            Wish::Scrub(step) => Input::Scrub(step),
            Wish::Run => Input::Run,
            Wish::Pause => Input::Pause,
            Wish::Tick(milliseconds) => Input::Tick { milliseconds },
            Wish::Reset => Input::Reset,
            Wish::Undo => Input::Undo,
            Wish::Redo => Input::Redo,
            Wish::Resize { stage, size } => {
                self.0.resize(stage, Size { width: size.0, height: size.1 });
                return scenes::kit::Outcome::default();
            }
            Wish::Standard { narrow } => {
                self.resize(narrow);
                return scenes::kit::Outcome::default();
            }
            Wish::Speak(german) => {
                self.0.speak(if german { Language::German } else { Language::English });
                return scenes::kit::Outcome::default();
            }
            Wish::Calm(calm) => {
                self.0.set_reduced_motion(calm);
                return scenes::kit::Outcome::default();
            }
        };
        self.update(input)
    }

    /// A handle with its range, or a name that is none.
    fn some_handle(&mut self, which: &Index) -> (String, (f64, f64)) {
        let all = self.read();
        let handles = all["handles"].as_array().cloned().unwrap_or_default();
        match handles.get(which.index(handles.len() + 1)) {
            Some(found) => {
                let ends = (found["min"].as_f64().unwrap(), found["max"].as_f64().unwrap());
                (found["id"].as_str().unwrap().to_owned(), ends)
            }
            None => ("?".into(), (0.0, 1.0)),
        }
    }
}

/// What a mistake in a formula would hide: every formula that can be read.
pub fn any_formula() -> impl Strategy<Value = &'static str> {
    prop::sample::select(FORMULAS.iter().chain(&STRANGE_FORMULAS).copied().collect::<Vec<_>>())
}
