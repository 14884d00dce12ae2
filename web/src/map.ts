/** The map: events drawn as precisely as they are placed, over Natural Earth's borders, without tiles. */
import L from "leaflet";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { ground, hatching, Land } from "./map/countries.ts";
import { daysOf, type Feature, nearlyAll, usual, within } from "./map/features.ts";
import { Gathered, type Kind, type Mark, NEAREST } from "./map/gather.ts";
import { namesOf } from "./map/land.ts";
import { known, list, placeOf } from "./map/popup.ts";
import { slider } from "./map/slider.ts";
import { ask, make, pageData, texts } from "./page.ts";

const WORLD: L.LatLngBoundsExpression = [[-60, -180], [80, 180]];
const MIDDLE_EAST = [12, -10, 38, 60] as const;
const SMALLEST = 24; // pixels of a mark with a number
const DOT = 16;
const SILENCE = 600; // milliseconds without a change before the count is said aloud

const shared = pageData();
const t = texts(shared);
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

type Borders = Topology<{ countries: GeometryCollection<{ name: string }> }>;

function sizeOf(kind: Kind, n: number): number {
  return kind === "point" ? DOT : Math.round(SMALLEST + Math.min(22, 5 * Math.log2(n)));
}

function badge(kind: Kind, n: number): L.DivIcon {
  const size = sizeOf(kind, n);
  return L.divIcon({ className: `map-mark map-mark-${kind}`, html: make("span", { "aria-hidden": "true" }, kind === "point" ? "" : n.toLocaleString("en")), iconSize: [size, size] });
}

function labelOf(mark: Mark): string {
  const first = mark.events()[0];
  if (mark.kind === "point" && first) return t("script.map.at_point", { type: t(`type.${first.type}`), place: placeOf(first) });
  if (mark.area && first) return t("script.map.in_area", { n: mark.told, precision: t(`precision.${known(t, mark.area.precision)}`), place: placeOf(first) });
  return t(`script.map.${mark.kind === "area" ? "heap" : mark.kind === "mixed" ? "mixed" : "cluster"}`, { n: mark.told, areas: mark.coarse });
}

class EventMap {
  private readonly map: L.Map;
  private readonly marks = new Map<string, L.Marker>();
  private readonly grounds = L.layerGroup();
  private readonly said = make("p", { class: "shown" });
  private readonly told = make("p", { class: "sr", role: "status" });
  private later = 0;
  private gathered = new Gathered([]);
  private borders: Land | null = null;

  constructor(private readonly root: HTMLElement, private readonly features: readonly Feature[]) {
    root.dir = "ltr";
    root.setAttribute("role", "group");
    this.map = L.map(root, {
      minZoom: 2, maxZoom: NEAREST, zoomSnap: 0.5, maxBounds: WORLD, maxBoundsViscosity: 1, scrollWheelZoom: false, zoomControl: false, attributionControl: false,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    });
    L.control.zoom({ zoomInTitle: t("script.map.closer"), zoomOutTitle: t("script.map.further") }).addTo(this.map);
    L.control.attribution({ prefix: false }).addAttribution("Natural Earth").addTo(this.map);
    const box = nearlyAll(features) ?? MIDDLE_EAST;
    this.map.fitBounds(L.latLngBounds([box[0], box[1]], [box[2], box[3]]).pad(0.1), { maxZoom: 7, animate: false });
    this.grounds.addTo(this.map);
    this.listen();
    root.after(this.said, this.told);
  }

  private listen(): void {
    this.root.addEventListener("focusin", () => this.map.scrollWheelZoom.enable());
    this.root.addEventListener("focusout", () => this.map.scrollWheelZoom.disable());
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.map.closePopup();
    });
    this.map.on("moveend", () => this.paint());
    this.map.on("popupopen", ({ popup }) => popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", t("script.map.close")));
  }

  /** Show the events of some days; null for all. */
  choose(days: readonly [number, number] | null): void {
    const kept = within(this.features, days);
    this.gathered = new Gathered(kept);
    const said = t("script.map.shown", { n: kept.length, all: this.features.length });
    this.said.textContent = said;
    window.clearTimeout(this.later);
    this.later = window.setTimeout(() => (this.told.textContent = said), SILENCE);
    this.lay();
    this.paint();
  }

  /** Draw the land under the events. */
  land(borders: Borders, names: string): void {
    this.borders = new Land(this.map, feature(borders, borders.objects.countries), namesOf(names));
    this.lay();
    this.paint();
  }

  /** The grounds of coarse events: a country's own shape, a hatched circle for what is smaller. */
  private lay(): void {
    this.grounds.clearLayers();
    const countries = new Set<string>();
    for (const area of this.gathered.areas) {
      const code = area.events[0]?.country;
      if (area.precision === "country" && code && this.borders?.has(code)) countries.add(code);
      else ground(area).addTo(this.grounds);
    }
    this.borders?.tell(countries);
    hatching(this.map);
  }

  /** Marks that stay are left alone, so that neither an open list nor the focus is lost when the map moves. */
  private paint(): void {
    const box = this.map.getBounds().pad(0.2);
    const seen = [Math.max(box.getWest(), -180), Math.max(box.getSouth(), -85), Math.min(box.getEast(), 180), Math.min(box.getNorth(), 85)] as const;
    const wanted = this.gathered.marks(seen, Math.floor(this.map.getZoom()));
    const keys = new Set(wanted.map((mark) => mark.key));
    let left: L.LatLng | null = null;
    for (const [key, marker] of this.marks) {
      if (keys.has(key)) continue;
      if (marker.getElement() === document.activeElement) left = marker.getLatLng();
      marker.remove();
      this.marks.delete(key);
    }
    for (const mark of wanted) if (!this.marks.has(mark.key)) this.marks.set(mark.key, this.mark(mark));
    this.borders?.write(wanted.map((mark) => ({ ...this.map.latLngToLayerPoint([mark.lat, mark.lon]), r: sizeOf(mark.kind, mark.told) / 2 })));
    if (left) this.nearest(left)?.focus({ preventScroll: true });
  }

  private nearest(at: L.LatLng): HTMLElement | null {
    const sorted = [...this.marks.values()].sort((a, b) => a.getLatLng().distanceTo(at) - b.getLatLng().distanceTo(at));
    return sorted[0]?.getElement() ?? this.root;
  }

  private mark(mark: Mark): L.Marker {
    const label = labelOf(mark);
    const made = L.marker([mark.lat, mark.lon], { icon: badge(mark.kind, mark.told), title: label, alt: label, keyboard: true, riseOnHover: true }).addTo(this.map);
    const element = made.getElement() as HTMLElement;
    element.setAttribute("aria-label", label);
    if (mark.closer === null || this.map.getZoom() >= NEAREST) this.telling(made, mark);
    else made.on("click", () => this.map.setView(made.getLatLng(), Math.max(mark.closer ?? 0, Math.floor(this.map.getZoom()) + 1)));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      element.click();
    });
    return made;
  }

  /** A mark that lists its events; whoever opens the list is led into it, and back to the mark when it closes. */
  private telling(made: L.Marker, mark: Mark): void {
    made.bindPopup(() => list(shared, mark.events()), { maxHeight: 260, maxWidth: 320 });
    made.on("popupopen", () => made.getPopup()?.getElement()?.querySelector<HTMLElement>(".popup a")?.focus({ preventScroll: true }));
    made.on("popupclose", ({ popup }) => {
      if ((popup as L.Popup).getElement()?.contains(document.activeElement)) made.getElement()?.focus({ preventScroll: true });
    });
  }
}

function legend(): HTMLElement {
  const sample = (kind: Kind, shown: string, key: string): HTMLElement => make("li", {}, make("span", { class: `map-mark map-mark-${kind}`, "aria-hidden": "true" }, shown), ` ${t(`script.map.${key}`)}`);
  return make("ul", { class: "map-legend" }, sample("point", "", "legend_point"), sample("several", "9", "legend_cluster"), sample("area", "9", "legend_area"), sample("mixed", "9", "legend_mixed"));
}

async function show(root: HTMLElement, source: string, shapes: string | undefined): Promise<void> {
  const { features } = await ask<{ features: readonly Feature[] }>(source);
  if (features.length === 0) {
    root.replaceChildren(make("p", { class: "empty" }, t("script.map.nothing")));
    return;
  }
  const map = new EventMap(root, features);
  const days = daysOf(features);
  const [first, last] = usual(days);
  if (last > first) root.before(slider(shared, days, (chosen) => map.choose(chosen)));
  else map.choose(null);
  root.after(legend());
  if (shapes) map.land(await ask<Borders>(shapes), root.dataset["names"] ?? "");
}

const root = document.getElementById("map");
if (root?.dataset["source"]) {
  show(root, root.dataset["source"], root.dataset["shapes"]).catch(() => root.replaceChildren(make("p", { class: "empty" }, t("script.map.failed"))));
}
