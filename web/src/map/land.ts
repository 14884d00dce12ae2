/** Countries that cross the 180th meridian, drawn without a line across the whole map. */
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";

const UNSEEN = new Set(["Antarctica"]);

/** The same countries with rings that do not jump from one edge to the other; those that reach over an edge stand at both. */
export function whole(countries: FeatureCollection<Geometry, { name: string }>): FeatureCollection {
  return { type: "FeatureCollection", features: countries.features.filter((f) => !UNSEEN.has(f.properties.name)).flatMap(country) };
}

function country(found: Feature<Geometry, { name: string }>): readonly Feature[] {
  const shape = found.geometry;
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.type === "MultiPolygon" ? shape.coordinates : [];
  const placed = polygons.map((rings) => rings.map(unrolled));
  const over = placed.filter((rings) => rings[0]?.some(([lon = 0]) => Math.abs(lon) > 180));
  const copies = over.map((rings) => rings.map((ring) => moved(ring, (ring[0]?.[0] ?? 0) > 0 ? -360 : 360)));
  return [{ type: "Feature", properties: found.properties, geometry: { type: "MultiPolygon", coordinates: [...placed, ...copies] } }];
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
