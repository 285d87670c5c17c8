//! What is said about each mistake: the rule and the part, never the answer.

use super::Mistake;

/// Each code with its message; `{}` stands for the part of the function where the mistake shows.
static WORDS: &[(&str, &str)] = &[
    (
        "missing_parentheses",
        "The terms are right, but brackets are missing: division and product are read from left to right.",
    ),
    ("quotient_rule_sign", "Look at the signs in the quotient rule: the top is u′v − uv′, in this order."),
    ("sign_error", "Almost: only a sign is wrong{ in the derivative of }. Follow each minus through."),
    ("missing_ln_factor", "The derivative of aˣ is not aˣ alone: a factor that depends on the base is missing{ at }."),
    (
        "log_base_ignored",
        "That is the slope of the natural logarithm. The base of the logarithm{ in } asks for a factor.",
    ),
    ("power_rule_on_exponential", "The power rule is for a variable base. In{ } the variable is in the exponent."),
    (
        "exponential_rule_with_variable_base",
        "The exponential rule is for a constant base. In{ } base and exponent both change.",
    ),
    ("missing_inner_derivative", "Chain rule: multiply by the derivative of the inside{ of }."),
    ("dropped_inner_argument", "Chain rule: the outer derivative keeps the whole inside{ of }."),
    (
        "outer_derivative_at_inner_derivative",
        "Chain rule: take the outer derivative{ of } at the inside itself, and multiply by the inside's derivative.",
    ),
    (
        "product_rule_as_product",
        "The derivative of a product is not the product of the derivatives. Use u′v + uv′{ on }.",
    ),
    (
        "one_term_of_product_rule",
        "The product rule has two terms: each factor{ of } has its turn to be differentiated.",
    ),
    (
        "quotient_rule_as_quotient",
        "The derivative of a quotient is not the quotient of the derivatives. Use (u′v − uv′)/v²{ on }.",
    ),
    ("denominator_not_squared", "In the quotient rule the bottom is squared{ for }."),
    (
        "wrong_trig_derivative",
        "Look up the derivative of the function{ in } again: this one belongs to another function.",
    ),
    ("missing_absolute_value", "The slope of an absolute value{ in } depends on the sign of the inside."),
    ("missing_square", "A square is missing in the derivative{ of }."),
    ("extra_square", "One factor too many is squared in the derivative{ of }."),
    ("exponent_sign", "Look at the sign of the new exponent{ for }: it is one less than the old one."),
    (
        "off_by_one_power",
        "Power rule: the exponent comes down as a factor, and the new exponent is one less{, here for }.",
    ),
    ("linear_over_power", "A power or a root of a sum or product is not taken term by term."),
    ("constant_kept", "The derivative of a constant is 0, so it does not stay."),
    ("wrong_variable", "Differentiate with respect to the variable asked for; the others are constants."),
    ("constant_dropped", "Another letter is a constant here, but a constant factor stays{: look at }."),
    ("dropped_term", "A term is missing: each term of a sum has its own derivative{. Look at }."),
    ("rounded_constant", "The form is right, but a constant is rounded. Keep it exact, as in ln(2) or pi."),
    ("missing_constant_factor", "The form is right, but a constant factor is wrong or missing{ at }."),
    ("not_differentiated", "This is the function itself. Its derivative is asked for."),
    ("integrated_instead", "This is an antiderivative: you went the other way."),
];

/// Longest part that is quoted; a longer one would hide the sentence.
const LONGEST_PART: usize = 40;

pub(super) fn mistake(code: &'static str, part: &str) -> Mistake {
    let words = WORDS.iter().find(|(known, _)| *known == code).map_or("", |(_, words)| *words);
    let mut message = String::new();
    // `{ in }` becomes " in sin(x)" where there is a part to name, and nothing where there is not.
    match words.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        Some((before, (link, after))) => {
            message.push_str(before);
            if !part.is_empty() && part.len() <= LONGEST_PART {
                message.push_str(link);
                message.push_str(part);
            } else if link == " " {
                message.push_str(" this function");
            }
            message.push_str(after);
        }
        None => message.push_str(words),
    }
    Mistake { code, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_part_where_there_is_one() {
        let named = mistake("missing_inner_derivative", "sin(x^2)").message;
        assert_eq!(named, "Chain rule: multiply by the derivative of the inside of sin(x^2).");
        let unnamed = mistake("missing_inner_derivative", "").message;
        assert_eq!(unnamed, "Chain rule: multiply by the derivative of the inside.");
        assert_eq!(
            mistake("power_rule_on_exponential", "2^x").message.split(". ").nth(1),
            Some("In 2^x the variable is in the exponent.")
        );
    }
}
