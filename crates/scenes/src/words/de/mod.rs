//! Deutsch: zweite Person, Gegenwart, kurze Wörter.

mod descent;
mod ground;
mod houses;
mod tangent;

use super::{De, KitWords};
use crate::kit::settings::Wanted;
use crate::kit::walk::Unwalkable;
use crate::number::Locale;
use ::descent::number::Slip;
use ::descent::run::{Cause, ReplayError};

/// `1 Schritt`, `3 Schritte`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", crate::number::Locale::GERMAN.count(count), if count == 1 { one } else { many })
}

impl KitWords for De {
    fn quoted(&self, text: &str) -> String {
        format!("„{text}“")
    }
    fn unfit(&self, attribute: &str, wanted: &Wanted, got: &str) -> String {
        let wanted = match wanted {
            Wanted::Number => "eine Zahl",
            Wanted::Positive => "eine Zahl über 0",
            Wanted::AtLeast(low) => &format!("eine Zahl, die mindestens {low} ist"),
            Wanted::Between(low, high) => &format!("eine Zahl von {low} bis {high}"),
            Wanted::Count => "eine ganze Zahl ab 0",
            Wanted::Flag => "true oder false",
            Wanted::OneOf(words) => &format!("eines von {words}"),
            Wanted::Range => "zwei Zahlen, die kleinere zuerst, zum Beispiel -3 3",
            Wanted::Numbers(0) => "eine Reihe von Zahlen mit Leerzeichen dazwischen",
            Wanted::Numbers(count) => &format!("eine Reihe von {count} Zahlen mit Leerzeichen dazwischen"),
            Wanted::Names => "ein Name oder mehrere mit Kommas dazwischen",
            Wanted::Text => "ein Text",
        };
        format!("{attribute} ist {wanted}, nicht {got}.")
    }
    fn no_setting(&self, name: &str) -> String {
        format!("{name}: Diese Einstellung gibt es nicht.")
    }
    fn no_control(&self, name: &str) -> String {
        format!("controls nennt „{name}“, doch ein solches Bedienelement gibt es hier nicht.")
    }
    fn no_widget(&self, kind: &str) -> String {
        format!("Ein Widget „{kind}“ gibt es nicht.")
    }
    fn no_element(&self, tag: &str) -> String {
        format!("Ein Element <{tag}> gibt es nicht.")
    }
    fn these_exist(&self, names: &str) -> String {
        format!("Es gibt: {names}.")
    }
    fn did_you_mean(&self, name: &str) -> String {
        format!("Ist {name} gemeint?")
    }
    fn shows_no_table(&self) -> &'static str {
        "Dieses Schaubild zeigt keine Tabelle."
    }
    fn other_version(&self, version: u64, newest: u64) -> String {
        format!("Das wurde von Version {version} gesichert; diese Seite liest die Versionen 1 bis {newest}.")
    }
    fn no_state(&self) -> &'static str {
        "Das ist kein gesicherter Moment: Ihm fehlt die Version."
    }
    fn other_kind(&self, kind: &str) -> String {
        format!("Dieser Moment wurde nicht von einem „{kind}“ gesichert.")
    }
    fn no_settings(&self) -> &'static str {
        "Dieser Moment hat keine Einstellungen."
    }
    fn unknown_saved(&self, name: &str) -> String {
        format!("Dieser Moment hat eine unbekannte Einstellung „{name}“.")
    }
    fn unfit_saved(&self, attribute: &str, why: &str) -> String {
        format!("Der gesicherte Wert von {attribute} ist nicht zu gebrauchen. {why}")
    }
    fn cannot_show(&self, why: &str) -> String {
        format!("Der gesicherte Moment lässt sich nicht zeigen. {why}")
    }
    fn cannot_walk(&self, why: &Unwalkable) -> String {
        let why = match why {
            Unwalkable::Place => "Ein Ort darin ist keiner.",
            Unwalkable::Steps => "Schritten darin fehlen Verfahren, Lernrate oder Anzahl.",
            Unwalkable::Move => "Eine Bewegung darin ist von unbekannter Art.",
            Unwalkable::Refused(ReplayError::Start(_)) => "Sein Anfang taugt nicht dafür.",
            Unwalkable::Refused(ReplayError::Settings { step, .. }) => {
                &format!("Die Einstellungen nach Bewegung {step} taugen nicht dafür.")
            }
            Unwalkable::Refused(ReplayError::TooManyMoves { most }) => {
                &format!("Er hat mehr als {most} Bewegungen, die ein Weg höchstens haben darf.")
            }
            Unwalkable::Refused(ReplayError::Step { step, cause }) => {
                &format!("Bewegung {step} ist ein unmöglicher Schritt. {}", self.cause(cause))
            }
            Unwalkable::Refused(ReplayError::Leap { step, .. }) => {
                &format!("Bewegung {step} ist ein unmöglicher Sprung.")
            }
        };
        format!("Der gesicherte Weg lässt sich nicht noch einmal gehen. {why}")
    }
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
    fn step_taken(&self, number: &str) -> String {
        format!("Schritt {number}.")
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
    fn step_beyond(&self, length: &str) -> String {
        format!("Schritt {length}, aus dem Bild hinaus")
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
