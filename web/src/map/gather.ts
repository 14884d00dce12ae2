/** Events gathered with those close to them: points alone, areas alone, or both, never told as the same. */
import Supercluster from "supercluster";
import { areasOf, type Area, type Feature, type Placed } from "./features.ts";

/** How near the map goes. */
export const NEAREST = 11;

type Item = { readonly area: Area; readonly event?: undefined } | { readonly event: Placed; readonly area?: undefined };

/** Of a gathering: its events, and how many of them are placed in areas only. */
interface Told {
  told: number;
  coarse: number;
}

export type Kind = "point" | "area" | "several" | "mixed";

/** One mark of the map. */
export interface Mark {
  readonly key: string;
  readonly kind: Kind;
  readonly lat: number;
  readonly lon: number;
  readonly told: number;
  readonly coarse: number;
  /** The zoom at which it falls apart; null where going closer does not help and it tells its events instead. */
  readonly closer: number | null;
  readonly area: Area | null;
  readonly events: () => readonly Placed[];
}

const OPTIONS: Supercluster.Options<Item, Told> = {
  radius: 48, maxZoom: NEAREST - 1,
  map: (item) => ({ told: item.area ? item.area.events.length : 1, coarse: item.area ? item.area.events.length : 0 }),
  reduce: (sum, one) => {
    sum.told += one.told;
    sum.coarse += one.coarse;
  },
};

let turns = 0;

/** The events of some days, ready to be asked for by box and zoom. */
export class Gathered {
  readonly areas: readonly Area[];
  private readonly index = new Supercluster<Item, Told>(OPTIONS);
  private readonly turn = (turns += 1);

  constructor(features: readonly Feature[]) {
    this.areas = areasOf(features);
    const points = features.filter((f) => f.properties.shape === "point").map((f) => item(f.geometry.coordinates, { event: f.properties }));
    this.index.load([...points, ...this.areas.map((area) => item([area.lon, area.lat], { area }))]);
  }

  /** The marks of a box (west, south, east, north), the largest first. */
  marks(box: readonly [number, number, number, number], zoom: number): readonly Mark[] {
    const found = this.index.getClusters([...box], zoom).map((one) => ("cluster_id" in one.properties ? this.several(one as Supercluster.ClusterFeature<Told>) : this.single(one as Supercluster.PointFeature<Item>)));
    return found.sort((a, b) => b.told - a.told);
  }

  private single(found: Supercluster.PointFeature<Item>): Mark {
    const [lon, lat] = found.geometry.coordinates as [number, number];
    const { area, event } = found.properties;
    if (event) return { key: event.event_id, kind: "point", lat, lon, told: 1, coarse: 0, closer: null, area: null, events: () => [event] };
    const told = area.events.length;
    return { key: `${this.turn} ${lon} ${lat} ${area.precision}`, kind: "area", lat, lon, told, coarse: told, closer: null, area, events: () => area.events };
  }

  private several(found: Supercluster.ClusterFeature<Told>): Mark {
    const [lon, lat] = found.geometry.coordinates as [number, number];
    const { cluster_id: id, told, coarse } = found.properties;
    const closer = this.index.getClusterExpansionZoom(id);
    return {
      key: `${this.turn} ${id}`, kind: coarse === 0 ? "several" : coarse === told ? "area" : "mixed", lat, lon, told, coarse, closer: closer < NEAREST ? closer : null, area: null,
      events: () => this.index.getLeaves(id, Infinity).flatMap(({ properties: one }) => (one.area ? one.area.events : [one.event])),
    };
  }
}

function item(at: readonly [number, number], about: Item): Supercluster.PointFeature<Item> {
  return { type: "Feature", geometry: { type: "Point", coordinates: [...at] }, properties: about };
}
