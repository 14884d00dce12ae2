/** A mention as a form: every field by hand, every span by mouse and by keys. */
import { make } from "./common.ts";
import { arabic, partName, type Context } from "./words.ts";
import { PARTS, place, reordered, sameSlot, spanAt, withSpan, without, type List, type Part, type Slot } from "./draft.ts";
import { keyed, type Range } from "./spans.ts";
import type { Pane } from "./pane.ts";
import type { Count, Fields, Party, Place, Source } from "./types.ts";
import ontology from "./ontology.json";

export interface Wishes {
  readonly adding: boolean;
  /** Where spans begin that are not there yet. */
  readonly near: Range;
  readonly changed: (fields: Fields, chosen: Range | null) => void;
  readonly save: (fields: Fields) => void;
  readonly leave: () => void;
  readonly anew: () => void;
  readonly say: (text: string) => void;
}

const CODE = "(?:[A-Z]{3}|-)(?: (?:[A-Z]{3}|-))?";
const MODES: Readonly<Record<string, readonly string[]>> = ontology.modes;

export class Form {
  readonly root: HTMLFormElement;
  readonly #cx: Context;
  readonly #pane: Pane;
  readonly #wishes: Wishes;
  #fields: Fields;
  #slot: Slot | null = null;

  constructor(cx: Context, pane: Pane, fields: Fields, wishes: Wishes) {
    this.#cx = cx;
    this.#pane = pane;
    this.#fields = structuredClone(fields);
    this.#wishes = wishes;
    this.root = make("form", { class: "fix", "aria-label": cx.t(wishes.adding ? "script.review.adding" : "script.review.fixing"), novalidate: true });
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.root.addEventListener("keydown", (event) => this.#keys(event));
    if (wishes.adding) this.#slot = { part: "trigger", n: 0 };
    this.#draw();
  }

  begin(): void {
    const first = this.#wishes.adding ? this.root.querySelector<HTMLElement>("[data-slot='trigger.0']") : this.root.querySelector<HTMLElement>("select");
    first?.focus({ preventScroll: true });
  }

  save(): void {
    if (this.#fields.trigger.end <= this.#fields.trigger.start) {
      this.#slot = { part: "trigger", n: 0 };
      this.#draw();
      this.#focusSlot();
      this.#wishes.say(this.#cx.t("script.review.needs_trigger"));
    } else if (this.root.reportValidity()) this.#wishes.save(this.#fields);
  }

  /** Words were selected in the text: they become the chosen span. */
  take(range: Range, refocus: boolean): boolean {
    if (!this.#slot) return false;
    this.#put(range);
    if (refocus) this.#focusSlot();
    return true;
  }

  #put(range: Range): void {
    if (!this.#slot) return;
    const span = this.#pane.span(range);
    this.#change(withSpan(this.#fields, this.#slot, span));
    this.#pane.scrollTo(range);
    this.#wishes.say(this.#cx.t("script.review.span_is", { text: `\u2068${span.text}\u2069` }));
  }

  #change(next: Fields, redraw = true): void {
    this.#fields = next;
    if (redraw) this.#draw();
    this.#tell();
  }

  #tell(): void {
    this.#wishes.changed(this.#fields, this.#slot ? spanAt(this.#fields, this.#slot) : null);
  }

  #keys(event: KeyboardEvent): void {
    const chip = (event.target as HTMLElement).closest<HTMLElement>("[data-slot]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target instanceof HTMLSelectElement)) {
      event.preventDefault();
      this.save();
    } else if (chip && this.#slot) this.#spanKeys(event, this.#slot);
  }

  #spanKeys(event: KeyboardEvent, slot: Slot): void {
    const now = spanAt(this.#fields, slot);
    if (event.key === "Delete" || event.key === "Backspace") this.#remove(slot);
    else if (event.key === "Enter") this.#next();
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const range = now ? keyed(this.#pane.words, now, { key: event.key, shift: event.shiftKey, alt: event.altKey }) : this.#firstWord();
      if (!range) return;
      this.#put(range);
      this.#focusSlot();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #firstWord(): Range | null {
    const near = this.#fields.trigger.end > this.#fields.trigger.start ? this.#fields.trigger : this.#wishes.near;
    return this.#pane.words.find((w) => w.start >= near.start) ?? null;
  }

  /** On to the field behind the chosen span. */
  #next(): void {
    const all = [...this.root.querySelectorAll<HTMLElement>("button, select, input")];
    const at = all.findIndex((e) => e === document.activeElement);
    const type = this.#wishes.adding && this.#slot?.part === "trigger" ? this.root.querySelector<HTMLElement>("select") : null;
    (type ?? all[at + 1])?.focus();
  }

  #remove(slot: Slot): void {
    if (slot.part === "trigger") return;
    this.#slot = slot.cue ? slot : null;
    this.#change(without(this.#fields, slot));
    this.#wishes.say(this.#cx.t("script.review.removed", { part: partName(this.#cx, slot.part) }));
    const back = slot.cue ? `[data-slot='${idOf(slot)}']` : `[data-add='${slot.part}']`;
    this.root.querySelector<HTMLElement>(back)?.focus({ preventScroll: true });
  }

  #choose(slot: Slot): void {
    if (sameSlot(slot, this.#slot)) return;
    this.#slot = slot;
    for (const chip of this.root.querySelectorAll<HTMLElement>("[data-slot]")) chip.setAttribute("aria-pressed", String(chip.dataset["slot"] === idOf(slot)));
    const range = spanAt(this.#fields, slot);
    if (range) this.#pane.scrollTo(range);
    this.#tell();
  }

  #focusSlot(): void {
    if (this.#slot) this.root.querySelector<HTMLElement>(`[data-slot='${idOf(this.#slot)}']`)?.focus({ preventScroll: true });
  }

  // --- drawing

  #draw(): void {
    const { t } = this.#cx;
    const was = (document.activeElement as HTMLElement | null)?.dataset["field"];
    const rows = PARTS.map((p) => this.#part(p));
    const acts = make("div", { class: "fix-acts" },
      make("button", { type: "submit", class: "primary" }, t(this.#wishes.adding ? "script.review.add_save" : "script.review.save"), " ", make("kbd", {}, "Enter")),
      button(t("script.review.leave"), () => this.#wishes.leave(), "Esc"), button(t("script.review.anew"), () => this.#wishes.anew()));
    this.root.replaceChildren(...(this.#wishes.adding ? [rows[0] as HTMLElement, this.#what(), ...rows.slice(1)] : [this.#what(), ...rows]), make("p", { class: "hint" }, t("script.review.span_hint")), acts);
    if (was) this.root.querySelector<HTMLElement>(`[data-field='${was}']`)?.focus({ preventScroll: true });
  }

  #what(): HTMLElement {
    const { t } = this.#cx;
    const type = select(t("script.review.field_type"), "type", ontology.types.map((x) => [x, t(`type.${x}`)]), this.#fields.type, (value) => {
      const modes = this.#fields.modes.filter((m) => MODES[value]?.includes(m));
      this.#change({ ...this.#fields, type: value, modes });
    });
    const how = select(t("script.review.field_status"), "status", ontology.statuses.map((x) => [x, t(`status.${x}`)]), this.#fields.status, (status) => this.#change({ ...this.#fields, status }, false));
    const modes = MODES[this.#fields.type] ?? [];
    const boxes = modes.map((m) => {
      const box = make("input", { type: "checkbox", checked: this.#fields.modes.includes(m), "data-field": `mode.${m}` });
      box.addEventListener("change", () => this.#change({ ...this.#fields, modes: modes.filter((x) => (x === m ? box.checked : this.#fields.modes.includes(x))) }, false));
      return make("label", { class: "box" }, box, " ", t(`mode.${m}`));
    });
    const choice = boxes.length ? make("fieldset", { class: "modes" }, make("legend", {}, t("script.review.field_modes")), ...boxes) : null;
    return make("div", { class: "what" }, make("div", { class: "pair" }, type, how), choice);
  }

  #part(part: Part): HTMLElement {
    const heading = make("h3", {}, partName(this.#cx, part));
    const single = part === "trigger" || part === "time";
    const number = single ? Number(part === "trigger" || this.#fields.time !== null) : this.#fields[part].length;
    const begun = this.#slot?.part === part && !this.#slot.cue && this.#slot.n >= number ? 1 : 0;
    const lines = Array.from({ length: number + begun }, (_, n) => this.#line(part, n));
    const more = part === "trigger" || (part === "time" && number + begun > 0) || begun ? null : this.#more(part, number);
    return make("section", { class: `part part-${part}` }, heading, more, ...lines);
  }

  #more(part: Part, n: number): HTMLElement {
    const label = this.#cx.t("script.review.more", { part: partName(this.#cx, part) });
    const more = button("+", () => {
      this.#slot = { part, n };
      this.#draw();
      this.#tell();
      this.#focusSlot();
    });
    more.className = "more";
    more.setAttribute("aria-label", label);
    more.title = label;
    more.dataset["add"] = part;
    return more;
  }

  #line(part: Part, n: number): HTMLElement {
    const slot = { part, n };
    const line = make("div", { class: "entry" }, this.#chip(slot));
    if (part === "time") line.append(...this.#days());
    else if (part !== "trigger" && this.#fields[part][n]) line.append(...this.#details(part, n));
    if (part !== "trigger") {
      const gone = button("×", () => this.#remove(slot));
      gone.className = "gone";
      gone.setAttribute("aria-label", this.#cx.t("script.review.remove", { part: partName(this.#cx, part) }));
      line.append(gone);
    }
    return line;
  }

  #chip(slot: Slot): HTMLElement {
    const span = spanAt(this.#fields, slot);
    const words = span ? arabic(this.#cx, span.text) : make("span", { class: "none" }, this.#cx.t(slot.cue ? "script.review.no_cue" : "script.review.choose_words"));
    const name = slot.cue ? this.#cx.t("script.review.cue") : partName(this.#cx, slot.part);
    const chip = make("button", { type: "button", class: `chip chip-${slot.cue ? "cue" : slot.part}`, "data-slot": idOf(slot), "data-field": idOf(slot), "aria-pressed": String(sameSlot(slot, this.#slot)) }, make("span", { class: "sr" }, `${name}: `), words);
    chip.addEventListener("click", () => this.#choose(slot));
    chip.addEventListener("focus", () => this.#choose(slot));
    return chip;
  }

  #details(part: List, n: number): HTMLElement[] {
    if (part === "places") return this.#place(n);
    if (part === "counts") return this.#count(n);
    if (part === "sources") return this.#source(n);
    const p = (): Party => this.#fields[part][n] as Party;
    const code = this.#input("code", `${part}.${n}.code`, p().code, { pattern: CODE, dir: "ltr", size: 8, maxlength: 7, required: true, title: this.#cx.t("script.review.code_how"), spellcheck: "false", autocapitalize: "characters" }, (value) => {
      const { name: _, entity: __, ...rest } = p();
      this.#set(part, n, { ...rest, code: value.toUpperCase() });
    });
    return [code];
  }

  #place(n: number): HTMLElement[] {
    const { t } = this.#cx;
    const p = (): Place => this.#fields.places[n] as Place;
    const others = (Array.isArray(p().candidates) ? p().candidates : []) as Place[];
    const name = this.#input("place_name", `places.${n}.name`, p().name, { dir: "auto", required: true }, (value) => this.#set("places", n, { ...spanOf(p()), ...place(value, p().country) }));
    const country = this.#input("country", `places.${n}.country`, p().country ?? "", { dir: "ltr", pattern: "[A-Z]{3}", size: 4, maxlength: 3, title: t("script.review.country_how"), spellcheck: "false" }, (value) => this.#set("places", n, { ...spanOf(p()), ...place(p().name, value.toUpperCase() || null) }));
    return others.length ? [this.#which(p(), others, n), name, country] : [name, country];
  }

  /** Which of the places of that name. */
  #which(p: Place, others: readonly Place[], n: number): HTMLElement {
    const all = [p, ...others];
    const names = all.map((o, i): [string, string] => [String(i), [o.name, o.admin1, o.country].filter(Boolean).join(", ")]);
    return select(this.#cx.t("script.review.which"), `places.${n}.which`, names, "0", (value) => {
      const chosen = all[Number(value)] as Place;
      const rest = all.filter((o) => o !== chosen).map(({ start: _, end: __, text: ___, candidates: ____, ...o }) => o as unknown);
      this.#set("places", n, { ...chosen, ...spanOf(p), candidates: rest } as Place, true);
    });
  }

  #days(): HTMLElement[] {
    if (!this.#fields.time) return [];
    const day = (edge: "start" | "end"): HTMLElement => this.#input(edge === "start" ? "day_first" : "day_last", `time.${edge}`, this.#fields.time?.[edge] ?? "", { type: "date" }, (value) => {
      if (!this.#fields.time) return;
      const { conflict: _, ...rest } = this.#fields.time;
      const next = { ...rest, [edge]: value || null };
      if (!value) next.start = next.end = null;
      else if (next.start === null || next.end === null || next.end < next.start) next.start = next.end = value;
      this.#change({ ...this.#fields, time: next }, false);
      this.#refresh("time.start", next.start ?? "");
      this.#refresh("time.end", next.end ?? "");
    });
    return [day("start"), day("end")];
  }

  #count(n: number): HTMLElement[] {
    const { t } = this.#cx;
    const c = (): Count => this.#fields.counts[n] as Count;
    const role = select(t("script.review.role"), `counts.${n}.role`, ontology.roles.map((r) => [r, t(`role.${r}`)]), c().role, (value) => this.#set("counts", n, { ...c(), role: value }));
    const low = this.#input("low", `counts.${n}.low`, String(c().low), { type: "number", min: 0, required: true }, (value) => {
      const [was, least] = [c(), Number(value)];
      const high = was.high === null ? null : was.high === was.low ? least : Math.max(least, was.high);
      this.#set("counts", n, { ...was, low: least, high });
      this.#refresh(`counts.${n}.high`, high === null ? "" : String(high));
    });
    const high = this.#input("high", `counts.${n}.high`, c().high === null ? "" : String(c().high), { type: "number", min: 0, placeholder: "…" }, (value) => {
      const { open: _, ...rest } = c();
      this.#set("counts", n, value === "" ? { ...rest, high: null, open: true } : { ...rest, high: Math.max(rest.low, Number(value)) });
      if (value !== "") this.#refresh(`counts.${n}.high`, String(Math.max(rest.low, Number(value))));
    });
    return [role, low, high];
  }

  #source(n: number): HTMLElement[] {
    const { t } = this.#cx;
    const s = (): Source => this.#fields.sources[n] as Source;
    const kind = select(t("script.review.source_kind"), `sources.${n}.kind`, ontology.kinds.map((k) => [k, t(`kind.${k}`)]), s().kind, (value) => this.#set("sources", n, { ...s(), kind: value }));
    const cue = make("span", { class: "cue-field" }, make("span", { class: "name" }, t("script.review.cue")), this.#chip({ part: "sources", n, cue: true }));
    const up = n > 0 ? [button("↑", () => this.#reorder(n, -1))] : [];
    for (const b of up) b.setAttribute("aria-label", t("script.review.earlier"));
    return [kind, cue, ...up];
  }

  #reorder(n: number, by: 1 | -1): void {
    this.#slot = { part: "sources", n: n + by };
    this.#change(reordered(this.#fields, n, by));
    this.#focusSlot();
  }

  /** Fields are not drawn anew while somebody goes through them with Tab: where the focus goes to must not vanish. */
  #set<L extends List>(part: L, n: number, value: Fields[L][number], redraw = false): void {
    this.#change({ ...this.#fields, [part]: (this.#fields[part] as readonly unknown[]).map((v, i) => (i === n ? value : v)) }, redraw);
  }

  #refresh(field: string, value: string): void {
    const input = this.root.querySelector<HTMLInputElement>(`input[data-field='${field}']`);
    if (input && input.value !== value) input.value = value;
  }

  #input(name: string, field: string, value: string, attributes: Readonly<Record<string, string | number | boolean>>, changed: (value: string) => void): HTMLElement {
    const input = make("input", { type: "text", autocomplete: "off", ...attributes, value, "data-field": field });
    input.addEventListener("change", () => changed(input.value.trim()));
    return make("label", { class: `field field-${name}` }, make("span", { class: "name" }, this.#cx.t(`script.review.${name}`)), input);
  }
}

function spanOf(p: Place): { start: number; end: number; text: string } {
  return { start: p.start, end: p.end, text: p.text };
}

function idOf(slot: Slot): string {
  return `${slot.part}.${slot.n}${slot.cue ? ".cue" : ""}`;
}

function button(label: string, press: () => void, key?: string): HTMLButtonElement {
  const made = make("button", { type: "button" }, label, key ? " " : null, key ? make("kbd", {}, key) : null);
  made.addEventListener("click", press);
  return made;
}

function select(label: string, field: string, choices: readonly (readonly [string, string])[], value: string, changed: (value: string) => void): HTMLElement {
  const field_ = make("select", { "data-field": field }, ...choices.map(([code, name]) => make("option", { value: code, selected: code === value }, name)));
  field_.addEventListener("change", () => changed(field_.value));
  return make("label", { class: "field" }, make("span", { class: "name" }, label), field_);
}
