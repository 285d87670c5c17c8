//! Numbers as people write them: the one reader of fields, of attributes and of the cells of tables.
//!
//! People write 1234.5, 1,234.5, 1 234,5, 1'234.50, 10,50,000, −4, $1,200, 1.050,- €, 45 % and (1,200). What a comma and a point mean is
//! told by whoever asks: it follows from the language of a page, or from a whole column. A slip such as 1,2,3 or 0,,5 is never another
//! number; it comes back as a [`Slip`].

/// What stands before the decimals. The other one of the two may set groups of three digits apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

impl Decimal {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    /// The sign before the decimals and the one between groups.
    fn signs(self) -> (char, char) {
        match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        }
    }
}

/// Why a text is not the number that was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slip {
    /// Nothing is written.
    Empty,
    /// It is no number at all.
    NotNumber,
    /// Nothing but digits and marks, but the marks stand where no number has them: 1,2,3.
    Marks,
    /// It is this number with the other decimal mark.
    OtherMark(f64),
    /// It is beyond what a number can hold.
    TooLarge,
}

/// What a cell of a table holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The number, as it is written: 10 for `10 %`.
    pub value: f64,
    /// What it counts, where that is written: `$`, `EUR`, `%`; else empty.
    pub unit: String,
}

/// The number that a text is, with a currency or without. Never NaN or infinite.
///
/// # Errors
/// [`Slip`]: why it is none.
pub fn read(text: &str, decimal: Decimal) -> Result<f64, Slip> {
    let text = folded(text);
    judged(&text, decimal, |decimal| parse(&text, decimal)).map(|amount| amount.value)
}

/// The same for a cell of a table, where a number may stand in an accountant's brackets or before a percent sign as well.
///
/// # Errors
/// As [`read`].
pub fn read_cell(cell: &str, decimal: Decimal) -> Result<Amount, Slip> {
    let text = folded(cell);
    judged(&text, decimal, |decimal| {
        let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map(str::trim);
        // Brackets are the minus sign, so that none may stand inside.
        let written = match inside {
            Some(size) if size.contains('-') => return None,
            Some(size) => size,
            None => &text,
        };
        let bare = written.strip_suffix('%').or_else(|| written.strip_prefix('%')).map(str::trim);
        let mut amount = parse(bare.unwrap_or(written), decimal)?;
        if bare.is_some() {
            amount.unit = "%".to_owned();
        }
        if inside.is_some() {
            amount.value = 0.0 - amount.value;
        }
        Some(amount)
    })
}

/// Whether a cell says that there is no value, as people and programs write it: nothing, `n/a`, `-`, `NULL`, `#DIV/0!`.
#[must_use]
pub fn is_missing(cell: &str) -> bool {
    const WORDS: [&str; 28] = [
        "",
        "na",
        "n/a",
        "n.a.",
        "n. a.",
        "n.a",
        "#n/a",
        "#na",
        "#nv",
        "<na>",
        "nan",
        "nat",
        "null",
        "(null)",
        "none",
        "nil",
        "\\n",
        "?",
        "nd",
        "n.d.",
        "n/d",
        "s/d",
        "k.a.",
        "k. a.",
        "keine angabe",
        "not available",
        "unknown",
        "…",
    ];
    /// Bytes. None of them is longer, nor is what a spreadsheet says of a cell that it could not work out.
    const LONGEST: usize = 30;
    let cell = cell.trim();
    if cell.len() > LONGEST || cell.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let text = folded(cell).to_lowercase();
    let all = |mark: char| text.chars().all(|c| c == mark);
    WORDS.contains(&text.as_str()) || all('-') || all('.') || (text.starts_with('#') && text.ends_with(['!', '?']))
}

/// Tries one mark and then the other, to say what is wrong.
fn judged(text: &str, decimal: Decimal, parse: impl Fn(Decimal) -> Option<Amount>) -> Result<Amount, Slip> {
    if text.is_empty() {
        return Err(Slip::Empty);
    }
    match parse(decimal) {
        Some(amount) if amount.value.is_finite() => return Ok(amount),
        Some(_) => return Err(Slip::TooLarge),
        None => {}
    }
    match parse(decimal.other()) {
        Some(Amount { value, .. }) if value.is_finite() => Err(Slip::OtherMark(value)),
        _ if is_digits_and_marks(text) => Err(Slip::Marks),
        _ => Err(Slip::NotNumber),
    }
}

fn is_digits_and_marks(text: &str) -> bool {
    let (_, body) = unwrapped(text).unwrap_or_default();
    let mark = |c: char| matches!(c, '.' | ',' | '\'' | ' ');
    body.chars().any(mark) && body.chars().all(|c| c.is_ascii_digit() || mark(c)) && body.chars().any(|c| !mark(c))
}

/// The text with one sign for each kind of blank, apostrophe, dash and digit, and without what cannot be seen.
fn folded(text: &str) -> String {
    let fold = |c: char| match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
        '\u{2010}'..='\u{2015}' | '−' | '﹣' | '－' => Some('-'),
        '’' | '‘' | 'ʼ' | '′' | '´' | '`' => Some('\''),
        '，' => Some(','),
        '．' => Some('.'),
        '％' => Some('%'),
        c if c.is_whitespace() && !c.is_control() => Some(' '),
        c => Some(ascii_digit(c).unwrap_or(c)),
    };
    text.trim().chars().filter_map(fold).collect::<String>().trim().to_owned()
}

/// A digit of another script: full width, Arabic, Persian, Devanagari, Bengali.
fn ascii_digit(c: char) -> Option<char> {
    let zeros = [0xff10, 0x660, 0x6f0, 0x966, 0x9e6];
    let digit = zeros.into_iter().find_map(|zero| (c as u32).checked_sub(zero).filter(|digit| *digit < 10))?;
    char::from_digit(digit, 10)
}

/// The number of a folded text; infinite where it is too large.
fn parse(text: &str, decimal: Decimal) -> Option<Amount> {
    let (Wrap { negative, unit }, body) = unwrapped(text)?;
    let (point, group) = decimal.signs();
    // A dash in place of the cents: 1'050.–
    let cents = body.trim_end_matches('-');
    let body = if cents.len() < body.len() { cents.strip_suffix(point)? } else { body };
    let (mantissa, exponent) = powered(body)?;
    let (whole, decimals) = mantissa.split_once(point).unwrap_or((mantissa, ""));
    let whole = ungrouped(whole, group)?;
    if !is_digits(decimals) || (whole.is_empty() && decimals.is_empty()) {
        return None;
    }
    let size: f64 = format!("{whole}.{decimals}e{exponent}").parse().ok()?;
    // No negative zero.
    Some(Amount { value: if negative { 0.0 - size } else { size }, unit: unit.to_owned() })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Mantissa and power of ten: `2e-8`, `2×10⁻⁸`, `2 x 10^-8`.
fn powered(body: &str) -> Option<(&str, String)> {
    let times = body.split_once(['×', 'x', '*', '·']);
    let times = times.and_then(|(before, after)| Some((before.trim_end(), after.trim_start().strip_prefix("10")?)));
    let (mantissa, exponent) = match (times, body.split_once(['e', 'E'])) {
        (Some((mantissa, power)), _) => (mantissa, power.strip_prefix('^').unwrap_or(power)),
        (None, Some(parts)) => parts,
        (None, None) => return Some((body, "0".to_owned())),
    };
    let level = |c: char| match c {
        '⁻' => '-',
        '⁺' => '+',
        _ => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c).map_or(c, |d| char::from(b'0' + d as u8)),
    };
    let exponent: String = exponent.chars().map(level).collect();
    let digits = exponent.strip_prefix(['-', '+']).unwrap_or(&exponent);
    (!digits.is_empty() && is_digits(digits)).then_some((mantissa, exponent))
}

/// The digits of a whole number whose groups are set apart by one sign: in threes, with commas also as in India (10,50,000). A number in
/// groups does not begin with a zero.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else { return Some(whole.to_owned()) };
    if mark != group && mark != ' ' && mark != '\'' {
        return None;
    }
    let groups: Vec<&str> = whole.split(mark).collect();
    let [first, middle @ .., last] = groups.as_slice() else { return None };
    let all = |length: usize| middle.iter().all(|digits| digits.len() == length);
    let indian = mark == ',' && !middle.is_empty() && all(2) && first.len() <= 2;
    let sound = groups.iter().all(|digits| !digits.is_empty() && is_digits(digits))
        && !first.starts_with('0')
        && first.len() <= 3
        && last.len() == 3
        && (all(3) || indian);
    sound.then(|| groups.concat())
}

/// What stands around the digits.
#[derive(Default)]
struct Wrap<'a> {
    negative: bool,
    unit: &'a str,
}

/// Takes sign and currency off: what is left starts with a digit or a mark.
fn unwrapped(text: &str) -> Option<(Wrap<'_>, &str)> {
    let (mut rest, mut wrap, mut signed) = (text, Wrap::default(), false);
    // A sign may stand before or after the currency.
    for _ in 0..2 {
        if let Some(after) = rest.strip_prefix(['-', '+']) {
            if signed {
                return None;
            }
            (signed, wrap.negative) = (true, rest.starts_with('-'));
            rest = after.trim_start();
        }
        if let Some((unit, after)) = currency_before(rest).filter(|_| wrap.unit.is_empty()) {
            (wrap.unit, rest) = (unit, after);
        }
    }
    if let Some((before, unit)) = currency_after(rest) {
        (rest, wrap.unit) = (before, unit);
    }
    rest.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',').then_some((wrap, rest))
}

/// A currency at the start of a text, and what follows it.
fn currency_before(text: &str) -> Option<(&str, &str)> {
    let name = text.find(|c: char| !is_of_currency(c)).unwrap_or(text.len());
    // `Rs. 500`, but `$.50`.
    let dotted = text.get(name..)?.starts_with('.') && text.get(..name)?.chars().all(char::is_alphabetic);
    let (unit, rest) = text.split_at_checked(name + usize::from(dotted))?;
    is_currency(unit.trim_end_matches('.')).then(|| (unit, rest.trim_start()))
}

/// A currency at the end of a text, and what stands before it.
fn currency_after(text: &str) -> Option<(&str, &str)> {
    let bare = text.strip_suffix('.').filter(|bare| bare.ends_with(char::is_alphabetic)).unwrap_or(text);
    let name = bare.trim_end_matches(is_of_currency).len();
    is_currency(bare.get(name..)?)
        .then(|| (text.get(..name).unwrap_or_default().trim_end(), text.get(name..).unwrap_or_default()))
}

fn is_of_currency(c: char) -> bool {
    c.is_alphabetic() || is_currency_sign(c)
}

/// Unicode's category of currency signs, in its common blocks.
fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '¢' | '£' | '¤' | '¥' | '฿' | '\u{20a0}'..='\u{20cf}' | '＄' | '￡' | '￥' | '￦')
}

/// `€`, `US$`, `EUR`, `kr`.
fn is_currency(name: &str) -> bool {
    /// ISO 4217, without funds, metals and tests.
    const CODES: &str = "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLPCNYCOPCRCCUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVESVNDVUVWSTXAFXCDXOFXPFYERZARZMWZWL";
    const WORDS: [&str; 26] = [
        "kr", "Kr", "Kč", "zł", "Ft", "lei", "Rs", "Fr", "SFr", "sFr", "RM", "Rp", "TL", "R", "din", "лв", "руб", "р",
        "грн", "дин", "元", "円", "원", "Euro", "euro", "euros",
    ];
    let is_code = |code: &[u8]| code.eq_ignore_ascii_case(name.as_bytes());
    let dollars =
        name.strip_suffix('$').is_some_and(|land| land.len() <= 3 && land.bytes().all(|b| b.is_ascii_uppercase()));
    let mut signs = name.chars();
    let sign = signs.next().is_some_and(is_currency_sign) && signs.next().is_none();
    sign || dollars || WORDS.contains(&name) || CODES.as_bytes().chunks(3).any(is_code)
}
