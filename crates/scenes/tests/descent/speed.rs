//! A pointer that moves must not wait: the update, the readout and the drawing of one move stay far below a frame.

use std::time::Instant;

use scenes::descent::{DescentConfig, DescentScene};
use scenes::scene::{Input, Layer, PointerKind, PointerPhase, Scene};
use scenes::theme::Theme;

use crate::checked::Checked;

/// The bar is generous: this runs unoptimised on busy machines, where a move takes a third of it.
#[test]
fn a_move_of_the_pointer_takes_under_two_milliseconds() {
    let mut scene = DescentScene::new(DescentConfig::default());
    let theme = Theme::light();
    let handle = scene.readout().panel.handles.remove(0);
    let point = |phase, x| Input::Pointer { stage: 0, phase, kind: PointerKind::Mouse, x, y: handle.y };
    scene.update(point(PointerPhase::Down, handle.x));
    let mut times: Vec<[f64; 3]> = (0..200)
        .map(|i| {
            let begun = Instant::now();
            scene.update(point(PointerPhase::Move, handle.x + f64::from(i % 150)));
            let updated = Instant::now();
            let readout = scene.readout();
            let read = Instant::now();
            let mut surface = Checked::default();
            scene.draw(0, Layer::Live, &mut surface, &theme).unwrap();
            assert!(readout.at[0].is_finite() && surface.marks > 10);
            [updated - begun, read - updated, read.elapsed()].map(|t| t.as_secs_f64() * 1e3)
        })
        .collect();
    times.sort_by(|a, b| (a[0] + a[1] + a[2]).total_cmp(&(b[0] + b[1] + b[2])));
    let [update, read, draw] = times[100];
    println!("update {update:.3} ms, readout {read:.3} ms, drawing {draw:.3} ms");
    assert!(update + read + draw < 2.0, "update {update:.3} ms, readout {read:.3} ms, drawing {draw:.3} ms");
}
