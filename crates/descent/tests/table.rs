//! Reading tables: what people's files hold, good and bad.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::DescentError;
use descent::table::{self, Cells, Limits, TableError};

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
    assert_eq!(issue.reason, "\"oops\" is not a number.");
}

#[test]
fn missing_cells_are_counted_and_named_by_line_apart_from_those_that_cannot_be_read() {
    let table = table::read("area,price\n1,\n\nn/a,2\n 3 , \n4,oops\n5,6\n").unwrap();
    let said = |name: &str| -> Vec<(u32, String)> {
        table.gaps(name).unwrap().named.iter().map(|i| (i.line, i.reason.clone())).collect()
    };
    let empty = "The cell is empty.".to_owned();
    assert_eq!(said("price"), [(2, empty.clone()), (5, empty)]);
    assert_eq!(said("AREA"), [(4, "\"n/a\" stands for a missing value.".to_owned())]);
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
    let said: Vec<_> = report.issues.iter().map(|i| (i.line, i.reason.as_str())).collect();
    assert_eq!(
        said,
        [(3, "The row has 1 cell; the first line has 2."), (4, "The row has 3 cells; the first line has 2."),]
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
    assert!(table.report().issues[0].reason.contains("1234 or 1.234"));
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
    assert_eq!(table::read("a,b\n"), Err(TableError::NoRows { malformed: 0 }));
    assert_eq!(table::read("a,b\n1\n2\n"), Err(TableError::NoRows { malformed: 2 }));
    assert_eq!(table::read("a\0b"), Err(TableError::NotText { line: 1 }));
}

#[test]
fn a_quotation_mark_that_never_closes_is_named() {
    let table = table::read("a,b\n1,2\n\"3,4\n5,6\n").unwrap();
    assert_eq!(table.rows(), 1);
    assert!(table.report().issues.iter().any(|i| i.line == 3 && i.reason.contains("never closed")));
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
