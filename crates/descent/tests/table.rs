//! Reading tables: what people's files hold, good and bad.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::DescentError;
use descent::table::{self, Cells, Limits, Note, Problem, TableError};

const AMES: &str = include_str!("../../../lessons/data/ames-housing.csv");

fn numbers(text: &str, name: &str) -> Vec<Option<f64>> {
    match &table::read(text).unwrap().column(name).unwrap().cells {
        Cells::Numbers(cells) => cells.clone(),
        Cells::Words(words) => panic!("words: {words:?}"),
    }
}

#[test]
fn the_ames_sales_have_2930_rows_and_two_empty_cells() {
    let table = table::read(AMES).unwrap();
    let report = table.report();
    assert_eq!((table.rows(), table.columns().len()), (2930, 16));
    assert!(report.has_header);
    assert_eq!((report.issue_count, report.malformed_rows), (0, 0));
    let missing: Vec<_> =
        report.columns.iter().filter(|c| c.missing > 0).map(|c| (c.name.as_str(), c.missing)).collect();
    assert_eq!(missing, [("basement_sqft", 1), ("garage_sqft", 1)]);
    assert_eq!(table.numeric_names().len(), 13);
    let pairs = table.pairs("living_area_sqft", "price_usd").unwrap();
    assert_eq!((pairs.x[0], pairs.y[0], pairs.x.len()), (1656.0, 215_000.0, 2930));
    let pairs = table.pairs("garage_sqft", "price_usd").unwrap();
    assert_eq!(pairs.x.len(), 2929);
    assert_eq!((pairs.dropped[0].column.as_str(), pairs.dropped[0].rows), ("garage_sqft", 1));
}

#[test]
fn a_byte_order_mark_crlf_and_blanks_leave_no_trace() {
    let table = table::read("\u{feff}area , price\r\n 1 ,\t2\r\n\r\n3,4\r\n").unwrap();
    assert_eq!(table.numeric_names(), ["area", "price"]);
    assert_eq!(table.rows(), 2);
    assert_eq!((table.line(0), table.line(1)), (Some(2), Some(4)));
}

#[test]
fn lines_are_counted_past_blank_lines_and_line_breaks_in_quotes() {
    let text = "name,price\n\n\n\"two\nlines\",1\nx,2\n\ny,oops\nz,4\n";
    let table = table::read(text).unwrap();
    assert_eq!((0..4).map(|r| table.line(r).unwrap()).collect::<Vec<_>>(), [4, 6, 8, 9]);
    let issue = &table.report().issues[0];
    assert_eq!((issue.line, issue.column.as_deref()), (8, Some("price")));
    assert_eq!(issue.problem.to_string(), "“oops” is not a number.");
}

#[test]
fn missing_cells_are_counted_and_named_by_line_apart_from_those_that_cannot_be_read() {
    let table = table::read("area,price\n1,\n\nn/a,2\n 3 , \n4,oops\n5,6\n").unwrap();
    let said = |name: &str| -> Vec<(u32, String)> {
        table.gaps(name).unwrap().named.iter().map(|i| (i.line, i.problem.to_string())).collect()
    };
    let empty = "The cell is empty.".to_owned();
    assert_eq!(said("price"), [(2, empty.clone()), (5, empty)]);
    assert_eq!(said("AREA"), [(4, "“n/a” stands for a missing value.".to_owned())]);
    assert_eq!(table.gaps("price").unwrap().named[0].column.as_deref(), Some("price"));
    assert_eq!((table.report().issue_count, table.report().issues[0].line), (1, 6));
    assert_eq!(table.gaps("rooms"), None);
    let many = table::read(&format!("a,b\n1,2\n{}", "3,\n".repeat(1000))).unwrap();
    let gaps = many.gaps("b").unwrap();
    assert_eq!((gaps.count, gaps.named.len(), gaps.named[199].line), (1000, table::ISSUES_KEPT, 202));
}

#[test]
fn rows_that_do_not_fit_are_left_out_and_named_by_line() {
    let table = table::read("a,b\n1,2\n3\n4,5,6\n7,8,\n9,10\n").unwrap();
    assert_eq!(table.rows(), 3);
    let report = table.report();
    assert_eq!((report.malformed_rows, report.issue_count), (2, 2));
    let said: Vec<_> = report.issues.iter().map(|i| (i.line, i.problem.to_string())).collect();
    assert_eq!(
        said,
        [(3, "The row has 1 cell; the first line has 2."), (4, "The row has 3 cells; the first line has 2.")]
            .map(|(line, said)| (line, said.to_owned()))
    );
}

#[test]
fn money_and_thousands_are_numbers() {
    let text = "area,price\n\"1,656\",\"$215,000\"\n896,\"$105,000\"\n";
    assert_eq!(numbers(text, "price"), [Some(215_000.0), Some(105_000.0)]);
    assert_eq!(numbers(text, "area"), [Some(1656.0), Some(896.0)]);
}

#[test]
fn semicolons_with_decimal_commas_are_read() {
    assert_eq!(numbers("a;b\n1,5;2\n2,25;3\n", "a"), [Some(1.5), Some(2.25)]);
}

#[test]
fn an_ambiguous_comma_is_refused_and_said() {
    let table = table::read("a;b\n1,234;2\n2,345;3\n").unwrap();
    assert!(!table.column("a").unwrap().is_numeric());
    assert!(table.report().issues[0].problem.to_string().contains("“1,234” could mean 1234 or 1.234"));
}

#[test]
fn a_table_without_header_gets_numbered_columns() {
    let table = table::read("1,2\n3,4\n").unwrap();
    assert_eq!(table.numeric_names(), ["column 1", "column 2"]);
    assert_eq!(table.rows(), 2);
    assert!(!table.report().has_header);
    let years = table::read("city,2010,2011\nAmes,3,4\nBoone,5,6\n").unwrap();
    assert!(!years.report().has_header);
    assert!(table::read("area,2010\n3,4\n5,6\n").unwrap().report().has_header);
}

#[test]
fn twice_the_same_name_and_no_name_are_mended_and_said() {
    let table = table::read("a,a,,a\n1,2,3,4\n").unwrap();
    assert_eq!(table.numeric_names(), ["a", "a (2)", "column 3", "a (3)"]);
    assert_eq!(table.report().notes.len(), 3);
}

#[test]
fn limits_are_told_before_they_hurt() {
    let limits = Limits { bytes: 100, rows: 2, columns: 2 };
    let read = |text: &str| table::read_within(text, limits);
    assert!(read("a,b\n1,2\n3,4\n").is_ok());
    assert_eq!(read("a,b\n1,2\n3,4\n5,6\n"), Err(TableError::TooManyRows { limit: 2 }));
    assert_eq!(read("1,2\n3,4\n5,6\n"), Err(TableError::TooManyRows { limit: 2 }));
    assert_eq!(read("a,b,c\n1,2,3\n"), Err(TableError::TooManyColumns { got: 3, limit: 2 }));
    assert_eq!(read(&"x".repeat(101)), Err(TableError::TooManyBytes { got: 101, limit: 100 }));
    let error = table::read(&"1,2\n".repeat(300_000)).unwrap_err();
    assert_eq!(error.to_string(), "The text is 1172 KiB long; at most 1024 KiB are read.");
    assert!(matches!(table::read(&"1\n".repeat(50_001)), Err(TableError::TooManyRows { limit: 50_000 })));
    assert_eq!(table::read(&"1\n".repeat(50_000)).unwrap().rows(), 50_000);
    assert!(matches!(table::read(&",".repeat(64)), Err(TableError::Empty)));
    assert!(matches!(table::read(&"a,".repeat(64)), Err(TableError::TooManyColumns { got: 65, .. })));
}

#[test]
fn nothing_to_read_is_said() {
    assert_eq!(table::read(""), Err(TableError::Empty));
    assert_eq!(table::read(" \n\n"), Err(TableError::Empty));
    assert_eq!(table::read("a,b\n"), Err(TableError::NoRows));
    assert_eq!(
        table::read("a,b\n1\n2\n"),
        Err(TableError::NoFittingRows { malformed: 2, line: 2, got: 1, expected: 2 })
    );
    assert_eq!(table::read("a\0b"), Err(TableError::NotText { line: 1 }));
}

#[test]
fn a_quotation_mark_that_never_closes_is_named() {
    let table = table::read("a,b\n1,2\n\"3,4\n5,6\n").unwrap();
    assert_eq!(table.rows(), 1);
    assert!(table.report().issues.iter().any(|i| i.line == 3 && i.problem == Problem::OpenQuote));
}

#[test]
fn missing_cells_are_counted_not_guessed() {
    assert_eq!(numbers("a,b\n1,NA\n,2\nn/a,3\n", "a"), [Some(1.0), None, None]);
}

#[test]
fn wrong_columns_are_named_with_those_there_are() {
    let table = table::read("area,town\n1,Ames\n2,Boone\n").unwrap();
    let error = table.pairs("size", "area").unwrap_err();
    assert_eq!(error.to_string(), "There is no column called \"size\". The columns are area and town.");
    assert!(matches!(table.pairs("town", "area"), Err(DescentError::NotNumeric { .. })));
    let one = table::read("a,b\n1,2\n").unwrap();
    assert_eq!(one.pairs("a", "b"), Err(DescentError::TooFewRows { needed: 2, got: 1 }));
}

#[test]
fn one_megabyte_of_trouble_is_read_within_bounds() {
    let text = format!("a,b\n{}", "1,x,\"\n".repeat(200_000));
    let text = &text[..1 << 20];
    let _ = table::read(text).map(|table| assert!(table.report().issues.len() <= table::ISSUES_KEPT));
    let text = format!("a,b\n{}", "1,2\n3\n".repeat(20_000));
    let table = table::read(&text).unwrap();
    assert_eq!((table.report().issues.len(), table.report().malformed_rows), (table::ISSUES_KEPT, 20_000));
}

#[test]
fn tables_as_programs_and_people_write_them_are_read() {
    let cases = [
        ("Excel names the separator", "sep=;\narea;price\n1656;215000\n896;105000\n"),
        (
            "and ends that line with it, between quotation marks",
            "\"sep=;\"\r\narea;price;\r\n1656;215000;\r\n896;105000;\r\n",
        ),
        ("comments", "# made by hand, in May\n#\narea,price\n1656,215000\n# one is missing\n896,105000\n"),
        ("the names in a comment, as numpy has them", "# area,price\n1656,215000\n896,105000\n"),
        ("titles", "House sales\nAmes, Iowa, 2010\n\narea,price\n1656,215000\n896,105000\n"),
        ("titles filled up with separators", "House sales,\n,\narea,price\n1656,215000\n896,105000\n"),
        ("a separator at the end of the names", "area,price,\n1656,215000\n896,105000\n"),
        ("and at the end of the rows", "area,price\n1656,215000,\n896,105000,\n"),
        ("blanks before quotation marks", "area, \"price\"\n \"1,656\", \"215,000\"\n896, 105000\n"),
        ("bars", "area|price\n1656|215000\n896|105000\n"),
        ("Markdown", "| area | price  |\n|-----:|-------:|\n| 1656 | 215000 |\n|  896 | 105000 |\n"),
        ("a database's window", " area | price  \n------+--------\n 1656 | 215000\n  896 | 105000\n(2 rows)\n"),
        ("columns set apart by blanks", "  area   price\n  1656  215000\n   896  105000\n"),
        ("and with thousands", "area  price\n1,656 215,000.00\n896   105,000.00\n"),
        ("a currency behind", "area,price\n1656,215000 EUR\n896,105000 EUR\n"),
        ("a currency before", "area;price\n1656;CHF 215'000\n896;R$ 105.000,00\n"),
        ("India", "area,price\n\"1,656\",\"₹2,15,000\"\n896,\"₹1,05,000\"\n"),
        ("Sweden", "area;price\n1\u{2009}656;215\u{202f}000 kr\n896;105 000 kr\n"),
    ];
    for (case, text) in cases {
        let (area, price) = (numbers(text, "area"), numbers(text, "price"));
        assert_eq!(area, [Some(1656.0), Some(896.0)], "{case}");
        assert_eq!(price, [Some(215_000.0), Some(105_000.0)], "{case}");
        assert_eq!(table::read(text).unwrap().columns().len(), 2, "{case}");
    }
    // pandas and R number the rows of what they print, under no name.
    let printed = table::read("   area   price\n0  1656  215000\n1   896  105000\n").unwrap();
    assert_eq!(printed.numeric_names(), ["column 1", "area", "price"]);
}

#[test]
fn other_columns_tell_what_a_lone_group_means_and_it_is_said() {
    assert_eq!(numbers("a;b\n1.050;2,5\n2.350;3,5\n", "a"), [Some(1050.0), Some(2350.0)]);
    let table = table::read("a,b\n1.050,2\n2.350,3\n").unwrap();
    assert_eq!(numbers("a,b\n1.050,2\n2.350,3\n", "a"), [Some(1.05), Some(2.35)]);
    let read = Note::Read { column: "a".into(), cell: "1.050".into(), value: 1.05 };
    assert_eq!(table.report().notes, [read]);
}

#[test]
fn a_column_that_is_none_of_numbers_says_why() {
    let table = table::read("a;b;c;d\n1;x;1.050;NA\n2;3;2.350;\n4;y;3.100;-\n").unwrap();
    let said: Vec<String> = table.report().refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "Line 2, b: “x” is not a number.",
            "Line 2, c: “1.050” could mean 1.05 or 1050. Write it as one of them.",
            "Line 2, d: “NA” stands for a missing value."
        ]
    );
    let notes: Vec<String> = table.report().notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        ["“b” is taken for words: 1 of its 3 cells are numbers. The first that is none is “x” in line 2."]
    );
}

#[test]
fn amounts_of_several_kinds_in_one_column_are_told() {
    let notes = |text: &str| table::read(text).unwrap().report().notes.clone();
    let units =
        |units: &[&str]| [Note::Units { column: "a".into(), units: units.iter().map(|&u| u.to_owned()).collect() }];
    assert_eq!(notes("a;b\n10%;1\n0,2;2\n"), units(&["%", ""]));
    assert_eq!(notes("a;b\n10 EUR;1\n$12;2\n"), units(&["EUR", "$"]));
    assert_eq!(notes("a;b\n$10;1\n12;2\n"), []);
    assert_eq!(notes("a;b\n10%;1\n12 %;2\n"), []);
}

#[test]
fn rows_that_all_do_not_fit_are_refused_with_a_line_and_the_separators() {
    let error = table::read("area,price\n1656,5,215000\n896,5,105000,0\n1,2,3\n").unwrap_err();
    assert_eq!(
        format!("{error} {}", error.hint()),
        "None of the 3 rows has as many cells as the first line, 2; line 2 has 3. \
         Put the same number of cells in each line, with a comma, a semicolon, a tab, a bar | or blanks between them."
    );
}
