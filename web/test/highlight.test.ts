import assert from "node:assert/strict";
import { test } from "node:test";
import { mapOf } from "../src/highlight.ts";

const TEXTS = ["قال ", "وزير", " الدفاع 🙂", "", "🇱🇧 إن", "\n\n", "الجيش ◁انسحب"];

/** What a selection from one spot to another holds. */
function held(texts: readonly string[], start: number, end: number): string {
  const map = mapOf(texts);
  const [a, b] = [map.start(start), map.end(end)];
  if (a.node === b.node) return (texts[a.node] as string).slice(a.unit, b.unit);
  return (texts[a.node] as string).slice(a.unit) + texts.slice(a.node + 1, b.node).join("") + (texts[b.node] as string).slice(0, b.unit);
}

test("every span of code points is the same characters in the nodes", () => {
  const points = [...TEXTS.join("")];
  for (let start = 0; start < points.length; start++) {
    for (let end = start + 1; end <= points.length; end++) assert.equal(held(TEXTS, start, end), points.slice(start, end).join(""), `${start}..${end}`);
  }
});

test("a start stands in the node that goes on, an end in the node that ended", () => {
  const map = mapOf(["abc", "def"]);
  assert.deepEqual(map.start(3), { node: 1, unit: 0 });
  assert.deepEqual(map.end(3), { node: 0, unit: 3 });
  assert.deepEqual(map.start(0), { node: 0, unit: 0 });
  assert.deepEqual(map.end(6), { node: 1, unit: 3 });
});

test("nodes that hold nothing are passed over", () => {
  const map = mapOf(["", "ab", "", "", "cd", ""]);
  assert.deepEqual(map.start(2), { node: 4, unit: 0 });
  assert.deepEqual(map.end(2), { node: 1, unit: 2 });
  assert.deepEqual(map.end(4), { node: 4, unit: 2 });
});

test("and back again", () => {
  const map = mapOf(TEXTS);
  assert.equal(map.length, [...TEXTS.join("")].length);
  for (let point = 0; point <= map.length; point++) {
    assert.equal(map.point(map.start(point)), point);
    assert.equal(map.point(map.end(point)), point);
  }
});

test("what lies outside is brought to the ends", () => {
  const map = mapOf(["ab", "🙂"]);
  assert.deepEqual(map.end(99), { node: 1, unit: 2 });
  assert.deepEqual(map.start(-1), { node: 0, unit: 0 });
  assert.equal(mapOf([]).length, 0);
  assert.deepEqual(mapOf([]).start(0), { node: 0, unit: 0 });
});

test("8,000 characters in 1,200 nodes are mapped at once", () => {
  const texts = Array.from({ length: 1200 }, (_, i) => (i % 7 ? "كلمات " : "🙂 كلمة"));
  const map = mapOf(texts);
  const began = performance.now();
  for (let i = 0; i < 2000; i++) map.start((i * 37) % map.length);
  assert.ok(performance.now() - began < 50);
});
