//! Finding elements in what authors write: opening tags with their attributes.

use std::ops::Range;

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    /// The element's name.
    pub name: String,
    /// Its attributes in order; without a value where none was given.
    pub attributes: Vec<(String, Option<String>)>,
    /// Where it stands, in bytes, from `<` to after `>`.
    pub range: Range<usize>,
}

/// Every opening tag in `html` whose name starts with `prefix`. One that is never closed by `>` is left out.
pub fn opening_tags(html: &str, prefix: &str) -> Vec<Tag> {
    let start_of_tag = format!("<{prefix}");
    let mut tags = Vec::new();
    for (start, _) in html.match_indices(&start_of_tag) {
        let rest = &html[start + 1..];
        let name_end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
        if let Some((attributes, length)) = attributes(&rest[name_end..]) {
            let end = start + 1 + name_end + length;
            tags.push(Tag { name: rest[..name_end].to_owned(), attributes, range: start..end });
        }
    }
    tags
}

type Attributes = Vec<(String, Option<String>)>;

/// The attributes up to `>`, and how many bytes were read, `>` included.
fn attributes(text: &str) -> Option<(Attributes, usize)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\n', '\t', '\r', '/']);
        if let Some(after) = rest.strip_prefix('>') {
            return Some((found, text.len() - after.len()));
        }
        let name_end = rest.find([' ', '\n', '\t', '\r', '=', '>', '/']).filter(|end| *end > 0)?;
        let (name, after) = rest.split_at(name_end);
        let Some(value) = after.strip_prefix('=') else {
            found.push((name.to_lowercase(), None));
            rest = after;
            continue;
        };
        let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'');
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote)?,
            None => value.split_at(value.find([' ', '\n', '\t', '>'])?),
        };
        found.push((name.to_lowercase(), Some(without_references(value))));
        rest = after;
    }
}

/// The character references that a formula in an attribute may need.
fn without_references(value: &str) -> String {
    value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(html: &str) -> Tag {
        let mut tags = opening_tags(html, "downhill-");
        assert_eq!(tags.len(), 1, "{tags:?}");
        tags.remove(0)
    }

    #[test]
    fn a_tag_is_found_with_its_attributes_however_they_are_written() {
        let tag = one("see <downhill-descent function=\"if(w &lt; 1, w > 0, 2)\" start='-0.5'\n rate=3 blindfold>x");
        assert_eq!(tag.name, "downhill-descent");
        let expected = [
            ("function", Some("if(w < 1, w > 0, 2)")),
            ("start", Some("-0.5")),
            ("rate", Some("3")),
            ("blindfold", None),
        ];
        let expected: Attributes = expected.map(|(name, value)| (name.to_owned(), value.map(str::to_owned))).to_vec();
        assert_eq!(tag.attributes, expected);
    }

    #[test]
    fn the_range_ends_after_the_tag() {
        let html = "a <downhill-houses data=\"ames\"> b";
        assert_eq!(&html[one(html).range], "<downhill-houses data=\"ames\">");
    }

    #[test]
    fn closing_tags_and_tags_without_an_end_are_left_out() {
        assert_eq!(opening_tags("</downhill-descent> <downhill-descent start=\"1", "downhill-"), []);
    }
}
