/** What every page gives its scripts, and the few helpers they share. */

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Party extends Span {
  readonly code: string;
  readonly name?: string | null;
  readonly entity?: string | null;
}

export interface Place extends Span {
  readonly name: string;
  readonly country?: string | null;
  readonly admin1?: string | null;
  readonly precision?: string | null;
}

export interface When {
  readonly span: Span;
  readonly start: string | null;
  readonly end: string | null;
}

export interface Count extends Span {
  readonly role: string;
  readonly low: number;
  readonly high: number | null;
}

export interface Source extends Span {
  readonly kind: string;
  readonly cue?: Span | null;
  readonly code?: string | null;
}

/** A mention as the article page and the queue give it; offsets count code points of the article's text. */
export interface Mention {
  readonly id: string;
  readonly event_id: string | null;
  readonly type: string;
  readonly modes: readonly string[];
  readonly status: string;
  readonly event: string;
  readonly trigger: Span;
  readonly actors: readonly Party[];
  readonly recipients: readonly Party[];
  readonly places: readonly Place[];
  readonly time: When | null;
  readonly counts: readonly Count[];
  readonly sources: readonly Source[];
  readonly confidence?: Readonly<Record<string, number>> | null;
  readonly decided: string | null;
  readonly who: string | null;
  readonly expected: string | null;
  readonly standing: string;
  readonly own: boolean;
  readonly quote: readonly [number, number];
}

export interface Abilities {
  readonly code: boolean;
  readonly review: boolean;
  readonly adjudicate: boolean;
  readonly export_full: boolean;
  readonly users: boolean;
}

export interface Shared {
  readonly lang: "en" | "ar";
  readonly dir: "ltr" | "rtl";
  readonly csrf: string;
  readonly can: Abilities;
  readonly controls: Readonly<Record<string, readonly [string, string]>>;
  readonly t: Readonly<Record<string, string>>;
  /** On a static site: the way from this page to the first one of its language. */
  readonly site: { readonly root: string } | null;
}

/** Where the page of an event is. */
export function eventAddress(shared: Shared, event: string): string {
  return shared.site ? `${shared.site.root}events/${event}.html` : `/events/${encodeURIComponent(event)}`;
}

/** The data block of this page. */
export function pageData<T extends object>(): Shared & T {
  const block = document.getElementById("page-data");
  if (!block?.textContent) throw new Error("the page has no data block");
  return JSON.parse(block.textContent) as Shared & T;
}

/** A text of the interface by its key; `{name}` is replaced. A key that is missing is shown itself. */
export function texts(shared: Shared): (key: string, values?: Readonly<Record<string, string | number>>) => string {
  return (key, values = {}) => (shared.t[key] ?? key).replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

type Child = Node | string | null | undefined | false;

/** An element with attributes and children; texts become text nodes, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Readonly<Record<string, string | number | boolean | null | undefined>> = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, String(value));
  }
  element.append(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element, likewise. */
export function draw<K extends keyof SVGElementTagNameMap>(name: K, attributes: Readonly<Record<string, string | number>> = {}, ...children: readonly (Node | string)[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name) as SVGElementTagNameMap[K];
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** An answer of the server that is no success: its HTTP status and the object it sent. */
export class Refused extends Error {
  constructor(readonly status: number, readonly body: Readonly<Record<string, unknown>>) {
    super(messageOf(body) ?? `HTTP ${status}`);
  }
}

function messageOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const error = body["error"] as { message?: string } | undefined;
  return error?.message;
}

/** Ask for JSON of this room, or send it some; throws `Refused`, or the network's TypeError. */
export async function ask<T>(path: string, shared?: Shared, body?: unknown): Promise<T> {
  const sent: RequestInit = body === undefined
    ? { headers: { accept: "application/json" } }
    : { method: "POST", body: JSON.stringify(body), headers: { accept: "application/json", "content-type": "application/json", "x-csrf-token": shared?.csrf ?? "" } };
  const answer = await fetch(path, { credentials: "same-origin", ...sent });
  const found = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (!answer.ok) throw new Refused(answer.status, found);
  return found as T;
}

/** Whether a key press belongs to a field somebody types in, or has a modifier that browsers use. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  const field = target?.closest("input, textarea, select, [contenteditable]") ?? null;
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing || field !== null;
}
