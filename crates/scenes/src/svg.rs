//! A stage as a picture that stands by itself.

use crate::frame::Size;
use crate::kit::{AnyScene, Layer};
use crate::painter::SvgSurface;
use crate::surface::DrawError;
use crate::theme::Theme;

/// The corner of a stage, CSS pixels.
const CORNER: f64 = 14.0;

/// One stage of a scene as an SVG document of this size in CSS pixels, on the stage's ground, with its description as title.
///
/// # Errors
/// What drawing reports.
pub fn to_svg(scene: &dyn AnyScene, stage: usize, theme: &Theme, size: Size) -> Result<String, DrawError> {
    let mut scene = scene.copy();
    // A picture is of a moment, not of the way there.
    scene.set_reduced_motion(true);
    scene.resize(stage, size);
    let mut surface = SvgSurface::new(size.width, size.height);
    scene.draw(stage, Layer::Base, &mut surface, theme)?;
    scene.draw(stage, Layer::Live, &mut surface, theme)?;
    Ok(surface.finish(theme.stage, CORNER, &scene.description(stage)))
}
