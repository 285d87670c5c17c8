//! `descent` auf Deutsch.

use super::counted;
use crate::descent::words::{DescentWords, Factor, GroundWords, Side, bracketed};
use crate::readout::{Role, Span};
use crate::words::{De, Sentence};

fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "links",
        Side::Right => "rechts",
    }
}

impl DescentWords for De {
    fn prompts(&self, blind: bool, slip: bool) -> [&'static str; 7] {
        let [begin, going, settled] = if blind {
            [
                "Die Kurve ist verborgen. Fühle die Steigung und finde das tiefste Tal.",
                "Geh weiter, oder zieh die Kugel und fühle woanders.",
                "Zur Ruhe gekommen. Nimm die Binde ab, oder fühle woanders.",
            ]
        } else {
            [
                "Drücke Schritt, um bergab zu gehen, oder zieh die Kugel woandershin.",
                "Geh weiter, oder zieh die Kugel woandershin.",
                "Zur Ruhe gekommen. Zieh die Kugel und beginne woanders.",
            ]
        };
        [
            begin,
            going,
            "Die Kugel geht von selbst. Drücke Anhalten, wenn es genug ist.",
            settled,
            "Festgefahren. Zieh die Kugel dorthin, wo der Boden geneigt ist.",
            "Sie läuft davon. Nimm eine kleinere Lernrate, oder zieh die Kugel zurück.",
            if slip {
                "Bring die Formel in Ordnung, um weiterzugehen."
            } else {
                "Von hier führt kein Schritt weiter. Zieh die Kugel woandershin."
            },
        ]
    }
    fn slope_name(&self) -> &'static str {
        "Steigung "
    }
    fn parameter(&self) -> &'static str {
        "Parameter "
    }
    fn loss_axis(&self) -> &'static str {
        "Verlust "
    }
    fn loss_word(&self) -> &'static str {
        "Verlust"
    }
    fn loss_now(&self, loss: &str) -> String {
        if loss.is_empty() { String::new() } else { format!("Verlust {loss}") }
    }
    fn history_title(&self) -> &'static str {
        "Der Verlust, Schritt für Schritt"
    }
    fn ball(&self, variable: &str) -> String {
        format!("Parameter {variable}")
    }
    fn place(&self, variable: &str, place: &str, defined: bool) -> String {
        format!("{variable} = {place}{}", if defined { "" } else { ", hier nicht definiert" })
    }
    fn outside(&self, loss: &str) -> String {
        format!("außerhalb: Verlust {loss}")
    }
    fn shallower(&self) -> [[&'static str; 2]; 2] {
        [["ein zweites Tal,", "nicht so tief"], ["flacheres", "Tal"]]
    }
    fn hidden(&self) -> &'static str {
        "Mit Augenbinde bleibt der Verlust verborgen."
    }
    fn fog(&self) -> &'static str {
        "Nebel"
    }
    fn place_label(&self) -> &'static str {
        "Ort"
    }
    fn did(&self, what: &str) -> &'static str {
        match what {
            "smaller-rate" => "eine kleinere Lernrate genommen",
            "nudge" => "den Ball angestoßen",
            "lift-blindfold" => "die Augenbinde abgenommen",
            _ => "den Ball bewegt",
        }
    }
    fn figures(&self) -> [&'static str; 3] {
        ["Schritt", "Verlust jetzt", "Steigung hier"]
    }
    fn next_place(&self) -> &'static str {
        "nächster Ort"
    }
    fn place_now(&self) -> &'static str {
        "Ort jetzt"
    }
    fn learning_rate(&self) -> &'static str {
        "Lernrate"
    }
    fn slope_here(&self) -> &'static str {
        "Steigung hier"
    }
    fn share_kept(&self) -> &'static str {
        "behaltener Teil"
    }
    fn velocity_before(&self) -> &'static str {
        "Tempo zuvor"
    }
    fn average_slope(&self) -> &'static str {
        "mittlere Steigung"
    }
    fn typical_size(&self) -> &'static str {
        "typische Größe"
    }
    fn no_single_slope(&self) -> &'static str {
        "nicht nur eine Steigung"
    }
    fn spoken(&self, w: &str, next: &str, place: &str, rate: &str, factor: &Factor) -> String {
        match factor {
            Factor::Slope(slope) => {
                format!("{w} wird {w} minus Eta mal Steigung: {next} = {place} minus {rate} mal {slope}.")
            }
            Factor::Velocity(keep, velocity, slope) => format!(
                "{w} wird {w} minus Eta mal neues Tempo, und das ist My mal Tempo zuvor plus Steigung: \
                 {next} = {place} minus {rate} mal ({keep} mal {velocity} plus {slope})."
            ),
            Factor::Quotient(mean, size) => format!(
                "{w} wird {w} minus Eta mal mittlere Steigung durch ihre typische Größe: \
                 {next} = {place} minus {rate} mal {mean} durch {size}."
            ),
        }
    }
    fn undefined_ground(&self) -> Sentence {
        Sentence::new().plain(
            "Der Verlust ist hier nicht definiert; es gibt keine Steigung, der man folgen könnte. Zieh den Punkt dorthin, wo eine Kurve ist.",
        )
    }
    fn no_slope(&self) -> Sentence {
        Sentence::new()
            .plain("Hier gibt es keine Steigung, der man folgen könnte. Zieh den Punkt an einen anderen Ort.")
    }
    fn upright(&self, downhill: Side) -> Sentence {
        Sentence::new()
            .plain("Die Kurve steht hier senkrecht: ")
            .strong("keine endliche Steigung", Role::Gradient)
            .plain(format!(
                ". Bergab geht es nach {}, aber ein Schritt lässt sich nicht ausrechnen. Zieh den Punkt etwas zur Seite.",
                side(downhill)
            ))
    }
    fn kink(&self, left: &str, right: &str, used: &str) -> Sentence {
        Sentence::new()
            .plain("An diesem Knick gibt es nicht nur eine Steigung: ")
            .strong(left, Role::Gradient)
            .plain(" links, ")
            .strong(right, Role::Gradient)
            .plain(format!(" rechts. Ein Computer nimmt {used} und geht weiter."))
    }
    fn level_line(&self) -> Sentence {
        Sentence::new().plain(
            "Diese Formel hat keine Variable; der Boden ist überall eben: Die Steigung ist 0, und kein Schritt führt irgendwohin.",
        )
    }
    fn no_next(&self) -> Sentence {
        Sentence::new().plain("Der nächste Ort hat keinen endlichen Wert; von hier ist kein Schritt möglich.")
    }
    fn slope_says(&self, slope: &str, downhill: Option<Side>) -> Sentence {
        let sentence = Sentence::new().plain("Die Steigung ist ").strong(slope, Role::Gradient);
        match downhill {
            None => sentence.plain(": Der Boden ist hier fast eben. "),
            // In the words of the way to the right, as the slope is counted.
            Some(Side::Left) => sentence.plain(": Nach rechts geht es hinauf, bergab also nach links. "),
            Some(Side::Right) => sentence.plain(": Nach rechts geht es hinab, bergab also nach rechts. "),
        }
    }
    fn heard(&self, place: &str, loss: Option<&str>, slope: &str, downhill: Option<Side>) -> String {
        let loss = loss.map_or(String::new(), |loss| format!(", Verlust {loss}"));
        let way = match downhill {
            None => "eben",
            Some(Side::Left) => "nach rechts hinauf",
            Some(Side::Right) => "nach rechts hinab",
        };
        format!("{place}{loss}. Steigung {slope}, {way}.")
    }
    fn no_move(&self, level: bool) -> &'static str {
        if level {
            "Der nächste Schritt führt fast nirgendwohin."
        } else {
            "Der nächste Schritt ist zu kurz, um ihn zu sehen."
        }
    }
    fn step_says(&self, w: &str, to: Side, uphill: bool, how: &Factor, rate: &str, moved: Span) -> Sentence {
        let toward = side(to);
        let sentence = Sentence::new();
        let sentence = match how {
            Factor::Slope(slope) => sentence
                .plain("Der nächste Schritt bewegt ")
                .math(w)
                .plain(format!(" nach {toward} um {rate} × {slope} = ")),
            // With the minus of the equation: the number is how far the arrow goes.
            Factor::Velocity(keep, velocity, slope) => {
                let sentence = if uphill {
                    sentence.plain("Sein Tempo trägt ").math(w).plain(format!(" noch bergauf, nach {toward}: "))
                } else {
                    sentence.plain("Der nächste Schritt bewegt ").math(w).plain(format!(" nach {toward}: "))
                };
                let velocity = format!("{keep} × {} + {}", bracketed(velocity), bracketed(slope));
                sentence.plain(format!("−{rate} × ({velocity}) = "))
            }
            Factor::Quotient(mean, size) => sentence
                .plain("Adam teilt die mittlere Steigung durch ihre typische Größe. Der nächste Schritt bewegt ")
                .math(w)
                .plain(format!(" nach {toward}: −{rate} × {} ÷ {size} = ", bracketed(mean))),
        };
        sentence.then([moved]).plain(".")
    }
    fn titles(&self) -> [&'static str; 3] {
        ["Zur Ruhe gekommen", "Steckt fest", "Läuft davon"]
    }
    fn settled(&self, deeper: bool) -> &'static str {
        if deeper {
            "Die Steigung ist fast null: Dies ist der Boden eines Tals. Ein anderes Tal ist tiefer, aber kein Schritt führt dorthin."
        } else {
            "Die Steigung ist fast null; von hier geht es nirgends weiter hinab."
        }
    }
    fn stuck(&self) -> &'static str {
        "Die Steigung ist fast null, und doch ist dies kein Talboden. Ein Stups bringt den Punkt wieder auf einen Hang."
    }
    fn nudge(&self) -> &'static str {
        "Anstupsen"
    }
    fn limit(&self, valley: &str, rate: &str) -> String {
        format!("Im Tal bei {valley} kommt keine Lernrate über {rate} zur Ruhe.")
    }
    fn tried(&self, rate: &str) -> String {
        format!("Von diesem Start aus erprobt: {rate} kommt zur Ruhe.")
    }
    fn halve(&self) -> &'static str {
        "Halbiere die Lernrate und versuche es noch einmal."
    }
    fn elsewhere(&self) -> &'static str {
        "Der Boden fällt hier ohne Ende. Beginne woanders."
    }
    fn use_rate(&self, rate: &str) -> String {
        format!("{rate} vom Start an nehmen")
    }
    fn settled_in_the_dark(&self) -> &'static str {
        "In einem Tal zur Ruhe gekommen"
    }
    fn dark(&self, steps: u64, leaps: u64) -> String {
        let mut moves = counted(steps, "Schritt", "Schritten");
        if leaps > 0 {
            moves.push_str(&format!(" und {}", counted(leaps, "Sprung", "Sprüngen")));
        }
        format!(
            "Die Steigung ist nach {moves} fast null. Gibt es ein tieferes Tal? Nimm die Augenbinde ab, um es zu sehen, oder suche weiter."
        )
    }
    fn lift(&self) -> &'static str {
        "Augenbinde abnehmen"
    }
    fn curve_shape(&self, w: &str, valleys: Option<usize>) -> String {
        let shape = match valleys {
            None => {
                return format!(
                    "Mit Augenbinde: Nur der Punkt auf der {w}-Achse, die Steigung unter ihm und wo er schon war, sind zu sehen."
                );
            }
            Some(0) => "eine Kurve ohne Tal im Bild".to_owned(),
            Some(1) => "eine Kurve mit einem Tal".to_owned(),
            Some(2) => "eine Kurve mit zwei Tälern".to_owned(),
            Some(n) => format!("eine Kurve mit {n} Tälern"),
        };
        format!("Verlust über dem Parameter {w}: {shape}.")
    }
    fn moment(&self, w: &str, place: &str, moves: u64, slope: &GroundWords, next: Option<&str>) -> String {
        let slope = match slope {
            GroundWords::Undefined => "wo der Verlust nicht definiert ist".to_owned(),
            GroundWords::Slope(slope) => format!("wo die Steigung {slope} ist"),
            GroundWords::Kink => "an einem Knick mit mehr als einer Steigung".to_owned(),
            GroundWords::Upright => "wo die Kurve senkrecht steht".to_owned(),
            GroundWords::None => "wo es keine Steigung gibt".to_owned(),
        };
        let next = next.map_or(String::new(), |moved| format!(" Der nächste Schritt bewegt {w} um {moved}."));
        format!("Der Punkt steht {} bei {w} = {place}, {slope}.{next}", after(moves))
    }
    fn losses(&self, first: &str, now: &str, moves: u64) -> String {
        match moves {
            0 => format!("Der Verlust bei jedem Schritt: {now} am Start, noch kein Schritt."),
            moves => format!("Der Verlust bei jedem Schritt: {} von {first} auf {now}.", after(moves)),
        }
    }
    fn losses_hidden(&self) -> &'static str {
        "Der Verlust bei jedem Schritt ist von der Augenbinde verborgen."
    }
    fn caption(
        &self,
        w: &str,
        formula: Option<&str>,
        optimizer: &str,
        rate: &str,
        more: Option<(usize, u64)>,
    ) -> String {
        let part = more.map_or(String::new(), |(shown, all)| format!("; die letzten {shown} von {all} Orten"));
        let formula = formula.map_or("(verdeckt)".to_owned(), |formula| format!("= {formula}"));
        format!("Der Weg auf L({w}) {formula} mit {optimizer} bei Lernrate {rate}{part}")
    }
    fn columns(&self, w: &str) -> [String; 5] {
        ["Schritt".into(), "wie".into(), format!("Parameter {w}"), "Verlust".into(), "Steigung".into()]
    }
    fn ways(&self) -> [&'static str; 3] {
        ["Start", "Schritt", "von Hand"]
    }
    fn hidden_cell(&self) -> &'static str {
        "verborgen"
    }
    fn optimizers(&self) -> [&'static str; 3] {
        ["einfachem Gradientenabstieg", "Momentum", "Adam"]
    }
}

fn after(moves: u64) -> String {
    if moves == 0 { "am Start".into() } else { format!("nach {}", counted(moves, "Schritt", "Schritten")) }
}
