//! The colours and faces a scene draws with. They come from the page's CSS; no colour is written in chart code.

/// A colour with opacity. 0–255 a channel, opacity 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    /// Red, 0–255.
    pub r: u8,
    /// Green, 0–255.
    pub g: u8,
    /// Blue, 0–255.
    pub b: u8,
    /// Opacity, 0–1.
    pub a: f64,
}

impl Color {
    /// Reads `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` and `rgba(…)` as browsers serialise them; none otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(hex) = text.strip_prefix('#') {
            let nibble = |i: usize| hex.as_bytes().get(i).and_then(|c| (*c as char).to_digit(16)).map(|d| d as u8);
            let byte = |i: usize| Some(nibble(i)? * 16 + nibble(i + 1)?);
            return match hex.len() {
                3 | 4 => Some(Self {
                    r: nibble(0)? * 17,
                    g: nibble(1)? * 17,
                    b: nibble(2)? * 17,
                    a: if hex.len() == 4 { f64::from(nibble(3)? * 17) / 255.0 } else { 1.0 },
                }),
                6 | 8 => Some(Self {
                    r: byte(0)?,
                    g: byte(2)?,
                    b: byte(4)?,
                    a: if hex.len() == 8 { f64::from(byte(6)?) / 255.0 } else { 1.0 },
                }),
                _ => None,
            };
        }
        let inner = text.strip_prefix("rgba(").or_else(|| text.strip_prefix("rgb("))?.strip_suffix(')')?;
        let mut parts = inner.split([',', ' ', '/']).filter(|p| !p.is_empty());
        let mut channel = || parts.next()?.parse::<f64>().ok().filter(|v| v.is_finite());
        let (r, g, b) = (channel()?, channel()?, channel()?);
        let a = match parts.next() {
            None => 1.0,
            Some(p) => match p.strip_suffix('%') {
                Some(p) => p.parse::<f64>().ok()? / 100.0,
                None => p.parse::<f64>().ok()?,
            },
        };
        let whole = |v: f64| v.clamp(0.0, 255.0).round() as u8;
        Some(Self { r: whole(r), g: whole(g), b: whole(b), a: a.clamp(0.0, 1.0) })
    }

    /// The same hue at another opacity.
    pub fn alpha(self, a: f64) -> Self {
        Self { a, ..self }
    }

    /// This colour mixed into another: 1 is this, 0 the other. Used where opacity would let lines show through.
    pub fn mixed_into(self, other: Self, share: f64) -> Self {
        let mix = |x: u8, y: u8| (f64::from(x) * share + f64::from(y) * (1.0 - share)).round() as u8;
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b), a: 1.0 }
    }
}

/// The stroke, the text and the soft fill of one role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hue {
    /// For lines and dots.
    pub stroke: Color,
    /// For words and numbers.
    pub text: Color,
    /// For fills behind lines.
    pub soft: Color,
}

/// Everything a scene needs to know of the page's look.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// The ground of a stage, also the halo of labels.
    pub stage: Color,
    /// The ring of a handle.
    pub raise: Color,
    /// The sunk ground, used by the blindfold.
    pub sunk: Color,
    /// Emphasised words.
    pub ink: Color,
    /// Ordinary words.
    pub ink_2: Color,
    /// Quiet words: tick labels.
    pub ink_3: Color,
    /// Grid lines.
    pub grid: Color,
    /// Axis lines.
    pub axis: Color,
    /// The focus ring.
    pub focus: Color,
    /// What really happened.
    pub data: Hue,
    /// What the model says.
    pub prediction: Hue,
    /// How high.
    pub loss: Hue,
    /// How steep.
    pub gradient: Hue,
    /// What moves.
    pub step: Hue,
    /// Bands of a contour map, floor to heights.
    pub loss_bands: [Color; 9],
    /// The family of the interface's words, as CSS writes it.
    pub font_ui: String,
    /// The family of mathematical letters, as CSS writes it.
    pub font_math: String,
}

/// Where the tokens of the visual language stand: the value of `--downhill-…` by its name without that, as CSS writes it.
pub type Tokens<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Theme {
    /// From the page's tokens. A colour that is absent or cannot be read is a plain grey, which nobody will take for meant.
    pub fn read(tokens: Tokens<'_>) -> Self {
        let grey = Color { r: 128, g: 128, b: 128, a: 1.0 };
        let color = |name: &str| tokens(name).and_then(|text| Color::parse(&text)).unwrap_or(grey);
        let hue = |name: &str| Hue {
            stroke: color(name),
            text: color(&format!("{name}-text")),
            soft: color(&format!("{name}-soft")),
        };
        let face = |name: &str, otherwise: &str| {
            tokens(name)
                .map(|text| text.trim().replace(", ", ","))
                .filter(|t| !t.is_empty())
                .unwrap_or(otherwise.into())
        };
        Self {
            stage: color("stage"),
            raise: color("raise"),
            sunk: color("sunk"),
            ink: color("ink"),
            ink_2: color("ink-2"),
            ink_3: color("ink-3"),
            grid: color("grid"),
            axis: color("axis"),
            focus: color("focus"),
            data: hue("data"),
            prediction: hue("pred"),
            loss: hue("loss"),
            gradient: hue("grad"),
            step: hue("step"),
            loss_bands: [0, 1, 2, 3, 4, 5, 6, 7, 8].map(|level| color(&format!("loss-{level}"))),
            font_ui: face("font-ui", "sans-serif"),
            font_math: face("font-math", "serif"),
        }
    }

    /// From the text of the tokens' style sheet, whose first block writes each colour as `light-dark(#…, #…)`: for pictures that are
    /// made without a page.
    pub fn of_css(css: &str, dark: bool) -> Self {
        let block = css.split('}').next().unwrap_or_default();
        Self::read(&|name| {
            let start = block.find(&format!("--downhill-{name}:"))?;
            let value = block.get(start..)?.split_once(':')?.1.split(';').next()?.trim();
            let Some(pair) = value.strip_prefix("light-dark(").and_then(|v| v.strip_suffix(')')) else {
                return Some(value.to_owned());
            };
            let (light, dark_one) = pair.split_once(',')?;
            Some(if dark { dark_one } else { light }.trim().to_owned())
        })
    }

    /// The light set, for tests.
    #[cfg(test)]
    pub fn light() -> Self {
        Self::of_css(include_str!("../../../web/src/elements/tokens.css"), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_reads_as_browsers_write_it() {
        let green = Color { r: 0, g: 151, b: 106, a: 1.0 };
        assert_eq!(Color::parse("#00976a"), Some(green));
        assert_eq!(Color::parse(" rgb(0, 151, 106) "), Some(green));
        assert_eq!(Color::parse("rgba(0, 151, 106, 0.5)"), Some(green.alpha(0.5)));
        assert_eq!(Color::parse("rgb(0 151 106 / 50%)"), Some(green.alpha(0.5)));
        assert_eq!(Color::parse("#fff"), Some(Color { r: 255, g: 255, b: 255, a: 1.0 }));
        assert_eq!(Color::parse("seagreen"), None);
        assert_eq!(Color::parse("#00976é"), None);
    }

    #[test]
    fn a_mixed_colour_lies_between_its_two_parts() {
        let theme = Theme::light();
        let mixed = theme.step.stroke.mixed_into(theme.stage, 0.3);
        assert!(mixed.g > theme.step.stroke.g && mixed.g < theme.stage.g);
        assert_eq!(theme.step.stroke.mixed_into(theme.stage, 1.0), theme.step.stroke);
    }
}
