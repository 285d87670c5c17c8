//! `houses` auf Deutsch.

use descent::number::Slip;
use descent::run::Cause;
use descent::table::{Note, Problem, RowIssue, TableError};

use super::counted;
use crate::houses::words::{Contours, HousesWords, Names, Overall, Things};
use crate::kit::OptimizerKind;
use crate::kit::tables::{DataError, Dropped, TableWords, Unit};
use crate::number::Locale;
use crate::readout::Role;
use crate::words::{De, KitWords as _, Sentence};

impl TableWords for De {
    fn unit(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Dollars => "Dollar",
            Unit::SquareFeet => "Quadratfuß",
            Unit::Year => "Jahr",
            Unit::Plain => "",
        }
    }
    fn dropped(&self, why: &Dropped) -> String {
        match why {
            Dropped::NoNumber(column) => format!("keine Zahl in „{column}“"),
            Dropped::TooLarge => "eine Zahl, die zu groß für das Bild ist".into(),
            Dropped::Cells => "nicht so viele Zellen wie in der ersten Zeile".into(),
        }
    }
    fn problem(&self, problem: &Problem) -> String {
        wrong(problem)
    }
    fn note(&self, note: &Note) -> String {
        noted(note)
    }
    fn data_error(&self, error: &DataError) -> String {
        match error {
            DataError::Unreadable(error) => unreadable(error),
            DataError::TooFewColumns { columns: 1, .. } => {
                "Jede Zeile ist eine einzige Zelle. Setze zwischen die Zellen einer Zeile ein Komma, ein Semikolon, einen Tabulator, einen Strich | oder Leerzeichen, etwa area,price.".into()
            }
            DataError::TooFewColumns { numeric, why, .. } if numeric.is_empty() => format!(
                "Keine Spalte enthält Zahlen. {}Eine Gerade braucht zwei: eine, aus der sie schätzt, wie die Fläche, und eine, die sie schätzt, wie den Preis.",
                because(why)
            ),
            DataError::TooFewColumns { numeric, why, .. } => format!(
                "Nur „{}“ enthält Zahlen. {}Eine Gerade braucht zwei Spalten mit Zahlen: eine, aus der sie schätzt, und eine, die sie schätzt.",
                numeric.join("“, „"),
                because(why)
            ),
            DataError::NoSuchColumn { name, why, .. } if !why.is_empty() => {
                format!("„{name}“ ist keine Spalte mit Zahlen. {}Wähle eine andere.", because(why))
            }
            DataError::NoSuchColumn { name, guess, .. } => {
                let hint = guess.as_ref().map_or("Wähle eine aus der Liste.".into(), |g| format!("Ist „{g}“ gemeint?"));
                format!("Keine Spalte mit Zahlen heißt „{name}“. {hint}")
            }
            DataError::SameColumn(name) => {
                format!("„{name}“ lässt sich nicht aus sich selbst schätzen. Wähle für eine von beiden eine andere Spalte.")
            }
            DataError::TooFewRows { complete, why } => {
                let hint = if why.is_empty() { "Wähle Spalten mit weniger leeren Zellen. " } else { "" };
                let rows = if *complete == 1 { "Zeile hat" } else { "Zeilen haben" };
                let text = format!(
                    "{complete} {rows} in beiden Spalten eine Zahl; eine Gerade braucht mindestens zwei. {hint}{}",
                    because(why)
                );
                text.trim_end().to_owned()
            }
        }
    }
    fn no_table(&self, name: &str) -> String {
        format!("data: Eine Tabelle namens „{name}“ gibt es hier nicht.")
    }
    fn unusable(&self) -> &'static str {
        "Diese Tabelle ist nicht zu gebrauchen"
    }
    fn limits(&self) -> &'static str {
        "CSV mit einer Zeile für die Namen, bis zu 1 MiB, 50.000 Zeilen und 64 Spalten. Es bleibt in diesem Browser."
    }
}

impl HousesWords for De {
    fn prompts(&self, moving: bool) -> [&'static str; 7] {
        let [begin, going] = match moving {
            false => [
                "Drücke Schritt und sieh die Gerade lernen, oder zieh sie und versuch, die Maschine zu schlagen.",
                "Geh weiter, oder zieh die Gerade von Hand und versuch, sie zu schlagen.",
            ],
            true => ["Tippe auf einen Punkt, dann zieh seinen Ring. Was macht die Gerade daraus?"; 2],
        };
        [
            begin,
            going,
            "Die Gerade lernt von selbst. Drücke Anhalten, wenn es genug ist.",
            "Zur Ruhe gekommen: Keine Gerade ist besser. Zieh sie und beginne woanders.",
            "Sie bewegt sich kaum noch. Standardisiere, oder zieh die Gerade.",
            "Sie läuft davon. Nimm eine kleinere Lernrate, oder zieh die Gerade zurück.",
            "Von hier führt kein Schritt weiter. Zieh die Gerade woandershin.",
        ]
    }
    fn titles(&self, count: &str) -> [String; 2] {
        [format!("Eine Gerade, {count} Fehler"), "Jede mögliche Gerade ist ein Punkt auf dieser Karte".into()]
    }
    fn column(&self, id: &str) -> Option<(&'static str, &'static str)> {
        Some(match id {
            "price_usd" => ("Verkaufspreis", "Dollar"),
            "living_area_sqft" => ("Wohnfläche", "Quadratfuß"),
            "lot_area_sqft" => ("Grundstücksfläche", "Quadratfuß"),
            "basement_sqft" => ("Kellerfläche", "Quadratfuß"),
            "garage_sqft" => ("Garagenfläche", "Quadratfuß"),
            "overall_quality" => ("Qualität", "Punkt für Qualität"),
            "overall_condition" => ("Zustand", "Punkt für Zustand"),
            "bedrooms" => ("Schlafzimmer", "Schlafzimmer"),
            "full_baths" => ("Vollbäder", "Vollbad"),
            "rooms" => ("Zimmer", "Zimmer"),
            "fireplaces" => ("Kamine", "Kamin"),
            "year_built" => ("Baujahr", "Jahr"),
            "year_sold" => ("Verkaufsjahr", "Jahr"),
            _ => return None,
        })
    }
    fn unit_of(&self, label: &str) -> String {
        format!("Einheit von {label}")
    }
    fn at_zero(&self, unit: Unit, label: &str) -> String {
        match unit {
            Unit::SquareFeet => "bei 0 Quadratfuß".into(),
            Unit::Year => "im Jahr 0".into(),
            Unit::Dollars | Unit::Plain => format!("bei {label} 0"),
        }
    }
    fn at_average(&self, label: Option<&str>) -> String {
        label.map_or("beim Durchschnittshaus".into(), |label| format!("beim Durchschnitt von {label}"))
    }
    fn short(&self, label: &str) -> String {
        if label.ends_with("preis") { "Preis".into() } else { label.into() }
    }
    fn standard_axes(&self, names: &Names) -> [[String; 2]; 2] {
        let Names { short, feature, at_average, .. } = names;
        let per = format!("{short} je Standardabweichung");
        [[format!("{per}, {feature}"), per], [format!("{short} {at_average}"), at_average.clone()]]
    }
    fn raw_axes(&self, names: &Names) -> [[String; 2]; 2] {
        let Names { short, one, at_zero, sold, .. } = names;
        let what = if *sold { "Dollar" } else { short.as_str() };
        [
            [format!("{what} je {one}, "), "Steigung ".into()],
            [format!("{short} {at_zero}, "), "Achsenabschnitt ".into()],
        ]
    }
    fn on_map(&self) -> [&'static str; 4] {
        ["beste Gerade", "Schritt", "Gradient (bergauf)", "Gradient"]
    }
    fn through(&self, sold: bool, target: &str) -> [String; 2] {
        let what = if sold { "das Haus für" } else { "den Punkt bei" };
        ["jede Gerade durch".into(), format!("{what} {target}")]
    }
    fn on_history(&self, miss: &str, floor: &str) -> [String; 2] {
        [format!("typischer Fehler {miss}"), format!("keine Gerade unterbietet {floor}")]
    }
    fn sold_and_guessed(&self, sold: bool) -> [&'static str; 2] {
        [if sold { "verkauft für" } else { "in der Tabelle" }, "die Gerade sagt"]
    }
    fn too(&self, low: bool) -> &'static str {
        if low { "zu niedrig um" } else { "zu hoch um" }
    }
    fn end(&self, left: bool, target: &str, at: &str) -> String {
        format!("{} Ende der Geraden: {target} bei {at}", if left { "linkes" } else { "rechtes" })
    }
    fn move_house(&self, things: Things, label: &str) -> String {
        format!("{} verschieben: {label}", if things == Things::Houses { "dieses Haus" } else { "diese Zeile" })
    }
    fn handles(&self, things: Things) -> [&'static str; 2] {
        [
            if things == Things::Houses {
                "hervorgehobenes Haus, nach Größe"
            } else {
                "hervorgehobene Zeile, der Größe nach"
            },
            "die Gerade als Punkt auf der Karte",
        ]
    }
    fn spot_says(&self, names: &Names, standardized: bool, slope: &str, height: &str) -> String {
        match standardized {
            true => format!("{slope} je Standardabweichung, {height} beim Durchschnitt"),
            false => format!("{slope} je {}, {height} {}", names.one, names.at_zero),
        }
    }
    fn did(&self, things: Things, what: &str) -> &'static str {
        match what {
            "left" | "right" | "line" | "slope" | "intercept" => "die Gerade bewegt",
            "moveX" | "moveY" if things == Things::Houses => "ein Haus verschoben",
            "moveX" | "moveY" => "eine Zeile verschoben",
            "exact" => "zur besten Geraden gesprungen",
            "safeRate" => "eine kleinere Lernrate genommen",
            "standardize" => "standardisiert",
            "table" | "ames" => "die Tabelle gewechselt",
            _ => "",
        }
    }
    fn controls(&self) -> [&'static str; 6] {
        ["Maßstab", "Zeigen", "Steigung", "Achsenabschnitt", "Zur besten Geraden springen", "Was wäre, wenn"]
    }
    fn figures(&self) -> [&'static str; 3] {
        ["typischer Fehler", "mittlerer quadratischer Fehler", "erklärter Anteil, R²"]
    }
    fn below(&self, share: &str) -> String {
        format!("unter {share}")
    }
    fn meanings(&self, one: &str) -> [String; 2] {
        ["die Gerade sagt".into(), format!("je {one}")]
    }
    fn spoken(&self, names: &Names, guess: &str, height: &str, slope: &str, x: &str) -> String {
        let Names { at_zero, one, .. } = names;
        format!("Die Schätzung, {guess}, ist {height} {at_zero} plus {slope} je {one} mal {x}.")
    }
    fn verdict(&self, sold: bool, guess: &str, price: &str, miss: &str, low: Option<bool>) -> Sentence {
        let sentence = Sentence::new()
            .plain("Die Gerade schätzt ")
            .strong(guess, Role::Prediction)
            .plain(if sold { ", verkauft wurde das Haus für " } else { ", in der Tabelle steht " })
            .strong(price, Role::Data)
            .plain(": ");
        match low {
            None => sentence.strong("kein Fehler", Role::Loss).plain("."),
            Some(low) => sentence.plain(format!("{} ", self.too(low))).strong(miss, Role::Loss).plain("."),
        }
    }
    fn overall(&self, things: Things, typical: &str, what: Overall<'_>) -> Sentence {
        let over_all = || {
            let all = format!(" Der typische Fehler über alle {} ist ", many(things));
            Sentence::new().plain(all).strong(typical, Role::Loss)
        };
        match what {
            Overall::Best => over_all().plain(", und keine Gerade ist besser."),
            Overall::RanAway => Sentence::new()
                .plain(" Jeder Schritt schießt übers Ziel hinaus: Der typische Fehler ist auf ")
                .strong(typical, Role::Loss)
                .plain(" gewachsen."),
            Overall::Nothing(amount) => Sentence::new().plain(format!(
                " Vor dem ersten Schritt weiß die Gerade nichts: Sie sagt für {} {amount}.",
                if things == Things::Houses { "jedes Haus" } else { "jede Zeile" }
            )),
            Overall::Hardly => over_all().plain(", kaum mehr als der der besten Geraden."),
            Overall::Compared(best) => over_all().plain(format!("; der der besten Geraden ist {best}.")),
        }
    }
    fn card_titles(&self) -> [&'static str; 3] {
        ["Zur Ruhe gekommen", "Läuft davon", "In einer Nadel festgefahren"]
    }
    fn settled(&self, miss: &str, steps: u64) -> String {
        match steps {
            0 => format!(
                "Das ist die Gerade der kleinsten Quadrate: Ihr typischer Fehler ist {miss}, und die Steigung des Verlusts ist in beiden Richtungen null."
            ),
            steps => format!(
                "Die Steigung ist fast null; von hier geht es nirgends weiter hinab. Nach {} ist der typische Fehler {miss}, und keine Gerade ist besser.",
                counted(steps, "Schritt", "Schritten")
            ),
        }
    }
    fn optimizer(&self, kind: OptimizerKind) -> &'static str {
        match kind {
            OptimizerKind::Sgd => "Gradientenabstieg",
            OptimizerKind::Momentum => "Momentum",
            OptimizerKind::Adam => "Adam",
        }
    }
    fn above_limit(&self, optimizer: &str, limit: &str, rate: &str, raw: bool) -> String {
        let raw = if raw {
            " Ein Merkmal im eigenen Maßstab macht eine Richtung sehr steil, und die setzt die Grenze."
        } else {
            ""
        };
        format!("Mit {optimizer} ist die größte stabile Lernrate hier {limit}, und {rate} ist mehr.{raw}")
    }
    fn too_large(&self, optimizer: &str, rate: &str) -> String {
        format!("Eine Lernrate von {rate} ist hier zu groß für {optimizer}.")
    }
    fn smaller(&self, rate: &str, half: bool) -> String {
        if half { format!("Nimm die Hälfte davon, {rate}") } else { format!("Nimm {rate}") }
    }
    fn needle(&self, times: &str, miss: &str, best: &str) -> String {
        format!(
            "Die Wände des Tals sind {times}-mal so steil wie sein Boden. Schritte, die für die Wände klein genug sind, kriechen am Boden entlang. Der typische Fehler ist {miss}, der der besten Geraden {best}. Standardisiere das Merkmal, und das Tal ist rund."
        )
    }
    fn elsewhere(&self, cause: &Cause, miss: &str, best: &str) -> String {
        format!("{} Der typische Fehler ist {miss}, der der besten Geraden {best}.", self.cause(cause))
    }
    fn buttons(&self) -> [&'static str; 2] {
        ["Standardisieren", "Schließen"]
    }
    fn enough_moved(&self, things: Things, most: usize) -> [String; 2] {
        [
            "Genug verschoben".into(),
            format!(
                "{most} {} sind verschoben, so viele, wie behalten werden. Nimm etwas davon zurück oder verschieb dieselben noch einmal.",
                many(things)
            ),
        ]
    }
    fn borrowed(&self) -> [&'static str; 2] {
        [
            "Eine eigene Tabelle",
            "Dieser Link entstand mit einer Tabelle, die den Browser ihres Besitzers nie verlassen hat. Stattdessen siehst du die Verkäufe von Ames; zieh eine CSV-Datei hierher, um deine eigenen zu sehen.",
        ]
    }
    fn lent(&self) -> &'static str {
        "Das wurde mit einer eigenen Tabelle gesichert, die kein Link mitnimmt. Stattdessen ist eine andere zu sehen."
    }
    fn one_feature(&self, first: &str) -> String {
        format!("Die Gerade schätzt aus einer einzigen Spalte: {first}.")
    }
    fn no_such_house(&self, count: usize) -> String {
        format!("house ist eine ganze Zahl unter {count}, der Anzahl der Häuser.")
    }
    fn wild_start(&self) -> &'static str {
        "start ist eine Gerade, die für den Anfang zu steil ist oder zu weit weg liegt."
    }
    fn wrong_moves(&self, most: usize) -> String {
        format!("moved sind höchstens {most}-mal drei Zahlen: welches Haus, sein Merkmal, sein Preis.")
    }
    fn wild_walk(&self) -> &'static str {
        "Der gesicherte Weg beginnt bei einer Geraden, die zu steil ist oder zu weit weg liegt."
    }
    fn share_note(&self) -> &'static str {
        "Ein Link trägt deine Tabelle nie weiter: Wer ihn öffnet, sieht die Verkäufe von Ames. Deine Zeilen bleiben in diesem Browser."
    }
    fn scatter(&self, names: &Names, count: &str, house: [&str; 3], misses: Option<(&str, bool)>) -> String {
        let (Names { feature, target, things, .. }, [size, guess, price]) = (names, house);
        let of_many = of_many(*things);
        let marked = match things {
            Things::Houses => format!(
                "Das markierte Haus, {feature} {size}, wird auf {guess} geschätzt und wurde für {price} verkauft."
            ),
            Things::Rows => format!(
                "Die markierte Zeile, {feature} {size}, wird auf {guess} geschätzt; in der Tabelle steht {price}."
            ),
        };
        let sticks = match misses {
            None => "Fehler sind nicht eingezeichnet.".into(),
            Some((_, true)) => "Striche zeigen jeden Fehler.".into(),
            Some((shown, false)) => format!(
                "Striche zeigen die Fehler von {shown} {of_many}, gleichmäßig über alle verteilt; die anderen zählen mit."
            ),
        };
        format!(
            "Streudiagramm von {count} {of_many}, {target} über {feature}, mit der jetzigen Geraden. {marked} {sticks}"
        )
    }
    fn map(&self, contours: Contours, levels: &[String], steps: u64) -> String {
        let shape = match contours {
            Contours::Bands => {
                "Die Höhenlinien sind gerade Bänder: Das Merkmal ändert sich nie, keine Steigung ist besser als eine andere."
            }
            Contours::Circles => {
                "Die Höhenlinien sind Kreise um die beste Gerade, weil das Merkmal standardisiert ist."
            }
            Contours::Needles => {
                "Die Höhenlinien sind lange, dünne Ellipsen um die beste Gerade, weil das Merkmal seinen eigenen Maßstab hat. Die beiden Achsen haben verschiedene Maßstäbe."
            }
        };
        let levels = if levels.is_empty() { "keine".into() } else { levels.join(", ") };
        let path = match steps {
            0 => "Noch ist kein Schritt getan.".into(),
            n => format!("Der Weg von {} führt vom Start zur jetzigen Geraden.", counted(n, "Schritt", "Schritten")),
        };
        format!("Karte des typischen Fehlers für jede Steigung und Höhe der Geraden. {shape} Höhen: {levels}. {path}")
    }
    fn history(&self, first: &str, now: &str, steps: u64, floor: &str) -> String {
        let steps = Locale::GERMAN.count(steps);
        format!(
            "Typischer Fehler bei jedem Schritt: {first} am Start, {now} bei Schritt {steps}. Keine Gerade unterbietet {floor}."
        )
    }
    fn caption(&self, things: Things, shown: &str, all: &str, whole: bool) -> String {
        match whole {
            true => format!("Alle {all} {} mit der Schätzung der jetzigen Geraden", many(things)),
            false => format!(
                "{shown} von {all} {}, gleichmäßig über alle verteilt, mit der Schätzung der jetzigen Geraden",
                of_many(things)
            ),
        }
    }
    fn columns(&self, things: Things) -> [&'static str; 3] {
        match things {
            Things::Houses => ["Haus", "Schätzung", "Preis minus Schätzung"],
            Things::Rows => ["Zeile", "Schätzung", "Fehler"],
        }
    }
    fn still(&self, shown: Option<&str>) -> String {
        let shown = shown.map_or("die Verkäufe von Ames".into(), |name| format!("„{name}“"));
        format!("Das Bild zeigt weiter {shown}.")
    }
}

/// Why a text is no table, and what to do.
fn unreadable(error: &TableError) -> String {
    let start =
        "Beginne mit einer Zeile von Spaltennamen, etwa area,price; darunter ein Haus je Zeile, etwa 1656,215000.";
    let fewer = "Behalte einen zufälligen Teil der Zeilen: Ein paar Tausend zeigen dieselbe Gerade.";
    let count = |n: usize| Locale::GERMAN.count(n as u64);
    match error {
        TableError::Empty => format!("Hier gibt es nichts zu lesen. {start}"),
        TableError::NoRows => format!("Unter den Spaltennamen stehen keine Zeilen. {start}"),
        TableError::NoFittingRows { malformed, line, got, expected } => format!(
            "Keine der {} Zeilen hat so viele Zellen wie die erste, {expected}; Zeile {line} hat {got}. Schreib in jede Zeile gleich viele Zellen, mit einem Komma, einem Semikolon, einem Tabulator, einem Strich | oder Leerzeichen dazwischen.",
            count(*malformed)
        ),
        TableError::TooManyBytes { got, limit } => format!(
            "Der Text ist {} KiB lang; höchstens {} KiB werden gelesen. {fewer}",
            count(got.div_ceil(1024)),
            count(limit / 1024)
        ),
        TableError::TooManyRows { limit } => {
            format!("Es sind mehr als {0} Zeilen; höchstens {0} werden gelesen. {fewer}", count(*limit))
        }
        TableError::TooManyColumns { got, limit } => format!(
            "Es sind {} Spalten; höchstens {} werden gelesen. Behalte die Spalten, aus denen du lernen willst.",
            count(*got),
            count(*limit)
        ),
        TableError::NotText { line } => format!(
            "Zeile {line} enthält Bytes, die kein Text sind. Das ist keine CSV-Datei. Sichere die Tabelle als CSV (kommagetrennte Werte) und nimm diese Datei."
        ),
        other => other.to_string(),
    }
}

/// „Häuser“, „Zeilen“.
fn many(things: Things) -> &'static str {
    if things == Things::Houses { "Häuser" } else { "Zeilen" }
}

/// The same in the dative.
fn of_many(things: Things) -> &'static str {
    if things == Things::Houses { "Häusern" } else { "Zeilen" }
}

/// Reasons, each a sentence.
fn because(why: &[RowIssue]) -> String {
    let one = |RowIssue { line, column, problem }: &RowIssue| {
        let column = column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
        format!("Zeile {line}{column}: {} ", wrong(problem))
    };
    why.iter().map(one).collect()
}

/// A number in a sentence, as it can be typed.
fn written(value: f64) -> String {
    value.to_string().replace('.', ",").replace('-', "−")
}

/// What is wrong in a line of a table.
fn wrong(problem: &Problem) -> String {
    match problem {
        Problem::Cells { got, expected } => {
            format!(
                "Die Zeile hat {got} {}; die erste Zeile hat {expected}.",
                if *got == 1 { "Zelle" } else { "Zellen" }
            )
        }
        Problem::NotNumber { cell, slip: Slip::OtherMark(value) } => {
            format!("„{cell}“ hat ein anderes Dezimalzeichen als der Rest der Spalte. Es wäre {}.", written(*value))
        }
        Problem::NotNumber { cell, slip: Slip::Marks } => {
            format!("„{cell}“ ist keine Zahl: Die Zeichen darin stehen, wo in keiner Zahl welche stehen.")
        }
        Problem::NotNumber { cell, slip: Slip::TooLarge } => format!("„{cell}“ ist eine zu große Zahl."),
        Problem::NotNumber { cell, .. } => format!("„{cell}“ ist keine Zahl."),
        Problem::Ambiguous { cell, readings: [point, comma] } => {
            format!("„{cell}“ könnte {} oder {} bedeuten. Schreib eins von beiden.", written(*point), written(*comma))
        }
        Problem::OpenQuote => {
            "Ein Anführungszeichen, das hier beginnt, endet nie; alle Zeilen darunter wurden als eine Zelle gelesen."
                .into()
        }
        Problem::Empty => "Die Zelle ist leer.".into(),
        Problem::Missing { cell } => format!("„{cell}“ steht für einen fehlenden Wert."),
        other => other.to_string(),
    }
}

/// What was done to read a table.
fn noted(note: &Note) -> String {
    match note {
        Note::Aside { line, text, more: 0 } => format!("Zeile {line} gehört nicht zur Tabelle: „{text}“."),
        Note::Aside { line, text, more } => {
            format!(
                "Zeile {line} gehört nicht zur Tabelle: „{text}“. Ebenso {}.",
                counted(*more as u64, "weitere", "weitere")
            )
        }
        Note::NoNames => {
            "Die erste Zeile enthält Zahlen, darum heißen die Spalten column 1, column 2 und so weiter.".into()
        }
        Note::NoName { column, name } => format!("Spalte {column} hat keinen Namen; sie heißt „{name}“."),
        Note::SameName { name, renamed } => format!("Zwei Spalten heißen „{name}“; die spätere heißt „{renamed}“."),
        Note::Read { column, cell, value } => {
            format!("In „{column}“ werden Zahlen wie {cell} als {} gelesen.", written(*value))
        }
        Note::Words { column, numbers, present, line, cell } => format!(
            "„{column}“ gilt als Spalte von Wörtern: {numbers} von {present} Zellen sind Zahlen. Die erste, die keine ist, ist „{cell}“ in Zeile {line}."
        ),
        Note::Units { column, units } => {
            let units: Vec<&str> = units.iter().map(|u| if u.is_empty() { "nichts" } else { u }).collect();
            format!("In „{column}“ steht bei den Zahlen {}; sie gelten, wie sie dastehen.", units.join(" und "))
        }
        other => other.to_string(),
    }
}
