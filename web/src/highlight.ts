/** Where a code point of the article's text stands among the text nodes that show it, and the painting of exact spans over them. */
import { type Offsets, offsetsOf } from "./offsets.ts";

/** A boundary in one of the text nodes: its number and an offset in UTF-16 units. */
export interface Spot {
  readonly node: number;
  readonly unit: number;
}

/** The ways between code points of the whole text and boundaries in its nodes. */
export interface TextMap {
  /** Where a span begins: at the start of a node rather than at the end of the one before. */
  start(point: number): Spot;
  /** Where a span ends: at the end of a node rather than at the start of the one after. */
  end(point: number): Spot;
  /** The code point at a boundary. */
  point(spot: Spot): number;
  /** Length in code points. */
  readonly length: number;
}

/** The map of a text that is shown by these nodes, one after another. No character is cut by the end of a node. */
export function mapOf(texts: readonly string[]): TextMap {
  const nodes: readonly Offsets[] = texts.map(offsetsOf);
  const starts: number[] = [];
  let length = 0;
  for (const node of nodes) {
    starts.push(length);
    length += node.length;
  }
  const spot = (point: number, early: boolean): Spot => {
    const at = Math.min(Math.max(point, 0), length);
    const node = early ? firstEnding(starts, nodes, at) : lastStarting(starts, nodes, at);
    return { node, unit: nodes[node]?.unit(at - (starts[node] ?? 0)) ?? 0 };
  };
  return {
    start: (point) => spot(point, false),
    end: (point) => spot(point, true),
    point: ({ node, unit }) => (starts[node] ?? length) + (nodes[node]?.point(unit) ?? 0),
    length,
  };
}

/** The last node that holds something and starts at or before a point; at the end of the text the last that holds something. */
function lastStarting(starts: readonly number[], nodes: readonly Offsets[], at: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  let node = Math.max(low - 1, 0);
  while (node > 0 && nodes[node]?.length === 0) node--;
  return node;
}

/** The first node that holds something and ends at or after a point. */
function firstEnding(starts: readonly number[], nodes: readonly Offsets[], at: number): number {
  const node = lastStarting(starts, nodes, at);
  if (at !== starts[node]) return node;
  let before = node - 1;
  while (before > 0 && nodes[before]?.length === 0) before--;
  return before >= 0 && (nodes[before]?.length ?? 0) > 0 ? before : node;
}

/** A stretch of the text in code points. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The text on the page: its nodes, ranges over them, and what stands under a pointer. */
export class ShownText {
  private readonly nodes: readonly Text[];
  private readonly numbers: ReadonlyMap<Node, number>;
  readonly map: TextMap;

  constructor(readonly root: HTMLElement) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    while (walker.nextNode()) nodes.push(walker.currentNode as Text);
    this.nodes = nodes;
    this.numbers = new Map(nodes.map((node, i) => [node, i]));
    this.map = mapOf(nodes.map((node) => node.data));
  }

  /** A range that is not kept up to date, which is cheap; the text does not change. */
  still({ start, end }: Stretch): StaticRange {
    const [from, to] = [this.map.start(start), this.map.end(end)];
    return new StaticRange({ startContainer: this.node(from), startOffset: from.unit, endContainer: this.node(to), endOffset: to.unit });
  }

  /** A range to measure or select. */
  range({ start, end }: Stretch): Range {
    const [from, to] = [this.map.start(start), this.map.end(end)];
    const range = document.createRange();
    range.setStart(this.node(from), from.unit);
    range.setEnd(this.node(to), to.unit);
    return range;
  }

  /** The boxes of a span on the screen, one a line or a run of one direction. */
  boxes(stretch: Stretch): DOMRect[] {
    return [...this.range(stretch).getClientRects()].filter((box) => box.width > 0.5);
  }

  /** The code points under a place of the screen, the likeliest first: the two at whose boundary a caret would stand. */
  pointsAt(x: number, y: number): number[] {
    const found = caret(x, y);
    if (!found) return [];
    const node = this.numbers.get(found.node);
    if (node === undefined) return [];
    const point = this.map.point({ node, unit: found.unit });
    const covers = (p: number): boolean => this.boxes({ start: p, end: p + 1 }).some((b) => x >= b.left && x <= b.right && y >= b.top && y <= b.bottom);
    return [point, point - 1].filter((p) => p >= 0 && p < this.map.length && covers(p));
  }

  private node(spot: Spot): Node {
    return this.nodes[spot.node] ?? this.root;
  }
}

function caret(x: number, y: number): { node: Node; unit: number } | null {
  if (typeof document.caretPositionFromPoint === "function") {
    const at = document.caretPositionFromPoint(x, y);
    return at && { node: at.offsetNode, unit: at.offset };
  }
  const at = document.caretRangeFromPoint?.(x, y);
  return at ? { node: at.startContainer, unit: at.startOffset } : null;
}

/** Whether the browser paints highlights without elements. */
export function canHighlight(): boolean {
  return typeof CSS !== "undefined" && "highlights" in CSS && typeof Highlight === "function";
}

/** Paint spans under a name that style sheets know; a higher priority is painted above a lower. */
export function paint(text: ShownText, name: string, stretches: Iterable<Stretch>, priority: number): void {
  const seen = new Map<string, Stretch>();
  for (const s of stretches) if (s.end > s.start) seen.set(`${s.start}:${s.end}`, s);
  if (seen.size === 0) {
    CSS.highlights.delete(name);
    return;
  }
  const lit = new Highlight(...[...seen.values()].map((s) => text.still(s)));
  lit.priority = priority;
  CSS.highlights.set(name, lit);
}
