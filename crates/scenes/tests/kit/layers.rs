//! What seldom changes is drawn again when it would look different, and only then.

use proptest::prelude::*;
use scenes::catalog;
use scenes::kit::Layer;

use crate::support::{Driven, Wish, any_wish, cases};

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn the_version_of_a_base_layer_changes_when_and_only_when_it_looks_different(
        wishes in prop::collection::vec(any_wish(), 1..20),
    ) {
        for entry in catalog::ALL {
            let mut scene = Driven::new(entry.kind, &[]);
            let stages = scene.stages();
            let look = |scene: &mut Driven| -> Vec<(u64, [String; 2])> {
                let layers = |scene: &mut Driven, stage| [Layer::Base, Layer::Live].map(|layer| scene.svg(stage, layer));
                (0..stages).map(|stage| (scene.0.base_version(stage), layers(scene, stage))).collect()
            };
            let mut before = look(&mut scene);
            for wish in &wishes {
                scene.grant(wish);
                let now = look(&mut scene);
                for (stage, (old, new)) in before.iter().zip(&now).enumerate() {
                    let ([base, live], [other, moved]) = (&old.1, &new.1);
                    prop_assert!(old.0 != new.0 || base == other, "{}, stage {}: {:?} is not drawn", entry.kind, stage, wish);
                    // Another value may change a scale by less than can be seen, and in the dark there are no words.
                    let strict = matches!(
                        wish,
                        Wish::Step(_) | Wish::Back(_) | Wish::Scrub(_) | Wish::Tick(_) | Wish::Focus(_) | Wish::Pause | Wish::Calm(_)
                    );
                    let same = base == other && live == moved && strict;
                    prop_assert!(old.0 == new.0 || !same, "{}, stage {}: {:?} drawn for nothing", entry.kind, stage, wish);
                }
                before = now;
            }
        }
    }
}
