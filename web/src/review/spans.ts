/** Spans by whole words, in code points: what a selection is snapped to, and how keys grow, shrink and move a span. */

export interface Range {
  readonly start: number;
  readonly end: number;
}

export type Edge = "start" | "end";

// Letters with their marks; a number keeps the signs within it (1,500 and ٣٫٥ are one word), a word its joiners and its tatweel.
const WORD = /(?:\p{N}+(?:[.,٫٬]\p{N}+)+|[\p{L}\p{M}\p{N}_\u0640\u200c\u200d])+/gu;

/** The words of a text. */
export function wordsOf(text: string): Range[] {
  const found: Range[] = [];
  let unit = 0;
  let point = 0;
  for (const match of text.matchAll(WORD)) {
    point += pointsIn(text.slice(unit, match.index));
    const length = pointsIn(match[0]);
    found.push({ start: point, end: point + length });
    point += length;
    unit = match.index + match[0].length;
  }
  return found;
}

function pointsIn(text: string): number {
  let n = 0;
  for (const _ of text) n++;
  return n;
}

/** First and last word that a range touches; null where it touches none. */
function touched(words: readonly Range[], range: Range): [number, number] | null {
  const first = firstWhere(words, (w) => w.end > range.start);
  const last = firstWhere(words, (w) => w.start >= range.end) - 1;
  return first <= last ? [first, last] : null;
}

/** Index of the first word that fits, the words being in order; their number where none does. */
function firstWhere(words: readonly Range[], fits: (word: Range) => boolean): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(words[middle] as Range)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A range made to hold the words it touches whole; as it is where it touches none. */
export function snapped(words: readonly Range[], range: Range): Range {
  const found = touched(words, range);
  return found ? { start: (words[found[0]] as Range).start, end: (words[found[1]] as Range).end } : range;
}

/** A range with one edge moved by a word, forwards (1) or backwards (-1) in the text; never empty. */
export function stretched(words: readonly Range[], range: Range, edge: Edge, by: 1 | -1): Range {
  if (edge === "end") {
    const next = by > 0 ? words[firstWhere(words, (w) => w.end > range.end)] : words[firstWhere(words, (w) => w.end >= range.end) - 1];
    return next && next.end > range.start ? { start: range.start, end: next.end } : range;
  }
  const next = by > 0 ? words[firstWhere(words, (w) => w.start > range.start)] : words[firstWhere(words, (w) => w.start >= range.start) - 1];
  return next && next.start < range.end ? { start: next.start, end: range.end } : range;
}

/** A range moved by a word, both edges; it stays where there is none. */
export function moved(words: readonly Range[], range: Range, by: 1 | -1): Range {
  const found = touched(words, range);
  if (!found) {
    const at = firstWhere(words, (w) => w.start >= range.end) - (by < 0 ? 1 : 0);
    return words[at] ?? range;
  }
  const [first, last] = [words[found[0] + by], words[found[1] + by]];
  return first && last ? { start: first.start, end: last.end } : range;
}

/** What a key does to the chosen span. In text from right to left, the left arrow leads forwards. */
export function keyed(words: readonly Range[], range: Range, key: { readonly key: string; readonly shift: boolean; readonly alt: boolean }): Range | null {
  const by = key.key === "ArrowLeft" ? 1 : key.key === "ArrowRight" ? -1 : 0;
  if (by === 0) return null;
  if (!key.shift) return key.alt ? null : moved(words, range, by);
  return stretched(words, range, key.alt ? "start" : "end", by);
}
