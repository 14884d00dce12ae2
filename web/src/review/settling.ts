/** Codings of one mention side by side, and where they differ. */
import { make } from "./common.ts";
import { PARTS, type Part } from "./draft.ts";
import { valuesOf } from "./facts.ts";
import type { Decided, Fields } from "./types.ts";
import { fieldName, partName, status, type Context } from "./words.ts";

export interface Dispute {
  readonly mention_id: string;
  readonly article_id: string;
  readonly words: string | null;
  readonly trigger: string | null;
  readonly type: string | null;
  readonly codings: readonly Decided[];
  readonly waiting: readonly string[];
  readonly agreed: boolean;
}

type Field = "type" | "status" | "modes" | Part;
const FIELDS: readonly Field[] = ["type", "status", "modes", ...PARTS];

/** The mention as a coder left it; null where it is none to this coder. `machine` is what all started from. */
export function codedBy(d: Decided, machine: Fields | null): Fields | null {
  if (d.kind === "fix") return d.value as Fields;
  if (d.kind === "add") return (d.value as { readonly mention: Fields }).mention;
  return d.kind === "accept" ? machine : null;
}

/** A field of a coding as text to be compared by: what it says, not what the reader thought of it. */
export function said(f: Fields | null, field: Field): string {
  if (!f) return "";
  if (field === "trigger") return `${f.trigger.start}-${f.trigger.end}`;
  if (field === "modes") return [...f.modes].sort().join(" ");
  if (field === "time") return f.time ? `${f.time.span.start}-${f.time.span.end} ${f.time.start} ${f.time.end}` : "";
  if (field === "type" || field === "status") return f[field];
  return JSON.stringify(f[field].map((x) => [x.start, x.end, ...KEPT.map((k) => (x as unknown as Record<string, unknown>)[k] ?? null)]));
}

const KEPT = ["code", "name", "country", "role", "low", "high", "kind"] as const;

/** The fields in which codings that hold the mention an event differ. */
export function differing(codings: readonly (Fields | null)[]): ReadonlySet<Field> {
  const kept = codings.filter((c) => c !== null);
  return new Set(FIELDS.filter((field) => new Set(kept.map((c) => said(c, field))).size > 1));
}

/** The table: a column each coder, a row each field; `choose` takes the number of a coding. */
export function table(cx: Context, d: Dispute, machine: Fields | null, choose: (n: number) => void): HTMLElement {
  const { t } = cx;
  const codings = d.codings.map((c) => codedBy(c, machine));
  const differ = differing(codings);
  const heads = d.codings.map((c, n) => {
    const button = make("button", { type: "button", class: "primary", "aria-keyshortcuts": String(n + 1) }, t("script.review.choose"), " ", make("kbd", { "aria-hidden": "true" }, String(n + 1)));
    button.addEventListener("click", () => choose(n));
    return make("th", { scope: "col" }, make("bdi", { class: "coder" }, c.who), " ", button);
  });
  const kinds = new Set(d.codings.map((c) => (c.kind === "reject" ? "no" : "yes"))).size > 1;
  const decision = row(cx, t("script.review.decision"), kinds, d.codings.map((c) => [make("span", { class: `decided decided-${c.kind}` }, t(`decision.${c.kind}`))]));
  const rows = FIELDS.map((field) => row(cx, field === "type" || field === "status" || field === "modes" ? fieldName(cx, field) : partName(cx, field), differ.has(field), codings.map((f) => cell(cx, f, field))));
  return make("div", { class: "table" }, make("table", { class: "codings-table" }, make("thead", {}, make("tr", {}, make("td", {}), ...heads)), make("tbody", {}, decision, ...rows)));
}

function row(cx: Context, name: string, differs: boolean, cells: readonly (readonly (Node | string)[])[]): HTMLElement {
  const flag = differs ? make("span", { class: "sr" }, ` (${cx.t("script.review.differing")})`) : null;
  return make("tr", { class: differs && "differs" }, make("th", { scope: "row" }, name, flag), ...cells.map((c) => make("td", {}, ...c)));
}

function cell(cx: Context, f: Fields | null, field: Field): (Node | string)[] {
  if (!f) return ["–"];
  if (field === "type") return [make("span", { class: "type" }, cx.t(`type.${f.type}`))];
  if (field === "status") return [status(cx, f.status)];
  if (field === "modes") return [f.modes.map((m) => cx.t(`mode.${m}`)).join(cx.shared.lang === "ar" ? "، " : ", ") || "–"];
  const rows = valuesOf(cx, { ...f, confidence: null }, field);
  return rows.length ? rows.map((r) => make("span", { class: "row" }, ...r)) : ["–"];
}
