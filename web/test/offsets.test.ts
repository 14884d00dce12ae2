import assert from "node:assert/strict";
import { test } from "node:test";
import { offsetsOf } from "../src/offsets.ts";

const ALPHABET = ["ق", "ت", "ل", "ً", "\u0651", " ", "\n", "a", "\u202e", "😀", "👩\u200d🚒", "𝒳", "é", "\ud83d"];

function random(seed: number): () => number {
  let state = seed;
  return () => ((state = (state * 1103515245 + 12345) % 2147483648) / 2147483648);
}

test("offsets go there and back over mixed texts", () => {
  const next = random(7);
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: Math.floor(next() * 40) }, () => ALPHABET[Math.floor(next() * ALPHABET.length)]).join("");
    const points = Array.from(text);
    const offsets = offsetsOf(text);
    assert.equal(offsets.length, points.length);
    let unit = 0;
    points.forEach((point, i) => {
      assert.equal(offsets.unit(i), unit);
      assert.equal(offsets.point(unit), i);
      unit += point.length;
    });
    assert.equal(offsets.unit(points.length), text.length);
    assert.equal(offsets.point(text.length), points.length);
  }
});

test("an offset within a character of two units belongs to the next one's start", () => {
  assert.equal(offsetsOf("a😀b").point(2), 1);
});

test("what lies beyond is the end", () => {
  assert.equal(offsetsOf("😀b").unit(99), 3);
  assert.equal(offsetsOf("😀b").point(99), 2);
  assert.equal(offsetsOf("ab").unit(-1), 0);
});
