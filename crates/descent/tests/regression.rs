//! Least squares and its descent against `tests/reference/regression.json` (exact rational arithmetic; numpy, scipy, scikit-learn).
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a failed expectation is the report")]

use descent::DescentError;
use descent::optimizer::Optimizer;
use descent::regression::{Line, LinearRegression, Standardize};
use descent::table;
use proptest::prelude::*;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../../../tests/reference/regression.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn ames(fit: &Value, standardize: Standardize) -> LinearRegression {
    let table = table::read(include_str!("../../../lessons/data/ames-housing.csv")).unwrap();
    let names: Vec<String> = serde_json::from_value(fit["features"].clone()).unwrap();
    let wanted: Vec<&str> = names.iter().map(String::as_str).collect();
    let rows = table.select(&wanted, fit["target"].as_str().unwrap()).unwrap();
    assert_eq!(rows.target.len() as u64, fit["rows_used"].as_u64().unwrap());
    let dropped: usize = rows.dropped.iter().map(|d| d.rows).sum();
    assert_eq!(dropped as u64, fit["rows_dropped"].as_u64().unwrap());
    LinearRegression::new(rows.features, rows.target, Some(rows.names), standardize).unwrap()
}

/// The largest relative error; asserted against a tolerance.
fn close(what: &str, got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len(), "{what}");
    for (g, e) in got.iter().zip(expected) {
        assert!((g - e).abs() <= tolerance * e.abs(), "{what}: {g} against {e}, {:.1e}", (g - e).abs() / e.abs());
    }
}

#[test]
fn the_exact_fits_of_the_ames_sales_agree_in_every_figure() {
    for fit in reference()["fits"].as_array().unwrap() {
        let id = fit["id"].as_str().unwrap();
        let regression = ames(fit, Standardize::Nothing);
        let solution = regression.solve().unwrap();
        close(id, &solution.coefficients, &numbers(&fit["coefficients"]), 1e-11);
        close(id, &[solution.intercept], &[fit["intercept"].as_f64().unwrap()], 1e-11);
        close(id, &solution.standard_errors, &numbers(&fit["standard_errors"]), 1e-11);
        let got = [
            solution.mse,
            solution.r_squared.unwrap(),
            solution.residual_deviation.unwrap(),
            solution.rmse * solution.rmse,
        ];
        let expected = ["mse", "r2", "residual_std", "mse"].map(|name| fit[name].as_f64().unwrap());
        close(id, &got, &expected, 1e-12);
        let parameters: Vec<f64> = solution.coefficients.iter().copied().chain([solution.intercept]).collect();
        let predictions: Vec<f64> = (0..3)
            .map(|row| {
                let features: Vec<f64> = regression.features().iter().map(|c| c[row]).collect();
                regression.predict(&parameters, &features).unwrap()
            })
            .collect();
        close(id, &predictions, &numbers(&fit["first_predictions"]), 1e-9);
        let fitted = regression.fit(&parameters);
        close(id, &[fitted.mse], &[solution.mse], 1e-12);
        let residuals = regression.residuals(&parameters);
        let mse = residuals.iter().map(|r| r * r).sum::<f64>() / residuals.len() as f64;
        close(id, &[mse], &[solution.mse], 1e-10);
    }
}

#[test]
fn standardised_fits_scales_and_parameters_agree() {
    for fit in reference()["fits"].as_array().unwrap() {
        let expected = &fit["standardised"];
        let regression = ames(fit, Standardize::Features);
        let scales = &regression.scaling().features;
        close("means", &scales.iter().map(|s| s.mean).collect::<Vec<_>>(), &numbers(&expected["feature_means"]), 1e-14);
        close(
            "stds",
            &scales.iter().map(|s| s.deviation).collect::<Vec<_>>(),
            &numbers(&expected["feature_stds"]),
            1e-13,
        );
        let minimum = regression.objective().minimum();
        let (intercept, coefficients) = minimum.split_last().unwrap();
        close("coefficients", coefficients, &numbers(&expected["coefficients"]), 1e-11);
        close("intercept", &[*intercept], &[expected["intercept"].as_f64().unwrap()], 1e-11);
        let original = regression.scaling().to_original(&minimum);
        close("original", &original[..coefficients.len()], &numbers(&fit["coefficients"]), 1e-10);
        close("and back", &regression.scaling().to_trained(&original), &minimum, 1e-9);
        let both = ames(fit, Standardize::FeaturesAndTarget);
        close(
            "target too",
            &both.objective().minimum()[..coefficients.len()],
            &numbers(&expected["coefficients_target_standardised_too"]),
            1e-11,
        );
    }
}

#[test]
fn curvature_names_the_largest_stable_rate_and_the_condition_number() {
    for fit in reference()["fits"].as_array().unwrap() {
        for (name, standardize) in [("raw", Standardize::Nothing), ("standardised", Standardize::Features)] {
            let expected = &fit["gradient_descent_limits"][name];
            let regression = ames(fit, standardize);
            let eigenvalues = regression.objective().eigenvalues();
            let ends = [eigenvalues[0], *eigenvalues.last().unwrap()];
            let wanted = ["lambda_max_1_over_n", "lambda_min_1_over_n"].map(|n| expected[n].as_f64().unwrap());
            close(name, &ends[..1], &wanted[..1], 1e-12);
            close(name, &ends[1..], &wanted[1..], 1e-9);
            let rate = regression.largest_stable_learning_rate();
            close(name, &[rate], &[expected["largest_stable_lr_1_over_n"].as_f64().unwrap()], 1e-12);
            let condition = regression.condition_number().unwrap();
            close(name, &[condition], &[expected["condition_number"].as_f64().unwrap()], 1e-9);
        }
    }
}

#[test]
fn the_line_agrees_with_the_general_path() {
    let fit = &reference()["fits"][0];
    let raw = ames(fit, Standardize::Nothing);
    let line = Line::new(&raw.features()[0], raw.target()).unwrap();
    close("minimum", &line.minimum(), &raw.objective().minimum(), 1e-12);
    close("eigenvalues", &line.eigenvalues(), &raw.objective().eigenvalues(), 1e-12);
    for what in [Standardize::Nothing, Standardize::Features, Standardize::FeaturesAndTarget] {
        let trained = line.standardized(what);
        let general = ames(fit, what);
        for at in [[0.0, 0.0], [1.5, -2.0], [1e5, 1e4]] {
            let (value, gradient) = trained.gradient(at);
            let mut expected = [0.0; 2];
            let loss = general.objective().gradient(&at, &mut expected);
            close("loss", &[value, trained.value(at)], &[loss, loss], 1e-12);
            close("gradient", &gradient, &expected, 1e-12);
            close("units", &line.to_trained(what, line.to_original(what, at)), &at, 1e-9);
        }
    }
}

#[test]
fn the_seven_descents_agree_step_by_step_diverging_ones_too() {
    let reference = reference();
    let descents = reference["gradient_descent"].as_array().unwrap();
    assert_eq!(descents.len(), 7);
    for descent in descents {
        let fit = reference["fits"].as_array().unwrap().iter().find(|f| f["id"] == descent["fit"]).unwrap();
        let standardize = match (descent["features"].as_str().unwrap(), descent["target"].as_str().unwrap()) {
            ("raw", _) => Standardize::Nothing,
            (_, "raw") => Standardize::Features,
            _ => Standardize::FeaturesAndTarget,
        };
        let regression = ames(fit, standardize);
        // Half the loss has half the gradient: descend it with half the rate.
        let half = if descent["loss_convention"] == "1/n" { 1.0 } else { 0.5 };
        let rate = descent["learning_rate"].as_f64().unwrap();
        let points: Vec<Vec<f64>> = serde_json::from_value(descent["points"].clone()).unwrap();
        let losses = numbers(&descent["losses"]);
        let rows = regression.mini_batches(regression.target().len(), 0).unwrap();
        for from_rows in [false, true] {
            let mut at = points[0].clone();
            let mut gradient = vec![0.0; at.len()];
            let mut stepper = Optimizer::sgd(rate * half).start(at.len()).unwrap();
            for (step, (point, loss)) in points.iter().zip(&losses).enumerate() {
                let scale = point.iter().fold(0.0f64, |m, v| m.max(v.abs()));
                for (got, expected) in at.iter().zip(point) {
                    assert!((got - expected).abs() <= 1e-9 * scale, "step {step}: {got} against {expected}");
                }
                let value = if from_rows {
                    rows.gradient_of_all(&at, &mut gradient)
                } else {
                    regression.objective().gradient(&at, &mut gradient)
                };
                close("loss", &[value * half], &[*loss], 1e-9);
                stepper.step(&mut at, &gradient);
            }
        }
    }
}

#[test]
fn columns_that_depend_on_others_are_named() {
    let a: Vec<f64> = (0..20).map(|i| f64::from(i * i % 17)).collect();
    let b: Vec<f64> = (0..20).map(|i| f64::from(i * 7 % 11)).collect();
    let total: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 2.0 * a + b + 1971.0).collect();
    let other: Vec<f64> = (0..20).map(|i| f64::from(i * 5 % 13)).collect();
    let target: Vec<f64> = (0..20).map(f64::from).collect();
    let names = ["a", "other", "total", "b"].map(str::to_owned).to_vec();
    let regression =
        LinearRegression::new(vec![a, other, total, b], target.clone(), Some(names), Standardize::Features).unwrap();
    let Err(DescentError::RankDeficient { mut columns, from }) = regression.solve() else { panic!("not noticed") };
    assert_eq!((columns.len(), from.len()), (1, 2));
    columns.extend(from);
    columns.sort();
    assert_eq!(columns, ["a", "b", "total"]);
    assert_eq!(regression.condition_number(), None);

    let constant =
        LinearRegression::new(vec![vec![3.0; 20]], target.clone(), Some(vec!["c".to_owned()]), Standardize::Nothing);
    let error = constant.unwrap().solve().unwrap_err();
    assert_eq!(error.to_string(), "c never changes, so there is no single best fit. Leave it out.");
    let standardised =
        LinearRegression::new(vec![vec![3.0; 20]], target, Some(vec!["c".to_owned()]), Standardize::Features);
    assert!(matches!(standardised.err(), Some(DescentError::ConstantColumn { value: 3.0, .. })));
}

#[test]
fn data_that_cannot_be_fitted_is_refused_with_the_argument_named() {
    let new = |features: Vec<Vec<f64>>, target: Vec<f64>| {
        LinearRegression::new(features, target, None, Standardize::Nothing).err().map(|e| e.to_string()).unwrap()
    };
    assert_eq!(new(vec![], vec![1.0, 2.0]), "features is empty; at least one entry is needed.");
    assert_eq!(new(vec![vec![1.0]], vec![1.0, 2.0]), "features[0] has 1 entry; expected 2, as many as target.");
    assert_eq!(new(vec![vec![1.0]], vec![1.0]), "There is 1 complete row; at least 2 are needed.");
    assert!(new(vec![vec![1.0, f64::NAN]], vec![1.0, 2.0]).starts_with("features[0][1] is not a finite number"));
    assert!(new(vec![vec![1.0, 2.0]], vec![1.0, f64::INFINITY]).starts_with("target[1]"));
    assert!(new(vec![vec![1.0, 1e200]], vec![1.0, 2.0]).contains("between"));
    let wide = LinearRegression::new(vec![vec![1.0, 2.0], vec![2.0, 5.0]], vec![1.0, 2.0], None, Standardize::Nothing)
        .unwrap();
    assert_eq!(wide.solve(), Err(DescentError::TooFewRows { needed: 3, got: 2 }));
    assert!(wide.mini_batches(0, 1).is_err());
    assert!(wide.mini_batches(3, 1).is_err());
    assert!(wide.predict(&[1.0, 1.0, 0.0], &[1.0]).is_err());
    assert!(Line::new(&[1.0, 1.0], &[1.0, 2.0]).is_err());
    assert!(Line::new(&[1.0, 2.0], &[1.0]).is_err());
}

#[test]
fn the_gradient_of_a_batch_is_the_gradient_of_its_rows_alone() {
    let x: Vec<f64> = (0..10).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| 3.0 * x + f64::from((*x as i32) % 3)).collect();
    let regression = LinearRegression::new(vec![x], y, None, Standardize::Nothing).unwrap();
    let batches = regression.mini_batches(5, 9).unwrap();
    let at = [1.0, 2.0];
    let (mut first, mut second, mut all) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    let halves = batches.gradient_of_step(0, &at, &mut first) + batches.gradient_of_step(1, &at, &mut second);
    let loss = batches.gradient_of_all(&at, &mut all);
    close("two halves make a whole", &[halves / 2.0], &[loss], 1e-14);
    close("gradient", &[(first[0] + second[0]) / 2.0, (first[1] + second[1]) / 2.0], &all, 1e-14);
    assert_ne!(first, second);
}

proptest! {
    #[test]
    fn exactly_straight_data_are_missed_by_nothing(
        xs in proptest::collection::btree_set(-1000..100_000i32, 2..40), slope in -500..500i32, intercept in -100_000..100_000i32, tenths in 0..2usize,
    ) {
        let unit = [1.0, 10.0][tenths];
        let x: Vec<f64> = xs.iter().map(|x| f64::from(*x) / unit).collect();
        // The numbers that a table holds: the double nearest to each decimal.
        let y: Vec<f64> = xs.iter().map(|x| (i64::from(*x) * i64::from(slope) + i64::from(intercept)) as f64 / unit).collect();
        prop_assert_eq!(Line::new(&x, &y).unwrap().least, 0.0);
        let fit = LinearRegression::new(vec![x.clone()], y.clone(), None, Standardize::Features).unwrap();
        prop_assert_eq!(fit.objective().least(), 0.0);
        // Whoever is off by a hundredth is missed by something.
        let mut bent = y;
        bent[0] += 0.01;
        if x.len() > 2 {
            prop_assert!(LinearRegression::new(vec![x], bent, None, Standardize::Features).unwrap().objective().least() > 0.0);
        }
    }
}
