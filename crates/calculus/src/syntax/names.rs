//! Letters, names, look-alikes, and what was probably meant.

use crate::error::{ErrorCode, FormulaError};
use crate::function::Callable;

/// The Greek letters that may name a variable, with their spelled-out names (which LaTeX shares).
pub(crate) static GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('ϵ', "epsilon"),
    ('ϕ', "phi"),
    ('ϑ', "theta"),
    ('µ', "mu"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Ξ', "Xi"),
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
];

/// Letters of other alphabets and the Latin letter each looks like.
static CONFUSABLE: &str =
    "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoАAВBЕEКKМMНHОOРPСCТTХXУYІIЈJЅSıiɑaɡg";

/// Whether a character may stand in a name: a Latin or Greek letter, or π.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || c == 'π' || (!c.is_ascii() && GREEK.iter().any(|(letter, _)| *letter == c))
}

/// The digit a superscript character stands for.
pub(super) fn superscript(c: char) -> Option<i32> {
    Some(match c {
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁰' => 0,
        '⁴'..='⁹' => c as i32 - '⁰' as i32,
        _ => return None,
    })
}

/// The Greek letter that a name spells out, as `theta` spells θ. Not `Pi`: whoever writes it means the constant.
pub(super) fn spelled(name: &str) -> Option<char> {
    GREEK.iter().find(|(letter, spelled)| *spelled == name && *letter != 'Π').map(|(letter, _)| *letter)
}

/// Whether a name has the form of a variable without being declared: one letter, or a Greek one spelled out, then digits or
/// a subscript.
pub(super) fn is_variable(name: &str) -> bool {
    let letters = name.find(|c: char| !is_letter(c)).unwrap_or(name.len());
    let Some((base, rest)) = name.split_at_checked(letters) else { return false };
    if base.chars().count() != 1 && spelled(base).is_none() {
        return false;
    }
    let after_digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    match after_digits.strip_prefix('_') {
        None => after_digits.is_empty(),
        Some(subscript) => !subscript.is_empty() && !subscript.contains('_'),
    }
}

/// The error for a character no formula contains.
pub(super) fn stray_character(c: char, start: usize) -> FormulaError {
    let end = start + c.len_utf8();
    if let Some(latin) = looks_like(c) {
        return FormulaError::new(
            ErrorCode::Confusable,
            format!("This \"{c}\" is from another alphabet, although it looks like the letter {latin}."),
            start,
            end,
        )
        .hint(format!("Type {latin} on a Latin keyboard."));
    }
    let (code, message, hint) = match c {
        '%' => (
            ErrorCode::Percent,
            "A percent sign has no meaning here.".to_owned(),
            "For the remainder write mod(5, 3); for 5 per cent write 5/100.",
        ),
        ';' => (
            ErrorCode::Char,
            "A semicolon has no meaning here.".to_owned(),
            "Type one formula; arguments are separated by a comma.",
        ),
        '"' | '\'' | '`' | '“' | '”' | '‘' | '’' => {
            (ErrorCode::Char, "Quotation marks have no meaning here.".to_owned(), "Type the formula without them.")
        }
        '[' | ']' | '{' | '}' => {
            (ErrorCode::Char, format!("Only round brackets group terms, not \"{c}\"."), "Write ( and ).")
        }
        '!' => (ErrorCode::Char, "The factorial is not available.".to_owned(), "Write the product out, as in 3*2*1."),
        '$' | '€' | '£' => (ErrorCode::Char, "A formula has no units.".to_owned(), "Leave the currency sign out."),
        _ => (
            ErrorCode::Char,
            format!("\"{}\" has no meaning here.", printable(c)),
            "A formula has numbers, letters, + - * / ^ and round brackets.",
        ),
    };
    FormulaError::new(code, message, start, end).hint(hint)
}

fn printable(c: char) -> char {
    if c.is_control() { '\u{FFFD}' } else { c }
}

/// The Latin letter a character of another alphabet looks like.
fn looks_like(c: char) -> Option<char> {
    // Full-width and mathematical letters are the Latin ones in another dress, at known distances.
    match c as u32 {
        point @ (0xFF21..=0xFF3A | 0xFF41..=0xFF5A) => return char::from_u32(point - 0xFEE0),
        point @ 0x1D400..=0x1D6A3 => {
            let place = (point - 0x1D400) % 52;
            return char::from_u32(if place < 26 { 'A' as u32 + place } else { 'a' as u32 + place - 26 });
        }
        0x210E => return Some('h'),
        _ => {}
    }
    let mut pairs = CONFUSABLE.chars();
    while let (Some(strange), Some(latin)) = (pairs.next(), pairs.next()) {
        if strange == c {
            return Some(latin);
        }
    }
    None
}

/// The error for a name that is neither a variable nor anything known.
pub(super) fn unknown(name: &str, start: usize, called: bool, declared: &[&str]) -> FormulaError {
    let end = start + name.len();
    let error = |message: String| FormulaError::new(ErrorCode::Name, message, start, end);
    let unknown = error(format!("I do not know \"{name}\"."));
    if name == "Pi" {
        return error("I do not know \"Pi\". Did you mean pi?".to_owned()).hint("Replace it by pi.");
    }
    let mut rest = name.chars();
    if let Some(first) = rest.next() {
        let rest = rest.as_str();
        if Callable::named(rest).is_some() {
            return unknown.hint(format!("To multiply, write {first}*{rest}(…)."));
        }
    }
    if let Some(meant) = nearest(name, declared) {
        return error(format!("I do not know \"{name}\". Did you mean {meant}?"))
            .hint(format!("Replace it by {meant}."));
    }
    let mut rest = name.chars();
    if let Some(first) = rest.next() {
        let rest = rest.as_str();
        if rest == "pi" || (!called && name.chars().count() <= 3 && name.chars().all(is_letter)) {
            let product: Vec<String> = if rest == "pi" {
                vec![first.to_string(), rest.to_owned()]
            } else {
                name.chars().map(String::from).collect()
            };
            return unknown.hint(format!("To multiply, write {}.", product.join("*")));
        }
        if !called && first.is_ascii_alphabetic() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if let (Some(head), Some(tail)) = (name.get(..1 + digits), name.get(1 + digits..))
                && digits > 0
                && is_variable(tail)
            {
                return unknown.hint(format!("To multiply, write {head}*{tail}."));
            }
        }
    }
    if called {
        return unknown.hint(
            "Functions are sin, cos, exp, ln, sqrt, abs and their like; to multiply, write * before the bracket.",
        );
    }
    unknown.hint("A variable is one letter, such as x, w1 or w_2.")
}

/// The known name nearest to what was typed, if it is near enough to be a slip of the fingers.
fn nearest<'a>(name: &str, declared: &[&'a str]) -> Option<&'a str> {
    let known = Callable::names().map(|known| -> &'a str { known }).chain(["pi"]).chain(declared.iter().copied());
    crate::spelling::nearest(name, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_a_letter_with_digits_or_a_subscript() {
        for name in ["x", "w1", "w_2", "θ", "x_ab", "w1_2", "Q"] {
            assert!(is_variable(name), "{name}");
        }
        for name in ["xy", "1x", "_x", "x_", "x1y", "x__1", "constructor"] {
            assert!(!is_variable(name), "{name}");
        }
    }
}
