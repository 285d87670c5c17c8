//! A formula that is being typed: the last one that could be read, and what is wrong with what stands there now.

use std::sync::Arc;

use super::{Curve, Mistake};
use crate::kit::json::Plain as _;
use crate::kit::settings::Refusal;
use crate::readout::FormulaReadout;
use crate::words::Language;

/// The curve of the last formula that could be read, and a slip since.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    curve: Arc<Curve>,
    mistake: Option<(String, Mistake)>,
    /// Changes whenever the readout of the formula does.
    version: u64,
}

impl Typed {
    /// A formula; one that cannot be read leaves another in its place and is told of.
    pub fn new(text: &str, instead: &str, refused: &mut Vec<Refusal>) -> Self {
        let mut typed = Self { curve: Arc::new(Curve::own(instead)), mistake: None, version: 0 };
        if let Err(refusal) = typed.type_in(text) {
            refused.push(refusal);
        }
        typed
    }

    /// The curve.
    pub fn curve(&self) -> &Arc<Curve> {
        &self.curve
    }

    /// Whether something is wrong with what stands in the field.
    pub fn has_slip(&self) -> bool {
        self.mistake.is_some()
    }

    /// A number that changes whenever [`Typed::readout`] does.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Takes what was typed; whether it is another formula.
    ///
    /// # Errors
    /// The slip, which is remembered; the curve before stays.
    pub fn type_in(&mut self, text: &str) -> Result<bool, Refusal> {
        self.version += 1;
        match Curve::read(text) {
            Ok(curve) => {
                self.mistake = None;
                let another = curve.text() != self.curve.text();
                if another {
                    self.curve = Arc::new(curve);
                }
                Ok(another)
            }
            Err(mistake) => {
                let refusal = Refusal {
                    span: Some(mistake.span),
                    ..Refusal::new(mistake.code(), "function", |language| {
                        let [message, _] = mistake.said(language);
                        format!("function: {message}")
                    })
                    .hint(|language| {
                        let [_, hint] = mistake.said(language);
                        hint
                    })
                };
                self.mistake = Some((text.to_owned(), mistake));
                Err(refusal)
            }
        }
    }

    /// The formula with its derivative, for the page. `name` is what its value is called.
    pub fn write(&self, name: &str, language: Language, out: &mut String) {
        let (say, notation) = (language.kit(), language.kit().notation());
        let (expression, derivative) = (self.curve.expression(), self.curve.derivative());
        FormulaReadout {
            text: self.curve.text().to_owned(),
            mathml: expression.mathml_in(notation),
            variable: self.curve.variable().to_owned(),
            name: name.to_owned(),
            derivative_text: derivative.map(|d| d.text()).unwrap_or_default(),
            derivative_mathml: derivative.map(|d| d.mathml_in(notation)).unwrap_or_default(),
            mistake: self.mistake.as_ref().map(|(_, mistake)| mistake.readout(language)),
            mistake_text: self.mistake.as_ref().map(|(text, _)| text.clone()),
            notes: expression.notes().iter().map(|note| say.remark(&note.remark)).collect(),
        }
        .write(out);
    }
}
