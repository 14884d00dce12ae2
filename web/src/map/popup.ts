/** What a mark of the map tells: its events, with the way to each. */
import { eventAddress, make, type Shared, texts } from "../page.ts";
import type { Placed } from "./features.ts";

const LISTED = 25; // events of a popup
const PLACES = 3;

/** The events of a mark, the latest first. */
export function list(shared: Shared, events: readonly Placed[]): HTMLElement {
  const t = texts(shared);
  const sorted = [...events].sort((a, b) => (b.date_from ?? "").localeCompare(a.date_from ?? ""));
  const places = [...new Set(events.map(placeOf))].filter(Boolean);
  const precision = [...new Set(events.map((e) => t(`precision.${known(t, e.precision)}`)))].join(", ");
  return make("div", { class: "popup", dir: shared.dir },
    make("h3", {}, make("bdi", {}, places.slice(0, PLACES).join(", ") + (places.length > PLACES ? " …" : "")), " ", make("span", { class: "precision" }, precision)),
    make("ul", {}, ...sorted.slice(0, LISTED).map((e) => line(shared, e, places.length > 1))),
    sorted.length > LISTED && make("p", { class: "note" }, t("script.map.more", { n: sorted.length - LISTED })));
}

function line(shared: Shared, e: Placed, elsewhere: boolean): HTMLElement {
  const t = texts(shared);
  const killed = toll(e);
  return make("li", {},
    make("a", { href: eventAddress(shared, e.event_id) }, t(`type.${e.type}`)), " ",
    make("span", { class: `status status-${e.status}` }, t(`status.${e.status}`)), " ",
    e.date_from && make("time", { datetime: e.date_from }, e.date_from), " ",
    elsewhere && make("bdi", {}, placeOf(e)), " ",
    killed && make("span", { class: "toll toll-killed" }, `${t("role.killed")} `, make("b", {}, killed)));
}

function toll(e: Placed): string {
  if (e.killed_low === null) return "";
  const [low, high] = [e.killed_low, e.killed_high ?? e.killed_low].map((n) => n.toLocaleString("en"));
  return low === high ? String(low) : `${low}–${high}`;
}

/** Where an event is placed, as the page names it. */
export function placeOf(e: Placed): string {
  return e.place ?? e.admin1 ?? e.country ?? "";
}

/** A precision that the interface has a word for. */
export function known(t: (key: string) => string, precision: string | null): string {
  const key = `precision.${precision}`;
  return precision && t(key) !== key ? precision : "unknown";
}
