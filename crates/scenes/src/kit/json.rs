//! Plain data, out and in: what crosses to a page is JSON text, because a page parses a text ten times as fast as it is handed an
//! object property by property.
//!
//! [`Plain`] writes a type and says what TypeScript calls it; [`plain!`](crate::plain) declares a struct or a list of words with both.
//! [`Json`] is a tree for what comes in: states of links, settings of any type.

use core::fmt::Write as _;

/// A type that is written as JSON and has a name in TypeScript.
pub trait Plain {
    /// Appends the JSON of the value. Numbers that are not finite are `null`.
    fn write(&self, out: &mut String);
    /// The TypeScript type.
    fn typescript() -> String;
    /// Says its own declaration and those of its parts; most types have none.
    fn declare(_out: &mut dyn FnMut(&'static str, String)) {}
    /// Whether a property of this type is left out: for absent parts of an object.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Any plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// Nothing.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A number; one that is not finite is written as `null`.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Properties in order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value of a property; none where there is none or this is no object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Self::Object(properties) => properties.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The number, if it is one and finite.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(value) if value.is_finite() => Some(*value),
            _ => None,
        }
    }

    /// The whole number from 0 to 2⁵³, if it is one.
    pub fn count(&self) -> Option<u64> {
        self.number().filter(|v| *v >= 0.0 && *v <= 9_007_199_254_740_992.0 && v.fract() == 0.0).map(|v| v as u64)
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entries, if it is a list.
    pub fn list(&self) -> Option<&[Json]> {
        match self {
            Self::List(entries) => Some(entries),
            _ => None,
        }
    }

    /// The numbers of a list of numbers.
    pub fn numbers(&self) -> Option<Vec<f64>> {
        self.list()?.iter().map(Json::number).collect()
    }

    /// An object of these properties.
    pub fn object<const N: usize>(properties: [(&str, Json); N]) -> Self {
        Self::Object(properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// The JSON text.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

impl Plain for Json {
    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => value.write(out),
            Self::Number(value) => value.write(out),
            Self::Text(text) => text.write(out),
            Self::List(entries) => entries.write(out),
            Self::Object(properties) => {
                out.push('{');
                for (i, (name, value)) in properties.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    name.write(out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
    fn typescript() -> String {
        "unknown".into()
    }
}

impl From<f64> for Json {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}
impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<String> for Json {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}
impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The shortest decimals that read back as the same double; exponents where a number would be long.
fn write_number(value: f64, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = if !value.is_finite() {
        out.write_str("null")
    } else if value == 0.0 || (1e-6..1e17).contains(&value.abs()) {
        write!(out, "{value}")
    } else {
        write!(out, "{value:e}")
    };
}

/// Everything that is not ASCII is escaped: a page takes over a text of bytes as it is, while others are decoded into twice as many.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    // Most texts need no escape and are copied whole.
    while let Some(at) = rest.bytes().position(|b| !(b' '..=b'~').contains(&b) || b == b'"' || b == b'\\') {
        let (plain, after) = rest.split_at(at);
        out.push_str(plain);
        let mut after = after.chars();
        match after.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some(other) => other.encode_utf16(&mut [0; 2]).iter().for_each(|unit| write_unit(*unit, out)),
            None => {}
        }
        rest = after.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// `\u201c`.
fn write_unit(unit: u16, out: &mut String) {
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        out.extend(char::from_digit(u32::from(unit >> shift) & 15, 16));
    }
}

impl Plain for f64 {
    fn write(&self, out: &mut String) {
        write_number(*self, out);
    }
    fn typescript() -> String {
        "number".into()
    }
}

macro_rules! whole {
    ($($t:ty),*) => { $(impl Plain for $t {
        fn write(&self, out: &mut String) {
            let _ = write!(out, "{self}");
        }
        fn typescript() -> String {
            "number".into()
        }
    })* };
}
whole!(usize, u32, u64);

impl Plain for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
    fn typescript() -> String {
        "boolean".into()
    }
}

impl Plain for std::borrow::Cow<'static, str> {
    fn write(&self, out: &mut String) {
        write_text(self, out);
    }
    fn typescript() -> String {
        "string".into()
    }
}

impl Plain for String {
    fn write(&self, out: &mut String) {
        write_text(self, out);
    }
    fn typescript() -> String {
        "string".into()
    }
}

impl Plain for &str {
    fn write(&self, out: &mut String) {
        write_text(self, out);
    }
    fn typescript() -> String {
        "string".into()
    }
}

impl<T: Plain> Plain for Vec<T> {
    fn write(&self, out: &mut String) {
        out.push('[');
        for (i, entry) in self.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            entry.write(out);
        }
        out.push(']');
    }
    fn typescript() -> String {
        let inner = T::typescript();
        if inner.contains(' ') { format!("({inner})[]") } else { format!("{inner}[]") }
    }
    fn declare(out: &mut dyn FnMut(&'static str, String)) {
        T::declare(out);
    }
}

impl<T: Plain> Plain for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
    fn typescript() -> String {
        format!("{} | null", T::typescript())
    }
    fn declare(out: &mut dyn FnMut(&'static str, String)) {
        T::declare(out);
    }
}

impl Plain for (f64, f64) {
    fn write(&self, out: &mut String) {
        vec![self.0, self.1].write(out);
    }
    fn typescript() -> String {
        "[number, number]".into()
    }
}

/// `snake_case` as JavaScript writes it.
pub fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else {
            out.extend(if upper { c.to_uppercase().next() } else { Some(c) });
            upper = false;
        }
    }
    out
}

/// One property: `"name":value,`. The name comes with its quotes and colon, written down when the program is compiled.
pub fn property<T: Plain>(out: &mut String, name: &str, value: &T) {
    if !value.is_absent() {
        out.push_str(name);
        value.write(out);
        out.push(',');
    }
}

/// Closes an object whose properties were written by [`property`].
pub fn close(out: &mut String) {
    if out.ends_with(',') {
        out.pop();
    }
    out.push('}');
}

/// Declares plain data once: the Rust type with its documentation, how it is written, and its TypeScript.
///
/// A struct's fields carry the name that JavaScript sees; an enum is a list of words.
#[macro_export]
macro_rules! plain {
    ($(#[doc = $docs:literal])* $(#[derive($($derive:ident),*)])? pub struct $name:ident { $($(#[doc = $field_docs:literal])* $field:ident / $wire:literal : $type:ty,)* }) => {
        $(#[doc = $docs])*
        #[derive(Clone, Debug, PartialEq $($(, $derive)*)?)]
        pub struct $name { $($(#[doc = $field_docs])* pub $field: $type,)* }
        impl $name {
            /// Appends the properties without the braces, each with a comma behind it.
            pub fn write_properties(&self, out: &mut String) {
                $($crate::kit::json::property(out, concat!("\"", $wire, "\":"), &self.$field);)*
            }
        }
        impl $crate::kit::json::Plain for $name {
            fn write(&self, out: &mut String) {
                out.push('{');
                self.write_properties(out);
                $crate::kit::json::close(out);
            }
            fn typescript() -> String { stringify!($name).into() }
            fn declare(out: &mut dyn FnMut(&'static str, String)) {
                let mut text = format!("/** {} */\nexport interface {} {{\n", concat!($($docs),*).trim(), stringify!($name));
                $(text.push_str(&format!("  /** {} */\n  {}: {};\n", concat!($($field_docs),*).trim(), $wire, <$type as $crate::kit::json::Plain>::typescript()));)*
                text.push_str("}\n");
                out(stringify!($name), text);
                $(<$type as $crate::kit::json::Plain>::declare(out);)*
            }
        }
    };
    ($(#[doc = $docs:literal])* $(#[derive($($derive:ident),*)])? pub enum $name:ident { $($(#[doc = $case_docs:literal])* $case:ident / $wire:literal,)* }) => {
        $(#[doc = $docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq $($(, $derive)*)?)]
        pub enum $name { $($(#[doc = $case_docs])* $case,)* }
        impl $name {
            /// The word for it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$case => $wire,)* }
            }
        }
        impl $crate::kit::json::Plain for $name {
            fn write(&self, out: &mut String) { $crate::kit::json::Plain::write(&self.word(), out); }
            fn typescript() -> String { stringify!($name).into() }
            fn declare(out: &mut dyn FnMut(&'static str, String)) {
                let words = [$(concat!("\"", $wire, "\"")),*].join(" | ");
                out(stringify!($name), format!("/** {} */\nexport type {} = {words};\n", concat!($($docs),*).trim(), stringify!($name)));
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    plain! {
        /// A pair.
        pub struct Pair {
            /// The first.
            first_one / "firstOne": f64,
            /// The second.
            other / "other": Option<String>,
        }
    }

    fn text<T: Plain>(value: &T) -> String {
        let mut out = String::new();
        value.write(&mut out);
        out
    }

    #[test]
    fn a_declared_struct_is_written_and_declared_with_its_documentation() {
        assert_eq!(text(&Pair { first_one: 1.5, other: None }), "{\"firstOne\":1.5,\"other\":null}");
        let mut declared = String::new();
        Pair::declare(&mut |_, text| declared.push_str(&text));
        assert!(declared.contains("/** The first. */\n  firstOne: number;\n"), "{declared}");
        assert!(declared.contains("other: string | null;"), "{declared}");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_to_the_same_bits(value in prop::num::f64::ANY, words in ".{0,40}") {
            let json = Json::object([("v", value.into()), ("w", words.as_str().into())]);
            let back: serde_json::Value = serde_json::from_str(&json.to_text()).unwrap();
            prop_assert_eq!(back["w"].as_str(), Some(words.as_str()));
            match back["v"].as_f64() {
                Some(read) => prop_assert_eq!(read.to_bits(), value.to_bits()),
                None => prop_assert!(!value.is_finite()),
            }
        }
    }
}
