//! `tangent` auf Deutsch.

use super::counted;
use crate::ground::Verdict;
use crate::readout::{Role, Span};
use crate::tangent::words::{Mode, TangentWords};
use crate::words::{De, Sentence};

impl TangentWords for De {
    fn prompt(&self, mode: Mode) -> &'static str {
        match mode {
            Mode::Ride => "Zieh den Punkt die Kurve entlang. Die Steigung, die er trifft, wird unten eingezeichnet.",
            Mode::Lens => "Vergrößere weiter: Eine glatte Kurve wird zum geraden Brett, ein Knick bleibt ein Knick.",
            Mode::Secant => "Halbiere h immer wieder und sieh, wie das Verhältnis zur Ruhe kommt.",
            Mode::Sketch => "Stelle die sieben Griffe auf die Steigung, die du erwartest; drücke dann Prüfen.",
            Mode::Judged => "Vergleiche deine Linie mit der Steigung.",
        }
    }
    fn axes(&self) -> [&'static str; 3] {
        ["Stelle ", "Höhe ", "Steigung "]
    }
    fn points(&self, variable: &str) -> [String; 2] {
        [format!("Punkt, {variable}"), format!("zweiter Punkt, {variable}")]
    }
    fn grip(&self, number: usize, place: &str) -> String {
        format!("Skizze {number} von 7, Steigung bei {place}")
    }
    fn ride_on(&self) -> [&'static str; 2] {
        ["Fahre die Kurve entlang, um hier die Steigung einzuzeichnen.", "Fahre, um die Steigung zu zeichnen."]
    }
    fn secant(&self, ratio: &str) -> String {
        format!("Sekante {ratio}")
    }
    fn outside(&self, height: &str) -> String {
        format!("außerhalb: Höhe {height}")
    }
    fn controls(&self) -> [&'static str; 12] {
        [
            "Stelle",
            "Zweite Stelle",
            "Vergrößern ×10",
            "Verkleinern",
            "Zweiter Punkt",
            "h halbieren",
            "Nur ein Punkt",
            "Steigung skizzieren",
            "Prüfen",
            "Noch einmal",
            "Fertig",
            "Tinte löschen",
        ]
    }
    fn did(&self, what: &str) -> &'static str {
        match what {
            "closer" => "vergrößert",
            "wider" => "den Blick geweitet",
            "second" => "den zweiten Punkt bewegt",
            "single" => "den zweiten Punkt entfernt",
            "halve" => "h halbiert",
            "clear" => "die Tinte gelöscht",
            "sketch" => "eine Skizze begonnen",
            "check" => "die Skizze geprüft",
            "leave" => "die Skizze verlassen",
            "at" => "den Punkt bewegt",
            _ => "einen Griff bewegt",
        }
    }
    fn figures(&self) -> [&'static str; 5] {
        ["Höhe", "Steigung hier", "Strecke h", "Anstieg", "Verhältnis"]
    }
    fn meanings(&self) -> [&'static str; 5] {
        ["an dieser Stelle", "Steigung hier", "Anstieg durch h", "Anstieg", "Strecke"]
    }
    fn slope_spoken(&self, place: &str, slope: &str) -> String {
        format!("Die Steigung von f bei {place} ist {slope}.")
    }
    fn ratio_spoken(&self, rise: &str, h: &str, ratio: &str) -> String {
        format!("Anstieg durch Strecke: {rise} durch {h} ist {ratio}.")
    }
    fn undefined(&self) -> Sentence {
        Sentence::new().plain(
            "Die Funktion hat hier keinen Wert und darum keine Steigung. Zieh den Punkt dorthin, wo eine Kurve ist.",
        )
    }
    fn no_slope(&self) -> Sentence {
        Sentence::new().plain("Hier gibt es keine Steigung. Zieh den Punkt an eine andere Stelle.")
    }
    fn upright(&self) -> Sentence {
        Sentence::new().plain("Die Kurve steht hier senkrecht: Keine endliche Zahl ist ihre Steigung.")
    }
    fn corner(&self, left: &str, right: &str, lens: bool) -> Sentence {
        let sentence = Sentence::new()
            .plain("Von links ist die Steigung ")
            .strong(left, Role::Gradient)
            .plain(", von rechts ")
            .strong(right, Role::Gradient);
        if lens {
            sentence.plain(". Vergrößere, so weit du willst: Der Knick bleibt ein Knick.")
        } else {
            sentence.plain(": An diesem Knick gibt es keine einzelne Steigung, darum hat die Tinte eine Lücke.")
        }
    }
    fn jump(&self) -> Sentence {
        Sentence::new().plain("Die Kurve springt hier und hat darum keine Steigung.")
    }
    fn end(&self, slope: &str) -> Sentence {
        Sentence::new()
            .plain("Die Kurve endet hier: Sie hat nur auf einer Seite eine Steigung, ")
            .strong(slope, Role::Gradient)
            .plain(".")
    }
    fn slope_says(&self, slope: Span, rises: Option<bool>, size: &str) -> Sentence {
        let sentence = Sentence::new().plain("Die Steigung ist ");
        let sentence = sentence.then([slope]);
        match rises {
            None => sentence.plain(": Die Kurve ist hier eben."),
            Some(true) => sentence.plain(format!(": Nach rechts steigt die Kurve, um {size} auf je 1.")),
            Some(false) => sentence.plain(format!(": Nach rechts fällt die Kurve, um {size} auf je 1.")),
        }
    }
    fn bend(&self, away: &str, leaves: Option<&str>) -> String {
        match leaves {
            Some(leaves) => format!(" Im Abstand {away} hat sie ihre Tangente um {leaves} verlassen."),
            None => format!(" Im Abstand {away} liegt sie noch auf ihrer Tangente."),
        }
    }
    fn ratio_says(&self, h: &str, rise: &str, ratio: Span, slope: Option<&str>) -> Sentence {
        let sentence =
            Sentence::new().plain(format!("Auf einer Strecke von {h} steigt die Kurve um {rise}; das Verhältnis ist "));
        let sentence = sentence.then([ratio]);
        match slope {
            Some(slope) => {
                sentence.plain(format!(". Verkürze die Strecke, und das Verhältnis nähert sich der Steigung {slope}."))
            }
            None => sentence.plain(". Hier gibt es keine einzelne Steigung, der es sich nähern könnte."),
        }
    }
    fn no_second(&self) -> Sentence {
        Sentence::new().plain(
            "Am zweiten Punkt hat die Funktion keinen Wert, darum gibt es kein Verhältnis. Bewege den zweiten Punkt.",
        )
    }
    fn no_digits(&self) -> Sentence {
        Sentence::new()
            .plain("Bei so kurzer Strecke bleiben keine Stellen, um den Anstieg anzugeben. Mach die Strecke länger.")
    }
    fn sketching(&self) -> &'static str {
        "Wo die Kurve steigt, ist die Steigung über null; wo sie fällt, darunter. Wie steil ist sie an jedem Griff?"
    }
    fn judged(&self, verdict: &Verdict<[String; 3]>) -> String {
        match verdict {
            Verdict::Right { alike: true, .. } => {
                "Vorzeichen und Nullstellen sind die der Steigung. Sie sind auch die der \
                Höhe; an diesen sieben Stellen lässt sich nicht sagen, welche von beiden du gezeichnet hast."
                    .into()
            }
            Verdict::Right { off: None, .. } => {
                "Über null, wo die Kurve steigt, darunter, wo sie fällt, null, wo sie eben \
                ist: Die Linie hat die Vorzeichen und Nullstellen der Steigung."
                    .into()
            }
            Verdict::Right { off: Some([place, drawn, slope]), .. } => format!(
                "Vorzeichen und Nullstellen sind die der Steigung. Die Größe nicht: Bei {place} ist die Steigung {slope}, deine \
                 Linie hat {drawn}."
            ),
            Verdict::Flipped => {
                "Jedes Vorzeichen ist umgekehrt: Deine Linie liegt unter null, wo die Kurve steigt, und \
                darüber, wo sie fällt. Nach rechts steigen heißt: Steigung über null."
                    .into()
            }
            Verdict::Height => {
                "Deine Linie ist die Höhe der Kurve, nicht ihre Steigung. Frage an jeder Stelle, wie steil sie \
                ist, nicht wie hoch: Auf einem Gipfel ist die Steigung null."
                    .into()
            }
            Verdict::HeightZeros => {
                "Deine Linie ist null, wo die Höhe null ist. Die Steigung ist null, wo die Kurve umkehrt: \
                auf Gipfeln und in Tälern."
                    .into()
            }
            Verdict::Partly { right, of, first: [place, drawn, slope] } => format!(
                "An {right} von {of} Stellen ist das Vorzeichen das der Steigung. Bei {place} ist die Steigung {slope}, deine \
                 Linie hat {drawn}."
            ),
            Verdict::Undecided => "Diese sieben Stellen verraten nicht, was du gezeichnet hast.".into(),
        }
    }
    fn curve(&self, w: &str, place: &str, moment: &str) -> String {
        format!("Eine Kurve über {w} mit einem Punkt bei {w} = {place}. {moment}")
    }
    fn chart(&self, w: &str, inked: usize, whole: bool, sketch: bool) -> String {
        let ink = match inked {
            _ if whole => "Die ganze Ableitung ist gezeichnet".to_owned(),
            0 => "Noch ist nichts eingezeichnet".to_owned(),
            count => format!("{} eingezeichnet", counted(count as u64, "Strecke ist", "Strecken sind")),
        };
        match (sketch, whole) {
            (true, true) => format!("Die Steigung über {w}: deine Skizze mit sieben Stellen und die Ableitung."),
            (true, false) => format!("Die Steigung über {w}: sieben Griffe, um sie zu skizzieren."),
            _ => format!("Die Steigung über {w}: {ink}."),
        }
    }
    fn captions(&self, formula: &str, place: &str) -> [String; 2] {
        [format!("Höhe und Steigung von f = {formula}"), format!("Anstieg durch Strecke von f = {formula} ab {place}")]
    }
    fn columns(&self) -> [&'static str; 4] {
        ["Höhe", "Steigung", "Anstieg", "Verhältnis"]
    }
}
