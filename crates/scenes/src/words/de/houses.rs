//! `houses` auf Deutsch.

use descent::run::Cause;
use descent::table::TableError;

use super::counted;
use crate::houses::words::{Contours, HousesWords, Names, Overall};
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
    fn told(&self, english: &str) -> String {
        translated(english).unwrap_or_else(|| english.to_owned())
    }
    fn data_error(&self, error: &DataError) -> String {
        match error {
            DataError::Unreadable(error) => unreadable(error),
            DataError::TooFewColumns(numeric) if numeric.is_empty() => {
                "Keine Spalte enthält Zahlen. Eine Gerade braucht zwei: eine, aus der sie schätzt, wie die Fläche, und eine, die sie schätzt, wie den Preis.".into()
            }
            DataError::TooFewColumns(numeric) => format!(
                "Nur „{}“ enthält Zahlen. Eine Gerade braucht zwei Spalten mit Zahlen: eine, aus der sie schätzt, und eine, die sie schätzt.",
                numeric.join("“, „")
            ),
            DataError::NoSuchColumn { name, guess, .. } => {
                let hint = guess.as_ref().map_or("Wähle eine aus der Liste.".into(), |g| format!("Ist „{g}“ gemeint?"));
                format!("Keine Spalte mit Zahlen heißt „{name}“. {hint}")
            }
            DataError::SameColumn(name) => {
                format!("„{name}“ lässt sich nicht aus sich selbst schätzen. Wähle für eine von beiden eine andere Spalte.")
            }
            DataError::TooFewRows(complete) => format!(
                "{complete} {} in beiden Spalten eine Zahl; eine Gerade braucht mindestens zwei. Wähle Spalten mit weniger leeren Zellen.",
                if *complete == 1 { "Zeile hat" } else { "Zeilen haben" }
            ),
        }
    }
    fn unusable(&self) -> &'static str {
        "Diese Tabelle ist nicht zu gebrauchen"
    }
    fn limits(&self) -> &'static str {
        "CSV mit einer Zeile für die Namen, bis zu 1 MiB, 50.000 Zeilen und 64 Spalten. Es bleibt in diesem Browser."
    }
}

impl HousesWords for De {
    fn prompt(&self) -> &'static str {
        "Drücke Schritt und sieh zu, wie sich alle drei Bilder gemeinsam bewegen; oder zieh die Gerade von Hand und versuch, sie zu schlagen."
    }
    fn titles(&self, count: &str) -> [String; 3] {
        [
            format!("Eine Gerade, {count} Fehler"),
            "Jede mögliche Gerade ist ein Punkt auf dieser Karte".into(),
            "Der typische Fehler, Schritt für Schritt".into(),
        ]
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
        let Names { short, one, at_zero, .. } = names;
        [
            [format!("{short} je {one}, "), "Steigung ".into()],
            [format!("{short} {at_zero}, "), "Achsenabschnitt ".into()],
        ]
    }
    fn on_map(&self) -> [&'static str; 4] {
        ["beste Gerade", "Schritt", "Gradient (bergauf)", "Gradient"]
    }
    fn on_history(&self, miss: &str, floor: &str) -> [String; 2] {
        [format!("typischer Fehler {miss}"), format!("keine Gerade unterbietet {floor}")]
    }
    fn sold_and_guessed(&self, sold: bool) -> [&'static str; 2] {
        [if sold { "verkauft für" } else { "in der Tabelle" }, "geschätzt"]
    }
    fn too(&self, low: bool) -> &'static str {
        if low { "zu niedrig um" } else { "zu hoch um" }
    }
    fn end(&self, left: bool, target: &str, at: &str) -> String {
        format!("{} Ende der Geraden: {target} bei {at}", if left { "linkes" } else { "rechtes" })
    }
    fn move_house(&self, label: &str) -> String {
        format!("dieses Haus verschieben: {label}")
    }
    fn handles(&self) -> [&'static str; 2] {
        ["hervorgehobenes Haus, nach Größe", "die Gerade als Punkt auf der Karte"]
    }
    fn spot_says(&self, names: &Names, standardized: bool, slope: &str, height: &str) -> String {
        match standardized {
            true => format!("{slope} je Standardabweichung, {height} beim Durchschnitt"),
            false => format!("{slope} je {}, {height} {}", names.one, names.at_zero),
        }
    }
    fn did(&self, what: &str) -> &'static str {
        match what {
            "left" | "right" | "line" | "slope" | "intercept" => "die Gerade bewegt",
            "moveX" | "moveY" => "ein Haus verschoben",
            "exact" => "zur besten Geraden gesprungen",
            "safeRate" => "eine kleinere Lernrate genommen",
            "standardize" => "standardisiert",
            "table" | "ames" => "die Tabelle gewechselt",
            _ => "",
        }
    }
    fn controls(&self) -> [&'static str; 5] {
        ["Maßstab", "Zeigen", "Steigung", "Achsenabschnitt", "Zur besten Geraden springen"]
    }
    fn figures(&self) -> [&'static str; 3] {
        ["typischer Fehler", "mittlerer quadratischer Fehler", "erklärter Anteil, R²"]
    }
    fn below(&self, share: &str) -> String {
        format!("unter {share}")
    }
    fn meanings(&self, one: &str) -> [String; 2] {
        ["Schätzung".into(), format!("je {one}")]
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
    fn overall(&self, typical: &str, what: Overall<'_>) -> Sentence {
        let over_all =
            || Sentence::new().plain(" Der typische Fehler über alle Häuser ist ").strong(typical, Role::Loss);
        match what {
            Overall::Best => over_all().plain(", und keine Gerade ist besser."),
            Overall::RanAway => Sentence::new()
                .plain(" Jeder Schritt schießt übers Ziel hinaus: Der typische Fehler ist auf ")
                .strong(typical, Role::Loss)
                .plain(" gewachsen."),
            Overall::Nothing(amount) => Sentence::new()
                .plain(format!(" Vor dem ersten Schritt weiß die Gerade nichts: Sie sagt für jedes Haus {amount}.")),
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
    fn enough_moved(&self, most: usize) -> [String; 2] {
        [
            "Genug verschoben".into(),
            format!(
                "{most} Häuser sind verschoben, so viele, wie behalten werden. Mach eins rückgängig oder verschieb eins davon noch einmal."
            ),
        ]
    }
    fn borrowed(&self) -> [&'static str; 2] {
        [
            "Eine eigene Tabelle",
            "Dieser Link entstand mit einer Tabelle, die den Browser ihres Besitzers nie verlassen hat. Stattdessen siehst du die Verkäufe von Ames; zieh eine CSV-Datei hierher, um deine eigenen zu sehen.",
        ]
    }
    fn share_note(&self) -> &'static str {
        "Ein Link trägt deine Tabelle nie weiter: Wer ihn öffnet, sieht die Verkäufe von Ames. Deine Zeilen bleiben in diesem Browser."
    }
    fn scatter(&self, names: &Names, count: &str, house: [&str; 3], misses: Option<(&str, bool)>) -> String {
        let (Names { feature, target, .. }, [size, guess, price]) = (names, house);
        let sticks = match misses {
            None => "Fehler sind nicht eingezeichnet.".into(),
            Some((_, true)) => "Striche zeigen jeden Fehler.".into(),
            Some((shown, false)) => format!(
                "Striche zeigen die Fehler von {shown} Häusern, gleichmäßig über alle verteilt; die anderen zählen mit."
            ),
        };
        format!(
            "Streudiagramm von {count} Häusern, {target} über {feature}, mit der jetzigen Geraden. Das markierte Haus, {feature} {size}, wird auf {guess} geschätzt und wurde für {price} verkauft. {sticks}"
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
    fn caption(&self, shown: &str, all: &str, whole: bool) -> String {
        match whole {
            true => format!("Alle {all} Häuser mit der Schätzung der jetzigen Geraden"),
            false => format!(
                "{shown} von {all} Häusern, gleichmäßig über alle verteilt, mit der Schätzung der jetzigen Geraden"
            ),
        }
    }
    fn columns(&self) -> [&'static str; 3] {
        ["Haus", "Schätzung", "Preis minus Schätzung"]
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
        TableError::NoRows { malformed: 0 } => format!("Unter den Spaltennamen stehen keine Zeilen. {start}"),
        TableError::NoRows { malformed } => {
            format!("Keine der {} Zeilen hat so viele Zellen wie die erste. {start}", count(*malformed))
        }
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

/// What the reader of tables says, where it is known.
fn translated(english: &str) -> Option<String> {
    let between = |start: &str, end: &str| english.strip_prefix(start)?.strip_suffix(end);
    let fixed = match english {
        "The cell is empty." => "Die Zelle ist leer.",
        "A quotation mark opened here is never closed, so all lines below it were read as one cell." => {
            "Ein Anführungszeichen, das hier beginnt, endet nie; alle Zeilen darunter wurden als eine Zelle gelesen."
        }
        "Numbers such as 1,234 could mean 1234 or 1.234 here. Write them without the comma, or with a point." => {
            "Zahlen wie 1,234 könnten hier 1234 oder 1.234 bedeuten. Schreib sie ohne Komma oder mit einem Punkt."
        }
        "The first line holds numbers, so the columns are named column 1, column 2 and so on." => {
            "Die erste Zeile enthält Zahlen, darum heißen die Spalten column 1, column 2 und so weiter."
        }
        _ => "",
    };
    if !fixed.is_empty() {
        return Some(fixed.into());
    }
    if let Some(word) = between("\"", "\" stands for a missing value.") {
        return Some(format!("„{word}“ steht für einen fehlenden Wert."));
    }
    if let Some(word) = between("\"", "\" is not a number.") {
        return Some(format!("„{word}“ ist keine Zahl."));
    }
    if let Some((cells, width)) = between("The row has ", ".").and_then(|rest| rest.split_once("; the first line has "))
    {
        let cells = cells.split(' ').next().unwrap_or(cells);
        let word = if cells == "1" { "Zelle" } else { "Zellen" };
        return Some(format!("Die Zeile hat {cells} {word}; die erste Zeile hat {width}."));
    }
    if let Some((index, name)) =
        between("Column ", "\".").and_then(|rest| rest.split_once(" has no name; it is called \""))
    {
        return Some(format!("Spalte {index} hat keinen Namen; sie heißt „{name}“."));
    }
    let (wanted, name) = between("Two columns are called \"", "\".")?.split_once("\"; the later one is called \"")?;
    Some(format!("Zwei Spalten heißen „{wanted}“; die spätere heißt „{name}“."))
}
