/** The fixed parts of the desk; what changes is put into them. */
import { make } from "./common.ts";
import { help } from "./board.ts";
import type { Context } from "./words.ts";
import type { Pane } from "./pane.ts";

export interface Frame {
  readonly root: HTMLElement;
  readonly place: HTMLElement;
  readonly saving: HTMLElement;
  readonly troubles: HTMLElement;
  readonly article: HTMLElement;
  readonly panel: HTMLElement;
  readonly heading: HTMLElement;
  readonly next: HTMLElement;
  readonly siblings: HTMLElement;
  readonly acts: HTMLElement;
  readonly live: HTMLElement;
  readonly help: HTMLDialogElement;
}

export type Act = "accept" | "reject" | "fix" | "unsure" | "undo" | "note" | "add" | "complete" | "previous" | "next" | "help";
const ACTS: readonly (readonly [Act, string])[] = [["accept", "a"], ["reject", "r"], ["fix", "f"], ["unsure", "u"], ["undo", "z"], ["note", "n"], ["add", "m"], ["complete", "d"], ["previous", "k"], ["next", "j"], ["help", "?"]];

/** Build the desk round the pane; `act` does what a button says. */
export function frame(cx: Context, pane: Pane, act: (name: Act) => void): Frame {
  const { t } = cx;
  const place = make("p", { class: "place" });
  const saving = make("p", { class: "saving-line" });
  const troubles = make("div", { class: "troubles" });
  const article = make("div", { class: "article-line" });
  const heading = make("h2", { class: "item-heading", tabindex: -1 });
  const panel = make("div", { class: "panel" });
  const next = make("section", { class: "next", "aria-label": t("script.review.coming") });
  const siblings = make("details", { class: "of-this-article" });
  const acts = make("div", { class: "acts", role: "toolbar", "aria-label": t("script.review.acts") }, ...ACTS.map(([name, key]) => {
    const button = make("button", { type: "button", class: `act act-${name}`, "data-act": name, "aria-keyshortcuts": key }, make("span", {}, t(`script.review.act_${name}`)), " ", make("kbd", { "aria-hidden": "true", dir: "ltr" }, key));
    button.addEventListener("click", () => act(name));
    return button;
  }));
  const live = make("p", { class: "sr", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
  const dialog = help(cx);
  const main = make("div", { class: "desk-main" },
    make("div", { class: "desk-text" }, article, pane.root),
    make("section", { class: "desk-item", "aria-label": t("script.review.item") }, heading, panel));
  const root = make("div", { class: "desk-live" }, make("div", { class: "desk-top" }, place, saving), troubles, main, acts, make("div", { class: "desk-below" }, make("div", {}, make("h2", {}, t("script.review.coming")), next), siblings), live, dialog);
  return { root, place, saving, troubles, article, panel, heading, next, siblings, acts, live, help: dialog };
}
