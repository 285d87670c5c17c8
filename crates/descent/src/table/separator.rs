//! What stands between the cells of a row: named in the first line, as spreadsheets do, or guessed from the first lines.

use std::borrow::Cow;

use super::lines::{Record, is_wordy, names_among};

/// How many records are looked at.
const SAMPLE: usize = 100;

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// One character of ASCII.
    Character(u8),
    /// So many blanks or more: columns written under one another.
    Blanks(usize),
}

/// Stands for a run of blanks while a row is taken apart; it is in no text that people write.
const RUN: u8 = 0x1f;

impl Separator {
    /// The separator of a text, and the text without the line that names it (`sep=;`), which becomes an empty one.
    pub(crate) fn of(text: &str) -> (Self, Cow<'_, str>) {
        match named(text) {
            Some((separator, rest)) => (Self::Character(separator), rest),
            None => (Self::guessed(text), Cow::Borrowed(text)),
        }
    }

    /// As a reader sees it.
    pub(crate) fn shown(self) -> String {
        match self {
            Self::Character(character) => char::from(character).to_string(),
            Self::Blanks(_) => " ".to_owned(),
        }
    }

    /// The text as a reader of CSV takes it, with the same lines, and the character that stands between cells in it.
    pub(crate) fn prepared(self, text: &str) -> (Cow<'_, str>, u8) {
        match self {
            Self::Character(character) if text.contains('"') => (Cow::Owned(unblanked(text, character)), character),
            Self::Character(character) => (Cow::Borrowed(text), character),
            Self::Blanks(least) => (Cow::Owned(joined(text, least)), RUN),
        }
    }

    /// The candidate under which most of the first records have equally many cells, the names as well, and a number among them.
    ///
    /// A tab is seldom typed by chance, and a semicolon and a bar seldom, so they win over a comma that does no better: a file with
    /// decimal commas is separated by semicolons. Blanks stand between words and in numbers as well; they are tried only where none of
    /// the others does for half of the records.
    fn guessed(text: &str) -> Self {
        let sample = text.match_indices('\n').nth(2 * SAMPLE).and_then(|(at, _)| text.get(..at)).unwrap_or(text);
        let best = |candidates: &[Self], at_least: f64, numbers: bool| {
            let mut best = (None, at_least);
            for candidate in candidates {
                let agreement = candidate.agreement(sample, numbers);
                if agreement > best.1 + 1e-9 {
                    best = (Some(*candidate), agreement);
                }
            }
            best
        };
        let characters = [b'\t', b';', b'|', b','].map(Self::Character);
        let (character, agreement) = best(&characters, 0.0, true);
        let blanks = if agreement < 0.5 { best(&[2, 1].map(Self::Blanks), agreement.max(0.49), true).0 } else { None };
        // A table that is all words has separators too.
        blanks.or(character).or_else(|| best(&characters, 0.0, false).0).unwrap_or(Self::Character(b','))
    }

    /// The share of the first records that have the commonest number of cells, and with `numbers` one that is a number; 0 when it is one
    /// cell, or not as many as there are names.
    fn agreement(self, text: &str, numbers: bool) -> f64 {
        let records = self.sample(text);
        let lengths: Vec<usize> = records.iter().map(|record| record.cells.len()).collect();
        let Some(width) = commonest(&lengths).filter(|width| *width > 1) else { return 0.0 };
        let words_first = records.first().is_some_and(|first| is_wordy(&first.cells));
        if words_first && names_among(&records, width, self).is_none() {
            return 0.0;
        }
        let agrees = |record: &&Record| record.cells.len() == width && !(numbers && is_wordy(&record.cells));
        records.iter().filter(agrees).count() as f64 / lengths.len() as f64
    }

    /// The cells of the first records that are neither comments nor rules.
    fn sample(self, text: &str) -> Vec<Record> {
        let (text, delimiter) = self.prepared(text);
        let mut reader = reader(&text, delimiter);
        let all = reader.records().flatten().map(|record| Record::new(0, &record));
        all.filter(|record| !record.is_rule() && !record.is_comment()).take(SAMPLE).collect()
    }
}

/// A reader of prepared text.
pub(crate) fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// The number that occurs most often; the largest of several.
pub(crate) fn commonest(lengths: &[usize]) -> Option<usize> {
    let count = |length: usize| lengths.iter().filter(|other| **other == length).count();
    lengths.iter().copied().max_by_key(|length| (count(*length), *length))
}

/// The separator that the first line names, and the text with that line empty.
fn named(text: &str) -> Option<(u8, Cow<'_, str>)> {
    let start = text.len() - text.trim_start_matches('\n').len();
    let line = text.get(start..)?.split('\n').next()?;
    let bare = line.trim_start_matches(['"', ' ']);
    let said = bare.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and_then(|_| bare.get(4..))?;
    let separator = said.bytes().next().filter(u8::is_ascii)?;
    let rest = said.get(1..)?.trim_matches(['"', ' ']);
    // Some programs end this line, as all others, with the separator.
    let ended = rest.bytes().all(|b| b == separator);
    (ended && separator != b'"').then(|| {
        (
            separator,
            Cow::Owned(format!("{}{}", &"\n".repeat(start), text.get(start + line.len()..).unwrap_or_default())),
        )
    })
}

/// Without the blanks before opening quotation marks, which would make them part of the cell.
fn unblanked(text: &str, separator: u8) -> String {
    let separator = char::from(separator);
    let mut out = String::with_capacity(text.len());
    // Inside quotation marks; just behind the closing one; at the start of a cell.
    let (mut quoted, mut closed, mut fresh) = (false, false, true);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.trim_start_matches([' ', '\u{a0}']).strip_prefix('"').filter(|_| fresh) {
            (rest, quoted, fresh) = (after, true, false);
            out.push('"');
            continue;
        }
        // Two of them inside are one that is meant.
        (quoted, closed) = match c {
            '"' if quoted => (false, true),
            '"' if closed => (true, false),
            _ => (quoted, false),
        };
        fresh = !quoted && (c == separator || c == '\n');
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// Each run of so many blanks as one character, and none at the ends of lines. Blanks in quotation marks stay.
fn joined(text: &str, least: usize) -> String {
    let line = |line: &str| {
        let (mut out, mut blanks, mut quoted) = (String::with_capacity(line.len()), 0, false);
        for c in line.trim().chars() {
            if !quoted && (c == ' ' || c == '\t') {
                blanks += 1;
                continue;
            }
            if blanks >= least {
                out.push(char::from(RUN));
            } else if blanks > 0 {
                out.push(' ');
            }
            blanks = 0;
            quoted ^= c == '"';
            out.push(c);
        }
        out
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_cells_is_found() {
        let found = |text: &str| Separator::of(text).0.shown();
        assert_eq!(found("a,b\n1,2\n"), ",");
        assert_eq!(found("a;b\n1,5;2,5\n"), ";");
        assert_eq!(found("1,5;2,5\n3,5;4,5\n"), ";");
        assert_eq!(found("a\tb\n1,000\t2\n"), "\t");
        assert_eq!(found("name,note\n\"a\",\"x; y; z\"\n\"b\",\"x\"\n"), ",");
        assert_eq!(found("only\n1\n2\n"), ",");
        assert_eq!(found("area|price\n1,5|2,5\n"), "|");
        assert_eq!(found("area price\n1,656 215,000\n1,896 105,000\n1,900 115,000\n"), " ");
        assert_eq!(found("Sales\n\nliving area   price\n1656          215000\n896           105000\n"), " ");
        assert_eq!(found("sep=;\na,b;c\n1,2;3\n"), ";");
        assert_eq!(found("\"SEP=\t\"\na,b\tc\n1,2\t3\n"), "\t");
    }

    #[test]
    fn blanks_separate_no_words_and_no_thousands() {
        for text in ["area\n1 656\n2 000\n", "living area,sale price\n1,2\n3,4,5\n", "name,price\nAnn Lee,1\nBo Ray\n"]
        {
            assert_eq!(Separator::of(text).0, Separator::Character(b','), "{text}");
        }
    }

    #[test]
    fn lines_stay_lines_while_a_text_is_prepared() {
        let comma = Separator::Character(b',');
        assert_eq!(comma.prepared("a, \"b, \"\"c\"\" \"\n  \"d\",e \"f").0, "a,\"b, \"\"c\"\" \"\n\"d\",e \"f");
        assert_eq!(Separator::Blanks(2).prepared(" a b  c\n\n1    2 \n").0, "a b\u{1f}c\n\n1\u{1f}2\n");
        assert_eq!(named("\nsep=;\na;b").unwrap(), (b';', Cow::Borrowed("\n\na;b")));
    }
}
