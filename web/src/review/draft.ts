/** A mention while it is corrected: its spans by slot, what a new part begins as, and what is sent. Nothing here changes what it is given. */
import type { Span } from "../page.ts";
import type { Range } from "./spans.ts";
import type { Count, Fields, Place } from "./types.ts";

export type List = "actors" | "recipients" | "places" | "counts" | "sources";
export type Part = "trigger" | "time" | List;
export const LISTS: readonly List[] = ["actors", "recipients", "places", "counts", "sources"];
export const PARTS: readonly Part[] = ["trigger", "actors", "recipients", "places", "time", "counts", "sources"];

/** Where a span belongs: the n-th of a list (one behind the last: a new one), or the word that introduces a source. */
export interface Slot {
  readonly part: Part;
  readonly n: number;
  readonly cue?: boolean;
}

export function sameSlot(a: Slot | null, b: Slot | null): boolean {
  return a?.part === b?.part && a?.n === b?.n && !!a?.cue === !!b?.cue;
}

/** The span in a slot; null where there is none yet. */
export function spanAt(f: Fields, slot: Slot): Span | null {
  if (slot.part === "trigger") return f.trigger.end > f.trigger.start ? f.trigger : null;
  if (slot.part === "time") return f.time?.span ?? null;
  if (slot.cue) return f.sources[slot.n]?.cue ?? null;
  return f[slot.part][slot.n] ?? null;
}

/** The mention with a span in a slot. */
export function withSpan(f: Fields, slot: Slot, span: Span): Fields {
  const next = structuredClone(f);
  if (slot.part === "trigger") next.trigger = span;
  else if (slot.part === "time") next.time = next.time ? { ...next.time, span } : { span, start: null, end: null };
  else if (slot.cue) next.sources = next.sources.map((s, n) => (n === slot.n ? { ...s, cue: span } : s));
  else if (slot.n < next[slot.part].length) Object.assign(next[slot.part][slot.n] as object, span);
  else (next[slot.part] as unknown[]).push(begun(slot.part, span));
  return next;
}

/** The mention without what is in a slot; a trigger stays, there is no mention without. */
export function without(f: Fields, slot: Slot): Fields {
  const next = structuredClone(f);
  if (slot.part === "trigger") return next;
  if (slot.part === "time") next.time = null;
  else if (slot.cue) next.sources = next.sources.map((s, n) => (n === slot.n ? { ...s, cue: null } : s));
  else (next[slot.part] as unknown[]).splice(slot.n, 1);
  if (slot.part === "counts") next.counts = next.counts.map((c) => renumbered(c, slot.n));
  return next;
}

/** A count whose total may have gone or moved up. */
function renumbered(c: Count, gone: number): Count {
  const { part_of, ...rest } = c as Count & { part_of?: number };
  if (part_of === undefined || part_of === gone) return rest;
  return { ...rest, part_of: part_of > gone ? part_of - 1 : part_of } as Count;
}

/** The mention with a source one place further on in its chain (or back). */
export function reordered(f: Fields, n: number, by: 1 | -1): Fields {
  const next = structuredClone(f);
  const [one, other] = [next.sources[n], next.sources[n + by]];
  if (one && other) [next.sources[n], next.sources[n + by]] = [other, one];
  return next;
}

function begun(part: List, span: Span): object {
  if (part === "places") return { ...span, ...place(span.text, null) };
  if (part === "counts") return { ...span, ...figures(span.text), role: "killed", who: span.text.trim().split(/\s+/).at(-1) ?? span.text };
  if (part === "sources") return { ...span, kind: "named", cue: null };
  return { ...span, code: "- -" };
}

/** A place as a person names it: where on the map it lies is not known by that. */
export function place(name: string, country: string | null): Omit<Place, keyof Span> {
  return { name, country, admin1: null, lat: null, lon: null, precision: "unknown", basis: "user", id: null };
}

/** The number that stands in a phrase in digits, Arabic or European; 1 where none does. */
export function figures(text: string): { low: number; high: number } {
  const digits = text.replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660)).replace(/(\d)[,٬](?=\d{3})/g, "$1").match(/\d+/);
  const n = digits ? Number(digits[0]) : 1;
  return { low: n, high: n };
}

/** A mention that was missed, before anything is known of it; `taken` are the event names of its article. */
export function blank(taken: readonly string[]): Fields {
  const numbers = taken.map((e) => Number(/^e(\d+)$/.exec(e)?.[1] ?? 0));
  const trigger = { start: 0, end: 0, text: "" };
  const none = { modes: [], actors: [], recipients: [], places: [], time: null, counts: [], sources: [] };
  return { ...none, trigger, type: "ASSAULT", status: "actual", event: `e${Math.max(0, ...numbers) + 1}` };
}

/** What is sent: without the probabilities and reasons of a reader, which are not a person's. */
export function valueOf(f: Fields): Fields {
  const { confidence: _, why: __, ...rest } = structuredClone(f);
  return rest;
}

export function differs(a: Fields, b: Fields): boolean {
  return JSON.stringify(valueOf(a)) !== JSON.stringify(valueOf(b));
}

/** Spans of a mention by the part they are evidence of, for marking. */
export function evidence(f: Fields): { readonly part: Part; readonly range: Range }[] {
  const lists = LISTS.flatMap((part) => f[part].map((span) => ({ part, range: span })));
  const cues = f.sources.flatMap((s) => (s.cue ? [{ part: "sources" as const, range: s.cue }] : []));
  const time = f.time ? [{ part: "time" as const, range: f.time.span }] : [];
  const trigger = f.trigger.end > f.trigger.start ? [{ part: "trigger" as const, range: f.trigger }] : [];
  return [...lists, ...cues, ...time, ...trigger];
}
