import assert from "node:assert/strict";
import { test } from "node:test";
import { after, dayOf, isoOf, named, periodsBetween, startOf, type Unit, writer } from "../src/timeline/periods.ts";

test("days go there and back, far from today too", () => {
  for (const iso of ["1970-01-01", "2015-07-31", "0622-07-16", "1899-12-31", "9999-12-31"]) assert.equal(isoOf(dayOf(iso)), iso);
});

test("periods follow one another without a gap", () => {
  const units: readonly Unit[] = ["day", "week", "month", "year"];
  for (const unit of units) {
    const found = periodsBetween(dayOf("2014-11-19"), dayOf("2016-03-02"), unit);
    assert.equal(found[0], startOf(dayOf("2014-11-19"), unit));
    found.slice(1).forEach((day, i) => assert.equal(after(found[i] as number, unit), day));
    assert.ok((found.at(-1) as number) <= dayOf("2016-03-02"));
    assert.ok(after(found.at(-1) as number, unit) > dayOf("2016-03-02"));
    for (const day of found) assert.equal(startOf(day, unit), day);
  }
});

test("a week begins on Monday, a month on its first", () => {
  assert.equal(isoOf(startOf(dayOf("2015-08-02"), "week")), "2015-07-27");
  assert.equal(isoOf(startOf(dayOf("2016-02-29"), "month")), "2016-02-01");
  assert.equal(isoOf(after(dayOf("2015-12-01"), "month")), "2016-01-01");
});

test("names on the axis are few", () => {
  const units: readonly Unit[] = ["day", "week", "month", "year"];
  for (const unit of units) {
    for (const last of ["2014-11-20", "2015-01-31", "2016-03-02", "2044-01-01"]) {
      const periods = periodsBetween(dayOf("2014-11-19"), dayOf(last), unit);
      const found = named(periods, unit, 6);
      assert.ok(found.length >= 1 && found.length <= 6, `${unit} until ${last}`);
      for (const day of found) assert.ok(periods.includes(day));
    }
  }
  assert.deepEqual(named([5], "day", 0), [5]);
});

test("names on the axis are round", () => {
  const months = periodsBetween(dayOf("2012-07-01"), dayOf("2015-06-30"), "month");
  assert.deepEqual(named(months, "month", 6).map(isoOf), ["2012-07-01", "2013-01-01", "2013-07-01", "2014-01-01", "2014-07-01", "2015-01-01"]);
  const days = periodsBetween(dayOf("2015-07-01"), dayOf("2015-07-31"), "day");
  assert.deepEqual(named(days, "day", 6).map(isoOf), ["2015-07-06", "2015-07-13", "2015-07-20", "2015-07-27"]);
  const years = periodsBetween(dayOf("0622-01-01"), dayOf("2015-01-01"), "year");
  assert.deepEqual(named(years, "year", 4).map((d) => isoOf(d).slice(0, 4)), ["1000", "1500", "2000"]);
});

test("both languages write the same day with western digits", () => {
  assert.match(writer("en", "day")(dayOf("2015-05-12")), /12 May 2015/);
  assert.match(writer("ar", "day")(dayOf("2015-05-12")), /12.*2015/);
});
