//! Tables of the learner's own, in the widget that shows them: what is in the picture, what is said of them, what is exact.

use scenes::catalog;
use scenes::kit::{Input, Key};
use serde_json::Value;

use crate::support::Driven;

fn with(mut scene: Driven, text: &str) -> Driven {
    scene.update(Input::Table { label: "mine.csv".into(), text: text.into() });
    assert_eq!(scene.read()["data"]["error"], Value::Null, "{text}");
    scene
}

#[test]
fn the_scatter_of_any_table_shows_the_line_that_the_walk_starts_from() {
    for (text, start) in [
        ("hours,score\n1,52\n2,55\n3,61\n4,64\n5,70\n6,71\n7,80\n", [0.5, 0.0]),
        ("hours,score\n1,-52\n2,-55\n3,-61\n", [-3.0, 0.0]),
        ("hours,score\n1,1950\n2,1990\n3,2010\n", [60.0, 0.0]),
        ("hours,score\n1,52\n2,55\n3,61\n", [9.0, 300.0]),
    ] {
        let mut scene = with(Driven::new("houses", &[]), text);
        scene.set("start", vec![start[0], start[1]]);
        // Handles that lie outside of a picture stand on its frame, all at one height.
        let height = |scene: &mut Driven, id: &str| scene.handle(id).1.1;
        let (left, right) = (height(&mut scene, "left"), height(&mut scene, "right"));
        assert!((left - right).abs() > 0.5, "{text}: the line is not in the picture, {left} and {right}");
        assert_eq!(left > right, start[0] > 0.0, "{text}");
        // The best line lies among the houses, which have the picture for themselves then.
        scene.act("exact");
        let best = height(&mut scene, "left") - height(&mut scene, "right");
        assert!(best.abs() > 50.0, "{text}: {best}");
    }
}

#[test]
fn exactly_straight_data_are_missed_by_nothing_and_say_0() {
    for (slope, intercept, unit) in
        [(1, 0, 10), (27, 2_149_980, 10), (7, 23, 10), (1117, 132_896, 1000), (-31, 9_999_999, 100)]
    {
        let row = |x: i32| format!("{},{}\n", f64::from(x) / 10.0, f64::from(slope * x + intercept) / f64::from(unit));
        let text = format!("x,y\n{}", [1, 2, 3, 7, 19, 20, 311].map(row).concat());
        let mut scene = with(Driven::new("houses", &[]), &text);
        let description = scene.word("/descriptions/2");
        assert!(description.ends_with("No line can beat 0."), "{description}");
        scene.set("learningRate", 0.3);
        scene.step(200);
        assert_eq!((scene.number("/mse"), scene.status().as_str()), (0.0, "converged"), "{text}");
        for standardize in [true, false] {
            scene.set("standardize", standardize);
            scene.act("exact");
            assert_eq!(scene.number("/mse"), 0.0, "{text}");
            assert_eq!(
                (scene.word("/figures/0/value").as_str(), scene.word("/figures/2/value").as_str()),
                ("0", "1.00")
            );
        }
    }
}

#[test]
fn a_table_of_one_s_own_is_spoken_of_by_its_columns_and_rows() {
    for (scene, of_houses, row, title) in [
        (Driven::new("houses", &[]), ["house", "sold"], "row", "One line, 4 misses"),
        (Driven::german("houses", &[]), ["Haus", "Häus"], "Zeile", "Eine Gerade, 4 Fehler"),
    ] {
        let mut scene = with(scene, "hours,score in $\n1,52\n2,55\n3,61\n4,70\n");
        let mut said = Vec::new();
        for act in ["", "exact", "standardize"] {
            scene.act(act);
            let readout = scene.read();
            assert_eq!(readout["titles"][0], title);
            let parts = ["titles", "descriptions", "explain", "handles", "equation", "figures", "controls", "undo"];
            said.extend(parts.map(|part| readout[part].to_string()));
            let table = scene.0.table();
            said.push(format!("{} {:?}", table.caption, table.columns));
        }
        // The names of handles and controls are no words.
        said.iter_mut().for_each(|text| *text = text.replace("\"id\":\"house\"", ""));
        for word in of_houses {
            let about: Vec<&String> = said.iter().filter(|text| text.contains(word)).collect();
            assert!(about.is_empty(), "{word}: {about:#?}");
        }
        assert!(said.iter().any(|text| text.contains(row)) && said.iter().any(|text| text.contains("hours")));
    }
}

#[test]
fn a_table_of_one_s_own_is_another_only_when_another_was_handed_in() {
    for entry in catalog::ALL.iter().filter(|entry| !entry.tables.is_empty()) {
        let mut scene = Driven::new(entry.kind, &[]);
        let number = |scene: &Driven| scene.0.own_table().map(|(number, _)| number);
        assert_eq!(number(&scene), None, "{}", entry.kind);
        let supply = |text: &str, scene: &mut Driven| {
            scene.update(Input::Table { label: "mine".into(), text: text.into() });
            number(scene).unwrap()
        };
        let first = supply("a,b\n1,2\n3,4\n5,7\n", &mut scene);
        let before = scene.0.memory();
        for handle in ["left", "right"] {
            scene.update(Input::Key { handle: handle.into(), key: Key::Up, shift: false });
        }
        scene.update(Input::Step(2));
        assert_eq!(number(&scene), Some(first));
        assert!(scene.0.memory() != before && !scene.0.memory().to_text().contains("mine"));
        let second = supply("a,b\n1,2\n3,4\n5,8\n", &mut scene);
        assert_ne!(second, first);
        scene.update(Input::Undo);
        assert_eq!(number(&scene), Some(first));
    }
}
