//! Which known name somebody meant who typed another.

/// The known name nearest to what was typed, if it is near enough to be a slip of the fingers. Of two equally near the first.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    if length < 3 {
        return None;
    }
    let most = if length <= 4 { 1 } else { 2 };
    let mut best: Option<(&'a str, usize)> = None;
    for known in known.into_iter().filter(|known| known.len() >= 2) {
        let distance = edits(name, known);
        if distance <= most && best.is_none_or(|(_, least)| distance < least) {
            best = Some((known, distance));
        }
    }
    best.map(|(known, _)| known)
}

/// How many insertions, deletions, replacements and swaps of neighbours turn one word into the other
/// (the optimal string alignment distance). Long words are not compared: nothing known is as long.
fn edits(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(24).collect();
    let b: Vec<char> = b.chars().take(24).collect();
    let width = b.len() + 1;
    let mut table = vec![0usize; (a.len() + 1) * width];
    let at = |table: &[usize], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(usize::MAX);
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let cost = if i == 0 || j == 0 {
                i + j
            } else {
                let (p, q) = (a.get(i - 1), b.get(j - 1));
                let mut least = (at(&table, i - 1, j) + 1)
                    .min(at(&table, i, j - 1) + 1)
                    .min(at(&table, i - 1, j - 1) + usize::from(p != q));
                if i > 1 && j > 1 && p == b.get(j - 2) && a.get(i - 2) == q {
                    least = least.min(at(&table, i - 2, j - 2) + 1);
                }
                least
            };
            if let Some(entry) = table.get_mut(i * width + j) {
                *entry = cost;
            }
        }
    }
    at(&table, a.len(), b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_of_neighbours_is_one_edit() {
        assert_eq!(edits("sni", "sin"), 1);
        assert_eq!(edits("sqr", "sqrt"), 1);
        assert_eq!(edits("", "sin"), 3);
    }

    #[test]
    fn the_nearest_name_is_at_most_two_slips_away() {
        let known = ["function", "learning-rate", "start"];
        assert_eq!(nearest("learnign-rate", known), Some("learning-rate"));
        assert_eq!(nearest("satrt", known), Some("start"));
        assert_eq!(nearest("colour", known), None);
    }
}
