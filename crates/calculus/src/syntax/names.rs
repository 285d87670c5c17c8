//! Letters, names, look-alikes, and what was probably meant.

use crate::error::FormulaError;
use crate::fault::{Fault, Instead};
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
    let fault = match c {
        '%' => Fault::Percent,
        ';' => Fault::Semicolon,
        '"' | '\'' | '`' | '“' | '”' | '‘' | '’' => Fault::Quotes,
        '[' | ']' | '{' | '}' => Fault::Bracket(c),
        '!' => Fault::Factorial,
        '$' | '€' | '£' => Fault::Currency,
        _ => match looks_like(c) {
            Some(latin) => Fault::LooksLike(c, latin),
            None => Fault::Stray(printable(c)),
        },
    };
    FormulaError::new(fault, start, start + c.len_utf8())
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
    let fault = Fault::Unknown(name.into(), instead(name, called, declared));
    FormulaError::new(fault, start, start + name.len())
}

/// What was probably meant by an unknown name.
fn instead(name: &str, called: bool, declared: &[&str]) -> Instead {
    if name == "Pi" {
        return Instead::Name("pi".into());
    }
    let mut rest = name.chars();
    let (first, rest) = (rest.next(), rest.as_str());
    if let Some(first) = first
        && Callable::named(rest).is_some()
    {
        return Instead::Product(format!("{first}*{rest}(…)").into());
    }
    if let Some(meant) = nearest(name, declared) {
        return Instead::Name(meant.into());
    }
    if let Some(first) = first {
        if rest == "pi" {
            return Instead::Product(format!("{first}*pi").into());
        }
        if !called && name.chars().count() <= 3 && name.chars().all(is_letter) {
            let letters: Vec<String> = name.chars().map(String::from).collect();
            return Instead::Product(letters.join("*").into());
        }
        if !called && first.is_ascii_alphabetic() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if let (Some(head), Some(tail)) = (name.get(..1 + digits), name.get(1 + digits..))
                && digits > 0
                && is_variable(tail)
            {
                return Instead::Product(format!("{head}*{tail}").into());
            }
        }
    }
    if called { Instead::Function } else { Instead::Variable }
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
