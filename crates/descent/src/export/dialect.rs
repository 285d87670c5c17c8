//! How each language writes the elementary functions.

use calculus::function::Function;
use calculus::graph::Relation;

use super::number;

/// A language, as far as formulas go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Numpy,
    Jax,
    Torch,
    Rust,
}

impl Dialect {
    fn module(self) -> &'static str {
        match self {
            Self::Numpy => "np",
            Self::Jax => "jnp",
            Self::Torch => "torch",
            Self::Rust => "f64",
        }
    }

    fn plain(self, name: &str, x: &str) -> String {
        format!("{}.{name}({x})", self.module())
    }

    /// An argument of a function: PyTorch's take tensors only.
    fn argument(self, x: &str) -> String {
        let literal = x.starts_with(|c: char| c.is_ascii_digit()) || x.starts_with("(-");
        if self == Self::Torch && literal && x.trim_matches(['(', ')']).parse::<f64>().is_ok() {
            format!("torch.tensor({x})")
        } else {
            x.to_owned()
        }
    }

    /// Names that parameters must not have.
    pub(super) fn safe(self, name: &str) -> String {
        const TAKEN: [&str; 51] = [
            "N",
            "STEPS",
            "DATA",
            "NOISE",
            "BATCHES",
            "math",
            "erf",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield",
            "np",
            "jnp",
            "jax",
            "torch",
            "value",
            "gradient",
            "objective",
            "fn",
            "let",
            "match",
            "mut",
            "type",
        ];
        // Lines of the program are called t1, t2, …
        let line = name.strip_prefix('t').is_some_and(|rest| rest.parse::<u32>().is_ok());
        if line || TAKEN.contains(&name) || name.starts_with("d_") || name == "p" {
            format!("{name}_")
        } else {
            name.to_owned()
        }
    }

    /// f(x); `None` for what the language lacks.
    pub(super) fn call(self, function: Function, x: &str) -> Option<String> {
        if self == Self::Rust {
            return rust_call(function, x);
        }
        let torch = self == Self::Torch;
        let x = &self.argument(x);
        let named = |name: &str| Some(self.plain(name, x));
        match function {
            Function::Sin => named("sin"),
            Function::Cos => named("cos"),
            Function::Tan => named("tan"),
            Function::Asin => named(if torch { "asin" } else { "arcsin" }),
            Function::Acos => named(if torch { "acos" } else { "arccos" }),
            Function::Atan => named(if torch { "atan" } else { "arctan" }),
            Function::Sinh => named("sinh"),
            Function::Cosh => named("cosh"),
            Function::Tanh => named("tanh"),
            Function::Asinh => named(if torch { "asinh" } else { "arcsinh" }),
            Function::Acosh => named(if torch { "acosh" } else { "arccosh" }),
            Function::Atanh => named(if torch { "atanh" } else { "arctanh" }),
            Function::Sech => Some(format!("1.0 / {}", self.plain("cosh", x))),
            Function::Sec => Some(format!("1.0 / {}", self.plain("cos", x))),
            Function::Csc => Some(format!("1.0 / {}", self.plain("sin", x))),
            Function::Cot => Some(format!("1.0 / {}", self.plain("tan", x))),
            Function::Exp => named("exp"),
            Function::Ln => named("log"),
            Function::Log10 => named("log10"),
            Function::Log2 => named("log2"),
            Function::Sqrt => named("sqrt"),
            Function::Cbrt if torch => Some(format!("torch.sign({x}) * torch.abs({x}) ** (1.0 / 3.0)")),
            Function::Cbrt => named("cbrt"),
            Function::Abs => named("abs"),
            Function::Sign => named("sign"),
            Function::Floor => named("floor"),
            Function::Ceil => named("ceil"),
            Function::Round => {
                let m = self.module();
                Some(format!("{m}.sign({x}) * {m}.floor({m}.abs({x}) + 0.5)"))
            }
            Function::Step => Some(format!("1.0 * ({x} >= 0)")),
            Function::Sinc => Some(format!("{}.sinc({x} / {:?})", self.module(), std::f64::consts::PI)),
            Function::Erf => Some(match self {
                Self::Numpy => format!("math.erf({x})"),
                Self::Jax => format!("jax.scipy.special.erf({x})"),
                _ => format!("torch.erf({x})"),
            }),
            Function::Relu => Some(match self {
                Self::Numpy => format!("np.maximum({x}, 0.0)"),
                Self::Jax => format!("jax.nn.relu({x})"),
                _ => format!("torch.relu({x})"),
            }),
            Function::Sigmoid => Some(match self {
                Self::Numpy => format!("np.exp(-np.logaddexp(0.0, -({x})))"),
                Self::Jax => format!("jax.nn.sigmoid({x})"),
                _ => format!("torch.sigmoid({x})"),
            }),
            Function::Softplus => Some(match self {
                Self::Numpy => format!("np.logaddexp(0.0, {x})"),
                Self::Jax => format!("jnp.logaddexp(0.0, {x})"),
                _ => format!("torch.logaddexp(torch.zeros_like({x}), {x})"),
            }),
            _ => None,
        }
    }

    /// f(a, b); `None` for what the language lacks.
    pub(super) fn call2(self, function: Function, a: &str, b: &str) -> Option<String> {
        let rust = self == Self::Rust;
        let (a, b) = (&self.argument(a), &self.argument(b));
        let named = |name: &str| {
            if rust { format!("f64::{name}({a}, {b})") } else { format!("{}.{name}({a}, {b})", self.module()) }
        };
        match function {
            Function::Min => Some(named(if rust { "min" } else { "minimum" })),
            Function::Max => Some(named(if rust { "max" } else { "maximum" })),
            Function::Hypot => Some(named("hypot")),
            Function::Atan2 => Some(named(if rust || self == Self::Torch { "atan2" } else { "arctan2" })),
            Function::LogSumExp if rust => {
                Some(format!("f64::max({a}, {b}) + f64::ln_1p(f64::exp(-f64::abs({a} - {b})))"))
            }
            Function::LogSumExp => Some(named("logaddexp")),
            Function::Mod if rust => Some(format!("{a} - {b} * f64::floor({a} / {b})")),
            Function::Mod => Some(named(if self == Self::Torch { "remainder" } else { "mod" })),
            _ => None,
        }
    }

    /// aᵇ; a whole exponent is written as one.
    pub(super) fn power(self, a: &str, b: &str, whole: Option<i32>) -> String {
        match (self, whole) {
            (Self::Rust, Some(n)) => format!("f64::powi({a}, {n})"),
            (Self::Rust, None) => format!("f64::powf({a}, {b})"),
            (_, Some(n)) if n >= 0 => format!("{a}**{n}"),
            (_, Some(n)) => format!("{a}**({n})"),
            (_, None) => format!("{a}**{b}"),
        }
    }

    /// The real a^(p/q), q odd: the sign of a where p is odd, times a power of its size.
    pub(super) fn rational_power(self, a: &str, p: i32, q: u32) -> String {
        let exponent = number(f64::from(p) / f64::from(q));
        let even = p % 2 == 0;
        match self {
            Self::Rust if even => format!("f64::powf(f64::abs({a}), {exponent})"),
            Self::Rust => format!("f64::signum({a}) * f64::powf(f64::abs({a}), {exponent})"),
            _ => {
                let (m, a) = (self.module(), self.argument(a));
                let size = format!("{m}.abs({a})**{}", if p < 0 { format!("({exponent})") } else { exponent });
                if even { size } else { format!("{m}.sign({a}) * {size}") }
            }
        }
    }

    /// `then` where a relation holds, else `otherwise`.
    pub(super) fn choose(self, relation: Relation, [a, b, then, otherwise]: [&str; 4]) -> String {
        let sign = match relation {
            Relation::Less => "<",
            Relation::LessEqual => "<=",
            Relation::Greater => ">",
            Relation::GreaterEqual => ">=",
            Relation::Equal => "==",
            Relation::NotEqual => "!=",
        };
        match self {
            Self::Rust => format!("if {a} {sign} {b} {{ {then} }} else {{ {otherwise} }}"),
            // Not the library's own choice between two arrays, whose gradient goes through both: the branch not taken may be undefined.
            _ => format!("{then} if {a} {sign} {b} else {otherwise}"),
        }
    }

    /// A constant.
    pub(super) fn constant(self, value: f64) -> String {
        let plain = if value < 0.0 { format!("({})", number(value)) } else { number(value) };
        if self == Self::Rust { format!("{plain}_f64").replace(")_f64", ")") } else { plain }
    }
}

fn rust_call(function: Function, x: &str) -> Option<String> {
    let named = |name: &str| Some(format!("f64::{name}({x})"));
    match function {
        Function::Sin => named("sin"),
        Function::Cos => named("cos"),
        Function::Tan => named("tan"),
        Function::Asin => named("asin"),
        Function::Acos => named("acos"),
        Function::Atan => named("atan"),
        Function::Sinh => named("sinh"),
        Function::Cosh => named("cosh"),
        Function::Tanh => named("tanh"),
        Function::Asinh => named("asinh"),
        Function::Acosh => named("acosh"),
        Function::Atanh => named("atanh"),
        Function::Sech => Some(format!("1.0 / f64::cosh({x})")),
        Function::Sec => Some(format!("1.0 / f64::cos({x})")),
        Function::Csc => Some(format!("1.0 / f64::sin({x})")),
        Function::Cot => Some(format!("1.0 / f64::tan({x})")),
        Function::Exp => named("exp"),
        Function::Ln => named("ln"),
        Function::Log10 => named("log10"),
        Function::Log2 => named("log2"),
        Function::Sqrt => named("sqrt"),
        Function::Cbrt => named("cbrt"),
        Function::Abs => named("abs"),
        Function::Sign => Some(format!("if {x} == 0.0 {{ 0.0 }} else {{ f64::signum({x}) }}")),
        Function::Floor => named("floor"),
        Function::Ceil => named("ceil"),
        Function::Round => named("round"),
        Function::Step => Some(format!("if {x} >= 0.0 {{ 1.0 }} else {{ 0.0 }}")),
        Function::Sinc => Some(format!("if {x} == 0.0 {{ 1.0 }} else {{ f64::sin({x}) / {x} }}")),
        Function::Erf => Some(format!("erf({x})")),
        Function::Relu => Some(format!("f64::max({x}, 0.0)")),
        Function::Sigmoid => Some(format!("1.0 / (1.0 + f64::exp(-({x})))")),
        Function::Softplus => Some(format!("f64::max({x}, 0.0) + f64::ln_1p(f64::exp(-f64::abs({x})))")),
        _ => None,
    }
}
