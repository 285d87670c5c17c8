//! A pointer that moves must not wait: the update, the readout and the drawing of one move stay far below a frame.

use std::time::Instant;

use scenes::kit::{Input, Layer, PointerKind, PointerPhase};

use crate::support::{Checker, Driven, light};

/// The bar is generous: this runs hardly optimised on busy machines, where a move takes a third of it.
#[test]
fn a_move_of_the_pointer_takes_under_two_milliseconds() {
    let mut scene = Driven::new("descent", &[]);
    let theme = light();
    let (stage, (x, y)) = scene.handle("at");
    let point = |phase, x| Input::Pointer { stage, phase, kind: PointerKind::Mouse, x, y };
    scene.update(point(PointerPhase::Down, x));
    let mut times: Vec<[f64; 3]> = (0..200)
        .map(|i| {
            let begun = Instant::now();
            scene.update(point(PointerPhase::Move, x + f64::from(i % 150)));
            let updated = Instant::now();
            let readout = scene.0.readout();
            let read = Instant::now();
            let mut surface = Checker::default();
            scene.0.draw(0, Layer::Live, &mut surface, &theme).unwrap();
            assert!(readout.len() > 100 && surface.marks > 10);
            [updated - begun, read - updated, read.elapsed()].map(|t| t.as_secs_f64() * 1e3)
        })
        .collect();
    times.sort_by(|a, b| (a[0] + a[1] + a[2]).total_cmp(&(b[0] + b[1] + b[2])));
    let [update, read, draw] = times[100];
    println!("figure: update {update:.3} ms, readout {read:.3} ms, drawing {draw:.3} ms");
    assert!(update + read + draw < 2.0, "update {update:.3} ms, readout {read:.3} ms, drawing {draw:.3} ms");
}
