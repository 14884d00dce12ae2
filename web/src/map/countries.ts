/** Countries under the events: hatched where an event is somewhere in them, named where there is room. */
import L from "leaflet";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { draw, make } from "../page.ts";
import type { Area } from "./features.ts";
import { middle, type Names, whole } from "./land.ts";

const LETTER = 6.4; // pixels of a letter of a name
const LINE = 7; // half the height of a name
const ROOM = 12; // beside a name
const TILE = 256; // pixels of the world at zoom 0

/** A mark on the drawing, in its pixels. */
export interface Round {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

interface Named {
  readonly name: string;
  readonly at: { readonly lat: number; readonly lon: number; readonly wide: number };
}

/** The countries on a map. */
export class Land {
  private readonly shapes = new Map<string, L.Path>();
  private readonly named: readonly Named[];
  private readonly shown = new Map<string, L.Marker>();

  constructor(private readonly map: L.Map, countries: FeatureCollection<Geometry, { name: string }>, names: Names) {
    const land = whole(countries);
    const about = (f: Feature): { code: string; name: string } | undefined => names.get(String(f.id ?? (f.properties as { name: string }).name));
    L.geoJSON(land, { interactive: false, style: () => ({ className: "land" }), onEachFeature: (f, layer) => {
      const code = about(f)?.code;
      if (code && layer instanceof L.Path) this.shapes.set(code, layer);
    } }).addTo(map).bringToBack();
    this.named = land.features.flatMap((f) => {
      const name = about(f)?.name;
      return name ? [{ name, at: middle(f.geometry) }] : [];
    });
    map.createPane("names").classList.add("names");
  }

  /** Whether the shape of a country is known. */
  has(code: string | null | undefined): boolean {
    return this.shapes.has(code ?? "");
  }

  /** Hatch the countries that events are somewhere in, and no others. */
  tell(codes: ReadonlySet<string>): void {
    for (const [code, shape] of this.shapes) {
      const path = shape.getElement() as SVGElement | undefined;
      path?.classList.toggle("told", codes.has(code));
      path?.style.setProperty("fill", codes.has(code) ? "url(#hatched-land)" : "");
    }
  }

  /** Write the names that have room in their country and are not under a mark. */
  write(marks: readonly Round[]): void {
    const [box, zoom] = [this.map.getBounds(), this.map.getZoom()];
    const free = ({ name, at }: Named): boolean => {
      const point = this.map.latLngToLayerPoint([at.lat, at.lon]);
      return !marks.some((m) => Math.abs(point.x - m.x) < m.r + (name.length * LETTER) / 2 && Math.abs(point.y - m.y) < m.r + LINE);
    };
    const scale = (TILE * 2 ** zoom) / 360; // pixels of a degree
    for (const one of this.named) {
      const { name, at } = one;
      const fits = at.wide * scale > name.length * LETTER + ROOM && box.contains([at.lat, at.lon]) && free(one);
      const there = this.shown.get(name);
      if (fits && !there) this.shown.set(name, this.sign(name, at));
      else if (!fits && there) {
        there.remove();
        this.shown.delete(name);
      }
    }
  }

  private sign(name: string, { lat, lon }: Named["at"]): L.Marker {
    const icon = L.divIcon({ className: "country-name", html: make("span", { "aria-hidden": "true", dir: "auto" }, name), iconSize: [0, 0] });
    return L.marker([lat, lon], { icon, pane: "names", interactive: false, keyboard: false }).addTo(this.map);
  }
}

/** The hatching of areas, once, in the map's own drawing. */
export function hatching(map: L.Map): void {
  const svg = map.getPanes().overlayPane.querySelector("svg");
  if (!svg?.querySelector("defs")) svg?.append(draw("defs", {}, hatch("hatch", "hatch-air"), hatch("hatched-land", "hatch-land")));
}

function hatch(id: string, ground: string): SVGPatternElement {
  return draw("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    draw("rect", { width: 6, height: 6, class: ground }), draw("line", { x1: 0, x2: 0, y1: 0, y2: 6, class: "hatch-line" }));
}

/** The ground of an area: a hatched circle as wide as the place is uncertain. */
export function ground(area: Area): L.Circle {
  return L.circle([area.lat, area.lon], { radius: area.radius, className: `ground ground-${area.precision}`, interactive: false, fillColor: "url(#hatch)", fillOpacity: 1 });
}
