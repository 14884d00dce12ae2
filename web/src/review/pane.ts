/** The article's text at the desk: shown character for character, with spans lit without breaking a word's letters, and selections told in code points. */
import { make, type Shared } from "../page.ts";
import { offsetsOf, type Offsets } from "../offsets.ts";
import { visible } from "./visible.ts";
import { snapped, wordsOf, type Range } from "./spans.ts";

export interface Lit {
  readonly name: string;
  readonly range: Range;
}

/** The highlights that the style sheet knows, those later in the list over those before. */
const NAMES = ["quote", "other", "sources", "counts", "time", "places", "recipients", "actors", "trigger", "chosen"] as const;

export class Pane {
  readonly root: HTMLElement;
  readonly #controls: Shared["controls"];
  #text = "";
  #shown = "";
  #offsets: Offsets = offsetsOf("");
  #chars: readonly string[] = [];
  words: readonly Range[] = [];

  constructor(label: string, controls: Shared["controls"]) {
    this.#controls = controls;
    this.root = make("div", { class: "pane", dir: "rtl", lang: "ar", tabindex: 0, role: "region", "aria-label": label });
  }

  show(text: string): void {
    if (text === this.#text && this.root.firstChild) return;
    this.#text = text;
    this.#shown = visible(text, this.#controls);
    this.#offsets = offsetsOf(this.#shown);
    this.#chars = [...text];
    this.words = wordsOf(text);
    this.root.replaceChildren(this.#shown);
  }

  /** The words of the article in a range, as they are stored. */
  span(range: Range): Range & { text: string } {
    return { start: range.start, end: range.end, text: this.#chars.slice(range.start, range.end).join("") };
  }

  light(lit: readonly Lit[]): void {
    if (typeof Highlight === "undefined" || !("highlights" in CSS)) {
      this.#mark(lit);
      return;
    }
    NAMES.forEach((name, n) => {
      const found = new Highlight(...lit.filter((l) => l.name === name).map((l) => this.#domRange(l.range)));
      found.priority = n;
      CSS.highlights.set(`desk-${name}`, found);
    });
  }

  /** Marks round whole words, where the browser cannot light a range: half a word in a mark would lose the joins of its letters. */
  #mark(lit: readonly Lit[]): void {
    const classes = new Map<number, { end: number; names: Set<string> }>();
    for (const l of lit.filter((x) => x.name !== "quote")) {
      const whole = snapped(this.words, l.range);
      for (const w of this.words) {
        if (w.start < whole.start || w.end > whole.end) continue;
        const at = classes.get(w.start) ?? { end: w.end, names: new Set() };
        classes.set(w.start, { end: w.end, names: at.names.add(l.name) });
      }
    }
    const nodes: (Node | string)[] = [];
    let from = 0;
    for (const [start, { end, names }] of [...classes].sort((a, b) => a[0] - b[0])) {
      nodes.push(this.#slice(from, start), make("mark", { class: [...names].map((n) => `lit-${n}`).join(" ") }, this.#slice(start, end)));
      from = end;
    }
    this.root.replaceChildren(...nodes, this.#slice(from, this.#offsets.length));
  }

  #slice(start: number, end: number): string {
    return this.#shown.slice(this.#offsets.unit(start), this.#offsets.unit(end));
  }

  scrollTo(range: Range): void {
    if (range.start >= this.#offsets.length) return;
    const at = this.#domRange(range).getBoundingClientRect();
    const box = this.root.getBoundingClientRect();
    const above = at.top < box.top + 24;
    if (above || at.bottom > box.bottom - 24) this.root.scrollTop += at.top - box.top - Math.min(box.height / 3, Math.max(24, (box.height - at.height) / 2));
  }

  /** What is selected, in code points, whole words of it unless told otherwise; null where nothing of the text is. */
  selection(exact: boolean): Range | null {
    const chosen = getSelection();
    if (!chosen || chosen.isCollapsed || chosen.rangeCount === 0) return null;
    const range = chosen.getRangeAt(0);
    if (!this.root.contains(range.startContainer) || !this.root.contains(range.endContainer)) return null;
    const [start, end] = [this.#point(range.startContainer, range.startOffset), this.#point(range.endContainer, range.endOffset)];
    if (end <= start) return null;
    return exact ? { start, end } : snapped(this.words, { start, end });
  }

  #point(node: Node, offset: number): number {
    if (node === this.root) return offset === 0 ? 0 : this.#offsets.length;
    let before = 0;
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT);
    for (let next = walker.nextNode(); next; next = walker.nextNode()) {
      if (next === node || node.contains(next)) break;
      before += next.nodeValue?.length ?? 0;
    }
    return this.#offsets.point(before + (node.nodeType === Node.TEXT_NODE ? offset : 0));
  }

  #domRange(range: Range): globalThis.Range {
    const found = document.createRange();
    const [from, to] = [this.#place(this.#offsets.unit(range.start)), this.#place(this.#offsets.unit(range.end))];
    found.setStart(...from);
    found.setEnd(...to);
    return found;
  }

  #place(unit: number): [Node, number] {
    let rest = unit;
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT);
    for (let next = walker.nextNode(); next; next = walker.nextNode()) {
      const length = next.nodeValue?.length ?? 0;
      if (rest <= length) return [next, rest];
      rest -= length;
    }
    return [this.root, 0];
  }
}
