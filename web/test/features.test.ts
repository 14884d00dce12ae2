import assert from "node:assert/strict";
import { test } from "node:test";
import { areasOf, daysOf, type Feature, heaps, nearlyAll, type Placed, usual, within } from "../src/map/features.ts";
import { unrolled, whole } from "../src/map/land.ts";
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

test("a few events far off do not stretch the days or the map", () => {
  const many = Array.from({ length: 96 }, (_, i) => feature({ date_from: `2015-07-${String((i % 28) + 1).padStart(2, "0")}` }, [36 + i / 100, 33]));
  const all = [...many, feature({ date_from: "0622-07-16" }, [-100, -40]), feature({ date_from: "1920-01-01" }, [100, 60])];
  const [first, last] = usual(daysOf(all));
  assert.ok(first >= dayOf("2015-07-01") && last <= dayOf("2015-07-28"));
  const box = nearlyAll(all) ?? [];
  assert.ok((box[1] ?? 0) >= 36 && (box[3] ?? 0) <= 37);
  assert.equal(nearlyAll([]), null);
  assert.deepEqual(usual(daysOf(many.slice(0, 1))), [dayOf("2015-07-01"), dayOf("2015-07-01")]);
});

test("a ring over the edge goes on instead of jumping back", () => {
  const ring = [[170, 60], [179, 61], [-178, 62], [-170, 60], [175, 59], [170, 60]];
  const flat = unrolled(ring);
  flat.slice(1).forEach(([lon = 0], i) => assert.ok(Math.abs(lon - (flat[i]?.[0] ?? 0)) <= 180));
  assert.deepEqual(flat[0], flat.at(-1));
  assert.equal(flat[3]?.[0], 190);
  const world = whole({ type: "FeatureCollection", features: [
    { type: "Feature", properties: { name: "Edge" }, geometry: { type: "Polygon", coordinates: [ring] } },
    { type: "Feature", properties: { name: "Antarctica" }, geometry: { type: "Polygon", coordinates: [ring] } },
  ] });
  assert.equal(world.features.length, 1);
  assert.equal((world.features[0]?.geometry as { coordinates: unknown[] }).coordinates.length, 2);
});
