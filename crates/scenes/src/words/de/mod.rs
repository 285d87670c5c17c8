//! Deutsch: zweite Person, Gegenwart, kurze Wörter.

mod descent;
mod houses;
mod tangent;

use super::{De, KitWords};
use crate::number::Locale;
use ::descent::number::Slip;
use ::descent::run::Cause;

/// `1 Schritt`, `3 Schritte`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", crate::number::Locale::GERMAN.count(count), if count == 1 { one } else { many })
}

impl KitWords for De {
    fn no_finite_value(&self) -> &'static str {
        "kein endlicher Wert"
    }
    fn undefined(&self) -> &'static str {
        "nicht definiert"
    }
    fn undefined_here(&self) -> &'static str {
        "hier nicht definiert"
    }
    fn undo(&self, what: &str) -> String {
        format!("Rückgängig: {what}")
    }
    fn redo(&self, what: &str) -> String {
        format!("Wiederholen: {what}")
    }
    fn changed(&self, label: &str) -> String {
        format!("„{label}“ geändert")
    }
    fn went_back(&self) -> &'static str {
        "zum Anfang zurückgekehrt"
    }
    fn steps(&self, count: u64) -> String {
        counted(count, "Schritt", "Schritte")
    }
    fn ended(&self, cause: &Cause) -> &'static str {
        match cause {
            Cause::Floor { .. } | Cause::Hovering { .. } => "Zur Ruhe gekommen",
            Cause::Creeping { .. } => "Kaum noch Bewegung",
            Cause::TooShort { .. } => "Ein zu kurzer Schritt",
            Cause::Summit { .. } | Cause::Saddle { .. } | Cause::Plateau { .. } | Cause::Flat => "Steckt fest",
            Cause::Limit { .. } => "Ein langer Weg",
            _ => "Läuft davon",
        }
    }
    fn cause(&self, cause: &Cause) -> String {
        match cause {
            Cause::Floor { .. } => "Die Steigung ist fast null; von hier geht es nirgends weiter hinab.".into(),
            Cause::Hovering { .. } => {
                "Die Schritte gehen über dem Talboden hin und her, zu kurz, um sie zu sehen.".into()
            }
            Cause::Summit { .. } => {
                "Die Steigung ist fast null, aber dies ist ein Gipfel: Der Boden fällt nach allen Seiten.".into()
            }
            Cause::Saddle { parameter } => format!(
                "Die Steigung ist fast null, aber dies ist ein Sattel: Längs {parameter} fällt der Boden nach beiden Seiten."
            ),
            Cause::Plateau { .. } => "Der Boden ist hier fast eben, aber dies ist kein Talboden.".into(),
            Cause::Flat => "Der Boden ist hier eben: Ohne Steigung gibt es keine Richtung für einen Schritt.".into(),
            Cause::TooShort { .. } => "Der Schritt ist zu kurz, um die Zahlen zu ändern.".into(),
            Cause::Creeping { steps, .. } => format!(
                "{} zusammen haben den Verlust um weniger als ein Millionstel geändert, obwohl dies nicht der Talboden ist.",
                counted(*steps, "Schritt", "Schritte")
            ),
            Cause::Rises { count, .. } => match count {
                5 => "Der Verlust ist fünf Schritte in Folge gewachsen.".into(),
                count => format!("Der Verlust ist {count} Schritte in Folge gewachsen."),
            },
            Cause::Overflow { .. } => "Der nächste Schritt ist zu lang für jede Zahl.".into(),
            Cause::NoValue { .. } => "Der nächste Schritt führt an einen Ort ohne endlichen Verlust.".into(),
            Cause::NoSlope { .. } => "Der nächste Schritt führt an einen Ort ohne endliche Steigung.".into(),
            Cause::LossOverflow { .. } => "Der Verlust beim nächsten Schritt ist zu groß für jede Zahl.".into(),
            Cause::Limit { steps } => format!(
                "{} sind getan, so viele, wie behalten werden. Setze zurück, um weiterzugehen.",
                counted(*steps, "Schritt", "Schritte")
            ),
        }
    }
    fn step_axis(&self) -> &'static str {
        "Schritt"
    }
    fn start(&self) -> &'static str {
        "Start"
    }
    fn next(&self) -> &'static str {
        "als Nächstes"
    }
    fn step_of(&self, length: &str) -> String {
        format!("Schritt {length}")
    }
    fn run(&self, length: &str) -> String {
        format!("zur Seite {length}")
    }
    fn rise(&self, length: &str) -> String {
        format!("hinauf {length}")
    }
    fn half(&self, left: bool, slope: &str) -> String {
        format!("{} {slope}", if left { "links" } else { "rechts" })
    }
    fn vertical(&self, narrow: bool) -> &'static str {
        if narrow { "keine endliche Steigung" } else { "senkrecht: keine endliche Steigung" }
    }
    fn lens(&self, power: &str, across: &str) -> String {
        format!("×{power}, {across} breit")
    }
    fn slope(&self, slope: &str) -> String {
        format!("Steigung {slope}")
    }
    fn step_column(&self) -> &'static str {
        "Schritt"
    }
    fn slip(&self, text: &str, slip: Slip) -> String {
        match slip {
            Slip::Empty => "Tippe eine Zahl ein, zum Beispiel 0,3.".into(),
            Slip::OtherMark(value) => {
                format!("Setze vor die Nachkommastellen ein Komma: {}.", Locale::GERMAN.typed(value))
            }
            Slip::Marks => format!(
                "„{text}“ ist keine Zahl. Vor den Nachkommastellen steht ein Komma; Punkte trennen Dreiergruppen: 1.234,5."
            ),
            Slip::TooLarge => format!("„{text}“ ist eine zu große Zahl."),
            Slip::NotNumber => format!("„{text}“ ist keine Zahl. Tippe Ziffern ein, zum Beispiel 0,3 oder −2."),
        }
    }
}
