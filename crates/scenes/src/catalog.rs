//! The widgets there are: one line each.

use crate::kit::json::Json;
use crate::kit::settings::{Field, Refusal};
use crate::kit::{AnyScene, Given, Shell, Widget};

type Restored = Result<Box<dyn AnyScene>, Refusal>;

/// One kind of widget.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its name: `descent`.
    pub kind: &'static str,
    /// What it is for.
    pub docs: &'static str,
    /// What it can be told.
    pub fields: &'static [Field],
    /// Names of controls that no field has.
    pub controls: &'static [&'static str],
    /// The TypeScript types of its parts of the readout, by their names.
    pub parts: &'static [(&'static str, &'static str)],
    /// The TypeScript of its numbers and parts.
    pub declare: fn(&mut dyn FnMut(&'static str, String)),
    make: fn(&Given) -> Box<dyn AnyScene>,
    restore: fn(&Given, &Json) -> Restored,
}

const fn entry<W: Widget>() -> Entry {
    Entry {
        kind: W::KIND,
        docs: W::DOCS,
        fields: W::FIELDS,
        controls: W::CONTROLS,
        parts: W::PARTS,
        declare: W::declare,
        make: |given| Box::new(Shell::<W>::new(given)),
        restore: |given, state| Ok(Box::new(Shell::<W>::from_state(given, state)?)),
    }
}

/// Every widget.
pub const ALL: &[Entry] =
    &[entry::<crate::descent::Descent>(), entry::<crate::houses::Houses>(), entry::<crate::tangent::Tangent>()];

impl Entry {
    /// The name of its element: `downhill-descent`.
    pub fn tag(&self) -> String {
        format!("{PREFIX}{}", self.kind)
    }
}

/// What the names of elements begin with.
pub const PREFIX: &str = "downhill-";

/// The widget of this kind.
///
/// # Errors
/// `E_KIND` with a guess.
pub fn kind(name: &str) -> Result<&'static Entry, Refusal> {
    ALL.iter().find(|entry| entry.kind == name).ok_or_else(|| {
        let shown: String = name.chars().take(40).collect();
        let known: Vec<&str> = ALL.iter().map(|entry| entry.kind).collect();
        let refusal = Refusal::new("E_KIND", shown.clone(), format!("There is no widget “{shown}”."));
        match calculus::spelling::nearest(name, known.iter().copied()) {
            Some(guess) => refusal.hint(format!("Did you mean {guess}?")),
            None => refusal.hint(format!("These exist: {}.", known.join(", "))),
        }
    })
}

/// The widget of an element.
///
/// # Errors
/// `E_KIND` with a guess.
pub fn of_tag(tag: &str) -> Result<&'static Entry, Refusal> {
    let tags: Vec<String> = ALL.iter().map(Entry::tag).collect();
    ALL.iter().find(|entry| entry.tag() == tag).ok_or_else(|| {
        let refusal = Refusal::new("E_KIND", tag, format!("There is no element <{tag}>."));
        match calculus::spelling::nearest(tag, tags.iter().map(String::as_str)) {
            Some(guess) => refusal.hint(format!("Did you mean <{guess}>?")),
            None => refusal.hint(format!("These exist: {}.", tags.join(", "))),
        }
    })
}

/// A scene of this kind from what was given. What cannot be had keeps its default and is in [`AnyScene::refusals`].
///
/// # Errors
/// `E_KIND`.
pub fn scene(name: &str, given: &Given) -> Result<Box<dyn AnyScene>, Refusal> {
    Ok((kind(name)?.make)(given))
}

/// A scene as a link or an earlier instance left it.
///
/// # Errors
/// `E_KIND`, or `E_STATE` with the reason.
pub fn scene_of_state(name: &str, given: &Given, state: &Json) -> Result<Box<dyn AnyScene>, Refusal> {
    (kind(name)?.restore)(given, state)
}
