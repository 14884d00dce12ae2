/** A mention to look at: what was read, part by part, with the reader's doubts. */
import { make } from "./common.ts";
import { arabic, confidence, fieldName, foreign, partName, status, type Context } from "./words.ts";
import { PARTS, type Part } from "./draft.ts";
import type { Count, Fields, Party, Place, Source, When } from "./types.ts";

/** Status, modes and how sure the reader is, in one line. */
export function heading(cx: Context, f: Fields): HTMLElement {
  const modes = f.modes.map((m) => make("span", { class: "mode" }, cx.t(`mode.${m}`)));
  const sure = f.confidence;
  const event = confidence(cx, sure, "mention");
  return make("p", { class: "kind-line" }, status(cx, f.status), " ", confidence(cx, sure, "status"), " ", ...modes, event && make("span", { class: "whole" }, fieldName(cx, "mention"), " ", event));
}

/** The parts of a mention as a list of terms; `same` says which parts agree with another coding (for laying codings side by side). */
export function facts(cx: Context, f: Fields): HTMLElement {
  return make("dl", { class: "facts" }, ...PARTS.map((part) => {
    const rows = valuesOf(cx, f, part);
    const dds = rows.length ? rows.map((r) => make("dd", {}, ...r)) : [make("dd", { class: "none" }, cx.t("script.review.none"))];
    return make("div", { class: `fact fact-${part}` }, make("dt", {}, partName(cx, part)), ...dds);
  }));
}

type Row = (Node | string)[];

/** The values of a part, one row each. */
export function valuesOf(cx: Context, f: Fields, part: Part): Row[] {
  const sure = (n?: number): Row => {
    const found = part === "trigger" ? null : confidence(cx, f.confidence, part, n);
    return found ? [" ", found] : [];
  };
  if (part === "trigger") return [[arabic(cx, f.trigger.text)]];
  if (part === "time") return f.time ? [[...when(cx, f.time), ...sure()]] : [];
  if (part === "places") return f.places.map((p, n) => [...where(cx, p), ...sure(n)]);
  if (part === "counts") return f.counts.map((c, n) => [...many(cx, c), ...sure(n)]);
  if (part === "sources") return f.sources.map((s, n) => [...voice(cx, s, n, f.sources.length), ...sure(n)]);
  return f[part].map((p, n) => [...party(cx, p), ...sure(n)]);
}

function party(cx: Context, p: Party): Row {
  return [arabic(cx, p.text), " ", ...(p.name ? [foreign(cx, p.name), " "] : []), make("code", { dir: "ltr" }, p.code)];
}

function where(cx: Context, p: Place): Row {
  const precision = make("span", { class: "precision" }, cx.t(`precision.${p.precision}`));
  return [arabic(cx, p.text), " ", foreign(cx, p.name), " ", ...(p.country ? [make("code", { dir: "ltr" }, p.country), " "] : []), precision];
}

function when(cx: Context, w: When): Row {
  if (!w.start) return [arabic(cx, w.span.text), " ", make("span", { class: "precision" }, cx.t("script.review.no_day"))];
  const days = w.end && w.end !== w.start ? `${w.start} – ${w.end}` : w.start;
  return [arabic(cx, w.span.text), " ", make("bdi", { dir: "ltr", class: "days" }, days)];
}

function many(cx: Context, c: Count): Row {
  const figure = c.high === null ? `${c.low}+` : c.high === c.low ? String(c.low) : `${c.low}–${c.high}`;
  return [arabic(cx, c.text), " ", cx.t(`role.${c.role}`), " ", make("bdi", { dir: "ltr", class: "figure" }, figure)];
}

function voice(cx: Context, s: Source, n: number, of: number): Row {
  const place = of > 1 ? [make("span", { class: "order" }, `${n + 1}.`), " "] : [];
  const cue = s.cue ? [" · ", make("span", { class: "cue" }, cx.t("script.review.cue"), " ", arabic(cx, s.cue.text))] : [];
  return [...place, arabic(cx, s.text), " ", make("span", { class: "kind" }, cx.t(`kind.${s.kind}`)), ...cue];
}
