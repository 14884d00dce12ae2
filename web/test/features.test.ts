import assert from "node:assert/strict";
import { test } from "node:test";
import { areasOf, daysOf, type Feature, heaps, nearlyAll, type Placed, usual, within } from "../src/map/features.ts";
import { Gathered } from "../src/map/gather.ts";
import { middle, namesOf, unrolled, whole } from "../src/map/land.ts";
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

test("events gather with those close to them, and say how many have no spot", () => {
  const area = { shape: "area", precision: "governorate", place: "Homs" } as const;
  const near = [feature({ event_id: "a" }), feature({ event_id: "b" }, [36.3, 33]), feature({ ...area, event_id: "c" }, [36.6, 33]), feature({ event_id: "d" }, [100, 10])];
  const world = new Gathered(near).marks([-180, -85, 180, 85], 2);
  assert.deepEqual(world.map((m) => [m.kind, m.told, m.coarse]), [["mixed", 3, 1], ["point", 1, 0]]);
  assert.deepEqual(world[0]?.events().map((e) => e.event_id).sort(), ["a", "b", "c"]);
  assert.ok((world[0]?.closer ?? 0) > 2);
  assert.deepEqual(world[1]?.key, "d");
});

test("what never falls apart tells its events, areas alone stay areas", () => {
  const all = new Gathered([feature({ event_id: "a" }), feature({ event_id: "b" })]).marks([-180, -85, 180, 85], 3);
  assert.deepEqual(all.map((m) => [m.kind, m.told, m.closer]), [["several", 2, null]]);
  const areas = [feature({ shape: "area", precision: "country" }), feature({ shape: "area", precision: "region" }, [36.1, 33])];
  assert.deepEqual(new Gathered(areas).marks([-180, -85, 180, 85], 2).map((m) => [m.kind, m.told, m.coarse]), [["area", 2, 2]]);
  assert.equal(new Gathered(areas.slice(0, 1)).marks([-180, -85, 180, 85], 2)[0]?.area?.precision, "country");
});

test("thousands of events gather quickly", () => {
  const many = Array.from({ length: 5_000 }, (_, i) => feature({ event_id: `e${i}` }, [30 + (i % 71) / 5, 20 + (i % 53) / 4]));
  const begun = performance.now();
  for (let turn = 0; turn < 5; turn += 1) new Gathered(many).marks([-180, -85, 180, 85], 4);
  assert.ok((performance.now() - begun) / 5 < 250);
});

test("a country's name stands in its largest piece", () => {
  const square = (at: number, side: number): number[][] => [[at, 0], [at + side, 0], [at + side, side], [at, side], [at, 0]];
  const found = middle({ type: "MultiPolygon", coordinates: [[square(50, 1)], [square(10, 4)]] });
  assert.deepEqual([Math.round(found.lon), Math.round(found.lat), found.wide], [12, 2, 4]);
  assert.deepEqual(namesOf("SYR 760 سوريا|GBR 826 United Kingdom|").get("826"), { code: "GBR", name: "United Kingdom" });
  assert.equal(namesOf("").size, 0);
});
