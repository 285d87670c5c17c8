//! Regressions of many columns: categories, powers, missing cells, splits; and the seeded data sets.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::DescentError;
use descent::data::{DataKind, Task, generate, houses};
use descent::optimizer::Optimizer;
use descent::regression::{DescentOptions, LinearRegression, Standardize};
use descent::run::Status;
use descent::table::{self, Design, FeatureSpec, Missing, Table};

fn ames() -> Table {
    table::read(include_str!("../../../lessons/data/ames-housing.csv")).unwrap()
}

fn plain(columns: &[&str]) -> Vec<FeatureSpec> {
    columns.iter().map(|c| FeatureSpec { column: (*c).to_owned(), degree: 1 }).collect()
}

fn regression(design: &Design, standardize: Standardize) -> LinearRegression {
    LinearRegression::new(design.features.clone(), design.target.clone(), Some(design.names.clone()), standardize)
        .unwrap()
}

#[test]
fn categories_become_indicators_measured_from_the_commonest() {
    let table = table::read("town,price\nAmes,1\nBoone,3\nAmes,2\nColo,8\nBoone,4\nAmes,3\n").unwrap();
    let design = table.design(&plain(&["town"]), "price", Missing::DropRow).unwrap();
    assert_eq!(design.names, ["town = Boone", "town = Colo"]);
    assert_eq!(design.baselines, [("town".to_owned(), "Ames".to_owned())]);
    assert_eq!(design.features[0], [0.0, 1.0, 0.0, 0.0, 1.0, 0.0]);
    // The intercept is the mean of the baseline, each coefficient how far its category's mean lies from it.
    let solution = regression(&design, Standardize::Nothing).solve().unwrap();
    for (got, expected) in [(solution.intercept, 2.0), (solution.coefficients[0], 1.5), (solution.coefficients[1], 6.0)]
    {
        assert!((got - expected).abs() < 1e-12, "{got} {expected}");
    }
}

#[test]
fn neighbourhoods_explain_more_of_the_price_than_area_alone() {
    let table = ames();
    let r_squared = |columns: &[&str]| {
        let design = table.design(&plain(columns), "price_usd", Missing::DropRow).unwrap();
        regression(&design, Standardize::Nothing).solve().unwrap().r_squared.unwrap()
    };
    let area = r_squared(&["living_area_sqft"]);
    let both = r_squared(&["living_area_sqft", "neighborhood"]);
    assert!((area - 0.499_537_856_695_728_3).abs() < 1e-12);
    assert!(both > 0.7, "{both}");
}

#[test]
fn powers_follow_a_curve_exactly() {
    let rows: Vec<String> =
        (0..30).map(f64::from).map(|x| format!("{x},{}", 5.0 - 3.0 * x + 0.5 * x * x * x)).collect();
    let table = table::read(&format!("x,y\n{}\n", rows.join("\n"))).unwrap();
    let cubic = [FeatureSpec { column: "x".to_owned(), degree: 3 }];
    let design = table.design(&cubic, "y", Missing::DropRow).unwrap();
    assert_eq!(design.names, ["x", "x^2", "x^3"]);
    assert_eq!(design.features[0][..3], [0.0, 1.0, 2.0]);
    let solution = regression(&design, Standardize::Nothing).solve().unwrap();
    assert!(solution.rmse < 1e-9, "{}", solution.rmse);
    let wrong = table.design(&[FeatureSpec { column: "x".to_owned(), degree: 9 }], "y", Missing::DropRow);
    assert!(wrong.unwrap_err().to_string().starts_with("degree is 9"));
}

#[test]
fn missing_cells_drop_their_row_or_are_filled_and_either_is_counted() {
    let table = table::read("a,town,y\n1,Ames,1\n,Boone,2\n3,,3\n5,Ames,\n5,Ames,6\n").unwrap();
    let dropped = table.design(&plain(&["a", "town"]), "y", Missing::DropRow).unwrap();
    assert_eq!(dropped.rows, [0, 4]);
    let counts: Vec<_> = dropped.dropped.iter().map(|d| (d.column.as_str(), d.rows)).collect();
    assert_eq!(counts, [("a", 1), ("town", 1), ("y", 1)]);
    let filled = table.design(&plain(&["a", "town"]), "y", Missing::Fill).unwrap();
    assert_eq!(filled.rows, [0, 1, 2, 4]);
    assert_eq!(filled.features[0], [1.0, 3.0, 3.0, 5.0]);
    assert!(filled.names.contains(&"town = missing".to_owned()));
    assert_eq!(filled.filled, [("a".to_owned(), 1), ("town".to_owned(), 1)]);
}

#[test]
fn a_split_depends_on_the_seed_and_loses_no_row() {
    let design =
        ames().design(&plain(&["living_area_sqft", "overall_quality"]), "price_usd", Missing::DropRow).unwrap();
    let split = design.split(0.2, 1).unwrap();
    assert_eq!((split.train.target.len(), split.test.target.len()), (2344, 586));
    assert_eq!(split, design.split(0.2, 1).unwrap());
    assert_ne!(split, design.split(0.2, 2).unwrap());
    let mut rows: Vec<usize> = split.train.rows.iter().chain(&split.test.rows).copied().collect();
    rows.sort_unstable();
    assert_eq!(rows, design.rows);
    let solution = regression(&split.train, Standardize::Nothing).solve().unwrap();
    let mut parameters = solution.coefficients.clone();
    parameters.push(solution.intercept);
    let unseen = regression(&split.test, Standardize::Nothing).fit(&parameters);
    assert!(unseen.r_squared.unwrap() > 0.6 && unseen.rmse > solution.rmse * 0.5);
    assert!(design.split(0.0, 1).is_err() && design.split(1.0, 1).is_err() && design.split(f64::NAN, 1).is_err());
}

#[test]
fn what_cannot_become_columns_is_named() {
    let rows: Vec<String> = (0..60).map(|i| format!("w{i},{i}")).collect();
    let table = table::read(&format!("word,y\n{}\n", rows.join("\n"))).unwrap();
    let error = table.design(&plain(&["word"]), "y", Missing::DropRow).unwrap_err();
    assert_eq!(error.to_string(), "word has 60 different values; at most 50 can become indicator columns.");
    assert!(matches!(table.design(&plain(&["y"]), "word", Missing::DropRow), Err(DescentError::NotNumeric { .. })));
    assert!(matches!(table.design(&[], "y", Missing::DropRow), Err(DescentError::Empty { .. })));
}

#[test]
fn mini_batches_come_near_the_exact_line_and_full_batches_reach_it() {
    let design = ames().design(&plain(&["living_area_sqft"]), "price_usd", Missing::DropRow).unwrap();
    let regression = regression(&design, Standardize::Features);
    let options = DescentOptions { optimizer: Optimizer::sgd(0.1), steps: 300, batch_size: None, seed: 1, start: None };
    let full = regression.descend(&options).unwrap();
    assert_eq!((full.status, full.losses.len()), (Status::Converged, 301));
    assert!((full.parameters[0] - 111.694_000_857_8).abs() < 1e-6, "{:?}", full.parameters);
    let small =
        DescentOptions { optimizer: Optimizer::sgd(0.01), steps: 2000, batch_size: Some(32), ..options.clone() };
    let batches = regression.descend(&small).unwrap();
    assert!((batches.parameters[0] / 111.694 - 1.0).abs() < 0.05, "{:?}", batches.parameters);
    assert_eq!(batches, regression.descend(&small).unwrap());
    let start = DescentOptions {
        start: Some(vec![111.694_000_857_800_36, 13_289.634_364_759_524]),
        steps: 0,
        ..options.clone()
    };
    assert!((regression.descend(&start).unwrap().losses[0] / 3_192_801_087.386 - 1.0).abs() < 1e-9);
    let too_fast = DescentOptions { optimizer: Optimizer::sgd(1.02), steps: 100, ..options };
    let away = regression.descend(&too_fast).unwrap();
    assert_eq!((away.status, away.losses.len()), (Status::Diverged, 101));
}

#[test]
fn a_regression_descends_a_million_steps_and_names_that_limit() {
    let design = ames().design(&plain(&["living_area_sqft"]), "price_usd", Missing::DropRow).unwrap();
    let regression = regression(&design, Standardize::Nothing);
    let options =
        DescentOptions { optimizer: Optimizer::sgd(2e-7), steps: 1_000_000, batch_size: None, seed: 1, start: None };
    let long = regression.descend(&options).unwrap();
    assert_eq!((long.losses.len(), long.status), (1_000_001, Status::Stalled));
    assert!(long.reason.unwrap().contains("still to be had"));
    let more = regression.descend(&DescentOptions { steps: 1_000_001, ..options }).unwrap_err();
    assert_eq!(more.to_string(), "steps is 1000001; expected a whole number, at most 1000000.");
}

#[test]
fn standardising_turns_a_needle_into_a_bowl_and_the_doctor_says_so() {
    let design = ames()
        .design(&plain(&["living_area_sqft", "overall_quality", "year_built"]), "price_usd", Missing::DropRow)
        .unwrap();
    let raw = regression(&design, Standardize::Nothing);
    let now = raw.diagnosis().unwrap();
    let then = raw.diagnosis_standardized().unwrap();
    assert!((now.condition_number.unwrap() / 39_077_455_823.368_62 - 1.0).abs() < 1e-9);
    assert!((then.condition_number.unwrap() / 6.836_267_257_324_872 - 1.0).abs() < 1e-11);
    assert!((then.diverges_above.unwrap() / 0.511_405_941_172_740_2 - 1.0).abs() < 1e-11);
}

#[test]
fn data_sets_depend_on_the_seed_alone_and_have_equal_classes() {
    for kind in [DataKind::Circle, DataKind::Xor, DataKind::Gaussians, DataKind::Spiral] {
        let data = generate(kind, 200, 0.0, 3).unwrap();
        assert_eq!(data, generate(kind, 200, 0.0, 3).unwrap());
        assert_eq!((data.inputs.len(), data.targets.iter().sum::<f64>()), (400, 100.0));
        assert_eq!(data.task, Task::Classification);
        assert!(data.inputs.iter().all(|v| v.abs() < 1.5));
        assert_eq!(data.signed_targets().iter().sum::<f64>(), 0.0);
    }
    for (point, target) in
        generate(DataKind::Xor, 500, 0.0, 1).unwrap().inputs.chunks_exact(2).zip([1.0, 0.0].iter().cycle())
    {
        assert_eq!(f64::from(u8::from(point[0] * point[1] > 0.0)), *target);
    }
    for (point, target) in
        generate(DataKind::Circle, 500, 0.0, 1).unwrap().inputs.chunks_exact(2).zip([1.0, 0.0].iter().cycle())
    {
        assert_eq!(point[0] * point[0] + point[1] * point[1] < 0.3, *target == 1.0);
    }
    let plane = generate(DataKind::Plane, 50, 0.0, 1).unwrap();
    for (point, target) in plane.inputs.chunks_exact(2).zip(&plane.targets) {
        assert_eq!((point[0] + point[1]) / 2.0, *target);
    }
    assert_ne!(generate(DataKind::Waves, 50, 0.2, 1).unwrap(), generate(DataKind::Waves, 50, 0.2, 2).unwrap());
    assert!(generate(DataKind::Plane, 1, 0.0, 1).is_err());
    assert!(generate(DataKind::Plane, 10, 2.0, 1).is_err());
}

#[test]
fn houses_come_standardised_with_the_way_back_to_dollars() {
    let (data, scaling) = houses(&ames(), &["living_area_sqft", "overall_quality"], "price_usd").unwrap();
    assert_eq!((data.rows(), data.width), (2930, 2));
    assert!((scaling.target.restore(data.targets[0]) - 215_000.0).abs() < 1e-6);
    assert!((data.targets.iter().sum::<f64>() / 2930.0).abs() < 1e-12);
}
