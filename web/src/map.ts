/** The map: events drawn as precisely as they are placed, over Natural Earth's borders, without tiles. */
import L from "leaflet";
import Supercluster from "supercluster";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { type Area, areasOf, daysOf, type Feature, nearlyAll, type Placed, usual, within } from "./map/features.ts";
import { whole } from "./map/land.ts";
import { slider } from "./map/slider.ts";
import { ask, eventAddress, make, pageData, texts } from "./page.ts";

const LISTED = 25; // events of a popup
const NEAREST = 11; // zoom
const WORLD: L.LatLngBoundsExpression = [[-60, -180], [80, 180]];

const shared = pageData();
const t = texts(shared);

interface AreaPoint {
  readonly area: Area;
}

/** Of a heap of areas: how many events they hold. */
interface Told {
  told: number;
}

const HEAPS: Supercluster.Options<AreaPoint, Told> = {
  radius: 40, maxZoom: 8, map: ({ area }) => ({ told: area.events.length }),
  reduce: (sum, one) => {
    sum.told += one.told;
  },
};

type Borders = Topology<{ countries: GeometryCollection<{ name: string }> }>;

function line(e: Placed): HTMLElement {
  const killed = e.killed_low === null ? "" : e.killed_high !== null && e.killed_high !== e.killed_low ? `${e.killed_low}–${e.killed_high}` : String(e.killed_low);
  return make("li", {},
    make("a", { href: eventAddress(shared, e.event_id) }, t(`type.${e.type}`)), " ",
    make("span", { class: `status status-${e.status}` }, t(`status.${e.status}`)), " ",
    e.date_from && make("time", { datetime: e.date_from }, e.date_from), " ",
    killed && make("span", { class: "toll toll-killed" }, `${t("role.killed")} `, make("b", {}, killed)));
}

function list(events: readonly Placed[]): HTMLElement {
  const sorted = [...events].sort((a, b) => (b.date_from ?? "").localeCompare(a.date_from ?? ""));
  const places = [...new Set(events.map((e) => e.place ?? e.admin1 ?? e.country ?? ""))].filter(Boolean);
  const precision = [...new Set(events.map((e) => e.precision ?? "unknown"))].map((p) => t(`precision.${p}`)).join(", ");
  return make("div", { class: "popup", dir: shared.dir },
    make("h3", {}, make("bdi", {}, places.slice(0, 3).join(", ") + (places.length > 3 ? " …" : "")), " ", make("span", { class: "precision" }, precision)),
    make("ul", {}, ...sorted.slice(0, LISTED).map(line)),
    sorted.length > LISTED && make("p", { class: "note" }, t("script.map.more", { n: sorted.length - LISTED })));
}

function badge(kind: string, n: number, label: string): L.DivIcon {
  const size = n === 1 && kind === "point" ? 16 : Math.round(24 + Math.min(26, 7 * Math.log2(n + 1)));
  const inner = make("span", { "aria-label": label }, n === 1 && kind === "point" ? "" : n.toLocaleString("en"));
  return L.divIcon({ className: `badge badge-${kind}`, html: inner, iconSize: [size, size] });
}

class EventMap {
  private readonly map: L.Map;
  private readonly marks = L.layerGroup();
  private readonly grounds = L.layerGroup();
  private clusters = new Supercluster<Placed>({ radius: 46, maxZoom: NEAREST - 1 });
  private heaps = new Supercluster<AreaPoint, Told>(HEAPS);
  private readonly said = make("p", { class: "shown", role: "status" });

  constructor(root: HTMLElement, private readonly features: readonly Feature[]) {
    root.dir = "ltr";
    this.map = L.map(root, { minZoom: 2, maxZoom: NEAREST, zoomSnap: 0.5, maxBounds: WORLD, maxBoundsViscosity: 1, scrollWheelZoom: false, zoomControl: false, attributionControl: false });
    L.control.zoom({ zoomInTitle: t("script.map.closer"), zoomOutTitle: t("script.map.further") }).addTo(this.map);
    L.control.attribution({ prefix: false }).addAttribution("Natural Earth").addTo(this.map);
    root.addEventListener("focusin", () => this.map.scrollWheelZoom.enable());
    root.addEventListener("focusout", () => this.map.scrollWheelZoom.disable());
    const box = nearlyAll(features) ?? [12, -10, 38, 60];
    this.map.fitBounds(L.latLngBounds([box[0], box[1]], [box[2], box[3]]).pad(0.1), { maxZoom: 7, animate: false });
    this.grounds.addTo(this.map);
    this.marks.addTo(this.map);
    this.map.on("zoomend moveend", () => this.paint());
    root.after(this.said);
  }

  /** Show the events of some days; null for all. */
  choose(days: readonly [number, number] | null): void {
    const kept = within(this.features, days);
    this.heaps = new Supercluster<AreaPoint, Told>(HEAPS);
    this.heaps.load(areasOf(kept).map((area) => ({ type: "Feature", geometry: { type: "Point", coordinates: [area.lon, area.lat] }, properties: { area } })));
    this.clusters = new Supercluster<Placed>({ radius: 46, maxZoom: NEAREST - 1 });
    const points = kept.filter((f) => f.properties.shape === "point");
    this.clusters.load(points.map((f) => ({ type: "Feature", geometry: { type: "Point", coordinates: [...f.geometry.coordinates] }, properties: f.properties })));
    this.said.textContent = t("script.map.shown", { n: kept.length, all: this.features.length });
    this.paint();
  }

  private paint(): void {
    this.marks.clearLayers();
    this.grounds.clearLayers();
    const box = this.map.getBounds().pad(0.2);
    const seen: [number, number, number, number] = [Math.max(box.getWest(), -180), Math.max(box.getSouth(), -85), Math.min(box.getEast(), 180), Math.min(box.getNorth(), 85)];
    const zoom = Math.floor(this.map.getZoom());
    for (const found of this.heaps.getClusters(seen, zoom)) this.coarse(found);
    for (const found of this.clusters.getClusters(seen, zoom)) this.point(found);
  }

  private coarse(found: Supercluster.ClusterFeature<Told> | Supercluster.PointFeature<AreaPoint>): void {
    const [lon, lat] = found.geometry.coordinates as [number, number];
    if ("area" in found.properties) return this.area(found.properties.area);
    const { cluster_id: cluster, told } = found.properties;
    const label = t("script.map.heap", { n: told });
    const closer = Math.min(NEAREST, this.heaps.getClusterExpansionZoom(cluster));
    this.mark([lat, lon], badge("area", told, label), label, null).on("click", () => this.map.setView([lat, lon], closer));
  }

  private area(area: Area): void {
    L.circle([area.lat, area.lon], { radius: area.radius, className: `ground ground-${area.precision}`, interactive: false }).addTo(this.grounds);
    const label = t("script.map.in_area", { n: area.events.length, precision: t(`precision.${area.precision}`), place: area.events[0]?.place ?? "" });
    this.mark([area.lat, area.lon], badge("area", area.events.length, label), label, () => list(area.events));
  }

  private point(found: Supercluster.ClusterFeature<Supercluster.AnyProps> | Supercluster.PointFeature<Placed>): void {
    const [lon, lat] = found.geometry.coordinates as [number, number];
    const properties = found.properties as Partial<Supercluster.ClusterProperties> & Placed;
    const cluster = properties.cluster ? properties.cluster_id : undefined;
    if (cluster === undefined) {
      const label = t("script.map.at_point", { type: t(`type.${properties.type}`), place: properties.place ?? "" });
      this.mark([lat, lon], badge("point", 1, label), label, () => list([properties]));
      return;
    }
    const n = properties.point_count ?? 0;
    const label = t("script.map.cluster", { n });
    const closer = Math.min(NEAREST, this.clusters.getClusterExpansionZoom(cluster));
    const leaves = (): readonly Placed[] => this.clusters.getLeaves(cluster, Infinity).map((l) => l.properties);
    if (closer >= NEAREST || this.map.getZoom() >= NEAREST) this.mark([lat, lon], badge("point", n, label), label, () => list(leaves()));
    else this.mark([lat, lon], badge("cluster", n, label), label, null).on("click", () => this.map.setView([lat, lon], closer));
  }

  private mark(at: L.LatLngTuple, icon: L.DivIcon, label: string, popup: (() => HTMLElement) | null): L.Marker {
    const made = L.marker(at, { icon, title: label, alt: label, keyboard: true, riseOnHover: true }).addTo(this.marks);
    made.getElement()?.setAttribute("aria-label", label);
    if (popup) made.bindPopup(popup, { maxHeight: 260, maxWidth: 320, autoPan: true });
    return made;
  }

  /** Draw the land under the events. */
  land(borders: Borders): void {
    L.geoJSON(whole(feature(borders, borders.objects.countries)), { interactive: false, style: () => ({ className: "land" }) }).addTo(this.map).bringToBack();
  }
}

function legend(): HTMLElement {
  return make("ul", { class: "map-legend" },
    make("li", {}, make("span", { class: "badge badge-point", "aria-hidden": "true" }), ` ${t("script.map.legend_point")}`),
    make("li", {}, make("span", { class: "badge badge-cluster", "aria-hidden": "true" }, "9"), ` ${t("script.map.legend_cluster")}`),
    make("li", {}, make("span", { class: "badge badge-area", "aria-hidden": "true" }, "9"), ` ${t("script.map.legend_area")}`));
}

async function show(root: HTMLElement, source: string, shapes: string | undefined): Promise<void> {
  const { features } = await ask<{ features: readonly Feature[] }>(source);
  if (features.length === 0) {
    root.replaceChildren(make("p", { class: "empty" }, t("script.map.nothing")));
    return;
  }
  root.removeAttribute("role");
  const map = new EventMap(root, features);
  const days = daysOf(features);
  const [first, last] = usual(days);
  if (last > first) root.before(slider(shared, days, (chosen) => map.choose(chosen)));
  else map.choose(null);
  root.after(legend());
  if (shapes) map.land(await ask<Borders>(shapes));
}

const root = document.getElementById("map");
if (root?.dataset["source"]) {
  show(root, root.dataset["source"], root.dataset["shapes"]).catch(() => root.replaceChildren(make("p", { class: "empty" }, t("script.map.failed"))));
}
