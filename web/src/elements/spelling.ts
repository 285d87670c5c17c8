// Which known name somebody meant who typed another, by the rule of `spelling.rs` in crates/calculus: a page with nothing but slips has no
// engine to ask. A test compares the two.

/** The known name nearest to what was typed, if it is near enough to be a slip of the fingers. Of two equally near the first. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const most = name.length < 3 ? 0 : name.length <= 4 ? 1 : 2;
  let best: { word: string; distance: number } | undefined;
  for (const word of known) {
    const distance = edits(name, word);
    if (most > 0 && distance <= most && (!best || distance < best.distance)) best = { word, distance };
  }
  return best?.word;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment). */
function edits(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= from.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(i - 1, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? at(i - 2, j - 2) + 1 : replaced;
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped));
    }
  }
  return at(from.length, to.length);
}
