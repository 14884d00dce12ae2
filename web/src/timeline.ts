/** The timeline: one row of bars for each type and each party, over the same days. */
import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { ask, draw, make, pageData, texts } from "./page.ts";
import { after, dayOf, isoOf, named, periodsBetween, startOf, type Unit, writer } from "./timeline/periods.ts";

interface Found {
  readonly unit: Unit;
  readonly first: string | null;
  readonly last: string | null;
  readonly periods: readonly { readonly period: string; readonly type: string; readonly events: number }[];
  readonly parties: readonly { readonly party: string; readonly events: number; readonly periods: readonly (readonly [string, number])[] }[];
}

interface Row {
  readonly name: string;
  readonly total: number;
  readonly counts: ReadonlyMap<number, number>;
  readonly query: readonly [string, string];
}

const HEIGHT = 52;
const AXIS = 24;
const LEAST_BAR = 1.5; // units of the drawing
const NAME_ROOM = 110; // of a name on the axis

const shared = pageData();
const t = texts(shared);

function byType(found: Found): readonly Row[] {
  const rows = new Map<string, Map<number, number>>();
  for (const p of found.periods) {
    const counts = rows.get(p.type) ?? new Map<number, number>();
    const at = startOf(dayOf(p.period), found.unit);
    counts.set(at, (counts.get(at) ?? 0) + p.events);
    rows.set(p.type, counts);
  }
  return [...rows].map(([type, counts]) => row(t(`type.${type}`), counts, ["type", type])).sort((a, b) => b.total - a.total);
}

function byParty(found: Found): readonly Row[] {
  return found.parties.map((p) => row(p.party, new Map(p.periods.map(([day, n]) => [startOf(dayOf(day), found.unit), n])), ["actor", p.party]));
}

function row(name: string, counts: ReadonlyMap<number, number>, query: readonly [string, string]): Row {
  return { name, counts, query, total: [...counts.values()].reduce((a, b) => a + b, 0) };
}

/** The events of a bar, in the table; a static site has no such table. */
function address(of: Row, from: number, unit: Unit): string | null {
  if (shared.site) return null;
  const query = new URLSearchParams(location.search);
  for (const name of ["page", "unit", "all", "lang"]) query.delete(name);
  query.set(...(of.query as [string, string]));
  query.set("since", isoOf(from));
  query.set("until", isoOf(after(from, unit) - 1));
  return `/events?${query}`;
}

class Picture {
  private readonly periods: readonly number[];
  private readonly write: (day: number) => string;
  private readonly tip = make("div", { class: "tip", "aria-hidden": "true", hidden: true });
  private readonly told = make("p", { class: "sr", role: "status" });
  private own = false;

  constructor(private readonly root: HTMLElement, private readonly found: Found) {
    this.periods = periodsBetween(dayOf(found.first as string), dayOf(found.last as string), found.unit);
    this.write = writer(shared.lang, found.unit);
  }

  show(): void {
    const sets = [[t("script.timeline.types"), byType(this.found)], [t("script.timeline.parties"), byParty(this.found)]] as const;
    const redraw = (): void => {
      const kept = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["row"] : undefined;
      this.root.replaceChildren(this.scaleSwitch(redraw), ...sets.filter(([, rows]) => rows.length > 0).map(([name, rows]) => this.set(name, rows)), this.told, this.tip);
      if (kept) this.root.querySelector<HTMLElement>(`[data-row="${CSS.escape(kept)}"]`)?.focus();
    };
    let width = 0;
    new ResizeObserver(() => {
      if (Math.abs(this.root.clientWidth - width) > 4) {
        width = this.root.clientWidth;
        redraw();
      }
    }).observe(this.root);
  }

  private scaleSwitch(redraw: () => void): HTMLElement {
    const button = make("button", { type: "button", "aria-pressed": String(this.own), "data-row": "scale" }, t("script.timeline.own_scale"));
    button.addEventListener("click", () => {
      this.own = !this.own;
      redraw();
    });
    return make("p", { class: "scales" }, button);
  }

  private set(name: string, rows: readonly Row[]): HTMLElement {
    const most = max(rows, (r) => max(r.counts.values()) ?? 0) ?? 1;
    const drawn = rows.map((r, i) => this.row(r, this.own ? (max(r.counts.values()) ?? 1) : most, this.own || i === 0));
    return make("section", { class: "multiples" }, make("h2", {}, name), ...drawn, this.axis());
  }

  private get plotWidth(): number {
    const names = this.root.clientWidth < 560 ? 0 : 200;
    return Math.max(this.root.clientWidth - names, 120);
  }

  /** Where a period begins on the page: from the left in English, from the right in Arabic. */
  private x(index: number): number {
    const wide = this.plotWidth / this.periods.length;
    return shared.dir === "rtl" ? this.plotWidth - (index + 1) * wide : index * wide;
  }

  private row(of: Row, most: number, scaled: boolean): HTMLElement {
    const y = scaleLinear([0, Math.max(most, 1)], [0, HEIGHT - 6]);
    const wide = this.plotWidth / this.periods.length;
    const svg = draw("svg", { width: this.plotWidth, height: HEIGHT, viewBox: `0 0 ${this.plotWidth} ${HEIGHT}`, class: "bars", "aria-hidden": "true" });
    svg.append(draw("line", { x1: 0, x2: this.plotWidth, y1: HEIGHT - 0.5, y2: HEIGHT - 0.5, class: "base" }));
    this.periods.forEach((day, i) => {
      const n = of.counts.get(day) ?? 0;
      const tall = n ? Math.max(y(n), LEAST_BAR) : 0;
      const gap = Math.min(1, wide / 5);
      if (n) svg.append(draw("rect", { x: this.x(i) + gap / 2, y: HEIGHT - tall, width: Math.max(wide - gap, 0.6), height: tall, "data-i": i }));
    });
    const about = make("p", { class: "name" }, make("b", {}, make("bdi", {}, of.name)), " ", make("span", { class: "n" }, of.total.toLocaleString("en")));
    const highest = make("span", { class: "most", "aria-hidden": "true" }, String(most));
    const label = t("script.timeline.row", { name: of.name, n: of.total });
    const figure = make("div", { class: "bars-row", tabindex: 0, role: "group", "aria-label": label, "data-row": `${of.query.join(":")}` }, about, make("div", { class: "plot" }, scaled && highest, svg));
    this.listen(figure, svg, of);
    return figure;
  }

  /** Pointer and keys over the bars of a row. */
  private listen(figure: HTMLElement, svg: SVGSVGElement, of: Row): void {
    const wide = this.plotWidth / this.periods.length;
    let at = -1;
    let touched = false;
    const go = (index: number, aloud: boolean): void => {
      at = Math.min(Math.max(index, 0), this.periods.length - 1);
      this.mark(svg, at, of, aloud);
    };
    const point = (event: PointerEvent): boolean => {
      const along = (event.clientX - svg.getBoundingClientRect().left) / wide;
      const index = Math.floor(shared.dir === "rtl" ? this.periods.length - along : along);
      const other = index !== at || !svg.querySelector(".cursor");
      if (other) go(index, false);
      return other;
    };
    svg.addEventListener("pointermove", point);
    svg.addEventListener("pointerdown", (event) => {
      touched = point(event) && event.pointerType === "touch";
    });
    svg.addEventListener("click", (event) => {
      if (touched) event.preventDefault(); // a finger's first touch tells, its second follows the link
    });
    svg.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") this.unmark(svg);
    });
    figure.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && figure.contains(event.relatedTarget))) this.unmark(svg);
    });
    figure.addEventListener("keydown", (event) => {
      const forward = shared.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
      const steps: Readonly<Record<string, () => void>> = {
        ArrowLeft: () => go(at + (forward === "ArrowLeft" ? 1 : -1), true), ArrowRight: () => go(at + (forward === "ArrowRight" ? 1 : -1), true),
        Home: () => go(0, true), End: () => go(this.periods.length - 1, true), Enter: () => this.open(of, at), Escape: () => this.unmark(svg),
      };
      const step = steps[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      step();
    });
  }

  private open(of: Row, at: number): void {
    const to = this.addressOf(of, at);
    if (to) location.assign(to);
  }

  private addressOf(of: Row, at: number): string | null {
    const day = this.periods[at];
    return day !== undefined && of.counts.get(day) ? address(of, day, this.found.unit) : null;
  }

  /** What stands over a period while somebody points at it: a link of the row's whole height, so that low bars are as easy to follow as high ones. */
  private cursor(of: Row, at: number): SVGElement {
    const to = this.addressOf(of, at);
    const wide = this.plotWidth / this.periods.length;
    const shade = draw("rect", { x: this.x(at), y: 0, width: Math.max(wide, 1), height: HEIGHT });
    return to ? draw("a", { href: to, class: "cursor", tabindex: -1 }, shade) : draw("g", { class: "cursor" }, shade);
  }

  private mark(svg: SVGSVGElement, at: number, of: Row, aloud: boolean): void {
    const day = this.periods[at];
    if (day === undefined) return;
    for (const other of this.root.querySelectorAll(".cursor")) other.remove();
    svg.append(this.cursor(of, at));
    const words = t("script.timeline.bar", { when: this.write(day), name: of.name, n: of.counts.get(day) ?? 0 });
    this.tip.textContent = words;
    this.tip.hidden = false;
    const [box, around] = [svg.getBoundingClientRect(), this.root.getBoundingClientRect()];
    const middle = box.left - around.left + this.x(at) + this.plotWidth / this.periods.length / 2;
    const room = this.tip.offsetWidth / 2;
    this.tip.style.setProperty("left", `${Math.min(Math.max(middle, room), around.width - room)}px`);
    this.tip.style.setProperty("top", `${box.top - around.top - this.tip.offsetHeight - 4}px`);
    if (aloud) this.told.textContent = words;
  }

  private unmark(svg: SVGSVGElement): void {
    svg.querySelector(".cursor")?.remove();
    this.tip.hidden = true;
  }

  private axis(): SVGSVGElement {
    const svg = draw("svg", { width: this.plotWidth, height: AXIS, class: "axis", "aria-hidden": "true" });
    const wide = this.plotWidth / this.periods.length;
    const places = new Map(this.periods.map((day, i) => [day, i]));
    for (const day of named(this.periods, this.found.unit, Math.floor(this.plotWidth / NAME_ROOM))) {
      const x = this.x(places.get(day) ?? 0) + (shared.dir === "rtl" ? wide : 0);
      if (shared.dir === "rtl" ? x < NAME_ROOM * 0.8 : x > this.plotWidth - NAME_ROOM * 0.8) continue;
      svg.append(draw("line", { x1: x, x2: x, y1: 0, y2: 5 }), draw("text", { x: shared.dir === "rtl" ? x - 3 : x + 3, y: 17 }, this.write(day)));
    }
    return svg;
  }
}

const root = document.getElementById("timeline");
if (root?.dataset["source"]) {
  root.setAttribute("role", "group");
  ask<Found>(root.dataset["source"])
    .then((found) => {
      if (found.first && found.last) new Picture(root, found).show();
      else root.remove();
    })
    .catch(() => root.replaceChildren(make("p", { class: "empty" }, t("script.timeline.failed"))));
}
