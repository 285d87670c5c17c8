//! Was über Formeln gesagt wird. Getippt werden Zahlen mit Punkt, gezeigt werden sie mit Komma.

use calculus::syntax::{MOST_BYTES, MOST_NESTING, MOST_TYPED_NODES};
use calculus::{Fault, Instead, Notation, Remark};

use crate::ground::GroundWords;
use crate::words::De;

impl GroundWords for De {
    fn fault(&self, fault: &Fault) -> [String; 2] {
        const A_VALUE: &str = "Tippe davor eine Zahl, einen Buchstaben oder eine Klammer.";
        const AN_IF: &str = "Schreibe if(x < 0, -x, x).";
        const NUMBERS: &str = "Schreibe Zahlen wie 0.5 oder 12.25 und ein Produkt mit *.";
        let said = match fault {
            Fault::Nothing => ["Hier steht noch nichts.", "Tippe eine Formel ein, zum Beispiel x^2."],
            Fault::EmptyBrackets => {
                ["Zwischen diesen Klammern steht nichts.", "Schreibe etwas hinein oder lass die Klammern weg."]
            }
            Fault::EmptyCall(of) => {
                return [
                    format!("{of} wird auf nichts angewendet."),
                    format!("Schreibe zwischen die Klammern, worauf {of} angewendet wird."),
                ];
            }
            Fault::EmptyIf => ["if wird auf nichts angewendet.", AN_IF],
            Fault::Unfinished => [
                "Die Formel hört hier auf, aber etwas fehlt noch.",
                "Tippe die Zahl, den Buchstaben oder die Klammer, die als Nächstes kommt.",
            ],
            Fault::Unclosed => ["Die Klammer, die hier aufgeht, geht nicht wieder zu.", "Ergänze die fehlende )."],
            Fault::Unopened => {
                ["Zu dieser Klammer fehlt die öffnende.", "Lass sie weg oder ergänze die (, die zu ihr gehört."]
            }
            Fault::Unknown(name, instead) => return unknown(name, instead),
            Fault::NoBrackets(of, what) => {
                return [
                    format!("{of} braucht Klammern um das, worauf es angewendet wird."),
                    format!("Schreibe {of}({what})."),
                ];
            }
            Fault::PowerOfName(of) => {
                return [format!("Der Exponent von {of} steht hinter den Klammern."), format!("Schreibe {of}(x)^2.")];
            }
            Fault::Inverse(of, inverse) => {
                return [
                    format!("{of} mit negativem Exponenten kann die Umkehrfunktion oder den Kehrwert meinen."),
                    match inverse {
                        Some(inverse) => format!("Schreibe {inverse}(x) für die Umkehrfunktion oder 1/{of}(x)."),
                        None => format!("Schreibe 1/{of}(x)."),
                    },
                ];
            }
            Fault::LonePoint => ["Ein Punkt allein ist keine Zahl.", NUMBERS],
            Fault::Points => ["Eine Zahl hat nur einen Dezimalpunkt.", NUMBERS],
            Fault::TwoNumbers => ["Zwei Zahlen stehen nebeneinander.", "Schreibe ein Rechenzeichen dazwischen."],
            Fault::Superscript => ["Dieser Exponent ist nicht lesbar.", "Schreibe ihn mit ^ wie in x^2."],
            Fault::Overflow => {
                ["Diese Zahl ist zu groß, um mit ihr zu rechnen.", "Die größte Zahl ist etwa 1,8 · 10³⁰⁸."]
            }
            Fault::CommaInNumber => [
                "In dieser Zahl steht ein Komma.",
                "Schreibe in Formeln einen Dezimalpunkt wie in 1.5 und trenne keine Tausender ab.",
            ],
            Fault::Comma => [
                "Ein Komma trennt die Argumente einer Funktion, und hier ist keine.",
                "Lass es weg oder schreibe einen Dezimalpunkt.",
            ],
            Fault::Percent => [
                "Ein Prozentzeichen hat hier keine Bedeutung.",
                "Schreibe mod(5, 3) für den Rest und 5/100 für 5 Prozent.",
            ],
            Fault::Equals => ["Eine Formel hat kein Gleichheitszeichen.", "Tippe nur die rechte Seite ein."],
            Fault::Comparison => {
                ["Ein Vergleich hat für sich allein keinen Wert.", "Schreibe ihn in ein if wie in if(x < 0, -x, x)."]
            }
            Fault::NoComparison => ["if beginnt mit einem Vergleich.", AN_IF],
            Fault::Semicolon => [
                "Ein Semikolon hat hier keine Bedeutung.",
                "Tippe eine einzige Formel ein; Argumente trennt ein Komma.",
            ],
            Fault::Quotes => ["Anführungszeichen haben hier keine Bedeutung.", "Tippe die Formel ohne sie ein."],
            Fault::Bracket(typed) => {
                return [format!("Nur runde Klammern fassen zusammen, nicht „{typed}“."), "Schreibe ( und ).".into()];
            }
            Fault::Factorial => ["Die Fakultät gibt es hier nicht.", "Schreibe das Produkt aus wie in 3*2*1."],
            Fault::Currency => ["Eine Formel hat keine Einheiten.", "Lass das Währungszeichen weg."],
            Fault::Stray(typed) => {
                return [
                    format!("„{typed}“ hat hier keine Bedeutung."),
                    "Eine Formel besteht aus Zahlen, Buchstaben, + - * / ^ und runden Klammern.".into(),
                ];
            }
            Fault::LooksLike(typed, latin) => {
                return [
                    format!(
                        "Dieses „{typed}“ gehört zu einem anderen Alphabet, sieht aber aus wie der Buchstabe {latin}."
                    ),
                    format!("Tippe {latin} auf einer lateinischen Tastatur."),
                ];
            }
            Fault::NestedBars => {
                ["Betragsstriche in Betragsstrichen sind auf zwei Arten lesbar.", "Schreibe stattdessen abs(…)."]
            }
            Fault::EmptyBars => [
                "Zwischen diesen Betragsstrichen steht nichts.",
                "Schreibe etwas hinein wie in |x|. Für Betragsstriche in Betragsstrichen schreibe abs(…).",
            ],
            Fault::UnclosedBar => {
                ["Zu diesem Betragsstrich fehlt der zweite.", "Ergänze den zweiten | oder schreibe abs(…)."]
            }
            Fault::StrayBar => {
                ["Dieser Betragsstrich schließt nicht, was vor ihm steht.", "Schreibe stattdessen abs(…)."]
            }
            Fault::Arguments { of, least, most, got } => {
                let wants = match (least, most) {
                    (1, 1) => "ein Argument",
                    (2, 2) => "zwei Argumente",
                    (3, 3) => "drei Argumente",
                    _ => "mindestens zwei Argumente",
                };
                let hint = match most {
                    1 => "Wenn du eine Dezimalzahl meinst, schreibe einen Punkt wie in 1.5.",
                    _ => "Trenne Argumente mit einem Komma.",
                };
                return [format!("{of} braucht {wants}, hier hat es {got}."), hint.into()];
            }
            Fault::MoreInIf => ["if braucht drei Argumente.", AN_IF],
            Fault::NothingBeforeBracket => ["Vor dieser Klammer fehlt etwas.", A_VALUE],
            Fault::NothingBeforeSign => ["Vor diesem Zeichen fehlt etwas.", A_VALUE],
            Fault::Stars => ["Zwei Sterne stehen nebeneinander.", "Schreibe eine Potenz mit ^ wie in x^2."],
            Fault::Depth => {
                return [
                    "Diese Formel ist zu tief verschachtelt.".into(),
                    format!("Klammern, Vorzeichen und Exponenten dürfen {MOST_NESTING} tief ineinander stehen."),
                ];
            }
            Fault::Length => {
                return ["Diese Formel ist zu lang.".into(), format!("Eine Formel darf {MOST_BYTES} Zeichen haben.")];
            }
            Fault::Parts => {
                return [
                    "Diese Formel hat zu viele Teile.".into(),
                    format!("Eine Formel darf {MOST_TYPED_NODES} Zahlen, Buchstaben und Zeichen haben."),
                ];
            }
            Fault::Derivative => {
                ["Die Ableitung dieser Formel ist zu lang.", "Leite eine kürzere Formel ab oder leite seltener ab."]
            }
        };
        said.map(str::to_owned)
    }
    fn two_variables(&self, first: &str, second: &str) -> [String; 2] {
        [
            format!("In diesem Bild ist Platz für einen Parameter, und hier sind es zwei: {first} und {second}."),
            format!("Schreibe statt {second} eine Zahl oder an beiden Stellen {first}."),
        ]
    }
    fn remark(&self, remark: &Remark) -> String {
        match remark {
            Remark::LeftToRight => {
                "Von links nach rechts gelesen: erst die Division, dann das Produkt. Setze Klammern, wenn du es anders meinst."
                    .into()
            }
            Remark::ZeroPower => "0^0 gilt als 1.".into(),
            Remark::Product(name) => format!("{name} vor einer Klammer ist als Faktor gelesen."),
            Remark::NaturalLog => "log ist der natürliche Logarithmus ln. Der zur Basis 10 heißt log10.".into(),
        }
    }
    fn notation(&self) -> &'static Notation {
        &Notation { decimal: ",", separator: ";", cases: ["falls", "sonst"] }
    }
    fn undrawable(&self) -> &'static str {
        "domain ist zu schmal oder liegt zu weit weg, um gezeichnet zu werden."
    }
}

fn unknown(name: &str, instead: &Instead) -> [String; 2] {
    let unknown = format!("„{name}“ kenne ich nicht.");
    let hint = match instead {
        Instead::Name(meant) => format!("Meinst du {meant}?"),
        Instead::Product(product) => format!("Schreibe ein Produkt als {product}."),
        Instead::Decimal => "Zahlen werden dezimal geschrieben, ein Produkt als 0*x.".into(),
        Instead::Function => {
            "Funktionen sind sin, cos, exp, ln, sqrt, abs und ähnliche; für ein Produkt schreibe * vor die Klammer."
                .into()
        }
        Instead::Variable => "Eine Variable ist ein Buchstabe wie x, w1 oder w_2.".into(),
    };
    [unknown, hint]
}
