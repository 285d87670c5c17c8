//! Data that whoever makes a widget hands to it: the tables of the lessons are no part of any scene.

use std::sync::Arc;

/// A table by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What attributes and links call it: `ames`.
    pub name: String,
    /// Its text: CSV with a line of names.
    pub text: Arc<str>,
}

/// The tables there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supply {
    named: Vec<Named>,
    /// A learner's own, which has a label rather than a name.
    own: Option<Named>,
}

impl Supply {
    /// No tables.
    pub fn none() -> Self {
        Self::default()
    }

    /// With one table more.
    #[must_use]
    pub fn with(mut self, name: &str, text: impl Into<Arc<str>>) -> Self {
        self.named.push(Named { name: name.into(), text: text.into() });
        self
    }

    /// With a learner's own table.
    #[must_use]
    pub fn with_own(mut self, own: Named) -> Self {
        self.own = Some(own);
        self
    }

    /// The learner's own table.
    pub fn own(&self) -> Option<&Named> {
        self.own.as_ref()
    }

    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Named> {
        self.named.iter().find(|table| table.name == name)
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(|table| table.name.as_str())
    }

    /// The first table, which a widget shows unless told otherwise.
    pub fn first(&self) -> Option<&Named> {
        self.named.first()
    }
}
