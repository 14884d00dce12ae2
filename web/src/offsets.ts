/** Offsets of the store count code points; those of a browser count UTF-16 units. This is the one place that turns one into the other. */

export interface Offsets {
  /** UTF-16 offset of a code point; beyond the end, the end. */
  unit(point: number): number;
  /** Code point that holds a UTF-16 offset; beyond the end, the end. */
  point(unit: number): number;
  /** Length in code points. */
  readonly length: number;
}

/** The two ways between the offsets of one text. Texts of the basic plane, nearly all of them, need no table. */
export function offsetsOf(text: string): Offsets {
  const wide: number[] = []; // UTF-16 offsets of the characters that take two units
  for (let i = 0; i < text.length; i++) {
    const here = text.charCodeAt(i);
    if (here >= 0xd800 && here <= 0xdbff && i + 1 < text.length) {
      const next = text.charCodeAt(i + 1);
      if (next >= 0xdc00 && next <= 0xdfff) wide.push(i++);
    }
  }
  const length = text.length - wide.length;
  if (wide.length === 0) return { unit: (p) => clamp(p, length), point: (u) => clamp(u, length), length };
  const points = wide.map((unit, n) => unit - n); // the same characters, by code point
  return {
    unit: (p) => clamp(p, length) + below(points, clamp(p, length)),
    point: (u) => clamp(u, text.length) - below(wide, clamp(u, text.length)),
    length,
  };
}

function clamp(n: number, most: number): number {
  return Math.min(Math.max(n, 0), most);
}

/** How many of the sorted numbers are smaller than n. */
function below(sorted: readonly number[], n: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < n) low = middle + 1;
    else high = middle;
  }
  return low;
}
