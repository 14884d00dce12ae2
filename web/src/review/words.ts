/** How the desk says things: names of parts, reasons of doubt, icons of standing. */
import { draw, make, visible, type Shared } from "./common.ts";
import type { Confidence, Decided, Fields, Item } from "./types.ts";
import type { Part } from "./draft.ts";

export interface Context {
  readonly shared: Shared;
  readonly t: (key: string, values?: Readonly<Record<string, string | number>>) => string;
}

const DOUBTFUL = 0.7;
const PATHS: Readonly<Record<string, string>> = {
  machine: "M3 5h10v7H3zM8 5V2M6 8h.01M10 8h.01M1 8v2M15 8v2",
  reviewed: "M2 8.5 6 12.5 14 3.5",
  adjudicated: "M8 2v12M4 14h8M2 5h12M2 5 .5 9.5h3zM14 5l-1.5 4.5h3z",
  unsure: "M5 5.5a3 3 0 1 1 4.2 2.7C8.3 8.7 8 9.3 8 10.5M8 13.5h.01",
  rejected: "M3.5 3.5l9 9M12.5 3.5l-9 9",
};

/** Words of an article within the interface. */
export function arabic(cx: Context, text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  return make("bdi", { lang: "ar", dir: "rtl", ...attributes }, visible(text, cx.shared.controls));
}

/** Text of no known direction that came with an article or from a person. */
export function foreign(cx: Context, text: string): HTMLElement {
  return make("bdi", {}, visible(text, cx.shared.controls));
}

/** How a mention stands: an icon, a word and (in the style sheet) a kind of border. */
export function standing(cx: Context, how: string): HTMLElement {
  const icon = draw("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, draw("path", { d: PATHS[how] ?? "", fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round" }));
  return make("span", { class: `badge badge-${how}` }, icon, cx.t(`script.review.standing_${how}`));
}

export function status(cx: Context, code: string): HTMLElement {
  return make("span", { class: `status status-${code}` }, cx.t(`status.${code}`));
}

/** Why an item is doubtful, in words. */
export function reasons(cx: Context, item: Item): string {
  return item.reasons.map((r) => {
    const [name, field] = r.reason.split(":") as [string, string | undefined];
    return cx.t(`script.review.doubt_${name.replace(/-/g, "_")}`, field ? { field: fieldName(cx, field) } : {});
  }).join(cx.shared.lang === "ar" ? "، " : ", ");
}

export function fieldName(cx: Context, field: string): string {
  const own = ["mention", "status", "modes", "type"].includes(field);
  return cx.t(own ? `script.review.field_${field}` : `part.${field}`);
}

/** The reader's confidence in a field (of a list, in one of it), doubtful ones by sign and word. */
export function confidence(cx: Context, known: Confidence | null | undefined, field: string, n?: number): HTMLElement | null {
  const found = known?.[field];
  const p = Array.isArray(found) ? (n === undefined ? (found.length ? Math.min(...(found as number[])) : undefined) : (found[n] as number | undefined)) : (found as number | null | undefined);
  if (p === undefined || p === null) return null;
  const percent = new Intl.NumberFormat(cx.shared.lang === "ar" ? "ar-u-nu-latn" : "en", { style: "percent" }).format(p);
  const low = p < DOUBTFUL;
  const said = cx.t(low ? "script.review.doubtful" : "script.review.confidence", { p: percent });
  return make("span", { class: low ? "sure sure-low" : "sure", title: said }, make("span", { "aria-hidden": "true" }, low ? `? ${percent}` : percent), make("span", { class: "sr" }, said));
}

/** A mention in a line: its type and the word that tells it. */
export function named(cx: Context, f: Fields): string {
  return `${cx.t(`type.${f.type}`)} «${visible(f.trigger.text, cx.shared.controls)}»`;
}

/** What somebody decided, in a sentence. */
export function told(cx: Context, d: Decided | null): string {
  if (!d) return cx.t("script.review.was_undone");
  const when = new Intl.DateTimeFormat(cx.shared.lang === "ar" ? "ar-u-nu-latn" : "en", { dateStyle: "medium", timeStyle: "short" }).format(new Date(d.at));
  const more = d.kind === "fix" && d.value ? ` (${named(cx, d.value as Fields)}, ${cx.t(`status.${(d.value as Fields).status}`)})` : "";
  return cx.t("script.review.was_decided", { who: `\u2068${d.who}\u2069`, what: cx.t(`decision.${d.kind}`) + more, when });
}

export function partName(cx: Context, part: Part): string {
  return cx.t(`part.${part}`);
}
