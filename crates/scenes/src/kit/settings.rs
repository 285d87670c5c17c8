//! One declaration of what a widget can be told. Attributes, properties, the address of a frame, links, controls, documentation and
//! TypeScript are read off it, and [`read`] is the only reader of what an author or a page wrote.

pub use super::refusal::Refusal;
use descent::number::{self, Decimal};

use super::json::Json;

/// A value of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// On or off.
    Flag(bool),
    /// A formula, one of several words, a name.
    Text(String),
    /// Two ends, the lower one first.
    Range(f64, f64),
    /// Numbers in order.
    Numbers(Vec<f64>),
    /// Names in order.
    Names(Vec<String>),
}

/// What a setting may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A formula of so many variables at most.
    Formula {
        /// At most.
        variables: usize,
    },
    /// A number in a range.
    Number {
        /// Lowest.
        low: f64,
        /// Highest.
        high: f64,
        /// Whether its slider is logarithmic.
        log: bool,
    },
    /// A whole number from 0.
    Count,
    /// On by being there; off by `false`, `off`, `no` or `0`.
    Flag,
    /// One of a few words.
    Choice(&'static [Choice]),
    /// Two numbers, the lower one first.
    Range,
    /// So many numbers.
    Numbers {
        /// How many; 0 for any.
        count: usize,
    },
    /// Names with commas between, or blanks where there is no comma.
    Names,
    /// Any text.
    Text,
}

/// One of the words of a [`Kind::Choice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As attributes have it.
    pub word: &'static str,
    /// As learners read it, English and German.
    pub labels: [&'static str; 2],
}

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Its property in JavaScript, and its name in states and readouts: `learningRate`.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// What learners call it, English and German.
    pub labels: [&'static str; 2],
    /// The name of its control in the `controls` attribute; empty where learners have none.
    pub control: &'static str,
    /// What it sets, [`for_authors`].
    pub docs: &'static str,
}

/// Whether documentation and TypeScript are at hand: in what writes or tests them, not in what a page loads.
pub const AUTHORED: bool = !cfg!(target_family = "wasm");

/// Documentation, where it is at hand.
pub const fn for_authors(docs: &'static str) -> &'static str {
    if AUTHORED { docs } else { "" }
}

impl Field {
    /// Its attribute: `learning-rate`.
    pub fn attribute(&self) -> String {
        let mut out = String::new();
        for c in self.name.chars() {
            if c.is_ascii_uppercase() {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
        }
        out
    }

    /// Whether a page means this setting by that name: its property, its attribute, or its attribute as frameworks flatten it.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.attribute() == name || self.name.eq_ignore_ascii_case(name)
    }

    /// The TypeScript type that its property takes.
    pub fn typescript(&self) -> String {
        match self.kind {
            Kind::Formula { .. } | Kind::Text => "string".into(),
            Kind::Number { .. } | Kind::Count => "number".into(),
            Kind::Flag => "boolean".into(),
            Kind::Choice(choices) => choices.iter().map(|c| format!("\"{}\"", c.word)).collect::<Vec<_>>().join(" | "),
            Kind::Range => "[number, number]".into(),
            Kind::Numbers { .. } => "number[]".into(),
            Kind::Names => "string[]".into(),
        }
    }
}

/// Settings by name, in the order of their declaration; one that is absent has its default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Vec<(&'static str, Value)>);

impl Values {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }
    /// Sets one.
    pub fn put(&mut self, name: &'static str, value: Value) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, kept)) => *kept = value,
            None => self.0.push((name, value)),
        }
    }
    /// Back to its default.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| *known != name);
    }
    /// The value of one.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
    /// As plain data.
    pub fn to_json(&self) -> Json {
        Json::Object(self.iter().map(|(name, value)| (name.to_owned(), value.to_json())).collect())
    }
}

impl Value {
    /// As plain data.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Number(value) => Json::Number(*value),
            Self::Flag(on) => Json::Bool(*on),
            Self::Text(text) => Json::Text(text.clone()),
            Self::Range(low, high) => vec![*low, *high].into(),
            Self::Numbers(values) => values.clone().into(),
            Self::Names(names) => Json::List(names.iter().map(|n| Json::Text(n.clone())).collect()),
        }
    }

    /// As an attribute.
    pub fn to_attribute(&self) -> String {
        match self {
            Self::Number(value) => number_text(*value),
            Self::Flag(on) => on.to_string(),
            Self::Text(text) => text.clone(),
            Self::Range(low, high) => format!("{} {}", number_text(*low), number_text(*high)),
            Self::Numbers(values) => values.iter().map(|v| number_text(*v)).collect::<Vec<_>>().join(" "),
            Self::Names(names) => names.join(", "),
        }
    }
}

fn number_text(value: f64) -> String {
    Json::Number(value).to_text()
}

/// Reads what an author or a page gave for a setting: the text of an attribute, or a property of any type. None for `null`, which
/// means the default.
///
/// # Errors
/// [`Refusal`] `E_SETTING`: what was expected, and what came. Whether a formula can be read is the widget's to say.
pub fn read(field: &Field, given: &Json) -> Result<Option<Value>, Refusal> {
    let attribute = field.attribute();
    if *given == Json::Null {
        return Ok(None);
    }
    let word = given.text().map(str::trim).unwrap_or_default();
    let in_range = |low: f64, high: f64| number(given).filter(|v| (low..=high).contains(v));
    let value = match field.kind {
        Kind::Number { low, high, .. } => in_range(low, high).map(Value::Number),
        Kind::Count => in_range(0.0, 1e9).filter(|v| v.fract() == 0.0).map(Value::Number),
        Kind::Flag => flag(given, &attribute).map(Value::Flag),
        Kind::Choice(choices) => {
            let found = choices.iter().find(|choice| choice.word.eq_ignore_ascii_case(word));
            found.map(|choice| Value::Text(choice.word.into()))
        }
        Kind::Range => match numbers(given).as_deref() {
            Some([low, high]) if low < high => Some(Value::Range(*low, *high)),
            _ => None,
        },
        Kind::Numbers { count } => numbers(given).filter(|list| count == 0 || list.len() == count).map(Value::Numbers),
        Kind::Names => names(given).filter(|list| !list.is_empty()).map(Value::Names),
        Kind::Formula { .. } | Kind::Text => match given {
            Json::Text(text) => Some(Value::Text(text.clone())),
            Json::Number(value) if value.is_finite() => Some(Value::Text(number_text(*value))),
            _ => None,
        },
    };
    if value.is_some() {
        return Ok(value);
    }
    let got: String = match given {
        Json::Text(text) => text.chars().take(40).collect(),
        other => other.to_text().chars().take(40).collect(),
    };
    let wanted = Wanted::of(field.kind);
    let refusal = Refusal::new("E_SETTING", attribute.as_str(), |language| {
        let got = if given.text().is_some() { language.kit().quoted(&got) } else { got.clone() };
        language.kit().unfit(&attribute, &wanted, &got)
    });
    match field.kind {
        Kind::Choice(choices) => Err(refusal.guess(word, choices.iter().map(|choice| choice.word))),
        _ => Err(refusal),
    }
}

/// What a setting takes, as words speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Any number.
    Number,
    /// A number above 0.
    Positive,
    /// A number from here on.
    AtLeast(String),
    /// A number from here to there.
    Between(String, String),
    /// A whole number from 0.
    Count,
    /// On or off.
    Flag,
    /// One of these words.
    OneOf(String),
    /// Two numbers.
    Range,
    /// So many numbers; 0 for any.
    Numbers(usize),
    /// Names.
    Names,
    /// A text.
    Text,
}

impl Wanted {
    /// One of a few words.
    pub fn one_of(words: &[&str]) -> Self {
        Self::OneOf(words.join(", "))
    }

    fn of(kind: Kind) -> Self {
        let large = |v: f64| v.abs() >= 1e50;
        match kind {
            Kind::Number { low, high, .. } if large(low) && large(high) => Self::Number,
            Kind::Number { low, high, .. } if low > 0.0 && low <= 1e-9 && high >= 1e9 => Self::Positive,
            Kind::Number { low, high, .. } if large(high) => Self::AtLeast(number_text(low)),
            Kind::Number { low, high, .. } => Self::Between(number_text(low), number_text(high)),
            Kind::Count => Self::Count,
            Kind::Flag => Self::Flag,
            Kind::Choice(choices) => Self::one_of(&choices.iter().map(|choice| choice.word).collect::<Vec<_>>()),
            Kind::Range => Self::Range,
            Kind::Numbers { count } => Self::Numbers(count),
            Kind::Names => Self::Names,
            Kind::Formula { .. } | Kind::Text => Self::Text,
        }
    }
}

/// A number as attributes have it, with a decimal point in every language, or as a property has it.
fn number(given: &Json) -> Option<f64> {
    match given {
        Json::Number(value) => Some(*value).filter(|value| value.is_finite()),
        Json::Text(text) => number::read(text, Decimal::Point).ok(),
        _ => None,
    }
}

fn numbers(given: &Json) -> Option<Vec<f64>> {
    match given {
        Json::List(entries) => entries.iter().map(number).collect(),
        Json::Text(text) => text
            .split(|c: char| c == ',' || c == ';' || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .map(|part| number(&Json::Text(part.into())))
            .collect(),
        Json::Number(_) => number(given).map(|v| vec![v]),
        _ => None,
    }
}

fn names(given: &Json) -> Option<Vec<String>> {
    let all: Vec<String> = match given {
        Json::List(entries) => entries.iter().map(|e| e.text().map(str::to_owned)).collect::<Option<_>>()?,
        Json::Text(text) if text.contains(',') => text.split(',').map(str::to_owned).collect(),
        Json::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
        _ => return None,
    };
    Some(all.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect())
}

fn flag(given: &Json, attribute: &str) -> Option<bool> {
    match given {
        Json::Bool(on) => Some(*on),
        Json::Number(value) if *value == 0.0 || *value == 1.0 => Some(*value == 1.0),
        Json::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "" | "true" | "on" | "yes" | "1" => Some(true),
            "false" | "off" | "no" | "0" => Some(false),
            // As XHTML writes it: blindfold="blindfold".
            other => (other == attribute).then_some(true),
        },
        _ => None,
    }
}

/// A setting's Rust type.
pub trait Setting: Clone + PartialEq {
    /// Its value; none for the absence of an `Option`.
    fn put(&self) -> Option<Value>;
    /// From a value of the right kind.
    fn take(value: &Value) -> Option<Self>;
}

macro_rules! setting {
    ($t:ty, $v:ident) => {
        impl Setting for $t {
            fn put(&self) -> Option<Value> {
                Some(Value::$v(self.clone()))
            }
            fn take(value: &Value) -> Option<Self> {
                match value {
                    Value::$v(v) => Some(v.clone()),
                    _ => None,
                }
            }
        }
    };
}
setting!(f64, Number);
setting!(bool, Flag);
setting!(String, Text);
setting!(Vec<f64>, Numbers);
setting!(Vec<String>, Names);

impl Setting for usize {
    fn put(&self) -> Option<Value> {
        Some(Value::Number(*self as f64))
    }
    fn take(value: &Value) -> Option<Self> {
        match value {
            Value::Number(v) if *v >= 0.0 && *v <= 1e9 => Some(*v as usize),
            _ => None,
        }
    }
}

impl Setting for (f64, f64) {
    fn put(&self) -> Option<Value> {
        Some(Value::Range(self.0, self.1))
    }
    fn take(value: &Value) -> Option<Self> {
        match value {
            Value::Range(low, high) => Some((*low, *high)),
            _ => None,
        }
    }
}

impl<T: Setting> Setting for Option<T> {
    fn put(&self) -> Option<Value> {
        self.as_ref().and_then(Setting::put)
    }
    fn take(value: &Value) -> Option<Self> {
        T::take(value).map(Some)
    }
}

/// Declares a list of words that a setting may hold: the enum and its [`Choice`]s.
#[macro_export]
macro_rules! choices {
    ($(#[doc = $docs:literal])* pub enum $name:ident { $($(#[doc = $case_docs:literal])* $case:ident / $word:literal : $english:literal | $german:literal,)* }) => {
        $(#[doc = $docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $case_docs])* $case,)* }
        impl $name {
            /// The words.
            pub const CHOICES: &'static [$crate::kit::settings::Choice] =
                &[$($crate::kit::settings::Choice { word: $word, labels: [$english, $german] }),*];
            /// The word for it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$case => $word,)* }
            }
        }
        impl $crate::kit::settings::Setting for $name {
            fn put(&self) -> Option<$crate::kit::settings::Value> {
                Some($crate::kit::settings::Value::Text(self.word().into()))
            }
            fn take(value: &$crate::kit::settings::Value) -> Option<Self> {
                match value {
                    $($crate::kit::settings::Value::Text(text) if text == $word => Some(Self::$case),)*
                    _ => None,
                }
            }
        }
    };
}

/// Declares a widget's settings once: a struct with typed fields, their defaults and their [`Field`]s. A line is
/// `name / "property" : Type = default, Kind, "label" | "Beschriftung", "control";` under the documentation for authors.
#[macro_export]
macro_rules! settings {
    ($(#[doc = $docs:literal])* pub struct $name:ident { $($(#[doc = $field_docs:literal])* $field:ident / $wire:literal : $type:ty = $default:expr, $kind:expr, $english:literal | $german:literal, $control:literal;)* }) => {
        $(#[doc = $docs])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[doc = $field_docs])* pub $field: $type,)* }
        impl Default for $name {
            fn default() -> Self { Self { $($field: $default,)* } }
        }
        impl $name {
            /// What can be set.
            pub const FIELDS: &'static [$crate::kit::settings::Field] = &[$($crate::kit::settings::Field {
                name: $wire, kind: $kind, labels: [$english, $german], control: $control, docs: $crate::kit::settings::for_authors(concat!($($field_docs),*)),
            }),*];
            /// From values; those that are absent or of another kind have their default.
            pub fn of(values: &$crate::kit::settings::Values) -> Self {
                let mut all = Self::default();
                for (name, value) in values.iter() {
                    all.set(name, Some(value));
                }
                all
            }
            /// Takes a value, or the default for none; whether it is one of ours and of the right kind.
            pub fn set(&mut self, name: &str, value: Option<&$crate::kit::settings::Value>) -> bool {
                match name {
                    $($wire => {
                        let taken = match value {
                            None => Some($default),
                            Some(value) => <$type as $crate::kit::settings::Setting>::take(value),
                        };
                        match taken {
                            Some(taken) => { self.$field = taken; true }
                            None => false,
                        }
                    })*
                    _ => false,
                }
            }
            /// All values that are there.
            pub fn values(&self) -> $crate::kit::settings::Values {
                let mut all = $crate::kit::settings::Values::new();
                $(if let Some(value) = $crate::kit::settings::Setting::put(&self.$field) { all.put($wire, value); })*
                all
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    choices! {
        /// Which.
        pub enum Which {
            /// One.
            One / "one": "One" | "Eins",
            /// Two.
            Two / "two": "Two" | "Zwei",
        }
    }

    settings! {
        /// Some settings.
        pub struct Some_ {
            /// A rate.
            learning_rate / "learningRate": f64 = 0.3, Kind::Number { low: 1e-12, high: 1e12, log: true }, "Learning rate" | "Lernrate", "rate";
            /// A domain.
            domain / "domain": Option<(f64, f64)> = None, Kind::Range, "Domain" | "Bereich", "";
            /// Which one.
            which / "which": Which = Which::One, Kind::Choice(Which::CHOICES), "Which" | "Welche", "which";
            /// On.
            on / "on": bool = true, Kind::Flag, "On" | "An", "on";
            /// Columns.
            columns / "columns": Vec<String> = Vec::new(), Kind::Names, "Columns" | "Spalten", "";
        }
    }

    fn field(name: &str) -> &'static Field {
        Some_::FIELDS.iter().find(|f| f.name == name).unwrap()
    }

    fn text(name: &str, given: &str) -> Result<Option<Value>, Refusal> {
        read(field(name), &given.into())
    }

    #[test]
    fn a_setting_has_one_name_in_three_spellings() {
        let rate = field("learningRate");
        assert_eq!(rate.attribute(), "learning-rate");
        for name in ["learningRate", "learning-rate", "learningrate"] {
            assert!(rate.is_called(name), "{name}");
        }
        assert!(!rate.is_called("rate"));
    }

    #[test]
    fn text_number_and_list_are_read_alike() {
        assert_eq!(text("learningRate", " 0.25 ").unwrap(), read(field("learningRate"), &0.25.into()).unwrap());
        assert_eq!(text("domain", "−1.5, 3").unwrap(), Some(Value::Range(-1.5, 3.0)));
        assert_eq!(read(field("domain"), &vec![-1.5, 3.0].into()).unwrap(), Some(Value::Range(-1.5, 3.0)));
        assert_eq!(text("columns", "a b, c").unwrap(), Some(Value::Names(vec!["a b".into(), "c".into()])));
        assert_eq!(text("columns", "a b").unwrap(), Some(Value::Names(vec!["a".into(), "b".into()])));
        assert_eq!(text("on", "").unwrap(), Some(Value::Flag(true)));
        assert_eq!(text("on", "No").unwrap(), Some(Value::Flag(false)));
        assert_eq!(text("which", "Two").unwrap(), Some(Value::Text("two".into())));
        assert_eq!(read(field("which"), &Json::Null).unwrap(), None);
    }

    #[test]
    fn nonsense_is_refused_with_what_was_expected_and_a_guess() {
        let said = |name: &str, given: &str| text(name, given).unwrap_err().to_string();
        assert_eq!(said("learningRate", "fast"), "learning-rate is a number above 0, not “fast”.");
        assert_eq!(said("learningRate", "-1"), "learning-rate is a number above 0, not “-1”.");
        assert_eq!(said("which", "tow"), "which is one of one, two, not “tow”. Did you mean two?");
        assert!(said("domain", "3 -3").starts_with("domain is two numbers"));
        assert!(said("on", "perhaps").starts_with("on is true or false"));
        assert!(read(field("learningRate"), &f64::NAN.into()).is_err());
        assert!(read(field("learningRate"), &Json::List(vec![])).is_err());
    }

    #[test]
    fn values_survive_the_way_through_attributes_and_through_plain_data() {
        let mut all = Some_::default();
        assert!(all.set("learningRate", Some(&Value::Number(1e-7))));
        assert!(all.set("domain", Some(&Value::Range(-0.1, 3e8))));
        assert!(!all.set("which", Some(&Value::Flag(true))));
        let values = all.values();
        for (name, value) in values.iter() {
            if *value == Value::Names(vec![]) {
                continue;
            }
            assert_eq!(text(name, &value.to_attribute()).unwrap().as_ref(), Some(value), "{name}");
            assert_eq!(read(field(name), &value.to_json()).unwrap().as_ref(), Some(value), "{name}");
        }
        assert_eq!(Some_::of(&values), all);
    }
}
