/** What stands where: the parts of mentions as spans of the text, the sources they rest on, and what is chosen by a click or a key. */
import type { Mention, Source, Span, When } from "./page.ts";

/** The parts of a mention that the text is evidence of. */
export const PARTS = ["trigger", "actors", "recipients", "places", "time", "counts", "sources"] as const;
export type Part = (typeof PARTS)[number];

/** A mention as the article page gives it: `said` is when its source spoke. */
export interface Told extends Mention {
  readonly said?: When | Span | null;
}

/** One span of evidence: whose, and of what. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly part: Part;
  readonly mention: number;
}

/** A source by its span, and the mentions whose chain it is in. */
export interface Voice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: string;
  readonly mentions: readonly number[];
}

export type Choice = { readonly kind: "mention"; readonly at: number } | { readonly kind: "voice"; readonly at: number };

/** All spans of evidence of some mentions, in the order of the mentions. */
export function pieces(mentions: readonly Told[]): Piece[] {
  return mentions.flatMap((m, mention) => [...spans(m)].map(([part, s]) => ({ start: s.start, end: s.end, part, mention })));
}

function* spans(m: Told): Generator<[Part, Span]> {
  yield ["trigger", m.trigger];
  for (const part of ["actors", "recipients", "places", "counts"] as const) for (const s of m[part]) yield [part, s];
  for (const when of [m.time, m.said]) if (when) yield ["time", "span" in when ? when.span : when];
  for (const s of m.sources) {
    yield ["sources", s];
    if (s.cue) yield ["sources", s.cue];
  }
}

/** The distinct sources of an article in the order of its text. One span is one source, however many mentions rest on it. */
export function voices(mentions: readonly Told[]): Voice[] {
  const found = new Map<string, Source & { mentions: number[] }>();
  mentions.forEach((m, i) => {
    for (const s of m.sources) {
      const held = found.get(`${s.start}:${s.end}`);
      if (!held) found.set(`${s.start}:${s.end}`, { ...s, mentions: [i] });
      else if (!held.mentions.includes(i)) held.mentions.push(i);
    }
  });
  return [...found.values()].map(({ start, end, text, kind, mentions: of }) => ({ start, end, text, kind, mentions: of })).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether two choices are the same. */
export function same(a: Choice | null, b: Choice | null): boolean {
  return a === b || (a !== null && b !== null && a.kind === b.kind && a.at === b.at);
}

/** What a click on a code point may choose, in the order in which clicks go through it: events told by this very word, then sources, then events that it is other evidence of. */
export function choicesAt(point: number, all: readonly Piece[], said: readonly Voice[]): Choice[] {
  const here = all.filter((p) => p.start <= point && point < p.end).sort((a, b) => a.end - a.start - (b.end - b.start));
  const out: Choice[] = [];
  const add = (c: Choice): void => void (out.some((o) => same(o, c)) || out.push(c));
  for (const p of here) if (p.part === "trigger") add({ kind: "mention", at: p.mention });
  if (here.some((p) => p.part === "sources")) {
    said.forEach((v, at) => v.start <= point && point < v.end && add({ kind: "voice", at }));
  }
  for (const p of here) add({ kind: "mention", at: p.mention });
  return out;
}

/** The choice after the one that stands, round and round; the first where another stands. */
export function after(choices: readonly Choice[], now: Choice | null): Choice | null {
  const at = choices.findIndex((c) => same(c, now));
  return choices[(at + 1) % Math.max(choices.length, 1)] ?? null;
}

/** The number that a step leads to among those shown; from nothing chosen, the first or the last. Steps stop at the ends. */
export function stepped(shown: readonly number[], now: number | null, by: 1 | -1): number | null {
  if (shown.length === 0) return null;
  const at = now === null ? -1 : shown.indexOf(now);
  if (at < 0) return near(shown, now, by);
  return shown[Math.min(Math.max(at + by, 0), shown.length - 1)] ?? null;
}

/** From something that is not shown (or nothing), the next shown in the direction of the step. */
function near(shown: readonly number[], now: number | null, by: 1 | -1): number | null {
  if (now === null) return (by > 0 ? shown[0] : shown.at(-1)) ?? null;
  const next = by > 0 ? shown.find((n) => n > now) : shown.findLast((n) => n < now);
  return next ?? (by > 0 ? shown.at(-1) : shown[0]) ?? null;
}

/** A line to draw: from what says to what is said. */
export interface Link {
  readonly from: Span;
  readonly to: Span;
}

/** The lines of a chain: each source to the next and the innermost to the trigger, from a given source on. */
export function links(m: Told, from = 0): Link[] {
  const chain: readonly Span[] = [...m.sources.slice(from), m.trigger];
  return chain.slice(1).map((to, i) => ({ from: chain[i] as Span, to }));
}

/** The lines of everything that rests on a source, each once. */
export function linksOf(voice: Voice, mentions: readonly Told[]): Link[] {
  const out = new Map<string, Link>();
  for (const i of voice.mentions) {
    const m = mentions[i] as Told;
    const from = m.sources.findIndex((s) => s.start === voice.start && s.end === voice.end);
    for (const link of links(m, Math.max(from, 0))) out.set(`${link.from.start}:${link.from.end}>${link.to.start}:${link.to.end}`, link);
  }
  return [...out.values()];
}

/** Words of a text as they may be shown: controls of direction are replaced by their signs, one for one, and never obeyed. */
export function visible(text: string, controls: Readonly<Record<string, readonly [string, string]>>): string {
  return [...text].map((c) => controls[c]?.[0] ?? c).join("").replace(/\s+/gu, " ").trim();
}
