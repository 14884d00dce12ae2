/** The queue at the desk as a state and what happens to it. Decisions are taken for granted; what is refused comes back. */
import { VERDICTS, type Item, type Kind } from "./types.ts";

export interface Done {
  readonly key: string;
  readonly kind: Kind;
  /** What left the queue, and from where; null where nothing did. */
  readonly item: Item | null;
  readonly at: number;
}

export interface State {
  readonly queue: readonly Item[];
  readonly at: number;
  readonly done: readonly Done[];
  /** Where the part of the queue ends that was loaded; empty at its beginning. */
  readonly cursor: string;
  /** Whether the server may have more behind it. */
  readonly more: boolean;
}

export type Action =
  | { readonly type: "loaded"; readonly items: readonly Item[]; readonly asked: number; readonly settled: ReadonlySet<string> }
  | { readonly type: "step"; readonly by: 1 | -1 }
  | { readonly type: "go"; readonly id: string }
  | { readonly type: "decided"; readonly key: string; readonly kind: Kind }
  | { readonly type: "undone" }
  | { readonly type: "returned"; readonly key: string; readonly item: Item }
  | { readonly type: "forgotten"; readonly key: string };

export const EMPTY: State = { queue: [], at: 0, done: [], cursor: "", more: true };

/** The state after an action. */
export function reduce(s: State, a: Action): State {
  switch (a.type) {
    case "loaded": return loaded(s, a.items, a.asked, a.settled);
    case "step": return { ...s, at: within(s.queue, s.at + a.by) };
    case "go": return { ...s, at: within(s.queue, s.queue.findIndex((i) => i.mention_id === a.id)) };
    case "decided": return decided(s, a.key, a.kind);
    case "undone": return undone(s);
    case "returned": return returned({ ...s, done: s.done.filter((d) => d.key !== a.key) }, a.item, s.at);
    case "forgotten": return { ...s, done: s.done.filter((d) => d.key !== a.key) };
  }
}

/** The item that is being looked at. */
export function current(s: State): Item | null {
  return s.queue[s.at] ?? null;
}

/** Whether it is time to ask for more. */
export function running(s: State, least = 6): boolean {
  return s.more && s.queue.length - s.at <= least;
}

function within(queue: readonly Item[], at: number): number {
  return Math.max(0, Math.min(at, queue.length - 1));
}

function loaded(s: State, items: readonly Item[], asked: number, settled: ReadonlySet<string>): State {
  const known = new Set([...s.queue.map((i) => i.mention_id), ...settled]);
  for (const d of s.done) if (d.item && VERDICTS.has(d.kind)) known.add(d.item.mention_id);
  const fresh = items.filter((i) => !known.has(i.mention_id));
  return { ...s, queue: [...s.queue, ...fresh], cursor: items.at(-1)?.cursor ?? s.cursor, more: items.length >= asked };
}

function decided(s: State, key: string, kind: Kind): State {
  const item = current(s);
  const leaves = VERDICTS.has(kind) && item !== null;
  const done = [...s.done, { key, kind, item: leaves ? item : null, at: s.at }];
  if (!leaves) return { ...s, done };
  const queue = s.queue.filter((i) => i !== item);
  return { ...s, queue, done, at: within(queue, s.at) };
}

function undone(s: State): State {
  const last = s.done.at(-1);
  if (!last) return s;
  const rest = { ...s, done: s.done.slice(0, -1) };
  return last.item ? returned(rest, last.item, last.at) : rest;
}

/** The state with an item put (back) into the queue and looked at. */
function returned(s: State, item: Item, at: number): State {
  const others = s.queue.filter((i) => i.mention_id !== item.mention_id);
  const place = Math.min(at, others.length);
  return { ...s, queue: [...others.slice(0, place), item, ...others.slice(place)], at: place };
}
