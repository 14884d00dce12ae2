import assert from "node:assert/strict";
import { test } from "node:test";
import { areasOf, daysOf, type Feature, heaps, type Placed, within } from "../src/map/features.ts";
import { dayOf } from "../src/timeline/periods.ts";

function feature(over: Partial<Placed>, at: readonly [number, number] = [36, 33]): Feature {
  const plain: Placed = {
    event_id: "e1", type: "ASSAULT", status: "actual", shape: "point", place: "x", country: "SYR", admin1: null, precision: "town",
    killed_low: null, killed_high: null, date_from: null, date_to: null,
  };
  return { geometry: { coordinates: at }, properties: { ...plain, ...over } };
}

test("coarse events share an area, fine ones have none", () => {
  const area = { shape: "area", precision: "governorate" } as const;
  const found = areasOf([feature(area), feature(area), feature({}), feature(area, [37, 34]), feature({ shape: "area", precision: "country" })]);
  assert.deepEqual(found.map((a) => [a.precision, a.events.length]), [["governorate", 1], ["country", 1], ["governorate", 2]]);
  assert.ok((found[1]?.radius ?? 0) > (found[0]?.radius ?? 0));
});

test("a stretch of days keeps what overlaps it", () => {
  const all = [feature({ date_from: "2015-07-01", date_to: "2015-07-05" }), feature({ date_from: "2015-07-09" }), feature({})];
  assert.equal(within(all, null).length, 3);
  assert.equal(within(all, [dayOf("2015-07-05"), dayOf("2015-07-08")]).length, 1);
  assert.equal(within(all, [dayOf("2015-07-06"), dayOf("2015-07-08")]).length, 0);
  assert.equal(within(all, [dayOf("2015-07-01"), dayOf("2015-07-09")]).length, 2);
});

test("heaps hold every dated event", () => {
  const all = ["2015-07-01", "2015-07-01", "2015-07-09", "2015-08-30"].map((d) => feature({ date_from: d }));
  const days = daysOf(all);
  assert.deepEqual(days.map(([, n]) => n), [2, 1, 1]);
  assert.equal(heaps(days, 10).reduce((a, b) => a + b, 0), 4);
  assert.equal(heaps(days.slice(0, 1), 10)[0], 2);
  assert.deepEqual(heaps([], 3), [0, 0, 0]);
});
