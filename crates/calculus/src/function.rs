//! The functions a formula may name: one table for the parser, the printers, the engines and the "did you mean" hints.

/// A named function of one or two real numbers, as it stands in the normal form.
///
/// Functions of more arguments are folded to these when a formula is lowered: `max(a, b, c)` is `max(max(a, b), c)`,
/// `clamp(x, lo, hi)` is `min(max(x, lo), hi)`, and `if` is a node of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Function {
    /// Sine, argument in radians.
    Sin,
    /// Cosine, argument in radians.
    Cos,
    /// Tangent, argument in radians.
    Tan,
    /// Inverse sine, on [−1, 1].
    Asin,
    /// Inverse cosine, on [−1, 1].
    Acos,
    /// Inverse tangent.
    Atan,
    /// Hyperbolic sine.
    Sinh,
    /// Hyperbolic cosine.
    Cosh,
    /// Hyperbolic tangent.
    Tanh,
    /// Inverse hyperbolic sine.
    Asinh,
    /// Inverse hyperbolic cosine, on [1, ∞).
    Acosh,
    /// Inverse hyperbolic tangent, on (−1, 1).
    Atanh,
    /// Hyperbolic secant, 1/cosh: what keeps the slope of tanh exact where 1 − tanh² would cancel.
    Sech,
    /// Secant, 1/cos.
    Sec,
    /// Cosecant, 1/sin.
    Csc,
    /// Cotangent, cos/sin.
    Cot,
    /// The exponential function.
    Exp,
    /// Natural logarithm; `log` is another spelling.
    Ln,
    /// Logarithm to base 10.
    Log10,
    /// Logarithm to base 2.
    Log2,
    /// Square root, on [0, ∞).
    Sqrt,
    /// Real cube root, on all reals.
    Cbrt,
    /// Absolute value.
    Abs,
    /// −1, 0 or 1.
    Sign,
    /// 1 where the argument is ≥ 0, else 0.
    Step,
    /// Largest integer not above.
    Floor,
    /// Smallest integer not below.
    Ceil,
    /// Nearest integer, halves away from zero.
    Round,
    /// max(x, 0).
    Relu,
    /// 1/(1 + e⁻ˣ).
    Sigmoid,
    /// ln(1 + eˣ).
    Softplus,
    /// sin(x)/x, and 1 at 0.
    Sinc,
    /// The error function, (2/√π) ∫₀ˣ e^(−t²) dt.
    Erf,
    /// `root(x, n)`: the real n-th root; for odd n it is defined for negative x.
    Root,
    /// `mod(a, b)`: a − b·floor(a/b), with the sign of b.
    Mod,
    /// The smaller of two.
    Min,
    /// The larger of two.
    Max,
    /// √(a² + b²).
    Hypot,
    /// `atan2(y, x)`: the angle of the point (x, y), in (−π, π].
    Atan2,
    /// ln(eᵃ + eᵇ).
    LogSumExp,
}

/// What may be called in a formula: a function of the normal form, or a form that lowering rewrites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callable {
    /// A function as it stands.
    Function(Function),
    /// `clamp(x, lo, hi)`.
    Clamp,
    /// `if(a < b, then, otherwise)`.
    If,
}

/// One row of the table: the spelling, what it names, the least and the most arguments.
struct Row(&'static str, Callable, u8, u8);

const fn one(name: &'static str, function: Function) -> Row {
    Row(name, Callable::Function(function), 1, 1)
}

const fn two(name: &'static str, function: Function, most: u8) -> Row {
    Row(name, Callable::Function(function), 2, most)
}

/// As many arguments as `min`, `max`, `hypot` and `logsumexp` take; a guess that no lesson comes near.
pub const MOST_ARGUMENTS: u8 = 64;

// The first spelling of each function is the one that is printed.
static TABLE: &[Row] = &[
    one("sin", Function::Sin),
    one("cos", Function::Cos),
    one("tan", Function::Tan),
    one("asin", Function::Asin),
    one("acos", Function::Acos),
    one("atan", Function::Atan),
    one("sinh", Function::Sinh),
    one("cosh", Function::Cosh),
    one("tanh", Function::Tanh),
    one("asinh", Function::Asinh),
    one("acosh", Function::Acosh),
    one("atanh", Function::Atanh),
    one("sech", Function::Sech),
    one("sec", Function::Sec),
    one("csc", Function::Csc),
    one("cot", Function::Cot),
    one("exp", Function::Exp),
    one("ln", Function::Ln),
    one("log10", Function::Log10),
    one("log2", Function::Log2),
    one("sqrt", Function::Sqrt),
    one("cbrt", Function::Cbrt),
    one("abs", Function::Abs),
    one("sign", Function::Sign),
    one("step", Function::Step),
    one("floor", Function::Floor),
    one("ceil", Function::Ceil),
    one("round", Function::Round),
    one("relu", Function::Relu),
    one("sigmoid", Function::Sigmoid),
    one("softplus", Function::Softplus),
    one("sinc", Function::Sinc),
    one("erf", Function::Erf),
    two("root", Function::Root, 2),
    two("mod", Function::Mod, 2),
    two("min", Function::Min, MOST_ARGUMENTS),
    two("max", Function::Max, MOST_ARGUMENTS),
    two("hypot", Function::Hypot, MOST_ARGUMENTS),
    two("atan2", Function::Atan2, 2),
    two("logsumexp", Function::LogSumExp, MOST_ARGUMENTS),
    Row("clamp", Callable::Clamp, 3, 3),
    Row("if", Callable::If, 3, 3),
    one("log", Function::Ln),
    one("arcsin", Function::Asin),
    one("arccos", Function::Acos),
    one("arctan", Function::Atan),
    one("sgn", Function::Sign),
];

impl Function {
    /// The spelling that is printed.
    pub fn name(self) -> &'static str {
        // The table lists the functions in the order of the enumeration.
        TABLE.get(self as usize).map_or("", |row| row.0)
    }

    /// Whether it takes two arguments in the normal form.
    pub fn is_binary(self) -> bool {
        self >= Function::Root
    }
}

impl Callable {
    /// What a name calls, if anything.
    pub fn named(name: &str) -> Option<Callable> {
        TABLE.iter().find(|row| row.0 == name).map(|row| row.1)
    }

    /// The spelling that is printed.
    pub fn name(self) -> &'static str {
        match self {
            Callable::Function(function) => function.name(),
            Callable::Clamp => "clamp",
            Callable::If => "if",
        }
    }

    /// The least and the most arguments.
    pub fn arity(self) -> (u8, u8) {
        TABLE.iter().find(|row| row.1 == self).map_or((1, 1), |row| (row.2, row.3))
    }

    /// All spellings, for hints.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|row| row.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_enumeration() {
        for (index, row) in TABLE.iter().enumerate().take(Function::LogSumExp as usize + 1) {
            let Callable::Function(function) = row.1 else { panic!("{} is not a function", row.0) };
            assert_eq!(function as usize, index, "{}", row.0);
            assert_eq!(function.name(), row.0);
            assert_eq!(function.is_binary(), row.2 == 2);
        }
    }
}
