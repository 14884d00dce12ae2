/** The two-handled slider over the days of the map's events, with a picture of how many begin when. */
import { draw, make, type Shared, texts } from "../page.ts";
import { writer } from "../timeline/periods.ts";
import { heaps, usual } from "./features.ts";

const BINS = 60;
const HEIGHT = 36;
const still = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const pace = (): readonly [steps: number, beat: number] => (still() ? [10, 1_500] : [40, 350]); // from one end to the other; milliseconds

type Change = (days: readonly [number, number] | null) => void;

/** Make the slider; `change` hears the chosen days, null where all are. */
export function slider(shared: Shared, days: readonly (readonly [number, number])[], change: Change): HTMLElement {
  const t = texts(shared);
  const [first, last] = usual(days);
  const write = writer(shared.lang, "day");
  const handle = (name: string, value: number): HTMLInputElement => make("input", { type: "range", min: first, max: last, step: 1, value, "aria-label": t(`script.map.${name}`) });
  const [from, to] = [handle("since", first), handle("until", last)];
  const said = make("output", { class: "days", "aria-live": "off" });
  const play = make("button", { type: "button", class: "play" });
  let timer = 0;

  const tell = (): void => {
    const [a, b] = [Math.min(+from.value, +to.value), Math.max(+from.value, +to.value)];
    for (const [input, day] of [[from, +from.value], [to, +to.value]] as const) input.setAttribute("aria-valuetext", write(day));
    const [early, late] = [a <= first, b >= last]; // a handle at its end leaves that end open
    said.textContent = early && late ? t("script.map.all_days") : early ? t("script.map.until_day", { day: write(b) }) : late ? t("script.map.from_day", { day: write(a) }) : `${write(a)} – ${write(b)}`;
    change(early && late ? null : [early ? days[0]?.[0] ?? a : a, late ? days.at(-1)?.[0] ?? b : b]);
  };
  const stop = (): void => {
    window.clearInterval(timer);
    timer = 0;
    play.textContent = `▶ ${t("script.map.play")}`;
  };
  const start = (): void => {
    if (+to.value >= last) to.value = from.value;
    const [steps, beat] = pace();
    const step = Math.max(1, Math.round((last - +from.value) / steps));
    timer = window.setInterval(() => {
      to.value = String(Math.min(last, +to.value + step));
      tell();
      if (+to.value >= last) stop();
    }, beat);
    play.textContent = `❚❚ ${t("script.map.pause")}`;
  };
  for (const input of [from, to]) input.addEventListener("input", () => {
    stop();
    tell();
  });
  play.addEventListener("click", () => (timer ? stop() : start()));
  stop();
  tell();
  return make("fieldset", { class: "slider" }, make("legend", {}, t("script.map.days")), play, make("div", { class: "range" }, picture(days.filter(([day]) => day >= first && day <= last)), from, to), said);
}

function picture(days: readonly (readonly [number, number])[]): SVGSVGElement {
  const counts = heaps(days, BINS);
  const most = Math.max(...counts, 1);
  const svg = draw("svg", { viewBox: `0 0 ${BINS} ${HEIGHT}`, preserveAspectRatio: "none", class: "heaps", "aria-hidden": "true" });
  counts.forEach((n, i) => {
    if (n) svg.append(draw("rect", { x: i + 0.1, width: 0.8, y: HEIGHT - Math.max(1, (n / most) * HEIGHT), height: Math.max(1, (n / most) * HEIGHT) }));
  });
  return svg;
}
