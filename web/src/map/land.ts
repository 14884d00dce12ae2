/** The shapes of countries: whole across the 180th meridian, with a middle to write a name at. */
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Position } from "geojson";

const UNSEEN = new Set(["Antarctica"]);

/** Codes and names of countries by what Natural Earth calls them: its number, or its name where it gives none. */
export type Names = ReadonlyMap<string, { readonly code: string; readonly name: string }>;

/** Read the list that the page carries: `code number name|...`. */
export function namesOf(list: string): Names {
  return new Map(list.split("|").map((one) => one.trim().split(" ")).filter((one) => one.length > 2)
    .map(([code = "", number = "", ...name]) => [number, { code, name: name.join(" ") }] as const));
}

/** The same countries with rings that do not jump from one edge to the other; those that reach over an edge stand at both. */
export function whole(countries: FeatureCollection<Geometry, { name: string }>): FeatureCollection<MultiPolygon, { name: string }> {
  return { type: "FeatureCollection", features: countries.features.filter((f) => !UNSEEN.has(f.properties.name)).map(country) };
}

function country(found: Feature<Geometry, { name: string }>): Feature<MultiPolygon, { name: string }> {
  const shape = found.geometry;
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.type === "MultiPolygon" ? shape.coordinates : [];
  const placed = polygons.map((rings) => rings.map(unrolled));
  const over = placed.filter((rings) => rings[0]?.some(([lon = 0]) => Math.abs(lon) > 180));
  const copies = over.map((rings) => rings.map((ring) => moved(ring, (ring[0]?.[0] ?? 0) > 0 ? -360 : 360)));
  return { ...found, geometry: { type: "MultiPolygon", coordinates: [...placed, ...copies] } };
}

/** A ring whose longitudes go on past 180 degrees rather than jump. */
export function unrolled(ring: readonly Position[]): Position[] {
  let turn = 0;
  return ring.map(([lon = 0, lat = 0], i) => {
    const before = ring[i - 1]?.[0] ?? lon;
    if (lon - before > 180) turn -= 360;
    else if (before - lon > 180) turn += 360;
    return [lon + turn, lat];
  });
}

function moved(ring: readonly Position[], by: number): Position[] {
  return ring.map(([lon = 0, lat = 0]) => [lon + by, lat]);
}

/** The middle of a country's largest piece, and how far that reaches from west to east, in degrees. */
export function middle(shape: MultiPolygon): { readonly lat: number; readonly lon: number; readonly wide: number } {
  const pieces = shape.coordinates.map((rings) => weighed(rings[0] ?? []));
  return pieces.reduce((a, b) => (b.size > a.size ? b : a), { lat: 0, lon: 0, wide: 0, size: 0 });
}

function weighed(ring: readonly Position[]): { lat: number; lon: number; wide: number; size: number } {
  let [twice, x, y] = [0, 0, 0];
  ring.forEach(([lon = 0, lat = 0], i) => {
    const [lonNext = 0, latNext = 0] = ring[(i + 1) % ring.length] ?? [];
    const cross = lon * latNext - lonNext * lat;
    twice += cross;
    x += (lon + lonNext) * cross;
    y += (lat + latNext) * cross;
  });
  const lons = ring.map(([lon = 0]) => lon);
  return { lat: twice ? y / (3 * twice) : 0, lon: twice ? x / (3 * twice) : 0, wide: Math.max(...lons) - Math.min(...lons), size: Math.abs(twice) };
}
