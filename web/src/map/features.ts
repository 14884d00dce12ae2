/** What the map shows: events at points, events in areas, and which of them fall into a stretch of days. */
import { dayOf, isoOf } from "../timeline/periods.ts";

export interface Placed {
  readonly event_id: string;
  readonly type: string;
  readonly status: string;
  readonly shape: "point" | "area";
  readonly place: string | null;
  readonly country: string | null;
  readonly admin1: string | null;
  readonly precision: string | null;
  readonly killed_low: number | null;
  readonly killed_high: number | null;
  readonly date_from: string | null;
  readonly date_to: string | null;
}

export interface Feature {
  readonly geometry: { readonly coordinates: readonly [number, number] };
  readonly properties: Placed;
}

/** Events that share one area: its middle and how far it reaches, in metres. */
export interface Area {
  readonly lat: number;
  readonly lon: number;
  readonly radius: number;
  readonly precision: string;
  readonly events: readonly Placed[];
}

type Days = readonly (readonly [number, number])[];

const REACH: Readonly<Record<string, number>> = { district: 15_000, area: 30_000, governorate: 50_000, region: 100_000, country: 180_000 };
const SHARE = 0.65; // of the dated events in the days that a slider covers
const WEEK = 7;
const FEW = 40; // places that are all shown at once
const FAR = 0.08; // of many places, on each side

/** The areas of coarse events, one for each place, those of most events last so that they stand on top. */
export function areasOf(features: readonly Feature[]): readonly Area[] {
  const groups = new Map<string, Feature[]>();
  for (const f of features) {
    if (f.properties.shape !== "area") continue;
    const key = `${f.geometry.coordinates.join()} ${f.properties.precision}`;
    const group = groups.get(key);
    if (group) group.push(f);
    else groups.set(key, [f]);
  }
  const areas = [...groups.values()].map((members): Area => {
    const first = members[0] as Feature;
    const precision = first.properties.precision ?? "region";
    const [lon, lat] = first.geometry.coordinates;
    return { lat, lon, precision, radius: REACH[precision] ?? 100_000, events: members.map((m) => m.properties) };
  });
  return areas.sort((a, b) => a.events.length - b.events.length);
}

/** The days on which events begin, in order, each once, with the number of events. */
export function daysOf(features: readonly Feature[]): Days {
  const counts = new Map<number, number>();
  for (const { properties } of features) {
    if (properties.date_from) counts.set(dayOf(properties.date_from), (counts.get(dayOf(properties.date_from)) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => a[0] - b[0]);
}

/** The features whose events overlap a stretch of days; all of them, undated ones too, where none is given. */
export function within(features: readonly Feature[], days: readonly [number, number] | null): readonly Feature[] {
  if (!days) return features;
  const [first, last] = [isoOf(days[0]), isoOf(days[1])];
  return features.filter(({ properties: p }) => p.date_from !== null && p.date_from <= last && (p.date_to ?? p.date_from) >= first);
}

/** Days in `bins` heaps of the same length: how many events begin in each. */
export function heaps(days: Days, bins: number): readonly number[] {
  const found = new Array<number>(bins).fill(0);
  const first = days[0]?.[0] ?? 0;
  const length = (days.at(-1)?.[0] ?? 0) - first + 1;
  for (const [day, n] of days) {
    const bin = Math.min(bins - 1, Math.floor(((day - first) / length) * bins));
    found[bin] = (found[bin] ?? 0) + n;
  }
  return found;
}

/**
 * The days that a slider covers: reports tell of events long past too, and a slider over a thousand years moves nothing.
 * The shortest stretch that holds two in three events and half as much again on both sides, where there are events.
 */
export function usual(days: Days): readonly [number, number] {
  const [from, to] = densest(days);
  const more = Math.max(to - from, WEEK) / 2;
  const near = days.map(([day]) => day).filter((day) => day >= from - more && day <= to + more);
  return [near[0] ?? 0, near.at(-1) ?? 0];
}

function densest(days: Days): readonly [number, number] {
  const wanted = SHARE * days.reduce((sum, [, n]) => sum + n, 0);
  let best: readonly [number, number] = [days[0]?.[0] ?? 0, days.at(-1)?.[0] ?? 0];
  let [start, held] = [0, 0];
  for (const [day, n] of days) {
    held += n;
    for (let one = days[start]; one && held >= wanted; one = days[start]) {
      if (day - one[0] < best[1] - best[0]) best = [one[0], day];
      held -= one[1];
      start += 1;
    }
  }
  return best;
}

/** The box (south, west, north, east) that holds nearly all places; all of them where they are few. */
export function nearlyAll(features: readonly Feature[]): readonly [number, number, number, number] | null {
  if (features.length === 0) return null;
  const far = features.length > FEW ? FAR : 0;
  const sorted = (axis: 0 | 1): readonly number[] => features.map((f) => f.geometry.coordinates[axis]).sort((a, b) => a - b);
  const [lons, lats] = [sorted(0), sorted(1)];
  return [quantile(lats, far), quantile(lons, far), quantile(lats, 1 - far), quantile(lons, 1 - far)];
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? 0;
}
