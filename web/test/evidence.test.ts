import assert from "node:assert/strict";
import { test } from "node:test";
import { type Told, after, choicesAt, links, linksOf, pieces, stepped, visible, voices } from "../src/evidence.ts";
import { curve, nearest } from "../src/lines.ts";
import type { Source, Span } from "../src/page.ts";

function span(start: number, end: number): Span {
  return { start, end, text: `${start}-${end}` };
}

function source(start: number, end: number, cue: Span | null = null): Source {
  return { ...span(start, end), kind: "named", cue };
}

function told(part: Partial<Told>): Told {
  return {
    id: "m", event_id: null, type: "ASSAULT", modes: [], status: "actual", event: "e", trigger: span(0, 1), actors: [], recipients: [], places: [], time: null, counts: [], sources: [],
    decided: null, who: null, expected: null, standing: "machine", own: false, quote: [0, 1], ...part,
  };
}

const OUTER = source(0, 5, span(6, 9));
const INNER = source(10, 15);
const PLACE = { ...span(30, 36), name: "Aleppo" };
const MENTIONS: readonly Told[] = [
  told({ id: "m0", trigger: span(20, 25), sources: [OUTER, INNER], places: [PLACE] }),
  told({ id: "m1", trigger: span(40, 45), sources: [OUTER], places: [PLACE], actors: [{ ...span(10, 15), code: "SYR MIL" }] }),
  told({ id: "m2", trigger: span(50, 55), places: [{ ...span(30, 40), name: "Aleppo" }], time: { span: span(60, 64), start: null, end: null }, said: span(70, 74) }),
];

test("pieces hold every part, cues and when a source spoke", () => {
  const found = pieces(MENTIONS);
  assert.deepEqual(found.filter((p) => p.mention === 0).map((p) => [p.part, p.start]), [["trigger", 20], ["places", 30], ["sources", 0], ["sources", 6], ["sources", 10]]);
  assert.deepEqual(found.filter((p) => p.part === "time").map((p) => p.start), [60, 70]);
});

test("one span is one source, with all that rests on it", () => {
  assert.deepEqual(voices(MENTIONS).map((v) => [v.start, v.mentions]), [[0, [0, 1]], [10, [0]]]);
  assert.deepEqual(voices([told({ sources: [OUTER, OUTER] })]).map((v) => v.mentions), [[0]]);
});

test("a click chooses the event told by the word, then a source, then what else it is evidence of", () => {
  const [all, said] = [pieces(MENTIONS), voices(MENTIONS)];
  assert.deepEqual(choicesAt(21, all, said), [{ kind: "mention", at: 0 }]);
  assert.deepEqual(choicesAt(12, all, said), [{ kind: "voice", at: 1 }, { kind: "mention", at: 0 }, { kind: "mention", at: 1 }]);
  assert.deepEqual(choicesAt(17, all, said), []);
});

test("clicks on a place of several events go round through them, the tightest span first", () => {
  const found = choicesAt(32, pieces(MENTIONS), voices(MENTIONS));
  assert.deepEqual(found.map((c) => c.at), [0, 1, 2]);
  let now = after(found, null);
  const seen = [now?.at];
  for (let i = 0; i < 3; i++) seen.push((now = after(found, now))?.at);
  assert.deepEqual(seen, [0, 1, 2, 0]);
  assert.equal(after([], null), null);
});

test("steps stop at the ends and start from either", () => {
  assert.equal(stepped([0, 2, 5], null, 1), 0);
  assert.equal(stepped([0, 2, 5], null, -1), 5);
  assert.equal(stepped([0, 2, 5], 2, 1), 5);
  assert.equal(stepped([0, 2, 5], 5, 1), 5);
  assert.equal(stepped([0, 2, 5], 0, -1), 0);
  assert.equal(stepped([0, 2, 5], 3, 1), 5);
  assert.equal(stepped([0, 2, 5], 3, -1), 2);
  assert.equal(stepped([], 3, 1), null);
});

test("lines lead from each source to the next and to the event", () => {
  assert.deepEqual(links(MENTIONS[0] as Told).map((l) => [l.from.start, l.to.start]), [[0, 10], [10, 20]]);
  assert.deepEqual(links(MENTIONS[2] as Told), []);
});

test("lines of a source start with it, each once", () => {
  const [outer, inner] = voices(MENTIONS);
  assert.ok(outer && inner);
  assert.deepEqual(linksOf(outer, MENTIONS).map((l) => [l.from.start, l.to.start]), [[0, 10], [10, 20], [0, 40]]);
  assert.deepEqual(linksOf(inner, MENTIONS).map((l) => [l.from.start, l.to.start]), [[10, 20]]);
  assert.equal(linksOf(outer, [MENTIONS[1], MENTIONS[1], MENTIONS[1]] as Told[]).length, 1);
});

test("controls of direction are shown", () => {
  assert.equal(visible("ab\u202ecd\n ef", { "\u202e": ["▶", "RLO"] }), "ab▶cd ef");
});

test("a line joins the nearest boxes: an arc above within a line, through the space between lines otherwise", () => {
  const box = (x: number, y: number) => ({ x, y, width: 20, height: 30 });
  assert.deepEqual(nearest([box(0, 0), box(300, 0)], [box(280, 40)]), [box(300, 0), box(280, 40)]);
  assert.equal(nearest([], [box(0, 0)]), null);
  const ys = (path: string): number[] => [...path.matchAll(/-?[\d.]+ (-?[\d.]+)/g)].map((m) => Number(m[1]));
  assert.ok(Math.min(...ys(curve(box(0, 50), box(200, 50)))) < 50);
  assert.deepEqual([ys(curve(box(0, 0), box(200, 80)))[0], ys(curve(box(0, 0), box(200, 80))).at(-1)], [30, 80]);
  assert.deepEqual([ys(curve(box(0, 80), box(200, 0)))[0], ys(curve(box(0, 80), box(200, 0))).at(-1)], [80, 30]);
});
