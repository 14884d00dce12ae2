import assert from "node:assert/strict";
import { test } from "node:test";
import { blank, differs, figures, reordered, spanAt, valueOf, withSpan, without } from "../src/review/draft.ts";
import { letterOf, stepOf } from "../src/review/keys.ts";
import { current, EMPTY, reduce, running, type Action, type State } from "../src/review/queue.ts";
import { codedBy, differing } from "../src/review/settling.ts";
import type { Decided, Fields, Item } from "../src/review/types.ts";
import { visible } from "../src/review/visible.ts";

const fields = (): Fields => ({ ...blank([]), trigger: { start: 5, end: 8, text: "قصف" } });
const item = (id: string): Item => ({
  mention_id: id, article_id: "a", mention: fields(), quote: [0, 9], standing: "machine", own: false, title: null, outlet: null, published: null, words: "", doubt: 0.5, reasons: [], busy: false, expected: null, cursor: `0.5:${id}`,
});
const load = (ids: string, asked = 3, settled: readonly string[] = []): Action => ({ type: "loaded", items: [...ids].map(item), asked, settled: new Set(settled) });
const all = (actions: readonly Action[], from: State = EMPTY): State => actions.reduce(reduce, from);
const ids = (s: State): string => s.queue.map((i) => i.mention_id).join("");
const verdict = (key: string): Action => ({ type: "decided", key, kind: "accept" });

test("what is decided leaves at once, and the next takes its place", () => {
  const s = all([load("abc"), verdict("1")]);
  assert.equal(ids(s), "bc");
  assert.equal(current(s)?.mention_id, "b");
  assert.equal(current(all([load("abc"), { type: "go", id: "c" }, verdict("1")]))?.mention_id, "b");
  assert.equal(current(all([load("a"), verdict("1")])), null);
});

test("a note and an added event leave the queue as it is", () => {
  const s = all([load("abc"), { type: "decided", key: "1", kind: "note" }, { type: "decided", key: "2", kind: "add" }]);
  assert.equal(ids(s), "abc");
  assert.equal(s.done.length, 2);
  assert.equal(ids(all([{ type: "undone" }, { type: "undone" }, { type: "undone" }], s)), "abc");
});

test("going on and back decides nothing and stays within", () => {
  const s = all([load("abc"), { type: "step", by: -1 }, { type: "step", by: 1 }, { type: "step", by: 1 }, { type: "step", by: 1 }]);
  assert.equal(current(s)?.mention_id, "c");
  assert.equal(ids(s), "abc");
});

test("undoing goes back one after the other, each to its place", () => {
  const s = all([load("abcd"), { type: "go", id: "b" }, verdict("1"), verdict("2"), { type: "undone" }]);
  assert.equal(ids(s), "acd");
  assert.equal(current(s)?.mention_id, "c");
  assert.equal(ids(all([{ type: "undone" }], s)), "abcd");
});

test("more is asked for before the end, and what is known does not come twice", () => {
  const s = all([load("abc"), verdict("1")]);
  assert.ok(running(s));
  const more = all([load("abcde", 5, ["d"])], s);
  assert.equal(ids(more), "bce");
  assert.equal(more.cursor, "0.5:e");
  const end = all([load("", 5)], more);
  assert.equal(end.more, false);
  assert.equal(end.cursor, "0.5:e");
  assert.ok(!running(end));
});

test("what somebody decided meanwhile comes back with that decision, or is let go", () => {
  const s = all([load("abc"), verdict("1"), verdict("2")]);
  const back = all([{ type: "returned", key: "1", item: { ...item("a"), expected: "d9" } }], s);
  assert.equal(current(back)?.expected, "d9");
  assert.equal(ids(back), "ac");
  assert.deepEqual(back.done.map((d) => d.key), ["2"]);
  assert.deepEqual(all([{ type: "forgotten", key: "1" }], s).done.map((d) => d.key), ["2"]);
});

test("spans go into their places and out again", () => {
  const word = { start: 9, end: 12, text: "حلب" };
  let f = withSpan(fields(), { part: "actors", n: 0 }, word);
  assert.deepEqual(f.actors, [{ ...word, code: "- -" }]);
  f = withSpan(f, { part: "sources", n: 0 }, word);
  f = withSpan(f, { part: "sources", n: 0, cue: true }, word);
  assert.deepEqual(f.sources[0]?.cue, word);
  assert.equal(without(f, { part: "sources", n: 0, cue: true }).sources[0]?.cue, null);
  f = withSpan(f, { part: "time", n: 0 }, word);
  assert.deepEqual(f.time, { span: word, start: null, end: null });
  assert.equal(spanAt(without(f, { part: "time", n: 0 }), { part: "time", n: 0 }), null);
  assert.deepEqual(without(f, { part: "trigger", n: 0 }).trigger, f.trigger);
  f = withSpan(f, { part: "places", n: 0 }, word);
  assert.deepEqual(Object.keys(f.places[0] ?? {}).sort(), ["admin1", "basis", "country", "end", "id", "lat", "lon", "name", "precision", "start", "text"]);
});

test("a count that goes leaves no other pointing at it", () => {
  const count = { start: 0, end: 1, text: "1", role: "killed", low: 1, high: 1, who: "x" };
  const f = { ...fields(), counts: [count, { ...count, part_of: 0 }, { ...count, part_of: 1 }] };
  assert.deepEqual(without(f, { part: "counts", n: 0 }).counts, [count, { ...count, part_of: 0 }]);
});

test("sources change places, figures are read from digits, new events have names of their own", () => {
  const source = (text: string) => ({ start: 0, end: 1, text, kind: "named", cue: null });
  const f = { ...fields(), sources: [source("a"), source("b")] };
  assert.deepEqual(reordered(f, 1, -1).sources.map((s) => s.text), ["b", "a"]);
  assert.deepEqual(reordered(f, 1, 1).sources.map((s) => s.text), ["a", "b"]);
  assert.deepEqual([figures("١٬٥٠٠ متظاهر").low, figures("12 شخصا").high, figures("عشرات").low], [1500, 12, 1]);
  assert.equal(blank(["e2", "e11", "x"]).event, "e12");
});

test("what a reader was sure of is not sent, and is no difference", () => {
  const f = { ...fields(), confidence: { mention: 0.5 }, why: [] };
  assert.ok(!("confidence" in valueOf(f)) && !("why" in valueOf(f)));
  assert.ok(!differs(f, fields()));
  assert.ok(differs({ ...f, status: "denied" }, f));
});

test("keys are known by their place on keyboards of other scripts", () => {
  assert.equal(letterOf({ key: "ش", code: "KeyA" }), "a");
  assert.equal(letterOf({ key: "q", code: "KeyA" }), "q");
  assert.equal(letterOf({ key: "A", code: "KeyA" }), "a");
  assert.equal(letterOf({ key: "؟", code: "Slash" }), "?");
  assert.equal(letterOf({ key: "ArrowLeft", code: "ArrowLeft" }), "ArrowLeft");
  assert.deepEqual([stepOf("ArrowLeft", "rtl"), stepOf("ArrowLeft", "ltr"), stepOf("k", "rtl"), stepOf("x", "rtl")], [1, -1, -1, 0]);
});

test("a text is shown one character for each", () => {
  const text = "أ\u202eب\r\nج\rد\u0000\ufeff😀\u2028";
  const shown = visible(text, { "\u202e": ["▶", "RLO"] });
  assert.equal(shown, "أ▶ب\u200b\nج\nد␀◇😀\n");
  assert.equal([...shown].length, [...text].length);
});

test("codings that differ are told by field, whatever the reader was sure of", () => {
  const d = (kind: string, value: unknown): Decided => ({ decision_id: "d", at: "", who: "x", kind, subject: ["m"], value });
  const machine = { ...fields(), confidence: { mention: 0.4 } };
  const other = { ...fields(), status: "denied", actors: [{ start: 0, end: 2, text: "أب", code: "SYR MIL" }] };
  const codings = [d("accept", { run: "r" }), d("fix", other), d("reject", null)].map((c) => codedBy(c, machine));
  assert.deepEqual(codings, [machine, other, null]);
  assert.deepEqual([...differing(codings)], ["status", "actors"]);
  assert.deepEqual([...differing([machine, fields()])], []);
  assert.equal(codedBy(d("add", { mention: other, quote: [0, 1] }), null), other);
});
