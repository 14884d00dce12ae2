import assert from "node:assert/strict";
import { test } from "node:test";
import { keyed, moved, snapped, stretched, wordsOf, type Range } from "../src/review/spans.ts";

const TEXT = "قُتل 1,500 شخص، 😀 في «حلب»!";
const points = [...TEXT];
const words = wordsOf(TEXT);
const said = (r: Range): string => points.slice(r.start, r.end).join("");
const of = (word: string): Range => words.find((w) => said(w) === word) as Range;

test("words are letters with their marks, numbers with the signs within, counted in code points", () => {
  assert.deepEqual(words.map(said), ["قُتل", "1,500", "شخص", "في", "حلب"]);
  assert.deepEqual(wordsOf(""), []);
  assert.deepEqual(wordsOf("٣٫٥ ملايين").map((w) => w.end), [3, 10]);
  assert.deepEqual(wordsOf("كتـاب").length, 1);
});

test("a selection takes whole words, and none beyond", () => {
  const person = of("شخص");
  assert.equal(said(snapped(words, { start: person.start + 1, end: person.start + 2 })), "شخص");
  assert.equal(said(snapped(words, { start: person.start, end: person.end + 1 })), "شخص");
  assert.equal(said(snapped(words, { start: 1, end: person.start + 1 })), "قُتل 1,500 شخص");
  const smile = points.indexOf("😀");
  assert.equal(said(snapped(words, { start: smile, end: smile + 1 })), "😀");
});

test("either edge moves by a word, the span never becomes empty", () => {
  const person = of("شخص");
  assert.equal(said(stretched(words, person, "end", 1)), "شخص، 😀 في");
  assert.equal(stretched(words, person, "end", -1), person);
  assert.equal(said(stretched(words, person, "start", -1)), "1,500 شخص");
  assert.equal(stretched(words, person, "start", 1), person);
  const two = { start: of("1,500").start, end: person.end };
  assert.equal(said(stretched(words, two, "end", -1)), "1,500");
  assert.equal(said(stretched(words, two, "start", 1)), "شخص");
  assert.equal(said(stretched(words, { start: person.start, end: person.start + 2 }, "end", 1)), "شخص");
});

test("a span moves by a word and stays at the ends", () => {
  assert.equal(said(moved(words, of("شخص"), 1)), "في");
  assert.equal(said(moved(words, of("شخص"), -1)), "1,500");
  assert.deepEqual(moved(words, of("حلب"), 1), of("حلب"));
  assert.deepEqual(moved(words, of("قُتل"), -1), of("قُتل"));
  const smile = points.indexOf("😀");
  assert.equal(said(moved(words, { start: smile, end: smile + 1 }, 1)), "في");
  assert.equal(said(moved(words, { start: smile, end: smile + 1 }, -1)), "شخص");
});

test("growing and shrinking again leads back, everywhere", () => {
  for (const w of words.slice(0, -1)) assert.deepEqual(stretched(words, stretched(words, w, "end", 1), "end", -1), w);
  for (const w of words.slice(1)) assert.deepEqual(stretched(words, stretched(words, w, "start", -1), "start", 1), w);
});

test("the left arrow leads on in text from right to left", () => {
  const person = of("شخص");
  const press = (key: string, shift: boolean, alt: boolean): string | null => {
    const r = keyed(words, person, { key, shift, alt });
    return r && said(r);
  };
  assert.equal(press("ArrowLeft", false, false), "في");
  assert.equal(press("ArrowRight", false, false), "1,500");
  assert.equal(press("ArrowLeft", true, false), "شخص، 😀 في");
  assert.equal(press("ArrowRight", true, true), "1,500 شخص");
  assert.equal(press("ArrowLeft", false, true), null);
  assert.equal(press("ArrowUp", true, false), null);
});
