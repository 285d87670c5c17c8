//! What is read out of tables, and what is told where they cannot be used.

use super::*;

fn read(text: &str) -> Sheet {
    Sheet::read("mine.csv", text, false).unwrap()
}

#[test]
fn a_table_of_one_s_own_is_guessed_by_name_and_correlation() {
    let rows = read("id,year_sold,Price,size\n1,2001,10,1\n2,2001,21,2\n9,2003,29,3\n4,2002,41,4\n").choose(
        &[],
        None,
        ["", ""],
    );
    let rows = rows.unwrap();
    assert_eq!((rows.feature.id.as_str(), rows.target.id.as_str()), ("size", "Price"));
}

#[test]
fn the_column_of_prices_is_known_by_whole_words() {
    let guessed = |header: &str| {
        let rows = read(&format!("{header}\n1,2,3\n2,1,5\n3,4,4\n")).choose(&[], None, ["", ""]).unwrap();
        rows.target.id
    };
    for (header, target) in [
        ("property_value,area,rooms", "property_value"),
        ("super_built_price,area,rooms", "super_built_price"),
        ("property price,area,rooms", "property price"),
        ("SalePrice,LotArea,YrSold", "SalePrice"),
        ("Verkaufspreis,Wohnfläche,Zimmer", "Verkaufspreis"),
        ("saleprice,price_per_sqft,year_sold", "saleprice"),
        ("price/m²,rooms,cost", "cost"),
        ("Preis je m²,Kosten,Zimmer", "Kosten"),
        ("salesman,costume,score", "score"),
        ("year_sold,hours,score", "score"),
    ] {
        assert_eq!(guessed(header), target, "{header}");
    }
}

#[test]
fn what_cannot_be_used_says_line_cell_and_reason() {
    let refused = |text: &str| {
        let sheet = Sheet::read("x", text, false).and_then(|sheet| sheet.choose(&[], None, ["", ""]).map(|_| ()));
        sheet.unwrap_err().refusal().to_string()
    };
    assert_eq!(
        refused("area;price\n1000;1.050\n1500;2.250\n"),
        "Only “area” holds numbers. Line 2, price: “1.050” could mean 1.05 or 1050. Write it as one of them. A line needs two columns of numbers: one to guess from and one to guess."
    );
    assert_eq!(
        refused("area,price\n1000,cheap\n1500,dear\n"),
        "Only “area” holds numbers. Line 2, price: “cheap” is not a number. A line needs two columns of numbers: one to guess from and one to guess."
    );
    assert_eq!(
        refused("area,price\n1000,200\n\"1500,300\n2000,400\n"),
        "1 row has a number in both columns; a line needs at least two. Line 3: A quotation mark opened here is never closed, so all lines below it were read as one cell. Line 3: The row has 1 cell; the first line has 2."
    );
    assert!(refused("area price\nx\n1000 ! 200\n").contains("a comma, a semicolon, a tab, a bar | or blanks"));
}

#[test]
fn what_cannot_be_plotted_is_refused_with_what_to_do() {
    let sales = read("a,b\n1,\n,2\n3,4\n");
    let gap = |line, column: &str| RowIssue { line, column: Some(column.into()), problem: Problem::Empty };
    let gaps = vec![gap(2, "b"), gap(3, "a")];
    assert_eq!(
        sales.choose(&["a".into()], Some("b"), ["", ""]).unwrap_err(),
        DataError::TooFewRows { complete: 1, why: gaps }
    );
    assert_eq!(sales.choose(&["a".into()], Some("a"), ["", ""]).unwrap_err(), DataError::SameColumn("a".into()));
    let wrong = read("size,price\n1,2\n3,4\n").choose(&["sise".into()], None, ["", ""]).unwrap_err();
    assert_eq!(wrong.refusal().to_string(), "No column of numbers is called “sise”. Did you mean “size”?");
    let wordy = read("size,price,town\n1,2,Ames\n3,4,Boone\n").choose(&["town".into()], None, ["", ""]).unwrap_err();
    assert_eq!(
        wordy.refusal().to_string(),
        "“town” is no column of numbers. Line 2, town: “Ames” is not a number. Choose another."
    );
    assert!(matches!(Sheet::read("x", "name,price\na,1\n", false), Err(DataError::TooFewColumns { .. })));
}

#[test]
fn numbers_whose_squares_would_overflow_are_left_out_and_counted() {
    let rows = read("a,b\n1,2\n3,1e200\n3,4\n").choose(&[], None, ["", ""]).unwrap();
    assert_eq!((rows.points.len(), rows.dropped), (2, vec![(Dropped::TooLarge, 1)]));
}

#[test]
fn a_name_with_blanks_is_one_name() {
    let rows = read("living area,price\n1,2\n2,3\n").choose(&["living".into(), "area".into()], None, ["", ""]).unwrap();
    assert_eq!((rows.feature.id.as_str(), rows.feature.name.as_str()), ("living area", "living area"));
}
