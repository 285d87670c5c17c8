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

const fn rgb(hex: u32) -> Color {
    Color { r: (hex >> 16) as u8, g: (hex >> 8) as u8, b: hex as u8, a: 1.0 }
}

const fn hue(stroke: u32, text: u32, soft: u8) -> Hue {
    let c = rgb(stroke);
    Hue { stroke: c, text: rgb(text), soft: Color { r: c.r, g: c.g, b: c.b, a: soft as f64 / 255.0 } }
}

impl Theme {
    /// The light set of the visual language.
    pub fn light() -> Self {
        Self {
            stage: rgb(0xf5f8f7),
            raise: rgb(0xffffff),
            sunk: rgb(0xeaf0ee),
            ink: rgb(0x17201e),
            ink_2: rgb(0x46524f),
            ink_3: rgb(0x5f6c68),
            grid: rgb(0xe3eae7),
            axis: rgb(0xa9b5b1),
            focus: rgb(0x17201e),
            data: hue(0x3d4845, 0x333d3a, 0x26),
            prediction: hue(0xc4689f, 0xa03f7c, 0x26),
            loss: hue(0x0a5cc2, 0x0053ad, 0x1f),
            gradient: hue(0xbf4800, 0xa83f00, 0x1f),
            step: hue(0x00976a, 0x00734f, 0x2b),
            loss_bands: [0xf0f5f6, 0xdfe9f3, 0xcedef0, 0xbed3ed, 0xadc7ea, 0x9dbce6, 0x8cb0e2, 0x7ca5de, 0x6b99da]
                .map(rgb),
            font_ui: "-apple-system,\"Segoe UI\",Inter,Roboto,\"Noto Sans\",system-ui,sans-serif".into(),
            font_math: "\"STIX Two Text\",\"STIX Two Math\",\"Cambria Math\",Cambria,\"Times New Roman\",serif".into(),
        }
    }

    /// The dark set of the visual language.
    pub fn dark() -> Self {
        Self {
            stage: rgb(0x171f1d),
            raise: rgb(0x222c29),
            sunk: rgb(0x202a27),
            ink: rgb(0xe9f0ed),
            ink_2: rgb(0xb7c3bf),
            ink_3: rgb(0x93a19c),
            grid: rgb(0x27322f),
            axis: rgb(0x5c6965),
            focus: rgb(0xffffff),
            data: hue(0xd8e2de, 0xd8e2de, 0x26),
            prediction: hue(0xe094c4, 0xe9a6d0, 0x30),
            loss: hue(0x4a97f5, 0x78b2fa, 0x2e),
            gradient: hue(0xf2701a, 0xfa8d47, 0x2e),
            step: hue(0x25cc8b, 0x3fd79c, 0x30),
            loss_bands: [0x182121, 0x1c2a30, 0x20333f, 0x243c4f, 0x28455f, 0x2c4f70, 0x305881, 0x346293, 0x396ca5]
                .map(rgb),
            ..Self::light()
        }
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
