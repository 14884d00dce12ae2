/** The lines over the text that lead from who says something to what is said. */
import type { Link } from "./evidence.ts";
import type { ShownText, Stretch } from "./highlight.ts";
import { draw } from "./page.ts";

/** A box in the coordinates of the drawing. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line from one box to another: an arc above them where they stand in one line, else down (or up) through the space between lines. */
export function curve(from: Box, to: Box): string {
  const [ax, bx] = [from.x + from.width / 2, to.x + to.width / 2];
  if (Math.abs(from.y - to.y) < from.height / 2) {
    const [ay, by] = [from.y, to.y];
    const top = Math.min(ay, by) - Math.min(10 + Math.abs(ax - bx) * 0.06, 22);
    return `M${n(ax)} ${n(ay)}C${n(ax)} ${n(top)} ${n(bx)} ${n(top)} ${n(bx)} ${n(by)}`;
  }
  const down = to.y > from.y;
  const ay = down ? from.y + from.height : from.y;
  const by = down ? to.y : to.y + to.height;
  const bend = Math.max(Math.abs(by - ay) * 0.5, 14) * (down ? 1 : -1);
  return `M${n(ax)} ${n(ay)}C${n(ax)} ${n(ay + bend)} ${n(bx)} ${n(by - bend)} ${n(bx)} ${n(by)}`;
}

/** The pair of boxes, one of each span, that stand nearest to each other. */
export function nearest(from: readonly Box[], to: readonly Box[]): readonly [Box, Box] | null {
  let best: readonly [Box, Box] | null = null;
  let least = Infinity;
  for (const a of from) {
    for (const b of to) {
      const far = Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, (a.y - b.y) * 2);
      if (far < least) [best, least] = [[a, b], far];
    }
  }
  return best;
}

function n(value: number): string {
  return value.toFixed(1);
}

/** A drawing that lies over the text and scrolls with it. It repeats what the cards say in words, so screen readers pass it over. */
export class Lines {
  private readonly svg = draw("svg", { class: "lines", "aria-hidden": "true", focusable: "false" });
  private shown: readonly Link[] = [];
  private rings: readonly Stretch[] = [];
  private frame = 0;

  constructor(private readonly text: ShownText, private readonly ground: HTMLElement) {
    const head = draw("marker", { id: "line-head", viewBox: "0 0 8 8", refX: 6.5, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, draw("path", { d: "M0.5 0.5 7.5 4 0.5 7.5z" }));
    this.svg.append(draw("defs", {}, head));
    ground.append(this.svg);
    new ResizeObserver(() => this.again()).observe(ground);
    void document.fonts?.ready.then(() => this.again());
    document.fonts?.addEventListener("loadingdone", () => this.again());
  }

  /** Show these lines, and rings round these spans, instead of what was shown. */
  show(links: readonly Link[], rings: readonly Stretch[]): void {
    this.shown = links;
    this.rings = rings;
    this.svg.classList.remove("fresh");
    // Measured with the next frame, when the page is laid out anyway.
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.again();
      if (links.length > 0) this.svg.classList.add("fresh");
    });
  }

  private again(): void {
    for (const old of this.svg.querySelectorAll(":scope > g")) old.remove();
    if (this.shown.length === 0 && this.rings.length === 0) return;
    const paths = this.shown.flatMap((link) => {
      const pair = nearest(this.boxes(link.from), this.boxes(link.to));
      return pair ? [curve(...pair)] : [];
    });
    const under = paths.map((d) => draw("path", { d, class: "halo" }));
    const over = paths.map((d) => draw("path", { d, class: "line", pathLength: 1, "marker-end": "url(#line-head)" }));
    this.svg.append(draw("g", { class: "rings" }, ...this.rings.flatMap((s) => this.boxes(s).map(ring))), draw("g", {}, ...under, ...over));
  }

  private boxes(stretch: Stretch): Box[] {
    const ground = this.ground.getBoundingClientRect();
    return merged(this.text.boxes(stretch).map((b) => ({ x: b.left - ground.left, y: b.top - ground.top, width: b.width, height: b.height })));
  }
}

/** Boxes of one line as one: text nodes cut a span where letters are joined. */
function merged(boxes: readonly Box[]): Box[] {
  const out: Box[] = [];
  for (const b of boxes) {
    const last = out.at(-1);
    if (last && Math.abs(last.y - b.y) < b.height / 2) {
      const x = Math.min(last.x, b.x);
      const right = Math.max(last.x + last.width, b.x + b.width);
      out[out.length - 1] = { x, y: Math.min(last.y, b.y), width: right - x, height: Math.max(last.height, b.height) };
    } else out.push(b);
  }
  return out;
}

function ring({ x, y, width, height }: Box): SVGRectElement {
  return draw("rect", { x: n(x - 3), y: n(y), width: n(width + 6), height: n(height), rx: 5 });
}
