/** What stands round the item: how saving goes, what was held up, the queue's next items, the help. */
import { make, visible } from "./common.ts";
import { arabic, foreign, named, standing, told, type Context } from "./words.ts";
import type { Entry, Summary } from "./outbox.ts";
import type { Fields, Item } from "./types.ts";

/** How saving goes, as a sign and words. */
export function saving(cx: Context, s: Summary, everything: boolean): HTMLElement {
  const [name, sign] = s.login ? ["login", "!"] : s.failing ? ["retry", "↻"] : s.waiting ? ["saving", "…"] : everything ? ["saved", "✓"] : ["ready", "·"];
  return make("span", { class: `saving saving-${name}` }, make("span", { class: "sign", "aria-hidden": "true" }, sign), " ", cx.t(`script.review.state_${name}`, { n: s.waiting }));
}

export interface Remedies {
  readonly keep: (entry: Entry) => void;
  readonly insist: (entry: Entry) => void;
  readonly look: (entry: Entry) => void;
}

/** A decision that was not kept: why, and what may be done. */
export function trouble(cx: Context, entry: Entry, remedies: Remedies): HTMLElement {
  const { t } = cx;
  const stale = entry.state === "stale";
  const act = (key: string, does: (e: Entry) => void, style = ""): HTMLElement => {
    const button = make("button", { type: "button", class: style }, t(`script.review.${key}`));
    button.addEventListener("click", () => does(entry));
    return button;
  };
  const about = stale ? told(cx, entry.last ?? null) : entry.message || t("script.review.undo_unknown");
  const mine = t("script.review.mine_was", { what: t(`decision.${entry.kind}`), label: entry.label });
  const acts = stale
    ? [act("keep_theirs", remedies.keep), act("insist", remedies.insist), ...(entry.item ? [act("look_again", remedies.look, "primary")] : [])]
    : [...(entry.item || entry.kind === "add" ? [act("look_again", remedies.look, "primary")] : []), act("drop", remedies.keep)];
  return make("div", { class: "trouble", role: "group", "aria-label": t(stale ? "script.review.meanwhile" : "script.review.not_kept") },
    make("p", {}, make("strong", {}, "⚠ ", t(stale ? "script.review.meanwhile" : "script.review.not_kept")), " ", about, " ", make("span", { class: "mine" }, mine)), make("div", { class: "trouble-acts" }, ...acts));
}

/** The next items, small. */
export function next(cx: Context, items: readonly Item[], at: number, go: (id: string) => void): HTMLElement {
  const list = items.slice(Math.max(0, at - 1), at + 7).map((item) => {
    const here = item === items[at];
    const button = make("button", { type: "button", class: "next-item", "aria-current": here && "true" },
      make("span", { class: "line" }, arabic(cx, item.mention.trigger.text, { class: "trigger-word" }), " ", make("span", { class: "type" }, cx.t(`type.${item.mention.type}`))),
      make("span", { class: "line words" }, arabic(cx, item.words)));
    button.addEventListener("click", () => go(item.mention_id));
    return make("li", {}, button);
  });
  return make("ol", { class: "next-list" }, ...list);
}

/** The events of the article that are known, each with how it stands. */
export function siblings(cx: Context, mentions: readonly { id: string; standing: string; fields: Fields }[], now: string | null, go: (f: Fields) => void): HTMLElement {
  return make("ul", { class: "siblings" }, ...mentions.map((m) => {
    const button = make("button", { type: "button", class: "sibling", "aria-current": m.id === now && "true" }, arabic(cx, m.fields.trigger.text), " ", make("span", { class: "type" }, cx.t(`type.${m.fields.type}`)), " ", standing(cx, m.standing));
    button.addEventListener("click", () => go(m.fields));
    return make("li", {}, button);
  }));
}

/** Title, outlet and day of an item's article. */
export function about(cx: Context, item: Item, first: string): HTMLElement {
  const title = item.title ?? (first || item.article_id);
  const link = make("a", { href: `/articles/${pathOf(item.article_id)}#${item.mention_id}`, dir: "auto", class: "title" }, visible(title, cx.shared.controls));
  const rest = [item.outlet ? foreign(cx, item.outlet) : null, item.published ? make("time", { datetime: item.published }, item.published) : null].filter((x) => x !== null);
  return make("div", { class: "of-article" }, link, ...(rest.length ? [make("span", { class: "about" }, ...rest)] : []));
}

/** An article's id as part of the address of its page. */
export function pathOf(id: string): string {
  return encodeURIComponent(id) + (/\.(json|csv)$/.test(id) ? "/" : "");
}

export const KEYS: readonly (readonly [string, string])[] = [
  ["a", "accept"], ["r", "reject"], ["f", "fix"], ["u", "unsure"], ["z", "undo"], ["n", "note"], ["m", "add"], ["d", "complete"], ["j ↓", "next"], ["k ↑", "previous"], ["c", "troubles"], ["t", "to_text"], ["?", "help"], ["Esc", "leave"],
];
const SPAN_KEYS: readonly (readonly [string, string])[] = [["← →", "span_move"], ["Shift + ← →", "span_end"], ["Alt + Shift + ← →", "span_start"], ["Delete", "span_remove"], ["Enter", "span_next"], ["Ctrl + Enter", "save"]];

/** The help, as a dialog of its own. */
export function help(cx: Context): HTMLDialogElement {
  const { t } = cx;
  const table = (rows: readonly (readonly [string, string])[], caption: string): HTMLElement => make("table", {}, make("caption", {}, t(caption)), make("tbody", {}, ...rows.map(([key, name]) =>
    make("tr", {}, make("th", { scope: "row" }, make("kbd", { dir: "ltr" }, key)), make("td", {}, t(`script.review.key_${name}`))))));
  const close = make("button", { type: "submit", class: "primary" }, t("script.review.close"));
  const dialog = make("dialog", { class: "desk-help", "aria-labelledby": "desk-help-title" }, make("h2", { id: "desk-help-title", tabindex: -1, autofocus: true }, t("script.review.help_title")),
    make("p", {}, t("script.review.help_about")), make("div", { class: "tables" }, table(KEYS, "script.review.help_desk"), table(SPAN_KEYS, "script.review.help_spans")), make("p", { class: "note" }, t("script.review.help_mouse")), make("form", { method: "dialog" }, close));
  return dialog;
}

export { named };
